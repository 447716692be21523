"""
is: with a file larger than a room
must: keep all marks, and leave the file out
marks: 2 3 1
"""


def build(folder, notebook, root):
    with (folder / "film.mp4").open("wb") as file:
        file.truncate(40 << 20)
