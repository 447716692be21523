"""
is: with a time of submission that is none
must: keep all marks; nbgrader would stop the class
marks: 2 3 1
"""


def build(folder, notebook, root):
    (folder / "timestamp.txt").write_text("yesterday evening")
