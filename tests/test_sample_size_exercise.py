"""Tests of how many people are enough, without a browser."""

import pytest

from cxux_helpers.exercises.sample_size import SampleSize, SampleSizeGoal, judge_sample_size
from cxux_helpers.feedback import Rung
from tests.exercise_views import named, saved, shown_html

GOAL = SampleSizeGoal(share=0.1, chance=0.85, half_width=0.12, completion=0.8)
THEN = {"Five users": {"find most": "Only of frequent ones.", "depends": "On how many each problem hits."}}
KEY = {"Five users": "depends"}


def sample_size(folder, **more):
    settings = {"goal": GOAL, "questions": THEN, "key": KEY, **more}
    return SampleSize(
        "q1", title="How many", prompt="Ask.", problems={"Basket": 0.31, "Back": 0.05}, completion=0.8,
        folder=folder, **settings,
    )  # fmt: skip


def test_the_fewest_people_are_those_that_just_reach_the_goal():
    # 1 − 0.9¹⁸ = 0.8499, 1 − 0.9¹⁹ = 0.8649
    assert 1 - 0.9**18 < 0.85 <= 1 - 0.9**19 and GOAL.to_see == 19
    half = lambda n: 1.96 * ((p := (0.8 * n + 1.92) / (n + 3.84)) * (1 - p) / (n + 3.84)) ** 0.5  # noqa: E731
    assert half(GOAL.to_measure) <= 0.12 < half(GOAL.to_measure - 1)


def test_both_numbers_and_the_question_are_judged(tmp_path):
    exercise = sample_size(tmp_path)
    right = {"see": GOAL.to_see, "measure": GOAL.to_measure, "share": 10, "then": KEY}
    exercise.answer = right
    assert exercise.check().right
    assert sample_size(tmp_path).answer == right
    feedback = judge_sample_size({**right, "see": 5, "measure": 60}, GOAL, questions=THEN, key=KEY)
    assert feedback.share == pytest.approx(1.5 / 3)
    assert "They show it with a chance of 41.0%" in feedback.message and "fewer would do" in feedback.message
    few = judge_sample_size({**right, "measure": 5}, GOAL, questions=THEN, key=KEY)
    assert "Their interval may reach" in few.message


def test_the_sliders_tell_live_what_a_number_of_people_shows(tmp_path):
    exercise = sample_size(tmp_path)
    assert "84.4%" in shown_html(exercise), "five people, a problem that hits 31 of 100"
    named(exercise, "People, to see problems").value = 10
    # Basket 1 − 0.69¹⁰ = 0.976, Back 1 − 0.95¹⁰ = 0.401: together 1.4 of 2.
    assert "1.4 of 2" in shown_html(exercise) and "40%" in shown_html(exercise)
    named(exercise, "Five users").value = "depends"
    assert saved(tmp_path) == {"see": 10, "measure": 5, "share": 31, "then": KEY}
    assert "10 people show a problem that hits 31 %" in exercise.text()


def test_a_sample_size_may_be_marked_later(tmp_path):
    exercise = sample_size(tmp_path, goal=None, questions={"Five users": ["find most", "depends"]}, key=None)
    exercise.answer = {"see": 5, "measure": 5}
    assert exercise.check().message == "Still open: Five users."
    exercise.answer = {"see": 5, "measure": 5, "then": KEY}
    assert exercise.check().rung is Rung.ANSWERED


@pytest.mark.parametrize(
    "wrong",
    [7, {"see": 5}, {"see": 0, "measure": 5}, {"see": 5, "measure": 5, "then": 3},
     {"see": 5, "measure": 5, "then": {"Five users": "never"}}],
)  # fmt: skip
def test_sample_sizes_of_another_kind_are_refused(tmp_path, wrong):
    with pytest.raises(ValueError, match=r"should|is no option"):
        sample_size(tmp_path).answer = wrong
    assert judge_sample_size(wrong, GOAL, questions=THEN, key=KEY).rung is Rung.WRONG_KIND
