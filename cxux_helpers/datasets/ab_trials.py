"""A made-up A/B test, day by day, whose true shares are known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["make_ab_trial"]


def make_ab_trial(share_a: float, share_b: float, *, per_day: int = 50, days: int = 60, seed: int = 0) -> Planted:
    """Customers assigned at random to A or B, equally many each day, and how many of them did what was hoped for.

    Parameters
    ----------
    share_a, share_b : float
        True shares that do it with A and with B, in [0, 1]; equal if B changes nothing.
    per_day : int
        Customers a day in each group, at least 1.
    days : int
        How long the test runs, at least 1.
    seed : int
        The same seed gives the same test.

    Returns
    -------
    Planted
        ``data`` has a row per day: ``day`` (from 1), ``n_a``, ``hits_a``, ``n_b``, ``hits_b``; not cumulated.
        ``truth`` is a Series of the true shares by group, ``a`` and ``b``.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1, or a number not whole or below 1.

    Examples
    --------
    >>> trial, truth = make_ab_trial(0.2, 0.25, days=30, seed=1)
    >>> trial[["n_a", "n_b"]].sum().to_dict(), truth.to_dict()
    ({'n_a': 1500, 'n_b': 1500}, {'a': 0.2, 'b': 0.25})
    """
    for name, share in (("share_a", share_a), ("share_b", share_b)):
        require_number(name, share, low=0, high=1, remedy="Write 0.2 for 20 %.")
    per_day, days = require_whole("per_day", per_day, low=1), require_whole("days", days, low=1)
    hits = np.random.default_rng(seed).binomial(per_day, [[share_a, share_b]] * days)
    data = pd.DataFrame(
        {"day": np.arange(1, days + 1), "n_a": per_day, "hits_a": hits[:, 0], "n_b": per_day, "hits_b": hits[:, 1]}
    )
    truth = pd.Series({"a": float(share_a), "b": float(share_b)}, name="share").rename_axis("group")
    return Planted(data, truth)
