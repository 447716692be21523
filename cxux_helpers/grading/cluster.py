"""Submissions graded on other machines: the crew of an existing Dask cluster.

A task travels with its files, and a node performs it by a local crew of its own, in a sandbox of its own. Dask runs the
tasks of a node that was lost on another one; a crew ends with the process that made it, so a lost node leaves nothing
running. One process, the grader's, records.
"""

from __future__ import annotations

import base64
import os
import tempfile
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from cxux_helpers.grading.crew import crew_for, task_key
from cxux_helpers.grading.sandbox.room import Limits
from cxux_helpers.grading.tasks import Result, Task

__all__ = ["ClusterCrew", "pack_files", "perform_on_node"]

_LARGEST = 64 << 20  # bytes of one submission's files


class ClusterCrew:
    """Performs tasks on a Dask cluster; offers what `cxux_helpers.grading.crew.Crew` does.

    Parameters
    ----------
    address
        Of the scheduler, for example ``tcp://10.0.0.5:8786``. Its nodes need this package and bubblewrap, and must not
        run as root.
    limits, warm, cold
        As for a crew.

    Raises
    ------
    ImportError
        If the extra ``cluster`` is not installed.
    """

    def __init__(self, address: str, limits: Limits, warm: Iterable[str] = (), cold: bool = False) -> None:
        try:
            from distributed import Client
        except ImportError as problem:
            raise ImportError(
                "Grading on a cluster needs Dask. Install it: pip install 'cxux-helpers[cluster]'."
            ) from problem
        self._client = Client(address, set_as_default=False)
        self._settings = {"limits": asdict(limits), "warm": list(warm), "cold": cold}
        self._results: dict[str, Any] = {}
        self.foreseen: set[str] = set()
        self.size = max(len(self._client.scheduler_info()["workers"]), 1)

    def begin(self, task: Task) -> Any:
        """Have a task performed; equal tasks are performed once."""
        key = task_key(task)
        if key not in self._results:
            packed = {"task": task.to_plain(), "files": [pack_files(Path(folder)) for folder in _folders(task)]}
            self._results[key] = self._client.submit(perform_on_node, packed, self._settings, pure=False, retries=2)
        return self._results[key]

    def result(self, task: Task) -> Result:
        """Return what came of a task, waiting for it if need be; afterwards it is forgotten."""
        future: Future[dict[str, Any]] = self.begin(task)
        try:
            return Result.from_plain(future.result())
        finally:
            self._results.pop(task_key(task), None)

    def forget(self) -> None:
        """Drop all results that nobody has asked for."""
        for future in self._results.values():
            future.cancel()
        self._results.clear()
        self.foreseen.clear()

    def stop(self) -> None:
        """Leave the cluster; it goes on without us."""
        self.forget()
        self._client.close()


def perform_on_node(packed: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """Unpack a task, perform it in a sandbox of this machine, and return its result as plain data."""
    with tempfile.TemporaryDirectory(prefix="cxux-node-") as name:
        folders = []
        for number, files in enumerate(packed["files"]):
            folders.append(Path(name) / str(number))
            _unpack(files, folders[-1])
        task = Task.from_plain(packed["task"])
        beside = str(folders[-1]) if task.beside_tests is not None else None
        here = replace(task, folders=[str(folder) for folder in folders[: len(task.folders)]], beside_tests=beside)
        crew = crew_for(1, Limits(**settings["limits"]), settings["warm"], settings["cold"])
        return crew.result(here).to_plain()


def pack_files(folder: Path) -> dict[str, str]:
    """The plain files of a folder by their path in it, as text that JSON carries; links and notebooks are left out."""
    packed: dict[str, str] = {}
    left = _LARGEST
    for path, _, names, at in os.fwalk(folder, follow_symlinks=False):
        for name in sorted(name for name in names if not name.endswith(".ipynb")):
            try:
                number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=at)
            except OSError:
                continue
            with os.fdopen(number, "rb") as file:
                size = os.fstat(number).st_size
                if size <= left and (Path(path) / name).is_file():
                    left -= size
                    packed[str((Path(path) / name).relative_to(folder))] = base64.b64encode(file.read(size)).decode()
    return packed


def _unpack(files: dict[str, str], folder: Path) -> None:
    folder.mkdir()
    for name, content in files.items():
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise ValueError(f"the file {name!r} would lie outside of its folder.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(content))


def _folders(task: Task) -> list[str]:
    return [*task.folders, *([task.beside_tests] if task.beside_tests is not None else [])]
