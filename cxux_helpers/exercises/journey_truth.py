"""Judging whether a journey map agrees with the evidence, at the touchpoints that its task gave."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from cxux_helpers.checks import missing_answer
from cxux_helpers.exercises.journey_judge import read_journey
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.journey.maps import Journey, Touchpoint

__all__ = ["FACTS", "judge_map_truth"]

FACTS = {
    "phase": "before, during or after the purchase",
    "channel": "its channel",
    "direct": "direct or indirect",
    "controllable": "controllable or not",
    "emotion": "the feeling",
}
_FEW = 4  # touchpoints at a time: whoever reads ten messages mends none


def judge_map_truth(
    answer: Any, reference: Journey, *, only: Collection[str] | None = None, facts: Sequence[str] = tuple(FACTS)
) -> Feedback:
    """Judge a journey map by a reference, whose touchpoints it should have under the same ids.

    Every fact of every touchpoint counts the same, and further touchpoints of the answer do no harm. An emotion is
    right if it lies on the same side of neutral: evidence seldom tells bad from very bad.

    Parameters
    ----------
    answer : Journey, mapping, str or NoAnswer
        The map, or its plain data.
    reference : Journey
        What the evidence says; where an emotion is wrong, the message repeats the evidence.
    only : collection of str, optional
        Ids of the reference's touchpoints that are compared; all of them unless given.
    facts : sequence of str
        Which of `FACTS` are compared.

    Returns
    -------
    Feedback

    Raises
    ------
    ValueError
        If there is nothing to compare, or a fact is unknown: both are the author's errors.
    """
    compared = [one for one in reference.touchpoints if only is None or one.id in only]
    if not compared or not facts or not set(facts) <= set(FACTS):
        raise ValueError(f"the reference should have touchpoints, and facts some of: {', '.join(FACTS)}.")
    if missing := missing_answer(answer):
        return missing
    try:
        given = {one.id: one for one in read_journey(answer).touchpoints}
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The map cannot be read. Make it in the editor.", found=shown(str(problem)))
    wrong = {one.id: _wrong_facts(given.get(one.id), one, facts) for one in compared}
    share = 1 - sum(map(len, wrong.values())) / (len(facts) * len(wrong))
    if share == 1:
        return Feedback(Rung.RIGHT, "All that the evidence tells of these touchpoints is on the map.", 1.0)
    faulty = [one for one in compared if wrong[one.id]]
    sentences = [_look_again(one, wrong[one.id], one.id in given) for one in faulty[:_FEW]]
    if (more := len(faulty) - _FEW) > 0:
        sentences.append(f"Then {more} more {'touchpoint' if more == 1 else 'touchpoints'}.")
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, " ".join(sentences), share)


def _wrong_facts(given: Touchpoint | None, right: Touchpoint, facts: Sequence[str]) -> list[str]:
    if given is None:
        return list(facts)
    return [fact for fact in facts if _compared(given, fact) != _compared(right, fact)]


def _compared(touchpoint: Touchpoint, fact: str) -> object:
    value = getattr(touchpoint, fact)
    return (value > 0) - (value < 0) if fact == "emotion" and value is not None else value


def _look_again(right: Touchpoint, wrong: Sequence[str], there: bool) -> str:
    if not there:
        return f"“{right.name}” is not on the map any more. Undo, or start from the map as it was given."
    words = f"“{right.name}”: look again at {' and '.join(FACTS[fact] for fact in wrong)}."
    return f"{words} The evidence: {right.evidence.rstrip('.')}." if "emotion" in wrong and right.evidence else words
