"""
is: with a file and a folder that the instructor may not read
must: keep all marks
marks: 2 3 1
"""


def build(folder, notebook, root):
    (folder / "secret").write_text("x")
    (folder / "secret").chmod(0)
    (folder / "closed").mkdir()
    (folder / "closed" / "inside").write_text("x")
    (folder / "closed").chmod(0)
