"""The User Experience Questionnaire (UEQ): 26 pairs of opposites, six scales, and their benchmark.

The UEQ is free to use; its items in many languages, and a yearly benchmark, are at ueq-online.org.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.estimates import Estimate, mean
from cxux_helpers.ratings import Answers, read_items

__all__ = ["UEQ_BENCHMARK", "UEQ_CLASSES", "UEQ_ITEMS", "UEQ_SCALES", "UeqItem", "ueq", "ueq_benchmark", "ueq_scores"]


class UeqItem(NamedTuple):
    """A pair of opposites: the words at 1 (left) and at 7 (right), its scale, and whether the left is the good end."""

    left: str
    right: str
    scale: str
    good_left: bool


_ATT, _PER, _EFF = "attractiveness", "perspicuity", "efficiency"
_DEP, _STI, _NOV = "dependability", "stimulation", "novelty"
UEQ_SCALES = (_ATT, _PER, _EFF, _DEP, _STI, _NOV)

# The English version, in the order of the questionnaire.
UEQ_ITEMS = (
    UeqItem("annoying", "enjoyable", _ATT, False),
    UeqItem("not understandable", "understandable", _PER, False),
    UeqItem("creative", "dull", _NOV, True),
    UeqItem("easy to learn", "difficult to learn", _PER, True),
    UeqItem("valuable", "inferior", _STI, True),
    UeqItem("boring", "exciting", _STI, False),
    UeqItem("not interesting", "interesting", _STI, False),
    UeqItem("unpredictable", "predictable", _DEP, False),
    UeqItem("fast", "slow", _EFF, True),
    UeqItem("inventive", "conventional", _NOV, True),
    UeqItem("obstructive", "supportive", _DEP, False),
    UeqItem("good", "bad", _ATT, True),
    UeqItem("complicated", "easy", _PER, False),
    UeqItem("unlikable", "pleasing", _ATT, False),
    UeqItem("usual", "leading edge", _NOV, False),
    UeqItem("unpleasant", "pleasant", _ATT, False),
    UeqItem("secure", "not secure", _DEP, True),
    UeqItem("motivating", "demotivating", _STI, True),
    UeqItem("meets expectations", "does not meet expectations", _DEP, True),
    UeqItem("inefficient", "efficient", _EFF, False),
    UeqItem("clear", "confusing", _PER, True),
    UeqItem("impractical", "practical", _EFF, False),
    UeqItem("organized", "cluttered", _EFF, True),
    UeqItem("attractive", "unattractive", _ATT, True),
    UeqItem("friendly", "unfriendly", _ATT, True),
    UeqItem("conservative", "innovative", _NOV, False),
)

# Lowest scale mean of the first four classes (Schrepp, Hinderks and Thomaschewski 2017).
UEQ_CLASSES = ("excellent", "good", "above average", "below average", "bad")
UEQ_BENCHMARK = {
    _ATT: (1.75, 1.52, 1.17, 0.70),
    _PER: (1.90, 1.56, 1.08, 0.64),
    _EFF: (1.78, 1.47, 0.98, 0.54),
    _DEP: (1.65, 1.48, 1.14, 0.78),
    _STI: (1.55, 1.31, 0.99, 0.50),
    _NOV: (1.40, 1.05, 0.71, 0.30),
}


def ueq_scores(answers: Answers, *, recoded: bool = False) -> pd.DataFrame:
    """Six scale scores of each person, from −3 (horrible) to +3 (great).

    Each answer is turned so that −3 is the bad end and +3 the good one: the sides change from item to item, see
    `UEQ_ITEMS`. A scale is the mean of its items, six for attractiveness and four for each other one. There is no
    total over the scales.

    Parameters
    ----------
    answers : DataFrame, array or list
        26 answers per person in the order of the questionnaire, from 1 (left) to 7 (right).
    recoded : bool
        Whether the answers run from −3 (bad) to 3 (good) already, in the same order.

    Returns
    -------
    DataFrame
        One column per scale, in the order of `UEQ_SCALES`, indexed as `answers`.

    Raises
    ------
    ValueError
        If there are not 26 items, or an answer is missing, no whole number or off the scale.

    References
    ----------
    Laugwitz, B., Held, T., and Schrepp, M. (2008). Construction and evaluation of a user experience questionnaire.
    *USAB 2008*, LNCS 5298, 63–76.

    Examples
    --------
    >>> best = [1 if item.good_left else 7 for item in UEQ_ITEMS]
    >>> ueq_scores([best, [4] * 26])["novelty"].tolist()
    [3.0, 0.0]
    """
    low, high = (-3, 3) if recoded else (1, 7)
    points = read_items(answers, len(UEQ_ITEMS), low=low, high=high, instrument="the UEQ").to_numpy()
    if not recoded:
        points = (points - 4) * [-1 if item.good_left else 1 for item in UEQ_ITEMS]
    index = answers.index if isinstance(answers, pd.DataFrame) else None
    return pd.DataFrame({scale: points[:, _places(scale)].mean(axis=1) for scale in UEQ_SCALES}, index=index)


def ueq(answers: Answers, *, recoded: bool = False, confidence: float = 0.95) -> dict[str, Estimate]:
    """Mean of each of the six UEQ scales in a study, with its t interval.

    Higher is better. Means between −0.8 and 0.8 count as neutral; means beyond ±2 hardly occur.

    Parameters
    ----------
    answers, recoded
        As in `ueq_scores`.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    dict of Estimate
        By scale, in the order of `UEQ_SCALES`, each from −3 to 3.

    Raises
    ------
    ValueError
        As in `ueq_scores`, or if `confidence` is out of range.

    Examples
    --------
    >>> best = [1 if item.good_left else 7 for item in UEQ_ITEMS]
    >>> ueq([best, [4] * 26, best])["novelty"]
    Novelty 2.0, 95% interval -2.3 to 3.0 (n = 3, t)
    """
    scores = ueq_scores(answers, recoded=recoded)
    return {
        scale: mean(scores[scale], confidence=confidence, scale=(-3, 3), name=scale.capitalize())
        for scale in UEQ_SCALES
    }


def ueq_benchmark(scale: str, mean_score: float | Estimate) -> str:
    """Class of a scale mean among the studies of the UEQ benchmark of 2017.

    ``"excellent"`` is the best tenth of the studies, ``"good"`` the next 15 %, ``"above average"`` and ``"below
    average"`` the two quarters around the middle, ``"bad"`` the worst quarter. Means are not rounded first. The
    benchmark is renewed as studies come in: say which one was used.

    Parameters
    ----------
    scale : str
        One of `UEQ_SCALES`.
    mean_score : float or Estimate
        Mean of the study, from −3 to 3.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the scale is unknown, or the mean is no number from −3 to 3.

    References
    ----------
    Schrepp, M., Hinderks, A., and Thomaschewski, J. (2017). Construction of a benchmark for the User Experience
    Questionnaire (UEQ). *International Journal of Interactive Multimedia and Artificial Intelligence* 4(4), 40–44.

    Examples
    --------
    >>> ueq_benchmark("attractiveness", 1.6), ueq_benchmark("novelty", 0.2)
    ('good', 'bad')
    """
    if scale not in UEQ_SCALES:
        raise ValueError(f"scale is {scale!r}. Give one of: {', '.join(UEQ_SCALES)}.")
    number = mean_score.value if isinstance(mean_score, Estimate) else mean_score
    require_number("mean_score", number, low=-3, high=3, remedy="Score the answers first with ueq.")
    return UEQ_CLASSES[sum(number < lowest for lowest in UEQ_BENCHMARK[scale])]


def _places(scale: str) -> list[int]:
    return [place for place, item in enumerate(UEQ_ITEMS) if item.scale == scale]
