"""Tests of cxux_helpers.grading.wire: types survive the way, and no text from outside does harm."""

import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.grading import wire
from cxux_helpers.grading.wire import WireError, decode, encode

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | st.integers(-(10**99), 10**99) | numbers | texts
plain = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts | st.integers(), inner, max_size=4),
    max_leaves=20,
)


def same(one, other):
    """Equal, and of the same types all the way down: True is not 1, and 1 is not 1.0."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def depth(value):
    """How many lists and dictionaries stand around the innermost value."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, inner)) if inner else 0


@settings(max_examples=200, deadline=None)
@given(plain)
def test_plain_data_arrive_with_their_types(value):
    if depth(value) > wire.DEEPEST:
        with pytest.raises(WireError, match="nested deeper"):
            encode(value)
    else:
        assert same(decode(encode(value)), value)


@pytest.mark.parametrize("value", [True, 1, 1.0, -0.0, None, "", "NaN", "é\u2028\x00", 10**99, []])
def test_these_are_not_taken_for_each_other(value):
    assert same(decode(encode(value)), value)


def test_tuples_and_sets_arrive_as_lists():
    assert decode(encode(((1, 2), {3, 1}, frozenset("ba")))) == [[1, 2], [1, 3], ["a", "b"]]


def test_numpy_scalars_arrive_as_pythons():
    value = [np.bool_(True), np.int8(3), np.uint64(2**63), np.float32(0.5), np.str_("a")]
    assert same(decode(encode(value)), [True, 3, 2**63, 0.5, "a"])


@pytest.mark.parametrize("missing", [math.nan, np.float64("nan"), pd.NaT, pd.NA, np.datetime64("NaT")])
def test_a_missing_value_arrives_as_nan(missing):
    assert math.isnan(decode(encode(missing)))


def test_times_arrive_to_the_microsecond():
    time = pd.Timestamp("1997-01-01 12:30:00.000001")
    for value in (time, time.to_pydatetime(), time.to_numpy()):
        assert decode(encode(value)) == time
    assert decode(encode(time.date())) == pd.Timestamp("1997-01-01")


@pytest.mark.parametrize(
    "array",
    [np.array([[1, 2], [3, 4]]), np.array([0.5, np.nan]), np.array([[True]]), np.zeros((2, 0)), np.array(5)],
)
def test_arrays_keep_shape_and_kind(array):
    arrived = np.asarray(decode(encode(array)))
    assert arrived.shape == array.shape and arrived.dtype.kind == array.dtype.kind
    np.testing.assert_array_equal(arrived, array)


def test_tables_keep_index_columns_and_types():
    table = pd.DataFrame(
        {"days": [3, 5], "share": [0.5, None], "name": ["a", None], "last": pd.to_datetime(["1997-01-01", None])},
        index=pd.Index([17, 4], name="customer"),
    )
    table["last"] = table["last"].astype("datetime64[us]")
    pd.testing.assert_frame_equal(decode(encode(table)), table)


def test_tables_with_several_levels_keep_them():
    table = pd.DataFrame({"x": [1, 2, 3], "y": list("aab"), "z": list("pqp")}).groupby(["y", "z"])
    table = table.agg({"x": ["sum", "mean"]})
    pd.testing.assert_frame_equal(decode(encode(table)), table)


def test_columns_and_categories_arrive():
    column = pd.Series(["b", "a", None], name="segment", dtype=pd.CategoricalDtype(["b", "a"], ordered=True))
    pd.testing.assert_series_equal(decode(encode(column)), column)
    pd.testing.assert_extension_array_equal(decode(encode(column.array)), column.array)
    assert decode(encode(pd.Index([1, 2]))) == [1, 2]


class AlwaysEqual(int):
    """Says that it is whatever one hopes for."""

    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (AlwaysEqual(3), "a AlwaysEqual cannot be an answer; give a number, text, list, dict or table"),
        (lambda: 3, "a function cannot be an answer"),
        (pd.Timedelta(days=3), "a Timedelta cannot be an answer"),
        (np.timedelta64(3, "D"), "a timedelta64 cannot be an answer"),
        (math.inf, "infinity cannot be an answer; look for a division by zero"),
        (np.array([1 + 2j]), "an array of complex128 cannot be an answer"),
        ({1.5: 2}, "keys of a dictionary must be texts or whole numbers"),
        ({True: 2}, "keys of a dictionary must be texts or whole numbers"),
        ({1, "a"}, "a set of different kinds cannot be an answer"),
        (10**100, "a whole number of more than 100 digits"),
        ("\ud800", "half of a character"),
        (pd.Timestamp("2020", tz="UTC"), "a time with a time zone"),
        ([0] * 50_001, "the answer has 50,001 items and may have 50,000"),
        (["x" * 1000] * 3000, "larger than 2 MiB"),
    ],
)
def test_what_cannot_be_an_answer_is_named(value, says):
    with pytest.raises(WireError, match=says):
        encode(value)


def test_a_list_within_itself_is_refused():
    endless = []
    endless.append(endless)
    with pytest.raises(WireError, match="nested deeper than 8 levels"):
        encode(endless)


BOMB = '{"is":"series","name":null,"index":0,"column":{"of":"int","cells":[]}}'


@pytest.mark.parametrize(
    "text",
    [
        "", "nul", "[1", "1 2", "NaN", "Infinity", "-Infinity", "1e999", "9" * 101, '"\\ud800"', "[" * 100_000,
        '{"is":"dict","items":[],"items":[]}', '{"is":"dict","items":[["a",1],["a",2]]}',
        '{"is":"dict","items":[[true,1]]}', '{"is":"dict","items":[["a"]]}', '{"is":"dict","items":{}}',
        '{"is":"dict","items":[],"more":1}', '{"a":1}', "{}", '{"is":["dict"]}', '{"is":"eval","code":"1"}',
        '{"is":"missing","at":1}', '{"is":"time","at":"now"}', '{"is":"time","at":"2020-13-01T00:00:00.000000"}',
        '{"is":"array","shape":[2],"column":{"of":"int","cells":[1]}}',
        '{"is":"array","shape":[-1],"column":{"of":"int","cells":[1]}}',
        '{"is":"array","shape":[],"column":{"of":"int","cells":[1]}}',
        '{"is":"array","shape":[true],"column":{"of":"int","cells":[1]}}',
        "[" + ",".join(["0"] * 50_001) + "]", "[" + ",".join([BOMB] * 101) + "]",
        '"' + "x" * wire.LARGEST + '"',
    ],
)  # fmt: skip
def test_a_text_that_holds_no_answer_is_refused(text):
    with pytest.raises(WireError):
        decode(text)


@pytest.mark.parametrize("no_text", [None, b"1", 1, ["1"]])
def test_only_texts_are_read(no_text):
    with pytest.raises(WireError):
        decode(no_text)


# Texts near the form: JSON made of the words that `decode` looks for.
words = st.sampled_from(
    ["is", "of", "at", "dict", "items", "array", "shape", "column", "series", "table", "columns", "index", "data",
     "names", "levels", "name", "cells", "categorical", "category", "categories", "ordered", "int", "float", "bool",
     "text", "time", "mixed", "missing", "2020-01-01T00:00:00.000000"]
)  # fmt: skip
near = st.recursive(
    scalars | words | st.integers(-2, 3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words | texts, inner, max_size=4),
    max_leaves=25,
)


@settings(max_examples=300, deadline=None)
@given(near)
def test_any_json_is_an_answer_or_refused(tree):
    try:
        value = decode(json.dumps(tree))
    except WireError:
        return
    encode(value)


shapes = st.sampled_from(
    [1, "a", [1], {"a": 1}, pd.Series([1, 2]), pd.Series(["a", None], dtype="category"), np.eye(2),
     pd.DataFrame({"a": [1.5], "b": pd.to_datetime(["2020"])}), pd.Timestamp("2020"), math.nan]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(shapes, st.data())
def test_an_answer_that_was_tampered_with_is_an_answer_or_refused(value, data):
    tree = json.loads(encode([value]))
    spots = list(branches(tree))
    holder, key = data.draw(st.sampled_from(spots))
    holder[key] = data.draw(near)
    try:
        arrived = decode(json.dumps(tree))
    except WireError:
        return
    encode(arrived)


def branches(tree):
    """Yield every place of a tree at which something else could stand."""
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from branches(tree[key])


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_an_answer_or_refused(text):
    try:
        decode(text)
    except WireError:
        return
    json.loads(text)
