"""Tests of cxux_helpers.ordering: what comes too early, and how much of an order holds."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.ordering import check_order, longest_run_in_order

KEY = ["ask", "group", "draw", "plan", "act"]
WHY = {"plan": "There is no map yet."}


@given(st.permutations(KEY))
def test_the_longest_run_is_what_trying_all_selections_finds(answer):
    """A selection of items holds if they follow each other as in the key."""
    longest = max(
        size
        for size in range(1, len(KEY) + 1)
        for chosen in combinations(answer, size)
        if [KEY.index(item) for item in chosen] == sorted(KEY.index(item) for item in chosen)
    )
    assert longest_run_in_order(answer, KEY) == longest


def test_the_right_order_earns_everything_with_its_reason():
    feedback = check_order(KEY, KEY, WHY, reason="Each feeds the next.")
    assert feedback.right and feedback.message == "Each feeds the next."


@pytest.mark.parametrize(
    ("answer", "share", "words"),
    [
        (
            ["ask", "group", "plan", "draw", "act"],
            0.75,
            "The first 2 are right. “plan” comes too early. There is",
        ),
        (["act", "ask", "group", "draw", "plan"], 0.75, "“act” comes too early. 4 of the 5"),
        (["group", "draw", "plan", "act", "ask"], 0.75, "“group” comes too early."),
        (["group", "ask", "plan", "draw", "act"], 0.5, "“group” comes too early. 3 of the 5"),
        (KEY[::-1], 0.0, "“act” comes too early."),
    ],
)
def test_the_first_item_that_comes_too_early_is_named_and_each_move_costs_a_part(answer, share, words):
    feedback = check_order(answer, KEY, WHY)
    assert feedback.share == share and words in feedback.message
    assert feedback.rung is (Rung.CLOSE if share >= 0.5 else Rung.NOT_YET)


@pytest.mark.parametrize(
    ("answer", "rung"),
    [
        (None, Rung.NOT_ANSWERED),
        ([], Rung.NOT_ANSWERED),
        (NoAnswer("There is no saved answer yet."), Rung.NOT_ANSWERED),
        ("ask", Rung.WRONG_KIND),
        ({"ask": 1}, Rung.WRONG_KIND),
        (KEY[:4], Rung.OUT_OF_RANGE),
        (["ask"] * 5, Rung.OUT_OF_RANGE),
        ([1, 2, 3, 4, 5], Rung.OUT_OF_RANGE),
    ],
)
def test_whatever_is_saved_is_judged(answer, rung):
    assert check_order(answer, KEY).rung is rung


@pytest.mark.parametrize("key", [["ask"], ["ask", "ask"]])
def test_a_key_that_cannot_be_ordered_is_the_authors_error(key):
    with pytest.raises(ValueError, match="two different items"):
        check_order(["ask"], key)
