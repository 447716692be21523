"""Tests of cxux_helpers.usability.interaction: Fitts's law, throughput and Hick's law."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.usability.interaction import effective_width, fitts, hick, index_of_difficulty, throughput

# MacKenzie's program Throughput, documentation of 2025: one series of 20 touches, back and forth between two targets
# 313 pixels apart. Where each ended beyond (+) or before (-) the centre, and the milliseconds it took.
ENDS = [9, -11, 32, -7, 18, 67, -4, 0, -4, 20, 20, -16, -12, -25, 47, -39, 12, 31, 12, -19]
MILLISECONDS = [262, 268, 248, 233, 251, 252, 283, 214, 301, 266, 258, 258, 248, 242, 241, 252, 243, 255, 252, 210]
# Each movement starts where the one before ended.
MOVED = [313 + here + before for here, before in zip(ENDS, [0, *ENDS[:-1]], strict=True)]

lengths = st.floats(0.01, 10_000)


def test_throughput_is_the_published_one():
    assert np.mean(MOVED) == pytest.approx(327.05)
    assert np.mean(MILLISECONDS) == pytest.approx(251.85)
    # MacKenzie: We 105.692130, IDe 2.033640, 8.074805 bits/s, with 4.132731 for the factor that is given as 4.133.
    assert effective_width(ENDS) == pytest.approx(105.692130, rel=1e-4)
    assert index_of_difficulty(327.05, 105.692130) == pytest.approx(2.033640, abs=1e-6)
    assert throughput(MOVED, ENDS, np.array(MILLISECONDS) / 1000) == pytest.approx(8.074805, abs=1e-3)


def test_effective_width_is_4_133_sample_standard_deviations():
    assert effective_width([-1, 0, 1]) == pytest.approx(4.133)
    assert effective_width([0, 2]) == pytest.approx(4.133 * math.sqrt(2))


def test_index_of_difficulty_is_the_published_one():
    # MacKenzie, same documentation: A = 312, W = 130 gives 1.765535 bits.
    assert index_of_difficulty(312, 130) == pytest.approx(1.765535, abs=1e-6)


@pytest.mark.parametrize(("distance", "width", "bits"), [(2, 2, 1), (2, 1, 2), (16, 0.5, 6), (16, 0.25, 7)])
def test_fitts_own_index_is_the_published_one(distance, width, bits):
    # Fitts (1954), reciprocal tapping: amplitudes 2 to 16 inches and widths 2 to 1/4 inch make 1 to 7 bits.
    assert index_of_difficulty(distance, width, formulation="fitts") == bits


def test_movement_time_can_be_done_by_hand():
    # log₂(7 + 1) = 3 bits and log₂(14) for Fitts's form.
    assert fitts(7, 1, a=0.1, b=0.2) == pytest.approx(0.7)
    assert fitts(7, 1, a=0, b=1, formulation="fitts") == pytest.approx(math.log2(14))
    assert fitts(7, 1, a=-0.1, b=0.2) == pytest.approx(0.5)


def test_throughput_can_be_done_by_hand():
    # SD = √2, so the width is 4.133 √2; a distance of 7 widths makes 3 bits, in 0.5 seconds.
    width = 4.133 * math.sqrt(2)
    assert throughput([7 * width, 7 * width], [0, 2], [0.4, 0.6]) == pytest.approx(6)


@settings(deadline=None)
@given(lengths, lengths, st.floats(0.01, 100))
def test_only_the_ratio_of_distance_and_width_matters(distance, width, zoom):
    bits = index_of_difficulty(distance, width)
    assert bits > 0
    assert index_of_difficulty(zoom * distance, zoom * width) == pytest.approx(bits, rel=1e-6)
    assert index_of_difficulty(2 * distance, width) > bits > index_of_difficulty(distance, 2 * width)
    assert index_of_difficulty(distance, width, formulation="fitts") <= bits + 1


@settings(deadline=None)
@given(st.lists(st.integers(-50, 50), min_size=2, max_size=20).filter(lambda ends: len(set(ends)) > 1), st.randoms())
def test_effective_width_ignores_order_and_place(ends, random):
    width = effective_width(ends)
    assert effective_width(random.sample(ends, len(ends))) == pytest.approx(width)
    assert effective_width([end + 1000 for end in ends]) == pytest.approx(width, rel=1e-6)
    assert effective_width([3 * end for end in ends]) == pytest.approx(3 * width)


def test_a_steady_hand_aims_at_the_width_that_holds_96_percent():
    ends = np.random.default_rng(4).normal(0, 10, 20_000)
    assert np.mean(np.abs(ends) < effective_width(ends) / 2) == pytest.approx(0.961, abs=0.004)


@pytest.mark.parametrize(("n", "seconds"), [(1, 0.15), (3, 0.30), (7, 0.45), (15, 0.60)])
def test_hick_adds_a_bit_for_each_doubling(n, seconds):
    assert hick(n, b=0.15) == pytest.approx(seconds)
    assert hick(n, a=0.2, b=0.15) == pytest.approx(0.2 + seconds)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: index_of_difficulty(0, 1), "distance is 0, but must be a number above 0"),
        (lambda: index_of_difficulty(1, 0), "width is 0, but must be a number above 0"),
        (lambda: index_of_difficulty(1, -1), "width is -1"),
        (lambda: index_of_difficulty(math.nan, 1), "distance is nan"),
        (
            lambda: index_of_difficulty(1, 1, formulation="welford"),
            "formulation is 'welford'. Give 'shannon' or 'fitts'",
        ),
        (lambda: fitts(1, 1, a="0", b=1), "a is '0'"),
        (lambda: fitts(1, 1, a=0, b=0), "b is 0, but must be a number above 0"),
        (lambda: effective_width([1]), "endpoints has 1 different value"),
        (lambda: effective_width([1, 1]), "endpoints has 1 different value.*not all equal"),
        (lambda: effective_width([1, None]), "'endpoints' has no value"),
        (lambda: throughput([1, 2], [0, 1], [1]), "there are 2 distances, 2 endpoints and 1 times"),
        (lambda: throughput([1, 2], [0, 1, 2], [1, 2]), "2 distances, 3 endpoints"),
        (lambda: throughput([1, 0], [0, 1], [1, 1]), "'distances' has a value that is not above 0"),
        (lambda: throughput([1, 1], [0, 1], [1, 0]), "'times' has a value that is not above 0 in 1 of 2 rows"),
        (lambda: throughput([1, 1], [0, 1], [1, math.inf]), "'times' has a value that is not above 0"),
        (lambda: hick(0, b=1), "n is 0, but must be a whole number of 1 or more"),
        (lambda: hick(2.5, b=1), "n is 2.5"),
        (lambda: hick(2, b=0), "b is 0"),
        (lambda: hick(2, a=math.nan, b=1), "a is nan"),
    ],
)
def test_what_is_wrong_is_explained(call, message):
    with pytest.raises(ValueError, match=message):
        call()
