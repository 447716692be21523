"""An A/B test day by day: how long it must run, what it says so far, and what looking early does to it."""

from __future__ import annotations

import math
from functools import cache

import pandas as pd

from cxux_helpers.experiments import (
    ProportionsTest,
    compare_proportions,
    sample_size_for_proportions,
    simulate_peeking,
)
from cxux_helpers.tables import require_columns

__all__ = ["false_alarms", "people_per_day", "planned_days", "trial_until"]

_COLUMNS = ("day", "n_a", "hits_a", "n_b", "hits_b")
_REMEDY = "Make it with make_ab_trial."


def people_per_day(trial: pd.DataFrame) -> int:
    """People a day in each group.

    Parameters
    ----------
    trial : DataFrame
        As `cxux_helpers.datasets.make_ab_trial` gives it.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> people_per_day(pd.DataFrame({"day": [1], "n_a": [50], "hits_a": [9], "n_b": [50], "hits_b": [12]}))
    50
    """
    require_columns(trial, _COLUMNS, _REMEDY)
    return int(trial["n_a"].iloc[0])


def planned_days(baseline: float, points: float, power: float, per_day: int) -> tuple[int, int]:
    """People that each group needs, and days until they are there.

    Parameters
    ----------
    baseline : float
        Share with A as it is known, between 0 and 1.
    points : float
        Effect to be seen, in points of percent.
    power : float
        How likely it is to be seen, in percent.
    per_day : int
        People a day in each group.

    Returns
    -------
    people, days : int

    Raises
    ------
    ValueError
        As in `cxux_helpers.experiments.sample_size_for_proportions`.

    Examples
    --------
    >>> planned_days(0.20, 6, 80, per_day=50)
    (770, 16)
    """
    people = math.ceil(sample_size_for_proportions(baseline, baseline + points / 100, power=power / 100))
    return people, math.ceil(people / per_day)


def trial_until(trial: pd.DataFrame, day: int) -> ProportionsTest:
    """Compare B with A by all that came in up to a day.

    Parameters
    ----------
    trial : DataFrame
        As `cxux_helpers.datasets.make_ab_trial` gives it.
    day : int
        The last day that counts.

    Returns
    -------
    ProportionsTest
        A positive difference speaks for B.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> trial = pd.DataFrame({"day": [1, 2], "n_a": 50, "hits_a": [10, 9], "n_b": 50, "hits_b": [14, 12]})
    >>> trial_until(trial, 2).difference
    Difference of shares 0.07, 95% interval -0.05 to 0.18 (n = 200, Agresti–Caffo)
    """
    require_columns(trial, _COLUMNS, _REMEDY)
    total = trial.loc[trial["day"] <= day, ["hits_b", "n_b", "hits_a", "n_a"]].sum()
    return compare_proportions(*(int(number) for number in total))


@cache
def false_alarms(looks: int, people: int, baseline: float) -> float:
    """How often somebody who looks so many times, and stops at the first p below 0.05, finds an effect of nothing.

    Parameters
    ----------
    looks : int
        Evenly spaced looks, the last at the end; at least 1.
    people : int
        People in each group at the end.
    baseline : float
        Share in both groups.

    Returns
    -------
    float
        A share of 1,000 simulated tests; low is good, and a single look has about 0.05.

    Examples
    --------
    >>> false_alarms(1, 800, 0.2) < 0.08 < false_alarms(16, 800, 0.2)
    True
    """
    return float(simulate_peeking(looks=looks, n=max(people, looks), share=baseline, runs=1000).at_any_look)
