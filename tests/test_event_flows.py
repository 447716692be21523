"""Tests of cxux_helpers.journey.event_flows: transitions, time in stages, frequent paths."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from cxux_helpers.journey.event_flows import PATH_END, PATH_START, frequent_paths, time_in_stage, transition_matrix
from cxux_helpers.journey.event_logs import sessions

START = pd.Timestamp("2025-03-01 09:00")
FUNCTIONS = {"transition_matrix": transition_matrix, "time_in_stage": time_in_stage, "frequent_paths": frequent_paths}


def make_log(rows):
    """A log from (user, minute, event)."""
    users, minutes, events = zip(*rows, strict=True)
    return pd.DataFrame({"user_id": users, "time": START + pd.to_timedelta(minutes, unit="min"), "event": list(events)})


def paths_of(rows):
    """Each user's (minute, event) by time and then by row: what the vectorised code must agree with."""
    paths = {}
    for user, minute, event in sorted(rows, key=lambda row: row[1]):
        paths.setdefault(user, []).append((minute, event))
    return paths


rows = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 200), st.sampled_from("abc")), min_size=1, max_size=40)


# -- transitions --------------------------------------------------------------------------------------------


def test_transitions_of_two_users_by_hand():
    log = make_log([(1, 0, "home"), (1, 1, "cart"), (1, 2, "home"), (2, 0, "home"), (2, 1, "home")])
    counts = pd.DataFrame(
        [[0, 2, 0], [0, 1, 0], [1, 1, 2]],
        index=[PATH_START, "cart", "home"],
        columns=["cart", "home", PATH_END],
    )
    assert_frame_equal(transition_matrix(log, normalise=False), counts)
    shares = [[0, 1, 0], [0, 1, 0], [0.25, 0.25, 0.5]]
    assert transition_matrix(log).to_numpy().tolist() == shares


@settings(deadline=None, max_examples=40)
@given(rows)
def test_transitions_are_those_that_a_loop_counts(rows):
    expected = Counter()
    for path in paths_of(rows).values():
        expected.update(pairwise([PATH_START, *(event for _, event in path), PATH_END]))
    table = transition_matrix(make_log(rows), normalise=False)
    assert {pair: n for pair, n in table.stack().items() if n} == expected


@settings(deadline=None, max_examples=40)
@given(rows)
def test_every_row_of_shares_sums_to_1_and_what_comes_in_goes_out(rows):
    log = make_log(rows)
    shares, counts = transition_matrix(log), transition_matrix(log, normalise=False)
    assert np.allclose(shares.sum(axis=1), 1)
    assert shares.to_numpy().min() >= 0
    events = counts.columns.drop(PATH_END)
    assert (counts.sum(axis=1)[events] == counts.sum()[events]).all()
    assert (counts.sum()[events] == log["event"].value_counts()[events]).all()
    assert counts.loc[PATH_START].sum() == counts[PATH_END].sum() == log["user_id"].nunique()


def test_events_that_never_happened_are_left_out_and_categories_give_the_order():
    log = make_log([(1, 0, "b"), (1, 1, "a")])
    log["event"] = pd.Categorical(log["event"], categories=["c", "b", "a"])
    table = transition_matrix(log)
    assert table.index.tolist() == [PATH_START, "b", "a"]
    assert table.columns.tolist() == ["b", "a", PATH_END]


def test_per_session_the_next_visit_is_no_transition():
    log = make_log([(1, 0, "a"), (1, 100, "b")])
    log["session"] = sessions(log)
    assert transition_matrix(log).loc["a", "b"] == 1
    assert transition_matrix(log, per="session").loc["a", PATH_END] == 1


@pytest.mark.parametrize("name", [PATH_START, PATH_END])
def test_an_event_with_the_name_of_an_end_is_refused(name):
    with pytest.raises(ValueError, match=f"an event is called '{name}', which marks the ends of paths here"):
        transition_matrix(make_log([(1, 0, name)]))


def test_too_many_events_for_a_matrix_are_refused():
    log = make_log([(1, number, f"/page/{number}") for number in range(2001)])
    with pytest.raises(ValueError, match=r"column 'event' has 2,001 different events, too many for a matrix\. Group"):
        transition_matrix(log)
    assert transition_matrix(log.head(2000)).shape == (2001, 2001)


# -- time in stages -----------------------------------------------------------------------------------------


def test_time_in_stage_of_two_users_by_hand():
    log = make_log(
        [(1, 0, "home"), (1, 2, "seek"), (1, 3, "pay"), (1, 10, "home"), (2, 0, "home"), (2, 9, "pay"), (2, 12, "pay")]
    )
    stages = {"home": "look", "seek": "look", "pay": "buy"}
    table = time_in_stage(log, stages)
    # look: 3 and 9 minutes and one visit without an end; buy: 7 minutes and one without an end.
    assert table.to_dict("index") == {
        "look": {"visits": 3, "timed": 2, "median_seconds": 360, "mean_seconds": 360, "p90_seconds": 504},
        "buy": {"visits": 2, "timed": 1, "median_seconds": 420, "mean_seconds": 420, "p90_seconds": 420},
    }
    assert table.index.name == "stage"


@settings(deadline=None, max_examples=40)
@given(rows)
def test_time_in_stage_is_what_a_loop_finds(rows):
    stage = {"a": "x", "b": "x", "c": "y"}
    visits, seconds = Counter(), {"x": [], "y": []}
    for path in paths_of(rows).values():
        began = None
        for minute, event in path:
            if began is None or stage[event] != began[1]:
                if began is not None:
                    seconds[began[1]].append(60 * (minute - began[0]))
                began = (minute, stage[event])
                visits[began[1]] += 1
    table = time_in_stage(make_log(rows), stage)
    assert table["visits"].to_dict() == visits
    for name, row in table.iterrows():
        assert row["timed"] == len(seconds[name])
        if seconds[name]:
            assert row["median_seconds"] == pytest.approx(np.median(seconds[name]))
            assert row["mean_seconds"] == pytest.approx(np.mean(seconds[name]))
            assert row["p90_seconds"] == pytest.approx(np.quantile(seconds[name], 0.9))
        else:
            assert row[["median_seconds", "mean_seconds", "p90_seconds"]].isna().all()


def test_without_stages_each_event_is_its_own():
    log = make_log([(1, 0, "b"), (1, 1, "b"), (1, 5, "a")])
    assert time_in_stage(log)["visits"].to_dict() == {"a": 1, "b": 1}
    assert time_in_stage(log).loc["b", "median_seconds"] == 300


def test_stages_come_in_the_order_given_and_unvisited_ones_are_left_out():
    log = make_log([(1, 0, "b"), (1, 1, "a")])
    stages = {"c": "never", "a": "late", "b": "early"}
    assert time_in_stage(log, stages).index.tolist() == ["late", "early"]


def test_parts_of_a_second_count():
    times = ["2025-03-01 09:00:00.000", "2025-03-01 09:00:00.250"]
    log = pd.DataFrame({"user_id": 1, "time": times, "event": ["a", "b"]})
    assert time_in_stage(log).loc["a", "mean_seconds"] == 0.25


def test_an_event_without_a_stage_is_refused():
    log = make_log([(1, 0, "a"), (1, 1, "b")])
    with pytest.raises(ValueError, match=r"event 'b' has no stage\. Add it to stages, or drop its rows and say so\."):
        time_in_stage(log, {"a": "x"})


def test_a_category_that_nobody_chose_needs_no_stage():
    log = make_log([(1, 0, "a")])
    log["event"] = pd.Categorical(log["event"], categories=["a", "b"])
    assert time_in_stage(log, {"a": "x"})["visits"].to_dict() == {"x": 1}


# -- frequent paths -----------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=40)
@given(rows, st.integers(1, 6))
def test_frequent_paths_are_those_that_a_loop_counts(rows, first):
    for cut, arguments in ((None, {}), (first, {"first": first})):
        expected = Counter(tuple(event for _, event in path)[:cut] for path in paths_of(rows).values())
        table = frequent_paths(make_log(rows), n=99, **arguments)
        ranked = sorted(expected.items(), key=lambda item: (-item[1], item[0]))
        assert table["path"].tolist() == [" → ".join(path) for path, _ in ranked]
        assert table["paths"].tolist() == [count for _, count in ranked]
        assert table["events"].tolist() == [len(path) for path, _ in ranked]
        assert table["share"].sum() == pytest.approx(1)


def test_only_the_first_n_paths_are_listed():
    log = make_log([(1, 0, "b"), (2, 0, "a"), (3, 0, "a"), (4, 0, "c")])
    table = frequent_paths(log, 2)
    assert table["path"].tolist() == ["a", "b"]
    assert table["share"].tolist() == [0.5, 0.25]


def test_a_path_of_a_hundred_thousand_events_is_no_trouble():
    minutes = np.arange(100_000)
    log = pd.DataFrame({"user_id": minutes // 50_000, "time": START + pd.to_timedelta(minutes, unit="s"), "event": "a"})
    assert frequent_paths(log)[["events", "paths"]].to_numpy().tolist() == [[50_000, 2]]


@pytest.mark.parametrize(("arguments", "name"), [({"n": 0}, "n"), ({"n": 2.5}, "n"), ({"first": 0}, "first")])
def test_a_number_of_paths_or_events_below_1_is_refused(arguments, name):
    with pytest.raises(ValueError, match=f"{name} is .*, but must be a whole number of 1 or more"):
        frequent_paths(make_log([(1, 0, "a")]), **arguments)


# -- all of them --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@settings(deadline=None, max_examples=40)
@given(rows, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter_where_times_differ(function, rows, random):
    rows = [(user, 1000 * place + minute, event) for place, (user, minute, event) in enumerate(rows)]
    shuffled = random.sample(rows, len(rows))
    assert_frame_equal(function(make_log(rows)), function(make_log(shuffled)))


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_the_log_is_left_alone_and_columns_may_have_other_names(function):
    log = make_log([(1, 5, "b"), (1, 0, "a"), (2, 0, "a")])
    before = log.copy(deep=True)
    other = log.rename(columns={"user_id": "who", "time": "when", "event": "what"})
    assert_frame_equal(function(log), function(other, per="who", time="when", event="what"))
    assert_frame_equal(log, before)


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda log: log.drop(columns="event"), r"column 'event' is not .* Pass event='…'"),
        (lambda log: log.drop(columns="user_id"), r"column 'user_id' is not .* Pass per='…'"),
        (lambda log: log.drop(columns="time"), r"column 'time' is not .* Pass time='…'"),
        (lambda log: log.head(0), "the table has no rows"),
        (lambda log: log.assign(user_id=[1, None]), "column 'user_id' has no value in 1 of 2 rows"),
        (lambda log: log.assign(time=[START, None]), "column 'time' has no time in 1 of 2 rows"),
    ],
)
def test_a_log_that_cannot_be_read_is_refused(function, change, message):
    with pytest.raises(ValueError, match=message):
        function(change(make_log([(1, 0, "a"), (1, 1, "a")])))
