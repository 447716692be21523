"""Erlang C: how a waiting line performs in the long run, by formula.

All times are in one unit, and so are the answers. Seconds are usual; every example here uses them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from cxux_helpers.arguments import require_number, require_whole

__all__ = ["QueuePerformance", "erlang_c", "offered_load"]


def offered_load(calls: float, *, period: float, aht: float) -> float:
    """Work that callers bring, in erlangs: the mean number of agents it would keep busy without a break.

    Parameters
    ----------
    calls : float
        Calls that arrive in one period, 0 or more. A forecast need not be whole.
    period : float
        Length of the period, above 0.
    aht : float
        Average handling time of a call, talk and work after it, above 0 and in the unit of `period`.

    Returns
    -------
    float
        ``calls × aht / period``. Also called traffic intensity.

    Raises
    ------
    ValueError
        If a number is missing, infinite or out of range.

    Examples
    --------
    >>> offered_load(100, period=1800, aht=180)
    10.0
    """
    require_number("calls", calls, low=0)
    require_number("period", period, above=0)
    require_number("aht", aht, above=0)
    return calls * aht / period


@dataclass(frozen=True)
class QueuePerformance:
    """How a line performs in the long run by Erlang C; `erlang_c` makes it and explains the parts."""

    load: float
    agents: int
    aht: float
    target: float
    waiting_probability: float
    average_speed_of_answer: float
    occupancy: float

    @property
    def stable(self) -> bool:
        """Whether the agents can keep up; if not, the line grows without end."""
        return self.load < self.agents

    @property
    def service_level(self) -> float:
        """Share of calls that are answered within the target time."""
        return self.answered_within(self.target)

    def answered_within(self, time: float) -> float:
        """Share of calls that are answered after at most so much time, from 0 to 1; 0 if not stable."""
        if not self.stable:
            return 0.0
        return 1 - self.waiting_probability * math.exp(-(self.agents - self.load) * time / self.aht)

    def __repr__(self) -> str:
        return (
            f"{self.agents} agents for {self.load:g} erlangs: waiting probability {self.waiting_probability:.3f}, "
            f"service level {self.service_level:.3f} within {self.target:g}, average speed of answer "
            f"{self.average_speed_of_answer:.2f}, occupancy {self.occupancy:.3f}"
        )


def erlang_c(calls: float, *, period: float, aht: float, agents: int, target: float) -> QueuePerformance:
    """Performance of a line by the Erlang C formula (M/M/c queue).

    It assumes that calls arrive independently at a steady rate, handling times are exponential, the
    longest waiting is served first, and nobody ever hangs up. The last is why it asks for more agents than
    are needed where callers do give up: see `simulate_queue`. The waiting probability comes from the
    recursion for Erlang B, which stays exact where factorials overflow.

    Parameters
    ----------
    calls, period, aht : float
        As in `offered_load`.
    agents : int
        People who answer, at least 1: present and ready, not on the payroll (see `staffing`).
    target : float
        Time within which a call should be answered, 0 or more, in the unit of `period`.

    Returns
    -------
    QueuePerformance
        With A the offered load, N the agents and P the waiting probability:

        - ``load``: A, in erlangs
        - ``waiting_probability``: P, share of calls that find all agents busy, 0 to 1; low is good
        - ``service_level``: ``1 - P exp(-(N - A) target / aht)``, share answered within the target; high is good
        - ``average_speed_of_answer``: ``P aht / (N - A)``, mean wait of all calls, those that do not wait
          included; low is good
        - ``occupancy``: ``A / N``, share of their time that agents are busy; above 0.85 to 0.9 people tire

        Where A is N or more the line never settles: everybody waits (P = 1), without end, the service
        level is 0, and the occupancy is 1, for nobody can be busy longer than always.

    Raises
    ------
    ValueError
        If a number is missing, infinite or out of range, or `agents` is not whole.

    Examples
    --------
    The worked example of the R package ErlangC: 100 calls in half an hour, 3 minutes each.

    >>> line = erlang_c(100, period=1800, aht=180, agents=14, target=20)
    >>> round(line.waiting_probability, 7), round(line.service_level, 5), round(line.average_speed_of_answer, 6)
    (0.1741319, 0.88835, 7.835937)
    """
    load = offered_load(calls, period=period, aht=aht)
    agents = require_whole("agents", agents, low=1)
    require_number("target", target, low=0)
    if load >= agents:
        return QueuePerformance(load, agents, aht, target, 1.0, math.inf, 1.0)
    blocked = 1.0
    for n in range(1, agents + 1):
        blocked = load * blocked / (n + load * blocked)
        if blocked == 0:
            break
    waiting = agents * blocked / (agents - load * (1 - blocked))
    return QueuePerformance(load, agents, aht, target, waiting, waiting * aht / (agents - load), load / agents)
