"""Customer lifetime value: what the future payments of a customer are worth today."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.value.purchases import BGNBD
from cxux_helpers.value.retention import read_survivors
from cxux_helpers.value.spend import GammaGamma

__all__ = ["customer_lifetime_value", "simple_clv", "survival_clv"]

FirstPayment = Literal["end", "now"]

_WRITE_RATE = "Write 0.1 for 10 %."


def simple_clv(margin: float, retention: float, discount: float, *, first_payment: FirstPayment = "end") -> float:
    """Lifetime value with one constant retention rate, m·r / (1 + i − r).

    It is the sum of m·rᵗ / (1 + i)ᵗ over t = 1, 2, 3, …: the first payment comes at the end of the first period, if
    the customer is still there. The rival ``first_payment="now"`` adds a payment at once, which gives m·(1 + i) /
    (1 + i − r), so exactly m more. Say which one you use. With real customers, who differ, a constant rate gives old
    customers too little (see `cxux_helpers.value.ShiftedBetaGeometric`).

    Parameters
    ----------
    margin : float
        m, profit per period from a customer who is there, in money; a loss is negative.
    retention : float
        r, probability to stay for one more period, 0 to 1.
    discount : float
        i, discount rate per period, 0 or more; the value is infinite, and refused, where r is 1 and i is 0.
    first_payment : {"end", "now"}
        When the first payment comes.

    Returns
    -------
    float
        In the unit of the margin; high is good. What it cost to win the customer is not in it.

    Raises
    ------
    ValueError
        If an argument is out of range, or retention is not below 1 + discount.

    Examples
    --------
    >>> round(simple_clv(100, 0.8, 0.1), 2)
    266.67
    >>> round(simple_clv(100, 0.8, 0.1, first_payment="now"), 2)
    366.67
    """
    require_number("margin", margin)
    require_number("retention", retention, low=0, high=1, remedy="Write 0.8 for 80 %.")
    require_number("discount", discount, low=0, remedy=_WRITE_RATE)
    if retention >= 1 + discount:
        raise ValueError(
            f"retention is {retention:g} and discount {discount:g}: nobody ever leaves and later money is worth as "
            "much, so the value is infinite. Lower retention, or raise discount."
        )
    later = margin * retention / (1 + discount - retention)
    return later + _at_once(margin, first_payment)


def survival_clv(
    margin: float, survival: Sequence[float] | pd.Series, discount: float, *, first_payment: FirstPayment = "end"
) -> float:
    """Lifetime value from a survival curve, up to its last age: the sum of m·S(t) / (1 + i)ᵗ over t = 1, 2, 3, …

    What lies beyond the last age is left out, so a short curve gives too little. Without an end it is, with
    ``first_payment="now"``, the margin times `ShiftedBetaGeometric.discounted_lifetime`.

    Parameters
    ----------
    margin : float
        m, profit per period from a customer who is there.
    survival : Series or list
        S(0) = 1, S(1), S(2), … without gaps, as `cxux_helpers.value.survival` or a model gives it.
    discount : float
        i, discount rate per period, 0 or more.
    first_payment : {"end", "now"}
        ``"now"`` adds a payment at once, m·S(0).

    Returns
    -------
    float
        In the unit of the margin; high is good.

    Raises
    ------
    ValueError
        If an argument is out of range, or survival does not begin with 1, rises, or has a missing value.

    Examples
    --------
    >>> round(survival_clv(100, [1, 0.8, 0.64], 0.1), 2)
    125.62
    """
    require_number("margin", margin)
    require_number("discount", discount, low=0, remedy=_WRITE_RATE)
    shares = read_survivors(pd.Series(list(survival))).to_numpy()[0]
    if not np.isclose(shares[0], 1):
        raise ValueError(f"survival begins with {shares[0]:g}, but all are there at age 0: begin with 1.")
    if np.isnan(shares).any():
        age = int(np.argmax(np.isnan(shares)))
        raise ValueError(f"survival is missing from age {age} on. Cut it there, or project it with a model.")
    later = margin * float(shares[1:] @ (1 + discount) ** -np.arange(1.0, len(shares)))
    return later + _at_once(margin, first_payment)


def customer_lifetime_value(
    summary: pd.DataFrame,
    purchases: BGNBD,
    spend: GammaGamma,
    *,
    margin: float = 1.0,
    periods: int = 52,
    discount: float = 0.0,
) -> pd.DataFrame:
    """Value of each customer's purchases to come, up to a horizon: expected number times expected amount.

    The purchases of the k-th period to come count as paid at its end, so they are divided by (1 + discount)ᵏ. What
    lies beyond the horizon is left out. The packages lifetimes and pymc-marketing do the same in months; CLVTools
    discounts without a horizon. Number and amount are taken to be independent: see
    `cxux_helpers.value.spend_frequency_correlation`.

    Parameters
    ----------
    summary : DataFrame
        As `cxux_helpers.value.purchase_summary` gives it.
    purchases : BGNBD
        Fitted to a summary in the same unit of time.
    spend : GammaGamma
        Fitted to amounts in the same currency.
    margin : float
        Profit as a share of the amount, 0 to 1; by default the value is in sales, not in profit.
    periods : int
        Horizon in units of time of the summary, at least 1: 52 weeks are a year.
    discount : float
        Rate per unit of time, 0 or more. A yearly rate d is (1 + d) ** (1 / 52) − 1 per week.

    Returns
    -------
    DataFrame
        By customer: ``probability_alive`` (0 to 1), ``expected_purchases`` up to the horizon, ``expected_spend`` per
        purchase, and ``value``.

    Raises
    ------
    ValueError
        If an argument is out of range, or the summary cannot be read.

    Examples
    --------
    >>> customers = pd.DataFrame({"x": [2], "t_x": [30.43], "T": [38.86], "spend": [22.35]})
    >>> cdnow = BGNBD(0.243, 4.414, 0.793, 2.426), GammaGamma(6.25, 3.74, 15.44)
    >>> customer_lifetime_value(customers, *cdnow, periods=39).round(2).iloc[0].to_dict()
    {'probability_alive': 0.73, 'expected_purchases': 1.23, 'expected_spend': 24.66, 'value': 30.24}
    """
    require_number("margin", margin, low=0, high=1, remedy="Write 0.3 for 30 %.")
    require_number("discount", discount, low=0, remedy=_WRITE_RATE)
    ends = range(1, require_whole("periods", periods, low=1) + 1)
    # Sum by parts: each end of a period adds what the discount takes off all purchases made until then.
    weights = (1 + discount) ** -np.arange(1.0, len(ends) + 1)
    drops = np.append(-np.diff(weights), weights[-1])
    horizon = purchases.conditional_expected_purchases(summary, periods)
    discounted = horizon * drops[-1]
    for end, drop in zip(ends[:-1], drops[:-1], strict=True):
        if drop:
            discounted = discounted + drop * purchases.conditional_expected_purchases(summary, end)
    amounts = spend.expected_spend(summary)
    return pd.DataFrame(
        {
            "probability_alive": purchases.probability_alive(summary),
            "expected_purchases": horizon,
            "expected_spend": amounts,
            "value": margin * amounts * discounted,
        }
    )


def _at_once(margin: float, first_payment: FirstPayment) -> float:
    if first_payment not in ("end", "now"):
        raise ValueError(f"first_payment is {first_payment!r}; choose 'end' or 'now'.")
    return margin if first_payment == "now" else 0.0
