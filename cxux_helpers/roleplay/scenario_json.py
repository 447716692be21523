"""Scenarios as JSON files, and those that travel with the course."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from cxux_helpers.records import record_from_json, record_to_json
from cxux_helpers.roleplay.scenarios import Scenario

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__all__ = ["load_scenario", "scenario_from_json", "scenario_names", "scenario_to_json"]


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
    return record_to_json(scenario, "scenario", brief=True)


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
    >>> scenario_from_json('{"schema": 1, "kind": "scenario", "id": "greeting", "titel": "A welcome"}')
    Traceback (most recent call last):
    ValueError: the scenario has an unknown entry 'titel'; known are: id, title, setting, framework, start, \
nodes, facts, facts_needed, actions, required_actions, forbidden_actions, emotion, trust, patience, servqual, \
fcr_days, mood_visible, speaker.
    """
    return record_from_json(Scenario, text, "scenario")


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
