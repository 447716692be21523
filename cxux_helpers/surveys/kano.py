"""The Kano model: which features customers take for granted, want more of, or are delighted by.

Each customer says about each feature how it feels to have it (the functional question) and how it feels to be without
it (the dysfunctional question), both times with one of `KANO_ANSWERS`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from cxux_helpers.estimates import proportion
from cxux_helpers.ratings import read_ratings, require_same_people
from cxux_helpers.tables import refuse_rows, require_columns

__all__ = ["KANO_ANSWERS", "KANO_CLASSES", "kano", "kano_class", "kano_from_counts", "kano_means"]

KANO_ANSWERS = ("like", "must be", "neutral", "live with", "dislike")
"""The five answers in their order: I like it, it must be that way, I am neutral, I can live with it, I dislike it."""

KANO_CLASSES: Mapping[str, str] = {
    "M": "must-be",
    "O": "one-dimensional",
    "A": "attractive",
    "I": "indifferent",
    "R": "reverse",
    "Q": "questionable",
}
"""The classes in the order in which they win a tie, M first."""

# Rows: answer when the feature is there. Columns: answer when it is not. Both in the order of KANO_ANSWERS.
_TABLE = np.array([list(row) for row in ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")])

# The 95 % point of the normal distribution, rounded as in Fong (1996).
_FONG_Z = 1.65

# DuMouchel's values for the answers in the order of KANO_ANSWERS.
_FUNCTIONAL_VALUES = np.array([4, 2, 0, -1, -2])
_DYSFUNCTIONAL_VALUES = np.array([-2, -1, 0, 2, 4])

AnswerColumn = Sequence[Any] | np.ndarray | pd.Series


def kano_class(functional: AnswerColumn, dysfunctional: AnswerColumn) -> pd.Series:
    """Class of each pair of answers, by the five-by-five evaluation table.

    ::

        with it      without it:  like  must be  neutral  live with  dislike
        like                      Q     A        A        A          O
        must be                   R     I        I        I          M
        neutral                   R     I        I        I          M
        live with                 R     I        I        I          M
        dislike                   R     R        R        R          Q

    A rival, after Pouliot, calls the pairs of two "must be" and of two "live with" questionable as well.

    Parameters
    ----------
    functional, dysfunctional : array of str or int
        Answers with and without the feature, one pair per place: words of `KANO_ANSWERS`, or 1 to 5 in their
        order.

    Returns
    -------
    Series
        Categorical of M, O, A, I, R and Q (see `KANO_CLASSES`), indexed as `functional`; missing where an answer is.

    Raises
    ------
    ValueError
        If an answer is none of the five, or the two columns cannot be about the same pairs.

    References
    ----------
    Berger, C., et al. (1993). Kano's methods for understanding customer-defined quality. *Center for Quality of
    Management Journal* 2(4).

    Examples
    --------
    >>> kano_class(["like", "neutral", "like"], ["dislike", "dislike", "neutral"]).tolist()
    ['O', 'M', 'A']
    """
    codes, index = _pair_codes(functional, dysfunctional)
    complete = (codes >= 0).all(axis=0)
    letters = np.array(list(KANO_CLASSES))
    place = (_TABLE[..., None] == letters).argmax(axis=-1)
    classes = np.where(complete, place[codes[0], codes[1]], -1)
    dtype = pd.CategoricalDtype(letters.tolist())
    return pd.Series(pd.Categorical.from_codes(classes, dtype=dtype), index=index, name="class")


def kano(
    answers: pd.DataFrame,
    *,
    feature: str = "feature",
    functional: str = "functional",
    dysfunctional: str = "dysfunctional",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Class of each feature, how clear it is, and what having and lacking the feature does to satisfaction.

    Pairs with a missing answer do not count; column ``n`` says how many did.

    Parameters
    ----------
    answers : DataFrame
        One row per customer and feature.
    feature, functional, dysfunctional : str
        Columns with the name of the feature and with the answers as `kano_class` takes them.
    confidence : float
        Confidence level of the intervals, between 0 and 1 exclusive.

    Returns
    -------
    DataFrame
        As `kano_from_counts` gives it, with the features in the order in which they come first.

    Raises
    ------
    ValueError
        If a column is missing, an answer is none of the five, a row has no feature, or a feature no complete pair.

    Examples
    --------
    >>> answers = pd.DataFrame({
    ...     "feature": ["Tracking"] * 3 + ["Gift wrap"] * 3,
    ...     "functional": ["like", "neutral", "must be", "like", "like", "neutral"],
    ...     "dysfunctional": ["dislike", "dislike", "dislike", "neutral", "live with", "neutral"],
    ... })
    >>> kano(answers)["class"].to_dict()
    {'Tracking': 'M', 'Gift wrap': 'A'}
    """
    _require(answers, feature=feature, functional=functional, dysfunctional=dysfunctional)
    classes = kano_class(answers[functional], answers[dysfunctional])
    names = answers[feature]
    order, places = _features(names)
    complete = classes.notna().to_numpy()
    cells = places[complete] * len(KANO_CLASSES) + classes.cat.codes.to_numpy()[complete]
    counts = np.bincount(cells, minlength=len(order) * len(KANO_CLASSES)).reshape(len(order), -1)
    table = pd.DataFrame(counts, index=pd.Index(order, name="feature"), columns=list(KANO_CLASSES))
    return kano_from_counts(table, confidence=confidence)


def kano_from_counts(counts: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """The same as `kano`, from the number of pairs in each class, as reports print them.

    The class of a feature is the most frequent one; in a tie the one that comes first in M > O > A > I > R > Q
    wins, for it is worse to lack a must-be than to lack a delight. The test of Fong (1996) asks whether the two
    most frequent counts, a and b of n pairs, differ by more than chance: the class is clear unless
    ``a − b < 1.65 √((a + b)(2n − a − b) / 2n)``. All six classes can be a or b, and all pairs count in n. An unclear
    class says that customers differ, so look for segments.

    The coefficients are shares of M, O, A and I alone:

    - better = (A + O) / (A + O + M + I), from 0 to 1: how far having the feature raises satisfaction
    - worse = −(O + M) / (A + O + M + I), from −1 to 0: how far lacking it lowers satisfaction

    Where all pairs are R or Q both are 0, and their intervals all of 0 to 1 and −1 to 0. The intervals are adjusted
    Wald.

    Parameters
    ----------
    counts : DataFrame
        One row per feature, with columns ``M``, ``O``, ``A`` and ``I``, and ``R`` and ``Q``, which count as 0 if a
        report leaves them out.
    confidence : float
        Confidence level of the intervals, between 0 and 1 exclusive.

    Returns
    -------
    DataFrame
        Indexed as `counts`: ``class`` and ``second`` (the two most frequent), ``difference`` and ``critical``
        (the two sides of the test), ``clear``, ``better``, ``better_low``, ``better_high``, ``worse``,
        ``worse_low``, ``worse_high``, the six counts, and ``n``.

    Raises
    ------
    ValueError
        If a column is missing, a count is not a whole number of 0 or more, or a feature has no pair.

    References
    ----------
    Berger, C., et al. (1993). Kano's methods for understanding customer-defined quality. *Center for Quality of
    Management Journal* 2(4).
    Fong, D. (1996). Using the self-stated importance questionnaire to interpret Kano questionnaire results. *Center
    for Quality of Management Journal* 5, 21–24.

    Examples
    --------
    >>> counts = pd.DataFrame({"A": [216], "O": [56], "M": [13], "I": [275]}, index=["bonus programme"])
    >>> kano_from_counts(counts)[["class", "second", "clear", "better", "worse"]].round(3)
                    class second  clear  better  worse
    bonus programme     I      A   True   0.486 -0.123
    """
    require_columns(counts, ("M", "O", "A", "I"), "Give one column per class, and one row per feature.")
    table = counts.reindex(columns=list(KANO_CLASSES), fill_value=0)
    for letter in KANO_CLASSES:
        read_ratings(table[letter], low=0, high=np.inf)
    table = table.astype(int)
    n = table.sum(axis=1).rename("n")
    refuse_rows(n, n == 0, "no pair", "Leave such features out, and say which.")

    values = table.to_numpy()
    # A stable sort of the classes in their order of ties leaves the winner of a tie in front.
    ranked = np.argsort(-values, axis=1, kind="stable")
    letters = np.array(list(KANO_CLASSES))
    most, second = (np.take_along_axis(values, ranked[:, [place]], axis=1)[:, 0] for place in (0, 1))
    critical = _FONG_Z * np.sqrt((most + second) * (2 * n - most - second) / (2 * n))
    result = pd.DataFrame(
        {
            "class": letters[ranked[:, 0]],
            "second": letters[ranked[:, 1]],
            "difference": most - second,
            "critical": critical,
            "clear": most - second >= critical,
        },
        index=table.index,
    )
    usable = table[["A", "O", "M", "I"]].sum(axis=1)
    for name, sign, classes in (("better", 1, ["A", "O"]), ("worse", -1, ["O", "M"])):
        ends = [
            _share(count, base, sign, confidence)
            for count, base in zip(table[classes].sum(axis=1), usable, strict=True)
        ]
        result[[name, f"{name}_low", f"{name}_high"]] = np.array(ends)
    return result.join(table).assign(n=n)


def kano_means(
    answers: pd.DataFrame,
    *,
    feature: str = "feature",
    functional: str = "functional",
    dysfunctional: str = "dysfunctional",
) -> pd.DataFrame:
    """DuMouchel's continuous analysis: mean answer per feature with it and without it, as numbers.

    Answers with the feature count 4 (like), 2 (must be), 0 (neutral), −1 (live with) and −2 (dislike); without it
    mirrored, −2, −1, 0, 2 and 4. High on both is one-dimensional, high with it alone attractive, high without it
    alone must-be, low on both indifferent. The scale is uneven on purpose: below 0 lie reverse and questionable
    answers, which are weak evidence. Pairs with a missing answer do not count.

    Parameters
    ----------
    answers : DataFrame
        One row per customer and feature.
    feature, functional, dysfunctional : str
        Columns, as in `kano`.

    Returns
    -------
    DataFrame
        Indexed by ``feature``: means ``functional`` and ``dysfunctional`` from −2 to 4, their sample standard
        deviations ``functional_sd`` and ``dysfunctional_sd`` (missing for one pair alone), and ``n``.

    Raises
    ------
    ValueError
        As for `kano`.

    References
    ----------
    DuMouchel, W. (1993). Thoughts on graphical and continuous analysis. In Berger et al., *Center for Quality of
    Management Journal* 2(4), 20–23.

    Examples
    --------
    >>> answers = pd.DataFrame({"feature": "Tracking", "functional": [1, 2], "dysfunctional": [5, 4]})
    >>> kano_means(answers).iloc[0].round(2).to_dict()
    {'functional': 3.0, 'functional_sd': 1.41, 'dysfunctional': 3.0, 'dysfunctional_sd': 1.41, 'n': 2.0}
    """
    _require(answers, feature=feature, functional=functional, dysfunctional=dysfunctional)
    codes, _ = _pair_codes(answers[functional], answers[dysfunctional])
    order, places = _features(answers[feature])
    complete = (codes >= 0).all(axis=0)
    values = pd.DataFrame(
        {
            "functional": _FUNCTIONAL_VALUES[codes[0, complete]],
            "dysfunctional": _DYSFUNCTIONAL_VALUES[codes[1, complete]],
        }
    ).groupby(places[complete])
    n = values.size().reindex(range(len(order)), fill_value=0).rename("n")
    refuse_rows(n, n == 0, "no pair", "Leave such features out, and say which.")
    means, spreads = values.mean(), values.std()
    result = pd.DataFrame(
        {
            "functional": means["functional"],
            "functional_sd": spreads["functional"],
            "dysfunctional": means["dysfunctional"],
            "dysfunctional_sd": spreads["dysfunctional"],
            "n": n,
        }
    )
    return result.set_axis(pd.Index(order, name="feature"))


def _share(count: int, base: int, sign: int, confidence: float) -> tuple[float, float, float]:
    """A coefficient and the ends of its interval, below 0 if `sign` is."""
    if base == 0:
        return (0.0, 0.0, 1.0) if sign > 0 else (0.0, -1.0, 0.0)
    share = proportion(count, base, confidence=confidence)
    # 0 - x, for minus 0 would be shown as -0.0.
    return (share.value, share.low, share.high) if sign > 0 else (0 - share.value, 0 - share.high, 0 - share.low)


def _require(answers: pd.DataFrame, **columns: str) -> None:
    for argument, column in columns.items():
        require_columns(answers, [column], f"Pass {argument}='…' with the name of the column that holds it.")


def _features(names: pd.Series) -> tuple[pd.Index, np.ndarray]:
    """The features in the order in which they come first, and the place of each row's feature among them."""
    refuse_rows(names, names.isna(), "no feature", "Say which feature each pair is about.")
    places, order = pd.factorize(names)
    return pd.Index(order), places


def _pair_codes(functional: AnswerColumn, dysfunctional: AnswerColumn) -> tuple[np.ndarray, pd.Index]:
    """Places 0 to 4 of both answers in KANO_ANSWERS, -1 where one is missing; and the index."""
    columns = [_codes(functional, "functional"), _codes(dysfunctional, "dysfunctional")]
    require_same_people(functional, dysfunctional, ("functional", "dysfunctional"))
    return np.stack([column.to_numpy() for column in columns]), columns[0].index


def _codes(answers: AnswerColumn, name: str) -> pd.Series:
    if isinstance(answers, str):
        raise ValueError(f"{name} is one answer, {answers!r}. Give a list of answers: [{answers!r}].")
    column = pd.Series(answers if isinstance(answers, pd.Series | np.ndarray) else list(answers)).astype(object)
    column = column if column.name is not None else column.rename(name)
    if pd.api.types.infer_dtype(column, skipna=True) != "string":
        return read_ratings(column, low=1, high=5, missing=True, name=name).fillna(0).astype(int) - 1
    places = column.map({answer: place for place, answer in enumerate(KANO_ANSWERS)})
    remedy = f"The answers are: {', '.join(KANO_ANSWERS)}; or the numbers 1 to 5 in this order."
    refuse_rows(column, places.isna() & column.notna(), "no Kano answer", remedy)
    return places.fillna(-1).astype(int)
