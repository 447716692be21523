"""
is: with folders deeper than the longest path
must: keep all marks
marks: 2 3 1
"""

import os


def build(folder, notebook, root):
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(30):
        os.mkdir("x" * 200)
        os.chdir("x" * 200)
    open("file", "w").close()
    os.chdir(here)
