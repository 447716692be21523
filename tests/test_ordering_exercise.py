"""Tests of putting items in order, without a browser."""

import json

import pytest

from cxux_helpers.exercises import Ordering
from cxux_helpers.feedback import Rung

ITEMS = {"bake": "In the oven.", "mix": "In a bowl.", "eat": ""}
KEY = ["mix", "bake", "eat"]


def ordering(folder, **more):
    settings = {"items": ITEMS, "key": KEY, "why": {"bake": "There is no dough yet."}, "reason": "A cake.", **more}
    return Ordering("q1", title="Cake", prompt="Order.", folder=folder, **settings)


def rows(exercise):
    return next(child for child in exercise.view.children if hasattr(child, "order"))


def test_an_order_climbs_the_ladder(tmp_path):
    exercise = ordering(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = ["bake", "mix", "eat"]
    assert exercise.check().rung is Rung.CLOSE and "There is no dough yet." in exercise.check().message
    exercise.answer = ["eat", "bake", "mix"]
    assert exercise.check().rung is Rung.NOT_YET
    exercise.answer = KEY
    assert exercise.check().right and exercise.check().message == "A cake."


def test_the_items_begin_as_given_and_that_is_no_answer(tmp_path):
    exercise = ordering(tmp_path)
    assert rows(exercise).order == list(ITEMS) and exercise.answer is None
    assert not (tmp_path / "answers").exists()


def test_what_is_moved_is_saved_and_comes_back(tmp_path):
    exercise = ordering(tmp_path)
    rows(exercise).order = KEY
    assert json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"] == KEY
    again = ordering(tmp_path)
    assert rows(again).order == KEY and "1. mix\n2. bake\n3. eat" in again.text()


def test_without_a_key_nothing_is_told(tmp_path):
    exercise = ordering(tmp_path, key=None, items=list(ITEMS))
    exercise.answer = KEY
    assert exercise.check().rung is Rung.ANSWERED


@pytest.mark.parametrize("answer", ["mix", ["mix", "bake"], ["mix", "bake", "bake"], [1, 2, 3], {"mix": 1}])
def test_an_impossible_answer_is_refused_with_the_remedy(tmp_path, answer):
    exercise = ordering(tmp_path)
    with pytest.raises(ValueError, match="each once: bake; mix; eat"):
        exercise.answer = answer
    assert exercise.answer is None


@pytest.mark.parametrize("key", [["mix", "bake"], ["bake", "mix", "eat"]])
def test_an_authors_slip_is_told_at_once(tmp_path, key):
    with pytest.raises(ValueError, match="another order than the one that is first shown"):
        ordering(tmp_path, key=key)
