"""
is: an answer cell twice, as splitting a cell makes it
must: keep all marks
marks: 2 3 1
"""

import nbformat


def build(folder, notebook, root):
    notebook.cells.insert(2, nbformat.from_dict(notebook.cells[1]))
    notebook.cells[2].source = ""
    nbformat.write(notebook, folder / "ps1.ipynb")
