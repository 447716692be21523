"""Tests of cxux_helpers.usability.performance: completion, time, problem discovery and lostness."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.usability.performance import completion_rate, lostness, problem_discovery, time_on_task, users_needed

counts = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
guesses = st.sampled_from(["mle", "laplace", "wilson", "jeffreys"])
shares = st.floats(0.01, 0.99)
times = st.floats(0.1, 10_000)

# --- completion rate


def test_completion_rate_has_the_published_interval():
    # Tullis, measuringux.com/adjustedwald.htm: 4 of 5 people, 0.3596 to 0.9796 with z rounded to 1.96.
    rate = completion_rate(4, 5)
    assert rate.value == 0.8
    assert rate.low == pytest.approx(0.3596, abs=2e-4)
    assert rate.high == pytest.approx(0.9796, abs=2e-4)
    assert (rate.n, rate.method, rate.name) == (5, "adjusted Wald", "Completion rate")


def test_laplace_estimate_is_the_published_one():
    # MeasuringU, wald.htm: 4 of 5 gives 5/7.
    assert completion_rate(4, 5, estimate="laplace").value == pytest.approx(0.7142857142857143, abs=1e-12)


@pytest.mark.parametrize(
    ("estimate", "value", "author"),
    [("laplace", 0.9118, "LaPlace"), ("wilson", 0.9045, "Wilson"), ("jeffreys", 0.9158, "Jeffreys")],
)
def test_point_estimates_of_92_in_100_are_the_published_ones(estimate, value, author):
    # freesmartcalculator.com/statistics/point-estimate-calculator: the table of its example.
    rate = completion_rate(92, 100, estimate=estimate)
    assert rate.value == pytest.approx(value, abs=5e-5)
    assert rate.method == f"{author} estimate, adjusted Wald"
    plain = completion_rate(92, 100)
    assert (plain.value, plain.low, plain.high, plain.n) == (0.92, rate.low, rate.high, rate.n)


@pytest.mark.parametrize(
    ("estimate", "none", "all_of_them"),
    [("mle", 0, 1), ("laplace", 1 / 7, 6 / 7), ("jeffreys", 0.5 / 6, 5.5 / 6), ("wilson", 1.9207 / 8.8415, None)],
)
def test_nobody_and_everybody_of_five(estimate, none, all_of_them):
    # By hand, with z² = 3.8415.
    assert completion_rate(0, 5, estimate=estimate).value == pytest.approx(none, abs=1e-4)
    mirrored = 1 - none if all_of_them is None else all_of_them
    assert completion_rate(5, 5, estimate=estimate).value == pytest.approx(mirrored, abs=1e-4)


def test_wilson_estimate_follows_the_confidence_level():
    # By hand: z = 1.644854 at 90 %, so z² = 2.705543 and the estimate (9 + 1.352772) / (10 + 2.705543).
    rate = completion_rate(9, 10, estimate="wilson", confidence=0.90)
    assert rate.value == pytest.approx(10.352772 / 12.705543, abs=1e-6)
    assert rate.confidence == 0.90


@settings(deadline=None)
@given(counts, guesses, st.floats(0.9, 0.999))
def test_every_point_estimate_lies_in_the_interval_and_the_interval_in_0_to_1(count_and_n, estimate, confidence):
    rate = completion_rate(*count_and_n, estimate=estimate, confidence=confidence)
    assert 0 <= rate.low <= rate.high <= 1
    assert rate.low <= rate.value <= rate.high


@settings(deadline=None)
@given(counts, guesses)
def test_success_and_failure_mirror_each_other(count_and_n, estimate):
    x, n = count_and_n
    passed, failed = completion_rate(x, n, estimate=estimate), completion_rate(n - x, n, estimate=estimate)
    assert passed.value == pytest.approx(1 - failed.value)
    assert passed.low == pytest.approx(1 - failed.high, abs=1e-9)


@settings(deadline=None)
@given(counts)
def test_ten_times_the_people_narrow_the_completion_interval(count_and_n):
    x, n = count_and_n
    few, many = completion_rate(x, n), completion_rate(10 * x, 10 * n)
    assert many.high - many.low < few.high - few.low


@settings(deadline=None)
@given(st.lists(st.booleans(), min_size=1, max_size=30), st.randoms())
def test_outcomes_count_like_their_sum_in_any_order(outcomes, random):
    shuffled = random.sample(outcomes, len(outcomes))
    counted = completion_rate(sum(outcomes), len(outcomes))
    assert completion_rate(shuffled) == counted
    assert completion_rate(pd.Series(shuffled).astype(int)) == counted
    assert completion_rate(np.array(shuffled)) == counted


def test_completion_intervals_hold_the_true_rate_about_as_often_as_they_say():
    rng = np.random.default_rng(5)
    tests = [completion_rate(rng.random(12) < 0.7) for _ in range(800)]
    assert 0.93 < np.mean([test.low <= 0.7 <= test.high for test in tests]) < 0.98


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        ((4,), {}, "completed is 4, but n is missing"),
        ((6, 5), {}, "count is 6, but must lie between 0 and n = 5"),
        ((-1, 5), {}, "completed is -1, but must be a whole number of 0 or more"),
        ((0, 0), {}, "n is 0, but must be a whole number of 1 or more"),
        ((2.5, 5), {}, "completed is 2.5"),
        ((True, 5), {}, "completed is True"),
        (([True, None],), {}, "'completed' has no value in 1 of 2 rows"),
        (([1, 2],), {}, "'completed' has neither yes nor no"),
        (([],), {}, "completed is empty"),
        ((4, 5), {"estimate": "LaPlace"}, "estimate is 'LaPlace'. Give 'mle', 'laplace', 'wilson' or 'jeffreys'"),
        ((4, 5), {"confidence": 95}, "Write 0.95 for 95 %"),
    ],
)
def test_completion_rate_explains_what_is_wrong(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        completion_rate(*arguments, **options)


# --- time on task


def test_time_on_task_has_the_published_mean_and_interval():
    # MeasuringU, time_intervals: geometric mean 68 seconds, 95 % interval 46 to 101.
    time = time_on_task([55, 65, 75, 62, 45, 135])
    assert time.value == pytest.approx(68, abs=0.5)
    assert time.low == pytest.approx(46, abs=0.5)
    assert time.high == pytest.approx(101, abs=0.5)
    assert (time.n, time.name) == (6, "Time on task")
    assert time.method == "geometric mean of successes, t on logarithms"


def test_time_on_task_can_be_done_by_hand():
    # Logarithms to base 2 of 2 and 8 are 1 and 3: mean 2, s = √2, s/√n = 1, t(1) = 12.706 at 95 % and 6.314 at 90 %.
    time = time_on_task([2, 8])
    assert time.value == pytest.approx(4)
    assert time.low == pytest.approx(2 ** (2 - 12.7062), rel=1e-4)
    assert time.high == pytest.approx(2 ** (2 + 12.7062), rel=1e-4)
    wider = time_on_task([2, 8], confidence=0.90)
    assert wider.high == pytest.approx(2 ** (2 + 6.3138), rel=1e-4)
    assert wider.confidence == 0.90


def test_failures_are_left_out_and_their_times_may_be_missing():
    successes = time_on_task([55, 65, 75])
    assert time_on_task([55, 5, 65, 75, None], [True, False, True, True, False]) == successes
    table = pd.DataFrame({"seconds": [55.0, 65, 75, 0], "done": [1, 1, 1, 0]}, index=list("abcd"))
    assert time_on_task(table["seconds"], table["done"]) == successes
    assert time_on_task(table["seconds"], [1, 1, 1, 0]) == successes


def test_median_stands_between_the_ranks_of_the_table():
    # Table A.7 of a statistics text (coursehero.com/file/5646626): for n = 6, 9, 12, 15 and 20, the 95 % interval of
    # the median runs from rank 1 to 6, 2 to 8, 3 to 10, 4 to 12 and 6 to 15.
    for n, low, high in [(6, 1, 6), (9, 2, 8), (12, 3, 10), (15, 4, 12), (20, 6, 15)]:
        median = time_on_task(np.arange(n, 0, -1), average="median")
        assert (median.value, median.low, median.high, median.n) == ((n + 1) / 2, low, high, n)
    assert median.method == "median of successes, binomial ranks"
    assert (median.name, median.confidence) == ("Time on task", 0.95)


def test_median_needs_six_people_for_an_interval_of_95_percent():
    five = time_on_task([50, 10, 40, 20, 30], average="median")
    assert (five.value, five.low, five.high) == (30, 0, math.inf)
    # With 2/2⁵ = 6 % outside, five people do for 90 %.
    less = time_on_task([50, 10, 40, 20, 30], average="median", confidence=0.90)
    assert (less.low, less.high, less.confidence) == (10, 50, 0.90)


@pytest.mark.parametrize("average", ["geometric", "median"])
def test_one_time_alone_bounds_nothing(average):
    time = time_on_task([42], average=average)
    assert time.value == pytest.approx(42)
    assert (time.low, time.high, time.n) == (0, math.inf, 1)


def test_an_interval_beyond_all_numbers_is_infinite():
    time = time_on_task([1, 1e6], confidence=0.9999)
    assert (time.low, time.high) == (0, math.inf)


@settings(deadline=None)
@given(
    st.lists(times, min_size=2, max_size=20),
    st.floats(0.1, 100),
    st.randoms(),
    st.sampled_from(["geometric", "median"]),
)
def test_time_scales_with_its_unit_and_ignores_order(seconds, unit, random, average):
    once = time_on_task(seconds, average=average)
    scaled = time_on_task([unit * second for second in random.sample(seconds, len(seconds))], average=average)
    assert min(seconds) <= once.value * (1 + 1e-12) and once.value * (1 - 1e-12) <= max(seconds)
    for end in ("value", "low", "high"):
        assert getattr(scaled, end) == pytest.approx(unit * getattr(once, end), rel=1e-6)


@settings(deadline=None)
@given(st.lists(times, min_size=2, max_size=20))
def test_geometric_mean_is_never_above_the_arithmetic_one(seconds):
    assert time_on_task(seconds).value <= np.mean(seconds) * (1 + 1e-12)


@pytest.mark.parametrize(("average", "n"), [("geometric", 8), ("median", 30)])
def test_time_intervals_hold_the_true_middle_about_as_often_as_they_say(average, n):
    rng = np.random.default_rng(11)
    tests = [time_on_task(sample, average=average) for sample in rng.lognormal(4, 0.5, size=(400, n))]
    assert 0.93 < np.mean([test.low <= math.exp(4) <= test.high for test in tests]) < 0.985


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (([55, 0],), {}, "'times' has a time of a success that is not above 0 in 1 of 2 rows, first 0.0 in row 1"),
        (([-5, 55],), {}, "first -5.0 in row 0 .*Look the times up"),
        (([55, math.inf],), {}, "not above 0 in 1 of 2 rows, first inf"),
        (([55, None],), {}, "'times' has no time of a success in 1 of 2 rows, first nan in row 1"),
        (([9, None, None], [0, 1, 0]), {}, "no time of a success in 1 of 3 rows, first nan in row 1"),
        (([55, "65"],), {}, "'times' has no number in 1 of 2 rows"),
        (([],), {}, "times is empty"),
        (([55, 65], [False, False]), {}, "nobody completed the task"),
        (([55, 65], [True]), {}, "times has 2 values, but completed has 1"),
        ((pd.Series([5, 6]), pd.Series([1, 1], index=[1, 2])), {}, "indexes of times and completed differ"),
        (([55],), {"average": "mean"}, "average is 'mean'. Give 'geometric' or 'median'"),
        (([55],), {"confidence": 95}, "Write 0.95 for 95 %"),
        (([55] * 9,), {"average": "median", "confidence": 95}, "Write 0.95 for 95 %"),
    ],
)
def test_time_on_task_explains_what_is_wrong(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        time_on_task(*arguments, **options)


# --- problem discovery


def test_users_needed_is_the_published_number():
    # MeasuringU, qualitative_sidebar: 90 % chance to see a problem that hits 10 %: 21.85, so 22 people.
    assert users_needed(0.10, 0.90, whole=False) == pytest.approx(21.85, abs=0.01)
    assert users_needed(0.10, 0.90) == 22
    assert isinstance(users_needed(0.10, 0.90), int)


def test_five_people_find_about_85_percent_at_31():
    # Nielsen and Landauer (1993), as in Nielsen's "Why you only need to test with 5 users" (2000).
    assert problem_discovery(0.31, 5) == pytest.approx(0.85, abs=0.01)


@pytest.mark.parametrize(("p", "n", "seen"), [(0.5, 1, 0.5), (0.5, 3, 0.875), (0.1, 2, 0.19), (0.2, 3, 0.488)])
def test_problem_discovery_can_be_done_by_hand(p, n, seen):
    assert problem_discovery(p, n) == pytest.approx(seen)
    # The goal is met exactly: no further person is needed, but one more for a hair above.
    assert users_needed(p, seen) == n
    assert users_needed(p, seen + 1e-6) == n + 1
    assert users_needed(p, seen, whole=False) == pytest.approx(n)


def test_rare_problems_keep_their_digits():
    assert problem_discovery(1e-12, 3) == pytest.approx(3e-12, rel=1e-9)
    assert users_needed(0.9, 1e-12) == 1


@settings(deadline=None)
@given(shares, shares)
def test_users_needed_is_the_smallest_number_that_reaches_the_goal(p, goal):
    people = users_needed(p, goal)
    assert problem_discovery(p, people) >= goal - 1e-9
    assert people == 1 or problem_discovery(p, people - 1) < goal
    assert people >= users_needed(p, goal, whole=False) - 1e-6


@settings(deadline=None)
@given(shares, st.integers(1, 50))
def test_more_people_see_more_and_common_problems_show_sooner(p, n):
    assert 0 < problem_discovery(p, n) <= 1
    assert problem_discovery(p, n + 1) >= problem_discovery(p, n)
    assert problem_discovery(p + 0.005, n) >= problem_discovery(p, n)


@pytest.mark.parametrize("p", [0, 1, -0.1, 31, math.nan, "0.3", True])
def test_a_share_of_people_lies_between_0_and_1(p):
    with pytest.raises(ValueError, match=r"p is .*but must be a number above 0 and below 1"):
        problem_discovery(p, 5)
    with pytest.raises(ValueError, match=r"p is .*but must be a number above 0 and below 1"):
        users_needed(p, 0.9)
    with pytest.raises(ValueError, match=r"goal is .*but must be a number above 0 and below 1"):
        users_needed(0.1, p)


@pytest.mark.parametrize("n", [0, 2.5, True, "5"])
def test_problem_discovery_needs_people(n):
    with pytest.raises(ValueError, match=r"n is .*but must be a whole number of 1 or more"):
        problem_discovery(0.3, n)


# --- lostness


def test_lostness_is_the_published_one():
    # Tullis and Albert, Measuring the User Experience, example to figure 4.8: N = 6, S = 9, R = 3 gives 0.60.
    assert lostness(6, 9, 3) == pytest.approx(0.60, abs=0.005)
    assert lostness(unique=6, total=9, minimum=3) == lostness(6, 9, 3)


def test_lostness_can_be_done_by_hand():
    assert lostness(3, 3, 3) == 0
    # Only detours: R/N = 1/2. Only repeats: N/S = 1/4.
    assert lostness(4, 4, 2) == 0.5
    assert lostness(2, 8, 2) == 0.75
    # Both: 3/5 and 4/5 short make 3-4-5 with the hypotenuse 1.
    assert lostness(10, 25, 2) == pytest.approx(1)


@settings(deadline=None)
@given(st.integers(1, 30), st.integers(0, 30), st.integers(0, 30))
def test_lostness_grows_with_every_detour_and_every_repeat(minimum, detours, repeats):
    unique = minimum + detours
    lost = lostness(unique, unique + repeats, minimum)
    assert 0 <= lost < math.sqrt(2)
    assert (lost == 0) == (detours == repeats == 0)
    assert lostness(unique, unique + repeats + 1, minimum) > lost


@pytest.mark.parametrize(
    ("pages", "message"),
    [
        ((9, 6, 3), "unique is 9, above total, 6.*perhaps the two are swapped"),
        ((2, 5, 3), "unique is 2, below minimum, 3. Leave unfinished tasks out"),
        ((0, 5, 3), "unique is 0"),
        ((3, 0, 3), "total is 0"),
        ((3, 5, 0), "minimum is 0"),
        ((3.5, 5, 1), "unique is 3.5"),
    ],
)
def test_lostness_explains_what_is_wrong(pages, message):
    with pytest.raises(ValueError, match=message):
        lostness(*pages)


def test_a_goal_that_is_met_exactly_takes_no_person_more():
    # ln(1 − 0.01) / ln(1 − 0.01) is 1, but floats make it 1.0000000000000009.
    goal = 1 - (1 - 0.01)
    assert math.log1p(-goal) / math.log1p(-0.01) > 1
    assert users_needed(0.01, goal) == 1


@pytest.mark.parametrize("confidence", [0, 1, 1.5, 95])
def test_a_median_wants_a_confidence_between_0_and_1(confidence):
    with pytest.raises(ValueError, match=r"confidence is .*above 0 and below 1.* Write 0\.95 for 95 %"):
        time_on_task([10, 12, 15], average="median", confidence=confidence)
