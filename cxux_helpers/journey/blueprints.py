"""The service blueprint as data: what customers do, what they see of the service, and what carries it unseen.

Its lanes, from the customer inwards, are parted by three lines: *interaction* (below the customer), *visibility* (below
the frontstage) and *internal interaction* (below the backstage). Each action rests on others in the next lane.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxux_helpers.findings import Finding, Rule, explain
from cxux_helpers.records import record_from_json, record_to_json, require_parts

__all__ = [
    "BLUEPRINT_RULES",
    "LANES",
    "VISIBLE_LANES",
    "Action",
    "Blueprint",
    "blueprint_from_json",
    "blueprint_table",
    "blueprint_to_json",
    "validate_blueprint",
]

LANES = {
    "customer": "what customers do",
    "frontstage": "what staff or machines do where customers see it",
    "backstage": "what staff do where customers do not see it",
    "support": "systems, suppliers and other departments that all of this needs",
}
VISIBLE_LANES = ("customer", "frontstage")


@dataclass(frozen=True)
class Action:
    """Something that is done in a service.

    Parameters
    ----------
    id : str
        Unique in the blueprint.
    name : str
        What is done.
    step : str
        The step of the service in which it is done.
    lane : str
        One of `LANES`.
    needs : tuple of str
        Ids of the actions on which it rests, in its own lane or the next one inwards.
    owner : str
        Who answers for it; customers' actions have none.

    Raises
    ------
    ValueError
        If a value is of the wrong kind, or the lane is unknown.
    """

    id: str
    name: str
    step: str
    lane: str
    needs: tuple[str, ...] = ()
    owner: str = ""

    def __post_init__(self) -> None:
        require_parts(self, f"action {self.id!r}")
        if self.lane not in LANES:
            raise ValueError(f"action {self.id!r}: lane is {self.lane!r}. Take one of: {', '.join(LANES)}.")


@dataclass(frozen=True)
class Blueprint:
    """A service blueprint.

    Parameters
    ----------
    title : str
        Which service it is.
    steps : tuple of str
        Names of its steps, in order.
    actions : tuple of Action
        In any order.

    References
    ----------
    Bitner, M. J., Ostrom, A. L., and Morgan, F. N. (2008). Service blueprinting: a practical technique for service
    innovation. *California Management Review* 50(3), 66–94.
    """

    title: str
    steps: tuple[str, ...]
    actions: tuple[Action, ...]

    def __post_init__(self) -> None:
        require_parts(self, "the service blueprint")

    def at(self, step: str, lane: str) -> tuple[Action, ...]:
        """The actions of one step in one lane."""
        return tuple(action for action in self.actions if (action.step, action.lane) == (step, lane))


def blueprint_to_json(blueprint: Blueprint) -> str:
    """Write a blueprint as JSON; `blueprint_from_json` reads it back to an equal one."""
    return record_to_json(blueprint, "service blueprint")


def blueprint_from_json(source: str | Mapping[str, Any]) -> Blueprint:
    """Read a blueprint from JSON.

    Parameters
    ----------
    source : str or mapping
        As `blueprint_to_json` writes it, or what `json.loads` makes of that.

    Returns
    -------
    Blueprint

    Raises
    ------
    ValueError
        If it is not JSON, or an entry is missing, unknown or of the wrong kind.
    """
    return record_from_json(Blueprint, source, "service blueprint")


def blueprint_table(blueprint: Blueprint) -> pd.DataFrame:
    """A blueprint as a table: lanes from the customer inwards as rows, steps as columns.

    Parameters
    ----------
    blueprint : Blueprint

    Returns
    -------
    DataFrame
        Names of the actions, joined by semicolons; an empty text where there is none. Between the lanes stand the
        lines, each as a row of dashes.

    Examples
    --------
    >>> orders = Action("order", "Orders", "Order", "customer", needs=("note",))
    >>> notes = Action("note", "Takes it down", "Order", "frontstage", owner="Waiter")
    >>> blueprint_table(Blueprint("Café", ("Order",), (orders, notes)))["Order"].to_dict()
    {'customer': 'Orders', 'line of interaction': '—', 'frontstage': 'Takes it down', 'line of visibility': '—', \
'backstage': '', 'line of internal interaction': '—', 'support': ''}
    """
    rows: dict[str, list[str]] = {}
    lines = ("", "line of interaction", "line of visibility", "line of internal interaction")
    for line, lane in zip(lines, LANES, strict=True):
        if line:
            rows[line] = ["—"] * len(blueprint.steps)
        rows[lane] = ["; ".join(action.name for action in blueprint.at(step, lane)) for step in blueprint.steps]
    return pd.DataFrame.from_dict(rows, orient="index", columns=pd.Index(blueprint.steps))


BLUEPRINT_RULES = {
    "no-name": Rule("Others cannot read what you meant.", "Give it a few plain words."),
    "no-steps": Rule(
        "Without steps there is no order in which things happen.", "List the steps that a customer takes."
    ),
    "double-step": Rule("Two columns of the same name would be mixed up.", "Rename one, or join them."),
    "double-id": Rule("Links go by id, so nobody can tell which of them is meant.", "Rename one."),
    "unknown-step": Rule("It would appear nowhere on the blueprint.", "Move it to a step that is there."),
    "unknown-need": Rule("The link leads nowhere, so a failure there would surprise you.", "Add that action."),
    "no-customer": Rule(
        "A blueprint follows the customer; a step in which customers do nothing is a process of the company.",
        "Say what the customer does or waits for in this step, or join it with its neighbour.",
    ),
    "no-answer": Rule(
        "The customer acts and nobody answers: this is where people are left alone.",
        "Add what meets the customer frontstage, be it a person, a page or a sign.",
    ),
    "wrong-way": Rule(
        "A blueprint is read from the customer inwards: what is seen rests on what is not.",
        "Turn the link round.",
    ),
    "skipped-lane": Rule(
        "Somebody or something must carry it across the lines between, or it does not reach the customer.",
        "Add the action in the lane between, and link both to it.",
    ),
    "circle": Rule("Each waits for the other, so neither can begin.", "Take out the link that is not needed."),
    "unused": Rule(
        "What nothing rests on costs money without reaching a customer, or a link is missing.",
        "Link the action that needs it, or strike it.",
    ),
    "no-backstage": Rule(
        "What customers see is carried by what they do not; without it the causes of failures stay hidden.",
        "Ask for each visible action what must have happened behind it.",
    ),
    "no-owner": Rule("What nobody answers for, nobody mends.", "Name the person or team that does it."),
}


def validate_blueprint(blueprint: Blueprint) -> list[Finding]:
    """Find what a blueprint lacks.

    Parameters
    ----------
    blueprint : Blueprint

    Returns
    -------
    list of Finding
        Empty if nothing is missing. Each finding's ``rule`` is a key of `BLUEPRINT_RULES`.

    Examples
    --------
    >>> waits = Action("wait", "Waits for the bill", "Pay", "customer", needs=("till",))
    >>> till = Action("till", "Adds up", "Pay", "support", owner="Till maker")
    >>> for finding in validate_blueprint(Blueprint("Café", ("Pay",), (waits, till)))[:2]:
    ...     print(finding.rule, "|", finding.where, "|", finding.what)
    no-answer | step 'Pay' | Customers act in it, but nothing answers frontstage.
    skipped-lane | action 'wait' | It is in lane 'customer' and needs 'till' in lane 'support'.
    """
    return explain(_faults(blueprint), BLUEPRINT_RULES)


def _faults(blueprint: Blueprint) -> Iterator[tuple[str, str, str]]:
    if not blueprint.title.strip():
        yield "no-name", "the blueprint", "It has no title."
    if not blueprint.steps:
        yield "no-steps", "the blueprint", "It has no steps."
    for step in _doubles(blueprint.steps):
        yield "double-step", f"step {step!r}", "It is there more than once."
    ids = [action.id for action in blueprint.actions]
    for one in _doubles(ids):
        yield "double-id", f"action {one!r}", f"There are {ids.count(one)} of this id."
    for step in dict.fromkeys(blueprint.steps):
        if not blueprint.at(step, "customer"):
            yield "no-customer", f"step {step!r}", "Customers do nothing in it."
        elif not blueprint.at(step, "frontstage"):
            yield "no-answer", f"step {step!r}", "Customers act in it, but nothing answers frontstage."
    for action in blueprint.actions:
        yield from _faults_of_action(action, blueprint)
    if not any(action.lane not in VISIBLE_LANES for action in blueprint.actions):
        yield "no-backstage", "the blueprint", "Nothing happens behind the line of visibility."


def _faults_of_action(action: Action, blueprint: Blueprint) -> Iterator[tuple[str, str, str]]:
    where, lanes = f"action {action.id!r}", list(LANES)
    actions = {other.id: other for other in blueprint.actions}
    if not action.name.strip():
        yield "no-name", where, "It has no name."
    if action.step not in blueprint.steps:
        yield "unknown-step", where, f"It is in step {action.step!r}, which is not on the blueprint."
    for need in action.needs:
        if need not in actions:
            yield "unknown-need", where, f"It needs {need!r}, which is not on the blueprint."
            continue
        inwards = lanes.index(actions[need].lane) - lanes.index(action.lane)
        link = f"It is in lane {action.lane!r} and needs {need!r} in lane {actions[need].lane!r}."
        if inwards < 0:
            yield "wrong-way", where, link
        elif inwards > 1:
            yield "skipped-lane", where, link
    if _needs_itself(action, actions):
        yield "circle", where, "Following what it needs leads back to it."
    if action.lane != "customer":
        if not any(action.id in other.needs for other in blueprint.actions):
            yield "unused", where, "Nothing on the blueprint needs it."
        if not action.owner.strip():
            yield "no-owner", where, "It has no owner."


def _needs_itself(action: Action, actions: Mapping[str, Action]) -> bool:
    ahead, seen = list(action.needs), set()
    while ahead:
        need = ahead.pop()
        if need not in seen and need in actions:
            seen.add(need)
            ahead.extend(actions[need].needs)
    return action.id in seen


def _doubles(names: tuple[str, ...] | list[str]) -> list[str]:
    return list(dict.fromkeys(name for number, name in enumerate(names) if name in names[:number]))
