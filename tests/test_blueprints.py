"""Tests of cxux_helpers.journey.blueprints: the service blueprint as data, as JSON, as a table, and its faults."""

from dataclasses import replace

import pytest

from cxux_helpers.journey.blueprints import (
    BLUEPRINT_RULES,
    LANES,
    VISIBLE_LANES,
    Action,
    Blueprint,
    blueprint_from_json,
    blueprint_table,
    blueprint_to_json,
    validate_blueprint,
)

GOOD = Blueprint(
    "Coffee to go",
    ("Order", "Pay"),
    (
        Action("order", "Asks for a coffee", "Order", "customer", ("greet",)),
        Action("greet", "Repeats the order", "Order", "frontstage", ("brew",), "Barista"),
        Action("brew", "Brews the coffee", "Order", "backstage", ("beans", "clean"), "Barista"),
        Action("clean", "Cleans the machine", "Order", "backstage", (), "Barista"),
        Action("beans", "Delivers beans", "Order", "support", (), "Roaster"),
        Action("card", "Holds out the card", "Pay", "customer", ("reader",)),
        Action("reader", "Shows the sum", "Pay", "frontstage", (), "Barista"),
    ),
)


def with_action(place, **parts):
    """The good blueprint with one action changed."""
    actions = list(GOOD.actions)
    actions[place] = replace(actions[place], **parts)
    return replace(GOOD, actions=tuple(actions))


def without(*ids):
    kept = tuple(
        replace(action, needs=tuple(need for need in action.needs if need not in ids))
        for action in GOOD.actions
        if action.id not in ids
    )
    return replace(GOOD, actions=kept)


FAULTS = {
    "no title": (replace(GOOD, title=""), "no-name", "the blueprint", "It has no title."),
    "a step twice": (
        replace(GOOD, steps=("Order", "Pay", "Pay")), "double-step", "step 'Pay'", "It is there more than once.",
    ),
    "an id twice": (
        replace(GOOD, actions=(*GOOD.actions, replace(GOOD.actions[3], name="Cleans again"))),
        "double-id", "action 'clean'", "There are 2 of this id.",
    ),
    "a step without customers": (
        without("card", "reader"), "no-customer", "step 'Pay'", "Customers do nothing in it.",
    ),
    "a customer left alone": (
        without("reader"), "no-answer", "step 'Pay'", "Customers act in it, but nothing answers frontstage.",
    ),
    "an action without a name": (with_action(2, name=" "), "no-name", "action 'brew'", "It has no name."),
    "an action nowhere": (
        with_action(3, step="Close"),
        "unknown-step", "action 'clean'", "It is in step 'Close', which is not on the blueprint.",
    ),
    "a link to nothing": (
        with_action(6, needs=("bank",)),
        "unknown-need", "action 'reader'", "It needs 'bank', which is not on the blueprint.",
    ),
    "a link outwards": (
        with_action(6, needs=("card",)),
        "wrong-way", "action 'reader'", "It is in lane 'frontstage' and needs 'card' in lane 'customer'.",
    ),
    "a link over a lane": (
        with_action(1, needs=("brew", "beans")),
        "skipped-lane", "action 'greet'", "It is in lane 'frontstage' and needs 'beans' in lane 'support'.",
    ),
    "a circle": (
        with_action(3, needs=("brew",)), "circle", "action 'brew'", "Following what it needs leads back to it.",
    ),
    "an action for nothing": (
        with_action(2, needs=("beans",)), "unused", "action 'clean'", "Nothing on the blueprint needs it.",
    ),
    "no owner": (with_action(4, owner=""), "no-owner", "action 'beans'", "It has no owner."),
    "nothing behind": (
        without("brew", "clean", "beans"),
        "no-backstage", "the blueprint", "Nothing happens behind the line of visibility.",
    ),
    "no steps": (Blueprint("Coffee", (), ()), "no-steps", "the blueprint", "It has no steps."),
}  # fmt: skip


def test_a_good_blueprint_has_no_findings():
    assert validate_blueprint(GOOD) == []


@pytest.mark.parametrize(("blueprint", "rule", "where", "what"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found_placed_and_explained(blueprint, rule, where, what):
    found = [finding for finding in validate_blueprint(blueprint) if (finding.rule, finding.where) == (rule, where)]
    assert [finding.what for finding in found] == [what]
    assert (found[0].why, found[0].remedy) == BLUEPRINT_RULES[rule]


@pytest.mark.parametrize("name", [name for name in FAULTS if name not in ("a link outwards", "no steps")])
def test_a_fault_brings_no_findings_of_another_kind(name):
    blueprint, rule, _, _ = FAULTS[name]
    assert {finding.rule for finding in validate_blueprint(blueprint)} == {rule}


def test_every_rule_has_a_fault_that_shows_it():
    assert {rule for _, rule, _, _ in FAULTS.values()} == set(BLUEPRINT_RULES)


def test_all_actions_of_a_circle_are_named_and_those_that_lead_to_it_are_not():
    findings = validate_blueprint(with_action(3, needs=("brew",)))
    assert [finding.where for finding in findings] == ["action 'brew'", "action 'clean'"]


def test_an_action_that_needs_itself_is_a_circle():
    findings = validate_blueprint(with_action(4, needs=("beans",)))
    assert [(finding.rule, finding.where) for finding in findings] == [("circle", "action 'beans'")]


def test_a_link_within_a_lane_is_fine():
    assert not validate_blueprint(with_action(0, needs=("greet", "card")))


def test_the_table_has_the_lanes_in_order_with_the_lines_between():
    table = blueprint_table(GOOD)
    assert table.columns.tolist() == ["Order", "Pay"]
    assert table.index.tolist() == [
        "customer", "line of interaction", "frontstage", "line of visibility", "backstage",
        "line of internal interaction", "support",
    ]  # fmt: skip
    assert table.loc["backstage"].tolist() == ["Brews the coffee; Cleans the machine", ""]
    assert table.loc["line of visibility"].tolist() == ["—", "—"]
    assert set(VISIBLE_LANES) == set(LANES) - {"backstage", "support"}


def test_a_blueprint_without_steps_makes_an_empty_table():
    assert blueprint_table(Blueprint("Coffee", (), ())).shape == (7, 0)


def test_a_blueprint_comes_back_from_json_as_it_was():
    assert blueprint_from_json(blueprint_to_json(GOOD)) == GOOD


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"lane": "stage"}, r"action 'greet': lane is 'stage'\. Take one of: customer, frontstage, backstage, support"),
        ({"needs": "brew"}, "action 'greet': needs is 'brew', but must be a list of texts"),
    ],
)
def test_an_action_refuses_what_it_cannot_be(change, message):
    with pytest.raises(ValueError, match=message):
        with_action(1, **change)


def test_json_of_another_map_is_refused():
    with pytest.raises(ValueError, match="the service blueprint has kind 'story map', but \"service blueprint\""):
        blueprint_from_json({"schema": 1, "kind": "story map"})
