"""Judging answers: each function compares one kind of answer with its key and returns a `Feedback`.

Types are strict: ``True`` is not 1, the text ``"12"`` is not the number 12, and NaN is never right. The same
functions give the instant feedback of an exercise and the marks of an assignment.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from numbers import Real
from typing import Any

import pandas as pd

from cxux_helpers.feedback import Feedback, NoAnswer, Rung, shown

__all__ = [
    "check_answered",
    "check_choice",
    "check_choices",
    "check_match",
    "check_number",
    "check_table",
    "missing_answer",
]


def _kind(value: object) -> str:
    """Name a value's kind in everyday words."""
    if isinstance(value, bool):
        return "true or false"
    for types, words in (
        (str, "a text"),
        (Real, "a number"),
        (pd.DataFrame, "a table"),
        (pd.Series, "a column"),
        (Mapping, "a dictionary"),
        ((list, tuple), "a list"),
    ):
        if isinstance(value, types):
            return words
    return f"a {type(value).__name__}"


def missing_answer(answer: object) -> Feedback | None:
    """Return feedback for an answer that is not there, and None for one that is.

    Parameters
    ----------
    answer
        What the student gave; None, ``...``, a `NoAnswer` and all that is empty count as not there.
    """
    if isinstance(answer, NoAnswer):
        return Feedback(Rung.NOT_ANSWERED, answer.reason, found=shown(answer.found))
    if answer is None or answer is Ellipsis or (isinstance(answer, str | Mapping | list) and len(answer) == 0):
        return Feedback(Rung.NOT_ANSWERED, "There is no answer here yet.")
    return None


def check_answered(answer: object, todo: str = "", *, parts: int | None = None) -> Feedback:
    """Say only whether a question has been answered in full; whether the answer is right is judged later.

    Parameters
    ----------
    answer
        What the student gave, or a `NoAnswer`. A dictionary with an empty field is not answered in full.
    todo
        What to do, for an answer that is missing or unfinished.
    parts
        How many entries each dictionary inside the answer must have.
    """
    if missing := missing_answer(answer):
        return Feedback(Rung.NOT_ANSWERED, todo or missing.message, found=missing.found)
    if not _complete(answer, parts):
        return Feedback(Rung.NOT_ANSWERED, todo or "A part of the answer is still open.")
    return Feedback(Rung.ANSWERED, "This question is judged when your work is marked.")


def _complete(answer: object, parts: int | None) -> bool:
    if not isinstance(answer, Mapping):
        return missing_answer(answer) is None
    return all(
        _complete(field, parts) and (parts is None or not isinstance(field, Mapping) or len(field) >= parts)
        for field in answer.values()
    )


def _wrong_kind(answer: object, wanted: str) -> Feedback:
    return Feedback(
        Rung.WRONG_KIND, f"The answer should be {wanted}, and yours is {_kind(answer)}.", found=shown(answer)
    )


def check_number(
    answer: object,
    expected: float,
    *,
    tolerance: float,
    low: float | None = None,
    high: float | None = None,
    close: float | None = None,
    mistakes: Mapping[float, str] | None = None,
    hint: str = "",
    reason: str = "",
) -> Feedback:
    """Judge a number.

    Parameters
    ----------
    answer
        What the student gave, or a `NoAnswer`.
    expected
        The right value.
    tolerance
        Largest absolute distance that still counts as right, in the unit of `expected`; 0 means exact.
    low, high
        Bounds that every sensible answer respects, such as 0 and 1 for a share.
    close
        Largest absolute distance that counts as close; close earns half of the credit.
    mistakes
        Values that a known error leads to, each with the message that it deserves.
    hint
        What to look at again, for an answer that is in range but not right.
    reason
        Why the right answer is right.

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        If `tolerance` is negative or `expected` is not finite: both are the author's errors.
    """
    if tolerance < 0 or not math.isfinite(expected):
        raise ValueError(f"expected {expected} must be finite and tolerance {tolerance} must not be negative.")
    if missing := missing_answer(answer):
        return missing
    if isinstance(answer, bool) or not isinstance(answer, Real):
        return _wrong_kind(answer, "a number")
    value, found = float(answer), shown(answer)
    if not math.isfinite(value):
        return Feedback(Rung.WRONG_KIND, "The answer is not a finite number. Look for a division by zero.", found=found)
    if (low is not None and value < low) or (high is not None and value > high):
        bounds = [f"at least {low:,g}"] if low is not None else []
        bounds += [f"at most {high:,g}"] if high is not None else []
        return Feedback(Rung.OUT_OF_RANGE, f"This number is always {' and '.join(bounds)}.", found=found)
    # A hair of slack: a tolerance of 0.1 accepts 0.3 for 0.2, which floating point puts further apart.
    slack = tolerance + 1e-9 * max(1.0, abs(expected))
    if abs(value - expected) <= slack:
        return Feedback(Rung.RIGHT, reason, 1.0, found)
    for wrong, message in (mistakes or {}).items():
        if abs(value - wrong) <= slack:
            return Feedback(Rung.NOT_YET, message, found=found)
    if close is not None and abs(value - expected) <= close:
        return Feedback(Rung.CLOSE, hint, 0.5, found)
    return Feedback(Rung.NOT_YET, hint, found=found)


def check_choice(answer: object, key: str, why: Mapping[str, str]) -> Feedback:
    """Judge one choice among options.

    Parameters
    ----------
    answer
        The chosen option, or a `NoAnswer`.
    key
        The right option.
    why
        For every option, the reason why it is right or wrong.

    Raises
    ------
    ValueError
        If `key` is not one of the options.
    """
    if key not in why:
        raise ValueError(f"the key {key!r} is not among the options: {', '.join(why)}.")
    if missing := missing_answer(answer):
        return missing
    if not isinstance(answer, str):
        return _wrong_kind(answer, "one of the options, as a text")
    if answer not in why:
        return Feedback(Rung.OUT_OF_RANGE, f"Choose one of: {'; '.join(why)}.", found=shown(answer))
    if answer == key:
        return Feedback(Rung.RIGHT, why[answer], 1.0, shown(answer))
    return Feedback(Rung.NOT_YET, why[answer], found=shown(answer))


def check_choices(answer: object, key: Collection[str], why: Mapping[str, str]) -> Feedback:
    """Judge a set of ticked options.

    The share is (right ticks − wrong ticks) / size of `key`, never below 0, so that ticking everything
    earns nothing extra.

    Parameters
    ----------
    answer
        List of the ticked options, or a `NoAnswer`. An empty list counts as not answered.
    key
        The options that should be ticked; at least one.
    why
        For every option, the reason why it should or should not be ticked.
    """
    if not key or not set(key) <= set(why):
        raise ValueError(f"the key {sorted(key)} must name at least one option, and only options of `why`.")
    if missing := missing_answer(answer):
        return missing
    if not isinstance(answer, list | tuple) or not all(isinstance(a, str) for a in answer):
        return _wrong_kind(answer, "a list of options")
    ticked = set(answer)
    if unknown := sorted(ticked - set(why)):
        return Feedback(Rung.OUT_OF_RANGE, f"Choose among: {'; '.join(why)}.", found=shown(", ".join(unknown)))
    wrong, left_out = [o for o in why if o in ticked - set(key)], [o for o in why if o in set(key) - ticked]
    if not wrong and not left_out:
        return Feedback(Rung.RIGHT, " ".join(why[o] for o in why if o in key), 1.0)
    share = max(0.0, (len(ticked & set(key)) - len(wrong)) / len(key))
    parts = [f"Not “{o}”: {why[o]}" for o in wrong]
    if left_out:
        parts.append(f"{_count(len(left_out), 'more option')} should be ticked.")
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, " ".join(parts), share)


def check_match(
    answer: object,
    key: Mapping[str, str],
    why: Mapping[str, str],
    *,
    options: Collection[str] | None = None,
    mistakes: Mapping[tuple[str, str], str] | None = None,
) -> Feedback:
    """Judge a matching of items to options; each item counts the same.

    Parameters
    ----------
    answer
        Mapping from item to chosen option; items without an option may be missing or None.
    key
        Mapping from every item to its right option.
    why
        For every item, what to think about (when it is wrong).
    options
        All options offered, if there are more than the key uses.
    mistakes
        Messages for particular wrong pairs ``(item, option)``, which then replace `why`.
    """
    if missing := missing_answer(answer):
        return missing
    if not isinstance(answer, Mapping):
        return _wrong_kind(answer, "a dictionary from item to option")
    allowed = set(options if options is not None else key.values())
    given = {item: option for item, option in answer.items() if option is not None}
    if not given:
        return Feedback(Rung.NOT_ANSWERED, "There is no answer here yet.")
    if strange := [i for i, o in given.items() if i not in key or not isinstance(o, str) or o not in allowed]:
        return Feedback(
            Rung.OUT_OF_RANGE,
            f"Use these items: {'; '.join(key)}. Use these options: {'; '.join(sorted(allowed))}.",
            found=shown(strange[0]),
        )
    right = [item for item in key if given.get(item) == key[item]]
    if len(right) == len(key):
        return Feedback(Rung.RIGHT, "All of them fit.", 1.0)
    parts = [f"{len(right)} of {len(key)} fit."]
    parts += [
        f"{item}: {(mistakes or {}).get((item, given[item]), why[item])}"
        for item in key
        if item in given and given[item] != key[item]
    ]
    if blank := len(key) - len(given):
        parts.append(f"{_count(blank, 'item')} still without an answer.")
    share = len(right) / len(key)
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, " ".join(parts), share)


def check_table(
    answer: object,
    expected: pd.DataFrame,
    *,
    tolerance: float = 0.0,
    hints: Mapping[str, str] | None = None,
    reason: str = "",
) -> Feedback:
    """Judge a table, column by column; rows are matched by their index, in any order.

    Each column of `expected` earns the same share when all of its cells are right. Further columns of the
    answer do no harm.

    Parameters
    ----------
    answer
        A DataFrame, or a `NoAnswer`.
    expected
        The right table.
    tolerance
        Largest absolute distance for numbers; other cells must be equal.
    hints
        For each column, what to look at again.
    reason
        Why the right table is right.
    """
    if missing := missing_answer(answer):
        return missing
    if not isinstance(answer, pd.DataFrame):
        return _wrong_kind(answer, "a table (DataFrame)")
    columns = [str(c) for c in expected.columns]
    table = answer.set_axis([str(c) for c in answer.columns], axis="columns")
    if not table.columns.is_unique:
        return Feedback(Rung.WRONG_KIND, "Two columns of your table share a name. Give each its own.")
    if lacking := [c for c in columns if c not in table.columns]:
        return Feedback(
            Rung.WRONG_KIND,
            f"Your table has no column named {' and none named '.join(repr(c) for c in lacking)}.",
            found=shown(", ".join(table.columns)),
        )
    rows, wanted = table.index.map(str), expected.index.map(str)
    if len(rows) != len(wanted) or not rows.is_unique or set(rows) != set(wanted):
        return Feedback(
            Rung.OUT_OF_RANGE,
            f"The table should have {_count(len(wanted), 'row')}, one for each "
            f"{expected.index.name or 'index label'}, with these labels as its index.",
            found=_count(len(rows), "row"),
        )
    table = table.set_axis(rows).loc[wanted]
    wrong = [c for c in columns if not _same_column(table[c].tolist(), expected[c].tolist(), tolerance)]
    if not wrong:
        return Feedback(Rung.RIGHT, reason, 1.0)
    share = 1 - len(wrong) / len(columns)
    message = " ".join(f"Column {c!r} is not right. {(hints or {}).get(c, '')}".strip() for c in wrong)
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, message, share)


def _same_column(given: Sequence[Any], expected: Sequence[Any], tolerance: float) -> bool:
    return all(_same_cell(g, e, tolerance) for g, e in zip(given, expected, strict=True))


def _same_cell(given: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, bool) or not isinstance(expected, Real):
        return type(given) is type(expected) and bool(given == expected)
    if isinstance(given, bool) or not isinstance(given, Real):
        return False
    return abs(float(given) - float(expected)) <= tolerance + 1e-9 * max(1.0, abs(float(expected)))


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
