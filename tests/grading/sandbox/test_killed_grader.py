"""A grader that is killed leaves nobody behind, at whatever moment it is."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.grading.conftest import answered
from tests.grading.test_corpus import needs_sandbox

LEAVE_A_DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    time.sleep(100)
time.sleep(3)
"""


def family(grader):
    """All processes that a grader has started, and those that they have."""
    try:
        return {child: " ".join(child.cmdline()) for child in psutil.Process(grader.pid).children(recursive=True)}
    except psutil.Error:
        return {}


@pytest.fixture(scope="module")
def course(make_course):
    needs_sandbox()
    course = make_course()
    for number in range(4):
        course.submit(f"student{number}", lambda notebook: answered(notebook, mean=f"mean = 2.5{LEAVE_A_DAEMON}"))
    return course


@pytest.mark.parametrize("seconds", [0.0, 0.6, 2.0, 4.0])
def test_a_grader_that_is_killed_leaves_nobody_behind(course, seconds):
    command = [Path(sys.executable).with_name("nbgrader"), "autograde", "ps1", "--force"]
    grader = subprocess.Popen(command, cwd=course.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seen = {}
    ready = None
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and (ready is None or time.monotonic() < ready + seconds):
        seen |= family(grader)
        if ready is None and any("doorkeeper" in command for command in seen.values()):
            ready = time.monotonic()
        time.sleep(0.02)
    assert ready is not None
    seen |= family(grader)
    grader.kill()
    grader.wait()
    assert psutil.wait_procs(seen, timeout=5)[1] == []
