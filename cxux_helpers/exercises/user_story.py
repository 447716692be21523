"""The user-story builder: fill in a story, and see at once what the lint says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import BLANK, labelled
from cxux_helpers.exercises.story_judge import StoryGoal, judge_user_story, read_story
from cxux_helpers.feedback import Feedback
from cxux_helpers.records import record_to_plain
from cxux_helpers.user_stories import INVEST, Criterion, UserStory, user_story_findings

__all__ = ["UserStoryBuilder"]

_PARTS = ("given", "when", "then")
_DAYS = [(BLANK, 0), *((f"{days} {'day' if days == 1 else 'days'}", days) for days in (1, 2, 3, 5, 8, 13, 20))]


class UserStoryBuilder(Exercise):
    """Write a user story with its acceptance criteria.

    The answer is a story as plain data: ``{"role": …, "goal": …, "reason": …, "days": 3, "criteria": [{"given": …,
    "when": …, "then": …}]}``; a `UserStory` may be set as well. The lint is shown while one writes, for its rules are
    no secret.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    story : UserStory, optional
        What stands in the fields at the beginning. It is no answer until something is changed.
    goal : StoryGoal, optional
        What the task asks for besides.
    rows : int
        Number of acceptance criteria that can be written.
    marked_later : bool
        Whether the story is judged only after it has been handed in.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        story: UserStory | None = None,
        goal: StoryGoal | None = None,
        rows: int = 3,
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self._start = story or UserStory()
        self._goal, self._marked_later = goal, marked_later
        self.rows = max(rows, len(self._start.criteria))
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        story = read_story(answer)
        if len(story.criteria) > self.rows:
            raise ValueError(f"the story has {len(story.criteria)} criteria. Write at most {self.rows}.")
        return record_to_plain(story)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._marked_later:
            story = read_story(answer)
            written = {"goal": story.goal, "role": story.role, "reason": story.reason, "criteria": [*story.criteria]}
            open_parts = [part for part, text in written.items() if not text]
            return check_answered(None if open_parts else answer, f"Still open: {', '.join(open_parts)}.")
        return judge_user_story(answer, self._goal)

    def _controls(self) -> widgets.Widget:
        wide = labelled("11em")
        self._texts = {
            part: widgets.Text(description=words, **wide)
            for part, words in (("role", "As a"), ("goal", "I want to"), ("reason", "so that"))
        }
        self._days = widgets.Dropdown(options=_DAYS, description="Size, working days", **wide)
        self._criteria = [
            {part: widgets.Text(description=f"{number}. {part.capitalize()}", **wide) for part in _PARTS}
            for number in range(1, self.rows + 1)
        ]
        self._lint = widgets.HTML()
        boxes = [box for row in self._criteria for box in row.values()]
        self._collect_from((*self._texts.values(), self._days, *boxes), self._written)
        heading = widgets.HTML("<p><strong>Acceptance criteria</strong></p>")
        return widgets.VBox([*self._texts.values(), self._days, heading, *boxes, self._lint])

    def _written(self) -> dict[str, Any]:
        criteria = [{part: box.value for part, box in row.items()} for row in self._criteria]
        return {
            **{part: box.value for part, box in self._texts.items()},
            "days": self._days.value,
            "criteria": [one for one in criteria if any(text.strip() for text in one.values())],
        }

    def _show(self, answer: dict[str, Any] | None) -> None:
        story = self._start if answer is None else read_story(answer)
        for part, box in self._texts.items():
            _put(box, getattr(story, part))
        if story.days not in {days for _, days in _DAYS}:
            self._days.options = [*_DAYS, (f"{story.days} days", story.days)]
        self._days.value = story.days
        # Rows that are filled in stay where they are; only when the answer is another one do they move.
        shown = [Criterion(**{part: box.value for part, box in row.items()}) for row in self._criteria]
        if tuple(one for one in shown if not one.blank) != story.criteria:
            for row, one in zip(self._criteria, [*story.criteria, *[Criterion()] * self.rows], strict=False):
                for part, box in row.items():
                    _put(box, getattr(one, part))
        self._lint.value = _lint_html(story)

    def _describe(self, answer: dict[str, Any]) -> str:
        story = read_story(answer)
        lines = [str(story), f"Size: {story.days or 'no'} working days"]
        lines += [f"Given {one.given}, when {one.when}, then {one.then}." for one in story.criteria]
        return "Your answer:\n" + "\n".join(lines)


def _put(box: widgets.Text, text: str) -> None:
    """Set a text only where it differs: setting it moves the cursor of who is writing."""
    if box.value != text:
        box.value = text


def _lint_html(story: UserStory) -> str:
    findings = user_story_findings(story)
    broken = {finding.rule for finding in findings}
    qualities = "; ".join(
        f"{name} {'– ask people' if not rules else '✗' if broken.intersection(rules) else '✓'}"
        for name, rules in INVEST.items()
    )
    lines = "".join(
        f"<li><strong>{escape(finding.where.capitalize())}.</strong> {escape(str(finding).partition(': ')[2])}</li>"
        for finding in findings
    )
    said = f"<ul>{lines}</ul>" if findings else "<p>Nothing. By its form, the story is ready to be talked about.</p>"
    return (
        f"<p><strong>It reads:</strong> {escape(str(story))}</p><p><strong>INVEST:</strong> {qualities}</p>"
        f"<p><strong>The lint says:</strong></p>{said}"
    )
