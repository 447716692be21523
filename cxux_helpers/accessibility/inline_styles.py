"""What the style attributes of a page say of its text: two colours, the size and the weight.

Style sheets are not read, so only what is declared in the attributes of an element and of those around it is known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cxux_helpers.accessibility.colours import Colour, colour_channels
from cxux_helpers.accessibility.page import styles

if TYPE_CHECKING:
    from bs4 import Tag

__all__ = ["TextStyle", "text_style"]

_ROOT_PT = 12.0
_TIMES_PARENT = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 0.83, "sub": 0.83, "sup": 0.83}
_BOLD = ("b", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "th")
_SIZE = re.compile(r"([0-9]*\.?[0-9]+)(px|pt|rem|em|%)")
_PT = {"px": 0.75, "pt": 1.0, "rem": _ROOT_PT}
# Browsers give these a colour or a background of their own, which hides what is declared around them.
_OWN_COLOUR = ("a", "button", "input", "mark", "select", "textarea")
_OWN_BACKGROUND = ("button", "input", "mark", "select", "textarea")


class TextStyle(NamedTuple):
    """How the text of an element looks, and the elements that say so."""

    colour: Colour
    background: Colour
    size_pt: float
    bold: bool
    declared_by: tuple[int, int]


def text_style(element: Tag) -> TextStyle | None:
    """Style of the text of an element, or None unless both colours are declared, opaque and without a picture.

    Sizes that are not declared are those of browsers: 12 points, and more for headings.

    Examples
    --------
    >>> from cxux_helpers.accessibility.page import Page
    >>> page = Page('<div style="background: #fff"><h2 style="color: navy">Book</h2><p>No colour</p></div>')
    >>> text_style(page.select("h2")[0])[:4]
    ((0, 0, 128), (255, 255, 255), 18.0, True)
    >>> text_style(page.select("p")[0]) is None
    True
    """
    colour = background = None
    for one in _with_ancestors(element):
        declared = styles(one)
        if "opacity" in declared or "filter" in declared:
            return None
        if colour is None and ("color" in declared or one.name in _OWN_COLOUR):
            colour = one, declared.get("color", "")
        behind = declared.get("background-color") or declared.get("background", "")
        if background is None and (behind or "background-image" in declared or one.name in _OWN_BACKGROUND):
            background = one, "" if "background-image" in declared else behind
    if colour is None or background is None:
        return None
    try:
        channels = [colour_channels(value) for _, value in (colour, background)]
    except ValueError:  # a variable, a gradient, see-through, or the browser's own colour
        return None
    return TextStyle(channels[0], channels[1], _size_pt(element), _bold(element), (id(colour[0]), id(background[0])))


def _with_ancestors(element: Tag) -> list[Tag]:
    return [element, *(parent for parent in element.parents if parent.name != "[document]")]


def _size_pt(element: Tag) -> float:
    size = _ROOT_PT
    for one in reversed(_with_ancestors(element)):
        declared = _SIZE.fullmatch(styles(one).get("font-size", ""))
        if declared is None:
            size *= _TIMES_PARENT.get(one.name, 1.0)
        else:
            number, unit = float(declared[1]), declared[2]
            size = number * (size if unit == "em" else size / 100 if unit == "%" else _PT[unit])
    return size


def _bold(element: Tag) -> bool:
    for one in _with_ancestors(element):
        weight = styles(one).get("font-weight", "")
        if weight:
            return weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 700)
        if one.name in _BOLD:
            return True
    return False
