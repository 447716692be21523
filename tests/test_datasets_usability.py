"""Tests of cxux_helpers.datasets.usability: our functions find what was planted, the naive way does not."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from sklearn.metrics import adjusted_rand_score

from cxux_helpers.datasets.usability import make_card_sort, make_tree_test, make_usability_sessions
from cxux_helpers.usability.card_sorts import card_groups
from cxux_helpers.usability.findability import first_choices, tree_test
from cxux_helpers.usability.performance import completion_rate, time_on_task
from cxux_helpers.usability.questionnaires import seq, sus

SEEDS = range(12)
MAKERS = [make_usability_sessions, make_card_sort, make_tree_test]


@pytest.mark.parametrize("make", MAKERS)
def test_same_seed_gives_the_same_study_and_another_seed_another(make):
    data, truth = make(seed=3)
    again, truth_again = make(seed=3)
    assert_frame_equal(data, again)
    assert truth.equals(truth_again)
    assert not data.equals(make(seed=4).data)


@pytest.mark.parametrize(("make", "least"), [(make_usability_sessions, 2), (make_card_sort, 5), (make_tree_test, 5)])
def test_too_few_people_are_refused(make, least):
    assert make(least).data["participant"].nunique() == least
    with pytest.raises(
        ValueError, match=f"n_participants is {least - 1}, but must be a whole number of {least} or more"
    ):
        make(least - 1)


# --- two prototypes


def by_prototype(sessions):
    return dict(iter(sessions.groupby("prototype")))


def test_sessions_look_like_sessions():
    data, truth = make_usability_sessions()
    assert list(data.columns) == ["participant", "prototype", "position", "completed", "seconds", "seq"] + [
        f"sus_{item}" for item in range(1, 11)
    ]
    assert data.groupby("participant")["prototype"].agg(set).eq({"A", "B"}).all()
    assert data.groupby("participant")["position"].agg(list).map(lambda places: places == [1, 2]).all()
    # Half of the people try A first.
    assert (data.loc[data["prototype"] == "A", "position"] == 1).sum() == 5
    assert (data["seconds"] > 0).all()
    assert data["completed"].dtype == bool
    for sessions in by_prototype(data).values():
        assert 0 <= sus(sessions.filter(like="sus_")).value <= 100
        assert 1 <= seq(sessions["seq"]).value <= 7
    assert truth.index.name == "prototype"
    assert list(truth.columns) == ["completion", "seconds", "sus"]


def test_the_intervals_find_the_planted_truth_about_95_times_in_100():
    found = []
    for seed in range(40):
        data, truth = make_usability_sessions(150, seed=seed)
        for name, sessions in by_prototype(data).items():
            estimates = {
                "completion": completion_rate(sessions["completed"]),
                "seconds": time_on_task(sessions["seconds"], sessions["completed"]),
                "sus": sus(sessions.filter(like="sus_")),
            }
            found += [estimate.low <= truth.loc[name, what] <= estimate.high for what, estimate in estimates.items()]
    assert 0.9 < sum(found) / len(found) < 0.995


@pytest.mark.parametrize("seed", SEEDS)
def test_successes_alone_show_the_faster_prototype_and_all_times_the_slower(seed):
    data, truth = make_usability_sessions(200, seed=seed)
    a, b = by_prototype(data).values()
    assert truth["seconds"].idxmin() == "B"
    assert time_on_task(b["seconds"], b["completed"]).high < time_on_task(a["seconds"], a["completed"]).low
    # The naive mean over everybody: those who fail on A give up early, and A looks faster.
    assert a["seconds"].mean() < b["seconds"].mean()


def test_ten_people_seldom_decide_by_completion_alone():
    apart = []
    for seed in range(40):
        a, b = by_prototype(make_usability_sessions(seed=seed).data).values()
        apart.append(completion_rate(b["completed"]).low > completion_rate(a["completed"]).high)
    assert sum(apart) < 10


def test_able_people_manage_both_prototypes_more_often_than_chance_has_it():
    data = make_usability_sessions(2000, seed=1).data
    both = data.pivot(index="participant", columns="prototype", values="completed")
    assert (both["A"] & both["B"]).mean() > both["A"].mean() * both["B"].mean() + 0.02


# --- card sort


def test_everybody_sorts_every_card_once():
    data, truth = make_card_sort()
    assert list(data.columns) == ["participant", "card", "group"]
    assert len(data) == 20 * 24 == 20 * len(truth)
    assert not data.duplicated(["participant", "card"]).any()
    assert truth.value_counts().tolist() == [6, 6, 6, 6]
    assert data["participant"].is_monotonic_increasing


@pytest.mark.parametrize("seed", SEEDS)
def test_average_linkage_finds_the_planted_categories(seed):
    data, truth = make_card_sort(seed=seed)
    assert adjusted_rand_score(truth.sort_index(), card_groups(data, 4)) == 1


def test_the_commonest_label_of_each_card_does_not_find_them():
    scores = []
    for seed in SEEDS:
        data, truth = make_card_sort(seed=seed)
        label = data.groupby("card")["group"].agg(lambda labels: labels.value_counts().index[0])
        scores.append(adjusted_rand_score(truth.sort_index(), label))
    assert max(scores) < 1
    assert sum(scores) / len(scores) < 0.8


# --- tree test


def results(data, truth):
    return {
        task: tree_test(rows["path"], truth.loc[task, "node"], skipped=rows["skipped"])
        for task, rows in data.groupby("task")
    }


def test_paths_start_at_home_and_every_task_is_done_by_everybody():
    data, truth = make_tree_test()
    assert list(data.columns) == ["participant", "task", "path", "skipped"]
    assert data.groupby("task").size().eq(50).all()
    assert data["path"].str.startswith("Home > ").all()
    assert list(truth.columns) == ["node", "branch", "misleading", "first_right"]
    assert truth["misleading"].notna().sum() == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_first_choices_point_at_the_branch_that_misleads(seed):
    data, truth = make_tree_test(seed=seed)
    for task, rows in data.groupby("task"):
        wrong = first_choices(rows["path"]).drop(truth.loc[task, "branch"], errors="ignore") / len(rows)
        if pd.isna(truth.loc[task, "misleading"]):
            assert wrong.empty or wrong.max() < 0.25
        else:
            assert wrong.idxmax() == truth.loc[task, "misleading"]
            assert wrong.max() > 0.3


def test_first_choices_find_the_planted_probability():
    data, truth = make_tree_test(3000, seed=1)
    for task, rows in data.groupby("task"):
        share = first_choices(rows["path"])[truth.loc[task, "branch"]] / len(rows)
        assert share == pytest.approx(truth.loc[task, "first_right"], abs=0.03)


@pytest.mark.parametrize("seed", SEEDS)
def test_directness_gives_the_fault_away(seed):
    found = {task: result.directness.value for task, result in results(*make_tree_test(seed=seed)).items()}
    assert min(found, key=found.get) == "Send back a damaged lamp"


def test_success_alone_does_not_give_the_fault_away():
    worst = []
    for seed in range(30):
        found = {task: result.success.value for task, result in results(*make_tree_test(seed=seed)).items()}
        worst.append(min(found, key=found.get))
    assert 0.2 < worst.count("Send back a damaged lamp") / len(worst) < 0.8
