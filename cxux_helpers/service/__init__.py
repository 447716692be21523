"""Waiting lines: Erlang C, staffing, and simulations to check them against; and who had to come back."""

from cxux_helpers.service.day_simulation import simulate_day
from cxux_helpers.service.first_contact import CONTACT_OUTCOMES, contact_outcomes, first_contact_resolution
from cxux_helpers.service.staffing import (
    QueuePerformance,
    SimulatedQueue,
    Staffing,
    erlang_c,
    offered_load,
    simulate_queue,
    staff_for,
    staffing,
    staffing_table,
)

__all__ = [
    "CONTACT_OUTCOMES",
    "QueuePerformance",
    "SimulatedQueue",
    "Staffing",
    "contact_outcomes",
    "erlang_c",
    "first_contact_resolution",
    "offered_load",
    "simulate_day",
    "simulate_queue",
    "staff_for",
    "staffing",
    "staffing_table",
]
