"""A wireframe as data: one screen, its components, and where they stand.

All lengths are pixels of CSS, as in the guidelines for accessibility: 1 pixel is 0.75 points. The components of a
screen are listed in their reading order: a screen reader speaks them, and the Tab key visits them, in that order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cxux_helpers.records import record_from_json, record_to_json, require_parts

__all__ = [
    "COMPONENT_KINDS",
    "EMPHASES",
    "TARGET_KINDS",
    "Component",
    "Wireframe",
    "component_in_words",
    "wireframe_from_json",
    "wireframe_to_json",
]

COMPONENT_KINDS = {
    "heading": "names the screen or a part of it",
    "text": "says something",
    "image": "shows something; its words are the text alternative",
    "field": "is filled in; its words stand above it",
    "checkbox": "is ticked or not; its words stand beside it",
    "hint": "helps with a field",
    "error": "says what is wrong with a field, and the way out",
    "button": "does something",
    "link": "leads to another screen",
    "back": "leads back to the screen before",
    "navigation": "leads to the main parts of the product",
}
TARGET_KINDS = ("field", "checkbox", "button", "link", "back", "navigation")  # what people press
EMPHASES = ("", "primary", "secondary")

_FAR = 10_000  # pixels; no screen is larger, and a slip of the finger should not make one
_LEVELS = 6  # of headings, as HTML has them
_MOST = 60  # components of one screen


@dataclass(frozen=True)
class Component:
    """A part of a screen.

    Parameters
    ----------
    id : str
        Unique on its screen. The same thing on another screen has the same id.
    kind : str
        One of `COMPONENT_KINDS`.
    label : str
        Its words as people read them; of an image, the text alternative.
    x, y : int
        Pixels from the left and from the top of the screen to its top left corner.
    width, height : int
        Pixels. The words of a field are within it.
    placeholder : str
        Grey words inside an empty field. They go as soon as somebody types.
    emphasis : str
        One of `EMPHASES`; buttons have it.
    level : int
        Of a heading, 1 for the screen's own; 0 for all else.
    text_size, colour, background : str
        Tokens of the design system: size and colour of the words, and what lies behind them.

    Raises
    ------
    ValueError
        If a value is of the wrong kind, out of its range, or not among those that are known. Whether the design
        system has the tokens is for `cxux_helpers.wireframes.wireframe_findings` to say.

    Examples
    --------
    >>> Component("save", "switch", "Save", 16, 400, 328, 48)
    Traceback (most recent call last):
    ValueError: component 'save': kind is 'switch'. Take one of: heading, text, image, field, checkbox, hint, error, \
button, link, back, navigation.
    """

    id: str
    kind: str
    label: str
    x: int
    y: int
    width: int
    height: int
    placeholder: str = ""
    emphasis: str = ""
    level: int = 0
    text_size: str = "body"
    colour: str = "ink"
    background: str = "paper"

    def __post_init__(self) -> None:
        place = f"component {self.id!r}"
        require_parts(self, place)
        if not self.id:
            raise ValueError("a component has no id. Give it a short one, such as 'save'.")
        if self.kind not in COMPONENT_KINDS:
            raise ValueError(f"{place}: kind is {self.kind!r}. Take one of: {', '.join(COMPONENT_KINDS)}.")
        if self.emphasis not in EMPHASES:
            raise ValueError(f"{place}: emphasis is {self.emphasis!r}. Take 'primary', 'secondary' or ''.")
        bounds = {"x": -_FAR, "y": -_FAR, "width": 1, "height": 1, "level": 0}
        for name, low in bounds.items():
            high = _LEVELS if name == "level" else _FAR
            if not low <= getattr(self, name) <= high:
                raise ValueError(f"{place}: {name} is {getattr(self, name)}. Give a whole number from {low} to {high}.")

    @property
    def right(self) -> int:
        """Pixels from the left of the screen to its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Pixels from the top of the screen to its lower edge."""
        return self.y + self.height


@dataclass(frozen=True)
class Wireframe:
    """A screen.

    Parameters
    ----------
    title : str
        What the screen is for.
    width, height : int
        Pixels.
    components : tuple of Component
        In their reading order.
    first_screen : bool
        Whether the product opens with it, so that there is no way back.

    Raises
    ------
    ValueError
        If the size is not from 1 to 10,000, there are more than 60 components, or two have the same id.
    """

    title: str
    width: int
    height: int
    components: tuple[Component, ...] = ()
    first_screen: bool = False

    def __post_init__(self) -> None:
        require_parts(self, "the wireframe")
        for name in ("width", "height"):
            if not 1 <= getattr(self, name) <= _FAR:
                raise ValueError(
                    f"the wireframe's {name} is {getattr(self, name)}. Give a whole number from 1 to {_FAR}."
                )
        if len(self.components) > _MOST:
            raise ValueError(
                f"the wireframe has {len(self.components)} components, but at most {_MOST} fit. Make two screens."
            )
        ids = [component.id for component in self.components]
        for place, one in enumerate(ids):
            if one in ids[:place]:
                raise ValueError(f"two components have the id {one!r}. Rename one.")

    def of_kind(self, *kinds: str) -> tuple[Component, ...]:
        """Its components of these kinds, in reading order."""
        return tuple(component for component in self.components if component.kind in kinds)

    def number(self, component: Component) -> int:
        """Place of a component in the reading order, from 1."""
        return [one.id for one in self.components].index(component.id) + 1


def component_in_words(component: Component) -> str:
    """Say all that is known of a component.

    Examples
    --------
    >>> print(component_in_words(Component("mail", "field", "Email", 16, 120, 328, 72, placeholder="ann@example.org")))
    field “Email”, placeholder “ann@example.org”, at 16 from the left and 120 from the top, 328 wide and 72 high, \
text body, ink on paper
    """
    one = component
    parts = [
        " ".join(filter(None, (one.emphasis, one.kind, f"of level {one.level}" if one.level else ""))),
        f"placeholder “{one.placeholder}”" if one.placeholder.strip() else "",
        f"at {one.x} from the left and {one.y} from the top",
        f"{one.width} wide and {one.height} high",
        f"text {one.text_size}",
        f"{one.colour} on {one.background}",
    ]
    parts[0] += f" “{one.label}”" if one.label.strip() else " without words"
    return ", ".join(filter(None, parts))


def wireframe_to_json(wireframe: Wireframe) -> str:
    """Write a wireframe as JSON; `wireframe_from_json` reads it back to an equal one.

    Examples
    --------
    >>> screen = Wireframe("Your address", 360, 640, (Component("head", "heading", "Address", 16, 64, 328, 40),))
    >>> wireframe_from_json(wireframe_to_json(screen)) == screen
    True
    """
    return record_to_json(wireframe, "wireframe")


def wireframe_from_json(source: str | Mapping[str, Any]) -> Wireframe:
    """Read a wireframe from JSON.

    Parameters
    ----------
    source : str or mapping
        As `wireframe_to_json` writes it, or what `json.loads` makes of that.

    Returns
    -------
    Wireframe

    Raises
    ------
    ValueError
        If it is not JSON, or an entry is missing, unknown, of the wrong kind or out of its range. Whether the screen
        is a good one is for `cxux_helpers.wireframes.wireframe_findings` to say.

    Examples
    --------
    >>> wireframe_from_json('{"schema": 1, "kind": "wireframe", "title": "Address", "width": 360}')
    Traceback (most recent call last):
    ValueError: the wireframe has no entry 'height'. Add one.
    """
    return record_from_json(Wireframe, source, "wireframe")
