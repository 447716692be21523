"""
is: a notebook of another name
must: keep all marks
marks: 2 3 1
"""


def build(folder, notebook, root):
    (folder / "ps1.ipynb").rename(folder / "ps1 (1) final.ipynb")
