"""Standard questionnaires on usability and effort: SUS, the Single Ease Question, NASA-TLX.

``…_scores`` gives one score per person; the short name gives the mean of the study with its t interval, cut to the
scale (`cxux_helpers.estimates.mean`). Items stand in the order of the questionnaire. A missing answer is refused,
unless the function has a way to fill it and is told to. UMUX and its short forms are in `cxux_helpers.usability.umux`,
the User Experience Questionnaire in `cxux_helpers.usability.ueq`.
"""

from __future__ import annotations

from typing import Literal

import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.estimates import Estimate, mean
from cxux_helpers.ratings import Answers, Ratings, read_items, read_ratings

__all__ = [
    "SUS_ADJECTIVES",
    "SUS_GRADES",
    "SUS_PERCENTILES",
    "TLX_DIMENSIONS",
    "nasa_tlx",
    "nasa_tlx_scores",
    "seq",
    "sus",
    "sus_adjective",
    "sus_grade",
    "sus_scores",
]

HUNDRED = (0.0, 100.0)

# Lowest study mean of each grade; below the last one it is an F (Sauro and Lewis 2016, curved grading scale).
SUS_GRADES = {
    "A+": 84.1, "A": 80.8, "A-": 78.9, "B+": 77.2, "B": 74.1, "B-": 72.6, "C+": 71.1, "C": 65.0, "C-": 62.7, "D": 51.7,
}  # fmt: skip

# Mean SUS score of the people who chose each adjective (Bangor, Kortum and Miller 2009).
SUS_ADJECTIVES = {
    "worst imaginable": 12.5, "awful": 20.3, "poor": 35.7, "OK": 50.9, "good": 71.4, "excellent": 85.5,
    "best imaginable": 90.9,
}  # fmt: skip

# Share of studies, in percent, that a mean SUS score surpasses.
SUS_PERCENTILES = {52: 15, 68: 50, 75: 73}

TLX_DIMENSIONS = ("mental", "physical", "temporal", "performance", "effort", "frustration")


def sus_scores(answers: Answers, *, missing: Literal["reject", "centre"] = "reject") -> pd.Series:
    """System Usability Scale score of each person: 2.5 · (Σ odd items (x − 1) + Σ even items (5 − x)).

    Higher is better; the score lies in [0, 100] in steps of 2.5. It is no percentage: 68 is about what the middle
    study gets. Odd items praise and even items complain, so score each person first and average then.

    Parameters
    ----------
    answers : DataFrame, array or list
        Ten answers per person from 1 (strongly disagree) to 5 (strongly agree), in the order of the questionnaire.
    missing : {"reject", "centre"}
        Whether a missing answer is an error, or counts as the centre of the scale, 3, as Brooke (1996)
        asked people to tick it where they could not answer.

    Returns
    -------
    Series
        Named ``sus``, indexed as `answers`.

    Raises
    ------
    ValueError
        If there are not ten items, or an answer is missing, no whole number, or not from 1 to 5.

    References
    ----------
    Brooke, J. (1996). SUS: a "quick and dirty" usability scale. In *Usability Evaluation in Industry*, 189–194.

    Examples
    --------
    >>> sus_scores([[3] * 10, [5, 1] * 5, [1, 5] * 5]).tolist()
    [50.0, 100.0, 0.0]
    """
    if missing not in ("reject", "centre"):
        raise ValueError(f"missing is {missing!r}. Give 'reject' or 'centre'.")
    items = read_items(answers, 10, low=1, high=5, instrument="SUS", missing=missing == "centre").fillna(3)
    values = items.to_numpy()
    scores = 2.5 * ((values[:, 0::2] - 1).sum(axis=1) + (5 - values[:, 1::2]).sum(axis=1))
    return pd.Series(scores, index=items.index, name="sus")


def sus(answers: Answers, *, missing: Literal["reject", "centre"] = "reject", confidence: float = 0.95) -> Estimate:
    """Mean System Usability Scale score of a study, with its t interval.

    Parameters
    ----------
    answers, missing
        As in `sus_scores`.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        On the scale from 0 to 100; higher is better.

    Raises
    ------
    ValueError
        As in `sus_scores`, or if `confidence` is out of range.

    Examples
    --------
    >>> sus([[4, 1, 5, 2, 5, 1, 4, 2, 3, 1], [2, 1, 4, 1, 4, 3, 4, 2, 3, 3], [4, 1, 4, 2, 5, 2, 5, 2, 5, 2]])
    SUS 79.2, 95% interval 54.1 to 100.0 (n = 3, t)
    """
    return mean(sus_scores(answers, missing=missing), confidence=confidence, scale=HUNDRED, name="SUS")


def sus_grade(mean_score: float | Estimate) -> str:
    """Grade of a study by its mean SUS score, from A+ to F, on the curve of Sauro and Lewis.

    The grades compare a study with several hundred others, so they fit study means and no single person. A mean is
    not rounded before it is compared: 84.09 is an A. The lowest mean of each grade is in `SUS_GRADES`. Three points
    of the same curve are in `SUS_PERCENTILES`: a mean of 68 is better than half of the studies, 75 than 73 %,
    52 than 15 %.

    Parameters
    ----------
    mean_score : float or Estimate
        Mean of a study, from 0 to 100.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the mean is no number from 0 to 100.

    References
    ----------
    Sauro, J., and Lewis, J. R. (2016). *Quantifying the User Experience*, 2nd edition. Morgan Kaufmann.

    Examples
    --------
    >>> [sus_grade(score) for score in (84.1, 84.0, 80.7, 68, 62.6, 51.6)]
    ['A+', 'A', 'A-', 'C', 'D', 'F']
    """
    score = _score(mean_score, "mean_score")
    return next((grade for grade, lowest in SUS_GRADES.items() if score >= lowest), "F")


def sus_adjective(score: float | Estimate) -> str:
    """Adjective whose raters gave the nearest mean SUS score (Bangor, Kortum and Miller 2009).

    There is a rival: Sauro and Lewis cut their curve of grades into ranges of the same words, so that the same score
    can be called differently. Say which one you use. Exactly between two means, the lower adjective is taken.

    Parameters
    ----------
    score : float or Estimate
        From 0 to 100.

    Returns
    -------
    str
        A key of `SUS_ADJECTIVES`.

    Raises
    ------
    ValueError
        If the score is no number from 0 to 100.

    References
    ----------
    Bangor, A., Kortum, P., and Miller, J. (2009). Determining what individual SUS scores mean: adding an adjective
    rating scale. *Journal of Usability Studies* 4(3), 114–123.

    Examples
    --------
    >>> sus_adjective(68), sus_adjective(50)
    ('good', 'OK')
    """
    number = _score(score, "score")
    # Rounded, so that a score exactly in the middle is no matter of the last binary digit.
    return min(SUS_ADJECTIVES, key=lambda adjective: round(abs(number - SUS_ADJECTIVES[adjective]), 9))


def seq(ratings: Ratings, *, confidence: float = 0.95) -> Estimate:
    """Mean answer to the Single Ease Question, asked right after a task, with its t interval.

    Higher is easier; the scale goes from 1 (very difficult) to 7 (very easy). Tasks get about 5.5 on average.

    Parameters
    ----------
    ratings : array of int
        One answer per person, from 1 to 7.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If there is no answer, or one is missing, no whole number, or not from 1 to 7.

    Examples
    --------
    >>> seq([7, 6, 5, 6, 4])
    SEQ 5.6, 95% interval 4.2 to 7.0 (n = 5, t)
    """
    return mean(read_ratings(ratings, low=1, high=7, name="seq"), confidence=confidence, scale=(1, 7), name="SEQ")


def nasa_tlx_scores(ratings: Answers, weights: Answers | None = None, *, ticks: bool = False) -> pd.Series:
    """NASA Task Load Index of each person, raw or weighted.

    High is a heavy load; the score lies in [0, 100]. Raw TLX is the mean of the six ratings. Weighted TLX is
    Σ wᵢ rᵢ / 15, where the weight of a dimension is how often the person chose it in the 15 pairs of dimensions.
    Performance runs from good (0) to poor (100) already: do not reverse it.

    Parameters
    ----------
    ratings : DataFrame, array or list
        Six ratings per person from 0 to 100, in the order of `TLX_DIMENSIONS`.
    weights : DataFrame, array or list, optional
        Six weights per person in the same order, each from 0 to 5, together 15. Without, the raw score is given.
    ticks : bool
        Whether the ratings are marks of the paper form, numbered 0 to 20; they count 5 points each.

    Returns
    -------
    Series
        Named ``raw_tlx`` or ``weighted_tlx``, indexed as `ratings`.

    Raises
    ------
    ValueError
        If there are not six ratings, one is missing, no number or off its scale, or the weights are not as described.

    References
    ----------
    Hart, S. G., and Staveland, L. E. (1988). Development of NASA-TLX (Task Load Index): results of empirical and
    theoretical research. *Advances in Psychology* 52, 139–183.

    Examples
    --------
    >>> nasa_tlx_scores([60, 10, 50, 30, 60, 30]).tolist()
    [40.0]
    >>> nasa_tlx_scores([60, 10, 50, 30, 60, 30], [5, 0, 4, 1, 3, 2]).tolist()
    [51.333...]
    """
    high = 20 if ticks else 100
    table = read_items(ratings, 6, low=0, high=high, instrument="NASA-TLX", whole=ticks) * (100 / high)
    if weights is None:
        return table.mean(axis=1).rename("raw_tlx")
    weight = read_items(weights, 6, low=0, high=5, instrument="the TLX weights")
    if len(weight) != len(table):
        raise ValueError(f"there are weights of {len(weight)} people, but ratings of {len(table)}. Give one row each.")
    total = weight.sum(axis=1)
    if (total != 15).any():
        wrong = int((total != 15).to_numpy().argmax())
        raise ValueError(
            f"the TLX weights in row {wrong} (counted from 0) sum to {total.iloc[wrong]:g}, but 15 pairs give 15. "
            "Count again how often each dimension was chosen."
        )
    return pd.Series((table.to_numpy() * weight.to_numpy()).sum(axis=1) / 15, table.index, name="weighted_tlx")


def nasa_tlx(
    ratings: Answers, weights: Answers | None = None, *, ticks: bool = False, confidence: float = 0.95
) -> Estimate:
    """Mean NASA Task Load Index of a study, with its t interval; see `nasa_tlx_scores`.

    Examples
    --------
    >>> nasa_tlx([[60, 10, 50, 30, 60, 30], [80, 20, 70, 40, 60, 30]])
    Raw TLX 45.0, 95% interval 0.0 to 100.0 (n = 2, t)
    """
    name = "Raw TLX" if weights is None else "Weighted TLX"
    return mean(nasa_tlx_scores(ratings, weights, ticks=ticks), confidence=confidence, scale=HUNDRED, name=name)


def _score(score: float | Estimate, name: str) -> float:
    number = score.value if isinstance(score, Estimate) else score
    require_number(name, number, low=0, high=100, remedy="Score the answers first, for example with sus_scores.")
    return float(number)
