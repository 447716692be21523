"""Single values and columns of values, written for the wire and read back; `wire` builds answers from them.

`pack_…` runs beside the student's code. `unpack_…` runs in the marker's process on text from there, and takes
nothing for granted: every field, type and length is looked at before numpy or pandas see it.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn, cast

import numpy as np
import pandas as pd

__all__ = [
    "LONGEST",
    "WireError",
    "check_length",
    "is_length",
    "is_scalar",
    "must",
    "pack_column",
    "pack_index",
    "pack_name",
    "pack_scalar",
    "refuse",
    "unpack_column",
    "unpack_index",
    "unpack_scalar",
]

LONGEST = 50_000  # items of a list, rows of a table
DIGITS = 100  # of a whole number, so that every one fits a float

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}", re.ASCII)
_CLOCK = "datetime64[us]"
_TEXT = pd.Series(["text"]).dtype  # texts have had a type of their own since pandas 3


class WireError(ValueError):
    """A value that cannot be an answer, or a text that holds none."""


# --- writing, beside the student's code ---------------------------------------------------------------


def is_scalar(value: object) -> bool:
    """Return whether a value is a single one that can travel."""
    # Exact types: a subclass of int may say that it equals everything.
    plain = (type(None), bool, int, float, str, dt.date, dt.datetime, pd.Timestamp)
    return type(value) in plain or value is pd.NaT or value is pd.NA or isinstance(value, np.generic)


def pack_scalar(value: Any) -> Any:
    """Write a single value: plain JSON, a time, or the sign that it is missing."""
    if isinstance(value, np.generic):
        value = _from_numpy(value)
    if value is pd.NaT or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return {"is": "missing"}
    if isinstance(value, float) and math.isinf(value):
        raise WireError("infinity cannot be an answer; look for a division by zero.")
    if isinstance(value, int) and abs(value) >= 10**DIGITS:
        raise WireError(f"a whole number of more than {DIGITS} digits cannot be an answer.")
    if isinstance(value, dt.date):
        time = pd.Timestamp(value)
        if time.tzinfo is not None:
            raise WireError("a time with a time zone cannot be an answer; use .tz_localize(None).")
        return {"is": "time", "at": time.isoformat(timespec="microseconds")}
    return _whole_text(value) if isinstance(value, str) else value


def _from_numpy(value: np.generic) -> Any:
    if isinstance(value, np.datetime64):
        return pd.Timestamp(value)
    plain: tuple[tuple[type, Callable[..., Any]], ...]
    plain = ((np.bool_, bool), (np.integer, int), (np.floating, float), (np.str_, str))
    for kind, convert in plain:
        # A timedelta64 calls itself an integer, and is none.
        if isinstance(value, kind) and not isinstance(value, np.timedelta64):
            return convert(value)
    refuse(value)


def pack_name(name: object) -> Any:
    """Write the name of a column or of an index level; one of several parts becomes one text."""
    return pack_scalar(name if is_scalar(name) else str(name))


def pack_index(index: pd.Index) -> Any:
    """Write an index: the number of rows where they are merely counted, else names and levels."""
    check_length(len(index), "rows")
    if isinstance(index, pd.RangeIndex) and index.equals(pd.RangeIndex(len(index))) and index.name is None:
        return len(index)
    levels = [index.get_level_values(i) for i in range(index.nlevels)]
    columns = [pack_column(pd.Series(level, dtype=level.dtype)) for level in levels]
    return {"names": [pack_name(name) for name in index.names], "levels": columns}


def pack_column(column: pd.Series[Any]) -> dict[str, Any]:
    """Write the cells of a column with the one kind that they share."""
    check_length(len(column), "rows")
    kind, missing = pd.api.types, column.isna()
    if isinstance(column.dtype, pd.CategoricalDtype):
        categories = pack_column(pd.Series(column.cat.categories, dtype=column.cat.categories.dtype))
        ordered, codes = bool(column.cat.ordered), column.cat.codes.tolist()
        return {"of": "category", "ordered": ordered, "categories": categories, "cells": codes}
    if kind.is_datetime64_any_dtype(column):
        if isinstance(column.dtype, pd.DatetimeTZDtype):
            raise WireError("times with a time zone cannot be an answer; use .dt.tz_localize(None).")
        times = np.datetime_as_string(column.to_numpy(_CLOCK), unit="us").tolist()
        return {"of": "time", "cells": _without(times, missing)}
    if kind.is_bool_dtype(column) and not missing.any():
        return {"of": "bool", "cells": column.astype(bool).tolist()}
    if kind.is_integer_dtype(column) and not missing.any() and (column <= 2**63 - 1).all():
        return {"of": "int", "cells": column.astype("int64").tolist()}
    if kind.is_integer_dtype(column) or kind.is_float_dtype(column):
        numbers = column.to_numpy(dtype="float64", na_value=math.nan)
        if np.isinf(numbers).any():
            raise WireError("infinity cannot be an answer, nor stand in one; look for a division by zero.")
        return {"of": "float", "cells": _without(numbers.tolist(), missing)}
    cells = column.tolist()
    if not missing.all() and all(type(c) is str or m for c, m in zip(cells, missing, strict=True)):
        return {"of": "text", "cells": [c if c is None else _whole_text(c) for c in _without(cells, missing)]}
    for cell in cells:
        if not is_scalar(cell):
            name = type(cell).__name__
            raise WireError(f"a column of {name} cannot be an answer; turn it into numbers or texts.")
    return {"of": "mixed", "cells": [pack_scalar(cell) for cell in cells]}


def _without(cells: list[Any], missing: pd.Series[bool]) -> list[Any]:
    return [None if gone else cell for cell, gone in zip(cells, missing, strict=True)]


def _whole_text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise WireError("a text with half of a character in it cannot be an answer.") from None
    return text


def check_length(n: int, what: str) -> None:
    """Refuse what is too long to be an answer."""
    if n > LONGEST:
        raise WireError(f"the answer has {n:,} {what} and may have {LONGEST:,}; give a part or a summary.")


def refuse(value: object) -> NoReturn:
    """Refuse a value by the name of its kind."""
    name = type(value).__name__
    raise WireError(f"a {name} cannot be an answer; give a number, text, list, dict or table.")


# --- reading, in the marker's process -----------------------------------------------------------------


def must(condition: bool, what: str) -> None:
    """Refuse a text in which something is not as `pack_…` would have written it."""
    if not condition:
        raise WireError(f"this text holds no answer: {what}.")


def is_length(n: Any) -> bool:
    """Return whether this is a number of items that an answer may have."""
    return type(n) is int and 0 <= n <= LONGEST


def unpack_scalar(tree: Any) -> Any:
    """Read a single value; a missing one is NaN."""
    if tree is None or type(tree) in (bool, int, float):
        return tree
    if isinstance(tree, str):
        return _whole_text(tree)
    if tree == {"is": "missing"}:
        return math.nan
    must(isinstance(tree, dict) and tree.keys() == {"is", "at"} and tree["is"] == "time", "a value")
    return pd.Timestamp(_clock_reading(tree["at"]))


def _clock_reading(at: Any) -> str:
    must(isinstance(at, str) and _TIME.fullmatch(at) is not None, "a time")
    return cast(str, at)


def unpack_index(tree: Any) -> pd.Index:
    """Read an index."""
    if is_length(tree):
        return pd.RangeIndex(tree)
    must(isinstance(tree, dict) and tree.keys() == {"names", "levels"}, "an index")
    must(isinstance(tree["names"], list) and isinstance(tree["levels"], list), "an index")
    must(1 <= len(tree["names"]) == len(tree["levels"]) <= 8, "an index")
    names = [unpack_scalar(name) for name in tree["names"]]
    levels = [unpack_column(level).array for level in tree["levels"]]
    must(len({len(level) for level in levels}) == 1, "an index")
    if len(levels) == 1:
        return cast(pd.Index, pd.Index(levels[0], name=names[0]))
    return pd.MultiIndex.from_arrays(levels, names=names)


def unpack_column(tree: Any) -> pd.Series[Any]:
    """Read a column."""
    must(isinstance(tree, dict) and isinstance(tree.get("cells"), list), "a column")
    cells, kind = tree["cells"], tree.get("of")
    must(is_length(len(cells)), "too many rows")
    types = {type(cell) for cell in cells}
    if kind == "category":
        return _unpack_categories(tree, types)
    must(tree.keys() == {"of", "cells"}, "a column")
    if kind == "time":
        times = pd.Series([None if cell is None else _clock_reading(cell) for cell in cells], dtype="object")
        moments: pd.Series[Any] = pd.Series(pd.to_datetime(times, format="ISO8601").to_numpy(_CLOCK))
        return moments
    if kind == "mixed":
        return pd.Series([unpack_scalar(cell) for cell in cells], dtype="object")
    must(isinstance(kind, str) and kind in _PLAIN_COLUMNS, "an unknown kind of column")
    allowed, dtype = _PLAIN_COLUMNS[kind]
    must(types <= allowed, "a column")
    if kind == "text":
        cells = [cell if cell is None else _whole_text(cell) for cell in cells]
    column: pd.Series[Any] = pd.Series(cells, dtype=dtype)
    return column


_PLAIN_COLUMNS: dict[str, tuple[set[type], Any]] = {
    "bool": ({bool}, "bool"),
    "int": ({int}, "int64"),
    "float": ({float, type(None)}, "float64"),
    "text": ({str, type(None)}, _TEXT),
}


def _unpack_categories(tree: dict[str, Any], types: set[type]) -> pd.Series[Any]:
    must(tree.keys() == {"of", "ordered", "categories", "cells"}, "a column")
    must(isinstance(tree["ordered"], bool) and types <= {int}, "a column")
    must(isinstance(tree["categories"], dict) and tree["categories"].get("of") != "category", "a column")
    categories = pd.Index(unpack_column(tree["categories"]).array)
    return pd.Series(pd.Categorical.from_codes(tree["cells"], categories, ordered=tree["ordered"]))
