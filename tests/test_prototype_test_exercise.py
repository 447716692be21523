"""Tests of a test of two prototypes, without a browser."""

import pytest

from cxux_helpers.exercises.prototype_test import (
    CANNOT_TELL,
    PLAN,
    PrototypeTest,
    judge_prototype_test,
    run_prototype_test,
)
from cxux_helpers.feedback import NoAnswer, Rung
from tests.exercise_views import named, saved, shown_html

GOOD = {"task": "goal", "criterion": "observed", "setting": "mixed"}
SOLVED = {**GOOD, "people": 100, "few": CANNOT_TELL, "many": "Path"}


def prototype_test(folder, **more):
    return PrototypeTest("q1", title="Test", prompt="Plan it.", folder=folder, **more)


def test_a_sound_plan_and_verdicts_by_interval_are_right(tmp_path):
    exercise = prototype_test(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = SOLVED
    assert exercise.check().right, exercise.check()
    assert prototype_test(tmp_path).answer == saved(tmp_path) == SOLVED
    assert "With 100 people: Path" in exercise.text()


@pytest.mark.parametrize(
    ("change", "share", "words"),
    [
        # A plan that hides the difference: its own part, and at 100 people nothing can be told.
        ({"task": "leading"}, 3 / 5, "That spells out the way."),
        ({"criterion": "later"}, 3 / 5, "A criterion chosen afterwards"),
        ({"setting": "alone"}, 4 / 5, "and never why"),
        ({"few": "Path"}, 4 / 5, "chance alone may have made the difference"),
        ({"many": "Shelf"}, 4 / 5, "Praise and the mean over all times point there."),
        ({"many": CANNOT_TELL}, 4 / 5, "You may choose."),
        ({"people": 10, "many": CANNOT_TELL}, 4.5 / 5, "Ask more, until the intervals part."),
        ({"people": 10}, 4 / 5, "With all people: not yet. The intervals overlap"),
    ],
)
def test_each_slip_costs_its_part_and_is_told(change, share, words):
    feedback = judge_prototype_test({**SOLVED, **change})
    assert feedback.share == pytest.approx(share) and words in feedback.message


def test_an_unfinished_test_is_told_what_to_do():
    feedback = judge_prototype_test({"people": 10, "task": "goal"})
    assert "Complete the plan, run the test, and choose." in feedback.message
    assert judge_prototype_test(NoAnswer("No file.")).message == "No file."
    assert judge_prototype_test({"people": 11.5}).rung is Rung.WRONG_KIND


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ([], "a dictionary with the keys people, task"),
        ({"people": 5}, "people is 5; it should be a whole number from 10 to 120"),
        ({"people": True}, "people is True"),
        ({"people": 10, "task": "easy"}, "task is 'easy'; it should be one of: goal; leading; vague"),
        ({"people": 10, "few": "A"}, "few is 'A'"),
    ],
)
def test_answers_of_another_kind_are_refused(tmp_path, wrong, message):
    with pytest.raises(ValueError, match=message):
        prototype_test(tmp_path).answer = wrong


def test_results_show_once_the_plan_is_complete_and_a_change_of_plan_takes_verdicts_back(tmp_path):
    exercise = prototype_test(tmp_path)
    assert "Completed" not in shown_html(exercise)
    for part, words in (("task", "Task"), ("criterion", "Success is"), ("setting", "Setting")):
        named(exercise, words).value = GOOD[part]
    sessions = run_prototype_test(GOOD, 10)
    done = sessions.groupby("prototype")["completed"].sum()
    assert f"{done['Shelf']} of 10" in shown_html(exercise) and f"{done['Path']} of 10" in shown_html(exercise)
    named(exercise, "Verdict on ten people").value = CANNOT_TELL
    named(exercise, "People in all").value = 60
    assert saved(tmp_path) == {**GOOD, "people": 60, "few": CANNOT_TELL}
    assert "All 60 people" in shown_html(exercise) and "(aloud)" in shown_html(exercise)
    named(exercise, "Task").value = "leading"
    assert saved(tmp_path) == {**GOOD, "task": "leading", "people": 60}
    assert named(exercise, "Verdict on ten people").value is None


def test_silent_people_tell_no_reasons(tmp_path):
    exercise = prototype_test(tmp_path)
    exercise.answer = {**GOOD, "setting": "alone", "people": 10}
    assert "nobody knows why" in shown_html(exercise)
    exercise.answer = {**GOOD, "people": 10}
    assert "What four of them did, and what they said" in shown_html(exercise)


def test_every_option_of_the_plan_has_its_words_and_a_reason():
    assert all(words and why.endswith(".") for options in PLAN.values() for words, why in options.values())


def test_marked_later_says_only_what_is_open(tmp_path):
    exercise = prototype_test(tmp_path, marked_later=True)
    exercise.answer = GOOD | {"people": 20}
    assert exercise.check().message == "2 of 5 parts still to choose."
    exercise.answer = SOLVED
    assert exercise.check().rung is Rung.ANSWERED
