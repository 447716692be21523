"""Tests of cxux_helpers.grading.cluster: the same marks by the nodes of a Dask cluster, and a node that is lost."""

import os
import signal
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from cxux_helpers.grading.cluster import pack_files, perform_on_node
from cxux_helpers.grading.sandbox.walls import trouble
from tests.grading.conftest import QUESTIONS, RIGHT_CHOICE, answered

needs_sandbox = pytest.mark.skipif(bool(trouble()), reason=trouble() or "there is a sandbox")


def test_files_are_packed_without_links_and_notebooks(tmp_path):
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "q.json").write_text("{}")
    (tmp_path / "secret").symlink_to("/etc/hostname")
    (tmp_path / "ps1.ipynb").write_text("{}")
    os.mkfifo(tmp_path / "pipe")
    assert pack_files(tmp_path) == {"answers/q.json": "e30="}


def test_a_file_that_would_leave_its_folder_is_refused():
    task = {"student": "ann", "cells": [], "tests": {}, "folders": ["."]}
    with pytest.raises(ValueError, match="would lie outside of its folder"):
        perform_on_node({"task": task, "files": [{"../x": ""}]}, {"limits": {}, "warm": [], "cold": False})


@pytest.fixture(scope="module")
def cluster():
    """Two nodes on this machine, each a process of its own."""
    distributed = pytest.importorskip("distributed")
    # The nanny of a node, which starts it again when it is lost, is part of what a real cluster has.
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, worker_dashboard_address=None
    ) as cluster:
        yield cluster


@needs_sandbox
def test_a_cluster_gives_the_same_marks(make_course, cluster):
    course = make_course(MarkOutside={"scheduler": cluster.scheduler_address})
    course.submit("ann", answered, saved=RIGHT_CHOICE)
    course.submit("bob", lambda notebook: answered(notebook, mean="mean = 1"), saved=RIGHT_CHOICE)
    course.run("autograde")
    assert list(course.grades("ann")) == QUESTIONS
    assert list(course.grades("ann").values()) == [2, 3, 1, None]
    assert list(course.grades("bob").values()) == [0, 3, 1, None]


@needs_sandbox
def test_a_lost_node_loses_no_submission_and_leaves_nothing_running(make_course, cluster):
    from distributed import Client

    course = make_course(MarkOutside={"scheduler": cluster.scheduler_address})
    slow = "import time\ntime.sleep(2)\nmean = 2.5"
    for student in ("ann", "bob", "cid", "dan"):
        course.submit(student, lambda notebook: answered(notebook, mean=slow), saved=RIGHT_CHOICE)
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        first, *_ = client.scheduler_info()["workers"]
        pid = client.run(os.getpid, workers=[first])[first]

    left_behind = []

    def lose():
        left_behind.extend(descendants(pid))
        os.kill(pid, signal.SIGKILL)

    timer = threading.Timer(4.0, lose)
    timer.start()
    course.run("autograde")
    timer.join()
    for student in ("ann", "bob", "cid", "dan"):
        assert list(course.grades(student).values()) == [2, 3, 1, None], student
    assert left_behind, "the node was doing nothing when it was lost"
    deadline = time.monotonic() + 15
    while (running := [one for one in left_behind if is_running(one)]) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not running


def descendants(pid):
    """All processes that a process has started, and those that they have."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for one in found:
        found += [child for child, parent in parents.items() if parent == one]
    return found[1:]


def is_running(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
