"""Customer segments by rules: recency, frequency and monetary value, their scores, and named groups.

Three steps, each usable alone: `cxux_helpers.orders.rfm` turns orders into one row per customer; `rfm_scores` with
`name_segments`, or `segments_by_cuts`, put customers into segments; `segment_profile` says who is in them.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.orders import RFM_COLUMNS, days_between_orders, rfm
from cxux_helpers.tables import refuse_rows, require_columns

__all__ = [
    "CUT_SEGMENTS",
    "SEGMENT_RULES",
    "SegmentRule",
    "days_between_orders",
    "name_segments",
    "rfm",
    "rfm_scores",
    "segment_profile",
    "segments_by_cuts",
]


def rfm_scores(table: pd.DataFrame, *, bins: int = 5, ties: Literal["down", "up"] = "down") -> pd.DataFrame:
    """Scores from 1 to `bins` for recency, frequency and monetary value; `bins` is always the best.

    Each column is cut at its own quantiles (type 7, linear interpolation: the default of NumPy and R), so
    that about as many customers fall into each class. Recency is reversed: the most recent score highest.
    Texts exist in which 1 is the best; look before you compare.

    Many customers share a value (half of them ordered once), so the tie rule matters. With
    ``ties="down"`` a value equal to a quantile is in the class below it, with ``"up"`` in the class above.
    "Below" speaks of values: a recency that is moved down counts as more recent and scores higher. Equal
    values always get equal scores, so classes may be unequal in size and some may stay empty. A column
    in which all are equal cannot tell customers apart: all of them get the lowest class (``"down"``, so
    r = `bins` and f = m = 1) or the highest (``"up"``, so r = 1 and f = m = `bins`). The same holds for one
    customer alone.

    Parameters
    ----------
    table : DataFrame
        As `rfm` gives it: ``recency``, ``frequency`` and ``monetary`` per customer.
    bins : int
        Number of classes, 2 to 9.
    ties : {"down", "up"}
        Where a value goes that equals a quantile.

    Returns
    -------
    DataFrame
        Indexed as `table`, with whole numbers ``r``, ``f``, ``m`` and ``code``, for example 343.

    Raises
    ------
    ValueError
        If a column is missing or holds a missing value, `bins` is out of range, or `ties` is unknown.

    Examples
    --------
    >>> table = pd.DataFrame({"recency": [3, 40, 99], "frequency": [9, 2, 1], "monetary": [400.0, 90.0, 5.0]})
    >>> rfm_scores(table, bins=3)["code"].tolist()
    [333, 222, 111]
    """
    _check_customers(table)
    if isinstance(bins, bool) or bins not in range(2, 10):
        raise ValueError(f"bins is {bins!r}, but a score is one digit. Give a whole number from 2 to 9.")
    if ties not in ("down", "up"):
        raise ValueError(f"ties is {ties!r}. Give 'down' or 'up'.")

    def classes(column: str) -> np.ndarray:
        values = table[column].to_numpy(float)
        edges = np.quantile(values, np.arange(1, bins) / bins)
        return 1 + np.searchsorted(edges, values, side="left" if ties == "down" else "right")

    r, f, m = bins + 1 - classes("recency"), classes("frequency"), classes("monetary")
    return pd.DataFrame({"r": r, "f": f, "m": m, "code": 100 * r + 10 * f + m}, index=table.index)


class SegmentRule(NamedTuple):
    """A segment's name and the scores that belong to it, each from the first to the second, both included."""

    name: str
    r: tuple[int, int]
    f: tuple[int, int]
    m: tuple[int, int]


# Read from the top: the first rule that fits names the customer. Together they leave no code out.
SEGMENT_RULES = (
    SegmentRule("Champions", r=(4, 5), f=(4, 5), m=(4, 5)),
    SegmentRule("Loyal customers", r=(3, 5), f=(3, 5), m=(1, 5)),
    SegmentRule("Promising big spenders", r=(3, 5), f=(1, 2), m=(4, 5)),
    SegmentRule("Newcomers", r=(4, 5), f=(1, 2), m=(1, 3)),
    SegmentRule("Cooling off", r=(3, 3), f=(1, 2), m=(1, 3)),
    SegmentRule("Must not lose", r=(1, 2), f=(4, 5), m=(4, 5)),
    SegmentRule("At risk", r=(1, 2), f=(3, 5), m=(1, 5)),
    SegmentRule("Lost big spenders", r=(1, 2), f=(1, 2), m=(4, 5)),
    SegmentRule("Dormant", r=(1, 2), f=(1, 2), m=(1, 3)),
)


def name_segments(scores: pd.DataFrame, rules: Sequence[SegmentRule] = SEGMENT_RULES) -> pd.Series:
    """Name every customer's segment by the first rule that fits the scores.

    Rules are a convention, not a finding: write your own where your shop's questions differ.

    Parameters
    ----------
    scores : DataFrame
        As `rfm_scores` gives it, with ``r``, ``f`` and ``m``. `SEGMENT_RULES` are made for five bins.
    rules : sequence of SegmentRule
        In order of precedence.

    Returns
    -------
    Series
        Ordered categorical named ``segment``, indexed as `scores`; its categories are the rules' names.

    Raises
    ------
    ValueError
        If a score column is missing, or no rule fits some customer.

    Examples
    --------
    >>> scores = pd.DataFrame({"r": [5, 1], "f": [5, 1], "m": [4, 2]})
    >>> name_segments(scores).tolist()
    ['Champions', 'Dormant']
    """
    require_columns(scores, "rfm", "Make the table with rfm_scores.")
    fits = [
        scores["r"].between(*rule.r) & scores["f"].between(*rule.f) & scores["m"].between(*rule.m) for rule in rules
    ]
    names = list(dict.fromkeys(rule.name for rule in rules))
    codes = np.select(fits, [names.index(rule.name) for rule in rules], default=-1)
    if (codes < 0).any():
        r, f, m = scores[["r", "f", "m"]].iloc[int((codes < 0).argmax())]
        raise ValueError(
            f"no rule fits the scores r={r}, f={f}, m={m}. The rules given must cover every score: "
            "add a last rule for the rest, or use rfm_scores with bins=5 for SEGMENT_RULES."
        )
    return _as_segments(codes, names, scores.index)


# A capital letter means yes: ordered lately (R), often (F), and for much money (M).
CUT_SEGMENTS = {
    "RFM": "Champions",
    "RFm": "Regulars",
    "RfM": "Promising",
    "Rfm": "Occasional",
    "rFM": "At risk",
    "rFm": "Fading",
    "rfM": "Lost big spenders",
    "rfm": "Dormant",
}


def segments_by_cuts(
    table: pd.DataFrame, *, recent_days: float, frequent_orders: float, high_spend: float
) -> pd.Series:
    """Eight segments by one cut point each for recency, frequency and monetary value.

    A customer is *recent* with ``recency <= recent_days``, *frequent* with ``frequency >= frequent_orders``
    and a *high spender* with ``monetary >= high_spend``: a value on the cut always counts as the better one.

    Parameters
    ----------
    table : DataFrame
        As `rfm` gives it.
    recent_days, frequent_orders, high_spend : float
        Days, orders and money at which the customers are cut, each 0 or more.

    Returns
    -------
    Series
        Ordered categorical named ``segment``, indexed as `table`; its categories are the names in
        `CUT_SEGMENTS`, in that order, the empty ones too.

    Raises
    ------
    ValueError
        If a column is missing or holds a missing value, or a cut is not a number of 0 or more.

    Examples
    --------
    >>> table = pd.DataFrame({"recency": [30, 200], "frequency": [3, 1], "monetary": [99.5, 100.0]})
    >>> segments_by_cuts(table, recent_days=30, frequent_orders=2, high_spend=100).tolist()
    ['Regulars', 'Lost big spenders']
    """
    _check_customers(table)
    cuts = {"recent_days": recent_days, "frequent_orders": frequent_orders, "high_spend": high_spend}
    for name, cut in cuts.items():
        if isinstance(cut, bool) or not isinstance(cut, Real) or not cut >= 0:
            raise ValueError(f"{name} is {cut!r}. Give a number of 0 or more.")
    codes = (
        4 * (table["recency"].to_numpy() > recent_days)
        + 2 * (table["frequency"].to_numpy() < frequent_orders)
        + (table["monetary"].to_numpy() < high_spend)
    )
    return _as_segments(codes, list(CUT_SEGMENTS.values()), table.index)


def segment_profile(table: pd.DataFrame, segments: pd.Series) -> pd.DataFrame:
    """Who is in each segment, and how much of the business they are.

    Parameters
    ----------
    table : DataFrame
        As `rfm` gives it.
    segments : Series
        A segment for each customer of `table`, by the same index in any order: names, cluster labels or
        a categorical.

    Returns
    -------
    DataFrame
        One row per segment (of a categorical, the empty ones too), with ``customers``,
        ``share_of_customers``, ``revenue``, ``share_of_revenue``, ``median_recency``,
        ``median_frequency`` and ``median_monetary``. Shares lie in [0, 1] and sum to 1. Medians of an
        empty segment are missing, and so is the share of a revenue that is 0 in all.

    Raises
    ------
    ValueError
        If a column or a value is missing, the customers of the two differ, or one has no segment.

    Examples
    --------
    >>> table = pd.DataFrame({"recency": [3, 9, 90], "frequency": [4, 2, 1], "monetary": [60.0, 20.0, 20.0]})
    >>> segment_profile(table, pd.Series(["here", "here", "gone"]))["share_of_revenue"].to_dict()
    {'gone': 0.2, 'here': 0.8}
    """
    _check_customers(table)
    if not segments.index.equals(table.index):
        if not segments.index.is_unique or set(segments.index) != set(table.index):
            raise ValueError(
                f"segments ({len(segments)} rows) and table ({len(table)} rows) are not about the same "
                "customers. Make the segments from this table."
            )
        segments = segments.reindex(table.index)
    groups = segments.array if isinstance(segments.dtype, pd.CategoricalDtype) else pd.Categorical(segments)
    codes, names = np.asarray(groups.codes), groups.categories
    refuse_rows(segments, segments.isna(), "no segment", "Give every customer one, or drop them from both.")

    customers = np.bincount(codes, minlength=len(names))
    revenue = np.bincount(codes, weights=table["monetary"].to_numpy(float), minlength=len(names))
    total = revenue.sum()
    profile = {
        "customers": customers,
        "share_of_customers": customers / len(table),
        "revenue": revenue,
        "share_of_revenue": revenue / total if total else np.full(len(names), np.nan),
    }
    # A slider waits for this: medians of slices of one sort by segment take a fifth of groupby's time.
    by_segment = np.argsort(codes, kind="stable")
    starts = np.cumsum(customers)[:-1]
    for column in RFM_COLUMNS:
        slices = np.split(table[column].to_numpy()[by_segment], starts)
        profile[f"median_{column}"] = np.array([np.median(s) if s.size else np.nan for s in slices])
    return pd.DataFrame(profile, index=pd.Index(names, name="segment"))


def _as_segments(codes: np.ndarray, names: list[str], index: pd.Index) -> pd.Series:
    kind = pd.CategoricalDtype(names, ordered=True)
    return pd.Series(pd.Categorical.from_codes(codes, dtype=kind), index=index, name="segment")


def _check_customers(table: pd.DataFrame) -> None:
    require_columns(table, RFM_COLUMNS, "Make the table with rfm.")
    for column in RFM_COLUMNS:
        refuse_rows(table[column], table[column].isna(), "no value", "Drop such customers, and say how many.")
