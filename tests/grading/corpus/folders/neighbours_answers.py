"""
tries: to hand in a link to a neighbour's saved answers, and one to the neighbour's whole submission
must: not be followed
marks: 0 0 0
"""

import shutil


def build(folder, notebook, root):
    neighbour = next(path for path in (root / "submitted").iterdir() if path.name.startswith("honest"))
    shutil.rmtree(folder / "answers")
    (folder / "answers").symlink_to(neighbour / "ps1" / "answers")
    (folder / "neighbour").symlink_to(neighbour)
