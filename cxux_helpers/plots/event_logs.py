"""Pictures of what an event log tells: funnels, transitions, and time in stages."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxux_helpers.plots.style import PALETTE, new_axes, percent, text_width
from cxux_helpers.tables import require_columns

__all__ = [
    "describe_funnel",
    "describe_funnel_by_segment",
    "describe_time_in_stage",
    "describe_transitions",
    "plot_funnel",
    "plot_funnel_by_segment",
    "plot_time_in_stage",
    "plot_transitions",
]


def plot_funnel(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how many paths reach each step, as shares of all, with what is lost before each.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.journey.event_logs.funnel` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_funnel(table)
    steps = list(map(str, table.index))
    if ax is None:
        ax = new_axes(7.5, 0.9 + 0.62 * len(steps), left=text_width(steps), right=2.0, top=0.45, bottom=0.15)
    places = np.arange(len(steps))
    shares = table["share"].to_numpy(float)
    lost = np.array([1.0, *shares[:-1]]) - shares
    ax.barh(
        places, shares, 0.62, label="Reached: number, and share of all", color=PALETTE[0], edgecolor="black",
        linewidth=0.6,
    )  # fmt: skip
    ax.barh(
        places, lost, 0.62, left=shares, label="Lost before this step", color="white", edgecolor="black", hatch="////",
        linewidth=0.6,
    )  # fmt: skip
    for place, (reached, share, drop_off) in enumerate(table[["reached", "share", "drop_off"]].to_numpy(float)):
        words = f"{reached:,.0f} ({percent(share)})" + ("" if np.isnan(drop_off) else f"; lost {percent(drop_off)}")
        ax.annotate(words, (1.02, place), xycoords=("axes fraction", "data"), va="center", fontsize=9)
    ax.set_yticks(places, steps)
    ax.invert_yaxis()
    ax.set_xlim(0, 1)
    ax.xaxis.set_visible(False)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False)
    return ax


def describe_funnel(table: pd.DataFrame) -> str:
    """Say in two sentences what `plot_funnel` shows.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.journey.event_logs.funnel` gives it.
    """
    _require_funnel(table)
    first, last = table.iloc[0], table.iloc[-1]
    text = (
        f"{_counted(int(first['reached']), 'path')}, {percent(first['share'])} of all, reach {table.index[0]}, and "
        f"{int(last['reached']):,}, {percent(last['share'])}, reach {table.index[-1]}."
    )
    drops = table["drop_off"].to_numpy(float)[1:]
    if np.isnan(drops).all():
        return f"{text} There is no step between them at which paths could be lost."
    worst = int(np.nanargmax(drops)) + 1
    return (
        f"{text} The largest share is lost between {table.index[worst - 1]} and {table.index[worst]}: "
        f"{percent(drops[worst - 1])} of those who came so far, {_counted(int(table['lost'].iloc[worst]), 'path')}."
    )


def plot_funnel_by_segment(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw, for each segment and step, the share that comes here from the step before; low shares are dark.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.journey.event_logs.funnel_by_segment` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    shares = _shares_by_segment(table)
    names = list(map(str, shares.index))
    if ax is None:
        width = 1.2 * len(shares.columns) + text_width(names)
        ax = new_axes(width + 0.3, 1.1 + 0.42 * len(names), left=text_width(names), top=0.1, bottom=0.9)
    _draw_cells(ax, shares.to_numpy(), [[percent(share) for share in row] for row in shares.to_numpy()])
    ax.set_xticks(range(len(shares.columns)), [textwrap.fill(str(step), 14) for step in shares.columns])
    ax.set_yticks(range(len(names)), names)
    ax.set_xlabel("Share of those at the step before (at the first: of all)")
    return ax


def describe_funnel_by_segment(table: pd.DataFrame) -> str:
    """Say in two sentences what `plot_funnel_by_segment` shows.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.journey.event_logs.funnel_by_segment` gives it.
    """
    shares = _shares_by_segment(table)
    step = (shares.max() - shares.min()).idxmax()
    of_step = shares[step]
    return (
        f"Shares that reach the next step, in {_counted(len(shares), 'segment')}. They differ most at {step}: "
        f"{percent(of_step.min())} in {of_step.idxmin()}, {percent(of_step.max())} in {of_step.idxmax()}."
    )


def plot_transitions(matrix: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how often each event, in rows, is followed by each other one, in columns; cells without any stay white.

    Parameters
    ----------
    matrix : DataFrame
        As `cxux_helpers.journey.event_flows.transition_matrix` gives it, in shares or in counts.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    values = _transitions(matrix)
    names = list(map(str, matrix.index))
    if ax is None:
        left, bottom = 0.3 + text_width(names), 0.3 + text_width(map(str, matrix.columns))
        ax = new_axes(
            left + 0.62 * len(matrix.columns) + 0.2, bottom + 0.42 * len(names) + 0.2, left=left, bottom=bottom
        )
    shares = bool(values.max() <= 1)
    texts = [[f"{value:.2f}" if shares else f"{value:,.0f}" for value in row] for row in values]
    if shares:
        # A share that rounds to 0.00 is still not nothing.
        texts = [
            ["<.01" if 0 < value < 0.005 else text for value, text in zip(*pair, strict=True)]
            for pair in zip(values, texts, strict=True)
        ]
    _draw_cells(ax, np.where(values == 0, np.nan, values), texts, fontsize=8)
    ax.set_xticks(range(len(matrix.columns)), list(map(str, matrix.columns)), rotation=90)
    ax.set_yticks(range(len(names)), names)
    ax.set_xlabel("is followed by")
    ax.set_ylabel("This event")
    return ax


def describe_transitions(matrix: pd.DataFrame) -> str:
    """Say in two sentences what `plot_transitions` shows.

    Parameters
    ----------
    matrix : DataFrame
        As `cxux_helpers.journey.event_flows.transition_matrix` gives it, in shares or in counts.
    """
    values = _transitions(matrix)
    out = values / values.sum(axis=1, keepdims=True)
    row, column = np.unravel_index(out.argmax(), out.shape)
    first = (
        f"{_counted(len(matrix.index) - 1, 'event')}. The surest step is from {matrix.index[row]} to "
        f"{matrix.columns[column]}: {percent(out[row, column])}."
    )
    leaving = out[1:, -1]
    last = int(leaving.argmax()) + 1
    return f"{first} Paths end most readily after {matrix.index[last]}: {percent(leaving[last - 1])} of the times."


def plot_time_in_stage(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the median time of a visit to each stage, and how long nine in ten take at most.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.journey.event_flows.time_in_stage` gives it. Stages without a timed visit say so.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_times(table)
    names = list(map(str, table.index))
    if ax is None:
        ax = new_axes(8.0, 1.2 + 0.45 * len(names), left=text_width(names), right=1.9, top=0.45, bottom=0.65)
    places = np.arange(len(names))
    medians, longest = table["median_seconds"].to_numpy(float), table["p90_seconds"].to_numpy(float)
    ax.hlines(places, np.nan_to_num(medians), np.nan_to_num(longest), color="black", linewidth=1.2)
    ax.barh(
        places, np.nan_to_num(medians), 0.55, label="Half take no longer (median)", color=PALETTE[0],
        edgecolor="black", linewidth=0.6,
    )  # fmt: skip
    ax.plot(longest, places, "|", color="black", markersize=13, markeredgewidth=2, label="Nine in ten take no longer")
    for place, (median, timed) in enumerate(zip(medians, table["timed"].to_numpy(int), strict=True)):
        words = f"{_duration(median)} ({timed:,} timed)" if timed else "no visit timed"
        ax.annotate(words, (1.02, place), xycoords=("axes fraction", "data"), va="center", fontsize=9)
    ax.set_yticks(places, names)
    ax.invert_yaxis()
    ax.set_xlim(left=0)
    ax.set_xlabel("Seconds of one visit")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False)
    return ax


def describe_time_in_stage(table: pd.DataFrame) -> str:
    """Say in two sentences what `plot_time_in_stage` shows.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.journey.event_flows.time_in_stage` gives it.
    """
    _require_times(table)
    timed = table[table["timed"] > 0]
    missing = int(table["visits"].sum() - table["timed"].sum())
    last = f"{missing:,} of {_counted(int(table['visits'].sum()), 'visit')} could not be timed, for nobody saw the end."
    if timed.empty:
        return f"No visit to any of {_counted(len(table), 'stage')} is timed. {last}"
    medians = timed["median_seconds"]
    return (
        f"The median visit is longest at {medians.idxmax()} ({_duration(medians.max())}) and shortest at "
        f"{medians.idxmin()} ({_duration(medians.min())}). {last}"
    )


def _draw_cells(ax: Axes, values: np.ndarray, texts: list[list[str]], fontsize: int = 9) -> None:
    """Cells coloured by their value, with a text in each; a missing value stays white and empty."""
    highest = max(np.nanmax(values, initial=0), 1e-9)
    ax.imshow(np.ma.masked_invalid(values), cmap="cividis", vmin=0, vmax=highest, aspect="auto")
    for row, column in np.argwhere(~np.isnan(values)):
        # At 0.47 of cividis, black and white text both reach a contrast of 4.5.
        colour = "white" if values[row, column] / highest < 0.47 else "black"
        ax.text(column, row, texts[row][column], ha="center", va="center", fontsize=fontsize, color=colour)
    ax.set_xticks(np.arange(values.shape[1] + 1) - 0.5, minor=True)
    ax.set_yticks(np.arange(values.shape[0] + 1) - 0.5, minor=True)
    ax.grid(which="minor", color="#bbbbbb", linewidth=0.6)
    ax.tick_params(which="minor", length=0)


def _require_funnel(table: pd.DataFrame) -> None:
    require_columns(table, ("reached", "share", "lost", "drop_off"), "Make the table with funnel.")


def _shares_by_segment(table: pd.DataFrame) -> pd.DataFrame:
    """Segments as rows, steps as columns, in their order."""
    require_columns(table, ("share_of_previous",), "Make the table with funnel_by_segment.")
    if table.index.nlevels < 2:
        raise ValueError("the table is of one funnel only. Use plot_funnel, or make it with funnel_by_segment.")
    steps = table.index.get_level_values("step")
    if steps.has_duplicates and table.index.has_duplicates:
        raise ValueError("a step comes twice in the funnel, so its columns cannot be told apart. Name each step once.")
    shares = table["share_of_previous"].unstack("step")[list(dict.fromkeys(steps))]
    if shares.index.nlevels > 1:
        shares.index = pd.Index([", ".join(map(str, segment)) for segment in shares.index])
    return shares


def _transitions(matrix: pd.DataFrame) -> np.ndarray:
    if not isinstance(matrix, pd.DataFrame) or matrix.empty or "path_end" not in matrix.columns:
        raise ValueError("the matrix has no column 'path_end'. Make it with transition_matrix.")
    return matrix.to_numpy(float)


def _require_times(table: pd.DataFrame) -> None:
    require_columns(table, ("visits", "timed", "median_seconds", "p90_seconds"), "Make the table with time_in_stage.")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _duration(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.3g} s"
    if seconds < 7200:
        return f"{seconds / 60:.3g} min"
    return f"{seconds / 3600:,.0f} h" if seconds >= 36_000 else f"{seconds / 3600:.3g} h"
