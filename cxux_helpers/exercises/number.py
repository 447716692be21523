"""One number, given with a slider or typed."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, check_number
from cxux_helpers.exercises.base import Exercise, whole
from cxux_helpers.exercises.controls import labelled
from cxux_helpers.feedback import Feedback

__all__ = ["Number"]


class Number(Exercise):
    """Give a number between two bounds, for example a prediction; the answer is an int.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    label
        What the slider says, with its unit.
    low, high, step
        Bounds and step of the slider.
    key
        The right value, or None for a question that is marked later.
    tolerance, close
        Largest distances from the key that count as right and as close.
    hint, reason
        What to say to a wrong and to a right answer.
    mistakes
        Messages for values that a known error leads to.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        label: str,
        low: int,
        high: int,
        step: int = 1,
        key: float | None = None,
        tolerance: float = 0,
        close: float | None = None,
        hint: str = "",
        reason: str = "",
        mistakes: Mapping[float, str] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.label, self.low, self.high, self.step = label, low, high, step
        self._key = key
        self._judging = {
            "tolerance": tolerance, "close": close, "hint": hint, "reason": reason, "mistakes": mistakes
        }  # fmt: skip
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> int:
        value = whole(answer)
        if value is None or not self.low <= value <= self.high:
            raise ValueError(f"the answer {answer!r} should be a whole number from {self.low} to {self.high}.")
        return value

    def _judge(self, answer: int) -> Feedback:
        if self._key is None:
            return check_answered(answer)
        return check_number(answer, self._key, **self._judging)  # type: ignore[arg-type]

    def _controls(self) -> widgets.Widget:
        self._slider = widgets.IntSlider(
            min=self.low, max=self.high, step=self.step, description=self.label,
            **labelled("initial"),
        )  # fmt: skip
        self._slider.observe(lambda _: self._collect(lambda: self._slider.value), "value")
        return self._slider

    def _show(self, answer: int | None) -> None:
        self._slider.value = self.low if answer is None else answer

    def _describe(self, answer: int) -> str:
        return f"Your answer: {self.label} {answer}"
