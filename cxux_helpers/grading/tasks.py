"""What a submission is to the grader, as plain data that can go to another process or machine.

A `Task` says all that is needed to run and mark one, and a `Result` all that comes of it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from nbformat.corpus.words import generate_corpus_id as random_cell_id
from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_output

__all__ = ["Result", "Task", "TestCell", "in_points", "in_words", "lost", "plain_cell"]

_GAVE_UP = "This submission took more time or memory than it may, and was ended before it could be judged."


@dataclass(frozen=True)
class TestCell:
    """A test of the instructor's.

    Parameters
    ----------
    name
        Its ``grade_id``.
    source
        Its text, with hidden tests.
    points
        What it is worth in the gradebook.
    visible
        Its text as students have it; None where nothing of it is hidden.
    """

    __test__ = False  # pytest looks for classes of this name

    name: str
    source: str
    points: float
    visible: str | None = None


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

    @property
    def has_hidden_tests(self) -> bool:
        """Whether a test has a part that students do not see."""
        return any(test.visible is not None for test in self.tests.values())

    def without_hidden_tests(self) -> Task:
        """The task with its tests as students have them."""
        return replace(
            self,
            tests={
                number: replace(test, source=test.source if test.visible is None else test.visible, visible=None)
                for number, test in self.tests.items()
            },
        )

    def up_to_the_last_test(self) -> Task:
        """The task without the cells that can earn nothing any more."""
        return replace(self, cells=self.cells[: max(self.tests, default=-1) + 1])

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


def lost(task: Task) -> Result:
    """The result of a submission whose run was ended from outside: nothing earned, and a word in each cell."""
    word = in_words(_GAVE_UP)
    result = Result(notes=[_GAVE_UP])
    for number, (kind, _) in enumerate(task.cells):
        if number in task.tests:
            result.outputs[number] = [word, in_points(0.0)]
        elif kind == "code":
            result.outputs[number] = [word]
    return result


def plain_cell(kind: str, source: str, **metadata: Any) -> NotebookNode:
    """A cell as nbformat makes it, without having each looked at by a validator, which takes longer than most cells."""
    cell = NotebookNode(id=random_cell_id(), cell_type=kind, metadata=from_dict(metadata), source=source)
    return cell if kind != "code" else NotebookNode(cell, execution_count=None, outputs=[])


def in_words(text: str) -> NotebookNode:
    """An output that says something."""
    return new_output("stream", name="stdout", text=f"{text}\n")


def in_points(earned: float) -> NotebookNode:
    """An output that nbgrader reads as points."""
    return new_output("execute_result", data={"text/plain": f"{earned:g}"}, execution_count=None)
