"""Laws of interaction: how long it takes to point at something (Fitts) and to choose (Hick).

They compare designs. The constants belong to people, device and task, and are fitted to measured times.
"""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.ratings import Ratings, read_ratings
from cxux_helpers.tables import refuse_rows

__all__ = [
    "effective_width",
    "fitts",
    "hick",
    "index_of_difficulty",
    "throughput",
]


def index_of_difficulty(
    distance: float, width: float, *, formulation: Literal["shannon", "fitts"] = "shannon"
) -> float:
    """How hard it is to hit a target, in bits.

    Shannon's form, log₂(D / W + 1), is never negative and the one of ISO 9241-9; Fitts's own of 1954 is log₂(2D / W).
    They differ by up to a bit, so do not mix them, nor constants that were fitted to one with the other.

    Parameters
    ----------
    distance : float
        Distance to the centre of the target, above 0.
    width : float
        Width of the target in the direction of the movement, above 0, in the same unit.
    formulation : {"shannon", "fitts"}
        Which form.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a length is not above 0, or the form is unknown.

    References
    ----------
    MacKenzie, I. S. (1992). Fitts' law as a research and design tool in human-computer interaction. *Human-Computer
    Interaction* 7, 91–139.

    Examples
    --------
    >>> round(index_of_difficulty(312, 130), 4)
    1.7655
    >>> index_of_difficulty(16, 0.25, formulation="fitts")
    7.0
    """
    require_number("distance", distance, above=0)
    require_number("width", width, above=0)
    if formulation == "shannon":
        return math.log2(distance / width + 1)
    if formulation == "fitts":
        return math.log2(2 * distance / width)
    raise ValueError(f"formulation is {formulation!r}. Give 'shannon' or 'fitts'.")


def fitts(
    distance: float, width: float, *, a: float, b: float, formulation: Literal["shannon", "fitts"] = "shannon"
) -> float:
    """Time to hit a target by Fitts's law: a + b · `index_of_difficulty`.

    Parameters
    ----------
    distance, width, formulation
        As in `index_of_difficulty`.
    a, b : float
        Constants of the device and the people, fitted to the same form: `a` in units of time, may be negative; `b` in
        units of time per bit, above 0.

    Returns
    -------
    float
        In the unit of `a` and `b`; low is fast.

    Raises
    ------
    ValueError
        As in `index_of_difficulty`, or if a constant is no such number.

    Examples
    --------
    >>> round(fitts(distance=7, width=1, a=0.1, b=0.2), 2)
    0.7
    """
    require_number("a", a)
    require_number("b", b, above=0)
    return a + b * index_of_difficulty(distance, width, formulation=formulation)


def effective_width(endpoints: Ratings) -> float:
    """Width of the target that people really aimed at: 4.133 · SD of where they ended.

    The factor puts 96 % of the ends inside. The standard deviation is the sample's (divisor n − 1), as in MacKenzie's
    own program.

    Parameters
    ----------
    endpoints : array of float
        Where each movement ended along the line of movement, relative to the centre of its target.

    Returns
    -------
    float
        In the unit of `endpoints`.

    Raises
    ------
    ValueError
        If there are fewer than two, one is missing or no number, or all are equal.

    Examples
    --------
    >>> round(effective_width([-1, 0, 1]), 3)
    4.133
    """
    ends = read_ratings(endpoints, low=-math.inf, high=math.inf, whole=False, name="endpoints").to_numpy()
    if len(ends) < 2 or not np.ptp(ends) > 0:
        raise ValueError(f"endpoints has {len(set(ends))} different value. A spread needs two or more, not all equal.")
    return 4.133 * float(ends.std(ddof=1))


def throughput(distances: Ratings, endpoints: Ratings, times: Ratings) -> float:
    """Speed and accuracy of pointing in one number, in bits per second: log₂(Dₑ / Wₑ + 1) / MT.

    Higher is better; a mouse reaches about 4 to 5. Dₑ is the mean of the distances really moved, Wₑ the
    `effective_width`, MT the mean time. Take one series of movements under one condition at a time.

    Parameters
    ----------
    distances : array of float
        Distance really moved in each trial, along the line of movement.
    endpoints : array of float
        As in `effective_width`, in the same unit.
    times : array of float
        Time of each trial in seconds.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If the three are not equally long, a value is missing or no number, a distance or a time is not above 0, or
        `endpoints` has no spread.

    References
    ----------
    Soukoreff, R. W., and MacKenzie, I. S. (2004). Towards a standard for pointing device evaluation. *International
    Journal of Human-Computer Studies* 61, 751–789.

    Examples
    --------
    >>> round(throughput([300, 310, 290, 300], [-10, 10, -10, 10], [0.8, 0.9, 0.8, 0.9]), 2)
    3.37
    """
    if not len(distances) == len(endpoints) == len(times):
        raise ValueError(
            f"there are {len(distances)} distances, {len(endpoints)} endpoints and {len(times)} times. "
            "Give one of each for every trial."
        )
    difficulty = index_of_difficulty(_above_zero(distances, "distances"), effective_width(endpoints))
    return difficulty / _above_zero(times, "times")


def hick(n: int, *, a: float = 0.0, b: float) -> float:
    """Time to choose among `n` options that are equally likely, by Hick's law: a + b · log₂(n + 1).

    The + 1 stands for deciding whether to choose at all; a rival form leaves it out. It holds for options that people
    know, such as keys or a sorted menu, not for a list that has to be read.

    Parameters
    ----------
    n : int
        Number of options, at least 1.
    a, b : float
        Constants: `a` in units of time, `b` in units of time per bit, above 0.

    Returns
    -------
    float
        In the unit of `a` and `b`; low is fast.

    Raises
    ------
    ValueError
        If `n` is no whole number of 1 or more, or a constant is no such number.

    References
    ----------
    Card, S. K., Moran, T. P., and Newell, A. (1983). *The Psychology of Human-Computer Interaction*. Erlbaum.

    Examples
    --------
    >>> round(hick(7, b=0.15), 2)
    0.45
    """
    require_number("a", a)
    require_number("b", b, above=0)
    return a + b * math.log2(require_whole("n", n, low=1) + 1)


def _above_zero(values: Ratings, name: str) -> float:
    """Mean of values that are all above 0."""
    column = read_ratings(values, low=-math.inf, high=math.inf, whole=False, name=name)
    refuse_rows(column, ~((column > 0) & np.isfinite(column)), "a value that is not above 0", "Correct it.")
    return float(column.mean())
