"""Role-play scenarios as data: what the customer says, what the agent may answer, and where that leads.

A scenario is a directed graph. A *node* is a line of the customer; a *choice* is a move of the agent, with
tags that say what kind of move it is. `cxux_helpers.roleplay.scenario_json` reads and writes it,
`cxux_helpers.roleplay.scenario_checks` finds its faults, `cxux_helpers.roleplay.conversation` plays it and keeps the
trace, and `cxux_helpers.roleplay.twee` brings it to Twine and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cxux_helpers.records import require_parts

__all__ = [
    "FRAMEWORKS",
    "MOODS",
    "MOVE_TYPES",
    "PROMISES",
    "SERVQUAL_DIMENSIONS",
    "TONES",
    "Choice",
    "Node",
    "Scenario",
]

MOVE_TYPES = {
    "listen": "ask, or let the customer tell",
    "acknowledge": "name the feeling and what caused it",
    "apologise": "say sorry for what went wrong",
    "thank": "thank the customer for something they did",
    "explain": "say what is known, what happens next, and when",
    "act": "do something for the customer",
    "confirm": "check that it is what the customer wanted",
    "close": "end the conversation",
    "follow_up": "say who will get in touch, when, and with whom it is shared",
    "deflect": "send the customer elsewhere, blame somebody, or leave the point",
}

SERVQUAL_DIMENSIONS = ("tangibles", "reliability", "responsiveness", "assurance", "empathy")

# The customer's hidden emotion in words.
MOODS = {-2: "angry", -1: "annoyed", 0: "neutral", 1: "content", 2: "delighted"}

# Both from worst to best.
TONES = ("cold", "neutral", "warm")
PROMISES = ("false", "vague", "none", "firm")

# Steps of each framework as (its own word, type of move). LATTE (Starbucks), LEARN (Marriott) and HEART-F
# (Broadmoor): Micah Solomon, Forbes, 2017. That "Respond" means acting in LEARN and answering in HEART-F, where
# "Take action" comes after it, and that "Notify" is a follow-up, is our reading. INTERVIEW is this course's own: say
# what the talk is for, ask, say back what you heard, agree on what may be used, thank.
FRAMEWORKS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "LATTE": (
        ("Listen", "listen"), ("Acknowledge", "acknowledge"), ("Take action", "act"), ("Thank", "thank"),
        ("Explain", "explain"),
    ),
    "LEARN": (
        ("Listen", "listen"), ("Empathize", "acknowledge"), ("Apologize", "apologise"), ("Respond", "act"),
        ("Notify", "follow_up"),
    ),
    "HEART-F": (
        ("Hear", "listen"), ("Empathize", "acknowledge"), ("Apologize", "apologise"), ("Respond", "explain"),
        ("Take action", "act"), ("Follow up", "follow_up"),
    ),
    "LAST": (("Listen", "listen"), ("Apologize", "apologise"), ("Solve", "act"), ("Thank", "thank")),
    "INTERVIEW": (
        ("Explain", "explain"), ("Ask", "listen"), ("Reflect", "acknowledge"), ("Agree", "act"), ("Thank", "thank"),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """A move that the agent may make.

    Parameters
    ----------
    id : str
        Unique within its node. Answers are stored and scored by it, never by the place on the screen.
    text : str
        What the agent says.
    to : str
        The node that follows.
    type : str
        One of `MOVE_TYPES`.
    tone : str
        One of `TONES`.
    asks : tuple of str
        Facts that the customer tells in answer. ``"identity"`` stands for a check of who is speaking.
    action : str
        What is done; every move of type "act" has one, and no other.
    promise : str
        One of `PROMISES`: firm says what and when and can be kept, false cannot.
    policy_ok : bool
        Whether the house rules allow it.
    account_data : bool
        Whether it uses or tells what only the customer may know.
    note : str
        Why it works or does not, for the debrief.
    """

    id: str
    text: str
    to: str
    type: str
    tone: str = "neutral"
    asks: tuple[str, ...] = ()
    action: str = ""
    promise: str = "none"
    policy_ok: bool = True
    account_data: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        require_parts(self, f"choice {self.id!r}")


@dataclass(frozen=True)
class Node:
    """A line of the customer, and the moves that may answer it; without any, the conversation ends here."""

    id: str
    customer: str
    choices: tuple[Choice, ...] = ()

    def __post_init__(self) -> None:
        require_parts(self, f"node {self.id!r}")

    def choice(self, choice_id: str) -> Choice:
        """The choice with this id; a ValueError names those that there are."""
        for choice in self.choices:
            if choice.id == choice_id:
                return choice
        has = ", ".join(choice.id for choice in self.choices) or "none, for it is an ending"
        raise ValueError(f"choice {choice_id!r} is not at node {self.id!r}; it has: {has}.")


@dataclass(frozen=True)
class Scenario:
    """A conversation to be played.

    Parameters
    ----------
    id, title, setting : str
        Name for files, name for people, and what the agent knows before the first word.
    framework : str
        One of `FRAMEWORKS`: the order of steps that is scored unless another is chosen.
    start : str
        Id of the first node.
    nodes : tuple of Node
        In any order.
    facts : dict
        What can be asked, each with what it means.
    facts_needed : tuple of str
        Those that must be known before anything is done.
    actions : dict
        What can be done, each with what it means.
    required_actions, forbidden_actions : tuple of str
        What solves the problem, and what must not be done.
    emotion, trust : int
        The customer's at the start, −2 to 2. Emotion is at most 1, so that there is something to gain.
    patience : int
        How much the customer will bear before leaving; `cxux_helpers.roleplay.conversation` says what it costs.
    servqual : str
        Which of `SERVQUAL_DIMENSIONS` is at stake.
    fcr_days : int
        Days within which no second contact may be needed, for first contact resolution.
    mood_visible : bool
        Whether the agent sees the customer's mood during the conversation: face to face yes, by telephone or in
        writing no. The debrief always shows it.
    speaker : str
        Who speaks with the agent: a customer unless another word is given, such as "Patient".
    """

    id: str
    title: str
    setting: str
    framework: str
    start: str
    nodes: tuple[Node, ...]
    facts: dict[str, str]
    facts_needed: tuple[str, ...]
    actions: dict[str, str]
    required_actions: tuple[str, ...]
    forbidden_actions: tuple[str, ...] = ()
    emotion: int = -1
    trust: int = 0
    patience: int = 10
    servqual: str = "responsiveness"
    fcr_days: int = 7
    mood_visible: bool = True
    speaker: str = "Customer"

    def __post_init__(self) -> None:
        require_parts(self, "the scenario")

    @cached_property
    def _nodes(self) -> dict[str, Node]:
        return {node.id: node for node in self.nodes}

    def node(self, node_id: str) -> Node:
        """The node with this id; a ValueError names those that there are."""
        if node_id not in self._nodes:
            raise ValueError(f"node {node_id!r} is not in {self.id!r}; it has: {', '.join(self._nodes)}.")
        return self._nodes[node_id]
