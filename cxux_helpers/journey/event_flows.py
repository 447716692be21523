"""How customers move, from a log of events: what comes after what, how long a stage takes, which paths are frequent.

The log and its paths are those of `cxux_helpers.journey.event_logs`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.journey.event_paths import Paths, neighbours, read_events, read_moments, read_paths, sort_paths

__all__ = ["PATH_END", "PATH_START", "frequent_paths", "time_in_stage", "transition_matrix"]

PATH_START, PATH_END = "path_start", "path_end"
_MOST_EVENTS = 2000  # different ones, in a matrix


def transition_matrix(
    log: pd.DataFrame,
    *,
    normalise: bool = True,
    per: str = "user_id",
    time: str = "time",
    event: str = "event",
) -> pd.DataFrame:
    """How often each event is followed by each other one.

    Every path begins with ``path_start`` and ends with ``path_end``, so that the last event of a path has something
    after it, and leaving can be seen like any other step. An event that is repeated is followed by itself.

    Parameters
    ----------
    log : DataFrame
        One row per event, in any order.
    normalise : bool
        Divide each row by its sum: of all times that the row's event happened, the share that the column's event
        came next. Otherwise counts. (Others divide by the column's sum, which tells what came before, or by the
        number of all transitions.)
    per : str
        The column that says which events belong together: the user, or the session. Per user, the last event of
        one visit is followed by the first of the next.
    time, event : str
        Names of its columns.

    Returns
    -------
    DataFrame
        Rows ``path_start`` and the events, columns the events and ``path_end``; events in the order of their
        categories or of the alphabet, those that never happened left out. Shares lie in [0, 1], each row's sum is 1.

    Raises
    ------
    ValueError
        If a column is missing, there are no events, a value is missing or cannot be read, an event is called
        ``path_start`` or ``path_end``, or there are more than 2,000 different events.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "user_id": [1, 1, 2, 2, 2],
    ...     "time": pd.date_range("2025-03-01", periods=5, freq="min"),
    ...     "event": ["home", "cart", "home", "home", "cart"],
    ... })
    >>> transition_matrix(log, normalise=False)
                cart  home  path_end
    path_start     0     2         0
    cart           0     0         2
    home           2     1         0
    """
    codes, names = read_events(log, event)
    for reserved in (PATH_START, PATH_END):
        if reserved in names:
            raise ValueError(f"an event is called {reserved!r}, which marks the ends of paths here. Rename it.")
    if len(names) > _MOST_EVENTS:
        raise ValueError(
            f"column {event!r} has {len(names):,} different events, too many for a matrix. "
            "Group them first, for example addresses by kind of page."
        )
    paths = sort_paths(read_paths(log, per), read_moments(log, time))
    size = len(names)
    first, last = codes[paths.rows[paths.starts]], codes[paths.rows[paths.ends - 1]]
    # All neighbours, less those where one path ends and the next begins.
    counts = -_pairs(last[:-1], first[1:], size)
    for part in neighbours(paths.rows.size):
        following = codes[paths.rows[part]]
        counts += _pairs(following[:-1], following[1:], size)
    begin, end = (np.bincount(edge, minlength=size) for edge in (first, last))
    table = pd.DataFrame(
        np.block([[begin, 0], [counts, end[:, None]]]),
        index=pd.Index([PATH_START, *names]),
        columns=pd.Index([*names, PATH_END]),
    )
    happened = table.sum(axis=1) > 0
    table = table.loc[happened, [*names[happened[1:]], PATH_END]]
    return table.div(table.sum(axis=1), axis=0) if normalise else table


def time_in_stage(
    log: pd.DataFrame,
    stages: Mapping[str, str] | None = None,
    *,
    per: str = "user_id",
    time: str = "time",
    event: str = "event",
) -> pd.DataFrame:
    """How long a visit to each stage lasts, in seconds.

    A visit begins with the first event of a stage and ends when the same path comes to another stage. It is each
    visit that is timed, not the total of a path, which would count people twice who come back. The last visit of a
    path has no end that anybody saw, so it is counted but not timed: whoever stays and leaves from here is not in
    the times. With ``per`` a user, the nights between two visits to the shop are in the times as well; take the
    session.

    Times are skewed, so the median says more than the mean. The direction depends on the stage: a long look at
    products may be good, a long payment is not.

    Parameters
    ----------
    log : DataFrame
        One row per event, in any order.
    stages : mapping of str to str, optional
        The stage of each event, in the order in which the stages are to be listed. By default each event is a
        stage of its own.
    per : str
        The column that says which events belong together.
    time, event : str
        Names of its columns.

    Returns
    -------
    DataFrame
        One row per stage that was visited, with the columns

        - ``visits``: number of visits
        - ``timed``: number of those whose end is known
        - ``median_seconds``, ``mean_seconds``, ``p90_seconds``: of the timed ones, 0 or more; 90 % take no longer
          than the last. Missing if none is timed

    Raises
    ------
    ValueError
        If a column is missing, there are no events, a value is missing or cannot be read, or an event has no stage.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "user_id": [1, 1, 1, 1],
    ...     "time": ["2025-03-01 09:00:00", "2025-03-01 09:00:20", "2025-03-01 09:01:00", "2025-03-01 09:05:00"],
    ...     "event": ["home", "search", "cart", "pay"],
    ... })
    >>> stages = {"home": "look", "search": "look", "cart": "buy", "pay": "buy"}
    >>> time_in_stage(log, stages)[["visits", "timed", "median_seconds"]].to_dict("index")
    {'look': {'visits': 1, 'timed': 1, 'median_seconds': 60.0}, 'buy': {'visits': 1, 'timed': 0, 'median_seconds': nan}}
    """
    codes, names = read_events(log, event)
    kind, listed = _stages(codes, names, stages)
    moments = read_moments(log, time)
    paths = sort_paths(read_paths(log, per), moments)

    begins = np.zeros(len(log), dtype=bool)
    for part in neighbours(len(log)):
        following = kind[codes[paths.rows[part]]]
        begins[part][1:] = following[1:] != following[:-1]
    opens = np.zeros(len(log), dtype=bool)
    opens[paths.starts] = True
    begins |= opens
    # A visit ends unseen if the next one opens another path, or if there is no next one.
    timed = np.append(~opens[begins][1:], False)
    rows = paths.rows[begins]
    del paths, begins, opens

    seconds = np.empty(rows.size)
    for part in neighbours(rows.size):
        seconds[part][:-1] = np.diff(moments[rows[part]]) / np.timedelta64(1, "s")
    stage = kind[codes[rows]]
    table = {}
    for code, name in enumerate(listed):
        own = stage == code
        if visits := int(own.sum()):
            table[name] = [visits, *_summary(seconds[own & timed])]
    columns = ["visits", "timed", "median_seconds", "mean_seconds", "p90_seconds"]
    return pd.DataFrame.from_dict(table, orient="index", columns=columns).rename_axis("stage")


def frequent_paths(
    log: pd.DataFrame,
    n: int = 10,
    *,
    first: int | None = None,
    per: str = "user_id",
    time: str = "time",
    event: str = "event",
) -> pd.DataFrame:
    """The paths that most customers take, event by event.

    Two paths are the same if they have the same events in the same order, however long each took. Most long paths
    are taken once: compare only the beginnings with `first`.

    Parameters
    ----------
    log : DataFrame
        One row per event, in any order.
    n : int
        How many paths to list, at least 1.
    first : int, optional
        Compare only so many events from the start of each path.
    per : str
        The column that says which events belong together: the user, or the session.
    time, event : str
        Names of its columns.

    Returns
    -------
    DataFrame
        At most `n` rows, the most frequent first (equally frequent ones in the order of their events), with
        ``path`` (the events joined by arrows), ``events`` (how many it has), ``paths`` (how many took it) and
        ``share`` (of all paths, in [0, 1]).

    Raises
    ------
    ValueError
        If a column is missing, there are no events, a value is missing or cannot be read, or `n` or `first` is not
        a whole number of 1 or more.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "user_id": [1, 1, 2, 2, 3],
    ...     "time": pd.date_range("2025-03-01", periods=5, freq="min"),
    ...     "event": ["home", "cart", "home", "cart", "home"],
    ... })
    >>> frequent_paths(log)[["path", "paths"]].to_numpy().tolist()
    [['home → cart', 2], ['home', 1]]
    """
    n = require_whole("n", n, low=1)
    codes, names = read_events(log, event)
    paths = sort_paths(read_paths(log, per), read_moments(log, time))
    lengths = paths.ends - paths.starts
    if first is not None:
        lengths = np.minimum(lengths, require_whole("first", first, low=1))
    _, examples, counts = np.unique(_path_kinds(codes, paths, lengths), return_index=True, return_counts=True)
    top = np.argsort(-counts, kind="stable")[:n]
    rows = []
    for example in examples[top]:
        start = paths.starts[example]
        own = codes[paths.rows[start : start + lengths[example]]]
        rows.append((" → ".join(map(str, names[own])), own.size))
    table = pd.DataFrame(rows, columns=["path", "events"])
    return table.assign(paths=counts[top], share=counts[top] / len(lengths))


def _pairs(one: np.ndarray, other: np.ndarray, size: int) -> np.ndarray:
    """How often each code of one stands beside each of the other."""
    return np.bincount(one.astype(np.intp) * size + other, minlength=size * size).reshape(size, size)


def _stages(codes: np.ndarray, names: pd.Index, stages: Mapping[str, str] | None) -> tuple[np.ndarray, list[str]]:
    """The stage of each event code, and the names of the stages."""
    if stages is None:
        return np.arange(len(names), dtype=np.int32), list(names)
    listed = list(dict.fromkeys(stages.values()))
    happened = np.bincount(codes, minlength=len(names)) > 0
    for name in names[happened]:
        if name not in stages:
            raise ValueError(f"event {name!r} has no stage. Add it to stages, or drop its rows and say so.")
    kind = [listed.index(stages[name]) if name in stages else -1 for name in names]
    return np.array(kind, dtype=np.int32), listed


def _summary(seconds: np.ndarray) -> list[float]:
    if not seconds.size:
        return [0, np.nan, np.nan, np.nan]
    median, ninety = np.quantile(seconds, [0.5, 0.9])
    return [seconds.size, median, seconds.mean(), ninety]


def _path_kinds(codes: np.ndarray, paths: Paths, lengths: np.ndarray) -> np.ndarray:
    """A number for each path: the same for the same events, and in the order of their codes.

    Two neighbours become one symbol, in all paths at once, until each path is one symbol. That takes as many
    rounds as the longest path can be halved.
    """
    symbols, starts = codes[paths.rows], paths.starts
    while True:
        halves = (lengths + 1) // 2
        new_starts = np.cumsum(halves) - halves
        left = np.repeat(starts - 2 * new_starts, halves)
        left += np.arange(0, 2 * left.size, 2)
        right = symbols[np.minimum(left + 1, symbols.size - 1)].astype(np.int32) + 1
        # What has no right neighbour comes before all that have one.
        right[(new_starts + halves - 1)[lengths % 2 == 1]] = 0
        pairs: np.ndarray = symbols[left].astype(np.int64) * (int(symbols.max()) + 2) + right
        del left, right
        if lengths.max() <= 2:
            return pairs
        symbols = pd.factorize(pairs, sort=True)[0].astype(np.int32)
        starts, lengths = new_starts, halves
