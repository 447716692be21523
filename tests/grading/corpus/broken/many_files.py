"""
is: with 6,000 files in folders 40 deep
must: keep all marks
marks: 2 3 1
"""


def build(folder, notebook, root):
    many = folder / "many"
    many.mkdir()
    for number in range(6000):
        (many / f"{number}").touch()
    deep = folder
    for _ in range(40):
        deep = deep / "deeper"
        deep.mkdir()
    (deep / "file").touch()
