"""
is: cut off in the middle, by a full disk
must: keep the mark of the saved answer
marks: 0 0 1
"""


def build(folder, notebook, root):
    text = (folder / "ps1.ipynb").read_text()
    (folder / "ps1.ipynb").write_text(text[: len(text) // 2])
