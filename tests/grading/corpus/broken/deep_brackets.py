"""
is: 200,000 brackets
must: keep the mark of the saved answer
marks: 0 0 1
"""


def build(folder, notebook, root):
    (folder / "ps1.ipynb").write_text("[" * 200_000)
