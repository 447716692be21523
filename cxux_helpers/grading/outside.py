"""nbgrader's execution, with the tests taken out of the student's reach, and the student out of everybody's.

``nbgrader autograde`` runs every cell of a submission in one kernel, so that the student's code can rewrite the tests
that follow it. Here the cells and tests go into a `Task` that workers perform in a sandbox; this file turns submissions
into tasks, and results into notebooks. While nbgrader records one submission, the next ones are being run already.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.converters import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import ClearHiddenTests, Execute
from traitlets import Bool, Float, Integer, Unicode, default

from cxux_helpers.grading.crew import AnyCrew, crew_for, imports_of
from cxux_helpers.grading.execution import perform
from cxux_helpers.grading.foreman import processors
from cxux_helpers.grading.released import ReleasedCell, released_cells
from cxux_helpers.grading.repair import claimed_name, read_leniently, repair
from cxux_helpers.grading.sandbox import walls
from cxux_helpers.grading.sandbox.room import Limits
from cxux_helpers.grading.tasks import Result, Task, TestCell
from cxux_helpers.grading.whole_class import student_of

__all__ = ["MarkOutside"]


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
    sandbox = Bool(True, help="Whether students' code is shut off from this machine.").tag(config=True)
    workers = Integer(help="Submissions that run at the same time; one for each processor unless given.").tag(
        config=True
    )
    scheduler = Unicode(help="Address of a Dask scheduler, to grade on its cluster; else on this machine.").tag(
        config=True
    )
    cold = Bool(False, help="Whether each sandbox starts from nothing: slow, for comparison.").tag(config=True)
    ask_timeout = Float(10.0, help="Seconds that one expression of a test may take.").tag(config=True)
    all_timeout = Float(600.0, help="Seconds that a whole submission may take.").tag(config=True)
    memory = Integer(Limits.memory, help="Mebibytes that a submission may use.").tag(config=True)
    processes = Integer(Limits.processes, help="Processes and threads that a submission may have.").tag(config=True)
    files = Integer(Limits.files, help="Mebibytes of files that a submission may write.").tag(config=True)

    @default("workers")  # type: ignore[untyped-decorator]
    def _workers_default(self) -> int:
        return processors()

    def preprocess(self, nb: NotebookNode, resources: Any, km: Any = None) -> tuple[NotebookNode, Any]:
        """Run and mark a notebook in place."""
        where = resources["nbgrader"]
        released = released_cells(where)
        repair(nb, released)
        task = self._task(nb, released, where, [Path(resources["metadata"]["path"])])
        result = self._result(task, released, where)
        for note in result.notes:
            self.log.warning("Submission of %s: %s", where["student"], note)
        result.write_into(nb, task)
        return nb, resources

    def _result(self, task: Task, released: Sequence[ReleasedCell], where: dict[str, Any]) -> Result:
        if not self.sandbox:
            self.log.warning("The code of %s runs without a sandbox, with your rights.", task.student)
            return perform(task, log=self.log)
        try:
            crew = self._crew(released, where["assignment"])
            crew.begin(task)
            for ahead in self._ahead(released, where, crew):
                crew.begin(ahead)
            return crew.result(task)
        except walls.NoSandbox as problem:
            raise NbGraderException(str(problem)) from None

    def _crew(self, released: Sequence[ReleasedCell], assignment: str) -> AnyCrew:
        """The crew that runs submissions of this kind."""
        limits = Limits(memory=self.memory, processes=self.processes, files=self.files)
        source = self._instructors_folder(assignment)
        notebooks = sorted(source.glob("*.ipynb")) if source is not None else []
        texts = tuple(cell.source for cell in released if cell.cell_type == "code")
        warm = _modules(texts, tuple((path, path.stat().st_mtime_ns) for path in notebooks))
        return crew_for(self.workers, limits, warm, self.cold, self.scheduler)

    def _task(
        self, nb: NotebookNode, released: Sequence[ReleasedCell], where: dict[str, Any], folders: list[Path]
    ) -> Task:
        tests = {cell.name: cell for cell in released if cell.is_test}
        hidden = ClearHiddenTests(parent=self)
        source = self._instructors_folder(where["assignment"])
        return Task(
            student=where["student"],
            cells=[(cell.cell_type, cell.source) for cell in nb.cells],
            tests={
                number: TestCell(test.name, test.source, test.points or 0.0, _visible(test.source, hidden))
                for number, cell in enumerate(nb.cells)
                if (test := tests.get(claimed_name(cell) or ""))
            },
            folders=[str(folder.resolve()) for folder in folders],
            beside_tests=None if source is None else str(source.resolve()),
            cell_seconds=self.timeout,
            ask_seconds=self.ask_timeout,
            all_seconds=self.all_timeout,
            iopub_seconds=self.iopub_timeout,
            kernel_name=self.kernel_name,
        )

    def _ahead(self, released: Sequence[ReleasedCell], where: dict[str, Any], crew: AnyCrew) -> Iterator[Task]:
        """The tasks of the submissions that nbgrader will come to next, as far as they can be foreseen, each once."""
        converter: Any = getattr(self.parent, "parent", None)
        folders = sorted(getattr(converter, "assignments", ()))
        course = CourseDirectory(parent=self)
        here = course.format_path(course.submitted_directory, where["student"], where["assignment"])
        if here not in folders:
            return
        place = folders.index(here) + 1
        overlay = self._instructors_folder(where["assignment"])
        for folder in folders[place : place + 2 * crew.size]:
            name = student_of(converter, folder)
            if not converter.force and Path(converter._format_dest(where["assignment"], name)).exists():
                continue  # marked before
            path = Path(folder) / f"{where['notebook']}.ipynb"
            if str(path) in crew.foreseen or not path.is_file():
                continue
            crew.foreseen.add(str(path))
            with path.open(encoding="utf-8", errors="replace") as file:
                notebook = read_leniently(file)
            repair(notebook, released)
            files = [Path(folder), *([overlay] if overlay is not None else [])]
            yield self._task(notebook, released, {**where, "student": name}, files)

    def _instructors_folder(self, assignment: str) -> Path | None:
        course = CourseDirectory(parent=self)
        folder = Path(course.format_path(course.source_directory, ".", assignment))
        return folder if folder.is_dir() else None


def _visible(source: str, hidden: ClearHiddenTests) -> str | None:
    """A test as students have it; None where nothing of it is hidden."""
    cell = new_code_cell(source)
    return cell.source if hidden._remove_hidden_test_region(cell) else None


@functools.lru_cache(maxsize=16)
def _modules(texts: tuple[str, ...], notebooks: tuple[tuple[Path, int], ...]) -> tuple[str, ...]:
    """What cells and notebooks import; a notebook comes with the time of its last change, so that it is read once."""
    cells = [cell for path, _ in notebooks for cell in nbformat.read(path, as_version=4).cells]
    return tuple(imports_of([*texts, *(cell.source for cell in cells if cell.cell_type == "code")]))
