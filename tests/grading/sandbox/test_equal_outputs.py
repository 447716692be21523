"""Honest notebooks give the same outputs in a warm room, in a cold one, and in Jupyter's own kernel."""

import difflib
import json
import re
from pathlib import Path

import pytest

from cxux_helpers.grading.execution import perform
from cxux_helpers.grading.sandbox.kernels import RoomManager, Sandbox
from cxux_helpers.grading.sandbox.room import Limits
from cxux_helpers.grading.tasks import Task
from tests.grading.test_corpus import CORPUS, needs_sandbox

HONEST = sorted((CORPUS / "honest").glob("*.txt"))
WARM = ["numpy", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_agg", "ipywidgets", "sklearn.cluster"]
# What differs by its nature: addresses, numbers of processes and models, folders, places of lines in libraries.
VARIES = {
    r"0x[0-9a-f]+": "0x",
    r"\"model_id\": \"[0-9a-f]+\"": '"model_id": ""',
    r"ipykernel_\d+/\d+": "ipykernel",
    r"/tmp/pytest-[^'\"\s]*": "/submission",
    r"/submission[^'\"\s]*": "/submission",
    r"/\S*site-packages/\S*": "a library",
    r"~/\S*site-packages/\S*": "a library",
    r"/\S*/sandbox/shell.py:\d+": "a library",
}


def outputs(path, folder, manager=None):
    """Outputs of a notebook's cells as lines of text."""
    folder.mkdir()
    cells = [("code", source) for source in path.read_text(encoding="utf-8").split("# %%\n")]
    task = Task("ann", cells, {}, [str(folder)], cell_seconds=8, all_seconds=90)
    result = perform(task, manager and (lambda: manager(folder)))
    told = [[number, [tidy(output) for output in joined(outputs)]] for number, outputs in result.outputs.items()]
    text = json.dumps(told, indent=1, sort_keys=True)
    for pattern, instead in VARIES.items():
        text = re.sub(pattern, instead, text)
    return text.splitlines()


def joined(outputs):
    """Texts of one stream that came in pieces, as one."""
    whole = []
    for output in outputs:
        if whole and output["output_type"] == "stream" and whole[-1].get("name") == output["name"]:
            whole[-1]["text"] += output["text"]
        else:
            whole.append(dict(output))
    return whole


def tidy(output):
    """Tracebacks through libraries have the libraries' paths coloured; the last line says what is ours."""
    return output | {"traceback": output["traceback"][-1:]} if output["output_type"] == "error" else output


@pytest.fixture(scope="module")
def sandboxes():
    needs_sandbox()
    both = {"warm": Sandbox(warm=WARM), "cold": Sandbox()}
    yield both
    for sandbox in both.values():
        sandbox.stop()


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_a_room_shows_what_a_kernel_of_jupyter_shows(sandboxes, path, tmp_path, monkeypatch):
    for name, value in {"NBGRADER_EXECUTION": "autograde", "OMP_NUM_THREADS": "1", "LOKY_MAX_CPU_COUNT": "1"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # ipykernel would not look at subprocesses' output
    expected = outputs(path, tmp_path / "plain")
    for kind, sandbox in sandboxes.items():
        rooms = lambda folder, sandbox=sandbox: RoomManager(sandbox, [Path(folder)], Limits())  # noqa: E731
        found = outputs(path, tmp_path / kind, rooms)
        assert "\n".join(difflib.unified_diff(expected, found, "a kernel", f"a {kind} room", lineterm="", n=1)) == ""
