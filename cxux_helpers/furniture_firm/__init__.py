"""The furniture firm: twelve weeks with a small budget, a hidden model, and the question what really did it."""

from cxux_helpers.furniture_firm.comparisons import (
    before_after,
    causes_of_change,
    difference_in_differences,
    weeks_by_shop,
)
from cxux_helpers.furniture_firm.firm import OUTCOMES, FurnitureFirm
from cxux_helpers.furniture_firm.plans import BUDGET, COSTS, MEASURES, WEEKS, Plans, WeekPlan
from cxux_helpers.furniture_firm.trials import TOGETHER, FirmTrials, run_by_lot, shops_by_lot
from cxux_helpers.furniture_firm.world import LINES, WEEKS_BEFORE

__all__ = [
    "BUDGET",
    "COSTS",
    "LINES",
    "MEASURES",
    "OUTCOMES",
    "TOGETHER",
    "WEEKS",
    "WEEKS_BEFORE",
    "FirmTrials",
    "FurnitureFirm",
    "Plans",
    "WeekPlan",
    "before_after",
    "causes_of_change",
    "difference_in_differences",
    "run_by_lot",
    "shops_by_lot",
    "weeks_by_shop",
]
