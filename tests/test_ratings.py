"""Tests of cxux_helpers.ratings: reading what participants answered."""

import math

import numpy as np
import pandas as pd
import pytest

from cxux_helpers.ratings import (
    read_items,
    read_outcomes,
    read_ratings,
    require_same_people,
)

PAIR = {"low": 1, "high": 5, "instrument": "UX-Lite"}


@pytest.mark.parametrize(
    "ratings",
    [[1, 7, 4], (1, 7, 4), np.array([1, 7, 4]), np.array([1.0, 7.0, 4.0]), pd.Series([1, 7, 4], dtype="Int64")],
)
def test_lists_arrays_and_series_read_alike(ratings):
    read = read_ratings(ratings, low=1, high=7)
    assert read.tolist() == [1.0, 7.0, 4.0]
    assert read.dtype == float
    assert read.name == "rating"


def test_a_series_keeps_its_index_and_name_and_is_not_changed():
    ratings = pd.Series([1, 7], index=["Ann", "Bob"], name="seq")
    read = read_ratings(ratings, low=1, high=7)
    assert (read.index.tolist(), read.name) == (["Ann", "Bob"], "seq")
    assert ratings.dtype == int


@pytest.mark.parametrize(
    ("ratings", "message"),
    [
        ([1, 8], r"'seq' has a value off the scale 1 to 7 in 1 of 2 rows, first 8 in row 1 .*right scale"),
        ([0, 8], "2 of 2 rows, first 0 in row 0"),
        ([1, math.inf], "off the scale"),
        ([1, 4.5], "'seq' has a value that is not whole in 1 of 2 rows, first 4.5 in row 1"),
        ([1, None], "'seq' has no value in 1 of 2 rows, first nan in row 1 .* say how many they were"),
        ([1, "5"], "'seq' has no number in 1 of 2 rows, first '5' in row 1"),
        (["5", "6"], "no number in 2 of 2 rows, first '5'"),
        ([1, True], "no number in 1 of 2 rows, first True"),
        (np.array([True, False]), "no number in 2 of 2 rows, first True"),
        ([], "seq is empty"),
        (5, "seq has 0 dimensions"),
        ([[1, 2]], "seq has 2 dimensions. Give a plain list"),
    ],
)
def test_ratings_that_cannot_be_used_are_named(ratings, message):
    with pytest.raises(ValueError, match=message):
        read_ratings(ratings, low=1, high=7, name="seq")


def test_ends_of_the_scale_fractions_and_missing_values_pass_where_allowed():
    read = read_ratings([1, 2.5, None, 7], low=1, high=7, whole=False, missing=True)
    assert read[[0, 1, 3]].tolist() == [1, 2.5, 7]
    assert math.isnan(read[2])


@pytest.mark.parametrize(
    "answers",
    [
        [[4, 5], [3, 1]],
        ((4, 5), (3, 1)),
        np.array([[4, 5], [3, 1]]),
        pd.DataFrame({"useful": [4, 3], "easy": [5, 1]}),
        pd.DataFrame([[4, 5], [3, 1]], columns=["same", "same"]),
    ],
)
def test_tables_and_lists_of_people_read_alike(answers):
    assert read_items(answers, 2, **PAIR).to_numpy().tolist() == [[4, 5], [3, 1]]


@pytest.mark.parametrize("answers", [[4, 5], np.array([4, 5]), pd.Series([4, 5], index=["useful", "easy"])])
def test_one_person_alone_may_be_a_plain_list(answers):
    assert read_items(answers, 2, **PAIR).to_numpy().tolist() == [[4, 5]]


def test_items_keep_the_index_and_names_and_the_given_table_is_not_changed():
    table = pd.DataFrame({"useful": [4], "easy": [5]}, index=["Ann"])
    read = read_items(table, 2, **PAIR)
    assert (read.index.tolist(), read.columns.tolist()) == (["Ann"], ["useful", "easy"])
    assert table.dtypes.tolist() == [int, int]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([[4, 6]], "'item 2' has a value off the scale 1 to 5 in 1 of 1 rows, first 6 in row 0"),
        ([[4, 5], [3, 0]], "'item 2' has a value off the scale 1 to 5 in 1 of 2 rows, first 0 in row 1"),
        ([[4, 5], [None, 1]], "'item 1' has no value in 1 of 2 rows.*out of UX-Lite first, and say how many"),
        ([[4, 2.5]], "'item 2' has a value that is not whole"),
        ([[4, True]], "'item 2' has no number"),
        ([["4", "5"]], "'item 1' has no number"),
        ([4, 5, 3], "UX-Lite has 2 items, but a person has 3 answers"),
        ([[4, 5], [3]], "UX-Lite has 2 items, but a person has 1 answers.*None where an answer is missing"),
        (np.array([[4, 5, 3]]), "a person has 3 answers"),
        ([], "there are no answers to UX-Lite"),
        (pd.DataFrame({"a": [4], "b": [5], "id": [17]}), "has 3 columns: a, b, id. Pass its item columns alone"),
        (pd.DataFrame({"a": [], "b": []}), "there are no answers to UX-Lite"),
    ],
)
def test_questionnaires_that_cannot_be_used_are_named(answers, message):
    with pytest.raises(ValueError, match=message):
        read_items(answers, 2, **PAIR)


def test_missing_items_pass_where_allowed_and_fractions_too():
    read = read_items([[None, 4.5]], 2, whole=False, missing=True, **PAIR)
    assert math.isnan(read.iloc[0, 0])
    assert read.iloc[0, 1] == 4.5
    assert read_items(np.array([[1.5, 4.5]]), 2, whole=False, **PAIR).iloc[0].tolist() == [1.5, 4.5]


@pytest.mark.filterwarnings("error")
def test_tables_of_plain_numbers_are_judged_at_once():
    gap = np.array([[math.nan, 4.0], [5.0, 1.0]])
    assert read_items(gap, 2, missing=True, **PAIR).iloc[1].tolist() == [5, 1]
    nullable = pd.DataFrame({"a": pd.array([4, None], dtype="Int64"), "b": [5, 1]})
    assert math.isnan(read_items(nullable, 2, missing=True, **PAIR).iloc[1, 0])
    for bad in (gap, nullable, [[math.inf, 4]], [[4.5, 4]]):
        with pytest.raises(ValueError, match=r"'(item 1|a)' has"):
            read_items(bad, 2, **PAIR)


@pytest.mark.parametrize(
    "outcomes", [[True, False], [1, 0], [1.0, 0], np.array([True, False]), pd.Series([True, False], dtype="boolean")]
)
def test_yes_and_no_may_be_written_in_two_ways(outcomes):
    read = read_outcomes(outcomes, name="completed")
    assert read.tolist() == [True, False]
    assert (read.dtype, read.name) == (bool, "completed")


@pytest.mark.parametrize(
    ("outcomes", "message"),
    [
        ([True, None], "'completed' has no value in 1 of 2 rows"),
        ([1, 2], "'completed' has neither yes nor no in 1 of 2 rows, first 2 in row 1"),
        (["yes", "no"], "neither yes nor no in 2 of 2 rows, first 'yes'"),
        (["1", "0"], "neither yes nor no in 2 of 2 rows"),
        ([], "completed is empty"),
    ],
)
def test_outcomes_that_cannot_be_used_are_named(outcomes, message):
    with pytest.raises(ValueError, match=message):
        read_outcomes(outcomes, name="completed")


def test_columns_of_different_people_are_refused():
    one, other = pd.Series([1, 2]), pd.Series([1, 2], index=[1, 0])
    require_same_people(one, [1, 2], ("times", "completed"))
    require_same_people(one, one, ("times", "completed"))
    with pytest.raises(ValueError, match="times has 2 values, but completed has 3"):
        require_same_people(one, [1, 2, 3], ("times", "completed"))
    with pytest.raises(ValueError, match="indexes of times and completed differ"):
        require_same_people(one, other, ("times", "completed"))
