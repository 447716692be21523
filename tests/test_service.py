"""Tests of Erlang C, staffing and the simulated line: cxux_helpers.service.erlang, .service and .queue_simulation."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.service.queue_simulation import _Line
from cxux_helpers.service.staffing import erlang_c, offered_load, simulate_queue, staffing, staffing_table

HALF_HOUR = {"period": 1800, "aht": 180, "target": 20}
METRICS = ("waiting_probability", "service_level", "average_speed_of_answer", "occupancy")

loads = st.floats(0.01, 60)
stable = st.tuples(loads, st.integers(1, 30)).map(lambda pair: (pair[0], math.floor(pair[0]) + pair[1]))


def line(load, agents, target=20.0):
    """A line with this load: aht 180, period 180, so that as many calls arrive as there are erlangs."""
    return erlang_c(load, period=180, aht=180, agents=agents, target=target)


# --- Erlang C ---------------------------------------------------------------------------------------------------------


def test_erlang_c_gives_the_figures_of_the_r_package():
    # README of the R package ErlangC 0.1.0 (CRAN), and the worked example of Call Centre Helper: 100 calls in 30
    # minutes, 180 seconds each, 14 agents, 20 seconds.
    performance = erlang_c(100, agents=14, **HALF_HOUR)
    assert performance.load == 10
    assert performance.waiting_probability == pytest.approx(0.1741319, abs=1e-6)
    assert performance.service_level == pytest.approx(0.88835, abs=1e-6)
    assert performance.average_speed_of_answer == pytest.approx(7.835937, abs=1e-6)
    assert performance.occupancy == pytest.approx(0.7142857, abs=1e-6)


def test_erlang_c_gives_the_first_row_of_the_r_packages_search():
    # The same README: 11 agents, the first number above the load.
    performance = erlang_c(100, agents=11, **HALF_HOUR)
    assert performance.waiting_probability == pytest.approx(0.6821182, abs=1e-6)
    assert performance.service_level == pytest.approx(0.3896138, abs=1e-6)


def test_erlang_c_gives_the_figures_of_call_center_tools():
    # PyPI page of call-center-tools: 1,000 calls an hour, 120 seconds, 40 agents.
    performance = erlang_c(1000, period=3600, aht=120, agents=40, target=20)
    assert performance.load == pytest.approx(33.333, abs=5e-4)
    assert performance.waiting_probability == pytest.approx(0.1907, abs=5e-5)
    assert performance.service_level == pytest.approx(0.9372, abs=5e-5)
    assert performance.average_speed_of_answer == pytest.approx(3.43, abs=5e-3)
    assert performance.occupancy == pytest.approx(0.8333, abs=5e-5)


@pytest.mark.parametrize(("load", "agents", "waits"), [(1, 2, 1 / 3), (2, 3, 4 / 9), (0.25, 1, 0.25), (0.9, 1, 0.9)])
def test_erlang_c_agrees_with_small_lines_by_hand(load, agents, waits):
    assert line(load, agents).waiting_probability == pytest.approx(waits, rel=1e-12)


@given(st.integers(1, 40), st.integers(1, 20))
def test_the_recursion_agrees_with_the_factorial_formula_in_exact_fractions(tenths, more):
    load, agents = Fraction(tenths, 4), math.floor(tenths / 4) + more
    busy = load**agents / math.factorial(agents) * agents / (agents - load)
    exact = busy / (sum(load**k / math.factorial(k) for k in range(agents)) + busy)
    assert line(float(load), agents).waiting_probability == pytest.approx(float(exact), rel=1e-9)


@given(stable, st.floats(0, 1000))
def test_shares_lie_between_0_and_1(load_and_agents, target):
    performance = line(*load_and_agents, target)
    assert 0 <= performance.waiting_probability <= 1
    assert 0 <= performance.service_level <= 1
    assert 0 < performance.occupancy < 1
    assert performance.average_speed_of_answer >= 0
    assert performance.stable


@given(stable)
def test_one_more_agent_never_makes_anybody_wait_longer(load_and_agents):
    load, agents = load_and_agents
    fewer, more = line(load, agents), line(load, agents + 1)
    assert more.waiting_probability <= fewer.waiting_probability
    assert more.service_level >= fewer.service_level
    assert more.average_speed_of_answer <= fewer.average_speed_of_answer
    assert more.occupancy < fewer.occupancy


@given(stable, st.floats(0.001, 1000))
def test_the_unit_of_time_does_not_matter(load_and_agents, unit):
    load, agents = load_and_agents
    seconds = erlang_c(load, period=180, aht=180, agents=agents, target=20)
    other = erlang_c(load, period=180 * unit, aht=180 * unit, agents=agents, target=20 * unit)
    assert other.waiting_probability == pytest.approx(seconds.waiting_probability)
    assert other.service_level == pytest.approx(seconds.service_level)
    assert other.average_speed_of_answer == pytest.approx(unit * seconds.average_speed_of_answer)


@given(stable)
def test_one_line_for_two_teams_waits_less_than_two_lines(load_and_agents):
    load, agents = load_and_agents
    # A hair of slack for floating point, where a line is all but full.
    assert line(2 * load, 2 * agents).waiting_probability <= line(load, agents).waiting_probability + 1e-12


@pytest.mark.parametrize("agents", [1, 9, 10])
def test_a_line_whose_agents_cannot_keep_up_never_answers_in_time(agents):
    performance = erlang_c(100, agents=agents, **HALF_HOUR)
    assert not performance.stable
    assert performance.service_level == performance.answered_within(1e9) == 0
    assert performance.waiting_probability == performance.occupancy == 1
    assert performance.average_speed_of_answer == math.inf


def test_without_calls_nobody_waits():
    performance = erlang_c(0, agents=2, **HALF_HOUR)
    assert performance.waiting_probability == performance.average_speed_of_answer == performance.occupancy == 0
    assert performance.service_level == 1


def test_a_target_of_no_wait_leaves_those_who_find_somebody_free():
    performance = erlang_c(100, period=1800, aht=180, agents=14, target=0)
    assert performance.service_level == 1 - performance.waiting_probability


def test_large_lines_do_not_overflow():
    performance = line(5000, 5100)
    assert 0 < performance.waiting_probability < 0.2
    assert line(10, 10**7).waiting_probability == 0


def test_the_words_of_a_line_name_its_numbers():
    assert repr(erlang_c(100, agents=14, **HALF_HOUR)) == (
        "14 agents for 10 erlangs: waiting probability 0.174, service level 0.888 within 20, average speed of answer "
        "7.84, occupancy 0.714"
    )


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"calls": -1}, "calls is -1, but must be a number of 0 or more"),
        ({"calls": math.nan}, "calls is nan"),
        ({"calls": "100"}, "calls is '100'"),
        ({"period": 0}, "period is 0, but must be a number above 0"),
        ({"aht": 0}, "aht is 0, but must be a number above 0"),
        ({"aht": math.inf}, "aht is inf"),
        ({"agents": 0}, "agents is 0, but must be a whole number of 1 or more"),
        ({"agents": 13.5}, "agents is 13.5"),
        ({"agents": True}, "agents is True"),
        ({"target": -1}, "target is -1, but must be a number of 0 or more"),
    ],
)
def test_erlang_c_explains_what_is_wrong(changed, message):
    good = {"calls": 100, "agents": 14, **HALF_HOUR}
    with pytest.raises(ValueError, match=message):
        erlang_c(**{**good, **changed})


# --- staffing ---------------------------------------------------------------------------------------------------------


def test_staffing_gives_the_published_14_agents_and_20_staff():
    # README of ErlangC 0.1.0 and the tutorial of pyworkforce: occupancy at most 85 %, shrinkage 30 %.
    plan = staffing(100, service_level=0.8, max_occupancy=0.85, shrinkage=0.3, **HALF_HOUR)
    assert (plan.agents, plan.staff) == (14, 20)
    assert round(plan.performance.service_level, 3) == 0.888


def test_staffing_gives_the_published_40_agents_and_58_staff():
    # PyPI page of call-center-tools.
    plan = staffing(1000, period=3600, aht=120, target=20, service_level=0.8, max_occupancy=0.85, shrinkage=0.3)
    assert (plan.agents, plan.staff) == (40, 58)


def test_staffing_gives_the_published_11_agents_and_16_staff():
    # PyPI page of turbotab 0.5.0: 25 calls in 10 minutes, 180 seconds each, 80 % in 20 seconds, shrinkage 30 %.
    plan = staffing(25, period=600, aht=180, target=20, shrinkage=0.3)
    assert (plan.agents, plan.staff) == (11, 16)


@given(loads, st.floats(0.01, 0.999), st.floats(0.2, 1))
@settings(max_examples=60)
def test_staffing_reaches_the_goal_and_one_fewer_does_not(load, goal, busy):
    plan = staffing(load, period=180, aht=180, target=20, service_level=goal, max_occupancy=busy)
    assert plan.performance.service_level >= goal
    assert plan.performance.occupancy <= busy + 1e-9
    if plan.agents > 1:
        fewer = line(load, plan.agents - 1)
        assert fewer.service_level < goal or fewer.occupancy > busy


@pytest.mark.parametrize(
    ("shrinkage", "staff"), [(0, 14), (0.5, 28), (0.9, 140), (0.3, 20), (0.25, 19), (0.1, 16), (0.99, 1400)]
)
def test_shrinkage_divides_and_rounds_up_without_rounding_errors(shrinkage, staff):
    # By hand: 14 / (1 - shrinkage), rounded up.
    assert staffing(100, max_occupancy=0.72, shrinkage=shrinkage, **HALF_HOUR).staff == staff


def test_a_shop_without_calls_still_needs_somebody():
    assert staffing(0, **HALF_HOUR).agents == 1


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"service_level": 1}, "service_level is 1, but must be a number above 0 and below 1. Write 0.8 for 80 %"),
        ({"service_level": 80}, "service_level is 80"),
        ({"max_occupancy": 0}, "max_occupancy is 0, but must be a number above 0 and up to 1. Write 0.85 for 85 %"),
        ({"shrinkage": 1}, "shrinkage is 1, but must be a number of 0 or more and below 1. Write 0.3 for 30 %"),
        ({"shrinkage": -0.1}, "shrinkage is -0.1"),
    ],
)
def test_staffing_explains_what_is_wrong(changed, message):
    with pytest.raises(ValueError, match=message):
        staffing(100, **HALF_HOUR, **changed)


def test_the_table_holds_a_line_for_each_number_of_agents():
    table = staffing_table(100, agents=[14, 9], **HALF_HOUR)
    assert table.index.tolist() == [14, 9]
    assert table.index.name == "agents"
    for metric in METRICS:
        assert table.loc[14, metric] == getattr(erlang_c(100, agents=14, **HALF_HOUR), metric)


def test_an_empty_table_is_refused():
    with pytest.raises(ValueError, match="agents is empty"):
        staffing_table(100, agents=[], **HALF_HOUR)


def test_offered_load_counts_agents_that_are_never_idle():
    assert offered_load(60, period=60, aht=1) == 1


# --- simulation -------------------------------------------------------------------------------------------------------


def erlang_a(load, agents, patience):
    """Exact M/M/c+M with mean handling time 1, by its birth and death rates: (waits, abandons, mean busy agents)."""
    n = np.arange(1, 4000)
    deaths = np.minimum(n, agents) + np.maximum(n - agents, 0) / patience
    logs = np.concatenate([[0], np.cumsum(np.log(load) - np.log(deaths))])
    share = np.exp(logs - logs.max())
    share /= share.sum()
    callers = np.arange(len(share))
    waiting = (share * np.maximum(callers - agents, 0)).sum()
    return share[callers >= agents].sum(), waiting / patience / load, (share * np.minimum(callers, agents)).sum()


@pytest.mark.parametrize(
    ("calls", "aht", "agents"),
    [(100, 180, 14), (100, 180, 11), (50, 180, 6), (20, 60, 1), (600, 60, 22), (100, 180, 30)],
)
def test_simulation_agrees_with_erlang_c_within_its_own_interval(calls, aht, agents):
    simulated = simulate_queue(calls, period=1800, aht=aht, agents=agents, target=20)
    exact = erlang_c(calls, period=1800, aht=aht, agents=agents, target=20)
    for metric in METRICS:
        estimate = getattr(simulated, metric)
        assert estimate.low <= getattr(exact, metric) <= estimate.high, metric
    for time in (0, 7, 60):
        share = simulated.answered_within(time)
        assert share.low <= exact.answered_within(time) <= share.high


def errors_in_standard_errors(estimates, exact):
    """How far a mean over independent simulations lies from the exact value, in its standard errors."""
    values = np.array([estimate.value for estimate in estimates])
    halves = np.array([(estimate.high - estimate.low) / 2 / 1.96 for estimate in estimates])
    return (values.mean() - exact) / (np.sqrt((halves**2).sum()) / len(values))


@pytest.mark.parametrize(("agents", "patience"), [(14, None), (11, None), (12, 120), (10, 300), (5, 60)])
def test_simulation_has_no_bias_with_or_without_patience(agents, patience):
    seeds = range(100, 120)
    runs = [simulate_queue(100, agents=agents, patience=patience, seed=seed, **HALF_HOUR) for seed in seeds]
    waits, abandons, busy = erlang_a(10, agents, patience / 180 if patience else math.inf)
    for metric, exact in (("waiting_probability", waits), ("occupancy", busy / agents), ("abandonment", abandons)):
        if metric != "abandonment" or patience:
            assert abs(errors_in_standard_errors([getattr(run, metric) for run in runs], exact)) < 3.5, metric


def test_intervals_hold_the_exact_value_about_95_times_in_100():
    exact = erlang_c(100, agents=12, **HALF_HOUR)
    holds = []
    for seed in range(80):
        simulated = simulate_queue(100, agents=12, runs=60, calls_per_run=200, seed=seed, **HALF_HOUR)
        estimates = [getattr(simulated, metric) for metric in METRICS]
        holds.append([e.low <= getattr(exact, m) <= e.high for m, e in zip(METRICS, estimates, strict=True)])
    coverage = np.mean(holds, axis=0)
    assert (coverage > 0.87).all()
    assert 0.9 < coverage.mean() < 0.99


def test_erlang_c_asks_for_too_many_agents_where_callers_hang_up():
    needed = staffing(100, service_level=0.8, **HALF_HOUR).agents
    simulated = simulate_queue(100, agents=needed - 1, patience=120, **HALF_HOUR)
    assert erlang_c(100, agents=needed - 1, **HALF_HOUR).service_level < 0.8 < simulated.service_level.low


def test_callers_are_served_in_order_and_who_gives_up_delays_nobody():
    class Given:
        """Draws that were written down beforehand."""

        def __init__(self, *draws):
            self.draws = draws

        def spawn(self, n):
            return [Given(draw) for draw in self.draws]

        def exponential(self, mean, size):
            return mean * np.array(self.draws[0], dtype=float).reshape(size)

    # One agent, a call each minute. The first talks for 5 minutes, until 6. The second would wait 4 and has
    # patience for 3. The third waits from 3 to 6, talks until 7, and the fourth waits from 4 to 7.
    one = _Line(Given([1, 1, 1, 1], [5, 1, 1, 1], [9, 3, 9, 9]), 1, 1, 1.0, 1.0, 1.0)
    arrivals, waits, handling, abandoned = (part.ravel().tolist() for part in one.serve(4))
    assert arrivals == [1, 2, 3, 4]
    assert waits == [0, 4, 3, 3]
    assert handling == [5, 1, 1, 1]
    assert abandoned == [False, True, False, False]
    assert one.free.tolist() == [[8]]


def test_the_same_seed_gives_the_same_line_and_another_seed_another():
    first, again, other = (simulate_queue(100, agents=12, patience=90, seed=seed, **HALF_HOUR) for seed in (3, 3, 4))
    assert first == again
    assert np.array_equal(first.waits, again.waits)
    assert first != other


def test_service_level_of_the_simulation_is_the_share_answered_within_the_target():
    simulated = simulate_queue(100, agents=12, patience=90, **HALF_HOUR)
    assert simulated.answered_within(20) == simulated.service_level
    assert simulated.service_level.value == np.mean(~simulated.abandoned & (simulated.waits <= 20))


def test_more_runs_narrow_the_interval():
    few, many = (simulate_queue(100, agents=12, runs=runs, **HALF_HOUR).service_level for runs in (50, 400))
    assert many.high - many.low < few.high - few.low


def test_more_confidence_widens_the_interval():
    less, more = (simulate_queue(100, agents=12, confidence=c, **HALF_HOUR).service_level for c in (0.9, 0.99))
    assert more.low < less.low
    assert more.high > less.high
    assert (less.confidence, more.confidence) == (0.9, 0.99)


def test_n_is_the_number_of_calls_behind_each_value():
    simulated = simulate_queue(100, agents=12, patience=90, runs=20, calls_per_run=50, **HALF_HOUR)
    assert simulated.waiting_probability.n == simulated.occupancy.n == simulated.abandonment.n == 1000
    assert simulated.average_speed_of_answer.n == (~simulated.abandoned).sum()
    assert simulated.waits.shape == (50, 20)


def test_without_patience_nobody_hangs_up():
    simulated = simulate_queue(100, agents=12, **HALF_HOUR)
    assert not simulated.abandoned.any()
    assert repr(simulated.abandonment) == "Abandonment 0.00, 95% interval 0.00 to 0.00 (n = 100000, nobody hangs up)"


def test_a_line_in_which_nobody_waited_is_not_taken_for_one_in_which_nobody_ever_would():
    simulated = simulate_queue(10, agents=9, runs=10, calls_per_run=20, **HALF_HOUR)
    assert simulated.waiting_probability.value == simulated.average_speed_of_answer.value == 0
    assert simulated.waiting_probability.high > 0.01
    assert simulated.average_speed_of_answer.high == simulated.waiting_probability.high * 180


def test_an_overloaded_line_settles_if_callers_hang_up():
    simulated = simulate_queue(100, agents=5, patience=60, **HALF_HOUR)
    # By hand: five agents, if never idle, could serve half of ten erlangs.
    assert 0.5 < simulated.abandonment.value < 0.55
    assert simulated.occupancy.value == pytest.approx(2 * (1 - simulated.abandonment.value), abs=0.01)


def test_without_warm_up_the_empty_line_at_the_start_counts():
    cold, warm = (
        simulate_queue(100, agents=11, calls_per_run=50, warm_up=warm_up, **HALF_HOUR) for warm_up in (0, 2000)
    )
    assert cold.waiting_probability.high < warm.waiting_probability.low


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"agents": 10}, "the load is 10 erlangs, but there are 10 agents and nobody hangs up"),
        ({"calls": 109.99, "agents": 11}, "would settle only after .* calls. Take more agents"),
        ({"agents": 10, "patience": 1e9}, "would settle only after"),
        ({"calls": 0}, "calls is 0, but must be a number above 0"),
        ({"patience": 0}, "patience is 0, but must be a number above 0"),
        ({"runs": 1}, "runs is 1, but must be a whole number of 2 or more"),
        ({"calls_per_run": 1}, "calls_per_run is 1"),
        ({"warm_up": -1}, "warm_up is -1, but must be a whole number of 0 or more"),
        ({"target": -1}, "target is -1"),
        ({"agents": 0}, "agents is 0"),
        ({"confidence": 95}, "confidence is 95"),
    ],
)
def test_the_simulation_explains_what_is_wrong(changed, message):
    good = {"calls": 100, "agents": 14, **HALF_HOUR}
    with pytest.raises(ValueError, match=message):
        simulate_queue(**{**good, **changed})
