"""
is: without its test cells
must: keep all marks
marks: 2 3 1
"""

import nbformat


def build(folder, notebook, root):
    notebook.cells = [c for c in notebook.cells if not c.metadata.nbgrader.grade_id.endswith("-test")]
    nbformat.write(notebook, folder / "ps1.ipynb")
