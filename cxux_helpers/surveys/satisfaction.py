"""What customers say in surveys: satisfaction and effort, and how many of them to ask.

Each score has rivals under the same name. The docstrings say which one it is, and the `Estimate` carries it in its
name. Missing ratings leave the denominator; `Estimate.n` is the number of ratings that were counted. Recommendation
is in `cxux_helpers.surveys.nps`, expectation in `cxux_helpers.surveys.servqual`.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import replace
from typing import Literal, NamedTuple

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.estimates import Estimate, mean, proportion
from cxux_helpers.ratings import Ratings
from cxux_helpers.surveys.nps import NPSCounts, answered, nps

__all__ = ["ExpectedInterval", "ces", "csat", "expected_interval", "sample_size"]


def csat(ratings: Ratings, *, top: int | None = 2, scale: int = 5, confidence: float = 0.95) -> Estimate:
    """Customer satisfaction: share of customers who chose one of the `top` boxes (top-two-box by default).

    Higher is better. The value is a proportion in [0, 1] with its adjusted Wald interval (Agresti and Coull
    1998). The rivals are the top box alone, ``top=1``, and the mean rating, ``top=None``, which lies on the scale
    from 1 to `scale` and has a t interval. The three do not convert into one another.

    Parameters
    ----------
    ratings : array of int
        One rating per customer, 1 is worst and `scale` best. Missing ones leave the denominator.
    top : int or None
        How many boxes, counted from the best, mean satisfied: 1 to ``scale - 1``. None for the mean.
    scale : int
        Number of boxes, 2 or more.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If no rating is left, one is not a whole number from 1 to `scale`, or an argument is out of range.

    Examples
    --------
    >>> csat([5, 4, 4, 2, 5])
    CSAT (top 2 of 5) 0.80, 95% interval 0.36 to 0.98 (n = 5, adjusted Wald)
    >>> csat([5, 4, 4, 2, 5], top=None)
    CSAT (mean of 1 to 5) 4.0, 95% interval 2.5 to 5.0 (n = 5, t)
    """
    scale = require_whole("scale", scale, low=2)
    numbers = answered(ratings, 1, scale, "CSAT")
    if top is None:
        return mean(numbers, confidence=confidence, scale=(1, scale), name=f"CSAT (mean of 1 to {scale})")
    if require_whole("top", top, low=1) >= scale:
        raise ValueError(f"top is {top}, but with {scale} boxes at most {scale - 1} can be on top. Lower it.")
    satisfied = int((numbers > scale - top).sum())
    return proportion(satisfied, len(numbers), confidence=confidence, name=f"CSAT (top {top} of {scale})")


def ces(
    ratings: Ratings,
    *,
    version: Literal["1.0", "2.0"],
    convention: Literal["mean", "top3", "index"],
    confidence: float = 0.95,
) -> Estimate:
    """Customer Effort Score, by the version of the question and the convention that you name.

    Version 1.0 asks how much effort it took, from 1 (very low) to 5 (very high): **low is good**. It is reported
    as the ``"mean"``. Version 2.0 asks for agreement with "the company made it easy", from 1 (strongly disagree)
    to 7 (strongly agree): **high is good**. For it three conventions are in use, and they disagree on the same
    answers:

    - ``"mean"``: mean rating, 1 to 7
    - ``"top3"``: share of ratings 5 to 7, in [0, 1]
    - ``"index"``: percentage of 6 and 7 minus percentage of 1 to 3, from -100 to 100

    A mean has a t interval and a share an adjusted Wald interval. The index is a difference of shares like the
    NPS, and borrows the adjusted Wald interval of `nps`.

    Parameters
    ----------
    ratings : array of int
        One rating per customer. Missing ones leave the denominator.
    version : {"1.0", "2.0"}
        Which question was asked.
    convention : {"mean", "top3", "index"}
        How the answers become one score.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If no rating is left, one is off the scale of the version, or version and convention do not go together.

    References
    ----------
    Dixon, M., Freeman, K., and Toman, N. (2010). Stop trying to delight your customers. *Harvard Business Review*
    88(7/8), 116–122.

    Examples
    --------
    >>> answers = [7, 6, 5, 5, 4, 2]
    >>> ces(answers, version="2.0", convention="top3")
    CES 2.0 (share of 5 to 7) 0.67, 95% interval 0.30 to 0.91 (n = 6, adjusted Wald)
    >>> ces(answers, version="2.0", convention="index")
    CES 2.0 (6 and 7 minus 1 to 3) 16.7, 95% interval -34.5 to 56.7 (n = 6, adjusted Wald)
    """
    if version not in ("1.0", "2.0"):
        raise ValueError(
            f"version is {version!r}. Write '1.0' if the question asked for effort from 1 to 5, or '2.0' if it asked "
            "for agreement from 1 to 7 that it was made easy."
        )
    conventions = ("mean",) if version == "1.0" else ("mean", "top3", "index")
    if convention not in conventions:
        raise ValueError(f"convention is {convention!r}, but CES {version} knows: {', '.join(conventions)}.")
    scale = 5 if version == "1.0" else 7
    numbers = answered(ratings, 1, scale, "CES")
    if convention == "mean":
        name = f"CES {version} (mean of 1 to {scale}, {'low' if version == '1.0' else 'high'} is good)"
        return mean(numbers, confidence=confidence, scale=(1, scale), name=name)
    if convention == "top3":
        name = "CES 2.0 (share of 5 to 7)"
        return proportion(int((numbers >= 5).sum()), len(numbers), confidence=confidence, name=name)
    hard, easy = int((numbers <= 3).sum()), int((numbers >= 6).sum())
    # A difference of two shares of one sample, as the NPS is.
    index = nps(NPSCounts(hard, len(numbers) - hard - easy, easy), confidence=confidence)
    return replace(index, name="CES 2.0 (6 and 7 minus 1 to 3)")


def sample_size(
    half_width: float,
    *,
    share: float = 0.5,
    confidence: float = 0.95,
    method: Literal["adjusted Wald", "Wald"] = "adjusted Wald",
) -> int:
    """Number of answers after which the interval of a share reaches no further than `half_width` to each side.

    ``"adjusted Wald"`` gives the smallest n for the interval of `cxux_helpers.proportion`, before it is cut to
    [0, 1]. At a share of 0.5 that is z²/(4d²) − z², rounded up. ``"Wald"`` is the formula of most textbooks and
    calculators, z²p(1 − p)/d² rounded up: about z² (4 at 95 %) more at 0.5, but far too few near 0 and 1. Both count
    people who **answer**, drawn at random from many: with a response rate of 20 %, ask five times as many.

    Parameters
    ----------
    half_width : float
        How far the interval may reach to each side, as a share: 0.05 for five points. Above 0, below 1.
    share : float
        The share that you expect, in [0, 1]. 0.5 is the most cautious.
    confidence : float
        Confidence level, between 0 and 1 exclusive.
    method : {"adjusted Wald", "Wald"}
        Which interval it is planned for.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> sample_size(0.05), sample_size(0.05, method="Wald")
    (381, 385)
    """
    from scipy.stats import norm

    require_number("half_width", half_width, above=0, below=1, remedy="Write 0.05 for five points to each side.")
    require_number("share", share, low=0, high=1, remedy="Write 0.3 for 30 %.")
    require_number("confidence", confidence, above=0, below=1, remedy="Write 0.95 for 95 %.")
    z = float(norm.ppf((1 + confidence) / 2))
    if method == "Wald":
        return max(1, math.ceil(z**2 * share * (1 - share) / half_width**2))
    if method != "adjusted Wald":
        raise ValueError(f"method is {method!r}. Choose 'adjusted Wald' or 'Wald'.")

    def is_enough(n: int) -> bool:
        adjusted_n = n + z**2
        adjusted = (share * n + z**2 / 2) / adjusted_n
        return z * math.sqrt(adjusted * (1 - adjusted) / adjusted_n) <= half_width

    # No adjusted share needs more than one of a half, so the search ends there.
    enough_for_any = math.ceil(z**2 / (4 * half_width**2))
    return 1 + bisect_left(range(1, enough_for_any), True, key=is_enough)


class ExpectedInterval(NamedTuple):
    """Ends of an interval, cut to 0 and 1, and how far it reaches to each side before it is cut."""

    low: float
    high: float
    reach: float

    @property
    def points(self) -> str:
        """The reach in points, rounded up, so that what reads as 5.0 is never more than 5."""
        return f"{math.ceil(1000 * self.reach - 1e-9) / 10:.1f}"


def expected_interval(share: float, n: int) -> ExpectedInterval:
    """Adjusted Wald interval at 95 % that a survey of `n` answers may be expected to give.

    As in `cxux_helpers.proportion`, but `share` times `n` need not be a whole number of people.

    Parameters
    ----------
    share : float
        The share in the answers, in [0, 1].
    n : int
        Number of answers, at least 1.

    Returns
    -------
    ExpectedInterval

    Raises
    ------
    ValueError
        If an argument is out of range.

    Examples
    --------
    >>> low, high, reach = expected_interval(0.5, 100)
    >>> round(low, 3), round(high, 3), round(reach, 3)
    (0.404, 0.596, 0.096)
    """
    from statsmodels.stats.proportion import proportion_confint

    require_number("share", share, low=0, high=1, remedy="Write 0.3 for 30 %.")
    n = require_whole("n", n, low=1)
    low, high = (float(end) for end in proportion_confint(share * n, n, method="agresti_coull"))
    # Nothing is cut off on the side of the middle, and both sides are equally long.
    middle = (share * n + _Z2 / 2) / (n + _Z2)
    return ExpectedInterval(low, high, max(middle - low, high - middle))


_Z2 = 1.959963984540054**2  # square of the 97.5 % point of the normal distribution
