"""Made-up surveys whose truth is known: one that not everybody answers, and a Kano questionnaire."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["make_kano_survey", "make_survey"]


class _Mood(NamedTuple):
    """How one planted segment feels, in standard deviations of all moods, and how many of it answer."""

    share: float
    mood: float
    response: float


_MOODS = {
    "Regulars": _Mood(0.45, mood=0.7, response=0.60),
    "Occasional": _Mood(0.35, mood=0.0, response=0.30),
    "Leaving": _Mood(0.20, mood=-1.2, response=0.10),
}

# Middle of the scale's answers, points per standard deviation of mood, lowest and highest answer.
_SCALES = {"csat": (3.6, 0.8, 1, 5), "nps": (7.2, 1.8, 0, 10), "ces": (4.8, 1.1, 1, 7)}


def make_survey(n_customers: int = 2000, *, seed: int = 0) -> Planted:
    """Answers to three questions by the customers of a made-up shop, of whom the unhappy seldom answer.

    *Regulars* (45 %) are happy and 60 % of them answer, *occasional* customers (35 %) are neither happy nor unhappy and
    30 % answer, and those *leaving* (20 %) are unhappy and only 10 % answer. Within a segment, who answers does not
    depend on the mood. So a score of all answers flatters the shop, and a mean of the segments' scores, each
    counted by how many customers it has, comes near the truth.

    Parameters
    ----------
    n_customers : int
        Number of customers who were asked, at least 100.
    seed : int
        The same seed gives the same survey.

    Returns
    -------
    Planted
        ``data`` has a row for each customer who was asked, with ``customer_id``, ``segment``, ``csat`` (1 to 5),
        ``nps`` (0 to 10) and ``ces`` (version 2.0, 1 to 7), all three missing where the customer did not answer.
        ``truth`` is a DataFrame by ``customer_id`` with what everybody would have answered.

    Raises
    ------
    ValueError
        If `n_customers` is below 100.

    Examples
    --------
    >>> data, truth = make_survey(1000, seed=1)
    >>> data.groupby("segment")["csat"].count().to_dict()
    {'Leaving': 27, 'Occasional': 109, 'Regulars': 264}
    """
    n = require_whole("n_customers", n_customers, low=100)
    rng = np.random.default_rng(seed)
    groups = list(_MOODS.values())
    ends = np.round(np.cumsum([group.share for group in groups]) * n)
    kind = rng.permutation(np.searchsorted(ends, np.arange(n), side="right"))
    mood = np.array([group.mood for group in groups])[kind] + rng.normal(0, 0.8, n)

    customers = pd.RangeIndex(1, n + 1, name="customer_id")
    truth = pd.DataFrame(index=customers)
    for question, (middle, step, low, high) in _SCALES.items():
        answer = middle + step * (mood + rng.normal(0, 0.4, n))
        truth[question] = np.clip(np.rint(answer), low, high).astype(int)
    answers = rng.uniform(size=n) < np.array([group.response for group in groups])[kind]
    data = truth.where(pd.Series(answers, index=customers))
    data.insert(0, "segment", np.array(list(_MOODS))[kind])
    return Planted(data.reset_index(), truth)


# The class or the two classes that most customers put a feature into.
_FEATURES = {
    "Order tracking": "M",
    "Fast delivery": "O",
    "Gift wrapping": "A",
    "Animated logo": "I",
    "Calls about offers": "R",
    "Loyalty points": "AI",
}

_MIDDLE = ("must be", "neutral", "live with")
# The answers with and without a feature that put it into each class.
_PAIRS = {
    "M": [(answer, "dislike") for answer in _MIDDLE],
    "O": [("like", "dislike")],
    "A": [("like", answer) for answer in _MIDDLE],
    "I": [(one, other) for one in _MIDDLE for other in _MIDDLE],
    "R": [*((answer, "like") for answer in _MIDDLE), *(("dislike", answer) for answer in ("like", *_MIDDLE))],
}


def make_kano_survey(n_customers: int = 200, *, seed: int = 0) -> Planted:
    """Answers to a Kano questionnaire about six features of a made-up shop, whose classes are known.

    Five features belong to one class for 60 % of the customers, and *loyalty points* to two, attractive and
    indifferent, for 40 % each: its class is not clear. The rest of the customers are spread over all classes
    but questionable. One answer in fifty is missing.

    Parameters
    ----------
    n_customers : int
        Number of customers, at least 50.
    seed : int
        The same seed gives the same answers.

    Returns
    -------
    Planted
        ``data`` has a row for each customer and feature, with ``customer_id``, ``feature``, ``functional`` and
        ``dysfunctional`` (words of `cxux_helpers.surveys.kano.KANO_ANSWERS`, or missing). ``truth`` is a DataFrame by
        ``feature`` with ``class``, ``second`` (missing where there is one class) and ``clear``.

    Raises
    ------
    ValueError
        If `n_customers` is below 50.

    Examples
    --------
    >>> data, truth = make_kano_survey(seed=1)
    >>> truth["class"].to_dict()["Order tracking"], data.shape
    ('M', (1200, 4))
    """
    n = require_whole("n_customers", n_customers, low=50)
    rng = np.random.default_rng(seed)
    parts = []
    for feature, planted in _FEATURES.items():
        share = 0.6 if len(planted) == 1 else 0.4
        classes = np.repeat(list(planted), round(share * n))
        others = rng.choice(list(_PAIRS), n - len(classes))
        own_classes = rng.permutation([*classes, *others])
        pairs = [_PAIRS[letter][rng.integers(len(_PAIRS[letter]))] for letter in own_classes]
        part = pd.DataFrame(pairs, columns=["functional", "dysfunctional"])
        part.insert(0, "feature", feature)
        part.insert(0, "customer_id", np.arange(1, n + 1))
        parts.append(part)
    data = pd.concat(parts, ignore_index=True).sort_values("customer_id", kind="stable", ignore_index=True)
    for column in ("functional", "dysfunctional"):
        data[column] = data[column].where(rng.uniform(size=len(data)) > 0.02)

    truth = pd.DataFrame(
        {
            "class": [planted[0] for planted in _FEATURES.values()],
            "second": [planted[1] if len(planted) > 1 else None for planted in _FEATURES.values()],
            "clear": [len(planted) == 1 for planted in _FEATURES.values()],
        },
        index=pd.Index(_FEATURES, name="feature"),
    )
    return Planted(data, truth)
