"""Tests of cxux_helpers.surveys.cleaning: each decision does what its name says, and nothing else."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.surveys.cleaning import CLEANING_DECISIONS, clean_ratings

# One customer of each kind; 1 answered twice, in rows that stand in no order, and the staff borrowed the number of 5.
RAW = pd.DataFrame(
    [
        (1, "2026-03-05 09:00", "card", 4),
        (1, "2026-03-02 09:00", "e-mail", 2),
        (2, "2026-03-02 10:00", "e-mail", 55),
        (3, "2026-03-02 11:00", "e-mail", None),
        (4, "2026-03-02 12:00", "e-mail", 4),
        (5, "2026-03-02 13:00", "e-mail", 1),
        (5, "2026-03-09 13:00", "staff test", 5),
        (6, "2026-03-02 14:00", "e-mail", 0),
    ],
    columns=["customer_id", "answered_at", "channel", "csat"],
)
UNTOUCHED = {"tests": "keep", "doubles": "keep all", "off_scale": "keep", "missing": "leave out"}


def ratings(**decisions):
    """Ratings by customer and decision, in the order of time."""
    table = clean_ratings(RAW, **decisions)
    return list(zip(table["customer_id"], table["csat"], strict=True))


def test_the_defaults_keep_each_customers_last_usable_word_alone():
    assert ratings() == [(4, 4), (5, 1), (1, 4)]


@pytest.mark.parametrize(
    ("decision", "kept"),
    [
        ({"tests": "keep"}, [(4, 4), (1, 4), (5, 5)]),  # the test is now the last word of customer 5
        ({"doubles": "keep all"}, [(1, 2), (4, 4), (5, 1), (1, 4)]),
        ({"doubles": "keep the first"}, [(1, 2), (4, 4), (5, 1)]),
        ({"off_scale": "keep"}, [(2, 55), (4, 4), (5, 1), (6, 0), (1, 4)]),
        ({"off_scale": "move to the nearest"}, [(2, 5), (4, 4), (5, 1), (6, 1), (1, 4)]),
        ({"missing": "fill in the middle"}, [(3, 3), (4, 4), (5, 1), (1, 4)]),
        ({"missing": "fill in the most frequent"}, [(3, 4), (4, 4), (5, 1), (1, 4)]),
    ],
)
def test_a_decision_changes_the_rows_that_it_names(decision, kept):
    assert ratings(**decision) == kept


def test_nothing_is_lost_but_missing_ratings_where_nothing_is_decided():
    assert len(clean_ratings(RAW, **UNTOUCHED)) == len(RAW) - 1


def test_the_table_that_was_passed_stays_as_it_was():
    before = RAW.copy()
    clean_ratings(RAW, off_scale="move to the nearest", missing="fill in the middle")
    pd.testing.assert_frame_equal(RAW, before)


def test_where_no_rating_is_left_the_middle_stands_in_for_the_most_frequent():
    blank = RAW.assign(csat=np.nan)
    assert set(clean_ratings(blank, missing="fill in the most frequent")["csat"]) == {3}


def test_columns_and_scale_can_be_named():
    table = RAW.rename(columns={"customer_id": "who", "answered_at": "when", "channel": "way", "csat": "stars"})
    named = clean_ratings(table, customer="who", time="when", channel="way", rating="stars", high=10)
    assert named["stars"].tolist() == clean_ratings(RAW, high=10)["csat"].tolist() == [4, 1, 4]


@pytest.mark.parametrize(
    ("change", "decision", "message"),
    [
        ({}, {"tests": "hide"}, "tests is 'hide'. Choose 'keep', 'drop'"),
        ({}, {"customer": "member"}, "column 'member' is not in the table"),
        ({"customer_id": None}, {}, "no customer"),
        ({"answered_at": "last week"}, {}, "no readable time"),
        ({"csat": "good"}, {}, "no number"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_remedy(change, decision, message):
    with pytest.raises(ValueError, match=message):
        clean_ratings(RAW.assign(**change), **decision)


decisions = st.fixed_dictionaries({name: st.sampled_from(options) for name, options in CLEANING_DECISIONS.items()})


@settings(deadline=None, max_examples=40)
@given(decisions=decisions, order=st.permutations(range(len(RAW))))
def test_the_order_of_rows_does_not_matter_and_no_rating_is_missing(decisions, order):
    table = clean_ratings(RAW.iloc[order], **decisions)
    pd.testing.assert_frame_equal(table, clean_ratings(RAW, **decisions))
    assert table["csat"].notna().all()
    assert decisions["off_scale"] == "keep" or table["csat"].between(1, 5).all()
    assert decisions["doubles"] == "keep all" or table["customer_id"].is_unique
