"""What is wrong with a scenario, in words that help its author: every fault at once, each with its place and cure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from cxux_helpers.findings import Finding
from cxux_helpers.roleplay.scenarios import (
    FRAMEWORKS,
    MOVE_TYPES,
    PROMISES,
    SERVQUAL_DIMENSIONS,
    TONES,
    Choice,
    Node,
    Scenario,
)

__all__ = ["scenario_findings"]

# Names that Twine gives a meaning of its own, or `cxux_helpers.roleplay.twee` does.
RESERVED_NAMES = ("StoryTitle", "StoryData", "ScenarioData")


def scenario_findings(scenario: Scenario) -> tuple[Finding, ...]:
    """Find what keeps a scenario from being played and scored.

    The graph: every node can be reached and can finish, every choice leads somewhere, every line offers a
    real choice, and patience lasts to an ending. The tags: known types, tones and promises, and an action
    exactly where something is done. The score: every fact needed can be asked, every required action can be
    done, every step of the framework can be taken. Whether the scenario is also *fair* is another question: see
    `cxux_helpers.roleplay.search.fairness_findings`.

    Parameters
    ----------
    scenario : Scenario

    Returns
    -------
    tuple of Finding
        Empty if all is well.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from cxux_helpers.roleplay.scenario_json import load_scenario
    >>> greeting = load_scenario("greeting")
    >>> scenario_findings(greeting)
    ()
    >>> print(scenario_findings(replace(greeting, framework="SMILE"))[0])
    framework: 'SMILE' is not known. Take one of: LATTE, LEARN, HEART-F, LAST, INTERVIEW.
    """
    return (
        *_header(scenario),
        *_lines(scenario),
        *(finding for node in scenario.nodes for choice in node.choices for finding in _tags(scenario, node, choice)),
        *_graph(scenario),
        *_goals(scenario),
    )


def _header(scenario: Scenario) -> Iterator[Finding]:
    for part in ("title", "setting"):
        if not getattr(scenario, part).strip():
            yield Finding(part, "it is empty. Learners read it before the first line.")
    if not re.fullmatch(r"[a-z0-9_-]+", scenario.id):
        yield Finding("id", f"{scenario.id!r} cannot name a file. Use small letters, digits, - and _.")
    for part, known in (("framework", FRAMEWORKS), ("servqual", SERVQUAL_DIMENSIONS)):
        if getattr(scenario, part) not in known:
            yield Finding(part, f"{getattr(scenario, part)!r} is not known. Take one of: {', '.join(known)}.")
    for part, low, high in (("emotion", -2, 1), ("trust", -2, 2), ("patience", 1, 99), ("fcr_days", 1, 999)):
        if not low <= getattr(scenario, part) <= high:
            yield Finding(part, f"{getattr(scenario, part)} is out of range. Give {low} to {high}.")
    for part, whole in (
        ("facts_needed", "facts"),
        ("required_actions", "actions"),
        ("forbidden_actions", "actions"),
    ):
        for name in getattr(scenario, part):
            if name not in getattr(scenario, whole):
                yield Finding(part, f"{name!r} is not among the {whole}. Describe it there.")
    for part in ("facts_needed", "required_actions"):
        if not getattr(scenario, part):
            yield Finding(part, "it is empty, so there would be nothing to score. Name at least one.")
    for name in set(scenario.required_actions) & set(scenario.forbidden_actions):
        yield Finding("forbidden_actions", f"{name!r} is required as well. Keep it in one of the two.")


def _lines(scenario: Scenario) -> Iterator[Finding]:
    for node_id in _repeated(node.id for node in scenario.nodes):
        yield Finding(f"node {node_id!r}", "more than one node has this id. Rename one.")
    for node in scenario.nodes:
        place = f"node {node.id!r}"
        if node.id in RESERVED_NAMES or not re.fullmatch(r"\w[\w -]*(?<! )", node.id):
            yield Finding(place, "its id cannot name a Twine passage. Use letters, digits, spaces, - and _.")
        if not node.customer or node.customer != node.customer.strip():
            yield Finding(place, "its line is empty, or begins or ends with a blank. Let the customer say something.")
        if len(node.choices) == 1:
            yield Finding(place, "it has one choice, which is none. Add another, or make this line an ending.")
        for choice_id in _repeated(choice.id for choice in node.choices):
            yield Finding(place, f"more than one choice has the id {choice_id!r}. Rename one.")
        for text in _repeated(choice.text for choice in node.choices):
            yield Finding(place, f"two choices read the same, {text!r}, so nobody can tell them apart. Reword one.")


def _tags(scenario: Scenario, node: Node, choice: Choice) -> Iterator[Finding]:
    place = f"node {node.id!r}, choice {choice.id!r}"
    if not choice.id:
        yield Finding(place, "its id is empty. Answers are stored by it: give it a short name.")
    if not choice.text or choice.text != choice.text.strip():
        yield Finding(place, "its text is empty, or begins or ends with a blank. Write what the agent says.")
    for part, known in (("type", MOVE_TYPES), ("tone", TONES), ("promise", PROMISES)):
        if getattr(choice, part) not in known:
            yield Finding(place, f"{part} {getattr(choice, part)!r} is not known. Take one of: {', '.join(known)}.")
    for fact in choice.asks:
        if fact not in scenario.facts:
            yield Finding(place, f"it asks for {fact!r}, which is not among the facts. Describe it there.")
    if choice.action and choice.action not in scenario.actions:
        yield Finding(place, f"its action {choice.action!r} is not among the actions. Describe it there.")
    if choice.type == "act" and not choice.action:
        yield Finding(place, "it acts, but no action says what is done. Name one, or give it another type.")
    if choice.type != "act" and choice.action:
        yield Finding(
            place, f"it does {choice.action!r}, but its type is {choice.type!r}. Make it 'act', or drop that."
        )
    if choice.to not in {node.id for node in scenario.nodes}:
        yield Finding(place, f"it leads to {choice.to!r}, and there is no such node. Add it, or lead elsewhere.")


def _graph(scenario: Scenario) -> Iterator[Finding]:
    onward = {node.id: {choice.to for choice in node.choices} for node in scenario.nodes}
    if scenario.start not in onward:
        yield Finding("start", f"there is no node {scenario.start!r}. Name the customer's first line.")
        return
    if not onward[scenario.start]:
        yield Finding("start", "the first line is an ending, so the agent never speaks. Give it choices.")
    moves = _distances(onward, [scenario.start])
    for lost in onward.keys() - moves.keys():
        yield Finding(f"node {lost!r}", "no choice leads here from the start. Lead one here, or delete it.")
    endings = [node_id for node_id, following in onward.items() if not following]
    back: dict[str, set[str]] = {node_id: set() for node_id in onward}
    for node_id, following in onward.items():
        for target in following & onward.keys():
            back[target].add(node_id)
    to_the_end = _distances(back, endings)
    for stuck in moves.keys() & onward.keys() - to_the_end.keys():
        yield Finding(f"node {stuck!r}", "from here the conversation can never end. Lead a choice to an ending.")
    if to_the_end.get(scenario.start, 0) > scenario.patience:
        yield Finding(
            "patience",
            f"it is {scenario.patience}, but the shortest way to an ending takes {to_the_end[scenario.start]} moves. "
            "Give more patience, or shorten the way.",
        )


def _goals(scenario: Scenario) -> Iterator[Finding]:
    choices = [choice for node in scenario.nodes for choice in node.choices]
    asked = {fact for choice in choices for fact in choice.asks}
    for fact in scenario.facts_needed:
        if fact not in asked:
            yield Finding("facts_needed", f"no choice asks for {fact!r}, so nobody can listen well. Add one that does.")
    done = {choice.action for choice in choices}
    for action in scenario.required_actions:
        if action not in done:
            yield Finding("required_actions", f"no choice does {action!r}, so nobody can help. Add one that does.")
    if any(choice.account_data for choice in choices) and "identity" not in asked:
        yield Finding("facts", "account data are used, but no choice asks for 'identity'. Add a check before them.")
    types = {choice.type for choice in choices}
    for word, step in FRAMEWORKS.get(scenario.framework, ()):
        if step not in types:
            yield Finding("framework", f"no choice takes the step {word!r} (type {step!r}). Add one.")


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _distances(edges: dict[str, set[str]], starts: list[str]) -> dict[str, int]:
    """Fewest steps from any of the starts to whatever can be reached."""
    found = dict.fromkeys(starts, 0)
    queue = list(starts)
    for place in queue:
        for target in sorted(edges.get(place, ())):
            if target not in found:
                found[target] = found[place] + 1
                queue.append(target)
    return found
