"""Tests of the card sort without a browser."""

import json

import ipywidgets as widgets
import pytest

from cxux_helpers.exercises import CardSort
from cxux_helpers.feedback import Rung

CARDS = {"ad": "A poster.", "kiosk": "A screen <in> a shop.", "lamp": "A lamp.", "ring": "A call for help."}
PILES = {"CX": "Felt.", "UX": "Used.", "both": "", "service": "Asked."}
KEY = {"ad": "CX", "kiosk": ("both", "UX"), "lamp": "UX", "ring": "service"}
WHY = {"ad": "Nothing is used.", "kiosk": "Used & judged.", "lamp": "Only used.", "ring": "Help is asked for."}
RIGHT = {"ad": "CX", "kiosk": "UX", "lamp": "UX", "ring": "service"}


def card_sort(folder, **more):
    against = {("ad", "UX"): "Nobody operates it."}
    settings = {"cards": CARDS, "piles": PILES, "key": KEY, "why": WHY, "mistakes": against, **more}
    return CardSort("q1", title="Piles", prompt="Sort.", folder=folder, **settings)


def board(exercise):
    return next(child for child in exercise.view.children if hasattr(child, "placed"))


def press_check(exercise):
    next(child for child in exercise.view.children if isinstance(child, widgets.Button)).click()


def screen(exercise):
    return " ".join(child.value for child in exercise.view.children if isinstance(child, widgets.HTML))


def test_a_sort_climbs_the_ladder(tmp_path):
    exercise = card_sort(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = {}
    assert exercise.check().rung is Rung.NOT_ANSWERED and "All cards are still unsorted" in exercise.check().message
    exercise.answer = {"ad": "UX", "lamp": "CX", "ring": "service"}
    assert exercise.check().rung is Rung.NOT_YET and exercise.check().share == 0.25
    assert "1 card is still unsorted." in exercise.check().message
    exercise.answer = RIGHT | {"ad": "UX"}
    assert exercise.check().rung is Rung.CLOSE and "3 of 4 cards, 75%" in exercise.check().message
    exercise.answer = RIGHT
    assert exercise.check().right


def test_two_cards_that_wait_are_counted(tmp_path):
    exercise = card_sort(tmp_path)
    exercise.answer = {"ad": "CX", "lamp": "UX"}
    assert "2 cards are still unsorted." in exercise.check().message


def test_an_answer_is_saved_in_the_order_of_the_cards_and_comes_back(tmp_path):
    card_sort(tmp_path).answer = dict(reversed(RIGHT.items()))
    saved = json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"]
    assert list(saved.items()) == list(RIGHT.items())
    again = card_sort(tmp_path)
    assert again.answer == RIGHT and board(again).placed == RIGHT


def test_what_is_moved_on_the_board_is_the_answer(tmp_path):
    exercise = card_sort(tmp_path)
    board(exercise).placed = {"lamp": "UX"}
    assert exercise.answer == {"lamp": "UX"}
    board(exercise).placed = {}
    assert exercise.answer == {}


def test_after_the_check_every_sorted_card_tells_its_reason(tmp_path):
    exercise = card_sort(tmp_path)
    exercise.answer = RIGHT | {"ad": "UX"}
    assert "Nothing is used." not in screen(exercise)
    press_check(exercise)
    shown = screen(exercise)
    assert "Look again: 1 card" in shown and "These fit: 3 cards" in shown
    assert "(you: UX; the key: CX) Nobody operates it. Nothing is used." in shown
    assert "(UX; accepted: both or UX) Used &amp; judged." in shown
    assert board(exercise).verdicts["ad"] == {"pile": "UX", "fits": False}


def test_a_moved_card_loses_its_verdict_and_the_others_keep_theirs(tmp_path):
    exercise = card_sort(tmp_path)
    exercise.answer = RIGHT | {"ad": "UX"}
    press_check(exercise)
    board(exercise).placed = RIGHT
    assert set(board(exercise).verdicts) == {"kiosk", "lamp", "ring"}
    assert "Nobody operates it." not in screen(exercise) and "These fit: 3 cards" in screen(exercise)
    assert "75%" not in screen(exercise), "the agreement spoke of the piles before"


def test_cards_can_be_written_as_markup_without_becoming_it(tmp_path):
    exercise = card_sort(tmp_path)
    exercise.answer = RIGHT
    press_check(exercise)
    assert "A screen &lt;in&gt; a shop." in screen(exercise)


def test_without_a_key_only_completeness_is_told(tmp_path):
    exercise = card_sort(tmp_path, key=None, why=None, mistakes=None, piles=list(PILES))
    exercise.answer = {"ad": "UX"}
    assert exercise.check().rung is Rung.NOT_ANSWERED and "3 cards" in exercise.check().message
    exercise.answer = RIGHT
    press_check(exercise)
    assert exercise.check().rung is Rung.ANSWERED and "Look again" not in screen(exercise)
    assert board(exercise).verdicts == {}


def test_the_text_form_tells_every_pile_and_what_is_left(tmp_path):
    exercise = card_sort(tmp_path)
    assert "No answer yet." in exercise.text()
    exercise.answer = {"ad": "CX", "lamp": "CX"}
    assert "CX: A poster.; A lamp." in exercise.text() and "UX: no card" in exercise.text()
    assert "Unsorted: A screen <in> a shop.; A call for help." in exercise.text()
    exercise.answer = RIGHT
    assert "Unsorted" not in exercise.text()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (["ad"], "should look like"),
        ({"bus": "CX"}, "no card; the cards are: ad"),
        ({"ad": "comfort"}, "no pile; the piles are: CX"),
        ({"ad": ["CX"]}, "no pile"),
    ],
)
def test_an_impossible_answer_is_refused_with_the_remedy(tmp_path, answer, message):
    exercise = card_sort(tmp_path)
    with pytest.raises(ValueError, match=message):
        exercise.answer = answer
    assert exercise.answer is None and not (tmp_path / "answers").exists()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"piles": ["Unsorted", *PILES]}, "Give it another name"),
        ({"key": {"ad": "CX"}}, "not in both cards and key"),
        ({"why": WHY | {"bus": "No."}}, "not in both cards and why"),
        ({"key": KEY | {"ad": "comfort"}}, "names no card and pile"),
        ({"mistakes": {("bus", "CX"): "No."}}, "names no card and pile"),
    ],
)
def test_an_authors_slip_is_told_at_once(tmp_path, change, message):
    with pytest.raises(ValueError, match=message):
        card_sort(tmp_path, **change)
