"""The course's data: real logs that travel with the package, and made-up ones whose truth is known."""

from cxux_helpers.datasets.events import make_event_log
from cxux_helpers.datasets.orders import load_cdnow, make_orders
from cxux_helpers.datasets.planted import Planted
from cxux_helpers.datasets.surveys import make_kano_survey, make_survey
from cxux_helpers.datasets.usability import make_card_sort, make_tree_test, make_usability_sessions

__all__ = [
    "Planted",
    "load_cdnow",
    "make_card_sort",
    "make_event_log",
    "make_kano_survey",
    "make_orders",
    "make_survey",
    "make_tree_test",
    "make_usability_sessions",
]
