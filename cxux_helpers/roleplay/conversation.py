"""A service conversation played against a scripted customer with feelings.

The customer has a hidden state. Every move of the agent changes it by a fixed table, so the same moves give
the same conversation, unless a seeded noise on the customer's mood is asked for:

- **emotion**, −2 to 2, changes as `transition_table` says. Warm words lift it only while trust is at least 0:
  below that, only deeds help. An act *helps* if it is required and all facts needed were known before it;
  it *misses* if it is forbidden or comes before the facts, and is then no step of the framework either. The first
  thing that is done sets the mood: a later act that helps is expected, and lifts no more.
- **trust**, −2 to 2: a firm promise +1, an act that helps +1, a cold tone −1, deflecting −1, a vague promise −1,
  a false one −2.
- **patience**: every move costs 1; a cold tone, deflecting, and a customer at emotion −2 cost 1 more each. At 0 the
  customer leaves, unless the conversation has just come to its end.
- **facts** that the customer has told, and **actions** that were done. The need is met when all required actions are
  done and no forbidden one.

Three slips are **critical errors**: breaking the policy, using account data before a check of identity, and
a promise that cannot be kept.

What makes a move better: a tone later in `TONES`, a promise later in `PROMISES`, keeping to the policy, leaving
account data alone, asking more, an action that is not forbidden in place of one that is, and any words in place
of deflecting. A better move never lowers the score (`cxux_helpers.roleplay.score`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.roleplay.scenario_checks import scenario_findings
from cxux_helpers.roleplay.scenarios import FRAMEWORKS, TONES, Choice, Node, Scenario

__all__ = [
    "Conversation",
    "State",
    "Turn",
    "kind_of_move",
    "next_state",
    "play",
    "slips",
    "start_conversation",
    "transition_table",
]

# Change of emotion in a cold, a neutral and a warm tone.
EMOTION_CHANGE = {
    "listen": (-1, 0, 1),
    "acknowledge": (-1, 0, 1),
    "apologise": (-1, 0, 1),
    "thank": (-1, 0, 1),
    "explain": (-1, 0, 0),
    "confirm": (-1, 0, 0),
    "close": (-1, 0, 0),
    "follow_up": (-1, 0, 0),
    "deflect": (-2, -1, -1),
    "first act that helps": (0, 1, 1),
    "other act": (-1, 0, 0),
    "act that misses": (-2, -1, -1),
}
PROMISE_TRUST = {"false": -2, "vague": -1, "none": 0, "firm": 1}


def transition_table() -> pd.DataFrame:
    """How a move changes the customer's emotion, by kind of move and tone.

    Returns
    -------
    DataFrame
        Steps on the scale from −2 to 2, one row per kind, with the columns ``cold``, ``neutral`` and ``warm``.
        The lift by warm words counts only while trust is at least 0.

    Examples
    --------
    >>> transition_table().loc["apologise"].to_dict()
    {'cold': -1, 'neutral': 0, 'warm': 1}
    """
    return pd.DataFrame.from_dict(EMOTION_CHANGE, orient="index", columns=list(TONES)).rename_axis("move")


@dataclass(frozen=True)
class State:
    """What the agent cannot see, and what the trace has earned so far.

    Attributes
    ----------
    emotion, trust : int
        −2 to 2.
    patience : int
        Left, 0 or more.
    facts : frozenset of str
        Known by now.
    facts_before_acting : frozenset of str or None
        Known when something was done for the first time; None while nothing was.
    actions : frozenset of str
        Done by now.
    errors : frozenset of str
        Critical errors, in words.
    steps : tuple of int
        Length of the longest common subsequence of the moves so far, but for acts that miss, and the first 0, 1, 2, …
        steps of the framework.
    """

    emotion: int
    trust: int
    patience: int
    steps: tuple[int, ...]
    facts: frozenset[str] = frozenset()
    facts_before_acting: frozenset[str] | None = None
    actions: frozenset[str] = frozenset()
    errors: frozenset[str] = frozenset()

    @property
    def acted(self) -> bool:
        """Whether anything has been done for the customer, well or not."""
        return self.facts_before_acting is not None


def kind_of_move(scenario: Scenario, state: State, choice: Choice) -> str:
    """The row of `transition_table` that a move belongs to in this state."""
    if not choice.action:
        return choice.type
    if choice.action in scenario.forbidden_actions or not set(scenario.facts_needed) <= state.facts:
        return "act that misses"
    return "first act that helps" if choice.action in scenario.required_actions and not state.acted else "other act"


def slips(state: State, choice: Choice) -> frozenset[str]:
    """The critical errors, in words, that a move in this state is; most moves are none."""
    happened = {
        "broke the policy": not choice.policy_ok,
        "used account data before checking who is speaking": choice.account_data and "identity" not in state.facts,
        "promised what cannot be kept": choice.promise == "false",
    }
    return frozenset(slip for slip, happens in happened.items() if happens)


def next_state(scenario: Scenario, framework: str, state: State, choice: Choice, *, shock: int = 0) -> State:
    """The customer's state after a move, by the rules at the head of this module.

    Parameters
    ----------
    scenario : Scenario
        What is needed, required and forbidden.
    framework : str
        One of `FRAMEWORKS`, for the order of steps.
    state : State
        Before the move.
    choice : Choice
        The move.
    shock : int
        Steps that noise adds to the emotion.

    Returns
    -------
    State
    """
    move = kind_of_move(scenario, state, choice)
    feeling = EMOTION_CHANGE[move][TONES.index(choice.tone)]
    if not choice.action and state.trust < 0:
        feeling = min(feeling, 0)

    deflects, cold, misses = choice.type == "deflect", choice.tone == "cold", move == "act that misses"
    helps = choice.action in scenario.required_actions and not misses
    return State(
        emotion=_on_scale(state.emotion + feeling + shock),
        trust=_on_scale(state.trust + PROMISE_TRUST[choice.promise] + helps - cold - deflects),
        patience=max(0, state.patience - 1 - cold - deflects - (state.emotion == -2)),
        steps=state.steps if misses else _longest_common_subsequences(state.steps, framework, choice.type),
        facts=state.facts | set(choice.asks),
        facts_before_acting=state.facts if choice.action and not state.acted else state.facts_before_acting,
        actions=state.actions | ({choice.action} if choice.action else set()),
        errors=state.errors | slips(state, choice),
    )


@dataclass(frozen=True)
class Turn:
    """One line of the customer, the agent's move, and the hidden state before and after it."""

    node: Node
    choice: Choice
    before: State
    after: State


@dataclass(frozen=True)
class Conversation:
    """A conversation so far. It never changes: each move gives a new one.

    Attributes
    ----------
    scenario : Scenario
        What is played.
    framework : str
        The order of steps that is scored.
    node : Node
        The line of the customer that waits for an answer, or the last one.
    state : State
        The customer's hidden state.
    turns : tuple of Turn
        The trace.
    shocks : tuple of int
        Noise on the emotion, turn by turn; empty without noise.
    """

    scenario: Scenario
    framework: str
    node: Node
    state: State
    turns: tuple[Turn, ...] = ()
    shocks: tuple[int, ...] = ()

    @property
    def left(self) -> bool:
        """Whether the customer lost patience and left."""
        return bool(self.node.choices) and self.state.patience == 0

    @property
    def finished(self) -> bool:
        """Whether nothing more can be said."""
        return not self.node.choices or self.left

    @property
    def choice_ids(self) -> tuple[str, ...]:
        """The moves so far, as an answer stores them and `play` takes them."""
        return tuple(turn.choice.id for turn in self.turns)

    def say(self, choice_id: str) -> Conversation:
        """Make a move.

        Raises
        ------
        ValueError
            If the conversation is finished, or the customer's line has no such choice.
        """
        if self.finished:
            why = "the customer has left" if self.left else f"{self.node.id!r} is an ending"
            raise ValueError(f"choice {choice_id!r} comes too late: {why}. Start again, or drop it.")
        return self._make(self.node.choice(choice_id))

    def _make(self, choice: Choice) -> Conversation:
        shock = self.shocks[len(self.turns)] if self.shocks else 0
        after = next_state(self.scenario, self.framework, self.state, choice, shock=shock)
        turn = Turn(self.node, choice, self.state, after)
        return replace(self, node=self.scenario.node(choice.to), state=after, turns=(*self.turns, turn))


def start_conversation(
    scenario: Scenario, *, framework: str | None = None, noise: float = 0.0, seed: int = 0
) -> Conversation:
    """Begin a conversation at its first line.

    Parameters
    ----------
    scenario : Scenario
        Without findings of `cxux_helpers.roleplay.scenario_checks.scenario_findings`.
    framework : str, optional
        One of `FRAMEWORKS`; the scenario's own by default.
    noise : float
        Probability, 0 to 1, that a move also shifts the emotion by one step, up or down alike.
    seed : int
        The same seed gives the same shifts, whatever is said.

    Returns
    -------
    Conversation

    Raises
    ------
    ValueError
        If the scenario has faults, the framework is unknown, or `noise` is out of range.

    Examples
    --------
    >>> from cxux_helpers.roleplay.scenario_json import load_scenario
    >>> conversation = start_conversation(load_scenario("greeting"))
    >>> conversation.say("welcome").state.emotion
    -1
    """
    require_number("noise", noise, low=0, high=1)
    if faults := scenario_findings(scenario):
        raise ValueError(f"scenario {scenario.id!r} cannot be played yet ({len(faults)} findings). First: {faults[0]}")
    framework = scenario.framework if framework is None else framework
    if framework not in FRAMEWORKS:
        raise ValueError(f"framework is {framework!r}. Take one of: {', '.join(FRAMEWORKS)}.")
    shocks: tuple[int, ...] = ()
    if noise:
        drawn = np.random.default_rng(seed).choice((-1, 0, 1), scenario.patience, p=(noise / 2, 1 - noise, noise / 2))
        shocks = tuple(int(shock) for shock in drawn)
    steps = (0,) * (len(FRAMEWORKS[framework]) + 1)
    state = State(scenario.emotion, scenario.trust, scenario.patience, steps)
    return Conversation(scenario, framework, scenario.node(scenario.start), state, shocks=shocks)


def play(
    scenario: Scenario,
    choice_ids: Iterable[str],
    *,
    framework: str | None = None,
    noise: float = 0.0,
    seed: int = 0,
) -> Conversation:
    """Play moves one after the other, for example those of a stored answer.

    Parameters
    ----------
    scenario, framework, noise, seed
        As in `start_conversation`.
    choice_ids : iterable of str
        Ids of the moves, from the first on.

    Returns
    -------
    Conversation
        Finished or not.

    Raises
    ------
    ValueError
        If a move is unknown or comes after the end, or the scenario cannot be played.

    Examples
    --------
    >>> from cxux_helpers.roleplay.scenario_json import load_scenario
    >>> play(load_scenario("greeting"), ["welcome"]).node.id
    'need'
    """
    conversation = start_conversation(scenario, framework=framework, noise=noise, seed=seed)
    for choice_id in choice_ids:
        conversation = conversation.say(choice_id)
    return conversation


def _longest_common_subsequences(row: tuple[int, ...], framework: str, move: str) -> tuple[int, ...]:
    """The next row of the usual table, one move further."""
    longer = [0]
    for k, (_, step) in enumerate(FRAMEWORKS[framework]):
        longer.append(row[k] + 1 if move == step else max(row[k + 1], longer[k]))
    return tuple(longer)


def _on_scale(value: int) -> int:
    return max(-2, min(2, value))
