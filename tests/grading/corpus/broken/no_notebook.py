"""
is: no notebook at all, though an answer was saved
must: keep the mark of the saved answer
marks: 0 0 1
"""


def build(folder, notebook, root):
    (folder / "ps1.ipynb").unlink()
