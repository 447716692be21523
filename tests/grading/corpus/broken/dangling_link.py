"""
is: with links that lead nowhere and in a circle
must: keep all marks
marks: 2 3 1
"""


def build(folder, notebook, root):
    (folder / "data.csv").symlink_to("/nowhere/data.csv")
    (folder / "circle").symlink_to("circle")
    (folder / "loop").symlink_to(".")
