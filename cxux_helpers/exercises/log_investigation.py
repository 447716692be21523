"""Investigating an event log: ask it questions group by group, and say where, for whom and since when it goes wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered, check_choice, missing_answer
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.controls import chosen, labelled, menu, show_chosen
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.journey.event_views import GO_ON, SECONDS, LogView, view_log, week_of, what_comes_after

__all__ = ["PARTS", "LogInvestigation", "judge_investigation"]

PARTS = {"step": "People get stuck at", "segment": "These people", "week": "Since the week of"}
Options = Mapping[str, Sequence[str]]
Why = Mapping[str, Mapping[str, str]]
_EVERYBODY, _TOGETHER = "everybody", "nothing: all together"


def judge_investigation(answer: object, key: Mapping[str, str], why: Why) -> Feedback:
    """Judge what an investigation found; each of its three parts counts the same.

    Parameters
    ----------
    answer
        As in `LogInvestigation`, or a `NoAnswer`.
    key
        The right option of each of `PARTS`.
    why
        For each part, what is to be said about every option.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        given = _valid(answer, {part: list(options) for part, options in why.items()})
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Choose again.", found=shown(str(problem)))
    return combine((words, check_choice(given.get(part), key[part], why[part])) for part, words in PARTS.items())


def _valid(answer: object, options: Options) -> dict[str, str]:
    """The chosen options as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not set(answer) <= set(PARTS):
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(PARTS)}.")
    for part, option in answer.items():
        if not isinstance(option, str) or option not in options[part]:
            raise ValueError(f"{part} is {option!r}; it should be one of: {'; '.join(options[part])}.")
    return {part: answer[part] for part in PARTS if part in answer}


class LogInvestigation(Exercise):
    """Look into an event log, group by group, and name the step, the people and the week of a fault.

    Three menus choose what the table shows: the question, the groups that are compared, and whether only some people
    are looked at. They are no part of the answer, which is ``{"step": …, "segment": …, "week": …}``: an event, the
    name of a segment, and the Monday of a week as ``"2025-02-10"``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    log
        One row per event, with ``session``, ``time``, ``event``, and the columns that `segments` names.
    steps
        Events on the way to the goal, in order. People may get stuck at all but the last.
    segments
        Columns with the groups that may be compared; no two hold the same name.
    key, why
        As in `judge_investigation`; None and empty for a question that is marked later.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        log: pd.DataFrame,
        steps: Sequence[str],
        segments: Sequence[str],
        key: Mapping[str, str] | None = None,
        why: Why | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.log = log.assign(week=week_of(log["time"]))
        self.steps = list(steps)
        self.people = {str(name): column for column in segments for name in sorted(log[column].unique())}
        self.options = {
            "step": self.steps[:-1], "segment": list(self.people), "week": sorted(self.log["week"].unique()),
        }  # fmt: skip
        self._key, self._why = key, why or {}
        self._questions = {
            "How many go on, step by step?": GO_ON,
            "How many seconds does a visit to each step take?": SECONDS,
            **{f"What comes right after {step}?": what_comes_after(step) for step in self.steps[:-1]},
        }
        self._groups = {_TOGETHER: None, **{column: column for column in segments}, "weeks": "week"}
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, str]:
        return _valid(answer, self.options)

    def _judge(self, answer: dict[str, str]) -> Feedback:
        if self._key is None:
            left = len(PARTS) - len(answer)
            return check_answered(answer if not left else None, f"{left} of {len(PARTS)} parts still to choose.")
        return judge_investigation(answer, self._key, self._why)

    def _controls(self) -> widgets.Widget:
        style = labelled("11em")
        self._question = widgets.Dropdown(options=list(self._questions), description="Question", **style)
        self._by = widgets.Dropdown(options=list(self._groups), description="Compare", **style)
        self._only = widgets.Dropdown(options=[_EVERYBODY, *self.people], description="Look only at", **style)
        self._table = widgets.HTML()
        for view in (self._question, self._by, self._only):
            view.observe(lambda _: self._look(), "value")
        self._menus = {part: menu(words, self.options[part], width="11em") for part, words in PARTS.items()}
        self._collect_from(self._menus.values(), self._chosen)
        self._look()
        found = widgets.HTML("<p><strong>What you found</strong></p>")
        return widgets.VBox([self._question, self._by, self._only, self._table, found, *self._menus.values()])

    def _look(self) -> None:
        question, people = self._questions[self._question.value], self._only.value
        only = None if people == _EVERYBODY else (self.people[people], people)
        view = view_log(self.log, question, self.steps, by=self._groups[self._by.value], only=only)
        self._table.value = _table_html(view, question, f"{self._question.value} Looking at: {people}.")

    def _chosen(self) -> dict[str, str]:
        return chosen(self._menus)

    def _show(self, answer: dict[str, str] | None) -> None:
        show_chosen(self._menus, answer or {})

    def _describe(self, answer: dict[str, str]) -> str:
        lines = [f"{words}: {answer.get(part, 'not chosen')}" for part, words in PARTS.items()]
        return "\n".join(["Your answer:", *lines])


def _table_html(view: LogView, question: str, caption: str) -> str:
    heads = [str(name) for name in view.values.columns]
    if question == GO_ON:
        heads = [f"{before} → {step}" for before, step in zip(["all", *heads], heads, strict=False)]
    group = view.values.index.name or "group"
    rows = [
        (name, *(_cell(*pair, question) for pair in zip(values, counts, strict=True)))
        for name, values, counts in zip(
            map(str, view.values.index), view.values.to_numpy(), view.counts.to_numpy(), strict=True
        )
    ]
    return table_html(caption, [str(group), *heads], rows)


def _cell(value: float, count: int, question: str) -> str:
    """A share with the number that it is of, or seconds with the number of visits that were timed."""
    if not count:
        return "nobody"
    return f"{value:.0f} s ({count:,})" if question == SECONDS else f"{value:.0%} of {count:,}"
