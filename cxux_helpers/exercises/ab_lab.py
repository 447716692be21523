"""A/B lab: plan a test, run it day by day, look when you like, and decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.ab_trials import false_alarms, people_per_day, planned_days, trial_until
from cxux_helpers.checks import check_answered, check_choice, missing_answer
from cxux_helpers.exercises.base import Exercise, escape, whole
from cxux_helpers.exercises.controls import labelled, live, read_whole
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.experiments import ProportionsTest
from cxux_helpers.feedback import Feedback, Rung, combine, shown

__all__ = ["DECISIONS", "ABLab", "ABPlan", "judge_ab_lab"]

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
    per_day = people_per_day(trial)
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


def _valid(answer: object, baseline: float, per_day: int) -> dict[str, Any]:
    """Plan, looks and decision as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not set(answer) <= set(_START):
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(_START)}.")
    full = {**_START, **answer}
    points = read_whole("points", full["points"], LEAST, MOST)
    power, looks, decision = whole(full["power"]), full["looks"], full["decision"]
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
        As `cxux_helpers.make_ab_trial` gives it.
    baseline
        Share with A as it is known before the test.
    plan, key, why
        As in `judge_ab_lab`; None and empty for a question that is marked later.

    Raises
    ------
    ValueError
        If the trial lacks a column. A plan that takes longer than the trial is refused once it is run.
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
        self.trial, self.baseline, self.per_day = trial, baseline, people_per_day(trial)
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
        self._points = widgets.IntSlider(
            min=LEAST, max=MOST, value=_START["points"], description="Smallest effect, points", **labelled()
        )
        self._power = widgets.Dropdown(
            options=[(f"{power} %", power) for power in POWERS], description="Power", **labelled()
        )
        self._sum, self._looks, self._picture = live(), widgets.HTML(), widgets.HTML()
        self._run = {
            words: widgets.Button(description=words, layout={"width": "auto"})
            for words in ("Run one day", "Run a week", "Run to the planned end", "Start again")
        }
        for (_, button), step in zip(self._run.items(), (1, 7, None, 0), strict=True):
            button.on_click(lambda _, step=step: self._collect(lambda: self._after(step)))
        self._decision = widgets.RadioButtons(
            options=list(DECISIONS), value=None, description="Decision", **labelled("initial")
        )
        self._collect_from((self._points, self._power, self._decision), self._chosen)
        buttons = widgets.HBox(list(self._run.values()), layout={"flex_flow": "row wrap"})
        return widgets.VBox([self._points, self._power, self._sum, buttons, self._picture, self._looks, self._decision])

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
        rows = []
        for day, test in tests.items():
            total = self.trial.loc[self.trial["day"] <= day, ["hits_a", "n_a", "hits_b", "n_b"]].sum()
            gap = test.difference
            rows.append((
                str(day),
                f"{total['hits_a'] / total['n_a']:.1%} of {total['n_a']:,}",
                f"{total['hits_b'] / total['n_b']:.1%} of {total['n_b']:,}",
                f"{100 * gap.value:+.1f} ({100 * gap.low:+.1f} to {100 * gap.high:+.1f})",
                f"{test.p_value:.3f}",
            ))  # fmt: skip
        heads = ("Day", "A", "B", "B minus A in points, 95 % interval", "p")
        return table_html("What you saw at each look, all days so far together", heads, rows)

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
