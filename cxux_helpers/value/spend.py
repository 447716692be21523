"""What customers spend per purchase: the Gamma-Gamma model.

Amounts of one customer vary around a mean of their own; the means differ between customers. The mean of a few
purchases is therefore pulled towards that of all customers, the more the fewer purchases there are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.estimates import Estimate
from cxux_helpers.value.purchase_logs import read_spend

__all__ = ["GammaGamma", "fit_gamma_gamma", "spend_frequency_correlation"]


@dataclass(frozen=True)
class GammaGamma:
    """The Gamma-Gamma model with its parameters, in the notation of Fader and Hardie (2013).

    A purchase of one customer is spread as Gamma(p, rate ν), and ν over customers as Gamma(q, rate gamma). The
    packages lifetimes and pymc-marketing write v where gamma stands here.

    Attributes
    ----------
    p, q : float
        Shapes, above 0.
    gamma : float
        Scale, in the unit of the amounts, above 0.
    log_likelihood : float
        Of the customers that it was fitted to; NaN where the parameters were simply given.
    n : int
        Number of these customers.
    n_without_repeat : int
        How many were left out because they never bought again.
    n_without_spend : int
        How many were left out because all their repeat purchases were free.

    Examples
    --------
    >>> round(GammaGamma(6.25, 3.74, 15.44).mean_spend, 1)
    35.2
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float = math.nan
    n: int = 0
    n_without_repeat: int = 0
    n_without_spend: int = 0

    def __post_init__(self) -> None:
        for name in ("p", "q", "gamma"):
            require_number(name, getattr(self, name), above=0)

    @property
    def mean_spend(self) -> float:
        """Mean amount of a purchase over all customers, p · gamma / (q − 1); infinite unless q is above 1."""
        return self.p * self.gamma / (self.q - 1) if self.q > 1 else math.inf

    def expected_spend(self, summary: pd.DataFrame) -> pd.Series:
        """Mean amount that each customer's purchases have in the long run.

        It is a weighted mean of the customer's own mean, with weight p·x / (p·x + q − 1), and the mean of all.

        Parameters
        ----------
        summary : DataFrame
            As `cxux_helpers.value.purchase_summary` gives it; the columns x and spend are used.

        Returns
        -------
        Series
            By customer, in the unit of the amounts. Without a repeat purchase it is the mean of all customers.

        Raises
        ------
        ValueError
            If a column is missing, a value is missing or impossible, or q is not above 1.

        Examples
        --------
        >>> customers = pd.DataFrame({"x": [2, 0, 7], "spend": [22.35, None, 73.74]})
        >>> GammaGamma(6.25, 3.74, 15.44).expected_spend(customers).round(1).tolist()
        [24.7, 35.2, 71.5]
        """
        if self.q <= 1:
            raise ValueError(f"q is {self.q:g}, so the mean amount is infinite. Check the amounts for slips.")
        x, spend = read_spend(summary)
        values = self.p * (self.gamma + x * spend) / (self.p * x + self.q - 1)
        return pd.Series(values, index=summary.index, name="expected_spend")

    def log_likelihood_of(self, summary: pd.DataFrame) -> float:
        """Log-likelihood of those customers of a summary who bought again and paid.

        Parameters
        ----------
        summary : DataFrame
            As `cxux_helpers.value.purchase_summary` gives it.
        """
        x, spend = read_spend(summary)
        some = (x > 0) & (spend > 0)
        return float(self._log_likelihoods(x[some], spend[some]).sum())

    def _log_likelihoods(self, x: np.ndarray, spend: np.ndarray) -> np.ndarray:
        from scipy.special import gammaln

        p, q, gamma = self.p, self.q, self.gamma
        likelihoods: np.ndarray = (
            gammaln(p * x + q)
            - gammaln(p * x)
            - gammaln(q)
            + q * np.log(gamma)
            + (p * x - 1) * np.log(spend)
            + p * x * np.log(x)
            - (p * x + q) * np.log(gamma + x * spend)
        )
        return likelihoods


def fit_gamma_gamma(summary: pd.DataFrame) -> GammaGamma:
    """Fit the Gamma-Gamma model by maximum likelihood.

    Customers who never bought again say nothing here, and a mean of 0 cannot be drawn from a gamma distribution: both
    are left out and counted. The model takes it that amounts do not depend on how often somebody buys: look at
    `spend_frequency_correlation` first.

    Parameters
    ----------
    summary : DataFrame
        As `cxux_helpers.value.purchase_summary` gives it; the columns x and spend are used.

    Returns
    -------
    GammaGamma

    Raises
    ------
    ValueError
        If a column is missing, a value is missing or impossible, fewer than two customers are left, or the best fit
        lies at infinity, as it does where all customers spend the same.

    References
    ----------
    Fader, P. S., and Hardie, B. G. S. (2013). The Gamma-Gamma model of monetary value.
    http://brucehardie.com/notes/025/

    Examples
    --------
    >>> from cxux_helpers.datasets.cdnow_sample import load_cdnow_sample
    >>> from cxux_helpers.value import purchase_summary
    >>> model = fit_gamma_gamma(purchase_summary(load_cdnow_sample(), end="1997-09-30"))
    >>> round(model.p, 2), round(model.q, 2), round(model.gamma, 2), model.n
    (6.25, 3.74, 15.44, 946)
    """
    from scipy.optimize import minimize

    x, spend, without_repeat, without_spend = _payers(summary)
    if len(x) < 2:
        raise ValueError(f"{len(x)} customers bought again and paid, but a fit needs two at the very least.")

    def loss(place: np.ndarray) -> float:
        return -float(GammaGamma(*np.exp(place))._log_likelihoods(x, spend).mean())

    # Plain starts: p = 1, q = 2, and the gamma that then gives the mean amount.
    start = np.log([1, 2, spend.mean()])
    limits = [(place - 9, place + 9) for place in start]
    best = minimize(loss, start, method="L-BFGS-B", bounds=limits, options={"ftol": 1e-15, "gtol": 1e-9})
    for name, place, (low, high) in zip(("p", "q", "gamma"), best.x, limits, strict=True):
        if not low + 0.01 < place < high - 0.01:
            raise ValueError(
                f"{name} runs away to {math.exp(place):.2g}: these {len(x)} customers do not tell enough of how "
                "amounts differ. Take more customers, or use their plain mean."
            )
    p, q, gamma = map(float, np.exp(best.x))
    return GammaGamma(p, q, gamma, -float(best.fun) * len(x), len(x), without_repeat, without_spend)


def spend_frequency_correlation(summary: pd.DataFrame, *, confidence: float = 0.95) -> Estimate:
    """Correlation of the number of repeat purchases with their mean amount, among those who bought again and paid.

    The Gamma-Gamma model takes it to be 0. Near 0 is good; far from it, do not multiply expected purchases by
    expected spend.

    Parameters
    ----------
    summary : DataFrame
        As `cxux_helpers.value.purchase_summary` gives it; the columns x and spend are used.
    confidence : float
        Confidence level of the interval, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        Pearson's r, from -1 to 1, with Fisher's interval.

    Raises
    ------
    ValueError
        If fewer than four customers bought again and paid, or all of them equally often or at equal amounts.

    Examples
    --------
    >>> summary = pd.DataFrame({"x": [1, 2, 3, 4], "spend": [10.0, 12.0, 11.0, 13.0]})
    >>> round(float(spend_frequency_correlation(summary)), 2)
    0.8
    """
    from scipy.stats import pearsonr

    x, spend, _, _ = _payers(summary)
    if len(x) < 4:
        raise ValueError(f"{len(x)} customers bought again and paid, but a correlation with an interval needs four.")
    for name, values in (("x", x), ("spend", spend)):
        if np.ptp(values) == 0:
            raise ValueError(f"{name} is {values[0]:g} for every customer, so nothing can go along with it.")
    result = pearsonr(x, spend)
    low, high = result.confidence_interval(confidence)
    return Estimate(
        float(result.statistic), float(low), float(high), len(x), confidence, "Fisher", "Correlation of x and spend"
    )


def _payers(summary: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, int, int]:
    """x and spend of those who bought again and paid; how many never bought again, and how many paid nothing."""
    x, spend = read_spend(summary)
    paid = (x > 0) & (spend > 0)
    return x[paid], spend[paid], int((x == 0).sum()), int(((x > 0) & (spend == 0)).sum())
