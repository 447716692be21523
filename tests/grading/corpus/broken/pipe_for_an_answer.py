"""
is: a pipe in the place of the saved answer
must: keep the other marks, and not wait
marks: 2 3 0
"""

import os


def build(folder, notebook, root):
    (folder / "answers" / "ps1-w.json").unlink()
    os.mkfifo(folder / "answers" / "ps1-w.json")
