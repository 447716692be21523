"""Cleaning a survey: decide what counts, and see at once what each decision does to the score."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered, check_choice, missing_answer
from cxux_helpers.estimates import proportion
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.controls import chosen, menu, show_chosen
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.surveys.cleaning import CLEANING_DECISIONS, clean_ratings

__all__ = ["CleanSurvey", "judge_cleaning", "valid_cleaning"]

_QUESTIONS = {
    "tests": "Test answers of the staff",
    "doubles": "Several answers of one customer",
    "off_scale": "Ratings off the scale",
    "missing": "Missing ratings",
}
# What happens to the rows while nothing is decided: nothing; only what is missing cannot count.
_UNTOUCHED = {"tests": "keep", "doubles": "keep all", "off_scale": "keep", "missing": "leave out"}

Why = Mapping[str, Mapping[str, str]]


def valid_cleaning(answer: object) -> dict[str, str]:
    """Return decisions as plain data; some may still be open.

    Raises
    ------
    ValueError
        If a decision is unknown, or none of its options.
    """
    if not isinstance(answer, Mapping) or not set(answer) <= set(CLEANING_DECISIONS):
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(CLEANING_DECISIONS)}.")
    for decision, option in answer.items():
        options = CLEANING_DECISIONS[decision]
        if option not in options:
            raise ValueError(f"{decision} is {option!r}; it should be one of: {'; '.join(options)}.")
    return {decision: str(answer[decision]) for decision in CLEANING_DECISIONS if decision in answer}


def judge_cleaning(answer: object, key: Mapping[str, str], why: Why) -> Feedback:
    """Judge the decisions; each counts the same.

    Parameters
    ----------
    answer
        An option for each decision of `CLEANING_DECISIONS`, or a `NoAnswer`.
    key
        The option of each decision that can be defended best.
    why
        For each decision, the reason for and against every option.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        decided = valid_cleaning(answer)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The decisions cannot be read. Choose again.", found=shown(str(problem)))
    return combine(
        (_QUESTIONS[decision], check_choice(decided.get(decision), key[decision], why[decision]))
        for decision in CLEANING_DECISIONS
    )


class CleanSurvey(Exercise):
    """Decide what to do with the faults of a survey, and watch the number of answers and the score.

    The answer is ``{"tests": …, "doubles": …, "off_scale": …, "missing": …}`` with options of `CLEANING_DECISIONS`.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    raw
        The survey as it came, with the columns that `clean_ratings` expects.
    key, why
        As in `judge_cleaning`; None and empty for a question that is marked later.
    top, scale
        The score is the share of the `top` boxes of 1 to `scale`.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        raw: pd.DataFrame,
        key: Mapping[str, str] | None = None,
        why: Why | None = None,
        top: int = 2,
        scale: int = 5,
        folder: Path | str | None = None,
    ) -> None:
        self.raw, self._top, self._scale = raw, top, scale
        self._key, self._why = key, why or {}
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, str]:
        return valid_cleaning(answer)

    def _judge(self, answer: dict[str, str]) -> Feedback:
        if self._key is None:
            left = len(CLEANING_DECISIONS) - len(answer)
            return check_answered(answer if not left else None, f"{left} still to decide.")
        return judge_cleaning(answer, self._key, self._why)

    def _controls(self) -> widgets.Widget:
        self._menus = {
            decision: menu(_QUESTIONS[decision], options, width="16em")
            for decision, options in CLEANING_DECISIONS.items()
        }
        self._collect_from(self._menus.values(), self._chosen)
        self._result = widgets.HTML()
        return widgets.VBox([*self._menus.values(), self._result])

    def _chosen(self) -> dict[str, str]:
        return chosen(self._menus)

    def _show(self, answer: dict[str, str] | None) -> None:
        show_chosen(self._menus, answer or {})
        self._result.value = self._result_html(answer or {})

    def _score(self, decided: Mapping[str, str]) -> dict[str, str]:
        """Number of answers, share of the top boxes with its interval, and mean, as they read."""
        ratings = clean_ratings(self.raw, **{**_UNTOUCHED, **decided}, high=self._scale)["csat"]  # type: ignore[arg-type]
        share = proportion(int((ratings > self._scale - self._top).sum()), len(ratings))
        return {
            "Answers": f"{share.n:,}",
            f"Top {self._top} of {self._scale}": f"{share.value:.1%}",
            "95% interval": f"{share.low:.1%} to {share.high:.1%}",
            "Mean": f"{ratings.mean():.2f}",
        }

    def _result_html(self, decided: Mapping[str, str]) -> str:
        rows = {"As it came": self._score({}), "By your decisions": self._score(decided)}
        return table_html(
            "What the score becomes",
            ["Survey", *rows["As it came"]],
            [(name, *row.values()) for name, row in rows.items()],
        )

    def _describe(self, answer: dict[str, str]) -> str:
        lines = [f"{question}: {answer.get(name, 'not decided')}" for name, question in _QUESTIONS.items()]
        score = ", ".join(f"{head} {cell}" for head, cell in self._score(answer).items())
        return "Your answer:\n" + "\n".join([*lines, f"By these decisions: {score}."])
