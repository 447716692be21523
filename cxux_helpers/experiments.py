"""Experiments: does a change make a difference, how many people are needed to see one, and what peeking does.

All tests here are two-sided and compare shares of independent groups: who was assigned to a group counts there,
whatever happened next. A small p-value says that chance alone would rarely give such a difference. It does not
say that the difference is large, nor that it is one that matters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.estimates import Estimate

__all__ = [
    "ArmsTest",
    "Peeking",
    "ProportionsTest",
    "compare_arms",
    "compare_proportions",
    "power_of_proportions",
    "sample_size_for_proportions",
    "simulate_peeking",
]

Formula = Literal["arcsine", "pooled"]
SMALLEST_EXPECTED = 1.0  # below this expected count in any cell, Fisher's exact test takes over


@dataclass(frozen=True)
class ProportionsTest:
    """Two shares compared.

    Parameters
    ----------
    difference
        First share minus second share, from -1 to 1, with its interval.
    p_value
        Probability of a difference at least as large if there were none, from 0 to 1.
    method
        Which test gave the p-value.
    """

    difference: Estimate
    p_value: float
    method: str

    def __repr__(self) -> str:
        return f"{self.difference!r}; p = {self.p_value:.3g} ({self.method})"


class ArmsTest(NamedTuple):
    """Several shares compared at once: Pearson's chi-squared statistic, its degrees of freedom and the p-value."""

    chi2: float
    df: int
    p_value: float


class Peeking(NamedTuple):
    """How often a test without any true difference was called a success.

    Attributes
    ----------
    at_the_end
        Share of experiments with p below the level at the planned end alone.
    at_any_look
        Share with p below the level at one look or more.
    """

    at_the_end: Estimate
    at_any_look: Estimate


def compare_proportions(
    successes_1: int, n_1: int, successes_2: int, n_2: int, *, confidence: float = 0.95
) -> ProportionsTest:
    """Compare two shares, such as the buyers among those who saw page A and page B.

    The p-value comes from the N−1 chi-squared test: Pearson's statistic times (N−1)/N, which holds its level in
    small groups too. If an expected count is below 1, Fisher's exact test takes its place. (The rival is the pooled
    z test, which is Pearson's statistic itself; with many people all of them agree.) The interval of the difference
    is that of Agresti and Caffo: one success and one failure are added to each group.

    Parameters
    ----------
    successes_1, successes_2 : int
        How many of each group did it.
    n_1, n_2 : int
        How many were assigned to each group, at least 1.
    confidence : float
        Confidence level of the interval, between 0 and 1 exclusive.

    Returns
    -------
    ProportionsTest

    Raises
    ------
    ValueError
        If a count is not whole, negative, or larger than its group.

    References
    ----------
    Campbell, I. (2007). Chi-squared and Fisher–Irwin tests of two-by-two tables with small sample
    recommendations. *Statistics in Medicine* 26, 3661–3675.

    Agresti, A., and Caffo, B. (2000). Simple and effective confidence intervals for proportions and differences
    of proportions result from adding two successes and two failures. *The American Statistician* 54, 280–288.

    Examples
    --------
    >>> compare_proportions(30, 72, 16, 65)
    Difference of shares 0.17, 95% interval 0.01 to 0.32 (n = 137, Agresti–Caffo); p = 0.0355 (N−1 chi-squared)
    """
    from scipy import stats
    from statsmodels.stats.proportion import confint_proportions_2indep

    pairs = [_group(successes_1, n_1, "1"), _group(successes_2, n_2, "2")]
    table = np.array([[hits, n - hits] for hits, n in pairs])
    total = table.sum()
    expected = np.outer(table.sum(axis=1), table.sum(axis=0)) / total
    if not table.sum(axis=0).all():
        p_value, method = 1.0, "all alike"
    elif expected.min() < SMALLEST_EXPECTED:
        p_value, method = float(stats.fisher_exact(table).pvalue), "Fisher's exact test"
    else:
        pearson = stats.chi2_contingency(table, correction=False).statistic
        p_value, method = float(stats.chi2.sf(pearson * (total - 1) / total, 1)), "N−1 chi-squared"
    (hits_1, n_1), (hits_2, n_2) = pairs
    low, high = confint_proportions_2indep(
        hits_1, n_1, hits_2, n_2, compare="diff", method="agresti-caffo", alpha=1 - confidence
    )
    difference = Estimate(
        hits_1 / n_1 - hits_2 / n_2, max(float(low), -1.0), min(float(high), 1.0), n_1 + n_2, confidence,
        "Agresti–Caffo", "Difference of shares",
    )  # fmt: skip
    return ProportionsTest(difference, p_value, method)


def compare_arms(arms: Mapping[str, tuple[int, int]]) -> ArmsTest:
    """Compare the shares of two or more groups at once by Pearson's chi-squared test, without correction.

    It answers whether the groups differ at all, not which of them does. Its p-value is an approximation that wants
    expected counts of about 5 or more.

    Parameters
    ----------
    arms : mapping
        For each group, how many did it and how many were assigned.

    Returns
    -------
    ArmsTest

    Raises
    ------
    ValueError
        If there are fewer than two groups, a count is impossible, or nobody or everybody did it.

    Examples
    --------
    A coffee bar put a joke, an advertisement or nothing on the bill, at random; some guests left a tip.

    >>> round(compare_arms({"joke": (30, 72), "advertisement": (14, 74), "none": (16, 65)}).chi2, 4)
    9.9533
    """
    from scipy import stats

    if len(arms) < 2:
        raise ValueError(f"there are {len(arms)} groups, but a comparison needs two or more.")
    pairs = [_group(hits, n, name) for name, (hits, n) in arms.items()]
    table = np.array([[hits, n - hits] for hits, n in pairs])
    if not table.sum(axis=0).all():
        raise ValueError("nobody, or everybody, did it in all groups, so there is nothing to compare.")
    result = stats.chi2_contingency(table, correction=False)
    return ArmsTest(float(result.statistic), int(result.dof), float(result.pvalue))


def power_of_proportions(share_1: float, share_2: float, n: int, *, level: float = 0.05) -> float:
    """Probability that `n` people in each group will show a true difference, by the arcsine formula.

    Parameters
    ----------
    share_1, share_2 : float
        The true shares, between 0 and 1 exclusive and not equal.
    n : int
        People in each group, at least 2.
    level : float
        Significance level of the two-sided test.

    Returns
    -------
    float
        From `level` to 1; high is good, and 0.8 a common aim.

    Examples
    --------
    The sample size that a power of 0.9 asks for gives that power (77 in each group, by either formula).

    >>> power_of_proportions(0.50, 0.75, 77) > 0.9 > power_of_proportions(0.50, 0.75, 76)
    True
    """
    from statsmodels.stats.power import NormalIndPower

    effect = _effect(share_1, share_2)
    n = require_whole("n", n, low=2)
    _require_share("level", level)
    return float(NormalIndPower().power(abs(effect), n, level))


def sample_size_for_proportions(
    share_1: float, share_2: float, *, power: float = 0.8, level: float = 0.05, formula: Formula = "arcsine"
) -> float:
    """How many people each group needs to show a true difference between two shares.

    Round up. The two formulas in use differ by little: ``"arcsine"`` works with Cohen's effect size h, ``"pooled"``
    takes the pooled variance under no difference and the separate ones under the difference.

    Parameters
    ----------
    share_1, share_2 : float
        The shares that are to be told apart, between 0 and 1 exclusive and not equal.
    power : float
        Probability of seeing the difference, between `level` and 1.
    level : float
        Significance level of the two-sided test.
    formula : {"arcsine", "pooled"}
        Which formula.

    Returns
    -------
    float
        People in each group, before rounding up.

    Raises
    ------
    ValueError
        If a share, `power` or `level` is out of range, the shares are equal, or the formula unknown.

    Examples
    --------
    >>> round(sample_size_for_proportions(0.50, 0.75, power=0.9), 3)
    76.653
    >>> round(sample_size_for_proportions(0.50, 0.75, power=0.9, formula="pooled"), 3)
    76.707
    """
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import samplesize_proportions_2indep_onetail

    effect = _effect(share_1, share_2)
    _require_share("level", level)
    require_number("power", power, above=level, below=1, remedy="0.8 is common.")
    if formula == "arcsine":
        return float(NormalIndPower().solve_power(abs(effect), alpha=level, power=power))
    if formula == "pooled":
        # statsmodels halves the level itself; the far tail of a two-sided test hardly counts.
        need = samplesize_proportions_2indep_onetail(share_1 - share_2, share_2, power, alpha=level)
        return float(need)
    raise ValueError(f"formula is {formula!r}; choose 'arcsine' or 'pooled'.")


def simulate_peeking(
    *, looks: int = 10, n: int = 1000, share: float = 0.1, level: float = 0.05, runs: int = 2000, seed: int = 0
) -> Peeking:
    """Run experiments without any true difference, and stop at the first look that seems to show one.

    Whoever looks again and again, and stops when p is small, finds differences that are not there far more often
    than `level` says. Here both groups have the same true share, so every success is a false one.

    Parameters
    ----------
    looks : int
        How often one looks, evenly spaced, the last time at the planned end; at least 1.
    n : int
        People in each group at the end, at least `looks`.
    share : float
        The true share in both groups, between 0 and 1 exclusive.
    level : float
        Significance level of each look, by the pooled z test.
    runs : int
        Number of simulated experiments.
    seed : int
        The same seed gives the same result.

    Returns
    -------
    Peeking

    Examples
    --------
    >>> lab = simulate_peeking(looks=10)
    >>> lab.at_the_end.value < 0.08 < lab.at_any_look.value
    True
    """
    from scipy import stats

    from cxux_helpers.estimates import proportion

    looks, runs = require_whole("looks", looks, low=1), require_whole("runs", runs, low=1)
    n = require_whole("n", n, low=looks)
    _require_share("share", share)
    _require_share("level", level)
    ends = np.linspace(n / looks, n, looks).round().astype(int)
    steps = np.diff(ends, prepend=0)
    rng = np.random.default_rng(seed)
    hits = rng.binomial(steps, share, size=(2, runs, looks)).cumsum(axis=2)
    pooled = hits.sum(axis=0) / (2 * ends)
    spread = np.sqrt(2 * pooled * (1 - pooled) / ends)
    gap = np.abs(hits[0] - hits[1]) / ends
    # Without a single success, or without a failure, there is no difference either.
    z = np.divide(gap, spread, out=np.zeros_like(gap), where=spread > 0)
    seen = z > stats.norm.isf(level / 2)
    return Peeking(
        proportion(int(seen[:, -1].sum()), runs, name="False alarms at the end"),
        proportion(int(seen.any(axis=1).sum()), runs, name="False alarms at any look"),
    )


def _group(hits: int, n: int, name: str) -> tuple[int, int]:
    n = require_whole(f"n of group {name}", n, low=1)
    hits = require_whole(f"successes of group {name}", hits, low=0)
    if hits > n:
        raise ValueError(f"group {name} has {hits} successes among {n} people. Give the successes first, then n.")
    return hits, n


def _require_share(name: str, share: float) -> None:
    require_number(name, share, above=0, below=1, remedy="Write 0.1 for 10 %.")


def _effect(share_1: float, share_2: float) -> float:
    from statsmodels.stats.proportion import proportion_effectsize

    _require_share("share_1", share_1)
    _require_share("share_2", share_2)
    if share_1 == share_2:
        raise ValueError(f"both shares are {share_1:g}, so there is no difference to see.")
    return float(proportion_effectsize(share_1, share_2))
