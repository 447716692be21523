"""Cause or coincidence: look at a rise before and after, and by lot, and say what did how much of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, check_match, check_number, missing_answer
from cxux_helpers.estimates import Estimate
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import chosen, labelled, live, menu, read_whole, show_chosen
from cxux_helpers.exercises.furniture_views import MEASURE_WORDS
from cxux_helpers.exercises.html_parts import minus
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.furniture_firm import TOGETHER, FirmTrials

__all__ = ["VERDICTS", "CauseDebrief", "judge_causes", "trial_verdict"]

RAISED, LOWERED, OPEN = VERDICTS = ("it raised sales", "it lowered sales", "the trial cannot tell")
HIGHEST = 150
TOLERANCE = 3  # percent: as far as a slider and a rounded figure may lie apart
_WAYS = {
    "Before and after, in the shops that got it": "own",
    "Before and after, in the shops that did not": "others",
    "By lot: the first change against the second": "lot",
}
_LABELS = {
    "anyway": "Without any measure, sales would have risen by, percent",
    "measures": "On top of that, the measures raised sales by, percent",
}


def trial_verdict(effect: Estimate) -> str:
    """What an interval says of a measure: one of `VERDICTS`.

    Parameters
    ----------
    effect : Estimate
        Change of sales by the measure.

    Examples
    --------
    >>> trial_verdict(Estimate(0.1, -0.02, 0.22, n=12))
    'the trial cannot tell'
    """
    return RAISED if effect.low > 0 else LOWERED if effect.high < 0 else OPEN


def judge_causes(answer: object, trials: FirmTrials) -> Feedback:
    """Judge how a rise was divided between the measures and what would have come anyway, and each measure by its trial.

    The key is what the trial says, not the truth behind it: where its interval holds 0, it cannot tell. Both numbers
    count a quarter each, the verdicts together one half.

    Parameters
    ----------
    answer
        As in `CauseDebrief`, or a `NoAnswer`.
    trials
        The chain and its trials.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        given = _valid(answer, list(trials.measures))
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Choose again.", found=shown(str(problem)))
    naive, anyway, fair = (
        100 * estimate.value
        for estimate in (
            trials.before_after(TOGETHER),
            trials.before_after(TOGETHER, treated=False),
            trials.against_others(TOGETHER),
        )
    )
    share = 100 * trials.share_of_change(TOGETHER)
    minus = "Percentages of different sums cannot be subtracted. Look at the menu’s third way: it divides them."
    numbers = [
        (
            "Anyway",
            check_number(
                given["anyway"], anyway, tolerance=TOLERANCE, close=2 * TOLERANCE,
                mistakes={naive: "That is the whole rise of shops with measures. What happened in the others?"},
                hint="Look at the shops that got nothing. What happened to them would have happened to all.",
                reason="So much season, neighbourhood and the end of bad luck brought to everybody.",
            ),
        ),
        (
            "Measures",
            check_number(
                given["measures"], fair, tolerance=TOLERANCE, close=2 * TOLERANCE,
                mistakes={
                    naive: "That is before and after: it credits the measures with all that happened meanwhile.",
                    naive - anyway: minus,
                },
                hint="Set the change of shops with measures against the change of shops without.",
                reason=f"On the scale of factors this is {share:.0f} % of the rise; the rest came by itself.",
            ),
        ),
    ]  # fmt: skip
    names = {measure: MEASURE_WORDS[measure] for measure in trials.measures}
    key = {words: trial_verdict(trials.against_others(measure)) for measure, words in names.items()}
    look = "Does its interval by lot lie above 0, below 0, or on both sides? Before and after, all of them show a rise."
    why = dict.fromkeys(key, look)
    verdicts = check_match(
        {names[measure]: verdict for measure, verdict in given["verdicts"].items()}, key, why, options=VERDICTS,
        mistakes={(words, RAISED): "Before and after says so, and so it does of everything. The lot does not."
                  for words, verdict in key.items() if verdict == OPEN},
    )  # fmt: skip
    return combine([("Numbers", combine(numbers)), ("Verdicts", verdicts)])


def _valid(answer: object, measures: list[str]) -> dict[str, Any]:
    """Percentages and verdicts as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not set(answer) <= {*_LABELS, "verdicts"}:
        raise ValueError("the answer should be a dictionary with the keys anyway, measures and verdicts.")
    numbers = {name: read_whole(name, answer.get(name, 0), 0, HIGHEST, unit="percent") for name in _LABELS}
    verdicts = answer.get("verdicts", {})
    if not isinstance(verdicts, Mapping) or not set(verdicts) <= set(measures):
        raise ValueError(f"verdicts should give a verdict for each of: {', '.join(measures)}.")
    for measure, verdict in verdicts.items():
        if verdict not in VERDICTS:
            raise ValueError(f"{measure} is {verdict!r}; choose one of: {'; '.join(VERDICTS)}.")
    return {**numbers, "verdicts": {name: str(verdicts[name]) for name in measures if name in verdicts}}


class CauseDebrief(Exercise):
    """Look at each trial of a chain of shops in three ways, and say what the measures did and what came anyway.

    Two menus choose what is shown and are no part of the answer, which is
    ``{"anyway": int, "measures": int, "verdicts": {measure: verdict}}``: percent, and for each measure one of
    `VERDICTS`.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    trials
        The chain and its trials.
    marked_later
        Whether the answer is judged only after it has been handed in.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        trials: FirmTrials,
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.trials, self._marked_later = trials, marked_later
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return _valid(answer, list(self.trials.measures))

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._marked_later:
            left = len(self.trials.measures) - len(answer["verdicts"])
            return check_answered(None if left else answer["verdicts"], f"{left} verdicts are still to be given.")
        return judge_causes(answer, self.trials)

    def _controls(self) -> widgets.Widget:
        wide = labelled("12em")
        names = [(MEASURE_WORDS.get(name, name), name) for name in self.trials.names]
        self._name = widgets.Dropdown(options=names, description="What was tried", **wide)
        self._way = widgets.Dropdown(options=list(_WAYS), description="How to look", **wide)
        self._seen = live()
        for view in (self._name, self._way):
            view.observe(lambda _: self._look(), "value")
        self._sliders = {
            name: widgets.IntSlider(min=0, max=HIGHEST, description=label, **labelled("60%"))
            for name, label in _LABELS.items()
        }
        self._menus = {
            measure: menu(MEASURE_WORDS[measure], VERDICTS, width="12em") for measure in self.trials.measures
        }
        self._collect_from((*self._sliders.values(), *self._menus.values()), self._chosen)
        self._look()
        found = widgets.HTML("<p><strong>What you found</strong></p>")
        parts = [self._name, self._way, self._seen, found, *self._sliders.values(), *self._menus.values()]
        return widgets.VBox(parts)

    def _estimate(self) -> Estimate:
        way, name = _WAYS[self._way.value], self._name.value
        if way == "lot":
            return self.trials.against_others(name)
        return self.trials.before_after(name, treated=way == "own")

    def _look(self) -> None:
        estimate = self._estimate()
        left, right = min(-0.2, estimate.low), max(1.5, estimate.high)

        def place(value: float) -> str:
            return f"{100 * (value - left) / (right - left):.1f}%"

        width = f"{100 * (estimate.high - estimate.low) / (right - left):.1f}%"
        words = minus(
            f"{self._way.value}: sales changed by {estimate.value:+.1%}, 95% interval {estimate.low:+.1%} to "
            f"{estimate.high:+.1%}. The line marks 0."
        )
        self._seen.value = (
            '<svg aria-hidden="true" width="100%" height="26" style="display:block;margin:6px 0">'
            '<line x1="0" x2="100%" y1="13" y2="13" stroke="currentColor" stroke-opacity=".6"/>'
            f'<line x1="{place(0)}" x2="{place(0)}" y1="1" y2="25" stroke="currentColor" stroke-width="2"/>'
            f'<rect x="{place(estimate.low)}" width="{width}" y="7" height="12" fill="#2f7ec7" stroke="currentColor"/>'
            f'<circle cx="{place(estimate.value)}" cy="13" r="5" fill="#fff" stroke="#000"/></svg>'
            f"<p>{escape(words)}</p>"
        )

    def _chosen(self) -> dict[str, Any]:
        return {**{name: slider.value for name, slider in self._sliders.items()}, "verdicts": chosen(self._menus)}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"anyway": 0, "measures": 0, "verdicts": {}}
        for name, slider in self._sliders.items():
            slider.value = answer[name]
        show_chosen(self._menus, answer["verdicts"])

    def _describe(self, answer: dict[str, Any]) -> str:
        lines = [f"{label}: {answer[name]}" for name, label in _LABELS.items()]
        lines += [f"{MEASURE_WORDS[name]}: {verdict}" for name, verdict in answer["verdicts"].items()]
        return "\n".join(["Your answer:", *lines])
