"""The journey-map editor: a map that is drawn by mouse, finger or keyboard, explained as it grows, and saved."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.journey_editor import JourneyEditor, findings_as_data
from cxux_helpers.exercises.journey_judge import JourneyGoal, in_map_order, judge_journey, placed_findings, read_journey
from cxux_helpers.feedback import Feedback
from cxux_helpers.journey.maps import EMOTIONS, Journey, Touchpoint, journey_from_json, journey_to_json

__all__ = ["JourneyMap"]


class JourneyMap(Exercise):
    """Draw a journey map: stages, touchpoints, and the curve of feelings.

    The answer is the map as plain data, as `journey_from_json` takes it. It may also be set as a `Journey`.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    journey
        The map to start from; an empty one unless given.
    goal
        What the task asks for, over what every sound map has.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        journey: Journey | None = None,
        goal: JourneyGoal | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self._start = _as_data(journey or Journey("", "", (), ()))
        self._goal = goal or JourneyGoal()
        self._read: tuple[Any, Journey] | None = None
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    @property
    def journey(self) -> Journey:
        """The map as it is now; the one to start from as long as there is no answer."""
        data = self._answer or self._start
        if self._read is None or self._read[0] is not data:
            self._read = data, journey_from_json(data)
        return self._read[1]

    def _valid(self, answer: Any) -> dict[str, Any]:
        journey = read_journey(answer)
        data = _as_data(journey)
        self._read = data, journey  # a large map is read once, not twice, for each move of a pointer
        return data

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        return judge_journey(answer, self._goal)

    def _controls(self) -> widgets.Widget:
        self._editor = JourneyEditor(self._valid, journey=self._start, file_name=self.question_id)
        self._editor.observe(lambda _: self._collect(lambda: self._editor.journey), "journey")
        return self._editor

    def _show(self, answer: dict[str, Any] | None) -> None:
        self._editor.journey = answer or self._start
        self._editor.findings = findings_as_data(placed_findings(self.journey, self._goal))

    def _describe(self, answer: dict[str, Any]) -> str:
        journey = journey_from_json(answer)
        lines = [f"Your answer: a journey map, {journey.title or 'without a title'}", f"Persona: {journey.persona}"]
        numbers = {one.id: number for number, one in enumerate(in_map_order(journey), start=1)}
        for number, stage in enumerate(journey.stages, start=1):
            lines.append(f"Stage {number}, {stage.name}. Goal: {stage.goal}")
            lines += [f"  {numbers[one.id]}. {_in_words(one)}" for one in journey.at(stage.id)]
        known = {stage.id for stage in journey.stages}
        lines += [
            f"Without a stage: {numbers[one.id]}. {_in_words(one)}"
            for one in journey.touchpoints
            if one.stage not in known
        ]
        return "\n".join(lines)


def _as_data(journey: Journey) -> dict[str, Any]:
    """Return a map as plain data; ids must be single, for the editor and the saved answer find parts by them."""
    for kind, parts in (("stages", journey.stages), ("touchpoints", journey.touchpoints)):
        ids = [part.id for part in parts]
        double = next((one for place, one in enumerate(ids) if one in ids[:place]), None)
        if double is not None:
            raise ValueError(f"two {kind} have the id {double!r}. Rename one.")
    return dict(json.loads(journey_to_json(journey)))


def _in_words(one: Touchpoint) -> str:
    feeling = "feeling unknown" if one.emotion is None else f"feels {EMOTIONS[one.emotion]} ({one.emotion:+d})"
    parts = [
        one.channel,
        f"{one.phase} the purchase",
        "direct" if one.direct else "indirect",
        "controllable" if one.controllable else "not controllable",
        f"owner {one.owner}" if one.owner else "no owner",
        feeling,
        "importance unknown" if one.importance is None else f"importance {one.importance} of 5",
        f"evidence: {one.evidence}" if one.evidence else "no evidence",
    ]
    return f"{one.name}: {', '.join(parts)}"
