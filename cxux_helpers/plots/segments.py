"""Pictures of customer segments: their shares, where they are, their scores, and the choice of k."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LogNorm
from matplotlib.ticker import NullLocator

from cxux_helpers.plots.style import MARKERS, PALETTE, new_axes, percent, text_width
from cxux_helpers.tables import require_columns

__all__ = [
    "describe_choice_of_k",
    "describe_rfm",
    "describe_scores",
    "describe_segments",
    "plot_choice_of_k",
    "plot_rfm",
    "plot_scores",
    "plot_segments",
]


def plot_segments(profile: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the share of customers beside the share of revenue, for each segment.

    Parameters
    ----------
    profile : DataFrame
        As `cxux_helpers.segmentation.segment_profile` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_profile(profile)
    names = list(map(str, profile.index))
    if ax is None:
        ax = new_axes(7.5, 0.6 + 0.45 * len(names), left=text_width(names), top=0.4, bottom=0.1)
    places = np.arange(len(names))
    for shift, column, label, colour, hatch in (
        (-0.2, "share_of_customers", "Share of customers", PALETTE[0], ""),
        (0.2, "share_of_revenue", "Share of revenue", PALETTE[1], "////"),
    ):
        shares = profile[column].to_numpy(float)
        bars = ax.barh(
            places + shift, np.nan_to_num(shares), 0.38, label=label,
            color=colour, hatch=hatch, edgecolor="black", linewidth=0.6,
        )  # fmt: skip
        ax.bar_label(bars, [percent(share) for share in shares], padding=3, fontsize=9)
    ax.set_yticks(places, names)
    ax.invert_yaxis()
    # The bars carry their numbers, so a scale below would only repeat them.
    ax.xaxis.set_visible(False)
    ax.set_xlim(0, 1.12 * np.nanmax(profile[["share_of_customers", "share_of_revenue"]].to_numpy(float)))
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return ax


def describe_segments(profile: pd.DataFrame) -> str:
    """Say in two sentences what `plot_segments` shows.

    Parameters
    ----------
    profile : DataFrame
        As `cxux_helpers.segmentation.segment_profile` gives it.
    """
    _require_profile(profile)
    people, money = (profile[share].map(percent) for share in ("share_of_customers", "share_of_revenue"))
    largest, richest = int(profile["customers"].to_numpy().argmax()), int(profile["revenue"].to_numpy().argmax())
    return (
        f"The largest of {len(profile)} segments is {profile.index[largest]}: {people.iloc[largest]} of "
        f"{profile['customers'].sum():,} customers, who bring {money.iloc[largest]} of the revenue. "
        f"Most revenue comes from {profile.index[richest]}: {money.iloc[richest]}, "
        f"from {people.iloc[richest]} of the customers."
    )


def plot_rfm(table: pd.DataFrame, segments: pd.Series | None = None, ax: Axes | None = None) -> Axes:
    """Draw where the customers are: recency across, frequency upwards, customers counted in cells.

    Frequency is on a log scale, in classes that double. With `segments`, one marker per segment stands at
    its median recency and median frequency, and the darker a cell, the more customers it holds.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.segmentation.rfm` gives it.
    segments : Series, optional
        Segment of each customer, with the index of `table`.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    across, upwards, counts = _rfm_cells(table)
    medians = None if segments is None else _segment_medians(table, segments)
    classes = list(map(_class_name, upwards[:-1], upwards[1:]))
    if ax is None:
        right = 0.2 if medians is None else 0.5 + text_width([*map(str, medians.index), "Median of"])
        ax = new_axes(7.2 + right, 4.4, left=0.35 + text_width(classes), right=right)
    heights = np.sqrt(upwards[:-1] * upwards[1:])
    ax.set_yscale("log")
    if medians is None:
        _draw_cells(ax, across, upwards, counts, (across[:-1] + across[1:]) / 2, heights)
    else:
        ax.pcolormesh(across, upwards, np.ma.masked_equal(counts, 0), norm=_norm(counts), cmap="Greys", alpha=0.4)
        for i, (days, orders) in enumerate(medians.to_numpy()):
            ax.plot(
                days, orders, MARKERS[i % len(MARKERS)], color=PALETTE[i % len(PALETTE)], label=str(medians.index[i]),
                markersize=13, markeredgecolor="black", linestyle="",
            )  # fmt: skip
        ax.legend(title="Median of", loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False, labelspacing=0.9)
    ax.set_yticks(heights, classes)
    ax.yaxis.set_minor_locator(NullLocator())
    ax.set_xticks(across)
    ax.set_xlabel("Recency: days since the last order (left is recent)")
    ax.set_ylabel("Frequency: number of orders")
    return ax


def describe_rfm(table: pd.DataFrame, segments: pd.Series | None = None) -> str:
    """Say in two sentences what `plot_rfm` shows.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.segmentation.rfm` gives it.
    segments : Series, optional
        Segment of each customer, with the index of `table`.
    """
    across, upwards, counts = _rfm_cells(table)
    first = (
        f"Of {len(table):,} customers, {percent((table['frequency'] == 1).mean())} ordered once, and half had "
        f"their last order {table['recency'].median():.0f} or more days ago."
    )
    if segments is not None:
        medians = _segment_medians(table, segments).sort_values("recency", kind="stable")
        near, far = (
            f"{medians.index[i]} ({days:.0f} days, {orders:g} {'order' if orders == 1 else 'orders'})"
            for i, (days, orders) in ((i, medians.iloc[i]) for i in (0, -1))
        )
        return f"{first} The medians of the {len(medians)} segments reach from {near} to {far}."
    row, column = np.unravel_index(counts.argmax(), counts.shape)
    orders = _class_name(upwards[row], upwards[row + 1])
    return (
        f"{first} The fullest cell has {counts.max():,.0f} customers with {orders} "
        f"{'order' if orders == '1' else 'orders'}, the last {across[column]:.0f} to under "
        f"{across[column + 1]:.0f} days ago."
    )


def plot_scores(scores: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many customers have each pair of recency and frequency score.

    Parameters
    ----------
    scores : DataFrame
        As `cxux_helpers.segmentation.rfm_scores` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    counts = _score_cells(scores)
    digits = np.arange(1, len(counts) + 1)
    if ax is None:
        ax = new_axes(6.0, 4.4, left=0.8)
    edges = np.arange(0.5, len(counts) + 1)
    _draw_cells(ax, edges, edges, counts, digits, digits)
    ax.set_xticks(digits)
    ax.set_yticks(digits)
    ax.set_xlabel(f"Recency score ({digits[-1]} is most recent)")
    ax.set_ylabel(f"Frequency score ({digits[-1]} is most orders)")
    return ax


def describe_scores(scores: pd.DataFrame) -> str:
    """Say in two sentences what `plot_scores` shows.

    Parameters
    ----------
    scores : DataFrame
        As `cxux_helpers.segmentation.rfm_scores` gives it.
    """
    counts = _score_cells(scores)
    f, r = np.unravel_index(counts.argmax(), counts.shape)
    best, empty = counts[-1, -1], int((counts == 0).sum())
    return (
        f"Of {len(scores):,} customers in {counts.size} cells, most have recency score {r + 1} and frequency "
        f"score {f + 1}: {counts.max():,}, or {percent(counts.max() / len(scores))}. The best score in both "
        f"belongs to {best:,}, or {percent(best / len(scores))}, and {empty or 'no'} "
        f"{'cell is' if empty == 1 else 'cells are'} empty."
    )


def plot_choice_of_k(silhouette: pd.Series, stability: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw silhouette and stability for each number of clusters.

    Parameters
    ----------
    silhouette : Series
        As `cxux_helpers.clustering.silhouette_by_k` gives it.
    stability : DataFrame
        As `cxux_helpers.clustering.stability_by_k` gives it. The band reaches from the lowest to the
        highest agreement.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_stability(stability)
    if ax is None:
        ax = new_axes(7.5, 4.2, left=0.7, top=0.5)
    ax.fill_between(stability.index, stability["low"], stability["high"], color=PALETTE[1], alpha=0.25, linewidth=0)
    for values, label, style, colour, offset in (
        (stability["mean"], "Stability: mean agreement, and its range", "s--", PALETTE[1], 9),
        (silhouette, "Silhouette", "o-", PALETTE[0], -17),
    ):
        ax.plot(values.index, values, style, color=colour, markeredgecolor="black", markersize=8, label=label)
        for k, value in values.items():
            ax.annotate(
                f"{value:.2f}", (k, value), (0, offset), textcoords="offset points", ha="center", fontsize=9
            )  # fmt: skip
    ax.set_xticks(silhouette.index.union(stability.index))
    ax.set_ylim(min(0.0, silhouette.min() - 0.12, stability["low"].min()), 1.1)
    ax.set_yticks(np.arange(0, 1.01, 0.2))
    ax.set_xlabel("k: number of clusters")
    ax.set_ylabel("Higher is better")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return ax


def describe_choice_of_k(silhouette: pd.Series, stability: pd.DataFrame) -> str:
    """Say in two sentences what `plot_choice_of_k` shows.

    Parameters
    ----------
    silhouette : Series
        As `cxux_helpers.clustering.silhouette_by_k` gives it.
    stability : DataFrame
        As `cxux_helpers.clustering.stability_by_k` gives it.
    """
    _require_stability(stability)
    mean = stability["mean"]
    return (
        f"The mean silhouette is highest for {silhouette.idxmax()} clusters ({silhouette.max():.2f}) and lowest "
        f"for {silhouette.idxmin()} ({silhouette.min():.2f}). Clusterings of different samples agree most for "
        f"{mean.idxmax()} clusters (mean adjusted Rand index {mean.max():.2f}) and least for {mean.idxmin()} "
        f"({mean.min():.2f})."
    )


def _class_name(low_edge: float, high_edge: float) -> str:
    low, high = round(low_edge + 0.5), round(high_edge - 0.5)
    return str(low) if low == high else f"{low}–{high}"


def _require_profile(profile: pd.DataFrame) -> None:
    columns = ("customers", "share_of_customers", "revenue", "share_of_revenue")
    require_columns(profile, columns, "Make the table with segment_profile.")


def _require_stability(stability: pd.DataFrame) -> None:
    require_columns(stability, ("mean", "low", "high"), "Make the table with stability_by_k.")


def _rfm_cells(table: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Edges of recency in days, edges of frequency in orders, and customers by frequency and recency."""
    require_columns(table, ("recency", "frequency"), "Make the table with rfm.")
    longest = int(table["recency"].max()) + 1
    width = next((days for days in (1, 7, 14, 30, 60, 90, 180) if 10 * days >= longest), 365)
    across = np.arange(0, longest + width, width, dtype=float)
    doublings = max(1, int(np.ceil(np.log2(table["frequency"].max()))))
    upwards = np.concatenate([[0.5], 2.0 ** np.arange(doublings + 1) + 0.5])
    return across, upwards, np.histogram2d(table["frequency"], table["recency"], [upwards, across])[0]


def _segment_medians(table: pd.DataFrame, segments: pd.Series) -> pd.DataFrame:
    return table.groupby(segments, observed=True)[["recency", "frequency"]].median()


def _score_cells(scores: pd.DataFrame) -> np.ndarray:
    """Customers by frequency score and recency score."""
    require_columns(scores, ("r", "f"), "Make the table with rfm_scores.")
    r, f = scores["r"].to_numpy(), scores["f"].to_numpy()
    counts = np.zeros((max(r.max(), f.max()),) * 2, dtype=int)
    np.add.at(counts, (f - 1, r - 1), 1)
    return counts


def _norm(counts: np.ndarray) -> LogNorm:
    return LogNorm(1, max(counts.max(), 2))


def _draw_cells(
    ax: Axes, across: np.ndarray, upwards: np.ndarray, counts: np.ndarray, xs: np.ndarray, ys: np.ndarray
) -> None:
    """Cells coloured by their count on a log scale, with the count in each; empty cells stay white."""
    norm = _norm(counts)
    ax.pcolormesh(across, upwards, np.ma.masked_equal(counts, 0), norm=norm, cmap="cividis", edgecolor="white")
    for row, column in np.argwhere(counts):
        count = counts[row, column]
        # At 0.47 of cividis, black and white text both reach a contrast of 4.5.
        colour = "white" if norm(count) < 0.47 else "black"
        ax.text(xs[column], ys[row], f"{count:,.0f}", ha="center", va="center", fontsize=9, color=colour)
