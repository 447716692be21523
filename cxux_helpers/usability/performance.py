"""What people did in a usability test: did they succeed, how long did it take, which problems showed, were they lost.

Answers to questionnaires are in `cxux_helpers.usability.questionnaires`, tree tests and first clicks in
`cxux_helpers.usability.findability`.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.estimates import Estimate, mean, proportion
from cxux_helpers.ratings import (
    Outcomes,
    Ratings,
    read_outcomes,
    read_ratings,
    require_same_people,
)
from cxux_helpers.tables import refuse_rows

__all__ = ["completion_rate", "lostness", "problem_discovery", "time_on_task", "users_needed"]


def completion_rate(
    completed: int | Outcomes,
    n: int | None = None,
    *,
    estimate: Literal["mle", "laplace", "wilson", "jeffreys"] = "mle",
    confidence: float = 0.95,
) -> Estimate:
    """Share of people who completed a task, with its adjusted Wald interval.

    Higher is better; the value lies in [0, 1]. With x successes among n people, and z the normal quantile of
    the confidence level (1.96 at 95 %), the single best guess can be

    - ``"mle"``: x / n, what was seen (maximum likelihood)
    - ``"laplace"``: (x + 1) / (n + 2)
    - ``"wilson"``: (x + z²/2) / (n + z²), the middle of the adjusted Wald interval
    - ``"jeffreys"``: (x + 0.5) / (n + 1)

    The last three do not call a task perfect because five people in a row managed it. Lewis and Sauro (2006)
    found LaPlace the most accurate for small samples if nothing is known beforehand; if the true rate is surely
    above 0.5, Wilson below a seen rate of 0.5, LaPlace above 0.9, and x / n between. The interval is the same for
    all four: see `cxux_helpers.estimates.proportion`.

    Parameters
    ----------
    completed : array of bool, or int
        One outcome per person (True and False, or 1 and 0); or, together with `n`, the number of successes.
    n : int, optional
        Number of people, if `completed` is a number.
    estimate : {"mle", "laplace", "wilson", "jeffreys"}
        Which point estimate to give.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If there are no people, an outcome is missing or no yes or no, a count is impossible, or `estimate` is
        unknown.

    References
    ----------
    Lewis, J. R., and Sauro, J. (2006). When 100% really isn't 100%: improving the accuracy of small-sample
    estimates of completion rates. *Journal of Usability Studies* 1(3), 136–150.

    Examples
    --------
    >>> completion_rate(4, 5)
    Completion rate 0.80, 95% interval 0.36 to 0.98 (n = 5, adjusted Wald)
    >>> completion_rate([True, True, False, True, True], estimate="laplace")
    Completion rate 0.71, 95% interval 0.36 to 0.98 (n = 5, LaPlace estimate, adjusted Wald)
    """
    if n is None:
        if np.ndim(completed) == 0:
            raise ValueError(
                f"completed is {completed!r}, but n is missing. Give the outcomes of all people, or the number of "
                "successes and the number of people."
            )
        outcomes = read_outcomes(completed, name="completed")  # type: ignore[arg-type]
        x, n = int(outcomes.sum()), len(outcomes)
    else:
        x, n = require_whole("completed", completed, low=0), require_whole("n", n, low=1)  # type: ignore[arg-type]
    rate = proportion(x, n, confidence=confidence, name="Completion rate")
    if estimate == "mle":
        return rate
    z2 = _z_squared(confidence)
    guesses = {
        "laplace": ((x + 1) / (n + 2), "LaPlace"),
        "wilson": ((x + z2 / 2) / (n + z2), "Wilson"),
        "jeffreys": ((x + 0.5) / (n + 1), "Jeffreys"),
    }
    if estimate not in guesses:
        raise ValueError(f"estimate is {estimate!r}. Give 'mle', 'laplace', 'wilson' or 'jeffreys'.")
    value, author = guesses[estimate]
    return replace(rate, value=value, method=f"{author} estimate, {rate.method}")


def time_on_task(
    times: Ratings,
    completed: Outcomes | None = None,
    *,
    average: Literal["geometric", "median"] = "geometric",
    confidence: float = 0.95,
) -> Estimate:
    """Typical time of those who completed a task, with its interval, in the unit of `times`.

    Lower is better. Only successes count: people who fail often give up early, and would make a bad design look
    fast. Give `completed` to have the failures left out; without it, all times are taken to be of successes.

    Times have a long tail to the right, so the arithmetic mean overstates the typical time. For up to about 25
    people the geometric mean is the better guess of the middle (Sauro and Lewis 2010): the mean of the
    logarithms, with its t interval, both turned back into times. It stays the default for every n, so that a
    26th person does not change the measure; above 25 people, ask for the median. Its interval runs between
    ranks of the times (binomial), needs no shape at all, and is wide for few people: below 6 of them, 95 %
    cannot be had, and the interval reaches from 0 to infinity.

    Parameters
    ----------
    times : array of float
        One time per person, above 0.
    completed : array of bool, optional
        Whether that person completed the task. Times of failures are not used, and may be missing.
    average : {"geometric", "median"}
        Which average to give.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        `n` is the number of successes. One time alone bounds nothing: its interval reaches from 0 to infinity.

    Raises
    ------
    ValueError
        If nobody completed the task, a time of a success is missing, no number or not above 0, the two columns
        are not about the same people, or `average` is unknown.

    References
    ----------
    Sauro, J., and Lewis, J. R. (2010). Average task times in usability tests: what to report? *Proceedings of
    CHI 2010*, 2347–2350.

    Examples
    --------
    >>> time_on_task([55, 65, 75, 62, 45, 135])
    Time on task 68.2, 95% interval 46.0 to 101.2 (n = 6, geometric mean of successes, t on logarithms)
    >>> time_on_task([55, 65, 20], [True, True, False]).n
    2
    """
    if average not in ("geometric", "median"):
        raise ValueError(f"average is {average!r}. Give 'geometric' or 'median'.")
    seconds = read_ratings(times, low=-math.inf, high=math.inf, whole=False, missing=True, name="times")
    succeeded = pd.Series(True, index=seconds.index)
    if completed is not None:
        require_same_people(times, completed, ("times", "completed"))
        succeeded = pd.Series(read_outcomes(completed, name="completed").to_numpy(), index=seconds.index)
    refuse_rows(seconds, succeeded & seconds.isna(), "no time of a success", "Leave that person out, and say so.")
    bad = succeeded & ~((seconds > 0) & np.isfinite(seconds))
    refuse_rows(seconds, bad, "a time of a success that is not above 0", "Look the times up, all in one unit.")
    values = seconds[succeeded].to_numpy()
    if not values.size:
        raise ValueError("nobody completed the task, so there is no time on task. Report the completion rate alone.")
    if average == "median":
        return _median(values, confidence)
    logs = mean(np.log(values), confidence=confidence)
    # One time alone, or two far apart at a high confidence, are bounded by infinity.
    with np.errstate(over="ignore"):
        value, low, high = np.exp([logs.value, logs.low, logs.high]).tolist()
    method = "geometric mean of successes, t on logarithms"
    return Estimate(value, low, high, len(values), confidence, method, "Time on task")


def problem_discovery(p: float, n: int) -> float:
    """Probability that a test with `n` people shows a problem at least once: 1 − (1 − p)ⁿ.

    It is also the share of all such problems that the test is expected to show. Problems differ, so a single p for
    all of them promises too much: the rare ones, which can be the worst, stay hidden much longer.

    Parameters
    ----------
    p : float
        Share of people whom the problem hits, between 0 and 1 exclusive.
    n : int
        Number of people, at least 1.

    Returns
    -------
    float
        In (0, 1]; high is good.

    Raises
    ------
    ValueError
        If `p` is not between 0 and 1, or `n` no whole number of 1 or more.

    References
    ----------
    Virzi, R. A. (1992). Refining the test phase of usability evaluation: how many subjects is enough? *Human
    Factors* 34(4), 457–468.

    Examples
    --------
    Five people and a problem that hits 31 of 100, the case behind "five users are enough":

    >>> round(problem_discovery(0.31, 5), 2)
    0.84
    >>> round(problem_discovery(0.05, 5), 2)
    0.23
    """
    require_number("p", p, above=0, below=1)
    return -math.expm1(require_whole("n", n, low=1) * math.log1p(-p))


def users_needed(p: float, goal: float, *, whole: bool = True) -> float:
    """Number of people who show a problem at least once with probability `goal`: ln(1 − goal) / ln(1 − p).

    Parameters
    ----------
    p : float
        Share of people whom the problem hits, between 0 and 1 exclusive.
    goal : float
        Probability to reach, between 0 and 1 exclusive.
    whole : bool
        Whether to round up to whole people. Without, the bare quotient is given, as some tables print it.

    Returns
    -------
    int or float
        The smallest number of people with ``problem_discovery(p, n) >= goal``; low is cheap.

    Raises
    ------
    ValueError
        If `p` or `goal` is not between 0 and 1.

    Examples
    --------
    >>> users_needed(0.10, 0.90)
    22
    >>> round(users_needed(0.10, 0.90, whole=False), 2)
    21.85
    """
    require_number("p", p, above=0, below=1)
    require_number("goal", goal, above=0, below=1, remedy="Certainty would take everybody; write 0.9 for 90 %.")
    people = math.log1p(-goal) / math.log1p(-p)
    if not whole:
        return people
    # Where the goal is met exactly, as 0.19 is by two people at p = 0.1, rounding must not add a third.
    nearest = round(people)
    return nearest if math.isclose(people, nearest, rel_tol=1e-9) else math.ceil(people)


def lostness(unique: int, total: int, minimum: int) -> float:
    """How lost somebody was on the way to a page: √((N/S − 1)² + (R/N − 1)²).

    0 is the shortest way; low is good. Below 0.4 people did not look lost to Smith (1996), above 0.5 they did. The
    value stays below √2. It describes a task that was finished: who saw fewer pages than it needs gave up, and
    has no lostness.

    Parameters
    ----------
    unique : int
        N, different pages visited.
    total : int
        S, page visits with the repeated ones.
    minimum : int
        R, fewest pages with which the task can be done; the first and the last page count.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a number is no whole number of 1 or more, or not ``minimum <= unique <= total``.

    References
    ----------
    Smith, P. A. (1996). Towards a practical measure of hypertext usability. *Interacting with Computers* 8(4),
    365–381.

    Examples
    --------
    The example of Tullis and Albert, *Measuring the User Experience*: six pages in nine visits where three would do.

    >>> round(lostness(unique=6, total=9, minimum=3), 2)
    0.6
    """
    pages = {"unique": unique, "total": total, "minimum": minimum}
    n, s, r = (require_whole(name, number, low=1) for name, number in pages.items())
    if n > s:
        raise ValueError(
            f"unique is {n}, above total, {s}. Count repeated visits in total; perhaps the two are swapped."
        )
    if r > n:
        raise ValueError(f"unique is {n}, below minimum, {r}. Leave unfinished tasks out, or correct the minimum.")
    return math.hypot(n / s - 1, r / n - 1)


def _median(values: np.ndarray, confidence: float) -> Estimate:
    from scipy.stats import quantile_test

    require_number("confidence", confidence, above=0, below=1, remedy="Write 0.95 for 95 %.")
    low, high = quantile_test(values, p=0.5).confidence_interval(confidence)
    low, high = (0.0, math.inf) if math.isnan(low) else (float(low), float(high))
    method = "median of successes, binomial ranks"
    return Estimate(float(np.median(values)), low, high, len(values), confidence, method, "Time on task")


def _z_squared(confidence: float) -> float:
    """Square of the normal quantile, which is the quantile of chi-squared with one degree of freedom."""
    from scipy.stats import chi2

    return float(chi2.ppf(confidence, 1))
