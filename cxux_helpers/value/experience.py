"""What a better experience is worth: fewer customers leave, so each new one pays for longer."""

from __future__ import annotations

from cxux_helpers.arguments import require_number
from cxux_helpers.value.lifetime_value import simple_clv
from cxux_helpers.value.retention import Survivors, pairs
from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric

__all__ = ["better_experience", "constant_retention", "gain_if_all_alike", "gain_of_experience"]


def constant_retention(survivors: Survivors) -> float:
    """One retention rate for all ages: of all renewals that came up, the share that was taken.

    The naive model. It holds only if every customer is alike; with customers who differ it is pulled down by the many
    first renewals, and says too little about those who stay.

    Parameters
    ----------
    survivors : DataFrame, Series or list
        As for `cxux_helpers.value.fit_shifted_beta_geometric`; the first ages are enough.

    Returns
    -------
    float
        From 0 to 1, per period; high is good.

    Examples
    --------
    >>> constant_retention([100, 80, 72])
    0.8444444444444444
    """
    at_risk, kept = pairs(survivors)
    return float(kept.sum() / at_risk.sum())


def better_experience(model: ShiftedBetaGeometric, fewer: float) -> ShiftedBetaGeometric:
    """The model of customers whose mean probability to leave is smaller by a share; they differ as much as before.

    Parameters
    ----------
    model : ShiftedBetaGeometric
        Customers as they are.
    fewer : float
        Share by which the mean probability to leave falls, at least 0 and below 1: 0.1 makes 20 % into 18 %.

    Returns
    -------
    ShiftedBetaGeometric
        With the same alpha + beta; without a log-likelihood, for it was not fitted to anything.

    Raises
    ------
    ValueError
        If `fewer` is out of range.

    Examples
    --------
    >>> better = better_experience(ShiftedBetaGeometric(1.0, 4.0), 0.1)
    >>> better.alpha, better.beta
    (0.9, 4.1)
    """
    _require_share(fewer)
    return ShiftedBetaGeometric(model.alpha * (1 - fewer), model.beta + model.alpha * fewer)


def gain_of_experience(model: ShiftedBetaGeometric, fewer: float, *, margin: float, discount: float) -> float:
    """How much more a new customer is worth if fewer leave at each renewal.

    Parameters
    ----------
    model, fewer
        As for `better_experience`.
    margin : float
        Profit per period from a customer who is there; the first payment comes at once.
    discount : float
        Rate per period, above 0.

    Returns
    -------
    float
        In the unit of the margin, 0 or more: the most that the better experience may cost for each new customer.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> round(gain_of_experience(ShiftedBetaGeometric(0.668, 3.806), 0.1, margin=100, discount=0.1))
    34
    """
    require_number("margin", margin, low=0)
    require_number("discount", discount, above=0, remedy="Write 0.1 for 10 %.")
    better = better_experience(model, fewer)
    return margin * (better.discounted_lifetime(discount) - model.discounted_lifetime(discount))


def gain_if_all_alike(retention: float, fewer: float, *, margin: float, discount: float) -> float:
    """The same gain by the naive model, in which every customer stays with one constant probability.

    Parameters
    ----------
    retention : float
        As `constant_retention` gives it.
    fewer, margin, discount
        As for `gain_of_experience`.

    Examples
    --------
    >>> round(gain_if_all_alike(0.8, 0.1, margin=100, discount=0.1))
    26
    """
    _require_share(fewer)
    better = 1 - (1 - retention) * (1 - fewer)
    worth = [simple_clv(margin, rate, discount, first_payment="now") for rate in (better, retention)]
    return worth[0] - worth[1]


def _require_share(fewer: float) -> None:
    require_number("fewer", fewer, low=0, below=1, remedy="Write 0.1 for 10 % fewer.")
