"""
is: code that prints half of a character, and characters of control
must: keep all marks
marks: 2 3 1
"""

import nbformat
from nbformat.v4 import new_code_cell


def build(folder, notebook, root):
    notebook.cells.insert(0, new_code_cell("print('\\ud83d')\nprint('\\x00\\x01\\x0b\\uffff')\n'\\udc80'"))
    nbformat.write(notebook, folder / "ps1.ipynb")
