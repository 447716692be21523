"""Tests of cxux_helpers.surveys.nps: score, standard error, interval, difference of two groups, and sample size."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxux_helpers.surveys.nps import (
    NPSCounts,
    nps,
    nps_counts,
    nps_difference,
    nps_sample_size,
    nps_standard_error,
    nps_test,
)

# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")

ratings = st.lists(st.integers(0, 10), min_size=1, max_size=60)
counts = (
    st.tuples(st.integers(0, 300), st.integers(0, 300), st.integers(0, 300)).filter(any).map(lambda c: NPSCounts(*c))
)
levels = st.floats(0.5, 0.999)


# -- published figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("groups", "score", "variance", "error"),
    [((1, 2, 3), 0.3333, 0.5556, 0.304), ((0, 1, 1), 0.5, 0.25, 0.354), ((0, 1, 0), 0, 0, 0)],
)
def test_score_variance_and_standard_error_are_those_of_the_r_package_nps(groups, score, variance, error):
    # R package NPS by B. Rocks, github brendan-r/NPS, tests/testthat/test_01_basics.R; there from -1 to 1.
    counted = NPSCounts(*groups)
    assert nps(counted).value / 100 == pytest.approx(score, abs=6e-4)
    assert nps_standard_error(counted) / 100 == pytest.approx(error, abs=6e-4)
    assert counted.n * (nps_standard_error(counted) / 100) ** 2 == pytest.approx(variance, abs=6e-4)


def test_score_of_ratings_is_that_of_quantux():
    # github TamasSmahajcsikszabo/quantUX, tests; there from -1 to 1, rounded.
    assert nps([10, 7, 6, 9, 10, 8, 10, 10, 9, 8, 7, 5, 8, 0, 9]).value / 100 == pytest.approx(0.27, abs=0.005)


def test_interval_is_that_of_the_published_formula():
    # Rocks (2016) and the R package NPS: 0.75, 1.5 and 0.75 ratings added to 1, 2 and 3; reference figure.
    estimate = nps(NPSCounts(1, 2, 3))
    assert estimate.low / 100 == pytest.approx(-0.26743, abs=1e-4)
    assert estimate.high / 100 == pytest.approx(0.71188, abs=1e-4)


# -- score and interval by hand -----------------------------------------------------------------------------


def test_classes_end_at_6_and_at_8():
    assert nps_counts(range(11)) == NPSCounts(detractors=7, passives=2, promoters=2)
    assert [nps([rating]).value for rating in (0, 6, 7, 8, 9, 10)] == [-100, -100, 0, 0, 100, 100]


def test_estimate_says_what_it_is():
    estimate = nps([6, 7, 8, 9, 10, 10], confidence=0.9)
    assert (estimate.name, estimate.n, estimate.confidence) == ("NPS", 6, 0.9)
    assert estimate.method == "adjusted Wald"
    assert estimate.value == pytest.approx(100 / 3)


def test_intervals_are_at_95_percent_unless_told_otherwise():
    assert nps([9, 3]).confidence == nps_difference([9], [3]).confidence == 0.95


def test_scores_are_as_exact_as_a_pocket_calculator():
    # 100 times the difference of two shares would be 28.999999999999996.
    assert nps(NPSCounts(0, 71, 29)).value == 29


def test_interval_at_another_confidence_by_hand():
    # Adjusted: 1.75, 3.5 and 3.75 of 9; score 2/9, variance 5.5/9 − 4/81 = 45.5/81; z of 80 % is 1.281552.
    estimate = nps(NPSCounts(1, 2, 3), confidence=0.8)
    reach = 1.281552 * math.sqrt(45.5 / 81 / 9)
    assert estimate.low == pytest.approx(100 * (2 / 9 - reach), abs=1e-3)
    assert estimate.high == pytest.approx(100 * (2 / 9 + reach), abs=1e-3)


def test_interval_has_a_width_where_all_agree_and_the_standard_error_has_none():
    everybody = NPSCounts(0, 0, 30)
    assert nps_standard_error(everybody) == 0
    assert nps(everybody).low < 90 < nps(everybody).high == 100


def test_interval_is_cut_to_what_a_score_can_be():
    assert nps(NPSCounts(0, 0, 10)).high == 100
    assert nps(NPSCounts(10, 0, 0)).low == -100


def test_single_promoter_lies_outside_its_interval():
    # Adjusted: 0.75, 1.5 and 1.75 of 4; score 0.25, standard error 0.375; z of 95 % is 1.959964.
    estimate = nps([10])
    assert estimate.value == 100
    assert estimate.high == pytest.approx(25 + 37.5 * 1.959964, abs=1e-3)


def test_standard_error_never_comes_from_a_variance_below_0():
    assert all(nps_standard_error(NPSCounts(0, 0, n)) == 0 for n in range(1, 200))


# -- properties ---------------------------------------------------------------------------------------------


@given(ratings)
def test_score_is_what_a_loop_counts(given_ratings):
    net = sum((rating > 8) - (rating < 7) for rating in given_ratings)
    assert nps(given_ratings).value == pytest.approx(100 * net / len(given_ratings))
    scores = [100 * ((rating > 8) - (rating < 7)) for rating in given_ratings]
    assert nps_standard_error(given_ratings) == pytest.approx(np.std(scores) / math.sqrt(len(scores)), abs=1e-5)


@given(counts, levels)
def test_interval_stays_on_the_scale_and_widens_with_confidence(counted, level):
    less, more = nps(counted, confidence=level), nps(counted, confidence=(1 + level) / 2)
    assert -100 <= more.low <= less.low <= less.high <= more.high <= 100


@given(ratings.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_order_of_ratings_does_not_matter(both):
    rows, shuffled = both
    assert nps(rows) == nps(shuffled)


@given(counts)
def test_promoters_mirror_detractors(counted):
    mirrored = nps(NPSCounts(counted.promoters, counted.passives, counted.detractors))
    estimate = nps(counted)
    assert estimate.value == -mirrored.value
    assert estimate.low == pytest.approx(-mirrored.high)
    assert estimate.high == pytest.approx(-mirrored.low)


@given(counts)
def test_ten_times_the_ratings_keep_the_score_and_narrow_the_interval(counted):
    few, many = (
        nps(counted),
        nps(NPSCounts(*(10 * c for c in (counted.detractors, counted.passives, counted.promoters)))),
    )
    assert many.value == pytest.approx(few.value)
    assert many.high - many.low < few.high - few.low


@given(counts)
def test_a_further_promoter_never_lowers_the_score(counted):
    more = NPSCounts(counted.detractors, counted.passives, counted.promoters + 1)
    assert nps(more).value >= nps(counted).value
    assert nps(more).low >= nps(counted).low - 1e-9


@pytest.mark.parametrize(("shares", "n"), [((0.2, 0.3, 0.5), 20), ((0.05, 0.15, 0.8), 30), ((0.4, 0.2, 0.4), 60)])
def test_interval_holds_the_true_score_about_as_often_as_it_says(shares, n):
    truth = 100 * (shares[2] - shares[0])
    samples = [nps(NPSCounts(*map(int, draw))) for draw in np.random.default_rng(5).multinomial(n, shares, 1500)]
    assert 0.93 < np.mean([sample.low <= truth <= sample.high for sample in samples]) < 0.985


# -- two groups ---------------------------------------------------------------------------------------------


def test_difference_by_hand():
    # Adjusted: 20.75, 31.5 and 50.75 of 103; and 30.75, 36.5 and 35.75 of 103.
    estimate = nps_difference(NPSCounts(20, 30, 50), NPSCounts(30, 35, 35))
    middle = 30 / 103 - 5 / 103
    error = math.sqrt((71.5 / 103 - (30 / 103) ** 2) / 103 + (66.5 / 103 - (5 / 103) ** 2) / 103)
    assert estimate.value == 25
    assert estimate.low == pytest.approx(100 * (middle - 1.959964 * error), abs=1e-3)
    assert estimate.high == pytest.approx(100 * (middle + 1.959964 * error), abs=1e-3)
    assert (estimate.n, estimate.name, estimate.method) == (200, "NPS difference", "adjusted Wald")
    z, p_value = nps_test(NPSCounts(20, 30, 50), NPSCounts(30, 35, 35))
    assert z == pytest.approx(middle / error)
    assert p_value == pytest.approx(math.erfc(middle / error / math.sqrt(2)))


def test_difference_of_groups_of_unequal_size_weighs_each_error_by_its_own_size():
    # Adjusted: 0.75, 1.5 and 5.75 of 8; and 50.75, 1.5 and 0.75 of 53.
    estimate = nps_difference([10, 10, 10, 9, 9], [0] * 50, confidence=0.9)
    middle = 5 / 8 + 50 / 53
    error = math.sqrt((6.5 / 8 - (5 / 8) ** 2) / 8 + (51.5 / 53 - (50 / 53) ** 2) / 53)
    assert estimate.value == 200
    assert estimate.low == pytest.approx(100 * (middle - 1.644854 * error), abs=1e-3)
    assert estimate.confidence == 0.9


def test_difference_is_cut_to_200():
    assert nps_difference([10] * 50, [0] * 50, confidence=0.99).high == 200
    assert nps_difference([0] * 50, [10] * 50, confidence=0.99).low == -200


@given(counts, counts)
def test_swapping_the_groups_turns_the_sign(one, other):
    forth, back = nps_difference(one, other), nps_difference(other, one)
    assert forth.value == -back.value
    assert forth.low == pytest.approx(-back.high)
    assert nps_test(one, other).z == pytest.approx(-nps_test(other, one).z)
    assert nps_test(one, other).p_value == pytest.approx(nps_test(other, one).p_value)
    assert -200 <= forth.low <= forth.high <= 200


@given(counts, counts)
def test_test_and_interval_agree(one, other):
    estimate, p_value = nps_difference(one, other), nps_test(one, other).p_value
    if abs(p_value - 0.05) > 1e-9:
        assert (p_value < 0.05) == (estimate.low > 0 or estimate.high < 0)


@given(counts)
def test_a_group_does_not_differ_from_itself(counted):
    assert nps_difference(counted, counted).value == 0
    assert nps_test(counted, counted) == (0, 1)


def test_interval_of_the_difference_holds_the_truth_about_as_often_as_it_says():
    rng = np.random.default_rng(11)
    one, other = rng.multinomial(40, (0.2, 0.3, 0.5), 1500), rng.multinomial(80, (0.35, 0.3, 0.35), 1500)
    pairs = [(NPSCounts(*map(int, a)), NPSCounts(*map(int, b))) for a, b in zip(one, other, strict=True)]
    held = [estimate.low <= 30 <= estimate.high for estimate in (nps_difference(*pair) for pair in pairs)]
    assert 0.935 < np.mean(held) < 0.97


def test_groups_alike_are_called_different_5_times_in_100():
    rng = np.random.default_rng(12)
    draws = rng.multinomial(60, (0.25, 0.35, 0.4), (2000, 2))
    called = [nps_test(*(NPSCounts(*map(int, group)) for group in pair)).p_value < 0.05 for pair in draws]
    assert 0.035 < np.mean(called) < 0.065


# -- sample size --------------------------------------------------------------------------------------------


def test_sample_size_by_the_published_formula():
    # Lewis and Sauro, measuringu.com/nps-ci-sample-size: s²z²/d² − 3. With s = 100, z = 1.959964 and d = 10:
    # 384.146 − 3, and with s = 80: 245.853 − 3, each rounded up.
    assert nps_sample_size(10) == 382
    assert nps_sample_size(10, sd=80) == 243
    # z of 90 % is 1.644854: 0.5² · 1.644854² · 100² / 5² − 3 = 267.554.
    assert nps_sample_size(5, sd=50, confidence=0.9) == 268


def test_sample_size_is_at_least_one():
    assert nps_sample_size(99, sd=1) == 1


@given(st.floats(2, 60), st.floats(20, 100))
def test_as_many_ratings_as_planned_give_the_half_width_asked_for(half_width, sd):
    n = nps_sample_size(half_width, sd=sd)
    assert 1.959964 * sd / math.sqrt(n + 3) <= half_width * (1 + 1e-6)
    if n > 1:
        assert 1.959963 * sd / math.sqrt(n + 2) > half_width * (1 - 1e-6)


def test_an_even_split_sampled_as_planned_has_the_half_width_asked_for():
    n = nps_sample_size(10)
    estimate = nps(NPSCounts(n // 2, 0, n // 2))
    assert estimate.high - estimate.low == pytest.approx(20, rel=0.01)


# -- input --------------------------------------------------------------------------------------------------


def test_missing_ratings_leave_the_denominator():
    for given_ratings in ([10, None, 3, math.nan], np.array([10, np.nan, 3]), pd.Series([10, pd.NA, 3], dtype="Int64")):
        assert nps(given_ratings) == nps([10, 3])


@pytest.mark.parametrize(
    ("given_ratings", "message"),
    [
        ([10, 11], "column 'NPS' has a value off the scale 0 to 10 in 1 of 2 rows, first 11 in row 1"),
        ([-1], "off the scale 0 to 10"),
        ([9, 9.5], "a value that is not whole in 1 of 2 rows, first 9.5"),
        ([9, "9"], "column 'NPS' has no number in 1 of 2 rows, first '9' in row 1"),
        ([True, False], "no number in 2 of 2 rows"),
        ([9, True], "no number in 1 of 2 rows, first True"),
        ([], "NPS is empty"),
        ([None, math.nan], "every rating for NPS is missing, but a score needs at least one"),
        (pd.Series([11], name="q9"), "column 'q9' has a value off the scale"),
    ],
)
def test_ratings_that_cannot_be_are_refused_by_all(given_ratings, message):
    for function in (nps, nps_counts, nps_standard_error):
        with pytest.raises(ValueError, match=message):
            function(given_ratings)
    for pair in ((given_ratings, [9]), ([9], given_ratings)):
        with pytest.raises(ValueError, match=message):
            nps_difference(*pair)
        with pytest.raises(ValueError, match=message):
            nps_test(*pair)


@pytest.mark.parametrize(
    ("groups", "message"),
    [
        ((0, 0, 0), "there are no detractors, passives or promoters"),
        ((-1, 2, 3), "detractors is -1, but must be a whole number of 0 or more"),
        ((1, 2.5, 3), "passives is 2.5"),
        ((1, 2, "3"), "promoters is '3'"),
        ((True, 2, 3), "detractors is True"),
    ],
)
def test_counts_that_cannot_be_are_refused(groups, message):
    with pytest.raises(ValueError, match=message):
        NPSCounts(*groups)


def test_counts_from_numpy_become_plain_numbers():
    counted = NPSCounts(np.int64(1), np.float64(2), 3)
    assert [type(count) for count in (counted.detractors, counted.passives, counted.promoters)] == [int, int, int]
    assert counted == NPSCounts(1, 2, 3)


@pytest.mark.parametrize("confidence", [0, 1, 95, math.nan, "0.95"])
def test_confidence_is_a_share(confidence):
    for function in (nps, lambda counted, **level: nps_difference(counted, counted, **level)):
        with pytest.raises(ValueError, match=r"confidence is .* Write 0\.95 for 95 %"):
            function(NPSCounts(1, 2, 3), confidence=confidence)
    with pytest.raises(ValueError, match="confidence is"):
        nps_sample_size(10, confidence=confidence)


@pytest.mark.parametrize("half_width", [0, 100, -3, math.nan, "10"])
def test_half_width_lies_between_0_and_100(half_width):
    with pytest.raises(ValueError, match=r"half_width is .* above 0 and below 100\. Give it in points of 100"):
        nps_sample_size(half_width)


@pytest.mark.parametrize("sd", [0, 100.5, -1, True])
def test_sd_is_at_most_100_points(sd):
    with pytest.raises(ValueError, match=r"sd is .* above 0 and up to 100\. Give it in points of 100"):
        nps_sample_size(10, sd=sd)
