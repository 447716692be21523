"""
is: a kernel that ends behind the first question
must: keep the first mark, and that of the saved answer
marks: 2 0 1
"""

import nbformat


def build(folder, notebook, root):
    notebook.cells[3].source = "import os\nos._exit(0)"
    nbformat.write(notebook, folder / "ps1.ipynb")
