"""Two designs in the keystroke-level model, step by step: what each operator costs, and what a change saves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

import pandas as pd

from cxux_helpers.usability.keystroke_level import klm_steps

__all__ = ["klm_comparison", "klm_operators"]


def klm_operators(operators: str | Iterable[str], *, variant: Literal["card", "kieras"] = "card") -> list[str]:
    """Steps of a keystroke-level model one by one, without repetitions and notes.

    Parameters and errors are those of `cxux_helpers.usability.keystroke_level.klm`. Waiting keeps its seconds, so that
    ``R(2)`` and ``R(3)`` are different steps.

    Examples
    --------
    >>> klm_operators("M 2K[ok] R(0.5)")
    ['M', 'K', 'K', 'R(0.5)']
    """
    rows = klm_steps(operators, k=1.0, variant=variant)
    single: list[str] = []
    for operator, count, seconds in zip(rows["operator"], rows["count"], rows["seconds"], strict=True):
        lasts = f"({seconds / count:g})" if operator in "RWD" else ""
        single += [f"{operator}{lasts}"] * count
    return single


def klm_comparison(
    before: str | Iterable[str],
    after: str | Iterable[str],
    *,
    k: float | str = "average skilled typist",
    variant: Literal["card", "kieras"] = "card",
) -> pd.DataFrame:
    """What a change of design saves, operator by operator.

    Parameters
    ----------
    before, after : str or iterable of str
        The steps of both designs, as `cxux_helpers.usability.keystroke_level.klm` takes them.
    k, variant
        As there.

    Returns
    -------
    DataFrame
        One row per operator that occurs: how often it comes ``before`` and ``after``, and the seconds ``saved``, which
        are negative where the new design costs more. Their sum is the difference of the two predictions.

    Raises
    ------
    ValueError
        As in `klm`.

    Examples
    --------
    >>> klm_comparison("M P K M P K", "M 3K").round(2).to_dict("index")
    {'K': {'before': 2, 'after': 3, 'saved': -0.2}, 'M': {'before': 2, 'after': 1, 'saved': 1.35}, \
'P': {'before': 2, 'after': 0, 'saved': 2.2}}
    """
    both = [klm_steps(steps, k=k, variant=variant).groupby("operator") for steps in (before, after)]
    counts = [steps["count"].sum() for steps in both]
    seconds = [steps["seconds"].sum() for steps in both]
    table = pd.DataFrame({"before": counts[0], "after": counts[1], "saved": seconds[0].sub(seconds[1], fill_value=0)})
    return table.fillna(0).astype({"before": int, "after": int}).sort_index()
