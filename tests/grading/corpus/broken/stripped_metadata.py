"""
is: without any metadata, as some editors save
must: keep all marks
marks: 2 3 1
"""

import nbformat


def build(folder, notebook, root):
    notebook.metadata = {}
    for cell in notebook.cells:
        cell.metadata = {}
    nbformat.write(notebook, folder / "ps1.ipynb")
