"""Made-up customers whose truth is known: the chain from satisfaction to profit, and contracts that end."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["CONTRACTS_AS_OF", "make_contracts", "make_loyalty_chain"]

_CHAIN = ("satisfaction", "loyalty", "engagement", "profit")
_PATHS = (0.5, 0.6, 0.4)  # from each link to the next
_BY_AGE = (0.5, 0.4, 0.3, 0.6)  # from the customer's age to each link


def make_loyalty_chain(n_customers: int = 2000, *, seed: int = 0) -> Planted:
    """Customers for whom satisfaction leads to loyalty, loyalty to engagement, and engagement to profit.

    Each link acts on the next alone. But older customers are happier, more loyal and more engaged, and buy more,
    whatever they think of the firm. So profit regressed on satisfaction shows several times the true effect, which is
    the product of the three paths. Regressing each link on the one before *and on age* brings the paths back.

    Parameters
    ----------
    n_customers : int
        Number of customers, at least 100.
    seed : int
        The same seed gives the same customers.

    Returns
    -------
    Planted
        ``data`` has a row per customer: ``customer_id``, ``age`` in years, and the scores ``satisfaction``,
        ``loyalty``, ``engagement`` and ``profit``, in units of about one standard deviation around 0. ``truth`` is a
        Series of paths by ``path``: ``"satisfaction → loyalty"`` and so on, and ``"satisfaction → profit"``, their
        product: what one unit more of satisfaction adds to profit.

    Raises
    ------
    ValueError
        If `n_customers` is below 100.

    Examples
    --------
    >>> customers, truth = make_loyalty_chain(seed=1)
    >>> truth.round(2).to_dict()  # doctest: +NORMALIZE_WHITESPACE
    {'satisfaction → loyalty': 0.5, 'loyalty → engagement': 0.6, 'engagement → profit': 0.4,
     'satisfaction → profit': 0.12}
    >>> round(float(np.polyfit(customers["satisfaction"], customers["profit"], 1)[0]), 1)
    0.7
    """
    n = require_whole("n_customers", n_customers, low=100)
    rng = np.random.default_rng(seed)
    age = rng.uniform(18, 78, n).round()
    maturity = (age - 48) / np.sqrt(300)  # 48 years and the standard deviation of ages spread evenly from 18 to 78
    data = pd.DataFrame({"customer_id": np.arange(1, n + 1), "age": age.astype(int)})
    before = np.zeros(n)
    for link, path, by_age in zip(_CHAIN, (0.0, *_PATHS), _BY_AGE, strict=True):
        before = path * before + by_age * maturity + rng.normal(0, 0.7, n)
        data[link] = before
    steps = [f"{one} → {other}" for one, other in pairwise(_CHAIN)]
    truth = pd.Series([*_PATHS, np.prod(_PATHS)], index=[*steps, f"{_CHAIN[0]} → {_CHAIN[-1]}"], name="effect")
    return Planted(data, truth.rename_axis("path"))


CONTRACTS_AS_OF = "2025-12-31"
"""The day up to which everything is known in the contracts of `make_contracts`."""

_FIRST_MONTH, _N_MONTHS = "2024-01", 24


def make_contracts(n_customers: int = 2000, *, alpha: float = 0.8, beta: float = 4.0, seed: int = 0) -> Planted:
    """Monthly contracts that began in 2024 and 2025, as they are known on 31 December 2025.

    Each customer decides at the end of each month whether to go on, with a probability of leaving that never changes;
    it is spread over customers as Beta(alpha, beta). So the retention rate of a cohort rises with its age, though
    nobody becomes more loyal. Most contracts are still open, and more of the young ones: whoever takes the mean of
    the finished ones finds far too short a lifetime.

    Parameters
    ----------
    n_customers : int
        Number of contracts, at least 100.
    alpha, beta : float
        Parameters of the shifted beta-geometric model, above 0.
    seed : int
        The same seed gives the same contracts.

    Returns
    -------
    Planted
        ``data`` has a row per customer, by start: ``customer_id``, ``start``, and ``end``, the first day without a
        contract (missing where it is open on `CONTRACTS_AS_OF`). ``truth`` is a Series with ``alpha`` and ``beta``.

    Raises
    ------
    ValueError
        If `n_customers` is below 100, or a parameter not above 0.

    Examples
    --------
    >>> contracts, truth = make_contracts(seed=1)
    >>> truth.to_dict(), int(contracts["end"].isna().sum())
    ({'alpha': 0.8, 'beta': 4.0}, 832)
    """
    n = require_whole("n_customers", n_customers, low=100)
    require_number("alpha", alpha, above=0)
    require_number("beta", beta, above=0)
    rng = np.random.default_rng(seed)
    months = np.datetime64(_FIRST_MONTH) + np.sort(rng.integers(_N_MONTHS, size=n))
    # No later than the 28th, so that every month has the day on which a contract renews.
    day = rng.integers(28, size=n)
    lasted = rng.geometric(rng.beta(alpha, beta, n).clip(1e-12))
    start = months.astype("datetime64[D]") + day
    renewals = np.minimum(lasted, 10 * _N_MONTHS)
    end = (months + renewals).astype("datetime64[D]") + day
    data = pd.DataFrame({"start": start, "end": end}).astype("datetime64[s]")
    data["end"] = data["end"].where(data["end"] <= pd.Timestamp(CONTRACTS_AS_OF))
    data = data.sort_values("start", kind="stable", ignore_index=True)
    data.insert(0, "customer_id", np.arange(1, n + 1))
    return Planted(data, pd.Series({"alpha": float(alpha), "beta": float(beta)}, name="value"))
