"""Tests of cxux_helpers.surveys.satisfaction: customer satisfaction, customer effort and sample size."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.estimates import mean, proportion
from cxux_helpers.surveys.nps import NPSCounts, nps
from cxux_helpers.surveys.satisfaction import ces, csat, sample_size

# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")

fives = st.lists(st.integers(1, 5), min_size=1, max_size=50)
sevens = st.lists(st.integers(1, 7), min_size=1, max_size=50)
Z = 1.959964
# Each example of these asks statsmodels several times.
fewer = settings(max_examples=40)


# -- satisfaction -------------------------------------------------------------------------------------------


def test_four_satisfied_of_five_have_the_published_interval():
    # Tullis (2008), measuringux.com/adjustedwald.htm: 4 of 5, 0.3596 to 0.9796 with z rounded to 1.96.
    estimate = csat([5, 4, 4, 2, 5])
    assert estimate.value == 0.8
    assert estimate.low == pytest.approx(0.3596, abs=2e-4)
    assert estimate.high == pytest.approx(0.9796, abs=2e-4)


@pytest.mark.parametrize(
    ("arguments", "value", "name"),
    [
        ({}, 3 / 6, "CSAT (top 2 of 5)"),
        ({"top": 1}, 1 / 6, "CSAT (top 1 of 5)"),
        ({"top": 4}, 5 / 6, "CSAT (top 4 of 5)"),
        ({"scale": 7}, 0, "CSAT (top 2 of 7)"),
        ({"top": 3, "scale": 7}, 1 / 6, "CSAT (top 3 of 7)"),
        ({"top": None}, 20 / 6, "CSAT (mean of 1 to 5)"),
        ({"top": None, "scale": 10}, 20 / 6, "CSAT (mean of 1 to 10)"),
    ],
)
def test_the_boxes_and_the_scale_are_what_the_arguments_say(arguments, value, name):
    estimate = csat([5, 4, 4, 3, 1, 3], **arguments)
    assert estimate.value == pytest.approx(value)
    assert (estimate.name, estimate.n) == (name, 6)


def test_a_share_has_the_adjusted_wald_interval_and_a_mean_the_t_interval():
    assert csat([5, 4, 1], confidence=0.8) == proportion(2, 3, confidence=0.8, name="CSAT (top 2 of 5)")
    expected = mean([5, 4, 1], confidence=0.8, scale=(1, 5), name="CSAT (mean of 1 to 5)")
    assert csat([5, 4, 1], top=None, confidence=0.8) == expected
    assert (csat([5], top=None).low, csat([5], top=None).high) == (1, 5)
    assert csat([7], top=None, scale=7).high == 7


def test_one_box_of_two_is_a_thumb_up():
    assert csat([2, 2, 1], top=1, scale=2).value == pytest.approx(2 / 3)


@fewer
@given(fives)
def test_satisfaction_is_what_a_loop_counts(ratings):
    for top in (1, 2, 3, 4):
        assert csat(ratings, top=top).value == sum(rating > 5 - top for rating in ratings) / len(ratings)


@fewer
@given(fives.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_order_of_ratings_does_not_matter(both):
    rows, shuffled = both
    assert csat(rows) == csat(shuffled)
    assert csat(rows, top=None).value == pytest.approx(csat(shuffled, top=None).value)


@fewer
@given(fives)
def test_more_boxes_never_satisfy_fewer(ratings):
    values = [csat(ratings, top=top).value for top in (1, 2, 3, 4)]
    assert values == sorted(values)


@fewer
@given(fives)
def test_ten_times_the_answers_keep_the_value_and_narrow_the_interval(ratings):
    for top in (2, None):
        few, many = csat(ratings, top=top), csat(ratings * 10, top=top)
        assert many.value == pytest.approx(few.value)
        assert many.high - many.low <= few.high - few.low


@fewer
@given(fives)
def test_satisfaction_lies_in_its_interval_and_the_interval_on_its_scale(ratings):
    share, average = csat(ratings), csat(ratings, top=None)
    assert 0 <= share.low <= share.value <= share.high <= 1
    assert 1 <= average.low <= average.value <= average.high <= 5


@pytest.mark.parametrize("top", [2, None])
def test_interval_of_satisfaction_holds_the_truth_about_as_often_as_it_says(top):
    shares = [0.05, 0.1, 0.2, 0.4, 0.25]
    truth = 0.65 if top else sum(box * share for box, share in enumerate(shares, start=1))
    draws = np.random.default_rng(2).choice([1, 2, 3, 4, 5], (600, 30), p=shares)
    held = [estimate.low <= truth <= estimate.high for estimate in (csat(draw, top=top) for draw in draws)]
    assert 0.93 < np.mean(held) < 0.975


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"top": 5}, "top is 5, but with 5 boxes at most 4 can be on top"),
        ({"top": 0}, "top is 0, but must be a whole number of 1 or more"),
        ({"top": 1.5}, "top is 1.5"),
        ({"top": True}, "top is True"),
        ({"scale": 1}, "scale is 1, but must be a whole number of 2 or more"),
        ({"scale": "5"}, "scale is '5'"),
        ({"scale": 3}, "column 'CSAT' has a value off the scale 1 to 3 in 1 of 2 rows, first 5 in row 0"),
        ({"confidence": 95}, "confidence is 95"),
        ({"confidence": 95, "top": None}, "confidence is 95"),
    ],
)
def test_csat_explains_what_is_wrong_with_an_argument(arguments, message):
    with pytest.raises(ValueError, match=message):
        csat([5, 3], **arguments)


# -- effort -------------------------------------------------------------------------------------------------


def test_mean_effort_is_the_published_example():
    # CYS, "Customer Effort Score: 7-point scale to average", support.cys.group: 1,000 answers, mean 4.08.
    answers = np.repeat([1, 2, 3, 4, 5, 6, 7], [80, 210, 140, 110, 160, 180, 120])
    assert ces(answers, version="2.0", convention="mean").value == pytest.approx(4.08)
    # The other conventions on the same answers: 160 + 180 + 120 of 1,000; and 300 − 430 of 1,000.
    assert ces(answers, version="2.0", convention="top3").value == pytest.approx(0.46)
    assert ces(answers, version="2.0", convention="index").value == -13


@pytest.mark.parametrize(
    ("answer", "top3", "index"), [(1, 0, -100), (3, 0, -100), (4, 0, 0), (5, 1, 0), (6, 1, 100), (7, 1, 100)]
)
def test_each_answer_counts_as_its_convention_says(answer, top3, index):
    assert ces([answer], version="2.0", convention="top3").value == top3
    assert ces([answer], version="2.0", convention="index").value == index
    assert ces([answer], version="2.0", convention="mean").value == answer


def test_each_convention_has_its_name_and_its_interval():
    answers = [7, 6, 5, 5, 4, 2]
    assert ces(answers, version="2.0", convention="mean", confidence=0.9) == mean(
        answers, confidence=0.9, scale=(1, 7), name="CES 2.0 (mean of 1 to 7, high is good)"
    )
    assert ces(answers, version="2.0", convention="top3", confidence=0.9) == proportion(
        4, 6, confidence=0.9, name="CES 2.0 (share of 5 to 7)"
    )
    index, same_counts = (
        ces(answers, version="2.0", convention="index", confidence=0.9),
        nps(NPSCounts(1, 3, 2), confidence=0.9),
    )
    assert (index.low, index.high, index.n, index.confidence) == (same_counts.low, same_counts.high, 6, 0.9)
    assert index.name == "CES 2.0 (6 and 7 minus 1 to 3)"


def test_version_1_is_a_mean_of_1_to_5_of_which_low_is_good():
    effort = ces([1, 2, 2], version="1.0", convention="mean", confidence=0.9)
    assert effort == mean([1, 2, 2], confidence=0.9, scale=(1, 5), name="CES 1.0 (mean of 1 to 5, low is good)")


@fewer
@given(sevens)
def test_effort_stays_on_the_scale_of_its_convention(answers):
    for convention, low, high in (("mean", 1, 7), ("top3", 0, 1), ("index", -100, 100)):
        estimate = ces(answers, version="2.0", convention=convention)
        assert low <= estimate.low <= estimate.high <= high
        assert low <= estimate.value <= high


@fewer
@given(sevens, st.sampled_from(["mean", "top3", "index"]))
def test_an_easier_answer_never_lowers_the_score_of_version_2(answers, convention):
    easier = [min(answer + 1, 7) for answer in answers]
    scores = [ces(rows, version="2.0", convention=convention).value for rows in (answers, easier)]
    assert scores[0] <= scores[1]


def test_version_and_convention_must_be_named():
    with pytest.raises(TypeError, match="version"):
        ces([5], convention="mean")
    with pytest.raises(TypeError, match="convention"):
        ces([5], version="2.0")


@pytest.mark.parametrize(
    ("answers", "version", "convention", "message"),
    [
        ([5], "2", "mean", r"version is '2'\. Write '1\.0' if"),
        ([5], 2.0, "mean", r"version is 2\.0"),
        ([5], "1.0", "top3", r"convention is 'top3', but CES 1\.0 knows: mean\."),
        ([5], "1.0", "index", r"convention is 'index', but CES 1\.0 knows"),
        ([5], "2.0", "median", r"convention is 'median', but CES 2\.0 knows: mean, top3, index"),
        ([6], "1.0", "mean", "column 'CES' has a value off the scale 1 to 5"),
        ([8], "2.0", "mean", "off the scale 1 to 7"),
        ([0], "2.0", "index", "off the scale 1 to 7"),
        ([None], "2.0", "index", "every rating for CES is missing"),
    ],
)
def test_ces_explains_what_is_wrong(answers, version, convention, message):
    with pytest.raises(ValueError, match=message):
        ces(answers, version=version, convention=convention)


# -- both ---------------------------------------------------------------------------------------------------


def scores(ratings):
    yield lambda: csat(ratings)
    yield lambda: csat(ratings, top=None)
    for convention in ("mean", "top3", "index"):
        yield lambda convention=convention: ces(ratings, version="2.0", convention=convention)


def test_missing_ratings_leave_the_denominator():
    for ratings in ([5, None, 3, math.nan], np.array([5, np.nan, 3]), pd.Series([5, pd.NA, 3], dtype="Int64")):
        for score, complete in zip(scores(ratings), scores([5, 3]), strict=True):
            assert score() == complete()


@pytest.mark.parametrize(
    ("ratings", "message"),
    [
        ([0], "off the scale 1 to"),
        ([4.5], "a value that is not whole"),
        (["4"], "no number in 1 of 1 rows, first '4'"),
        ([4, True], "no number in 1 of 2 rows, first True in row 1"),
        ([], "is empty, but at least one value is needed"),
        ([None], "every rating for .* is missing, but a score needs at least one"),
        ([[4, 5]], "has 2 dimensions. Give a plain list"),
    ],
)
def test_ratings_that_cannot_be_are_refused_by_all(ratings, message):
    for score in scores(ratings):
        with pytest.raises(ValueError, match=message):
            score()


def test_intervals_are_at_95_percent_unless_told_otherwise():
    assert [score().confidence for score in scores([5, 4, 3])] == [0.95] * 5
    assert ces([5, 4], version="1.0", convention="mean").confidence == 0.95


# -- sample size --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("half_width", "confidence", "n"),
    # z²/(4d²) − z² with z² = 3.8415 and 2.7055: 20.17, 92.20, 380.31, 2397.1, 267.85, each rounded up.
    [(0.2, 0.95, 21), (0.1, 0.95, 93), (0.05, 0.95, 381), (0.02, 0.95, 2398), (0.05, 0.9, 268)],
)
def test_sample_size_for_half_by_the_formula_solved_for_n(half_width, confidence, n):
    assert sample_size(half_width, confidence=confidence) == n


@pytest.mark.parametrize(
    ("half_width", "share", "confidence", "n"),
    [
        (0.05, 0.5, 0.95, 385),  # the sample size that textbooks give for five points: 384.15
        (0.03, 0.5, 0.95, 1068),  # and for three: 1067.07
        (0.04, 0.2, 0.99, 664),  # sample-survey2.blogspot.com/2009/05: 663.6 with z = 2.576
        (0.5, 0.5, 0.5, 1),
        (0.05, 0, 0.95, 1),
    ],
)
def test_wald_sample_size_is_that_of_textbooks(half_width, share, confidence, n):
    assert sample_size(half_width, share=share, confidence=confidence, method="Wald") == n


def reach(n, share, z=Z):
    middle = (share * n + z**2 / 2) / (n + z**2)
    return z * math.sqrt(middle * (1 - middle) / (n + z**2))


@given(st.floats(0.01, 0.6), st.floats(0, 1))
def test_sample_size_is_the_first_whose_interval_is_narrow_enough(half_width, share):
    n = sample_size(half_width, share=share)
    assert reach(n, share) <= half_width * (1 + 1e-6)
    assert n == 1 or reach(n - 1, share) > half_width * (1 - 1e-6)


@given(st.floats(0.02, 0.4), st.floats(0, 1))
def test_shares_mirror_each_other_and_half_is_the_most_cautious(half_width, share):
    n = sample_size(half_width, share=share)
    assert abs(n - sample_size(half_width, share=1 - share)) <= 1
    assert n <= sample_size(half_width)
    assert sample_size(half_width / 2, share=share) >= n


@pytest.mark.parametrize(("half_width", "share"), [(0.1, 0.5), (0.05, 0.3), (0.04, 0.1), (0.02, 0.0)])
def test_a_sample_as_planned_has_the_interval_asked_for(half_width, share):
    n = sample_size(half_width, share=share)
    # Agresti and Coull's interval before it is cut at 0, so the upper end says it for a share of 0.
    estimate = proportion(round(share * n), n)
    middle = (round(share * n) + Z**2 / 2) / (n + Z**2)
    assert estimate.high - middle == pytest.approx(half_width, rel=0.03)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"half_width": 0}, r"half_width is 0, but must be a number above 0 and below 1\. Write 0\.05 for five points"),
        ({"half_width": 1}, "half_width is 1,"),
        ({"half_width": 5}, "half_width is 5,"),
        ({"half_width": "5%"}, "half_width is '5%'"),
        ({"share": -0.1}, r"share is -0\.1, .* Write 0\.3 for 30 %"),
        ({"share": 1.01}, "share is 1.01,"),
        ({"confidence": 1}, r"confidence is 1, .* Write 0\.95 for 95 %"),
        ({"confidence": 0}, "confidence is 0,"),
        ({"method": "wald"}, r"method is 'wald'\. Choose 'adjusted Wald' or 'Wald'"),
    ],
)
def test_sample_size_explains_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match=message):
        sample_size(**{"half_width": 0.05, **arguments})


def test_sample_size_holds_at_a_higher_confidence_than_95():
    # z²/(4d²) − z² with z = 2.5758 at 99 %: 663.49 − 6.63, rounded up.
    assert sample_size(0.05, confidence=0.99) == 657
