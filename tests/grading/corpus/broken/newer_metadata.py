"""
is: metadata of a later nbgrader
must: keep all marks
marks: 2 3 1
"""

import nbformat


def build(folder, notebook, root):
    for cell in notebook.cells:
        cell.metadata["nbgrader"] |= {"schema_version": 99, "colour": "red"}
    nbformat.write(notebook, folder / "ps1.ipynb")
