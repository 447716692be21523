"""Made-up web sites with the people who use them: how they sort its cards, and how they walk through any tree of it."""

from __future__ import annotations

import random
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["LIBRARY_SITE", "Site", "make_site_sort", "walk_site_tree"]

_ANY_PULL = 0.4  # some look even where nothing speaks for it
_FINDS = 0.95  # once in the right branch, unless it is long
_SHORT, _LOST = 6, 0.03  # cards that one takes in at a glance, and the share that each further one costs
_GIVES_UP, _SETTLES = 0.08, 0.17  # in a wrong branch; all others go back
_STRAYS = 0.05
_SPLITS = 0.3


@dataclass(frozen=True)
class Site:
    """What people have in mind about a site: the truth behind its card sorts and tree tests.

    Parameters
    ----------
    topics : mapping of str to sequence of str
        The cards of each topic that people have in mind.
    pulls : mapping of str to mapping of str to float
        For every label that a branch may have, how strongly it draws people who look for a topic or for a card; a card
        goes before its topic, and what is not named draws few.
    tasks : mapping of str to str
        For cards, the task whose answer they are.
    written : mapping of str to sequence of str
        What people write on a pile of each topic; likelier where it stands more than once.
    seen_as : mapping of str to (str, float)
        For cards on which people differ, the other topic and the share of people who see it there.
    """

    topics: Mapping[str, Sequence[str]]
    pulls: Mapping[str, Mapping[str, float]]
    tasks: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Sequence[str]] = field(default_factory=dict)
    seen_as: Mapping[str, tuple[str, float]] = field(default_factory=dict)

    @property
    def topic_of(self) -> dict[str, str]:
        """The topic of every card."""
        return {card: topic for topic, cards in self.topics.items() for card in cards}

    def pull(self, label: str, card: str) -> float:
        """How strongly a label draws people who look for a card; only its ratio to that of other labels counts."""
        drawn = self.pulls[label]
        return drawn.get(card, drawn.get(self.topic_of[card], _ANY_PULL))


LIBRARY_SITE = Site(
    topics={
        "books": ["Search the catalogue", "Reserve a book", "New arrivals", "E-books"],
        "mine": ["My loans", "Renew a loan", "My reservations", "Charges to pay"],
        "visit": ["Opening hours", "Branches and maps", "Step-free entrance", "Collection lockers"],
        "meet": ["Story hour", "Reading group", "Homework help", "Book a room"],
    },
    pulls={
        "Find a book": {"books": 9},
        "My library": {"mine": 9, "Collection lockers": 1.5},
        "Your visit": {"visit": 9},
        "Events and groups": {"meet": 9},
        "Services": {"books": 2, "mine": 2, "visit": 2, "meet": 2.5},
        "Collection": {"books": 4, "Collection lockers": 9, "My reservations": 2},
        "Circulation": {"mine": 2, "books": 1},
        "Premises": {"visit": 3, "Book a room": 3},
        "Books and more": {"books": 7, "mine": 2, "Book a room": 2},
        "Programme": {"meet": 3},
        "Information": {"visit": 3, "mine": 1.5, "meet": 1.5},
    },
    tasks={
        "Reserve a book": "A novel is on loan. Be the next to get it.",
        "Renew a loan": "You need two more weeks for a book.",
        "Charges to pay": "A book is late. What does that cost you?",
        "Opening hours": "May you come on Monday at seven in the evening?",
        "Collection lockers": "You come after closing time. Where is the book that you reserved?",
        "Story hour": "When will somebody read to children?",
        "Book a room": "Your choir needs a room for an evening.",
    },
    written={
        "books": ["Books", "Find a book", "Books", "Catalogue", "Reading"],
        "mine": ["Services", "Services", "My library", "Account", "Borrowing"],
        "visit": ["Services", "Services", "Visit", "Where and when", "Your visit"],
        "meet": ["Services", "Services", "Events", "Groups", "Children and more"],
    },
    seen_as={"Collection lockers": ("mine", 0.25), "Book a room": ("visit", 0.2)},
)  # fmt: skip
"""The site of the Bramble Street Library, which is made up. Its staff would file the lockers under reservations, and
call the stock of books the collection; readers see both otherwise."""


def make_site_sort(site: Site = LIBRARY_SITE, n_participants: int = 30, *, seed: int = 0) -> Planted:
    """An open card sort of a site's cards.

    Everybody has about the topics of the site in mind. A card strays now and then, on some cards people differ, three
    in ten split a topic, and one label stands on piles of different topics.

    Parameters
    ----------
    site : Site
        Whose cards, and what people have in mind.
    n_participants : int
        Number of people, at least 5.
    seed : int
        The same seed gives the same sorts.

    Returns
    -------
    Planted
        ``data`` has one row per ``participant`` and ``card``, with the label of its ``group``; ``truth`` is a Series of
        topics by ``card``.

    Raises
    ------
    ValueError
        If `n_participants` is no whole number of 5 or more.

    Examples
    --------
    >>> sorts, truth = make_site_sort()
    >>> len(sorts), truth["Collection lockers"]
    (480, 'visit')
    """
    n = require_whole("n_participants", n_participants, low=5)
    rng = np.random.default_rng(seed)
    truth = pd.Series(site.topic_of, name="topic").rename_axis("card")
    topics = list(site.topics)
    tables = []
    for person in range(1, n + 1):
        names: dict[str, str] = {}
        for topic in topics:
            name = str(rng.choice(list(site.written[topic])))
            # Two piles of one person never share a name.
            names[topic] = f"More {name.lower()}" if name in names.values() else name
        split = str(rng.choice(topics)) if rng.random() < _SPLITS else None
        groups = []
        for card, topic in truth.items():
            other, share = site.seen_as.get(str(card), ("", 0.0))
            if rng.random() < _STRAYS:
                topic = str(rng.choice(topics))
            elif rng.random() < share:
                topic = other
            groups.append("More" if topic == split and rng.random() < 0.5 else names[topic])
        tables.append(pd.DataFrame({"participant": person, "card": truth.index, "group": groups}))
    return Planted(pd.concat(tables, ignore_index=True), truth)


def walk_site_tree(
    site: Site, tree: Mapping[str, Sequence[str]], *, n_participants: int = 60, seed: int = 0
) -> pd.DataFrame:
    """Send made-up visitors through any tree of a site: a tree test of all its tasks.

    A visitor opens one branch after the other, each time drawn by the labels of those not yet opened. In the right
    branch nearly all find the card, fewer in a long one. In a wrong one some give up, some take a wrong card, and most
    go back.

    Parameters
    ----------
    site : Site
        Whose tasks, and what its labels promise.
    tree : mapping of str to sequence of str
        The cards below each label; the labels are among those of the site.
    n_participants : int
        Number of visitors, at least 5; everybody does every task.
    seed : int
        The same seed gives the same walks.

    Returns
    -------
    DataFrame
        One row per ``participant`` and ``task`` (the card that is looked for): ``path``, as text like
        ``"Home > Your visit > Opening hours"``, and ``skipped``.

    Raises
    ------
    ValueError
        If a label is unknown, a card is missing or stands in two branches, or there are fewer than 5 visitors.

    Examples
    --------
    >>> tree = dict(zip(["Find a book", "My library", "Your visit", "Programme"], LIBRARY_SITE.topics.values()))
    >>> walk_site_tree(LIBRARY_SITE, tree, n_participants=5)["path"].iloc[2]
    'Home > My library > Charges to pay'
    """
    n = require_whole("n_participants", n_participants, low=5)
    if unknown := [label for label in tree if label not in site.pulls]:
        raise ValueError(f"label {unknown[0]!r} is unknown to the site; it has: {', '.join(site.pulls)}.")
    placed = [card for cards in tree.values() for card in cards]
    if sorted(placed) != sorted(site.topic_of):
        raise ValueError("the tree does not hold each card of the site once. Put every card below one label.")
    chance = random.Random(seed)
    rows = [(person, card, *_walk(site, tree, card, chance)) for person in range(1, n + 1) for card in site.tasks]
    return pd.DataFrame(rows, columns=["participant", "task", "path", "skipped"])


def _walk(site: Site, tree: Mapping[str, Sequence[str]], card: str, chance: random.Random) -> tuple[str, bool]:
    """One visitor's path to one card, and whether the task was given up."""
    path, unseen = ["Home"], [label for label, cards in tree.items() if cards]
    while True:
        sums = list(accumulate(site.pull(label, card) for label in unseen))
        label = unseen.pop(bisect(sums, chance.random() * sums[-1]))
        path.append(label)
        others = [other for other in tree[label] if other != card]
        if card in tree[label]:
            found = not others or chance.random() < _FINDS - _LOST * max(0, len(tree[label]) - _SHORT)
            return " > ".join([*path, card if found else chance.choice(others)]), False
        act = chance.random()
        if act < _GIVES_UP:
            return " > ".join(path), True
        if act < _GIVES_UP + _SETTLES or not unseen:
            return " > ".join([*path, chance.choice(others)]), False
        path.append("Home")
