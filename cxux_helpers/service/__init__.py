"""Waiting lines: Erlang C, staffing, and a simulation to check them against."""

from cxux_helpers.service.staffing import (
    QueuePerformance,
    SimulatedQueue,
    Staffing,
    erlang_c,
    offered_load,
    simulate_queue,
    staffing,
    staffing_table,
)

__all__ = [
    "QueuePerformance",
    "SimulatedQueue",
    "Staffing",
    "erlang_c",
    "offered_load",
    "simulate_queue",
    "staffing",
    "staffing_table",
]
