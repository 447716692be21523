"""A staffing plan: agents for each part of a day, with the formula, a simulated day and the bill beside them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import labelled, live, read_whole
from cxux_helpers.exercises.html_parts import Html, bar_html, table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.service.day_simulation import simulate_day
from cxux_helpers.service.erlang import erlang_c
from cxux_helpers.service.staffing import staffing

__all__ = ["StaffingPlan", "judge_staffing_plan"]

FEWEST, MOST = 1, 30


def judge_staffing_plan(
    answer: object,
    day: Mapping[str, float],
    *,
    hours: float,
    aht: float,
    target: float = 20,
    service_level: float = 0.8,
) -> Feedback:
    """Judge a plan by Erlang C, interval by interval; each counts the same.

    The fewest agents that reach the service level in an interval are right, more of them earn half, fewer nothing.

    Parameters
    ----------
    answer
        As in `StaffingPlan`, or a `NoAnswer`.
    day
        Calls that are expected in each interval, by its name.
    hours
        Length of an interval.
    aht, target
        Average handling time, and the time within which a call should be answered, in seconds.
    service_level
        Share of calls to be answered within it, in every interval.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        plan = _valid(answer, day)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The plan cannot be read. Set it again.", found=shown(str(problem)))

    def fewest(calls: float) -> int:
        return staffing(calls, period=3600 * hours, aht=aht, target=target, service_level=service_level).agents

    flat = fewest(sum(day.values()) / len(day))
    if set(plan.values()) == {flat} and len(plan) == len(day) > 1:
        short = [name for name, calls in day.items() if flat < fewest(calls)]
        if short:
            right = sum(flat == fewest(calls) for calls in day.values())
            more = sum(flat > fewest(calls) for calls in day.values())
            return Feedback(
                Rung.NOT_YET,
                f"{flat} agents all day are right for the average of the day, and nobody rings at the average of the "
                f"day. Too few answer in {', '.join(short)}, and too many in most other hours. Staff each interval for "
                "its own calls.",
                (right + more / 2) / len(day),
            )
    return combine((name, _judge_interval(plan.get(name), fewest(calls))) for name, calls in day.items())


def _judge_interval(agents: int | None, wanted: int) -> Feedback:
    if agents is None:
        return Feedback(Rung.NOT_ANSWERED, "Choose how many answer.")
    if agents == wanted:
        return Feedback(Rung.RIGHT, "", 1.0)
    if agents > wanted:
        return Feedback(Rung.CLOSE, "Fewer would do.", 0.5)
    return Feedback(Rung.NOT_YET, "Too few by the formula.")


def _valid(answer: object, day: Mapping[str, float]) -> dict[str, int]:
    """Agents by interval as whole numbers; some intervals may be open."""
    if not isinstance(answer, Mapping) or not set(answer) <= set(day):
        raise ValueError(f"the answer should give agents for intervals of these: {', '.join(day)}.")
    return {name: read_whole(f"agents of {name}", answer[name], FEWEST, MOST) for name in day if name in answer}


class StaffingPlan(Exercise):
    """Slide the agents of each part of a day, and see the formula, simulated days and the cost at once.

    The answer is ``{interval: agents}``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    day
        Calls that are expected in each interval, by its name, such as ``{"8 to 10": 96}``.
    hours
        Length of an interval.
    aht, target, service_level
        As in `judge_staffing_plan`.
    start
        Agents of every interval to begin with.
    patience
        Mean seconds after which a waiting caller hangs up in the simulation; nobody does unless given.
    wage, currency
        What an hour of one agent costs.
    marked_later
        Whether the plan is judged only after it has been handed in; then it shows no service level either.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        day: Mapping[str, float],
        hours: float,
        aht: float,
        target: float = 20,
        service_level: float = 0.8,
        start: int = 5,
        patience: float | None = None,
        wage: float = 25,
        currency: str = "euros",
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.day, self.hours, self.aht, self.target, self.service_level = dict(day), hours, aht, target, service_level
        self.start, self.patience, self.wage, self.currency = start, patience, wage, currency
        self._marked_later = marked_later
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, int]:
        return _valid(answer, self.day)

    def _judge(self, answer: dict[str, int]) -> Feedback:
        if self._marked_later:
            return check_answered({"plan": answer}, "Set all intervals.", parts=len(self.day))
        return judge_staffing_plan(
            answer, self.day, hours=self.hours, aht=self.aht, target=self.target, service_level=self.service_level
        )

    def outcome(self, plan: Mapping[str, int]) -> pd.DataFrame:
        """What a whole plan does, by interval: the formula's service level, and what simulated days bring.

        Parameters
        ----------
        plan
            Agents of every interval.

        Returns
        -------
        DataFrame
            Indexed by interval: ``calls``, ``agents``, ``formula`` (service level by Erlang C), ``occupancy`` (by
            Erlang C), ``service_level``, ``average_speed_of_answer`` and ``hung_up`` (simulated).
        """
        seconds = 3600 * self.hours
        lines = [
            erlang_c(calls, period=seconds, aht=self.aht, agents=plan[name], target=self.target)
            for name, calls in self.day.items()
        ]
        simulated = simulate_day(
            list(self.day.values()), agents=[plan[name] for name in self.day], interval=seconds, aht=self.aht,
            target=self.target, patience=self.patience,
        ).reindex(range(len(self.day)))  # fmt: skip
        return pd.DataFrame(
            {
                "calls": list(self.day.values()),
                "agents": [plan[name] for name in self.day],
                "formula": [line.service_level for line in lines],
                "occupancy": [line.occupancy for line in lines],
                **{c: simulated[c].to_list() for c in ("service_level", "average_speed_of_answer", "hung_up")},
            },
            index=pd.Index(list(self.day), name="interval"),
        )

    def _controls(self) -> widgets.Widget:
        self._sliders = {
            name: widgets.IntSlider(
                min=FEWEST, max=MOST, value=self.start, description=f"{name} o'clock, {calls:g} calls: agents",
                **labelled("19em"),
            )
            for name, calls in self.day.items()
        }  # fmt: skip
        self._table, self._words = widgets.HTML(), live()
        self._collect_from(self._sliders.values(), self._chosen)
        return widgets.VBox([*self._sliders.values(), self._table, self._words])

    def _chosen(self) -> dict[str, int]:
        return {name: slider.value for name, slider in self._sliders.items()}

    def _show(self, answer: dict[str, int] | None) -> None:
        for name, slider in self._sliders.items():
            slider.value = (answer or {}).get(name, self.start)
        plan = self._chosen()
        outcome = None if self._marked_later else self.outcome(plan)
        self._table.value = "" if outcome is None else self._table_html(outcome)
        self._words.value = f"<p>{escape(self._sentence(plan, outcome))}</p>"

    def _table_html(self, outcome: pd.DataFrame) -> str:
        rows = [
            (
                str(name),
                f"{row['agents']:.0f}",
                self._level(row["formula"]),
                self._level(row["service_level"]),
                f"{row['average_speed_of_answer']:.0f} s",
                f"{row['hung_up']:.0%}",
                f"{row['occupancy']:.0%}",
            )
            for name, row in outcome.iterrows()
        ]
        return table_html(
            f"Answered within {self.target:g} seconds, of twenty simulated days; ✓ from {self.service_level:.0%}",
            ["Time", "Agents", "Erlang C", "Simulated", "Wait, simulated", "Hung up, simulated", "Occupancy, Erlang C"],
            rows,
            numbers=(1, 4, 5, 6),
        )

    def _level(self, share: float) -> Html:
        return Html(f"{bar_html(share)} {'✓' if share >= self.service_level else 'below'}")

    def _sentence(self, plan: Mapping[str, int], outcome: pd.DataFrame | None) -> str:
        agent_hours = self.hours * sum(plan.values())
        bill = f"{agent_hours:g} agent hours, {agent_hours * self.wage:,.0f} {self.currency} a day."
        if outcome is None:
            return bill
        below = [str(name) for name in outcome.index[outcome["formula"] < self.service_level]]
        goal = f"below {self.service_level:.0%} by the formula: {', '.join(below)}" if below else (
            f"at least {self.service_level:.0%} everywhere by the formula"
        )  # fmt: skip
        whole_day = (outcome["service_level"] * outcome["calls"]).sum() / outcome["calls"].sum()
        return f"{bill} The plan is {goal}. Of all calls of the simulated days {whole_day:.0%} were answered in time."

    def _describe(self, answer: dict[str, int]) -> str:
        plan = {name: answer.get(name, self.start) for name in self.day}
        lines = ["Your answer: " + ", ".join(f"{name}: {agents} agents" for name, agents in plan.items()) + "."]
        lines.append(self._sentence(plan, None if self._marked_later else self.outcome(plan)))
        return "\n".join(lines)
