"""A made-up survey in which it is known what drives satisfaction, and in which a halo hides it."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["DRIVER_WEIGHTS", "make_driver_survey"]

DRIVER_WEIGHTS: Mapping[str, float] = {"price": 0.55, "waiting": 0.45, "friendliness": 0.25, "clarity": 0.05}
"""What each driver adds to satisfaction, in standard deviations, in the survey of `make_driver_survey`."""

_HALO = 0.75  # correlation among the drivers that people rate from one general feeling
_MIDDLES = (5.3, 7.0, 7.4, 5.8)  # mean ratings of the drivers
_LUCK = 0.5  # standard deviation of what has to do with none of the drivers


def make_driver_survey(n: int = 400, *, weights: Mapping[str, float] = DRIVER_WEIGHTS, seed: int = 0) -> Planted:
    """Ratings of a service by its customers, where a halo makes weak drivers look strong.

    Satisfaction is the weighted sum of the drivers, and luck. All drivers but the heaviest are rated out of one
    general feeling, so they go along with one another: each correlates with satisfaction through the others too. The
    heaviest stands alone. With the default weights its plain correlation ranks it last or nearly so, and
    `cxux_helpers.drivers.lmg` and `johnson_weights` bring back the order of the weights.

    So that the lesson does not depend on luck, the correlations before rounding are exactly those planted.

    Parameters
    ----------
    n : int
        Number of customers, at least 100.
    weights : mapping
        Weight of each driver, 0 or more; at least three drivers, and one heavier than all others. On average the first
        and the fourth are rated low, the second and the third high, and so on in this pattern.
    seed : int
        The same seed gives the same survey.

    Returns
    -------
    Planted
        ``data`` has a row per customer: ``customer_id``, one column per driver and ``satisfaction``, all rated from 1
        to 10 (10 is best). ``truth`` is a Series of the weights by ``driver``.

    Raises
    ------
    ValueError
        If `n` is below 100, there are fewer than three drivers, a weight is negative, or no driver is the heaviest.

    Examples
    --------
    >>> survey, truth = make_driver_survey(seed=1)
    >>> survey[["price", "waiting", "friendliness"]].corrwith(survey["satisfaction"]).round(1).to_dict()
    {'price': 0.5, 'waiting': 0.6, 'friendliness': 0.6}
    >>> truth.to_dict()
    {'price': 0.55, 'waiting': 0.45, 'friendliness': 0.25, 'clarity': 0.05}
    """
    n = require_whole("n", n, low=100)
    if len(weights) < 3:
        raise ValueError(f"there are {len(weights)} drivers, but a halo needs three or more.")
    for name, weight in weights.items():
        require_number(f"weight of {name!r}", weight, low=0)
    truth = pd.Series(dict(weights), name="weight", dtype=float).rename_axis("driver")
    is_heaviest = (truth == truth.max()).to_numpy()
    if is_heaviest.sum() > 1:
        raise ValueError(f"several drivers have the weight {truth.max():g}. Make one heavier than all others.")

    k = len(truth)
    among = np.where(is_heaviest | is_heaviest[:, None], 0.0, _HALO)
    np.fill_diagonal(among, 1.0)
    raw = np.random.default_rng(seed).normal(size=(n, k + 1))
    # An orthonormal basis of the sample: uncorrelated to the last digit.
    unit, _ = np.linalg.qr(raw - raw.mean(axis=0))
    unit *= np.sqrt(n)
    feelings = unit[:, :k] @ np.linalg.cholesky(among).T
    liking = feelings @ truth.to_numpy() + _LUCK * unit[:, k]
    middles = np.resize(_MIDDLES, k)
    ratings = np.column_stack([middles + 1.5 * feelings, 6.5 + 1.5 * liking / liking.std()])
    data = pd.DataFrame(np.clip(np.rint(ratings), 1, 10).astype(int), columns=[*truth.index, "satisfaction"])
    data.insert(0, "customer_id", np.arange(1, n + 1))
    return Planted(data, truth)
