"""Testing two prototypes with simulated people: plan the test, run it, and choose by interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, cast

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered, check_choice, missing_answer
from cxux_helpers.datasets.prototypes import make_prototype_test
from cxux_helpers.estimates import Estimate
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.controls import labelled, read_whole
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.usability.comparison import clear_winner
from cxux_helpers.usability.performance import completion_rate, time_on_task
from cxux_helpers.usability.questionnaires import seq

__all__ = ["CANNOT_TELL", "PLAN", "PrototypeTest", "judge_prototype_test", "run_prototype_test"]

CANNOT_TELL = "cannot tell yet"
FEW, MOST = 10, 120
PROTOTYPES = ("Shelf", "Path")
VERDICTS = (*PROTOTYPES, CANNOT_TELL)
_LABELS = {"task": "Task", "criterion": "Success is", "setting": "Setting"}

PLAN: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "task": {
        "goal": (
            "Your circle meets in three weeks. Make sure that you have the book by then.",
            "A goal in the reader's own terms, and no word from the page.",
        ),
        "leading": (
            "Touch the basket, choose “Reserve”, and then your branch.",
            "That spells out the way. On both prototypes nearly everybody manages, and the difference has gone.",
        ),
        "vague": (
            "Have a look round the page, and see what you think of it.",
            "Without a goal nobody can succeed or fail, and few come upon the reservation.",
        ),
    },
    "criterion": {
        "observed": (
            "the book is reserved at the right branch within five minutes, as the observer sees",
            "Fixed beforehand, and seen by somebody else than the person.",
        ),
        "said": (
            "the person says that it has worked",
            "Most of those who fail on Shelf believe that they have succeeded. Count what people do.",
        ),
        "later": (
            "decided by the team once the results are there",
            "A criterion chosen afterwards can make either of the two win.",
        ),
    },
    "setting": {
        "mixed": (
            "the first ten with a moderator, thinking aloud; all others alone and in silence, timed",
            "The first ten tell why people get stuck, the others tell how many and how fast.",
        ),
        "aloud": (
            "everybody with a moderator, thinking aloud",
            "Thinking aloud slows people down, and a moderator for a hundred people is dear.",
        ),
        "alone": (
            "everybody alone and in silence",
            "You would learn how many fail, and never why.",
        ),
    },
}
"""What can be planned: for each part its options, each with its words and what is to be said about it."""


def run_prototype_test(plan: Mapping[str, str], people: int, *, seed: int = 0) -> pd.DataFrame:
    """Sessions of the made-up test of `make_prototype_test` under a plan.

    Parameters
    ----------
    plan : Mapping of str to str
        For each part of `PLAN` one of its options.
    people : int
        Number of people, at least 10.
    seed : int
        The same seed gives the same people.

    Examples
    --------
    >>> sessions = run_prototype_test({"task": "goal", "criterion": "observed", "setting": "mixed"}, 20)
    >>> int(sessions["aloud"].sum())
    20
    """
    # A team that decides afterwards counts what people tell them.
    criterion: Literal["observed", "said"] = "observed" if plan["criterion"] == "observed" else "said"
    aloud = {"mixed": FEW, "aloud": people, "alone": 0}[plan["setting"]]
    task = cast(Literal["goal", "leading", "vague"], plan["task"])
    return make_prototype_test(people, task=task, criterion=criterion, aloud=aloud, seed=seed).data


def _each(sessions: pd.DataFrame, measure: Callable[[pd.DataFrame], Estimate]) -> dict[str, Estimate]:
    return {name: measure(sessions[sessions["prototype"] == name]) for name in PROTOTYPES}


def _verdict(sessions: pd.DataFrame) -> str:
    """What the completion rates tell by their intervals."""
    return clear_winner(_each(sessions, lambda part: completion_rate(part["completed"]))) or CANNOT_TELL


def judge_prototype_test(answer: object, *, seed: int = 0) -> Feedback:
    """Judge the plan, and both verdicts by the sessions that it gives; each of five parts counts the same.

    Parameters
    ----------
    answer
        As in `PrototypeTest`, or a `NoAnswer`.
    seed
        Which people come to the test.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        given = _valid(answer)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Choose again.", found=shown(str(problem)))
    keys = {"task": "goal", "criterion": "observed", "setting": "mixed"}
    parts = [
        (_LABELS[part], check_choice(given.get(part), keys[part], {name: why for name, (_, why) in options.items()}))
        for part, options in PLAN.items()
    ]
    sessions = run_prototype_test(given, given["people"], seed=seed) if set(PLAN) <= set(given) else None
    few = None if sessions is None else sessions[sessions["participant"] <= FEW]
    parts.append(("With ten people", _judge_verdict(given.get("few"), few)))
    many = _judge_verdict(given.get("many"), sessions)
    if many.right and given["many"] == CANNOT_TELL:
        words = "So it is, and it stays so" if set(given.items()) >= set(keys.items()) else "So it is, by this plan"
        many = Feedback(Rung.CLOSE, f"{words} until more people come. Ask more, until the intervals part.", 0.5)
    parts.append(("With all people", many))
    return combine(parts)


def _judge_verdict(verdict: str | None, sessions: pd.DataFrame | None) -> Feedback:
    if sessions is None or verdict is None:
        return Feedback(Rung.NOT_ANSWERED, "Complete the plan, run the test, and choose.")
    told = _verdict(sessions)
    if verdict == told:
        words = "The intervals overlap." if told == CANNOT_TELL else "The intervals do not touch."
        return Feedback(Rung.RIGHT, words, 1.0)
    if told == CANNOT_TELL:
        return Feedback(Rung.NOT_YET, "The intervals overlap, so chance alone may have made the difference.")
    if verdict == CANNOT_TELL:
        return Feedback(Rung.NOT_YET, "The intervals do not touch any more. You may choose.")
    return Feedback(Rung.NOT_YET, "Praise and the mean over all times point there. Look at who completed the task.")


def _valid(answer: object) -> dict[str, Any]:
    """Plan, number of people and verdicts as plain data; raise ValueError for anything else."""
    choices = {**{part: tuple(options) for part, options in PLAN.items()}, "few": VERDICTS, "many": VERDICTS}
    if not isinstance(answer, Mapping) or not {"people"} <= set(answer) <= {"people", *choices}:
        raise ValueError(f"the answer should be a dictionary with the keys people, {', '.join(choices)}.")
    people = read_whole("people", answer["people"], FEW, MOST)
    for part, options in choices.items():
        if part in answer and (not isinstance(answer[part], str) or answer[part] not in options):
            raise ValueError(f"{part} is {answer[part]!r}; it should be one of: {'; '.join(options)}.")
    return {**{part: answer[part] for part in choices if part in answer}, "people": people}


class PrototypeTest(Exercise):
    """Plan a usability test, run it with ten people and with more, and say after each what can be told.

    The answer is ``{"task": …, "criterion": …, "setting": …, "people": int, "few": verdict, "many": verdict}``: an
    option of each part of `PLAN`, the number of people, and what can be told with ten people and with all. A verdict is
    one of the prototypes, or `CANNOT_TELL`. Results show once the plan is complete; a change of plan takes back the
    verdicts.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    seed
        Which people come to the test.
    marked_later
        Whether the answer is judged only after it has been handed in.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        seed: int = 0,
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.seed = seed
        self._marked_later = marked_later
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return _valid(answer)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._marked_later:
            left = [part for part in (*PLAN, "few", "many") if part not in answer]
            return check_answered(None if left else answer, f"{len(left)} of 5 parts still to choose.")
        return judge_prototype_test(answer, seed=self.seed)

    def _controls(self) -> widgets.Widget:
        wide = labelled("8em")
        self._plan = {
            part: widgets.RadioButtons(
                options=[(words, name) for name, (words, _) in options.items()], value=None,
                description=_LABELS[part], **wide,
            )
            for part, options in PLAN.items()
        }  # fmt: skip
        self._people = widgets.IntSlider(
            min=FEW, max=MOST, step=10, value=FEW, description="People in all", continuous_update=False, **wide
        )
        self._results = {"few": widgets.HTML(), "many": widgets.HTML()}
        self._verdicts = {
            part: widgets.RadioButtons(options=VERDICTS, value=None, description=words, **wide)
            for part, words in (("few", "Verdict on ten people"), ("many", "Verdict on all people"))
        }
        self._collect_from((*self._plan.values(), *self._verdicts.values(), self._people), self._chosen)
        return widgets.VBox(
            [
                *self._plan.values(), self._results["few"], self._verdicts["few"],
                self._people, self._results["many"], self._verdicts["many"],
            ]
        )  # fmt: skip

    def _chosen(self) -> dict[str, Any]:
        chosen = {part: radio.value for part, radio in self._plan.items() if radio.value is not None}
        before = self.answer or {}
        if all(before.get(part) == chosen.get(part) for part in PLAN):  # verdicts belong to the plan they were given on
            chosen |= {part: radio.value for part, radio in self._verdicts.items() if radio.value is not None}
        return {**chosen, "people": self._people.value}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"people": FEW}
        for part, radio in (*self._plan.items(), *self._verdicts.items()):
            radio.value = answer.get(part)
            if part in self._verdicts:
                radio.disabled = not set(PLAN) <= set(answer)
        self._people.value = answer["people"]
        for part, html in self._sections(answer).items():
            self._results[part].value = html

    def _sections(self, answer: Mapping[str, Any]) -> dict[str, str]:
        if not set(PLAN) <= set(answer):
            return {"few": "<p>Complete the plan. Then ten people try both prototypes.</p>", "many": ""}
        sessions = run_prototype_test(answer, answer["people"], seed=self.seed)
        few = sessions[sessions["participant"] <= FEW]
        many = _table(sessions, f"All {answer['people']} people") if answer["people"] > FEW else (
            "<p>Move the slider to ask more people than ten.</p>"
        )  # fmt: skip
        return {"few": _table(few, "The first ten people") + _remarks(few), "many": many}

    def _describe(self, answer: dict[str, Any]) -> str:
        lines = [f"{_LABELS[part]}: {PLAN[part][answer[part]][0] if part in answer else 'not chosen'}" for part in PLAN]
        lines.append(f"With ten people: {answer.get('few', 'no verdict')}")
        lines.append(f"With {answer['people']} people: {answer.get('many', 'no verdict')}")
        return "\n".join(["Your answer:", *lines])


def _table(sessions: pd.DataFrame, caption: str) -> str:
    """One row for each prototype: what they did, with intervals, and what they said."""
    heads = (
        "", "Completed", "LaPlace", "95 % interval", "Seconds of successes", "Mean of all times", "SEQ", "Praised it",
    )  # fmt: skip
    rows = []
    for name in PROTOTYPES:
        part = sessions[sessions["prototype"] == name]
        rate = completion_rate(part["completed"], estimate="laplace")
        # Silent people are timed; where nobody works in silence, the others are, and it is said.
        timed = part[~part["aloud"]] if not part["aloud"].all() else part
        slow = " (aloud)" if part["aloud"].all() else ""
        seconds = "nobody"
        if timed["completed"].any():
            typical = time_on_task(timed["seconds"], timed["completed"])
            seconds = f"{typical.value:.0f}, {typical.low:.0f} to {typical.high:.0f}{slow}"
        ease = seq(part["seq"])
        rows.append((
            name, f"{int(part['completed'].sum())} of {len(part)}", f"{rate.value:.0%}",
            f"{rate.low:.0%} to {rate.high:.0%}", seconds, f"{part['seconds'].mean():.0f}",
            f"{ease.value:.1f}, {ease.low:.1f} to {ease.high:.1f}", f"{int(part['praised'].sum())} of {len(part)}",
        ))  # fmt: skip
    return table_html(caption, heads, rows)


def _remarks(sessions: pd.DataFrame) -> str:
    """What the first people did, beside what they said."""
    aloud = sessions[sessions["aloud"]]
    if aloud.empty:
        return "<p>Nobody thought aloud, so nobody knows why.</p>"
    first = aloud[["participant", "prototype", "does", "says"]].head(8)
    return table_html(
        "What four of them did, and what they said",
        ["", "Prototype", "Did", "Said"],
        [
            (f"Person {person}", prototype, does, f"“{says}”")
            for person, prototype, does, says in first.itertuples(index=False)
        ],
    )
