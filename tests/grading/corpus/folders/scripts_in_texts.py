"""
tries: to have a script run from an essay, its attachments, a raw cell and the student's own name
must: be shown as text or not at all
marks: 0 0 0
"""

import nbformat
from nbformat.v4 import new_markdown_cell, new_raw_cell

SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg>"


def build(folder, notebook, root):
    essay = notebook.cells[-1]
    essay.source = f"{SCRIPT} [a](javascript:alert(1)) ![b](attachment:b.svg) ![c](attachment:c.png)"
    svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    essay.attachments = {"b.svg": {"image/svg+xml": svg}, "c.png": {"image/png": "x' onerror='alert(1)"}}
    notebook.cells.append(new_raw_cell(SCRIPT, metadata={"raw_mimetype": "text/html"}))
    notebook.cells.append(new_markdown_cell("<iframe srcdoc='<script>alert(1)</script>'></iframe>\n\n    <script>"))
    nbformat.write(notebook, folder / "ps1.ipynb")
