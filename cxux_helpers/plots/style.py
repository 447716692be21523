"""What all pictures share: colours, markers, axes without pyplot, and how numbers are written.

The colours have the hues of Okabe and Ito (2008), darkened until each has a contrast of 3 or more with white, which
WCAG 2.2 asks of graphics (1.4.11). Those with like hues differ in lightness, so that any two can be told apart with
each of the common colour-vision deficiencies. Some are below 4.5, so no text is drawn in them. And nothing is told by
colour alone: bars have hatches, lines and groups have markers, cells and bars have their numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["MARKERS", "PALETTE", "new_axes", "percent", "text_width"]

# Blue, orange, green, purple, sky blue, vermilion, olive (darkened yellow) and grey.
PALETTE = ("#0072B2", "#D2811C", "#046145", "#954A7E", "#4A9AD4", "#C04A00", "#4B4400", "#908C83")
MARKERS = "osD^vP*Xph<>"


def new_axes(
    width: float, height: float, *, left: float, right: float = 0.2, top: float = 0.2, bottom: float = 0.6
) -> Axes:
    """Axes in a figure of their own, all in inches: fixed margins draw faster than a layout engine."""
    figure = Figure(figsize=(width, height))
    frame = (left / width, bottom / height, (width - left - right) / width, (height - top - bottom) / height)
    return figure.add_axes(frame)


def text_width(texts: Iterable[str]) -> float:
    """Inches that the longest text needs beside an axis, a little generous."""
    return 0.25 + 0.085 * max(map(len, texts))


def percent(share: float) -> str:
    """Write a share from 0 to 1 as a percentage, with a decimal where it is small."""
    if math.isnan(share):
        return "no share"
    if 0 < share < 0.0005:
        return "under 0.1%"
    return f"{share:.1%}" if 0 < share < 0.0995 else f"{share:.0%}"
