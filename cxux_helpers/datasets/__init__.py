"""The course's data: real logs that travel with the package, and made-up ones whose truth is known."""

from cxux_helpers.datasets.orders import load_cdnow, make_orders
from cxux_helpers.datasets.planted import Planted

__all__ = ["Planted", "load_cdnow", "make_orders"]
