"""Tests of cxux_helpers.usability.questionnaires: SUS, SEQ and NASA-TLX."""

import math
import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.estimates import Estimate
from cxux_helpers.usability.questionnaires import (
    SUS_ADJECTIVES,
    SUS_GRADES,
    SUS_PERCENTILES,
    TLX_DIMENSIONS,
    nasa_tlx,
    nasa_tlx_scores,
    seq,
    sus,
    sus_adjective,
    sus_grade,
    sus_scores,
)

sus_answers = st.lists(st.lists(st.integers(1, 5), min_size=10, max_size=10), min_size=1, max_size=12)
tlx_ratings = st.lists(st.integers(0, 100), min_size=6, max_size=6)
# The six weights of 15 pairwise choices.
tlx_weights = st.lists(st.booleans(), min_size=15, max_size=15).map(
    lambda choices: np.bincount(
        [pair[choice] for pair, choice in zip(zip(*np.triu_indices(6, 1), strict=True), choices, strict=True)],
        minlength=6,
    ).tolist()
)

# --- SUS


def test_sus_of_the_centre_the_best_and_the_worst():
    # Brooke (1996), the scoring rule; measuringu.com/sus.
    assert sus_scores([[3] * 10, [5, 1] * 5, [1, 5] * 5]).tolist() == [50, 100, 0]


@pytest.mark.parametrize(
    ("answers", "score"),
    [
        # README of github.com/silleknarf/SUS
        ([4, 1, 5, 2, 5, 1, 4, 2, 3, 1], 85),
        # docs/evaluation.md of github.com/jkru3/financial-portfolio-rebalancer, scored step by step
        ([2, 1, 4, 1, 4, 3, 4, 2, 3, 3], 67.5),
        ([1, 2, 3, 1, 3, 1, 3, 3, 3, 2], 60),
        ([4, 1, 4, 2, 5, 2, 5, 2, 5, 2], 85),
        ([1, 4, 2, 3, 4, 3, 3, 3, 4, 3], 45),
        ([4, 3, 3, 1, 3, 2, 5, 2, 4, 2], 72.5),
    ],
)
def test_sus_scores_of_people_are_the_published_ones(answers, score):
    assert sus_scores(answers).tolist() == [score]


def test_every_item_moves_the_score_by_two_and_a_half_in_its_direction():
    for item in range(10):
        answers = [3] * 10
        answers[item] = 4
        assert sus_scores(answers).tolist() == [52.5 if item % 2 == 0 else 47.5]


def test_study_mean_has_a_t_interval_over_people():
    # By hand: scores 70, 80, 90; s = 10, t(2) = 4.30265 at 95 %, so 80 ± 24.841, cut at 100.
    people = [[4, 1, 4, 2, 4, 3, 4, 3, 4, 3], [4, 1, 4, 2, 4, 2, 4, 2, 5, 2], [5, 1, 5, 1, 5, 2, 4, 2, 4, 1]]
    assert sus_scores(people).tolist() == [70, 80, 90]
    study = sus(people)
    assert study.value == 80
    assert study.low == pytest.approx(55.1586, abs=1e-3)
    assert (study.high, study.n, study.name, study.method, study.confidence) == (100, 3, "SUS", "t", 0.95)
    # At 80 %, t(2) = 1.88562: 80 ± 10.887.
    narrower = sus(people, confidence=0.80)
    assert (narrower.low, narrower.high) == pytest.approx((69.113, 90.887), abs=1e-3)


def test_one_person_is_no_study():
    alone = sus([3] * 10)
    assert (alone.value, alone.low, alone.high, alone.n) == (50, 0, 100, 1)


def test_lists_arrays_and_tables_score_alike_and_keep_their_people():
    people = [[4, 1, 5, 2, 5, 1, 4, 2, 3, 1], [3] * 10]
    table = pd.DataFrame(people, index=["Ann", "Bob"], columns=[f"q{i}" for i in range(1, 11)])
    scores = sus_scores(table)
    assert scores.to_dict() == {"Ann": 85, "Bob": 50}
    assert scores.name == "sus"
    assert sus_scores(np.array(people)).tolist() == sus_scores(people).tolist() == scores.tolist()


@settings(deadline=None)
@given(sus_answers)
def test_sus_lies_on_its_scale_in_steps_and_mirrors(people):
    scores = sus_scores(people)
    assert scores.between(0, 100).all()
    assert (scores % 2.5 == 0).all()
    mirrored = sus_scores([[6 - answer for answer in person] for person in people])
    assert (scores + mirrored).tolist() == [100] * len(people)


@settings(deadline=None)
@given(sus_answers, st.randoms())
def test_sus_of_a_study_ignores_the_order_of_people(people, random):
    one, other = sus(people), sus(random.sample(people, len(people)))
    assert other.value == pytest.approx(one.value)
    assert (one.n, other.low, other.high) == (len(people), pytest.approx(one.low), pytest.approx(one.high))
    assert 0 <= one.low <= one.value <= one.high <= 100


def test_simulated_studies_find_the_true_sus_about_95_times_in_100():
    rng = np.random.default_rng(2)
    # Each answer 1 to 5 alike: the true mean score is 50.
    studies = [sus(rng.integers(1, 6, size=(12, 10))) for _ in range(500)]
    assert 0.92 < np.mean([study.low <= 50 <= study.high for study in studies]) < 0.98


def test_missing_answers_count_as_the_centre_only_if_asked():
    person = [5, 1, 5, 1, 5, 1, 5, 1, 5, None]
    with pytest.raises(ValueError, match=r"'item 10' has no value in 1 of 1 rows, .*leave|Leave"):
        sus_scores([person])
    assert sus_scores([person], missing="centre").tolist() == [95]
    assert sus([person], missing="centre").value == 95
    # In an odd item the centre costs the same.
    assert sus_scores([[None, 1] + [5, 1] * 4], missing="centre").tolist() == [95]


@pytest.mark.parametrize(
    ("answers", "options", "message"),
    [
        ([3] * 9, {}, "SUS has 10 items, but a person has 9 answers"),
        ([3] * 9 + [0], {}, "'item 10' has a value off the scale 1 to 5"),
        ([3] * 9 + [6], {}, "off the scale 1 to 5 in 1 of 1 rows, first 6"),
        ([3] * 9 + [2.5], {}, "not whole"),
        ([3] * 10, {"missing": "mean"}, "missing is 'mean'. Give 'reject' or 'centre'"),
    ],
)
def test_sus_explains_what_is_wrong(answers, options, message):
    with pytest.raises(ValueError, match=message):
        sus(answers, **options)


def test_a_million_people_are_scored_in_about_a_second():
    answers = pd.DataFrame(np.random.default_rng(0).integers(1, 6, size=(1_000_000, 10)))
    start = time.perf_counter()
    assert len(sus_scores(answers)) == 1_000_000
    assert time.perf_counter() - start < 5


# --- reading a SUS score


def test_grades_are_the_published_ones():
    # Sauro and Lewis (2016), curved grading scale.
    assert [sus_grade(mean) for mean in (84.1, 84.0, 80.7, 68, 62.6, 51.6)] == ["A+", "A", "A-", "C", "D", "F"]
    assert list(SUS_GRADES.values()) == [84.1, 80.8, 78.9, 77.2, 74.1, 72.6, 71.1, 65.0, 62.7, 51.7]


@pytest.mark.parametrize(("grade", "next_one"), list(zip(SUS_GRADES, [*list(SUS_GRADES)[1:], "F"], strict=True)))
def test_a_mean_is_not_rounded_up_into_a_grade(grade, next_one):
    assert sus_grade(SUS_GRADES[grade]) == grade
    assert sus_grade(SUS_GRADES[grade] - 0.001) == next_one


def test_grades_reach_over_the_whole_scale_and_read_estimates():
    assert (sus_grade(0), sus_grade(100)) == ("F", "A+")
    assert sus_grade(Estimate(68, 60, 76, n=20, name="SUS")) == "C"
    assert SUS_PERCENTILES == {52: 15, 68: 50, 75: 73}


@pytest.mark.parametrize(("adjective", "mean"), list(SUS_ADJECTIVES.items()))
def test_each_adjective_has_its_published_mean(adjective, mean):
    assert sus_adjective(mean) == adjective


def test_adjectives_are_the_published_ones():
    # Bangor, Kortum and Miller (2009), table of means.
    assert list(SUS_ADJECTIVES.values()) == [12.5, 20.3, 35.7, 50.9, 71.4, 85.5, 90.9]
    assert list(SUS_ADJECTIVES)[3:5] == ["OK", "good"]


@pytest.mark.parametrize(
    ("middle", "lower", "upper"),
    [(16.4, "worst imaginable", "awful"), (28, "awful", "poor"), (43.3, "poor", "OK"), (61.15, "OK", "good"),
     (78.45, "good", "excellent"), (88.2, "excellent", "best imaginable")],
)  # fmt: skip
def test_halfway_the_lower_adjective_is_taken(middle, lower, upper):
    assert sus_adjective(middle) == lower
    assert sus_adjective(middle + 0.01) == upper
    assert sus_adjective(Estimate(middle - 0.01, 0, 100, n=3)) == lower


@pytest.mark.parametrize("read", [sus_grade, sus_adjective])
@pytest.mark.parametrize("score", [-0.1, 100.1, math.nan, "68", True, None])
def test_scores_off_the_scale_are_not_read(read, score):
    with pytest.raises(ValueError, match=r"score is .*Score the answers first"):
        read(score)


# --- SEQ


def test_seq_is_a_mean_with_a_t_interval():
    # By hand: mean 5.6, s² = 1.3, t(4) = 2.77645, so 5.6 ± 1.4157, cut at 7.
    ease = seq([7, 6, 5, 6, 4])
    assert ease.value == pytest.approx(5.6)
    assert (ease.low, ease.high) == (pytest.approx(4.1843, abs=1e-3), 7)
    assert (ease.n, ease.name) == (5, "SEQ")
    assert seq([1, 1, 2]).low == 1
    assert seq([4, 5, 6], confidence=0.5).confidence == 0.5


@pytest.mark.parametrize(
    ("ratings", "message"),
    [([0], "off the scale 1 to 7"), ([8], "'seq' has a value off the scale 1 to 7"), ([5, None], "no value"),
     ([4.5], "not whole"), ([], "seq is empty")],
)  # fmt: skip
def test_seq_explains_what_is_wrong(ratings, message):
    with pytest.raises(ValueError, match=message):
        seq(ratings)


# --- NASA-TLX


def test_raw_tlx_is_the_plain_mean():
    scores = nasa_tlx_scores([[60, 10, 50, 30, 60, 30], [0] * 6, [100] * 6])
    assert scores.tolist() == [40, 0, 100]
    assert scores.name == "raw_tlx"


def test_performance_is_not_reversed():
    performance = TLX_DIMENSIONS.index("performance")
    assert nasa_tlx_scores([100 if place == performance else 0 for place in range(6)]).tolist() == [
        pytest.approx(100 / 6)
    ]


def test_weighted_tlx_can_be_done_by_hand():
    # Five times 60, none of 10, four times 50, once 30, three times 60 and twice 30 make 770 in 15.
    scores = nasa_tlx_scores([60, 10, 50, 30, 60, 30], [5, 0, 4, 1, 3, 2])
    assert scores.tolist() == [pytest.approx(770 / 15)]
    assert scores.name == "weighted_tlx"


def test_ticks_count_five_points_each():
    assert nasa_tlx_scores([12, 2, 10, 6, 12, 6], ticks=True).tolist() == [40]
    assert nasa_tlx_scores([20] * 6, ticks=True).tolist() == [100]
    assert nasa_tlx([[12, 2, 10, 6, 12, 6]], ticks=True).value == 40


def test_tlx_of_a_study_names_its_version():
    people, weights = [[60, 10, 50, 30, 60, 30], [80, 20, 70, 40, 60, 30]], [[5, 0, 4, 1, 3, 2]] * 2
    raw, weighted = nasa_tlx(people), nasa_tlx(people, weights, confidence=0.5)
    assert (raw.value, raw.name, raw.low, raw.high) == (45, "Raw TLX", 0, 100)
    # (770 + 960) / 30; t(1) = 1 at 50 %, and the standard error is half the difference.
    assert weighted.value == pytest.approx(1730 / 30)
    assert weighted.high == pytest.approx(960 / 15)
    assert (weighted.name, weighted.confidence) == ("Weighted TLX", 0.5)


def test_tables_of_ratings_and_weights_go_row_by_row():
    index = ["Ann", "Bob"]
    ratings = pd.DataFrame([[10] * 6, [90] * 6], index=index, columns=TLX_DIMENSIONS)
    weights = pd.DataFrame([[5, 4, 3, 2, 1, 0]] * 2, columns=TLX_DIMENSIONS)
    assert nasa_tlx_scores(ratings, weights).to_dict() == {"Ann": 10, "Bob": 90}


@settings(deadline=None)
@given(tlx_ratings, tlx_weights)
def test_weighted_tlx_lies_between_the_extreme_ratings(ratings, weights):
    [score] = nasa_tlx_scores(ratings, weights)
    assert min(ratings) - 1e-9 <= score <= max(ratings) + 1e-9
    [raw] = nasa_tlx_scores(ratings)
    assert raw == pytest.approx(np.mean(ratings))


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (([50] * 5,), {}, "NASA-TLX has 6 items"),
        (([50] * 5 + [101],), {}, "off the scale 0 to 100"),
        (([50] * 5 + [-1],), {}, "off the scale 0 to 100"),
        (([10] * 5 + [21],), {"ticks": True}, "off the scale 0 to 20"),
        (([10] * 5 + [2.5],), {"ticks": True}, "not whole"),
        (([50] * 5 + [None],), {}, "no value .*out of NASA-TLX first"),
        (([50] * 6, [3, 3, 3, 3, 3, 1]), {}, r"weights in row 0 .* sum to 16, but 15 pairs give 15. Count again"),
        (([[50] * 6] * 2, [[5, 4, 3, 2, 1, 0], [5, 4, 3, 2, 0, 0]]), {}, "weights in row 1 .* sum to 14"),
        (([50] * 6, [6, 4, 3, 2, 0, 0]), {}, "off the scale 0 to 5"),
        (([[50] * 6] * 2, [5, 4, 3, 2, 1, 0]), {}, "weights of 1 people, but ratings of 2"),
        (([50] * 6, [2.5, 2.5, 2.5, 2.5, 2.5, 2.5]), {}, "not whole"),
    ],
)
def test_tlx_explains_what_is_wrong(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        nasa_tlx(*arguments, **options)
