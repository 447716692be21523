"""Tests of cxux_helpers.journey.map_checks: a good map has no findings; each fault is found, placed and explained."""

from dataclasses import replace

import pytest

from cxux_helpers.journey.map_checks import JOURNEY_RULES, validate_journey
from cxux_helpers.journey.maps import Journey, Stage, Touchpoint

GOOD = Journey(
    "Buying shoes",
    "Ann, who needs shoes for a wedding next week",
    (
        Stage("look", "Look around", "Know which shoes would do"),
        Stage("buy", "Buy", "Have the shoes in time"),
        Stage("wear", "Wear", "Dance all night"),
    ),
    (
        Touchpoint("talk", "Asks her sister", "look", "before", "word of mouth", False, False, "", 1, 4, "Interview 3"),
        Touchpoint("list", "Sees all shoes", "look", "before", "website", True, True, "Web team", 0, 3, "Log of May"),
        Touchpoint("pay", "Pays", "buy", "during", "website", True, True, "Web team", -2, 5, "41 complaints in May"),
        Touchpoint("box", "Opens the box", "wear", "after", "product", True, True, "Packing", 2, 4, "Interview 3"),
    ),
)


def rules(journey):
    return [finding.rule for finding in validate_journey(journey)]


def with_touchpoint(place, **parts):
    """The good map with one touchpoint changed."""
    touchpoints = list(GOOD.touchpoints)
    touchpoints[place] = replace(touchpoints[place], **parts)
    return replace(GOOD, touchpoints=tuple(touchpoints))


def all_with(**parts):
    return replace(GOOD, touchpoints=tuple(replace(one, **parts) for one in GOOD.touchpoints))


def with_stage(place, **parts):
    stages = list(GOOD.stages)
    stages[place] = replace(stages[place], **parts)
    return replace(GOOD, stages=tuple(stages))


FAULTS = {
    "no title": (replace(GOOD, title=" "), "no-name", "the map", "It has no title."),
    "no persona": (replace(GOOD, persona=""), "no-persona", "the map", "It does not say whose journey it is."),
    "one stage": (
        replace(GOOD, stages=GOOD.stages[:1], touchpoints=all_with(stage="look").touchpoints),
        "few-stages", "the map", "It has one stage.",
    ),
    "two stages of one id": (
        replace(GOOD, stages=(*GOOD.stages, Stage("wear", "Wear again", "Dance"))),
        "double-id", "stage 'wear'", "There are 2 of this id.",
    ),
    "two touchpoints of one id": (
        with_touchpoint(1, id="pay"), "double-id", "touchpoint 'pay'", "There are 2 of this id.",
    ),
    "stage without a name": (with_stage(0, name=""), "no-name", "stage 'look'", "It has no name."),
    "stage without a goal": (with_stage(1, goal=" "), "no-goal", "stage 'buy'", "It has no goal."),
    "stage without touchpoints": (
        replace(GOOD, stages=(*GOOD.stages, Stage("end", "Say goodbye", "Leave"))),
        "empty-stage", "stage 'end'", "It has no touchpoint.",
    ),
    "stages out of order": (
        replace(GOOD, stages=(GOOD.stages[1], GOOD.stages[0], GOOD.stages[2])),
        "phase-order", "stage 'buy'",
        "It has a touchpoint 'during' the purchase; the next stage, 'look', has one 'before'.",
    ),
    "touchpoint without a name": (with_touchpoint(2, name=""), "no-name", "touchpoint 'pay'", "It has no name."),
    "touchpoint nowhere": (
        replace(GOOD, touchpoints=(*GOOD.touchpoints, replace(GOOD.touchpoints[3], id="x", stage="dream"))),
        "unknown-stage", "touchpoint 'x'", "It is in stage 'dream', which is not on the map.",
    ),
    "others' words called our own": (
        with_touchpoint(0, direct=True, controllable=True, owner="PR"),
        "voice-of-others", "touchpoint 'talk'",
        "Its channel is 'word of mouth', but it is marked direct and controllable.",
    ),
    "no owner": (
        with_touchpoint(1, owner=""), "no-owner", "touchpoint 'list'", "It is controllable, but has no owner.",
    ),
    "no emotion": (
        with_touchpoint(1, emotion=None), "no-emotion", "touchpoint 'list'", "Nobody knows how customers feel there.",
    ),
    "no evidence": (
        with_touchpoint(2, evidence=""), "no-evidence", "touchpoint 'pay'", "It has the emotion -2, but no evidence.",
    ),
    "no importance": (
        with_touchpoint(3, importance=None), "no-importance", "touchpoint 'box'", "Nobody knows how much it matters.",
    ),
    "nothing after the purchase": (
        with_touchpoint(3, phase="during"), "missing-phase", "the map", "It has no touchpoint 'after' the purchase.",
    ),
    "one channel": (
        all_with(channel="app"), "one-channel", "the map", "All touchpoints are in one channel, 'app'.",
    ),
    "nobody else speaks": (
        with_touchpoint(0, direct=True, channel="mail"), "all-direct", "the map", "All touchpoints are direct.",
    ),
    "all under control": (
        with_touchpoint(0, controllable=True, channel="mail", owner="PR"),
        "all-controllable", "the map", "All touchpoints are controllable.",
    ),
    "nothing feels bad": (with_touchpoint(2, emotion=0), "no-low-point", "the map", "No touchpoint feels bad."),
    "all matter the same": (
        all_with(importance=5), "all-equally-important", "the map", "All touchpoints have importance 5.",
    ),
}  # fmt: skip


def test_a_good_map_has_no_findings():
    assert validate_journey(GOOD) == []


@pytest.mark.parametrize(("journey", "rule", "where", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_placed_and_explained(journey, rule, where, what):
    found = [finding for finding in validate_journey(journey) if (finding.rule, finding.where) == (rule, where)]
    assert [finding.what for finding in found] == [what]
    assert (found[0].why, found[0].remedy) == JOURNEY_RULES[rule]
    assert str(found[0]) == f"{where}: {what} {found[0].why} {found[0].remedy}"


ALONE = [name for name in FAULTS if name not in ("one stage", "others' words called our own")]


@pytest.mark.parametrize("name", ALONE)
def test_a_fault_brings_no_findings_of_another_kind(name):
    journey, rule, _, _ = FAULTS[name]
    assert set(rules(journey)) == {rule}


def test_every_rule_has_a_fault_that_shows_it_and_speaks_in_sentences():
    assert {rule for _, rule, _, _ in FAULTS.values()} == set(JOURNEY_RULES)
    for why, remedy in JOURNEY_RULES.values():
        assert why.endswith((".", ":")) and why[0].isupper()
        assert remedy.endswith(".") and remedy[0].isupper()


def test_an_empty_map_is_told_where_to_begin():
    assert rules(Journey("", "", (), ())) == ["no-name", "no-persona", "few-stages"]


def test_two_touchpoints_may_matter_the_same():
    two = replace(all_with(importance=5), touchpoints=all_with(importance=5).touchpoints[:2])
    assert "all-equally-important" not in rules(two)


def test_an_uncontrollable_touchpoint_needs_no_owner():
    assert rules(with_touchpoint(0, owner="")) == []


def test_emotions_that_nobody_knows_are_not_taken_for_neutral():
    assert "no-low-point" not in rules(all_with(emotion=None))
