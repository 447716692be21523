"""nbgrader's execution, with the tests taken out of the student's reach.

``nbgrader autograde`` runs every cell of a submission in one kernel, so that the student's code can rewrite
the tests that follow it. Here the student's cells still run in that kernel, in their order. A test cell runs
in the marker's process instead, from the text that the gradebook holds, and learns about the student's work
only by `ask`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_output
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from traitlets import Bool, Float, default

from cxux_helpers.grading.kernel import StudentKernel
from cxux_helpers.grading.marking import Marker, TestCellFault, mark_here
from cxux_helpers.grading.released import ReleasedCell, released_cells
from cxux_helpers.grading.repair import claimed_name, repair

__all__ = ["MarkOutside"]

LARGEST_OUTPUT = 1_000_000  # characters that one cell of a student may leave in the notebook

_NO_KERNEL = "The notebook's kernel could not be started, so this could not be judged."
_NOT_RUN = "This cell was not run."
_CUT_SHORT = "This cell did not come to an end that could be recorded."
_TOO_LONG = "… The output of this cell is too long and ends here."
_FAULT = "This question could not be judged, because its tests have a fault. Your instructor has been told."


class MarkOutside(Execute):  # type: ignore[misc]
    """Run a submission and mark it, in place of nbgrader's ``Execute``.

    Which cells are tests is for the gradebook to say. A cell that bears the name of a test is replaced by that
    test. Every other cell is the student's, whatever its metadata claim: it runs in the student's kernel and
    earns nothing. So no text of a submission ever runs here.

    A submission always comes to its end. Where its kernel stops, the cells behind are left out with a word of
    explanation, what was saved beside the notebook is still marked, and all else earns nothing.
    """

    # Not to be configured: ``--no-execute`` would believe the outputs that were handed in.
    enabled = Bool(True)
    ask_timeout = Float(10.0, help="Seconds that one expression of a test may take.").tag(config=True)

    marker: Marker = staticmethod(mark_here)
    """Runs the test cells."""

    @default("shutdown_kernel")  # type: ignore[untyped-decorator]
    def _shutdown_kernel_default(self) -> str:
        return "immediate"

    @default("store_widget_state")  # type: ignore[untyped-decorator]
    def _store_widget_state_default(self) -> bool:
        return False  # neither formgrader nor the feedback can show live widgets

    def preprocess(self, nb: NotebookNode, resources: Any, km: Any = None) -> tuple[NotebookNode, Any]:
        """Run and mark a notebook in place."""
        where = resources["nbgrader"]
        released = released_cells(where)
        repair(nb, released)
        self._tests = {cell.name: cell for cell in released if cell.is_test}
        self._student = StudentKernel(self, Path(resources["metadata"]["path"]), self.ask_timeout)
        self._folder = self._instructors_folder(where["assignment"])
        self._finished = 0
        try:
            super().preprocess(nb, resources, km)
        except Exception:  # the kernel could not be started, or not be stopped
            self.log.exception("Trouble with the kernel of %s.", where["student"])
            self._student.lost = self._student.lost or _NO_KERNEL
        for index in range(self._finished, len(nb.cells)):
            self.preprocess_cell(nb.cells[index], resources, index)
        return nb, resources

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Mark a test, run anything else."""
        test = self._tests.get(claimed_name(cell) or "")
        if test is not None:
            cell.source = test.source
            cell.outputs = self._mark(test, resources["nbgrader"]["student"])
        elif cell.cell_type == "code":
            self._run(cell, resources, index)
        self._finished = index + 1
        return cell, resources

    def _instructors_folder(self, assignment: str) -> Path | None:
        course = CourseDirectory(parent=self)
        folder = Path(course.format_path(course.source_directory, ".", assignment))
        return folder if folder.is_dir() else None

    def _mark(self, test: ReleasedCell, student: str) -> list[NotebookNode]:
        """Return the outputs of a test cell: its messages, and its points in the form that nbgrader reads."""
        worth = test.points or 0.0
        try:
            marks = self.marker(test.source, test.name, self._student, self._folder)
        except TestCellFault as fault:
            self.log.error("Test cell %s has a fault; it gave %s no points.\n%s", test.name, student, fault)
            return [_messages({"text/plain": _FAULT}), _points(0.0)]
        if marks.points != worth:
            self.log.error("%s has %g points in nbgrader and %g in its cell.", test.name, worth, marks.points)
        messages = {"text/html": marks._repr_html_(), "text/plain": str(marks)}
        return [_messages(messages), _points(min(marks.earned, worth))]

    def _run(self, cell: NotebookNode, resources: Any, index: int) -> None:
        """Run a cell of the student, come what may."""
        if self._student.lost:
            cell.outputs = [_said(f"{_NOT_RUN} {self._student.lost}")]
            return
        self._room = LARGEST_OUTPUT
        try:
            super().preprocess_cell(cell, resources, index)
        except Exception as problem:  # a dead kernel, a deaf one, or messages that nbclient cannot read
            self.log.warning("Cell %d of %s: %s", index + 1, resources["nbgrader"]["student"], problem)
            self._student.settle()
            cell.outputs.append(_said(_CUT_SHORT))

    def output(self, outs: list[NotebookNode], msg: dict[str, Any], display_id: Any, cell_index: int) -> Any:
        """Keep an output of a student's cell, as far as there is room for it."""
        if self._room <= 0:
            return None
        self._room -= len(str(msg["content"]))
        if self._room > 0:
            return super().output(outs, msg, display_id, cell_index)
        outs.append(_said(_TOO_LONG))
        return None


def _said(text: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=f"{text}\n")


def _messages(data: dict[str, str]) -> NotebookNode:
    return new_output("display_data", data=data)


def _points(earned: float) -> NotebookNode:
    return new_output("execute_result", data={"text/plain": f"{earned:g}"}, execution_count=None)
