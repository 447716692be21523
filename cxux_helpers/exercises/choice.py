"""One choice among options, with a reason for every option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, check_choice
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.feedback import Feedback

__all__ = ["Choice"]


class Choice(Exercise):
    """Choose one of several options; the answer is the option's text.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    options
        The options in the order shown: a mapping from each option to the reason why it is right or wrong, or
        only their texts for a question that is marked after it has been handed in.
    key
        The right option, or None for a question that is marked later.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        options: Mapping[str, str] | Sequence[str],
        key: str | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.options = list(options)
        self._why = dict(options) if isinstance(options, Mapping) else {}
        self._key = key
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> str:
        if answer not in self.options:
            raise ValueError(f"the answer {answer!r} is not an option; choose one of: {'; '.join(self.options)}.")
        return str(answer)

    def _judge(self, answer: str) -> Feedback:
        if self._key is None:
            return check_answered(answer)
        return check_choice(answer, self._key, self._why)

    def _controls(self) -> widgets.Widget:
        self._radio = widgets.RadioButtons(options=self.options, value=None, layout={"width": "auto"})
        self._radio.observe(lambda _: self._collect(lambda: self._radio.value), "value")
        return self._radio

    def _show(self, answer: str | None) -> None:
        self._radio.value = answer

    def _describe(self, answer: str) -> str:
        return f"Your answer: {answer}"
