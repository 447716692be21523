"""
is: a test cell twice
must: count once
marks: 2 3 1
"""

import nbformat


def build(folder, notebook, root):
    notebook.cells.append(nbformat.from_dict(notebook.cells[2]))
    nbformat.write(notebook, folder / "ps1.ipynb")
