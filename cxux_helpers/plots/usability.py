"""Pictures of usability tests: completion, SUS against its grades, times, and the discovery of problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator, PercentFormatter, ScalarFormatter

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.estimates import Estimate
from cxux_helpers.plots.style import MARKERS, PALETTE, new_axes, text_width
from cxux_helpers.plots.surveys import describe_estimates, plot_estimates
from cxux_helpers.ratings import read_outcomes, read_ratings
from cxux_helpers.tables import require_columns
from cxux_helpers.usability.performance import problem_discovery, time_on_task, users_needed
from cxux_helpers.usability.questionnaires import SUS_GRADES, sus_grade

__all__ = [
    "describe_completion",
    "describe_discovery",
    "describe_sus",
    "describe_times",
    "plot_completion",
    "plot_discovery",
    "plot_sus",
    "plot_times",
]

# Where the letters change, pluses and minuses left out: they would not fit.
_LETTERS = {"F": 0.0, "D": SUS_GRADES["D"], "C": SUS_GRADES["C-"], "B": SUS_GRADES["B-"], "A": SUS_GRADES["A-"]}
_MIDDLE_STUDY = 68


def plot_completion(rates: Mapping[str, Estimate], ax: Axes | None = None) -> Axes:
    """Draw completion rates below one another, each with its interval, on the whole scale from 0 to 1.

    Parameters
    ----------
    rates : Mapping of str to Estimate
        What each row is called, and its rate, as `cxux_helpers.usability.performance.completion_rate` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    ax = plot_estimates(rates, ax or _rows(rates))
    ax.set_xlim(-0.03, 1.03)
    ax.set_xticks(np.linspace(0, 1, 6))
    return ax


def describe_completion(rates: Mapping[str, Estimate]) -> str:
    """Say in two sentences what `plot_completion` shows.

    Parameters
    ----------
    rates : Mapping of str to Estimate
        As for `plot_completion`.
    """
    return describe_estimates(rates)


def plot_sus(studies: Mapping[str, Estimate], ax: Axes | None = None) -> Axes:
    """Draw mean SUS scores of studies with their intervals, against the letters of the curved grades.

    Parameters
    ----------
    studies : Mapping of str to Estimate
        What each row is called, and its mean, as `cxux_helpers.usability.questionnaires.sus` gives it.
    ax : Axes, optional
        Where to draw; the letters stand above it.

    Returns
    -------
    Axes
    """
    ax = plot_estimates(studies, ax or _rows(studies, top=0.5))
    ax.grid(visible=False)
    for place, ((letter, left), (_, right)) in enumerate(pairwise([*_LETTERS.items(), ("", 100.0)])):
        ax.axvspan(left, right, color="#ffffff" if place % 2 else "#e8e8e8", zorder=0)
        ax.annotate(
            letter, ((left + right) / 2, 1), (0, 4), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha="center", fontsize=11,
        )  # fmt: skip
    ax.axvline(_MIDDLE_STUDY, color="black", linestyle=":", linewidth=1.2)
    ax.set_xlim(0, 100)
    ax.set_xlabel(f"{ax.get_xlabel()} (dotted: the middle study, {_MIDDLE_STUDY})")
    return ax


def describe_sus(studies: Mapping[str, Estimate]) -> str:
    """Say in two sentences, and one on the grades, what `plot_sus` shows.

    Parameters
    ----------
    studies : Mapping of str to Estimate
        As for `plot_sus`.
    """
    rows = [
        f"{name} gets {_with_article(sus_grade(study))} (its interval goes from "
        f"{sus_grade(study.low)} to {sus_grade(study.high)})"
        for name, study in studies.items()
    ]
    return f"{describe_estimates(studies)} On the curved scale of grades, {'; '.join(rows)}."


def plot_times(
    sessions: pd.DataFrame,
    ax: Axes | None = None,
    *,
    group: str = "prototype",
    seconds: str = "seconds",
    completed: str = "completed",
) -> Axes:
    """Draw every time on task, successes apart from failures, and the geometric mean of the successes.

    The time axis is logarithmic: a step to the right multiplies. Failures are shown, for they happened, but they do not
    count in the mean.

    Parameters
    ----------
    sessions : DataFrame
        One row per person and group.
    ax : Axes, optional
        Where to draw.
    group, seconds, completed : str
        Names of its columns.

    Returns
    -------
    Axes
    """
    parts = _sessions(sessions, group, seconds, completed)
    names = [f"{name} ({int(done.sum())} of {len(done)} done)" for name, (_, done) in parts.items()]
    if ax is None:
        left = text_width(names)
        ax = new_axes(left + 5.6, 1.3 + 0.75 * len(names), left=left, right=0.3, top=0.45)
    for row, (times, done) in enumerate(parts.values()):
        # Even steps up and down keep dots of equal times apart, and the same picture every time.
        places = row + 0.22 + 0.12 * np.resize([-1, 0, 1], len(times))
        for mask, marker, colour, label in (
            (done, "o", PALETTE[0], "Done"),
            (~done, "x", PALETTE[5], "Not done"),
        ):
            ax.plot(times[mask], places[mask], marker, color=colour, alpha=0.8, label=label if row == 0 else None)
        if done.any():
            typical = time_on_task(times[done])
            shown = np.clip([typical.low, typical.high], times.min() / 4, times.max() * 4)
            ax.plot(shown, [row - 0.18] * 2, color="black", linewidth=3)
            ax.plot(typical.value, row - 0.18, "D", color="white", markeredgecolor="black", markersize=9)
            ax.annotate(
                f"{typical.value:.0f}", (typical.value, row - 0.18), (0, 8), textcoords="offset points",
                ha="center", fontsize=9,
            )  # fmt: skip
    ax.plot([], [], "D-", color="black", markerfacecolor="white", label="Geometric mean of those done, 95% interval")
    ax.set_xscale("log")
    ax.xaxis.set_major_formatter(ScalarFormatter())
    ax.set_xticks(_round_times(*ax.get_xlim()))
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_yticks(range(len(names)), names)
    ax.set_ylim(len(names) - 0.4, -0.7)
    ax.set_xlabel(f"{seconds.capitalize()} (log scale)")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, fontsize=9)
    return ax


def describe_times(
    sessions: pd.DataFrame, *, group: str = "prototype", seconds: str = "seconds", completed: str = "completed"
) -> str:
    """Say in one sentence for each group what `plot_times` shows.

    Parameters
    ----------
    sessions, group, seconds, completed
        As for `plot_times`.
    """
    rows = []
    for name, (times, done) in _sessions(sessions, group, seconds, completed).items():
        start = f"{name}: {int(done.sum())} of {len(done)} people completed the task"
        if not done.any():
            rows.append(f"{start}.")
            continue
        typical = time_on_task(times[done])
        rows.append(
            f"{start}, typically in {typical.value:.0f} {seconds} (geometric mean, 95% interval {typical.low:.0f} to "
            f"{typical.high:.0f})"
            + (f"; the others stopped at {np.median(times[~done]):.0f} (median)." if (~done).any() else ".")
        )
    return " ".join(rows)


def plot_discovery(shares: Sequence[float] = (0.05, 0.10, 0.31), ax: Axes | None = None, *, n: int = 20) -> Axes:
    """Draw the probability that a test shows a problem at least once, against the number of people.

    Parameters
    ----------
    shares : sequence of float
        Shares of people whom problems hit; one line for each.
    ax : Axes, optional
        Where to draw.
    n : int
        Most people to show.

    Returns
    -------
    Axes
    """
    _require_shares(shares, n)
    if ax is None:
        ax = new_axes(7.5, 4.2, left=0.7, right=1.3)
    people = np.arange(1, n + 1)
    ends = []
    for line, share in enumerate(shares):
        seen = [problem_discovery(share, int(number)) for number in people]
        ends.append(seen[-1])
        ax.plot(
            people, seen, f"{MARKERS[line % len(MARKERS)]}-", color=PALETTE[line % len(PALETTE)],
            markeredgecolor="black", markersize=6, label=f"hits {100 * share:g}%",
        )  # fmt: skip
    for share, seen_last, height in zip(shares, ends, _apart(ends, 0.06), strict=True):
        ax.annotate(
            f"hits {100 * share:g}%", (n, seen_last), (n + 0.025 * n, height), va="center", fontsize=10,
            annotation_clip=False,
        )  # fmt: skip
    ax.set_ylim(0, 1.03)
    ax.set_xlim(0.5, n + 0.3)
    ax.set_yticks(np.linspace(0, 1, 6))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_xticks(range(1, n + 1, max(1, round(n / 10))))
    ax.set_xlabel("People in the test")
    ax.set_ylabel("Probability to see the problem")
    ax.grid(color="#dddddd")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def describe_discovery(shares: Sequence[float] = (0.05, 0.10, 0.31), *, n: int = 20) -> str:
    """Say in a sentence for each line what `plot_discovery` shows.

    Parameters
    ----------
    shares, n
        As for `plot_discovery`.
    """
    _require_shares(shares, n)
    few = min(5, n)
    return " ".join(
        f"A problem that hits {100 * share:g}% of people shows with probability {problem_discovery(share, few):.0%} "
        f"among {few} and {problem_discovery(share, n):.0%} among {n}; for 85% it takes {users_needed(share, 0.85)}."
        for share in shares
    )


def _rows(estimates: Mapping[str, Estimate], top: float = 0.2) -> Axes | None:
    """Axes with room for the names, however long; none for no estimates, which `plot_estimates` refuses."""
    if not estimates:
        return None
    left = text_width([f"{name} (n = {estimate.n})" for name, estimate in estimates.items()])
    return new_axes(left + 5.4, 0.75 + top + 0.42 * len(estimates), left=left, right=0.3, top=top)


def _with_article(grade: str) -> str:
    return f"{'an' if grade[0] in 'AF' else 'a'} {grade}"


def _sessions(
    sessions: pd.DataFrame, group: str, seconds: str, completed: str
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Times and outcomes of each group, in the order of the groups' names."""
    remedy = "Pass group='…', seconds='…' and completed='…' with the names of the columns."
    require_columns(sessions, (group, seconds, completed), remedy)
    times = read_ratings(sessions[seconds], low=np.finfo(float).tiny, high=np.finfo(float).max, whole=False).to_numpy()
    done = read_outcomes(sessions[completed], name=completed).to_numpy()
    places = sessions.groupby(group, observed=True).indices
    return {str(name): (times[rows], done[rows]) for name, rows in places.items()}


def _round_times(low: float, high: float) -> list[float]:
    """Times like 10, 20, 50 and 100 between two others."""
    decades = 10.0 ** np.arange(np.floor(np.log10(low)), np.ceil(np.log10(high)) + 1)
    return [time for decade in decades for time in (decade, 2 * decade, 5 * decade) if low <= time <= high]


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """Heights of labels, moved down where they would cover one another."""
    order = sorted(range(len(heights)), key=lambda place: -heights[place])
    moved, ceiling = list(heights), np.inf
    for place in order:
        moved[place] = ceiling = min(moved[place], ceiling - gap)
    return moved


def _require_shares(shares: Sequence[float], n: int) -> None:
    require_whole("n", n, low=2)
    if not len(shares):
        raise ValueError("shares is empty. Give the share of people that a problem hits, like [0.1].")
    for share in shares:
        require_number("a share", share, above=0, below=1, remedy="Write 0.1 for 10 %.")
