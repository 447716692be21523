"""Controls as all exercises have them: labelled, as wide as there is room, and read in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import ipywidgets as widgets

from cxux_helpers.exercises.base import whole

__all__ = ["BLANK", "Slider", "chosen", "labelled", "live", "menu", "read_whole", "show_chosen"]

BLANK = "– choose –"


def labelled(width: str = "13em") -> dict[str, Any]:
    """Keywords for a control whose label is so wide; the control itself fills the rest of the line."""
    return {"style": {"description_width": width}, "layout": {"width": "auto"}}


def live() -> widgets.HTML:
    """A place for words that assistive technology reads aloud when they change."""
    words = widgets.HTML()
    words.add_class("cxux-live")
    return words


def menu(label: str, options: Iterable[str], *, width: str = "13em") -> widgets.Dropdown:
    """A menu on which nothing is chosen at first."""
    return widgets.Dropdown(options=[BLANK, *options], description=label, **labelled(width))


def chosen(menus: Mapping[str, widgets.Dropdown]) -> dict[str, str]:
    """What is chosen on each menu, by its name; menus on which nothing is chosen are left out."""
    return {name: one.value for name, one in menus.items() if one.value != BLANK}


def show_chosen(menus: Mapping[str, widgets.Dropdown], choices: Mapping[str, str]) -> None:
    """Set each menu to its choice, or to none."""
    for name, one in menus.items():
        one.value = choices.get(name, BLANK)


def read_whole(name: str, value: object, low: int, high: int, *, unit: str = "") -> int:
    """Return a whole number within its bounds, which may be reached, as an int.

    Parameters
    ----------
    name : str
        What the message calls it.
    value : object
        What was given.
    low, high : int
        Bounds.
    unit : str
        What it counts, for the message.

    Raises
    ------
    ValueError
        If it is anything else.

    Examples
    --------
    >>> read_whole("share", 120, 0, 100, unit="percent")
    Traceback (most recent call last):
    ValueError: share is 120; it should be a whole number of percent from 0 to 100.
    """
    number = whole(value)
    if number is None or not low <= number <= high:
        of = f" of {unit}" if unit else ""
        raise ValueError(f"{name} is {value!r}; it should be a whole number{of} from {low} to {high}.")
    return number


@dataclass(frozen=True)
class Slider:
    """A whole number that is set with a slider.

    Parameters
    ----------
    label
        What stands beside it.
    low, high, step
        Its ends, and how far apart the numbers are on which it stops.
    start
        Where it stands at first.
    """

    label: str
    low: int
    high: int
    step: int
    start: int

    def read(self, name: str, value: object) -> int:
        """Return a number between its ends as an int, or raise ValueError; `name` is what the message calls it."""
        return read_whole(name, value, self.low, self.high)

    def control(self, width: str = "13em") -> widgets.IntSlider:
        """Make the slider, with its label so wide."""
        return widgets.IntSlider(
            min=self.low, max=self.high, step=self.step, value=self.start, description=self.label, **labelled(width)
        )
