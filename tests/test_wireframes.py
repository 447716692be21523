"""Tests of wireframes: the data, the design system, each rule by itself, the score, and consistency of screens."""

import dataclasses
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.findings import Finding
from cxux_helpers.wireframes import (
    COMPONENT_KINDS,
    CONSISTENCY_RULES,
    EXAMPLE_SYSTEM,
    SEVERITIES,
    TARGET_MINIMUM,
    WIREFRAME_RULES,
    ActionWords,
    Component,
    ComponentStyle,
    DesignSystem,
    TextSize,
    Wireframe,
    component_in_words,
    consistency_between,
    design_system_from_json,
    design_system_to_json,
    wireframe_findings,
    wireframe_from_json,
    wireframe_score,
    wireframe_to_json,
)
from cxux_helpers.wireframes.rules import weight_of

PRIMARY = {"emphasis": "primary", "colour": "on accent", "background": "accent"}
SECONDARY = {"emphasis": "secondary", "colour": "accent", "background": "paper"}
GOOD = Wireframe(
    "Your address", 360, 640,
    (
        Component("back", "back", "Back", 16, 8, 64, 48, colour="accent"),
        Component("head", "heading", "Your address", 16, 64, 328, 40, level=1, text_size="heading"),
        Component("street", "field", "Street and number", 16, 120, 328, 72),
        Component("post", "field", "Postcode", 16, 216, 160, 72, placeholder="12345"),
        Component("hint", "hint", "Five digits", 16, 288, 160, 24, text_size="small", colour="muted"),
        Component("box", "checkbox", "Send the bill here too", 16, 328, 328, 48),
        Component("map", "image", "Map of the street", 16, 384, 104, 96, background="tint"),
        Component("why", "link", "Why do we ask?", 136, 392, 208, 48, colour="accent"),
        Component("save", "button", "Save address", 16, 496, 328, 48, **PRIMARY),
        Component("cancel", "button", "Cancel", 16, 560, 328, 48, **SECONDARY),
    ),
)  # fmt: skip
IDS = [one.id for one in GOOD.components]


def changed(order=None, without=(), **changes):
    """The good screen with components changed by id, taken away, or in another reading order."""
    parts = {one.id: replace(one, **changes.pop(one.id, {})) for one in GOOD.components if one.id not in without}
    assert not changes, f"no such component: {changes}"
    return replace(GOOD, components=tuple(parts[one] for one in order or parts))


def moved_to(one, place):
    order = [other for other in IDS if other != one]
    return [*order[:place], one, *order[place:]]


# Each breaks one rule: how, which one, where, and what is said.
FAULTS = {
    "beyond the edge": (changed(cancel={"y": 600}), "outside", "cancel", "It reaches beyond the edge of the screen."),
    "one over the other": (changed(map={"width": 136}), "overlap", "why", "It overlaps component 7."),
    "a small target": (
        changed(back={"height": 40}), "target-size", "back", "It is 64 by 40 pixels; the system asks for 44 by 44.",
    ),
    "a placeholder for a label": (
        changed(post={"label": " "}), "field-label", "post", "It has a placeholder, but no label.",
    ),
    "a field without anything": (changed(street={"label": ""}), "field-label", "street", "It has no label."),
    "an image without words": (changed(map={"label": ""}), "no-words", "map", "It has no text alternative."),
    "a hint without words": (changed(hint={"label": ""}), "no-words", "hint", "It has no words."),
    "faint words": (
        changed(street={"colour": "line"}), "contrast", "street",
        "The contrast of its words is 3.03:1; text needs 4.5:1.",
    ),
    "read in another order than seen": (
        changed(order=moved_to("save", 9)), "reading-order", "save",
        "It is read after component 9, but seen before it.",
    ),
    "no exit": (
        changed(without=("back",), cancel={"label": "Delete"}), "way-back", "", "It has no way back.",
    ),
    "no primary button": (changed(save=SECONDARY), "one-primary", "", "It has no primary button."),
    "two primary buttons": (
        changed(cancel=PRIMARY), "one-primary", "", "It has 2 primary buttons.",
    ),
    "another word for an action": (
        changed(save={"label": "Submit address"}), "words", "save", "The system's word for this action is “Save”.",
    ),
    "the right word in capitals": (
        changed(save={"label": "SAVE"}), "words", "save", "The system's word for this action is “Save”.",
    ),
    "a button with words of its own": (
        changed(save={"label": "Let's go"}), "words", "save",
        "It begins with none of the system's words for actions: “Save”, “Cancel”, “Back”, “Next”, “Delete”, “Pay”.",
    ),
    "a hint far from its field": (
        changed(hint={"x": 136, "y": 448}, order=moved_to("hint", 7)), "help-far", "hint",
        "No field is within 8 pixels of it.",
    ),
    "a hint at a corner of its field": (
        changed(hint={"x": 184}), "help-far", "hint", "No field is within 8 pixels of it.",
    ),
    "a hint between two fields": (
        changed(hint={"y": 296}), "help-far", "hint", "It stands as near to one field as to another.",
    ),
    "no main heading": (changed(head={"level": 2}), "one-heading", "", "It has no heading of level 1."),
    "two main headings": (
        changed(box={"kind": "heading", "level": 1}), "one-heading", "", "It has 2 headings of level 1.",
    ),
    "a heading below a field": (
        changed(street={"y": 64}, head={"y": 144}, order=moved_to("street", 1)), "heading-first", "head",
        "Component 2 is read before it.",
    ),
    "a skipped level": (
        changed(box={"kind": "heading", "level": 3}), "heading-levels", "box",
        "Its level is 3; the heading before it has level 1.",
    ),
    "a heading without a level": (
        changed(box={"kind": "heading"}), "heading-levels", "box", "It has no level.",
    ),
    "a narrow primary button": (
        changed(save={"width": 160}), "primary-place", "save",
        "It is not where the system has it: from the left margin to the right one.",
    ),
    "a primary button above a field": (
        changed(save={"y": 328}, box={"y": 496}, order=[*IDS[:5], "save", "map", "why", "box", "cancel"]),
        "primary-place",
        "save",
        "It does not stand below the last field.",
    ),
    "buttons the other way round": (
        changed(save={"y": 560}, cancel={"y": 496}, order=moved_to("cancel", 8)), "button-order", "cancel",
        "The system's order of buttons is: primary, then secondary.",
    ),
    "a crowded hint": (
        changed(hint={"width": 72}), "too-small", "hint", "It is 72 by 24 pixels; the system has at least 80 by 24.",
    ),
    "a component of one's own": (
        changed(why={"emphasis": "primary"}), "unknown-component", "why", "The system has no primary link.",
    ),
    "a colour of one's own": (
        changed(street={"colour": "#333333"}), "unknown-token", "street",
        "Its colour is none of the system's: ink, paper, muted, line, accent, on accent, tint, warning.",
    ),
    "a size of one's own": (
        changed(street={"text_size": "17"}), "unknown-token", "street",
        "Its text size is none of the system's: small, body, subheading, heading.",
    ),
    "off the grid": (changed(head={"y": 68}), "off-grid", "head", "Its y is no multiple of 8 pixels."),
    "off the grid in two ways": (
        changed(street={"y": 122, "height": 76}), "off-grid", "street",
        "Its y and height are no multiple of 8 pixels.",
    ),
    "a step aside": (
        changed(street={"x": 24, "width": 304}), "left-edge", "street",
        "Its left edge is at 24 pixels; the margin is at 16.",
    ),
}  # fmt: skip


def rules(wireframe, system=EXAMPLE_SYSTEM):
    return [finding.rule for finding in wireframe_findings(wireframe, system)]


# -- the rules ------------------------------------------------------------------------------------------------


def test_a_good_screen_has_no_findings_and_the_full_score():
    assert wireframe_findings(GOOD, EXAMPLE_SYSTEM) == []
    assert wireframe_score(GOOD, EXAMPLE_SYSTEM) == 1


@pytest.mark.parametrize(("wireframe", "rule", "where", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_breaks_its_rule_alone_and_is_placed_and_explained(wireframe, rule, where, what):
    found = wireframe_findings(wireframe, EXAMPLE_SYSTEM)
    told = WIREFRAME_RULES[rule]
    assert found == [Finding(f"component {where!r}" if where else "the screen", what, told.why, told.remedy, rule)]


def test_every_rule_has_a_fault_that_shows_it_and_speaks_in_sentences():
    assert {rule for _, rule, _, _ in FAULTS.values()} == set(WIREFRAME_RULES)
    for rule in WIREFRAME_RULES.values():
        assert rule.severity in SEVERITIES
        for words in (rule.why, rule.remedy):
            assert words.endswith(".") and words[0].isupper()


def test_critical_findings_come_first():
    worst = changed(street={"x": 24, "width": 304, "label": ""}, save={"label": "Submit"})
    assert rules(worst) == ["field-label", "words", "left-edge"]


def test_an_empty_screen_is_told_what_every_screen_needs():
    assert rules(Wireframe("Nothing", 360, 640)) == ["way-back", "one-heading"]


def test_the_first_screen_needs_no_way_back_and_cancel_is_one():
    lost = FAULTS["no exit"][0]
    assert rules(replace(lost, first_screen=True)) == []
    assert rules(changed(without=("back",))) == []


def test_a_screen_with_nothing_to_press_or_fill_in_needs_no_primary_button():
    assert rules(changed(without=("street", "post", "hint", "box", "save", "cancel"))) == []


def test_a_link_may_have_words_of_its_own_but_no_avoided_ones():
    assert rules(changed(why={"label": "Anything else"})) == []
    assert rules(changed(why={"label": "Return to the shop"})) == ["words"]


def test_one_part_out_of_place_is_told_once_and_not_for_every_part_it_passes():
    assert rules(changed(order=moved_to("cancel", 1))) == ["reading-order", "heading-first"]


def test_columns_may_be_read_in_either_way():
    left = [Component(f"l{n}", "text", "Words", 16, 120 + 40 * n, 152, 32) for n in range(3)]
    right = [Component(f"r{n}", "text", "Words", 192, 120 + 40 * n + 16, 152, 32) for n in range(3)]
    stem = GOOD.components[:2]
    down = replace(GOOD, components=(*stem, *left, *right))
    assert "reading-order" not in rules(down)
    across = replace(GOOD, components=(*stem, *(one for pair in zip(left, right, strict=True) for one in pair)))
    assert "reading-order" not in rules(across)
    backwards = replace(GOOD, components=(*stem, *right, *left))
    assert rules(backwards).count("reading-order") == 3
    assert rules(replace(down, components=(*stem, *reversed(left), *right))).count("reading-order") == 2


def test_large_text_needs_less_contrast_as_the_guidelines_have_it():
    assert rules(changed(head={"colour": "line"})) == []  # 3.03:1 at 28 pixels, bold
    strict = replace(EXAMPLE_SYSTEM, contrast="AAA")
    assert rules(changed(head={"colour": "line"}), strict) == ["contrast"]
    assert rules(GOOD, strict) == []


def test_a_contrast_just_below_the_border_is_not_shown_as_passing():
    system = replace(EXAMPLE_SYSTEM, colours=EXAMPLE_SYSTEM.colours | {"line": "#777777"})
    found = wireframe_findings(changed(street={"colour": "line"}), system)
    assert found[0].what == "The contrast of its words is 4.47:1; text needs 4.5:1."  # 4.478 as published by the W3C


def test_the_least_target_is_the_systems_and_never_below_the_guidelines():
    assert TARGET_MINIMUM == {"AA": 24, "AAA": 44}
    small = changed(back={"height": 40})
    assert rules(small, replace(EXAMPLE_SYSTEM, target=24)) == ["too-small"]
    with pytest.raises(ValueError, match=r"target is 20 pixels\. Give 24 or more"):
        replace(EXAMPLE_SYSTEM, target=20)


@pytest.mark.parametrize(("side", "x", "width"), [("left", 16, 160), ("right", 184, 160), ("full", 16, 328)])
def test_the_primary_button_stands_where_the_system_says(side, x, width):
    system = replace(EXAMPLE_SYSTEM, primary_side=side)
    assert rules(changed(save={"x": x, "width": width}), system) == []
    aside = changed(save={"x": 88, "width": 168})
    assert set(rules(aside, system)) == {"primary-place", "left-edge"}


def test_an_order_with_the_primary_button_last_is_a_systems_choice():
    system = replace(EXAMPLE_SYSTEM, button_order=("secondary", "primary"), primary_side="right")
    row = changed(
        order=moved_to("cancel", 8), cancel={"y": 496, "width": 152}, save={"x": 192, "width": 152},
    )  # fmt: skip
    assert rules(row, system) == []
    assert set(rules(row)) == {"primary-place", "button-order"}


# -- the score ------------------------------------------------------------------------------------------------


def test_the_score_counts_each_rule_by_its_severity_and_share():
    # All 21 rules apply to the good screen: six critical, eight serious, seven minor, so 6 × 3 + 8 × 2 + 7 = 41.
    weights = sorted(SEVERITIES[rule.severity] for rule in WIREFRAME_RULES.values())
    assert (len(weights), sum(weights)) == (21, 41)
    # One of two fields lacks its label: half of 3 is lost.
    assert wireframe_score(changed(street={"label": ""}), EXAMPLE_SYSTEM) == pytest.approx(1 - 1.5 / 41)
    # The screen as a whole has no main heading: all of 2 is lost.
    assert wireframe_score(changed(head={"level": 2}), EXAMPLE_SYSTEM) == pytest.approx(1 - 2 / 41)
    # One of ten components is off the grid: a tenth of 1.
    assert wireframe_score(changed(head={"y": 68}), EXAMPLE_SYSTEM) == pytest.approx(1 - 0.1 / 41)


def test_a_rule_that_is_left_out_does_not_count():
    faulty = changed(head={"level": 2})
    assert wireframe_score(faulty, EXAMPLE_SYSTEM, ignored=["one-heading"]) == 1
    assert wireframe_score(faulty, EXAMPLE_SYSTEM, ignored=WIREFRAME_RULES) == 1
    assert weight_of(wireframe_findings(faulty, EXAMPLE_SYSTEM)) == 2


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(IDS),
            st.fixed_dictionaries(
                {},
                optional={
                    "x": st.integers(-20, 400),
                    "y": st.integers(-20, 700),
                    "width": st.integers(1, 400),
                    "label": st.sampled_from(["", "Save", "Submit"]),
                    "kind": st.sampled_from(list(COMPONENT_KINDS)),
                    "colour": st.sampled_from(["ink", "line", "red"]),
                },
            ),
        ),
        max_size=4,
        unique_by=lambda pair: pair[0],
    ),
    st.permutations(IDS),
)
def test_the_score_is_a_share_and_full_only_without_findings(changes, order):
    screen = changed(order=order, **dict(changes))
    score = wireframe_score(screen, EXAMPLE_SYSTEM)
    assert 0 <= score <= 1
    assert (score == 1) == (wireframe_findings(screen, EXAMPLE_SYSTEM) == [])
    assert wireframe_from_json(wireframe_to_json(screen)) == screen


# -- consistency ----------------------------------------------------------------------------------------------

APART = {
    "another word": (
        changed(save={"label": "Submit"}), "same-words", "save", "For the same action, screen 1 has other words.",
    ),
    "another name": (
        changed(post={"label": "ZIP"}), "same-name", "post", "The component of this id has another label on screen 1.",
    ),
    "the way back elsewhere": (changed(back={"x": 280}), "same-place", "back", "It stands elsewhere on screen 1."),
    "the primary button elsewhere": (
        changed(save={"x": 184, "width": 160}), "same-place", "save", "It stands elsewhere on screen 1.",
    ),
    "another look": (
        changed(hint={"colour": "ink"}), "same-style", "hint", "Screen 1 gives such a component another look.",
    ),
    "higher buttons": (
        changed(cancel={"height": 56}), "same-style", "cancel", "Screen 1 gives such a component another look.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("wireframe", "rule", "where", "what"), APART.values(), ids=APART)
def test_a_difference_between_screens_is_found_alone_and_placed(wireframe, rule, where, what):
    found = consistency_between([GOOD, wireframe], EXAMPLE_SYSTEM)
    assert [(one.rule, one.where, one.what) for one in found] == [(rule, f"screen 2, component {where!r}", what)]
    assert (found[0].why, found[0].remedy) == CONSISTENCY_RULES[rule]


def test_every_rule_of_consistency_is_shown_and_equal_screens_break_none():
    assert {rule for _, rule, _, _ in APART.values()} == set(CONSISTENCY_RULES)
    assert consistency_between([GOOD, GOOD, replace(GOOD, title="Again")], EXAMPLE_SYSTEM) == []


def test_what_differs_by_design_is_no_finding():
    """More of the same action's words, other ids, another place for what has no place of its own, a wider screen."""
    other = changed(save={"label": "Save your address", "y": 400}, street={"id": "road", "label": "Road", "y": 112})
    assert consistency_between([GOOD, other], EXAMPLE_SYSTEM) == []
    wide = replace(changed(save={"width": 568}), width=600)
    assert consistency_between([GOOD, wide], EXAMPLE_SYSTEM) == []


def test_a_later_screen_is_compared_with_the_first_that_has_the_thing():
    bare = changed(without=("save",))
    found = consistency_between([bare, GOOD, changed(save={"label": "Store"})], EXAMPLE_SYSTEM)
    assert [(one.rule, one.where, one.what) for one in found] == [
        ("same-words", "screen 3, component 'save'", "For the same action, screen 2 has other words.")
    ]


def test_one_screen_alone_has_nothing_to_be_consistent_with():
    with pytest.raises(ValueError, match=r"there are 1\. Give two or more\."):
        consistency_between([GOOD], EXAMPLE_SYSTEM)


# -- the data -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"id": ""}, "a component has no id"),
        ({"kind": "dialog"}, "component 'street': kind is 'dialog'. Take one of: heading, text"),
        ({"emphasis": "huge"}, "emphasis is 'huge'. Take 'primary', 'secondary' or ''."),
        ({"width": 0}, "width is 0. Give a whole number from 1 to 10000."),
        ({"x": 10_001}, "x is 10001. Give a whole number from -10000 to 10000."),
        ({"level": 7}, "level is 7. Give a whole number from 0 to 6."),
        ({"y": 1.5}, "y is 1.5, but must be a whole number"),
        ({"x": True}, "x is True, but must be a whole number"),
        ({"label": None}, "label is None, but must be text"),
    ],
)
def test_an_impossible_component_is_refused_with_the_remedy(parts, message):
    with pytest.raises(ValueError) as error:
        replace(GOOD.components[2], **parts)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"width": 0}, "the wireframe's width is 0"),
        ({"components": (GOOD.components[0],) * 2}, "two components have the id 'back'. Rename one."),
        (
            {"components": tuple(replace(GOOD.components[0], id=f"b{n}") for n in range(61))},
            "the wireframe has 61 components, but at most 60 fit",
        ),
        ({"first_screen": 1}, "first_screen is 1, but must be true or false"),
    ],
)
def test_an_impossible_screen_is_refused_with_the_remedy(parts, message):
    with pytest.raises(ValueError) as error:
        replace(GOOD, **parts)
    assert message in str(error.value)


def test_a_wireframe_is_read_strictly():
    data = json.loads(wireframe_to_json(GOOD))
    assert wireframe_from_json(data) == GOOD
    data["components"][2]["colour of text"] = "ink"
    with pytest.raises(ValueError, match="the wireframe: components 'street' has an unknown entry 'colour of text'"):
        wireframe_from_json(data)
    with pytest.raises(ValueError, match="kind 'design system', but \"wireframe\" is needed"):
        wireframe_from_json(design_system_to_json(EXAMPLE_SYSTEM))


def test_a_component_is_told_in_words():
    words = {one.id: component_in_words(one) for one in GOOD.components}
    assert words["head"].startswith("heading of level 1 “Your address”, at 16 from the left and 64 from the top")
    assert "field “Postcode”, placeholder “12345”" in words["post"]
    assert words["save"].endswith("328 wide and 48 high, text body, on accent on accent")
    assert component_in_words(replace(GOOD.components[0], label="")).startswith("back without words")


# -- the design system ----------------------------------------------------------------------------------------


def test_a_design_system_comes_back_from_json_and_is_read_strictly():
    assert design_system_from_json(design_system_to_json(EXAMPLE_SYSTEM)) == EXAMPLE_SYSTEM
    data = json.loads(design_system_to_json(EXAMPLE_SYSTEM))
    data["text_sizes"][0]["pixels"] = "14"
    with pytest.raises(ValueError, match="text size 'small': pixels is '14', but must be a whole number"):
        design_system_from_json(data)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"grid": 0}, "grid is 0 pixels. Give 1 or more."),
        ({"contrast": "A"}, "contrast is 'A'. Take one of: AAA, AA."),
        ({"primary_side": "middle"}, "primary_side is 'middle'. Take one of: left, right, full."),
        ({"button_order": ("huge",)}, "button_order has 'huge'"),
        ({"text_sizes": (*EXAMPLE_SYSTEM.text_sizes, TextSize("body", 17))}, "two of the text size 'body'"),
        ({"styles": (*EXAMPLE_SYSTEM.styles, ComponentStyle("link", 9, 9))}, "two of the style 'link'"),
        ({"actions": (*EXAMPLE_SYSTEM.actions, ActionWords("save", "Keep"))}, "two of the action 'save'"),
        ({"colours": {**EXAMPLE_SYSTEM.colours, "line": "greyish"}}, "colour is 'greyish', which is no colour"),
        ({"colours": {"ink": "black"}}, "the style of 'heading' names 'paper', which is no token; there are: ink."),
        ({"text_sizes": (TextSize("body", 16),)}, "the style of 'heading' names 'heading', which is no token"),
    ],
)
def test_an_impossible_design_system_is_refused_with_the_remedy(parts, message):
    with pytest.raises(ValueError) as error:
        replace(EXAMPLE_SYSTEM, **parts)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: TextSize("none", 0), "text size 'none' has 0 pixels"),
        (lambda: ComponentStyle("dialog", 8, 8), "the style of 'dialog' is of no kind that is known"),
        (lambda: ComponentStyle("link", 0, 8), "the style of 'link': width is 0"),
        (lambda: ComponentStyle("link", 8, 8, emphasis="huge"), "emphasis is 'huge'"),
        (lambda: ActionWords("save", " "), "action 'save' has empty words"),
        (lambda: ActionWords("save", "Save", ("",)), "action 'save' has empty words"),
    ],
)
def test_an_impossible_part_of_a_system_is_refused_with_the_remedy(make, message):
    with pytest.raises(ValueError) as error:
        make()
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("label", "action", "kept"),
    [
        ("Save", "save", True), ("Save  address", "save", True), ("save", "save", False),
        ("Submit form", "save", False),
        ("Check out now", "pay", False), ("Go back", "back", False), ("Go on", "next", False), ("Pay", "pay", True),
    ],
)  # fmt: skip
def test_a_label_says_what_its_first_words_say(label, action, kept):
    found = EXAMPLE_SYSTEM.action_of(label)
    assert found is not None and (found[0].id, found[1]) == (action, kept)


def test_a_word_that_only_begins_like_an_action_is_another_word():
    for label in ("Saved", "Payment", "Backpack", "", "Please save"):
        assert EXAMPLE_SYSTEM.action_of(label) is None


def test_a_system_without_actions_leaves_words_alone():
    free = replace(EXAMPLE_SYSTEM, actions=())
    assert rules(changed(save={"label": "Let's go"}), free) == []


def test_the_example_system_can_be_drawn_with_its_own_styles_without_faint_words():
    for style in EXAMPLE_SYSTEM.styles:
        tokens = {name: getattr(style, name) for name in ("text_size", "colour", "background", "emphasis")}
        one = Component("one", style.kind, "Save", 16, 8, 328, 96, level=1 if style.kind == "heading" else 0, **tokens)
        assert not {"contrast", "unknown-token", "unknown-component", "too-small"} & set(
            rules(Wireframe("One", 360, 640, (one,)))
        )
    assert dataclasses.is_dataclass(DesignSystem)
