"""A picture of touchpoints, how each felt and of which kind it was, with its text twin."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxux_helpers.plots.style import MARKERS, PALETTE, new_axes, text_width
from cxux_helpers.tables import refuse_rows, require_columns

__all__ = ["describe_touchpoints", "plot_touchpoints"]

_COLUMNS = ("touchpoint", "feeling", "kind")


def plot_touchpoints(touchpoints: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw how each touchpoint felt, one row for each from top to bottom, with a marker for its kind.

    Parameters
    ----------
    touchpoints : DataFrame
        With the columns ``touchpoint``, ``feeling`` (from -2 to 2, high is good) and ``kind``, in order of time.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If a column is missing, there are no rows, or a feeling is outside the scale.
    """
    _require_sound(touchpoints)
    names = touchpoints["touchpoint"].astype(str).tolist()
    if ax is None:
        left = text_width(names)
        ax = new_axes(left + 3.8, 1.3 + 0.27 * len(names), left=left, right=0.4, top=0.5)
    places = np.arange(len(names))
    feelings = touchpoints["feeling"].to_numpy()
    ax.plot(feelings, places, color="#777777", linewidth=1, zorder=1)
    for number, kind in enumerate(touchpoints["kind"].unique()):
        own = (touchpoints["kind"] == kind).to_numpy()
        ax.plot(
            feelings[own], places[own], MARKERS[number % len(MARKERS)], color=PALETTE[number % len(PALETTE)],
            markeredgecolor="black", markersize=9, linestyle="", label=str(kind), clip_on=False, zorder=3,
        )  # fmt: skip
    ax.axvline(0, color="black", linewidth=0.8, zorder=0)
    ax.set_yticks(places, names)
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_xticks(range(-2, 3), ["very bad", "bad", "neutral", "good", "very good"], fontsize=9)
    ax.set_xlim(-2.3, 2.3)
    ax.set_xlabel("Feeling")
    ax.grid(axis="y", color="#dddddd", linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False, handletextpad=0.1, columnspacing=1)
    return ax


def describe_touchpoints(touchpoints: pd.DataFrame) -> str:
    """Say in three sentences what `plot_touchpoints` shows.

    Parameters
    ----------
    touchpoints : DataFrame
        As for `plot_touchpoints`.

    Examples
    --------
    >>> rows = {"touchpoint": ["Books", "Waits"], "feeling": [1, -2], "kind": ["both", "CX"]}
    >>> describe_touchpoints(pd.DataFrame(rows))
    '2 touchpoints from “Books” to “Waits”: 1 both, 1 CX. Best (1) felt “Books”. Worst (-2) felt “Waits”.'
    """
    _require_sound(touchpoints)
    names, feelings = touchpoints["touchpoint"].astype(str), touchpoints["feeling"]
    kinds = ", ".join(f"{count} {kind}" for kind, count in touchpoints["kind"].value_counts().items())
    best, worst = feelings.max(), feelings.min()
    return (
        f"{len(names)} touchpoints from “{names.iloc[0]}” to “{names.iloc[-1]}”: {kinds}. "
        f"Best ({best:g}) felt {_quoted(names[feelings == best])}. "
        f"Worst ({worst:g}) felt {_quoted(names[feelings == worst])}."
    )


def _quoted(names: pd.Series) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _require_sound(touchpoints: pd.DataFrame) -> None:
    require_columns(touchpoints, _COLUMNS, "Name the columns touchpoint, feeling and kind.")
    for column in ("touchpoint", "kind"):
        refuse_rows(touchpoints[column], touchpoints[column].isna(), "nothing", "Fill it in, or drop such rows.")
    feelings = touchpoints["feeling"]
    refuse_rows(feelings, ~feelings.between(-2, 2), "no feeling from -2 to 2", "Bring the feelings to that scale.")
