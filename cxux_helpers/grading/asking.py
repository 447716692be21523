"""What a test cell may ask of a student's work: the value of an expression, and a saved answer.

On a student's machine `ask` evaluates in the open notebook. At autograde the marker names another `World`,
whose expressions are evaluated in the student's kernel. Both replies are the same text, made by `reply`, so
that a student sees what the marker will see.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any, Protocol

from cxux_helpers.answers import FOLDER, AnswerUnreadable, read_answer
from cxux_helpers.feedback import NoAnswer
from cxux_helpers.grading.wire import WireError, decode, encode

__all__ = ["Unreachable", "World", "answer", "ask", "ask_figure", "asking_in", "kernel_reply", "reply"]


class World(Protocol):
    """A student's work, as far as a test cell can reach it.

    What stands behind it may lie, stall or die, and must not be able to do more than that.
    """

    @property
    def folder(self) -> Path:
        """Folder of the student's notebook."""

    def evaluate(self, expression: str) -> str:
        """Return what `reply` says to the expression over there.

        Raises
        ------
        Unreachable
            If there is no reply.
        """


class Unreachable(Exception):
    """A student's code gave no reply; the message says why, in words for the student."""


def ask(expression: str) -> Any:
    """Evaluate an expression in the student's notebook.

    Parameters
    ----------
    expression
        Python, for example ``"rfm_table.loc[17, 'recency']"`` or ``f"total_days({rows!r})"``.

    Returns
    -------
    object
        Plain data as `cxux_helpers.grading.wire` carries it, or a `NoAnswer` that says why there is none.
    """
    try:
        return _read(_world.get().evaluate(expression))
    except Unreachable as problem:
        return NoAnswer(str(problem))


def ask_figure(expression: str) -> Any:
    """Ask for a figure of the student's, and get what it shows.

    Parameters
    ----------
    expression
        Python whose value is an Axes, a Figure or a `Picture`.

    Returns
    -------
    dict or NoAnswer
        See `cxux_helpers.grading.figures.figure_facts`.
    """
    return ask(f"{_FIGURE_FACTS}({expression})")


def answer(question_id: str) -> Any:
    """Return the saved answer of an exercise, running no code of the student.

    Parameters
    ----------
    question_id
        The exercise, for example ``"m03-q1"``; its answer is kept in ``answers/m03-q1.json``.

    Returns
    -------
    object
        Plain data, or a `NoAnswer` that says why there is none.
    """
    folder = _world.get().folder
    try:
        if (folder / FOLDER).is_symlink():
            raise AnswerUnreadable("the answers folder lies elsewhere.")
        saved = read_answer(folder, question_id)
        return NoAnswer("There is no saved answer yet.") if saved is None else decode(encode(saved))
    except (AnswerUnreadable, WireError) as problem:
        return NoAnswer("The saved answer cannot be read. Answer the exercise once more.", str(problem))


def reply(expression: str, names: dict[str, Any]) -> str:
    """Evaluate an expression beside the student's code, and write down what comes of it.

    Parameters
    ----------
    expression
        Python.
    names
        The notebook's names; they are globals to the expression, as they are to a cell.

    Returns
    -------
    str
        A word, a space and JSON: ``answer`` and the value, or ``error`` and the error's kind and words. The
        kind is ``missing`` where the notebook lacks a name that the expression itself uses.
    """
    asked_for: tuple[str, ...] = ()
    try:
        code = compile(expression, "<question>", "eval")
        asked_for = code.co_names
        return "answer " + encode(eval(code, names))
    except (Exception, SystemExit) as problem:
        missing = isinstance(problem, NameError) and problem.name in asked_for
        kind = "missing" if missing else type(problem).__name__
        return "error " + encode([kind, str(problem)[:500].encode(errors="replace").decode()])


def _read(text: str) -> Any:
    """Read a reply, trusting it no more than its writer."""
    word, _, content = text.partition(" ")
    try:
        value = decode(content)
    except WireError as problem:
        return NoAnswer(_UNREADABLE, str(problem))
    if word == "answer":
        return value
    match value:
        case [str(kind), str(words)] if word == "error":
            return NoAnswer(_REASONS.get(kind, _ERROR), "" if kind == "missing" else f"{kind}: {words}")
    return NoAnswer(_UNREADABLE)


_FIGURE_FACTS = "__import__('cxux_helpers.grading.figures', fromlist=['figure_facts']).figure_facts"
_ERROR = "Your code stopped with an error here."
_UNREADABLE = "What your notebook gave cannot be read as an answer."
_REASONS = {
    "missing": "Your notebook does not have this yet. Write the answer, run its cell, then try again.",
    "NotImplementedError": "This is not written yet.",
    "RecursionError": "Your code calls itself without an end.",
    "WireError": "Your notebook gave something that cannot be an answer.",
}


class OpenNotebook:
    """The notebook that is open: its names, and the folder in which it stands."""

    @property
    def folder(self) -> Path:
        """The working folder, which is the notebook's."""
        return Path.cwd()

    def evaluate(self, expression: str) -> str:
        """Return the reply of the open notebook, or of the main program where there is none."""
        ipython = sys.modules.get("IPython")
        shell = ipython.get_ipython() if ipython is not None else None
        return reply(expression, shell.user_ns if shell is not None else vars(sys.modules["__main__"]))


_world: ContextVar[World] = ContextVar("world", default=OpenNotebook())  # noqa: B039 - it has no state


@contextmanager
def asking_in(world: World) -> Iterator[None]:
    """Let `ask` and `answer` reach another student's work while the block runs."""
    token = _world.set(world)
    try:
        yield
    finally:
        _world.reset(token)


class _Verbatim(str):
    """A text that IPython sends as it is, without quotes."""

    def __repr__(self) -> str:
        return str(self)


def kernel_reply(expression: str) -> str:
    """Return the open notebook's reply in the form in which its kernel can send it to the marker."""
    return _Verbatim(OpenNotebook().evaluate(expression))
