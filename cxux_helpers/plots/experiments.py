"""Pictures of experiments: shares of the groups with a verdict, power by sample size, and what peeking does."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter, StrMethodFormatter

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.estimates import Estimate, proportion
from cxux_helpers.experiments import (
    Peeking,
    compare_arms,
    compare_proportions,
    power_of_proportions,
    sample_size_for_proportions,
)
from cxux_helpers.plots.style import PALETTE, new_axes, percent, text_width
from cxux_helpers.plots.surveys import plot_estimates

__all__ = [
    "describe_arms",
    "describe_peeking",
    "describe_power",
    "plot_arms",
    "plot_peeking",
    "plot_power",
]


def plot_arms(arms: Mapping[str, tuple[int, int]], ax: Axes | None = None, *, level: float = 0.05) -> Axes:
    """Draw the share of each group of an experiment with its interval, and above them the verdict in words.

    Parameters
    ----------
    arms : mapping
        For each group, how many did it and how many were assigned; two groups or more.
    ax : Axes, optional
        Where to draw; the verdict stands above it.
    level : float
        Significance level of the test: `compare_proportions` for two groups, `compare_arms` for more.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        As `cxux_helpers.experiments.compare_arms` does.
    """
    verdict, shares = _verdict(arms, level), _shares(arms)
    if ax is None:
        left = text_width([f"{name} (n = {share.n})" for name, share in shares.items()])
        ax = new_axes(5.4 + left, 1.5 + 0.45 * len(shares), left=left, right=0.3, top=0.75)
    width = ax.get_position().width * ax.figure.bbox.width / ax.figure.get_dpi()
    plot_estimates(shares, ax)
    ax.set_title(textwrap.fill(verdict, int(13 * width)), loc="left", fontsize=10)
    return ax


def describe_arms(arms: Mapping[str, tuple[int, int]], *, level: float = 0.05) -> str:
    """Say in words what `plot_arms` shows: each share with its interval, and the verdict.

    Parameters
    ----------
    arms, level
        As for `plot_arms`.
    """
    verdict = _verdict(arms, level)
    rows = [
        f"{name}: {percent(share.value)} of {share.n:,} (95% interval {percent(share.low)} to {percent(share.high)})"
        for name, share in _shares(arms).items()
    ]
    return f"{'; '.join(rows)}. {verdict}"


def plot_power(
    share_1: float, share_2: float, ax: Axes | None = None, *, power: float = 0.8, level: float = 0.05
) -> Axes:
    """Draw how likely a test is to show a true difference, against the number of people in each group.

    Parameters
    ----------
    share_1, share_2 : float
        The true shares, between 0 and 1 exclusive and not equal.
    ax : Axes, optional
        Where to draw.
    power : float
        The power that is wanted; the number of people that gives it is marked.
    level : float
        Significance level of the two-sided test.

    Returns
    -------
    Axes
    """
    needed = _needed(share_1, share_2, power, level)
    if ax is None:
        ax = new_axes(7.2, 4.2, left=0.85, top=0.5, right=0.35)
    people = np.unique(np.linspace(2, max(2 * needed, 10), 80).round().astype(int))
    curve = [power_of_proportions(share_1, share_2, int(n), level=level) for n in people]
    reached = power_of_proportions(share_1, share_2, needed, level=level)
    label = f"Shares {100 * share_1:g}% and {100 * share_2:g}%, level {100 * level:g}%"
    ax.plot(people, curve, color=PALETTE[0], linewidth=2, label=label)
    ax.axhline(power, color="black", linestyle="--", linewidth=1, label=f"Wanted power: {percent(power)}")
    ax.plot(needed, reached, "D", color=PALETTE[1], markeredgecolor="black", markersize=10)
    ax.annotate(
        f"{needed:,} in each group", (needed, reached), (10, -14), textcoords="offset points", ha="left", va="top"
    )
    ax.set_ylim(0, 1.03)
    ax.set_xlim(0, people[-1])
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.locator_params(axis="x", nbins=6, integer=True)
    ax.set_xlabel("People in each group")
    ax.set_ylabel("Power: probability to see the difference")
    ax.grid(color="#dddddd")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return ax


def describe_power(share_1: float, share_2: float, *, power: float = 0.8, level: float = 0.05) -> str:
    """Say in two sentences what `plot_power` shows.

    Parameters
    ----------
    share_1, share_2, power, level
        As for `plot_power`.
    """
    needed = _needed(share_1, share_2, power, level)
    less, more = (
        percent(power_of_proportions(share_1, share_2, max(2, round(part * needed)), level=level)) for part in (0.5, 2)
    )
    return (
        f"To tell a share of {100 * share_1:g}% from one of {100 * share_2:g}% with a power of {percent(power)} (level "
        f"{100 * level:g}%), each group needs {needed:,} people. With half as many the power is {less}, with twice as "
        f"many {more}."
    )


def plot_peeking(by_looks: Mapping[int, Peeking], ax: Axes | None = None, *, level: float = 0.05) -> Axes:
    """Draw the share of false alarms by the number of looks: stopping at the first that shows one, or testing once.

    Parameters
    ----------
    by_looks : mapping
        For each number of looks what `cxux_helpers.experiments.simulate_peeking` gives.
    ax : Axes, optional
        Where to draw.
    level : float
        Significance level of each look: the share of false alarms that was promised.

    Returns
    -------
    Axes
    """
    looks = _looks(by_looks, level)
    if ax is None:
        ax = new_axes(max(6.6, 1.2 + 0.9 * len(looks)), 4.2, left=0.85, top=0.45, right=0.3)
    places = np.arange(len(looks))
    # Side by side, for with one look both are the same experiment.
    for shift, marker, colour, label, shares in (
        (-0.12, "o", PALETTE[0], "Stop at the first that shows one", [run.at_any_look for run in looks.values()]),
        (0.12, "s", "white", "Test once, at the end", [run.at_the_end for run in looks.values()]),
    ):  # fmt: skip
        values = np.array([share.value for share in shares])
        errors = [values - [share.low for share in shares], [share.high for share in shares] - values]
        ax.errorbar(
            places + shift, values, errors, fmt=marker, color=colour, ecolor="black", markeredgecolor="black",
            markersize=8, capsize=3, label=label,
        )  # fmt: skip
    for place, run in zip(places, looks.values(), strict=True):
        share = run.at_any_look
        ax.annotate(
            percent(share.value), (place - 0.12, share.high), (0, 5), textcoords="offset points", ha="center",
            fontsize=9,
        )  # fmt: skip
    ax.axhline(level, color="black", linestyle="--", linewidth=1, label=f"Promised: {100 * level:g}%")
    ax.set_xticks(places, [f"{number:,}" for number in looks])
    ax.set_xlim(-0.5, len(looks) - 0.5)
    ax.set_ylim(0, 1.18 * max(level, *(run.at_any_look.high for run in looks.values())))
    ax.yaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel("Looks at the running experiment, the last at its end")
    ax.set_ylabel("False alarms, and their 95% intervals")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.48, 1.0), ncols=3, frameon=False, columnspacing=1.0, fontsize=9)
    return ax


def describe_peeking(by_looks: Mapping[int, Peeking], *, level: float = 0.05) -> str:
    """Say in two sentences what `plot_peeking` shows.

    Parameters
    ----------
    by_looks, level
        As for `plot_peeking`.
    """
    looks = _looks(by_looks, level)
    shares = [f"{percent(run.at_any_look.value)} with {_counted(number, 'look')}" for number, run in looks.items()]
    at_the_end = [run.at_the_end.value for run in looks.values()]
    low, high = percent(min(at_the_end)), percent(max(at_the_end))
    once = low if low == high else f"{low} to {high}"
    return (
        f"Without any true difference, stopping at the first look that shows one gives false alarms in "
        f"{', '.join(shares)}. Testing once, at the planned end, gives them in {once}; {100 * level:g}% was promised."
    )


def _shares(arms: Mapping[str, tuple[int, int]]) -> dict[str, Estimate]:
    return {name: proportion(hits, n, name="Share") for name, (hits, n) in arms.items()}


def _verdict(arms: Mapping[str, tuple[int, int]], level: float) -> str:
    require_number("level", level, above=0, below=1, remedy="Write 0.05 for 5 %.")
    if len(arms) == 2:
        (hits_1, n_1), (hits_2, n_2) = arms.values()
        p_value, groups = compare_proportions(hits_1, n_1, hits_2, n_2).p_value, "the two groups"
    else:
        p_value, groups = compare_arms(arms).p_value, f"{len(arms)} groups"
    p = f"p = {p_value:.2g}" if p_value >= 0.001 else "p below 0.001"
    if p_value >= level:
        return (
            f"{p}: chance alone may well make {groups} differ as much as this. That does not show that they are alike."
        )
    which = "" if len(arms) == 2 else " Which of them differ, this test does not say."
    return f"{p}: chance alone would rarely make {groups} differ as much as this.{which}"


def _needed(share_1: float, share_2: float, power: float, level: float) -> int:
    return max(2, math.ceil(sample_size_for_proportions(share_1, share_2, power=power, level=level)))


def _looks(by_looks: Mapping[int, Peeking], level: float) -> dict[int, Peeking]:
    """In the order of the number of looks."""
    require_number("level", level, above=0, below=1, remedy="Write 0.05 for 5 %.")
    if not by_looks:
        raise ValueError("by_looks is empty. Give a result of simulate_peeking for one number of looks or more.")
    return {require_whole("a number of looks", number, low=1): by_looks[number] for number in sorted(by_looks)}


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")
