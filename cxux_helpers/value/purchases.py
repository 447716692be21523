"""Repeat purchases without a contract: the BG/NBD model, which tells who is likely to buy again, and how often.

While a customer is "alive", purchases come at random at a rate of their own; after each purchase the customer may
drop out for good, with a probability of their own. Rates are spread over customers as a gamma distribution, drop-out
probabilities as a beta distribution. Nobody sees who has dropped out; a long silence after frequent purchases tells.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.value.purchase_logs import Unit, days_per, read_purchases, read_summary

__all__ = ["BGNBD", "fit_bg_nbd", "track_purchases"]


@dataclass(frozen=True)
class BGNBD:
    """The BG/NBD model with its parameters, in the unit of time of the summary that it was fitted to.

    Attributes
    ----------
    r, alpha : float
        Purchases per unit of time while alive are spread as Gamma(r, rate alpha), with mean r / alpha.
    a, b : float
        The probability to drop out after a purchase is spread as Beta(a, b), with mean a / (a + b).
    log_likelihood : float
        Of the customers that it was fitted to; NaN where the parameters were simply given.
    n : int
        Number of these customers.

    Notes
    -----
    One can drop out only after a purchase, and the first one does not count as such. So whoever has not bought again
    is alive for sure in this model, however long ago it was: `probability_alive` is 1 for x = 0. That is a weakness
    to know of, not a finding. (The Pareto/NBD model lets people drop out at any time.)

    Examples
    --------
    >>> cdnow = BGNBD(0.243, 4.414, 0.793, 2.426)
    >>> cdnow.expected_purchases([1, 78]).round(2).to_dict()
    {1: 0.05, 78: 1.86}
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = math.nan
    n: int = 0

    def __post_init__(self) -> None:
        for name in ("r", "alpha", "a", "b"):
            require_number(name, getattr(self, name), above=0)

    def expected_purchases(self, times: Sequence[float] | np.ndarray) -> pd.Series:
        """Mean number of repeat purchases of a new customer up to each time.

        Parameters
        ----------
        times : array of float
            Times since the first purchase, 0 or more; they become the index.

        Returns
        -------
        Series
            0 or more, rising with time.
        """
        for time in times:
            require_number("time", time, low=0)
        ages = np.asarray(times, dtype=float)
        nobody = np.zeros_like(ages)
        values = self._still_to_come(ages, nobody, nobody)
        return pd.Series(values, index=pd.Index(times, name="time"), name="expected_purchases")

    def conditional_expected_purchases(self, summary: pd.DataFrame, time: float) -> pd.Series:
        """Mean number of purchases that each customer will make in the next `time` units.

        Parameters
        ----------
        summary : DataFrame
            As `purchase_summary` gives it, in the same unit of time.
        time : float
            How far to look ahead, 0 or more.

        Returns
        -------
        Series
            By customer, 0 or more.

        Examples
        --------
        Two repeat purchases in 39 weeks, the last of them after 30 (Fader, Hardie and Lee's own example).

        >>> one = pd.DataFrame({"x": [2], "t_x": [30.43], "T": [38.86]})
        >>> BGNBD(0.243, 4.414, 0.793, 2.426).conditional_expected_purchases(one, 39).round(3).tolist()
        [1.226]
        """
        require_number("time", time, low=0)
        x, _, age = read_summary(summary)
        values = self.probability_alive(summary).to_numpy() * self._still_to_come(time, x, age)
        return pd.Series(values, index=summary.index, name="expected_purchases")

    def probability_alive(self, summary: pd.DataFrame) -> pd.Series:
        """Probability that each customer has not dropped out by the end of the summary.

        Parameters
        ----------
        summary : DataFrame
            As `purchase_summary` gives it, in the same unit of time.

        Returns
        -------
        Series
            By customer, from 0 to 1; 1 where x is 0 (see the notes of the class).
        """
        from scipy.special import expit

        x, t_x, age = read_summary(summary)
        values = expit(-self._log_odds_of_drop_out(x, t_x, age))
        return pd.Series(values, index=summary.index, name="probability_alive")

    def log_likelihood_of(self, summary: pd.DataFrame) -> float:
        """Log-likelihood of the customers of a summary under these parameters.

        Parameters
        ----------
        summary : DataFrame
            As `purchase_summary` gives it.
        """
        return float(self._log_likelihoods(*read_summary(summary)).sum())

    def _log_odds_of_drop_out(self, x: np.ndarray, t_x: np.ndarray, age: np.ndarray) -> np.ndarray:
        """Log of P(dropped out at t_x) / P(alive), given the purchases; minus infinity without a repeat."""
        odds = np.full(x.shape, -np.inf)
        some = x > 0
        gap = np.log((self.alpha + age[some]) / (self.alpha + t_x[some]))
        odds[some] = np.log(self.a / (self.b + x[some] - 1)) + (self.r + x[some]) * gap
        return odds

    def _log_likelihoods(self, x: np.ndarray, t_x: np.ndarray, age: np.ndarray) -> np.ndarray:
        from scipy.special import betaln, gammaln

        alive = (
            gammaln(self.r + x)
            - gammaln(self.r)
            + self.r * np.log(self.alpha)
            - (self.r + x) * np.log(self.alpha + age)
            + betaln(self.a, self.b + x)
            - betaln(self.a, self.b)
        )
        # Alive, or dropped out after the last purchase: the logs are added without leaving them.
        likelihoods: np.ndarray = alive + np.logaddexp(0, self._log_odds_of_drop_out(x, t_x, age))
        return likelihoods

    def _still_to_come(self, time: float | np.ndarray, x: np.ndarray, age: np.ndarray) -> np.ndarray:
        """Mean number of purchases in the time ahead, for customers who are alive after x purchases."""
        from scipy.special import hyp2f1

        # The formula is smooth, but is 0 / 0 where a or a + b is exactly 1.
        a = _beside(self.a, 1)
        b = _beside(self.b, 1 - a)
        now = self.alpha + age
        share = now / (now + time)
        # Euler's transformation of the published form: its parameters do not grow with x, so nothing overflows.
        series = hyp2f1(a + b - 1 - self.r, a - 1, a + b + x - 1, 1 - share)
        expected: np.ndarray = (a + b + x - 1) / (a - 1) * (1 - share ** (a - 1) * series)
        return expected.clip(0)


def fit_bg_nbd(summary: pd.DataFrame) -> BGNBD:
    """Fit the BG/NBD model by maximum likelihood.

    Parameters
    ----------
    summary : DataFrame
        As `purchase_summary` gives it; the columns x, t_x and T are used.

    Returns
    -------
    BGNBD
        In the unit of time of the summary.

    Raises
    ------
    ValueError
        If a column is missing, a value is missing or impossible, nobody bought again, or the best fit lies at
        infinity, as it often does with few customers.

    References
    ----------
    Fader, P. S., Hardie, B. G. S., and Lee, K. L. (2005). "Counting your customers" the easy way: An alternative to
    the Pareto/NBD model. *Marketing Science* 24(2), 275–284.

    Examples
    --------
    >>> from cxux_helpers.datasets.cdnow_sample import load_cdnow_sample
    >>> from cxux_helpers.value import purchase_summary
    >>> summary = purchase_summary(load_cdnow_sample(), end="1997-09-30")
    >>> model = fit_bg_nbd(summary)
    >>> [round(value, 3) for value in (model.r, model.alpha, model.a, model.b)]
    [0.243, 4.414, 0.793, 2.426]
    """
    from scipy.optimize import minimize

    x, t_x, age = read_summary(summary)
    if not x.any():
        raise ValueError("nobody bought again, so there is nothing to fit. Take a longer time, or a later end.")
    # Equal customers are counted once, with their number.
    rows, counts = np.unique(np.column_stack([x, t_x, age]), axis=0, return_counts=True)
    x, t_x, age = rows.T

    def loss(place: np.ndarray) -> float:
        return -float(counts @ BGNBD(*np.exp(place))._log_likelihoods(x, t_x, age)) / len(summary)

    # Plain starts: r = a = b = 1, and alpha as long as a customer is watched.
    start = np.log([1, age.mean(), 1, 1])
    options = {"ftol": 1e-14, "gtol": 1e-8}
    limits = [(place - 9, place + 9) for place in start]
    best = minimize(loss, start, method="L-BFGS-B", bounds=limits, options=options)
    for name, place, (low, high) in zip(("r", "alpha", "a", "b"), best.x, limits, strict=True):
        if not low + 0.01 < place < high - 0.01:
            raise ValueError(
                f"{name} runs away to {math.exp(place):.2g}: these {len(summary)} customers do not tell enough of how "
                "customers differ. Take more customers, or a longer time."
            )
    r, alpha, a, b = map(float, np.exp(best.x))
    return BGNBD(r, alpha, a, b, -float(best.fun) * len(summary), len(summary))


def track_purchases(
    orders: pd.DataFrame,
    model: BGNBD,
    *,
    customer: str = "customer_id",
    date: str = "date",
    amount: str = "amount",
    end: str | datetime.date | None = None,
    unit: Unit = "week",
) -> pd.DataFrame:
    """Repeat purchases of all customers together, counted and expected, up to the end of each period.

    The expectation knows only on which day each customer first bought. If the model was fitted to the first part of
    the log, the second part is a true test of it.

    Parameters
    ----------
    orders : DataFrame
        As for `cxux_helpers.value.purchase_summary`.
    model : BGNBD
        Fitted to a summary in the same unit of time.
    customer, date, amount : str
        Names of the columns.
    end : date, optional
        The last day that counts, by default the day of the last order. A period that it cuts short is left out.
    unit : {"day", "week", "month", "year"}
        Length of the periods, and unit of time of the model.

    Returns
    -------
    DataFrame
        Indexed by ``time``, whole periods from the first purchase of anybody on: ``actual`` and ``expected``
        cumulative numbers of repeat purchases.

    Raises
    ------
    ValueError
        As for `cxux_helpers.value.purchase_summary`; also if the log is shorter than one period.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "customer_id": ["Ann", "Ann", "Bob"],
    ...     "date": ["2025-01-01", "2025-01-10", "2025-01-15"],
    ...     "amount": [5.0, 5.0, 5.0],
    ... })
    >>> track_purchases(orders, BGNBD(0.243, 4.414, 0.793, 2.426))["actual"].to_dict()
    {1: 0, 2: 1}
    """
    unit_days = days_per(unit)
    purchases, last_day = read_purchases(orders, customer=customer, date=date, amount=amount, end=end)
    begin = purchases["day"].min()
    day = (purchases["day"] - begin).dt.days.to_numpy()
    is_first = (purchases.groupby("customer", observed=True).cumcount() == 0).to_numpy()
    times = np.arange(1, int((last_day - begin).days / unit_days) + 1)
    if not len(times):
        raise ValueError(f"the log has {(last_day - begin).days} days, less than one {unit}. Take a shorter unit.")
    actual = np.searchsorted(np.sort(day[~is_first]), times * unit_days, side="right")
    first_days, counts = np.unique(day[is_first], return_counts=True)
    ages = np.maximum(times[:, None] - first_days / unit_days, 0)
    nobody = np.zeros_like(ages)
    expected = model._still_to_come(ages, nobody, nobody) @ counts
    return pd.DataFrame({"actual": actual, "expected": expected}, index=pd.Index(times, name="time"))


def _beside(value: float, pole: float) -> float:
    """The value, or a point a millionth beside the pole if it is nearer to it than that."""
    return value if abs(value - pole) > 1e-6 else pole + 1e-6
