"""
is: a file in the place of the folder of answers
must: keep the other marks
marks: 2 3 0
"""

import shutil


def build(folder, notebook, root):
    shutil.rmtree(folder / "answers")
    (folder / "answers").write_text("x")
