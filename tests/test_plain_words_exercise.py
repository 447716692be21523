"""Tests of rewriting a notice in plain words, without a browser."""

import pytest

from cxux_helpers.exercises.plain_words import PlainWords, judge_plain_words
from cxux_helpers.feedback import Rung
from tests.exercise_views import named, saved, shown_html

NOTICE = "Prior authorisation of the respective department is required before the commencement of any reservation."
FACTS = {"whom to ask": ["desk", "librarian"], "when": ["before"]}
PLAIN = "Ask at the desk before you reserve a book."


def plain(folder, **more):
    return PlainWords("q1", title="Notice", prompt="Rewrite.", notice=NOTICE, folder=folder, **{"facts": FACTS, **more})


def test_a_plain_notice_with_all_facts_is_right(tmp_path):
    exercise = plain(tmp_path)
    named(exercise, "In plain words").value = PLAIN
    assert exercise.check().right and saved(tmp_path) == PLAIN
    assert "Yours: reading ease" in shown_html(exercise)
    assert PLAIN in plain(tmp_path).text()


@pytest.mark.parametrize(
    ("text", "share", "words"),
    [
        # The facts are there, and it is hard to read: half of the two halves, less what the long sentence costs.
        (NOTICE + " Ask the librarian.", (1 + 0.5) / 2, "Aim for 60"),
        ("Ask before you come.", (0.5 + 0.5) / 2, "Missing: whom to ask."),
        ("Have a nice day.", 0, "Missing: whom to ask; when."),
        ("Ask at the desk " + "and ask and ask " * 6 + "before you come.", (1 + 0.5) / 2, "Cut it at 20 words"),
    ],
)
def test_what_is_missing_or_hard_to_read_is_told(text, share, words):
    feedback = judge_plain_words(text, facts=FACTS)
    assert feedback.share == pytest.approx(share) and words in feedback.message


def test_facts_are_whole_words():
    assert judge_plain_words("The helpdesk is here, beforehand.", facts=FACTS).share < 0.5


def test_a_text_without_words_is_no_text(tmp_path):
    assert judge_plain_words("…!", facts=FACTS).rung is Rung.WRONG_KIND
    assert judge_plain_words(3, facts=FACTS).rung is Rung.WRONG_KIND
    with pytest.raises(ValueError, match="1,500 are enough"):
        plain(tmp_path).answer = "word " * 400
    assert judge_plain_words(None, facts=FACTS).rung is Rung.NOT_ANSWERED
    exercise = plain(tmp_path)
    exercise.answer = "…"
    assert "there is no sentence in it yet" in exercise.text()


def test_a_notice_may_be_marked_later(tmp_path):
    exercise = plain(tmp_path, facts=None)
    exercise.answer = NOTICE
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = PLAIN
    assert exercise.check().rung is Rung.ANSWERED
