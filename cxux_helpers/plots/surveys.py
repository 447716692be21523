"""Pictures of surveys: scores with their intervals, ratings behind an NPS, Kano features and SERVQUAL gaps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxux_helpers.estimates import Estimate
from cxux_helpers.plots.style import MARKERS, PALETTE, new_axes, percent, text_width
from cxux_helpers.ratings import Ratings
from cxux_helpers.surveys.kano import KANO_CLASSES
from cxux_helpers.surveys.nps import answered, nps, nps_counts
from cxux_helpers.tables import require_columns

__all__ = [
    "describe_estimates",
    "describe_kano",
    "describe_nps",
    "describe_servqual",
    "plot_estimates",
    "plot_kano",
    "plot_nps",
    "plot_servqual",
]

# Dark enough for small text on white: a contrast of 7.
_GREY = "#595959"


def plot_estimates(estimates: Mapping[str, Estimate], ax: Axes | None = None) -> Axes:
    """Draw estimates below one another, each with its interval: shares, scores or means of several groups.

    Parameters
    ----------
    estimates : Mapping of str to Estimate
        What each row is called, and its estimate. All are of one metric, in one unit.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_one_metric(estimates)
    names = [f"{name} (n = {estimate.n})" for name, estimate in estimates.items()]
    if ax is None:
        ax = new_axes(7.5, 0.9 + 0.42 * len(names), left=text_width(names), right=0.3)
    places = np.arange(len(names))
    values = np.array([estimate.value for estimate in estimates.values()])
    ends = np.array([(estimate.low, estimate.high) for estimate in estimates.values()]).T
    ax.hlines(places, *ends, color=PALETTE[0], linewidth=3)
    ax.plot(values, places, "o", color="white", markeredgecolor="black", markersize=9)
    for place, estimate in zip(places, estimates.values(), strict=True):
        number, _, _ = repr(estimate).removeprefix(f"{estimate.name} ").partition(",")
        ax.annotate(number, (estimate.value, place), (0, 8), textcoords="offset points", ha="center", fontsize=9)
    ax.set_yticks(places, names)
    ax.set_ylim(len(names) - 0.5, -0.7)
    first = next(iter(estimates.values()))
    ax.set_xlabel(f"{first.name} and its {100 * first.confidence:g}% interval")
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="x", color="#dddddd")
    ax.set_axisbelow(True)
    return ax


def describe_estimates(estimates: Mapping[str, Estimate]) -> str:
    """Say in two sentences what `plot_estimates` shows.

    Parameters
    ----------
    estimates : Mapping of str to Estimate
        As for `plot_estimates`.
    """
    _require_one_metric(estimates)
    rows = sorted(estimates.items(), key=lambda row: row[1].value)
    (lowest, low), (highest, high) = rows[0], rows[-1]
    if len(rows) == 1:
        return f"{lowest}: {low}. There is nothing to compare it with."
    apart = "do not overlap" if low.high < high.low else "overlap"
    return f"Of {len(rows)}, {highest} is highest: {high}. {lowest} is lowest: {low}; the intervals of the two {apart}."


def plot_nps(ratings: Ratings, ax: Axes | None = None, *, confidence: float = 0.95) -> Axes:
    """Draw how many customers gave each rating from 0 to 10, and above it the NPS with its interval.

    Parameters
    ----------
    ratings : array of int
        As `cxux_helpers.surveys.nps` takes them.
    ax : Axes, optional
        Where to draw; the strip with the score stands above it.
    confidence : float
        Confidence level of the interval.

    Returns
    -------
    Axes
    """
    counts, score = nps_counts(ratings), nps(ratings, confidence=confidence)
    numbers = np.bincount(answered(ratings, 0, 10, "NPS").to_numpy(dtype=int), minlength=11)
    if ax is None:
        ax = new_axes(7.5, 4.4, left=0.7, top=1.35)
    for name, first, last, count, colour, hatch in (
        ("Detractors", 0, 6, counts.detractors, PALETTE[5], "////"),
        ("Passives", 7, 8, counts.passives, PALETTE[7], ""),
        ("Promoters", 9, 10, counts.promoters, PALETTE[0], "...."),
    ):
        own = np.arange(first, last + 1)
        label = f"{name} {first}–{last}: {percent(count / counts.n)}"
        bars = ax.bar(own, numbers[own], 0.8, color=colour, hatch=hatch, edgecolor="black", linewidth=0.6, label=label)
        ax.bar_label(bars, padding=2, fontsize=9)
    ax.set_xticks(range(11))
    ax.set_xlabel("How likely to recommend (0 to 10)")
    ax.set_ylabel("Customers")
    ax.set_ylim(0, 1.12 * numbers.max())
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False)

    strip = ax.inset_axes((0, 1.25, 1, 0.08))
    strip.plot([score.low, score.high], [0, 0], color=PALETTE[0], linewidth=5, solid_capstyle="butt")
    strip.plot(score.value, 0, "o", color="white", markeredgecolor="black", markersize=9)
    strip.set_xlim(-100, 100)
    strip.set_ylim(-1, 1)
    strip.set_xticks(range(-100, 101, 50))
    strip.yaxis.set_visible(False)
    strip.spines[["top", "left", "right"]].set_visible(False)
    strip.axvline(0, color="black", linewidth=0.8)
    strip.set_title(str(score), fontsize=10)
    return ax


def describe_nps(ratings: Ratings, *, confidence: float = 0.95) -> str:
    """Say in two sentences what `plot_nps` shows.

    Parameters
    ----------
    ratings : array of int
        As `cxux_helpers.surveys.nps` takes them.
    confidence : float
        Confidence level of the interval.
    """
    counts = nps_counts(ratings)
    most = answered(ratings, 0, 10, "NPS").mode().iloc[0]
    return (
        f"Of {counts.n:,} customers, {percent(counts.promoters / counts.n)} are promoters, "
        f"{percent(counts.passives / counts.n)} passives and {percent(counts.detractors / counts.n)} detractors; the "
        f"most frequent rating is {most:.0f}. {nps(ratings, confidence=confidence)}."
    )


def plot_kano(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw each feature by its coefficients: how far lacking it hurts across, how far having it helps upwards.

    A feature's number is in its marker, which has the shape of its class and is filled if the class is clear. The
    thin lines are the intervals. Reverse and questionable answers are in neither coefficient: where many are, go by
    the class and not by the place.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.surveys.kano` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_kano(table)
    styles = dict(zip(KANO_CLASSES, zip(MARKERS, PALETTE, strict=False), strict=False))
    labels = [
        f"{number} {name}: {row['class']}" + ("" if row["clear"] else f" or {row['second']}")
        for number, (name, row) in enumerate(table.iterrows(), start=1)
    ]
    if ax is None:
        right = 0.5 + text_width([*labels, "(empty: class not clear)"])
        ax = new_axes(5.3 + right, 4.9, left=0.75, right=right)
    ax.axhline(0.5, color=_GREY, linewidth=0.8)
    ax.axvline(0.5, color=_GREY, linewidth=0.8)
    for x, y, name in ((0, 1, "Attractive"), (1, 1, "One-dimensional"), (0, 0, "Indifferent"), (1, 0, "Must-be")):
        side, edge = ("left", "right")[x], ("bottom", "top")[y]
        ax.annotate(name, (x, y), (4 - 8 * x, 4 - 8 * y), textcoords="offset points", ha=side, va=edge, color=_GREY)
    for number, (label, (_, row)) in enumerate(zip(labels, table.iterrows(), strict=True), start=1):
        marker, colour = styles[row["class"]]
        x, y = -row["worse"], row["better"]
        ax.plot([-row["worse_high"], -row["worse_low"]], [y, y], color="black", linewidth=0.7)
        ax.plot([x, x], [row["better_low"], row["better_high"]], color="black", linewidth=0.7)
        ax.plot(
            x, y, marker, color=colour, markerfacecolor=colour if row["clear"] else "white", markersize=17,
            markeredgecolor="black", linestyle="", label=label,
        )  # fmt: skip
        ax.annotate(str(number), (x, y), ha="center", va="center", fontsize=9, fontweight="bold", bbox={
            "boxstyle": "circle,pad=0.1", "facecolor": "white", "edgecolor": "none",
        })  # fmt: skip
    ax.set_xlim(-0.03, 1.03)
    ax.set_ylim(-0.03, 1.03)
    ax.set_xlabel("Lacking it hurts: −worse, 0 to 1")
    ax.set_ylabel("Having it helps: better, 0 to 1")
    ax.legend(
        title="Feature and class\n(empty: class not clear)", loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False,
        labelspacing=1.1, alignment="left", borderaxespad=0,
    )  # fmt: skip
    return ax


def describe_kano(table: pd.DataFrame) -> str:
    """Say in two sentences what `plot_kano` shows.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.surveys.kano` gives it.
    """
    _require_kano(table)
    groups = [
        f"{KANO_CLASSES[letter]}: {', '.join(map(str, own.index))}"
        for letter, own in ((letter, table[table["class"] == letter]) for letter in KANO_CLASSES)
        if len(own)
    ]
    unclear = table.index[~table["clear"]]
    doubt = f"not clear for {', '.join(map(str, unclear))}" if len(unclear) else "clear for all"
    best, worst = table["better"].idxmax(), table["worse"].idxmin()
    return (
        f"Of {len(table)} features, by class, {'; '.join(groups)}; the class is {doubt}. Having {best} helps most "
        f"(better {table['better'].max():.2f}), and lacking {worst} hurts most (worse {table['worse'].min():.2f})."
    )


def plot_servqual(gaps: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the gap between perception and expectation, with its interval, for each dimension or item.

    Parameters
    ----------
    gaps : DataFrame
        The ``dimensions`` or ``items`` of `cxux_helpers.surveys.servqual.servqual_gap`.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_gaps(gaps)
    names = _gap_names(gaps)
    if ax is None:
        ax = new_axes(7.5, 1.1 + 0.36 * len(names), left=text_width(names), right=0.65, top=0.5)
    values = gaps["gap"].to_numpy(dtype=float)
    places = np.arange(len(names))
    for own, label, colour, hatch in (
        (values < 0, "Falls short", PALETTE[5], "////"),
        (values >= 0, "Meets or exceeds", PALETTE[0], ""),
    ):
        if own.any():
            ax.barh(
                places[own], values[own], 0.6, label=label, color=colour, hatch=hatch, edgecolor="black", linewidth=0.6
            )
    # A white rim keeps the interval apart from the bar.
    ax.hlines(places, gaps["low"], gaps["high"], color="white", linewidth=5)
    ax.hlines(places, gaps["low"], gaps["high"], color="black", linewidth=2)
    # The numbers stand in a column of their own, clear of bars and intervals.
    for place, value in zip(places, values, strict=True):
        ax.annotate(f"{value:+.2f}", (1, place), (4, 0), xycoords=("axes fraction", "data"),
                    textcoords="offset points", va="center", fontsize=9)  # fmt: skip
    ax.axvline(0, color="black", linewidth=1)
    ax.set_yticks(places, names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xlabel("Perception minus expectation, and its interval")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return ax


def describe_servqual(gaps: pd.DataFrame) -> str:
    """Say in two sentences what `plot_servqual` shows.

    Parameters
    ----------
    gaps : DataFrame
        The ``dimensions`` or ``items`` of `cxux_helpers.surveys.servqual.servqual_gap`.
    """
    _require_gaps(gaps)
    order = gaps["gap"].set_axis(_gap_names(gaps)).sort_values(kind="stable")
    short = int((gaps["high"] < 0).sum())
    return (
        f"The gap is lowest in {order.index[0]} ({order.iloc[0]:+.2f}) and highest in {order.index[-1]} "
        f"({order.iloc[-1]:+.2f}). In {short} of {len(gaps)} the service falls short of what customers expect by more "
        "than chance: the whole interval lies below 0."
    )


def _gap_names(gaps: pd.DataFrame) -> list[str]:
    return [name if isinstance(name, str) else f"item {name}" for name in gaps.index]


def _require_one_metric(estimates: Mapping[str, Estimate]) -> None:
    names = {estimate.name for estimate in estimates.values()}
    levels = {estimate.confidence for estimate in estimates.values()}
    if len(names) != 1 or len(levels) != 1:
        raise ValueError(
            f"the estimates are of {len(names)} metrics ({', '.join(sorted(names))}) at {len(levels)} confidence "
            "levels. Draw estimates of one metric at one level together."
        )


def _require_kano(table: pd.DataFrame) -> None:
    coefficients = (f"{name}{end}" for name in ("better", "worse") for end in ("", "_low", "_high"))
    require_columns(table, ("class", "second", "clear", *coefficients), "Make the table with kano.")


def _require_gaps(gaps: pd.DataFrame) -> None:
    require_columns(gaps, ("gap", "low", "high"), "Take dimensions or items from servqual_gap.")
