"""Tests of cxux_helpers.sorting: cards in piles, judged one by one and as agreement."""

import pytest

from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.sorting import check_sort, describe_agreement, review_sort, sort_agreement

KEY = {"ad": "CX", "kiosk": ("both", "UX"), "lamp": "UX", "ring": "service"}
WHY = {
    "ad": "Nothing is used.",
    "kiosk": "Used, and the shop.",
    "lamp": "Only used.",
    "ring": "Help is asked for.",
}
MISTAKES = {("ad", "UX"): "Nobody operates a poster."}
RIGHT = {"ad": "CX", "kiosk": "both", "lamp": "UX", "ring": "service"}
PILES = ["CX", "UX", "both", "service"]


def check(answer):
    return check_sort(answer, KEY, WHY, piles=PILES, mistakes=MISTAKES)


def test_every_sorted_card_is_reviewed_with_its_reason_in_the_order_of_the_key():
    reviewed = review_sort({"lamp": "CX", "ad": "UX"}, KEY, WHY, MISTAKES)
    assert [card.card for card in reviewed] == ["ad", "lamp"]
    assert [card.why for card in reviewed] == ["Nobody operates a poster. Nothing is used.", "Only used."]
    assert not any(card.fits for card in reviewed)


def test_each_accepted_pile_fits():
    for pile, fits in [("both", True), ("UX", True), ("CX", False)]:
        assert review_sort({"kiosk": pile}, KEY, WHY)[0].fits is fits


def test_agreement_is_counted_over_the_sorted_cards_and_sides_with_an_accepted_pile():
    accuracy, kappa = sort_agreement({"ad": "CX", "kiosk": "UX", "lamp": "CX"}, KEY)
    assert accuracy.value == pytest.approx(2 / 3) and accuracy.n == 3
    # By hand: two of three agree; CX 2/3 and 1/3, UX 1/3 and 2/3, so chance brings 4/9.
    assert kappa.value == pytest.approx((2 / 3 - 4 / 9) / (1 - 4 / 9))


def test_kappa_is_left_out_where_only_one_pile_is_in_use():
    agreement = sort_agreement({"ad": "CX"}, KEY)
    assert agreement.kappa is None
    assert "at least two piles" in describe_agreement(agreement)


def test_full_agreement_claims_no_interval_of_kappa():
    words = describe_agreement(sort_agreement(RIGHT, KEY))
    assert "4 of 4 cards, 100%" in words and "you have 1.00." in words
    assert "anything between" not in words


def test_agreement_needs_a_sorted_card():
    with pytest.raises(ValueError, match="Sort at least one"):
        sort_agreement({}, KEY)


def test_the_right_piles_earn_everything():
    assert check(RIGHT).right
    assert check(RIGHT | {"kiosk": "UX"}).right


def test_each_wrong_card_is_named_and_costs_its_part():
    feedback = check(RIGHT | {"ad": "UX"})
    assert feedback.share == 0.75 and feedback.rung is Rung.CLOSE
    assert "3 of 4 cards fit." in feedback.message
    assert "ad: Nobody operates a poster. Nothing is used." in feedback.message
    assert "lamp" not in feedback.message


def test_cards_can_be_called_by_other_names():
    feedback = check_sort(RIGHT | {"lamp": "CX"}, KEY, WHY, names={"lamp": "The lamp"})
    assert "The lamp: Only used." in feedback.message


@pytest.mark.parametrize(("sorted_cards", "words"), [(3, "1 card is still"), (1, "3 cards are still")])
def test_an_unsorted_card_earns_nothing(sorted_cards, words):
    feedback = check(dict(list(RIGHT.items())[:sorted_cards]))
    assert feedback.share == sorted_cards / 4 and words in feedback.message


@pytest.mark.parametrize(
    ("answer", "rung"),
    [
        (None, Rung.NOT_ANSWERED),
        ({}, Rung.NOT_ANSWERED),
        (NoAnswer("There is no saved answer yet."), Rung.NOT_ANSWERED),
        (["CX"], Rung.WRONG_KIND),
        ({"ad": "comfort"}, Rung.OUT_OF_RANGE),
        ({"ad": ["CX"]}, Rung.OUT_OF_RANGE),
        ({"bus": "CX"}, Rung.OUT_OF_RANGE),
        (dict.fromkeys(KEY, "CX"), Rung.NOT_YET),
    ],
)
def test_whatever_is_saved_is_judged(answer, rung):
    assert check(answer).rung is rung


def test_without_piles_those_of_the_key_are_on_offer():
    assert check_sort({"ad": "both"}, KEY, WHY).rung is Rung.NOT_YET
    assert "CX; both; UX; service" in check_sort({"ad": "comfort"}, KEY, WHY).message
