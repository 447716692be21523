"""
is: an empty folder
must: have marks and feedback
marks: 0 0 0
"""

import shutil


def build(folder, notebook, root):
    shutil.rmtree(folder)
    folder.mkdir()
