"""Do two people who sort the same comments agree? Plain agreement, and the kappas and alpha that allow for chance.

Labels may be words or numbers. A high percentage can be luck where one label is common; the other three measures are
1 for full agreement, 0 for what chance would bring, and below 0 for less than that. None of them says that the
labels are right.
"""

from __future__ import annotations

from collections.abc import Sequence
from numbers import Real
from typing import Any, Literal

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.estimates import Estimate, proportion
from cxux_helpers.ratings import require_same_people

__all__ = ["cohen_kappa", "fleiss_kappa", "krippendorff_alpha", "percent_agreement"]

Labels = Sequence[Any] | np.ndarray | pd.Series
Table = Sequence[Sequence[Any]] | np.ndarray | pd.DataFrame


def percent_agreement(first: Labels, second: Labels, *, confidence: float = 0.95) -> Estimate:
    """Share of items to which two coders gave the same label; against a key, the accuracy.

    High is good. The value is a proportion in [0, 1] with its adjusted Wald interval. It makes no allowance for chance:
    two coders who call nine comments in ten "praise" by guessing agree on 82 % of them.

    Parameters
    ----------
    first, second : array
        A label from each coder for the same items in the same order. Items with a missing label do not count.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If the two are not about the same items, or no item has both labels.

    Examples
    --------
    >>> percent_agreement(["price", "staff", "price", "staff"], ["price", "staff", "staff", "staff"])
    Agreement 0.75, 95% interval 0.29 to 0.97 (n = 4, adjusted Wald)
    """
    one, other, _ = _pairs(first, second)
    return proportion(int((one == other).sum()), len(one), confidence=confidence, name="Agreement")


def cohen_kappa(
    first: Labels,
    second: Labels,
    *,
    weights: Literal["linear", "quadratic"] | None = None,
    categories: Sequence[Any] | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Cohen's kappa: agreement of two coders beyond chance, (p₀ − pₑ) / (1 − pₑ), from -1 to 1.

    High is good. p₀ is the share of items with the same label, and pₑ what it would be if both used their labels
    as often as they did, but blindly. (Its rival, Scott's pi, supposes that both use them equally often.) With
    `weights` a near miss counts in part: over categories in order, disagreement grows with the distance
    (``"linear"``, Cicchetti and Allison) or with its square (``"quadratic"``, Fleiss and Cohen).

    The interval takes the asymptotic standard error of Fleiss, Cohen and Everitt (1969), and is cut to -1 and 1. It
    has no width where all labels agree, and is too narrow for few items: of 20 with two labels it holds the truth in
    about 90 cases of 100 in place of 95, of 50 in about 94.

    Parameters
    ----------
    first, second : array
        A label from each coder for the same items in the same order. Items with a missing label do not count.
    weights : {"linear", "quadratic"}, optional
        How a near miss counts.
    categories : sequence, optional
        All labels; in their order if there are weights, which need it.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        If the two are not about the same items, no item has both labels, only one label is used, so that chance
        alone explains all, a label is not in `categories`, or weights have no categories.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. *Educational and Psychological Measurement*
    20(1), 37–46.

    Examples
    --------
    >>> coder = ["yes"] * 25 + ["no"] * 25
    >>> other = ["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15
    >>> cohen_kappa(coder, other)
    Cohen's kappa 0.40, 95% interval 0.15 to 0.65 (n = 50, asymptotic)
    """
    from scipy.stats import norm
    from statsmodels.stats.inter_rater import cohens_kappa

    if weights not in (None, "linear", "quadratic"):
        raise ValueError(f"weights is {weights!r}. Choose 'linear', 'quadratic' or None.")
    if weights is not None and categories is None:
        raise ValueError("weights need the order of the labels. Pass categories=[…], from lowest to highest.")
    require_number("confidence", confidence, above=0, below=1, remedy="Write 0.95 for 95 %.")
    one, other, labels = _pairs(first, second)
    if categories is not None:
        order = pd.Index(list(categories))
        unknown = [label for label in labels if label not in order]
        if unknown or not order.is_unique:
            what = f"label {unknown[0]!r} is not among them" if unknown else "a category is given twice"
            raise ValueError(f"categories are {', '.join(map(str, categories))}, but {what}. Give each label once.")
        places, labels = order.get_indexer(labels), order
        one, other = places[one], places[other]
    _require_two_labels(np.union1d(one, other))

    k, n = len(labels), len(one)
    table = np.bincount(one * k + other, minlength=k * k).reshape(k, k)
    # It also works out a test of kappa = 0, which warns where that has no variance.
    with np.errstate(divide="ignore", invalid="ignore"):
        result = cohens_kappa(table, wt=weights)
    # Rounding can take a variance of 0 below it.
    reach = norm.ppf((1 + confidence) / 2) * np.sqrt(max(result.var_kappa, 0))
    name = "Cohen's kappa" if weights is None else f"Cohen's kappa ({weights} weights)"
    return _estimate(result.kappa, reach, n, confidence, "asymptotic", name)


def fleiss_kappa(labels: Table, *, confidence: float = 0.95) -> Estimate:
    """Fleiss' kappa: agreement beyond chance of a fixed number of coders per item, up to 1.

    High is good. Chance is reckoned from how often all coders together use each label, so for two coders this
    is Scott's pi and not Cohen's kappa. The coders need not be the same people for each item, but equally many.

    The interval is for other items of the same kind: it takes the standard error by the delta method, from how much
    each item moves kappa, and is cut to -1 and 1.

    Parameters
    ----------
    labels : DataFrame or array
        One row per item, one column per coder, no label missing. For a table with gaps use `krippendorff_alpha`.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        Its `n` is the number of items.

    Raises
    ------
    ValueError
        If a label is missing, there are fewer than two items or two coders, or only one label is used.

    References
    ----------
    Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. *Psychological Bulletin* 76(5),
    378–382.

    Examples
    --------
    >>> fleiss_kappa([["a", "a", "a"], ["b", "b", "a"], ["b", "b", "b"], ["a", "a", "b"]] * 5)
    Fleiss' kappa 0.33, 95% interval 0.03 to 0.63 (n = 20, delta method)
    """
    from statsmodels.stats.inter_rater import fleiss_kappa as kappa_of_counts

    codes, names = _table(labels)
    if (codes < 0).any():
        row = int((codes < 0).any(axis=1).argmax())
        raise ValueError(
            f"a label is missing in row {row} (counted from 0), but Fleiss' kappa needs equally many for each item. "
            "Leave such items out and say how many they were, or use krippendorff_alpha."
        )
    counts = _counts(codes, len(names))
    kappa = float(kappa_of_counts(counts))
    coders = codes.shape[1]
    same = (counts * (counts - 1)).sum(axis=1) / (coders * (coders - 1))
    shares = counts.mean(axis=0) / coders
    by_chance, chance = counts @ shares / coders, shares @ shares
    # How much each item's agreement, and its part in the shares, would move kappa if the item counted more.
    pulls = ((same - same.mean()) - 2 * (1 - kappa) * (by_chance - chance)) / (1 - chance)
    return _with_pulls(kappa, pulls, confidence, "Fleiss' kappa")


def krippendorff_alpha(
    labels: Table, *, level: Literal["nominal", "interval"] = "nominal", confidence: float = 0.95
) -> Estimate:
    """Krippendorff's alpha: agreement beyond chance of any number of coders, with gaps allowed, up to 1.

    High is good. Alpha is 1 − Dₒ / Dₑ: the disagreement within items over that of all labels paired at random. Two
    labels disagree wholly or not at all (``"nominal"``), or by the square of their difference (``"interval"``).
    Items with fewer than two labels pair nothing and do not count. Without gaps and with many items the nominal
    alpha comes close to `fleiss_kappa`.

    The interval is for other items of the same kind, by the delta method as in `fleiss_kappa`, and is cut to -1 and
    1. (Krippendorff draws it by a bootstrap.)

    Parameters
    ----------
    labels : DataFrame or array
        One row per item, one column per coder, None or NaN where a coder gave no label. Krippendorff prints
        such tables the other way round.
    level : {"nominal", "interval"}
        What the labels are: names, or numbers with equal steps.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        Its `n` is the number of items with two labels or more.

    Raises
    ------
    ValueError
        If fewer than two items have two labels, only one label is used, `level` is another word, or labels at interval
        level are no numbers.

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.

    Examples
    --------
    >>> coders = [
    ...     [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    ...     [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    ...     [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    ...     [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ... ]
    >>> items = pd.DataFrame(coders).T
    >>> round(float(krippendorff_alpha(items)), 3), round(float(krippendorff_alpha(items, level="interval")), 3)
    (0.743, 0.849)
    """
    if level not in ("nominal", "interval"):
        raise ValueError(f"level is {level!r}. Choose 'nominal' for names or 'interval' for numbers with equal steps.")
    codes, names = _table(labels)
    codes = codes[(codes >= 0).sum(axis=1) > 1]
    if len(codes) < 2:
        raise ValueError(f"{len(codes)} of the items have two labels or more, but at least two such items are needed.")
    _require_two_labels(codes[codes >= 0])
    if level == "nominal":
        distance = 1 - np.eye(len(names))
    else:
        if not all(isinstance(name, Real) and not isinstance(name, bool) for name in names):
            raise ValueError("labels at interval level are numbers. Use level='nominal' for names.")
        distance = np.subtract.outer(names.astype(float), names.astype(float)) ** 2

    counts = _counts(codes, len(names))
    values = counts.sum(axis=1)
    totals, n = counts.sum(axis=0), values.sum()
    observed = (counts @ distance * counts).sum(axis=1) / (values - 1)
    expected = totals @ distance @ totals
    ratio = (n - 1) * observed.sum() / expected
    # How much each item would move alpha, through Dₒ, through the number of labels, and through Dₑ.
    pulls = ratio * (2 * counts @ distance @ totals / expected - values / (n - 1)) - (n - 1) * observed / expected
    return _with_pulls(1 - ratio, len(codes) * pulls, confidence, "Krippendorff's alpha")


def _pairs(first: Labels, second: Labels) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Codes of both coders' labels for the items that have both, and the labels that the codes stand for."""
    require_same_people(first, second, ("first", "second"))
    (one, ones), (other, others) = (
        pd.factorize(labels if isinstance(labels, pd.Series | np.ndarray) else pd.Series(list(labels), dtype=object))
        for labels in (first, second)
    )
    both = (one >= 0) & (other >= 0)
    if not both.any():
        raise ValueError(f"none of the {len(one)} items has a label from both coders. Are these the right columns?")
    # Each coder's labels were numbered apart, as they come; now the same label gets the same number.
    numbers, names = pd.factorize(np.concatenate([np.asarray(ones, dtype=object), np.asarray(others, dtype=object)]))
    codes = np.concatenate([numbers[one[both]], numbers[len(ones) + other[both]]])
    codes, used = pd.factorize(codes)
    n = len(codes) // 2
    return codes[:n], codes[n:], names[used]


def _table(labels: Table) -> tuple[np.ndarray, np.ndarray]:
    """Codes of the labels by item and coder, -1 where there is none; and the labels."""
    table = labels if isinstance(labels, pd.DataFrame) else pd.DataFrame(labels)
    if len(table) < 2 or table.shape[1] < 2:
        raise ValueError(
            f"the table has {len(table)} items (rows) and {table.shape[1]} coders (columns), but agreement needs two "
            "of each. Give one row per item."
        )
    codes, names = pd.factorize(table.to_numpy(dtype=object).ravel())
    _require_two_labels(codes[codes >= 0])
    return codes.reshape(table.shape), names


def _require_two_labels(codes: np.ndarray) -> None:
    if len(np.unique(codes)) < 2:
        raise ValueError(
            "all labels are the same, so agreement beyond chance cannot be told. Add items of another kind, or report "
            "the plain agreement."
        )


def _counts(codes: np.ndarray, k: int) -> np.ndarray:
    """How many coders gave each item (row) each label (column)."""
    return np.stack([(codes == code).sum(axis=1) for code in range(k)], axis=1)


def _with_pulls(value: float, pulls: np.ndarray, confidence: float, name: str) -> Estimate:
    from scipy.stats import norm

    require_number("confidence", confidence, above=0, below=1, remedy="Write 0.95 for 95 %.")
    reach = norm.ppf((1 + confidence) / 2) * pulls.std(ddof=1) / np.sqrt(len(pulls))
    return _estimate(value, reach, len(pulls), confidence, "delta method", name)


def _estimate(value: float, reach: float, n: int, confidence: float, method: str, name: str) -> Estimate:
    low, high = max(value - reach, -1.0), min(value + reach, 1.0)
    return Estimate(float(value), float(low), float(high), n, confidence, method, name)
