"""Scenarios as JSON files, read strictly: what is missing, misspelt or of the wrong kind is named with its place."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

from cxux_helpers.roleplay.scenarios import Choice, Node, Scenario

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = [
    "choice_to_plain",
    "load_scenario",
    "read_scenario",
    "scenario_from_json",
    "scenario_names",
    "scenario_to_json",
    "scenario_to_plain",
]

SCHEMA = 1

Record = TypeVar("Record", Scenario, Node, Choice)


def scenario_to_json(scenario: Scenario) -> str:
    """Write a scenario as JSON that people can read and edit; what a choice leaves at its default is left out.

    Parameters
    ----------
    scenario : Scenario
        Any, also one with faults.

    Returns
    -------
    str
        `scenario_from_json` reads it back to an equal scenario.
    """
    return json.dumps({"schema": SCHEMA, **_plain(scenario)}, indent=2, ensure_ascii=False) + "\n"


def scenario_from_json(text: str) -> Scenario:
    """Read a scenario from JSON.

    Only the form is judged here: that every entry is there, has the right kind, and none is misspelt. Whether
    the conversation can be played is for `cxux_helpers.roleplay.scenario_checks.scenario_findings` to say.

    Parameters
    ----------
    text : str
        As `scenario_to_json` writes it.

    Returns
    -------
    Scenario

    Raises
    ------
    ValueError
        If it is not JSON, or an entry is missing, unknown or of the wrong kind. The message says where.

    Examples
    --------
    >>> scenario_from_json('{"schema": 1, "id": "greeting", "titel": "A welcome"}')
    Traceback (most recent call last):
    ValueError: the scenario has an unknown entry 'titel'; known are: id, title, setting, framework, start, \
nodes, facts, facts_needed, actions, required_actions, forbidden_actions, emotion, trust, patience, servqual, \
fcr_days.
    """
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"the scenario is not JSON: {error}. A comma or a quotation mark may be missing.") from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        found = data.get("schema") if isinstance(data, dict) else type(data).__name__
        raise ValueError(
            f'the scenario has schema {found!r}, but {SCHEMA} is needed. Begin with {{"schema": {SCHEMA}, …}}'
        )
    return read_scenario({key: value for key, value in data.items() if key != "schema"})


def read_scenario(data: Mapping[str, Any]) -> Scenario:
    """Read a scenario from plain data, as `scenario_from_json` does from text."""
    return _read(Scenario, data, "the scenario")


def scenario_to_plain(scenario: Scenario) -> dict[str, Any]:
    """A scenario as plain data, as `scenario_to_json` writes it, without its schema."""
    return _plain(scenario)


def choice_to_plain(choice: Choice) -> dict[str, Any]:
    """A choice as plain data, without what is left at its default."""
    return _plain(choice)


def scenario_names() -> list[str]:
    """Names of the scenarios that travel with the course, for `load_scenario`.

    Examples
    --------
    >>> "greeting" in scenario_names()
    True
    """
    return sorted(file.name.removesuffix(".json") for file in _folder().iterdir() if file.name.endswith(".json"))


def load_scenario(name: str) -> Scenario:
    """Load one of the course's own scenarios.

    Parameters
    ----------
    name : str
        One of `scenario_names`.

    Returns
    -------
    Scenario

    Raises
    ------
    ValueError
        If there is none of this name.

    Examples
    --------
    >>> load_scenario("greeting").framework
    'LAST'
    """
    if name not in scenario_names():
        raise ValueError(f"there is no scenario {name!r}; there are: {', '.join(scenario_names())}.")
    return scenario_from_json(_folder().joinpath(f"{name}.json").read_text(encoding="utf-8"))


def _folder() -> Traversable:
    return resources.files("cxux_helpers").joinpath("data", "scenarios")


def _plain(record: Scenario | Node | Choice) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for part in dataclasses.fields(record):
        value = getattr(record, part.name)
        if isinstance(record, Choice) and value == part.default:
            continue
        if isinstance(value, tuple):
            value = [_plain(item) if isinstance(item, Node | Choice) else item for item in value]
        plain[part.name] = value
    return plain


def _read(kind: type[Record], data: object, place: str) -> Record:
    if not isinstance(data, Mapping):
        raise ValueError(f"{place} is {data!r}, but must be an object in braces, with names and values.")
    place = f"{place} ({data['id']!r})" if kind is not Scenario and "id" in data else place
    parts = {part.name: part for part in dataclasses.fields(kind)}
    for name in data:
        if name not in parts:
            raise ValueError(f"{place} has an unknown entry {name!r}; known are: {', '.join(parts)}.")
    values = {}
    for name, part in parts.items():
        if name in data:
            reader, wanted = _READERS[str(part.type)]
            value = reader(data[name], place)
            if value is None:
                raise ValueError(f"{place}: {name} is {data[name]!r}, but must be {wanted}.")
            values[name] = value
        elif part.default is dataclasses.MISSING:
            raise ValueError(f"{place} has no entry {name!r}. Add one.")
    return kind(**values)


def _text(value: object, place: str) -> str | None:
    return value if isinstance(value, str) else None


def _whole(value: object, place: str) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _flag(value: object, place: str) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: object, place: str) -> tuple[str, ...] | None:
    return tuple(value) if isinstance(value, list) and all(isinstance(item, str) for item in value) else None


def _words(value: object, place: str) -> dict[str, str] | None:
    return dict(value) if isinstance(value, dict) and all(isinstance(item, str) for item in value.values()) else None


def _nodes(value: object, place: str) -> tuple[Node, ...] | None:
    return tuple(_read(Node, item, "a node") for item in value) if isinstance(value, list) else None


def _choices(value: object, place: str) -> tuple[Choice, ...] | None:
    return tuple(_read(Choice, item, f"{place}, a choice") for item in value) if isinstance(value, list) else None


# By the types of the data classes: how an entry is read, and what it must be.
_READERS: dict[str, tuple[Callable[[object, str], Any], str]] = {
    "str": (_text, "text"),
    "int": (_whole, "a whole number"),
    "bool": (_flag, "true or false"),
    "tuple[str, ...]": (_texts, "a list of texts"),
    "dict[str, str]": (_words, "an object of texts"),
    "tuple[Node, ...]": (_nodes, "a list of nodes"),
    "tuple[Choice, ...]": (_choices, "a list of choices"),
}
