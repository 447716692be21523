"""What the furniture firm can do in a week, what it costs, and which plans cannot be carried out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np

from cxux_helpers.arguments import require_number

__all__ = ["BUDGET", "COSTS", "LARGEST_PRICE_CHANGE", "MEASURES", "WEEKS", "Plans", "WeekPlan"]

WEEKS = 12
BUDGET = 600.0  # euro per shop and week
COSTS = {"uniforms": 30.0, "move_staff": 60.0, "collect_contacts": 20.0, "happening": 250.0}  # euro per shop and week
LARGEST_PRICE_CHANGE = 0.2


@dataclass(frozen=True)
class WeekPlan:
    """What every shop of the firm does in one week. The default is to do nothing.

    Parameters
    ----------
    uniforms : bool
        Staff wear uniforms (30 euro per shop and week).
    training : float
        Euro per shop spent on training staff in conversation; what is learnt fades.
    move_staff : bool
        Unfriendly staff work where they meet no customers (60 euro per shop and week for somebody in their place).
    collect_contacts : bool
        Ask buyers for their address and their consent (20 euro per shop and week).
    gifts : float
        Euro per shop for small gifts that nobody expects, at 5 euro each, to buyers whose contact data were collected
        in an earlier week. Nobody gets two in a week; money for which there is nobody stays in the till.
    happening : bool
        An evening with music, coffee and a look into the workshop (250 euro per shop).
    price_change : float
        Prices of the handmade line against the list, as a share: 0.05 is 5 % dearer, from -0.2 to 0.2. Prices of the
        other line are set by the competition.
    advertising : float
        Euro per shop for advertisements.

    Examples
    --------
    >>> WeekPlan(uniforms=True, training=150).cost
    180.0
    """

    uniforms: bool = False
    training: float = 0.0
    move_staff: bool = False
    collect_contacts: bool = False
    gifts: float = 0.0
    happening: bool = False
    price_change: float = 0.0
    advertising: float = 0.0

    @property
    def cost(self) -> float:
        """Euro per shop that the plan takes from the budget; a change of price takes none."""
        return float(sum(self.costs.values()))

    @property
    def costs(self) -> dict[str, float]:
        """Euro per shop for each measure that costs something in this week."""
        spent = {name: COSTS[name] * getattr(self, name) for name in COSTS}
        spent |= {name: getattr(self, name) for name in _EURO}
        return {name: euro for name, euro in spent.items() if euro}


Plans = WeekPlan | Sequence[WeekPlan]

MEASURES = tuple(part.name for part in fields(WeekPlan))
_EURO = ("training", "gifts", "advertising")


def read_plans(plans: Plans | Mapping[int, Plans], shops: int, budget: float) -> dict[int, tuple[WeekPlan, ...]]:
    """The plans of each shop, week by week, all of the same length, each checked; shops without any do nothing."""
    if isinstance(plans, Mapping):
        for shop in plans:
            if shop not in range(1, shops + 1):
                raise ValueError(f"there is a plan for shop {shop!r}, but the shops are 1 to {shops}. Correct it.")
        own = {shop: _weeks(one) for shop, one in plans.items()}
    else:
        own = dict.fromkeys(range(1, shops + 1), _weeks(plans))
    lengths = sorted({len(weeks) for weeks in own.values()}) or [WEEKS]
    if len(lengths) > 1:
        raise ValueError(
            f"some shops have plans for {lengths[0]} weeks, others for {lengths[-1]}. Plan the same weeks."
        )
    # Most shops share one plan, which is then checked once.
    for weeks in {id(weeks): weeks for weeks in own.values()}.values():
        _check(weeks, budget)
    nothing = (WeekPlan(),) * lengths[0]
    return {shop: own.get(shop, nothing) for shop in range(1, shops + 1)}


def levers(plans: Iterable[tuple[WeekPlan, ...]]) -> dict[str, np.ndarray]:
    """For each measure an array of weeks × shops × 1, so that it spreads over the lines."""
    rows: dict[int, list[list[float]]] = {}
    table = np.array(
        [rows.setdefault(id(weeks), [[getattr(week, name) for name in MEASURES] for week in weeks]) for weeks in plans],
        dtype=float,
    )
    return {name: table[:, :, place].T[:, :, None] for place, name in enumerate(MEASURES)}


def _weeks(plans: Plans) -> tuple[WeekPlan, ...]:
    weeks = (plans,) * WEEKS if isinstance(plans, WeekPlan) else tuple(plans)
    for number, week in enumerate(weeks, start=1):
        if not isinstance(week, WeekPlan):
            raise TypeError(f"the plan of week {number} is a {type(week).__name__}. Make each one with WeekPlan(…).")
    if not 1 <= len(weeks) <= WEEKS:
        raise ValueError(f"there are plans for {len(weeks)} weeks. Plan 1 to {WEEKS} weeks.")
    return weeks


def _check(weeks: tuple[WeekPlan, ...], budget: float) -> None:
    collected = False
    for number, week in enumerate(weeks, start=1):
        for name in COSTS:
            if not isinstance(getattr(week, name), bool | np.bool_):
                raise ValueError(f"{name} of week {number} is {getattr(week, name)!r}. Write True or False.")
        for name in _EURO:
            remedy = "It is an amount of euro per shop; 0 leaves the measure out."
            require_number(f"{name} of week {number}", getattr(week, name), low=0, remedy=remedy)
        require_number(
            f"price_change of week {number}", week.price_change, low=-LARGEST_PRICE_CHANGE, high=LARGEST_PRICE_CHANGE,
            remedy="It is a share of the list price: write 0.05 for 5 % dearer.",
        )  # fmt: skip
        if week.cost > budget:
            parts = ", ".join(f"{name} {euro:g}" for name, euro in week.costs.items())
            raise ValueError(
                f"week {number} costs {week.cost:g} euro per shop ({parts}), but the budget is {budget:g}. "
                f"Spend {week.cost - budget:g} less in it; what is left over in other weeks cannot be moved."
            )
        if week.gifts and not collected:
            raise ValueError(
                f"week {number} plans gifts for {week.gifts:g} euro per shop, but no contact data were collected "
                "before. Set collect_contacts=True at least one week earlier, or gifts=0 in this one."
            )
        collected = collected or bool(week.collect_contacts)
