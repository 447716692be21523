"""Reading answers of participants: ratings, whole questionnaires, and outcomes.

As in `cxux_helpers.tables`, nothing is corrected in silence: an answer off its scale, a missing one, a text that
looks like a number or a yes/no in place of a rating is refused with its place and the remedy.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from cxux_helpers.tables import refuse_rows

__all__ = [
    "Answers",
    "Outcomes",
    "Ratings",
    "read_items",
    "read_outcomes",
    "read_ratings",
    "require_same_people",
]

Ratings = Sequence[float] | np.ndarray | pd.Series
Outcomes = Sequence[bool] | Sequence[int] | np.ndarray | pd.Series
Answers = Sequence[Sequence[float]] | Ratings | pd.DataFrame

_LEAVE_OUT = "Leave such answers out first, and say how many they were."


def read_ratings(
    ratings: Ratings, *, low: float, high: float, whole: bool = True, missing: bool = False, name: str = "rating"
) -> pd.Series:
    """Read one rating per person.

    Parameters
    ----------
    ratings : array of float
        The ratings. A Series keeps its index and its name.
    low, high : float
        Ends of the scale, both included.
    whole : bool
        Whether only whole numbers are on the scale.
    missing : bool
        Whether missing ratings may pass, as NaN.
    name : str
        What the message calls the column where it has no name.

    Returns
    -------
    Series of float

    Raises
    ------
    ValueError
        If there is none, or one is missing, no number, not whole or off the scale.

    Examples
    --------
    >>> read_ratings([5, 8], low=1, high=7, name="seq")
    Traceback (most recent call last):
    ValueError: column 'seq' has a value off the scale 1 to 7 in 1 of 2 rows, first 8 in row 1 (counted from 0). \
Correct it, or check that this is the right scale.
    """
    column = _column(ratings, name)
    if not missing:
        refuse_rows(column, column.isna(), "no value", _LEAVE_OUT)
    return _on_scale(column, low, high, whole)


def read_items(
    answers: Answers,
    n_items: int,
    *,
    low: float,
    high: float,
    instrument: str,
    whole: bool = True,
    missing: bool = False,
) -> pd.DataFrame:
    """Read a questionnaire: one row per person, one column per item, in the order of the questionnaire.

    Parameters
    ----------
    answers : DataFrame, array or list
        A table, a list of people who are lists of answers, or the answers of one person alone. The order of the
        columns is what counts; their names may be anything.
    n_items : int
        Number of items.
    low, high : float
        Ends of the scale, both included.
    instrument : str
        What the message calls the questionnaire.
    whole : bool
        Whether only whole numbers are on the scale.
    missing : bool
        Whether missing answers may pass, as NaN.

    Returns
    -------
    DataFrame of float
        Indexed as `answers`.

    Raises
    ------
    ValueError
        If there are no people, the number of items is wrong, or an answer is missing, no number, not whole or off
        the scale.

    Examples
    --------
    >>> read_items([[4, 5], [3, 3]], 2, low=1, high=5, instrument="UX-Lite").to_numpy().tolist()
    [[4.0, 5.0], [3.0, 3.0]]
    """
    table = _table(answers, n_items, instrument)
    if all(dtype.kind in "iuf" for dtype in table.dtypes):
        values = table.to_numpy(dtype=float, na_value=np.nan)
        fine = (values >= low) & (values <= high)
        if whole:
            fine &= np.trunc(values) == values
        if missing:
            fine |= np.isnan(values)
        if fine.all():
            return pd.DataFrame(values, index=table.index, columns=table.columns)
    # Something is not right, or not plain: column by column, to name it or to make it plain.
    remedy = f"Leave such people out of {instrument} first, and say how many they were."
    columns = []
    for place in range(n_items):
        column = table.iloc[:, place]
        if not missing:
            refuse_rows(column, column.isna(), "no value", remedy)
        columns.append(_on_scale(column, low, high, whole))
    return pd.DataFrame(np.column_stack(columns), index=table.index, columns=table.columns)


def read_outcomes(outcomes: Outcomes, *, name: str) -> pd.Series:
    """Read one yes or no per person: True and False, or 1 and 0.

    Parameters
    ----------
    outcomes : array of bool
        The outcomes. A Series keeps its index and its name.
    name : str
        What the message calls the column where it has no name.

    Returns
    -------
    Series of bool

    Raises
    ------
    ValueError
        If there is none, or one is missing or neither yes nor no.

    Examples
    --------
    >>> read_outcomes([True, 0, 1], name="completed").tolist()
    [True, False, True]
    """
    column = _column(outcomes, name)
    refuse_rows(column, column.isna(), "no value", _LEAVE_OUT)
    if column.dtype.kind != "b":
        # Text is never equal to 0 or 1, so "1" and "yes" are refused too.
        refuse_rows(column, ~column.isin([0, 1]), "neither yes nor no", "Give True and False, or 1 and 0.")
    return column.astype(bool)


def require_same_people(one: Ratings | Outcomes, other: Ratings | Outcomes, names: tuple[str, str]) -> None:
    """Raise unless two columns can be about the same people: equally long, and with one index if both have one.

    Raises
    ------
    ValueError
        If they differ in length, or in their index.

    Examples
    --------
    >>> require_same_people([9.5, 8.1], [True], ("times", "completed"))
    Traceback (most recent call last):
    ValueError: times has 2 values, but completed has 1. Give both for the same people.
    """
    first, second = names
    if len(one) != len(other):
        raise ValueError(
            f"{first} has {len(one)} values, but {second} has {len(other)}. Give both for the same people."
        )
    if isinstance(one, pd.Series) and isinstance(other, pd.Series) and not one.index.equals(other.index):
        raise ValueError(f"the indexes of {first} and {second} differ. Take both from the same rows of one table.")


def _is_number(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool)


def _column(values: Any, name: str) -> pd.Series:
    if not isinstance(values, pd.Series):
        if np.ndim(values) != 1:
            raise ValueError(f"{name} has {np.ndim(values)} dimensions. Give a plain list, one value per person.")
        values = pd.Series(values if isinstance(values, np.ndarray) else list(values))
    if values.empty:
        raise ValueError(f"{name} is empty, but at least one value is needed. Check the filter that came before.")
    column: pd.Series = values if values.name is not None else values.rename(name)
    return column


def _table(answers: Any, n_items: int, instrument: str) -> pd.DataFrame:
    if isinstance(answers, pd.DataFrame):
        table = answers
    else:
        rows = answers if isinstance(answers, np.ndarray) else list(answers)
        if not len(rows):
            raise ValueError(f"there are no answers to {instrument}. Check the file, or the filter that came before.")
        if np.ndim(rows[0]) == 0:
            rows = [list(rows)]
        lengths = {len(row) for row in rows} if isinstance(rows, list) else {rows.shape[1]}
        wrong = next((length for length in lengths if length != n_items), None)
        if wrong is not None:
            raise ValueError(
                f"{instrument} has {n_items} items, but a person has {wrong} answers. Give one list per person, in the "
                "order of the questionnaire, with None where an answer is missing."
            )
        table = pd.DataFrame(rows, columns=[f"item {item}" for item in range(1, n_items + 1)])
    if table.shape[1] != n_items:
        raise ValueError(
            f"{instrument} has {n_items} items, but the table has {table.shape[1]} columns: "
            f"{', '.join(map(str, table.columns))}. Pass its item columns alone, in the order of the questionnaire."
        )
    if table.empty:
        raise ValueError(f"there are no answers to {instrument}. Check the file, or the filter that came before.")
    return table


def _on_scale(column: pd.Series, low: float, high: float, whole: bool) -> pd.Series:
    if column.dtype.kind not in "iuf":
        wrong_kind = ~column.astype(object).map(lambda value: _is_number(value) or pd.isna(value)).astype(bool)
        refuse_rows(column, wrong_kind, "no number", "Give ratings as numbers, for example with pd.to_numeric.")
    numbers = pd.Series(column.to_numpy(dtype=float, na_value=np.nan), index=column.index, name=column.name)
    remedy = "Correct it, or check that this is the right scale."
    refuse_rows(column, (numbers < low) | (numbers > high), f"a value off the scale {low:g} to {high:g}", remedy)
    if whole:
        refuse_rows(column, (numbers % 1 != 0) & numbers.notna(), "a value that is not whole", remedy)
    return numbers
