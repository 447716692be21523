"""A/B lab: plan a test, run it day by day, look when you like, and decide."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered, check_choice, missing_answer
from cxux_helpers.exercises.base import Exercise, escape, whole
from cxux_helpers.experiments import (
    ProportionsTest,
    compare_proportions,
    sample_size_for_proportions,
    simulate_peeking,
)
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.tables import require_columns

__all__ = ["DECISIONS", "ABLab", "ABPlan", "false_alarms", "judge_ab_lab", "planned_days", "trial_until"]

DECISIONS = ("Introduce B", "Do not introduce B", "Go on until p is below 0.05")
LEAST, MOST = 1, 15
POWERS = (50, 80, 90)
_START: dict[str, Any] = {"points": 10, "power": 50, "looks": [], "decision": None}


@dataclass(frozen=True)
class ABPlan:
    """What the plan of a test should be.

    Parameters
    ----------
    points
        Smallest effect that is worth seeing, in points of percent.
    power
        How likely it should be to see it, in percent.
    """

    points: int
    power: int


def planned_days(baseline: float, points: int, power: int, per_day: int) -> tuple[int, int]:
    """People that each group needs, and days until they are there.

    Parameters
    ----------
    baseline
        Share with A as it is known, between 0 and 1.
    points
        Effect to be seen, in points of percent.
    power
        In percent.
    per_day
        People a day in each group.

    Examples
    --------
    >>> planned_days(0.20, 6, 80, per_day=50)
    (770, 16)
    """
    people = math.ceil(sample_size_for_proportions(baseline, baseline + points / 100, power=power / 100))
    return people, math.ceil(people / per_day)


def trial_until(trial: pd.DataFrame, day: int) -> ProportionsTest:
    """Compare B with A by all that came in up to a day.

    Parameters
    ----------
    trial
        As `cxux_helpers.make_ab_trial` gives it.
    day
        The last day that counts.
    """
    total = trial.loc[trial["day"] <= day, ["hits_b", "n_b", "hits_a", "n_a"]].sum()
    return compare_proportions(*(int(number) for number in total))


@cache
def false_alarms(looks: int, people: int, baseline: float) -> float:
    """How often somebody who looks so many times, and stops at the first p below 0.05, finds an effect of nothing.

    Parameters
    ----------
    looks
        Evenly spaced looks, the last at the end; at least 1.
    people
        People in each group at the end.
    baseline
        Share in both groups.
    """
    return float(simulate_peeking(looks=looks, n=max(people, looks), share=baseline, runs=1000).at_any_look)


def judge_ab_lab(
    answer: object, plan: ABPlan, key: str, why: Mapping[str, str], *, trial: pd.DataFrame, baseline: float
) -> Feedback:
    """Judge plan, patience and decision; each counts the same.

    Parameters
    ----------
    answer
        As in `ABLab`, or a `NoAnswer`.
    plan
        What the plan should be.
    key, why
        The right one of `DECISIONS` at the planned end, and what is to be said about each.
    trial, baseline
        As in `ABLab`.
    """
    if missing := missing_answer(answer):
        return missing
    per_day = _per_day(trial)
    try:
        given = _valid(answer, baseline, per_day)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Start again.", found=shown(str(problem)))
    return combine([
        ("Plan", _judge_plan(given, plan)),
        ("Patience", _judge_patience(given, baseline, per_day)),
        ("Decision", check_choice(given["decision"], key, why)),
    ])  # fmt: skip


def _judge_plan(given: Mapping[str, Any], plan: ABPlan) -> Feedback:
    slips = []
    if given["points"] > plan.points:
        slips.append("The test is planned for a larger effect than the smallest one that is worth it.")
    if given["points"] < plan.points:
        slips.append("The test is planned for an effect too small to be worth it, and takes longer than it need.")
    if given["power"] < plan.power:
        slips.append(f"A power of {given['power']} % is too little: you may well miss what is there.")
    if given["power"] > plan.power:
        slips.append("A higher power than was asked for costs more days.")
    if not slips:
        return Feedback(Rung.RIGHT, "Effect and power are as they were asked for.", 1.0)
    if len(slips) == 1:
        return Feedback(Rung.CLOSE, slips[0], 0.5)
    return Feedback(Rung.NOT_YET, " ".join(slips))


def _judge_patience(given: Mapping[str, Any], baseline: float, per_day: int) -> Feedback:
    people, days = planned_days(baseline, given["points"], given["power"], per_day)
    run = given["looks"][-1] if given["looks"] else 0
    if not run or given["decision"] is None:
        return Feedback(Rung.NOT_ANSWERED, "Run the test to its planned end, and decide.")
    if run >= days:
        return Feedback(Rung.RIGHT, f"You decided at the planned end, after {days} days.", 1.0)
    return Feedback(
        Rung.NOT_YET,
        f"You decided after {run} of {days} days. Whoever looks every day, and stops at the first p below 0.05, finds "
        f"an effect in about {100 * false_alarms(days, people, baseline):.0f} of 100 such tests of nothing.",
    )


def _per_day(trial: pd.DataFrame) -> int:
    require_columns(trial, ("day", "n_a", "hits_a", "n_b", "hits_b"), "Make it with make_ab_trial.")
    return int(trial["n_a"].iloc[0])


def _valid(answer: object, baseline: float, per_day: int) -> dict[str, Any]:
    """Plan, looks and decision as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not set(answer) <= set(_START):
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(_START)}.")
    full = {**_START, **answer}
    points, power, looks, decision = whole(full["points"]), whole(full["power"]), full["looks"], full["decision"]
    if points is None or not LEAST <= points <= MOST:
        raise ValueError(f"points is {full['points']!r}; it should be a whole number from {LEAST} to {MOST}.")
    if power not in POWERS:
        raise ValueError(f"power is {full['power']!r}; it should be one of: {', '.join(map(str, POWERS))}.")
    _, last = planned_days(baseline, points, power, per_day)
    days = [whole(day) for day in looks] if isinstance(looks, Sequence) and not isinstance(looks, str) else [None]
    known = [day for day in days if day is not None]
    if len(known) < len(days) or known != sorted(set(known)) or any(not 1 <= day <= last for day in known):
        raise ValueError(f"looks is {looks!r}; it should list days in order, each from 1 to the planned end, {last}.")
    if decision is not None and decision not in DECISIONS:
        raise ValueError(f"decision is {decision!r}; it should be one of: {'; '.join(DECISIONS)}.")
    return {"points": points, "power": power, "looks": known, "decision": decision}


class ABLab(Exercise):
    """Plan an A/B test, run it for a day, a week or to its end, look at what came in, and decide.

    The plan is fixed from the first look on; *Start again* gives it back. The answer is ``{"points": int, "power":
    int, "looks": [day, …], "decision": str}``: the plan, the days on which one looked, and one of `DECISIONS`.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    trial
        As `cxux_helpers.make_ab_trial` gives it, long enough for every plan.
    baseline
        Share with A as it is known before the test.
    plan, key, why
        As in `judge_ab_lab`; None and empty for a question that is marked later.

    Raises
    ------
    ValueError
        If the trial is too short for the longest plan.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        trial: pd.DataFrame,
        baseline: float,
        plan: ABPlan | None = None,
        key: str | None = None,
        why: Mapping[str, str] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.trial, self.baseline, self.per_day = trial, baseline, _per_day(trial)
        self._plan, self._key, self._why = plan, key, why or {}
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        given = _valid(answer, self.baseline, self.per_day)
        if given["looks"] and self._days(given) > len(self.trial):
            raise ValueError(
                f"this plan takes {self._days(given)} days, and the house is open to the test for {len(self.trial)}. "
                "Plan for a larger effect, or less power."
            )
        return given

    def _days(self, given: Mapping[str, Any]) -> int:
        return planned_days(self.baseline, given["points"], given["power"], self.per_day)[1]

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._plan is None or self._key is None:
            open_ = not answer["looks"] or answer["decision"] is None
            return check_answered(None if open_ else answer["decision"], "Run the test, and decide.")
        return judge_ab_lab(
            answer, self._plan, self._key, self._why, trial=self.trial, baseline=self.baseline
        )  # fmt: skip

    # ---- the view --------------------------------------------------------------------------------------

    def _controls(self) -> widgets.Widget:
        style: dict[str, Any] = {"style": {"description_width": "13em"}, "layout": {"width": "auto"}}
        self._points = widgets.IntSlider(
            min=LEAST, max=MOST, value=_START["points"], description="Smallest effect, points", **style
        )
        self._power = widgets.Dropdown(
            options=[(f"{power} %", power) for power in POWERS], description="Power", **style
        )  # fmt: skip
        self._sum, self._looks, self._picture = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._sum.add_class("cxux-live")
        self._run = {
            words: widgets.Button(description=words, layout={"width": "auto"})
            for words in ("Run one day", "Run a week", "Run to the planned end", "Start again")
        }
        for (_, button), step in zip(self._run.items(), (1, 7, None, 0), strict=True):
            button.on_click(lambda _, step=step: self._collect(lambda: self._after(step)))
        self._decision = widgets.RadioButtons(
            options=list(DECISIONS), value=None, description="Decision",
            layout={"width": "auto"}, style={"description_width": "initial"},
        )  # fmt: skip
        for control in (self._points, self._power, self._decision):
            control.observe(lambda _: self._collect(self._chosen), "value")
        buttons = widgets.HBox(list(self._run.values()), layout={"flex_flow": "row wrap"})
        return widgets.VBox(
            [self._points, self._power, self._sum, buttons, self._picture, self._looks, self._decision]
        )  # fmt: skip

    def _chosen(self) -> dict[str, Any]:
        looks = (self.answer or _START)["looks"]
        return {
            "points": self._points.value, "power": self._power.value, "looks": looks,
            "decision": self._decision.value,
        }  # fmt: skip

    def _after(self, step: int | None) -> dict[str, Any]:
        """What the answer becomes when the test runs on: by some days, to its end (None), or from the start (0)."""
        now = self._chosen()
        if step == 0:
            return now | {"looks": [], "decision": None}
        end, reached = self._days(now), now["looks"][-1] if now["looks"] else 0
        day = end if step is None else min(end, reached + step)
        return now | {"looks": [*now["looks"], day] if day > reached else now["looks"]}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or _START
        self._points.value, self._power.value = answer["points"], answer["power"]
        self._decision.value = answer["decision"]
        started = bool(answer["looks"])
        self._points.disabled = self._power.disabled = started
        self._decision.disabled = not started
        end = self._days(answer)
        runs_on = end <= len(self.trial) and (not started or answer["looks"][-1] < end)
        for words, button in self._run.items():
            button.disabled = not (started if words == "Start again" else runs_on)
        self._sum.value = f"<p>{escape(self._sentence(answer))}</p>"
        tests = {day: trial_until(self.trial, day) for day in answer["looks"]}
        self._looks.value, self._picture.value = self._looks_html(tests), _intervals_svg(tests)

    def _sentence(self, answer: Mapping[str, Any]) -> str:
        people, days = planned_days(self.baseline, answer["points"], answer["power"], self.per_day)
        plan = (
            f"From {self.baseline:.0%} to {self.baseline + answer['points'] / 100:.0%} with a power of "
            f"{answer['power']} %: {people:,} people in each group. With {self.per_day} a day in each, that takes "
            f"{days} days."
        )
        if days > len(self.trial):
            return f"{plan} That is too long: the test may run for {len(self.trial)} days."
        if not answer["looks"]:
            return plan
        day, looks = answer["looks"][-1], len(answer["looks"])
        times = f"{looks} look" + ("" if looks == 1 else "s")
        alarms = false_alarms(looks, day * self.per_day, self.baseline)
        return (
            f"{plan} Day {day} of {days}, {times} so far. In 1,000 tests in which B changes nothing, {times} found "
            f"p below 0.05 at least once in about {100 * alarms:.0f} of 100."
        )

    def _looks_html(self, tests: Mapping[int, ProportionsTest]) -> str:
        if not tests:
            return ""
        rows = ""
        for day, test in tests.items():
            total = self.trial.loc[self.trial["day"] <= day, ["hits_a", "n_a", "hits_b", "n_b"]].sum()
            gap = test.difference
            rows += (
                f'<tr><th scope="row">{day}</th><td>{total["hits_a"] / total["n_a"]:.1%} of {total["n_a"]:,}</td>'
                f"<td>{total['hits_b'] / total['n_b']:.1%} of {total['n_b']:,}</td><td>{100 * gap.value:+.1f} "
                f"({100 * gap.low:+.1f} to {100 * gap.high:+.1f})</td><td>{test.p_value:.3f}</td></tr>"
            )
        heads = "".join(
            f'<th scope="col">{head}</th>' for head in ("Day", "A", "B", "B minus A in points, 95 % interval", "p")
        )
        return (
            "<table><caption>What you saw at each look, all days so far together</caption>"
            f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _describe(self, answer: dict[str, Any]) -> str:
        looks = ", ".join(map(str, answer["looks"])) or "none"
        lines = [f"Your answer: {answer['points']} points, power {answer['power']} %.", self._sentence(answer)]
        return "\n".join([*lines, f"Looks on day: {looks}.", f"Decision: {answer['decision'] or 'not chosen'}"])


def _intervals_svg(tests: Mapping[int, ProportionsTest]) -> str:
    """The difference at each look with its interval, around a line at no difference; the table says it in numbers."""
    if not tests:
        return ""

    def across(share: float) -> float:
        return min(98.0, max(2.0, 50 + 48 * share / 0.3))

    rows = "".join(
        f'<line x1="{across(test.difference.low):.1f}%" x2="{across(test.difference.high):.1f}%" y1="{y}" y2="{y}" '
        f'stroke="#2f7ec7" stroke-width="5"/><circle cx="{across(test.difference.value):.1f}%" cy="{y}" r="5" '
        'fill="#fff" stroke="#000"/>'
        for y, test in ((12 + 14 * place, test) for place, test in enumerate(tests.values()))
    )
    height = 10 + 14 * len(tests)
    return (
        f'<svg aria-hidden="true" width="100%" height="{height + 18}" style="display:block"><line x1="50%" x2="50%" '
        f'y1="0" y2="{height}" stroke="currentColor" stroke-dasharray="4"/>{rows}<text x="50%" y="{height + 14}" '
        'font-size="12" text-anchor="middle" fill="currentColor">no difference</text></svg>'
    )
