"""Tests of cxux_helpers.journey.maps: the map as data, as JSON, as a table, and as a ranking."""

import dataclasses
import itertools
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxux_helpers.journey.maps import (
    CHANNELS,
    DIGITAL_CHANNELS,
    EMOTIONS,
    PHASES,
    QUADRANTS,
    Journey,
    Stage,
    Touchpoint,
    journey_from_json,
    journey_table,
    journey_to_json,
    touchpoint_priority,
)

STAGES = (Stage("look", "Look around", "Find shoes that fit"), Stage("buy", "Buy", "Have them at home"))


def touchpoint(id="pay", **parts):
    defaults = {
        "name": "Pays", "stage": "buy", "phase": "during", "channel": "website", "direct": True, "controllable": True,
        "owner": "Shop team", "emotion": -1, "importance": 5, "evidence": "Survey in March, 212 answers",
    }  # fmt: skip
    return Touchpoint(id, **{**defaults, **parts})


def a_map(*touchpoints):
    return Journey("Buying shoes", "Ann, in a hurry", STAGES, touchpoints)


maps = st.lists(
    st.builds(
        touchpoint,
        stage=st.sampled_from(["look", "buy"]),
        phase=st.sampled_from(PHASES),
        channel=st.sampled_from(CHANNELS),
        direct=st.booleans(),
        controllable=st.booleans(),
        owner=st.text(),
        emotion=st.none() | st.integers(-2, 2),
        importance=st.none() | st.integers(1, 5),
    ),
    min_size=1,
    max_size=8,
).map(lambda ones: a_map(*(dataclasses.replace(one, id=f"t{place}") for place, one in enumerate(ones))))


# -- the parts ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"emotion": 3}, r"touchpoint 'pay': emotion is 3\. Give a whole number from -2 to 2, or None\."),
        ({"emotion": -3}, "emotion is -3"),
        ({"emotion": True}, "touchpoint 'pay': emotion is True, but must be a whole number or null"),
        ({"emotion": 1.5}, r"emotion is 1\.5, but must be a whole number or null"),
        ({"emotion": "good"}, "emotion is 'good', but must be a whole number or null"),
        ({"importance": 0}, r"touchpoint 'pay': importance is 0\. Give a whole number from 1 to 5, or None\."),
        ({"importance": 6}, "importance is 6"),
        ({"phase": "while"}, r"phase is 'while'\. Take one of: before, during, after\."),
        ({"channel": "fax"}, r"channel is 'fax'\. Take one of: website, app, .*word of mouth\."),
        ({"direct": 1}, "direct is 1, but must be true or false"),
        ({"controllable": None}, "controllable is None, but must be true or false"),
        ({"owner": None}, "owner is None, but must be text"),
        ({"name": 5}, "name is 5, but must be text"),
        ({"evidence": "x" * 99 + "y", "stage": 7}, "stage is 7, but must be text"),
    ],
)
def test_a_touchpoint_refuses_what_it_cannot_be(parts, message):
    with pytest.raises(ValueError, match=message):
        touchpoint(**parts)


def test_a_map_refuses_parts_of_the_wrong_kind_and_takes_lists_for_tuples():
    assert Journey("Shoes", "Ann", list(STAGES), [touchpoint()]) == Journey("Shoes", "Ann", STAGES, (touchpoint(),))
    with pytest.raises(ValueError, match=r"the journey map: stages is \(touchpoint|must be a list of Stage records"):
        Journey("Shoes", "Ann", (touchpoint(),), ())
    with pytest.raises(ValueError, match="stage 'look': goal is None, but must be text"):
        Stage("look", "Look", None)


def test_a_map_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        touchpoint().emotion = 2


def test_what_is_known_covers_the_syllabus():
    assert PHASES == ("before", "during", "after")
    assert set(EMOTIONS) == {-2, -1, 0, 1, 2}
    assert set(DIGITAL_CHANNELS) < set(CHANNELS)
    assert {"website", "app", "in person", "phone", "mail", "social media", "word of mouth"} <= set(CHANNELS)


# -- JSON ---------------------------------------------------------------------------------------------------


@given(maps)
def test_a_map_comes_back_from_json_as_it_was(journey):
    text = journey_to_json(journey)
    assert journey_from_json(text) == journey
    assert journey_from_json(json.loads(text)) == journey


def changed(**parts):
    """The JSON of a map with one touchpoint, with some of its entries replaced; None takes one out."""
    data = {**json.loads(journey_to_json(a_map(touchpoint()))), **parts}
    return json.dumps({name: value for name, value in data.items() if value is not None})


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "the journey map is not JSON: .* A comma or a quotation mark may be missing"),
        ("[1]", r"the journey map is \[1\], but must be an object in braces"),
        (changed(schema=2), r'the journey map has schema 2, but 1 is needed\. Begin with \{"schema": 1, "kind"'),
        (changed(schema=True), "the journey map has schema True, but 1 is needed"),
        (changed(schema=None), "the journey map has schema None, but 1 is needed"),
        (changed(kind="story map"), "the journey map has kind 'story map', but \"journey map\" is needed"),
        (changed(persona=None), "the journey map has no entry 'persona'. Add one."),
        (changed(stagez=[]), "the journey map has an unknown entry 'stagez'; known are: title, persona, st"),
        (changed(title=3), "the journey map: title is 3, but must be text"),
        (changed(stages="look"), "the journey map: stages is 'look', but must be a list of Stage records"),
        (changed(stages=["look"]), "the journey map: stages 1 is 'look', but must be an object in braces"),
        (changed(stages=[{"id": "a", "name": "A"}, {"id": "b"}]), "the journey map: stages 'b' has no entry 'name'"),
        (
            changed(stages=[{"id": "a", "name": "A", "aim": ""}]),
            "the journey map: stages 'a' has an unknown entry 'aim'",
        ),
        (changed(touchpoints=[{**dataclasses.asdict(touchpoint()), "emotion": 9}]), "touchpoint 'pay': emotion is 9"),
        (changed(touchpoints=[{**dataclasses.asdict(touchpoint()), "owner": ["x" * 99]}]), "owner is .*…, but must be"),
    ],
)
def test_json_that_is_no_map_is_refused_with_its_place(text, message):
    with pytest.raises(ValueError, match=message):
        journey_from_json(text)


def test_what_nobody_knows_may_be_left_out_or_null():
    short = {key: value for key, value in dataclasses.asdict(touchpoint()).items() if key not in ("emotion", "owner")}
    one = journey_from_json(changed(touchpoints=[{**short, "importance": None}])).touchpoints[0]
    assert (one.emotion, one.importance, one.owner) == (None, None, "")


# -- the table ----------------------------------------------------------------------------------------------


def test_the_table_goes_stage_by_stage_and_says_what_is_digital():
    ad = touchpoint("ad", stage="look", channel="advertisement", emotion=None)
    table = journey_table(a_map(touchpoint(), ad, touchpoint("wear", channel="product", phase="after")))
    assert table.index.tolist() == ["ad", "pay", "wear"]
    assert table["stage"].tolist() == ["Look around", "Buy", "Buy"]
    assert table["digital"].tolist() == [False, True, False]
    assert table["emotion"].isna().tolist() == [True, False, False]
    assert table["importance"].sum() == 15


@pytest.mark.parametrize("function", [journey_table, touchpoint_priority])
@pytest.mark.parametrize(
    ("touchpoints", "message"),
    [
        ([], "the journey map has no touchpoints"),
        ([touchpoint(), touchpoint()], "two touchpoints have the id 'pay'. Rename one"),
        ([touchpoint(stage="dream")], "'pay' is in stage 'dream', which is not on the map; it has: look, buy"),
    ],
)
def test_a_map_that_makes_no_table_is_refused(function, touchpoints, message):
    with pytest.raises(ValueError, match=message):
        function(a_map(*touchpoints))


# -- priority -----------------------------------------------------------------------------------------------


def test_priority_of_four_touchpoints_by_hand():
    ranked = touchpoint_priority(
        a_map(
            touchpoint("talk", channel="word of mouth", controllable=False, emotion=-2, importance=4),
            touchpoint("pay", emotion=-1, importance=5),
            touchpoint("rain", controllable=False, emotion=1, importance=2),
            touchpoint("box", emotion=2, importance=5),
        )
    )
    assert ranked[["impact", "control", "priority"]].to_dict("index") == {
        "pay": {"impact": 15, "control": 1, "priority": 15},
        "talk": {"impact": 16, "control": 0, "priority": 0},
        "rain": {"impact": 2, "control": 0, "priority": 0},
        "box": {"impact": 0, "control": 1, "priority": 0},
    }
    assert ranked["quadrant"].to_dict() == {"pay": "act", "talk": "prepare", "rain": "leave", "box": "maintain"}
    assert ranked.index.tolist() == ["pay", "talk", "rain", "box"]
    assert set(ranked["quadrant"]) == set(QUADRANTS)


def test_what_lies_on_the_line_is_high():
    quadrant = touchpoint_priority(a_map(touchpoint(importance=4, emotion=0)), control={"pay": 0.5})["quadrant"]
    assert quadrant.tolist() == ["act"]
    below = touchpoint_priority(a_map(touchpoint(importance=4, emotion=0)), control={"pay": 0.49}, high_impact=8.01)
    assert below["quadrant"].tolist() == ["leave"]


def test_own_shares_of_control_count():
    ranked = touchpoint_priority(a_map(touchpoint("a"), touchpoint("b")), control={"a": 0.2})
    assert ranked["priority"].to_dict() == {"b": 15, "a": pytest.approx(3)}
    assert ranked["quadrant"].to_dict() == {"b": "act", "a": "prepare"}


@pytest.mark.parametrize("unknown", ["emotion", "importance"])
def test_a_touchpoint_about_which_nobody_knows_comes_last_without_a_quadrant(unknown):
    ranked = touchpoint_priority(a_map(touchpoint("a", **{unknown: None}), touchpoint("b", emotion=2)))
    assert ranked.index.tolist() == ["b", "a"]
    assert ranked.loc["a", ["impact", "priority", "quadrant"]].isna().all()


@given(maps)
def test_priorities_lie_in_their_range_and_fall(journey):
    ranked = touchpoint_priority(journey)
    known = ranked.dropna()
    assert known["impact"].between(0, 20).all()
    assert (known["priority"] == known["impact"] * known["control"]).all()
    assert known["priority"].is_monotonic_decreasing
    assert set(ranked.index) == {touchpoint.id for touchpoint in journey.touchpoints}
    assert not ranked["impact"].isna().to_numpy()[: len(known)].any()


def test_worse_and_more_important_never_ranks_lower():
    scores = {}
    for emotion, importance in itertools.product(range(-2, 3), range(1, 6)):
        one = touchpoint(emotion=emotion, importance=importance)
        scores[emotion, importance] = touchpoint_priority(a_map(one))["priority"].item()
    grid = np.array(list(scores.values())).reshape(5, 5)
    assert (np.diff(grid, axis=0) <= 0).all()
    assert (np.diff(grid, axis=1) >= 0).all()
    assert grid.max() == 20
    assert grid.min() == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"control": {"buy": 1}}, "control names 'buy', which is no touchpoint; there are: pay"),
        ({"control": {"pay": 1.5}}, "control of 'pay' is 1.5, but must be a number of 0 or more and up to 1"),
        ({"control": {"pay": "high"}}, "control of 'pay' is 'high'"),
        ({"high_impact": 0}, "high_impact is 0, but must be a number above 0"),
        ({"high_control": 0}, "high_control is 0, but must be a number above 0 and up to 1"),
        ({"high_control": 2}, "high_control is 2"),
    ],
)
def test_numbers_out_of_range_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        touchpoint_priority(a_map(touchpoint()), **arguments)
