"""Answers as text: plain data to strict JSON and back.

Everything that a test cell learns about a student's work crosses this file. `encode` runs beside the
student's code, `decode` in the marker's process, and only text passes between them: nothing is unpickled,
imported or evaluated. So `decode` is the trust boundary. It accepts what `encode` writes and refuses all else
with a `WireError`, whoever wrote the text.

Types survive the way: ``True`` stays a bool, ``1`` an int, ``1.0`` a float. Numbers, texts, ``None`` and
lists are plain JSON; every other value is an object that names its kind under ``"is"``. Tuples and sets
arrive as lists (sets sorted), numpy scalars as Python's, times to the microsecond. A missing value travels
under its own name, and arrives as NaN, which no check takes for a number. An infinity does not travel: it is
a division by zero more often than an answer.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import count
from typing import Any, NoReturn

import numpy as np
import pandas as pd

from cxux_helpers.grading import cells
from cxux_helpers.grading.cells import LONGEST, WireError, must

__all__ = ["WireError", "decode", "encode"]

LARGEST = 2 * 1024 * 1024  # bytes of JSON
DEEPEST = 8  # lists and dictionaries within each other
MOST_TABLES = 100  # tables, columns and arrays in one answer: each takes a while to build


def encode(value: object) -> str:
    """Write an answer as JSON in plain ASCII.

    Parameters
    ----------
    value
        ``None``, a bool, number, text, date or time, list, tuple, set, dictionary with texts or whole numbers
        as keys, numpy scalar or array, or a pandas Series, DataFrame, Index or Categorical.

    Raises
    ------
    WireError
        If the value is of another kind, infinite, nested too deep or too large. The message says what to do.

    >>> encode({"nps": 20.0, "asked": 30})
    '{"is":"dict","items":[["nps",20.0],["asked",30]]}'
    """
    text = json.dumps(_pack(value, 0), allow_nan=False, separators=(",", ":"))
    if len(text) > LARGEST:
        raise WireError(f"the answer is larger than {LARGEST >> 20} MiB; give a part of it or a summary.")
    return text


def decode(text: str) -> Any:
    """Read what `encode` wrote, trusting nothing.

    Returns
    -------
    object
        Plain Python, numpy or pandas data, built here.

    Raises
    ------
    WireError
        If the text is anything but an answer in the form of this file.

    >>> decode("[1, 1.0, true]")
    [1, 1.0, True]
    """
    if not isinstance(text, str) or len(text) > LARGEST:
        raise WireError(f"an answer is a text of at most {LARGEST >> 20} MiB.")
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_int=_whole_number,
            parse_float=_finite_number,
        )
        return _unpack(tree, 0, count(1))
    except WireError:
        raise
    except Exception as problem:  # whatever a hostile text makes json, numpy or pandas raise
        raise WireError(f"this text holds no answer ({type(problem).__name__}).") from None


# --- writing, beside the student's code ---------------------------------------------------------------


def _pack(value: object, depth: int) -> Any:
    if depth > DEEPEST:
        raise WireError(f"the answer is nested deeper than {DEEPEST} levels; give a flatter list or a table.")
    if cells.is_scalar(value):
        return cells.pack_scalar(value)
    if isinstance(value, set | frozenset):
        value = _sorted(value)
    if isinstance(value, pd.Index):
        value = value.tolist()
    if isinstance(value, list | tuple):
        cells.check_length(len(value), "items")
        return [_pack(item, depth + 1) for item in value]
    if isinstance(value, dict):
        cells.check_length(len(value), "items")
        return {"is": "dict", "items": [[_pack_key(k), _pack(v, depth + 1)] for k, v in value.items()]}
    if isinstance(value, np.ndarray):
        return _pack_array(value)
    if isinstance(value, pd.Categorical):
        return {"is": "categorical", "column": cells.pack_column(pd.Series(value))}
    if isinstance(value, pd.Series):
        column, index = cells.pack_column(value), cells.pack_index(value.index)
        return {"is": "series", "name": cells.pack_name(value.name), "index": index, "column": column}
    if isinstance(value, pd.DataFrame):
        columns, index = cells.pack_index(value.columns), cells.pack_index(value.index)
        data = [cells.pack_column(value.iloc[:, i]) for i in range(value.shape[1])]
        return {"is": "table", "columns": columns, "index": index, "data": data}
    cells.refuse(value)


def _pack_array(array: np.ndarray[Any, Any]) -> Any:
    if array.ndim == 0:
        return _pack(array[()], 0)
    cells.check_length(array.size, "items")
    if array.dtype.kind not in "biufUOM":
        raise WireError(f"an array of {array.dtype.name} cannot be an answer; give numbers or texts.")
    column = cells.pack_column(pd.Series(array.ravel()))
    return {"is": "array", "shape": list(array.shape), "column": column}


def _pack_key(key: object) -> Any:
    packed = cells.pack_scalar(key) if cells.is_scalar(key) else None
    if type(packed) is str or type(packed) is int:
        return packed
    raise WireError("the keys of a dictionary must be texts or whole numbers to be an answer.")


def _sorted(values: set[Any] | frozenset[Any]) -> list[Any]:
    try:
        return sorted(values)
    except TypeError:
        raise WireError("a set of different kinds cannot be an answer; give a list.") from None


# --- reading, in the marker's process -----------------------------------------------------------------


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    must(len({key for key, _ in pairs}) == len(pairs), "a key stands twice")
    return dict(pairs)


def _refuse_constant(constant: str) -> NoReturn:
    raise WireError(f"this text holds no answer: {constant} is not a value.")


def _whole_number(digits: str) -> int:
    must(len(digits.lstrip("-")) <= cells.DIGITS, "a whole number is too long")
    return int(digits)


def _finite_number(digits: str) -> float:
    number = float(digits)
    must(math.isfinite(number), "a number is too large")
    return number


def _unpack(tree: Any, depth: int, tables: Iterator[int]) -> Any:
    must(depth <= DEEPEST, "nested too deep")
    if isinstance(tree, list):
        must(len(tree) <= LONGEST, "too many items")
        return [_unpack(item, depth + 1, tables) for item in tree]
    if not isinstance(tree, dict) or tree.get("is") in ("missing", "time"):
        return cells.unpack_scalar(tree)
    if tree.get("is") == "dict":
        must(tree.keys() == {"is", "items"} and isinstance(tree["items"], list), "a dictionary")
        return _unpack_dict(tree["items"], depth, tables)
    must(next(tables) <= MOST_TABLES, "too many tables")
    match tree:
        case {"is": "array", "shape": list(shape), "column": column, **more} if not more:
            must(1 <= len(shape) <= 4 and all(cells.is_length(n) for n in shape), "an array")
            return cells.unpack_column(column).to_numpy().reshape(shape)
        case {"is": "categorical", "column": column, **more} if not more:
            return pd.Categorical(cells.unpack_column(column))
        case {"is": "series", "name": name, "index": index, "column": column, **more} if not more:
            series = cells.unpack_column(column).set_axis(cells.unpack_index(index))
            return series.rename(cells.unpack_scalar(name))
        case {"is": "table", "columns": columns, "index": index, "data": list(data), **more} if not more:
            return _unpack_table(cells.unpack_index(columns), cells.unpack_index(index), data)
    raise WireError("this text holds no answer: an unknown kind.")


def _unpack_dict(items: list[Any], depth: int, tables: Iterator[int]) -> dict[str | int, Any]:
    must(len(items) <= LONGEST, "too many items")
    result: dict[str | int, Any] = {}
    for item in items:
        must(isinstance(item, list) and len(item) == 2, "a dictionary")
        key, value = item
        must(type(key) in (str, int) and key not in result, "a dictionary")
        result[cells.unpack_scalar(key)] = _unpack(value, depth + 1, tables)
    return result


def _unpack_table(columns: pd.Index, index: pd.Index, data: list[Any]) -> pd.DataFrame:
    must(len(data) == len(columns), "a table")
    unpacked = [cells.unpack_column(column) for column in data]
    must(all(len(column) == len(index) for column in unpacked), "a table")
    table = pd.DataFrame(dict(enumerate(unpacked)), index=pd.RangeIndex(len(index)))
    return table.set_axis(index, axis="index").set_axis(columns, axis="columns")
