"""Putting items in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

from cxux_helpers.checks import check_answered
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.feedback import Feedback
from cxux_helpers.ordering import check_order

__all__ = ["Ordering"]

_STATIC = Path(__file__).parent / "static"


class OrderedRows(anywidget.AnyWidget):  # type: ignore[misc]
    """Shows items in rows that can be moved up and down; ``order`` holds the items as they stand."""

    _esm = _STATIC / "ordering.js"
    _css = _STATIC / "ordering.css"

    items = traitlets.List().tag(sync=True)
    order = traitlets.List().tag(sync=True)


class Ordering(Exercise):
    """Put items in order; the answer is the list of the items, first to last.

    The items begin in the order in which they are given. That is no answer yet: moving one gives the first.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    items
        The items in the order in which they are first shown: a mapping from each to a few words about it, or only the
        items.
    key
        The items in the right order, or None for a question that is marked later.
    why
        For each item, why it cannot come earlier than it does in the key.
    reason
        Why the right order is right.

    Raises
    ------
    ValueError
        If the key does not hold exactly the items, or they begin in the right order.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        items: Mapping[str, str] | Sequence[str],
        key: Sequence[str] | None = None,
        why: Mapping[str, str] | None = None,
        reason: str = "",
        folder: Path | str | None = None,
    ) -> None:
        self.items = dict(items) if isinstance(items, Mapping) else dict.fromkeys(items, "")
        self._key, self._why, self._reason = key, why or {}, reason
        if key is not None and (sorted(key) != sorted(self.items) or list(key) == list(self.items)):
            raise ValueError("the key should hold each item once, in another order than the one that is first shown.")
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> list[str]:
        listed = isinstance(answer, Sequence) and not isinstance(answer, str)
        if not listed or not all(isinstance(item, str) for item in answer) or sorted(answer) != sorted(self.items):
            raise ValueError(f"the answer should be a list of these items, each once: {'; '.join(self.items)}.")
        return list(answer)

    def _judge(self, answer: list[str]) -> Feedback:
        if self._key is None:
            return check_answered(answer)
        return check_order(answer, self._key, self._why, reason=self._reason)

    def _controls(self) -> widgets.Widget:
        self._rows = OrderedRows(items=list(self.items.items()), order=list(self.items))
        self._rows.observe(lambda _: self._collect(lambda: self._rows.order), "order")
        return self._rows

    def _show(self, answer: list[str] | None) -> None:
        self._rows.order = list(self.items) if answer is None else answer

    def _describe(self, answer: list[str]) -> str:
        return "Your answer:\n" + "\n".join(f"{place}. {item}" for place, item in enumerate(answer, start=1))
