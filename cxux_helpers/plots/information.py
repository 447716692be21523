"""Pictures of information architecture: the tree of a card sort, and the outcomes of a tree test."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from cxux_helpers.plots.style import PALETTE, new_axes, percent, text_width
from cxux_helpers.usability.card_sorts import card_dendrogram, card_groups, card_linkage, card_similarity
from cxux_helpers.usability.findability import TREE_OUTCOMES, TreeTest

__all__ = ["describe_dendrogram", "describe_tree_test", "plot_dendrogram", "plot_tree_test"]

# Fill and hatch of each outcome: successes blue, failures orange, indirect ones hatched.
_LOOKS = {
    "direct success": (PALETTE[0], ""),
    "indirect success": (PALETTE[4], "////"),
    "direct failure": (PALETTE[5], ""),
    "indirect failure": (PALETTE[1], "\\\\\\\\"),
    "skip": ("#ffffff", ".."),
}


def plot_dendrogram(sorts: pd.DataFrame, ax: Axes | None = None, *, k: int | None = None) -> Axes:
    """Draw the tree of a card sort: the further left two cards join, the more people put them together.

    Parameters
    ----------
    sorts : DataFrame
        As `cxux_helpers.usability.card_sorts.card_similarity` takes it, with the columns ``participant``, ``card`` and
        ``group``.
    ax : Axes, optional
        Where to draw.
    k : int, optional
        Number of groups to cut; each card then wears the number of its group, and a dashed line shows the cut.

    Returns
    -------
    Axes
    """
    tree = card_dendrogram(sorts)
    groups = None if k is None else card_groups(sorts, k)
    names = [str(card) if groups is None else f"{card} · {groups[card]}" for card in tree.cards]
    if ax is None:
        left = text_width(names)
        ax = new_axes(left + 5.4, 0.9 + 0.22 * len(names), left=left)
    for places, heights in zip(tree.places, tree.heights, strict=True):
        ax.plot(heights, places, color="black", linewidth=1.3)
    people = sorts["participant"].nunique()
    if k is not None and 1 < k < len(names):
        joins = card_linkage(sorts)[:, 2]
        ax.axvline((joins[-k] + joins[1 - k]) / 2, color=PALETTE[5], linestyle="--", linewidth=1.5)
    ax.set_yticks(10 * np.arange(len(names)) + 5, names)
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(0, 10 * len(names))
    ax.set_xlim(0, 1.03 * people)
    ax.set_xticks(range(0, people + 1, max(1, round(people / 8))))
    ax.set_xlabel(f"Mean number of people, of {people}, who put them apart")
    ax.spines[["top", "right", "left"]].set_visible(False)
    return ax


def describe_dendrogram(sorts: pd.DataFrame, *, k: int | None = None) -> str:
    """Say in two sentences what `plot_dendrogram` shows.

    Parameters
    ----------
    sorts, k
        As for `plot_dendrogram`.
    """
    similarity = card_similarity(sorts)
    values = similarity.to_numpy(copy=True)
    np.fill_diagonal(values, -1)
    one, other = map(int, np.unravel_index(values.argmax(), values.shape))
    first = (
        f"{sorts['participant'].nunique()} people sorted {len(similarity)} cards; {similarity.index[one]} and "
        f"{similarity.index[other]} went together most, in {percent(values[one, other])} of the sorts."
    )
    if k is None:
        last = card_linkage(sorts)[-1, 2]
        return f"{first} The last two branches join where {last:.1f} people on average put their cards apart."
    groups = card_groups(sorts, k)
    listed = [f"{number}: {', '.join(map(str, groups.index[groups == number]))}" for number in range(1, k + 1)]
    return f"{first} Cut into {k} groups they are {'; '.join(listed)}."


def plot_tree_test(results: Mapping[str, TreeTest], ax: Axes | None = None) -> Axes:
    """Draw the outcomes of tree-test tasks as bars that add up to everybody, with success and directness beside them.

    Parameters
    ----------
    results : Mapping of str to TreeTest
        Each task and its result, as `cxux_helpers.usability.findability.tree_test` gives it.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    _require_results(results)
    names = list(results)
    if ax is None:
        left = text_width(names)
        ax = new_axes(left + 6, 0.85 + 0.62 * len(names), left=left, right=1.3, top=0.65, bottom=0.15)
    places, start = np.arange(len(names)), np.zeros(len(names))
    people = np.array([result.success.n for result in results.values()])
    for outcome in TREE_OUTCOMES:
        counts = np.array([int(result.outcomes[outcome]) for result in results.values()])
        colour, hatch = _LOOKS[outcome]
        bars = ax.barh(
            places, counts / people, 0.6, left=start / people, label=outcome.capitalize(),
            color=colour, hatch=hatch, edgecolor="black", linewidth=0.6,
        )  # fmt: skip
        # A narrow part has no room for its number; the words beside the picture give it.
        labels = [str(count) if count / total >= 0.04 else "" for count, total in zip(counts, people, strict=True)]
        for text in ax.bar_label(bars, labels, label_type="center", fontsize=9):
            text.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.2})
        start = start + counts
    for place, result in zip(places, results.values(), strict=True):
        note = f"success {percent(result.success.value)}\ndirect {percent(result.directness.value)}"
        ax.annotate(note, (1.02, place), va="center", fontsize=10, annotation_clip=False)
    ax.set_yticks(places, names)
    ax.invert_yaxis()
    ax.set_xlim(0, 1.002)
    ax.xaxis.set_visible(False)
    ax.spines[["top", "right", "bottom"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.45, 1.0), ncols=3, frameon=False, fontsize=9)
    return ax


def describe_tree_test(results: Mapping[str, TreeTest]) -> str:
    """Say in one sentence for each task what `plot_tree_test` shows.

    Parameters
    ----------
    results : Mapping of str to TreeTest
        As for `plot_tree_test`.
    """
    _require_results(results)
    rows = []
    for task, result in results.items():
        counts = ", ".join(f"{int(count)} {outcome}" for outcome, count in result.outcomes.items() if count)
        success = result.success
        rows.append(
            f"{task}: {percent(success.value)} of {success.n} people succeeded (95% interval {percent(success.low)} to "
            f"{percent(success.high)}), {percent(result.directness.value)} answered without going back ({counts})."
        )
    return " ".join(rows)


def _require_results(results: Mapping[str, TreeTest]) -> None:
    if not results:
        raise ValueError(
            "there are no tasks to show. Give a mapping such as {'Find returns': tree_test(paths, 'Returns')}."
        )
