"""Cut points: three sliders divide the customers, and the segments move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.controls import Slider
from cxux_helpers.exercises.html_parts import bar_html, table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.segmentation import segment_profile, segments_by_cuts

__all__ = ["CutGoal", "CutPoints", "judge_cut_points", "valid_cut_points"]


@dataclass(frozen=True)
class CutGoal:
    """What good cut points must reach.

    Parameters
    ----------
    segment
        The segment that the shop wants to reach.
    most_customers
        Largest number of customers in it.
    least_revenue
        Smallest share of all revenue that it has brought, from 0 to 1.
    least_returns
        Smallest share of repeat orders that come within the recency cut, from 0 to 1: calling customers quiet
        sooner would reach people who were about to come back anyway.
    """

    segment: str
    most_customers: int
    least_revenue: float
    least_returns: float


CUTS = {
    "recent_days": Slider("Recent: last order within … days", 30, 365, 5, start=30),
    "frequent_orders": Slider("Frequent: at least … orders", 2, 10, 1, start=2),
    "high_spend": Slider("High spend: at least … {currency}", 50, 500, 10, start=50),
}


def valid_cut_points(answer: object) -> dict[str, int]:
    """Return cut points as whole numbers within their bounds.

    Raises
    ------
    ValueError
        If the answer is no dictionary of all three cuts, or one is out of range.
    """
    if not isinstance(answer, Mapping) or set(answer) != set(CUTS):
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(CUTS)}.")
    return {name: cut.read(name, answer[name]) for name, cut in CUTS.items()}


def judge_cut_points(answer: object, table: pd.DataFrame, gaps: pd.Series, goal: CutGoal) -> Feedback:
    """Judge cut points by what they do to the customers.

    Parameters
    ----------
    answer
        ``recent_days``, ``frequent_orders`` and ``high_spend``, as in `segments_by_cuts`, or a `NoAnswer`.
    table
        The customers, as `rfm` returns them.
    gaps
        Days between an order and the next one of the same customer, as `days_between_orders` returns them.
    goal
        What to reach.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        answer = valid_cut_points(answer)
    except ValueError as problem:
        return Feedback(
            Rung.WRONG_KIND, "The three cuts cannot be read. Set the sliders again.", found=shown(str(problem))
        )
    row = segment_profile(table, segments_by_cuts(table, **answer)).loc[goal.segment]
    returns = float((gaps <= answer["recent_days"]).mean())

    def part(met: object, right: str, wrong: str) -> Feedback:
        return Feedback(Rung.RIGHT, right, 1.0) if met else Feedback(Rung.NOT_YET, wrong)

    return combine(
        [
            (
                "Size",
                part(
                    row["customers"] <= goal.most_customers,
                    f"{goal.segment} holds at most {goal.most_customers:,} customers.",
                    f"{goal.segment} holds {row['customers']:,.0f} customers, more than "
                    f"{goal.most_customers:,}. A higher cut for orders or spend makes it smaller.",
                ),
            ),
            (
                "Worth",
                part(
                    row["share_of_revenue"] >= goal.least_revenue,
                    f"They brought at least {goal.least_revenue:.0%} of the revenue.",
                    f"They brought {row['share_of_revenue']:.1%} of the revenue, less than "
                    f"{goal.least_revenue:.0%}. Your cuts leave out customers whom the shop would miss.",
                ),
            ),
            (
                "Patience",
                part(
                    returns >= goal.least_returns,
                    "Whoever comes later than that comes late for this shop, so silence means something.",
                    f"Only {returns:.0%} of repeat orders come within {answer['recent_days']} days. Many of "
                    "these customers are not at risk. They are simply not due yet. Move the first slider up.",
                ),
            ),
        ]
    )


class CutPoints(Exercise):
    """Slide three cut points and watch the eight segments move.

    The answer is ``{"recent_days": int, "frequent_orders": int, "high_spend": int}``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    table
        The customers, as `rfm` returns them.
    gaps
        Days between orders, as `days_between_orders` returns them.
    goal
        What to reach, or None for a question that is marked later.
    currency
        Unit of the monetary value.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        table: pd.DataFrame,
        gaps: pd.Series,
        goal: CutGoal | None = None,
        currency: str = "dollars",
        folder: Path | str | None = None,
    ) -> None:
        self.currency = currency
        self.table = table
        self._gaps = gaps
        self._sorted_gaps = np.sort(gaps.to_numpy())
        self._goal = goal
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, int]:
        return valid_cut_points(answer)

    def _judge(self, answer: dict[str, int]) -> Feedback:
        if self._goal is None:
            return check_answered(answer)
        return judge_cut_points(answer, self.table, self._gaps, self._goal)

    def _controls(self) -> widgets.Widget:
        self._sliders = {
            name: replace(cut, label=cut.label.format(currency=self.currency)).control("17em")
            for name, cut in CUTS.items()
        }
        self._collect_from(self._sliders.values(), self._cuts)
        self._picture = widgets.HTML()
        return widgets.VBox([*self._sliders.values(), self._picture])

    def _cuts(self) -> dict[str, int]:
        return {name: slider.value for name, slider in self._sliders.items()}

    def _show(self, answer: dict[str, int] | None) -> None:
        for name, slider in self._sliders.items():
            slider.value = answer[name] if answer else CUTS[name].start
        self._picture.value = self._segments_html(self._cuts())

    def _segments_html(self, cuts: dict[str, int]) -> str:
        """A table whose bars show the shares: picture and text twin in one, and quick to repaint."""
        profile = segment_profile(self.table, segments_by_cuts(self.table, **cuts))
        widest = max(profile["share_of_customers"].max(), profile["share_of_revenue"].max(), 1e-9)
        rows = [
            (
                str(name),
                f"{customers:,}",
                bar_html(share, full=widest),
                bar_html(revenue, full=widest, style="cxux-bar cxux-bar-2"),
            )
            for name, customers, share, revenue in profile[
                ["customers", "share_of_customers", "share_of_revenue"]
            ].itertuples()
        ]
        table = table_html(
            f"{len(self.table):,} customers in eight segments",
            ["Segment", "Customers", "Share of customers", "Share of revenue"],
            rows,
            numbers=[1],
        )
        returns = self._returns(cuts["recent_days"])
        return f"<p>{returns:.0%} of repeat orders come within {cuts['recent_days']} days of the one before.</p>{table}"

    def _returns(self, days: int) -> float:
        return float(np.searchsorted(self._sorted_gaps, days, side="right") / len(self._sorted_gaps))

    def _describe(self, answer: dict[str, int]) -> str:
        profile = segment_profile(self.table, segments_by_cuts(self.table, **answer))
        lines = [
            f"{name}: {row['customers']:,.0f} customers, {row['share_of_revenue']:.1%} of revenue"
            for name, row in profile.iterrows()
        ]
        return (
            f"Your answer: recent within {answer['recent_days']} days, frequent from "
            f"{answer['frequent_orders']} orders, high spend from {answer['high_spend']} {self.currency}.\n"
            + "\n".join(lines)
        )
