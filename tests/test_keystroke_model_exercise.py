"""Tests of the keystroke-level builder, and of the comparison of two designs behind it."""

import json

import ipywidgets as widgets
import pytest

from cxux_helpers.exercises import KeystrokeModel, KlmAction, judge_keystrokes
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.usability import klm, klm_comparison, klm_operators

DESIGNS = {
    "Old": [
        KlmAction("Click into the field.", "M P K", "One thought."),
        KlmAction("Type four letters.", "H 4K", "Move."),
    ],
    "New": [KlmAction("Press two keys.", "M 2K", "No mouse.")],
}
RIGHT = {"Old": ["M P K", "H 4K"], "New": ["M 2K"]}


def model(folder, **more):
    return KeystrokeModel("q1", title="Model", prompt="Write.", folder=folder, **{"designs": DESIGNS, **more})


def boxes(exercise):
    return [one for one in exercise.view.children[1].children if isinstance(one, widgets.Text)]


def sums(exercise):
    return exercise.view.children[1].children[-1].value


# --- the comparison ---------------------------------------------------------------------------------------------


def test_steps_are_listed_one_by_one_and_waiting_keeps_its_seconds():
    assert klm_operators("M 3K[abc] 2R(0.5) D(2,3)") == ["M", "K", "K", "K", "R(0.5)", "R(0.5)", "D(2.28)"]


def test_the_savings_add_up_to_the_difference_of_the_predictions():
    # Card, Moran and Newell's two editors: 8.4 and 6.2 seconds.
    line, screen = "MK MK 5K MK 5K MK K", "H P K H MK 5K MK"
    table = klm_comparison(line, screen)
    assert table["saved"].sum() == pytest.approx(klm(line) - klm(screen)) == pytest.approx(2.2)
    assert table.loc["P"].tolist() == [0, 1, pytest.approx(-1.1)]
    assert table.loc["M"].tolist() == [4, 2, pytest.approx(2.7)]


def test_a_step_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="no step"):
        klm_comparison("M p", "M")


# --- the judge --------------------------------------------------------------------------------------------------


def test_the_key_is_right_however_it_is_written():
    assert judge_keystrokes(RIGHT, DESIGNS).right
    assert judge_keystrokes({"Old": ["MPK", "H K K K K[x]"], "New": ["M K K"]}, DESIGNS).right


def test_the_hand_may_move_before_or_after_a_thought():
    designs = {"One": [KlmAction("", "R(2) H M P K")], "Other": [KlmAction("", "M K")]}
    assert judge_keystrokes({"One": ["M H R(2) P K"], "Other": ["M K"]}, designs).right
    assert judge_keystrokes({"One": ["H R(2) P M K"], "Other": ["M K"]}, designs).share == 0.5


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("M P M K", "There is too many M. One thought."), ("P K", "There is too few M. One thought."),
        ("P M K", "in another order. One thought."), ("M P", "too few K"), ("M H P", "too many H and too few K"),
        ("mpk", "Write capital letters"), ("", "Write its operators"),
    ],
)  # fmt: skip
def test_each_way_to_go_wrong_has_its_own_words(text, words):
    feedback = judge_keystrokes({**RIGHT, "Old": [text, "H 4K"]}, DESIGNS)
    assert feedback.share == pytest.approx(2 / 3) and words in feedback.message


@pytest.mark.parametrize(
    "answer", [None, NoAnswer("Nothing."), 7, {"Blue": []}, {"Old": "M"}, {"Old": ["M"] * 3}, {"Old": [1]}, {"Old": []}]
)
def test_the_judge_survives_any_answer(answer):
    feedback = judge_keystrokes(answer, DESIGNS)
    assert feedback.share == 0 and feedback.rung <= Rung.OUT_OF_RANGE


# --- the exercise -----------------------------------------------------------------------------------------------


def test_operators_are_typed_judged_saved_and_restored(tmp_path):
    exercise = model(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    for box, text in zip(boxes(exercise), ["M P K", "H 4K", "M 2K"], strict=True):
        box.value = text
    assert exercise.answer == RIGHT and exercise.check().right
    saved = json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"]
    assert model(tmp_path).answer == saved and [box.value for box in boxes(model(tmp_path))] == [
        "M P K",
        "H 4K",
        "M 2K",
    ]


def test_the_seconds_follow_what_is_typed(tmp_path):
    exercise = model(tmp_path, typist=0.2)
    assert "Write operators for both designs" in sums(exercise)
    exercise.answer = RIGHT
    # Old: 1.35 + 1.10 + 0.2 + 0.4 + 0.8 = 3.85; New: 1.35 + 0.4 = 1.75.
    assert "Old 3.85 s, New 1.75 s: 2.10 s saved" in sums(exercise)
    assert "<td>5</td><td>2</td><td>+0.60 s</td>" in sums(exercise)
    exercise.answer = {"Old": ["K"], "New": ["2K"]}
    assert "0.20 s lost" in sums(exercise)
    boxes(exercise)[1].value = "M <"
    assert "Old, action 2 cannot be read yet" in sums(exercise) and exercise.answer["Old"][1] == "M <"


def test_without_a_key_only_gaps_are_told(tmp_path):
    words = {name: [action.words for action in actions] for name, actions in DESIGNS.items()}
    exercise = model(tmp_path, designs=words)
    exercise.answer = {"Old": ["M"]}
    assert exercise.check().rung is Rung.NOT_ANSWERED and "2 actions" in exercise.check().message
    exercise.answer = RIGHT
    assert exercise.check().rung is Rung.ANSWERED and "Old 1. Click into the field. – M P K" in exercise.text()


def test_names_of_controls_differ_and_two_designs_are_needed(tmp_path):
    names = [box.description for box in boxes(model(tmp_path))]
    assert len(set(names)) == len(names) == 3
    with pytest.raises(ValueError, match="there are 1 designs"):
        model(tmp_path, designs={"Old": ["Click."]})
