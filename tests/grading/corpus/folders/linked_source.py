"""
tries: to hand in links to the instructor's source, gradebook and home, and to read them in a cell
must: find nothing there
marks: 0 0 0
"""

import nbformat
from nbformat.v4 import new_code_cell

READ = """
import os
for place, _, files in os.walk(".", followlinks=True):
    for name in files:
        try:
            text = open(os.path.join(place, name), errors="replace").read()
        except OSError:
            continue
        if "HIDDEN" + " TESTS" in text or "SQLite" in text or "2.5" in text:
            print("BREACH:", place, name)
    if place.count("/") > 3:
        break
"""


def build(folder, notebook, root):
    (folder / "notes.txt").symlink_to(root / "source" / "ps1" / "ps1.ipynb")
    (folder / "book.db").symlink_to(root / "gradebook.db")
    (folder / "relative.txt").symlink_to("../../../source/ps1/ps1.ipynb")
    (folder / "all").symlink_to(root / "source")
    (folder / "answers" / "ps1-w.json").symlink_to(root / "source" / "ps1" / "ps1.ipynb")
    notebook.cells.insert(0, new_code_cell(READ))
    nbformat.write(notebook, folder / "ps1.ipynb")
