"""Pictures of the furniture firm: its weeks beside those it would have had anyway, and why its sales changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import StrMethodFormatter

from cxux_helpers.furniture_firm import OUTCOMES, weeks_by_shop
from cxux_helpers.plots.style import PALETTE, new_axes, text_width
from cxux_helpers.tables import require_columns

__all__ = ["describe_causes", "describe_firm", "plot_causes", "plot_firm"]

_MONEY = ("revenue", "profit", "costs", "measures")
_NAMES = {"costs": "All costs", "measures": "Cost of the measures"}


def plot_firm(
    weeks: pd.DataFrame, anyway: pd.DataFrame | None = None, ax: Axes | None = None, *, outcome: str = "revenue"
) -> Axes:
    """Draw the weeks of the firm, what would have happened anyway, and what its measures cost.

    Between the two lines lies what the measures did. Their costs are columns, in the same euro where the outcome is
    money; else they are left out.

    Parameters
    ----------
    weeks : DataFrame
        As `cxux_helpers.furniture_firm.FurnitureFirm.run` gives it.
    anyway : DataFrame, optional
        As `FurnitureFirm.do_nothing` gives it for the same firm and weeks. Nobody but a simulator knows it: leave it
        out for what the firm itself sees.
    ax : Axes, optional
        Where to draw.
    outcome : str
        Which column; all shops and lines together (satisfaction: their mean).

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If the outcome is unknown, or the two tables are not of the same weeks.
    """
    done, undone = _weekly(weeks, outcome), None if anyway is None else _weekly(anyway, outcome)
    _require_same_weeks(done, undone)
    if ax is None:
        ax = new_axes(8.0, 4.5, left=0.95, top=0.75, right=0.3)
    if outcome in _MONEY[:3]:
        spent = _weekly(weeks, "measures").loc[1:]
        ax.bar(
            spent.index, spent, 0.6, color=PALETTE[1], edgecolor="black", linewidth=0.6, hatch="////",
            label="Cost of the measures",
        )  # fmt: skip
    if undone is not None:
        with_measures = done.index >= 0
        ax.fill_between(
            done.index[with_measures], undone[with_measures], done[with_measures], facecolor="#E3EEF6", linewidth=0,
            label="What the measures did",
        )  # fmt: skip
        ax.plot(
            undone.index, undone, "s--", color="black", markerfacecolor="white", markersize=5, linewidth=1.2,
            label="What would have happened anyway",
        )  # fmt: skip
    ax.plot(done.index, done, "o-", color=PALETTE[0], markeredgecolor="black", markersize=6, label="What happened")
    ax.axvline(0.5, color="black", linewidth=1, linestyle=":")
    if outcome == "profit":
        ax.axhline(0, color="black", linewidth=1)
    lowest, highest = ax.get_ylim()
    if outcome == "satisfaction":
        ax.set_ylim(min(lowest, 3), max(highest, 4))
    else:
        ax.set_ylim(min(0, lowest), highest + 0.09 * (highest - min(0, lowest)))
    # With few weeks so far there is room only to the left of the line.
    side, shift = ("left", 4) if done.index[-1] > 5 else ("right", -4)
    ax.annotate(
        "measures begin", (0.5, 1), (shift, -3), xycoords=("data", "axes fraction"), textcoords="offset points",
        ha=side, va="top", fontsize=9,
    )  # fmt: skip
    ax.set_xlim(done.index[0] - 0.6, done.index[-1] + 0.6)
    ax.set_xticks(range(done.index[0] + done.index[0] % 2, done.index[-1] + 1, 2))
    ax.set_xlabel("Week")
    unit = ", euro" if outcome in _MONEY else ", 1 to 5" if outcome == "satisfaction" else ""
    ax.set_ylabel(f"{_NAMES.get(outcome, outcome.capitalize())} of a week{unit}")
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.1f}" if outcome == "satisfaction" else "{x:,.0f}"))
    ax.grid(axis="y", color="#dddddd")
    ax.set_axisbelow(True)
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False)
    return ax


def describe_firm(weeks: pd.DataFrame, anyway: pd.DataFrame | None = None, *, outcome: str = "revenue") -> str:
    """Say in three sentences what `plot_firm` shows.

    Parameters
    ----------
    weeks, anyway, outcome
        As for `plot_firm`.
    """
    done, undone = _weekly(weeks, outcome), None if anyway is None else _weekly(anyway, outcome)
    _require_same_weeks(done, undone)
    unit = f"{_NAMES.get(outcome, outcome).lower()} of a week"
    text = (
        f"Mean {unit} was {_number(done.loc[:0].mean(), outcome)} in the {len(done.loc[:0])} weeks before the measures "
        f"and {_number(done.loc[1:].mean(), outcome)} in the {len(done.loc[1:])} weeks with them."
    )
    if undone is not None:
        gain = done.loc[1:].mean() - undone.loc[1:].mean()
        text += (
            f" Without measures it would have been {_number(undone.loc[1:].mean(), outcome)}, so they "
            f"{'added' if gain >= 0 else 'took away'} {_number(abs(gain), outcome)}."
        )
    spent = _weekly(weeks, "measures").loc[1:]
    return f"{text} They cost {_number(spent.mean(), 'measures')} a week, {_number(spent.sum(), 'measures')} in all."


def plot_causes(causes: pd.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw by how much each cause multiplied sales, one after the other, from before the measures to the end.

    Parameters
    ----------
    causes : DataFrame
        As `cxux_helpers.furniture_firm.causes_of_change` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    factors = _factors(causes)
    names = list(map(str, factors.index))
    if ax is None:
        ax = new_axes(text_width(names) + 5.6, 1.6 + 0.45 * len(names), left=text_width(names), right=1.2, top=0.45)
    ends = factors.to_numpy(float).copy()
    ends[:-1] = np.cumprod(ends[:-1])
    starts = np.array([1.0, *ends[:-2], 1.0])
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        colour, hatch, label = (PALETTE[7], "", "Would have come anyway")
        if names[place] == "measures":
            colour, hatch, label = PALETTE[0], "////", "Measures"
        elif names[place] == "all together":
            colour, hatch, label = "white", "", "What before and after shows"
        ax.barh(
            place, end - start, 0.6, left=start, color=colour, hatch=hatch, edgecolor="black", linewidth=0.8,
            label=label if place in (0, len(names) - 2, len(names) - 1) else None,
        )  # fmt: skip
        ax.annotate(f"× {factors.iloc[place]:.2f}", (1.02, place), xycoords=("axes fraction", "data"), va="center")
    ax.axvline(1, color="black", linewidth=1)
    ax.set_yticks(range(len(names)), [name.capitalize() for name in names])
    ax.set_ylim(len(names) - 0.5, -0.5)
    ax.set_xlim(min(1, ends.min()) - 0.1, max(1, ends.max()) + 0.1)
    ax.set_xlabel("Revenue of a week, as a multiple of that before")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower right", bbox_to_anchor=(1.22, 1.0), ncols=3, frameon=False, fontsize=9, columnspacing=1.0)
    return ax


def describe_causes(causes: pd.DataFrame) -> str:
    """Say in two sentences what `plot_causes` shows.

    Parameters
    ----------
    causes : DataFrame
        As for `plot_causes`.
    """
    factors = _factors(causes)
    parts = [f"{name} {factor:.2f}" for name, factor in factors.iloc[:-2].items()]
    anyway = factors["all together"] / factors["measures"]
    return (
        f"Revenue became {factors['all together']:.2f} times what it was before the measures; they multiplied it by "
        f"{factors['measures']:.2f}, and {anyway:.2f} would have come anyway. The latter is made of these factors: "
        f"{', '.join(parts)}."
    )


def _weekly(table: pd.DataFrame, outcome: str) -> pd.Series:
    if outcome not in OUTCOMES:
        raise ValueError(f"outcome is {outcome!r}; choose one of: {', '.join(OUTCOMES)}.")
    by_shop = weeks_by_shop(table, outcome)
    return by_shop.mean(axis=1) if outcome == "satisfaction" else by_shop.sum(axis=1)


def _require_same_weeks(done: pd.Series, undone: pd.Series | None) -> None:
    if done.index[0] > 0 or done.index[-1] < 1:
        raise ValueError(f"weeks go from {done.index[0]} to {done.index[-1]}. Keep weeks up to 0 and from 1 on.")
    if undone is not None and not undone.index.equals(done.index):
        raise ValueError(
            f"weeks go to week {done.index[-1]}, anyway to week {undone.index[-1]}. Make it with "
            f"do_nothing({done.index[-1]})."
        )


def _factors(causes: pd.DataFrame) -> pd.Series:
    require_columns(causes, ("factor",), "Make the table with causes_of_change.")
    if list(causes.index[-2:]) != ["measures", "all together"]:
        raise ValueError("the last rows are not 'measures' and 'all together'. Pass causes_of_change(…) unchanged.")
    return causes["factor"]


def _number(value: float, outcome: str) -> str:
    if outcome == "satisfaction":
        return f"{value:.2f}"
    return f"{value:,.0f}".replace("-", "−") + (" euro" if outcome in _MONEY else "")
