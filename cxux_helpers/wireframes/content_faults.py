"""Faults in what a screen says and offers. Each function yields the component at fault, or None for the screen."""

from __future__ import annotations

from itertools import pairwise

from cxux_helpers.wireframes.design_systems import PRIMARY_SIDES, DesignSystem
from cxux_helpers.wireframes.geometry import precedes
from cxux_helpers.wireframes.layout_faults import Faults
from cxux_helpers.wireframes.screens import Component, Wireframe

__all__ = [
    "WAYS_BACK",
    "button_out_of_order",
    "field_without_label",
    "heading_not_first",
    "heading_skipped",
    "no_way_back",
    "not_one_main_heading",
    "not_one_primary",
    "primary_misplaced",
    "with_other_words",
    "without_words",
]

WAYS_BACK = ("back", "cancel")  # ids of actions
_BEFORE_HEADING = ("back", "navigation", "image")  # what stands above the heading on every screen
_ACTING = ("button", "link", "back")


def without_words(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components other than fields that say nothing."""
    for one in wireframe.components:
        if one.kind != "field" and not one.label.strip():
            yield one, "It has no text alternative." if one.kind == "image" else "It has no words."


def field_without_label(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Fields without a visible label."""
    for one in wireframe.of_kind("field"):
        if not one.label.strip():
            yield one, "It has a placeholder, but no label." if one.placeholder.strip() else "It has no label."


def not_one_main_heading(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Screens without a heading of level 1, or with several."""
    count = len(_main_headings(wireframe))
    if count != 1:
        yield None, f"It has {count or 'no'} heading{'s' if count else ''} of level 1."


def heading_not_first(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Main headings that are not the first thing to be read, but for what stands above them on every screen."""
    main = _main_headings(wireframe)
    first = next((one for one in wireframe.components if one.kind not in _BEFORE_HEADING), None)
    if main and first and first is not main[0]:
        yield main[0], f"Component {wireframe.number(first)} is read before it."


def heading_skipped(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Headings more than one level below the one before them, or without a level."""
    headings = wireframe.of_kind("heading")
    for one in headings:
        if one.level == 0:
            yield one, "It has no level."
    for before, one in pairwise(headings):
        if 0 < before.level < one.level - 1:
            yield one, f"Its level is {one.level}; the heading before it has level {before.level}."


def not_one_primary(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Screens on which something is to be filled in or pressed, without a primary button or with several."""
    count = len(_primaries(wireframe))
    if count != 1 and wireframe.of_kind("field", "checkbox", "button"):
        yield None, f"It has {count or 'no'} primary button{'s' if count else ''}."


def primary_misplaced(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Primary buttons that are not below the fields, or not at the system's side."""
    last = max((field.bottom for field in wireframe.of_kind("field", "checkbox")), default=0)
    for one in _primaries(wireframe):
        left, right = one.x == system.margin, one.right == wireframe.width - system.margin
        if one.y < last:
            yield one, "It does not stand below the last field."
        elif not {"left": left, "right": right, "full": left and right}[system.primary_side]:
            yield one, f"It is not where the system has it: {PRIMARY_SIDES[system.primary_side]}."


def button_out_of_order(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Buttons that the eye meets before one which comes first in the system's order."""
    order = list(system.button_order)
    ranked = [one for one in wireframe.of_kind("button") if one.emphasis in order]
    for one in ranked:
        if any(precedes(one, other) and order.index(other.emphasis) < order.index(one.emphasis) for other in ranked):
            words = ", then ".join(emphasis or "plain" for emphasis in order)
            yield one, f"The system's order of buttons is: {words}."


def with_other_words(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Buttons and links with other words than the system's for what they do, and buttons with words of their own."""
    for one in wireframe.of_kind(*_ACTING):
        found = system.action_of(one.label)
        if found and not found[1]:
            yield one, f"The system's word for this action is “{found[0].words}”."
        elif not found and one.kind == "button" and one.label.strip() and system.actions:
            words = ", ".join(f"“{action.words}”" for action in system.actions)
            yield one, f"It begins with none of the system's words for actions: {words}."


def no_way_back(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Screens without a way back, unless the product opens with them."""
    acting = [system.action_of(one.label) for one in wireframe.of_kind("button", "link")]
    back = any(found and found[0].id in WAYS_BACK for found in acting)
    if not (wireframe.first_screen or back or wireframe.of_kind("back")):
        yield None, "It has no way back."


def _main_headings(wireframe: Wireframe) -> list[Component]:
    return [one for one in wireframe.of_kind("heading") if one.level == 1]


def _primaries(wireframe: Wireframe) -> list[Component]:
    return [one for one in wireframe.of_kind("button") if one.emphasis == "primary"]
