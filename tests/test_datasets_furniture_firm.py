"""Tests of cxux_helpers.datasets.furniture_firm: the lot finds the planted effects, before and after does not."""

import numpy as np
import pytest
from pandas.testing import assert_frame_equal

from cxux_helpers.datasets.furniture_firm import (
    FURNITURE_PROGRAMME,
    FURNITURE_TRIALS,
    make_furniture_trial,
    make_furniture_weeks,
)
from cxux_helpers.furniture_firm import BUDGET, MEASURES, before_after, difference_in_differences

# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")

SEEDS = range(8)
OUTCOMES = {"revenue": True, "satisfaction": False}  # and whether the effect is a share


@pytest.fixture(scope="module")
def trials():
    return {measure: [make_furniture_trial(measure, seed=seed) for seed in SEEDS] for measure in FURNITURE_TRIALS}


@pytest.mark.parametrize("seed", SEEDS)
def test_before_and_after_misleads_about_the_firm_that_did_everything_at_once(seed):
    weeks, truth = make_furniture_weeks(seed=seed)
    factors = truth["factor"]
    assert 1.2 < factors["measures"] < 1.5
    assert factors["all together"] > 1.7
    # Most of what is claimed would have come anyway, and the interval does not hold the truth.
    assert truth.loc["measures", "share"] < 0.5
    assert before_after(weeks).low > factors["measures"] - 1


def test_the_story_of_doubled_sales_comes_about_in_most_worlds():
    claims = [before_after(make_furniture_weeks(seed=seed).data).value for seed in range(12)]
    assert np.median(claims) == pytest.approx(1, abs=0.25)


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("measure", FURNITURE_TRIALS)
def test_a_trial_by_lot_finds_the_planted_effect(trials, measure, outcome):
    relative = OUTCOMES[outcome]
    held, misses, reaches = 0, [], []
    for data, truth in trials[measure]:
        true = truth.loc[outcome, "relative" if relative else "absolute"]
        effect = difference_in_differences(data, outcome, relative=relative)
        held += effect.low <= true <= effect.high
        misses.append(effect.value - true)
        reaches.append((effect.high - effect.low) / 2)
    # With 95 % intervals, fewer than 6 of 8 would happen in one of 170 trials of the method.
    assert held >= 6
    assert abs(np.mean(misses)) < np.mean(reaches) * 1.5 / np.sqrt(len(misses))


@pytest.mark.parametrize("measure", FURNITURE_TRIALS)
def test_before_and_after_in_the_same_trial_is_misled_by_far(trials, measure):
    for data, truth in trials[measure]:
        naive = before_after(data[data["treated"]])
        assert naive.low > truth.loc["revenue", "relative"] + 0.05
        # It finds nearly as much where nothing was done.
        assert before_after(data[~data["treated"]]).low > 0.1


@pytest.mark.parametrize(("measure", "outcome"), [("training", "orders"), ("advertising", "visits")])
def test_a_strong_measure_is_told_from_chance_in_most_trials(trials, measure, outcome):
    found = [difference_in_differences(data, outcome).low > 0 for data, _ in trials[measure]]
    assert sum(found) >= len(found) - 2


def test_planted_effects_are_as_told():
    effects = {measure: make_furniture_trial(measure).truth["relative"] for measure in FURNITURE_TRIALS}
    assert list(effects) == list(MEASURES)
    assert all(effects["collect_contacts"].drop("profit") == 0)
    assert effects["price_change"]["orders"] < 0
    assert effects["advertising"]["satisfaction"] < 0 < effects["move_staff"]["satisfaction"]
    better = ("uniforms", "training", "move_staff", "gifts", "happening", "advertising")
    assert all(effects[measure]["revenue"] > 0 for measure in better)


def test_half_of_the_shops_are_chosen_by_a_lot_that_depends_on_the_seed_alone():
    groups = set()
    for seed in SEEDS:
        data = make_furniture_trial("training", shops=9, seed=seed).data
        assert data.columns[:2].tolist() == ["week", "treated"]
        assert len(data) == 24 * 9 * 2
        by_shop = data.groupby("shop")["treated"]
        assert (by_shop.nunique() == 1).all()
        assert by_shop.first().sum() == 4
        other = make_furniture_trial("uniforms", shops=9, seed=seed).data
        assert (other["treated"] == data["treated"]).all()
        groups.add(tuple(by_shop.first()))
    assert len(groups) > 1


def test_only_chosen_shops_get_the_measure_and_in_a_trial_of_gifts_all_collect():
    data = make_furniture_trial("training").data
    assert (data["measures"].gt(0) == (data["treated"] & (data["week"] > 0))).all()
    gifts = make_furniture_trial("gifts").data
    assert gifts.loc[gifts["week"] == 3, "contacts"].gt(0).all()
    spent = gifts[gifts["week"] > 1].groupby("treated")["measures"].min()
    assert spent[False] == 10 < spent[True]


def test_the_programme_keeps_to_the_budget_and_uses_every_measure():
    assert max(plan.cost for plan in FURNITURE_PROGRAMME) <= BUDGET
    for measure in MEASURES:
        assert any(getattr(plan, measure) for plan in FURNITURE_PROGRAMME)


@pytest.mark.parametrize("make", [make_furniture_weeks, lambda seed: make_furniture_trial("gifts", shops=4, seed=seed)])
def test_same_seed_gives_the_same_weeks_and_another_seed_others(make):
    (data, truth), (again, truth_again) = make(seed=4), make(seed=4)
    assert_frame_equal(data, again)
    assert_frame_equal(truth, truth_again)
    assert not data.equals(make(seed=5).data)


def test_unknown_measures_and_too_few_shops_are_refused():
    with pytest.raises(ValueError, match="measure is 'music'; choose one of: uniforms, training"):
        make_furniture_trial("music")
    with pytest.raises(ValueError, match="shops is 3, but must be a whole number of 4 or more"):
        make_furniture_trial("gifts", shops=3)
