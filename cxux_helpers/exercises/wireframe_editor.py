"""The view of the wireframe editor: a widget with one screen as its state."""

from __future__ import annotations

from typing import Any

import traitlets

from cxux_helpers.answers import LARGEST
from cxux_helpers.exercises.editor_widget import EditorWidget
from cxux_helpers.exercises.esm import SHARED, STATIC, join_modules, join_styles
from cxux_helpers.exercises.wireframe_judge import PlacedFinding
from cxux_helpers.findings import Finding
from cxux_helpers.records import record_to_plain
from cxux_helpers.wireframes.design_systems import DesignSystem
from cxux_helpers.wireframes.rules import WIREFRAME_RULES
from cxux_helpers.wireframes.screens import COMPONENT_KINDS

__all__ = ["WireframeEditor", "findings_as_data", "system_as_data"]

_STATIC = STATIC / "wireframe"
_FILES = ("screen_data", "part_words", "part_fields", "actions", "drawing", "canvas", "properties", "editor")

# The field that mends a finding, so that its button can lead there.
_FIELDS = {
    "no-words": "label",
    "field-label": "label",
    "words": "label",
    "heading-levels": "level",
    "contrast": "colour",
    "unknown-component": "emphasis",
}


class WireframeEditor(EditorWidget):
    """Draws a wireframe and lets people change it.

    Notes
    -----
    ``wireframe`` is the screen as plain data and ``findings`` what the task asks for and which rules are broken;
    JavaScript writes the first and reads the second. ``choices`` holds the design system, and ``file_name`` names
    exported files.
    """

    _esm = join_modules(_STATIC, _FILES, shared=SHARED)
    _css = join_styles("shared/editor.css", "wireframe/wireframe.css")

    drawn = "wireframe"
    wireframe = traitlets.Dict().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)


def findings_as_data(missing: list[str], findings: list[PlacedFinding]) -> list[dict[str, str]]:
    """What the task still asks for, then the findings, as the view shows them.

    Each has its place by name, the component and the field where its cure is, and its words.
    """
    asked = [
        {"rule": "task", "id": "", "field": "", "place": "The task", "text": f"It asks for {need}."} for need in missing
    ]
    return asked + [
        {
            "rule": one.finding.rule,
            "id": one.id,
            "field": _field(one.finding),
            "place": _place(one),
            "text": f"{WIREFRAME_RULES[one.finding.rule].severity.capitalize()}. "
            f"{one.finding.what} {one.finding.why} {one.finding.remedy}",
        }
        for one in findings
    ]


def system_as_data(system: DesignSystem) -> dict[str, Any]:
    """What JavaScript may offer and how it draws: the design system, and what kinds of components there are."""
    return {
        "kinds": list(COMPONENT_KINDS),
        "styles": [record_to_plain(style) for style in system.styles],
        "text_sizes": [[size.name, size.pixels, size.bold] for size in system.text_sizes],
        "colours": system.colours,
        "grid": system.grid,
        "margin": system.margin,
        "largest": LARGEST,  # bytes of a wireframe
    }


def _field(finding: Finding) -> str:
    """The field that mends a finding; empty for what is mended on the screen itself."""
    if finding.rule == "unknown-token":  # the finding begins with what it is about
        return next(name for name in ("text_size", "colour", "background") if name.replace("_", " ") in finding.what)
    return _FIELDS.get(finding.rule, "")


def _place(one: PlacedFinding) -> str:
    if not one.number:
        return "The screen"
    return f"Component {one.number}, {one.label}" if one.label.strip() else f"Component {one.number}"
