"""Tests of cxux_helpers.usability.umux: UMUX, UMUX-Lite and UX-Lite."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.usability.umux import (
    historic_sus_from_umux_lite,
    umux,
    umux_lite,
    umux_lite_scores,
    umux_scores,
    ux_lite,
    ux_lite_scores,
)

SCALES = [
    (umux_scores, umux, 4, 7, "umux", "UMUX"),
    (umux_lite_scores, umux_lite, 2, 7, "umux_lite", "UMUX-Lite"),
    (ux_lite_scores, ux_lite, 2, 5, "ux_lite", "UX-Lite"),
]


def test_umux_turns_its_complaints_around():
    # Finstad (2010), the scoring rule: the first person by hand, (5 + 5 + 4 + 4) of 24 points.
    assert umux_scores([[6, 2, 5, 3], [7, 1, 7, 1], [1, 7, 1, 7], [4] * 4]).tolist() == [75, 100, 0, 50]
    assert umux_scores([7, 7, 1, 1]).tolist() == [50]


def test_umux_lite_and_its_historic_regression_are_the_published_ones():
    # Lewis, Utesch and Maher (2013): the best answers make 100, and 87.9 by the regression.
    assert umux_lite_scores([7, 7]).tolist() == [100]
    assert historic_sus_from_umux_lite(100) == pytest.approx(87.9, abs=1e-9)
    assert historic_sus_from_umux_lite(0) == pytest.approx(22.9, abs=1e-9)
    assert historic_sus_from_umux_lite(50) == pytest.approx(55.4, abs=1e-9)


def test_the_regression_says_that_it_is_withdrawn():
    assert "Withdrawn" in historic_sus_from_umux_lite.__doc__


@pytest.mark.parametrize("score", [-1, 100.5, math.nan, "50", True])
def test_the_regression_reads_raw_scores_alone(score):
    with pytest.raises(ValueError, match=r"score is .*0 or more and up to 100.*umux_lite_scores"):
        historic_sus_from_umux_lite(score)


def test_lite_scores_can_be_done_by_hand():
    assert umux_lite_scores([[1, 1], [4, 4], [6, 5], [1, 2]]).tolist() == [0, 50, 75, pytest.approx(100 / 12)]
    assert ux_lite_scores([[1, 1], [3, 3], [4, 4], [5, 5], [1, 2]]).tolist() == [0, 50, 75, 100, 12.5]


@pytest.mark.parametrize(("scores", "study", "n_items", "high", "column", "name"), SCALES)
def test_studies_have_a_mean_with_an_interval(scores, study, n_items, high, column, name):
    best = [high, 1] * 2 if n_items == 4 else [high] * 2
    middle = [(high + 1) // 2] * n_items
    people = pd.DataFrame([best, middle], index=["Ann", "Bob"])
    assert scores(people).to_dict() == {"Ann": 100, "Bob": 50}
    assert scores(people).name == column
    # t(1) = 1 at 50 %, and the standard error of 100 and 50 is 25.
    estimate = study(people, confidence=0.5)
    assert (estimate.value, estimate.low, estimate.high) == pytest.approx((75, 50, 100))
    assert (estimate.n, estimate.name, estimate.confidence) == (2, name, 0.5)
    assert (study(people).low, study(people).high, study(people).confidence) == (0, 100, 0.95)


@pytest.mark.parametrize(("scores", "study", "n_items", "high", "column", "name"), SCALES)
def test_what_is_off_is_named(scores, study, n_items, high, column, name):
    fine = [3] * n_items
    for wrong, message in [
        ([3] * (n_items + 1), f"{name} has {n_items} items"),
        ([*fine[1:], high + 1], f"off the scale 1 to {high}"),
        ([*fine[1:], 0], f"off the scale 1 to {high}"),
        ([*fine[1:], 2.5], "not whole"),
        ([*fine[1:], None], f"no value in 1 of 1 rows.*out of {name} first"),
    ]:
        with pytest.raises(ValueError, match=message):
            scores([wrong])
        with pytest.raises(ValueError, match=message):
            study([wrong])


@settings(deadline=None)
@given(st.data(), st.sampled_from(SCALES))
def test_scores_lie_on_the_scale_and_mirror(data, scale):
    scores, study, n_items, high, _, _ = scale
    person = data.draw(st.lists(st.integers(1, high), min_size=n_items, max_size=n_items))
    [score] = scores(person)
    [mirrored] = scores([high + 1 - answer for answer in person])
    assert 0 <= score <= 100
    assert score + mirrored == pytest.approx(100)
    assert study([person] * 3).value == pytest.approx(score)
