"""
tries: to hand in a link to the folder of the instructor's solution
must: not be followed
marks: 0 0 0
"""

import shutil


def build(folder, notebook, root):
    shutil.rmtree(folder)
    folder.symlink_to(root / "source" / "ps1")
