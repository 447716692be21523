"""
is: a loop without an end in the first answer
must: keep the marks of the others
marks: 0 3 1
"""

import nbformat


def build(folder, notebook, root):
    notebook.cells[1].source = "while True: pass"
    nbformat.write(notebook, folder / "ps1.ipynb")
