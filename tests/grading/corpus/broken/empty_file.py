"""
is: a file of no bytes
must: keep the mark of the saved answer
marks: 0 0 1
"""


def build(folder, notebook, root):
    (folder / "ps1.ipynb").write_bytes(b"")
