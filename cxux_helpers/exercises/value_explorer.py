"""Exploring what a customer is worth: a retention curve, two models of it, and the price of a better experience."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np

from cxux_helpers.checks import check_answered, check_choice, missing_answer
from cxux_helpers.exercises.base import Exercise, escape, whole
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.value.experience import constant_retention, gain_if_all_alike, gain_of_experience
from cxux_helpers.value.lifetime_value import simple_clv
from cxux_helpers.value.retention import Survivors, pairs, read_survivors
from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric, fit_shifted_beta_geometric

__all__ = ["MOST_FEWER", "ValueCase", "ValueExplorer", "judge_value"]

FEWEST_KNOWN, MOST_FEWER = 2, 40
Questions = Mapping[str, Mapping[str, str] | Sequence[str]]


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
    questions: Mapping[str, Mapping[str, str]] | None = None,
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
    questions, key = questions or {}, key or {}
    try:
        given = _valid(answer, _most_known(case), {label: list(options) for label, options in questions.items()})
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Set it again.", found=shown(str(problem)))
    parts = [("Fewer who leave", _judge_fewer(given["fewer"], case))]
    parts += [(label, check_choice(given["then"].get(label), key[label], why)) for label, why in questions.items()]
    return combine(parts)


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


def _valid(answer: object, most: int, questions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Renewals, percent and further choices as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not {"fewer"} <= set(answer) <= {"known", "fewer", "then"}:
        raise ValueError("the answer should be a dictionary with the keys known, fewer and then.")
    known, fewer, then = whole(answer.get("known", most)), whole(answer["fewer"]), answer.get("then", {})
    if known is None or not FEWEST_KNOWN <= known <= most:
        raise ValueError(f"known is {answer['known']!r}; it should be a whole number from {FEWEST_KNOWN} to {most}.")
    if fewer is None or not 0 <= fewer <= MOST_FEWER:
        raise ValueError(
            f"fewer is {answer['fewer']!r}; it should be a whole number of percent from 0 to {MOST_FEWER}."
        )
    if not isinstance(then, Mapping) or not set(then) <= set(questions):
        raise ValueError(f"then should give an option for each of: {'; '.join(questions)}.")
    for label, option in then.items():
        if option not in questions[label]:
            raise ValueError(f"{option!r} is no option of {label!r}; choose one of: {'; '.join(questions[label])}.")
    return {"known": known, "fewer": fewer, "then": {label: str(then[label]) for label in questions if label in then}}


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
        self.questions = {label: list(options) for label, options in (questions or {}).items()}
        self._why = {
            label: dict(options) for label, options in (questions or {}).items() if isinstance(options, Mapping)
        }
        self._key = key
        at_risk, kept = pairs(case.survivors)
        self._seen = np.concatenate([[1.0], (kept / at_risk).cumprod()])
        self._most = len(kept)
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return _valid(answer, self._most, self.questions)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._key is None:
            left = [label for label in self.questions if label not in answer["then"]]
            return check_answered(None if left else answer["fewer"] + 1, f"Still open: {'; '.join(left)}.")
        return judge_value(answer, self.case, questions=self._why, key=self._key)

    def _controls(self) -> widgets.Widget:
        style: dict[str, Any] = {"style": {"description_width": "13em"}, "layout": {"width": "auto"}}
        self._known = widgets.IntSlider(
            min=FEWEST_KNOWN, max=self._most, description=f"{self.period.capitalize()}s that are known", **style
        )
        self._fewer = widgets.IntSlider(min=0, max=MOST_FEWER, description="Fewer who leave, percent", **style)
        self._picture, self._words = widgets.HTML(), widgets.HTML()
        self._words.add_class("cxux-live")
        self._radios = {
            label: widgets.RadioButtons(
                options=options, value=None, description=label,
                layout={"width": "auto"}, style={"description_width": "13em"},
            )
            for label, options in self.questions.items()
        }  # fmt: skip
        for control in (self._known, self._fewer, *self._radios.values()):
            control.observe(lambda _: self._collect(self._chosen), "value")
        return widgets.VBox([self._known, self._fewer, self._picture, self._words, *self._radios.values()])

    def _chosen(self) -> dict[str, Any]:
        then = {label: radio.value for label, radio in self._radios.items() if radio.value is not None}
        return {"known": self._known.value, "fewer": self._fewer.value, "then": then}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"known": min(4, self._most), "fewer": 0, "then": {}}
        self._known.value, self._fewer.value = answer["known"], answer["fewer"]
        for label, radio in self._radios.items():
            radio.value = answer["then"].get(label)
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
        head = "".join(f'<th scope="col">{name}</th>' for name in ("Customers", *names))
        body = "".join(
            f'<tr><th scope="row">{name}</th>{"".join(f"<td>{cell}</td>" for cell in cells)}</tr>'
            for name, cells in rows
        )
        missing = "" if model is not None else " From so few, nothing shows that customers differ."
        return (
            f"<table><caption>What {known} {self.period}s tell</caption><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table><p>In the end {self._seen[-1]:.0%} were left at age {last}. The better "
            f"experience costs {case.cost:g} euro for each new customer.{escape(missing)}</p>"
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
        return "\n".join(lines + [f"{label}: {answer['then'].get(label, 'not chosen')}" for label in self.questions])
