"""Boxes with wrapped text, on axes that count in inches.

Texts are measured before they are drawn, so each box is as high as its text needs. On axes of another size all of it
shrinks or grows together, and nothing comes to overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import Rectangle
from matplotlib.textpath import text_to_path

from cxux_helpers.plots.style import new_axes

__all__ = ["Board", "Box", "height_of", "wrap"]

POINTS = 9.0
_LINE_SPACING = 1.25
_LINE = 1.4 * POINTS / 72  # inches from line to line, as matplotlib sets them
_PAD = 0.07  # inches between the edge of a box and its text
_MARGIN = 0.12


class Box(NamedTuple):
    """A rectangle in inches; `top` counts downwards from the top of the board."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        return self.top + self.height


class Board:
    """Axes of a given size in inches, with the origin at the top left; on axes given from outside it is scaled."""

    def __init__(self, ax: Axes | None, width: float, height: float) -> None:
        if ax is None:
            margins = {"left": _MARGIN, "right": _MARGIN, "top": _MARGIN, "bottom": _MARGIN}
            ax = new_axes(width + 2 * _MARGIN, height + 2 * _MARGIN, **margins)
        figure = ax.figure
        frame, page = ax.get_position(), figure.get_size_inches() if isinstance(figure, Figure) else (width, height)
        self.ax = ax
        self.scale = min(frame.width * page[0] / width, frame.height * page[1] / height)
        ax.set_xlim(0, width)
        ax.set_ylim(height, 0)
        ax.set_aspect("equal")
        ax.set_axis_off()

    def write(self, text: str, box: Box, *, bold: bool = False, centred: bool = False) -> None:
        """Write text that is already wrapped into a place, from its top left, or in its middle."""
        x, y = (box.left + box.width / 2, box.top + box.height / 2) if centred else (box.left, box.top)
        self.ax.text(
            x, y, text, fontsize=POINTS * self.scale, weight="bold" if bold else "normal", linespacing=_LINE_SPACING,
            ha="center" if centred else "left", va="center" if centred else "top", parse_math=False,
        )  # fmt: skip

    def draw(self, text: str, box: Box, fill: str, *, bold: bool = False) -> None:
        """Draw a box with text in its middle."""
        self.ax.add_patch(
            Rectangle(
                (box.left, box.top), box.width, box.height, facecolor=fill, edgecolor="black",
                linewidth=0.8 * self.scale, zorder=2, clip_on=False,
            )
        )  # fmt: skip
        self.write(text, box, bold=bold, centred=True)


def wrap(text: str, width: float, *, bold: bool = False) -> str:
    """Break a text into lines that fit into a box `width` inches wide; words that are too long are broken as well."""
    room = width - 2 * _PAD
    lines = [""]
    for word in text.split():
        if _width(f"{lines[-1]} {word}".strip(), bold) <= room:
            lines[-1] = f"{lines[-1]} {word}".strip()
            continue
        if lines[-1]:
            lines.append("")
        for letter in word:
            if lines[-1] and _width(lines[-1] + letter, bold) > room:
                lines.append("")
            lines[-1] += letter
    return "\n".join(lines)


def height_of(texts: Iterable[str]) -> float:
    """Inches that the highest of some wrapped texts needs in a box; 0 for none."""
    return max((2 * _PAD + _LINE * (text.count("\n") + 1) for text in texts), default=0.0)


def _width(text: str, bold: bool) -> float:
    font = FontProperties(weight="bold" if bold else "normal", size=POINTS)
    width: float = text_to_path.get_text_width_height_descent(text, font, ismath=False)[0]
    return width / 72
