"""Playing fair: shops that lots keep without a measure, so that one may know afterwards what it did."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from cxux_helpers.estimates import Estimate
from cxux_helpers.furniture_firm.comparisons import before_after, causes_of_change, difference_in_differences
from cxux_helpers.furniture_firm.firm import FurnitureFirm
from cxux_helpers.furniture_firm.plans import MEASURES, Plans, WeekPlan

__all__ = ["TOGETHER", "FirmTrials", "plans_from_plain", "plans_to_plain", "run_by_lot", "shops_by_lot"]

TOGETHER = "all together"


def shops_by_lot(firm: FurnitureFirm) -> np.ndarray:
    """Which shops a lot chose, half of them, as truth values; drawn apart from the firm's own numbers.

    Parameters
    ----------
    firm : FurnitureFirm
        Its seed decides; the same firm always gives the same shops.

    Examples
    --------
    >>> int(shops_by_lot(FurnitureFirm(seed=1, shops=7)).sum())
    3
    """
    return np.random.default_rng([firm.seed, 1]).permutation(firm.shops) < firm.shops // 2


def run_by_lot(firm: FurnitureFirm, plans: Plans, *, without: Plans | None = None) -> pd.DataFrame:
    """Carry out plans in the half of the shops that the lot chose.

    Parameters
    ----------
    firm : FurnitureFirm
        With at least four shops, so that both halves have two.
    plans : WeekPlan or sequence of WeekPlan
        What the chosen shops do.
    without : WeekPlan or sequence of WeekPlan, optional
        What the others do, for the same weeks; nothing by default.

    Returns
    -------
    DataFrame
        As `FurnitureFirm.run` gives it, with a column ``treated``, True in all rows of the shops with the plans.

    Examples
    --------
    >>> weeks = run_by_lot(FurnitureFirm(seed=1, shops=6), WeekPlan(training=300))
    >>> int(weeks.groupby("shop")["treated"].first().sum())
    3
    """
    chosen = shops_by_lot(firm)
    others = {} if without is None else dict.fromkeys(range(1, firm.shops + 1), without)
    weeks = firm.run({**others, **{shop: plans for shop, own in enumerate(chosen, start=1) if own}})
    return weeks.assign(treated=chosen[weeks["shop"].to_numpy() - 1])


def plans_to_plain(weeks: Sequence[WeekPlan]) -> list[dict[str, Any]]:
    """Plans as plain data, each without what it leaves at its default.

    Parameters
    ----------
    weeks : sequence of WeekPlan
        In the order of the weeks.

    Examples
    --------
    >>> plans_to_plain([WeekPlan(training=50), WeekPlan()])
    [{'training': 50}, {}]
    """
    return [
        {name: getattr(week, name) for name in MEASURES if getattr(week, name) != _DEFAULTS[name]} for week in weeks
    ]


def plans_from_plain(weeks: object) -> list[WeekPlan]:
    """Plans from plain data, as `plans_to_plain` gives them.

    Parameters
    ----------
    weeks : list of mapping
        For each week its measures.

    Raises
    ------
    ValueError
        If it is no list of dictionaries with names of measures. Whether the plans can be carried out is for
        `FurnitureFirm.run` to say.

    Examples
    --------
    >>> plans_from_plain([{"training": 50}]) == [WeekPlan(training=50)]
    True
    """
    if not isinstance(weeks, list | tuple):
        raise ValueError("weeks should be a list with a plan for each week.")
    for number, week in enumerate(weeks, start=1):
        if not isinstance(week, Mapping) or not set(week) <= set(MEASURES):
            raise ValueError(f"week {number} should be a dictionary; it may have: {', '.join(MEASURES)}.")
    return [WeekPlan(**week) for week in weeks]


@dataclass(frozen=True)
class FirmTrials:
    """A chain of shops, and for everything that it did a trial in the half of them that the lot chose.

    All trials are of one world: the same season, neighbourhood and luck.

    Parameters
    ----------
    firm : FurnitureFirm
        The chain, with at least four shops.
    programme : WeekPlan or sequence of WeekPlan
        What it did all together.
    measures : mapping
        Each measure by itself, by the name of a field of `WeekPlan`. In the trial of gifts both halves collect
        contact data.
    """

    firm: FurnitureFirm
    programme: Plans
    measures: Mapping[str, Plans]
    _runs: dict[str, pd.DataFrame] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def names(self) -> list[str]:
        """What was tried: all together, and each measure."""
        return [TOGETHER, *self.measures]

    def weeks(self, name: str) -> pd.DataFrame:
        """The weeks of a trial, as `run_by_lot` gives them."""
        if name not in self._runs:
            without = WeekPlan(collect_contacts=True) if name == "gifts" else None
            plans = self.programme if name == TOGETHER else self.measures[name]
            self._runs[name] = run_by_lot(self.firm, plans, without=without)
        return self._runs[name]

    def before_after(self, name: str, *, treated: bool = True) -> Estimate:
        """Change of sales in the shops that got it, or in those that did not: a share."""
        weeks = self.weeks(name)
        return before_after(weeks[weeks["treated"] == treated])

    def against_others(self, name: str) -> Estimate:
        """Change of sales in the shops that got it against the change in the others: a share."""
        return difference_in_differences(self.weeks(name))

    def share_of_change(self, name: str) -> float:
        """Part of the change before and after that the trial puts down to the measure.

        Changes of sales multiply, so their logarithms are divided; 1 if nothing else changed sales.
        """
        return math.log1p(self.against_others(name).value) / math.log1p(self.before_after(name).value)

    @cached_property
    def causes(self) -> pd.DataFrame:
        """Why sales changed, had all shops done everything, as `causes_of_change` knows it."""
        return causes_of_change(self.firm, self.programme)


_DEFAULTS = {part.name: part.default for part in fields(WeekPlan) if part.default is not MISSING}
