"""One submission, from its cells to its outputs and marks: a pure task, wherever it is run.

Cells of the student run in a kernel, in their order. A test cell runs here instead, from the instructor's text, and
learns about the student's work only by `ask`.

A function that hidden tests have called can keep their inputs, and a later cell can print them. So where there are
hidden tests, a submission runs twice, in rooms that know nothing of each other: what the student will read comes from a
run without hidden tests, and the points come from another one with them, of which nothing else is kept.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_notebook, new_output

from cxux_helpers.grading.kernel import StudentKernel
from cxux_helpers.grading.marking import Marker, TestCellFault, mark_here
from cxux_helpers.grading.question import Marks
from cxux_helpers.grading.tasks import Result, Task, TestCell, in_points, in_words, plain_cell

__all__ = ["perform"]

LARGEST_OUTPUT = 1_000_000  # characters that one cell of a student may leave in the notebook
LARGEST_NOTEBOOK = 10_000_000  # and all cells together
LAST_WORD = 20_000_000  # characters after which a cell that goes on talking is stopped

_NO_KERNEL = "The notebook's kernel could not be started, so this could not be judged."
_NOT_RUN = "This cell was not run."
_CUT_SHORT = "This cell did not come to an end that could be recorded."
_TOO_LONG = "… The output of this cell is too long and ends here."
_FAULT = "This question could not be judged, because its tests have a fault. Your instructor has been told."
# Where nobody will look at outputs, no picture need be drawn.
_TEXT_ALONE = "get_ipython().display_formatter.__setattr__('active_types', ['text/plain'])"
_TIMEOUT = {
    "ename": "CellTimeoutError",
    "evalue": "",
    "traceback": ["\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"],
}


def perform(
    task: Task,
    rooms: Callable[[], Any] | None = None,
    marker: Marker = mark_here,
    log: logging.Logger | None = None,
) -> Result:
    """Run and mark a submission; always comes to its end.

    Parameters
    ----------
    task
        The submission.
    rooms
        Returns the manager of a new room's kernel; without it Jupyter starts a kernel on this machine, with the rights
        of this process, and the submission runs once.
    marker
        Runs the test cells.
    log
        Hears what nbclient has to say.

    Returns
    -------
    Result
    """
    began = time.monotonic()
    twice = rooms is not None and task.has_hidden_tests
    run = _Run(task.without_hidden_tests() if twice else task, rooms and rooms(), marker, log)
    result = run.perform()
    marks = run.marks
    if twice:
        unseen = _Run(task.up_to_the_last_test(), rooms and rooms(), marker, log, quiet=True)
        unseen.perform()
        marks = {number: _with_what_was_found(given, marks.get(number)) for number, given in unseen.marks.items()}
        result.notes = [*dict.fromkeys([*result.notes, *unseen.notes])]
    for number, test in task.tests.items():
        result.outputs[number], notes = _shown(test, marks.get(number))
        result.notes += notes
    result.seconds = time.monotonic() - began
    return result


def _with_what_was_found(given: Marks | TestCellFault, seen: Marks | TestCellFault | None) -> Marks | TestCellFault:
    """Marks in which a part says what was found as far as the run without hidden tests said so."""
    if isinstance(given, TestCellFault):
        return given
    parts = seen.checks if isinstance(seen, Marks) else ()
    said = {(part.label, part.feedback.rung, part.feedback.message): part.feedback.found for part in parts}
    return replace(
        given,
        checks=tuple(
            replace(check, feedback=replace(check.feedback, found=said.get(key, "")))
            for check in given.checks
            for key in [(check.label, check.feedback.rung, check.feedback.message)]
        ),
    )


def _shown(test: TestCell, marks: Marks | TestCellFault | None) -> tuple[list[NotebookNode], list[str]]:
    """Outputs of a test cell, its points in the form that nbgrader reads; and notes to the instructor."""
    if not isinstance(marks, Marks):
        notes = [] if marks is None else [f"test cell {test.name} has a fault and gave no points.\n{marks}"]
        return [new_output("display_data", data={"text/plain": _FAULT}), in_points(0.0)], notes
    notes = []
    if marks.points != test.points:
        notes.append(f"{test.name} has {test.points:g} points in nbgrader and {marks.points:g} in its cell.")
    messages = {"text/html": marks._repr_html_(), "text/plain": str(marks)}
    return [new_output("display_data", data=messages), in_points(min(marks.earned, test.points))], notes


class _Run(NotebookClient):  # type: ignore[misc]
    """nbclient, with the tests taken out of the student's reach."""

    def __init__(self, task: Task, km: Any, marker: Marker, log: logging.Logger | None, quiet: bool = False) -> None:
        cells = [plain_cell(kind, source) for kind, source in task.cells]
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
        self._task, self._marker, self._quiet = task, marker, quiet
        self.marks: dict[int, Marks | TestCellFault] = {}
        self._ends = time.monotonic() + task.all_seconds
        self._result = Result()
        self._left = LARGEST_NOTEBOOK
        self._shown: dict[str, int] = {}  # characters of what is shown by each display id
        self._student = StudentKernel(
            self, km.saved_folder if km is not None else Path(task.folders[0]), task.ask_seconds
        )

    @property
    def notes(self) -> list[str]:
        """What the instructor should know."""
        return self._result.notes

    def perform(self) -> Result:
        """Go through the cells."""
        finished = 0
        try:
            with self.setup_kernel():
                if self._quiet:
                    self._student.say(_TEXT_ALONE)
                else:
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
            self.marks[number] = self._mark(test)
        elif cell.cell_type == "code":
            self._run(cell, number)
            self._result.outputs[number] = cell.outputs
            self._result.counts[number] = cell.get("execution_count")

    def _mark(self, test: TestCell) -> Marks | TestCellFault:
        beside = None if self._task.beside_tests is None else Path(self._task.beside_tests)
        try:
            return self._marker(test.source, test.name, self._student, beside)
        except TestCellFault as fault:
            return fault

    def _run(self, cell: NotebookNode, number: int) -> None:
        """Run a cell of the student, come what may."""
        if not self._student.lost and time.monotonic() > self._ends:
            self._student.lost = "The notebook had taken longer than it may, and was stopped."
        if self._student.lost:
            cell.outputs = [in_words(f"{_NOT_RUN} {self._student.lost}")]
            return
        self._room, self._said = min(LARGEST_OUTPUT, self._left), 0
        try:
            self.execute_cell(cell, number)
        except Exception as problem:  # a dead kernel, a deaf one, or messages that nbclient cannot read
            self._note(f"cell {number + 1}: {type(problem).__name__}: {str(problem)[:300]}")
            self._student.settle()
            cell.outputs.append(in_words(_CUT_SHORT))
        self._left -= min(self._said, self._left)

    def output(self, outs: list[NotebookNode], msg: dict[str, Any], display_id: Any, cell_index: int) -> Any:
        """Keep an output of a student's cell, as far as there is room for it."""
        size = len(str(msg["content"]))
        before, self._said = self._said, self._said + size
        if before >= self._room or self._quiet:
            if self._said > LAST_WORD:
                raise RuntimeError("it printed without an end")
            return None
        if self._said < self._room:
            return super().output(outs, msg, display_id, cell_index)
        outs.append(in_words(_TOO_LONG))
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
