"""The view of the journey-map editor: a widget with one map as its state."""

from __future__ import annotations

import traitlets

from cxux_helpers.answers import LARGEST
from cxux_helpers.exercises.editor_widget import EditorWidget
from cxux_helpers.exercises.esm import SHARED, STATIC, join_modules, join_styles
from cxux_helpers.exercises.journey_judge import PlacedFinding
from cxux_helpers.journey.maps import CHANNELS, EMOTIONS, PHASES

__all__ = ["JourneyEditor", "findings_as_data"]

_STATIC = STATIC / "journey_map"
_FILES = (
    "words", "icons", "map_data", "actions", "fields", "curve", "card_drag", "cards", "stages", "details", "table",
    "picture", "editor",
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


class JourneyEditor(EditorWidget):
    """Draws a journey map and lets people change it.

    Notes
    -----
    ``journey`` is the map as plain data and ``findings`` what it lacks; JavaScript writes the first and reads the
    second. ``choices`` holds what may stand in a map, and ``file_name`` names exported files.
    """

    _esm = join_modules(_STATIC, _FILES, shared=SHARED)
    _css = join_styles("shared/editor.css", "journey_map/journey_map.css")

    drawn = "journey"
    journey = traitlets.Dict().tag(sync=True)
    choices = traitlets.Dict(_CHOICES).tag(sync=True)


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
