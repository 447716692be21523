"""A small design system as data: the grid, tokens for text and colour, components, words, and places.

A *token* is a named decision, such as "body" for 16 pixels. A screen that names tokens changes as a whole when the
decision does; a screen that names pixels and colours by itself has to be changed by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cxux_helpers.accessibility.colours import colour_hex
from cxux_helpers.accessibility.contrast import CONTRAST_MINIMUM
from cxux_helpers.records import record_from_json, record_to_json, require_parts
from cxux_helpers.wireframes.screens import COMPONENT_KINDS, EMPHASES, Component

__all__ = [
    "EXAMPLE_SYSTEM",
    "PRIMARY_SIDES",
    "TARGET_MINIMUM",
    "ActionWords",
    "ComponentStyle",
    "DesignSystem",
    "TextSize",
    "design_system_from_json",
    "design_system_to_json",
]

# The least side of a target, in pixels: success criteria 2.5.8 (AA) and 2.5.5 (AAA) of WCAG 2.2.
TARGET_MINIMUM = {"AA": 24, "AAA": 44}
PRIMARY_SIDES = {
    "left": "its left edge at the left margin",
    "right": "its right edge at the right margin",
    "full": "from the left margin to the right one",
}


@dataclass(frozen=True)
class TextSize:
    """A size of text.

    Parameters
    ----------
    name : str
        The token.
    pixels : int
        Height of the letters.
    bold : bool
        Whether they are bold.
    """

    name: str
    pixels: int
    bold: bool = False

    def __post_init__(self) -> None:
        require_parts(self, f"text size {self.name!r}")
        if self.pixels < 1:
            raise ValueError(f"text size {self.name!r} has {self.pixels} pixels. Give 1 or more.")


@dataclass(frozen=True)
class ComponentStyle:
    """A component of the system: its least size, and the tokens with which it comes.

    Parameters
    ----------
    kind, emphasis : str
        As in `Component`.
    width, height : int
        Least pixels.
    text_size, colour, background : str
        Tokens.
    """

    kind: str
    width: int
    height: int
    text_size: str = "body"
    colour: str = "ink"
    background: str = "paper"
    emphasis: str = ""

    def __post_init__(self) -> None:
        place = f"the style of {self.kind!r}"
        require_parts(self, place)
        if self.kind not in COMPONENT_KINDS:
            raise ValueError(f"{place} is of no kind that is known. Take one of: {', '.join(COMPONENT_KINDS)}.")
        if self.emphasis not in EMPHASES:
            raise ValueError(f"{place}: emphasis is {self.emphasis!r}. Take 'primary', 'secondary' or ''.")
        for name in ("width", "height"):
            if getattr(self, name) < 1:
                raise ValueError(f"{place}: {name} is {getattr(self, name)}. Give 1 or more.")


@dataclass(frozen=True)
class ActionWords:
    """Something that people can do on many screens, and its words.

    Parameters
    ----------
    id : str
        Unique; ``"back"`` and ``"cancel"`` are ways back.
    words : str
        What its buttons and links begin with, on every screen.
    avoid : tuple of str
        Words for the same thing that are not to be used.
    """

    id: str
    words: str
    avoid: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        require_parts(self, f"action {self.id!r}")
        if not self.words.strip() or not all(words.strip() for words in self.avoid):
            raise ValueError(f"action {self.id!r} has empty words. Write what its button says.")


@dataclass(frozen=True)
class DesignSystem:
    """Decisions that are taken once, for all screens.

    Parameters
    ----------
    name : str
        What people call it.
    text_sizes : tuple of TextSize
        From the smallest to the largest.
    colours : dict of str to str
        Token and colour, which `cxux_helpers.accessibility.colours.colour_channels` can read.
    styles : tuple of ComponentStyle
        The components there are.
    actions : tuple of ActionWords
        The words for what people can do.
    grid : int
        Pixels; places and sizes are multiples of it.
    margin : int
        Pixels at the left and at the right of a screen that stay empty.
    target : int
        Least width and height of what people press, in pixels. At least 24, which WCAG 2.2 asks for at level AA; 44
        meets AAA. The exceptions of the guideline, such as links within a sentence, are not made here.
    near : int
        At most so many pixels lie between a field and its hint or error.
    contrast : str
        Level that the contrast of words must reach: ``"AA"`` or ``"AAA"``.
    primary_side : str
        Where the primary button stands below the fields; one of `PRIMARY_SIDES`.
    button_order : tuple of str
        Emphases of buttons, as the eye meets them.

    Raises
    ------
    ValueError
        If something is missing, doubled or out of its range, or a token is used that the system does not have.
    """

    name: str
    text_sizes: tuple[TextSize, ...]
    colours: dict[str, str]
    styles: tuple[ComponentStyle, ...]
    actions: tuple[ActionWords, ...] = ()
    grid: int = 8
    margin: int = 16
    target: int = 44
    near: int = 8
    contrast: str = "AA"
    primary_side: str = "full"
    button_order: tuple[str, ...] = ("primary", "secondary")

    def __post_init__(self) -> None:
        require_parts(self, "the design system")
        for name, low in (("grid", 1), ("margin", 0), ("target", TARGET_MINIMUM["AA"]), ("near", 0)):
            if getattr(self, name) < low:
                raise ValueError(f"the design system: {name} is {getattr(self, name)} pixels. Give {low} or more.")
        for name, allowed in (("contrast", list(CONTRAST_MINIMUM["text"])), ("primary_side", list(PRIMARY_SIDES))):
            if getattr(self, name) not in allowed:
                raise ValueError(
                    f"the design system: {name} is {getattr(self, name)!r}. Take one of: {', '.join(allowed)}."
                )
        for emphasis in self.button_order:
            if emphasis not in EMPHASES:
                raise ValueError(f"the design system: button_order has {emphasis!r}. Take 'primary', 'secondary', ''.")
        self._require_single("text size", [size.name for size in self.text_sizes])
        self._require_single("style", [" ".join(filter(None, (one.emphasis, one.kind))) for one in self.styles])
        self._require_single("action", [action.id for action in self.actions])
        for colour in self.colours.values():
            colour_hex(colour)
        for style in self.styles:
            for token, known in (
                (style.text_size, [size.name for size in self.text_sizes]),
                (style.colour, list(self.colours)),
                (style.background, list(self.colours)),
            ):
                if token not in known:
                    raise ValueError(
                        f"the style of {style.kind!r} names {token!r}, which is no token; there are: "
                        f"{', '.join(known)}."
                    )

    def _require_single(self, what: str, names: list[str]) -> None:
        for place, name in enumerate(names):
            if name in names[:place]:
                raise ValueError(f"the design system has two of the {what} {name!r}. Take one away.")

    def style_of(self, component: Component) -> ComponentStyle | None:
        """The system's style of a component, or None if the system has no such component."""
        found = (one for one in self.styles if (one.kind, one.emphasis) == (component.kind, component.emphasis))
        return next(found, None)

    def size_of(self, component: Component) -> TextSize | None:
        """The size of a component's text, or None if it names no token."""
        return next((size for size in self.text_sizes if size.name == component.text_size), None)

    def action_of(self, label: str) -> tuple[ActionWords, bool] | None:
        """What a label makes people do, and whether it says so in the system's words; None for other words.

        A label says what its first words say: "Save address" is the action whose words are "Save".
        """
        right = [(action.words, action, True) for action in self.actions]
        wrong = [(words, action, False) for action in self.actions for words in action.avoid]
        for found in (right, wrong):
            for words, action, kept in sorted(found, key=lambda entry: len(entry[0]), reverse=True):
                if f"{_plain(label)} ".startswith(f"{_plain(words)} "):
                    return action, kept and " ".join(label.split()).startswith(words)
        return None


def _plain(words: str) -> str:
    return " ".join(words.casefold().split())


def design_system_to_json(system: DesignSystem) -> str:
    """Write a design system as JSON; `design_system_from_json` reads it back to an equal one.

    Examples
    --------
    >>> design_system_from_json(design_system_to_json(EXAMPLE_SYSTEM)) == EXAMPLE_SYSTEM
    True
    """
    return record_to_json(system, "design system", brief=True)


def design_system_from_json(source: str | Mapping[str, Any]) -> DesignSystem:
    """Read a design system from JSON.

    Parameters
    ----------
    source : str or mapping
        As `design_system_to_json` writes it, or what `json.loads` makes of that.

    Returns
    -------
    DesignSystem

    Raises
    ------
    ValueError
        If it is not JSON, or no design system.
    """
    return record_from_json(DesignSystem, source, "design system")


EXAMPLE_SYSTEM = DesignSystem(
    "Example system",
    (
        TextSize("small", 14),
        TextSize("body", 16),
        TextSize("subheading", 20, bold=True),
        TextSize("heading", 28, bold=True),
    ),
    {
        "ink": "#1a1a1a", "paper": "#ffffff", "muted": "#595959", "line": "#949494", "accent": "#0b57a4",
        "on accent": "#ffffff", "tint": "#e8f0f8", "warning": "#a3140f",
    },
    (
        ComponentStyle("heading", 80, 32, "heading"),
        ComponentStyle("text", 80, 24),
        ComponentStyle("image", 48, 48, background="tint"),
        ComponentStyle("field", 96, 72),
        ComponentStyle("checkbox", 96, 48),
        ComponentStyle("hint", 80, 24, "small", "muted"),
        ComponentStyle("error", 80, 24, "small", "warning"),
        ComponentStyle("button", 96, 48, "body", "on accent", "accent", "primary"),
        ComponentStyle("button", 96, 48, "body", "accent", "paper", "secondary"),
        ComponentStyle("link", 48, 48, "body", "accent"),
        ComponentStyle("back", 48, 48, "body", "accent"),
        ComponentStyle("navigation", 200, 56, "small", "ink", "tint"),
    ),
    (
        ActionWords("save", "Save", ("Submit", "Store", "Apply", "OK")),
        ActionWords("cancel", "Cancel", ("Abort", "Dismiss", "Discard")),
        ActionWords("back", "Back", ("Return", "Go back", "Previous")),
        ActionWords("next", "Next", ("Continue", "Proceed", "Go on")),
        ActionWords("delete", "Delete", ("Remove", "Erase")),
        ActionWords("pay", "Pay", ("Checkout", "Check out", "Buy now")),
    ),
)  # fmt: skip
