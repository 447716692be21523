"""Choosing between designs by their intervals."""

from __future__ import annotations

from collections.abc import Mapping

from cxux_helpers.estimates import Estimate

__all__ = ["clear_winner"]


def clear_winner(estimates: Mapping[str, Estimate], *, high_is_good: bool = True) -> str | None:
    """Name of the design whose interval lies wholly on the good side of all others; None if it cannot be told yet.

    A careful rule. Intervals that do not touch show a difference; from intervals that overlap a little, a test of the
    difference itself might still show one, above all if the same people tried all designs.

    Parameters
    ----------
    estimates : Mapping of str to Estimate
        At least two designs, each with the same measure at the same confidence.
    high_is_good : bool
        True for rates and scores, False for times.

    Returns
    -------
    str or None

    Raises
    ------
    ValueError
        If there are fewer than two, or their confidence levels differ.

    Examples
    --------
    >>> from cxux_helpers.usability.performance import completion_rate
    >>> clear_winner({"A": completion_rate(5, 10), "B": completion_rate(8, 10)}) is None
    True
    >>> clear_winner({"A": completion_rate(50, 100), "B": completion_rate(80, 100)})
    'B'
    """
    if len(estimates) < 2:
        raise ValueError(f"estimates has {len(estimates)} design, and a choice needs two or more. Add the others.")
    levels = {estimate.confidence for estimate in estimates.values()}
    if len(levels) > 1:
        raise ValueError(f"the confidence levels {sorted(levels)} differ. Compute all intervals at the same one.")
    for name, one in estimates.items():
        others = [estimate for other, estimate in estimates.items() if other != name]
        if all(one.low > other.high if high_is_good else one.high < other.low for other in others):
            return name
    return None
