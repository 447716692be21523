"""
is: bytes that are no text
must: keep the mark of the saved answer
marks: 0 0 1
"""


def build(folder, notebook, root):
    (folder / "ps1.ipynb").write_bytes(bytes(range(256)) * 50)
