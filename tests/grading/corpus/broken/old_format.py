"""
is: saved in the notebook format of 2014
must: keep the marks of what can be read
marks: 2 3 1
"""

import json


def build(folder, notebook, root):
    code = {"language": "python", "outputs": [], "collapsed": False}
    cells = [
        {"cell_type": c.cell_type, "metadata": c.metadata}
        | (code | {"input": c.source} if c.cell_type == "code" else {"source": c.source})
        for c in notebook.cells
    ]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    (folder / "ps1.ipynb").write_text(json.dumps(old))
