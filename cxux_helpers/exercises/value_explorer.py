"""Exploring what a customer is worth: a retention curve, two models of it, and the price of a better experience."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.controls import labelled, live, read_whole
from cxux_helpers.exercises.further_questions import FurtherQuestions, Questions
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.value.experience import constant_retention, gain_if_all_alike, gain_of_experience
from cxux_helpers.value.lifetime_value import simple_clv
from cxux_helpers.value.retention import Survivors, pairs, read_survivors
from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric, fit_shifted_beta_geometric

__all__ = ["MOST_FEWER", "ValueCase", "ValueExplorer", "judge_value"]

FEWEST_KNOWN, MOST_FEWER = 2, 40


@dataclass(frozen=True)
class ValueCase:
    """Customers whose renewals are known, and an offer to make their experience better.

    Parameters
    ----------
    survivors
        As for `cxux_helpers.value.fit_shifted_beta_geometric`.
    margin
        Profit per period from a customer who is there, in euro; the first payment comes at once.
    discount
        Rate per period, above 0.
    cost
        What the better experience costs for each new customer, in euro.
    """

    survivors: Survivors
    margin: float
    discount: float
    cost: float
    model: ShiftedBetaGeometric = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "model", fit_shifted_beta_geometric(self.survivors))

    def gain(self, fewer: int) -> float:
        """What a new customer is worth more, in euro, if by so many percent fewer leave; customers differ."""
        return gain_of_experience(self.model, fewer / 100, margin=self.margin, discount=self.discount)

    @property
    def fewest(self) -> int | None:
        """The smallest whole percent at which the better experience pays, or None if none up to `MOST_FEWER` does."""
        return next((x for x in range(MOST_FEWER + 1) if self.gain(x) >= self.cost), None)

    @property
    def fewest_if_all_alike(self) -> int | None:
        """The same by the naive model, one constant rate for everybody."""
        rate = constant_retention(self.survivors)
        return next(
            (
                x for x in range(MOST_FEWER + 1)
                if gain_if_all_alike(rate, x / 100, margin=self.margin, discount=self.discount) >= self.cost
            ),
            None,
        )  # fmt: skip

    def until(self, known: int) -> Survivors:
        """The survivors as they were known after so many renewals."""
        return read_survivors(self.survivors).iloc[:, : known + 1]


def judge_value(
    answer: object,
    case: ValueCase,
    *,
    questions: Questions | None = None,
    key: Mapping[str, str] | None = None,
) -> Feedback:
    """Judge by how many percent fewer must leave, and what is said about it; each part counts the same.

    Parameters
    ----------
    answer
        As in `ValueExplorer`, or a `NoAnswer`.
    case
        The customers and the offer.
    questions, key
        Further questions, each with its options and what is to be said about them, and the right options.
    """
    if missing := missing_answer(answer):
        return missing
    further = FurtherQuestions(questions, key)
    try:
        given = _valid(answer, _most_known(case), further)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Set it again.", found=shown(str(problem)))
    parts = [("Fewer who leave", _judge_fewer(given["fewer"], case))]
    return combine([*parts, *further.judge(given["then"])])


def _judge_fewer(fewer: int, case: ValueCase) -> Feedback:
    least = case.fewest
    if least is None:
        raise ValueError(f"the offer never pays up to {MOST_FEWER} % fewer. Give a case with a smaller cost.")
    if fewer == least:
        return Feedback(Rung.RIGHT, f"It then earns its {case.cost:g} euro, and one percent less would not do.", 1.0)
    if fewer == case.fewest_if_all_alike:
        return Feedback(
            Rung.NOT_YET,
            "That is what it takes if all customers are alike. They are not: read the value where they differ, and the "
            "offer pays much sooner.",
        )
    if fewer < least:
        return Feedback(Rung.NOT_YET, f"It does not earn its {case.cost:g} euro yet. Go up, with all renewals known.")
    near = fewer <= least + 2
    message = "It pays, but would with a smaller change too. Go down, with all renewals known."
    return Feedback(Rung.CLOSE, message, 0.5) if near else Feedback(Rung.NOT_YET, message)


def _most_known(case: ValueCase) -> int:
    return len(pairs(case.survivors)[0])


def _valid(answer: object, most: int, questions: FurtherQuestions) -> dict[str, Any]:
    """Renewals, percent and further choices as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not {"fewer"} <= set(answer) <= {"known", "fewer", "then"}:
        raise ValueError("the answer should be a dictionary with the keys known, fewer and then.")
    return {
        "known": read_whole("known", answer.get("known", most), FEWEST_KNOWN, most),
        "fewer": read_whole("fewer", answer["fewer"], 0, MOST_FEWER, unit="percent"),
        "then": questions.read(answer.get("then", {})),
    }


class ValueExplorer(Exercise):
    """Slide how much of a retention curve is known and how many fewer leave, and see what two models say of it.

    The answer is ``{"known": int, "fewer": int, "then": {label: option}}``: the renewals that are looked at, which is
    not judged, and by how many percent fewer customers leave.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    case
        The customers and the offer.
    questions
        Further questions: for each label, the options with what is to be said about them, or only their texts for a
        question that is marked later.
    key
        The right option of each further question; None for a question that is marked later.
    period
        What a period is called, such as ``"month"``.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        case: ValueCase,
        questions: Questions | None = None,
        key: Mapping[str, str] | None = None,
        period: str = "month",
        folder: Path | str | None = None,
    ) -> None:
        self.case, self.period = case, period
        self._asked, self._key = questions, key
        self._further = FurtherQuestions(questions, key)
        self.questions = self._further.options
        at_risk, kept = pairs(case.survivors)
        self._seen = np.concatenate([[1.0], (kept / at_risk).cumprod()])
        self._most = len(kept)
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return _valid(answer, self._most, self._further)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._key is None:
            left = self._further.still_open(answer["then"])
            return check_answered(None if left else answer["fewer"] + 1, f"Still open: {'; '.join(left)}.")
        return judge_value(answer, self.case, questions=self._asked, key=self._key)

    def _controls(self) -> widgets.Widget:
        self._known = widgets.IntSlider(
            min=FEWEST_KNOWN, max=self._most, description=f"{self.period.capitalize()}s that are known", **labelled()
        )
        self._fewer = widgets.IntSlider(min=0, max=MOST_FEWER, description="Fewer who leave, percent", **labelled())
        self._picture, self._words = widgets.HTML(), live()
        radios = self._further.controls()
        self._collect_from((self._known, self._fewer, *radios), self._chosen)
        return widgets.VBox([self._known, self._fewer, self._picture, self._words, *radios])

    def _chosen(self) -> dict[str, Any]:
        return {"known": self._known.value, "fewer": self._fewer.value, "then": self._further.chosen()}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"known": min(4, self._most), "fewer": 0, "then": {}}
        self._known.value, self._fewer.value = answer["known"], answer["fewer"]
        self._further.show(answer["then"])
        model, rate = self._models(answer["known"])
        self._picture.value = self._curves_html(answer["known"], model, rate)
        self._words.value = self._words_html(answer["known"], answer["fewer"], model, rate)

    def _models(self, known: int) -> tuple[ShiftedBetaGeometric | None, float]:
        """Both models of what was known then; where customers do not seem to differ there is only the naive one."""
        survivors = self.case.until(known)
        try:
            return fit_shifted_beta_geometric(survivors), constant_retention(survivors)
        except ValueError:
            return None, constant_retention(survivors)

    def _curves_html(self, known: int, model: ShiftedBetaGeometric | None, rate: float) -> str:
        """Squares that were known, rings that came later, and two curves; the words beside it say the same."""
        wide, high, left, low = 480, 240, 52, 30
        ages = range(self._most + 1)

        def place(age: float, share: float) -> tuple[float, float]:
            return left + age / self._most * (wide - left - 12), 10 + (1 - share) * (high - 10 - low)

        def line(shares: Iterable[float], style: str) -> str:
            points = " ".join(
                f"{x:.1f},{y:.1f}" for x, y in (place(age, s) for age, s in zip(ages, shares, strict=True))
            )
            return f'<polyline points="{points}" fill="none" {style}/>'

        marks = ""
        for age, share in zip(ages, self._seen, strict=True):
            x, y = place(age, share)
            if age <= known:
                marks += f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" fill="currentColor"/>'
            else:
                marks += (
                    f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="none" stroke="currentColor" stroke-width="1.5"/>'
                )
        grid = ""
        for percent in (0, 25, 50, 75, 100):
            _, y = place(0, percent / 100)
            grid += (
                f'<line x1="{left}" x2="{wide - 12}" y1="{y:.1f}" y2="{y:.1f}" stroke="currentColor" '
                f'stroke-opacity=".25"/><text x="{left - 6}" y="{y + 5:.1f}" font-size="14" text-anchor="end" '
                f'fill="currentColor">{percent}%</text>'
            )
        for age in sorted({0, self._most // 2, self._most}):
            x, _ = place(age, 0)
            style = 'font-size="14" text-anchor="middle" fill="currentColor"'
            grid += f'<text x="{x:.1f}" y="{high - 10}" {style}>{age}</text>'
        curves = line([rate**age for age in ages], 'stroke="currentColor" stroke-width="2" stroke-dasharray="2 5"')
        if model is not None:
            curves += line(model.survival(ages), 'stroke="#2f7ec7" stroke-width="3"')
        return (
            f'<svg aria-hidden="true" viewBox="0 0 {wide} {high}" '
            f'style="display:block;width:100%;max-width:{wide + 160}px;height:auto">{grid}{curves}{marks}</svg>'
            f"<p>Still there, by age in {self.period}s. ■ known · ○ came later · dotted line: all customers alike · "
            "full line: customers differ</p>"
        )

    def _words_html(self, known: int, fewer: int, model: ShiftedBetaGeometric | None, rate: float) -> str:
        case, last = self.case, self._most
        columns = [
            (
                "All alike",
                f"{rate:.1%}, every {self.period}",
                rate**last,
                simple_clv(case.margin, rate, case.discount, first_payment="now"),
                gain_if_all_alike(rate, fewer / 100, margin=case.margin, discount=case.discount),
            )
        ]
        if model is not None:
            first, final = model.retention([1, last])
            columns.append(
                (
                    "They differ",
                    f"{first:.1%} at first, {final:.1%} at age {last}",
                    float(model.survival([last]).iloc[0]),
                    case.margin * model.discounted_lifetime(case.discount),
                    gain_of_experience(model, fewer / 100, margin=case.margin, discount=case.discount),
                )
            )
        names, stays, left, worth, gains = zip(*columns, strict=True)
        rows = [
            ("Who stays", stays),
            (f"Left at age {last}", [f"{share:.0%}" for share in left]),
            ("A new customer is worth", [f"{value:,.0f} euro" for value in worth]),
            (f"More if {fewer}% fewer leave", [f"{gain:,.1f} euro" for gain in gains]),
        ]
        missing = "" if model is not None else " From so few, nothing shows that customers differ."
        table = table_html(
            f"What {known} {self.period}s tell", ["Customers", *names], [(name, *cells) for name, cells in rows]
        )
        return (
            f"{table}<p>In the end {self._seen[-1]:.0%} were left at age {last}. The better experience costs "
            f"{case.cost:g} euro for each new customer.{missing}</p>"
        )

    def _describe(self, answer: dict[str, Any]) -> str:
        model, rate = self._models(answer["known"])
        lines = [
            f"Your answer: with {answer['known']} {self.period}s known, {answer['fewer']} % fewer must leave.",
            f"If all are alike, a new customer is worth "
            f"{simple_clv(self.case.margin, rate, self.case.discount, first_payment='now'):,.0f} euro.",
        ]
        if model is not None:
            worth = self.case.margin * model.discounted_lifetime(self.case.discount)
            lines.append(f"If they differ, it is {worth:,.0f} euro.")
        return "\n".join([*lines, *self._further.in_words(answer["then"])])
