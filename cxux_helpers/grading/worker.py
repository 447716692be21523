"""A process that performs tasks for the grader: each submission in a child of its own, beside a sandbox of its own.

The grader starts one foreman. He has sandboxes made, imports what is needed meanwhile, and forks as many workers as are
wanted, each with a socket to the grader. What goes wrong in a child, or takes too long, ends with the child; the worker
and its sandbox stay, or are made anew. All of them end when their sockets are closed, so none outlives the grader.
"""

# ruff: noqa: E402 - what must not be imported is said before the imports
from __future__ import annotations

import gc
import os
import resource
import select
import signal
import socket
import sys
import time
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

from cxux_helpers.grading.foreman import skip_slow_imports

skip_slow_imports()

from nbformat.v4 import nbbase

from cxux_helpers.grading.execution import perform
from cxux_helpers.grading.sandbox.kernels import RoomManager, Sandbox
from cxux_helpers.grading.sandbox.messages import BrokenMessage, receive, send
from cxux_helpers.grading.sandbox.room import Limits, die_with_parent
from cxux_helpers.grading.sandbox.walls import NoSandbox
from cxux_helpers.grading.tasks import Result, Task, lost

__all__ = ["Worker", "main"]

_ASKED = "cxux_helpers.grading.asking"
ALWAYS_WARM = ["numpy", "pandas", "matplotlib.pyplot", "matplotlib.backends.backend_agg", "ipywidgets", _ASKED]
TESTS_WARM = ["pandas", "cxux_helpers.checks", "cxux_helpers.grading.question", _ASKED]
GRACE = 30.0  # seconds beyond a task's own time, for its tests and for writing down
MOST_MEMORY = 4 << 30  # bytes for what a submission says, as this side reads it, and for the tests


class Worker:
    """Performs tasks one after the other.

    Parameters
    ----------
    sandbox
        Where the first one is performed; unless given, the worker makes one when it needs it.
    """

    def __init__(self, sandbox: Sandbox | None = None) -> None:
        self._sandbox = sandbox

    def perform(self, task: Task, limits: Limits, warm: Iterable[str] = (), cold: bool = False) -> Result:
        """Perform a task in a child process.

        Parameters
        ----------
        task
            The submission.
        limits
            What its room may use.
        warm
            Modules that the sandbox imports beforehand, besides those that it always has.
        cold
            Whether the submission gets a sandbox that has imported nothing: slow, and for comparison.

        Raises
        ------
        NoSandbox
            If there can be no sandbox here.
        """
        sandbox = self._ready_sandbox(warm, cold)
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            ours.close()
            _perform_and_leave(task, sandbox, limits, theirs)
        theirs.close()
        plain = _wait_for_result(ours, 2 * task.all_seconds + GRACE)
        ours.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if plain is None or cold:
            self.stop()  # nobody knows in which state its room is
        if plain is None:
            return lost(task)
        return Result.from_plain(plain)

    def stop(self) -> None:
        """Take the sandbox down."""
        if self._sandbox is not None:
            self._sandbox.stop()
            self._sandbox = None

    def _ready_sandbox(self, warm: Iterable[str], cold: bool) -> Sandbox:
        """The sandbox, with nothing left to be read of it: the child that performs a task speaks with it next."""
        if cold:
            self.stop()
        for _ in range(2):  # whatever befell it, the next submission shall not suffer from it
            self._sandbox = self._sandbox or Sandbox([] if cold else ALWAYS_WARM)
            if not cold:
                self._sandbox.warm(warm)
            if self._sandbox.stands:
                return self._sandbox
            self.stop()
        raise NoSandbox("A sandbox was made, and ended by itself.")


def _perform_and_leave(task: Task, sandbox: Sandbox, limits: Limits, out: socket.socket) -> None:
    """In the child: perform the task, send what came of it, and end without any clearing up of the parent's things."""
    status = 1
    try:
        die_with_parent()
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        rooms: list[RoomManager] = []

        def open_room() -> RoomManager:
            rooms.append(RoomManager(sandbox, [Path(folder) for folder in task.folders], limits))
            return rooms[-1]

        result = perform(task, open_room)
        for room in rooms:
            room.close()
        if any(room.ended == "memory" for room in rooms):
            result.notes.append("the room was closed because it used too much memory.")
        result.notes += [f"{name} was left out: it is no plain file, or too large." for name in rooms[0].left_out]
        send(out, result.to_plain())
        status = 0
    finally:
        os._exit(status)


def _wait_for_result(channel: socket.socket, patience: float) -> dict[str, Any] | None:
    deadline = time.monotonic() + patience
    ready, _, _ = select.select([channel], [], [], patience)
    if not ready:
        return None
    try:
        channel.settimeout(max(deadline - time.monotonic(), 1.0))
        received = receive(channel)
    except (OSError, BrokenMessage):
        return None
    return None if received is None else received[0]


def main() -> None:
    """Be the foreman: fork a worker for each socket that comes, until the grader is gone."""
    die_with_parent()
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sandboxes = _sandboxes(int(sys.argv[2]))
    for module in TESTS_WARM:
        import_module(module)
    # What comes from a room was looked at by `sandbox.forms`. nbformat's own look takes longer than most cells.
    nbbase.validate = lambda *_: None
    gc.freeze()  # what lives now lives for ever, and need not be looked at again by the collector of any worker
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for workers
    while (received := receive(control)) is not None:
        (number,) = received[1]
        sandbox = sandboxes.pop() if sandboxes else None
        if os.fork() == 0:
            control.close()
            for others in sandboxes:
                others.leave()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _serve(socket.socket(fileno=number), Worker(sandbox))
        os.close(number)
        if sandbox is not None:
            sandbox.leave()


def _sandboxes(number: int) -> list[Sandbox]:
    """Begin to make sandboxes; while they import what they need, so can this process."""
    try:
        return [Sandbox(ALWAYS_WARM) for _ in range(number)]
    except NoSandbox:
        return []  # each worker will find that out, and tell the grader


def _serve(grader: socket.socket, worker: Worker) -> None:
    """Be a worker: carry out orders until the grader hangs up; never returns."""
    status = 1
    die_with_parent()  # when the grader is killed, the foreman ends at once, and nobody goes on working
    try:
        while (received := receive(grader)) is not None:
            order, _ = received
            task, limits = Task.from_plain(order["task"]), Limits(**order["limits"])
            try:
                reply = worker.perform(task, limits, order["warm"], order["cold"]).to_plain()
            except NoSandbox as problem:
                worker.stop()
                reply = {"no_sandbox": str(problem)}
            send(grader, reply)
        status = 0
    finally:
        worker.stop()
        os._exit(status)


if __name__ == "__main__":
    main()
