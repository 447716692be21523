"""Monthly NPS surveys with one real change among many of chance, and surveys of a mood that never changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["make_nps_months", "simulate_nps_surveys"]

ASKED = (60, 55, 70, 420, 460, 900, 950, 940, 480, 440, 65, 50)
"""Visitors who answer each month: few in winter, many in summer."""


def simulate_nps_surveys(
    n: int, *, promoters: float, detractors: float, surveys: int = 1000, seed: int = 0
) -> np.ndarray:
    """Scores of many surveys of customers whose mood never changes, so that all their differences are chance.

    Parameters
    ----------
    n : int
        Customers who answer each survey, at least 1.
    promoters, detractors : float
        True shares of promoters and detractors, from 0 to 1, together at most 1; the rest are passives.
    surveys : int
        Number of surveys, at least 1.
    seed : int
        The same seed gives the same surveys.

    Returns
    -------
    array of float
        One NPS for each survey, in points of 100, from -100 to 100.

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> scores = simulate_nps_surveys(200, promoters=0.45, detractors=0.20)
    >>> round(float(scores.mean())), round(float(scores.std()), 1) < 6
    (25, True)
    """
    n, surveys = require_whole("n", n, low=1), require_whole("surveys", surveys, low=1)
    shares = _shares(promoters, detractors)
    counts = np.random.default_rng(seed).multinomial(n, shares, size=surveys)
    scores: np.ndarray = 100 * (counts[:, 2] - counts[:, 0]) / n
    return scores


def make_nps_months(
    asked: Sequence[int] = ASKED,
    *,
    turn: int = 8,
    change: float = 12.0,
    promoters: float = 0.45,
    detractors: float = 0.20,
    seed: int = 0,
) -> Planted:
    """Counts of NPS surveys month by month, in which customers changed their mind once, and chance did the rest.

    Where few answer, chance moves the score most, so the biggest move is seldom the real one. The interval of
    `cxux_helpers.nps_difference` between neighbouring months finds it, for it knows how many answered.

    Parameters
    ----------
    asked : sequence of int
        Answers in each month, from January on; 2 to 12 months.
    turn : int
        The month from which on customers feel differently, counted from 1; not the first.
    change : float
        By how many points the true NPS moves then. Half of it comes from promoters, half from detractors.
    promoters, detractors : float
        True shares before that.
    seed : int
        The same seed gives the same surveys.

    Returns
    -------
    Planted
        ``data`` has a row per month: ``month`` ("Jan" to "Dec"), ``detractors``, ``passives`` and ``promoters``.
        ``truth`` is a Series of the true NPS by month, in points of 100.

    Raises
    ------
    ValueError
        If a number is out of range, or the change leaves a share below 0.

    Examples
    --------
    >>> data, truth = make_nps_months(seed=1)
    >>> truth[["Jul", "Aug"]].to_dict()
    {'Jul': 25.0, 'Aug': 37.0}
    >>> int(data.loc[7, ["detractors", "passives", "promoters"]].sum())
    940
    """
    if not 2 <= len(asked) <= len(_NAMES):
        raise ValueError(f"asked has {len(asked)} months. Give the answers of 2 to {len(_NAMES)} months.")
    numbers = [require_whole(f"answers in month {place}", n, low=1) for place, n in enumerate(asked, start=1)]
    turn = require_whole("turn", turn, low=2)
    if turn > len(numbers):
        raise ValueError(f"turn is {turn}, but there are {len(numbers)} months. Lower it.")
    require_number("change", change, low=-200, high=200, remedy="Give it in points of 100.")
    before = _shares(promoters, detractors)
    after = _shares(promoters + change / 200, detractors - change / 200)
    rng = np.random.default_rng(seed)
    is_after = np.arange(1, len(numbers) + 1) >= turn
    counts = [rng.multinomial(n, after if late else before) for n, late in zip(numbers, is_after, strict=True)]
    months = list(_NAMES[: len(numbers)])
    data = pd.DataFrame(counts, columns=["detractors", "passives", "promoters"])
    data.insert(0, "month", months)
    scores = np.where(is_after, 100 * (after[2] - after[0]), 100 * (before[2] - before[0])).round(6)
    return Planted(data, pd.Series(scores, index=pd.Index(months, name="month"), name="nps"))


_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _shares(promoters: float, detractors: float) -> tuple[float, float, float]:
    """Shares of detractors, passives and promoters."""
    require_number("the share of promoters", promoters, low=0, high=1, remedy="Write 0.45 for 45 %.")
    require_number("the share of detractors", detractors, low=0, high=1, remedy="Write 0.2 for 20 %.")
    if promoters + detractors > 1 + 1e-9:
        raise ValueError(
            f"promoters {promoters:g} and detractors {detractors:g} together are more than 1. Lower one of them."
        )
    return detractors, max(0.0, 1 - promoters - detractors), promoters
