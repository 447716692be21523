"""Key drivers: which aspects of an experience go along most with an outcome such as satisfaction.

People who like one aspect tend to like the others too (a halo), so each aspect's own correlation with the outcome also
counts what the others do. The shares here divide the explained variance of one regression among its drivers. None of
them proves a cause: a survey asks, it does not change anything.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from cxux_helpers.ratings import read_items
from cxux_helpers.tables import require_columns

__all__ = [
    "DRIVER_QUADRANTS",
    "driver_correlations",
    "driver_shares",
    "importance_performance",
    "johnson_weights",
    "lmg",
]

Method = Literal["lmg", "johnson", "correlation"]

DRIVER_QUADRANTS = ("Concentrate here", "Keep up the good work", "Low priority", "Possible overkill")
"""Important and rated low; important and rated high; less important and rated low; less important and rated high."""

MOST_DRIVERS = 15
_COLLINEAR = 1e-9  # share of a driver's variance that the drivers before it must leave


def driver_correlations(survey: pd.DataFrame, outcome: str, drivers: Sequence[str]) -> pd.Series:
    """Pearson correlation of each driver with the outcome: the simple rival of `lmg` and `johnson_weights`.

    A driver that does nothing itself has a high correlation where it goes along with one that does.

    Parameters
    ----------
    survey : DataFrame
        One row per person.
    outcome : str
        Column of the outcome.
    drivers : sequence of str
        Columns of the drivers, at least one.

    Returns
    -------
    Series
        From -1 to 1, by driver.

    Raises
    ------
    ValueError
        As for `lmg`, but there is no limit to the number of drivers.

    Examples
    --------
    >>> survey = pd.DataFrame({"speed": [1, 2, 3, 4], "price": [2, 1, 4, 3], "liking": [1, 2, 3, 4]})
    >>> driver_correlations(survey, "liking", ["speed", "price"]).round(2).to_dict()
    {'speed': 1.0, 'price': 0.6}
    """
    _, with_outcome = _correlations(survey, outcome, drivers)
    return _by_driver(with_outcome, drivers, "correlation")


def lmg(survey: pd.DataFrame, outcome: str, drivers: Sequence[str]) -> pd.Series:
    """Share of R² of each driver by the method of Lindeman, Merenda and Gold, which is the Shapley value of R².

    Enter the drivers into the regression one after another, and note by how much each raises R²; the share is the mean
    of that over all orders. (The last to enter gets what only it can explain, the first also what it has in common
    with others; other methods take one order only.)

    Parameters
    ----------
    survey : DataFrame
        One row per person. No answer may be missing: leave such people out first, and say how many they were.
    outcome : str
        Column of the outcome.
    drivers : sequence of str
        Columns of the drivers, 1 to 15 of them: 15 have 32,768 subsets already.

    Returns
    -------
    Series
        Parts of R² by driver, each 0 or more; they add up to R², so high means important. Whether a driver pushes the
        outcome up or down is not in it: see `driver_correlations`.

    Raises
    ------
    ValueError
        If a column is missing or named twice; an answer is missing or no number; a column is constant; a driver can be
        computed from others; there are not at least two people more than drivers, or more than 15 drivers.

    References
    ----------
    Lindeman, R. H., Merenda, P. F., and Gold, R. Z. (1980). *Introduction to bivariate and multivariate analysis*.

    Grömping, U. (2006). Relative importance for linear regression in R: The package relaimpo. *Journal of Statistical
    Software* 17(1).

    Examples
    --------
    Two drivers share what they have in common equally.

    >>> survey = pd.DataFrame({"speed": [1, 2, 3, 4], "price": [2, 1, 4, 3], "liking": [1, 2, 3, 4]})
    >>> lmg(survey, "liking", ["speed", "price"]).round(2).to_dict()
    {'speed': 0.82, 'price': 0.18}
    """
    among, with_outcome = _correlations(survey, outcome, drivers)
    n = len(drivers)
    if n > MOST_DRIVERS:
        raise ValueError(
            f"there are {n} drivers, too many to go through all their orders. Take at most {MOST_DRIVERS}, "
            "or use johnson_weights, which has no limit."
        )
    explained = _r_squared_of_subsets(among, with_outcome)
    subsets = np.arange(2**n)
    sizes = np.bitwise_count(subsets)
    # In how many of the orders exactly these drivers stand before a given one, as a share of all orders.
    weights = np.array([1 / (n * math.comb(n - 1, size)) for size in range(n)])
    shares = []
    for place in range(n):
        without = subsets[subsets & (1 << place) == 0]
        gain = explained[without | (1 << place)] - explained[without]
        shares.append(float(weights[sizes[without]] @ gain))
    # A gain is never negative, but rounding can leave a trace below 0.
    return _by_driver(np.maximum(shares, 0), drivers, "lmg")


def johnson_weights(survey: pd.DataFrame, outcome: str, drivers: Sequence[str]) -> pd.Series:
    """Share of R² of each driver by Johnson's relative weights.

    The drivers are replaced by the nearest uncorrelated variables, whose squared weights in the regression are plain;
    these are then handed back to the drivers. It comes near to `lmg` at once, without all the orders.

    Parameters
    ----------
    survey : DataFrame
        One row per person. No answer may be missing.
    outcome : str
        Column of the outcome.
    drivers : sequence of str
        Columns of the drivers, at least one.

    Returns
    -------
    Series
        Parts of R² by driver, each 0 or more; they add up to R².

    Raises
    ------
    ValueError
        As for `lmg`, but there is no limit to the number of drivers.

    References
    ----------
    Johnson, J. W. (2000). A heuristic method for estimating the relative weight of predictor variables in multiple
    regression. *Multivariate Behavioral Research* 35(1), 1–19.

    Examples
    --------
    >>> survey = pd.DataFrame({"speed": [1, 2, 3, 4], "price": [2, 1, 4, 3], "liking": [1, 2, 3, 4]})
    >>> johnson_weights(survey, "liking", ["speed", "price"]).round(2).to_dict()
    {'speed': 0.82, 'price': 0.18}
    """
    among, with_outcome = _correlations(survey, outcome, drivers)
    sizes, directions = np.linalg.eigh(among)
    # The symmetric square root of the correlations: how each driver is made of the uncorrelated variables.
    root = directions * np.sqrt(sizes) @ directions.T
    weights = root**2 @ np.linalg.solve(root, with_outcome) ** 2
    return _by_driver(weights, drivers, "johnson")


def driver_shares(survey: pd.DataFrame, outcome: str, drivers: Sequence[str]) -> pd.DataFrame:
    """Compare the methods: the share of each driver in what each of them hands out.

    Parameters
    ----------
    survey : DataFrame
        One row per person. No answer may be missing.
    outcome : str
        Column of the outcome.
    drivers : sequence of str
        Columns of the drivers, 1 to 15 of them.

    Returns
    -------
    DataFrame
        By driver, with columns ``correlation`` (squared, so that it can be shared out), ``johnson`` and ``lmg``; each
        column adds up to 1.

    Raises
    ------
    ValueError
        As for `lmg`; also if nothing is explained, so that there is nothing to share.

    Examples
    --------
    >>> survey = pd.DataFrame({"speed": [1, 2, 3, 4], "price": [2, 1, 4, 3], "liking": [1, 2, 3, 4]})
    >>> driver_shares(survey, "liking", ["speed", "price"])["lmg"].round(2).to_dict()
    {'speed': 0.82, 'price': 0.18}
    """
    table = pd.concat(
        [
            driver_correlations(survey, outcome, drivers) ** 2,
            johnson_weights(survey, outcome, drivers),
            lmg(survey, outcome, drivers),
        ],
        axis=1,
    )
    totals = table.sum()
    if totals["lmg"] < 1e-12:
        raise ValueError(f"the drivers explain nothing of {outcome!r}, so there is nothing to share. Look for others.")
    return table / totals


def importance_performance(
    survey: pd.DataFrame, outcome: str, drivers: Sequence[str], *, method: Method = "lmg"
) -> pd.DataFrame:
    """Put each driver into a quadrant: how important it is, and how well it is rated.

    The lines stand at the mean importance and the mean performance of these drivers, so it is a comparison among
    them: leave one out, and others may change sides. A driver on a line counts as above it. (A rival puts the line
    at the middle of the scale, where often all drivers are above it.) Importance comes from the answers, and is not
    asked for: people call nearly everything important.

    Parameters
    ----------
    survey : DataFrame
        One row per person. No answer may be missing. The drivers must be rated on one scale on which high is good.
    outcome : str
        Column of the outcome.
    drivers : sequence of str
        Columns of the drivers, 1 to 15 of them.
    method : {"lmg", "johnson", "correlation"}
        Where importance comes from.

    Returns
    -------
    DataFrame
        By driver: ``importance`` (part of R²; for ``"correlation"`` the correlation), ``performance`` (mean rating) and
        ``quadrant``, one of `DRIVER_QUADRANTS`.

    Raises
    ------
    ValueError
        As for `lmg`; also if the method is unknown.

    References
    ----------
    Martilla, J. A., and James, J. C. (1977). Importance-performance analysis. *Journal of Marketing* 41(1), 77–79.

    Examples
    --------
    >>> survey = pd.DataFrame({"speed": [1, 2, 3, 4], "price": [4, 3, 6, 5], "liking": [1, 2, 3, 4]})
    >>> importance_performance(survey, "liking", ["speed", "price"])["quadrant"].to_dict()
    {'speed': 'Concentrate here', 'price': 'Possible overkill'}
    """
    methods = {"lmg": lmg, "johnson": johnson_weights, "correlation": driver_correlations}
    if method not in methods:
        raise ValueError(f"method is {method!r}; choose 'lmg', 'johnson' or 'correlation'.")
    importance = methods[method](survey, outcome, drivers)
    performance = survey[list(drivers)].astype(float).mean()
    important, good = _above_mean(importance.to_numpy()), _above_mean(performance.to_numpy())
    names = np.array(DRIVER_QUADRANTS)[2 * ~important + good]
    return pd.DataFrame(
        {"importance": importance, "performance": performance, "quadrant": pd.Series(names, importance.index)}
    )


def _above_mean(values: np.ndarray) -> np.ndarray:
    # On the line counts as above it, also where rounding puts equal values just below their own mean.
    above: np.ndarray = (values > values.mean()) | np.isclose(values, values.mean(), rtol=1e-9, atol=1e-12)
    return above


def _by_driver(values: np.ndarray, drivers: Sequence[str], name: str) -> pd.Series:
    return pd.Series(values, index=pd.Index(drivers, name="driver"), name=name)


def _correlations(survey: pd.DataFrame, outcome: str, drivers: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Correlations among the drivers, and of each with the outcome; refuses what cannot be analysed."""
    if isinstance(drivers, str):
        raise ValueError(f"drivers is {drivers!r}, one text. Give a list of columns, like [{drivers!r}].")
    if not len(drivers):
        raise ValueError("there are no drivers. Name at least one column.")
    columns = [*drivers, outcome]
    for column in columns:
        if columns.count(column) > 1:
            raise ValueError(f"column {column!r} is named {columns.count(column)} times. Name each column once.")
    require_columns(survey, columns, "Pass names of columns of the survey.")
    answers = read_items(
        survey[columns], len(columns), low=-math.inf, high=math.inf, instrument="the driver analysis", whole=False
    )
    if len(answers) < len(drivers) + 2:
        raise ValueError(
            f"there are {len(answers)} people and {len(drivers)} drivers, but at least {len(drivers) + 2} people are "
            "needed, and many more for a stable result. Ask more people, or take fewer drivers."
        )
    numbers = answers.to_numpy()
    for place, column in enumerate(columns):
        if np.isinf(numbers[:, place]).any():
            raise ValueError(f"column {column!r} has an infinite value. Correct it.")
        if np.ptp(numbers[:, place]) == 0:
            raise ValueError(
                f"column {column!r} is {numbers[0, place]:g} for everybody, so nothing can go along with it. Leave it "
                "out."
            )
    together = np.corrcoef(numbers, rowvar=False)
    _refuse_collinear(together[:-1, :-1], drivers)
    return together[:-1, :-1], together[:-1, -1]


def _refuse_collinear(among: np.ndarray, drivers: Sequence[str]) -> None:
    for place in range(1, len(drivers)):
        before, own = among[:place, :place], among[:place, place]
        weights = np.linalg.solve(before, own)
        if 1 - own @ weights < _COLLINEAR:
            makers = [driver for driver, weight in zip(drivers, weights, strict=False) if abs(weight) > 1e-6]
            raise ValueError(
                f"driver {drivers[place]!r} can be computed from {', '.join(map(repr, makers))}, so nobody can tell "
                "their parts. Leave one of them out."
            )


def _r_squared_of_subsets(among: np.ndarray, with_outcome: np.ndarray) -> np.ndarray:
    """R² of the regression on each subset of the drivers; bit j of a subset's number stands for driver j."""
    n = len(with_outcome)
    subsets = np.arange(2**n)
    members = (subsets[:, None] >> np.arange(n)) & 1 == 1
    sizes = members.sum(axis=1)
    explained = np.zeros(2**n)
    for size in range(1, n + 1):
        # All subsets of one size at once.
        these = np.nonzero(sizes == size)[0]
        places = np.nonzero(members[these])[1].reshape(-1, size)
        own = with_outcome[places]
        weights = np.linalg.solve(among[places[:, :, None], places[:, None, :]], own[:, :, None])[:, :, 0]
        explained[these] = (own * weights).sum(axis=1)
    return explained
