"""Exploring an interval: move the number of answers and the share, and see how sure one may be."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, check_choice, missing_answer
from cxux_helpers.exercises.base import Exercise, escape, whole
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.surveys.satisfaction import sample_size

__all__ = ["IntervalExplorer", "IntervalGoal", "expected_interval", "judge_interval"]

FEWEST, MOST = 10, 2000
Questions = Mapping[str, Mapping[str, str] | Sequence[str]]


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


class Interval(NamedTuple):
    """Ends of an interval, cut to 0 and 1, and how far it reaches to each side before it is cut."""

    low: float
    high: float
    reach: float

    @property
    def points(self) -> str:
        """The reach in points, rounded up, so that what reads as 5.0 is never more than 5."""
        return f"{math.ceil(1000 * self.reach - 1e-9) / 10:.1f}"


def expected_interval(share: float, n: int) -> Interval:
    """Adjusted Wald interval at 95 % that a survey of `n` answers may be expected to give.

    As in `cxux_helpers.proportion`, but `share` times `n` need not be a whole number of people.

    Parameters
    ----------
    share
        The share in the answers, in [0, 1].
    n
        Number of answers, at least 1.

    Examples
    --------
    >>> low, high, reach = expected_interval(0.5, 100)
    >>> round(low, 3), round(high, 3), round(reach, 3)
    (0.404, 0.596, 0.096)
    """
    from statsmodels.stats.proportion import proportion_confint

    low, high = (float(end) for end in proportion_confint(share * n, n, method="agresti_coull"))
    # Nothing is cut off on the side of the middle, and both sides are equally long.
    middle = (share * n + _Z2 / 2) / (n + _Z2)
    return Interval(low, high, max(middle - low, high - middle))


_Z2 = 1.959963984540054**2  # square of the 97.5 % point of the normal distribution


def judge_interval(
    answer: object,
    goal: IntervalGoal,
    *,
    questions: Mapping[str, Mapping[str, str]] | None = None,
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
    questions, key = questions or {}, key or {}
    try:
        given = _valid(answer, {label: list(options) for label, options in questions.items()})
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Set it again.", found=shown(str(problem)))
    parts = [("Number of answers", _judge_n(given["n"], given["share"] / 100, goal))]
    parts += [(label, check_choice(given["then"].get(label), key[label], why)) for label, why in questions.items()]
    return combine(parts)


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


def _valid(answer: object, questions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Number of answers, share in percent and further choices as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not {"n"} <= set(answer) <= {"n", "share", "then"}:
        raise ValueError("the answer should be a dictionary with the keys n, share and then.")
    n, share, then = whole(answer["n"]), whole(answer.get("share", 50)), answer.get("then", {})
    if n is None or not FEWEST <= n <= MOST:
        raise ValueError(f"n is {answer['n']!r}; it should be a whole number from {FEWEST} to {MOST}.")
    if share is None or not 0 <= share <= 100:
        raise ValueError(f"share is {answer['share']!r}; it should be a whole number of percent from 0 to 100.")
    if not isinstance(then, Mapping) or not set(then) <= set(questions):
        raise ValueError(f"then should give an option for each of: {'; '.join(questions)}.")
    for label, option in then.items():
        if option not in questions[label]:
            raise ValueError(f"{option!r} is no option of {label!r}; choose one of: {'; '.join(questions[label])}.")
    return {"n": n, "share": share, "then": {label: str(then[label]) for label in questions if label in then}}


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
        self.questions = {label: list(options) for label, options in (questions or {}).items()}
        self._why = {
            label: dict(options) for label, options in (questions or {}).items() if isinstance(options, Mapping)
        }
        self._goal, self._key = goal, key
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return _valid(answer, self.questions)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._goal is None:
            left = [label for label in self.questions if label not in answer["then"]]
            return check_answered(None if left else answer["n"], f"Still open: {'; '.join(left)}.")
        return judge_interval(answer, self._goal, questions=self._why, key=self._key)

    def _controls(self) -> widgets.Widget:
        style: dict[str, Any] = {"style": {"description_width": "13em"}, "layout": {"width": "auto"}}
        self._n = widgets.IntSlider(min=FEWEST, max=MOST, description="Number of answers", **style)
        self._share = widgets.IntSlider(min=0, max=100, description="Share in percent", **style)
        self._picture, self._words = widgets.HTML(), widgets.HTML()
        self._words.add_class("cxux-live")
        self._radios = {
            label: widgets.RadioButtons(
                options=options, value=None, description=label,
                layout={"width": "auto"}, style={"description_width": "13em"},
            )
            for label, options in self.questions.items()
        }  # fmt: skip
        for control in (self._n, self._share, *self._radios.values()):
            control.observe(lambda _: self._collect(self._chosen), "value")
        return widgets.VBox([self._n, self._share, self._picture, self._words, *self._radios.values()])

    def _chosen(self) -> dict[str, Any]:
        then = {label: radio.value for label, radio in self._radios.items() if radio.value is not None}
        return {"n": self._n.value, "share": self._share.value, "then": then}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"n": 100, "share": 70, "then": {}}
        self._n.value, self._share.value = answer["n"], answer["share"]
        for label, radio in self._radios.items():
            radio.value = answer["then"].get(label)
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
        lines += [f"{label}: {answer['then'].get(label, 'not chosen')}" for label in self.questions]
        return "\n".join(lines)
