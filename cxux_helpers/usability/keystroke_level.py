"""The keystroke-level model: seconds of a task, predicted before anybody is tested.

It speaks of practised people who make no mistake. It compares designs; it does not tell the seconds of a clock.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import Literal

import pandas as pd

from cxux_helpers.arguments import require_number

__all__ = ["KEYSTROKE_SECONDS", "KLM_SECONDS", "klm", "klm_steps"]

# Seconds for one keystroke K (Card, Moran and Newell 1980).
KEYSTROKE_SECONDS = {
    "best typist": 0.08,
    "good typist": 0.12,
    "average skilled typist": 0.20,
    "average non-secretary typist": 0.28,
    "random letters": 0.50,
    "complex codes": 0.75,
    "worst typist": 1.20,
}

# Seconds of the other operators, in the two variants that are in use.
KLM_SECONDS = {
    "card": {"P": 1.10, "H": 0.40, "M": 1.35},
    "kieras": {"P": 1.10, "H": 0.40, "M": 1.20, "B": 0.10},
}

_STEP = re.compile(r"(?P<count>[1-9]\d*)?(?P<operator>[A-Z])(?:\((?P<numbers>[^()]*)\))?(?:\[(?P<note>[^\[\]]*)\])?\s*")


def klm(
    operators: str | Iterable[str],
    *,
    k: float | str = "average skilled typist",
    variant: Literal["card", "kieras"] = "card",
) -> float:
    """Seconds that the keystroke-level model predicts for a task.

    Lower is faster. The time is the sum of its operators. Two choices move it most, so always report them: the typist
    `k`, and the time for a thought M.

    ============ ========================================= ===========================
    operator     what is done                              seconds
    ============ ========================================= ===========================
    ``K``        press a key (in "card", a button too)     `k`
    ``P``        point at something with the mouse         1.10
    ``H``        move the hand between keyboard and mouse  0.40
    ``M``        think before an act                       1.35, in "kieras" 1.20
    ``B``        press or release a button ("kieras")      0.10, so a click is ``2B``
    ``D(n,l)``   draw n straight lines, l cm in all        0.9 n + 0.16 l
    ``R(t)``     wait for the system, also ``W(t)``        t
    ============ ========================================= ===========================

    Parameters
    ----------
    operators : str or iterable of str
        The steps in order, like ``"M P 2K"``. A number before an operator repeats it; brackets behind it hold a note:
        ``"M K[s] 5K[hello]"``.
    k : float or str
        Seconds for a keystroke, or a typist from `KEYSTROKE_SECONDS`.
    variant : {"card", "kieras"}
        The times of Card, Moran and Newell (1980), or those that Kieras (1993) teaches.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If there is no step, one cannot be read, the variant does not know it, or `k` is unknown or not above 0.

    References
    ----------
    Card, S. K., Moran, T. P., and Newell, A. (1980). The keystroke-level model for user performance time with
    interactive systems. *Communications of the ACM* 23(7), 396–410.

    Examples
    --------
    Replacing a word of five letters in a line editor and in a display editor (Card, Moran and Newell 1980):

    >>> round(klm("MK[line feed] MK[s] 5K[word] MK[return] 5K[word] MK[return] K[return]"), 2)
    8.4
    >>> round(klm("H P K[select] H MK[replace] 5K[word] MK[esc]"), 2)
    6.2
    """
    return math.fsum(klm_steps(operators, k=k, variant=variant)["seconds"])


def klm_steps(
    operators: str | Iterable[str],
    *,
    k: float | str = "average skilled typist",
    variant: Literal["card", "kieras"] = "card",
) -> pd.DataFrame:
    """Steps of a keystroke-level model, one per row, with their seconds. Parameters and errors are those of `klm`.

    Returns
    -------
    DataFrame
        Columns ``operator``, ``count``, ``note`` and ``seconds`` (of the whole row).

    Examples
    --------
    >>> klm_steps("M 2K[ok]").to_dict("list")
    {'operator': ['M', 'K'], 'count': [1, 2], 'note': ['', 'ok'], 'seconds': [1.35, 0.4]}
    """
    if variant not in KLM_SECONDS:
        raise ValueError(f"variant is {variant!r}. Give 'card' or 'kieras'.")
    seconds = {**KLM_SECONDS[variant], "K": _keystroke(k)}
    text = operators if isinstance(operators, str) else " ".join(operators)
    rows, place = [], len(text) - len(text.lstrip())
    while place < len(text):
        step = _STEP.match(text, place)
        if step is None:
            raise ValueError(
                f"operators has {text[place : place + 20]!r}, which is no step. Write capital letters, like "
                "'M P 2K[ok] R(0.5)'."
            )
        operator, count = step["operator"], int(step["count"] or 1)
        rows.append(
            (operator, count, step["note"] or "", count * _seconds(operator, step["numbers"], seconds, variant))
        )
        place = step.end()
    if not rows:
        raise ValueError("operators is empty. Write the steps, like 'M P 2K'.")
    return pd.DataFrame(rows, columns=["operator", "count", "note", "seconds"])


def _keystroke(k: float | str) -> float:
    if isinstance(k, str):
        if k not in KEYSTROKE_SECONDS:
            raise ValueError(f"k is {k!r}. Give seconds, or one of: {', '.join(KEYSTROKE_SECONDS)}.")
        return KEYSTROKE_SECONDS[k]
    require_number("k", k, above=0, remedy="Give the seconds for one keystroke, or a typist.")
    return float(k)


def _seconds(operator: str, numbers: str | None, seconds: dict[str, float], variant: str) -> float:
    """Seconds of one operator, with what stands in its parentheses."""
    wanted = {"D": 2, "R": 1, "W": 1}.get(operator, 0)
    given = [] if numbers is None else numbers.split(",")
    try:
        values = [float(number) for number in given]
    except ValueError:
        values = [-1.0]
    if len(given) != wanted or not all(0 <= value < math.inf for value in values):
        form = {2: "D(lines,centimetres)", 1: f"{operator}(seconds)", 0: operator}[wanted]
        raise ValueError(f"operator {operator} has {numbers or 'nothing'!r} in parentheses. Write it as {form}.")
    if operator == "D":
        return 0.9 * values[0] + 0.16 * values[1]
    if wanted == 1:
        return values[0]
    if operator not in seconds:
        known = ", ".join(sorted({*seconds, "D", "R", "W"}))
        raise ValueError(f"operator {operator} is not in the variant {variant!r}, which has: {known}.")
    return seconds[operator]
