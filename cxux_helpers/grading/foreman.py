"""The process that forks a grader's workers, as the grader sees it.

It takes a few seconds to import what it needs, and nothing of that has to wait for the grader. So the command line
begins with it and imports nbgrader meanwhile; this file imports next to nothing.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from contextlib import suppress

from cxux_helpers.grading.sandbox.messages import send

__all__ = ["Foreman", "begin_early", "foreman_for", "processors", "skip_slow_imports"]

_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Foreman:
    """The foreman's process. Each worker is a fork of it and is known by a socket.

    Parameters
    ----------
    ready
        For how many workers a sandbox is made at once; one that is hired beyond makes its own.
    """

    def __init__(self, ready: int) -> None:
        self.ready = ready
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "cxux_helpers.grading.worker", str(theirs.fileno()), str(ready)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                env={**os.environ, "NBGRADER_EXECUTION": "autograde", **_ONE_THREAD},
            )

    def hire(self) -> socket.socket:
        """Have a worker forked; return the socket to it."""
        ours, theirs = socket.socketpair()
        with theirs:
            send(self._control, {"hire": True}, [theirs.fileno()])
        return ours

    def stop(self) -> None:
        """End it and all who came of it, wherever they are."""
        with suppress(OSError):
            self._control.close()
        self._process.kill()
        self._process.wait()


_early: list[Foreman] = []


def begin_early(workers: int) -> None:
    """Start the foreman of the crew that will be needed."""
    _early.append(Foreman(workers))


def foreman_for(workers: int) -> Foreman:
    """Return a foreman: the one who began early, if he has made ready for as many."""
    while _early:
        foreman = _early.pop()
        if foreman.ready == workers:
            return foreman
        foreman.stop()
    return Foreman(workers)


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def skip_slow_imports() -> None:
    """Have jsonschema do without a check that no notebook needs, and that takes longer to load than all the rest."""
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
