"""Tests of cxux_helpers.usability.comparison."""

import pytest

from cxux_helpers.estimates import Estimate
from cxux_helpers.usability.comparison import clear_winner


def estimate(low, high, confidence=0.95):
    return Estimate((low + high) / 2, low, high, 10, confidence)


def test_the_interval_beyond_all_others_wins():
    designs = {"A": estimate(1, 2), "B": estimate(5, 6), "C": estimate(3, 4)}
    assert clear_winner(designs) == "B"
    assert clear_winner(designs, high_is_good=False) == "A"


def test_intervals_that_touch_or_overlap_cannot_tell():
    assert clear_winner({"A": estimate(1, 2), "B": estimate(2, 3)}) is None
    assert clear_winner({"A": estimate(1, 2), "B": estimate(3, 5), "C": estimate(4, 6)}) is None


def test_order_does_not_matter():
    assert clear_winner({"B": estimate(5, 6), "A": estimate(1, 2)}) == "B"


def test_a_choice_needs_two_designs_at_one_confidence():
    with pytest.raises(ValueError, match="has 1 design, and a choice needs two"):
        clear_winner({"A": estimate(1, 2)})
    with pytest.raises(ValueError, match=r"confidence levels \[0.9, 0.95\] differ"):
        clear_winner({"A": estimate(1, 2), "B": estimate(5, 6, 0.9)})
