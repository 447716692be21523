"""Judging a wireframe: whether what the task needs is on the screen, and how far the rules of the system are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from cxux_helpers.arguments import require_whole
from cxux_helpers.checks import missing_answer
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.findings import Finding
from cxux_helpers.wireframes.design_systems import DesignSystem
from cxux_helpers.wireframes.rules import WIREFRAME_RULES, weight_of, wireframe_findings, wireframe_score
from cxux_helpers.wireframes.screens import COMPONENT_KINDS, Wireframe, wireframe_from_json

__all__ = ["ContentNeed", "PlacedFinding", "WireframeGoal", "judge_wireframe", "placed_findings", "read_wireframe"]

FEW = 3  # messages at a time: whoever reads ten mends none


@dataclass(frozen=True)
class ContentNeed:
    """Something that has to be on the screen.

    Parameters
    ----------
    kind : str
        Key of `COMPONENT_KINDS`.
    words : str or tuple of str
        Its words must hold one of these, in capitals or small letters; any words will do if there are none.
    emphasis : str
        ``"primary"`` or ``"secondary"`` if a button must be that.
    least : int
        How many of them, at least.

    Raises
    ------
    ValueError
        If the kind is not known or the number is no whole number of 1 or more.
    """

    kind: str
    words: str | tuple[str, ...] = ()
    emphasis: str = ""
    least: int = 1

    def __post_init__(self) -> None:
        if self.kind not in COMPONENT_KINDS:
            raise ValueError(f"kind is {self.kind!r}. Take one of: {', '.join(COMPONENT_KINDS)}.")
        require_whole("least", self.least, low=1)

    @property
    def _wanted(self) -> tuple[str, ...]:
        words = (self.words,) if isinstance(self.words, str) else self.words
        return tuple(filter(None, words))

    def count(self, wireframe: Wireframe) -> int:
        """How many components of a screen will do."""
        wanted = [words.casefold() for words in self._wanted]
        fitting = (one for one in wireframe.of_kind(self.kind) if self.emphasis in ("", one.emphasis))
        return sum(not wanted or any(words in one.label.casefold() for words in wanted) for one in fitting)

    def __str__(self) -> str:
        name = " ".join(filter(None, (self.emphasis, self.kind)))
        words = " or ".join(f"“{words}”" for words in self._wanted)
        if self.least == 1:
            number = f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
        else:
            number = f"{self.least} {name}{'es' if name.endswith('x') else 's'}"
        return f"{number} with {words}" if words else number


@dataclass(frozen=True)
class WireframeGoal:
    """What a task asks of a wireframe.

    Parameters
    ----------
    needs : tuple of ContentNeed
        What has to be on the screen.
    allowed : int
        How many findings may remain.
    ignored : tuple of str
        Rules, as keys of `WIREFRAME_RULES`, that the task leaves out.
    start : Wireframe, optional
        The screen that is to be mended, if it is one: credit is then given for the findings that are gone.

    Raises
    ------
    ValueError
        If a number is negative or a rule is not known.
    """

    needs: tuple[ContentNeed, ...] = ()
    allowed: int = 0
    ignored: tuple[str, ...] = ()
    start: Wireframe | None = None

    def __post_init__(self) -> None:
        require_whole("allowed", self.allowed, low=0)
        for rule in self.ignored:
            if rule not in WIREFRAME_RULES:
                raise ValueError(f"ignored names the rule {rule!r}. Take one of: {', '.join(WIREFRAME_RULES)}.")

    def findings(self, wireframe: Wireframe, system: DesignSystem) -> list[Finding]:
        """What breaks the rules that the task does not leave out."""
        return [one for one in wireframe_findings(wireframe, system) if one.rule not in self.ignored]

    def missing(self, wireframe: Wireframe) -> list[str]:
        """What the task needs and the screen does not have, in words."""
        return [str(need) for need in self.needs if need.count(wireframe) < need.least]

    def content(self, wireframe: Wireframe) -> float:
        """Share, from 0 to 1, of what the task needs that is there."""
        shares = [min(1.0, need.count(wireframe) / need.least) for need in self.needs]
        return sum(shares) / len(shares) if shares else 1.0


class PlacedFinding(NamedTuple):
    """A finding with the component at fault: its place in the reading order from 1, its id and its words.

    The number is 0, and id and words are empty, if the screen as a whole is at fault.
    """

    finding: Finding
    number: int
    id: str
    label: str


def read_wireframe(answer: object) -> Wireframe:
    """Return a wireframe, given as one or as its plain data.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if isinstance(answer, Wireframe):
        return answer
    if not isinstance(answer, str | Mapping):
        raise ValueError("the answer should be a Wireframe, or what wireframe_to_json writes.")
    return wireframe_from_json(answer)


def placed_findings(wireframe: Wireframe, goal: WireframeGoal, system: DesignSystem) -> list[PlacedFinding]:
    """Find what breaks the rules of a task, with the place of each finding."""
    places = {
        f"component {one.id!r}": (number, one.id, one.label) for number, one in enumerate(wireframe.components, start=1)
    }
    return [PlacedFinding(one, *places.get(one.where, (0, "", ""))) for one in goal.findings(wireframe, system)]


def judge_wireframe(answer: Any, goal: WireframeGoal, system: DesignSystem) -> Feedback:
    """Judge a wireframe by a task's needs and a design system's rules.

    The share is a product: of the share of the task's needs that are on the screen, and of how far the rules are
    kept. For a screen that is to be mended the second is the share of its findings that are gone, each counted by its
    severity; for one that is drawn from nothing it is `wireframe_score`. So neither an empty screen without findings
    nor a full one without rules earns much.

    Parameters
    ----------
    answer : Wireframe, mapping, str or NoAnswer
        The wireframe, or its plain data.
    goal : WireframeGoal
    system : DesignSystem

    Returns
    -------
    Feedback
        Right if all needs are met and no more findings than allowed remain. Otherwise close from a share of one half
        on, with the first few things to do.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        wireframe = read_wireframe(answer)
    except ValueError as problem:
        return Feedback(
            Rung.WRONG_KIND, "The wireframe cannot be read. Make it in the editor.", found=shown(str(problem))
        )
    if not wireframe.components:
        return Feedback(Rung.NOT_ANSWERED, "The screen is empty. Begin with its heading, then add what people need.")
    needed = goal.missing(wireframe)
    findings = placed_findings(wireframe, goal, system)
    if not needed and len(findings) <= goal.allowed:
        return Feedback(
            Rung.RIGHT,
            "The screen has all that the task asks for and keeps the rules that a machine can check. Whether people "
            "can use it, a test with people will show.",
            1.0,
        )
    share = goal.content(wireframe) * _kept(wireframe, goal, system, findings)
    return Feedback(
        Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, _message(needed, findings, goal), share, _names(findings)
    )


def _kept(wireframe: Wireframe, goal: WireframeGoal, system: DesignSystem, findings: list[PlacedFinding]) -> float:
    """How far the rules are kept, from 0 to 1."""
    before = weight_of(goal.findings(goal.start, system)) if goal.start else 0
    if not before:
        return wireframe_score(wireframe, system, ignored=goal.ignored)
    return max(0.0, 1 - weight_of(one.finding for one in findings) / before)


def _message(needed: list[str], findings: list[PlacedFinding], goal: WireframeGoal) -> str:
    """What is needed, and the first few rules that are broken, each with its places."""
    sentences = [f"The task asks for {'; '.join(needed)}."] if needed else []
    if len(findings) > goal.allowed:
        if goal.allowed:
            sentences.append(f"{len(findings)} findings remain, and {goal.allowed} may.")
        groups: dict[str, list[PlacedFinding]] = {}
        for one in findings:
            groups.setdefault(one.finding.rule, []).append(one)
        for group in list(groups.values())[:FEW]:
            first = group[0].finding
            what = first.what if len({one.finding.what for one in group}) == 1 else ""
            sentences.append(" ".join(filter(None, (f"{_places(group)}:", what, first.why, first.remedy))))
        if (more := len(groups) - FEW) > 0:
            sentences.append(f"Then {more} more {'rule is' if more == 1 else 'rules are'} broken, as the list shows.")
    return " ".join(sentences)


def _places(group: list[PlacedFinding]) -> str:
    numbers = list(dict.fromkeys(str(one.number) for one in group))
    if numbers == ["0"]:
        return "The screen"
    if len(numbers) == 1:
        return f"Component {numbers[0]}"
    few = ", ".join(numbers[:5]) + (f" and {len(numbers) - 5} more" if len(numbers) > 5 else "")
    return f"Components {few}"


def _names(findings: list[PlacedFinding]) -> str:
    named = dict.fromkeys(f"component {one.number} “{one.label}”" for one in findings if one.label.strip())
    return shown("; ".join(named))
