"""A simulated furniture firm: what its measures do to visits, orders and profit, week by week.

The model is made up, and so are all its numbers: they are plausible, and say nothing about a real firm. It is written
down here, so that whoever has played can look up what was true. In each week, shop and line:

*Quality* is what customers live through, from 1 to 5. It is higher with uniforms (a little), with trained staff (what
is learnt fades by 7 % a week, and every further euro teaches less), and without unfriendly staff at the counter. It is
lower when prices rise, and when advertisements and happenings bring more people than staff can care for.

*Visits* follow the season, the neighbourhood and luck. Advertising adds to them, ever less per euro; a happening adds
for a week, ever less if another one was lately; a gift brings some people back in the next week. One fifth of the usual
visits come by *word of mouth*: in proportion to *advocates*, people who recommend the firm. Buyers become advocates,
the more the better the quality; gifts that nobody expects make more of them. Each week 8 % of advocates fall silent.

*Orders* are a share of visits that grows with quality. It falls with the price, less so where quality is high, and
people who come for a happening buy less often.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number, require_whole
from cxux_helpers.furniture_firm.plans import BUDGET, COSTS, MEASURES, WEEKS, Plans, WeekPlan, levers, read_plans
from cxux_helpers.furniture_firm.world import LINES, WEEKS_BEFORE, World, draw_world

__all__ = ["OUTCOMES", "FurnitureFirm"]

OUTCOMES = ("visits", "satisfaction", "orders", "revenue", "costs", "measures", "profit", "contacts", "advocates")

# Each line in a week of a usual shop.
_VISITS = np.array([120.0, 240.0])
_BUY = np.array([0.12, 0.17])  # orders per visit
_PRICE = np.array([640.0, 170.0])  # euro
_GOODS = np.array([0.50, 0.62])  # cost of goods as a share of the list price
_RUNNING = np.array([2900.0, 2100.0])  # rent and wages, euro
_QUALITY = np.array([3.6, 3.3])
_HANDMADE = np.array([1.0, 0.0])

_UNIFORMS, _MOVE_STAFF = 0.08, 0.20  # points of quality
_TRAINING, _TRAINING_SCALE, _TRAINING_STAYS = 0.45, 900.0, 0.93
_DEARER, _CROWDED = 0.6, 0.5  # points of quality lost for each +1 of price or of the logarithm of visits
_ADVERTISING, _ADVERTISING_SCALE, _ADVERTISING_STAYS = 0.13, 250.0, 0.4
_HAPPENING, _HAPPENING_WEARS, _HAPPENING_STAYS, _ONLOOKERS = 0.20, 0.8, 0.6, 0.4
_QUALITY_SELLS, _PRICE_REPELS, _QUALITY_DEFENDS = 0.25, 1.6, 1.2
_BY_WORD_OF_MOUTH, _ADVOCATES_STAY = 0.2, 0.92
_RECOMMENDS, _QUALITY_RECOMMENDS = 0.2, 0.9
_CONSENT, _CONTACTS_STAY = 0.35, 0.99
_GIFT, _GIFT_RETURNS, _GIFT_ADVOCATES, _GIFTS_REMEMBERED = 5.0, 0.3, 0.2, 0.75
_ANSWERS, _ANSWER_SPREAD = 0.3, 0.9  # answers to the survey per order, and their standard deviation


class FurnitureFirm:
    """A furniture firm of several shops with two lines, 12 weeks of history, and 12 weeks to act.

    Everything that is left to chance is drawn once from the seed. So the same plan gives the same weeks, and two plans
    meet the same season, neighbourhood and luck: their difference is what the plans did, and nothing else.

    Parameters
    ----------
    seed : int
        Which of many possible firms.
    shops : int
        Number of shops, at least 1.
    budget : float
        Euro per shop and week; what is left over is not carried forward.

    Examples
    --------
    >>> firm = FurnitureFirm(seed=1)
    >>> weeks = firm.run(WeekPlan(uniforms=True, training=150))
    >>> anyway = firm.do_nothing()
    >>> before = weeks["week"] <= 0
    >>> bool((weeks == anyway)[before].all(axis=None)), bool(weeks["revenue"].sum() > anyway["revenue"].sum())
    (True, True)
    """

    def __init__(self, seed: int = 0, *, shops: int = 4, budget: float = BUDGET) -> None:
        self.seed = require_whole("seed", seed, low=0)
        self.shops = require_whole("shops", shops, low=1)
        require_number("budget", budget, low=0, remedy="It is an amount of euro per shop and week.")
        self.budget = float(budget)
        self._world = draw_world(self.seed, self.shops)

    def run(self, plans: Plans | Mapping[int, Plans]) -> pd.DataFrame:
        """Carry out plans and return what can be seen of every week, shop and line.

        Parameters
        ----------
        plans : WeekPlan, sequence of WeekPlan, or mapping
            One plan for all twelve weeks, or one for each week from week 1 on (up to 12), or for each shop's number one
            of these; shops that the mapping leaves out do nothing.

        Returns
        -------
        DataFrame
            In order of week, shop and line. ``week`` goes from -11 to 0 before the plans and from 1 on with them;
            ``shop`` from 1; ``line`` is "handmade" or "ready to assemble". ``visits`` and ``orders`` are numbers of the
            week, ``satisfaction`` the mean of a survey from 1 to 5 (high is good), ``revenue``, ``costs`` and
            ``profit`` (the first minus the second) are euro, ``measures`` the part of the costs that the plan took, by
            halves from each line. ``contacts`` (buyers who gave their address and consent) and ``advocates`` (people
            who recommend the firm) are counted as the week begins.

        Raises
        ------
        ValueError
            If a plan is over the budget, spends less than nothing, changes prices by more than 20 %, or gives gifts
            without contact data collected in an earlier week; or if there are no weeks or more than 12.
        TypeError
            If a plan is no `WeekPlan`.
        """
        by_shop = read_plans(plans, self.shops, self.budget)
        seen = _simulate(self._world, levers(by_shop.values()))
        weeks, shops, lines = seen["visits"].shape
        table: dict[str, object] = {
            "week": np.repeat(np.arange(1 - WEEKS_BEFORE, weeks - WEEKS_BEFORE + 1), shops * lines),
            "shop": np.tile(np.repeat(np.arange(1, shops + 1), lines), weeks),
            "line": pd.Categorical.from_codes(np.tile(np.arange(lines), weeks * shops), pd.Index(LINES)),
        }
        table |= {name: seen[name].ravel() for name in OUTCOMES}
        return pd.DataFrame(table).astype({"visits": int, "orders": int})

    def do_nothing(self, weeks: int = WEEKS) -> pd.DataFrame:
        """What would have happened without any measure, in the same world: the table of `run`, exactly comparable."""
        return self.run([WeekPlan()] * weeks)

    def world(self) -> pd.DataFrame:
        """What moved visits whatever the firm did, week by week, as factors: 1.1 means 10 % more visits than usual.

        Returns
        -------
        DataFrame
            Index week; columns ``season``, the name of what happened in the neighbourhood (mean of both lines by their
            usual revenue), and ``luck``.
        """
        world, revenue = self._world, _VISITS * _BUY * _PRICE
        parts = {
            "season": world.season,
            world.event_name: world.event @ revenue / revenue.sum(),
            "luck": world.luck,
        }
        logs = pd.DataFrame(parts, index=pd.RangeIndex(1 - WEEKS_BEFORE, WEEKS + 1, name="week"))
        return logs.apply(np.exp)

    def effects(self, plans: Plans, outcome: str = "profit") -> pd.DataFrame:
        """The true effect of each measure in a plan: by itself, and on top of all the others.

        Both are exact, for every comparison is made in the same world. That they differ shows how measures help or
        hinder each other. Gifts include the collecting of contact data that they need.

        Parameters
        ----------
        plans : WeekPlan or sequence of WeekPlan
            As for `run`, the same for all shops.
        outcome : str
            Which column of `run`.

        Returns
        -------
        DataFrame
            Index measure, those of the plan, and "all together" last; columns ``alone`` and ``on_top``: difference per
            shop and week, both lines together (satisfaction: their mean).

        Examples
        --------
        >>> effects = FurnitureFirm(seed=1).effects(WeekPlan(training=150, advertising=150), "orders")
        >>> effects.index.tolist(), bool((effects > 0).all(axis=None))
        (['training', 'advertising', 'all together'], True)
        """
        if outcome not in OUTCOMES:
            raise ValueError(f"outcome is {outcome!r}; choose one of: {', '.join(OUTCOMES)}.")
        weeks = read_plans(plans, 1, self.budget)[1]
        used = [name for name in MEASURES if any(getattr(week, name) for week in weeks)]
        nothing = self._mean([WeekPlan()] * len(weeks), outcome)
        everything = self._mean(weeks, outcome)
        rows = {}
        for name in used:
            pair = {name, "collect_contacts"} if name == "gifts" else {name}
            alone = [WeekPlan(**{part: getattr(week, part) for part in pair}) for week in weeks]
            # Without contact data there are no gifts either.
            struck = {name, "gifts"} if name == "collect_contacts" else pair
            others = [replace(week, **{part: getattr(WeekPlan(), part) for part in struck}) for week in weeks]
            rows[name] = (self._mean(alone, outcome) - nothing, everything - self._mean(others, outcome))
        rows["all together"] = (everything - nothing,) * 2
        return pd.DataFrame.from_dict(rows, orient="index", columns=pd.Index(["alone", "on_top"])).rename_axis(
            "measure"
        )

    def _mean(self, weeks: Sequence[WeekPlan], outcome: str) -> float:
        """Mean per shop and week of the weeks with plans."""
        seen = _simulate(self._world, levers([tuple(weeks)] * self.shops))[outcome][WEEKS_BEFORE:]
        return float((seen.mean(axis=2) if outcome == "satisfaction" else seen.sum(axis=2)).mean())


def _simulate(world: World, plan: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """What is seen of each week, shop and line; `plan` has the weeks from week 1 on."""
    weeks = WEEKS_BEFORE + len(plan["training"])
    before = np.zeros((WEEKS_BEFORE, *plan["training"].shape[1:]))
    plan = {name: np.concatenate([before, part]) for name, part in plan.items()}
    usual_orders = world.size * _VISITS * _BUY
    usual_advocates = usual_orders * _RECOMMENDS / (1 - _ADVOCATES_STAY)
    moved = np.exp(world.season + world.luck)[:, None, None] * np.exp(world.event[:, None, :] + world.shop_luck)

    advocates, contacts = usual_advocates, np.zeros_like(usual_orders)
    trained, advertised, weary = (np.zeros_like(world.size) for _ in range(3))
    returning = remembered = np.zeros_like(usual_orders)
    seen: dict[str, list[np.ndarray]] = {name: [] for name in OUTCOMES}
    for week in range(weeks):
        do = {name: part[week] for name, part in plan.items()}
        advertised = _ADVERTISING_STAYS * advertised + do["advertising"]
        happening = do["happening"] * _HAPPENING * np.exp(-_HAPPENING_WEARS * weary)
        pull = _ADVERTISING * (1 - np.exp(-advertised / _ADVERTISING_SCALE)) + happening
        dearer = do["price_change"] * _HANDMADE
        better = (
            _UNIFORMS * do["uniforms"] + _MOVE_STAFF * do["move_staff"]
            + _TRAINING * (1 - np.exp(-trained / _TRAINING_SCALE)) - _DEARER * np.maximum(dearer, 0) - _CROWDED * pull
        )  # fmt: skip

        word_of_mouth = 1 - _BY_WORD_OF_MOUTH + _BY_WORD_OF_MOUTH * advocates / usual_advocates
        expected = world.size * _VISITS * moved[week] * np.exp(pull) * word_of_mouth + returning
        visits = np.maximum(np.rint(expected + np.sqrt(expected) * world.visits[week]), 0)
        repelled = (_PRICE_REPELS - _QUALITY_DEFENDS * better) * np.log1p(dearer)
        buy = _BUY * np.exp(_QUALITY_SELLS * better - _ONLOOKERS * happening - repelled)
        orders = np.rint(visits * buy + np.sqrt(visits * buy * (1 - buy)) * world.orders[week]).clip(0, visits)

        wanted = do["gifts"] / _GIFT * contacts / np.maximum(contacts.sum(axis=1, keepdims=True), 1)
        gifts = np.minimum(wanted, contacts)
        asked = np.maximum(_ANSWERS * orders, 1)
        answers = _QUALITY + world.liking + better + _ANSWER_SPREAD * world.answers[week] / np.sqrt(asked)
        fixed = sum(COSTS[name] * do[name] for name in COSTS) + do["training"] + do["advertising"]
        revenue = orders * _PRICE * (1 + dearer)
        measures = _GIFT * gifts + fixed / len(LINES)
        costs = orders * _PRICE * _GOODS + world.size * _RUNNING + measures
        values = (
            visits, answers.clip(1, 5), orders, revenue, costs, measures, revenue - costs, contacts, advocates,
        )  # fmt: skip
        for name, value in zip(OUTCOMES, values, strict=True):
            seen[name].append(value)

        # Who got a gift lately is no longer surprised by the next one.
        surprise = 1 / (1 + remembered / np.maximum(contacts, 1))
        remembered = _GIFTS_REMEMBERED * remembered + gifts
        recommend = orders * np.minimum(_RECOMMENDS * np.exp(_QUALITY_RECOMMENDS * better), 1)
        advocates = _ADVOCATES_STAY * advocates + recommend + _GIFT_ADVOCATES * gifts * surprise
        contacts = _CONTACTS_STAY * contacts + _CONSENT * orders * do["collect_contacts"]
        returning = _GIFT_RETURNS * gifts * surprise
        trained = _TRAINING_STAYS * trained + do["training"]
        weary = _HAPPENING_STAYS * weary + do["happening"]
    return {name: np.stack(values) for name, values in seen.items()}
