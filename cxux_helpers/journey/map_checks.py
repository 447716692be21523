"""What a journey map lacks, in findings from which its maker learns."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cxux_helpers.findings import Finding, Rule, explain
from cxux_helpers.journey.maps import PHASES, Journey, Touchpoint

__all__ = ["JOURNEY_RULES", "validate_journey"]

# What others say: the company may listen and answer, but neither speaks nor decides there.
_VOICES_OF_OTHERS = ("word of mouth", "review site")

JOURNEY_RULES = {
    "no-name": Rule(
        "Others cannot read what you meant.",
        "Give it a few words that a customer would use.",
    ),
    "no-persona": Rule(
        "A journey of everybody is nobody's: people with different needs take different ways.",
        "Say whose journey it is, and in which situation.",
    ),
    "few-stages": Rule(
        "A map with one stage shows a moment, not a way.",
        "Begin where the customer notices a need, and go on until after the purchase.",
    ),
    "double-id": Rule(
        "Scores and answers are kept by id, so two of the same would be mixed up.",
        "Rename one.",
    ),
    "unknown-stage": Rule(
        "It would appear nowhere on the map.",
        "Move it to a stage of the map, or add its stage.",
    ),
    "empty-stage": Rule(
        "Customers are somewhere all the time: if they do not meet you there, they meet others.",
        "Ask what they do, see and hear in this stage, or join it with its neighbour.",
    ),
    "no-goal": Rule(
        "Without the customer's goal nobody can say whether the stage went well.",
        "Write what the customer wants to have reached at its end.",
    ),
    "missing-phase": Rule(
        "Experience begins before the purchase and goes on after it; what is not on the map is not cared for.",
        "Add what customers meet in this phase.",
    ),
    "phase-order": Rule(
        "Stages follow the customer's time, and so do before, during and after.",
        "Change the order of the stages, or the phase of one of the two.",
    ),
    "all-direct": Rule(
        "Customers also hear of you from others, in talks and reviews, and often believe them more.",
        "Add at least one touchpoint at which others speak.",
    ),
    "voice-of-others": Rule(
        "There other people speak, not you. You can listen and answer, but not decide what they say.",
        "Mark it as indirect and not controllable, or change the channel.",
    ),
    "all-controllable": Rule(
        "Other customers, other companies and the times we live in shape the experience as well.",
        "Add what you cannot control, so that you can prepare for it.",
    ),
    "one-channel": Rule(
        "Customers move between channels and expect them to know of each other.",
        "Add the other channels that customers use, or say in the title that the map is about one.",
    ),
    "no-owner": Rule(
        "What nobody answers for, nobody mends.",
        "Name the person or team that decides there.",
    ),
    "no-emotion": Rule(
        "The curve of feelings has a gap here, and its low point may lie in it.",
        "Ask customers, and give it a number from −2 to 2.",
    ),
    "no-importance": Rule(
        "Without it the touchpoint cannot be ranked.",
        "Ask how much it matters to customers, and give it a number from 1 to 5.",
    ),
    "no-evidence": Rule(
        "A feeling without evidence is a guess, and often the wish of those who drew the map.",
        "Write how you know it: which survey, interview, log or complaint.",
    ),
    "no-low-point": Rule(
        "Every journey has bad moments: a full basket left behind, a complaint, a cancellation. They are part of it.",
        "Look where customers leave, wait or complain, and add it with its feeling.",
    ),
    "all-equally-important": Rule(
        "If everything matters the same, nothing comes first.",
        "Compare touchpoints two by two, and let the numbers differ.",
    ),
}


def validate_journey(journey: Journey) -> list[Finding]:
    """Find what a journey map lacks.

    A map can be written and read with all of these faults; each finding tells what the fault costs. A map without
    findings has everything that can be checked without knowing the customers.

    Parameters
    ----------
    journey : Journey

    Returns
    -------
    list of Finding
        Empty if nothing is missing; otherwise in this order: the map, its stages, its touchpoints, and what shows
        only when all of them are seen together. Each finding's ``rule`` is a key of `JOURNEY_RULES`.

    Examples
    --------
    >>> from cxux_helpers.journey.maps import Stage
    >>> stages = (Stage("look", "Look around", "Find shoes that fit"), Stage("buy", "Buy"))
    >>> seen = Touchpoint("ad", "Sees a poster", "look", "before", "advertisement", True, True, "Marketing")
    >>> findings = validate_journey(Journey("Buying shoes", "Ann, in a hurry", stages, (seen,)))
    >>> [finding.rule for finding in findings][:3]
    ['empty-stage', 'no-goal', 'no-emotion']
    >>> print(findings[1])
    stage 'buy': It has no goal. Without the customer's goal nobody can say whether the stage went well. Write what \
the customer wants to have reached at its end.
    """
    return explain(_faults(journey), JOURNEY_RULES)


def _faults(journey: Journey) -> Iterator[tuple[str, str, str]]:
    yield from _faults_of_map(journey)
    yield from _faults_of_stages(journey)
    for touchpoint in journey.touchpoints:
        yield from _faults_of_touchpoint(touchpoint, [stage.id for stage in journey.stages])
    yield from _faults_of_whole(journey)


def _faults_of_map(journey: Journey) -> Iterator[tuple[str, str, str]]:
    if not journey.title.strip():
        yield "no-name", "the map", "It has no title."
    if not journey.persona.strip():
        yield "no-persona", "the map", "It does not say whose journey it is."
    if len(journey.stages) < 2:
        yield "few-stages", "the map", f"It has {'one stage' if journey.stages else 'no stages'}."
    for kind, ids in (
        ("stage", [stage.id for stage in journey.stages]),
        ("touchpoint", [touchpoint.id for touchpoint in journey.touchpoints]),
    ):
        for double in dict.fromkeys(one for number, one in enumerate(ids) if one in ids[:number]):
            yield "double-id", f"{kind} {double!r}", f"There are {ids.count(double)} of this id."


def _faults_of_stages(journey: Journey) -> Iterator[tuple[str, str, str]]:
    for stage in journey.stages:
        where = f"stage {stage.id!r}"
        if not stage.name.strip():
            yield "no-name", where, "It has no name."
        if not journey.at(stage.id):
            yield "empty-stage", where, "It has no touchpoint."
        if not stage.goal.strip():
            yield "no-goal", where, "It has no goal."
    full = [stage for stage in journey.stages if journey.at(stage.id)]
    for earlier, later in pairwise(full):
        last = max(PHASES.index(touchpoint.phase) for touchpoint in journey.at(earlier.id))
        first = min(PHASES.index(touchpoint.phase) for touchpoint in journey.at(later.id))
        if last > first:
            what = f"It has a touchpoint {PHASES[last]!r} the purchase; the next stage, {later.id!r}, has one"
            yield "phase-order", f"stage {earlier.id!r}", f"{what} {PHASES[first]!r}."


def _faults_of_touchpoint(touchpoint: Touchpoint, stages: list[str]) -> Iterator[tuple[str, str, str]]:
    where = f"touchpoint {touchpoint.id!r}"
    if not touchpoint.name.strip():
        yield "no-name", where, "It has no name."
    if touchpoint.stage not in stages:
        yield "unknown-stage", where, f"It is in stage {touchpoint.stage!r}, which is not on the map."
    claims = " and ".join(word for word in ("direct", "controllable") if getattr(touchpoint, word))
    if touchpoint.channel in _VOICES_OF_OTHERS and claims:
        yield "voice-of-others", where, f"Its channel is {touchpoint.channel!r}, but it is marked {claims}."
    if touchpoint.controllable and not touchpoint.owner.strip():
        yield "no-owner", where, "It is controllable, but has no owner."
    if touchpoint.emotion is None:
        yield "no-emotion", where, "Nobody knows how customers feel there."
    elif not touchpoint.evidence.strip():
        yield "no-evidence", where, f"It has the emotion {touchpoint.emotion}, but no evidence."
    if touchpoint.importance is None:
        yield "no-importance", where, "Nobody knows how much it matters."


def _faults_of_whole(journey: Journey) -> Iterator[tuple[str, str, str]]:
    touchpoints = journey.touchpoints
    if not touchpoints:
        return
    for phase in PHASES:
        if all(touchpoint.phase != phase for touchpoint in touchpoints):
            yield "missing-phase", "the map", f"It has no touchpoint {phase!r} the purchase."
    if len({touchpoint.channel for touchpoint in touchpoints}) == 1:
        yield "one-channel", "the map", f"All touchpoints are in one channel, {touchpoints[0].channel!r}."
    if all(touchpoint.direct for touchpoint in touchpoints):
        yield "all-direct", "the map", "All touchpoints are direct."
    if all(touchpoint.controllable for touchpoint in touchpoints):
        yield "all-controllable", "the map", "All touchpoints are controllable."
    emotions = [touchpoint.emotion for touchpoint in touchpoints if touchpoint.emotion is not None]
    if emotions and min(emotions) >= 0:
        yield "no-low-point", "the map", "No touchpoint feels bad."
    importance = [touchpoint.importance for touchpoint in touchpoints if touchpoint.importance is not None]
    if len(importance) > 2 and len(set(importance)) == 1:
        yield "all-equally-important", "the map", f"All touchpoints have importance {importance[0]}."
