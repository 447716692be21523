"""The view of the journey-map editor: a widget with one map as its state."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from cxux_helpers.answers import LARGEST
from cxux_helpers.exercises.esm import join_modules
from cxux_helpers.exercises.journey_judge import PlacedFinding
from cxux_helpers.journey.maps import CHANNELS, EMOTIONS, PHASES

__all__ = ["JourneyEditor", "findings_as_data"]

_STATIC = Path(__file__).parent / "static" / "journey_map"
_FILES = (
    "dom", "words", "icons", "map_data", "store", "actions", "fields", "curve", "card_drag", "cards", "stages",
    "details", "table", "findings", "picture", "exchange", "editor",
)  # fmt: skip

# What JavaScript may offer; the one place where it stands is the journey map's own file.
_CHOICES = {
    "phases": list(PHASES),
    "channels": list(CHANNELS),
    "emotions": [[value, words] for value, words in EMOTIONS.items()],
    "importance": [1, 5],
    "short": 120,  # characters of a name
    "long": 1000,  # characters of a goal or of evidence
    "largest": LARGEST,  # bytes of a map
}

# The field that mends a finding, so that its button can lead there.
_FIELDS = {
    "no-name": "name",
    "no-persona": "persona",
    "no-goal": "goal",
    "unknown-stage": "stage",
    "phase-order": "phase",
    "voice-of-others": "direct",
    "no-owner": "owner",
    "no-emotion": "emotion",
    "no-importance": "importance",
    "no-evidence": "evidence",
}


class JourneyEditor(anywidget.AnyWidget):  # type: ignore[misc]
    """Draws a journey map and lets people change it.

    Parameters
    ----------
    read
        Makes plain data of a map out of text that people import, or raises ValueError.

    Notes
    -----
    ``journey`` is the map as plain data and ``findings`` what it lacks; JavaScript writes the first and reads the
    second. ``choices`` holds what may stand in a map, and ``file_name`` names exported files.

    Text to import comes as a message ``{"type": "import", "text": …}``. What `read` makes of it, or the reason why
    it cannot, goes back.
    """

    _esm = join_modules(_STATIC, _FILES)
    _css = _STATIC / "journey_map.css"

    journey = traitlets.Dict().tag(sync=True)
    findings = traitlets.List().tag(sync=True)
    choices = traitlets.Dict(_CHOICES).tag(sync=True)
    file_name = traitlets.Unicode("journey-map").tag(sync=True)

    def __init__(self, read: Callable[[str], dict[str, Any]], **traits: Any) -> None:
        super().__init__(**traits)
        self._read = read
        self.on_msg(self._receive)

    def _receive(self, _: object, content: dict[str, Any], __: object) -> None:
        if content.get("type") != "import":
            return
        try:
            self.send({"type": "imported", "journey": self._read(str(content.get("text", "")))})
        except ValueError as problem:
            reason = str(problem)
            self.send({"type": "refused", "message": reason[:1].upper() + reason[1:]})


def findings_as_data(findings: list[PlacedFinding]) -> list[dict[str, str]]:
    """Findings as the view shows them: the place by its name, where its cure is typed in, and the words."""
    return [
        {
            "rule": one.finding.rule,
            "kind": one.kind,
            "id": one.id,
            "field": _field(one),
            "place": _place(one),
            "text": " ".join(filter(None, [one.what, one.finding.why, one.finding.remedy])),
        }
        for one in findings
    ]


def _field(one: PlacedFinding) -> str:
    if one.kind == "map":
        return {"no-name": "title", "no-persona": "persona"}.get(one.finding.rule, "")
    if one.kind == "stage":
        return "goal" if one.finding.rule == "no-goal" else "name"
    return _FIELDS.get(one.finding.rule, "name")


def _place(one: PlacedFinding) -> str:
    if one.kind == "map":
        return "The map"
    numbered = f"{one.kind.capitalize()} {one.number}"
    return f"{numbered}, {one.name}" if one.name.strip() else numbered
