"""Tests of cxux_helpers.grading.question: points, messages, and what hidden checks keep to themselves."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.checks import check_answered, check_number
from cxux_helpers.feedback import Feedback, NoAnswer, Rung
from cxux_helpers.grading import Question

RIGHT = Feedback(Rung.RIGHT, "Well counted.", 1.0)
WRONG = Feedback(Rung.NOT_YET, "Count each order once.", found="4")
HALF = Feedback(Rung.CLOSE, "Nearly.", 0.5)


def question(*parts, points=3.0):
    q = Question("m03-q2", points=points)
    for feedback, weight in parts:
        q.check("Part", feedback, weight)
    return q


@pytest.mark.parametrize(
    ("parts", "earned"),
    [
        ([(RIGHT, 1), (WRONG, 2)], 1),
        ([(RIGHT, 1), (RIGHT, 2)], 3),
        ([(WRONG, 1)], 0),
        ([(HALF, 1), (RIGHT, 1)], 2.25),
        ([(RIGHT, 1), (WRONG, 2), (HALF, 0.5)], 1.07),  # 3 × 1.25 / 3.5, to two decimals
    ],
)
def test_points_are_the_weighted_share_of_the_checks(parts, earned):
    assert question(*parts).mark().earned == earned


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.sampled_from([RIGHT, WRONG, HALF]), st.floats(0.01, 100)), min_size=1, max_size=6),
    st.floats(0.1, 100),
)
def test_points_stay_between_none_and_all(parts, points):
    marks = question(*parts, points=points).mark()
    assert 0 <= marks.earned <= points
    if all(feedback.right for feedback, _ in parts):
        assert marks.earned == pytest.approx(points, abs=0.005)


def test_a_released_cell_without_its_hidden_checks_still_earns_all():
    assert question((RIGHT, 1)).mark().earned == 3
    assert Question("m03-q2", points=3).mark().earned == 3


def test_the_messages_of_all_checks_are_shown():
    text = str(question((RIGHT, 1), (WRONG, 2)).mark())
    assert text.splitlines() == [
        "m03-q2: 1 of 3 points so far",
        "- Part: ✓ Right. Well counted.",
        "- Part: ✗ Not yet. Count each order once. You gave: 4",
    ]


def test_a_hidden_check_shows_its_message_and_never_what_was_found():
    q = Question("m03-q2", points=1)
    q.hidden("Other orders", WRONG)
    q.hidden("More orders", check_number(NoAnswer("Your code stopped.", "ValueError: 74291"), 4, tolerance=0))
    marks = q.mark()
    for shown in (str(marks), marks._repr_html_()):
        assert "Count each order once." in shown and "Your code stopped." in shown
        assert "You gave" not in shown and "74291" not in shown


def test_html_says_each_verdict_in_words_and_escapes_what_students_gave():
    bad = check_number("<script>alert(1)</script>\u202e\x1b[31m", 4, tolerance=0)
    shown = question((bad, 1), (RIGHT, 1)).mark()._repr_html_()
    assert shown.count("<li>") == 2 and "Wrong kind of answer." in shown and "Right." in shown
    assert "<script>" not in shown and "\u202e" not in shown and "\x1b" not in shown


def test_what_a_student_gave_is_shown_in_short():
    shown = str(question((check_number("x" * 100_000, 4, tolerance=0), 1)).mark())
    assert len(shown) < 400


def test_under_nbgrader_the_text_is_the_number_of_points(monkeypatch):
    marks = question((HALF, 1)).mark()
    assert marks._repr_mimebundle_()["text/plain"].startswith("m03-q2: 1.5 of 3 points")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert marks._repr_mimebundle_()["text/plain"] == "1.5"
    assert "Nearly." in marks._repr_mimebundle_()["text/html"]


def test_only_the_marker_gives_a_final_number(monkeypatch):
    assert "3 of 3 points so far" in str(question((RIGHT, 1)).mark())
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert "3 of 3 points\n" in str(question((RIGHT, 1)).mark())


def test_validation_says_what_is_not_right_yet(monkeypatch, capsys):
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    question((RIGHT, 1)).mark()
    assert capsys.readouterr().err == ""
    question((WRONG, 1)).mark()
    assert "✗ Not yet. Count each order once." in capsys.readouterr().err


@pytest.mark.parametrize("points", [0, -1, float("nan")])
def test_a_question_is_worth_something(points):
    with pytest.raises(ValueError, match="m03-q2 has points="):
        Question("m03-q2", points=points)


def test_a_check_needs_a_judgement_and_a_weight():
    q = Question("m03-q2", points=1)
    with pytest.raises(TypeError, match="'Days' got a bool; give it the result of a check function"):
        q.check("Days", True)
    with pytest.raises(ValueError, match="'Days' has weight=0"):
        q.hidden("Days", RIGHT, weight=0)


def test_a_check_that_only_says_answered_neither_earns_nor_costs_points():
    q = Question("m03-q1", points=2)
    q.check("Form", check_answered("something"))
    assert q.mark().earned == 2 and "so far" not in q.mark().headline
    q.hidden("Value", check_number(3, 4, tolerance=0))
    assert q.mark().earned == 0


def test_a_check_of_the_form_counts_only_until_the_answer_itself_is_judged():
    q = Question("m03-q1", points=2)
    q.form("Form", check_answered(None, "Choose an option."))
    assert q.mark().earned == 0 and "Choose an option." in str(q.mark())
    q.hidden("Value", check_number(4, 4, tolerance=0))
    assert q.mark().earned == 2 and "Choose an option." not in str(q.mark())


def test_a_question_that_is_judged_later_says_what_it_is_worth_and_not_what_it_earned():
    q = Question("q1", points=2)
    q.form("Form", check_answered("text"))
    assert q.mark().headline == "q1: worth 2 points"
