"""Tests of cxux_helpers.datasets.events: the shop is as described, and its faults are found where they were planted."""

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from cxux_helpers.datasets.events import make_event_log
from cxux_helpers.estimates import proportion
from cxux_helpers.journey.event_flows import time_in_stage
from cxux_helpers.journey.event_logs import funnel_by_segment, sessions

SEEDS = range(8)
STEPS = ["product", "cart", "delivery", "payment", "purchase"]


@pytest.fixture(scope="module", params=SEEDS)
def shop(request):
    log, truth = make_event_log(seed=request.param)
    return log.assign(session=sessions(log)), truth.set_index("fault")


def before_and_after(log, start):
    return log.assign(after=log["time"] >= start)


def purchases(table):
    """Of those who came to the payment page, who bought: an estimate by segment."""
    reached = table["reached"].unstack()
    return {segment: proportion(row["purchase"], row["payment"]) for segment, row in reached.iterrows()}


def test_same_seed_gives_the_same_log_and_another_seed_another():
    (log, truth), (again, truth_again) = make_event_log(500, seed=3), make_event_log(500, seed=3)
    assert_frame_equal(log, again)
    assert_frame_equal(truth, truth_again)
    assert not log.equals(make_event_log(500, seed=4).data)


@pytest.mark.parametrize("n_sessions", [100, 101, 3000])
def test_the_usual_gap_finds_the_sessions_again(n_sessions):
    assert sessions(make_event_log(n_sessions).data).nunique() == n_sessions


def test_the_log_looks_like_a_shops_log(shop):
    log, _ = shop
    assert log.columns.tolist() == ["user_id", "time", "event", "browser", "device", "session"]
    assert log["time"].is_monotonic_increasing
    assert (log["time"] == log["time"].dt.floor("s")).all()
    assert log["time"].between("2025-01-06", "2025-03-31").all()
    assert 4 < len(log) / log["session"].nunique() < 5
    assert (log.groupby("user_id")[["browser", "device"]].nunique() == 1).all(axis=None)
    visits = log.groupby("user_id")["session"].nunique()
    assert (visits >= 2).mean() > 0.5
    bought = log.loc[log["event"] == "purchase", "session"].nunique() / log["session"].nunique()
    assert 1 / 9 < bought < 1 / 6


def test_sessions_of_a_user_lie_on_different_days(shop):
    log, _ = shop
    first = log.drop_duplicates("session")
    assert not pd.DataFrame({"user": first["user_id"], "day": first["time"].dt.date}).duplicated().any()


def test_the_truth_names_stage_segment_and_day(shop):
    log, truth = shop
    assert truth.index.tolist() == ["fails", "slow"]
    assert truth["stage"].tolist() == ["payment", "delivery"]
    for row in truth.itertuples():
        assert row.segment in log[row.column].cat.categories
        assert log["time"].min() < row.start < log["time"].max()


def test_the_funnel_by_browser_shows_the_failing_payment(shop):
    log, truth = shop
    fault = truth.loc["fails"]
    shares = purchases(
        funnel_by_segment(before_and_after(log, fault["start"]), STEPS, [fault["column"], "after"], per="session")
    )
    drops = {name: shares[name, False].value - shares[name, True].value for name in log["browser"].cat.categories}
    assert max(drops, key=drops.get) == fault["segment"]
    assert shares[fault["segment"], True].high < shares[fault["segment"], False].low
    assert drops.pop(fault["segment"]) > 3 * max(drops.values())


def test_the_funnel_of_all_hides_the_failing_payment(shop):
    log, truth = shop
    table = funnel_by_segment(before_and_after(log, truth.loc["fails", "start"]), STEPS, "after", per="session")
    bought = table["reached"].xs("purchase", level="step")
    visits = log.groupby(log["time"] >= truth.loc["fails", "start"])["session"].nunique()
    before, after = (proportion(bought[late], visits[late]) for late in (False, True))
    assert after.high > before.low
    assert abs(after.value - before.value) < 0.02


def test_when_payment_begins_to_fail_is_found_in_its_segment_to_the_week(shop):
    log, truth = shop
    fault = truth.loc["fails"]
    part = log[log[fault["column"]] == fault["segment"]]
    part = part.assign(week=part["time"].dt.to_period("W").dt.start_time)
    reached = funnel_by_segment(part, STEPS, "week", per="session")["reached"].unstack()
    weeks = reached.index[1:-1]
    # The cut that parts the weeks best into a good and a bad time: the largest gain in likelihood.
    parts = [(reached[reached.index < week], reached[reached.index >= week]) for week in weeks]
    gains = [_log_likelihood(early) + _log_likelihood(late) for early, late in parts]
    begin = fault["start"].to_period("W").start_time
    assert abs(weeks[int(np.argmax(gains))] - begin) <= pd.Timedelta(weeks=1)


def _log_likelihood(reached):
    came, bought = reached["payment"].sum(), reached["purchase"].sum()
    share = np.clip(bought / max(came, 1), 1e-9, 1 - 1e-9)
    return bought * np.log(share) + (came - bought) * np.log(1 - share)


def test_time_in_stage_by_device_shows_the_slow_page_and_the_whole_hides_it(shop):
    log, truth = shop
    fault = truth.loc["slow"]

    def slowdown(part):
        late = part["time"] >= fault["start"]
        return np.divide(*(time_in_stage(part[rows], per="session")["median_seconds"] for rows in (late, ~late)))

    whole = slowdown(log)
    parts = pd.DataFrame({name: slowdown(part) for name, part in log.groupby(fault["column"], observed=True)})
    assert parts.loc[fault["stage"]].idxmax() == fault["segment"]
    assert parts.loc[fault["stage"], fault["segment"]] > 2.5
    assert parts.loc[fault["stage"]].drop(fault["segment"]).max() < 1.5
    assert whole[fault["stage"]] < 1.5


@pytest.mark.parametrize("n_sessions", [99, 250.5, True, "many"])
def test_a_number_of_sessions_below_100_is_refused(n_sessions):
    with pytest.raises(ValueError, match=r"n_sessions is .*, but must be a whole number of 100 or more"):
        make_event_log(n_sessions)
