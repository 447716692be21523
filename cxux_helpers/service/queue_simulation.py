"""A waiting line, simulated call by call: the check on Erlang C, and what lies beyond it, callers who give up."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.estimates import Estimate, proportion
from cxux_helpers.service.erlang import offered_load

__all__ = ["SimulatedQueue", "simulate_queue"]

SETTLING_TIMES = 5
LONGEST_WARM_UP = 100_000


@dataclass(frozen=True)
class SimulatedQueue:
    """What happened in a simulated line; `simulate_queue` makes it and explains the parts."""

    waiting_probability: Estimate
    service_level: Estimate
    average_speed_of_answer: Estimate
    occupancy: Estimate
    abandonment: Estimate
    target: float
    confidence: float
    waits: np.ndarray = field(repr=False, compare=False)
    abandoned: np.ndarray = field(repr=False, compare=False)

    def answered_within(self, time: float) -> Estimate:
        """Share of all calls that are answered after at most so much time."""
        return _share(~self.abandoned & (self.waits <= time), "Service level", self.confidence)


def simulate_queue(
    calls: float,
    *,
    period: float,
    aht: float,
    agents: int,
    target: float,
    patience: float | None = None,
    runs: int = 200,
    calls_per_run: int = 500,
    warm_up: int | None = None,
    confidence: float = 0.95,
    seed: int = 0,
) -> SimulatedQueue:
    """Simulate a line call by call (M/M/c, or with `patience` M/M/c+M, which is Erlang A).

    Calls arrive independently, the longest waiting is answered first by whoever is free first, and handling
    times are exponential. Each of many independent runs starts with an empty line; its first calls are
    simulated but not counted. Without patience the results agree with `erlang_c`.

    Parameters
    ----------
    calls, period, aht, agents, target
        As in `erlang_c`, but `calls` above 0.
    patience : float, optional
        Mean time after which a waiting caller hangs up (exponential), above 0. By default nobody does.
    runs : int
        Number of independent runs, at least 2. More of them narrow the intervals.
    calls_per_run : int
        Calls counted in each, at least 2.
    warm_up : int, optional
        Calls at the start of each run that are not counted. By default as many as arrive in five settling
        times. The settling time of a line with rates λ and μ = 1 / `aht` is 1 / (√(Nμ) − √λ)², at least `aht`;
        it is long where the load is near the agents. With patience it is at most the longer of `aht` and `patience`.
    confidence : float
        Confidence level of the intervals, between 0 and 1 exclusive.
    seed : int
        The same seed and arguments give the same result.

    Returns
    -------
    SimulatedQueue
        Estimates, whose `n` is the number of calls:

        - ``waiting_probability``: share of calls that find all agents busy, those that give up included
        - ``service_level``: share of **all** calls that are answered within the target, so that who gave up
          counts against it (others leave them out, or only those who gave up early)
        - ``average_speed_of_answer``: mean wait of the answered calls
        - ``occupancy``: share of the agents' time in calls
        - ``abandonment``: share of calls given up

        ``waits`` holds how long each call waited, or for ``abandoned`` calls would have had to wait for an
        answer, by call and run. Intervals are t intervals over the runs, which are independent where
        the calls of one run are not. Where fewer than 50 calls in all did (or did not) wait, a share's
        interval is widened to the adjusted Wald interval, and a mean wait without any wait is bounded by
        that share's upper end times `aht`.

    Raises
    ------
    ValueError
        If a number is missing or out of range, or the agents cannot keep up and nobody hangs up.

    Examples
    --------
    >>> from cxux_helpers.service.erlang import erlang_c
    >>> line = simulate_queue(100, period=1800, aht=180, agents=14, target=20)
    >>> line.service_level.low < 0.88835 < line.service_level.high
    True
    >>> impatient = simulate_queue(100, period=1800, aht=180, agents=12, target=20, patience=120)
    >>> impatient.service_level.value > erlang_c(100, period=1800, aht=180, agents=12, target=20).service_level
    True
    """
    require_number("calls", calls, above=0)
    load = offered_load(calls, period=period, aht=aht)
    agents = require_whole("agents", agents, low=1)
    require_number("target", target, low=0)
    if patience is not None:
        require_number("patience", patience, above=0)
    runs, calls_per_run = require_whole("runs", runs, low=2), require_whole("calls_per_run", calls_per_run, low=2)
    require_number("confidence", confidence, above=0, below=1, remedy="Write 0.95 for 95 %.")
    if warm_up is None:
        warm_up = _warm_up(load, agents, patience and patience / aht)
    warm_up = require_whole("warm_up", warm_up, low=0)

    line = _Line(np.random.default_rng(seed), runs, agents, period / calls, aht, patience)
    while warm_up:
        line.serve(min(warm_up, calls_per_run))
        warm_up -= min(warm_up, calls_per_run)
    start, still_busy = line.clock, np.maximum(line.free - line.clock[:, None], 0)
    arrivals, waits, handling, abandoned = line.serve(calls_per_run)

    # Busy time within the counted stretch: what was under way at its start, and the calls of the stretch itself.
    length = line.clock - start
    busy = np.minimum(still_busy, length[:, None]).sum(axis=1)
    left = np.maximum(line.clock - (arrivals + waits), 0)
    busy += np.where(abandoned, 0, np.minimum(handling, left)).sum(axis=0)

    answered = ~abandoned
    waiting = _share(waits > 0, "Waiting probability", confidence)
    speed = _mean_of_runs(
        np.where(answered, waits, 0).sum(axis=0), answered.sum(axis=0), "Average speed of answer", confidence
    )
    if waiting.value == 0:
        speed = Estimate(0.0, 0.0, waiting.high * aht, speed.n, confidence, speed.method, speed.name)
    if patience is None:
        abandonment = Estimate(0.0, 0.0, 0.0, waits.size, confidence, "nobody hangs up", "Abandonment")
    else:
        abandonment = _share(abandoned, "Abandonment", confidence)
    return SimulatedQueue(
        waiting_probability=waiting,
        service_level=_share(answered & (waits <= target), "Service level", confidence),
        average_speed_of_answer=speed,
        occupancy=_mean_of_runs(busy, agents * length, "Occupancy", confidence, high=1, n=waits.size),
        abandonment=abandonment,
        target=target,
        confidence=confidence,
        waits=waits,
        abandoned=abandoned,
    )


class _Line:
    """Many independent lines at once, each with the times at which its agents will be free: the event list."""

    def __init__(
        self, rng: np.random.Generator, runs: int, agents: int, gap: float, aht: float, patience: float | None
    ) -> None:
        self.gap, self.aht, self.patience = gap, aht, patience
        # Streams of their own: the tenth caller is the same when agents or patience change, so lines compare well.
        self.arriving, self.talking, self.waiting = rng.spawn(3)
        self.free = np.zeros((runs, agents))
        self.clock = np.zeros(runs)

    def serve(self, n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The next `n` calls of each line: arrivals, waits for an agent, handling times, and who gave up."""
        size = (n, len(self.clock))
        arrivals = self.clock + self.arriving.exponential(self.gap, size).cumsum(axis=0)
        handling = self.talking.exponential(self.aht, size)
        limits = np.full(size, np.inf) if self.patience is None else self.waiting.exponential(self.patience, size)
        waits = np.empty(size)
        # A caller waits for the agent who is free first. Who gives up leaves that agent's time as it was, so
        # the wait of the next caller does not depend on those who gave up before.
        every = np.arange(size[1])
        for i in range(n):
            agent = self.free.argmin(axis=1)
            free = self.free[every, agent]
            waits[i] = np.maximum(free - arrivals[i], 0)
            self.free[every, agent] = np.where(waits[i] <= limits[i], arrivals[i] + waits[i] + handling[i], free)
        self.clock = arrivals[-1]
        return arrivals, waits, handling, waits > limits


def _warm_up(load: float, agents: int, patience: float | None) -> int:
    """Calls that arrive in five settling times; times are counted in handling times here."""
    if patience is None and load >= agents:
        raise ValueError(
            f"the load is {load:g} erlangs, but there are {agents} agents and nobody hangs up: the line would grow "
            "without end. Take more agents, or give patience=…"
        )
    settling = math.inf if load >= agents else max(1.0, (math.sqrt(agents) - math.sqrt(load)) ** -2)
    if patience is not None:
        settling = min(settling, max(1.0, patience))
    calls = math.ceil(SETTLING_TIMES * settling * load)
    if calls > LONGEST_WARM_UP:
        raise ValueError(
            f"with {load:g} erlangs for {agents} agents a line would settle only after {calls:,} calls. "
            "Take more agents or less patience, or set warm_up yourself and accept that the line starts empty."
        )
    return calls


def _share(hits: np.ndarray, name: str, confidence: float) -> Estimate:
    per_run = np.full(hits.shape[1], hits.shape[0])
    estimate = _mean_of_runs(hits.sum(axis=0), per_run, name, confidence, high=1)
    count = int(hits.sum())
    if 50 <= count <= hits.size - 50:
        return estimate
    # With so few the runs hardly differ, and their spread would promise too much.
    calls = proportion(count, hits.size, confidence=confidence)
    low, high = min(estimate.low, calls.low), max(estimate.high, calls.high)
    return Estimate(estimate.value, low, high, hits.size, confidence, estimate.method, name)


def _mean_of_runs(
    sums: np.ndarray, weights: np.ndarray, name: str, confidence: float, *, high: float = math.inf, n: int = 0
) -> Estimate:
    """Ratio of two totals over independent runs, with the t interval of its linearised error."""
    from scipy.special import stdtrit

    runs = len(sums)
    value = float(sums.sum() / weights.sum())
    error = np.sqrt(((sums - value * weights) ** 2).sum() / (runs * (runs - 1))) / weights.mean()
    half = float(stdtrit(runs - 1, (1 + confidence) / 2) * error)
    method = f"t over {runs} runs"
    return Estimate(
        value, max(value - half, 0.0), min(value + half, high), n or int(weights.sum()), confidence, method, name
    )
