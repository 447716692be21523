"""Tests of the made-up data of module 8: what the method finds, and what the naive reading makes of it."""

from itertools import pairwise

import numpy as np
import pytest

from cxux_helpers.ab_trials import planned_days, trial_until
from cxux_helpers.datasets.ab_trials import make_ab_trial
from cxux_helpers.datasets.nps_months import ASKED, make_nps_months, simulate_nps_surveys
from cxux_helpers.experiments import sample_size_for_proportions
from cxux_helpers.surveys.nps_tracking import monthly_changes

GROUPS = ["detractors", "passives", "promoters"]


# --- surveys of one mood --------------------------------------------------------------------------------------------


def test_scores_of_an_unchanging_mood_spread_as_the_standard_error_says():
    # v = 0.45 + 0.20 - 0.25² = 0.5875, so the standard error is 100·√(0.5875 / 200) = 5.42.
    scores = simulate_nps_surveys(200, promoters=0.45, detractors=0.20, surveys=20_000)
    assert scores.mean() == pytest.approx(25, abs=0.2)
    assert scores.std() == pytest.approx(5.42, abs=0.1)


def test_customers_of_one_mind_give_one_score():
    assert set(simulate_nps_surveys(5, promoters=1, detractors=0, surveys=10)) == {100.0}
    assert set(simulate_nps_surveys(5, promoters=0, detractors=0, surveys=10)) == {0.0}


# --- months ---------------------------------------------------------------------------------------------------------


def test_months_have_the_answers_that_were_asked_for_and_the_planted_truth():
    data, truth = make_nps_months(turn=5, change=-8, seed=3)
    assert data[GROUPS].sum(axis=1).tolist() == list(ASKED)
    assert truth.tolist() == [25] * 4 + [17] * 8
    assert data.equals(make_nps_months(turn=5, change=-8, seed=3).data)


def test_the_interval_of_the_difference_finds_the_change_and_the_biggest_move_does_not():
    found, false, biggest = [], [], []
    for seed in range(40):
        data, truth = make_nps_months(seed=seed)
        changes = monthly_changes(data)
        real = {later for earlier, later in pairwise(truth.index) if truth[earlier] != truth[later]}
        called = {month for month, change in changes.items() if change.low > 0 or change.high < 0}
        found.append(real <= called)
        false.append(len(called - real) / (len(changes) - 1))
        biggest.append({max(changes, key=lambda month: abs(changes[month].value))} == real)
    assert np.mean(found) > 0.8
    assert np.mean(false) < 0.08
    assert np.mean(biggest) < 0.4, "the naive reading: the biggest move is the news"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"asked": (50,)}, "asked has 1 months. Give the answers of 2 to 12 months."),
        ({"asked": (50, 0)}, "answers in month 2 is 0, but must be a whole number of 1 or more"),
        ({"turn": 1}, "turn is 1, but must be a whole number of 2 or more"),
        ({"asked": (50, 60), "turn": 3}, "turn is 3, but there are 2 months. Lower it."),
        ({"change": 300}, "change is 300, but must be a number"),
        ({"change": 60}, "the share of detractors is -0."),
        ({"promoters": 0.9}, "promoters 0.9 and detractors 0.2 together are more than 1"),
    ],
)
def test_impossible_months_are_refused_with_the_remedy(arguments, message):
    with pytest.raises(ValueError, match=message):
        make_nps_months(**arguments)


# --- A/B trials -----------------------------------------------------------------------------------------------------


def test_a_trial_counts_each_day_for_itself():
    trial, truth = make_ab_trial(0, 1, per_day=30, days=4)
    assert trial["day"].tolist() == [1, 2, 3, 4]
    assert set(trial["hits_a"]) == {0} and set(trial["hits_b"]) == {30}
    assert truth.to_dict() == {"a": 0, "b": 1}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0.2, 20), "share_b is 20, but must be a number of 0 or more and up to 1. Write 0.2 for 20 %."),
        ((-0.1, 0.2), "share_a is -0.1"),
    ],
)
def test_an_impossible_trial_is_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        make_ab_trial(*arguments)
    with pytest.raises(ValueError, match="days is 0"):
        make_ab_trial(0.1, 0.2, days=0)


def p_below(trial, day, z=1.96):
    """The pooled z test by hand, far quicker than a library for hundreds of trials."""
    total = trial.loc[trial["day"] <= day, ["hits_a", "n_a", "hits_b", "n_b"]].sum()
    a, b = total["hits_a"] / total["n_a"], total["hits_b"] / total["n_b"]
    pooled = (total["hits_a"] + total["hits_b"]) / (total["n_a"] + total["n_b"])
    return abs(b - a) > z * np.sqrt(pooled * (1 - pooled) * (1 / total["n_a"] + 1 / total["n_b"]))


def test_the_planned_size_finds_the_effect_and_peeking_finds_effects_of_nothing():
    people, days = planned_days(0.20, 6, 80, per_day=50)
    assert people == np.ceil(sample_size_for_proportions(0.20, 0.26)) and days == np.ceil(people / 50)
    real = [make_ab_trial(0.20, 0.26, days=days, seed=seed).data for seed in range(150)]
    assert 0.7 < np.mean([p_below(trial, days) for trial in real]) < 0.9
    null = [make_ab_trial(0.20, 0.20, days=days, seed=seed).data for seed in range(150)]
    assert np.mean([p_below(trial, days) for trial in null]) < 0.10
    peeked = [any(p_below(trial, day) for day in range(1, days + 1)) for trial in null]
    assert np.mean(peeked) > 0.15, "far above the 5 % that was promised"


def test_a_look_counts_all_days_so_far():
    trial = make_ab_trial(0.2, 0.3, per_day=10, days=5, seed=1).data
    first = trial.head(3)
    test = trial_until(trial, 3)
    assert test.difference.n == 60
    assert test.difference.value == pytest.approx((first["hits_b"].sum() - first["hits_a"].sum()) / 30)
