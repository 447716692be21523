"""
is: 1,500 small cells of the student's own
must: keep all marks
marks: 2 3 1
"""

import nbformat
from nbformat.v4 import new_code_cell


def build(folder, notebook, root):
    notebook.cells[1:1] = [new_code_cell(f"x = {number}") for number in range(1500)]
    nbformat.write(notebook, folder / "ps1.ipynb")
