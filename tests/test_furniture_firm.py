"""Tests of cxux_helpers.furniture_firm: the plans, the simulated firm, and the comparisons of its weeks."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from scipy import stats

from cxux_helpers.datasets.furniture_firm import FURNITURE_PROGRAMME
from cxux_helpers.furniture_firm import (
    BUDGET,
    MEASURES,
    OUTCOMES,
    WEEKS,
    FurnitureFirm,
    WeekPlan,
    before_after,
    causes_of_change,
    difference_in_differences,
    weeks_by_shop,
)

# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")

SEEDS = range(6)
plans = st.builds(
    WeekPlan,
    uniforms=st.booleans(),
    training=st.floats(0, 120),
    move_staff=st.booleans(),
    collect_contacts=st.just(True),
    happening=st.just(False),
    price_change=st.floats(-0.2, 0.2),
    advertising=st.floats(0, 120),
)
weekly_plans = st.lists(plans, min_size=1, max_size=WEEKS).map(
    lambda weeks: [replace(week, gifts=100 if number else 0) for number, week in enumerate(weeks)]
)


def profit(firm, plans):
    """Mean profit per shop and week of the weeks with plans."""
    return weeks_by_shop(firm.run(plans), "profit").loc[1:].to_numpy().mean()


# -- plans --------------------------------------------------------------------------------------------------


def test_a_plan_costs_the_sum_of_its_measures_and_a_price_change_costs_nothing():
    plan = WeekPlan(True, 100, True, True, 50, True, 0.1, 25)
    assert plan.cost == 30 + 100 + 60 + 20 + 50 + 250 + 25
    assert plan.costs == {
        "uniforms": 30, "move_staff": 60, "collect_contacts": 20, "happening": 250, "training": 100, "gifts": 50,
        "advertising": 25,
    }  # fmt: skip
    assert WeekPlan(price_change=-0.2).cost == 0
    assert WeekPlan().costs == {}


@pytest.mark.parametrize(
    ("plans", "message"),
    [
        (
            [WeekPlan(), WeekPlan(training=400, advertising=320)],
            r"^week 2 costs 720 euro per shop \(training 400, advertising 320\), but the budget is 600. Spend 120 less",
        ),
        ([WeekPlan(training=-50)], "^training of week 1 is -50, but must be a number of 0 or more. .* 0 leaves"),
        ([WeekPlan(), WeekPlan(gifts=-1)], "^gifts of week 2 is -1, but"),
        (WeekPlan(advertising=float("nan")), "^advertising of week 1 is nan, but"),
        (WeekPlan(advertising=True), "^advertising of week 1 is True, but"),
        (
            [WeekPlan(), WeekPlan(), WeekPlan(collect_contacts=True, gifts=80)],
            "^week 3 plans gifts for 80 euro per shop, but no contact data were collected before. Set collect_contacts",
        ),
        ([WeekPlan(price_change=5)], "^price_change of week 1 is 5, but .* up to 0.2. .* write 0.05"),
        ([WeekPlan(price_change=-0.3)], "^price_change of week 1 is -0.3"),
        ([WeekPlan(), WeekPlan(happening=1)], "^happening of week 2 is 1. Write True or False"),
        ([], "^there are plans for 0 weeks. Plan 1 to 12"),
        ([WeekPlan()] * 13, "^there are plans for 13 weeks"),
        ({5: WeekPlan()}, "^there is a plan for shop 5, but the shops are 1 to 4"),
        ({1: [WeekPlan()] * 3, 2: [WeekPlan()] * 4}, "^some shops have plans for 3 weeks, others for 4"),
    ],
)
def test_a_plan_that_cannot_be_carried_out_is_refused(plans, message):
    with pytest.raises(ValueError, match=message):
        FurnitureFirm().run(plans)


def test_what_is_no_plan_is_refused():
    with pytest.raises(TypeError, match=r"the plan of week 2 is a dict\. Make each one with WeekPlan"):
        FurnitureFirm().run([WeekPlan(), {}])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"seed": -1}, "^seed is -1"),
        ({"shops": 0}, "^shops is 0, but must be a whole number of 1 or more"),
        ({"budget": -5}, "^budget is -5, but"),
    ],
)
def test_a_firm_that_cannot_be_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        FurnitureFirm(**arguments)


def test_the_budget_can_be_spent_to_the_last_euro_and_another_one_can_be_set():
    FurnitureFirm().run(WeekPlan(advertising=BUDGET))
    FurnitureFirm(budget=1000).run(WeekPlan(advertising=1000))
    with pytest.raises(ValueError, match="the budget is 100"):
        FurnitureFirm(budget=100).run(WeekPlan(advertising=101))


# -- the firm -----------------------------------------------------------------------------------------------


def test_a_run_has_a_row_for_every_week_shop_and_line():
    weeks = FurnitureFirm(3, shops=5).run(FURNITURE_PROGRAMME)
    assert list(weeks.columns) == ["week", "shop", "line", *OUTCOMES]
    assert len(weeks) == 24 * 5 * 2
    assert not weeks.duplicated(["week", "shop", "line"]).any()
    assert (weeks["week"].min(), weeks["week"].max()) == (-11, 12)
    assert list(weeks["line"].cat.categories) == ["handmade", "ready to assemble"]
    assert weeks.notna().all(axis=None)


@settings(max_examples=20)
@given(weekly_plans, st.integers(0, 50))
def test_whatever_is_planned_the_books_are_in_order(plans, seed):
    firm = FurnitureFirm(seed, shops=2)
    weeks = firm.run(plans)
    assert_frame_equal(weeks, FurnitureFirm(seed, shops=2).run(plans))
    assert np.allclose(weeks["profit"], weeks["revenue"] - weeks["costs"])
    assert weeks["orders"].between(0, weeks["visits"]).all()
    assert weeks["satisfaction"].between(1, 5).all()
    assert (weeks[["contacts", "advocates", "measures"]] >= 0).all(axis=None)
    assert (weeks["measures"] <= weeks["costs"]).all()
    planned = sum(plan.cost for plan in plans)
    assert weeks.groupby("shop")["measures"].sum().max() <= planned + 1e-6
    prices = weeks.loc[weeks["line"] == "ready to assemble"].eval("revenue / orders").dropna()
    assert prices.to_numpy() == pytest.approx(170)


@settings(max_examples=10)
@given(weekly_plans, st.integers(0, 50), st.integers(1, WEEKS))
def test_the_future_does_not_change_the_past(plans, seed, weeks):
    firm = FurnitureFirm(seed, shops=2)
    some = firm.run(plans[:weeks])
    assert_frame_equal(firm.run(plans).iloc[: len(some)], some)


@pytest.mark.parametrize("seed", SEEDS)
def test_plans_are_compared_in_the_same_world(seed):
    firm = FurnitureFirm(seed)
    anyway = firm.do_nothing()
    # What is left to chance is the same: weeks before, and shops that do nothing, whatever the others do.
    only_second = firm.run({2: FURNITURE_PROGRAMME})
    others = anyway["shop"] != 2
    assert_frame_equal(only_second[others], anyway[others])
    assert_frame_equal(firm.run(FURNITURE_PROGRAMME).query("week <= 0"), anyway.query("week <= 0"))
    # A measure without any effect on buyers changes nothing but its own cost and what it collects.
    asked = firm.run(WeekPlan(collect_contacts=True))
    same = ["visits", "satisfaction", "orders", "revenue", "advocates"]
    assert_frame_equal(asked[same], anyway[same])
    assert asked["contacts"].gt(0).any()
    assert (asked["costs"] - anyway["costs"])[asked["week"] > 0].to_numpy() == pytest.approx(10)
    assert firm.do_nothing(5)["week"].max() == 5


def test_another_seed_is_another_world():
    assert not FurnitureFirm(1).do_nothing().equals(FurnitureFirm(2).do_nothing())
    names = {FurnitureFirm(seed).world().columns[1] for seed in range(12)}
    assert names == {"a competitor closes", "a new housing estate"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_world_grows_without_the_firm(seed):
    world = FurnitureFirm(seed).world()
    before, after = world.loc[:0], world.loc[1:]
    assert (before.mean() < after.mean()).all()
    assert (before.iloc[:, 1] == 1).all()
    # The firm begins in bad luck, and luck goes back towards its mean of 1.
    assert before["luck"].mean() < 0.92
    assert before["luck"].mean() < after["luck"].mean()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_lever_wins_alone_and_all_for_advertising_loses_to_a_mixed_plan(seed):
    firm = FurnitureFirm(seed)
    nothing, mixed = firm.do_nothing(), profit(firm, FURNITURE_PROGRAMME)
    base = weeks_by_shop(nothing, "profit").loc[1:].to_numpy().mean()
    single = {
        f"{name} {dose}": profit(firm, WeekPlan(**{name: dose}))
        for name, doses in {
            "uniforms": [True], "training": [100, 200, 400, 600], "move_staff": [True], "happening": [True],
            "price_change": [-0.2, -0.1, 0.05, 0.1, 0.2], "advertising": [100, 200, 300, 400],
        }.items() for dose in doses
    }  # fmt: skip
    single["a happening now and then"] = profit(firm, [WeekPlan(happening=week % 3 == 0) for week in range(12)])
    gifts = [WeekPlan(collect_contacts=True, gifts=200 if week else 0) for week in range(12)]
    single["gifts"] = profit(firm, gifts)
    all_for_advertising = profit(firm, WeekPlan(advertising=BUDGET))
    assert mixed - base > 2 * max(gain - base for gain in single.values())
    assert mixed - base > 3 * (all_for_advertising - base)
    # Even half the money wins, if it is spent on several measures.
    half = WeekPlan(uniforms=True, training=100, move_staff=True, advertising=110)
    assert half.cost == BUDGET / 2
    assert profit(firm, half) - base > 2 * (all_for_advertising - base)


def test_more_training_teaches_less_per_euro_and_happenings_wear_off():
    firm = FurnitureFirm(0)

    def gain(plans, outcome):
        return firm.effects(plans, outcome).loc["all together", "alone"]

    first, second = gain(WeekPlan(training=150), "orders"), gain(WeekPlan(training=300), "orders")
    assert 0 < second - first < first
    seldom = [WeekPlan(happening=week % 4 == 0) for week in range(12)]
    assert gain(seldom, "visits") * 4 > gain(WeekPlan(happening=True), "visits")
    # A happening brings people, but some of them only look.
    with_it, without = (weeks_by_shop(firm.run(plan), "visits").loc[1].sum()
                        for plan in (WeekPlan(happening=True), WeekPlan()))  # fmt: skip
    assert with_it > 1.1 * without


def test_gifts_go_to_contacts_only_and_what_is_left_is_not_spent():
    weeks = FurnitureFirm(0).run([WeekPlan(collect_contacts=True, gifts=500 if week else 0) for week in range(3)])
    second = weeks[weeks["week"] == 2].groupby("shop")[["contacts", "measures"]].sum()
    assert (second["contacts"] * 5 < 500).all()
    assert second["measures"].to_numpy() == pytest.approx(5 * second["contacts"].to_numpy() + 20)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_price_rise_pays_where_service_is_good_and_hardly_elsewhere(seed):
    plan = WeekPlan(uniforms=True, training=200, move_staff=True, advertising=150, price_change=0.1)
    firm = FurnitureFirm(seed)
    profit = firm.effects(plan).loc["price_change"]
    assert abs(profit["alone"]) < 50
    assert profit["on_top"] > 100
    # It always costs orders; profit and orders ask for different prices.
    assert (firm.effects(plan, "orders").loc["price_change"] < 0).all()


def test_effects_are_differences_between_runs_of_the_same_world():
    firm = FurnitureFirm(2)
    plan = [WeekPlan(uniforms=True, collect_contacts=True, gifts=60 if week else 0) for week in range(6)]
    for outcome in OUTCOMES:
        effects = firm.effects(plan, outcome)
        assert effects.index.tolist() == ["uniforms", "collect_contacts", "gifts", "all together"]

        def per_week(plans, outcome=outcome):
            return weeks_by_shop(firm.run(plans), outcome).loc[1:].to_numpy().mean()

        nothing, everything = per_week([WeekPlan()] * 6), per_week(plan)
        gifts = per_week([replace(week, uniforms=False) for week in plan])
        uniforms = per_week([WeekPlan(uniforms=True)] * 6)
        assert effects.loc["uniforms", "alone"] == pytest.approx(uniforms - nothing)
        assert effects.loc["uniforms", "on_top"] == pytest.approx(everything - gifts)
        # Gifts alone include the contact data they need, and without contact data there are none.
        assert effects.loc["gifts", "alone"] == pytest.approx(gifts - nothing)
        assert effects.loc["collect_contacts", "on_top"] == pytest.approx(everything - uniforms)
        assert effects.loc["all together"].to_numpy() == pytest.approx(everything - nothing)
    assert set(MEASURES) >= set(effects.index[:-1])


def test_an_unknown_outcome_is_refused():
    with pytest.raises(ValueError, match="outcome is 'sales'; choose one of: visits, satisfaction"):
        FurnitureFirm().effects(WeekPlan(), "sales")


# -- comparisons --------------------------------------------------------------------------------------------


def two_weeks(before, after, treated):
    """One week before and one after, a row for each shop."""
    shops = range(1, len(before) + 1)
    return pd.concat(
        [
            pd.DataFrame({"week": week, "shop": shops, "jobs": values, "treated": treated})
            for week, values in ((0, before), (1, after))
        ]
    )


def test_difference_in_differences_finds_the_published_effect_of_a_minimum_wage():
    # Card, D., and Krueger, A. B. (1994). Minimum wages and employment. American Economic Review 84(4), table 3:
    # jobs per restaurant in New Jersey 20.44 and then 21.03, in Pennsylvania 23.33 and then 21.17; difference 2.76.
    spread = np.array([-1.0, 1.0])
    before = np.concatenate([20.44 + spread, 23.33 + spread])
    after = np.concatenate([21.03 + spread, 21.17 - spread])
    effect = difference_in_differences(two_weeks(before, after, [True, True, False, False]), "jobs", relative=False)
    assert effect.value == pytest.approx(2.76, abs=0.011)
    assert effect.n == 4


def test_the_interval_is_that_of_welch_on_the_changes_of_shops():
    rng = np.random.default_rng(0)
    before, after = rng.uniform(10, 20, 9), rng.uniform(15, 30, 9)
    treated = np.array([True] * 5 + [False] * 4)
    table = two_weeks(before, after, treated)
    for relative, changes in ((False, after - before), (True, np.log(after / before))):
        test = stats.ttest_ind(changes[treated], changes[~treated], equal_var=False)
        ends = test.confidence_interval(0.9)
        effect = difference_in_differences(table, "jobs", relative=relative, confidence=0.9)
        expected = np.array([changes[treated].mean() - changes[~treated].mean(), ends.low, ends.high])
        found = np.array([effect.value, effect.low, effect.high])
        assert found == pytest.approx(np.expm1(expected) if relative else expected)
        assert effect.confidence == 0.9


def test_a_change_that_all_shops_share_is_no_effect():
    table = two_weeks(np.arange(10.0, 14), 2 * np.arange(10.0, 14), [True, False, True, False])
    effect = difference_in_differences(table, "jobs")
    assert (effect.value, effect.low, effect.high) == pytest.approx((0, 0, 0))


def test_shops_with_equal_changes_have_an_interval_without_width():
    table = two_weeks([10, 20, 30, 40], [15, 25, 30, 40], [True, True, False, False])
    effect = difference_in_differences(table, "jobs", relative=False)
    assert (effect.value, effect.low, effect.high) == (5, 5, 5)


def test_before_and_after_is_the_ratio_of_means_with_the_interval_of_weeks():
    weeks = pd.DataFrame({"week": [-2, -1, 0, 1, 2, 3], "shop": 1, "orders": [8, 10, 12, 17, 20, 23]})
    change = before_after(weeks, "orders", relative=False)
    ends = stats.ttest_ind([17, 20, 23], [8, 10, 12], equal_var=False).confidence_interval()
    assert (change.value, change.low, change.high) == pytest.approx((10, ends.low, ends.high))
    assert change.n == 6
    share = before_after(weeks, "orders")
    assert share.value == pytest.approx(1.0)
    # Twice the numbers, the same share; and nobody counts shops as weeks.
    assert before_after(weeks.assign(orders=2 * weeks["orders"]), "orders").low == pytest.approx(share.low)
    both = pd.concat([weeks, weeks.assign(shop=2)])
    assert before_after(both, "orders").low == pytest.approx(share.low)


@pytest.mark.parametrize("seed", SEEDS)
def test_before_and_after_credits_the_measures_with_what_the_world_did(seed):
    firm = FurnitureFirm(seed)
    # Nothing was done, and yet the whole interval lies far above 0.
    assert before_after(firm.do_nothing()).low > 0.2
    naive = before_after(firm.run(FURNITURE_PROGRAMME))
    causes = causes_of_change(firm, FURNITURE_PROGRAMME)
    assert naive.value == pytest.approx(causes.loc["all together", "factor"] - 1)
    assert naive.low > causes.loc["measures", "factor"] - 1 > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_the_causes_multiply_to_what_before_and_after_shows(seed):
    firm = FurnitureFirm(seed)
    causes = causes_of_change(firm, FURNITURE_PROGRAMME)
    assert causes.index[[0, 2, 3, 4, 5]].tolist() == [
        "season", "end of bad luck", "rest of chance", "measures", "all together",
    ]  # fmt: skip
    assert causes["factor"].iloc[:-1].prod() == pytest.approx(causes["factor"].iloc[-1])
    assert causes["share"].iloc[:-1].sum() == pytest.approx(1) == causes["share"].iloc[-1]
    # What is named explains most of what happened without the measures.
    assert causes.loc["rest of chance", "factor"] == pytest.approx(1, abs=0.15)
    nothing = causes_of_change(firm, WeekPlan())
    assert nothing.loc["measures", "factor"] == 1
    few = causes_of_change(firm, FURNITURE_PROGRAMME[:4])
    assert few["factor"].iloc[:-1].prod() == pytest.approx(few["factor"].iloc[-1])


def test_weeks_by_shop_adds_lines_up_and_takes_the_mean_of_satisfaction():
    table = pd.DataFrame(
        {
            "week": [0, 0, 1, 1], "shop": 1, "line": ["handmade", "ready to assemble"] * 2, "orders": [1, 2, 3, 4],
            "satisfaction": [3.0, 4.0, 2.0, 5.0],
        }
    )  # fmt: skip
    assert weeks_by_shop(table, "orders")[1].to_dict() == {0: 3, 1: 7}
    assert weeks_by_shop(table, "satisfaction")[1].to_dict() == {0: 3.5, 1: 3.5}


GOOD = two_weeks([10.0, 20, 30, 40], [15, 26, 30, 41], [True, True, False, False])


@pytest.mark.parametrize(
    ("table", "arguments", "message"),
    [
        (GOOD, {"outcome": "revenue"}, "column 'revenue' is not in the table; it has: week, shop, jobs, treated."),
        (GOOD.drop(columns="treated"), {}, "column 'treated' is not in the table; .* Pass treated="),
        (GOOD.assign(treated=["yes"] * 8), {}, "column 'treated' has neither True nor False in 8 of 8 rows"),
        (GOOD.assign(treated=GOOD["week"] > 0), {}, "column 'treated' changes within shop 1. Mark a shop"),
        (GOOD.assign(jobs=[np.nan, *range(1, 8)]), {}, "column 'jobs' has nothing in 1 of 8 rows"),
        (GOOD.iloc[1:], {}, "shop 1 has no row for week 0. Keep all weeks of it."),
        (GOOD[GOOD["week"] > 0], {}, "the table needs weeks up to 0, before the measure, and weeks from 1 on"),
        (GOOD[GOOD["shop"] > 1], {}, "there are 1 shops with the measure, but an interval needs two"),
        (GOOD[GOOD["shop"] < 4], {}, "there are 1 shops without it, but an interval needs two"),
        (GOOD.assign(jobs=GOOD["jobs"] - 20), {}, "a mean of jobs is -10, of which no share can be taken. Pass rel"),
        (GOOD, {"confidence": 95}, "confidence is 95, but must be a number above 0 and below 1. Write 0.95"),
    ],
)
def test_weeks_that_cannot_be_compared_are_refused(table, arguments, message):
    with pytest.raises(ValueError, match=message):
        difference_in_differences(table, **{"outcome": "jobs", **arguments})


def test_before_and_after_needs_two_weeks_on_each_side():
    with pytest.raises(ValueError, match="there are 1 weeks from week 1 on, but an interval needs two"):
        before_after(GOOD, "jobs")
