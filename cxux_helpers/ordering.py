"""Judging items that were put in order: what comes too early, and how much of the order holds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from cxux_helpers.checks import missing_answer
from cxux_helpers.feedback import Feedback, Rung, shown

__all__ = ["check_order", "longest_run_in_order"]


def longest_run_in_order(answer: Sequence[str], key: Sequence[str]) -> int:
    """Number of items that could stay where they are while the others are moved into place.

    It is the length of the longest increasing subsequence, from 1 to the number of items; high is good.

    Parameters
    ----------
    answer, key : sequence of str
        The same items in two orders.

    Examples
    --------
    >>> longest_run_in_order("BCDA", "ABCD")  # only A has to move
    3
    """
    place = {item: number for number, item in enumerate(key)}
    ends: list[int] = []  # the lowest place in which a run of each length can end
    for number in (place[item] for item in answer):
        at = bisect_left(ends, number)
        ends[at : at + 1] = [number]
    return len(ends)


def check_order(
    answer: object, key: Sequence[str], why: Mapping[str, str] | None = None, *, reason: str = ""
) -> Feedback:
    """Judge an order.

    The share is (run − 1) / (items − 1), where run is `longest_run_in_order`: one item out of place costs one part, and
    an order that is turned round earns nothing.

    Parameters
    ----------
    answer
        The items in the order given, a list, or a `NoAnswer`.
    key : sequence of str
        The items in the right order, two or more.
    why : mapping of str to str, optional
        For each item, why it cannot come earlier than it does in the key.
    reason : str
        Why the right order is right.

    Returns
    -------
    Feedback
        For a wrong order it names the first item that comes too early.

    Raises
    ------
    ValueError
        If `key` has fewer than two items, or one twice: both are the author's errors.

    Examples
    --------
    >>> check_order(["bake", "mix", "eat"], ["mix", "bake", "eat"], {"bake": "There is no dough yet."})
    ≈ Close. “bake” comes too early. There is no dough yet. 2 of the 3 could stay as they are.
    """
    if len(key) < 2 or len(set(key)) < len(key):
        raise ValueError(f"the key has to name two different items or more, each once; it is {list(key)}.")
    if missing := missing_answer(answer):
        return missing
    if not isinstance(answer, list | tuple):
        return Feedback(Rung.WRONG_KIND, "The answer should be a list of the items in order.", found=shown(answer))
    if not all(isinstance(item, str) for item in answer) or sorted(answer) != sorted(key):
        return Feedback(Rung.OUT_OF_RANGE, "Use each item once, as it is given.", found=shown(answer))
    if list(answer) == list(key):
        return Feedback(Rung.RIGHT, reason, 1.0)
    right_so_far = next(n for n, (given, wanted) in enumerate(zip(answer, key, strict=True)) if given != wanted)
    early = answer[right_so_far]
    run = longest_run_in_order(answer, key)
    parts = [f"The first {right_so_far} are right." if right_so_far > 1 else "", f"“{early}” comes too early."]
    parts += [(why or {}).get(early, ""), f"{run} of the {len(key)} could stay as they are." if run > 1 else ""]
    share = (run - 1) / (len(key) - 1)
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, " ".join(filter(None, parts)), share)
