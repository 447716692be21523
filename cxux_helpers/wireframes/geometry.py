"""How components stand to each other: which overlap, which is seen first, how far apart they are."""

from __future__ import annotations

from cxux_helpers.wireframes.screens import Component

__all__ = ["gap", "in_one_column", "in_one_row", "overlap", "precedes"]


def in_one_row(one: Component, other: Component) -> bool:
    """Whether a horizontal line can cross both."""
    return one.y < other.bottom and other.y < one.bottom


def in_one_column(one: Component, other: Component) -> bool:
    """Whether a vertical line can cross both."""
    return one.x < other.right and other.x < one.right


def overlap(one: Component, other: Component) -> bool:
    """Whether they share more than an edge.

    Examples
    --------
    >>> above = Component("one", "text", "One", 0, 0, 100, 20)
    >>> overlap(above, Component("two", "text", "Two", 0, 20, 100, 20))
    False
    """
    return in_one_row(one, other) and in_one_column(one, other)


def precedes(one: Component, other: Component) -> bool:
    """Whether the eye meets `one` before `other`: it stands above it in one column, or left of it in one row.

    For this, two stand in one row if at least half of the lower one lies beside the other. Of two that stand neither
    in one row nor in one column, neither precedes: people read columns in either way.

    Examples
    --------
    >>> above = Component("one", "text", "One", 0, 0, 100, 20)
    >>> below = Component("two", "text", "Two", 0, 20, 100, 20)
    >>> precedes(above, below), precedes(below, above)
    (True, False)
    """
    above = one.bottom <= other.y and in_one_column(one, other)
    beside = min(one.bottom, other.bottom) - max(one.y, other.y)
    left = one.right <= other.x and 2 * beside >= min(one.height, other.height)
    return above or left


def gap(one: Component, other: Component) -> float:
    """Pixels between two that stand in one row or one column, 0 if they touch; infinite for all others.

    Examples
    --------
    >>> gap(Component("one", "text", "One", 0, 0, 100, 20), Component("two", "text", "Two", 0, 28, 100, 20))
    8
    """
    if in_one_column(one, other):
        return max(one.y - other.bottom, other.y - one.bottom, 0)
    if in_one_row(one, other):
        return max(one.x - other.right, other.x - one.right, 0)
    return float("inf")
