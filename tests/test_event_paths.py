"""Tests of cxux_helpers.journey.event_paths: putting a table of events in order, fast and in little memory."""

import tracemalloc
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.journey import event_paths
from cxux_helpers.journey.event_flows import transition_matrix
from cxux_helpers.journey.event_logs import funnel, sessions
from cxux_helpers.journey.event_paths import blocks, neighbours, read_events, read_paths, sort_paths

LONG_AGO, FAR_AHEAD = np.iinfo(np.int64).min + 1, np.iinfo(np.int64).max


def as_paths(users, ticks):
    return sort_paths(np.array(users), np.array(ticks, dtype="int64").view("datetime64[ns]"))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(LONG_AGO, FAR_AHEAD) | st.integers(0, 3)), min_size=1),
    st.sampled_from([2, 5, 1 << 17]),
)
def test_rows_come_by_path_then_by_time_then_as_they_were(both, length):
    users, ticks = zip(*both, strict=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(event_paths.blocks, "__defaults__", (length,))
        paths = as_paths(users, ticks)
    expected = sorted(range(len(both)), key=lambda row: (users[row], ticks[row], row))
    assert paths.rows.tolist() == expected
    begins = [place for place, row in enumerate(expected) if place == 0 or users[row] != users[expected[place - 1]]]
    assert paths.starts.tolist() == begins
    assert paths.ends.tolist() == [*begins[1:], len(both)]


def test_a_table_without_rows_has_no_paths():
    paths = as_paths(np.array([], dtype=int), [])
    assert paths.rows.size == paths.starts.size == paths.ends.size == 0


@given(st.integers(0, 30), st.integers(1, 9))
def test_blocks_cover_every_row_once_and_neighbours_every_two(size, length):
    numbers = np.arange(size)
    assert [n for part in blocks(size, length) for n in numbers[part]] == numbers.tolist()
    pairs = [pair for part in neighbours(size) for pair in pairwise(numbers[part])]
    assert pairs == list(pairwise(numbers))


def test_a_categorical_column_is_read_without_a_copy():
    log = pd.DataFrame({"event": pd.Categorical(["b", "a", "b"], categories=["b", "c", "a"])})
    codes, names = read_events(log, "event")
    assert np.shares_memory(codes, log["event"].array.codes)
    assert names.tolist() == ["b", "c", "a"]


def test_events_as_text_become_small_codes_in_the_order_of_the_alphabet():
    codes, names = read_events(pd.DataFrame({"event": ["b", "a", "b"]}), "event")
    assert (codes.tolist(), codes.dtype, names.tolist()) == ([1, 0, 1], np.uint8, ["a", "b"])


def test_numbers_with_few_gaps_are_read_without_a_copy_and_others_are_counted_through():
    near, far = pd.DataFrame({"user_id": [3, 0, 3]}), pd.DataFrame({"user_id": [10**9, 0, 10**9]})
    assert np.shares_memory(read_paths(near, "user_id"), near["user_id"].to_numpy())
    assert read_paths(far, "user_id").tolist() == [0, 1, 0]


@pytest.mark.parametrize("shuffled", [False, True])
def test_memory_stays_within_twice_the_table(shuffled):
    rng = np.random.default_rng(0)
    seconds = rng.integers(0, 10**7, 1_000_000)
    if not shuffled:
        seconds.sort()
    log = pd.DataFrame(
        {
            "user_id": rng.integers(0, 100_000, seconds.size),
            "time": pd.Timestamp("2025-01-01") + pd.to_timedelta(seconds, unit="s"),
            "event": pd.Categorical.from_codes(rng.integers(0, 9, seconds.size).astype("int8"), list("abcdefghi")),
        }
    )
    table = log.memory_usage(deep=True).sum()
    for function in (lambda: funnel(log, ["a", "b"]), lambda: transition_matrix(log), lambda: sessions(log)):
        tracemalloc.start()
        function()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 2 * table
