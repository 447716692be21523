"""The shifted beta-geometric model of contracts: why retention rises with age, and where it is going.

At the end of each period a customer leaves with a probability θ that never changes. Customers differ in it: θ is
spread over them as a beta distribution. Those with a high θ leave first, so the retention rate of a cohort rises
though nobody in it becomes more loyal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.value.retention import Survivors, pairs

__all__ = ["ShiftedBetaGeometric", "fit_shifted_beta_geometric"]

# Beyond these, alpha + beta says that all customers are alike, or that each of them leaves at once or never.
_ALIKE, _EXTREMES = 1e5, 1e-5

_PERIODS_AT_ONCE = 4096


@dataclass(frozen=True)
class ShiftedBetaGeometric:
    """Customers leave at the end of each period with a probability of their own, spread as Beta(alpha, beta).

    Attributes
    ----------
    alpha, beta : float
        Above 0. The mean probability to leave at the first renewal is alpha / (alpha + beta); the smaller
        alpha + beta, the more customers differ.
    log_likelihood : float
        Of the survivors that it was fitted to, in their own unit (percentages make it 100 times that of shares);
        NaN where the parameters were simply given.

    Examples
    --------
    >>> model = ShiftedBetaGeometric(0.668, 3.806)
    >>> model.retention([1, 8]).round(3).to_dict()
    {1: 0.851, 8: 0.942}
    """

    alpha: float
    beta: float
    log_likelihood: float = math.nan

    def __post_init__(self) -> None:
        for name in ("alpha", "beta"):
            require_number(name, getattr(self, name), above=0)

    def retention(self, ages: Sequence[int] | np.ndarray | pd.Index) -> pd.Series:
        """Retention rate at each age, r(t) = (beta + t − 1) / (alpha + beta + t − 1).

        Parameters
        ----------
        ages : array of int
            Ages of 1 or more; they become the index.

        Returns
        -------
        Series
            Between 0 and 1; it rises with age towards 1.
        """
        ages = [require_whole("age", age, low=1) for age in ages]
        before = self.beta + np.array(ages) - 1
        return pd.Series(before / (self.alpha + before), index=pd.Index(ages, name="age"), name="retention")

    def survival(self, ages: Sequence[int] | np.ndarray | pd.Index) -> pd.Series:
        """Share of a cohort that is still there at each age, S(t) = B(alpha, beta + t) / B(alpha, beta).

        Parameters
        ----------
        ages : array of int
            Ages of 0 or more; they become the index.

        Returns
        -------
        Series
            From 1 at age 0 falling towards 0.
        """
        from scipy.special import betaln

        ages = [require_whole("age", age, low=0) for age in ages]
        logs = betaln(self.alpha, self.beta + np.array(ages)) - betaln(self.alpha, self.beta)
        return pd.Series(np.exp(logs), index=pd.Index(ages, name="age"), name="survival")

    @property
    def expected_lifetime(self) -> float:
        """Mean number of periods that a new customer stays, (alpha + beta − 1) / (alpha − 1).

        It is the sum of S(t) over t = 0, 1, 2, …, and counts the first period, so it is 1 or more. S(t) falls like
        t to the power −alpha, so the sum is finite only for alpha above 1. For smaller alpha, as in most published
        fits, the few who hardly ever leave make the mean infinite: discount it, or cut it at a horizon.
        """
        return (self.alpha + self.beta - 1) / (self.alpha - 1) if self.alpha > 1 else math.inf

    def discounted_lifetime(self, discount: float, *, age: int = 0) -> float:
        """Periods still to come, each worth less the later it is: the sum of S(t | age) / (1 + discount)ᵗ.

        The sum runs over t = 0, 1, 2, …, so the period that begins now counts in full. Times the margin of a period
        it is the value of a customer who pays at the start of each. In closed form it is
        ₂F₁(1, beta + age; alpha + beta + age; 1 / (1 + discount)). Fader and Hardie's *discounted expected residual
        lifetime* is this times the retention rate at `age`, as it is taken before the renewal is known.

        Parameters
        ----------
        discount : float
            Rate per period, 0 or more: 0.1 makes 110 of next period worth 100 now.
        age : int
            How many renewals the customer has made already. Older customers are worth more: they have shown that
            they are not likely to leave.

        Returns
        -------
        float
            1 or more, in periods; infinite where discount is 0 and alpha is not above 1.

        Raises
        ------
        ValueError
            If the discount is negative, or the age no whole number of 0 or more.

        Examples
        --------
        >>> round(ShiftedBetaGeometric(0.668, 3.806).discounted_lifetime(0.1), 2)
        5.92
        """
        require_number("discount", discount, low=0, remedy="Write 0.1 for 10 %.")
        age = require_whole("age", age, low=0)
        now = self.beta + age
        if discount == 0:
            return (self.alpha + now - 1) / (self.alpha - 1) if self.alpha > 1 else math.inf
        # Term by term: scipy's hyp2f1 loses its digits where customers are nearly alike.
        total, kept, first = 0.0, 1.0, 0
        while kept > 1e-12 * discount:
            periods = np.arange(first, first + _PERIODS_AT_ONCE)
            terms = kept * np.cumprod((now + periods) / (self.alpha + now + periods) / (1 + discount))
            total += kept + float(terms[:-1].sum())
            kept, first = float(terms[-1]), first + _PERIODS_AT_ONCE
        return total

    def log_likelihood_of(self, survivors: Survivors) -> float:
        """Log-likelihood of survivors under these parameters, in the unit of the survivors.

        Parameters
        ----------
        survivors : DataFrame, Series or list
            As for `fit_shifted_beta_geometric`.

        Examples
        --------
        >>> high_end = [1, 0.869, 0.743, 0.653, 0.593, 0.551, 0.517, 0.491]
        >>> round(ShiftedBetaGeometric(0.668, 3.806).log_likelihood_of(high_end), 3)
        -1.611
        """
        at_risk, kept = pairs(survivors)
        return _log_likelihood(self.alpha, self.beta, at_risk, kept)


def fit_shifted_beta_geometric(survivors: Survivors) -> ShiftedBetaGeometric:
    """Fit the model by maximum likelihood.

    Each renewal counts: of those at risk at age t, the share r(t) stays. Multiplied over the ages this is the usual
    likelihood, with those who are still there as right-censored. Cohorts of a table are taken together, each as far
    as it is known. (Least squares on the survival curve, a rival, counts the same customers again at every age.)

    Parameters
    ----------
    survivors : DataFrame, Series or list
        Survivors age by age, from age 0 on, at least to age 2: one cohort, as counts or percentages, or a
        `cxux_helpers.value.retention.retention_table`.

    Returns
    -------
    ShiftedBetaGeometric

    Raises
    ------
    ValueError
        If the survivors cannot be read (as for `cxux_helpers.value.survival`), reach to age 1 only, nobody left,
        or the best fit lies at infinity: where retention does not rise with age, or nobody leaves after the first
        renewal.

    References
    ----------
    Fader, P. S., and Hardie, B. G. S. (2007). How to project customer retention. *Journal of Interactive Marketing*
    21(1), 76–90.

    Examples
    --------
    Their customers of the kind "High End", in per cent.

    >>> model = fit_shifted_beta_geometric([100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1])
    >>> round(model.alpha, 3), round(model.beta, 3)
    (0.668, 3.806)
    """
    from scipy.optimize import minimize

    at_risk, kept = pairs(survivors)
    if len(at_risk) < 2:
        raise ValueError(
            "survivors are known to age 1 only, but two parameters need two retention rates. Take ages 0, 1 and 2 at "
            "least."
        )
    if at_risk.sum() == kept.sum():
        raise ValueError("nobody has left yet, so nothing is known of who leaves. Wait, or take longer periods.")
    if not kept.any():
        raise ValueError("nobody has stayed for one renewal, so nothing is known of who stays. Take shorter periods.")

    def loss(place: np.ndarray) -> tuple[float, np.ndarray]:
        alpha, beta = _parameters(place)
        before = beta + np.arange(len(at_risk))
        all_by_age = at_risk / (alpha + before)
        by_alpha = (at_risk - kept).sum() / alpha - all_by_age.sum()
        by_beta = (kept / before - all_by_age).sum()
        slope = [(by_alpha - by_beta) * alpha * beta / (alpha + beta), by_alpha * alpha + by_beta * beta]
        return -_log_likelihood(alpha, beta, at_risk, kept) / at_risk[0], -np.array(slope) / at_risk[0]

    # Plain starts, alpha = beta = 1. The valley is straighter in the share of leavers and the sum of both parameters.
    limits = [(-20, 20), (math.log(_EXTREMES / 10), math.log(_ALIKE * 10))]
    options = {"ftol": 1e-15, "gtol": 1e-12, "maxiter": 1000}
    best = minimize(loss, [0, math.log(2)], jac=True, bounds=limits, method="L-BFGS-B", options=options)
    alpha, beta = _parameters(best.x)
    if alpha + beta > _ALIKE:
        rate = kept.sum() / at_risk.sum()
        raise ValueError(
            "retention does not rise with age, so nothing shows that customers differ. One constant rate says the "
            f"same: {rate:.3g} in each period."
        )
    if alpha + beta < _EXTREMES:
        raise ValueError(
            "nobody leaves after the first renewal, so nothing is known of those who stayed. Wait for more renewals."
        )
    return ShiftedBetaGeometric(alpha, beta, _log_likelihood(alpha, beta, at_risk, kept))


def _parameters(place: np.ndarray) -> tuple[float, float]:
    leaving, total = 1 / (1 + math.exp(-place[0])), math.exp(place[1])
    return leaving * total, total / (1 + math.exp(place[0]))


def _log_likelihood(alpha: float, beta: float, at_risk: np.ndarray, kept: np.ndarray) -> float:
    before = beta + np.arange(len(at_risk))
    stay, leave = np.log(before / (alpha + before)), np.log(alpha / (alpha + before))
    return float(kept @ stay + (at_risk - kept) @ leave)
