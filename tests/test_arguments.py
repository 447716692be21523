"""Tests of cxux_helpers.arguments: numbers within bounds, and what is said of the others."""

import math

import numpy as np
import pytest

from cxux_helpers.arguments import require_number, require_whole


@pytest.mark.parametrize("number", [0, 0.5, np.float64(0.25), np.int64(1), True * 1])
def test_a_number_on_or_within_its_bounds_passes(number):
    require_number("share", number, low=0, high=1)


@pytest.mark.parametrize(
    ("number", "bounds", "message"),
    [
        (-1, {"low": 0}, "share is -1, but must be a number of 0 or more."),
        (0, {"above": 0}, "share is 0, but must be a number above 0."),
        (1, {"low": 0, "below": 1}, "share is 1, but must be a number of 0 or more and below 1."),
        (2, {"above": 0, "high": 1}, "share is 2, but must be a number above 0 and up to 1."),
        (math.nan, {}, "share is nan, but must be a number (finite)."),
        (math.inf, {"low": 0}, "share is inf, but must be a number of 0 or more."),
        (True, {"low": 0}, "share is True, but must be a number of 0 or more."),
        (np.True_, {"low": 0}, "share is True, but"),
        ("1", {"low": 0}, "share is '1', but"),
        (None, {"low": 0}, "share is None, but"),
        (np.float64(-5), {"low": 0}, "share is -5.0, but"),
    ],
)
def test_another_is_refused_by_name_value_and_bounds(number, bounds, message):
    with pytest.raises(ValueError) as refused:
        require_number("share", number, **bounds)
    assert str(refused.value).startswith(message)


def test_the_remedy_ends_the_message():
    with pytest.raises(ValueError, match=r"below 1\. Write 0\.3 for 30 %\.$"):
        require_number("shrinkage", 30, below=1, remedy="Write 0.3 for 30 %.")


def test_whole_numbers_come_back_as_int():
    whole = require_whole("agents", np.float64(14.0), low=1)
    assert whole == 14
    assert type(whole) is int


@pytest.mark.parametrize("number", [0, 2.5, True, "3", math.nan, math.inf, None])
def test_what_is_not_whole_or_too_low_is_refused(number):
    with pytest.raises(ValueError, match=r"agents is .*, but must be a whole number of 1 or more\."):
        require_whole("agents", number, low=1)
