"""Tests of cxux_helpers.checks: the ladder for each kind of answer."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxux_helpers.checks import check_answered, check_choice, check_choices, check_match, check_number, check_table
from cxux_helpers.feedback import NoAnswer, Rung


def number(answer, **changes):
    settings = {
        "tolerance": 0.5, "low": 0, "high": 100, "close": 5, "hint": "Count again.", "reason": "Yes.",
        "mistakes": {20: "You counted the passives."},
    }  # fmt: skip
    return check_number(answer, 40, **{**settings, **changes})


@pytest.mark.parametrize(
    ("answer", "rung"),
    [
        (None, Rung.NOT_ANSWERED),
        (..., Rung.NOT_ANSWERED),
        ("", Rung.NOT_ANSWERED),
        (NoAnswer("Run the cell first."), Rung.NOT_ANSWERED),
        ("40", Rung.WRONG_KIND),
        (True, Rung.WRONG_KIND),
        ([40], Rung.WRONG_KIND),
        (math.nan, Rung.WRONG_KIND),
        (math.inf, Rung.WRONG_KIND),
        (40 + 0j, Rung.WRONG_KIND),
        (-1, Rung.OUT_OF_RANGE),
        (101, Rung.OUT_OF_RANGE),
        (10, Rung.NOT_YET),
        (36, Rung.CLOSE),
        (40.5, Rung.RIGHT),
        (np.float64(39.9), Rung.RIGHT),
        (np.int64(40), Rung.RIGHT),
    ],
)
def test_a_number_climbs_the_ladder(answer, rung):
    assert number(answer).rung is rung


def test_a_known_mistake_gets_its_own_message():
    assert number(20.2).message == "You counted the passives."
    assert number(21).message == "Count again."


def test_a_number_out_of_range_is_told_the_range():
    assert "at least 0 and at most 100" in number(-3).message
    assert "at least" not in number(300, low=None).message


def test_an_answer_that_could_not_be_had_keeps_its_reason_and_what_came_instead():
    feedback = number(NoAnswer("Your code stopped.", found="NameError: x"))
    assert feedback.message == "Your code stopped." and feedback.found == "NameError: x"


def test_a_tolerance_reaches_its_own_edge_in_floating_point():
    assert check_number(0.3, 0.2, tolerance=0.1).right


@given(st.floats(-1e6, 1e6), st.floats(0, 100))
def test_the_expected_value_itself_is_always_right(expected, tolerance):
    assert check_number(expected, expected, tolerance=tolerance).right


class AlwaysEqual:
    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0


def test_an_object_that_equals_everything_earns_nothing():
    liar = AlwaysEqual()
    assert number(liar).share == 0
    assert check_choice(liar, "a", {"a": "", "b": ""}).share == 0
    table = pd.DataFrame({"x": [1, 2]})
    assert check_table(pd.DataFrame({"x": [liar, liar]}), table).share == 0


@pytest.mark.parametrize(("expected", "tolerance"), [(math.nan, 1), (1, -1)])
def test_an_impossible_key_is_the_authors_error(expected, tolerance):
    with pytest.raises(ValueError, match="must be finite"):
        check_number(1, expected, tolerance=tolerance)


WHY = {"nps": "NPS asks about recommending.", "ces": "CES asks about effort."}


def test_every_option_has_its_own_feedback():
    assert check_choice("nps", "ces", WHY).message == WHY["nps"]
    assert check_choice("ces", "ces", WHY).right


def test_a_choice_that_is_not_an_option_is_out_of_range():
    feedback = check_choice("sus", "ces", WHY)
    assert feedback.rung is Rung.OUT_OF_RANGE and "nps; ces" in feedback.message


def test_a_choice_of_the_wrong_kind_is_told_so():
    assert check_choice(3, "ces", WHY).rung is Rung.WRONG_KIND


def test_a_key_that_is_no_option_is_the_authors_error():
    with pytest.raises(ValueError, match="not among the options"):
        check_choice("nps", "sus", WHY)


TICKS = {"a": "A fits.", "b": "B fits.", "c": "C does not."}


def test_ticking_everything_earns_less_than_ticking_right():
    assert check_choices(["a", "b"], {"a", "b"}, TICKS).right
    everything = check_choices(["a", "b", "c"], {"a", "b"}, TICKS)
    assert everything.share == 0.5 and "C does not." in everything.message


@pytest.mark.parametrize(
    ("answer", "rung"),
    [
        ([], Rung.NOT_ANSWERED),
        ("a", Rung.WRONG_KIND),
        ([1], Rung.WRONG_KIND),
        (["z"], Rung.OUT_OF_RANGE),
        (["c"], Rung.NOT_YET),
        (["a"], Rung.CLOSE),
    ],
)
def test_ticks_climb_the_ladder(answer, rung):
    assert check_choices(answer, {"a", "b"}, TICKS).rung is rung


def test_ticks_need_a_key_among_the_options():
    with pytest.raises(ValueError, match="at least one option"):
        check_choices(["a"], set(), TICKS)


KEY = {"Ann": "letter", "Bob": "mail", "Cleo": "letter"}
HELP = {"Ann": "She asked for paper.", "Bob": "He reads on his phone.", "Cleo": "She has no mail."}


def test_a_matching_earns_a_share_for_each_item_that_fits():
    feedback = check_match({"Ann": "letter", "Bob": "letter", "Cleo": "letter"}, KEY, HELP)
    assert feedback.share == pytest.approx(2 / 3)
    assert HELP["Bob"] in feedback.message and HELP["Ann"] not in feedback.message


def test_a_known_wrong_pair_replaces_the_general_help():
    feedback = check_match({"Ann": "mail"}, KEY, HELP, mistakes={("Ann", "mail"): "She has no mail box."})
    assert "She has no mail box." in feedback.message and HELP["Ann"] not in feedback.message


@pytest.mark.parametrize(
    ("answer", "rung"),
    [
        ({}, Rung.NOT_ANSWERED),
        ({"Ann": None}, Rung.NOT_ANSWERED),
        (["letter"], Rung.WRONG_KIND),
        ({"Zoe": "mail"}, Rung.OUT_OF_RANGE),
        ({"Ann": "pigeon"}, Rung.OUT_OF_RANGE),
        ({"Ann": 3}, Rung.OUT_OF_RANGE),
        ({"Ann": "mail"}, Rung.NOT_YET),
        (dict(KEY), Rung.RIGHT),
    ],
)
def test_a_matching_climbs_the_ladder(answer, rung):
    assert check_match(answer, KEY, HELP).rung is rung


TABLE = pd.DataFrame(
    {"orders": [3, 1], "spend": [20.5, 7.0], "name": ["Ann", "Bob"]},
    index=pd.Index([11, 12], name="customer"),
)


def test_rows_may_come_in_any_order_and_further_columns_do_no_harm():
    given = TABLE.iloc[::-1].assign(extra=1)
    assert check_table(given, TABLE, reason="Yes.").right


def test_each_wrong_column_costs_its_share_and_gets_its_hint():
    feedback = check_table(TABLE.assign(spend=0.0), TABLE, hints={"spend": "Add the amounts."})
    assert feedback.share == pytest.approx(2 / 3) and "Add the amounts." in feedback.message


@pytest.mark.parametrize(
    ("table", "rung"),
    [
        (None, Rung.NOT_ANSWERED),
        ([1, 2], Rung.WRONG_KIND),
        (TABLE.drop(columns="spend"), Rung.WRONG_KIND),
        (TABLE.iloc[:1], Rung.OUT_OF_RANGE),
        (TABLE.reset_index(drop=True), Rung.OUT_OF_RANGE),
        (TABLE.assign(orders=0, spend=0.0), Rung.NOT_YET),
        (TABLE.assign(orders=[True, True], spend=0.0), Rung.NOT_YET),
        (TABLE.assign(orders=[3.0, 1.0]), Rung.RIGHT),
    ],
)
def test_a_table_climbs_the_ladder(table, rung):
    assert check_table(table, TABLE).rung is rung


def test_a_missing_number_in_a_table_is_never_right():
    assert not check_table(TABLE.assign(spend=[math.nan, 7.0]), TABLE).right


def test_two_columns_of_one_name_are_told_apart_first():
    doubled = pd.concat([TABLE, TABLE[["orders"]]], axis="columns")
    assert "share a name" in check_table(doubled, TABLE).message


@pytest.mark.parametrize(
    ("answer", "rung"),
    [
        (NoAnswer("Nothing saved."), Rung.NOT_ANSWERED),
        (None, Rung.NOT_ANSWERED),
        ({"k": 4, "reason": None}, Rung.NOT_ANSWERED),
        ({"name": "", "need": "x"}, Rung.NOT_ANSWERED),
        ({"message": {"Ann": "mail"}}, Rung.NOT_ANSWERED),  # one of two parts
        ({"message": {"Ann": "mail", "Bob": "letter"}}, Rung.ANSWERED),
        ({"recency": 0}, Rung.ANSWERED),
        ("mail", Rung.ANSWERED),
        ([1, "poisoned"], Rung.ANSWERED),
    ],
)
def test_an_answer_is_whole_when_no_field_of_it_is_open(answer, rung):
    feedback = check_answered(answer, "Fill in all of it.", parts=2)
    assert feedback.rung is rung and feedback.share == 0
    assert (feedback.message == "Fill in all of it.") == (rung is Rung.NOT_ANSWERED)
