"""What the instructor released: the cells of an assignment's notebook, as the gradebook keeps them.

A submitted notebook says nothing about which of its cells are tests, what stands in them or what they are worth.
The gradebook does, and everything here comes from there.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["ReleasedCell", "forget_released", "released_cells"]


@dataclass(frozen=True)
class ReleasedCell:
    """One cell that nbgrader knows by name.

    Parameters
    ----------
    name
        Its ``grade_id``.
    cell_type
        ``"code"`` or ``"markdown"``.
    source
        Its text, hidden tests included; the stub where students write.
    checksum
        nbgrader's, of the text above.
    locked, grade, solution, task
        nbgrader's roles.
    points
        What it is worth, or None where it is not graded.
    """

    name: str
    cell_type: str
    source: str
    checksum: str | None
    locked: bool
    grade: bool
    solution: bool
    task: bool
    points: float | None

    @property
    def is_test(self) -> bool:
        """Whether this is an autograder test: the instructor's code, worth points, in no part the student's."""
        return self.cell_type == "code" and self.locked and self.grade and not self.solution

    @property
    def nbgrader_metadata(self) -> dict[str, Any]:
        """The metadata that nbgrader gave this cell."""
        metadata = {
            "schema_version": 3,
            "grade_id": self.name,
            "grade": self.grade,
            "solution": self.solution,
            "locked": self.locked,
            "task": self.task,
            "cell_type": self.cell_type,
            "checksum": self.checksum,
            "points": self.points,
        }
        return {key: value for key, value in metadata.items() if value is not None}


def released_cells(where: Mapping[str, Any]) -> list[ReleasedCell]:
    """Return the named cells of a notebook in their order.

    They are looked up once in a run; `forget_released` begins a new one.

    Parameters
    ----------
    where
        nbgrader's ``resources["nbgrader"]``: ``db_url``, ``assignment`` and ``notebook``.
    """
    return list(_looked_up(where["db_url"], where["assignment"], where["notebook"]))


def forget_released() -> None:
    """Look into the gradebook again: the instructor may have changed the assignment."""
    _looked_up.cache_clear()


@functools.lru_cache(maxsize=64)
def _looked_up(db_url: str, assignment: str, name: str) -> tuple[ReleasedCell, ...]:
    from nbgrader.api import Gradebook

    with Gradebook(db_url) as gradebook:
        notebook = gradebook.find_notebook(name, assignment)
        points = {cell.name: float(cell.max_score) for cell in [*notebook.grade_cells, *notebook.task_cells]}
        grades, solutions, tasks = (
            {cell.name for cell in cells}
            for cells in (notebook.grade_cells, notebook.solution_cells, notebook.task_cells)
        )
        return tuple(
            ReleasedCell(
                name=cell.name,
                cell_type=cell.cell_type,
                source=cell.source,
                checksum=cell.checksum,
                locked=cell.locked,
                grade=cell.name in grades,
                solution=cell.name in solutions,
                task=cell.name in tasks,
                points=points.get(cell.name),
            )
            for cell in notebook.source_cells
        )
