"""Net Promoter Score: the score, its interval, the difference between two groups, and how many to ask.

All of it is in points of 100, from -100 to 100. Wherever ratings are taken, the counts of the three groups do as
well, as `NPSCounts`: that is how scores are published.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import NamedTuple

import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.estimates import Estimate
from cxux_helpers.ratings import Ratings, read_ratings

__all__ = [
    "NPSCounts",
    "NPSTest",
    "nps",
    "nps_counts",
    "nps_difference",
    "nps_sample_size",
    "nps_standard_error",
    "nps_test",
]


@dataclass(frozen=True)
class NPSCounts:
    """How many customers would advise against, are passive, and would recommend.

    Parameters
    ----------
    detractors, passives, promoters : int
        Numbers of ratings from 0 to 6, of 7 and 8, and of 9 and 10.

    Raises
    ------
    ValueError
        If a count is not a whole number of 0 or more, or all three are 0.

    Examples
    --------
    >>> NPSCounts(detractors=1, passives=2, promoters=3).n
    6
    """

    detractors: int
    passives: int
    promoters: int

    def __post_init__(self) -> None:
        for group, count in asdict(self).items():
            object.__setattr__(self, group, require_whole(group, count, low=0))
        if not self.n:
            raise ValueError("there are no detractors, passives or promoters. NPS needs at least one rating.")

    @property
    def n(self) -> int:
        """Number of ratings."""
        return self.detractors + self.passives + self.promoters

    @property
    def score(self) -> float:
        """The NPS without its interval, in points of 100."""
        return 100 * (self.promoters - self.detractors) / self.n


def nps_counts(ratings: Ratings | NPSCounts) -> NPSCounts:
    """Count detractors (0 to 6), passives (7 and 8) and promoters (9 and 10).

    Parameters
    ----------
    ratings : array of int, or NPSCounts
        How likely each customer is to recommend, whole numbers from 0 to 10. Missing ones are not counted.
        Counts are returned as they are.

    Returns
    -------
    NPSCounts

    Raises
    ------
    ValueError
        If no rating is left, or one is not a whole number from 0 to 10.

    Examples
    --------
    >>> nps_counts([6, 7, 8, 9, 10, 10])
    NPSCounts(detractors=1, passives=2, promoters=3)
    """
    if isinstance(ratings, NPSCounts):
        return ratings
    numbers = answered(ratings, 0, 10, "NPS")
    detractors, promoters = int((numbers <= 6).sum()), int((numbers >= 9).sum())
    return NPSCounts(detractors, len(numbers) - detractors - promoters, promoters)


def nps(ratings: Ratings | NPSCounts, *, confidence: float = 0.95) -> Estimate:
    """Net Promoter Score: percentage of promoters minus percentage of detractors, from -100 to 100.

    Higher is better. Some authors report the same score from -1 to 1; here value and interval are in points of
    100 throughout.

    The interval is adjusted Wald as Rocks (2016) advises: 0.75 detractors, 1.5 passives and 0.75 promoters
    are added to the counts, 3 in all and at every confidence level, and a Wald interval is taken around the score of
    these. It is therefore centred between the score and 0, and has a width even where all customers agree. Ends
    beyond -100 and 100, which no score can reach, are cut off. Where very few agree (at 95 %: a single promoter)
    the interval leaves the score itself out, for so few cannot vouch for a perfect one.

    Parameters
    ----------
    ratings : array of int, or NPSCounts
        How likely each customer is to recommend, whole numbers from 0 to 10, or the counts of the three groups.
        Missing ratings leave the denominator.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If no rating is left, one is not a whole number from 0 to 10, or `confidence` is out of range.

    References
    ----------
    Reichheld, F. F. (2003). The one number you need to grow. *Harvard Business Review* 81(12), 46–54.
    Rocks, B. (2016). Interval estimation for the "Net Promoter Score". *The American Statistician* 70(4), 365–372.

    Examples
    --------
    >>> nps([6, 7, 8, 9, 10, 10])
    NPS 33.3, 95% interval -26.7 to 71.2 (n = 6, adjusted Wald)
    """
    counts = nps_counts(ratings)
    middle, variance = _adjusted(counts)
    reach = _z(confidence) * math.sqrt(variance)
    low, high = max(middle - reach, -100.0), min(middle + reach, 100.0)
    return Estimate(counts.score, low, high, counts.n, confidence, "adjusted Wald", "NPS")


def nps_standard_error(ratings: Ratings | NPSCounts) -> float:
    """Standard error of the NPS, in points of 100: √(v / n) with v = p⁺ + p⁻ − NPS².

    p⁺ and p⁻ are the shares of promoters and detractors, and v is the population variance of ratings scored −1,
    0 and 1 (its rival, the sample variance, divides by n − 1). It is 0 where all customers are in one group:
    for an interval use `nps`, which does not take that at its word.

    Parameters
    ----------
    ratings : array of int, or NPSCounts
        As for `nps`.

    Returns
    -------
    float
        From 0 to 100, and at most ``100 / sqrt(n)``.

    Raises
    ------
    ValueError
        If no rating is left, or one is not a whole number from 0 to 10.

    Examples
    --------
    >>> round(nps_standard_error(NPSCounts(detractors=1, passives=2, promoters=3)), 1)
    30.4
    """
    counts = nps_counts(ratings)
    _, variance = _score_and_variance(counts.promoters, counts.detractors, counts.n)
    return math.sqrt(variance)


def nps_difference(first: Ratings | NPSCounts, second: Ratings | NPSCounts, *, confidence: float = 0.95) -> Estimate:
    """NPS of the first group of customers minus that of the second, from -200 to 200.

    Above 0 the first group scores higher. The groups are independent: nobody is in both. The interval is
    adjusted Wald: the counts of each group are adjusted as in `nps`, and the standard error of the difference of
    the adjusted scores is √(v₁/n₁ + v₂/n₂). So it is centred on that difference, not on the value, and may leave
    the value out where both groups are of one mind. It is cut to -200 and 200. Where it leaves 0 out, chance alone
    is a poor explanation; `nps_test` gives the p-value.

    Parameters
    ----------
    first, second : array of int, or NPSCounts
        As for `nps`.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        Its `n` is the number of ratings in both groups together.

    Raises
    ------
    ValueError
        As for `nps`.

    Examples
    --------
    >>> nps_difference(NPSCounts(20, 30, 50), NPSCounts(30, 35, 35))
    NPS difference 25.0, 95% interval 2.7 to 45.9 (n = 200, adjusted Wald)
    """
    one, other = nps_counts(first), nps_counts(second)
    middle, error = _adjusted_difference(one, other)
    reach = _z(confidence) * error
    low, high = max(middle - reach, -200.0), min(middle + reach, 200.0)
    return Estimate(one.score - other.score, low, high, one.n + other.n, confidence, "adjusted Wald", "NPS difference")


class NPSTest(NamedTuple):
    """Outcome of `nps_test`.

    Attributes
    ----------
    z : float
        Adjusted difference over its standard error; above 0 where the first group scores higher.
    p_value : float
        How often chance alone would bring a difference as large, in either direction, if there were none.
    """

    z: float
    p_value: float


def nps_test(first: Ratings | NPSCounts, second: Ratings | NPSCounts) -> NPSTest:
    """Test whether two independent groups differ in NPS: two-sided z test on the adjusted counts.

    It agrees with the interval of `nps_difference`: p is below 0.05 just where the 95 % interval leaves 0 out.

    Parameters
    ----------
    first, second : array of int, or NPSCounts
        As for `nps`.

    Returns
    -------
    NPSTest

    Raises
    ------
    ValueError
        As for `nps`.

    Examples
    --------
    >>> z, p_value = nps_test(NPSCounts(20, 30, 50), NPSCounts(30, 35, 35))
    >>> round(z, 2), round(p_value, 3)
    (2.2, 0.028)
    """
    from scipy.stats import norm

    middle, error = _adjusted_difference(nps_counts(first), nps_counts(second))
    z = middle / error
    return NPSTest(z, float(2 * norm.sf(abs(z))))


def nps_sample_size(half_width: float, *, sd: float = 100, confidence: float = 0.95) -> int:
    """Number of ratings after which the interval of an NPS reaches no further than `half_width` to each side.

    By Lewis and Sauro: s²z²/d² − 3, rounded up. The 3 are those that the adjusted Wald interval adds.

    Parameters
    ----------
    half_width : float
        How far the interval may reach to each side, in points of 100: above 0 and below 100.
    sd : float
        Standard deviation of single customers, scored −100, 0 and 100: above 0 and at most 100. An earlier
        survey of n ratings has ``nps_standard_error(ratings) * sqrt(n)``. The most cautious, 100, is a market split
        into promoters and detractors.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If an argument is out of range.

    References
    ----------
    Lewis, J., and Sauro, J. Sample size estimation for NPS confidence intervals. https://measuringu.com/nps-ci-sample-size/

    Examples
    --------
    >>> nps_sample_size(10), nps_sample_size(10, sd=80)
    (382, 243)
    """
    require_number("half_width", half_width, above=0, below=100, remedy="Give it in points of 100.")
    require_number("sd", sd, above=0, high=100, remedy="Give it in points of 100.")
    return max(1, math.ceil((sd * _z(confidence) / half_width) ** 2 - 3))


def answered(ratings: Ratings, low: int, high: int, name: str) -> pd.Series:
    """The ratings that were given, whole numbers from `low` to `high`; there must be one."""
    numbers = read_ratings(ratings, low=low, high=high, missing=True, name=name).dropna()
    if numbers.empty:
        raise ValueError(f"every rating for {name} is missing, but a score needs at least one. Is it the right column?")
    return numbers


def _score_and_variance(promoters: float, detractors: float, n: float) -> tuple[float, float]:
    """Score in points of 100, and the square of its standard error."""
    score = (promoters - detractors) / n
    # Rounding could take a variance of 0 below it.
    return 100 * score, 100**2 * max((promoters + detractors) / n - score**2, 0.0) / n


def _adjusted(counts: NPSCounts) -> tuple[float, float]:
    """The same after Rocks (2016), who found 0.75 detractors, 1.5 passives and 0.75 promoters more to do best."""
    return _score_and_variance(counts.promoters + 0.75, counts.detractors + 0.75, counts.n + 3)


def _adjusted_difference(one: NPSCounts, other: NPSCounts) -> tuple[float, float]:
    """Difference of the adjusted scores in points of 100, and its standard error."""
    (score, variance), (other_score, other_variance) = _adjusted(one), _adjusted(other)
    return score - other_score, math.sqrt(variance + other_variance)


def _z(confidence: float) -> float:
    from scipy.stats import norm

    require_number("confidence", confidence, above=0, below=1, remedy="Write 0.95 for 95 %.")
    return float(norm.ppf((1 + confidence) / 2))
