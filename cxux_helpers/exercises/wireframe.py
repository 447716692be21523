"""The wireframe editor: a screen that is drawn by mouse, finger or keyboard, checked as it grows, and saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.wireframe_editor import WireframeEditor, findings_as_data, system_as_data
from cxux_helpers.exercises.wireframe_judge import WireframeGoal, judge_wireframe, placed_findings, read_wireframe
from cxux_helpers.feedback import Feedback
from cxux_helpers.wireframes.design_systems import DesignSystem
from cxux_helpers.wireframes.screens import Wireframe as Screen
from cxux_helpers.wireframes.screens import component_in_words, wireframe_to_json

__all__ = ["Wireframe"]


class Wireframe(Exercise):
    """Draw or mend a screen with the components of a design system.

    The answer is the screen as plain data, as `wireframe_from_json` takes it. It may also be set as the data class of
    `cxux_helpers.wireframes`.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    start
        The screen to start from; an empty one of 360 by 640 pixels unless given. If it is to be mended, give it to
        the goal as well.
    system
        The components there are, and the rules.
    goal
        What the task asks for; a screen that keeps all rules, unless given.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        system: DesignSystem,
        start: Screen | None = None,
        goal: WireframeGoal | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self._system = system
        self._goal = goal or WireframeGoal()
        self._start = _as_data(start or Screen(title, 360, 640))
        self._read: tuple[Any, Screen] | None = None
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    @property
    def wireframe(self) -> Screen:
        """The screen as it is now; the one to start from as long as there is no answer."""
        data = self._answer or self._start
        if self._read is None or self._read[0] is not data:
            self._read = data, read_wireframe(data)
        return self._read[1]

    def _valid(self, answer: Any) -> dict[str, Any]:
        screen = read_wireframe(answer)
        data = _as_data(screen)
        self._read = data, screen  # read once, not twice, for each change
        return data

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        return judge_wireframe(answer, self._goal, self._system)

    def _controls(self) -> widgets.Widget:
        self._editor = WireframeEditor(
            self._valid, wireframe=self._start, choices=system_as_data(self._system), file_name=self.question_id
        )
        self._editor.observe(lambda _: self._collect(lambda: self._editor.wireframe), "wireframe")
        return self._editor

    def _show(self, answer: dict[str, Any] | None) -> None:
        self._editor.wireframe = answer or self._start
        missing = self._goal.missing(self.wireframe)
        self._editor.findings = findings_as_data(missing, placed_findings(self.wireframe, self._goal, self._system))

    def _describe(self, answer: dict[str, Any]) -> str:
        screen = read_wireframe(answer)
        lines = [f"Your answer: a screen of {screen.width} by {screen.height} pixels, {screen.title}"]
        lines += [f"  {number}. {component_in_words(one)}" for number, one in enumerate(screen.components, start=1)]
        return "\n".join(lines)


def _as_data(screen: Screen) -> dict[str, Any]:
    return dict(json.loads(wireframe_to_json(screen)))
