"""A queue to play with: calls, handling time, agents, shrinkage and patience, by formula and simulated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.estimates import Estimate
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import Slider, live
from cxux_helpers.exercises.further_questions import FurtherQuestions, Questions
from cxux_helpers.exercises.html_parts import Html, bar_html, table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.service.erlang import QueuePerformance, erlang_c
from cxux_helpers.service.queue_simulation import SimulatedQueue, simulate_queue
from cxux_helpers.service.staffing import staff_for, staffing

__all__ = ["QueueGoal", "QueueLab", "judge_queue_lab"]

PERIOD = 1800  # seconds: calls are counted by half hour, as call centres do
_WARM_UP = 200  # calls; near its limit a line needs more to settle, and the words say so


SLIDERS = {
    "calls": Slider("Calls per half hour", 10, 200, 5, 60),
    "aht": Slider("Handling time in seconds", 60, 600, 10, 180),
    "agents": Slider("Agents who answer", 1, 40, 1, 8),
    "shrinkage": Slider("Shrinkage in percent", 0, 50, 5, 0),
    "patience": Slider("Patience in seconds (0: nobody hangs up)", 0, 600, 10, 0),
}


@dataclass(frozen=True)
class QueueGoal:
    """The forecast that is to be staffed, and the service level to be reached with as few agents as can be.

    Parameters
    ----------
    calls, aht
        Calls per half hour, and their average handling time in seconds.
    shrinkage
        Share of paid time in which people do not answer, in percent.
    target, service_level
        Seconds within which a call should be answered, and for which share of calls.
    """

    calls: int
    aht: int
    shrinkage: int
    target: int = 20
    service_level: float = 0.8

    @property
    def agents(self) -> int:
        """The fewest agents that reach it by Erlang C."""
        return staffing(
            self.calls, period=PERIOD, aht=self.aht, target=self.target, service_level=self.service_level
        ).agents


def judge_queue_lab(
    answer: object,
    goal: QueueGoal,
    *,
    questions: Questions | None = None,
    key: Mapping[str, str] | None = None,
) -> Feedback:
    """Judge settings of the queue by Erlang C, and what is said about it; each part counts the same.

    Parameters
    ----------
    answer
        As in `QueueLab`, or a `NoAnswer`.
    goal
        The forecast, and what to reach.
    questions, key
        Further questions, each with its options and what is to be said about them, and the right options.
    """
    if missing := missing_answer(answer):
        return missing
    further = FurtherQuestions(questions, key)
    try:
        given = _valid(answer, further)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The settings cannot be read. Set them again.", found=shown(str(problem)))
    parts = [("Forecast", _judge_forecast(given, goal)), ("Agents", _judge_agents(given["agents"], goal))]
    return combine([*parts, *further.judge(given["then"])])


def _judge_forecast(given: Mapping[str, Any], goal: QueueGoal) -> Feedback:
    wrong = [name for name in ("calls", "aht", "shrinkage") if given[name] != getattr(goal, name)]
    if not wrong:
        return Feedback(Rung.RIGHT, "Calls, handling time and shrinkage are set as forecast.", 1.0)
    return Feedback(Rung.NOT_YET, f"Set as forecast: {', '.join(SLIDERS[name].label.lower() for name in wrong)}.")


def _judge_agents(agents: int, goal: QueueGoal) -> Feedback:
    wanted, level = goal.agents, f"{goal.service_level:.0%}"
    if agents == wanted:
        return Feedback(Rung.RIGHT, f"They reach {level} by the formula, and one fewer would not.", 1.0)
    if agents > wanted:
        return Feedback(
            Rung.CLOSE, f"They reach {level}, but fewer would, and each costs a wage. Go down until it breaks.", 0.5
        )
    return Feedback(
        Rung.NOT_YET,
        f"By the formula these stay below {level} of the forecast calls. Look at its column, and add agents.",
    )


def _valid(answer: object, questions: FurtherQuestions) -> dict[str, Any]:
    """Settings and further choices as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not set(SLIDERS) <= set(answer) <= {*SLIDERS, "then"}:
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(SLIDERS)} and then.")
    plain = {name: slider.read(name, answer[name]) for name, slider in SLIDERS.items()}
    return {**plain, "then": questions.read(answer.get("then", {}))}


class QueueLab(Exercise):
    """Slide calls, handling time, agents, shrinkage and patience; see Erlang C and a simulation side by side.

    The answer is ``{"calls": int, "aht": int, "agents": int, "shrinkage": int, "patience": int, "then": {label:
    option}}``: calls per half hour, seconds, percent.

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
    target
        Seconds within which a call should be answered.
    wage
        What an hour of one person costs.
    currency
        Unit of the wage.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        goal: QueueGoal | None = None,
        questions: Questions | None = None,
        key: Mapping[str, str] | None = None,
        target: int = 20,
        wage: float = 25,
        currency: str = "euros",
        folder: Path | str | None = None,
    ) -> None:
        self.target, self.wage, self.currency = goal.target if goal else target, wage, currency
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
            return check_answered(None if left else answer["agents"], f"Still open: {'; '.join(left)}.")
        return judge_queue_lab(answer, self._goal, questions=self._asked, key=self._key)

    def _controls(self) -> widgets.Widget:
        self._sliders = {name: slider.control("19em") for name, slider in SLIDERS.items()}
        self._table, self._words = widgets.HTML(), live()
        radios = self._further.controls()
        self._collect_from((*self._sliders.values(), *radios), self._chosen)
        return widgets.VBox([*self._sliders.values(), self._table, self._words, *radios])

    def _chosen(self) -> dict[str, Any]:
        return {name: slider.value for name, slider in self._sliders.items()} | {"then": self._further.chosen()}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {name: slider.start for name, slider in SLIDERS.items()} | {"then": {}}
        for name, slider in self._sliders.items():
            slider.value = answer[name]
        self._further.show(answer["then"])
        formula, simulated = self._both(answer)
        self._table.value = self._table_html(formula, simulated)
        self._words.value = f"<p>{escape(self._sentence(answer, formula, simulated))}</p>"

    def _both(self, answer: Mapping[str, Any]) -> tuple[QueuePerformance, SimulatedQueue | None]:
        """The line by formula, and simulated unless it would grow without end."""
        settings = {"period": PERIOD, "aht": answer["aht"], "agents": answer["agents"], "target": self.target}
        formula = erlang_c(answer["calls"], **settings)
        patience = answer["patience"] or None
        if patience is None and not formula.stable:
            return formula, None
        simulated = simulate_queue(
            answer["calls"], **settings, patience=patience, runs=180, calls_per_run=120, warm_up=_WARM_UP
        )
        return formula, simulated

    def _table_html(self, formula: QueuePerformance, simulated: SimulatedQueue | None) -> str:
        endless = "without end"
        by_formula = (
            bar_html(formula.service_level),
            f"{formula.average_speed_of_answer:.0f} s" if formula.stable else endless,
            bar_html(formula.occupancy),
            "nobody, by assumption",
        )
        if simulated is None:
            by_simulation = ("the line grows", endless, bar_html(1.0), "nobody")
        else:
            by_simulation = (
                Html(bar_html(simulated.service_level.value) + _range(simulated.service_level)),
                f"{simulated.average_speed_of_answer.value:.0f} s",
                bar_html(simulated.occupancy.value),
                bar_html(simulated.abandonment.value),
            )
        names = (f"Service level: answered within {self.target} s", "Average speed of answer", "Occupancy", "Hung up")
        return table_html(
            f"{formula.load:.1f} erlangs for {formula.agents} agents",
            ["What", "Erlang C", "Simulated"],
            zip(names, by_formula, by_simulation, strict=True),
        )

    def _sentence(self, answer: Mapping[str, Any], formula: QueuePerformance, simulated: SimulatedQueue | None) -> str:
        staff = staff_for(answer["agents"], answer["shrinkage"] / 100)
        cost = (
            f"{answer['agents']} agents need {staff} people on the schedule, at {staff * self.wage:,.0f} "
            f"{self.currency} an hour. "
        )
        if simulated is None:
            return cost + "They cannot keep up with the calls: the line grows without end."
        level = f"{formula.service_level:.1%} by the formula and {simulated.service_level.value:.1%} simulated"
        words = f"{cost}Answered within {self.target} seconds: {level}."
        if answer["patience"]:
            return f"{words} Of the callers {simulated.abandonment.value:.0%} hang up, and so leave the line."
        if formula.occupancy > 0.93:
            return f"{words} So near to its limit, a line takes days to settle, and the simulation is shorter."
        return words

    def _describe(self, answer: dict[str, Any]) -> str:
        lines = ["Your answer: " + ", ".join(f"{s.label.lower()} {answer[name]}" for name, s in SLIDERS.items()) + "."]
        lines.append(self._sentence(answer, *self._both(answer)))
        return "\n".join([*lines, *self._further.in_words(answer["then"])])


def _range(estimate: Estimate) -> str:
    return f" ({estimate.low:.0%} to {estimate.high:.0%})"
