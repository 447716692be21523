"""UMUX and its short forms: a few items for the usability of a whole product.

As in `cxux_helpers.usability.questionnaires`, ``…_scores`` gives one score per person, and the short name the mean of
the study with its t interval, cut to the scale from 0 to 100. A missing answer is refused.
"""

from __future__ import annotations

import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.estimates import Estimate, mean
from cxux_helpers.ratings import Answers, read_items

__all__ = [
    "historic_sus_from_umux_lite",
    "umux",
    "umux_lite",
    "umux_lite_scores",
    "umux_scores",
    "ux_lite",
    "ux_lite_scores",
]

HUNDRED = (0.0, 100.0)


def umux_scores(answers: Answers) -> pd.Series:
    """Usability Metric for User Experience of each person: 100 · (Σ odd items (x − 1) + Σ even items (7 − x)) / 24.

    Higher is better; the score lies in [0, 100]. Odd items praise, even items complain.

    Parameters
    ----------
    answers : DataFrame, array or list
        Four answers per person from 1 (strongly disagree) to 7 (strongly agree), in the order of the questionnaire.

    Returns
    -------
    Series
        Named ``umux``, indexed as `answers`.

    Raises
    ------
    ValueError
        If there are not four items, or an answer is missing, no whole number, or not from 1 to 7.

    References
    ----------
    Finstad, K. (2010). The usability metric for user experience. *Interacting with Computers* 22(5), 323–327.

    Examples
    --------
    >>> umux_scores([[7, 1, 7, 1], [4, 4, 4, 4], [6, 2, 5, 3]]).tolist()
    [100.0, 50.0, 75.0]
    """
    items = read_items(answers, 4, low=1, high=7, instrument="UMUX")
    values = items.to_numpy()
    points = (values[:, 0::2] - 1).sum(axis=1) + (7 - values[:, 1::2]).sum(axis=1)
    return pd.Series(100 * points / 24, index=items.index, name="umux")


def umux(answers: Answers, *, confidence: float = 0.95) -> Estimate:
    """Mean UMUX score of a study, with its t interval; see `umux_scores`.

    Examples
    --------
    >>> float(umux([[7, 1, 7, 1], [4, 4, 4, 4]]))
    75.0
    """
    return mean(umux_scores(answers), confidence=confidence, scale=HUNDRED, name="UMUX")


def umux_lite_scores(answers: Answers) -> pd.Series:
    """UMUX-Lite score of each person: 100 · (x₁ + x₂ − 2) / 12.

    Higher is better; the score lies in [0, 100]. This is the raw score. A regression once turned it into a SUS score:
    see `historic_sus_from_umux_lite`.

    Parameters
    ----------
    answers : DataFrame, array or list
        Two answers per person from 1 (strongly disagree) to 7 (strongly agree): does it meet my requirements, is it
        easy to use. For answers from 1 to 5, see `ux_lite_scores`.

    Returns
    -------
    Series
        Named ``umux_lite``, indexed as `answers`.

    Raises
    ------
    ValueError
        If there are not two items, or an answer is missing, no whole number, or not from 1 to 7.

    References
    ----------
    Lewis, J. R., Utesch, B. S., and Maher, D. E. (2013). UMUX-LITE: when there's no time for the SUS. *Proceedings of
    CHI 2013*, 2099–2102.

    Examples
    --------
    >>> umux_lite_scores([[7, 7], [4, 4], [6, 5]]).tolist()
    [100.0, 50.0, 75.0]
    """
    items = read_items(answers, 2, low=1, high=7, instrument="UMUX-Lite")
    return (100 * (items.sum(axis=1) - 2) / 12).rename("umux_lite")


def umux_lite(answers: Answers, *, confidence: float = 0.95) -> Estimate:
    """Mean raw UMUX-Lite score of a study, with its t interval; see `umux_lite_scores`.

    Examples
    --------
    >>> float(umux_lite([7, 7]))
    100.0
    """
    return mean(umux_lite_scores(answers), confidence=confidence, scale=HUNDRED, name="UMUX-Lite")


def historic_sus_from_umux_lite(score: float) -> float:
    """SUS score that the regression of 2013 expects for a raw UMUX-Lite score: 0.65 · score + 22.9. Withdrawn.

    Kept to read older reports, and for nothing else: it cannot give less than 22.9 or more than 87.9, and it puts
    good products too low. MeasuringU, who once used it, no longer recommends it and reports the raw score.

    Parameters
    ----------
    score : float
        Raw UMUX-Lite score, from 0 to 100.

    Returns
    -------
    float
        From 22.9 to 87.9.

    Raises
    ------
    ValueError
        If the score is no number from 0 to 100.

    References
    ----------
    Lewis, J. R., Utesch, B. S., and Maher, D. E. (2013), as in `umux_lite_scores`.

    Examples
    --------
    >>> round(historic_sus_from_umux_lite(100), 1)
    87.9
    """
    require_number("score", score, low=0, high=100, remedy="Score the answers first with umux_lite_scores.")
    return 0.65 * score + 22.9


def ux_lite_scores(answers: Answers) -> pd.Series:
    """UX-Lite score of each person: 100 · (x₁ + x₂ − 2) / 8, the two items of UMUX-Lite on five points.

    Higher is better; the score lies in [0, 100].

    Parameters
    ----------
    answers : DataFrame, array or list
        Two answers per person from 1 (strongly disagree) to 5 (strongly agree): ease of use and usefulness.

    Returns
    -------
    Series
        Named ``ux_lite``, indexed as `answers`.

    Raises
    ------
    ValueError
        If there are not two items, or an answer is missing, no whole number, or not from 1 to 5.

    Examples
    --------
    >>> ux_lite_scores([[5, 5], [3, 3], [4, 4]]).tolist()
    [100.0, 50.0, 75.0]
    """
    items = read_items(answers, 2, low=1, high=5, instrument="UX-Lite")
    return (100 * (items.sum(axis=1) - 2) / 8).rename("ux_lite")


def ux_lite(answers: Answers, *, confidence: float = 0.95) -> Estimate:
    """Mean UX-Lite score of a study, with its t interval; see `ux_lite_scores`.

    Examples
    --------
    >>> float(ux_lite([[5, 5], [3, 3]]))
    75.0
    """
    return mean(ux_lite_scores(answers), confidence=confidence, scale=HUNDRED, name="UX-Lite")
