"""Pictures of customer value: retention and its model, lifetime value against retention, and repeat purchases."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator, PercentFormatter

from cxux_helpers.arguments import require_number
from cxux_helpers.plots.style import PALETTE, new_axes, percent
from cxux_helpers.tables import require_columns
from cxux_helpers.value.lifetime_value import simple_clv
from cxux_helpers.value.retention import pairs, read_survivors, survival
from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric

__all__ = [
    "describe_clv",
    "describe_purchases",
    "describe_retention",
    "plot_clv",
    "plot_purchases",
    "plot_retention",
]

_GREY = "#8a8a8a"


def plot_retention(table: pd.DataFrame, model: ShiftedBetaGeometric | None = None, ax: Axes | None = None) -> Axes:
    """Draw the survival of each cohort as far as it is known, of all together, and of a model beyond that.

    A cohort's thin line ends in an open ring where the future begins: nothing is drawn that nobody has seen.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.value.retention_table` gives it; one row is enough.
    model : ShiftedBetaGeometric, optional
        Drawn to half as far again as the oldest cohort is known.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    together = _survival_of_all(table)
    known = int(together.index[-1])
    if ax is None:
        ax = new_axes(7.4, 4.4, left=0.75, top=0.75)
    shares = survival(table)
    if len(shares) > 1:
        for place, (_, row) in enumerate(shares.iterrows()):
            seen = row.dropna()
            ax.plot(seen.index, seen, color=_GREY, linewidth=0.8, label=None if place else "One cohort")
        ends = shares.notna().sum(axis=1) - 1
        last = [shares.iloc[row, end] for row, end in enumerate(ends)]
        ax.plot(
            ends, last, "o", color="white", markeredgecolor=_GREY, markersize=5, linestyle="",
            label="Its future begins",
        )  # fmt: skip
    ax.plot(
        together.index, together, "s", color="white", markeredgecolor=PALETTE[0], markeredgewidth=1.5,
        markersize=6, linestyle="",
        label="Together" if len(shares) > 1 else "Known", zorder=3,
    )  # fmt: skip
    if model is not None:
        ages = np.arange(_horizon(known) + 1)
        ax.plot(ages, model.survival(ages), color=PALETTE[5], linewidth=2, linestyle="--", label="Model", zorder=4)
        ax.axvline(known, color="black", linestyle=":", linewidth=1)
        ax.annotate("known until here", (known, 1.0), (4, 0), textcoords="offset points", fontsize=9, va="center")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.set_ylim(0, 1.04)
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_xlabel("Age of the contract, in periods")
    ax.set_ylabel("Customers who are still there")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=4, frameon=False, columnspacing=1.2)
    return ax


def describe_retention(table: pd.DataFrame, model: ShiftedBetaGeometric | None = None) -> str:
    """Say in a few sentences what `plot_retention` shows.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.value.retention_table` gives it.
    model : ShiftedBetaGeometric, optional
        As for `plot_retention`.
    """
    together = _survival_of_all(table)
    known = int(together.index[-1])
    full = int((read_survivors(table).notna().sum(axis=1) - 1 == known).sum())
    text = (
        f"{len(table)} {'cohort' if len(table) == 1 else 'cohorts'}, of which {full} "
        f"{'is' if full == 1 else 'are'} known up to age {known}. {percent(together[1])} of the customers are still "
        f"there at age 1, and {percent(together[known])} at age {known}."
    )
    if known > 1:
        # One late age has few customers, so the later half is taken together.
        at_risk, kept = (part[known // 2 : known].sum() for part in pairs(table))
        text += f" The retention rate is {percent(together[1])} at age 1, and {percent(kept / at_risk)} from age "
        text += f"{known // 2 + 1} on."
    if model is not None:
        horizon = _horizon(known)
        gap = float(np.abs(together - model.survival(list(together.index))).max())
        text += (
            f" The model misses by at most {percent(gap)} of the customers, and goes on to "
            f"{percent(model.survival([horizon]).iloc[0])} at age {horizon}."
        )
    return text


def plot_clv(margin: float, discount: float, retention: float = 0.8, ax: Axes | None = None) -> Axes:
    """Draw the simple lifetime value against the retention rate, and mark one rate and five points more.

    Parameters
    ----------
    margin, discount : float
        As for `cxux_helpers.value.simple_clv`; the first payment comes at the end of the period.
    retention : float
        The rate that is marked, 0 to 0.99.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    marked = _marked_values(margin, discount, retention)
    if ax is None:
        ax = new_axes(7.2, 4.2, left=1.2, top=0.5)
    top = max(0.95, *marked)
    rates = np.linspace(0, top, 200)
    ax.plot(rates, [simple_clv(margin, rate, discount) for rate in rates], color=PALETTE[0], linewidth=2)
    for (rate, value), marker, colour in zip(marked.items(), "os", (PALETTE[1], PALETTE[2]), strict=False):
        ax.plot(
            rate, value, marker, color=colour, markeredgecolor="black", markersize=10, linestyle="", zorder=3,
            label=f"{_money(value)} at {_rate(rate)}",
        )  # fmt: skip
    ax.set_xlim(-0.02, min(top + 0.02, 1.0))
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: _money(value)))
    ax.set_xlabel("Retention rate per period")
    ax.set_ylabel("Lifetime value, in the unit of the margin")
    ax.spines[["top", "right"]].set_visible(False)
    ax.grid(axis="y", color="#dddddd")
    ax.set_axisbelow(True)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return ax


def describe_clv(margin: float, discount: float, retention: float = 0.8) -> str:
    """Say in two sentences what `plot_clv` shows.

    Parameters
    ----------
    margin, discount, retention : float
        As for `plot_clv`.
    """
    marked = _marked_values(margin, discount, retention)
    (rate, value), *more = marked.items()
    text = (
        f"With a margin of {_money(margin)} per period and a discount rate of {_rate(discount)}, a customer with a "
        f"retention rate of {_rate(rate)} is worth {_money(value)}."
    )
    for better, gain in more:
        text += f" At {_rate(better)} it is {_money(gain)}: the curve grows steeper as retention nears 100%."
    return text


def plot_purchases(track: pd.DataFrame, fitted_until: float | None = None, ax: Axes | None = None) -> Axes:
    """Draw cumulative repeat purchases, as they were and as a model expected them.

    Parameters
    ----------
    track : DataFrame
        As `cxux_helpers.value.track_purchases` gives it.
    fitted_until : float, optional
        Time up to which the model knew the orders; what lies beyond is a forecast.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_track(track, fitted_until)
    if ax is None:
        ax = new_axes(7.2, 4.2, left=0.95, top=0.5)
    ax.plot(track.index, track["actual"], color=PALETTE[0], linewidth=2, label="Actual")
    ax.plot(track.index, track["expected"], color=PALETTE[5], linewidth=2, linestyle="--", label="Expected")
    if fitted_until is not None:
        ax.axvline(fitted_until, color="black", linestyle=":", linewidth=1)
        ax.annotate("forecast", (fitted_until, 0), (6, 6), textcoords="offset points", fontsize=9)
    ax.set_ylim(0, None)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}"))
    ax.set_xlabel("Periods since the first purchase of anybody")
    ax.set_ylabel("Repeat purchases so far, all customers")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return ax


def describe_purchases(track: pd.DataFrame, fitted_until: float | None = None) -> str:
    """Say in two sentences what `plot_purchases` shows.

    Parameters
    ----------
    track : DataFrame
        As `cxux_helpers.value.track_purchases` gives it.
    fitted_until : float, optional
        As for `plot_purchases`.
    """
    _require_track(track, fitted_until)
    last = track.iloc[-1]
    text = (
        f"After {track.index[-1]} periods customers had made {last['actual']:,.0f} repeat purchases; the model "
        f"expected {last['expected']:,.0f}, {_off(last['expected'], last['actual'])}."
    )
    before = track[track.index <= fitted_until] if fitted_until is not None else track.iloc[:0]
    if len(before) and len(before) < len(track):
        later = last - before.iloc[-1]
        text += (
            f" In the {len(track) - len(before)} periods of the forecast there were {later['actual']:,.0f}, and "
            f"{later['expected']:,.0f} were expected, {_off(later['expected'], later['actual'])}."
        )
    return text


def _survival_of_all(table: pd.DataFrame) -> pd.Series:
    """Survival over all cohorts, each as far as it is known, from age 0 to the last age at which anybody was left."""
    at_risk, kept = pairs(table)
    rates = (kept / np.where(at_risk > 0, at_risk, np.nan))[at_risk > 0]
    return pd.Series(np.concatenate([[1.0], rates.cumprod()]))


def _horizon(known: int) -> int:
    return known + max(2, math.ceil(known / 2))


def _marked_values(margin: float, discount: float, retention: float) -> dict[float, float]:
    """Values at the rate that is marked and, where there is room below 100 %, at five points more."""
    require_number("retention", retention, low=0, high=0.99, remedy="Write 0.8 for 80 %.")
    rates = [retention] + ([round(retention + 0.05, 10)] if retention + 0.05 <= 0.99 else [])
    return {rate: simple_clv(margin, rate, discount) for rate in rates}


def _require_track(track: pd.DataFrame, fitted_until: float | None) -> None:
    require_columns(track, ("actual", "expected"), "Make the table with track_purchases.")
    if fitted_until is not None:
        require_number("fitted_until", fitted_until, above=0)


def _off(expected: float, actual: float) -> str:
    if not actual:
        return "but there was none"
    miss = expected / actual - 1
    return f"{percent(abs(miss))} too {'many' if miss > 0 else 'few'}" if abs(miss) >= 0.0005 else "as it was"


def _rate(rate: float) -> str:
    return f"{100 * rate:.4g}%"


def _money(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.2f}".removesuffix(".00")
