"""NPS month by month, with the interval of each change."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from cxux_helpers.estimates import Estimate
from cxux_helpers.surveys.nps import NPSCounts, nps_difference
from cxux_helpers.tables import require_columns

__all__ = ["monthly_changes", "monthly_counts"]

_GROUPS = ["detractors", "passives", "promoters"]


def monthly_counts(months: pd.DataFrame) -> dict[str, NPSCounts]:
    """How many detractors, passives and promoters answered, by month.

    Parameters
    ----------
    months : DataFrame
        One row per month, in order: ``month``, ``detractors``, ``passives``, ``promoters``.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> months = pd.DataFrame({"month": ["Jan"], "detractors": [20], "passives": [30], "promoters": [50]})
    >>> monthly_counts(months)["Jan"].n
    100
    """
    require_columns(months, ["month", *_GROUPS], "Give one row per month.")
    return {
        str(month): NPSCounts(*row)
        for month, row in zip(months["month"], months[_GROUPS].to_numpy().tolist(), strict=True)
    }


def monthly_changes(months: pd.DataFrame) -> dict[str, Estimate]:
    """NPS of each month minus that of the month before, with its interval; by the later month.

    Parameters
    ----------
    months : DataFrame
        As in `monthly_counts`.

    Returns
    -------
    dict of Estimate
        In points, from −200 to 200; high is good.

    Raises
    ------
    ValueError
        If a column is missing.

    Examples
    --------
    >>> months = pd.DataFrame({"month": ["Jan", "Feb"], "detractors": [20, 30], "passives": [30, 35],
    ...                        "promoters": [50, 35]})
    >>> monthly_changes(months)
    {'Feb': NPS difference -25.0, 95% interval -45.9 to -2.7 (n = 200, adjusted Wald)}
    """
    counts = monthly_counts(months)
    return {later: nps_difference(counts[later], counts[earlier]) for earlier, later in pairwise(counts)}
