"""A made-up test of two prototypes, in which the plan decides what can be learnt, and praise misleads."""

from __future__ import annotations

from statistics import NormalDist
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["make_prototype_test"]

Task = Literal["goal", "leading", "vague"]
Criterion = Literal["observed", "said"]

_ALOUD = 1.35  # thinking aloud slows people down
_WANDER = 0.25  # chance to come upon the goal by the way, without having been given one


class _Prototype(NamedTuple):
    """What is planted: chances, median seconds of a success and of giving up, and share of the best SUS score."""

    completion: float
    seconds: float
    give_up: float
    usable: float
    praised: float
    thinks_it_worked: float  # of those for whom it did not


_PROTOTYPES = {
    "Shelf": _Prototype(completion=0.5, seconds=84, give_up=24, usable=0.62, praised=0.85, thinks_it_worked=0.75),
    "Path": _Prototype(completion=0.86, seconds=66, give_up=40, usable=0.7, praised=0.62, thinks_it_worked=0.3),
}
_DOES = {
    ("Shelf", True): ("finds the basket at once", "goes back twice, then tries the basket"),
    ("Shelf", False): ("takes the basket for a shop and gives up", "goes back, loses the place and gives up"),
    ("Path", True): ("answers three questions and is done", "changes the branch, then is done"),
    ("Path", False): ("does not see that a branch must be chosen", "stops at the library card's number"),
}
_FOOLED = {"Shelf": "saves the book in a list and believes it is reserved", "Path": "believes the first page was all"}
_SAYS = {
    True: ("What a lovely page!", "I would use this.", "Very pretty."),
    False: ("It is all right.", "A bit plain."),
}


def make_prototype_test(
    people: int = 10,
    *,
    task: Task = "goal",
    criterion: Criterion = "observed",
    aloud: int = 0,
    seed: int = 0,
) -> Planted:
    """Sessions of simulated readers who reserve a book on two prototypes of a made-up library's page.

    Everybody tries both, half of them *Shelf* first. *Path* is better: more people complete the task, and those who do
    are faster. Three things hide it. People give up early on Shelf, so that its mean over all times is the lower one;
    its pretty pictures are praised; and most of those who fail on Shelf believe that they have succeeded.

    The plan matters: a task that names the button is solved by nearly everybody on both, a vague one by few, and a
    success that is merely said to be one makes the two look alike.

    Parameters
    ----------
    people : int
        Number of people, at least 2. The first ten are the same for every larger number.
    task : {"goal", "leading", "vague"}
        A goal in the reader's own terms, the way spelt out, or no goal.
    criterion : {"observed", "said"}
        Whether a success is what an observer saw, or what the person says.
    aloud : int
        How many, beginning with the first, think aloud with a moderator. It slows them, and tells why they get stuck.
    seed : int
        The same seed gives the same sessions.

    Returns
    -------
    Planted
        ``data`` has one row per person and prototype: ``participant``, ``prototype``, ``position`` (1 tried first),
        ``aloud``, ``completed``, ``seconds``, ``seq`` (1 to 7), ``umux_1`` and ``umux_2`` (1 to 7), ``sus_1`` to
        ``sus_10`` (1 to 5), ``praised``, ``does`` and ``says``; the last two are empty for those who did not think
        aloud. ``truth`` has ``completion`` and ``seconds`` (median of a success) of each prototype, for a task with a
        goal, an observed success and people who work in silence.

    Raises
    ------
    ValueError
        If a number is no whole number in its range, or the task or the criterion is unknown.

    Examples
    --------
    >>> sessions, truth = make_prototype_test(seed=3)
    >>> len(sessions), truth["completion"].to_dict()
    (20, {'Shelf': 0.5, 'Path': 0.86})
    """
    n = require_whole("people", people, low=2)
    talking = require_whole("aloud", aloud, low=0)
    for name, given, known in (
        ("task", task, ("goal", "leading", "vague")), ("criterion", criterion, ("observed", "said")),
    ):  # fmt: skip
        if given not in known:
            raise ValueError(f"{name} is {given!r}. Give {' or '.join(map(repr, known))}.")
    rows = [row for person in range(1, n + 1) for row in _person(person, task, criterion, person <= talking, seed)]
    data = pd.DataFrame(rows).sort_values(["participant", "position"], ignore_index=True)
    truth = pd.DataFrame(
        [(one.completion, one.seconds) for one in _PROTOTYPES.values()],
        columns=["completion", "seconds"],
        index=pd.Index(list(_PROTOTYPES), name="prototype"),
    )
    return Planted(data, truth)


def _person(person: int, task: Task, criterion: Criterion, aloud: bool, seed: int) -> list[dict[str, object]]:
    # A generator for each person, so that further people do not change those before them.
    rng = np.random.default_rng([seed, person])
    ability, pace, kindness = rng.normal(size=3)
    rows: list[dict[str, object]] = []
    # Of two people who follow each other, one tries Shelf first and the other Path.
    first = (np.random.default_rng([seed, (person + 1) // 2, 99]).random() < 0.5) == (person % 2 == 0)
    for name, prototype in _PROTOTYPES.items():
        luck, speed = (ability + rng.normal()) / np.sqrt(2), (pace + rng.normal()) / np.sqrt(2)
        chance = {"goal": prototype.completion, "leading": 1 - 0.15 * (1 - prototype.completion), "vague": _WANDER}
        done = bool(luck < NormalDist().inv_cdf(chance[task]))
        seconds = (prototype.seconds if done else prototype.give_up) * np.exp(0.4 * speed) * (_ALOUD if aloud else 1)
        fooled = bool(not done and rng.random() < prototype.thinks_it_worked)
        praised = bool((kindness + rng.normal()) / np.sqrt(2) < NormalDist().inv_cdf(prototype.praised))
        usable = rng.beta(8 * prototype.usable, 8 * (1 - prototype.usable))
        points = rng.binomial(4, usable, size=10)
        does = _FOOLED[name] if fooled else str(rng.choice(_DOES[name, done]))
        says = str(rng.choice(_SAYS[praised]))
        rows.append(
            {
                "participant": person,
                "prototype": name,
                "position": 1 if (name == "Shelf") == first else 2,
                "aloud": aloud,
                "completed": done or (criterion == "said" and fooled),
                "seconds": round(float(seconds), 1),
                "seq": 1 + int(rng.binomial(6, usable)),
                "umux_1": 1 + int(rng.binomial(6, usable)),
                "umux_2": 1 + int(rng.binomial(6, usable)),
                **{f"sus_{i + 1}": int(1 + points[i] if i % 2 == 0 else 5 - points[i]) for i in range(10)},
                "praised": praised,
                "does": does if aloud else "",
                "says": says if aloud else "",
            }
        )
    return rows
