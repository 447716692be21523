"""A table of events put in order: path after path, each by time, with little more memory than the table has.

A *path* is what belongs together: all events of a user, or of a session. `cxux_helpers.journey.event_logs` stands on
this.

The trick for speed: what rows are to be sorted by and their number are packed into one whole number, so that a
plain sort, which NumPy does with vector instructions, is stable and brings the order with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.tables import read_times, refuse_rows, require_columns

__all__ = ["Codes", "Paths", "blocks", "neighbours", "read_events", "read_moments", "read_paths", "sort_paths"]


class Codes(NamedTuple):
    """A column as whole numbers: ``names[code]`` is what stood there."""

    codes: np.ndarray
    names: pd.Index


class Paths(NamedTuple):
    """Rows of a table in order.

    Attributes
    ----------
    rows : array of int
        Row numbers, path after path, each path by time; events of the same time keep the order of the table.
    starts : array of int
        Where in `rows` each path begins.
    """

    rows: np.ndarray
    starts: np.ndarray

    @property
    def ends(self) -> np.ndarray:
        """Where in `rows` each path has ended."""
        return np.append(self.starts, self.rows.size)[1:]


def blocks(size: int, length: int = 1 << 17) -> Iterator[slice]:
    """Slices that cover `size` rows in turn.

    Scratch memory is then needed for one block at a time, and stays in the processor's cache.
    """
    return (slice(start, min(start + length, size)) for start in range(0, size, length))


def neighbours(size: int) -> Iterator[slice]:
    """Blocks that share a row with the next one, so that every two neighbours meet in one of them."""
    return (slice(part.start, part.stop + 1) for part in blocks(size))


def read_events(log: pd.DataFrame, event: str) -> Codes:
    """Read the column of events as codes, in the order of its categories or of the alphabet.

    A categorical column is read without a copy, and categories that have no event keep their place.
    """
    column = _read(log, "event", event, "no event")
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Codes(np.asarray(column.array.codes), column.cat.categories)
    codes, names = pd.factorize(column, sort=True)
    return Codes(codes.astype(np.min_scalar_type(len(names))), names)


def read_paths(log: pd.DataFrame, per: str, argument: str = "per") -> np.ndarray:
    """Read the column that says which events belong together, as whole numbers from 0 with few gaps."""
    column = _read(log, argument, per, "no value")
    if isinstance(column.dtype, pd.CategoricalDtype):
        return np.asarray(column.array.codes)
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "iu":
        numbers = column.to_numpy()
        if numbers.min() >= 0 and numbers.max() <= 4 * numbers.size:
            return numbers
    return pd.factorize(column)[0].astype(np.int32)


def read_moments(log: pd.DataFrame, time: str) -> np.ndarray:
    """Read the column of times as datetimes of NumPy, without a time zone."""
    _require(log, "time", time)
    return read_times(log[time]).to_numpy()


def sort_paths(paths: np.ndarray, moments: np.ndarray) -> Paths:
    """Put rows in order, by path and then by time.

    Parameters
    ----------
    paths : array of int
        As `read_paths` gives it, or a part of it.
    moments : array of datetime64
        The time of each.
    """
    ticks = moments.view(np.int64)
    order = None
    if any((ticks[part][1:] < ticks[part][:-1]).any() for part in neighbours(ticks.size)):
        order = _order_by_time(ticks)
    keys, bits = _packed(paths, order)
    keys.sort()
    fresh = np.empty(keys.size, dtype=bool)
    fresh[:1] = True
    for part in neighbours(keys.size):
        path = keys[part] >> bits
        np.not_equal(path[1:], path[:-1], out=fresh[part][1:])
    return Paths(_unpacked(keys, bits, order), np.flatnonzero(fresh))


def _order_by_time(ticks: np.ndarray) -> np.ndarray:
    """Row numbers by time: digit by digit from the lowest, each digit as large as fits beside a row number."""
    low, high = int(ticks.min()), int(ticks.max())
    digit = 63 - ticks.size.bit_length()
    order = None
    for shift in range(0, (high - low).bit_length(), digit):
        keys, bits = _packed(ticks, order, low, shift, (1 << digit) - 1)
        keys.sort()
        order = _unpacked(keys, bits, order)
    assert order is not None  # times that are out of order differ
    return order


def _packed(
    values: np.ndarray, order: np.ndarray | None, low: int = 0, shift: int = 0, mask: int = -1
) -> tuple[np.ndarray, int]:
    """Numbers that sort by a digit of the values and then by place, and how many of their bits hold the place."""
    bits = values.size.bit_length()
    keys = np.empty(values.size, dtype=np.int64)
    for part in blocks(values.size):
        chosen = (values[part] if order is None else values[order[part]]).astype(np.int64)
        keys[part] = ((((chosen - low) >> shift) & mask) << bits) | np.arange(part.start, part.stop)
    return keys, bits


def _unpacked(keys: np.ndarray, bits: int, order: np.ndarray | None) -> np.ndarray:
    """The row numbers in packed keys; `order` says which row stood at each place."""
    rows = np.empty(keys.size, dtype=np.int32 if bits < 32 else np.int64)
    for part in blocks(keys.size):
        place = keys[part] & ((1 << bits) - 1)
        rows[part] = place if order is None else order[place]
    return rows


def _read(log: pd.DataFrame, argument: str, column: str, lacks: str) -> pd.Series:
    _require(log, argument, column)
    refuse_rows(log[column], log[column].isna(), lacks, "Drop such rows first, and say how many they were.")
    return log[column]


def _require(log: pd.DataFrame, argument: str, column: str) -> None:
    require_columns(log, [column], f"Pass {argument}='…' with the name of the column that holds it.")
