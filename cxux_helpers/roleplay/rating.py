"""Conversations to read and to rate: a transcript, a rubric of five dimensions, and key ratings derived from the trace.

The dimensions are the five parts of the score. A person rates a transcript from 1 to 3 by the words of `RUBRIC`;
`rate_by_rubric` gives the key by the same cuts: 3 from four fifths of a part's points, 2 from a half, 1 below.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cxux_helpers.roleplay.conversation import Conversation, play
from cxux_helpers.roleplay.scenario_json import load_scenario
from cxux_helpers.roleplay.score import WEIGHTS, score_conversation

__all__ = ["RUBRIC", "STORED_CONVERSATIONS", "Line", "rate_by_rubric", "stored_conversation", "transcript"]

# What the levels 1, 2 and 3 look like in a transcript. One critical error is one too many, so compliance has no 2.
RUBRIC: Mapping[str, tuple[str, str, str]] = {
    "steps": (
        "Fewer than half of the framework's steps are there in their order. Doing what is forbidden, or acting before "
        "the facts are known, is no step.",
        "Half of the steps or more are there in their order, but fewer than four in five.",
        "At least four in five of the steps are there in their order.",
    ),
    "listening": (
        "Less than half of what had to be known was asked before anything was done.",
        "Half or more of what had to be known was asked before anything was done, but not all.",
        "All that had to be known was asked before anything was done.",
    ),
    "resolution": (
        "Less than half of what was needed is done at the end, or something forbidden was done.",
        "Half or more of what was needed is done, but not all, and nothing forbidden.",
        "All that was needed is done, and nothing forbidden.",
    ),
    "empathy": (
        "Feelings are passed over, or answered coldly. The customer goes hardly happier than they came, or less happy.",
        "Feelings are answered here and there, or with phrases that fit everybody. The customer goes somewhat happier.",
        "Feelings are named with their cause, and deeds follow. The customer goes as happy as can be.",
    ),
    "compliance": (
        "A house rule was broken, account data were used before it was known who is speaking, or something was "
        "promised that cannot be kept.",
        "Not used.",
        "None of these.",
    ),
}

# Of different strengths: good; friendly and half solved; solved, but cold, and with a promise that cannot be kept.
_STORED = {
    "jacket": ("refund", "what_is_it happens limits window difference glad_you_came afresh"),
    "bill": ("wrong_bill", "up_all_night forty_years our_mistake not_known name_first average lucky_man in_the_post"),
    "boxes": ("cancellation", "subscription straight_away yours_only within_hour bye"),
}
STORED_CONVERSATIONS = tuple(_STORED)


class Line(NamedTuple):
    """Who says something in a conversation, the scenario's speaker, "Agent" or "" for what only happens, and what."""

    who: str
    text: str


def transcript(conversation: Conversation) -> tuple[Line, ...]:
    """Who said what, from the first line to the last.

    Parameters
    ----------
    conversation : Conversation
        As `cxux_helpers.roleplay.conversation.play` gives it, finished or not.

    Returns
    -------
    tuple of Line
        Without moods, tags and notes: what a reader of the chat would see.

    Examples
    --------
    >>> for who, text in transcript(play(load_scenario("greeting"), ["hello"])):
    ...     print(f"{who}: {text}")
    Customer: Excuse me, does anybody work here? I have been standing here for ten minutes.
    Agent: Hello. What do you need?
    Customer: A shelf for shoes, for the hallway. To be honest, I nearly left.
    """
    who, lines = conversation.scenario.speaker, []
    for turn in conversation.turns:
        lines += [Line(who, turn.node.customer), Line("Agent", turn.choice.text)]
    last = Line("", f"The {who.lower()} leaves.") if conversation.left else Line(who, conversation.node.customer)
    return (*lines, last)


def stored_conversation(name: str) -> Conversation:
    """A finished conversation to be rated.

    Parameters
    ----------
    name : str
        One of `STORED_CONVERSATIONS`.

    Returns
    -------
    Conversation
        Its ``scenario`` has the title, the setting, the facts and the actions that a rater needs.

    Raises
    ------
    ValueError
        If there is none of this name.

    Examples
    --------
    >>> stored_conversation("jacket").scenario.title
    'A jacket, eleven days too late'
    """
    if name not in _STORED:
        raise ValueError(f"there is no stored conversation {name!r}; there are: {', '.join(_STORED)}.")
    scenario, moves = _STORED[name]
    return play(load_scenario(scenario), moves.split())


def rate_by_rubric(conversation: Conversation) -> dict[str, int]:
    """The key to a rating by `RUBRIC`: each dimension from 1 to 3, high is good, derived from the trace.

    The share of the points of that part of the score decides: 3 from four fifths, 2 from a half, 1 below.

    Parameters
    ----------
    conversation : Conversation
        Finished.

    Returns
    -------
    dict of int
        One rating for each dimension of `RUBRIC`, in its order.

    Raises
    ------
    ValueError
        If the conversation is not finished.

    Examples
    --------
    >>> rate_by_rubric(stored_conversation("boxes"))
    {'steps': 1, 'listening': 3, 'resolution': 3, 'empathy': 1, 'compliance': 1}
    """
    score = score_conversation(conversation)
    shares = {dimension: getattr(score, dimension) / WEIGHTS[dimension] for dimension in RUBRIC}
    return {dimension: 1 + (share >= 0.5) + (share >= 0.8) for dimension, share in shares.items()}
