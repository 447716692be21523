"""Judging a user story: its form by the lint, and what a task asks for beyond that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cxux_helpers.arguments import require_whole
from cxux_helpers.checks import missing_answer
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.findings import Finding
from cxux_helpers.records import read_record, record_to_plain
from cxux_helpers.user_stories import UserStory, user_story_findings

__all__ = ["STORY_PARTS", "StoryGoal", "judge_user_story", "read_story"]

STORY_PARTS = {"role": "Role", "goal": "Goal", "reason": "Reason", "criteria": "Acceptance criteria", "days": "Size"}
_LONGEST = 300  # characters of one field


@dataclass(frozen=True)
class StoryGoal:
    """What a task asks of a story, over what the lint asks of every story.

    Parameters
    ----------
    criteria : int
        Fewest acceptance criteria.
    numbers : int
        Fewest criteria whose outcome has a number.
    about : mapping of str to (str, str)
        For a part of `STORY_PARTS`, a regular expression that its text must match, and what to say if it does not.

    Raises
    ------
    ValueError
        If a number is not whole, or a part is unknown.
    """

    criteria: int = 1
    numbers: int = 0
    about: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        require_whole("criteria", self.criteria, low=1)
        require_whole("numbers", self.numbers, low=0)
        for part in self.about:
            if part not in STORY_PARTS:
                raise ValueError(f"{part!r} is no part of a story; the parts are: {', '.join(STORY_PARTS)}.")

    def missing(self, story: UserStory) -> list[tuple[str, str]]:
        """What the story lacks of it, as pairs of a part and what to say."""
        written = [one for one in story.criteria if not one.blank]
        lacks = []
        if len(written) < self.criteria:
            lacks.append(("criteria", f"This task asks for {self.criteria} criteria or more."))
        if sum(bool(re.search(r"\d", one.then)) for one in written) < self.numbers:
            lacks.append(
                ("criteria", f"At least {self.numbers} of the outcomes should have a figure, such as 30 minutes.")
            )
        for part, (pattern, words) in self.about.items():
            if not re.search(pattern, _text(story, part), re.IGNORECASE):
                lacks.append((part, words))
        return lacks


def read_story(answer: object) -> UserStory:
    """Return a user story, given as one or as its plain data.

    Raises
    ------
    ValueError
        If it is neither, or a text is longer than 300 characters.
    """
    story = answer if isinstance(answer, UserStory) else read_record(UserStory, answer, "the user story")
    texts = [story.role, story.goal, story.reason, *(text for one in story.criteria for text in vars(one).values())]
    if any(len(text) > _LONGEST for text in texts):
        raise ValueError(f"a part of the story has more than {_LONGEST} characters. Say it in fewer.")
    return story


def judge_user_story(answer: Any, goal: StoryGoal | None = None) -> Feedback:
    """Judge a user story part by part; role, goal, reason, criteria and size count the same.

    A part with a finding of the lint earns nothing. Of the criteria each one counts, and what the task asks for and
    does not find takes away a half.

    Parameters
    ----------
    answer
        A `UserStory`, its plain data, or a `NoAnswer`.
    goal : StoryGoal, optional
        What the task asks for besides.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        story = read_story(answer)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The story cannot be read. Fill it in again.", found=shown(str(problem)))
    if story == UserStory():
        return Feedback(Rung.NOT_ANSWERED, "There is no story here yet.")
    findings, lacks = user_story_findings(story), (goal or StoryGoal()).missing(story)
    return combine(
        (
            words,
            _judge_part(
                story,
                part,
                [finding for finding in findings if part_of(finding) == part],
                [said for lacking, said in lacks if lacking == part],
            ),
        )
        for part, words in STORY_PARTS.items()
    )


def part_of(finding: Finding) -> str:
    """The part of `STORY_PARTS` to which a finding belongs."""
    return {"size": "days"}.get(finding.where, "criteria" if finding.where.startswith("criteri") else finding.where)


def _judge_part(story: UserStory, part: str, findings: list[Finding], lacks: list[str]) -> Feedback:
    if not findings and not lacks:
        return Feedback(Rung.RIGHT, "", 1.0)
    told = [str(finding) if part == "criteria" else str(finding).partition(": ")[2] for finding in findings]
    share = 0.0
    if part == "criteria":
        written = [number for number, one in enumerate(story.criteria, start=1) if not one.blank]
        faulty = {finding.where for finding in findings}
        share = sum(f"criterion {number}" not in faulty for number in written) / len(written) if written else 0.0
        share = share / 2 if lacks else share
    elif not findings:
        share = 0.5
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, " ".join([*told, *lacks]), share)


def _text(story: UserStory, part: str) -> str:
    if part == "criteria":
        return " ".join(text for one in story.criteria for text in vars(one).values())
    return str(record_to_plain(story)[part])
