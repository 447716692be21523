"""Made-up usability studies whose truth is known: a test of two prototypes, a card sort and a tree test."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["make_card_sort", "make_tree_test", "make_usability_sessions"]


class _Prototype(NamedTuple):
    """Chance to complete the task, median seconds of a success and of giving up, and share of the best SUS score."""

    completion: float
    seconds: float
    give_up: float
    liking: float


_PROTOTYPES = {
    "A": _Prototype(completion=0.45, seconds=80.0, give_up=20.0, liking=0.52),
    "B": _Prototype(completion=0.85, seconds=60.0, give_up=25.0, liking=0.74),
}


def make_usability_sessions(n_participants: int = 10, *, seed: int = 0) -> Planted:
    """Sessions of simulated participants who try one task on two prototypes, half of them on A first.

    B is better: more people complete the task, and those who do are faster. But who fails on A gives up early, so the
    mean over *all* times makes A look faster. Able people tend to manage both prototypes, and quick people are quick
    on both.

    Parameters
    ----------
    n_participants : int
        Number of people, at least 2.
    seed : int
        The same seed gives the same sessions.

    Returns
    -------
    Planted
        ``data`` has one row per person and prototype: ``participant``, ``prototype``, ``position`` (1 tried first, 2
        second), ``completed``, ``seconds`` (until done or given up), ``seq`` (1 to 7) and ``sus_1`` to ``sus_10`` (1 to
        5). ``truth`` has one row per prototype: ``completion`` (probability), ``seconds`` (median of a success) and
        ``sus`` (mean score).

    Raises
    ------
    ValueError
        If `n_participants` is no whole number of 2 or more.

    Examples
    --------
    >>> sessions, truth = make_usability_sessions(seed=1)
    >>> len(sessions), truth["completion"].to_dict()
    (20, {'A': 0.45, 'B': 0.85})
    """
    n = require_whole("n_participants", n_participants, low=2)
    rng = np.random.default_rng(seed)
    ability, pace = rng.normal(size=n), rng.normal(size=n)
    a_first = rng.permutation(n) % 2 == 0
    tables = []
    for name, prototype in _PROTOTYPES.items():
        # Half of what decides is the person, so both prototypes fail the same people more often than chance has it.
        luck = (ability + rng.normal(size=n)) / np.sqrt(2)
        completed = luck < NormalDist().inv_cdf(prototype.completion)
        middle = np.where(completed, prototype.seconds, prototype.give_up)
        seconds = middle * np.exp(0.4 * (pace + rng.normal(size=n)) / np.sqrt(2))
        liking = rng.beta(8 * prototype.liking, 8 * (1 - prototype.liking), size=(n, 1))
        points = rng.binomial(4, liking, size=(n, 10))
        praise = np.arange(10) % 2 == 0
        answers = np.where(praise, 1 + points, 5 - points)
        table = {
            "participant": np.arange(1, n + 1),
            "prototype": name,
            "position": np.where(a_first == (name == "A"), 1, 2),
            "completed": completed,
            "seconds": seconds.round(1),
            "seq": 1 + rng.binomial(6, liking[:, 0]),
        }
        tables.append(pd.DataFrame({**table, **{f"sus_{item + 1}": answers[:, item] for item in range(10)}}))
    truth = pd.DataFrame(
        {
            "completion": [prototype.completion for prototype in _PROTOTYPES.values()],
            "seconds": [prototype.seconds for prototype in _PROTOTYPES.values()],
            "sus": [100 * prototype.liking for prototype in _PROTOTYPES.values()],
        },
        index=pd.Index(list(_PROTOTYPES), name="prototype"),
    )
    data = pd.concat(tables).sort_values(["participant", "position"], ignore_index=True)
    return Planted(data, truth)


_CARDS = {
    "Seating": ["armchair", "sofa", "bar stool", "bench", "rocking chair", "footstool"],
    "Sleeping": ["bed frame", "mattress", "pillow", "duvet", "headboard", "bunk bed"],
    "Storage": ["wardrobe", "bookcase", "shoe rack", "chest of drawers", "coat stand", "toy box"],
    "Lighting": ["floor lamp", "desk lamp", "ceiling lamp", "night light", "candle holder", "light bulbs"],
}
# The first label of each is the likeliest, and belongs to two categories.
_LABELS = {
    "Seating": ["Living room", "Seats", "To sit on", "Relaxing"],
    "Sleeping": ["Bedroom", "Beds", "To sleep", "Relaxing"],
    "Storage": ["Bedroom", "Storage", "Shelves", "To put things in"],
    "Lighting": ["Living room", "Lamps", "Light", "Cosy home"],
}


def make_card_sort(n_participants: int = 20, *, seed: int = 0) -> Planted:
    """An open card sort of 24 articles of a furniture shop, with four categories behind it.

    Everybody has about the same categories in mind, but a card strays now and then, one person in three splits a
    category, and labels mislead: people name the same pile differently, and use one label for different piles.

    Parameters
    ----------
    n_participants : int
        Number of people, at least 5.
    seed : int
        The same seed gives the same sorts.

    Returns
    -------
    Planted
        ``data`` has one row per ``participant`` and ``card``, with the label of its ``group``. ``truth`` is a Series of
        categories by ``card``.

    Raises
    ------
    ValueError
        If `n_participants` is no whole number of 5 or more.

    Examples
    --------
    >>> sorts, truth = make_card_sort()
    >>> len(sorts), truth["sofa"]
    (480, 'Seating')
    """
    n = require_whole("n_participants", n_participants, low=5)
    rng = np.random.default_rng(seed)
    names = list(_CARDS)
    truth = pd.Series({card: name for name, cards in _CARDS.items() for card in cards}, name="category")
    home = truth.map(names.index).to_numpy()
    tables = []
    for person in range(1, n + 1):
        strays = rng.random(len(home)) < 0.15
        place = np.where(strays, rng.integers(len(names), size=len(home)), home)
        labels = np.array([rng.choice(_LABELS[name], p=[0.4, 0.2, 0.2, 0.2]) for name in names], dtype=object)
        # Two piles of one person never share a name.
        labels = np.array(
            [f"{label} 2" if label in labels[:i] else label for i, label in enumerate(labels)], dtype=object
        )
        group = labels[place]
        if rng.random() < 1 / 3:
            split = (place == rng.integers(len(names))) & (rng.random(len(home)) < 0.5)
            group = np.where(split, "More", group)
        tables.append(pd.DataFrame({"participant": person, "card": truth.index, "group": group}))
    data = (
        pd.concat(tables).sample(frac=1, random_state=rng).sort_values("participant", kind="stable", ignore_index=True)
    )
    return Planted(data, truth.rename_axis("card"))


_TREE = {
    "Furniture": ["Sofas", "Beds", "Wardrobes", "Lamps"],
    "Services": ["Delivery", "Assembly", "Planning"],
    "Help": ["Returns", "Guarantee", "Contact"],
    "My account": ["Orders", "Invoices", "Wish list"],
}


class _Task(NamedTuple):
    """Where the answer is, how people start, and how sure they find the leaf once they are in the right branch."""

    node: str
    first: dict[str, float]
    finds_leaf: float
    misleading: str | None


_TASKS = {
    "Send back a damaged lamp": _Task(
        "Returns", {"Help": 0.35, "My account": 0.45, "Services": 0.12, "Furniture": 0.08}, 0.97, "My account"
    ),
    "Find out what delivery costs": _Task(
        "Delivery", {"Services": 0.85, "Help": 0.07, "My account": 0.04, "Furniture": 0.04}, 0.95, None
    ),
    "Print a bill": _Task(
        "Invoices", {"My account": 0.91, "Help": 0.03, "Services": 0.03, "Furniture": 0.03}, 0.78, None
    ),
}


def make_tree_test(n_participants: int = 50, *, seed: int = 0) -> Planted:
    """A tree test of a furniture shop's site with three tasks, one of which has a branch that misleads.

    For "Send back a damaged lamp", more people look under My account than under Help. Most of them notice and come
    back, so success alone does not give the fault away: "Print a bill" has about as much, for another reason. It is
    directness and the first choices that tell.

    Parameters
    ----------
    n_participants : int
        Number of people, at least 5; everybody does every task.
    seed : int
        The same seed gives the same paths.

    Returns
    -------
    Planted
        ``data`` has one row per ``participant`` and ``task``: ``path`` (text like ``"Home > Help > Returns"``, with the
        nodes passed on the way back) and ``skipped``. ``truth`` has one row per task: ``node`` (the right one),
        ``branch`` (above it), ``misleading`` (the branch that misleads, missing where none does) and ``first_right``
        (probability that the first choice is the right branch).

    Raises
    ------
    ValueError
        If `n_participants` is no whole number of 5 or more.

    Examples
    --------
    >>> data, truth = make_tree_test()
    >>> truth["misleading"].dropna().to_dict()
    {'Send back a damaged lamp': 'My account'}
    """
    n = require_whole("n_participants", n_participants, low=5)
    rng = np.random.default_rng(seed)
    branch_of = {leaf: branch for branch, leaves in _TREE.items() for leaf in leaves}
    rows = [
        (person, name, *_walk(task, branch_of[task.node], rng))
        for person in range(1, n + 1)
        for name, task in _TASKS.items()
    ]
    truth = pd.DataFrame(
        [
            (task.node, branch_of[task.node], task.misleading, task.first[branch_of[task.node]])
            for task in _TASKS.values()
        ],
        columns=["node", "branch", "misleading", "first_right"],
        index=pd.Index(list(_TASKS), name="task"),
    )
    return Planted(pd.DataFrame(rows, columns=["participant", "task", "path", "skipped"]), truth)


def _walk(task: _Task, branch: str, rng: np.random.Generator) -> tuple[str, bool]:
    """One participant's path through the tree, and whether the task was given up."""
    path, unseen = ["Home"], dict(task.first)
    while True:
        chances = np.array(list(unseen.values()))
        choice = str(rng.choice(list(unseen), p=chances / chances.sum()))
        unseen.pop(choice)
        path.append(choice)
        if choice == branch:
            others = [leaf for leaf in _TREE[branch] if leaf != task.node]
            found = rng.random() < task.finds_leaf
            return " > ".join([*path, task.node if found else str(rng.choice(others))]), False
        act = rng.random()
        if act < 0.08:
            return " > ".join(path), True
        if act < 0.25 or not unseen:
            return " > ".join([*path, str(rng.choice(_TREE[choice]))]), False
        path.append("Home")
