"""Running a test cell where no student's code runs, with the student's work at the other end of `ask`."""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import traceback
from pathlib import Path
from typing import Any, Protocol

from cxux_helpers.grading.asking import World, asking_in
from cxux_helpers.grading.question import Marks

__all__ = ["Marker", "TestCellFault", "mark_here"]


class TestCellFault(Exception):
    """A test cell went wrong by itself. The message is the traceback, for the instructor alone."""

    __test__ = False  # pytest looks for classes of this name


class Marker(Protocol):
    """Whatever can run a test cell."""

    def __call__(self, source: str, name: str, world: World, folder: Path | None) -> Marks:
        """Return the marks that a test cell gives to a student's work.

        Parameters
        ----------
        source
            The instructor's code, from the gradebook.
        name
            Name of the test cell, for tracebacks.
        world
            The student's work.
        folder
            The instructor's files, beside which the cell runs; None for the working folder.

        Raises
        ------
        TestCellFault
            If the cell stops with an error, or does not end with the marks of a question.
        """


def mark_here(source: str, name: str, world: World, folder: Path | None = None) -> Marks:
    """Run a test cell in this process, in a namespace of its own (see `Marker`)."""
    file = f"<test cell {name}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    place = contextlib.chdir(folder) if folder is not None else contextlib.nullcontext()
    try:
        with asking_in(world), place, contextlib.redirect_stdout(io.StringIO()):
            result = _run(source, file)
    except (Exception, SystemExit):
        raise TestCellFault(traceback.format_exc()) from None
    if not isinstance(result, Marks) or not result.judged:
        raise TestCellFault(f"{name} must check something, and end with the mark() of its question.")
    return result


def _run(source: str, file: str) -> Any:
    """Run a cell as a notebook would, and return the value of its last line."""
    tree = ast.parse(source, file)
    namespace: dict[str, Any] = {"__name__": "__main__"}
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, file, "exec"), namespace)
        return None
    del tree.body[-1]
    exec(compile(tree, file, "exec"), namespace)
    return eval(compile(ast.Expression(last.value), file, "eval"), namespace)
