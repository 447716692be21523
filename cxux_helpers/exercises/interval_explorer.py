"""Exploring an interval: move the number of answers and the share, and see how sure one may be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import labelled, live, read_whole
from cxux_helpers.exercises.further_questions import FurtherQuestions, Questions
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.surveys.satisfaction import expected_interval, sample_size

__all__ = ["IntervalExplorer", "IntervalGoal", "judge_interval"]

FEWEST, MOST = 10, 2000


@dataclass(frozen=True)
class IntervalGoal:
    """What the number of answers must reach, and with as few as can be.

    Parameters
    ----------
    half_width
        Furthest that the interval may reach to each side, as a share: 0.05 for five points.
    share
        The share that is expected, or None if nobody knows it beforehand, so that the interval must be short enough
        for any.
    """

    half_width: float
    share: float | None = None

    @property
    def fewest(self) -> int:
        """The smallest number of answers that reaches it."""
        return sample_size(self.half_width, share=0.5 if self.share is None else self.share)


def judge_interval(
    answer: object,
    goal: IntervalGoal,
    *,
    questions: Questions | None = None,
    key: Mapping[str, str] | None = None,
) -> Feedback:
    """Judge the number of answers, and what is said about it; each part counts the same.

    Parameters
    ----------
    answer
        As in `IntervalExplorer`, or a `NoAnswer`.
    goal
        What to reach.
    questions, key
        Further questions, each with its options and what is to be said about them, and the right options.
    """
    if missing := missing_answer(answer):
        return missing
    further = FurtherQuestions(questions, key)
    try:
        given = _valid(answer, further)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Set it again.", found=shown(str(problem)))
    parts = [("Number of answers", _judge_n(given["n"], given["share"] / 100, goal))]
    return combine([*parts, *further.judge(given["then"])])


def _judge_n(n: int, share: float, goal: IntervalGoal) -> Feedback:
    worst = 0.5 if goal.share is None else goal.share
    points, reach = 100 * goal.half_width, expected_interval(worst, n).points
    if n == goal.fewest:
        return Feedback(
            Rung.RIGHT, f"It reaches {points:g} points to each side, and one answer fewer would not do.", 1.0
        )
    if n > goal.fewest:
        return Feedback(Rung.CLOSE, "That is enough, but fewer would do, and each answer costs money. Go down.", 0.5)
    if expected_interval(share, n).reach <= goal.half_width:
        return Feedback(
            Rung.NOT_YET,
            f"That is enough for a share of {share:.0%}, but for {worst:.0%} it reaches {reach} points to each side"
            + (". Move the share: where is the interval longest?" if goal.share is None else "."),
        )
    return Feedback(Rung.NOT_YET, f"It may reach {reach} points to each side, more than {points:g}. Ask more people.")


def _valid(answer: object, questions: FurtherQuestions) -> dict[str, Any]:
    """Number of answers, share in percent and further choices as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not {"n"} <= set(answer) <= {"n", "share", "then"}:
        raise ValueError("the answer should be a dictionary with the keys n, share and then.")
    return {
        "n": read_whole("n", answer["n"], FEWEST, MOST),
        "share": read_whole("share", answer.get("share", 50), 0, 100, unit="percent"),
        "then": questions.read(answer.get("then", {})),
    }


class IntervalExplorer(Exercise):
    """Slide the number of answers and the share, see the interval and what it costs, and say what it means.

    The answer is ``{"n": int, "share": int, "then": {label: option}}``, the share in percent.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    goal
        What to reach, or None for a question that is marked later.
    questions
        Further questions: for each label, the options with what is to be said about them, or only their texts for a
        question that is marked later.
    key
        The right option of each further question.
    cost
        What one answer costs.
    currency
        Unit of the cost.
    group
        Whom the share is of, as in "about 50 in 100 …".
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        goal: IntervalGoal | None = None,
        questions: Questions | None = None,
        key: Mapping[str, str] | None = None,
        cost: float = 4,
        currency: str = "euros",
        group: str = "customers are satisfied",
        folder: Path | str | None = None,
    ) -> None:
        self.cost, self.currency, self.group = cost, currency, group
        self._asked, self._key = questions, key
        self._further = FurtherQuestions(questions, key)
        self.questions = self._further.options
        self._goal = goal
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return _valid(answer, self._further)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._goal is None:
            left = self._further.still_open(answer["then"])
            return check_answered(None if left else answer["n"], f"Still open: {'; '.join(left)}.")
        return judge_interval(answer, self._goal, questions=self._asked, key=self._key)

    def _controls(self) -> widgets.Widget:
        self._n = widgets.IntSlider(min=FEWEST, max=MOST, description="Number of answers", **labelled())
        self._share = widgets.IntSlider(min=0, max=100, description="Share in percent", **labelled())
        self._picture, self._words = widgets.HTML(), live()
        radios = self._further.controls()
        self._collect_from((self._n, self._share, *radios), self._chosen)
        return widgets.VBox([self._n, self._share, self._picture, self._words, *radios])

    def _chosen(self) -> dict[str, Any]:
        return {"n": self._n.value, "share": self._share.value, "then": self._further.chosen()}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"n": 100, "share": 70, "then": {}}
        self._n.value, self._share.value = answer["n"], answer["share"]
        self._further.show(answer["then"])
        self._picture.value = self._intervals_html(answer["n"], answer["share"] / 100)
        self._words.value = f"<p>{escape(self._sentence(answer['n'], answer['share'] / 100))}</p>"

    def _intervals_html(self, n: int, share: float) -> str:
        """The interval, and below it those of a quarter as many answers and of four times as many.

        The words stand beside the drawings, so that they wrap; places across are in percent, so that a drawing fits any
        width.
        """
        rows = ""
        for size, what in (
            (n, "your survey"),
            (max(1, round(n / 4)), "a quarter of it"),
            (4 * n, "four times as many"),
        ):
            interval = expected_interval(share, size)
            low, high = interval.low, interval.high
            rows += (
                f"<p><strong>{size:,} answers</strong> ({what}): {low:.1%} to {high:.1%}, at most "
                f"{interval.points} points to each side, {size * self.cost:,.0f} {escape(self.currency)}</p>"
                '<svg aria-hidden="true" width="100%" height="20" style="display:block;margin-bottom:8px">'
                '<line x1="0" x2="100%" y1="10" y2="10" stroke="currentColor" stroke-opacity=".6"/>'
                f'<rect x="{low:.2%}" width="{high - low:.2%}" y="4" height="12" fill="#2f7ec7" stroke="currentColor"/>'
                f'<circle cx="{share:.2%}" cy="10" r="5" fill="#fff" stroke="#000"/></svg>'
            )
        axis = "".join(
            f'<text x="{percent}%" y="12" font-size="13" fill="currentColor" text-anchor="{anchor}">{percent} %</text>'
            for percent, anchor in ((0, "start"), (25, "middle"), (50, "middle"), (75, "middle"), (100, "end"))
        )
        return f'{rows}<svg aria-hidden="true" width="100%" height="16" style="display:block">{axis}</svg>'

    def _sentence(self, n: int, share: float) -> str:
        low, high, _ = expected_interval(share, n)
        return (
            f"In a newspaper: about {100 * share:.0f} in 100 {self.group}, and it may well be {100 * low:.0f} or "
            f"{100 * high:.0f}. That is what {n:,} answers at {self.cost:g} {self.currency} each can tell, for "
            f"{n * self.cost:,.0f} {self.currency}."
        )

    def _describe(self, answer: dict[str, Any]) -> str:
        lines = [f"Your answer: {answer['n']} answers, at a share of {answer['share']} %."]
        lines.append(self._sentence(answer["n"], answer["share"] / 100))
        return "\n".join([*lines, *self._further.in_words(answer["then"])])
