"""Tests of the case of the folding bicycle: its papers are sound, and the draft is unsound where the lesson says so."""

from dataclasses import replace

import pytest

from cxux_helpers.datasets.bicycle import BICYCLE_PAPERS, load_bicycle_evidence, load_bicycle_paper
from cxux_helpers.exercises.journey_truth import judge_map_truth
from cxux_helpers.journey import (
    blueprint_from_json,
    journey_from_json,
    story_map_from_json,
    touchpoint_priority,
    validate_blueprint,
    validate_journey,
    validate_story_map,
)

DRAFT, TEAM = (journey_from_json(load_bicycle_paper(name)) for name in ("draft", "journey"))


def test_the_finished_papers_lack_nothing():
    assert validate_journey(TEAM) == []
    assert validate_blueprint(blueprint_from_json(load_bicycle_paper("blueprint"))) == []
    assert validate_story_map(story_map_from_json(load_bicycle_paper("stories"))) == []


def test_the_draft_ends_at_the_counter_and_has_no_low_point():
    rules = {finding.rule for finding in validate_journey(DRAFT)}
    assert {"missing-phase", "no-low-point", "all-controllable", "all-direct", "voice-of-others", "no-emotion"} <= rules
    assert DRAFT.touchpoints[-1].id == "counter"
    assert DRAFT.stages == TEAM.stages


def test_the_draft_can_be_mended_to_what_the_evidence_says():
    ids = [one.id for one in DRAFT.touchpoints]
    assert judge_map_truth(DRAFT, TEAM, only=ids).share < 0.8
    assert judge_map_truth(TEAM, TEAM, only=ids).right


def test_the_counter_is_the_lowest_point_and_comes_first():
    ranked = touchpoint_priority(TEAM)
    assert ranked.index[0] == "counter" and ranked["priority"].iloc[0] == 20 > ranked["priority"].iloc[1]
    assert set(ranked["quadrant"]) == {"act", "prepare", "maintain", "leave"}


def test_the_evidence_has_an_importance_for_each_finding_and_the_map_agrees():
    evidence = load_bicycle_evidence()
    matters = dict(zip(evidence["moment"], evidence["how much it matters (1 to 5)"], strict=True))
    on_map = {one.id: one.importance for one in TEAM.touchpoints}
    pairs = {
        "poster": "The poster at the station", "reviews": "Reviews by strangers", "site": "Looking at models",
        "order": "Ordering", "mail": "The mail", "counter": "The counter", "ride": "The first ride",
        "service": "The first service", "tells": "Afterwards", "colleague": "Before anything else",
    }  # fmt: skip
    assert {one: on_map[one] for one in pairs} == {one: matters[moment] for one, moment in pairs.items()}
    assert set(pairs.values()) == set(matters)


def test_an_unknown_paper_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match="there is no paper 'poster'; there are: draft, journey"):
        load_bicycle_paper("poster")
    assert all(load_bicycle_paper(name)["title"] for name in BICYCLE_PAPERS)


def test_a_paper_is_made_anew_each_time():
    load_bicycle_paper("draft")["title"] = "Another"
    assert journey_from_json(load_bicycle_paper("draft")) == replace(DRAFT)
