"""What customers did, from a log of events: sessions, and how many get how far on the way to a goal.

A log is a table with one row per event: who, when, what. Its rows may be in any order; events of the same time
keep the order they have in it. A *path* is what belongs together: all events of a user, or of a session. Each
function but `sessions` takes its column as `per`:

>>> log = pd.DataFrame({
...     "user_id": [1, 1, 2, 1, 2],
...     "time": ["2025-03-01 09:00", "2025-03-01 09:05", "2025-03-01 09:10", "2025-03-01 18:00", "2025-03-02 09:00"],
...     "event": ["home", "cart", "home", "cart", "cart"],
... })
>>> log["session"] = sessions(log)
>>> funnel(log, ["home", "cart"], per="user_id")["reached"].to_list()
[2, 2]
>>> funnel(log, ["home", "cart"], per="session")["reached"].to_list()
[2, 1]

A session's number must be its own in the whole log, not 1, 2, 3 for each user anew. All functions take a second or
so for ten million events, and least if the events are a categorical column. `cxux_helpers.journey.event_flows` tells
what comes after what, how long people stay, and which paths they take.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxux_helpers.journey.event_paths import (
    Paths,
    blocks,
    neighbours,
    read_events,
    read_moments,
    read_paths,
    sort_paths,
)
from cxux_helpers.tables import refuse_rows, require_columns

__all__ = ["funnel", "funnel_by_segment", "sessions"]


def sessions(
    log: pd.DataFrame,
    *,
    gap: str | pd.Timedelta = "30min",
    user: str = "user_id",
    time: str = "time",
) -> pd.Series:
    """Number the sessions in a log: a user's events belong together until a pause of more than `gap`.

    A pause of exactly `gap` does not end a session (some tools end it there). Thirty minutes are usual, and no
    more than usual: look at the pauses of your own log. Tools that also begin a session at midnight, or when a
    visitor comes from another campaign, count more.

    Parameters
    ----------
    log : DataFrame
        One row per event, in any order.
    gap : str or Timedelta
        The longest pause within a session, above 0, for example ``"30min"`` or ``"2h"``.
    user, time : str
        Names of its columns.

    Returns
    -------
    Series
        Named ``session``, with the index of `log`: whole numbers from 0, each for one session of one user, later
        ones of the same user higher. ``log.assign(session=sessions(log))`` makes it a column.

    Raises
    ------
    ValueError
        If a column is missing, there are no events, a user or time is missing or cannot be read, or `gap` is no
        duration above 0.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "user_id": ["Ann", "Bob", "Ann", "Ann"],
    ...     "time": ["2025-03-01 09:00", "2025-03-01 09:10", "2025-03-01 09:30", "2025-03-01 10:01"],
    ... })
    >>> sessions(log).tolist()
    [0, 2, 0, 1]
    """
    longest = _duration(gap)
    moments = read_moments(log, time)
    paths = sort_paths(read_paths(log, user, argument="user"), moments)

    begins = np.zeros(len(log), dtype=bool)
    for part in neighbours(len(log)):
        begins[part][1:] = np.diff(moments[paths.rows[part]]) > longest
    begins[paths.starts] = True
    numbers = np.empty(len(log), dtype=np.int64)
    before = -1
    for part in blocks(len(log)):
        number = np.cumsum(begins[part]) + before
        numbers[paths.rows[part]] = number
        before = int(number[-1])
    return pd.Series(numbers, index=log.index, name="session", copy=False)


def funnel(
    log: pd.DataFrame,
    steps: Sequence[str],
    *,
    ordered: bool = True,
    per: str = "user_id",
    time: str = "time",
    event: str = "event",
) -> pd.DataFrame:
    """Count how many paths reach each step on the way to a goal, and where they are lost.

    In an *ordered* funnel a path reaches a step if it has that event after it has reached the step before; other
    events may lie between (a strict funnel would forbid them). A step may then be named more than once. In an
    *any-order* funnel it reaches a step if it has this event and those of all steps before, in whatever order.

    Shares are of all paths in the log, also of those that never came near the first step; many tools divide by the
    first step instead. For the interval of a share, give its counts to `cxux_helpers.estimates.proportion`.

    Parameters
    ----------
    log : DataFrame
        One row per event, in any order.
    steps : sequence of str
        Events, from the first to the goal.
    ordered : bool
        Whether the order matters. Without it, `time` is not read.
    per : str
        The column that says which events belong together: the user, or the session.
    time, event : str
        Names of its columns.

    Returns
    -------
    DataFrame
        One row per step, with the columns

        - ``reached``: number of paths that reached it
        - ``share``: of all paths, in [0, 1]
        - ``share_of_previous``: of those that reached the step before (for the first, of all), in [0, 1];
          missing if there were none
        - ``lost``: number of those that reached the step before, but not this one
        - ``drop_off``: their share, ``1 - share_of_previous``; low is good

    Raises
    ------
    ValueError
        If a column is missing, there are no events, a value is missing or cannot be read, there are no steps,
        one is not among the events, or one comes twice in any order.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "user_id": [1, 1, 2, 2, 3],
    ...     "time": pd.date_range("2025-03-01", periods=5, freq="min"),
    ...     "event": ["cart", "pay", "pay", "cart", "home"],
    ... })
    >>> funnel(log, ["cart", "pay"])["reached"].to_dict()
    {'cart': 2, 'pay': 1}
    >>> funnel(log, ["cart", "pay"], ordered=False)["reached"].to_dict()
    {'cart': 2, 'pay': 2}
    """
    codes, names = read_events(log, event)
    wanted = _steps(steps, names, ordered)
    paths = read_paths(log, per)
    if ordered:
        in_order = sort_paths(paths, read_moments(log, time))
        reached, all_paths = _reached_in_order(codes, in_order, wanted), in_order.starts.size
    else:
        reached, all_paths = _reached_in_any_order(codes, paths, wanted)
    return _funnel_table(list(steps), reached, all_paths)


def funnel_by_segment(
    log: pd.DataFrame,
    steps: Sequence[str],
    by: str | list[str],
    *,
    ordered: bool = True,
    per: str = "user_id",
    time: str = "time",
    event: str = "event",
) -> pd.DataFrame:
    """The funnel of each segment, one below the other.

    A fault that hits few people hides in the funnel of all; among themselves it stands out. A path with events in
    two segments counts in both, each time with the events that it has there.

    Parameters
    ----------
    log : DataFrame
        One row per event, in any order.
    steps : sequence of str
        Events, from the first to the goal.
    by : str or list of str
        The column, or columns, that hold the segment of each event, for example browser, or browser and week.
    ordered, per, time, event
        As in `funnel`.

    Returns
    -------
    DataFrame
        As `funnel` gives it, indexed by segment and step.

    Raises
    ------
    ValueError
        As `funnel` does, and if an event has no segment.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "user_id": [1, 1, 2, 3],
    ...     "time": pd.date_range("2025-03-01", periods=4, freq="min"),
    ...     "event": ["cart", "pay", "cart", "cart"],
    ...     "device": ["phone", "phone", "tablet", "phone"],
    ... })
    >>> funnel_by_segment(log, ["cart", "pay"], "device")["share_of_previous"].unstack()["pay"].to_dict()
    {'phone': 0.5, 'tablet': 0.0}
    """
    columns = [by] if isinstance(by, str) else list(by)
    if not columns:
        raise ValueError("by names no column. Give the one that holds the segments.")
    require_columns(log, columns, "Pass by='…' with the name of the column that holds the segments.")
    for column in columns:
        refuse_rows(log[column], log[column].isna(), "no segment", "Name it 'unknown', or drop such rows.")
    # Codes made from the whole log know all events, also those that a segment never had.
    codes, names = read_events(log, event)
    _steps(steps, names, ordered)
    known = log.assign(**{event: pd.Categorical.from_codes(codes, names)})
    funnels = {
        segment if len(columns) > 1 else segment[0]: funnel(
            part, steps, ordered=ordered, per=per, time=time, event=event
        )
        for segment, part in known.groupby(columns, observed=True)
    }
    return pd.concat(funnels, names=[*columns, "step"])


def _duration(gap: str | pd.Timedelta) -> pd.Timedelta:
    if isinstance(gap, str | pd.Timedelta):
        # Text that is no duration becomes missing, and that is not above 0.
        duration = pd.to_timedelta(gap, errors="coerce")
        if duration > pd.Timedelta(0):
            return duration
    raise ValueError(f"gap is {gap!r}, but must be a duration above 0. Write it like '30min' or '2h'.")


def _steps(steps: Sequence[str], names: pd.Index, ordered: bool) -> list[int]:
    """The codes of the steps."""
    if isinstance(steps, str) or not len(steps):
        raise ValueError(f"steps is {steps!r}. Give a list of events, from the first to the goal.")
    for step in steps:
        if step not in names:
            raise ValueError(f"step {step!r} is not among the events; there are: {_listed(names)}.")
    if not ordered and len(set(steps)) < len(steps):
        raise ValueError("a step comes twice, which means nothing in any order. Name each once, or use ordered=True.")
    return [int(code) for code in names.get_indexer(pd.Index(steps))]


def _listed(names: pd.Index) -> str:
    shown = ", ".join(map(str, names[:20]))
    return shown if len(names) <= 20 else f"{shown} and {len(names) - 20} more"


def _reached_in_order(codes: np.ndarray, paths: Paths, wanted: Sequence[int]) -> list[int]:
    """How many paths reach each step."""
    codes = codes[paths.rows]
    place, end = paths.starts, paths.ends
    reached = []
    for step in wanted:
        found = np.append(np.flatnonzero(codes == step), codes.size)
        # The first such event at the place that each path has come to or later, if the path still goes on there.
        following = found[np.searchsorted(found, place)]
        inside = following < end
        place, end = following[inside] + 1, end[inside]
        reached.append(place.size)
    return reached


def _reached_in_any_order(codes: np.ndarray, paths: np.ndarray, wanted: Sequence[int]) -> tuple[list[int], int]:
    """How many paths reach each step, and how many there are."""
    alive = np.bincount(paths) > 0
    all_paths, reached = int(alive.sum()), []
    for step in wanted:
        alive &= np.bincount(paths[codes == step], minlength=alive.size) > 0
        reached.append(int(alive.sum()))
    return reached, all_paths


def _funnel_table(steps: list[str], reached: list[int], all_paths: int) -> pd.DataFrame:
    here = np.array(reached)
    previous = np.array([all_paths, *reached[:-1]])
    kept = np.divide(here, previous, out=np.full(here.size, np.nan), where=previous > 0)
    columns = {
        "reached": here,
        "share": here / all_paths,
        "share_of_previous": kept,
        "lost": previous - here,
        "drop_off": 1 - kept,
    }
    return pd.DataFrame(columns, index=pd.Index(steps, name="step"))
