"""Pictures of a journey map: its touchpoints with the curve of feelings, and which of them to change first."""

from __future__ import annotations

import textwrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxux_helpers.arguments import require_number
from cxux_helpers.journey.maps import EMOTIONS, QUADRANTS, Journey, journey_table
from cxux_helpers.plots.style import MARKERS, PALETTE, new_axes, text_width
from cxux_helpers.tables import require_columns

__all__ = ["describe_journey", "describe_priority", "plot_journey", "plot_priority"]

_MOST_ACROSS = 8  # touchpoints whose names have room side by side


def plot_journey(journey: Journey, ax: Axes | None = None) -> Axes:
    """Draw a journey map: stages as columns, touchpoints in their order, and the curve of feelings through them.

    Filled circles are controllable, hollow squares are not. The curve is broken at touchpoints whose emotion nobody
    knows; they stand on the line of zero as question marks.

    Parameters
    ----------
    journey : Journey
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    table = journey_table(journey)
    # Many touchpoints stand close, with their names upright, or a page would shrink the picture until none can be read.
    many = len(table) > _MOST_ACROSS
    if ax is None and many:
        ax = new_axes(1.6 + 0.66 * len(table), 6.0, left=1.3, top=1.2, bottom=2.0)
    elif ax is None:
        ax = new_axes(max(6.0, 1.6 + 1.25 * len(table)), 4.6, left=1.3, top=0.8, bottom=1.0)
    places = np.arange(len(table))
    emotions = table["emotion"].astype(float).to_numpy()
    for number, stage in enumerate(table["stage"].unique()):
        own = places[table["stage"] == stage]
        ax.axvspan(own[0] - 0.5, own[-1] + 0.5, color="#eeeeee" if number % 2 == 0 else "white", zorder=0)
        letters = 7 * len(own) + 1 if many else max(10, 14 * len(own))
        ax.annotate(
            textwrap.fill(stage, letters), (own.mean(), 1.0), (0, 5), xycoords=("data", "axes fraction"),
            textcoords="offset points", ha="center", va="bottom", weight="bold",
        )  # fmt: skip
    ax.axhline(0, color="#767676", linewidth=1)
    ax.plot(places, emotions, color=PALETTE[0], linewidth=2, zorder=1)
    ours = table["controllable"].to_numpy(bool)
    for chosen, marker, face, label in (
        (ours, "o", PALETTE[0], "Controllable"),
        (~ours, "s", "white", "Not controllable"),
    ):
        ax.plot(
            places[chosen], emotions[chosen], marker, markersize=11, markerfacecolor=face, markeredgecolor="black",
            label=label, clip_on=False,
        )  # fmt: skip
    for place in places[np.isnan(emotions)]:
        ax.annotate("?", (place, 0), ha="center", va="center", fontsize=16, weight="bold")
    names = [textwrap.fill(name, 24 if many else 13) for name in table["name"]]
    ax.set_xticks(places, names, fontsize=9, rotation=90 if many else 0)
    ax.set_xlim(-0.5, len(table) - 0.5)
    ax.set_ylim(-2.4, 2.4)
    ax.set_yticks(list(EMOTIONS), [f"{words} {_signed(value)}" for value, words in EMOTIONS.items()])
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.2 if many else 1.07), ncols=2, frameon=False)
    return ax


def describe_journey(journey: Journey) -> str:
    """Say in two or three sentences what `plot_journey` shows.

    Parameters
    ----------
    journey : Journey
    """
    table = journey_table(journey)
    stages = table["stage"].unique()
    where = f"in {_counted(len(stages), 'stage')}" + (f", from {stages[0]} to {stages[-1]}" if len(stages) > 1 else "")
    first = f"{_counted(len(table), 'touchpoint')} {where}; {int(table['controllable'].sum())} controllable."
    known = table.dropna(subset=["emotion"])
    unknown = len(table) - len(known)
    if known.empty:
        return f"{first} Nobody knows how customers feel at any of them."
    feelings = known["emotion"].astype(int).to_numpy()
    best, worst = (f"{known['name'].iloc[n]} ({_signed(feelings[n])})" for n in (feelings.argmax(), feelings.argmin()))
    text = f"{first} Customers feel best at {best} and worst at {worst}."
    return f"{text} For {unknown} nobody knows." if unknown else text


def plot_priority(
    ranked: pd.DataFrame, ax: Axes | None = None, *, high_impact: float = 8, high_control: float = 0.5
) -> Axes:
    """Draw touchpoints by impact and control, in the four quadrants.

    Numbers stand for touchpoints, in the order of their priority; the legend names them. Touchpoints at the same place
    share a marker. Those without a known impact are left out.

    Parameters
    ----------
    ranked : DataFrame
        As `cxux_helpers.journey.maps.touchpoint_priority` gives it.
    ax : Axes, optional
        Where to draw.
    high_impact, high_control : float
        Where the quadrants part; as they were given to `touchpoint_priority`.

    Returns
    -------
    Axes
    """
    known = _known_priorities(ranked)
    require_number("high_impact", high_impact, above=0)
    require_number("high_control", high_control, above=0, high=1)
    names = [f"{number}  {textwrap.shorten(name, 40)}" for number, name in enumerate(known["name"], start=1)]
    if ax is None:
        right = 0.3 + text_width([*names, "Touchpoints"])
        ax = new_axes(5.6 + right, max(4.6, 1.2 + 0.27 * len(names)), left=0.8, right=right)
    ax.axvline(high_control, color="black", linewidth=1)
    ax.axhline(high_impact, color="black", linewidth=1)
    # In the middle of its quadrant's outer edge, where a yes or no of control puts no touchpoint.
    for quadrant, x, y in (("prepare", 0, 22), ("act", 1, 22), ("leave", 0, -2), ("maintain", 1, -2)):
        ax.text((x + high_control) / 2, y, quadrant.capitalize(), ha="center", va="center", weight="bold")
    places: dict[tuple[float, float, str], list[str]] = {}
    for number, row in enumerate(known[["control", "impact", "quadrant"]].to_numpy(), start=1):
        places.setdefault(tuple(row), []).append(str(number))
    for (control, impact, quadrant), numbers in places.items():
        kind = list(QUADRANTS).index(quadrant)
        ax.plot(control, impact, MARKERS[kind], markersize=11, color=PALETTE[kind], markeredgecolor="black")
        left = control > 0.8
        ax.annotate(
            ", ".join(numbers), (control, impact), (-9 if left else 9, 0), textcoords="offset points",
            ha="right" if left else "left", va="center",
        )  # fmt: skip
    ax.set_xlim(-0.1, 1.1)
    ax.set_ylim(-3, 23)
    ax.set_yticks(range(0, 21, 5))
    ax.set_xticks(np.linspace(0, 1, 5))
    ax.set_xlabel("Control: share that the company decides")
    ax.set_ylabel("Impact: importance × (2 − emotion)")
    ax.annotate(
        "\n".join(["Touchpoints", *names]), (1.03, 1), xycoords="axes fraction", va="top", linespacing=1.5, fontsize=9
    )  # fmt: skip
    return ax


def describe_priority(ranked: pd.DataFrame) -> str:
    """Say in two sentences what `plot_priority` shows.

    Parameters
    ----------
    ranked : DataFrame
        As `cxux_helpers.journey.maps.touchpoint_priority` gives it.
    """
    known = _known_priorities(ranked)
    groups = [f"{quadrant} {int((known['quadrant'] == quadrant).sum())}" for quadrant in QUADRANTS]
    top = known.iloc[0]
    unknown = len(ranked) - len(known)
    return (
        f"The highest priority has {top['name']}: impact {top['impact']:g} of 20, control {top['control']:g}. "
        f"Of {_counted(len(known), 'touchpoint')}: {', '.join(groups)}"
        + (f"; {unknown} more cannot be placed, for their emotion or importance is unknown." if unknown else ".")
    )


def _known_priorities(ranked: pd.DataFrame) -> pd.DataFrame:
    require_columns(ranked, ("name", "impact", "control", "quadrant"), "Make the table with touchpoint_priority.")
    known = ranked.dropna(subset=["impact"])
    if known.empty:
        raise ValueError("no touchpoint has a known impact. Give emotion and importance to at least one.")
    return known


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" + ("" if number == 1 else "s")


def _signed(value: int) -> str:
    return f"{value:+d}".replace("-", "−") if value else "0"
