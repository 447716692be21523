"""Retention: how many customers of a cohort are still there, age by age, as far as that can be known.

A cell that lies in the future is missing, never 0: nobody has left in a month that is still to come. This is
what statisticians call right-censored.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Literal, overload

import numpy as np
import pandas as pd

from cxux_helpers.estimates import proportion
from cxux_helpers.tables import read_day, read_days, refuse_rows, require_columns

__all__ = ["Survivors", "pairs", "read_survivors", "retention_by_age", "retention_rates", "retention_table", "survival"]

Period = Literal["week", "month", "quarter", "year"]
Survivors = pd.DataFrame | pd.Series | np.ndarray | Sequence[float]

_COHORTS = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def retention_table(
    contracts: pd.DataFrame,
    *,
    as_of: str | datetime.date,
    start: str = "start",
    end: str = "end",
    period: Period = "month",
) -> pd.DataFrame:
    """Count the survivors of each cohort at each age.

    A cohort is all contracts that start in one calendar period. Age counts whole periods of each contract's own:
    a contract that starts on 14 March is one month old on 14 April (one that starts on 31 January, on the last of
    February). It survives an age if it ends *after* that day, so it does not matter whether `end` names the last day
    of a contract or the day after. Each row is one contract: a customer who comes back counts as a new one.

    A rival counts who is active in each calendar month. It mixes customers of different ages in one cell, and its
    last month is never complete.

    Parameters
    ----------
    contracts : DataFrame
        One row per contract, in any order.
    as_of : date
        The day up to which everything is known. It cannot be left out: without it nobody could say which open
        contracts are old.
    start, end : str
        Names of its columns, with dates or text like ``2025-12-31``. A missing `end` means that the contract is open.
        An `end` after `as_of` is a notice that has been given: until `as_of` the contract runs.
    period : {"week", "month", "quarter", "year"}
        Length of the periods, of cohorts as well as of ages.

    Returns
    -------
    DataFrame
        Survivors, one row per cohort (like ``2025-03``; a week is called by its first and last day) and one column
        per age from 0 on. A cell is missing (NA) where some contract of the cohort has not reached that age by
        `as_of`.

    Raises
    ------
    ValueError
        If a column is missing, there are no contracts, a start is missing, a date cannot be read, a contract ends
        before it starts or starts after `as_of`, or the period is unknown.

    Examples
    --------
    >>> contracts = pd.DataFrame({
    ...     "start": ["2025-01-10", "2025-01-20", "2025-02-05"],
    ...     "end": ["2025-02-10", None, None],
    ... })
    >>> retention_table(contracts, as_of="2025-03-31")  # doctest: +NORMALIZE_WHITESPACE
    age      0  1     2
    cohort
    2025-01  2  1     1
    2025-02  1  1  <NA>
    """
    if period not in _COHORTS:
        raise ValueError(f"period is {period!r}; choose 'week', 'month', 'quarter' or 'year'.")
    require_columns(contracts, [start, end], "Pass start='…' and end='…' with the names of the columns of dates.")
    today = read_day(as_of, "as_of")
    starts, ends = read_days(contracts[start]), _read_ends(contracts[end])
    refuse_rows(contracts[start], starts > today, f"a start after as_of, {today:%Y-%m-%d},", "Take a later as_of.")
    remedy = "Mend the dates, or swap the two columns."
    refuse_rows(contracts[end], ends < starts, "an end before the start", remedy)

    observed = _whole_periods(starts, pd.Series(today, index=starts.index), period)
    last_day = ends - pd.Timedelta(days=1)
    # A contract that ends on the day it starts was never in force after it, but is of the cohort: age 0.
    lasted = _whole_periods(starts, last_day.clip(lower=starts), period).where(ends.notna(), np.inf)
    cohort = starts.dt.to_period(_COHORTS[period]).astype(str)

    known = observed.groupby(cohort).min()
    ages = range(int(known.max()) + 1)
    table = pd.DataFrame({age: (lasted >= age).groupby(cohort).sum() for age in ages}, index=known.index)
    reached = known.to_numpy()[:, None] >= np.array(ages)
    return table.astype("Int64").where(reached).rename_axis(index="cohort", columns="age")


@overload
def survival(survivors: pd.DataFrame) -> pd.DataFrame: ...
@overload
def survival(survivors: pd.Series | np.ndarray | Sequence[float]) -> pd.Series: ...
def survival(survivors: Survivors) -> pd.DataFrame | pd.Series:
    """Share of the cohort that is still there at each age, S(t) = survivors(t) / survivors(0).

    Parameters
    ----------
    survivors : DataFrame, Series or list
        Survivors age by age, from age 0 on: a row of a `retention_table`, the whole table, or numbers of any kind
        that can only fall, such as percentages. What is not known yet may be missing at the end.

    Returns
    -------
    Series or DataFrame
        From 0 to 1, beginning with 1; high is good. Missing where the survivors are.

    Raises
    ------
    ValueError
        If there are none, one is no number or negative, they rise, the first is 0, or one is missing before a known
        one.

    Examples
    --------
    >>> survival([1000, 869, 743]).tolist()
    [1.0, 0.869, 0.743]
    """
    table = read_survivors(survivors)
    return _like(survivors, table.div(table.iloc[:, 0], axis=0))


@overload
def retention_rates(survivors: pd.DataFrame) -> pd.DataFrame: ...
@overload
def retention_rates(survivors: pd.Series | np.ndarray | Sequence[float]) -> pd.Series: ...
def retention_rates(survivors: Survivors) -> pd.DataFrame | pd.Series:
    """Share of those there at one age who are still there at the next, r(t) = survivors(t) / survivors(t − 1).

    It is 1 minus the churn rate. In most firms it rises with age, even where no customer ever changes: those who are
    likely to leave leave first (see `cxux_helpers.value.shifted_beta_geometric`).

    Parameters
    ----------
    survivors : DataFrame, Series or list
        As for `survival`.

    Returns
    -------
    Series or DataFrame
        From 0 to 1, high is good; from age 1 on. Missing where the survivors are, and where nobody was left.

    Raises
    ------
    ValueError
        As for `survival`.

    Examples
    --------
    >>> retention_rates([1000, 869, 743]).round(3).to_dict()
    {1: 0.869, 2: 0.855}
    """
    table = read_survivors(survivors)
    rates = table / table.shift(axis=1)
    return _like(survivors, rates.iloc[:, 1:])


def retention_by_age(table: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Retention rate and survival at each age, over all cohorts that have reached it.

    A cohort counts at an age only as far as it is known, so the young ones help with the first ages without pulling
    down the later ones. The product of the rates is the estimate of Kaplan and Meier. That cohorts are alike is
    assumed; look at them one by one first.

    Parameters
    ----------
    table : DataFrame
        Counts, as `retention_table` gives them.
    confidence : float
        Confidence level of the intervals, between 0 and 1 exclusive.

    Returns
    -------
    DataFrame
        Indexed by ``age`` from 1 on, as far as anybody was left:

        - ``at_risk``: customers who were there one period before, in cohorts that are known
        - ``kept``: those of them who are still there
        - ``retention``, ``low``, ``high``: kept / at_risk, with its adjusted Wald interval
        - ``survival``: product of the retention rates so far

    Raises
    ------
    ValueError
        As for `survival`; also if a count is not whole or no cohort has reached age 1.

    Examples
    --------
    >>> table = pd.DataFrame([[100, 80, 70], [50, 40, None]])
    >>> retention_by_age(table)[["at_risk", "kept", "survival"]].round(3).values.tolist()
    [[150.0, 120.0, 0.8], [80.0, 70.0, 0.7]]
    """
    at_risk, kept = pairs(table)
    rows = []
    for age, (before, after) in enumerate(zip(at_risk, kept, strict=True), start=1):
        if before:
            rate = proportion(after, before, confidence=confidence)
            rows.append((age, int(before), int(after), rate.value, rate.low, rate.high))
    columns = ["age", "at_risk", "kept", "retention", "low", "high"]
    result = pd.DataFrame(rows, columns=columns).set_index("age")
    return result.assign(survival=result["retention"].cumprod())


def pairs(survivors: Survivors) -> tuple[np.ndarray, np.ndarray]:
    """At each age from 1 on: who was there one period before in the cohorts that are known, and who of them is left."""
    table = read_survivors(survivors).to_numpy()
    before, after = table[:, :-1], table[:, 1:]
    known = ~np.isnan(after)
    if not known.any():
        raise ValueError("no cohort has reached age 1, so nothing is known of retention. Wait, or take a later as_of.")
    at_risk = np.where(known, before, 0).sum(axis=0)
    return at_risk[known.any(axis=0)], np.where(known, after, 0).sum(axis=0)[known.any(axis=0)]


def read_survivors(survivors: Survivors) -> pd.DataFrame:
    """Read survivors as numbers, one row per cohort, with ages from 0 on as columns.

    Raises
    ------
    ValueError
        As for `survival`.
    """
    if isinstance(survivors, pd.DataFrame):
        table = survivors
    else:
        column = survivors if isinstance(survivors, pd.Series) else pd.Series(list(survivors), dtype=object)
        table = column.to_frame("survivors").T
    if table.empty:
        raise ValueError("there are no survivors. Give their numbers age by age, beginning with all of the cohort.")
    wrong = [value for value in table.to_numpy(dtype=object).ravel() if isinstance(value, bool | np.bool_ | str)]
    if wrong:
        raise ValueError(f"{wrong[0]!r} is among the survivors, but is no number. Give counts, or percentages.")
    numbers = pd.DataFrame(table.to_numpy(dtype=float, na_value=np.nan), index=table.index)
    numbers.columns.name = "age"
    for cohort, row in numbers.iterrows():
        _check_cohort(row.to_numpy(), f" of cohort {cohort}" if isinstance(survivors, pd.DataFrame) else "")
    return numbers


def _check_cohort(row: np.ndarray, whose: str) -> None:
    known = np.isfinite(row)
    if np.isinf(row).any() or (row[known] < 0).any():
        bad = row[np.isinf(row) | (row < 0)][0]
        raise ValueError(f"the survivors{whose} have {bad:g}. Give numbers of 0 or more.")
    if not known[0] or row[0] == 0:
        raise ValueError(f"the survivors{whose} do not begin with a number above 0. Begin with all who started.")
    if (np.diff(known.astype(int)) > 0).any():
        age = int(np.argmin(known))
        raise ValueError(f"the survivors{whose} are missing at age {age}, but known later. Look the number up.")
    steps = np.diff(row[known])
    if (steps > 0).any():
        age = int(np.argmax(steps > 0)) + 1
        raise ValueError(
            f"the survivors{whose} rise from {row[age - 1]:g} to {row[age]:g} at age {age}, but nobody comes back. "
            "Count a customer who returns as a new one."
        )


def _like(survivors: Survivors, table: pd.DataFrame) -> pd.DataFrame | pd.Series:
    """A table as a table; one cohort as a Series."""
    return table if isinstance(survivors, pd.DataFrame) else table.iloc[0].rename(None)


def _read_ends(ends: pd.Series) -> pd.Series:
    """Days on which contracts end, missing where they are open."""
    days = pd.Series(pd.NaT, index=ends.index, name=ends.name, dtype="datetime64[ns]")
    if ends.notna().any():
        days[ends.notna()] = read_days(ends[ends.notna()]).astype("datetime64[ns]")
    return days


def _whole_periods(starts: pd.Series, days: pd.Series, period: str) -> pd.Series:
    """Complete periods from each start to a day on or after it; missing where the day is."""
    if period == "week":
        weeks: pd.Series = (days - starts).dt.days // 7
        return weeks
    months: pd.Series = 12 * (days.dt.year - starts.dt.year) + days.dt.month - starts.dt.month
    # Whoever starts on the 31st has the monthly day on the last of a shorter month.
    months -= (days.dt.day < starts.dt.day) & ~days.dt.is_month_end
    periods: pd.Series = months // _MONTHS[period]
    return periods
