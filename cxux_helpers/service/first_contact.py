"""First contact resolution from a contact log: who had to come back, and within how many days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.estimates import Estimate, proportion
from cxux_helpers.tables import read_times, require_columns

__all__ = ["CONTACT_OUTCOMES", "contact_outcomes", "first_contact_resolution"]

CONTACT_OUTCOMES = ("resolved", "came back", "repeat", "too recent")


def contact_outcomes(
    log: pd.DataFrame,
    *,
    days: float,
    customer: str = "customer_id",
    topic: str = "topic",
    time: str = "time",
) -> pd.Series:
    """What became of each contact, within a stated window.

    Contacts of one customer about one topic belong together, whatever the channel. A contact is *first* if none of
    them came within the window before it. It is resolved if none comes within the window after it. Where the log
    ends before the window does, nobody can know yet. Its rival takes the agent's own word: a box that says "solved".

    Parameters
    ----------
    log : DataFrame
        One row per contact, in any order.
    days : float
        Length of the window in days, above 0; a contact after exactly so many days lies within it.
    customer, topic, time : str
        Columns of the log.

    Returns
    -------
    Series
        Categorical, on the index of `log`, with the categories of `CONTACT_OUTCOMES`:

        - ``"resolved"``, ``"came back"``: first contacts whose window has passed
        - ``"too recent"``: first contacts whose window has not passed when the log ends, even if the customer has come
          back already: all that count must have had the same time
        - ``"repeat"``: all others

        What came before the log's first day is unknown and taken for nothing.

    Raises
    ------
    ValueError
        If a column is missing, a customer or topic is missing, a time cannot be read, or `days` is out of range.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "customer_id": [1, 1, 2, 3], "topic": ["bill", "bill", "bill", "meter"],
    ...     "time": ["2026-03-02", "2026-03-05", "2026-03-02", "2026-03-20"],
    ... })
    >>> contact_outcomes(log, days=7).tolist()
    ['came back', 'repeat', 'resolved', 'too recent']
    """
    require_number("days", days, above=0, remedy="Write 7 for a week.")
    require_columns(log, [customer, topic, time], "Pass customer=…, topic=… or time=… with the names in your table.")
    for column in (customer, topic):
        if log[column].isna().any():
            row = int(log[column].isna().to_numpy().argmax())
            raise ValueError(
                f"column {column!r} has no value in row {row} (counted from 0). Leave such rows out and say how many."
            )
    table = pd.DataFrame(
        {"customer": log[customer].to_numpy(), "topic": log[topic].to_numpy(), "time": read_times(log[time]).to_numpy()}
    ).sort_values("time", kind="stable")
    window, end = pd.Timedelta(days=days), table["time"].max()
    pauses = table.groupby(["customer", "topic"], observed=True)["time"]
    before, after = table["time"] - pauses.shift(1), pauses.shift(-1) - table["time"]
    outcome = np.select(
        [before <= window, table["time"] + window > end, after <= window],
        ["repeat", "too recent", "came back"],
        "resolved",
    )
    in_order = pd.Series(outcome, index=table.index).sort_index()
    return pd.Series(pd.Categorical(in_order, CONTACT_OUTCOMES), index=log.index, name="outcome")


def first_contact_resolution(
    log: pd.DataFrame,
    *,
    days: float,
    customer: str = "customer_id",
    topic: str = "topic",
    time: str = "time",
    confidence: float = 0.95,
) -> Estimate:
    """Share of first contacts after which the customer did not come back within a stated window.

    High is good; the value is a proportion in [0, 1] with its adjusted Wald interval. First contacts whose window has
    not passed when the log ends are left out. Without its window the figure says nothing: name the days wherever you
    print it.

    Parameters
    ----------
    log, days, customer, topic, time
        As in `contact_outcomes`.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        Its `n` is the number of first contacts that had the whole window.

    Raises
    ------
    ValueError
        As in `contact_outcomes`, or if no first contact has had the whole window.

    Examples
    --------
    >>> log = pd.DataFrame({
    ...     "customer_id": [1, 1, 2, 3], "topic": ["bill", "bill", "bill", "meter"],
    ...     "time": ["2026-03-02", "2026-03-05", "2026-03-02", "2026-03-20"],
    ... })
    >>> first_contact_resolution(log, days=7)
    First contact resolution within 7 days 0.50, 95% interval 0.09 to 0.91 (n = 2, adjusted Wald)
    """
    outcome = contact_outcomes(log, days=days, customer=customer, topic=topic, time=time)
    resolved = int((outcome == "resolved").sum())
    n = resolved + int((outcome == "came back").sum())
    if n == 0:
        raise ValueError(f"no first contact has had its {days:g} days when the log ends. Choose a shorter window.")
    name = f"First contact resolution within {days:g} days"
    return proportion(resolved, n, confidence=confidence, name=name)
