"""An estimate with its interval: the one type in which every metric of the course answers.

A number from a sample without its interval invites a wrong decision, so the two never travel apart.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole

__all__ = ["Estimate", "mean", "proportion"]


@dataclass(frozen=True)
class Estimate:
    """A value estimated from a sample, and the interval that says how sure we may be of it.

    Parameters
    ----------
    value : float
        The estimate itself, in the metric's own unit.
    low, high : float
        Ends of the confidence interval, in the same unit; `low` is never above `high`. An end may be
        infinite where the sample cannot bound it. Adjusted intervals are not centred on `value`; some of
        them may even leave it out, so that is not checked here.
    n : int
        Number of observations behind the value, at least 1.
    confidence : float
        Confidence level of the interval, between 0 and 1 exclusive.
    method : str
        How the interval was made, for example ``"adjusted Wald"``.
    name : str
        What was estimated, for example ``"CSAT"``.

    Raises
    ------
    ValueError
        If a number is missing, the ends are swapped, `n` is below 1 or not whole, or `confidence` is not
        between 0 and 1.

    Examples
    --------
    >>> Estimate(0.8, 0.36, 0.98, n=5, method="adjusted Wald", name="CSAT")
    CSAT 0.80, 95% interval 0.36 to 0.98 (n = 5, adjusted Wald)
    >>> float(Estimate(72.5, 66.1, 78.9, n=20, name="SUS"))
    72.5
    """

    value: float
    low: float
    high: float
    n: int
    confidence: float = 0.95
    method: str = ""
    name: str = "Estimate"

    def __post_init__(self) -> None:
        for part in ("value", "low", "high"):
            if math.isnan(getattr(self, part)):
                raise ValueError(f"{part} of {self.name} is missing (NaN). Leave missing data out first.")
        if self.low > self.high:
            raise ValueError(f"low of {self.name} is {self.low:g}, above high, {self.high:g}. Swap the two.")
        object.__setattr__(self, "n", require_whole(f"n of {self.name}", self.n, low=1))
        _check_confidence(self.confidence)

    def __float__(self) -> float:
        return float(self.value)

    def __repr__(self) -> str:
        return f"{self.name} {self._number(self.value)}, {self._rest()}"

    def _repr_html_(self) -> str:
        # Words only, in the page's own colours: a screen reader and a dark theme both get all of it.
        return (
            f"<p><strong>{html.escape(self.name)} {self._number(self.value)}</strong>, {html.escape(self._rest())}</p>"
        )

    def _rest(self) -> str:
        origin = f"n = {self.n}" + (f", {self.method}" if self.method else "")
        level = f"{100 * self.confidence:g}%"
        return f"{level} interval {self._number(self.low)} to {self._number(self.high)} ({origin})"

    def _number(self, number: float) -> str:
        # Two significant digits of the interval's width: more would claim what the sample cannot carry.
        width = self.high - self.low
        decimals = 1 - math.floor(math.log10(width)) if 0 < width < math.inf else 2
        return f"{number:.{min(max(decimals, 1), 6)}f}"


def mean(
    values: Sequence[float] | np.ndarray | pd.Series,
    *,
    confidence: float = 0.95,
    scale: tuple[float, float] = (-math.inf, math.inf),
    name: str = "Mean",
) -> Estimate:
    """Mean of numbers, with its t interval.

    The interval is ``mean ± t · s / √n`` with the sample standard deviation s (divisor n − 1) and Student's t
    with n − 1 degrees of freedom, cut to `scale`. It is right for numbers that are spread like a bell, and
    nearly right for most ratings from about ten people on. One number alone bounds nothing, so its interval
    is all of `scale`. Where all numbers are equal the interval has no width: that says more than so few can
    know, so do not report it.

    Parameters
    ----------
    values : array of float
        The numbers, none of them missing.
    confidence : float
        Confidence level, between 0 and 1 exclusive.
    scale : (float, float)
        Lowest and highest value that the mean can have.
    name : str
        What the mean is called when it is shown.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If there is no number, one is missing, infinite, or outside `scale`, or `confidence` is out of range.

    Examples
    --------
    >>> mean([70, 80, 90], name="SUS", scale=(0, 100))
    SUS 80.0, 95% interval 55.2 to 100.0 (n = 3, t)
    """
    numbers = np.asarray(values, dtype=float)
    _check_confidence(confidence)
    if numbers.ndim != 1 or not numbers.size:
        raise ValueError(f"{name} needs a list of one number or more. Is the data empty?")
    if not np.isfinite(numbers).all():
        raise ValueError(f"a number of {name} is missing or infinite. Leave missing data out first, and say so.")
    lowest, highest = scale
    if numbers.min() < lowest or numbers.max() > highest:
        raise ValueError(
            f"the numbers of {name} go from {numbers.min():g} to {numbers.max():g}, but the scale from {lowest:g} "
            f"to {highest:g}. Correct the numbers, or the scale."
        )
    # Rounding could push the mean of equal numbers past them, and so out of its own interval.
    middle, n = float(np.clip(numbers.mean(), numbers.min(), numbers.max())), numbers.size
    reach = math.inf
    if n > 1:
        from scipy.stats import t

        reach = float(t.ppf((1 + confidence) / 2, n - 1) * numbers.std(ddof=1) / math.sqrt(n))
    return Estimate(middle, max(middle - reach, lowest), min(middle + reach, highest), n, confidence, "t", name)


def proportion(count: int, n: int, *, confidence: float = 0.95, name: str = "Proportion") -> Estimate:
    """Share of `n` cases in which something happened, with its adjusted Wald interval.

    The value is the plain proportion ``count / n`` in [0, 1]. The interval is the adjusted Wald interval of
    Agresti and Coull (1998) in its general form: it is centred on ``(count + z²/2) / (n + z²)`` and cut to
    [0, 1]. It always holds the plain proportion, which lies on its edge for 0 and for `n` out of `n`. At
    95 % it is close to "add two successes and two failures", which takes z = 2 in place of 1.96. The true
    share lies within in about 95 of 100 samples, and from 10 cases on never in fewer than 92.

    Parameters
    ----------
    count : int
        Number of cases in which it happened, from 0 to `n`.
    n : int
        Number of cases, at least 1.
    confidence : float
        Confidence level, between 0 and 1 exclusive.
    name : str
        What the share is called when it is shown.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If `n` is 0, `count` is not between 0 and `n`, a count is not whole, or `confidence` is out of range.

    References
    ----------
    Agresti, A., and Coull, B. A. (1998). Approximate is better than "exact" for interval estimation of
    binomial proportions. *The American Statistician* 52(2), 119–126.

    Examples
    --------
    >>> proportion(4, 5, name="CSAT")
    CSAT 0.80, 95% interval 0.36 to 0.98 (n = 5, adjusted Wald)
    >>> proportion(2400, 3000, name="CSAT")
    CSAT 0.800, 95% interval 0.785 to 0.814 (n = 3000, adjusted Wald)
    """
    count, n = require_whole("count", count, low=0), require_whole("n", n, low=1)
    _check_confidence(confidence)
    if count > n:
        raise ValueError(f"count is {count}, but must lie between 0 and n = {n}. Give count first, then n.")
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(count, n, alpha=1 - confidence, method="agresti_coull")
    return Estimate(count / n, float(low), float(high), n, confidence, "adjusted Wald", name)


def _check_confidence(confidence: float) -> None:
    require_number("confidence", confidence, above=0, below=1, remedy="Write 0.95 for 95 %.")
