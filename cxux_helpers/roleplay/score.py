"""The score of a conversation: five parts, all counted from the trace, none judged from free text."""

from __future__ import annotations

from dataclasses import dataclass

from cxux_helpers.roleplay.conversation import Conversation

__all__ = ["CRITICAL_CAP", "PASS_MARK", "UNRESOLVED_CAP", "WEIGHTS", "Score", "score_conversation"]

WEIGHTS = {"steps": 20, "listening": 20, "resolution": 25, "empathy": 20, "compliance": 15}

# Above what is left when any one part is missing altogether, so that no virtue makes up for another: without any
# gain in empathy, without listening or without the steps at most 80 can be reached.
PASS_MARK = 85
UNRESOLVED_CAP = 74
CRITICAL_CAP = 49


@dataclass(frozen=True)
class Score:
    """The score of a conversation; `score_conversation` makes it and explains the parts."""

    steps: float
    listening: float
    resolution: float
    empathy: float
    compliance: float
    critical_errors: tuple[str, ...]
    need_met: bool
    left: bool
    turns: int
    predicted_csat: float

    @property
    def total(self) -> float:
        """Sum of the five parts, 0 to 100, unless the need is not met or an error is critical: see the caps."""
        total = self.steps + self.listening + self.resolution + self.empathy + self.compliance
        cap = CRITICAL_CAP if self.critical_errors else 100 if self.need_met else UNRESOLVED_CAP
        return min(total, cap)

    @property
    def passed(self) -> bool:
        """Whether the total is at least `PASS_MARK`."""
        return self.total >= PASS_MARK

    @property
    def first_contact_resolution(self) -> bool:
        """Whether the customer need not come again within the scenario's days: need met, no critical error."""
        return self.need_met and not self.critical_errors

    def __repr__(self) -> str:
        parts = ", ".join(f"{part} {getattr(self, part):g} of {weight}" for part, weight in WEIGHTS.items())
        return f"{self.total:g} of 100, {'passed' if self.passed else 'not passed'} ({parts})"


def score_conversation(conversation: Conversation) -> Score:
    """Score a finished conversation from its trace.

    Parameters
    ----------
    conversation : Conversation
        Finished: at an ending, or left by the customer.

    Returns
    -------
    Score
        High is good, everywhere but in ``turns``.

        - ``steps`` (20): longest common subsequence of the moves with the framework, over the framework's length; an
          act that is forbidden, or comes before the facts needed, is no step
        - ``listening`` (20): facts needed that were known before the first act, over the facts needed
        - ``resolution`` (25): required actions done, over those required; 0 if a forbidden one was done
        - ``empathy`` (20): gain of emotion from start to end, over the largest possible from that start; 0 for a loss
        - ``compliance`` (15): all without a critical error, else none
        - ``total``: their sum, but at most 74 if the need is not met, however politely, and at most 49 after a
          critical error; 85 is a pass, and so out of reach when any one part is 0
        - ``need_met``, ``left``, ``turns`` (moves of the agent, the effort), ``first_contact_resolution``
        - ``predicted_csat``, 1 to 5: 1, and up to 2 more each for the final emotion and the share of the resolution,
          evenly. It is declared, not estimated from any customers.

        If the customer left, only steps and listening count: the rest is lost with the customer.

    Raises
    ------
    ValueError
        If the conversation is not finished.

    Examples
    --------
    >>> from cxux_helpers.roleplay.conversation import play
    >>> from cxux_helpers.roleplay.scenario_json import load_scenario
    >>> score_conversation(play(load_scenario("greeting"), ["welcome", "sorry-here", "show", "thank"]))
    100 of 100, passed (steps 20 of 20, listening 20 of 20, resolution 25 of 25, empathy 20 of 20, compliance 15 of 15)
    """
    if not conversation.finished:
        raise ValueError(f"the conversation waits for an answer at {conversation.node.id!r}. Finish it first.")
    scenario, state, stayed = conversation.scenario, conversation.state, not conversation.left
    known = state.facts if state.facts_before_acting is None else state.facts_before_acting
    needed, required = set(scenario.facts_needed), set(scenario.required_actions)
    resolved = len(required & state.actions) / len(required)
    if state.actions & set(scenario.forbidden_actions) or not stayed:
        resolved = 0.0
    gain = max(0, state.emotion - scenario.emotion) / (2 - scenario.emotion)
    return Score(
        steps=WEIGHTS["steps"] * state.steps[-1] / (len(state.steps) - 1),
        listening=WEIGHTS["listening"] * len(needed & known) / len(needed),
        resolution=WEIGHTS["resolution"] * resolved,
        empathy=WEIGHTS["empathy"] * gain * stayed,
        compliance=float(WEIGHTS["compliance"] * (stayed and not state.errors)),
        critical_errors=tuple(sorted(state.errors)),
        need_met=resolved == 1,
        left=not stayed,
        turns=len(conversation.turns),
        predicted_csat=1 + (state.emotion + 2) / 2 + 2 * resolved,
    )
