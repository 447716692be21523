"""Waiting lines: how many people must answer so that customers do not wait.

Erlang C answers at once, for a line in which nobody ever gives up. The simulation takes a little longer,
agrees with it within its own interval, and goes on where the formula ends: with callers who lose patience.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.service.erlang import QueuePerformance, erlang_c, offered_load
from cxux_helpers.service.queue_simulation import SimulatedQueue, simulate_queue

__all__ = [
    "QueuePerformance",
    "SimulatedQueue",
    "Staffing",
    "erlang_c",
    "offered_load",
    "simulate_queue",
    "staff_for",
    "staffing",
    "staffing_table",
]


@dataclass(frozen=True)
class Staffing:
    """How many must answer, and how many must be employed for it.

    Attributes
    ----------
    agents : int
        People who answer at the same time.
    staff : int
        People on the schedule, so that `agents` are there after shrinkage.
    performance : QueuePerformance
        What the line does with them.
    """

    agents: int
    staff: int
    performance: QueuePerformance


def staffing(
    calls: float,
    *,
    period: float,
    aht: float,
    target: float,
    service_level: float = 0.8,
    max_occupancy: float = 1.0,
    shrinkage: float = 0.0,
) -> Staffing:
    """Fewest agents that reach a service level by Erlang C, and the staff behind them.

    Parameters
    ----------
    calls, period, aht, target : float
        As in `erlang_c`.
    service_level : float
        Share of calls to be answered within `target`, between 0 and 1 exclusive.
    max_occupancy : float
        Largest share of their time that agents may be busy, above 0 and at most 1.
    shrinkage : float
        Share of paid time in which people do not answer (breaks, training, illness), from 0 to below 1.

    Returns
    -------
    Staffing
        ``staff`` is ``agents / (1 - shrinkage)``, rounded up. (Adding the shrinkage instead,
        ``agents × (1 + shrinkage)``, is a common slip and gives too few.)

    Raises
    ------
    ValueError
        If a number is missing, infinite or out of range.

    Examples
    --------
    >>> plan = staffing(100, period=1800, aht=180, target=20, service_level=0.8, max_occupancy=0.85, shrinkage=0.3)
    >>> plan.agents, plan.staff
    (14, 20)
    """
    require_number("service_level", service_level, above=0, below=1, remedy="Write 0.8 for 80 %.")
    require_number("max_occupancy", max_occupancy, above=0, high=1, remedy="Write 0.85 for 85 %.")
    require_number("shrinkage", shrinkage, low=0, below=1, remedy="Write 0.3 for 30 %.")
    load = offered_load(calls, period=period, aht=aht)
    agents = max(math.floor(load) + 1, _round_up(load / max_occupancy))
    while (line := erlang_c(calls, period=period, aht=aht, agents=agents, target=target)).service_level < service_level:
        agents += 1
    return Staffing(agents, staff_for(agents, shrinkage), line)


def staff_for(agents: int, shrinkage: float) -> int:
    """People on the schedule, so that so many agents are there to answer: agents / (1 - shrinkage), rounded up.

    Parameters
    ----------
    agents : int
        People who answer at the same time, 0 or more.
    shrinkage : float
        Share of paid time in which people do not answer, from 0 to below 1.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If a number is out of range.

    Examples
    --------
    >>> staff_for(14, 0.3)
    20
    """
    require_number("shrinkage", shrinkage, low=0, below=1, remedy="Write 0.3 for 30 %.")
    return _round_up(require_whole("agents", agents, low=0) / (1 - shrinkage))


def staffing_table(calls: float, *, period: float, aht: float, target: float, agents: Iterable[int]) -> pd.DataFrame:
    """Erlang C for several numbers of agents: what one more, or one fewer, would change.

    Parameters
    ----------
    calls, period, aht, target : float
        As in `erlang_c`.
    agents : iterable of int
        Numbers of agents, each at least 1, for example ``range(9, 19)``.

    Returns
    -------
    DataFrame
        Indexed by ``agents``: ``service_level``, ``waiting_probability``, ``average_speed_of_answer`` and
        ``occupancy``, as in `erlang_c`.

    Raises
    ------
    ValueError
        If a number is out of range, or there is none.

    Examples
    --------
    >>> table = staffing_table(100, period=1800, aht=180, target=20, agents=range(10, 15))
    >>> table["service_level"].round(2).tolist()
    [0.0, 0.39, 0.64, 0.8, 0.89]
    """
    lines = [erlang_c(calls, period=period, aht=aht, agents=n, target=target) for n in agents]
    if not lines:
        raise ValueError("agents is empty. Give the numbers to compare, for example range(9, 19).")
    columns = ["service_level", "waiting_probability", "average_speed_of_answer", "occupancy"]
    rows = [[getattr(line, column) for column in columns] for line in lines]
    return pd.DataFrame(rows, columns=columns, index=pd.Index([line.agents for line in lines], name="agents"))


def _round_up(number: float) -> int:
    # 1 / (1 - 0.9) is 10.000000000000002 in floating point, and must not become 11.
    return math.ceil(round(number, 9))
