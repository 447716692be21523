"""What all pictures share: colours, markers, axes without pyplot, and how numbers are written.

The colours can be told apart with any colour vision (Okabe and Ito). Nothing is told by colour alone: bars have
hatches, lines and groups have markers, cells and bars have their numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["MARKERS", "PALETTE", "new_axes", "percent", "text_width"]

PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00", "#F0E442", "#999999")
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
