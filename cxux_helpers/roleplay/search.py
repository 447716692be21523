"""All conversations that a scenario allows: the best one, the average of a player who guesses, and the debrief.

The search is exhaustive and exact. It stays fast because two conversations that stand at the same line with
the same hidden state have the same future, so each such point is looked at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from cxux_helpers.findings import Finding
from cxux_helpers.roleplay.conversation import Conversation, State, kind_of_move, slips, start_conversation
from cxux_helpers.roleplay.scenarios import PROMISES, TONES, Choice, Scenario
from cxux_helpers.roleplay.score import PASS_MARK, Score, score_conversation

__all__ = [
    "TurnReview",
    "all_conversations",
    "best_conversation",
    "debrief",
    "fairness_findings",
    "mean_random_score",
    "random_conversation",
]


def all_conversations(start: Conversation) -> Iterator[Conversation]:
    """Every way in which a conversation can finish. There may be thousands; use it for small scenarios.

    Parameters
    ----------
    start : Conversation
        As `cxux_helpers.roleplay.conversation.start_conversation` gives it, or later.

    Yields
    ------
    Conversation
    """
    if start.finished:
        yield start
    else:
        for choice in start.node.choices:
            yield from all_conversations(start.say(choice.id))


def best_conversation(start: Conversation) -> Conversation:
    """The best way to go on, without further noise; of equals the shortest, then the warmer, then the first by id.

    Parameters
    ----------
    start : Conversation
        As `cxux_helpers.roleplay.conversation.start_conversation` gives it, or later.

    Returns
    -------
    Conversation
        Finished, with `start` as its beginning.

    Examples
    --------
    >>> from cxux_helpers.roleplay.scenario_json import load_scenario
    >>> best = best_conversation(start_conversation(load_scenario("greeting")))
    >>> score_conversation(best).total
    100.0
    """
    start = _without_noise(start)
    for choice_id in _best(start).path:
        start = start.say(choice_id)
    return start


def mean_random_score(start: Conversation) -> float:
    """Mean total of a player who takes each choice of a line with the same probability: exact, not simulated.

    Parameters
    ----------
    start : Conversation
        As `cxux_helpers.roleplay.conversation.start_conversation` gives it, or later.

    Returns
    -------
    float
        0 to 100. A fair scenario keeps it below 50.
    """
    known: dict[tuple[str, State], float] = {}

    def mean(conversation: Conversation) -> float:
        key = conversation.node.id, conversation.state
        if key not in known:
            if conversation.finished:
                known[key] = score_conversation(conversation).total
            else:
                known[key] = float(np.mean([mean(conversation.say(choice.id)) for choice in conversation.node.choices]))
        return known[key]

    return mean(_without_noise(start))


def random_conversation(scenario: Scenario, *, seed: int = 0) -> Conversation:
    """A conversation of a player who guesses.

    Parameters
    ----------
    scenario : Scenario
    seed : int
        The same seed gives the same conversation, in whatever order the choices stand.

    Returns
    -------
    Conversation
        Finished.
    """
    rng = np.random.default_rng(seed)
    conversation = start_conversation(scenario)
    while not conversation.finished:
        conversation = conversation.say(str(rng.choice(sorted(choice.id for choice in conversation.node.choices))))
    return conversation


@dataclass(frozen=True)
class TurnReview:
    """What one move did, and what would have been better.

    Attributes
    ----------
    customer, said : str
        The customer's line and the agent's answer.
    note : str
        The author's words on that answer.
    better : str
        The line that would have kept most of the score within reach; empty if what was said kept as much. A
        cold or deflecting line, an act that misses and a critical error are never advised.
    better_note : str
        The author's words on that line.
    lost : float
        Points that were within reach before the move and no longer after it, 0 or more.
    emotion_before, emotion_after : int
        The customer's hidden emotion, −2 to 2.
    """

    customer: str
    said: str
    note: str
    better: str
    better_note: str
    lost: float
    emotion_before: int
    emotion_after: int

    def __str__(self) -> str:
        text = (
            f"Customer: {self.customer}\nYou: {self.said}\nEmotion {self.emotion_before:+d} to {self.emotion_after:+d}."
        )
        text += f" {self.note}" if self.note else ""
        return text + (
            f"\nBetter, by {self.lost:.3g} points: {self.better} {self.better_note}".rstrip() if self.better else ""
        )


def debrief(conversation: Conversation) -> tuple[TurnReview, ...]:
    """Go through a finished conversation turn by turn, with the better line wherever there was one.

    Parameters
    ----------
    conversation : Conversation
        Finished. Noise in it is kept; what might have been is judged without.

    Returns
    -------
    tuple of TurnReview
        One for each turn.

    Raises
    ------
    ValueError
        If the conversation is not finished.

    Examples
    --------
    >>> from cxux_helpers.roleplay.conversation import play
    >>> from cxux_helpers.roleplay.scenario_json import load_scenario
    >>> reviews = debrief(play(load_scenario("greeting"), ["welcome", "sorry-flat", "show", "thank"]))
    >>> [review.lost for review in reviews]
    [0.0, 5.0, 0.0, 0.0]
    """
    score_conversation(conversation)
    scenario, framework = conversation.scenario, conversation.framework
    reviews = []
    known: Known = {}
    for turn in conversation.turns:
        here = Conversation(scenario, framework, turn.node, turn.before)
        best = _best(here, _sound, known=known)
        # The move is judged, not the luck: what it leads to is looked at without noise.
        lost = best.total - _best(here.say(turn.choice.id), _sound, known=known).total
        better = turn.node.choice(best.path[0]) if lost > ROUNDING else None
        reviews.append(
            TurnReview(
                turn.node.customer,
                turn.choice.text,
                turn.choice.note,
                better.text if better else "",
                better.note if better else "",
                lost if better else 0.0,
                turn.before.emotion,
                turn.after.emotion,
            )
        )
    return tuple(reviews)


def fairness_findings(scenario: Scenario) -> tuple[Finding, ...]:
    """Find what makes the score of a scenario unfair: too easy, impossible, or won by the wrong virtues.

    Parameters
    ----------
    scenario : Scenario
        Without findings of `cxux_helpers.roleplay.scenario_checks.scenario_findings`.

    Returns
    -------
    tuple of Finding
        Empty if some conversation scores 100, a player who guesses has a mean below 50, and each of four
        temptations is offered and fails: to be warm throughout and leave the need unmet, to take the
        coldest answer everywhere, to take the longest everywhere, and to make a critical error.

    Raises
    ------
    ValueError
        If the scenario cannot be played.
    """
    start = start_conversation(scenario)
    findings = []
    best = _best(start)
    if best.total < 100:
        findings.append(Finding("best conversation", f"it scores {best.total:.3g}. Make 100 possible."))
    if (mean := mean_random_score(start)) >= 50:
        findings.append(Finding("random player", f"guessing scores {mean:.1f} on average. Offer more weak answers."))
    temptations: tuple[tuple[str, Allowed, Callable[[Score], bool]], ...] = (
        ("warm but unresolved", _as_warm_as_any, lambda score: not score.need_met),
        ("cold throughout", _as_cold_as_any, lambda score: True),
        ("longest answers", _as_long_as_any, lambda score: True),
        ("critical error", lambda conversation, choice: True, lambda score: bool(score.critical_errors)),
    )
    for name, allowed, counts in temptations:
        way = _best(start, allowed, counts)
        if way.total == NO_WAY:
            findings.append(Finding(name, "no such conversation is possible. Offer lines that tempt to it."))
        elif way.total >= PASS_MARK:
            findings.append(Finding(name, f"{' > '.join(way.path)} passes with {way.total:g}. Make it fail."))
    return tuple(findings)


# Two sums of the same parts may differ by less than this.
ROUNDING = 1e-9
NO_WAY = -math.inf

Allowed = Callable[[Conversation, Choice], bool]


@dataclass(frozen=True)
class _Way:
    """How to go on, and the total at its end."""

    total: float
    path: tuple[str, ...] = ()


Known = dict[tuple[str, State], _Way]


def _best(
    start: Conversation,
    allowed: Allowed = lambda conversation, choice: True,
    counts: Callable[[Score], bool] = lambda score: True,
    known: Known | None = None,
) -> _Way:
    """The best way to finish by allowed choices with a score that counts; its total is `NO_WAY` if there is none.

    `known` keeps what was found, for further searches of the same conversation by the same rules.
    """
    known = {} if known is None else known

    def best(conversation: Conversation) -> _Way:
        key = conversation.node.id, conversation.state
        if key not in known:
            if conversation.finished:
                score = score_conversation(conversation)
                known[key] = _Way(score.total if counts(score) else NO_WAY)
            else:
                ways = {}
                for choice in conversation.node.choices:
                    if allowed(conversation, choice):
                        rest = best(conversation.say(choice.id))
                        ways[choice] = _Way(rest.total, (choice.id, *rest.path))
                # Ids break the last ties, so that the order in which choices are shown decides nothing.
                known[key] = ways[
                    min(ways, key=lambda choice: (-ways[choice].total, len(ways[choice].path), *_coldness(choice)))
                ]
        return known[key]

    return best(_without_noise(start))


def _without_noise(conversation: Conversation) -> Conversation:
    return replace(conversation, shocks=())


def _sound(conversation: Conversation, choice: Choice) -> bool:
    """Whether the course would ever advise this move here; where no move is sound, any is."""
    moves = [move for move in conversation.node.choices if _is_sound(conversation, move)]
    return choice in moves or not moves


def _is_sound(conversation: Conversation, choice: Choice) -> bool:
    kind = kind_of_move(conversation.scenario, conversation.state, choice)
    misses = kind in ("deflect", "act that misses")
    return not misses and choice.tone != "cold" and not slips(conversation.state, choice)


def _as_cold_as_any(conversation: Conversation, choice: Choice) -> bool:
    return TONES.index(choice.tone) == min(TONES.index(other.tone) for other in conversation.node.choices)


def _as_warm_as_any(conversation: Conversation, choice: Choice) -> bool:
    return TONES.index(choice.tone) == max(TONES.index(other.tone) for other in conversation.node.choices)


def _as_long_as_any(conversation: Conversation, choice: Choice) -> bool:
    return len(choice.text) == max(len(other.text) for other in conversation.node.choices)


def _coldness(choice: Choice) -> tuple[int, int, str]:
    return -TONES.index(choice.tone), -PROMISES.index(choice.promise), choice.id
