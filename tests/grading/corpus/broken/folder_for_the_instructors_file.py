"""
is: with a folder that bears the name of the instructor's data file
must: keep all marks, with the instructor's file
marks: 2 3 1
"""


def build(folder, notebook, root):
    (folder / "data.csv").mkdir()
    (folder / "data.csv" / "inner").write_text("x")
