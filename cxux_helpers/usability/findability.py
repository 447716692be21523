"""Can people find things: tree tests and first clicks.

Where people would put things is in `cxux_helpers.usability.card_sorts`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.estimates import Estimate, proportion
from cxux_helpers.ratings import Outcomes, read_outcomes, require_same_people
from cxux_helpers.tables import refuse_rows

__all__ = [
    "TREE_OUTCOMES",
    "FirstClick",
    "TreeTest",
    "first_choices",
    "first_click",
    "tree_outcomes",
    "tree_test",
]

TREE_OUTCOMES = ("direct success", "indirect success", "direct failure", "indirect failure", "skip")


def tree_outcomes(
    paths: Iterable[str | Sequence[str]], correct: str | Collection[str], *, skipped: Outcomes | None = None
) -> pd.Series:
    """What became of each participant in one task of a tree test.

    Success is ending at a right node, however long it took. Direct is who never came back to a node after leaving it.
    A skip is a class of its own, neither success nor failure, direct or not.

    Parameters
    ----------
    paths : iterable of str or of sequences of str
        One path per participant: the nodes in the order in which they were opened, those passed on the way back up
        included, as a list or as text like ``"Home > Help > Returns"``. The last node is the answer. Names that occur
        in several branches must be told apart, for example "Sofas: care" and "Chairs: care".
    correct : str or collection of str
        The right node, or all right ones.
    skipped : array of bool, optional
        Who gave the task up; their paths may be empty. Without it, nobody did.

    Returns
    -------
    Series
        Ordered categorical named ``outcome`` with the categories `TREE_OUTCOMES`.

    Raises
    ------
    ValueError
        If there are no paths, or the path of somebody who did not skip is empty or missing.

    Examples
    --------
    >>> paths = ["Home > Help > Returns", "Home > Shop > Home > Help > Returns", "Home > Shop"]
    >>> tree_outcomes(paths, "Returns").tolist()
    ['direct success', 'indirect success', 'direct failure']
    """
    walks = _walks(paths)
    gave_up = pd.Series(False, index=walks.index)
    if skipped is not None:
        require_same_people(walks, skipped, ("paths", "skipped"))
        gave_up = pd.Series(read_outcomes(skipped, name="skipped").to_numpy(), index=walks.index)
    lost = ~gave_up & (walks.map(len) == 0)
    refuse_rows(walks, lost, "no path", "Give the path, or pass skipped=… with True for who gave the task up.")
    right = {correct} if isinstance(correct, str) else set(correct)
    if not right:
        raise ValueError("correct is empty. Name the right node, or all right nodes, of the task.")
    success = walks.map(lambda walk: bool(walk) and walk[-1] in right).astype(bool)
    indirect = walks.map(lambda walk: len(set(walk)) < len(walk)).astype(bool)
    places = np.where(gave_up, 4, np.where(success, 0, 2) + np.where(indirect, 1, 0))
    outcomes = pd.Categorical(np.array(TREE_OUTCOMES)[places], TREE_OUTCOMES, ordered=True)
    return pd.Series(outcomes, index=walks.index, name="outcome")


class TreeTest(NamedTuple):
    """Result of one task of a tree test.

    Attributes
    ----------
    success : Estimate
        Share of all participants who ended at a right node.
    directness : Estimate
        Share of all participants who gave an answer, right or wrong, without going back.
    outcomes : Series
        Number of participants by `TREE_OUTCOMES`.
    """

    success: Estimate
    directness: Estimate
    outcomes: pd.Series


def tree_test(
    paths: Iterable[str | Sequence[str]],
    correct: str | Collection[str],
    *,
    skipped: Outcomes | None = None,
    confidence: float = 0.95,
) -> TreeTest:
    """Success and directness of one task of a tree test, with adjusted Wald intervals.

    For both, high is good and the share is of all participants, those who skipped included: a task that many give up
    is no better than one that many get wrong. Rivals take the skips out of directness, or count only successes in it.

    Parameters
    ----------
    paths, correct, skipped
        As in `tree_outcomes`.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    TreeTest

    Raises
    ------
    ValueError
        As in `tree_outcomes`, or if `confidence` is out of range.

    Examples
    --------
    >>> paths = ["Home > Help > Returns", "Home > Shop > Home > Help > Returns", "Home > Shop", ""]
    >>> result = tree_test(paths, "Returns", skipped=[False, False, False, True])
    >>> result.success
    Success 0.50, 95% interval 0.15 to 0.85 (n = 4, adjusted Wald)
    >>> float(result.directness)
    0.5
    """
    outcomes = tree_outcomes(paths, correct, skipped=skipped).value_counts(sort=False)
    direct_success, indirect_success, direct_failure, _, _ = map(int, outcomes)
    n = int(outcomes.sum())
    return TreeTest(
        proportion(direct_success + indirect_success, n, confidence=confidence, name="Success"),
        proportion(direct_success + direct_failure, n, confidence=confidence, name="Directness"),
        outcomes,
    )


def first_choices(paths: Iterable[str | Sequence[str]], *, level: int = 1) -> pd.Series:
    """How many participants opened which node first, for the branches that mislead.

    Parameters
    ----------
    paths
        As in `tree_outcomes`; paths too short to reach the level are not counted.
    level : int
        Which step: 1 is the first one after the root.

    Returns
    -------
    Series
        Number of participants named ``participants`` by node, the most chosen first.

    Raises
    ------
    ValueError
        If there are no paths, or `level` is no whole number of 1 or more.

    Examples
    --------
    >>> first_choices(["Home > Help > Returns", "Home > Shop > Home > Help", "Home > Shop"]).to_dict()
    {'Shop': 2, 'Help': 1}
    """
    level = require_whole("level", level, low=1)
    chosen = [walk[level] for walk in _walks(paths) if len(walk) > level]
    return pd.Series(chosen, name="node", dtype=object).value_counts().rename("participants")


class FirstClick(NamedTuple):
    """Result of a first-click test.

    Attributes
    ----------
    right : Estimate
        Share of people whose first click was right.
    success_if_right, success_if_wrong : Estimate or None
        Share of successes among those whose first click was right, and wrong; None where there are no such people.
    """

    right: Estimate
    success_if_right: Estimate | None
    success_if_wrong: Estimate | None


def first_click(right: Outcomes, success: Outcomes, *, confidence: float = 0.95) -> FirstClick:
    """How many clicked right at first, and how well they did compared with the others.

    In twelve tests of Bailey and Wolfson, 87 % of those who started right succeeded, and 46 % of the others. That is
    no proof that the first click is the cause: an easy task helps with both.

    Parameters
    ----------
    right, success : array of bool
        Whether the first click was right, and whether the task was completed; one value per person.
    confidence : float
        Confidence level of the adjusted Wald intervals, between 0 and 1 exclusive.

    Returns
    -------
    FirstClick

    Raises
    ------
    ValueError
        If there are no people, a value is missing or no yes or no, or the two are not about the same people.

    Examples
    --------
    >>> result = first_click([1, 1, 1, 0, 0], [1, 1, 0, 1, 0])
    >>> float(result.right), float(result.success_if_wrong)
    (0.6, 0.5)
    """
    require_same_people(right, success, ("right", "success"))
    started = read_outcomes(right, name="right").to_numpy()
    ended = read_outcomes(success, name="success").to_numpy()

    def share(among: np.ndarray, name: str) -> Estimate | None:
        return proportion(int(among.sum()), len(among), confidence=confidence, name=name) if len(among) else None

    return FirstClick(
        proportion(int(started.sum()), len(started), confidence=confidence, name="First click right"),
        share(ended[started], "Success after a right first click"),
        share(ended[~started], "Success after a wrong first click"),
    )


def _walks(paths: Iterable[str | Sequence[str]]) -> pd.Series:
    """Paths as lists of nodes; two clicks in a row on one node are one visit."""
    listed = paths if isinstance(paths, pd.Series) else pd.Series(list(paths), dtype=object)
    if listed.empty:
        raise ValueError("there are no paths. Check the file, or the filter that came before.")
    walks: list[Any] = [_nodes(path) for path in listed]
    return pd.Series(walks, index=listed.index, name=listed.name or "paths", dtype=object)


def _nodes(path: object) -> list[str]:
    parts: list[object] = []
    if isinstance(path, str):
        parts = [*path.split(">")]
    elif isinstance(path, list | tuple | np.ndarray):
        parts = [*path]
    # Whatever else comes, None and NaN among it, is no path.
    nodes = [node for node in (str(part).strip() for part in parts) if node]
    return [node for place, node in enumerate(nodes) if place == 0 or node != nodes[place - 1]]
