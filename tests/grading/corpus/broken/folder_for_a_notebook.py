"""
is: a folder that bears the notebook's name
must: keep the mark of the saved answer
marks: 0 0 1
"""


def build(folder, notebook, root):
    (folder / "ps1.ipynb").unlink()
    (folder / "ps1.ipynb").mkdir()
