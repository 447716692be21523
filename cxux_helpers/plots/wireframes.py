"""A picture of a wireframe in the colours of its design system, with a twin that says all of it in words."""

from __future__ import annotations

import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cxux_helpers.plots.style import new_axes
from cxux_helpers.wireframes.design_systems import DesignSystem
from cxux_helpers.wireframes.screens import Component, Wireframe, component_in_words

__all__ = ["describe_wireframe", "plot_wireframe"]

_INCH = 100  # pixels; a phone's screen is then a little larger than life
_MARGIN = 0.15  # inches around the screen
_LABEL = 24  # pixels: the row of a field's label, above what is filled in
_TICK = 20  # pixels: the square of a checkbox
_PAD = 8  # pixels between an edge and words
_LETTER = 0.56  # mean width of a letter, in heights of the text
_LINE = 1.3  # from line to line, in heights of the text
_MARKS = {"back": "‹ ", "error": "! "}
_CENTRED = ("button", "image", "navigation")
_EDGE = "#595959"
_PIXELS, _INK, _PAPER = 16, "#000000", "#ffffff"  # for tokens that the system does not have


def plot_wireframe(wireframe: Wireframe, system: DesignSystem, ax: Axes | None = None) -> Axes:
    """Draw a wireframe, one inch for 100 pixels.

    Colours and sizes are those of the tokens; where the system does not have a token, words of 16 pixels are drawn
    black on white. What reaches beyond the edge of the screen is drawn there.

    Parameters
    ----------
    wireframe : Wireframe
    system : DesignSystem
    ax : Axes, optional
        Where to draw; all of it shrinks or grows with the axes.

    Returns
    -------
    Axes
        Counts in pixels, downwards from the top left corner of the screen.
    """
    width, height = wireframe.width, wireframe.height
    if ax is None:
        inches = width / _INCH + 2 * _MARGIN, height / _INCH + 2 * _MARGIN
        ax = new_axes(*inches, left=_MARGIN, right=_MARGIN, top=_MARGIN, bottom=_MARGIN)
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)
    ax.set_aspect("equal")
    ax.set_axis_off()
    frame, page = ax.get_position(), ax.figure.get_size_inches() if isinstance(ax.figure, Figure) else inches
    points = 72 * min(frame.width * page[0] / width, frame.height * page[1] / height)
    _box(ax, points, (0, 0, width, height), system.colours.get("paper", _PAPER), 2)
    for component in wireframe.components:
        _draw(ax, points, component, system)
    return ax


def describe_wireframe(wireframe: Wireframe, system: DesignSystem) -> str:
    """Say in words all that `plot_wireframe` shows, in reading order.

    Parameters
    ----------
    wireframe : Wireframe
    system : DesignSystem
    """
    listed = [f"{number}. {component_in_words(one)}." for number, one in enumerate(wireframe.components, start=1)]
    return (
        f"Wireframe: {wireframe.title}, {wireframe.width} by {wireframe.height} pixels, drawn with the design system "
        f"“{system.name}”. In reading order: {' '.join(listed) or 'nothing yet.'}"
    )


def _draw(ax: Axes, points: float, one: Component, system: DesignSystem) -> None:
    size = system.size_of(one)
    pixels, bold = (size.pixels, size.bold) if size else (_PIXELS, False)
    ink = system.colours.get(one.colour, _INK)
    paper = system.colours.get(one.background, _PAPER)
    whole = (one.x, one.y, one.width, one.height)
    if one.kind in _CENTRED:
        _box(ax, points, whole, paper, 1, ink if one.kind == "button" else _EDGE)
    elif one.background != "paper":  # what lies on the screen's own paper must not cover its neighbour's edge
        _box(ax, points, whole, paper, 0)

    def write(words: str, x: float, y: float, room: float, *, centred: bool = False, middle: bool = True) -> None:
        letters = max(1, int(room / (pixels * _LETTER)))
        ax.text(
            x, y, "\n".join(textwrap.wrap(words, letters)), color=ink, fontsize=pixels * points,
            weight="bold" if bold else "normal", linespacing=_LINE, ha="center" if centred else "left",
            va="center" if middle else "top", parse_math=False,
            bbox={"facecolor": paper, "linewidth": 0, "pad": points} if one.kind == "image" and words else None,
        )  # fmt: skip

    middle = one.y + one.height / 2
    if one.kind == "field":
        write(one.label, one.x, one.y, one.width, middle=False)
        _box(ax, points, (one.x, one.y + _LABEL, one.width, one.height - _LABEL), paper, 1, ink)
        write(one.placeholder, one.x + _PAD, one.y + (one.height + _LABEL) / 2, one.width - 2 * _PAD)
    elif one.kind == "checkbox":
        _box(ax, points, (one.x, middle - _TICK / 2, _TICK, _TICK), paper, 1, ink)
        write(one.label, one.x + _TICK + _PAD, middle, one.width - _TICK - _PAD)
    elif one.kind in _CENTRED:
        if one.kind == "image":
            ax.plot([one.x, one.right], [one.y, one.bottom], color=_EDGE, linewidth=points, clip_on=False)
            ax.plot([one.x, one.right], [one.bottom, one.y], color=_EDGE, linewidth=points, clip_on=False)
        write(one.label, one.x + one.width / 2, middle, one.width - 2 * _PAD, centred=True)
    else:
        write(_MARKS.get(one.kind, "") + one.label, one.x, middle, one.width)
        if one.kind == "link":
            end = min(one.right, one.x + len(one.label) * pixels * _LETTER)
            ax.plot([one.x, end], [middle + 0.7 * pixels] * 2, color=ink, linewidth=points, clip_on=False)


def _box(
    ax: Axes, points: float, place: tuple[float, float, float, float], fill: str, line: int, edge: str = "black"
) -> None:
    x, y, width, height = place
    ax.add_patch(
        Rectangle((x, y), width, height, facecolor=fill, edgecolor=edge, linewidth=line * points, clip_on=False)
    )
