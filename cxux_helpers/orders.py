"""What orders tell of each customer: recency, frequency and monetary value, and the days between orders."""

from __future__ import annotations

import datetime

import pandas as pd

from cxux_helpers.tables import read_amounts, read_day, read_days, refuse_rows, require_columns

__all__ = ["RFM_COLUMNS", "days_between_orders", "read_visits", "rfm"]

RFM_COLUMNS = ("recency", "frequency", "monetary")


def rfm(
    orders: pd.DataFrame,
    *,
    customer: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
    as_of: str | datetime.date | None = None,
) -> pd.DataFrame:
    """Recency, frequency and monetary value of every customer.

    Rival definitions exist. Here recency counts from the last order to `as_of` (models of repeat buying
    count from the first order to the last), frequency counts all orders (those models count repeats only,
    and take the orders of one day as one), and monetary is the total (others take the mean per order).

    Parameters
    ----------
    orders : DataFrame
        One row per order. It is not changed, and the order of its rows does not matter.
    customer, date, amount : str
        Names of its columns. Dates are datetimes, or text like ``2006-12-31``; the time of day is dropped.
        Amounts are numbers in one currency, 0 for a free order.
    as_of : date, optional
        The day from which we look back, not before the last order. By default the day after it.

    Returns
    -------
    DataFrame
        One row per customer, sorted by customer, with the columns

        - ``recency``: whole days from the last order to `as_of`, 0 or more; low is good
        - ``frequency``: number of orders, 1 or more; high is good
        - ``monetary``: total of all amounts, 0 or more; high is good

    Raises
    ------
    ValueError
        If a column is missing, there are no orders, a value is missing or cannot be read, an amount is
        negative, or `as_of` is before the last order. The message names the first such row and the remedy.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["Ann", "Bob", "Ann"],
    ...     "date": ["2025-03-01", "2025-03-20", "2025-03-30"],
    ...     "amount": [20.0, 35.5, 12.0],
    ... })
    >>> rfm(orders, as_of="2025-04-01").loc["Ann"].to_dict()
    {'recency': 2.0, 'frequency': 2.0, 'monetary': 32.0}
    """
    customers, days = read_visits(orders, customer=customer, date=date)
    require_columns(orders, [amount], "Pass amount='…' with the name of the column that holds it.")
    amounts = read_amounts(orders[amount])

    last_day = days.max()
    end = last_day + pd.Timedelta(days=1) if as_of is None else read_day(as_of, "as_of")
    if end < last_day:
        raise ValueError(
            f"as_of is {end:%Y-%m-%d}, but the last order is of {last_day:%Y-%m-%d}. "
            "Take a later as_of, or keep only the orders up to it."
        )
    rows = pd.DataFrame({"customer": customers, "day": days, "amount": amounts})
    table = rows.groupby("customer", observed=True).agg(
        recency=("day", "max"), frequency=("day", "size"), monetary=("amount", "sum")
    )
    table["recency"] = (end - table["recency"]).dt.days
    return table.rename_axis(index=customer)


def days_between_orders(orders: pd.DataFrame, *, customer: str = "customer_id", date: str = "date") -> pd.Series:
    """Days from each order to the next one of the same customer.

    Orders of one day count as one visit, so a gap is at least 1 day. One visit alone makes no gap.

    Parameters
    ----------
    orders : DataFrame
        One row per order, in any order.
    customer, date : str
        Names of its columns, as in `rfm`.

    Returns
    -------
    Series
        Whole days, 1 or more, one for each repeat visit; named ``days``.

    Raises
    ------
    ValueError
        If a column is missing, there are no orders, or a customer or date is missing or cannot be read.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["Ann", "Bob", "Ann"], "date": ["2025-03-01", "2025-03-20", "2025-03-30"]
    ... })
    >>> days_between_orders(orders).tolist()
    [29]
    """
    customers, days = read_visits(orders, customer=customer, date=date)
    visits = pd.DataFrame({"customer": customers, "day": days}).drop_duplicates().sort_values("day")
    gaps = visits.groupby("customer", observed=True)["day"].diff().dropna()
    days_apart: pd.Series = gaps.dt.days.astype(int)
    return days_apart.reset_index(drop=True).rename("days")


def read_visits(orders: pd.DataFrame, *, customer: str, date: str) -> tuple[pd.Series, pd.Series]:
    """Read who ordered on which day, row by row.

    Raises
    ------
    ValueError
        If a column is missing, there are no orders, or a customer or date is missing or cannot be read.

    Examples
    --------
    >>> orders = pd.DataFrame({"who": ["Ann", "Bob"], "when": ["2025-03-01", "2025-03-20"]})
    >>> customers, days = read_visits(orders, customer="who", date="when")
    >>> customers.tolist(), days.dt.day.tolist()
    (['Ann', 'Bob'], [1, 20])
    """
    for argument, column in {"customer": customer, "date": date}.items():
        require_columns(orders, [column], f"Pass {argument}='…' with the name of the column that holds it.")
    customers = orders[customer]
    refuse_rows(customers, customers.isna(), "no customer", "Drop such orders first, and say how many.")
    return customers, read_days(orders[date])
