"""One look into an event log: a question, the groups to compare, and those who alone are looked at.

A fault that hits few customers hides in the numbers of all. It is found by asking the same question of one group after
the other, and then of the group that stands out week by week.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.journey.event_flows import PATH_END, time_in_stage, transition_matrix
from cxux_helpers.journey.event_logs import funnel
from cxux_helpers.tables import read_times, require_columns

__all__ = ["GO_ON", "SECONDS", "LogView", "view_log", "week_of", "what_comes_after"]

GO_ON, SECONDS = "go on", "seconds"
_AFTER = "after "


class LogView(NamedTuple):
    """What a look into a log shows: two tables of the same form, one row per group.

    Attributes
    ----------
    values : DataFrame
        Shares in [0, 1], or median seconds; missing where nothing was counted.
    counts : DataFrame
        Out of how many each share is, or how many visits were timed.
    """

    values: pd.DataFrame
    counts: pd.DataFrame


def what_comes_after(event: str) -> str:
    """The question what follows an event, as `view_log` takes it."""
    return _AFTER + event


def week_of(time: pd.Series) -> pd.Series:
    """The week of each time, named by its Monday.

    Examples
    --------
    >>> week_of(pd.Series(["2025-02-10 00:00", "2025-02-16 23:59", "2025-02-17 00:00"])).tolist()
    ['2025-02-10', '2025-02-10', '2025-02-17']
    """
    mondays: pd.Series = read_times(time).dt.to_period("W").dt.start_time.dt.strftime("%Y-%m-%d")
    return mondays


def view_log(
    log: pd.DataFrame,
    question: str,
    steps: Sequence[str],
    *,
    by: str | None = None,
    only: tuple[str, str] | None = None,
    per: str = "session",
) -> LogView:
    """Ask a log one question, in all or group by group.

    Parameters
    ----------
    log : DataFrame
        One row per event, with ``time`` and ``event``.
    question : str
        `GO_ON`: of those at each step, how many reach the next (at the first: of all), as in
        `cxux_helpers.journey.event_logs.funnel`. `SECONDS`: the median seconds of a visit to each step, as in
        `cxux_helpers.journey.event_flows.time_in_stage`. Or `what_comes_after` an event: the share of each that came
        next, as in `cxux_helpers.journey.event_flows.transition_matrix`.
    steps : sequence of str
        Events on the way to the goal, in order.
    by : str, optional
        The column whose values are compared; without it there is one row, ``all``.
    only : (str, str), optional
        A column and the value that it must have for a row to count.
    per : str
        The column that says which events belong together.

    Returns
    -------
    LogView
        Groups in the order of their categories or of their values.

    Raises
    ------
    ValueError
        If a column is missing, the question is unknown, or nobody is left to look at.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "session": [1, 1, 2, 2, 3],
    ...     "time": pd.date_range("2025-03-01", periods=5, freq="min"),
    ...     "event": ["cart", "pay", "cart", "cart", "cart"],
    ...     "device": ["phone", "phone", "tablet", "tablet", "phone"],
    ... })
    >>> view = view_log(log, GO_ON, ["cart", "pay"], by="device")
    >>> view.values["pay"].to_dict(), view.counts["pay"].to_dict()
    ({'phone': 0.5, 'tablet': 0.0}, {'phone': 2, 'tablet': 1})
    """
    require_columns(log, [per, "time", "event", *filter(None, [by, only and only[0]])], "Add it, or name another.")
    # Categories made from the whole log know all events, also those that a group never had.
    part = log.assign(event=log["event"].astype("category"))
    if only is not None:
        part = part[part[only[0]].astype(str) == only[1]]
        if part.empty:
            raise ValueError(f"no event is left where {only[0]} is {only[1]!r}. Take another value.")
    groups = {"all": part} if by is None else {str(name): rows for name, rows in part.groupby(by, observed=True)}
    looks = {name: _look(rows, question, list(steps), per) for name, rows in groups.items()}
    values, counts = (
        pd.DataFrame([look[place] for look in looks.values()], index=pd.Index(list(looks), name=by)) for place in (0, 1)
    )
    if question.startswith(_AFTER):
        happened = (values > 0).any()
        values, counts = values.loc[:, happened], counts.loc[:, happened]
    return LogView(values, counts.astype(int))


def _look(rows: pd.DataFrame, question: str, steps: list[str], per: str) -> tuple[pd.Series, pd.Series]:
    """Values and counts of one group."""
    if question == GO_ON:
        table = funnel(rows, steps, per=per)
        return table["share_of_previous"], table["reached"] + table["lost"]
    if question == SECONDS:
        table = time_in_stage(rows, per=per).reindex(steps)
        return table["median_seconds"], table["timed"].fillna(0)
    event, names = question.removeprefix(_AFTER), rows["event"].cat.categories
    if not question.startswith(_AFTER) or event not in names:
        raise ValueError(f"question is {question!r}; ask for {GO_ON!r}, {SECONDS!r} or {_AFTER + steps[0]!r}.")
    counts = transition_matrix(rows, normalise=False, per=per)
    following = pd.Series(0, index=[*names, PATH_END])
    if event in counts.index:
        following.update(counts.T[event])
    happened = int(following.sum())
    return following / (happened or np.nan), pd.Series(happened, index=following.index)
