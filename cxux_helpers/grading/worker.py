"""A process that performs tasks for the grader: each submission in a child of its own, beside a sandbox of its own.

The grader starts one foreman, who imports what is needed and forks as many workers as are wanted, each with a socket to
the grader. What goes wrong in a child, or takes too long, ends with the child; the worker and its sandbox stay, or are
made anew. All of them end when their sockets are closed, so none outlives the grader.
"""

# ruff: noqa: E402 - what must not be imported is said before the imports
from __future__ import annotations

import os
import resource
import select
import signal
import socket
import sys
import time
from pathlib import Path
from typing import Any

# jsonschema would load it to check a format that no notebook has, and it takes longer than all the rest.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

from cxux_helpers.grading.execution import Result, Task, lost, perform
from cxux_helpers.grading.sandbox.kernels import RoomManager, Sandbox
from cxux_helpers.grading.sandbox.messages import BrokenMessage, receive, send
from cxux_helpers.grading.sandbox.room import Limits, die_with_parent
from cxux_helpers.grading.sandbox.walls import NoSandbox

__all__ = ["Worker", "main"]

GRACE = 30.0  # seconds beyond a task's own time, for its tests and for writing down
MOST_MEMORY = 4 << 30  # bytes for what a submission says, as this side reads it, and for the tests


class Worker:
    """Performs tasks one after the other.

    Parameters
    ----------
    limits
        What each room may use.
    warm
        Modules that the sandbox imports beforehand.
    cold
        Whether each submission gets a sandbox that has imported nothing: slow, and for comparison.
    """

    def __init__(self, limits: Limits, warm: list[str], cold: bool = False) -> None:
        self._limits, self._warm, self._cold = limits, warm, cold
        self._sandbox: Sandbox | None = None

    def perform(self, task: Task) -> Result:
        """Perform a task in a child process.

        Raises
        ------
        NoSandbox
            If there can be no sandbox here.
        """
        sandbox = self._ready_sandbox()
        ours, theirs = socket.socketpair()
        child = os.fork()
        if child == 0:
            ours.close()
            _perform_and_leave(task, sandbox, theirs)
        theirs.close()
        plain = _wait_for_result(ours, task.all_seconds + GRACE)
        ours.close()
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if plain is None or self._cold:
            self.stop()  # nobody knows in which state its room is
        if plain is None:
            return lost(task)
        return Result.from_plain(plain)

    def stop(self) -> None:
        """Take the sandbox down."""
        if self._sandbox is not None:
            self._sandbox.stop()
            self._sandbox = None

    def _ready_sandbox(self) -> Sandbox:
        if self._sandbox is not None and not self._sandbox.stands:
            self.stop()  # whatever befell it, the next submission shall not suffer from it
        if self._sandbox is None:
            self._sandbox = Sandbox(self._limits, [] if self._cold else self._warm)
        return self._sandbox


def _perform_and_leave(task: Task, sandbox: Sandbox, out: socket.socket) -> None:
    """In the child: perform the task, send what came of it, and end without any clearing up of the parent's things."""
    status = 1
    try:
        die_with_parent()
        resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))
        room = RoomManager(sandbox, [Path(folder) for folder in task.folders])
        result = perform(task, room)
        room.close()
        if room.ended == "memory":
            result.notes.append("the room was closed because it used too much memory.")
        result.notes += [f"{name} was left out: it is no plain file, or too large." for name in room.left_out]
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
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for workers
    started = receive(control)
    if started is None:
        return
    settings, _ = started
    _import(settings["warm_tests"])
    while (received := receive(control)) is not None:
        (number,) = received[1]
        if os.fork() == 0:
            control.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _serve(socket.socket(fileno=number), settings)
        os.close(number)


def _serve(grader: socket.socket, settings: dict[str, Any]) -> None:
    """Be a worker: perform tasks until the grader hangs up; never returns."""
    status = 1
    die_with_parent()  # when the grader is killed, the foreman ends at once, and nobody goes on working
    worker = Worker(Limits(**settings["limits"]), settings["warm"], settings["cold"])
    try:
        while (received := receive(grader)) is not None:
            try:
                reply = worker.perform(Task.from_plain(received[0])).to_plain()
            except NoSandbox as problem:
                worker.stop()
                reply = {"no_sandbox": str(problem)}
            send(grader, reply)
        status = 0
    finally:
        worker.stop()
        os._exit(status)


def _import(modules: list[str]) -> None:
    """Import what test cells will import, so that each child has it already."""
    import importlib

    for name in modules:
        try:
            importlib.import_module(name)
        except ImportError:
            continue


if __name__ == "__main__":
    main()
