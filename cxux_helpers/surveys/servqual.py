"""SERVQUAL: how far a service falls short of what its customers expect, item by item and over five dimensions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.estimates import Estimate, mean
from cxux_helpers.ratings import Answers, read_items, read_ratings
from cxux_helpers.tables import refuse_rows

__all__ = ["SERVQUAL_DIMENSIONS", "ServqualGap", "servqual_gap", "servqual_score"]

SERVQUAL_DIMENSIONS: Mapping[str, int] = {
    "tangibles": 4,
    "reliability": 5,
    "responsiveness": 4,
    "assurance": 4,
    "empathy": 5,
}
"""The dimensions in the order of the questionnaire, with their numbers of items: 22 in all."""

Weights = Mapping[str, float] | pd.Series | pd.DataFrame


class ServqualGap(NamedTuple):
    """What `servqual_gap` finds. Every gap is perception minus expectation.

    Attributes
    ----------
    items : DataFrame
        Indexed by ``item`` (1 to 22): ``dimension``, ``expectation``, ``perception``, ``gap``, ends of its
        interval ``low`` and ``high``, and ``n``.
    dimensions : DataFrame
        Indexed by ``dimension``, with the same columns.
    unweighted : Estimate
        The mean of the dimensions' gaps.
    weighted : Estimate or None
        The same with each dimension counted by its points; None where no points were given.
    """

    items: pd.DataFrame
    dimensions: pd.DataFrame
    unweighted: Estimate
    weighted: Estimate | None


def servqual_gap(
    expectations: Answers,
    perceptions: Answers,
    *,
    weights: Weights | None = None,
    dimensions: Mapping[str, int] = SERVQUAL_DIMENSIONS,
    scale: int = 7,
    confidence: float = 0.95,
) -> ServqualGap:
    """Gap between what customers perceive and what they expect: per item, per dimension, and overall.

    A gap is perception minus expectation (P − E): **below 0 the service falls short**, above 0 it exceeds what
    was expected. A customer's gap in a dimension is the mean over its items; a dimension's gap is the mean over
    customers. The unweighted score is the mean of the dimensions' gaps, so that each counts the same however many
    items it has. The weighted score multiplies each customer's gaps by the points out of 100 which the
    dimensions were given. All are in units of the scale, from ``1 - scale`` to ``scale - 1``, with a t interval over
    customers. The rival SERVPERF drops the expectations.

    Nothing is filled in: an item counts who answered it both times, a dimension who answered all its items both
    times, an overall score who answered everything. The columns ``n`` say how many that were.

    Parameters
    ----------
    expectations, perceptions : DataFrame or array of int
        One row per customer and one column per item in the order of the questionnaire, on a scale from 1 to
        `scale`. Both have the same customers in the same rows; missing answers are NaN.
    weights : Mapping, Series or DataFrame, optional
        Points out of 100 by dimension: one set for all customers, or a DataFrame with a row for each customer.
    dimensions : Mapping of str to int
        Names of the dimensions and their numbers of items, in the order of the questionnaire.
    scale : int
        Number of boxes; the original has 7.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    ServqualGap

    Raises
    ------
    ValueError
        If an answer is off the scale, the number of items or the customers differ, the points do not sum to 100,
        or nobody is left for a mean.

    References
    ----------
    Parasuraman, A., Zeithaml, V. A., and Berry, L. L. (1988). SERVQUAL: a multiple-item scale for measuring
    consumer perceptions of service quality. *Journal of Retailing* 64(1), 12–40.

    Examples
    --------
    >>> short = {"reliability": 2, "empathy": 1}
    >>> gap = servqual_gap([[7, 6, 5], [6, 6, 4]], [[5, 5, 6], [6, 4, 4]], dimensions=short,
    ...                    weights={"reliability": 80, "empathy": 20})
    >>> gap.dimensions["gap"].to_dict()
    {'reliability': -1.25, 'empathy': 0.5}
    >>> round(float(gap.unweighted), 3), round(float(gap.weighted), 3)
    (-0.375, -0.9)
    """
    for dimension, count in dimensions.items():
        require_whole(f"the number of items of {dimension}", count, low=1)
    n_items, scale = sum(dimensions.values()), require_whole("scale", scale, low=2)
    expected, perceived = (
        read_items(answers, n_items, low=1, high=scale, instrument=f"SERVQUAL ({which})", missing=True)
        for answers, which in ((expectations, "expectations"), (perceptions, "perceptions"))
    )
    if not expected.index.equals(perceived.index):
        raise ValueError(
            f"expectations ({len(expected)} rows) and perceptions ({len(perceived)} rows) are not of the same "
            "customers. Give both for the same customers in the same order."
        )
    points = None if weights is None else _points(weights, list(dimensions), expected.index)
    limits = (1 - scale, scale - 1)

    items = _gaps(_numbered(expected), _numbered(perceived), limits, confidence).rename_axis("item")
    items.insert(0, "dimension", np.repeat(list(dimensions), list(dimensions.values())))
    expected, perceived = _dimension_means(expected, dimensions), _dimension_means(perceived, dimensions)
    by_dimension = _gaps(expected, perceived, limits, confidence).rename_axis("dimension")

    gaps = (perceived - expected).to_numpy()
    complete = ~np.isnan(gaps).any(axis=1)
    if not complete.any():
        raise ValueError(
            "no customer answered every item both times, so there is no overall score. Look at n of the items, and "
            "leave out those that many skipped, with their place in `dimensions`."
        )
    unweighted = gaps[complete].mean(axis=1)
    weighted = None
    if points is not None:
        # Rounding could push points times the lowest gap off the scale.
        scores = np.clip((gaps * points)[complete].sum(axis=1) / 100, *limits)
        weighted = mean(scores, confidence=confidence, scale=limits, name="SERVQUAL (weighted)")
    return ServqualGap(
        items,
        by_dimension,
        mean(unweighted, confidence=confidence, scale=limits, name="SERVQUAL (unweighted)"),
        weighted,
    )


def servqual_score(
    gaps: Mapping[str, float] | pd.Series, *, weights: Mapping[str, float] | pd.Series | None = None
) -> float:
    """Overall score of dimensions whose gaps are known, as in a report: their mean, or their mean by points.

    Below 0 the service falls short. Use `servqual_gap` where the answers are at hand: it has the intervals.

    Parameters
    ----------
    gaps : Mapping or Series
        Perception minus expectation, by dimension.
    weights : Mapping or Series, optional
        Points by dimension, 100 in all.

    Returns
    -------
    float
        In the unit of the gaps.

    Raises
    ------
    ValueError
        If a gap is missing or no number, or the points do not fit the dimensions or do not sum to 100.

    Examples
    --------
    >>> gaps = {"tangibles": -0.65, "reliability": -1.1, "responsiveness": -0.83, "assurance": -0.7, "empathy": -1.01}
    >>> round(servqual_score(gaps), 2)
    -0.86
    """
    column = pd.Series(gaps, name="gaps")
    if column.empty:
        raise ValueError("there are no gaps. Give one for each dimension, for example {'reliability': -1.1}.")
    for dimension, gap in column.items():
        require_number(f"the gap of {dimension}", gap)
    if weights is None:
        return float(column.astype(float).mean())
    return float(column.astype(float).to_numpy() @ _points(weights, list(column.index), pd.RangeIndex(1))[0] / 100)


def _numbered(answers: pd.DataFrame) -> pd.DataFrame:
    return answers.set_axis(range(1, answers.shape[1] + 1), axis=1)


def _dimension_means(answers: pd.DataFrame, dimensions: Mapping[str, int]) -> pd.DataFrame:
    """Each customer's mean over the items of each dimension; missing where an item is."""
    ends = np.cumsum(list(dimensions.values()))
    parts = np.split(answers.to_numpy(), ends[:-1], axis=1)
    return pd.DataFrame({name: part.mean(axis=1) for name, part in zip(dimensions, parts, strict=True)})


def _gaps(expected: pd.DataFrame, perceived: pd.DataFrame, limits: tuple[int, int], confidence: float) -> pd.DataFrame:
    """Mean expectation, perception and gap of each column over the customers who have both."""
    rows = {}
    for name in expected.columns:
        pairs = np.column_stack([expected[name], perceived[name]])
        before, after = pairs[~np.isnan(pairs).any(axis=1)].T
        if not before.size:
            what = name if isinstance(name, str) else f"item {name}"
            raise ValueError(
                f"nobody answered {what} in full, both times. Look the answers up, or leave it out, with its place in "
                "`dimensions`."
            )
        gap = mean(after - before, confidence=confidence, scale=limits)
        rows[name] = {
            "expectation": before.mean(),
            "perception": after.mean(),
            "gap": gap.value,
            "low": gap.low,
            "high": gap.high,
            "n": gap.n,
        }
    return pd.DataFrame.from_dict(rows, orient="index").astype({"n": int})


def _points(weights: Weights, dimensions: list[str], customers: pd.Index) -> np.ndarray:
    """Points of each customer (rows) for each dimension (columns), 100 in each row."""
    if isinstance(weights, pd.DataFrame):
        table = weights
        if not table.index.equals(customers):
            raise ValueError(
                f"the points ({len(table)} rows) and the answers ({len(customers)} rows) are of other customers. "
                "Give a row of points for each customer, in the order of the answers."
            )
    else:
        table = pd.DataFrame([dict(weights)] * len(customers), index=customers)
    if set(table.columns) != set(dimensions):
        raise ValueError(
            f"the points are for {', '.join(map(str, table.columns))}, but the dimensions are {', '.join(dimensions)}. "
            "Give points for each of them, 0 if it does not matter."
        )
    for dimension in dimensions:
        read_ratings(table[dimension], low=0, high=100, whole=False)
    points = table[dimensions].to_numpy(dtype=float)
    total = pd.Series(points.sum(axis=1), name="points")
    refuse_rows(total, (total - 100).abs() > 1e-6, "a sum other than 100", "Share out 100 points over the dimensions.")
    return points
