"""Cleaning a survey of ratings by decisions that are named, so that each can be told, tried and defended.

Every survey needs them, and each of them moves the score: what counts for a customer who answered twice, for an answer
that the staff sent to try the form, for a rating that is not on the scale, and for one that is not there.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from cxux_helpers.ratings import read_ratings
from cxux_helpers.tables import read_times, refuse_rows, require_columns

__all__ = ["CLEANING_DECISIONS", "clean_ratings"]

CLEANING_DECISIONS: Mapping[str, tuple[str, ...]] = {
    "tests": ("keep", "drop"),
    "doubles": ("keep all", "keep the first", "keep the last"),
    "off_scale": ("keep", "move to the nearest", "leave out"),
    "missing": ("fill in the middle", "fill in the most frequent", "leave out"),
}
"""What can be decided, in the order in which it is done, each with its options."""


def clean_ratings(
    raw: pd.DataFrame,
    *,
    tests: str = "drop",
    doubles: str = "keep the last",
    off_scale: str = "leave out",
    missing: str = "leave out",
    low: int = 1,
    high: int = 5,
    customer: str = "customer_id",
    time: str = "answered_at",
    rating: str = "csat",
    channel: str = "channel",
    test_channel: str = "staff test",
) -> pd.DataFrame:
    """Return the rows that count, with the ratings that count, by four decisions.

    They are carried out in the order of `CLEANING_DECISIONS`: first test answers go, so that none can be somebody's
    last word; then each customer's answers become one; then ratings off the scale are dealt with, and missing ones
    last. "The most frequent" is that of the ratings on the scale that are left by then, the lowest one in a tie.
    The defaults invent nothing: report with them how many answers were left out, and why.

    Parameters
    ----------
    raw : DataFrame
        One row per answer that came in.
    tests, doubles, off_scale, missing : str
        One of the options in `CLEANING_DECISIONS`.
    low, high : int
        Ends of the rating scale.
    customer, time, rating, channel : str
        Columns: who answered, when, the rating (a number or missing), and the way it came.
    test_channel : str
        What `channel` says of an answer that only tries the form.

    Returns
    -------
    DataFrame
        The rows that count in the order of time, with the columns and index labels of `raw`. No rating is missing;
        one can be off the scale if `off_scale` keeps it.

    Raises
    ------
    ValueError
        If a decision is none of its options, a column is missing, a row has no customer or no readable time, or a
        rating is no number.

    Examples
    --------
    >>> raw = pd.DataFrame({
    ...     "customer_id": [7, 7, 8, 9], "answered_at": ["2026-03-02", "2026-03-05", "2026-03-03", "2026-03-04"],
    ...     "channel": ["e-mail", "card", "e-mail", "staff test"], "csat": [2, 4, 55, 5],
    ... })
    >>> clean_ratings(raw)["csat"].tolist(), clean_ratings(raw, off_scale="move to the nearest")["csat"].tolist()
    ([4.0], [5.0, 4.0])
    """
    decided = {"tests": tests, "doubles": doubles, "off_scale": off_scale, "missing": missing}
    for decision, option in decided.items():
        if option not in CLEANING_DECISIONS[decision]:
            options = "', '".join(CLEANING_DECISIONS[decision])
            raise ValueError(f"{decision} is {option!r}. Choose '{options}'.")
    require_columns(raw, (customer, time, rating, channel), "Name the columns with customer, time, rating, channel.")
    refuse_rows(raw[customer], raw[customer].isna(), "no customer", "Drop such rows, and say how many they were.")
    ratings = read_ratings(raw[rating], low=float("-inf"), high=float("inf"), whole=False, missing=True)
    table = raw.assign(**{rating: ratings, time: read_times(raw[time])}).sort_values(time, kind="stable")

    if tests == "drop":
        table = table[table[channel] != test_channel]
    if doubles != "keep all":
        table = table.drop_duplicates(customer, keep="first" if doubles == "keep the first" else "last")
    present = table[rating].notna()
    on_scale = table[rating].between(low, high)
    if off_scale == "move to the nearest":
        table = table.assign(**{rating: table[rating].clip(low, high)})
    elif off_scale == "leave out":
        table = table[on_scale | ~present]
    if missing == "leave out":
        return table.dropna(subset=rating)
    frequent = table.loc[table[rating].between(low, high), rating].mode()
    middle = (low + high) / 2
    filled = middle if missing == "fill in the middle" or frequent.empty else float(frequent.iloc[0])
    return table.fillna({rating: filled})
