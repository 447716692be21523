"""How many people are enough: to see problems, and to measure a completion rate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import labelled, read_whole
from cxux_helpers.exercises.further_questions import FurtherQuestions, Questions
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.surveys.satisfaction import expected_interval, sample_size
from cxux_helpers.usability.performance import problem_discovery, users_needed

__all__ = ["SampleSize", "SampleSizeGoal", "judge_sample_size"]

MOST = 200


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
    questions: Questions | None = None,
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
    further = FurtherQuestions(questions, key)
    try:
        given = _valid(answer, further)
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
    return combine([*parts, *further.judge(given["then"])])


def _judge_people(people: int, fewest: int, too_few: str) -> Feedback:
    if people == fewest:
        return Feedback(Rung.RIGHT, "One person fewer would not do.", 1.0)
    if people > fewest:
        return Feedback(Rung.CLOSE, "That is enough, and fewer would do. Go down.", 0.5)
    return Feedback(Rung.NOT_YET, f"{too_few} Ask more people.")


def _valid(answer: object, questions: FurtherQuestions) -> dict[str, Any]:
    """Both numbers of people, the share in percent and further choices; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not {"see", "measure"} <= set(answer) <= {"see", "measure", "share", "then"}:
        raise ValueError("the answer should be a dictionary with the keys see, measure, share and then.")
    return {
        "see": read_whole("see", answer["see"], 1, MOST),
        "measure": read_whole("measure", answer["measure"], 1, MOST),
        "share": read_whole("share", answer.get("share", 31), 1, 60),
        "then": questions.read(answer.get("then", {})),
    }


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
            return check_answered(None if left else answer["see"], f"Still open: {'; '.join(left)}.")
        return judge_sample_size(answer, self._goal, questions=self._asked, key=self._key)

    def _controls(self) -> widgets.Widget:
        self._share = widgets.IntSlider(min=1, max=60, description="Hits this percent", **labelled())
        self._see = widgets.IntSlider(min=1, max=MOST, description="People, to see problems", **labelled())
        self._measure = widgets.IntSlider(min=1, max=MOST, description="People, to measure", **labelled())
        self._seen, self._measured = widgets.HTML(), widgets.HTML()
        radios = self._further.controls()
        self._collect_from((self._share, self._see, self._measure, *radios), self._chosen)
        return widgets.VBox([self._share, self._see, self._seen, self._measure, self._measured, *radios])

    def _chosen(self) -> dict[str, Any]:
        return {
            "see": self._see.value,
            "measure": self._measure.value,
            "share": self._share.value,
            "then": self._further.chosen(),
        }

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"see": 5, "measure": 5, "share": 31, "then": {}}
        self._see.value, self._measure.value, self._share.value = answer["see"], answer["measure"], answer["share"]
        self._further.show(answer["then"])
        self._seen.value = self._discovery_html(answer["see"], answer["share"] / 100)
        self._measured.value = f"<p>{escape(self._interval_sentence(answer['measure']))}</p>"

    def _discovery_html(self, people: int, share: float) -> str:
        chance = problem_discovery(share, people)
        expected = sum(problem_discovery(hit, people) for hit in self.problems.values())
        table = table_html(
            f"The page's problems: {expected:.1f} of {len(self.problems)} may be expected to show",
            ["Problem", "Hits", f"Shows among {people}"],
            [(name, f"{hit:.0%}", f"{problem_discovery(hit, people):.0%}") for name, hit in self.problems.items()],
        )
        return (
            f"<p>A problem that hits {share:.0%} of people shows among {people} with a chance of "
            f"<strong>{chance:.1%}</strong>.</p>{table}"
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
        return "\n".join([*lines, *self._further.in_words(answer["then"])])
