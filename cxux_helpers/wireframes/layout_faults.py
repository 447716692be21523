"""Faults in where components stand. Each function yields the component at fault, with what is wrong, in our words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from cxux_helpers.wireframes.design_systems import DesignSystem
from cxux_helpers.wireframes.geometry import gap, in_one_row, overlap, precedes
from cxux_helpers.wireframes.screens import TARGET_KINDS, Component, Wireframe

__all__ = [
    "Faults",
    "help_far_from_its_field",
    "off_the_edge",
    "off_the_grid",
    "outside",
    "overlapping",
    "read_too_late",
    "target_too_small",
    "too_small",
]

Faults = Iterator[tuple[Component | None, str]]  # None: the screen as a whole


def outside(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components that leave the screen."""
    for one in wireframe.components:
        if one.x < 0 or one.y < 0 or one.right > wireframe.width or one.bottom > wireframe.height:
            yield one, "It reaches beyond the edge of the screen."


def overlapping(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components that cover each other; each pair is told at the later one."""
    for one, other in combinations(wireframe.components, 2):
        if overlap(one, other):
            yield other, f"It overlaps component {wireframe.number(one)}."


def target_too_small(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Targets below the system's least size."""
    for one in wireframe.of_kind(*TARGET_KINDS):
        if min(one.width, one.height) < system.target:
            yield (
                one,
                f"It is {one.width} by {one.height} pixels; the system asks for {system.target} by {system.target}.",
            )


def too_small(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components below the least size of their kind; targets that are too small to press are told as such."""
    targets = {one.id for one, _ in target_too_small(wireframe, system) if one}
    for one in wireframe.components:
        style = system.style_of(one)
        if style and one.id not in targets and (one.width < style.width or one.height < style.height):
            yield (
                one,
                f"It is {one.width} by {one.height} pixels; the system has at least {style.width} by {style.height}.",
            )


def off_the_grid(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components whose place or size is no multiple of the grid."""
    for one in wireframe.components:
        names = [name for name in ("x", "y", "width", "height") if getattr(one, name) % system.grid]
        if names:
            verb = "is" if len(names) == 1 else "are"
            yield one, f"Its {_listed(names)} {verb} no multiple of {system.grid} pixels."


def off_the_edge(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components that begin a row, but not at the left margin, nor end at the right one, nor fill the screen."""
    for one in wireframe.components:
        begins = not any(other.right <= one.x and in_one_row(one, other) for other in wireframe.components)
        at_left, at_right = one.x == system.margin, one.right == wireframe.width - system.margin
        fills = one.x == 0 and one.right == wireframe.width
        if begins and not (at_left or at_right or fills):
            yield one, f"Its left edge is at {one.x} pixels; the margin is at {system.margin}."


def read_too_late(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components that are read after one which stands below them or to their right.

    Each component is named once as the one that is read too early: whoever moves it mends all that it causes.
    """
    earlier: list[Component] = []
    for one in wireframe.components:
        wrong = [other for other in earlier if precedes(one, other)]
        if wrong:
            yield one, f"It is read after component {wireframe.number(wrong[0])}, but seen before it."
            earlier = [other for other in earlier if other not in wrong]
        earlier.append(one)


def help_far_from_its_field(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Hints and errors that are near no field, or as near to one as to another."""
    fields = wireframe.of_kind("field", "checkbox")
    for one in wireframe.of_kind("hint", "error"):
        gaps = sorted(gap(one, field) for field in fields)
        if not gaps or gaps[0] > system.near:
            yield one, f"No field is within {system.near} pixels of it."
        elif len(gaps) > 1 and gaps[0] == gaps[1]:
            yield one, "It stands as near to one field as to another."


def _listed(names: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
