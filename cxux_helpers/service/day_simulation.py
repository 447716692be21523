"""A day on the phones, simulated call by call: arrivals and agents change from one part of the day to the next."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole

__all__ = ["simulate_day"]

_MOST_CALLS = 20_000


def simulate_day(
    calls: Sequence[float],
    *,
    agents: Sequence[int],
    interval: float,
    aht: float,
    target: float,
    patience: float | None = None,
    days: int = 20,
    seed: int = 0,
) -> pd.DataFrame:
    """Simulate a day whose calls and agents change by interval, several times over.

    Within an interval calls arrive independently at a steady rate. The longest waiting is answered first, handling
    times are exponential, and a line that has built up is carried into the next interval: that is what a formula for
    each interval by itself leaves out. Agents whose time is over finish their call; after the last interval nobody
    else joins the line, and those who wait are still answered.

    Parameters
    ----------
    calls : sequence of float
        Calls that are expected in each interval, 0 or more.
    agents : sequence of int
        People who answer in each interval, at least 1 each: ready to answer, not on the payroll.
    interval, aht : float
        Length of an interval and average handling time of a call, both above 0 and in one unit.
    target : float
        Time within which a call should be answered, in that unit.
    patience : float, optional
        Mean time after which a waiting caller hangs up (exponential), above 0. By default nobody does.
    days : int
        How many such days are simulated, at least 1.
    seed : int
        The same seed gives the same callers, whatever the agents: plans can be compared.

    Returns
    -------
    DataFrame
        One row per interval in which calls arrived, counted from 0 in the index ``interval``, over all days:

        - ``calls``: mean number of calls a day that arrived in it
        - ``service_level``: share of all of them that were answered within the target; high is good
        - ``average_speed_of_answer``: mean wait of those that were answered; low is good; NaN if none was
        - ``hung_up``: share of callers who gave up; low is good

    Raises
    ------
    ValueError
        If the two sequences differ in length or are empty, a number is out of range, or there are no calls at all or
        too many to simulate.

    Examples
    --------
    >>> day = simulate_day([60, 300], agents=[14, 4], interval=7200, aht=240, target=20)
    >>> day["service_level"].round(1).tolist()
    [1.0, 0.0]
    """
    expected, on_duty = list(calls), list(agents)
    if not expected or len(expected) != len(on_duty):
        raise ValueError(
            f"calls has {len(expected)} intervals and agents {len(on_duty)}. Give one of each per interval."
        )
    for number, count in enumerate(expected):
        require_number(f"calls of interval {number}", count, low=0)
    crew = np.array([require_whole(f"agents of interval {k}", n, low=1) for k, n in enumerate(on_duty)])
    require_number("interval", interval, above=0)
    require_number("aht", aht, above=0)
    require_number("target", target, low=0)
    if patience is not None:
        require_number("patience", patience, above=0)
    days = require_whole("days", days, low=1)
    if not 0 < sum(expected) <= _MOST_CALLS:
        raise ValueError(f"{sum(expected):g} calls a day are expected, but it should be 1 to {_MOST_CALLS:,}.")

    arrivals, handling, limits = _callers(np.array(expected, dtype=float), interval, aht, patience, days, seed)
    waits = _waits(arrivals, handling, limits, crew, interval)
    came = np.isfinite(arrivals)
    where = np.minimum(np.where(came, arrivals, 0) // interval, len(crew) - 1).astype(int)[came]
    waits, answered = waits[came], (waits <= limits)[came]

    def by_interval(weights: np.ndarray) -> np.ndarray:
        return np.bincount(where, weights=weights, minlength=len(crew))

    total, served = by_interval(np.ones(len(waits))), by_interval(answered)
    with np.errstate(invalid="ignore", divide="ignore"):
        table = pd.DataFrame(
            {
                "calls": total / days,
                "service_level": by_interval(answered & (waits <= target)) / total,
                "average_speed_of_answer": by_interval(np.where(answered, waits, 0)) / served,
                "hung_up": 1 - served / total,
            },
            index=pd.RangeIndex(len(crew), name="interval"),
        )
    return table[total > 0]


def _callers(
    calls: np.ndarray, interval: float, aht: float, patience: float | None, days: int, seed: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """When the callers of each day come, how long they talk and how long they would wait; by call and day."""
    # Streams of their own: the tenth caller is the same when agents or patience change.
    arriving, talking, waiting = np.random.default_rng(seed).spawn(3)
    counts = arriving.poisson(calls, size=(days, len(calls)))
    most = int(counts.sum(axis=1).max())
    arrivals = np.full((most, days), math.inf)
    for day, per_interval in enumerate(counts):
        starts = np.repeat(np.arange(len(calls)), per_interval)
        times = np.sort((starts + arriving.random(len(starts))) * interval)
        arrivals[: len(times), day] = times
    handling = talking.exponential(aht, arrivals.shape)
    limits = np.full(arrivals.shape, math.inf) if patience is None else waiting.exponential(patience, arrivals.shape)
    return arrivals, handling, limits


def _waits(
    arrivals: np.ndarray, handling: np.ndarray, limits: np.ndarray, crew: np.ndarray, interval: float
) -> np.ndarray:
    """How long each caller waits for an answer, or for those who hang up would have had to wait."""
    last, most = len(crew) - 1, int(crew.max())
    # The earliest moment at which each agent may take a call, by the interval in which it would be free.
    may_begin = np.full((last + 1, most), math.inf)
    for k in range(last, -1, -1):
        off = np.arange(most) >= crew[k]
        may_begin[k] = np.where(off, np.maximum(may_begin[k + 1], (k + 1) * interval) if k < last else math.inf, 0)
    days = np.arange(arrivals.shape[1])
    all_agents = np.arange(most)
    free = np.zeros((arrivals.shape[1], most))
    waits = np.full(arrivals.shape, math.nan)
    for i, arrival in enumerate(arrivals):
        came = np.isfinite(arrival)
        clock = np.where(came, arrival, 0)
        ready = np.maximum(free, clock[:, None])
        when = np.minimum(ready / interval, last).astype(int)
        ready = np.maximum(ready, may_begin[when, all_agents])
        agent = ready.argmin(axis=1)
        start = ready[days, agent]
        waits[i] = start - clock
        taken = came & (waits[i] <= limits[i])
        free[days, agent] = np.where(taken, start + handling[i], free[days, agent])
    return waits
