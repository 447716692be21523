"""Tests of cxux_helpers.datasets.prototypes: intervals of what people do find the truth, and easier readings do not."""

import pytest
from pandas.testing import assert_frame_equal

from cxux_helpers.datasets.prototypes import make_prototype_test
from cxux_helpers.usability.comparison import clear_winner
from cxux_helpers.usability.performance import completion_rate, time_on_task

SEEDS = range(8)


def by_prototype(sessions, measure):
    return {name: measure(part) for name, part in sessions.groupby("prototype")}


def rates(sessions):
    return by_prototype(sessions, lambda part: completion_rate(part["completed"]))


def test_sessions_look_like_sessions():
    sessions, truth = make_prototype_test(12, aloud=10, seed=1)
    assert len(sessions) == 24 and list(truth.index) == ["Shelf", "Path"]
    assert sessions.groupby("participant")["prototype"].agg(set).eq({"Shelf", "Path"}).all()
    assert (sessions.loc[sessions["prototype"] == "Shelf", "position"] == 1).sum() == 6, "half of them try Shelf first"
    assert sessions[[f"sus_{item}" for item in range(1, 11)]].isin(range(1, 6)).all(axis=None)
    assert sessions[["seq", "umux_1", "umux_2"]].isin(range(1, 8)).all(axis=None)
    assert (sessions["does"] != "").equals(sessions["aloud"]), "only those who think aloud tell what they do"
    assert sessions.loc[sessions["aloud"], "participant"].max() == 10


def test_further_people_do_not_change_those_before_them():
    few, many = make_prototype_test(10, seed=2).data, make_prototype_test(30, seed=2).data
    assert_frame_equal(few, many.head(20))
    assert not few.equals(make_prototype_test(10, seed=3).data)


@pytest.mark.parametrize("seed", SEEDS)
def test_with_enough_people_the_intervals_of_completion_find_the_better_prototype(seed):
    sessions, truth = make_prototype_test(100, seed=seed)
    assert clear_winner(rates(sessions)) == truth["completion"].idxmax() == "Path"
    for name, rate in rates(sessions).items():
        assert abs(rate.value - truth.loc[name, "completion"]) < 0.15


@pytest.mark.parametrize("seed", SEEDS)
def test_ten_people_cannot_tell_though_their_raw_rates_differ(seed):
    found = rates(make_prototype_test(10, seed=seed).data)
    assert clear_winner(found) is None


def test_what_people_say_points_to_the_worse_prototype():
    for seed in SEEDS:
        praise = by_prototype(make_prototype_test(100, seed=seed).data, lambda part: part["praised"].mean())
        assert praise["Shelf"] > praise["Path"]


def test_the_mean_of_all_times_points_to_the_worse_prototype_and_successes_to_the_better():
    misled = found = 0
    for seed in SEEDS:
        sessions = make_prototype_test(100, seed=seed).data
        naive = by_prototype(sessions, lambda part: part["seconds"].mean())
        typical = by_prototype(sessions, lambda part: time_on_task(part["seconds"], part["completed"]))
        misled += naive["Shelf"] < naive["Path"]
        found += typical["Path"].value < typical["Shelf"].value
    assert misled >= 7 and found >= 7


@pytest.mark.parametrize("plan", [{"task": "leading"}, {"criterion": "said"}, {"task": "vague"}])
def test_a_poor_plan_hides_the_difference(plan):
    told = [clear_winner(rates(make_prototype_test(100, seed=seed, **plan).data)) for seed in SEEDS]
    assert told.count("Path") <= 1


def test_thinking_aloud_slows_people_and_changes_nothing_else():
    silent, aloud = make_prototype_test(20, seed=4).data, make_prototype_test(20, aloud=20, seed=4).data
    assert (aloud["seconds"] / silent["seconds"]).between(1.3, 1.4).all()
    assert aloud["completed"].equals(silent["completed"])


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"people": 1}, "people is 1, but must be a whole number of 2 or more"),
        ({"aloud": -1}, "aloud is -1"),
        ({"task": "hard"}, "task is 'hard'. Give 'goal' or 'leading' or 'vague'."),
        ({"criterion": "felt"}, "criterion is 'felt'. Give 'observed' or 'said'."),
    ],
)
def test_impossible_plans_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        make_prototype_test(**wrong)
