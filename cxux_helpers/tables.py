"""Reading a table that somebody else made: every fault is named with its column, first row and remedy.

Nothing here is corrected in silence. What cannot be read for sure is refused, and the message says how to
mend it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from numbers import Real

import numpy as np
import pandas as pd

__all__ = ["read_amounts", "read_day", "read_days", "read_times", "refuse_rows", "require_columns"]


def require_columns(table: pd.DataFrame, columns: Iterable[str], remedy: str) -> None:
    """Raise unless `table` is a DataFrame with rows that has each of the columns once.

    Parameters
    ----------
    table : DataFrame
        What was passed.
    columns : iterable of str
        What it must have.
    remedy : str
        A sentence that says what to do when one is missing.

    Raises
    ------
    TypeError
        If `table` is no DataFrame.
    ValueError
        If a column is missing or doubled, or there are no rows.

    Examples
    --------
    >>> require_columns(pd.DataFrame({"date": [1]}), ["cust"], "Pass customer='customer_id'.")
    Traceback (most recent call last):
    ValueError: column 'cust' is not in the table; it has: date. Pass customer='customer_id'.
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(f"the table is a {type(table).__name__}, but a pandas DataFrame is needed.")
    for column in columns:
        times = int((table.columns == column).sum())
        if times == 0:
            if column in table.index.names:
                remedy = "It is the table's index: call reset_index() on the table first."
            has = ", ".join(map(str, table.columns))
            raise ValueError(f"column {column!r} is not in the table; it has: {has}. {remedy}")
        if times > 1:
            raise ValueError(f"column {column!r} is in the table {times} times. Keep one of them.")
    if table.empty:
        raise ValueError("the table has no rows. Check the file, or the filter that came before.")


def refuse_rows(values: pd.Series, bad: pd.Series, what: str, remedy: str) -> None:
    """Raise if any row is bad, naming how many are, and the first one.

    Parameters
    ----------
    values : Series
        A column.
    bad : Series of bool
        Which of its rows cannot be used.
    what : str
        What these rows hold, as in "column 'date' has … in 2 of 9 rows".
    remedy : str
        A sentence that says what to do.

    Raises
    ------
    ValueError
        If a row is bad.
    """
    if bad.any():
        first = int(bad.to_numpy().argmax())
        raise ValueError(
            f"column {values.name!r} has {what} in {int(bad.sum())} of {len(bad)} rows, "
            f"first {_shown(values.iloc[first])} in row {first} (counted from 0). {remedy}"
        )


def read_days(dates: pd.Series) -> pd.Series:
    """Read a column of dates as calendar days, without time of day and time zone.

    Parameters
    ----------
    dates : Series
        Datetimes, or text in ISO 8601, like ``2006-12-31``. Other ways of writing a date are refused, for
        03/04/2006 is in March to some readers and in April to others.

    Returns
    -------
    Series
        Midnights, with the index of `dates`.

    Raises
    ------
    ValueError
        If a date is missing or cannot be read.

    Examples
    --------
    >>> read_days(pd.Series(["2006-12-31 23:59"])).tolist()
    [Timestamp('2006-12-31 00:00:00')]
    """
    remedy = f"If 20061231 is meant, use pd.to_datetime(table[{dates.name!r}].astype(str), format='%Y%m%d')."
    days: pd.Series = _read_datetimes(dates, "date", remedy).dt.tz_localize(None).dt.normalize()
    return days


def read_times(times: pd.Series) -> pd.Series:
    """Read a column of points in time, so that differences between them are true durations.

    Parameters
    ----------
    times : Series
        Datetimes, or text in ISO 8601, like ``2006-12-31 23:59:30``; other ways of writing are refused.

    Returns
    -------
    Series
        Datetimes without a time zone, with the index of `times`. With a time zone they are brought to UTC;
        without one they are left as they are.

    Raises
    ------
    ValueError
        If a time is missing or cannot be read.

    Examples
    --------
    >>> read_times(pd.Series(["2006-12-31 23:59:30+01:00"])).tolist()
    [Timestamp('2006-12-31 22:59:30')]
    """
    remedy = f"If seconds since 1970 are meant, use pd.to_datetime(table[{times.name!r}], unit='s')."
    read = _read_datetimes(times, "time", remedy)
    return read if read.dt.tz is None else read.dt.tz_convert(None)


def read_day(date: str | datetime.date | np.datetime64, name: str) -> pd.Timestamp:
    """Read one date as a calendar day, by the rules of `read_days`.

    Parameters
    ----------
    date : str or date
        A date, a datetime, or text like ``2006-12-31``.
    name : str
        What the message calls it.

    Returns
    -------
    Timestamp
        Midnight of that day.

    Raises
    ------
    ValueError
        If it cannot be read.

    Examples
    --------
    >>> read_day("2006-12-31", "as_of")
    Timestamp('2006-12-31 00:00:00')
    """
    usable = isinstance(date, str | datetime.date | np.datetime64)
    day = pd.to_datetime(date, format="ISO8601", errors="coerce") if usable else pd.NaT
    if pd.isna(day):
        raise ValueError(f"{name} is {date!r}, which is not a date. Write it like '2006-12-31'.")
    return day.tz_localize(None).normalize()


def read_amounts(amounts: pd.Series) -> pd.Series:
    """Read a column of amounts of money: finite numbers of 0 or more.

    Parameters
    ----------
    amounts : Series
        Numbers. Text is refused even where it looks like a number.

    Returns
    -------
    Series
        The same amounts as numbers.

    Raises
    ------
    ValueError
        If an amount is missing, no number, negative or infinite.

    Examples
    --------
    >>> read_amounts(pd.Series([12, -3], name="amount"))
    Traceback (most recent call last):
    ValueError: column 'amount' has a negative amount in 1 of 2 rows, first -3 in row 1 (counted from 0). \
Net refunds against their orders first, or drop them, and say which.
    """
    refuse_rows(amounts, amounts.isna(), "no amount", "Look the amounts up, or drop such rows and say how many.")
    if amounts.dtype.kind not in "iuf":
        no_number = ~amounts.map(lambda value: isinstance(value, Real | Decimal) and not isinstance(value, bool))
        remedy = f"Convert them first, for example with pd.to_numeric(table[{amounts.name!r}])."
        refuse_rows(amounts, no_number, "no number", remedy)
        amounts = amounts.astype(float)
    remedy = "Net refunds against their orders first, or drop them, and say which."
    refuse_rows(amounts, amounts < 0, "a negative amount", remedy)
    refuse_rows(amounts, amounts == np.inf, "an infinite amount", "Look the amounts up.")
    return amounts


def _read_datetimes(values: pd.Series, what: str, number_remedy: str) -> pd.Series:
    refuse_rows(values, values.isna(), f"no {what}", "Drop such rows first, and say how many they were.")
    if pd.api.types.is_datetime64_any_dtype(values):
        return values
    if not isinstance(values.dtype, pd.StringDtype):
        # pandas would take a number for nanoseconds after the start of 1970.
        number = values.map(lambda value: isinstance(value, Real)).astype(bool)
        refuse_rows(values, number, f"a number, not a {what},", number_remedy)
    try:
        read = pd.to_datetime(values, format="ISO8601", errors="coerce")
    except ValueError as error:
        raise ValueError(f"column {values.name!r} mixes time zones. Convert all to one first.") from error
    remedy = (
        "Write dates like 2006-12-31, or convert them first, for example with "
        f"pd.to_datetime(table[{values.name!r}], format='%d/%m/%Y')."
    )
    refuse_rows(values, read.isna(), f"no readable {what}", remedy)
    return read


def _shown(value: object) -> str:
    """A value as its owner wrote it: 5.0, not np.float64(5.0), and never a page of text."""
    plain = value.item() if isinstance(value, np.generic) else value
    text = repr(plain)
    return text if len(text) <= 60 else text[:57] + "…"
