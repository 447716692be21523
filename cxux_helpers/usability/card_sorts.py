"""Card sorts: which things people put together, and the groups that follow from it.

Where people look for things is in `cxux_helpers.usability.findability`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.tables import refuse_rows, require_columns

__all__ = ["Dendrogram", "card_dendrogram", "card_distance", "card_groups", "card_linkage", "card_similarity"]


def card_similarity(
    sorts: pd.DataFrame, *, participant: str = "participant", card: str = "card", group: str = "group"
) -> pd.DataFrame:
    """Share of participants who put two cards into the same group, for every pair of cards.

    Groups are compared within a participant alone: the same label written by two people makes two groups, and two
    labels of one meaning do no harm. 1 is together in every sort, 0 in none.

    Parameters
    ----------
    sorts : DataFrame
        One row per participant and card.
    participant, card, group : str
        Names of its columns. A group may be a label or a number.

    Returns
    -------
    DataFrame
        Cards by cards, sorted by card, symmetric, with 1 on the diagonal.

    Raises
    ------
    ValueError
        If a column or a value is missing, or a participant did not sort every card exactly once. A card that somebody
        left over belongs in a group of its own.

    Examples
    --------
    >>> sorts = pd.DataFrame({
    ...     "participant": [1, 1, 1, 2, 2, 2],
    ...     "card": ["chair", "lamp", "sofa"] * 2,
    ...     "group": ["seats", "light", "seats", "living room", "living room", "living room"],
    ... })
    >>> card_similarity(sorts).loc["sofa"].to_dict()
    {'chair': 1.0, 'lamp': 0.5, 'sofa': 1.0}
    """
    together, people = _together(sorts, participant, card, group)
    return together / people


def card_distance(
    sorts: pd.DataFrame, *, participant: str = "participant", card: str = "card", group: str = "group"
) -> pd.DataFrame:
    """Number of participants who put two cards into different groups: 0 is always together.

    Divided by the number of participants it is 1 − `card_similarity`. Parameters and errors are the same.

    Examples
    --------
    >>> sorts = pd.DataFrame({"participant": [1, 1, 2, 2], "card": ["a", "b"] * 2, "group": [1, 1, 1, 2]})
    >>> int(card_distance(sorts).loc["a", "b"])
    1
    """
    together, people = _together(sorts, participant, card, group)
    return people - together


def card_linkage(
    sorts: pd.DataFrame, *, participant: str = "participant", card: str = "card", group: str = "group"
) -> np.ndarray:
    """Average linkage (UPGMA) of the cards by `card_distance`, in the form that scipy uses.

    Each row joins two clusters at their mean distance over all pairs of cards. Cards are numbered in sorted order, so
    the order of the rows does not matter. Where distances tie, the order of the joins is a convention of scipy's.

    Returns
    -------
    ndarray
        One row per join, with the columns cluster, cluster, distance (in participants) and number of cards.

    Raises
    ------
    ValueError
        As in `card_similarity`, or if there is one card only.

    Examples
    --------
    Both put the first two cards together; one adds the third.

    >>> people, cards, groups = [1, 1, 1, 2, 2, 2], ["a", "b", "c"] * 2, [1, 1, 2, 1, 1, 1]
    >>> sorts = pd.DataFrame({"participant": people, "card": cards, "group": groups})
    >>> card_linkage(sorts).tolist()
    [[0.0, 1.0, 0.0, 2.0], [2.0, 3.0, 1.0, 3.0]]
    """
    return _tree(sorts, participant, card, group)[0]


def card_groups(
    sorts: pd.DataFrame, k: int, *, participant: str = "participant", card: str = "card", group: str = "group"
) -> pd.Series:
    """Put the cards into `k` groups by cutting the tree of `card_linkage`.

    Parameters
    ----------
    sorts, participant, card, group
        As in `card_similarity`.
    k : int
        Number of groups, from 1 to the number of cards.

    Returns
    -------
    Series
        Whole numbers from 1 to `k` named ``group``, by card; the first card is in group 1.

    Raises
    ------
    ValueError
        As in `card_linkage`, or if `k` is out of range.

    Examples
    --------
    >>> sorts = pd.DataFrame({"participant": [1] * 3, "card": ["lamp", "chair", "sofa"], "group": ["x", "y", "y"]})
    >>> card_groups(sorts, 2).to_dict()
    {'chair': 1, 'lamp': 2, 'sofa': 1}
    """
    from scipy.cluster.hierarchy import cut_tree

    tree, cards = _tree(sorts, participant, card, group)
    if require_whole("k", k, low=1) > len(cards):
        raise ValueError(f"k is {k}, but there are {len(cards)} cards. Ask for fewer groups.")
    numbers = pd.factorize(cut_tree(tree, n_clusters=int(k)).ravel())[0] + 1
    return pd.Series(numbers, index=cards, name="group")


class Dendrogram(NamedTuple):
    """What a picture of a tree of cards needs.

    Attributes
    ----------
    cards : list
        The cards in the order of the leaves, so that no lines cross. Leaf i stands at place ``10 · i + 5``.
    places : ndarray
        One row of four places along the leaves for each join: foot, corner, corner, foot.
    heights : ndarray
        The distances that belong to `places`, in participants.
    """

    cards: list[Any]
    places: np.ndarray
    heights: np.ndarray


def card_dendrogram(
    sorts: pd.DataFrame, *, participant: str = "participant", card: str = "card", group: str = "group"
) -> Dendrogram:
    """Tree of `card_linkage`, laid out for a picture. Parameters and errors are those of `card_linkage`.

    Examples
    --------
    >>> sorts = pd.DataFrame({"participant": [1] * 3, "card": ["lamp", "chair", "sofa"], "group": ["x", "y", "y"]})
    >>> card_dendrogram(sorts).cards
    ['lamp', 'chair', 'sofa']
    """
    from scipy.cluster.hierarchy import dendrogram

    tree, cards = _tree(sorts, participant, card, group)
    layout = dendrogram(tree, no_plot=True)
    return Dendrogram(
        [cards[leaf] for leaf in layout["leaves"]], np.asarray(layout["icoord"]), np.asarray(layout["dcoord"])
    )


def _together(sorts: pd.DataFrame, participant: str, card: str, group: str) -> tuple[pd.DataFrame, int]:
    """Number of participants who put two cards together, and number of participants."""
    remedy = "Pass participant='…', card='…' and group='…' with the names of the columns."
    require_columns(sorts, (participant, card, group), remedy)
    for column in (participant, card, group):
        refuse_rows(sorts[column], sorts[column].isna(), "no value", "Give a left-over card a group of its own.")
    row, cards = pd.factorize(sorts[card].to_numpy(), sort=True)
    person, people = pd.factorize(sorts[participant].to_numpy(), sort=True)
    times = np.zeros((len(people), len(cards)), dtype=int)
    np.add.at(times, (person, row), 1)
    if (times != 1).any():
        who, what = np.argwhere(times != 1)[0]
        raise ValueError(
            f"participant {people[who]!s} sorted card {cards[what]!s} {times[who, what]} times. "
            "Every participant must sort every card once; give a left-over card a group of its own."
        )
    pile = sorts.groupby([participant, group], observed=True).ngroup().to_numpy()
    member = np.zeros((len(cards), pile.max() + 1), dtype=int)
    member[row, pile] = 1
    names = pd.Index(cards, name=card)
    return pd.DataFrame(member @ member.T, index=names, columns=names), len(people)


def _tree(sorts: pd.DataFrame, participant: str, card: str, group: str) -> tuple[np.ndarray, pd.Index]:
    """Average linkage, and the cards in the order in which it numbers them."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    distance = card_distance(sorts, participant=participant, card=card, group=group)
    if len(distance) < 2:
        raise ValueError(f"there is only one card, {distance.index[0]!s}. A tree needs two or more.")
    return linkage(squareform(distance.to_numpy(float)), method="average"), distance.index
