"""Consistency between screens or touchpoints: the same thing looks, reads and stands the same everywhere."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence

from cxux_helpers.findings import Finding, Rule, explain
from cxux_helpers.wireframes.design_systems import DesignSystem
from cxux_helpers.wireframes.screens import Component, Wireframe

__all__ = ["CONSISTENCY_RULES", "consistency_between"]

CONSISTENCY_RULES = {
    "same-words": Rule(
        "People who learned a word on one screen look for it on the next.",
        "Take the system's words on every screen.",
    ),
    "same-name": Rule(
        "Two names for one thing make people ask for the difference.",
        "Call it the same on every screen.",
    ),
    "same-place": Rule(
        "Hands and eyes go where it was before.",
        "Let it stand in one place on every screen.",
    ),
    "same-style": Rule(
        "What looks different is taken for something different.",
        "Take the same tokens and the same height on every screen.",
    ),
}

_EVERYWHERE = ("back", "navigation")  # stand in one place of every screen


def consistency_between(wireframes: Sequence[Wireframe], system: DesignSystem) -> list[Finding]:
    """Find what differs between screens, or touchpoints of one firm, that should use the same patterns.

    Each screen is compared with the first one that has the thing in question; which of the two is better is not said.

    Parameters
    ----------
    wireframes : sequence of Wireframe
        Two or more, in the order in which people meet them.
    system : DesignSystem
        Its actions tell which buttons and links do the same.

    Returns
    -------
    list of Finding
        Each finding's ``rule`` is a key of `CONSISTENCY_RULES`; ``where`` names the later screen by its number.

    Raises
    ------
    ValueError
        If there are fewer than two screens.

    Examples
    --------
    >>> from cxux_helpers.wireframes.design_systems import EXAMPLE_SYSTEM
    >>> style = {"emphasis": "primary", "colour": "on accent", "background": "accent"}
    >>> phone = Wireframe("Phone", 360, 640, (Component("ok", "button", "Save", 16, 560, 328, 48, **style),))
    >>> kiosk = Wireframe("Kiosk", 360, 640, (Component("ok", "button", "Submit", 16, 560, 328, 48, **style),))
    >>> for finding in consistency_between([phone, kiosk], EXAMPLE_SYSTEM):
    ...     print(finding.rule, "-", finding.where, "-", finding.what)
    same-words - screen 2, component 'ok' - For the same action, screen 1 has other words.
    """
    if len(wireframes) < 2:
        raise ValueError(f"consistency is between screens; there are {len(wireframes)}. Give two or more.")
    return explain(_faults(wireframes, system), CONSISTENCY_RULES)


def _faults(wireframes: Sequence[Wireframe], system: DesignSystem) -> Iterator[tuple[str, str, str]]:
    def action(one: Component, _: Wireframe) -> Hashable:
        found = system.action_of(one.label) if one.kind in ("button", "link", "back") else None
        return found[0].id if found else None

    def words(one: Component, _: Wireframe) -> Hashable:
        """The words of the action that it uses, whatever follows them: "Save address" and "Save card" agree."""
        found = system.action_of(one.label)
        phrases = (found[0].words, *found[0].avoid) if found else ()
        plain = " ".join(one.label.casefold().split())
        return max((phrase for phrase in phrases if plain.startswith(phrase.casefold())), key=len, default=plain)

    def thing(one: Component, screen: Wireframe) -> Hashable:
        return (one.id, one.kind) if action(one, screen) is None else None

    def fixed(one: Component, _: Wireframe) -> Hashable:
        return one.kind if one.kind in _EVERYWHERE or one.emphasis == "primary" else None

    def place(one: Component, screen: Wireframe) -> Hashable:
        if one.kind in _EVERYWHERE:
            return one.x, one.y
        return one.x == system.margin, one.right == screen.width - system.margin

    def role(one: Component, _: Wireframe) -> Hashable:
        return one.kind, one.emphasis, one.level

    def look(one: Component, _: Wireframe) -> Hashable:
        height = one.height if one.kind in ("field", "button", "back", "navigation") else None
        return one.text_size, one.colour, one.background, height

    comparisons: tuple[tuple[str, str, Callable[..., Hashable], Callable[..., Hashable]], ...] = (
        ("same-words", "For the same action, screen {} has other words.", action, words),
        ("same-name", "The component of this id has another label on screen {}.", thing, lambda one, _: one.label),
        ("same-place", "It stands elsewhere on screen {}.", fixed, place),
        ("same-style", "Screen {} gives such a component another look.", role, look),
    )
    for rule, what, same, compared in comparisons:
        first: dict[Hashable, tuple[int, Hashable]] = {}
        for number, wireframe in enumerate(wireframes, start=1):
            for one in wireframe.components:
                key = same(one, wireframe)
                if key is None:
                    continue
                at, before = first.setdefault(key, (number, compared(one, wireframe)))
                if at != number and before != compared(one, wireframe):
                    yield rule, f"screen {number}, component {one.id!r}", what.format(at)
