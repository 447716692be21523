"""Tests of the simulated day: what must come out by hand, by formula, and of a day whose mean hides its peak."""

import math

import numpy as np
import pytest

from cxux_helpers.service import erlang_c, simulate_day, staff_for, staffing

MONDAY = (96, 300, 144, 120, 180, 60)  # calls in two hours each
SETTING = {"interval": 7200, "aht": 240, "target": 20}


def test_a_long_steady_day_agrees_with_erlang_c():
    day = simulate_day([4000], agents=[14], interval=72_000, aht=180, target=20, days=12, seed=1)
    line = erlang_c(4000, period=72_000, aht=180, agents=14, target=20)
    assert day.loc[0, "service_level"] == pytest.approx(line.service_level, abs=0.02)
    assert day.loc[0, "average_speed_of_answer"] == pytest.approx(line.average_speed_of_answer, rel=0.25)
    assert day.loc[0, "hung_up"] == 0


def test_with_many_agents_nobody_waits():
    day = simulate_day([50, 20], agents=[60, 60], interval=3600, aht=120, target=0)
    assert (day["service_level"] == 1).all()
    assert (day["average_speed_of_answer"] == 0).all()


def test_a_line_is_carried_into_the_next_interval():
    alone = simulate_day([60], agents=[6], interval=3600, aht=120, target=20, days=40, seed=2)
    after_a_rush = simulate_day([200, 60], agents=[2, 6], interval=3600, aht=120, target=20, days=40, seed=2)
    assert after_a_rush.loc[1, "service_level"] < alone.loc[0, "service_level"] - 0.2


def test_agents_who_go_home_take_no_further_call_and_come_back_later():
    # One agent in the middle interval; the others come back for the last one.
    day = simulate_day([30, 60, 30], agents=[8, 1, 8], interval=3600, aht=300, target=20, days=30, seed=3)
    assert day.loc[1, "service_level"] < 0.3
    everybody = simulate_day([30, 60, 30], agents=[8, 8, 8], interval=3600, aht=300, target=20, days=30, seed=3)
    assert everybody.loc[1, "service_level"] > 0.8


def test_callers_who_hang_up_shorten_the_line_for_the_others():
    patient = simulate_day(MONDAY, agents=[8] * 6, **SETTING)
    impatient = simulate_day(MONDAY, agents=[8] * 6, patience=120, **SETTING)
    assert impatient.loc[1, "hung_up"] > 0.15
    assert impatient["average_speed_of_answer"].max() < patient["average_speed_of_answer"].max() / 5
    assert impatient.loc[1, "service_level"] > patient.loc[1, "service_level"]


def test_the_same_seed_brings_the_same_callers_whatever_the_agents():
    one, other = (simulate_day(MONDAY, agents=[n] * 6, **SETTING)["calls"] for n in (8, 20))
    assert one.equals(other)
    assert one.sum() == pytest.approx(900, rel=0.05)


def test_an_interval_in_which_nobody_rang_has_no_row():
    assert simulate_day([30, 0], agents=[4, 4], interval=3600, aht=60, target=20).index.tolist() == [0]


# --- planted: the mean of the day understaffs its peak ------------------------------------------------------------


def test_staffing_each_interval_reaches_the_goal_where_the_mean_of_the_day_fails_at_the_same_cost():
    def fewest(calls):
        return staffing(calls, period=7200, aht=240, target=20).agents

    by_interval, flat = [fewest(calls) for calls in MONDAY], [fewest(np.mean(MONDAY))] * 6
    assert sum(by_interval) == sum(flat) == 48
    good, naive = (simulate_day(MONDAY, agents=plan, days=60, **SETTING) for plan in (by_interval, flat))
    assert good["service_level"].min() > 0.75
    assert naive.loc[1, "service_level"] < 0.2
    # The formula, asked with the mean of the day, sees nothing of it.
    assert erlang_c(np.mean(MONDAY), period=7200, aht=240, agents=flat[0], target=20).service_level > 0.8


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"agents": [1]}, "calls has 2 intervals and agents 1"),
        ({"calls": []}, "calls has 0 intervals"),
        ({"calls": [-1, 5]}, "calls of interval 0 is -1"),
        ({"calls": [0, 0]}, "0 calls a day are expected"),
        ({"calls": [30_000, 1]}, "but it should be 1 to 20,000"),
        ({"agents": [0, 1]}, "agents of interval 0 is 0"),
        ({"interval": 0}, "interval is 0"),
        ({"aht": math.nan}, "aht is nan"),
        ({"target": -1}, "target is -1"),
        ({"patience": 0}, "patience is 0"),
        ({"days": 0}, "days is 0"),
    ],
)
def test_what_makes_no_day_is_refused(change, words):
    settings = {"calls": [10, 10], "agents": [2, 2], "interval": 3600, "aht": 60, "target": 20} | change
    with pytest.raises(ValueError, match=words):
        simulate_day(settings.pop("calls"), **settings)


def test_staff_are_agents_over_what_shrinkage_leaves():
    # 14 / 0.7 is 20 exactly; one more agent needs 21.43, so 22.
    assert (staff_for(14, 0.3), staff_for(15, 0.3), staff_for(9, 0), staff_for(1, 0.9)) == (20, 22, 9, 10)
    with pytest.raises(ValueError, match=r"Write 0\.3 for 30 %"):
        staff_for(14, 30)
    with pytest.raises(ValueError, match=r"agents is 1\.5"):
        staff_for(1.5, 0.3)
