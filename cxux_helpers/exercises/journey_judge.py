"""Judging a journey map: what it lacks, where that stands on the map, and how much of it is sound."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from typing import Any, NamedTuple

from cxux_helpers.arguments import require_whole
from cxux_helpers.checks import missing_answer
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.findings import Finding
from cxux_helpers.journey.map_checks import validate_journey
from cxux_helpers.journey.maps import Journey, Stage, Touchpoint, journey_from_json

__all__ = ["JourneyGoal", "PlacedFinding", "in_map_order", "judge_journey", "placed_findings", "read_journey"]

FEW = 3  # messages at a time: whoever reads ten mends none
_DEMAND = "task"


@dataclass(frozen=True)
class JourneyGoal:
    """What a task asks of a map, over what every sound map has; each number is the least that will do.

    Parameters
    ----------
    stages, touchpoints : int
        How many of them.
    channels, phases : int
        How many different ones the touchpoints have.
    indirect : int
        Touchpoints at which others speak.
    uncontrollable : int
        Touchpoints that the company does not decide.
    bad_moments : int
        Touchpoints with an emotion below neutral.
    evidence : int
        Touchpoints whose emotion rests on evidence.

    Raises
    ------
    ValueError
        If a number is negative or not whole.
    """

    stages: int = 0
    touchpoints: int = 0
    channels: int = 0
    phases: int = 0
    indirect: int = 0
    uncontrollable: int = 0
    bad_moments: int = 0
    evidence: int = 0

    def __post_init__(self) -> None:
        for field in fields(self):
            require_whole(field.name, getattr(self, field.name), low=0)

    def demands(self, journey: Journey) -> list[tuple[str, int, int]]:
        """What is asked for, in words, with how many there are and how many there should be."""
        ones = journey.touchpoints
        have = {
            "stages": ("stages", len(journey.stages)),
            "touchpoints": ("touchpoints", len(ones)),
            "channels": ("different channels", len({one.channel for one in ones})),
            "phases": ("of the phases before, during and after the purchase", len({one.phase for one in ones})),
            "indirect": ("indirect touchpoints", sum(not one.direct for one in ones)),
            "uncontrollable": ("touchpoints that are not controllable", sum(not one.controllable for one in ones)),
            "bad_moments": ("touchpoints that feel bad", sum((one.emotion or 0) < 0 for one in ones)),
            "evidence": (
                "touchpoints with an emotion and its evidence",
                sum(one.emotion is not None and bool(one.evidence.strip()) for one in ones),
            ),
        }
        return [(words, count, getattr(self, name)) for name, (words, count) in have.items() if getattr(self, name)]

    def findings(self, journey: Journey) -> list[Finding]:
        """What is asked for and not there yet."""
        return [
            Finding("the map", f"This task asks for at least {least} {words}; there are {count}.", rule=_DEMAND)
            for words, count, least in self.demands(journey)
            if count < least
        ]


class PlacedFinding(NamedTuple):
    """A finding with its place on the map.

    ``kind`` is ``"map"``, ``"stage"`` or ``"touchpoint"``, ``number`` counts as the map does, and ``what`` says what
    is wrong in authored words alone: ids and names are the student's.
    """

    finding: Finding
    what: str
    kind: str
    number: int
    id: str
    name: str


def read_journey(answer: object) -> Journey:
    """Return a journey map, given as one or as its plain data.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if isinstance(answer, Journey):
        return answer
    if not isinstance(answer, str | Mapping):
        raise ValueError("the answer should be a Journey, or what journey_to_json writes.")
    return journey_from_json(answer)


def in_map_order(journey: Journey) -> list[Touchpoint]:
    """Touchpoints stage by stage, as they are numbered on the map; those of unknown stages come last."""
    stages = list(dict.fromkeys(stage.id for stage in journey.stages))
    placed = [touchpoint for stage in stages for touchpoint in journey.at(stage)]
    return placed + [touchpoint for touchpoint in journey.touchpoints if touchpoint.stage not in stages]


def placed_findings(journey: Journey, goal: JourneyGoal) -> list[PlacedFinding]:
    """Find what a map lacks for a goal, first what the task asks for, with the place of each finding."""
    places: dict[str, tuple[str, int, str, str]] = {}
    kinds: tuple[tuple[str, Sequence[Stage | Touchpoint]], ...] = (
        ("stage", journey.stages),
        ("touchpoint", in_map_order(journey)),
    )
    for kind, parts in kinds:
        for number, part in enumerate(parts, start=1):
            places.setdefault(f"{kind} {part.id!r}", (kind, number, part.id, part.name))
    return [
        PlacedFinding(finding, _without_ids(finding, journey), *places.get(finding.where, ("map", 0, "", "")))
        for finding in [*goal.findings(journey), *validate_journey(journey)]
    ]


def _without_ids(finding: Finding, journey: Journey) -> str:
    """What is wrong, with numbers in place of the two ids that findings speak of."""
    if finding.rule == "unknown-stage":
        return "Its stage is not on the map."
    what = finding.what
    if finding.rule == "phase-order":
        for number, stage in enumerate(journey.stages, start=1):
            what = what.replace(f"the next stage, {stage.id!r}, has", f"stage {number}, which comes next, has")
    return what


def judge_journey(answer: Any, goal: JourneyGoal | None = None) -> Feedback:
    """Judge a journey map by what can be checked without knowing the customers.

    The share is the mean of three parts: the map as a whole, which earns 1/(1 + its findings); the share of its
    stages without a finding; and the share of its touchpoints without one. A goal is a fourth part: the mean of how
    far each number is reached. A part that is not there earns nothing.

    Parameters
    ----------
    answer : Journey, mapping, str or NoAnswer
        The map, or its plain data.
    goal : JourneyGoal, optional
        What the task asks for.

    Returns
    -------
    Feedback
        Right if nothing is missing. Otherwise close from a share of one half on, with the first few things to do.
    """
    goal = goal or JourneyGoal()
    if missing := missing_answer(answer):
        return missing
    try:
        journey = read_journey(answer)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The map cannot be read. Make it in the editor.", found=shown(str(problem)))
    if not journey.stages and not journey.touchpoints:
        return Feedback(Rung.NOT_ANSWERED, "The map is empty. Begin with its stages, as the customer sees them.")
    findings = placed_findings(journey, goal)
    if not findings:
        return Feedback(
            Rung.RIGHT,
            "The map has all that can be checked without knowing the customers. Only they can tell whether it is true.",
            1.0,
        )
    share = _share(journey, goal, findings)
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, _message(findings), share, _names(findings))


def _share(journey: Journey, goal: JourneyGoal, findings: list[PlacedFinding]) -> float:
    demands = goal.demands(journey)
    parts = [sum(min(1, count / least) for _, count, least in demands) / len(demands)] if demands else []
    if not journey.touchpoints:
        parts.append(0.0)
    else:
        parts.append(1 / (1 + sum(one.kind == "map" and one.finding.rule != _DEMAND for one in findings)))
    for kind, number in (("stage", len(journey.stages)), ("touchpoint", len(journey.touchpoints))):
        faulty = {one.number for one in findings if one.kind == kind}
        parts.append(1 - len(faulty) / number if number else 0.0)
    return sum(parts) / len(parts)


def _message(findings: list[PlacedFinding]) -> str:
    """The first few kinds of findings, each with its places; the sort is stable, so they stay in their order."""
    order = list(dict.fromkeys(_sort_of(one) for one in findings))
    groups = [
        list(group) for _, group in groupby(sorted(findings, key=lambda one: order.index(_sort_of(one))), _sort_of)
    ]
    sentences = []
    for group in groups[:FEW]:
        first = group[0].finding
        what = group[0].what if len({one.what for one in group}) == 1 else ""
        sentences.append(" ".join(filter(None, [f"{_places(group)}:", what, first.why, first.remedy])))
    if (more := len(groups) - FEW) > 0:
        sentences.append(f"Then {more} more {'kind' if more == 1 else 'kinds'} of findings, listed below the map.")
    return " ".join(sentences)


def _sort_of(one: PlacedFinding) -> tuple[str, str, str]:
    """Findings that one message can tell: of the same rule and kind of place, and of the whole map each by itself."""
    return one.kind, one.finding.rule, one.what if one.kind == "map" else ""


def _places(group: list[PlacedFinding]) -> str:
    kind = group[0].kind
    if kind == "map":
        return "The map"
    numbers = [str(one.number) for one in group]
    if len(numbers) == 1:
        return f"{kind.capitalize()} {numbers[0]}"
    few = ", ".join(numbers[:5]) + (f" and {len(numbers) - 5} more" if len(numbers) > 5 else "")
    return f"{kind.capitalize()}s {few}"


def _names(findings: list[PlacedFinding]) -> str:
    named = dict.fromkeys(f"{one.kind} {one.number} “{one.name}”" for one in findings if one.name.strip())
    return shown("; ".join(named))
