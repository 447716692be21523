"""What belongs to a whole run of ``nbgrader autograde``, before the first submission and behind the last.

nbgrader makes its exporter once a run, when it knows the submissions and has touched none of them. Our exporter calls
`prepare` then.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path

import nbformat
from filelock import FileLock, Timeout
from nbgrader.api import Gradebook, MissingEntry
from nbgrader.converters import Autograde, NbGraderException

from cxux_helpers.grading.connection import one_connection
from cxux_helpers.grading.crew import let_go
from cxux_helpers.grading.odd_files import not_to_copy, submitted_at
from cxux_helpers.grading.released import forget_released
from cxux_helpers.grading.sandbox.walls import trouble

__all__ = ["FINISHED", "prepare", "student_of"]

FINISHED = "cxux_marked"
"""Stands in the metadata of a notebook whose marks are recorded."""


def prepare(converter: Autograde) -> None:
    """Refuse a run that cannot be made in safety; make sure that each submission will have its turn, once.

    Raises
    ------
    NbGraderException
        If there is no sandbox and none was chosen.
    """
    settings = converter.config.MarkOutside
    here = settings.get("sandbox", True) is not False and not settings.get("scheduler", "")
    if here and (why := trouble()):
        raise NbGraderException(why)
    forget_released()
    _expect_every_notebook(converter)
    convert = converter.convert_notebooks

    def convert_alone() -> None:
        with _alone(converter), one_connection():
            _discard_unfinished(converter)
            try:
                convert()
            finally:
                let_go()

    converter.convert_notebooks = convert_alone


def student_of(converter: Autograde, folder: str) -> str:
    """The student whose submission lies in a folder."""
    course = converter.coursedir  # the converter's own words change while it goes from copying to marking
    pattern = course.format_path(course.submitted_directory, "(?P<student_id>.*)", "(?P<assignment_id>.*)", escape=True)
    found = re.match(pattern, folder)
    return found["student_id"] if found else ""


def _expect_every_notebook(converter: Autograde) -> None:
    """Let nbgrader go to each notebook of the assignment in each submission, be it there or not.

    By itself it passes over a submission without a notebook, gives up one whose notebook was renamed, and marks a
    notebook that the assignment does not have.
    """
    course = converter.coursedir
    if course.notebook_id != "*":
        return
    with Gradebook(course.db_url, course.course_id) as gradebook:
        try:
            names = [notebook.name for notebook in gradebook.find_assignment(course.assignment_id).notebooks]
        except MissingEntry:
            return  # nbgrader says so itself
    folders = glob(converter._format_source(course.assignment_id, course.student_id))  # noqa: PTH207 - as nbgrader does
    for folder in {*converter.assignments, *(folder for folder in folders if Path(folder).is_dir())}:
        converter.assignments[folder] = [str(Path(folder) / f"{name}.ipynb") for name in names]
    instructors = Path(course.format_path(course.source_directory, ".", course.assignment_id))
    for folder in converter.assignments:
        course.ignore = list(dict.fromkeys([*course.ignore, *not_to_copy(Path(folder), instructors)]))
    course.get_existing_timestamp = submitted_at


def _discard_unfinished(converter: Autograde) -> None:
    """Take away what a grader left that was killed: nbgrader would take it for done.

    A mark that was recorded before stays in the gradebook until the new one takes its place, and marks by hand stay.
    """
    for folder, notebooks in converter.assignments.items():
        marked = Path(converter._format_dest(converter.coursedir.assignment_id, student_of(converter, folder)))
        if marked.is_dir() and not all(_is_finished(marked / Path(notebook).name) for notebook in notebooks):
            converter.log.warning("%s was not finished, and is marked again.", marked)
            shutil.rmtree(marked)


def _is_finished(path: Path) -> bool:
    try:
        return FINISHED in nbformat.read(path, as_version=4).metadata
    except Exception:  # half written, or not at all
        return False


@contextmanager
def _alone(converter: Autograde) -> Iterator[None]:
    """Hold the assignment for this process: two graders would take away each other's files."""
    course = converter.coursedir
    lock = FileLock(Path(course.root) / f".grading-{course.assignment_id}.lock")
    try:
        lock.acquire(timeout=1)
    except Timeout:
        raise NbGraderException(
            f"{course.assignment_id} is being graded by another process at this moment. Wait until it has come to its "
            f"end; to use more processors, give that one more workers."
        ) from None
    try:
        yield
    finally:
        lock.release()
