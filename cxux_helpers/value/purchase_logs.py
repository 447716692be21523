"""From a log of orders to what models of repeat buying need to know of each customer."""

from __future__ import annotations

import datetime
import math
from typing import Literal

import numpy as np
import pandas as pd

from cxux_helpers.orders import read_visits
from cxux_helpers.ratings import read_items
from cxux_helpers.tables import read_amounts, read_day, refuse_rows, require_columns

__all__ = ["Unit", "days_per", "purchase_summary", "read_purchases", "read_spend", "read_summary"]

Unit = Literal["day", "week", "month", "year"]

_DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
_MAKE_SUMMARY = "Make the table with purchase_summary."


def purchase_summary(
    orders: pd.DataFrame,
    *,
    customer: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
    end: str | datetime.date | None = None,
    unit: Unit = "week",
) -> pd.DataFrame:
    """Repeat purchases of each customer: how many, until when, watched for how long, and of what amount.

    All orders of a customer on one day count as one purchase, with their amounts added. The first purchase makes a
    person a customer and is not a repeat; time runs from there. `cxux_helpers.orders.rfm` defines its columns
    otherwise: there frequency counts all order rows, recency looks back from the end, and monetary is a total. The
    packages lifetimes and pymc-marketing join the orders of one *period*, so in weeks they count fewer purchases.

    Parameters
    ----------
    orders : DataFrame
        One row per order, in any order. It is not changed.
    customer, date, amount : str
        Names of its columns. The time of day is dropped; amounts are 0 or more.
    end : date, optional
        The last day that counts, by default the day of the last order. Later orders are left out, and so are
        customers who first bought after it: keep them to check a forecast.
    unit : {"day", "week", "month", "year"}
        Unit of time; a week has 7 days, a month 30.4375 and a year 365.25.

    Returns
    -------
    DataFrame
        One row per customer, sorted by customer:

        - ``x``: number of repeat purchases, 0 or more
        - ``t_x``: age at the last purchase, in units of time; 0 where x is 0
        - ``T``: age at `end`, in units of time
        - ``spend``: mean amount of the repeat purchases; missing where x is 0

    Raises
    ------
    ValueError
        If a column is missing, there are no orders up to `end`, a value is missing or cannot be read, an amount is
        negative, or the unit is unknown.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["Ann", "Ann", "Ann", "Bob"],
    ...     "date": ["2025-01-01", "2025-01-15", "2025-01-15", "2025-01-08"],
    ...     "amount": [20.0, 10.0, 5.0, 30.0],
    ... })
    >>> purchase_summary(orders, end="2025-01-29")  # doctest: +NORMALIZE_WHITESPACE
                 x  t_x    T  spend
    customer_id
    Ann          1  2.0  4.0   15.0
    Bob          0  0.0  3.0    NaN
    """
    unit_days = days_per(unit)
    purchases, last_day = read_purchases(orders, customer=customer, date=date, amount=amount, end=end)
    by_customer = purchases.groupby("customer", observed=True)
    first, last = by_customer["day"].min(), by_customer["day"].max()
    repeats = by_customer.size() - 1
    summary = pd.DataFrame(
        {
            "x": repeats,
            "t_x": (last - first).dt.days / unit_days,
            "T": (last_day - first).dt.days / unit_days,
            # Purchases stand in order of days, so a customer's first row is the first purchase.
            "spend": purchases[by_customer.cumcount() > 0].groupby("customer", observed=True)["amount"].mean(),
        }
    )
    return summary.rename_axis(index=customer)


def days_per(unit: Unit) -> float:
    """Days in a unit of time.

    Raises
    ------
    ValueError
        If the unit is unknown.
    """
    if unit not in _DAYS:
        raise ValueError(f"unit is {unit!r}; choose 'day', 'week', 'month' or 'year'.")
    return _DAYS[unit]


def read_purchases(
    orders: pd.DataFrame, *, customer: str, date: str, amount: str, end: str | datetime.date | None
) -> tuple[pd.DataFrame, pd.Timestamp]:
    """Join the orders of one customer and day; return customer, day and amount in order of both, and the last day.

    Raises
    ------
    ValueError
        As for `purchase_summary`.
    """
    customers, days = read_visits(orders, customer=customer, date=date)
    require_columns(orders, [amount], "Pass amount='…' with the name of the column that holds it.")
    rows = pd.DataFrame({"customer": customers, "day": days, "amount": read_amounts(orders[amount])})
    last_day = rows["day"].max() if end is None else read_day(end, "end")
    counted = rows[rows["day"] <= last_day]
    if counted.empty:
        raise ValueError(
            f"end is {last_day:%Y-%m-%d}, but the first order is of {rows['day'].min():%Y-%m-%d}. Take a later end."
        )
    purchases = counted.groupby(["customer", "day"], observed=True)["amount"].sum().reset_index()
    return purchases, last_day


def read_summary(summary: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number of repeat purchases, age at the last one, and age now, of each customer.

    Raises
    ------
    ValueError
        If a column is missing, there are no customers, or a value is missing, no number or impossible.
    """
    table = _read_numbers(summary, ["x", "t_x", "T"])
    refuse_rows(table["t_x"], table["t_x"] > table["T"], "a last purchase after T", _MAKE_SUMMARY)
    unfit = (table["x"] > 0) != (table["t_x"] > 0)
    refuse_rows(table["t_x"], unfit, "a last repeat purchase that does not fit to x", _MAKE_SUMMARY)
    x, t_x, age = table.to_numpy().T
    return x, t_x, age


def read_spend(summary: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Number of repeat purchases and their mean amount, of each customer; 0 where there are none.

    Raises
    ------
    ValueError
        As for `read_summary`; also if the mean amount of somebody who bought again is missing.
    """
    require_columns(summary, ["x", "spend"], _MAKE_SUMMARY)
    x = _read_numbers(summary, ["x"])["x"]
    # Without a repeat purchase there is no mean: whatever stands there does not count.
    spend = read_amounts(summary["spend"].where(x > 0, 0.0))
    return x.to_numpy(), spend.to_numpy(dtype=float)


def _read_numbers(summary: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    require_columns(summary, columns, _MAKE_SUMMARY)
    name = "the purchase summary"
    table = read_items(summary[columns], len(columns), low=0, high=math.inf, instrument=name, whole=False)
    for column in columns:
        refuse_rows(table[column], np.isinf(table[column]), "an infinite value", _MAKE_SUMMARY)
    refuse_rows(table["x"], table["x"] % 1 != 0, "a number of purchases that is not whole", _MAKE_SUMMARY)
    return table
