"""
tries: to hand in a link to the instructor's solution as its notebook
must: not be followed
marks: 0 0 0
"""


def build(folder, notebook, root):
    (folder / "ps1.ipynb").unlink()
    (folder / "ps1.ipynb").symlink_to(root / "source" / "ps1" / "ps1.ipynb")
