"""Arguments that must be numbers within bounds: what is out of them is refused by name, value and remedy."""

from __future__ import annotations

import math
from numbers import Real

import numpy as np

__all__ = ["require_number", "require_whole"]


def require_number(
    name: str,
    number: float,
    *,
    low: float | None = None,
    above: float | None = None,
    high: float | None = None,
    below: float | None = None,
    remedy: str = "",
) -> None:
    """Raise unless `number` is a finite number within the bounds; truth values and text are no numbers.

    Parameters
    ----------
    name : str
        What the message calls it.
    number : float
        What was passed.
    low, high : float, optional
        Bounds that may be reached.
    above, below : float, optional
        Bounds that may not.
    remedy : str
        A sentence that says what to do.

    Raises
    ------
    ValueError
        If it is not.

    Examples
    --------
    >>> require_number("shrinkage", 30, low=0, below=1, remedy="Write 0.3 for 30 %.")
    Traceback (most recent call last):
    ValueError: shrinkage is 30, but must be a number of 0 or more and below 1. Write 0.3 for 30 %.
    """
    if _is_number(number) and (
        (low is None or number >= low)
        and (high is None or number <= high)
        and (above is None or number > above)
        and (below is None or number < below)
    ):
        return
    bounds = (("above", above, ""), ("of", low, " or more"), ("below", below, ""), ("up to", high, ""))
    words = " and ".join(f"{before} {bound:g}{after}" for before, bound, after in bounds if bound is not None)
    raise ValueError(f"{name} is {_shown(number)}, but must be a number {words or '(finite)'}. {remedy}".rstrip())


def require_whole(name: str, number: float, *, low: int) -> int:
    """Return `number` as an int, or raise if it is not a whole number of `low` or more.

    Parameters
    ----------
    name : str
        What the message calls it.
    number : float
        What was passed; 3.0 is whole.
    low : int
        The smallest that will do.

    Returns
    -------
    int

    Raises
    ------
    ValueError
        If it is not.

    Examples
    --------
    >>> require_whole("agents", 13.5, low=1)
    Traceback (most recent call last):
    ValueError: agents is 13.5, but must be a whole number of 1 or more.
    """
    if not _is_number(number) or not float(number).is_integer() or number < low:
        raise ValueError(f"{name} is {_shown(number)}, but must be a whole number of {low} or more.")
    return int(number)


def _is_number(number: object) -> bool:
    return isinstance(number, Real) and not isinstance(number, bool | np.bool_) and math.isfinite(number)


def _shown(number: object) -> str:
    """5.0, not np.float64(5.0)."""
    return repr(number.item() if isinstance(number, np.generic) else number)
