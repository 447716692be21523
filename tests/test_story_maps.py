"""Tests of cxux_helpers.journey.story_maps: the story map as data, as JSON, as a table, and its faults."""

from dataclasses import replace

import pytest

from cxux_helpers.journey.story_maps import (
    STORY_MAP_RULES,
    Activity,
    Release,
    Step,
    Story,
    StoryMap,
    story_map_from_json,
    story_map_table,
    story_map_to_json,
    validate_story_map,
)

GOOD = StoryMap(
    "Present shop",
    "Ann, who needs a present today",
    (Activity("choose", "Choose"), Activity("pay", "Pay")),
    (Step("find", "choose", "Find"), Step("card", "pay", "Pay by card"), Step("compare", "choose", "Compare")),
    (Release("r1", "First", "Ann can buy one thing"), Release("r2", "Second", "Ann can choose well")),
    (
        Story("list", "find", "See all", "r1"),
        Story("filter", "find", "Filter by price", "r2"),
        Story("beside", "compare", "See two side by side"),
        Story("form", "card", "Type the number", "r1"),
    ),
)


def with_story(place, **parts):
    """The good map with one story changed."""
    stories = list(GOOD.stories)
    stories[place] = replace(stories[place], **parts)
    return replace(GOOD, stories=tuple(stories))


FAULTS = {
    "no title": (replace(GOOD, title=" "), "no-name", "the map", "It has no title."),
    "no user": (replace(GOOD, user=""), "no-user", "the map", "It does not say whose story it tells."),
    "an id twice": (
        replace(GOOD, stories=(*GOOD.stories, Story("list", "card", "See the sum", "r2"))),
        "double-id", "story 'list'", "There are 2 of this id.",
    ),
    "a story without a name": (with_story(1, name=""), "no-name", "story 'filter'", "It has no name."),
    "a story of no step": (
        replace(GOOD, stories=(*GOOD.stories, Story("x", "dream", "Dream"))),
        "unknown-link", "story 'x'", "It names step 'dream', which is not on the map.",
    ),
    "a story of no release": (
        with_story(2, release="r9"),
        "unknown-link", "story 'beside'", "It names release 'r9', which is not on the map.",
    ),
    "a step of no activity": (
        replace(GOOD, steps=(*GOOD.steps[:2], Step("compare", "think", "Compare"))),
        "unknown-link", "step 'compare'", "It names activity 'think', which is not on the map.",
    ),
    "an activity without steps": (
        replace(GOOD, activities=(*GOOD.activities, Activity("wrap", "Wrap"))),
        "no-steps", "activity 'wrap'", "It has no steps.",
    ),
    "a step without stories": (
        replace(GOOD, steps=(*GOOD.steps, Step("bill", "pay", "Pay by bill"))),
        "no-stories", "step 'bill'", "It has no stories.",
    ),
    "a release without a goal": (
        replace(GOOD, releases=(GOOD.releases[0], replace(GOOD.releases[1], goal=""))),
        "no-goal", "release 'r2'", "It has no goal.",
    ),
    "a release without stories": (
        with_story(1, release=""), "empty-release", "release 'r2'", "It has no stories.",
    ),
    "an activity that must wait": (
        with_story(3, release="r2"), "broken-skeleton", "activity 'pay'", "Release 'r1' has no story for it.",
    ),
    "everything first": (
        replace(GOOD, releases=GOOD.releases[:1], stories=tuple(replace(s, release="r1") for s in GOOD.stories)),
        "all-first", "release 'r1'", "All stories are in it.",
    ),
    "no releases": (
        replace(GOOD, releases=(), stories=tuple(replace(s, release="") for s in GOOD.stories)),
        "no-releases", "the map", "It has no releases.",
    ),
    "no activities": (
        StoryMap("Shop", "Ann", (), (), (Release("r1", "First", "Buy"),), ()),
        "no-activities", "the map", "It has no activities.",
    ),
}  # fmt: skip


def test_a_good_map_has_no_findings():
    assert validate_story_map(GOOD) == []


@pytest.mark.parametrize(("story_map", "rule", "where", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_placed_and_explained(story_map, rule, where, what):
    found = [finding for finding in validate_story_map(story_map) if (finding.rule, finding.where) == (rule, where)]
    assert [finding.what for finding in found] == [what]
    assert (found[0].why, found[0].remedy) == STORY_MAP_RULES[rule]


@pytest.mark.parametrize("name", [name for name in FAULTS if name != "no activities"])
def test_a_fault_brings_no_findings_of_another_kind(name):
    story_map, rule, _, _ = FAULTS[name]
    assert {finding.rule for finding in validate_story_map(story_map)} == {rule}


def test_every_rule_has_a_fault_that_shows_it():
    assert {rule for _, rule, _, _ in FAULTS.values()} == set(STORY_MAP_RULES)


def test_the_backbone_goes_activity_by_activity():
    assert [step.id for step in GOOD.backbone] == ["find", "compare", "card"]


def test_the_table_has_releases_down_and_the_backbone_across():
    table = story_map_table(GOOD)
    assert table.index.tolist() == ["First", "Second", "later"]
    assert table.columns.tolist() == [("Choose", "Find"), ("Choose", "Compare"), ("Pay", "Pay by card")]
    assert table.to_numpy().tolist() == [
        ["See all", "", "Type the number"], ["Filter by price", "", ""], ["", "See two side by side", ""]
    ]  # fmt: skip


def test_a_map_without_a_backbone_makes_no_table():
    with pytest.raises(ValueError, match=r"the story map has no activity with steps\. Add the backbone first"):
        story_map_table(replace(GOOD, activities=()))


def test_a_map_comes_back_from_json_as_it_was():
    assert story_map_from_json(story_map_to_json(GOOD)) == GOOD


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Activity("a", None), "activity 'a': name is None, but must be text"),
        (lambda: Step("s", 1, "S"), "step 's': activity is 1, but must be text"),
        (lambda: Story("s", "find", "S", None), "story 's': release is None, but must be text"),
        (lambda: Release("r", "R", 3), "release 'r': goal is 3, but must be text"),
        (lambda: Release("", "Now"), "a release has an empty id, which would mean later"),
        (lambda: replace(GOOD, steps=GOOD.stories), "the story map: steps is .*, but must be a list of Step records"),
    ],
)
def test_parts_refuse_what_they_cannot_be(make, message):
    with pytest.raises(ValueError, match=message):
        make()
