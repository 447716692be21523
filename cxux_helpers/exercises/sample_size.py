"""How many people are enough: to see problems, and to measure a completion rate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, check_choice, missing_answer
from cxux_helpers.exercises.base import Exercise, escape, whole
from cxux_helpers.exercises.interval_explorer import expected_interval
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.surveys.satisfaction import sample_size
from cxux_helpers.usability.performance import problem_discovery, users_needed

__all__ = ["SampleSize", "SampleSizeGoal", "judge_sample_size"]

MOST = 200
Questions = Mapping[str, Mapping[str, str] | Sequence[str]]


@dataclass(frozen=True)
class SampleSizeGoal:
    """What two tests must reach, each with as few people as can be.

    Parameters
    ----------
    share
        Share of people whom the problem hits that must not be missed.
    chance
        Chance with which a test is to show it.
    half_width
        Furthest that the interval of a completion rate may reach to each side.
    completion
        The completion rate that is expected.
    """

    share: float
    chance: float
    half_width: float
    completion: float

    @property
    def to_see(self) -> int:
        """Fewest people who show the problem with that chance."""
        return int(users_needed(self.share, self.chance))

    @property
    def to_measure(self) -> int:
        """Fewest people whose interval is that short."""
        return sample_size(self.half_width, share=self.completion)


def judge_sample_size(
    answer: object,
    goal: SampleSizeGoal,
    *,
    questions: Mapping[str, Mapping[str, str]] | None = None,
    key: Mapping[str, str] | None = None,
) -> Feedback:
    """Judge both numbers of people and what is said about them; each part counts the same.

    Parameters
    ----------
    answer
        As in `SampleSize`, or a `NoAnswer`.
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
    seen = problem_discovery(goal.share, given["see"])
    reach = expected_interval(goal.completion, given["measure"]).points
    parts = [
        ("To see the problem", _judge_people(
            given["see"], goal.to_see, f"They show it with a chance of {seen:.1%}, and {goal.chance:.0%} is wanted."
        )),
        ("To measure", _judge_people(
            given["measure"], goal.to_measure, f"Their interval may reach {reach} points to one side."
        )),
    ]  # fmt: skip
    parts += [(label, check_choice(given["then"].get(label), key[label], why)) for label, why in questions.items()]
    return combine(parts)


def _judge_people(people: int, fewest: int, too_few: str) -> Feedback:
    if people == fewest:
        return Feedback(Rung.RIGHT, "One person fewer would not do.", 1.0)
    if people > fewest:
        return Feedback(Rung.CLOSE, "That is enough, and fewer would do. Go down.", 0.5)
    return Feedback(Rung.NOT_YET, f"{too_few} Ask more people.")


def _valid(answer: object, questions: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Both numbers of people, the share in percent and further choices; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not {"see", "measure"} <= set(answer) <= {"see", "measure", "share", "then"}:
        raise ValueError("the answer should be a dictionary with the keys see, measure, share and then.")
    numbers = {}
    for name, low, high in (("see", 1, MOST), ("measure", 1, MOST), ("share", 1, 60)):
        value = whole(answer.get(name, 31))
        if value is None or not low <= value <= high:
            raise ValueError(f"{name} is {answer[name]!r}; it should be a whole number from {low} to {high}.")
        numbers[name] = value
    then = answer.get("then", {})
    if not isinstance(then, Mapping) or not set(then) <= set(questions):
        raise ValueError(f"then should give an option for each of: {'; '.join(questions)}.")
    for label, option in then.items():
        if option not in questions[label]:
            raise ValueError(f"{option!r} is no option of {label!r}; choose one of: {'; '.join(questions[label])}.")
    return {**numbers, "then": {label: str(then[label]) for label in questions if label in then}}


class SampleSize(Exercise):
    """Find how many people a test needs: to see a problem at least once, and to measure how many complete a task.

    The answer is ``{"see": int, "measure": int, "share": int, "then": {label: option}}``, the share in percent; it is
    what the sliders show.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    goal
        What to reach, or None for a question that is marked later.
    problems
        The problems of a made-up page: what each is, and the share of people whom it hits.
    completion
        The completion rate that is expected.
    questions, key
        As in `judge_sample_size`; for a question that is marked later only the texts of the options, and no key.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        problems: Mapping[str, float],
        completion: float,
        goal: SampleSizeGoal | None = None,
        questions: Questions | None = None,
        key: Mapping[str, str] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.problems, self.completion = dict(problems), completion
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
            return check_answered(None if left else answer["see"], f"Still open: {'; '.join(left)}.")
        return judge_sample_size(answer, self._goal, questions=self._why, key=self._key)

    def _controls(self) -> widgets.Widget:
        wide: dict[str, Any] = {"style": {"description_width": "13em"}, "layout": {"width": "auto"}}
        self._share = widgets.IntSlider(min=1, max=60, description="Hits this percent", **wide)
        self._see = widgets.IntSlider(min=1, max=MOST, description="People, to see problems", **wide)
        self._measure = widgets.IntSlider(min=1, max=MOST, description="People, to measure", **wide)
        self._seen, self._measured = widgets.HTML(), widgets.HTML()
        self._radios = {
            label: widgets.RadioButtons(options=options, value=None, description=label, **wide)
            for label, options in self.questions.items()
        }
        for control in (self._share, self._see, self._measure, *self._radios.values()):
            control.observe(lambda _: self._collect(self._chosen), "value")
        return widgets.VBox([self._share, self._see, self._seen, self._measure, self._measured, *self._radios.values()])

    def _chosen(self) -> dict[str, Any]:
        then = {label: radio.value for label, radio in self._radios.items() if radio.value is not None}
        return {"see": self._see.value, "measure": self._measure.value, "share": self._share.value, "then": then}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"see": 5, "measure": 5, "share": 31, "then": {}}
        self._see.value, self._measure.value, self._share.value = answer["see"], answer["measure"], answer["share"]
        for label, radio in self._radios.items():
            radio.value = answer["then"].get(label)
        self._seen.value = self._discovery_html(answer["see"], answer["share"] / 100)
        self._measured.value = f"<p>{escape(self._interval_sentence(answer['measure']))}</p>"

    def _discovery_html(self, people: int, share: float) -> str:
        chance = problem_discovery(share, people)
        rows = "".join(
            f'<tr><th scope="row">{escape(name)}</th><td>{hit:.0%}</td>'
            f"<td>{problem_discovery(hit, people):.0%}</td></tr>"
            for name, hit in self.problems.items()
        )
        expected = sum(problem_discovery(hit, people) for hit in self.problems.values())
        return (
            f"<p>A problem that hits {share:.0%} of people shows among {people} with a chance of "
            f"<strong>{chance:.1%}</strong>.</p><table><caption>The page's problems: {expected:.1f} of "
            f'{len(self.problems)} may be expected to show</caption><thead><tr><th scope="col">Problem</th>'
            f'<th scope="col">Hits</th><th scope="col">Shows among {people}</th></tr></thead>'
            f"<tbody>{rows}</tbody></table>"
        )

    def _interval_sentence(self, people: int) -> str:
        low, high, _ = interval = expected_interval(self.completion, people)
        return (
            f"If {self.completion:.0%} complete the task, {people} people give an interval of about {low:.0%} to "
            f"{high:.0%}: it reaches up to {interval.points} points to one side."
        )

    def _describe(self, answer: dict[str, Any]) -> str:
        chance = problem_discovery(answer["share"] / 100, answer["see"])
        lines = [
            "Your answer:",
            f"{answer['see']} people show a problem that hits {answer['share']} % with a chance of {chance:.1%}.",
            self._interval_sentence(answer["measure"]),
        ]
        return "\n".join([*lines, *(f"{label}: {answer['then'].get(label, 'not chosen')}" for label in self.questions)])
