"""
tries: to hand in a gradebook, a marked notebook and the sign that it is finished
must: be marked all the same
marks: 0 0 0
"""

import nbformat
from nbformat.v4 import new_output


def build(folder, notebook, root):
    (folder / "gradebook.db").write_bytes(b"SQLite format 3\0")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            data = {"text/plain": "3"}
            cell.outputs = [new_output("execute_result", data=data, execution_count=1)]
    notebook.metadata["cxux_marked"] = True
    nbformat.write(notebook, folder / "ps1.ipynb")
