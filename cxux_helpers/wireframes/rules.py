"""The rules for a wireframe, what each finds on it, and how much of them it keeps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from cxux_helpers.findings import Finding
from cxux_helpers.wireframes import content_faults as content
from cxux_helpers.wireframes import layout_faults as layout
from cxux_helpers.wireframes import style_faults as style
from cxux_helpers.wireframes.design_systems import DesignSystem
from cxux_helpers.wireframes.layout_faults import Faults
from cxux_helpers.wireframes.screens import COMPONENT_KINDS, TARGET_KINDS, Wireframe

__all__ = ["SEVERITIES", "WIREFRAME_RULES", "WireframeRule", "weight_of", "wireframe_findings", "wireframe_score"]

# How much a finding counts. The words are common, the numbers are this course's.
SEVERITIES = {"critical": 3, "serious": 2, "minor": 1}


@dataclass(frozen=True)
class WireframeRule:
    """A rule that a screen should keep.

    Parameters
    ----------
    find : callable
        Yields what is at fault on a screen, each with what is wrong.
    severity : str
        Key of `SEVERITIES`.
    looks_at : tuple of str
        Kinds of components to which it applies; the screen as a whole if there are none.
    why : str
        Why it matters.
    remedy : str
        What to do.
    """

    find: Callable[[Wireframe, DesignSystem], Faults]
    severity: str
    looks_at: tuple[str, ...]
    why: str
    remedy: str


_ALL = tuple(COMPONENT_KINDS)
_SCREEN: tuple[str, ...] = ()
_WITH_WORDS = tuple(kind for kind in COMPONENT_KINDS if kind != "field")

WIREFRAME_RULES: Mapping[str, WireframeRule] = {
    "outside": WireframeRule(
        layout.outside, "critical", _ALL,
        "What is beyond the edge cannot be seen, and often not be reached.",
        "Move it onto the screen, or make it smaller.",
    ),
    "overlap": WireframeRule(
        layout.overlapping, "critical", _ALL,
        "One covers the other, and a press may hit the wrong one.",
        "Move or shrink one of the two.",
    ),
    "target-size": WireframeRule(
        layout.target_too_small, "critical", TARGET_KINDS,
        "Fingers miss small targets, the more so with a tremor or in a moving bus.",
        "Make it larger.",
    ),
    "field-label": WireframeRule(
        content.field_without_label, "critical", ("field",),
        "A placeholder goes with the first letter, and then nobody can see what was asked.",
        "Give it a label.",
    ),
    "no-words": WireframeRule(
        content.without_words, "critical", _WITH_WORDS,
        "A screen reader has nothing to say there, and others have to guess.",
        "Write what it is or does.",
    ),
    "contrast": WireframeRule(
        style.faint, "critical", tuple(kind for kind in COMPONENT_KINDS if kind != "image"),
        "People with low vision, or in the sun, cannot read it.",
        "Take a pair of colours that stand out from each other.",
    ),
    "reading-order": WireframeRule(
        layout.read_too_late, "serious", _ALL,
        "Screen readers and the Tab key follow the reading order, so people hear another order than others see.",
        "Move one of the two in the reading order, or on the screen.",
    ),
    "way-back": WireframeRule(
        content.no_way_back, "serious", _SCREEN,
        "Whoever came here by mistake needs an exit, or leaves the product.",
        "Add a way back.",
    ),
    "one-primary": WireframeRule(
        content.not_one_primary, "serious", _SCREEN,
        "One primary button tells at a glance what the screen is for; two compete.",
        "Make the main action primary, and the others secondary.",
    ),
    "words": WireframeRule(
        content.with_other_words, "serious", ("button", "link", "back"),
        "People take other words for another action.",
        "Begin with the system's words.",
    ),
    "help-far": WireframeRule(
        layout.help_far_from_its_field, "serious", ("hint", "error"),
        "What stands apart is not read as belonging together, and under magnification it is out of sight.",
        "Put it right beside its own field.",
    ),
    "one-heading": WireframeRule(
        content.not_one_main_heading, "serious", _SCREEN,
        "The main heading says where one is; screen readers look for it first.",
        "Give the screen one heading of level 1.",
    ),
    "heading-first": WireframeRule(
        content.heading_not_first, "serious", ("heading",),
        "What comes before the heading is read without knowing what it is about.",
        "Move the heading to the front of the reading order.",
    ),
    "heading-levels": WireframeRule(
        content.heading_skipped, "minor", ("heading",),
        "People who go from heading to heading take a gap for a part that they missed.",
        "Number the levels without a gap: 1, then 2, then 3.",
    ),
    "primary-place": WireframeRule(
        content.primary_misplaced, "serious", ("button",),
        "People look for it where it was on the screen before.",
        "Move it to the system's place, below the last field.",
    ),
    "button-order": WireframeRule(
        content.button_out_of_order, "minor", ("button",),
        "Hands learn the order, and press before the eyes have read.",
        "Let the buttons change places.",
    ),
    "too-small": WireframeRule(
        layout.too_small, "minor", _ALL,
        "Its words are cut off, or crowd its edge.",
        "Make it larger.",
    ),
    "unknown-component": WireframeRule(
        style.not_in_the_system, "minor", _ALL,
        "What is made for one screen alone has to be learned, built and mended by itself.",
        "Take a component that the system has.",
    ),
    "unknown-token": WireframeRule(
        style.not_a_token, "minor", _ALL,
        "A decision that has no name cannot be changed in one place.",
        "Take one of the system's tokens.",
    ),
    "off-grid": WireframeRule(
        layout.off_the_grid, "minor", _ALL,
        "Distances that differ by a little look like slips, and nobody can build them from the system.",
        "Move it to the grid.",
    ),
    "left-edge": WireframeRule(
        layout.off_the_edge, "minor", _ALL,
        "The eye runs down one edge; each step aside makes it search.",
        "Let its row begin at the left margin or end at the right one.",
    ),
}  # fmt: skip


def wireframe_findings(wireframe: Wireframe, system: DesignSystem) -> list[Finding]:
    """Find the rules that a wireframe breaks.

    The rules are those which a machine can check. A screen without findings is consistent with its system; whether
    people can use it, only people can show.

    Parameters
    ----------
    wireframe : Wireframe
    system : DesignSystem

    Returns
    -------
    list of Finding
        Critical ones first, then serious, then minor; within a rule in reading order. Each finding's ``rule`` is a
        key of `WIREFRAME_RULES`, and ``where`` is ``"the screen"`` or the component by its id.

    Examples
    --------
    >>> from cxux_helpers.wireframes.design_systems import EXAMPLE_SYSTEM
    >>> from cxux_helpers.wireframes.screens import Component
    >>> back = Component("back", "back", "Back", 16, 8, 48, 32)
    >>> head = Component("head", "heading", "Your address", 16, 64, 328, 40, level=1, text_size="heading")
    >>> for finding in wireframe_findings(Wireframe("Address", 360, 640, (back, head)), EXAMPLE_SYSTEM):
    ...     print(finding.rule, "-", finding.where, "-", finding.what)
    target-size - component 'back' - It is 48 by 32 pixels; the system asks for 44 by 44.
    """
    ranked = sorted(WIREFRAME_RULES.items(), key=lambda item: -SEVERITIES[item[1].severity])
    return [
        Finding(f"component {at.id!r}" if at else "the screen", what, rule.why, rule.remedy, name)
        for name, rule in ranked
        for at, what in rule.find(wireframe, system)
    ]


def weight_of(findings: Iterable[Finding]) -> int:
    """Sum of what findings count by their severity.

    Examples
    --------
    >>> weight_of([Finding("the screen", "It has no way back.", rule="way-back")])
    2
    """
    return sum(SEVERITIES[WIREFRAME_RULES[finding.rule].severity] for finding in findings)


def wireframe_score(wireframe: Wireframe, system: DesignSystem, *, ignored: Iterable[str] = ()) -> float:
    """Share of the rules that a wireframe keeps, from 0 to 1; higher is better.

    Each rule that applies to something on the screen counts by its severity. A rule for components is kept as far as
    the components to which it applies are without a finding; a rule for the screen is kept or not. ::

        score = Σ severity × (1 − faulty / looked at)  /  Σ severity

    Parameters
    ----------
    wireframe : Wireframe
    system : DesignSystem
    ignored : iterable of str
        Keys of `WIREFRAME_RULES` that do not count.

    Examples
    --------
    The only target is too small, which counts 3, and the rules that apply count 33.

    >>> from cxux_helpers.wireframes.design_systems import EXAMPLE_SYSTEM
    >>> from cxux_helpers.wireframes.screens import Component
    >>> back = Component("back", "back", "Back", 16, 8, 48, 32)
    >>> head = Component("head", "heading", "Your address", 16, 64, 328, 40, level=1, text_size="heading")
    >>> round(wireframe_score(Wireframe("Address", 360, 640, (back, head)), EXAMPLE_SYSTEM), 3)
    0.909
    """
    kept = total = 0.0
    left_out = set(ignored)
    for name, rule in WIREFRAME_RULES.items():
        looked_at = len(wireframe.of_kind(*rule.looks_at)) if rule.looks_at else 1
        if looked_at and name not in left_out:
            faulty = {at.id if at else "" for at, _ in rule.find(wireframe, system)}
            total += SEVERITIES[rule.severity]
            kept += SEVERITIES[rule.severity] * (1 - len(faulty) / looked_at)
    return kept / total if total else 1.0
