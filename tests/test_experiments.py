"""Tests of cxux_helpers.experiments: published figures, properties, and what peeking does."""

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cxux_helpers.experiments import (
    compare_arms,
    compare_proportions,
    power_of_proportions,
    sample_size_for_proportions,
    simulate_peeking,
)


@st.composite
def groups(draw):
    n = draw(st.integers(1, 200))
    return draw(st.integers(0, n)), n


def test_three_arms_of_the_tip_trial_differ():
    # Counts: Stat2Data TipJoke, a randomised trial in a coffee bar; chi2 9.9533, df 2, p 0.0069.
    result = compare_arms({"joke": (30, 72), "advertisement": (14, 74), "none": (16, 65)})
    assert result.chi2 == pytest.approx(9.9533, abs=1e-4)
    assert result.df == 2 and result.p_value == pytest.approx(0.0069, abs=1e-4)


def test_sample_sizes_of_both_formulas_are_the_published_ones():
    # Arcsine: a public notebook with statsmodels, 76.65294. Pooled variance: 76.707. Either way 77 people.
    assert sample_size_for_proportions(0.5, 0.75, power=0.9) == pytest.approx(76.65294, abs=1e-4)
    assert sample_size_for_proportions(0.5, 0.75, power=0.9, formula="pooled") == pytest.approx(76.707, abs=1e-3)


@settings(deadline=None)
@given(groups(), groups())
def test_the_order_of_the_groups_changes_only_the_sign(one, other):
    there, back = compare_proportions(*one, *other), compare_proportions(*other, *one)
    assert there.p_value == pytest.approx(back.p_value)
    assert there.difference.value == pytest.approx(-back.difference.value)
    assert there.difference.low == pytest.approx(-back.difference.high)


@settings(deadline=None)
@given(groups(), groups())
def test_p_values_and_intervals_keep_their_bounds(one, other):
    result = compare_proportions(*one, *other)
    assert 0 <= result.p_value <= 1
    assert -1 <= result.difference.low <= result.difference.high <= 1


@settings(deadline=None)
@given(groups(), groups())
def test_two_arms_agree_with_the_comparison_of_two_shares(one, other):
    total = one[1] + other[1]
    hits = one[0] + other[0]
    assume(0 < hits < total and min(one[1], other[1]) * min(hits, total - hits) / total >= 1)
    arms = compare_arms({"one": one, "other": other})
    from scipy import stats

    # The N−1 test is Pearson's statistic, a little smaller.
    assert compare_proportions(*one, *other).p_value == pytest.approx(
        stats.chi2.sf(arms.chi2 * (total - 1) / total, 1), abs=1e-9
    )


def test_tiny_groups_are_left_to_the_exact_test():
    result = compare_proportions(1, 3, 0, 3)
    assert result.method == "Fisher's exact test" and result.p_value == pytest.approx(1.0)  # 0 or 1 of 3: both likely


@pytest.mark.parametrize("hits", [(0, 0), (9, 7)])
def test_groups_that_are_all_alike_do_not_differ(hits):
    result = compare_proportions(hits[0], 9, hits[1], 7)
    assert result.p_value == 1 and result.method == "all alike"


def test_more_people_narrow_the_interval():
    small, large = compare_proportions(3, 10, 5, 10), compare_proportions(300, 1000, 500, 1000)
    assert large.difference.high - large.difference.low < small.difference.high - small.difference.low


def test_the_interval_holds_the_true_difference_in_about_95_of_100_experiments():
    rng = np.random.default_rng(7)
    hits = rng.binomial(40, [0.3, 0.5], size=(1500, 2))
    intervals = [compare_proportions(int(a), 40, int(b), 40).difference for a, b in hits]
    held = np.mean([i.low <= -0.2 <= i.high for i in intervals])
    assert 0.93 <= held <= 0.98


@given(st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_the_sample_size_gives_the_power_that_was_asked_for(one, other):
    assume(abs(one - other) > 0.05)
    n = math.ceil(sample_size_for_proportions(one, other, power=0.8))
    assert power_of_proportions(one, other, max(n, 2)) >= 0.8 - 1e-6


def test_a_smaller_difference_needs_more_people():
    sizes = [sample_size_for_proportions(0.5, 0.5 + gap) for gap in (0.2, 0.1, 0.05)]
    assert sizes == sorted(sizes)


def test_peeking_finds_what_is_not_there():
    lab = simulate_peeking(looks=10, runs=4000)
    assert lab.at_the_end.low <= 0.05 <= lab.at_the_end.high
    # Ten looks at 5 % raise the false alarms to about 19 % (Armitage, McPherson and Rowe 1969).
    assert lab.at_any_look.value == pytest.approx(0.193, abs=0.02)


def test_one_look_is_no_peeking_and_the_seed_decides():
    lab = simulate_peeking(looks=1, runs=300, seed=3)
    assert lab.at_the_end.value == lab.at_any_look.value
    assert simulate_peeking(runs=50, seed=3) == simulate_peeking(runs=50, seed=3)
    assert simulate_peeking(runs=200, seed=3) != simulate_peeking(runs=200, seed=4)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: compare_proportions(5, 4, 1, 4), "group 1 has 5 successes among 4"),
        (lambda: compare_proportions(1, 4, 1, 0), "n of group 2"),
        (lambda: compare_proportions(1.5, 4, 1, 4), "successes of group 1"),
        (lambda: compare_arms({"only": (1, 2)}), "two or more"),
        (lambda: compare_arms({"a": (0, 2), "b": (0, 3)}), "nothing to compare"),
        (lambda: sample_size_for_proportions(0.5, 0.5), "no difference to see"),
        (lambda: sample_size_for_proportions(0, 0.5), "share_1 is 0"),
        (lambda: sample_size_for_proportions(0.4, 0.5, power=0.04), "power is 0.04"),
        (lambda: sample_size_for_proportions(0.4, 0.5, formula="magic"), "choose 'arcsine' or 'pooled'"),
        (lambda: power_of_proportions(0.4, 0.5, 100, level=5), "level is 5"),
        (lambda: power_of_proportions(0.4, 0.5, 1), "n is 1"),
        (lambda: simulate_peeking(looks=0), "looks is 0"),
        (lambda: simulate_peeking(looks=10, n=5), "n is 5"),
        (lambda: simulate_peeking(share=1), "share is 1"),
    ],
)
def test_impossible_experiments_are_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
