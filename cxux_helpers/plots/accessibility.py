"""Pictures of accessibility: contrasts of pairs of colours, and the sentences of a text, each with a text twin."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle
from matplotlib.ticker import MaxNLocator, NullLocator

from cxux_helpers.accessibility.colours import Colour, colour_hex
from cxux_helpers.accessibility.contrast import CONTRAST_MINIMUM, contrast_ratio
from cxux_helpers.accessibility.readability import Readability, flesch_band
from cxux_helpers.arguments import require_whole
from cxux_helpers.plots.style import PALETTE, new_axes, text_width

__all__ = ["describe_contrast", "describe_readability", "plot_contrast", "plot_readability"]


class _Reach(NamedTuple):
    """The least ratio of a class of contrasts, and how it is drawn and called."""

    least: float
    words: str
    marker: str
    colour: str


_REACHES = (
    _Reach(CONTRAST_MINIMUM["text"]["AAA"], "AAA", "o", PALETTE[2]),
    _Reach(CONTRAST_MINIMUM["text"]["AA"], "AA", "s", PALETTE[0]),
    _Reach(CONTRAST_MINIMUM["large text"]["AA"], "only large text and signs", "^", PALETTE[1]),
    _Reach(1, "fails", "X", PALETTE[5]),
)


def plot_contrast(pairs: Mapping[str, tuple[Colour, Colour]], ax: Axes | None = None) -> Axes:
    """Draw the contrast ratio of pairs of colours, with the borders of WCAG 2.2 and a sample of each pair.

    Parameters
    ----------
    pairs : mapping of str to two colours
        Name of each pair, with foreground and background.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If there is no pair, or a colour cannot be read.
    """
    ratios = _ratios(pairs)
    names = list(ratios)
    if ax is None:
        ax = new_axes(9.5, 1.35 + 0.5 * len(names), left=text_width(names), right=3.0, top=0.55, bottom=0.6)
    for reach in _REACHES[:-1]:
        ax.axvline(reach.least, color="#595959", linewidth=1, linestyle=(0, (4, 3)), zorder=0)
    for place, (name, ratio) in enumerate(ratios.items()):
        reach = _reach(ratio)
        ax.plot([1, ratio], [place, place], color="#767676", linewidth=1.5, zorder=1)
        ax.plot(ratio, place, reach.marker, color=reach.colour, markeredgecolor="black", markersize=11, zorder=2)
        # Behind the right edge of the axes: the pair itself, then what it is good for.
        foreground, background = map(colour_hex, pairs[name])
        outside = ax.get_yaxis_transform()
        ax.add_patch(
            Rectangle(
                (1.02, place - 0.36), 0.09, 0.72, transform=outside, clip_on=False,
                facecolor=background, edgecolor="#595959",
            )
        )  # fmt: skip
        ax.text(1.065, place, "Aa", transform=outside, ha="center", va="center", fontsize=12, color=foreground)
        ax.text(1.13, place, f"{_floor(ratio)}  {reach.words}", transform=outside, va="center", fontsize=9)
    ax.set_xscale("log")
    ax.set_xlim(0.95, 22)
    ticks = [1, *sorted(reach.least for reach in _REACHES[:-1]), 12, 21]
    ax.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
    ax.xaxis.set_minor_locator(NullLocator())
    ax.set_ylim(len(names) - 0.4, -0.6)
    ax.set_yticks(np.arange(len(names)), names)
    ax.set_xlabel("Contrast ratio (log scale; higher is easier to read)")
    ax.spines[["top", "right"]].set_visible(False)
    for reach, words in zip(_REACHES[:-1], ("AAA", "AA", "large"), strict=True):
        ax.annotate(
            words, (reach.least, 1), (0, 4), xycoords=ax.get_xaxis_transform(), textcoords="offset points",
            ha="center", fontsize=9,
        )  # fmt: skip
    return ax


def describe_contrast(pairs: Mapping[str, tuple[Colour, Colour]]) -> str:
    """Say in two sentences what `plot_contrast` shows.

    Parameters
    ----------
    pairs : mapping of str to two colours
        Name of each pair, with foreground and background.
    """
    ratios = _ratios(pairs)
    parts = []
    for reach in _REACHES:
        names = [f"{name} ({_floor(ratio)})" for name, ratio in ratios.items() if _reach(ratio) is reach]
        if names:
            parts.append(f"{reach.words}: {', '.join(names)}")
    enough = sum(ratio >= CONTRAST_MINIMUM["text"]["AA"] for ratio in ratios.values())
    counted = f"{len(ratios)} {'pair' if len(ratios) == 1 else 'pairs'} of colours"
    first = f"Of {counted}, {enough or 'none'} can carry text of any size, for which AA asks 4.5."
    return f"{first} By level, {'; '.join(parts)}."


def plot_readability(result: Readability, long: int = 25, ax: Axes | None = None) -> Axes:
    """Draw the number of words of each sentence, in their order; long ones are hatched and show it.

    Parameters
    ----------
    result : Readability
        As `cxux_helpers.accessibility.readability.readability` gives it.
    long : int
        Number of words from which on a sentence counts as long.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If `long` is not a whole number of 1 or more.
    """
    long = require_whole("long", long, low=1)
    words = np.array([sentence.words for sentence in result.sentences])
    places = np.arange(1, len(words) + 1)
    if ax is None:
        ax = new_axes(min(11.0, max(6.5, 1.2 + 0.22 * len(words))), 4.0, left=0.8, top=0.55)
    is_long = words >= long
    for chosen, colour, hatch in ((~is_long, PALETTE[4], ""), (is_long, PALETTE[1], "////")):
        ax.bar(places[chosen], words[chosen], 0.8, color=colour, hatch=hatch, edgecolor="black", linewidth=0.6)
    for place, count in zip(places[is_long], words[is_long], strict=True):
        ax.annotate(f"{count}", (place, count), (0, 3), textcoords="offset points", ha="center", fontsize=9)
    ax.axhline(long, color="#595959", linewidth=1, linestyle=(0, (4, 3)))
    top = 1.12 * max(words.max(), long)
    ax.set_xlim(0.3, len(words) + 0.7)
    ax.set_ylim(0, top)
    ax.set_xticks(_whole_ticks(1, len(words)))
    ax.set_yticks(_whole_ticks(0, top))
    ax.set_xlabel("Sentence, in the order of the text")
    ax.set_ylabel("Words")
    ax.spines[["top", "right"]].set_visible(False)
    handles = [
        Patch(facecolor=PALETTE[4], edgecolor="black", label=f"Under {long} words"),
        Patch(facecolor=PALETTE[1], edgecolor="black", hatch="////", label=f"{long} words or more"),
    ]
    ax.legend(handles=handles, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2, frameon=False)
    return ax


def describe_readability(result: Readability, long: int = 25) -> str:
    """Say in two sentences what `plot_readability` shows.

    Parameters
    ----------
    result : Readability
        As `cxux_helpers.accessibility.readability.readability` gives it.
    long : int
        Number of words from which on a sentence counts as long.
    """
    long = require_whole("long", long, low=1)
    lengths = [sentence.words for sentence in result.sentences]
    many = sum(length >= long for length in lengths)
    longest = result.longest(1)[0]
    counted = f"{len(lengths)} {'sentence' if len(lengths) == 1 else 'sentences'}"
    have = "has" if many == 1 or len(lengths) == 1 else "have"
    return (
        f"Of {counted}, {many or 'none'} {have} {long} words or more; the average is {np.mean(lengths):.1f}. "
        f"The longest is sentence {lengths.index(longest.words) + 1}, with {longest.words} "
        f"{'word' if longest.words == 1 else 'words'}, and the reading ease of the text is "
        f"{result.reading_ease:.0f} ({flesch_band(result.reading_ease)})."
    )


def _ratios(pairs: Mapping[str, tuple[Colour, Colour]]) -> dict[str, float]:
    if not pairs:
        raise ValueError("pairs is empty. Give a name for each pair, with foreground and background.")
    return {name: contrast_ratio(*pair) for name, pair in pairs.items()}


def _reach(ratio: float) -> _Reach:
    return next(reach for reach in _REACHES if ratio >= reach.least)


def _floor(ratio: float) -> str:
    # Rounded down, so that a ratio that fails never looks as if it passed; the nudge keeps 4.6 from becoming 4.59.
    return f"{np.floor(100 * ratio + 1e-9) / 100:.2f}"


def _whole_ticks(low: float, high: float) -> list[float]:
    ticks = MaxNLocator(integer=True, min_n_ticks=1).tick_values(low, high)
    return [tick for tick in ticks if low <= tick <= high]
