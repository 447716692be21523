"""Frozen data classes as JSON and back, read strictly: what is missing, misspelt or of the wrong kind is named.

Only the form is judged here. What a record refuses itself, when it is made, is passed on; whether the whole makes
sense is for its validator to say.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

__all__ = ["SCHEMA", "read_record", "record_from_json", "record_to_json", "record_to_plain", "require_parts"]

SCHEMA = 1

Record = TypeVar("Record")

# Types of the fields of a data class; looking them up takes longer than all the rest.
_hints: Callable[[Any], dict[str, Any]] = functools.cache(get_type_hints)

_WORDS = {str: "text", int: "a whole number", bool: "true or false", type(None): "null"}


def record_to_json(record: Any, kind: str, *, brief: bool = False) -> str:
    """Write a data class as JSON that people can read and edit.

    Parameters
    ----------
    record : dataclass
        Made of text, whole numbers, truth values, None, tuples and dictionaries of text, and tuples of such data
        classes.
    kind : str
        What it is, for example ``"journey map"``; it is written into the file.
    brief : bool
        Whether the records within it leave out what has its default.

    Returns
    -------
    str
        `record_from_json` reads it back to an equal record.
    """
    parts = {"schema": SCHEMA, "kind": kind}
    for field in dataclasses.fields(record):
        parts[field.name] = _plain(getattr(record, field.name), brief)
    return json.dumps(parts, indent=2, ensure_ascii=False) + "\n"


def record_to_plain(record: Any, *, brief: bool = False) -> dict[str, Any]:
    """A data class as plain data, as `record_to_json` writes the records within one."""
    fields = [
        field for field in dataclasses.fields(record) if not brief or getattr(record, field.name) != field.default
    ]
    return {field.name: _plain(getattr(record, field.name), brief) for field in fields}


def record_from_json(record_type: type[Record], source: str | Mapping[str, Any], kind: str) -> Record:
    """Read a data class from JSON.

    Parameters
    ----------
    record_type : type
        The data class.
    source : str or mapping
        As `record_to_json` writes it, or what `json.loads` makes of that.
    kind : str
        What it must be.

    Returns
    -------
    An instance of `record_type`.

    Raises
    ------
    ValueError
        If it is not JSON, of another kind or schema, an entry is missing, unknown or of the wrong kind, or the
        record refuses a value. The message says where.
    """
    try:
        data = json.loads(source) if isinstance(source, str) else source
    except json.JSONDecodeError as error:
        raise ValueError(f"the {kind} is not JSON: {error}. A comma or a quotation mark may be missing.") from error
    if not isinstance(data, Mapping):
        raise ValueError(f"the {kind} is {_shown(data)}, but must be an object in braces, with names and values.")
    for name, needed in (("schema", SCHEMA), ("kind", kind)):
        if type(data.get(name)) is not type(needed) or data[name] != needed:
            raise ValueError(
                f"the {kind} has {name} {_shown(data.get(name))}, but {json.dumps(needed)} is needed. "
                f'Begin with {{"schema": {SCHEMA}, "kind": "{kind}", …}}'
            )
    parts = {name: value for name, value in data.items() if name not in ("schema", "kind")}
    return read_record(record_type, parts, f"the {kind}")


def require_parts(record: Any, place: str) -> None:
    """Raise unless every field of a data class holds what its type says; lists become tuples.

    Parameters
    ----------
    record : dataclass
        Call it from ``__post_init__``.
    place : str
        What messages call the record.

    Raises
    ------
    ValueError
        If a field holds something else.
    """
    for name, wanted in _hints(type(record)).items():
        value = getattr(record, name)
        if isinstance(value, list):
            value = tuple(value)
            object.__setattr__(record, name, value)
        if not _fits(value, wanted):
            raise ValueError(f"{place}: {name} is {_shown(value)}, but must be {_words(wanted)}.")


def read_record(record_type: type[Record], data: object, place: str) -> Record:
    """Read a data class from plain data, as `record_from_json` does; messages call it `place`."""
    if not isinstance(data, Mapping):
        raise ValueError(f"{place} is {_shown(data)}, but must be an object in braces, with names and values.")
    fields = {field.name: field for field in dataclasses.fields(record_type)}  # type: ignore[arg-type]
    for name in data:
        if name not in fields:
            raise ValueError(f"{place} has an unknown entry {name!r}; known are: {', '.join(fields)}.")
    for name, field in fields.items():
        if name not in data and field.default is dataclasses.MISSING:
            raise ValueError(f"{place} has no entry {name!r}. Add one.")
    wanted = _hints(record_type)
    return record_type(**{name: _value(value, wanted[name], f"{place}: {name}") for name, value in data.items()})


def _value(value: object, wanted: Any, place: str) -> object:
    """A list as a tuple, its objects as records; all else as it is, for the record itself looks at that."""
    if not isinstance(value, list) or get_origin(wanted) is not tuple:
        return value
    item = get_args(wanted)[0]
    if isinstance(item, type) and dataclasses.is_dataclass(item):
        return tuple(
            read_record(item, part, f"{place} {_shown_id(part) or number}")
            for number, part in enumerate(value, start=1)
        )
    return tuple(value)


def _plain(value: Any, brief: bool) -> Any:
    if isinstance(value, tuple):
        return [_plain(item, brief) for item in value]
    return record_to_plain(value, brief=brief) if dataclasses.is_dataclass(value) else value


def _shown_id(part: object) -> str:
    """How people find a record in a file: by its id, where it has one."""
    return _shown(part["id"]) if isinstance(part, Mapping) and isinstance(part.get("id"), str) else ""


def _fits(value: object, wanted: Any) -> bool:
    if get_origin(wanted) is tuple:
        item = get_args(wanted)[0]
        return isinstance(value, tuple) and all(_fits(part, item) for part in value)
    if get_origin(wanted) is dict:
        return isinstance(value, dict) and all(type(part) is str for entry in value.items() for part in entry)
    kinds = get_args(wanted) if isinstance(wanted, types.UnionType) else (wanted,)
    # True is an int to Python, but no number to us.
    return type(value) in kinds


def _words(wanted: Any) -> str:
    if get_origin(wanted) is tuple:
        item = get_args(wanted)[0]
        return f"a list of {'texts' if item is str else f'{item.__name__} records'}"
    if get_origin(wanted) is dict:
        return "an object of texts"
    kinds = get_args(wanted) if isinstance(wanted, types.UnionType) else (wanted,)
    return " or ".join(_WORDS[kind] for kind in kinds)


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
