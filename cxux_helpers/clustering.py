"""Customer segments by clustering: k-means on scaled RFM, and two ways to judge the number of clusters.

Clusters are found, not given by rules; whether they are there at all is a question of its own. The
silhouette asks how far apart they are, the stability whether other samples of customers would show them too.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from itertools import combinations
from numbers import Integral
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cxux_helpers.tables import refuse_rows, require_columns

if TYPE_CHECKING:
    from sklearn.cluster import KMeans

__all__ = ["cluster_customers", "scale_rfm", "silhouette_by_k", "stability_by_k"]


def scale_rfm(table: pd.DataFrame) -> pd.DataFrame:
    """Recency, frequency and monetary value on one scale, so that distances between customers mean something.

    First ``log(1 + x)``: counts and money are skewed, and the step from one order to two says more than
    the step from 21 to 22. Then each column is standardised (mean 0, population standard deviation 1):
    otherwise dollars would outweigh orders only because their numbers are larger. A column in which all are
    equal becomes 0.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.segmentation.rfm` gives it.

    Returns
    -------
    DataFrame
        Same index and columns, without unit.

    Raises
    ------
    ValueError
        If a column is missing, or a value is missing, infinite or negative.

    Examples
    --------
    >>> table = pd.DataFrame({"recency": [0, 9, 99], "frequency": [1, 1, 1], "monetary": [0.0, 9.0, 99.0]})
    >>> scale_rfm(table).round(2)["monetary"].tolist()
    [-1.22, 0.0, 1.22]
    """
    from sklearn.preprocessing import StandardScaler

    columns = ["recency", "frequency", "monetary"]
    require_columns(table, columns, "Make the table with rfm.")
    for column in columns:
        bad = ~(np.isfinite(table[column]) & (table[column] >= 0))
        refuse_rows(table[column], bad, "a missing, infinite or negative value", "Drop such customers first.")
    scaled = StandardScaler().fit_transform(np.log1p(table[columns].to_numpy(float)))
    return pd.DataFrame(scaled, index=table.index, columns=columns)


def cluster_customers(table: pd.DataFrame, k: int, *, seed: int = 0) -> pd.Series:
    """Put customers into `k` clusters by k-means on `scale_rfm`.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.segmentation.rfm` gives it.
    k : int
        Number of clusters, from 2 to the number of customers with different values.
    seed : int
        The same seed gives the same clusters.

    Returns
    -------
    Series
        Labels 0 to ``k - 1`` named ``cluster``, indexed as `table`. Label 0 has the highest mean monetary
        value, and so on downwards, so that labels keep their meaning between runs.

    Raises
    ------
    ValueError
        If `k` is out of range, or the table is not as described.

    Examples
    --------
    >>> table = pd.DataFrame({
    ...     "recency": [2, 3, 200, 210], "frequency": [9, 8, 1, 1], "monetary": [20.0, 30.0, 300.0, 280.0]
    ... })
    >>> cluster_customers(table, 2).tolist()
    [1, 1, 0, 0]
    """
    with _one_thread():
        labels = _fit(scale_rfm(table).to_numpy(), k, seed).labels_
    spend = np.bincount(labels, weights=table["monetary"], minlength=k) / np.bincount(labels, minlength=k)
    rank = np.empty(k, dtype=int)
    rank[np.argsort(-spend, kind="stable")] = np.arange(k)
    return pd.Series(rank[labels], index=table.index, name="cluster")


def silhouette_by_k(
    table: pd.DataFrame, ks: Iterable[int] = range(2, 9), *, sample: int = 2000, seed: int = 0
) -> pd.Series:
    """Mean silhouette of the k-means clusters for each number of clusters.

    A customer's silhouette compares the mean distance to the own cluster with that to the nearest other
    one: 1 is well inside, 0 on the border, below 0 nearer to the other. High is good. It favours few, round
    clusters, so the highest k is not by itself the most useful one.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.segmentation.rfm` gives it. All customers are clustered.
    ks : iterable of int
        Numbers of clusters, each from 2 to the number of customers with different values.
    sample : int
        At most so many customers, drawn at random, are scored: the time grows with their square. There
        must be more of them than clusters.
    seed : int
        The same seed gives the same result.

    Returns
    -------
    Series
        Mean silhouette in [-1, 1] named ``silhouette``, indexed by ``k``.

    Raises
    ------
    ValueError
        If a k or `sample` is out of range, or the table is not as described.

    References
    ----------
    Rousseeuw, P. J. (1987). Silhouettes: a graphical aid to the interpretation and validation of cluster
    analysis. *Journal of Computational and Applied Mathematics* 20, 53–65.

    Examples
    --------
    Two kinds of customers, far apart: two clusters are the clearest.

    >>> kinds = [[5, 9, 400.0]] * 20 + [[300, 1, 10.0]] * 20
    >>> table = pd.DataFrame(kinds, columns=["recency", "frequency", "monetary"])
    >>> table += np.random.default_rng(0).uniform(0, 1, table.shape)
    >>> silhouette_by_k(table, range(2, 5)).idxmax()
    2
    """
    from sklearn.metrics import silhouette_score

    values = scale_rfm(table).to_numpy()
    rows = _draw(np.random.default_rng(seed), len(values), sample)
    scores = {}
    with _one_thread():
        for k in ks:
            labels = _fit(values, k, seed).labels_[rows]
            if not 1 < len(set(labels)) < len(rows):
                raise ValueError(
                    f"the {len(rows)} customers scored belong to {len(set(labels))} of {k} clusters, which leaves "
                    "nothing to compare. Use more customers or a larger sample."
                )
            scores[k] = silhouette_score(values[rows], labels)
    return pd.Series(scores, name="silhouette").rename_axis("k")


def stability_by_k(
    table: pd.DataFrame,
    ks: Iterable[int] = range(2, 9),
    *,
    resamples: int = 10,
    sample: int = 1500,
    seed: int = 0,
) -> pd.DataFrame:
    """How well clusterings of different samples of customers agree, for each number of clusters.

    `resamples` times, customers are drawn at random (without replacement, at most `sample` and at most
    four fifths) and clustered. Each clustering then labels all customers of the table by their nearest
    centre, and every two of them are compared by the adjusted Rand index: 1 is the same groups, 0 what
    chance would give. High is good. A clustering that does not come back says nothing about customers;
    one that does may still be useless.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.segmentation.rfm` gives it.
    ks : iterable of int
        Numbers of clusters, each from 2 to the number of customers with different values in a draw.
    resamples : int
        Number of draws, at least 2.
    sample : int
        Largest number of customers in a draw.
    seed : int
        The same seed gives the same result.

    Returns
    -------
    DataFrame
        Indexed by ``k``: ``mean``, ``low`` and ``high`` of the adjusted Rand index over all pairs of draws.

    Raises
    ------
    ValueError
        If a k, `resamples` or `sample` is out of range, or the table is not as described.

    References
    ----------
    Ben-Hur, A., Elisseeff, A., and Guyon, I. (2002). A stability based method for discovering structure
    in clustered data. *Pacific Symposium on Biocomputing* 7, 6–17.

    Examples
    --------
    Two kinds of customers, far apart, are found again in every sample.

    >>> kinds = [[5, 9, 400.0]] * 20 + [[300, 1, 10.0]] * 20
    >>> table = pd.DataFrame(kinds, columns=["recency", "frequency", "monetary"])
    >>> table += np.random.default_rng(0).uniform(0, 1, table.shape)
    >>> stability_by_k(table, [2], resamples=3).round(2).values.tolist()
    [[1.0, 1.0, 1.0]]
    """
    from sklearn.metrics import adjusted_rand_score

    if resamples < 2:
        raise ValueError(f"resamples is {resamples}, but agreement needs at least 2. 10 is a good start.")
    values = scale_rfm(table).to_numpy()
    rng = np.random.default_rng(seed)
    draws = [_draw(rng, len(values), min(sample, len(values) * 4 // 5)) for _ in range(resamples)]
    rows = {}
    with _one_thread():
        for k in ks:
            labels = [_fit(values[draw], k, seed + i).predict(values) for i, draw in enumerate(draws)]
            agreement = [adjusted_rand_score(one, other) for one, other in combinations(labels, 2)]
            rows[k] = {"mean": np.mean(agreement), "low": min(agreement), "high": max(agreement)}
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("k")


def _one_thread() -> AbstractContextManager[object]:
    """Keep k-means to one thread: on a machine that others use too, its threads wait for each other far longer."""
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    limits: AbstractContextManager[object] = threadpool_limits(limits=1)
    return limits


def _fit(values: np.ndarray, k: int, seed: int) -> KMeans:
    distinct = len(np.unique(values, axis=0))
    if distinct < 2:
        raise ValueError(f"all {len(values)} customers have the same values, so there are no clusters to find.")
    if isinstance(k, bool) or not isinstance(k, Integral) or not 2 <= k <= distinct:
        raise ValueError(
            f"k is {k!r}, but {len(values)} customers with {distinct} different sets of values can be put into "
            f"2 to {distinct} clusters. Give a whole number in this range, or more customers."
        )
    from sklearn.cluster import KMeans

    return KMeans(int(k), n_init=10, random_state=seed).fit(values)


def _draw(rng: np.random.Generator, n: int, size: int) -> np.ndarray:
    if size < 2:
        raise ValueError(f"{size} customers are no sample. Use more customers or a larger sample.")
    return rng.choice(n, min(size, n), replace=False)
