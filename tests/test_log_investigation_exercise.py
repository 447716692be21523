"""Tests of the investigation of an event log without a browser."""

import json

import ipywidgets as widgets
import pytest

from cxux_helpers.exercises.log_investigation import PARTS, LogInvestigation, judge_investigation
from cxux_helpers.feedback import NoAnswer, Rung
from tests.test_event_views import LOG, STEPS

KEY = {"step": "cart", "segment": "tablet", "week": "2025-03-10"}
WHY = {
    "step": {"look": "They look.", "cart": "They stop."},
    "segment": {"phone": "As ever.", "tablet": "Few."},
    "week": {"2025-03-03": "Too early.", "2025-03-10": "From here."},
}


def investigation(folder, **more):
    settings = {"log": LOG, "steps": STEPS, "segments": ["device"], "key": KEY, "why": WHY, **more}
    return LogInvestigation("q1", title="Find it", prompt="Look.", folder=folder, **settings)


def menus(exercise):
    def below(widget):
        own = [widget] if isinstance(widget, widgets.Dropdown) else []
        return own + [menu for child in getattr(widget, "children", ()) for menu in below(child)]

    return {menu.description: menu for menu in below(exercise.view)}


def test_an_answer_is_judged_saved_and_restored_without_a_browser(tmp_path):
    exercise = investigation(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = KEY
    assert exercise.check().right
    assert json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"] == KEY
    assert investigation(tmp_path).answer == KEY
    assert "These people: tablet" in exercise.text()


@pytest.mark.parametrize(("part", "wrong", "words"), [
    ("step", "look", "They look."), ("segment", "phone", "As ever."), ("week", "2025-03-03", "Too early."),
])  # fmt: skip
def test_a_wrong_part_costs_a_third_and_is_told_why(part, wrong, words):
    feedback = judge_investigation(KEY | {part: wrong}, KEY, WHY)
    assert feedback.share == pytest.approx(2 / 3) and feedback.rung is Rung.CLOSE
    assert f"{PARTS[part]}: not yet. {words}" in feedback.message


def test_without_a_key_only_what_is_missing_is_said(tmp_path):
    exercise = investigation(tmp_path, key=None, why=None)
    exercise.answer = {"step": "look"}
    assert exercise.check().message == "2 of 3 parts still to choose."
    exercise.answer = KEY | {"step": "look"}
    assert exercise.check().rung is Rung.ANSWERED


def test_the_menus_give_the_answer_and_show_it(tmp_path):
    exercise = investigation(tmp_path)
    for part, words in PARTS.items():
        menus(exercise)[words].value = KEY[part]
    assert exercise.answer == KEY
    shown = menus(investigation(tmp_path))
    assert [shown[words].value for words in PARTS.values()] == list(KEY.values())
    menus(exercise)["These people"].value = "– choose –"
    assert set(exercise.answer) == {"step", "week"}


def test_the_table_follows_question_group_and_people(tmp_path):
    exercise = investigation(tmp_path)
    shown = menus(exercise)
    assert "<td>100% of 3</td><td>67% of 3</td><td>50% of 2</td>" in exercise._table.value
    assert '<th scope="col">look → cart</th>' in exercise._table.value
    shown["Compare"].value = "device"
    assert '<th scope="row">tablet</th><td>100% of 1</td><td>100% of 1</td><td>0% of 1</td>' in exercise._table.value
    shown["Question"].value = "How many seconds does a visit to each step take?"
    assert '<th scope="row">phone</th><td>20 s (1)</td><td>40 s (1)</td><td>nobody</td>' in exercise._table.value
    shown["Question"].value = "What comes right after look?"
    shown["Look only at"].value = "tablet"
    assert "Looking at: tablet." in exercise._table.value
    assert '<th scope="row">tablet</th><td>50% of 2</td><td>50% of 2</td>' in exercise._table.value
    shown["Compare"].value = "weeks"
    assert '<th scope="row">2025-03-10</th>' in exercise._table.value
    assert exercise.answer is None, "looking is no answer"


def test_every_menu_has_a_name_of_its_own_and_the_last_step_is_no_place_to_get_stuck(tmp_path):
    exercise = investigation(tmp_path)
    assert len(menus(exercise)) == 6
    assert exercise.options == {
        "step": ["look", "cart"], "segment": ["phone", "tablet"], "week": ["2025-03-03", "2025-03-10"]
    }  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ("cart", "the keys step, segment, week"),
        ({"page": "cart"}, "the keys step, segment, week"),
        ({"step": "pay"}, "it should be one of: look; cart"),
        ({"week": 10}, "it should be one of: 2025-03-03"),
    ],
)
def test_an_impossible_answer_is_refused_with_the_remedy(tmp_path, answer, message):
    exercise = investigation(tmp_path)
    with pytest.raises(ValueError, match=message):
        exercise.answer = answer
    assert exercise.answer is None


@pytest.mark.parametrize("answer", [NoAnswer("Nothing saved."), None, [1], "text", {"step": ["cart"]}, {"step": 7}, {}])
def test_a_judge_survives_any_answer_that_a_file_may_hold(answer):
    feedback = judge_investigation(answer, KEY, WHY)
    assert feedback.share == 0 and feedback.rung <= Rung.WRONG_KIND
