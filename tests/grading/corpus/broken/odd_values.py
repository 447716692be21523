"""
is: fields of the wrong kind: a number for a source, a list for metadata, half of a character in a text
must: keep what can be read
marks: 0 3 1
"""

import json


def build(folder, notebook, root):
    plain = json.loads((folder / "ps1.ipynb").read_text())
    plain["cells"][1]["source"] = 5
    plain["cells"][0]["metadata"] = [1]
    plain["cells"].append({"cell_type": "code", "source": "# \ud800", "metadata": {}, "outputs": [], "id": "x" * 500})
    plain["metadata"] = "none"
    (folder / "ps1.ipynb").write_text(json.dumps(plain))
