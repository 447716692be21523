"""Judging the tree of a site: made-up visitors walk through it, and each task must be found, and found directly."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from cxux_helpers.arguments import require_number
from cxux_helpers.checks import missing_answer
from cxux_helpers.datasets.sites import Site, walk_site_tree
from cxux_helpers.exercises.base import whole
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.usability.findability import TreeTest, first_choices, tree_test

__all__ = ["MOST_GROUPS", "TreeGoal", "Visited", "judge_site_tree", "read_tree", "send_visitors", "tree_gaps"]

MOST_GROUPS = 7
FEW = 3  # messages at a time: whoever reads ten mends none


@dataclass(frozen=True)
class TreeGoal:
    """What every task of a tree test must reach, with how many visitors.

    Parameters
    ----------
    success, directness : float
        Smallest share of visitors, from 0 to 1.
    visitors : int
        How many walk through the tree.
    seed : int
        Which ones.

    Raises
    ------
    ValueError
        If a share is not between 0 and 1.
    """

    success: float = 0.8
    directness: float = 0.75
    visitors: int = 200
    seed: int = 0

    def __post_init__(self) -> None:
        for name in ("success", "directness"):
            require_number(name, getattr(self, name), low=0, high=1)


class Visited(NamedTuple):
    """What came of one task: its result, and how many opened which branch first, the most opened one first."""

    result: TreeTest
    first: Mapping[str, int]


def read_tree(answer: object, cards: Collection[str], labels: Collection[str]) -> dict[str, Any]:
    """Return a tree as plain data, with the names of its groups and the number of the group of each card.

    Parameters
    ----------
    answer
        As in `TreeBuilder`; names may be None, and cards may be missing.
    cards, labels
        What there is to place, and to choose names from.

    Raises
    ------
    ValueError
        If it is not of that form.
    """
    if not isinstance(answer, Mapping) or set(answer) != {"names", "places"}:
        raise ValueError("the answer should be a dictionary with the keys names and places.")
    names, places = answer["names"], answer["places"]
    if not isinstance(names, list | tuple) or not 2 <= len(names) <= MOST_GROUPS:
        raise ValueError(f"names is {names!r}; it should be a list of 2 to {MOST_GROUPS} names, some of them None.")
    for name in names:
        if name is not None and name not in list(labels):
            raise ValueError(f"the name {name!r} is not on offer; choose one of: {', '.join(labels)}.")
    if not isinstance(places, Mapping):
        raise ValueError("places should be a dictionary from card to the number of its group.")
    for card, place in places.items():
        if card not in cards:
            raise ValueError(f"{card!r} is no card; the cards are: {', '.join(cards)}.")
        if not 1 <= (whole(place) or 0) <= len(names):
            raise ValueError(f"{card} is in group {place!r}; the groups are 1 to {len(names)}.")
    return {"names": list(names), "places": {card: whole(places[card]) for card in cards if card in places}}


def tree_gaps(tree: Mapping[str, Any], cards: Collection[str]) -> list[str]:
    """What a tree still lacks before visitors can walk through it; sentences, none if it is ready.

    Parameters
    ----------
    tree
        As `read_tree` returns it.
    cards
        What there is to place.

    Examples
    --------
    >>> tree_gaps({"names": ["Books", None], "places": {"New arrivals": 1, "Opening hours": 2}}, ["New arrivals",
    ...     "Opening hours", "My loans"])
    ['1 card is in no group.', 'Without a name: group 2.']
    """
    names, gaps = tree["names"], []
    if left := len(cards) - len(tree["places"]):
        gaps.append(f"{left} {'card is' if left == 1 else 'cards are'} in no group.")
    unnamed = [str(number) for number, name in enumerate(names, start=1) if name is None]
    if unnamed:
        gaps.append(f"Without a name: group {', '.join(unnamed)}.")
    given = [name for name in names if name is not None]
    if len(set(given)) < len(given):
        gaps.append("Two groups have the same name.")
    empty = [str(number) for number in range(1, len(names) + 1) if number not in tree["places"].values()]
    if empty:
        gaps.append(f"Empty: group {', '.join(empty)}.")
    return gaps


def send_visitors(site: Site, tree: Mapping[str, Any], goal: TreeGoal) -> dict[str, Visited]:
    """Let visitors walk through a tree without gaps; the result of each task, by its card."""
    branches: dict[str, list[str]] = {name: [] for name in tree["names"]}
    for card, place in tree["places"].items():
        branches[tree["names"][place - 1]].append(card)
    walks = walk_site_tree(site, branches, n_participants=goal.visitors, seed=goal.seed)
    visited = {}
    for card in site.tasks:
        rows = walks[walks["task"] == card]
        first = {str(label): int(count) for label, count in first_choices(rows["path"]).items()}
        visited[card] = Visited(tree_test(rows["path"], card, skipped=rows["skipped"]), first)
    return visited


def judge_site_tree(answer: Any, site: Site, goal: TreeGoal | None = None) -> Feedback:
    """Judge a tree by its tree test: each task counts the same, half of it for success and half for directness.

    Parameters
    ----------
    answer
        As in `TreeBuilder`, or a `NoAnswer`.
    site : Site
        Whose visitors walk through it.
    goal : TreeGoal, optional
        What each task must reach.
    """
    if missing := missing_answer(answer):
        return missing
    goal, cards = goal or TreeGoal(), list(site.topic_of)
    try:
        tree = read_tree(answer, cards, site.pulls)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The tree cannot be read. Build it again.", found=shown(str(problem)))
    if gaps := tree_gaps(tree, cards):
        return Feedback(Rung.NOT_ANSWERED, f"Nobody can walk through this tree yet. {' '.join(gaps)}")
    return _judge(send_visitors(site, tree, goal), tree, goal)


def _judge(visited: Mapping[str, Visited], tree: Mapping[str, Any], goal: TreeGoal) -> Feedback:
    told, share = [], 0.0
    for card, seen in visited.items():
        found, direct = seen.result.success.value, seen.result.directness.value
        share += ((found >= goal.success) + (direct >= goal.directness)) / 2 / len(visited)
        if found < goal.success or direct < goal.directness:
            branch = tree["names"][tree["places"][card] - 1]
            told.append((direct, f"“{card}”: {found:.0%} find it, {direct:.0%} directly. {_where(seen, branch)}"))
    if not told:
        least = min(seen.result.directness.value for seen in visited.values())
        return Feedback(
            Rung.RIGHT, f"All tasks reach the goal; the least direct one is found directly by {least:.0%}.", 1.0
        )
    worst: Sequence[str] = [words for _, words in sorted(told)[:FEW]]
    left = len(told) - FEW
    more = f" {left} more {'task misses' if left == 1 else 'tasks miss'} the goal." if left > 0 else ""
    aim = f"Each task should be found by {goal.success:.0%} or more, and directly by {goal.directness:.0%} or more."
    message = f"{len(visited) - len(told)} of {len(visited)} tasks reach the goal. {aim} {' '.join(worst)}{more}"
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, message, share)


def _where(seen: Visited, branch: str) -> str:
    people, here = seen.result.success.n, seen.first.get(branch, 0)
    other = next((label for label in seen.first if label != branch), None)
    if other is None or here > people * 0.9:
        return f"{here} of {people} look first under {branch}, but there are too many cards in it."
    return f"It lies under {branch}, where {here} of {people} look first; {seen.first[other]} look first under {other}."
