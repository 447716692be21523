"""Pictures of key drivers: their shares by several methods, and the quadrants of importance and performance."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from cxux_helpers.drivers import DRIVER_QUADRANTS
from cxux_helpers.plots.style import MARKERS, PALETTE, new_axes, percent, text_width
from cxux_helpers.tables import require_columns

__all__ = [
    "describe_driver_shares",
    "describe_importance_performance",
    "plot_driver_shares",
    "plot_importance_performance",
]

_METHODS = {"correlation": "Squared correlation", "johnson": "Johnson weights", "lmg": "LMG (Shapley)"}
# Names of quadrants; dark enough for small text on white.
_GREY = "#595959"


def plot_importance_performance(table: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw each driver by how well it is rated and how important it is, with the four quadrants.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.drivers.importance_performance` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_quadrants(table)
    if ax is None:
        ax = new_axes(7.2, 5.0, left=0.85, top=0.3)
    middle = table["performance"].mean()
    for quadrant, marker, colour in zip(DRIVER_QUADRANTS, MARKERS, PALETTE, strict=False):
        some = table[table["quadrant"] == quadrant]
        ax.plot(
            some["performance"], some["importance"], marker, color=colour, markeredgecolor="black", markersize=11,
            linestyle="",
        )  # fmt: skip
    for driver, row in table.iterrows():
        # Labels point to the middle, so that none leaves the picture.
        side = 1 if row["performance"] <= middle else -1
        ax.annotate(
            str(driver), (row["performance"], row["importance"]), (9 * side, 6), textcoords="offset points",
            ha="left" if side > 0 else "right",
        )  # fmt: skip
    ax.axvline(middle, color="black", linestyle="--", linewidth=1)
    ax.axhline(table["importance"].mean(), color="black", linestyle="--", linewidth=1)
    ax.margins(0.2, 0.25)
    corners = ((0, 1), (1, 1), (0, 0), (1, 0))
    for quadrant, (x, y) in zip(DRIVER_QUADRANTS, corners, strict=True):
        ax.annotate(
            quadrant, (x, y), (8 - 16 * x, 8 - 16 * y), xycoords="axes fraction", textcoords="offset points",
            ha="right" if x else "left", va="top" if y else "bottom", color=_GREY, style="italic",
        )  # fmt: skip
    ax.set_xlabel("Performance: mean rating (the line is the mean of the drivers)")
    ax.set_ylabel("Importance (the line is the mean)")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def describe_importance_performance(table: pd.DataFrame) -> str:
    """Say in a few sentences what `plot_importance_performance` shows.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.drivers.importance_performance` gives it.
    """
    _require_quadrants(table)
    sentences = []
    for quadrant in DRIVER_QUADRANTS:
        some = table[table["quadrant"] == quadrant].sort_values("importance", ascending=False)
        names = [
            f"{driver} (importance {row['importance']:.2f}, rated {row['performance']:.1f})"
            for driver, row in some.iterrows()
        ]
        sentences.append(f"{quadrant}: {', '.join(names) if names else 'none'}.")
    return (
        f"{len(table)} drivers, with lines at the mean importance of {table['importance'].mean():.2f} and the mean "
        f"rating of {table['performance'].mean():.1f}. {' '.join(sentences)}"
    )


def plot_driver_shares(shares: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw the share of each driver by several methods, the largest by the last method on top.

    Parameters
    ----------
    shares : DataFrame
        As `cxux_helpers.drivers.driver_shares` gives it; a column may be left out.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    ordered = _ordered(shares)
    names = list(map(str, ordered.index))
    if ax is None:
        ax = new_axes(
            7.5, 0.9 + (0.2 + 0.24 * ordered.shape[1]) * len(names), left=text_width(names), right=0.5, top=0.4
        )
    height = 0.8 / ordered.shape[1]
    for place, (method, colour, hatch) in enumerate(zip(ordered, PALETTE, ("", "////", "...."), strict=False)):
        rows = np.arange(len(names)) + (place - (ordered.shape[1] - 1) / 2) * height
        bars = ax.barh(
            rows, ordered[method], height, color=colour, hatch=hatch, edgecolor="black", linewidth=0.6,
            label=_METHODS[str(method)],
        )  # fmt: skip
        ax.bar_label(bars, [percent(share) for share in ordered[method]], padding=3, fontsize=9)
    ax.set_yticks(np.arange(len(names)), names)
    ax.invert_yaxis()
    ax.xaxis.set_major_formatter(PercentFormatter(1, decimals=0))
    ax.set_xlabel("Share of all that the method hands out")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False)
    return ax


def describe_driver_shares(shares: pd.DataFrame) -> str:
    """Say in a few sentences what `plot_driver_shares` shows.

    Parameters
    ----------
    shares : DataFrame
        As for `plot_driver_shares`.
    """
    ordered = _ordered(shares)
    sentences = [
        f"{_METHODS[str(method)]}: "
        + ", ".join(f"{driver} {percent(share)}" for driver, share in column.sort_values(ascending=False).items())
        for method, column in ordered.items()
    ]
    firsts = {str(ordered[method].idxmax()) for method in ordered}
    verdict = "All put the same driver first" if len(firsts) == 1 else "They do not agree on the first driver"
    return ". ".join(sentences) + (f". {verdict}." if ordered.shape[1] > 1 else ".")


def _require_quadrants(table: pd.DataFrame) -> None:
    require_columns(table, ("importance", "performance", "quadrant"), "Make the table with importance_performance.")


def _ordered(shares: pd.DataFrame) -> pd.DataFrame:
    """The methods in their usual order, and the drivers by the last of them."""
    require_columns(shares, (), "")
    columns = [method for method in _METHODS if method in shares]
    if not columns:
        raise ValueError(
            f"the table has none of the columns {', '.join(_METHODS)}; it has: {', '.join(map(str, shares.columns))}. "
            "Make it with driver_shares."
        )
    return shares.sort_values(columns[-1], ascending=False)[columns]
