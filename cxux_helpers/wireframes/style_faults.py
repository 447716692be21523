"""Faults in the use of tokens and components. Each function yields the component at fault, with what is wrong."""

from __future__ import annotations

from cxux_helpers.accessibility.contrast import CONTRAST_MINIMUM, contrast_ratio, is_large_text
from cxux_helpers.wireframes.design_systems import DesignSystem
from cxux_helpers.wireframes.layout_faults import Faults
from cxux_helpers.wireframes.screens import Wireframe

__all__ = ["faint", "not_a_token", "not_in_the_system"]

_POINTS = 0.75  # of one pixel


def not_in_the_system(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components that the system does not have."""
    for one in wireframe.components:
        if not system.style_of(one):
            name = " ".join(filter(None, (one.emphasis or ("plain" if one.kind == "button" else ""), one.kind)))
            yield one, f"The system has no {name}."


def not_a_token(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components whose text size or colours are none of the system's tokens."""
    sizes = [size.name for size in system.text_sizes]
    for one in wireframe.components:
        if one.text_size not in sizes:
            yield one, f"Its text size is none of the system's: {', '.join(sizes)}."
        for name, token in (("colour", one.colour), ("background", one.background)):
            if token not in system.colours:
                yield one, f"Its {name} is none of the system's: {', '.join(system.colours)}."


def faint(wireframe: Wireframe, system: DesignSystem) -> Faults:
    """Components whose words stand out too little from what lies behind them."""
    for one in wireframe.components:
        size = system.size_of(one)
        known = one.colour in system.colours and one.background in system.colours
        if one.kind == "image" or size is None or not known or not (one.label + one.placeholder).strip():
            continue
        part = "large text" if is_large_text(size.pixels * _POINTS, bold=size.bold) else "text"
        least = CONTRAST_MINIMUM[part][system.contrast]  # type: ignore[index]
        ratio = contrast_ratio(system.colours[one.colour], system.colours[one.background])
        if ratio < least:
            # Cut, not rounded: 4.499 must not be shown as 4.5.
            yield one, f"The contrast of its words is {int(ratio * 100) / 100:.2f}:1; {part} needs {least:g}:1."
