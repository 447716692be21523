"""
is: a notebook of 30 MB: old outputs and a picture in a text
must: keep all marks
marks: 2 3 1
"""

import nbformat
from nbformat.v4 import new_output


def build(folder, notebook, root):
    notebook.cells[1].outputs = [new_output("stream", name="stdout", text="x" * 25_000_000)]
    notebook.cells[0].source += "\n\n" + "y" * 5_000_000
    nbformat.write(notebook, folder / "ps1.ipynb")
