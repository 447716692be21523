"""What all exercises share: an answer that is saved at once, a judgement, a view, and a text form.

An exercise is a small object around one answer of plain data. It needs no browser: set ``answer`` from
Python and call ``check()`` for the same feedback. The view, made of ipywidgets, only shows and collects.
"""

from __future__ import annotations

import html
import os
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from numbers import Integral
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.answers import AnswerChangedElsewhere, AnswerFile, AnswerNotSaved, AnswerUnreadable
from cxux_helpers.exercises.a11y import AccessibilityAid
from cxux_helpers.feedback import Feedback, Rung

__all__ = ["Exercise", "escape", "whole"]

escape = html.escape

LATE = 1.0  # seconds after a check in which the last message of a control may still come in


def whole(value: Any) -> int | None:
    """Return a whole number of any integer type as int, and None for all else; True and False are no numbers."""
    return int(value) if isinstance(value, Integral) and not isinstance(value, bool) else None


class Exercise(ABC):
    """One question whose answer is given with controls or from code.

    Parameters
    ----------
    question_id
        Names the question and the file of its answer, such as ``"m03-e1"``.
    title
        A few words that head the exercise.
    prompt
        What to do, in one or two sentences.
    folder
        The folder of the notebook; the working folder unless given.

    Notes
    -----
    A subclass gives `_valid`, `_judge`, `_controls`, `_show` and `_describe`. Whenever a control changes, it
    calls `_collect` with a function that reads the answer off the controls; `_collect_from` sees to that.
    """

    def __init__(self, question_id: str, *, title: str, prompt: str, folder: Path | str | None = None) -> None:
        self.question_id = question_id
        self.title = title
        self.prompt = prompt
        self._file = AnswerFile(question_id, folder)
        self._answer: Any = None
        self._status = "Your answer is saved as soon as you give it."
        self._view: widgets.VBox | None = None
        self._showing = False
        self._one_message = threading.RLock()
        self._checked: tuple[Any, float] | None = None  # the answer that the feedback speaks of, and when it was judged
        self._restore()

    # ---- what a subclass gives -------------------------------------------------------------------------

    @abstractmethod
    def _valid(self, answer: Any) -> Any:
        """Return the answer as plain data, or raise ValueError that says what an answer looks like."""

    @abstractmethod
    def _judge(self, answer: Any) -> Feedback:
        """Judge a valid answer; a pure function of it."""

    @abstractmethod
    def _controls(self) -> widgets.Widget:
        """Make the controls; called once, when the exercise is first shown."""

    @abstractmethod
    def _show(self, answer: Any) -> None:
        """Set controls and pictures to the answer, or to the start if it is None."""

    @abstractmethod
    def _describe(self, answer: Any) -> str:
        """Say in words what the answer is; plain text."""

    # ---- what everyone uses ----------------------------------------------------------------------------

    @property
    def answer(self) -> Any:
        """The answer as plain data, or None while there is none. Setting it saves it at once."""
        return self._answer

    @answer.setter
    def answer(self, answer: Any) -> None:
        self._answer = self._valid(answer)
        self._refresh()
        self._save()

    def check(self) -> Feedback:
        """Judge the present answer.

        Returns
        -------
        Feedback
        """
        if self._answer is None:
            return Feedback(Rung.NOT_ANSWERED, "There is no answer here yet.")
        return self._judge(self._answer)

    @property
    def view(self) -> widgets.VBox:
        """The exercise as a widget; made when it is first needed."""
        if self._view is None:
            self._view = self._frame(self._controls())
            self._take_messages_in_turn(self._view)
            self._refresh()
        return self._view

    def text(self) -> str:
        """The whole exercise in words, for readers without the widget."""
        given = "No answer yet." if self._answer is None else self._describe(self._answer)
        return f"{self.title} ({self.question_id})\n{self.prompt}\n{given}\n{self._status}"

    def __repr__(self) -> str:
        return self.text()

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        if os.environ.get("NBGRADER_EXECUTION"):  # a marker would see an empty box where the widget was
            return {"text/plain": self.text()}
        shown = self.view._repr_mimebundle_()
        bundle = dict(shown[0] if isinstance(shown, tuple) else shown or {})
        bundle["text/plain"] = self.text()
        return bundle

    def _take_messages_in_turn(self, widget: widgets.Widget) -> None:
        """Let each message of the browser do all of its work before the next one begins.

        JupyterLab has the kernel handle the messages of each control in a thread of its own. An answer is made of
        several controls: one that is being shown must not overwrite what another thread has just taken in.
        """

        def handle(message: dict[str, Any], handler: Callable[[dict[str, Any]], None] = widget._handle_msg) -> None:
            with self._one_message:
                handler(message)

        if widget.comm is not None:
            widget.comm.on_msg(handle)
        for child in getattr(widget, "children", ()):
            self._take_messages_in_turn(child)

    # ---- saving ----------------------------------------------------------------------------------------

    def _restore(self) -> None:
        try:
            saved = self._file.load()
            if saved is not None:
                self._answer = self._valid(saved)
                self._status = "Your saved answer is back."
        except AnswerUnreadable as problem:
            self._status = f"A saved answer could not be read: {problem} A new answer will not overwrite it."
        except ValueError as problem:
            try:
                kept = f"It was kept as {self._file.set_aside().name}."
            except OSError as trouble:
                kept = f"It could not be set aside ({trouble.strerror}), so copy the file before you go on."
            self._status = f"A saved answer does not fit this question: {problem} {kept} Please answer again."

    def _save(self, *, replace: bool = False) -> None:
        other = False
        try:
            self._file.save(self._answer, replace=replace)
            status = "✓ Saved."
        except AnswerChangedElsewhere as problem:
            other = True
            status = f"✗ Not saved: {problem} Choose which one to keep."
        except AnswerNotSaved as problem:
            status = f"✗ Not saved: {problem} Your answer stays here on the screen."
        self._status = status
        if self._view is not None:
            self._status_box.value = f"<p>{escape(status)}</p>"
            self._conflict_box.layout.display = "" if other else "none"

    def _take_other(self, _: object = None) -> None:
        self._answer = None
        self._restore()
        self._conflict_box.layout.display = "none"
        self._status_box.value = f"<p>{escape(self._status)}</p>"
        self._refresh()

    # ---- the view --------------------------------------------------------------------------------------

    def _collect_from(self, controls: Iterable[widgets.Widget], read: Callable[[], Any]) -> None:
        """Take the answer that `read` gives whenever one of the controls changes."""
        for control in controls:
            control.observe(lambda _: self._collect(read), "value")

    def _collect(self, read: Callable[[], Any]) -> None:
        """Take the answer that the controls give; ignored while they are being set by us."""
        if self._showing:
            return
        try:
            self.answer = read()
        except ValueError as problem:
            self._checked = None
            self._feedback_box.value = Feedback(Rung.WRONG_KIND, str(problem))._repr_html_()
            self._status_box.value = "<p>✗ Not saved: mend the answer first, as the message above says.</p>"

    def _refresh(self) -> None:
        if self._view is None:
            return
        with self._quiet():
            self._show(self._answer)
        self._renew_feedback()

    def _show_feedback(self, feedback: Feedback, when: float) -> None:
        self._feedback_box.value = feedback._repr_html_()
        self._checked = self._answer, when

    def _renew_feedback(self) -> None:
        """Take away feedback on an answer before this one.

        The last message of a slider waits in the browser until the one before is done, so a check may overtake it.
        What comes in so soon after a check was given before it, and is judged as well.
        """
        if self._checked is not None:
            answer, when = self._checked
            if answer == self._answer:
                return
            if self._answer is not None and time.monotonic() - when < LATE:
                self._show_feedback(self._judge(self._answer), when)
                return
        self._checked = None
        if self._feedback_box.value:
            self._feedback_box.value = ""

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        self._showing = True
        try:
            yield
        finally:
            self._showing = False

    def _frame(self, controls: widgets.Widget) -> widgets.VBox:
        head = widgets.HTML(f'<p class="cxux-title">{escape(self.title)}</p><p>{escape(self.prompt)}</p>')
        check = widgets.Button(description="Check my answer", button_style="", tooltip="Judge the answer")
        self._feedback_box = widgets.HTML()
        self._status_box = widgets.HTML(f"<p>{escape(self._status)}</p>")
        self._feedback_box.add_class("cxux-live")
        self._status_box.add_class("cxux-live")

        keep = widgets.Button(description="Keep this answer")
        take = widgets.Button(description="Load the other one")
        self._conflict_box = widgets.HBox([keep, take], layout={"display": "none"})
        keep.on_click(lambda _: self._save(replace=True))
        take.on_click(self._take_other)

        check.on_click(lambda _: self._show_feedback(self.check(), time.monotonic()))
        frame = widgets.VBox(
            [
                head,
                controls,
                check,
                self._feedback_box,
                self._status_box,
                self._conflict_box,
                AccessibilityAid(),
            ]
        )
        frame.add_class("cxux-exercise")
        return frame
