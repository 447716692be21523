"""The workers of a grader: tasks go in, results come out, and several run at the same time.

The crew runs ahead: whoever records submissions one by one finds the results of the next ones ready. That keeps
nbgrader in charge of everything it does, and takes the waiting out of it.
"""

from __future__ import annotations

import ast
import atexit
import hashlib
import json
import queue
import socket
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from dataclasses import asdict
from typing import Any, Protocol

from cxux_helpers.grading.foreman import Foreman, foreman_for
from cxux_helpers.grading.sandbox import walls
from cxux_helpers.grading.sandbox.messages import BrokenMessage, receive, send
from cxux_helpers.grading.sandbox.room import Limits
from cxux_helpers.grading.tasks import Result, Task, lost

__all__ = ["AnyCrew", "Crew", "crew_for", "imports_of", "let_go", "task_key"]


class Crew:
    """Workers, hired when the first task comes.

    Parameters
    ----------
    workers
        How many at one time.
    limits
        What each room may use.
    warm
        Modules to import beforehand, besides those that the course always needs.
    cold
        Whether each submission starts from nothing, for comparison.

    Raises
    ------
    NoSandbox
        If there can be no sandbox on this machine.
    """

    def __init__(
        self, workers: int = 2, limits: Limits | None = None, warm: Iterable[str] = (), cold: bool = False
    ) -> None:
        if why := walls.trouble():
            raise walls.NoSandbox(why)
        self._settings = {"limits": asdict(limits or Limits()), "warm": list(warm), "cold": cold}
        self._tasks: queue.SimpleQueue[tuple[str, Task] | None] = queue.SimpleQueue()
        self._results: dict[str, Future[Result]] = {}
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(max(workers, 1))]
        self.size = len(self._threads)
        self._foreman: Foreman | None = foreman_for(self.size)
        self.foreseen: set[str] = set()
        for thread in self._threads:
            thread.start()
        atexit.register(self.stop)

    def begin(self, task: Task) -> Future[Result]:
        """Have a task performed; equal tasks are performed once."""
        key = task_key(task)
        with self._lock:
            if key not in self._results:
                self._results[key] = Future()
                self._tasks.put((key, task))
            return self._results[key]

    def result(self, task: Task) -> Result:
        """Return what came of a task, waiting for it if need be; afterwards it is forgotten."""
        try:
            return self.begin(task).result()
        finally:
            with self._lock:
                self._results.pop(task_key(task), None)

    def forget(self) -> None:
        """Drop all results that nobody has asked for."""
        with self._lock:
            self._results.clear()
            self.foreseen.clear()

    def stop(self) -> None:
        """End the workers, and what they are doing."""
        for _ in self._threads:
            self._tasks.put(None)
        with self._lock:
            if self._foreman is not None:
                self._foreman.stop()
                self._foreman = None
        atexit.unregister(self.stop)

    def _serve(self) -> None:
        """In a thread: pass tasks to a worker, and a task whose worker was lost to a new one."""
        worker: socket.socket | None = None
        while (given := self._tasks.get()) is not None:
            key, task = given
            with self._lock:
                waiting = self._results.get(key)
            if waiting is None or not waiting.set_running_or_notify_cancel():
                continue
            try:
                result = None
                for _ in range(2):
                    worker = worker or self._hire()
                    result = _perform(worker, {**self._settings, "task": task.to_plain()})
                    if result is not None:
                        break
                    worker.close()
                    worker = None
                waiting.set_result(result or lost(task))
            except Exception as problem:
                waiting.set_exception(problem)
        if worker is not None:
            worker.close()

    def _hire(self) -> socket.socket:
        with self._lock:
            for _ in range(2):
                self._foreman = self._foreman or Foreman(self.size)
                try:
                    return self._foreman.hire()
                except OSError:  # the foreman was lost as well
                    self._foreman.stop()
                    self._foreman = None
        raise walls.NoSandbox("No worker could be started.")


def _perform(worker: socket.socket, order: dict[str, Any]) -> Result | None:
    """Return what came of an order; None if the worker was lost."""
    try:
        send(worker, order)
        received = receive(worker)
    except (OSError, BrokenMessage):
        return None
    if received is None:
        return None
    if "no_sandbox" in received[0]:
        raise walls.NoSandbox(received[0]["no_sandbox"])
    return Result.from_plain(received[0])


class AnyCrew(Protocol):
    """Whoever performs tasks: the workers of this machine, or those of a cluster."""

    size: int
    foreseen: set[str]
    """Notebooks whose tasks were begun ahead of their turn in this run."""

    def begin(self, task: Task) -> Any:
        """Have a task performed."""

    def result(self, task: Task) -> Result:
        """Return what came of a task."""

    def forget(self) -> None:
        """Drop all results that nobody has asked for."""

    def stop(self) -> None:
        """Leave."""


_crews: dict[Any, AnyCrew] = {}


def crew_for(workers: int, limits: Limits, warm: Iterable[str], cold: bool, scheduler: str = "") -> AnyCrew:
    """The crew of this process; another one where it must be of another kind."""
    modules = tuple(dict.fromkeys(warm))
    kind = (workers, limits, modules, cold, scheduler)
    if kind not in _crews:
        for other in [*_crews]:
            _crews.pop(other).stop()
        if scheduler:
            from cxux_helpers.grading.cluster import ClusterCrew

            _crews[kind] = ClusterCrew(scheduler, limits, modules, cold)
        else:
            _crews[kind] = Crew(workers, limits, modules, cold)
    return _crews[kind]


def let_go() -> None:
    """Drop the results that nobody has asked for; the workers stay for the next run of this process."""
    for crew in _crews.values():
        crew.forget()


def imports_of(sources: Iterable[str]) -> Iterator[str]:
    """Names of the modules that code cells import, as far as the code can be read."""
    for source in sources:
        try:
            tree = ast.parse(source)
        except SyntaxError:  # a magic, or worse
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def task_key(task: Task) -> str:
    """Equal for tasks that come to the same: who, which cells and which tests, wherever the files lie."""
    same = {"student": task.student, "cells": task.cells, "tests": {n: asdict(test) for n, test in task.tests.items()}}
    return hashlib.sha256(json.dumps(same, sort_keys=True).encode()).hexdigest()
