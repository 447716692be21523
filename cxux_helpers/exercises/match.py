"""Matching: for each item, choose one option in each of one or more columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, check_match
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import BLANK, menu
from cxux_helpers.feedback import Feedback, combine

__all__ = ["Match"]


class Match(Exercise):
    """Match items to options; the answer is ``{column: {item: option}}``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    items
        The items, each with a sentence about it.
    columns
        For each column, such as ``"message"``, the options to choose from.
    key
        For each column, the right option of every item; None for a question that is marked later.
    why
        For each column, what to think about for every item.
    mistakes
        For each column, messages for particular wrong pairs ``(item, option)``.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        items: Mapping[str, str],
        columns: Mapping[str, Sequence[str]],
        key: Mapping[str, Mapping[str, str]] | None = None,
        why: Mapping[str, Mapping[str, str]] | None = None,
        mistakes: Mapping[str, Mapping[tuple[str, str], str]] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.items = dict(items)
        self.columns = {column: list(options) for column, options in columns.items()}
        self._key, self._why, self._mistakes = key, why or {}, mistakes or {}
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, dict[str, str]]:
        if not isinstance(answer, Mapping):
            raise ValueError(f"the answer should look like {{'{next(iter(self.columns))}': {{item: option}}}}.")
        for column, choices in answer.items():
            if column not in self.columns or not isinstance(choices, Mapping):
                raise ValueError(f"{column!r} is no column; the columns are: {', '.join(self.columns)}.")
            for item, option in choices.items():
                if item not in self.items:
                    raise ValueError(f"{item!r} is no item; the items are: {', '.join(self.items)}.")
                if option not in self.columns[column]:
                    raise ValueError(f"{option!r} is no option; choose among: {'; '.join(self.columns[column])}.")
        return {
            column: {item: answer[column][item] for item in self.items if item in answer.get(column, {})}
            for column in self.columns
        }

    def _judge(self, answer: dict[str, dict[str, str]]) -> Feedback:
        if self._key is None:
            blank = sum(len(self.items) - len(answer[column]) for column in self.columns)
            return check_answered(answer, f"{blank} still to choose.", parts=len(self.items))
        return combine(
            (
                column.capitalize(),
                check_match(
                    answer[column], self._key[column], self._why[column],
                    options=options, mistakes=self._mistakes.get(column),
                ),
            )
            for column, options in self.columns.items()
        )  # fmt: skip

    def _controls(self) -> widgets.Widget:
        self._menus = {
            (column, item): menu(f"{item}: {column}", options, width="14em")
            for item in self.items
            for column, options in self.columns.items()
        }
        rows: list[widgets.Widget] = []
        for item, sentence in self.items.items():
            rows.append(widgets.HTML(f"<p><strong>{escape(item)}.</strong> {escape(sentence)}</p>"))
            rows.extend(self._menus[column, item] for column in self.columns)
        self._collect_from(self._menus.values(), self._chosen)
        return widgets.VBox(rows)

    def _chosen(self) -> dict[str, dict[str, str]]:
        return {
            column: {i: m.value for (c, i), m in self._menus.items() if c == column and m.value != BLANK}
            for column in self.columns
        }

    def _show(self, answer: dict[str, dict[str, str]] | None) -> None:
        for (column, item), box in self._menus.items():
            box.value = (answer or {}).get(column, {}).get(item, BLANK)

    def _describe(self, answer: dict[str, dict[str, str]]) -> str:
        lines = [
            f"{item} – {column}: {answer[column].get(item, 'not chosen')}"
            for item in self.items
            for column in self.columns
        ]
        return "Your answer:\n" + "\n".join(lines)
