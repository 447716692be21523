"""Orders: the real log of CDNOW, and those of a made-up shop whose kinds of customers are known."""

from __future__ import annotations

from importlib import resources
from typing import NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.datasets.planted import Planted

__all__ = ["load_cdnow", "make_orders"]


def load_cdnow() -> pd.DataFrame:
    """Orders of the first customers of an online music shop, CDNOW, 1997 and 1998.

    All 23,570 people who first bought at CDNOW between 1 January and 25 March 1997, and all their orders
    until 30 June 1998. It is one cohort: nobody in it is new after March 1997.

    Returns
    -------
    DataFrame
        69,659 rows, one per order, by customer and then by date, with the columns

        - ``customer_id``: whole number, 1 to 23,570
        - ``date``: the day of the order; 2,068 rows are a further order on the same day
        - ``cds``: number of CDs in the order
        - ``amount``: what was paid, in US dollars; 80 orders were free

    Notes
    -----
    Collected and published by Peter S. Fader and Bruce G. S. Hardie; ``data/README.md`` tells where from.

    Examples
    --------
    >>> orders = load_cdnow()
    >>> len(orders), orders["customer_id"].nunique()
    (69659, 23570)
    """
    packed = resources.files("cxux_helpers").joinpath("data", "cdnow.csv.xz")
    with resources.as_file(packed) as path:
        return pd.read_csv(path, parse_dates=["date"], date_format="%Y-%m-%d")


class _Habit(NamedTuple):
    """How one planted segment shops; days count back from the end of the year, and ranges hold both ends."""

    share: float
    orders: tuple[int, int]
    last_order: tuple[int, int]
    active_days: int
    basket: float


_YEAR_END = pd.Timestamp("2025-12-31")
_HABITS = {
    "Loyal regulars": _Habit(0.30, orders=(8, 20), last_order=(0, 25), active_days=320, basket=28),
    "One-time visitors": _Habit(0.35, orders=(1, 1), last_order=(60, 360), active_days=0, basket=22),
    "Big spenders gone quiet": _Habit(0.15, orders=(4, 7), last_order=(150, 270), active_days=90, basket=160),
    "New enthusiasts": _Habit(0.20, orders=(2, 5), last_order=(0, 20), active_days=40, basket=45),
}


def make_orders(n_customers: int = 400, *, seed: int = 0) -> Planted:
    """Orders of a made-up shop whose four kinds of customers are known.

    *Loyal regulars* come all year and are still there, *one-time visitors* came once, *big spenders gone
    quiet* filled large baskets until summer, and *new enthusiasts* found the shop a few weeks ago. Every
    kind is present in fixed shares (30, 35, 15 and 20 %), in random order.

    Parameters
    ----------
    n_customers : int
        Number of customers, at least 20.
    seed : int
        The same seed gives the same orders.

    Returns
    -------
    Planted
        ``data`` has the columns ``customer_id`` (1 to `n_customers`), ``date`` (days of 2025, the rows are
        sorted by it) and ``amount`` (above 0, two decimals). ``truth`` is a Series of segment names by
        ``customer_id``.

    Raises
    ------
    ValueError
        If `n_customers` is below 20.

    Examples
    --------
    >>> orders, truth = make_orders(40, seed=1)
    >>> truth.value_counts().to_dict()
    {'One-time visitors': 14, 'Loyal regulars': 12, 'New enthusiasts': 8, 'Big spenders gone quiet': 6}
    """
    if n_customers < 20:
        raise ValueError(f"n_customers is {n_customers}, too few for four kinds of customers. Give 20 or more.")
    rng = np.random.default_rng(seed)
    habits = list(_HABITS.values())
    ends = np.round(np.cumsum([habit.share for habit in habits]) * n_customers)
    kind = rng.permutation(np.searchsorted(ends, np.arange(n_customers), side="right"))

    low, high = np.array([habit.orders for habit in habits])[kind].T
    n_orders = rng.integers(low, high, endpoint=True)
    low, high = np.array([habit.last_order for habit in habits])[kind].T
    last_order = rng.integers(low, high, endpoint=True)
    basket = np.array([habit.basket for habit in habits])[kind] * rng.lognormal(0, 0.25, n_customers)

    customer = np.repeat(np.arange(n_customers), n_orders)
    earlier = rng.uniform(size=customer.size) * np.array([habit.active_days for habit in habits])[kind[customer]]
    earlier[np.cumsum(n_orders) - 1] = 0
    days_ago = last_order[customer] + earlier.astype(int)
    data = pd.DataFrame(
        {
            "customer_id": customer + 1,
            "date": _YEAR_END - pd.to_timedelta(days_ago, unit="D"),
            "amount": np.round(basket[customer] * rng.lognormal(0, 0.35, customer.size), 2),
        }
    )
    customers = pd.RangeIndex(1, n_customers + 1, name="customer_id")
    truth = pd.Series(np.array(list(_HABITS))[kind], index=customers, name="segment")
    return Planted(data.sort_values(["date", "customer_id"], ignore_index=True), truth)
