"""One submission, from its cells to its outputs and marks: a pure task, wherever it is run.

A `Task` says all that is needed, and a `Result` all that comes of it; both are plain data, so that they can go to
another process or machine. Cells of the student run in a kernel, in their order. A test cell runs here instead, from
the instructor's text, and learns about the student's work only by `ask`.
"""

from __future__ import annotations

import logging
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from cxux_helpers.grading.kernel import StudentKernel
from cxux_helpers.grading.marking import Marker, TestCellFault, mark_here

__all__ = ["Result", "Task", "TestCell", "lost", "perform"]

LARGEST_OUTPUT = 1_000_000  # characters that one cell of a student may leave in the notebook
LARGEST_NOTEBOOK = 10_000_000  # and all cells together
LAST_WORD = 20_000_000  # characters after which a cell that goes on talking is stopped

_NO_KERNEL = "The notebook's kernel could not be started, so this could not be judged."
_NOT_RUN = "This cell was not run."
_CUT_SHORT = "This cell did not come to an end that could be recorded."
_TOO_LONG = "… The output of this cell is too long and ends here."
_FAULT = "This question could not be judged, because its tests have a fault. Your instructor has been told."
_GAVE_UP = "This submission took more time or memory than it may, and was ended before it could be judged."
_TIMEOUT = {
    "ename": "CellTimeoutError",
    "evalue": "",
    "traceback": ["\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"],
}


@dataclass(frozen=True)
class TestCell:
    """A test of the instructor's: its name, its text with hidden tests, and its points in the gradebook."""

    __test__ = False  # pytest looks for classes of this name

    name: str
    source: str
    points: float


@dataclass(frozen=True)
class Task:
    """A submission to be run and marked.

    Parameters
    ----------
    student
        Whose it is, for what is written down.
    cells
        Type and text of each cell.
    tests
        The test that stands in the place of a cell, by the cell's number.
    folders
        Folders whose files the notebook finds beside it; the first holds the saved answers.
    beside_tests
        Folder in which the tests run, or None.
    cell_seconds, ask_seconds, all_seconds
        How long a cell, an expression of a test, and the whole submission may take.
    iopub_seconds
        How long the last outputs of a cell are waited for.
    kernel_name
        Jupyter's name of the kernel, where there is no sandbox.
    """

    student: str
    cells: list[tuple[str, str]]
    tests: dict[int, TestCell]
    folders: list[str]
    beside_tests: str | None = None
    cell_seconds: int = 60
    ask_seconds: float = 10.0
    all_seconds: float = 600.0
    iopub_seconds: int = 4
    kernel_name: str = "python3"

    def to_plain(self) -> dict[str, Any]:
        """The task as JSON has it."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Task:
        """The task from JSON."""
        tests = {int(number): TestCell(**test) for number, test in plain["tests"].items()}
        return cls(**{**plain, "cells": [tuple(cell) for cell in plain["cells"]], "tests": tests})


@dataclass
class Result:
    """What came of a task.

    Parameters
    ----------
    outputs
        Outputs of each code cell, by its number, in nbformat's form.
    counts
        Execution count of each, or None.
    language
        nbformat's ``language_info``, as the kernel gave it.
    notes
        What the instructor should know.
    seconds
        How long it took.
    """

    outputs: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    counts: dict[int, int | None] = field(default_factory=dict)
    language: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def to_plain(self) -> dict[str, Any]:
        """The result as JSON has it."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: dict[str, Any]) -> Result:
        """The result from JSON, whose keys are texts."""
        numbered = {name: {int(key): value for key, value in plain[name].items()} for name in ("outputs", "counts")}
        return cls(**{**plain, **numbered})

    def write_into(self, notebook: NotebookNode, task: Task) -> None:
        """Put tests and outputs into the cells of a notebook."""
        for number, test in task.tests.items():
            notebook.cells[number].source = test.source
        for number, outputs in self.outputs.items():
            notebook.cells[number].outputs = [from_dict(output) for output in outputs]
            notebook.cells[number].execution_count = self.counts.get(number)
        if self.language:
            notebook.metadata["language_info"] = from_dict(self.language)


def perform(task: Task, km: Any = None, marker: Marker = mark_here, log: logging.Logger | None = None) -> Result:
    """Run and mark a submission; always comes to its end.

    Parameters
    ----------
    task
        The submission.
    km
        The kernel's manager; without one Jupyter starts a kernel on this machine, with the rights of this process.
    marker
        Runs the test cells.
    log
        Hears what nbclient has to say.

    Returns
    -------
    Result
    """
    began = time.monotonic()
    run = _Run(task, km, marker, log)
    result = run.perform()
    result.seconds = time.monotonic() - began
    return result


def lost(task: Task) -> Result:
    """The result of a submission whose run was ended from outside: nothing earned, and a word in each cell."""
    said = [_said(_GAVE_UP)]
    result = Result(notes=[_GAVE_UP])
    for number, (kind, _) in enumerate(task.cells):
        if number in task.tests:
            result.outputs[number] = [*said, _points(0.0)]
        elif kind == "code":
            result.outputs[number] = [*said]
    return result


class _Run(NotebookClient):  # type: ignore[misc]
    """nbclient, with the tests taken out of the student's reach."""

    def __init__(self, task: Task, km: Any, marker: Marker, log: logging.Logger | None) -> None:
        cells = [new_code_cell(source) if kind == "code" else new_markdown_cell(source) for kind, source in task.cells]
        settings: dict[str, Any] = {} if km is None else {"km": km}
        if log is not None:
            settings["log"] = log
        super().__init__(
            new_notebook(cells=cells),
            resources={"metadata": {"path": task.folders[0]}},
            kernel_name=task.kernel_name,
            kernel_manager_class=AsyncKernelManager,
            timeout=task.cell_seconds,
            iopub_timeout=task.iopub_seconds,
            interrupt_on_timeout=True,
            error_on_timeout=_TIMEOUT,
            raise_on_iopub_timeout=True,
            allow_errors=True,
            record_timing=False,
            store_widget_state=False,  # neither formgrader nor the feedback can show live widgets
            shutdown_kernel="immediate",
            on_cell_executed=_complete_errors,
            **settings,
        )
        self.owns_km = True
        self.comm_open_handlers: dict[str, Any] = {}  # what is printed into an Output widget is shown below its cell
        self._task, self._marker = task, marker
        self._ends = time.monotonic() + task.all_seconds
        self._result = Result()
        self._left = LARGEST_NOTEBOOK
        self._shown: dict[str, int] = {}  # characters of what is shown by each display id
        self._student = StudentKernel(
            self, km.saved_folder if km is not None else Path(task.folders[0]), task.ask_seconds
        )

    def perform(self) -> Result:
        """Go through the cells."""
        finished = 0
        try:
            with self.setup_kernel():
                self._result.language = self.wait_for_reply(self.kc.kernel_info())["content"]["language_info"]
                for number in range(len(self.nb.cells)):
                    self._perform_cell(number)
                    finished = number + 1
        except Exception as problem:  # the kernel could not be started, or not be stopped
            self._note(f"trouble with the kernel: {type(problem).__name__}: {problem}")
            self._student.lost = self._student.lost or _NO_KERNEL
        for number in range(finished, len(self.nb.cells)):
            self._perform_cell(number)
        return self._result

    def _perform_cell(self, number: int) -> None:
        cell = self.nb.cells[number]
        test = self._task.tests.get(number)
        if test is not None:
            cell.outputs = self._mark(test)
        elif cell.cell_type == "code":
            self._run(cell, number)
        else:
            return
        self._result.outputs[number] = cell.outputs
        self._result.counts[number] = cell.get("execution_count")

    def _mark(self, test: TestCell) -> list[NotebookNode]:
        """Return the outputs of a test cell: its messages, and its points in the form that nbgrader reads."""
        beside = None if self._task.beside_tests is None else Path(self._task.beside_tests)
        try:
            marks = self._marker(test.source, test.name, self._student, beside)
        except TestCellFault as fault:
            self._note(f"test cell {test.name} has a fault and gave no points.\n{fault}")
            return [_messages({"text/plain": _FAULT}), _points(0.0)]
        if marks.points != test.points:
            self._note(f"{test.name} has {test.points:g} points in nbgrader and {marks.points:g} in its cell.")
        messages = {"text/html": marks._repr_html_(), "text/plain": str(marks)}
        return [_messages(messages), _points(min(marks.earned, test.points))]

    def _run(self, cell: NotebookNode, number: int) -> None:
        """Run a cell of the student, come what may."""
        if not self._student.lost and time.monotonic() > self._ends:
            self._student.lost = "The notebook had taken longer than it may, and was stopped."
        if self._student.lost:
            cell.outputs = [_said(f"{_NOT_RUN} {self._student.lost}")]
            return
        self._room, self._said = min(LARGEST_OUTPUT, self._left), 0
        try:
            self.execute_cell(cell, number)
        except Exception as problem:  # a dead kernel, a deaf one, or messages that nbclient cannot read
            self._note(f"cell {number + 1}: {type(problem).__name__}: {str(problem)[:300]}")
            self._student.settle()
            cell.outputs.append(_said(_CUT_SHORT))
        self._left -= min(self._said, self._left)

    def output(self, outs: list[NotebookNode], msg: dict[str, Any], display_id: Any, cell_index: int) -> Any:
        """Keep an output of a student's cell, as far as there is room for it."""
        size = len(str(msg["content"]))
        before, self._said = self._said, self._said + size
        if before >= self._room:
            if self._said > LAST_WORD:
                raise RuntimeError("it printed without an end")
            return None
        if self._said < self._room:
            return super().output(outs, msg, display_id, cell_index)
        outs.append(_said(_TOO_LONG))
        return None

    def _update_display_id(self, display_id: str, msg: dict[str, Any]) -> None:
        """Change outputs that stand already, as far as there is room for it in all of their places."""
        places = sum(len(outputs) for outputs in self._display_id_map.get(display_id, {}).values())
        size, before = places * len(str(msg["content"])), self._shown.get(display_id, 0)
        if self._said + max(size - before, 0) < self._room:
            self._said += max(size - before, 0)
            self._shown[display_id] = max(size, before)
            super()._update_display_id(display_id, msg)

    def clear_output(self, outs: list[NotebookNode], msg: dict[str, Any], cell_index: int) -> None:
        """Take a cell's outputs away, which makes room: of a film only the last picture stays."""
        self._said = 0
        super().clear_output(outs, msg, cell_index)

    def _note(self, text: str) -> None:
        # The instructor reads it in a terminal, and a student may have had a hand in it.
        self._result.notes.append("".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in text))


def _complete_errors(cell: NotebookNode, cell_index: int, execute_reply: dict[str, Any]) -> None:
    """Show an error that only the reply speaks of, such as a cell that took too long; as nbgrader does."""
    reply = execute_reply["content"]
    if reply.get("status") != "error":
        return
    if not any(output.output_type == "error" and output.ename == reply.get("ename") for output in cell.outputs):
        traceback = reply.get("traceback") or ["ERROR: An error occurred while showtraceback was disabled"]
        cell.outputs.append(
            new_output("error", ename=str(reply.get("ename")), evalue=str(reply.get("evalue")), traceback=traceback)
        )


def _said(text: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=f"{text}\n")


def _messages(data: dict[str, str]) -> NotebookNode:
    return new_output("display_data", data=data)


def _points(earned: float) -> NotebookNode:
    return new_output("execute_result", data={"text/plain": f"{earned:g}"}, execution_count=None)
