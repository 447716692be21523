"""Tests of cxux_helpers.usability.ueq: the User Experience Questionnaire and its benchmark."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.estimates import Estimate
from cxux_helpers.usability.ueq import (
    UEQ_BENCHMARK,
    UEQ_CLASSES,
    UEQ_ITEMS,
    UEQ_SCALES,
    ueq,
    ueq_benchmark,
    ueq_scores,
)

BEST = [1 if item.good_left else 7 for item in UEQ_ITEMS]
people = st.lists(st.lists(st.integers(1, 7), min_size=26, max_size=26), min_size=1, max_size=6)


def test_scales_have_the_items_of_the_handbook():
    # UEQ handbook (Schrepp 2023) and its data analysis tool: items of each scale, counted from 1.
    handbook = {
        "attractiveness": [1, 12, 14, 16, 24, 25],
        "perspicuity": [2, 4, 13, 21],
        "efficiency": [9, 20, 22, 23],
        "dependability": [8, 11, 17, 19],
        "stimulation": [5, 6, 7, 18],
        "novelty": [3, 10, 15, 26],
    }
    assert tuple(handbook) == UEQ_SCALES
    for scale, items in handbook.items():
        assert [place for place, item in enumerate(UEQ_ITEMS, 1) if item.scale == scale] == items


def test_half_of_each_scale_starts_with_its_good_word():
    # Handbook: the order of the words is random, half of the items of a scale start with the positive term.
    for scale in UEQ_SCALES:
        assert np.mean([item.good_left for item in UEQ_ITEMS if item.scale == scale]) == 0.5
    good_left = [3, 4, 5, 9, 10, 12, 17, 18, 19, 21, 23, 24, 25]
    assert [place for place, item in enumerate(UEQ_ITEMS, 1) if item.good_left] == good_left
    assert (UEQ_ITEMS[23].left, UEQ_ITEMS[23].right) == ("attractive", "unattractive")


def test_answers_of_the_handbook_are_turned_as_it_turns_them():
    # Handbook, section on inconsistent answers: 6, 7, 5 and 6 on perspicuity are 6, 1, 5 and 2 from bad to good.
    answers = [4] * 26
    for item, answer in zip([2, 4, 13, 21], [6, 7, 5, 6], strict=True):
        answers[item - 1] = answer
    scores = ueq_scores(answers).iloc[0].to_dict()
    assert scores.pop("perspicuity") == (2 - 3 + 1 - 2) / 4
    assert set(scores.values()) == {0}


def test_best_and_worst_answers_reach_the_ends():
    worst = [8 - answer for answer in BEST]
    assert ueq_scores([BEST, worst]).to_numpy().tolist() == [[3] * 6, [-3] * 6]


def test_recoded_answers_are_taken_as_they_are():
    recoded = [
        (answer - 4) * (-1 if item.good_left else 1) for answer, item in zip(range(1, 8), UEQ_ITEMS, strict=False)
    ]
    recoded += [0] * 19
    raw = [*range(1, 8), *[4] * 19]
    pd.testing.assert_frame_equal(ueq_scores(recoded, recoded=True), ueq_scores(raw))
    assert ueq(recoded, recoded=True)["novelty"].value == ueq(raw)["novelty"].value


def test_people_keep_their_names():
    table = pd.DataFrame([BEST, [4] * 26], index=["Ann", "Bob"])
    scores = ueq_scores(table)
    assert (scores.index.tolist(), tuple(scores.columns)) == (["Ann", "Bob"], UEQ_SCALES)
    assert scores.loc["Bob"].eq(0).all()


def test_a_study_has_an_interval_for_each_scale():
    study = ueq([BEST, [4] * 26], confidence=0.5)
    assert tuple(study) == UEQ_SCALES
    # t(1) = 1 at 50 %, and the standard error of 3 and 0 is 1.5.
    novelty = study["novelty"]
    assert (novelty.value, novelty.low, novelty.high) == pytest.approx((1.5, 0, 3))
    assert (novelty.n, novelty.name, novelty.confidence) == (2, "Novelty", 0.5)
    default = ueq([BEST, [4] * 26])["novelty"]
    assert (default.low, default.high, default.confidence) == (-3, 3, 0.95)


@settings(deadline=None)
@given(people)
def test_scale_means_stay_on_the_scale_and_mirror(answers):
    scores = ueq_scores(answers).to_numpy()
    assert (np.abs(scores) <= 3).all()
    mirrored = ueq_scores([[8 - answer for answer in person] for person in answers]).to_numpy()
    np.testing.assert_allclose(scores, -mirrored, atol=1e-12)
    assert all(-3 <= mean.low <= mean.value <= mean.high <= 3 for mean in ueq(answers).values())


def test_benchmark_is_the_published_one():
    # Schrepp, Hinderks and Thomaschewski (2017), table of benchmark intervals.
    assert UEQ_BENCHMARK == {
        "attractiveness": (1.75, 1.52, 1.17, 0.70),
        "perspicuity": (1.90, 1.56, 1.08, 0.64),
        "efficiency": (1.78, 1.47, 0.98, 0.54),
        "dependability": (1.65, 1.48, 1.14, 0.78),
        "stimulation": (1.55, 1.31, 0.99, 0.50),
        "novelty": (1.40, 1.05, 0.71, 0.30),
    }


@pytest.mark.parametrize("scale", UEQ_SCALES)
def test_a_scale_mean_is_not_rounded_up_into_a_class(scale):
    for place, lowest in enumerate(UEQ_BENCHMARK[scale]):
        assert ueq_benchmark(scale, lowest) == UEQ_CLASSES[place]
        assert ueq_benchmark(scale, lowest - 0.001) == UEQ_CLASSES[place + 1]
    assert (ueq_benchmark(scale, 3), ueq_benchmark(scale, -3)) == ("excellent", "bad")
    assert ueq_benchmark(scale, Estimate(-1, -2, 0, n=9)) == "bad"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ueq_scores([4] * 25), "the UEQ has 26 items, but a person has 25 answers"),
        (lambda: ueq_scores([4] * 25 + [8]), "'item 26' has a value off the scale 1 to 7"),
        (lambda: ueq_scores([4] * 25 + [0]), "off the scale 1 to 7"),
        (lambda: ueq_scores([0] * 25 + [4], recoded=True), "off the scale -3 to 3"),
        (lambda: ueq_scores([0] * 25 + [-4], recoded=True), "off the scale -3 to 3"),
        (lambda: ueq([[4] * 25 + [None]]), "no value in 1 of 1 rows.*out of the UEQ first"),
        (lambda: ueq_benchmark("fun", 1), "scale is 'fun'. Give one of: attractiveness, perspicuity"),
        (lambda: ueq_benchmark("novelty", 5), "mean_score is 5.*Score the answers first with ueq"),
        (lambda: ueq_benchmark("novelty", -3.1), "mean_score is -3.1"),
        (lambda: ueq_benchmark("novelty", math.nan), "mean_score is nan"),
    ],
)
def test_what_is_wrong_is_explained(call, message):
    with pytest.raises(ValueError, match=message):
        call()
