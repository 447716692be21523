"""Tests of cxux_helpers.grading.asking: what a student sees is what the marker sees, and no reply is trusted."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.checks import check_number
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.grading import answer, ask
from cxux_helpers.grading.asking import Unreachable, asking_in, kernel_reply, reply
from cxux_helpers.grading.wire import encode


class Replying:
    """A world whose code says always the same."""

    def __init__(self, text="", folder=Path()):
        self.text, self.folder = text, folder

    def evaluate(self, expression):
        return self.text


class Silent(Replying):
    def evaluate(self, expression):
        raise Unreachable("Nobody is there.")


@pytest.fixture
def names(monkeypatch):
    """Names of the open notebook."""
    main = sys.modules["__main__"]

    def give(**names):
        for name, value in names.items():
            monkeypatch.setattr(main, name, value, raising=False)

    return give


def test_ask_evaluates_in_the_open_notebook(names):
    names(double=lambda x: 2 * x, four=4)
    assert ask("double(four)") == 8
    assert ask("[double(x) for x in range(four)]") == [0, 2, 4, 6]  # inner scopes see the names too


def test_a_name_that_is_not_there_yet_is_no_answer():
    reply = ask("total_days([1])")
    assert isinstance(reply, NoAnswer) and reply.reason.startswith("Your notebook does not have this yet.")
    assert reply.found == ""


def test_a_name_that_the_students_own_code_lacks_is_an_error_of_that_code(names):
    names(total=eval("lambda: nowhere"))
    assert ask("total()") == NoAnswer(
        "Your code stopped with an error here.", "NameError: name 'nowhere' is not defined"
    )


def test_a_function_that_is_not_written_yet_says_so(names):
    def later():
        raise NotImplementedError

    names(later=later)
    assert ask("later()").reason == "This is not written yet."


def test_code_that_leaves_the_program_is_an_error_and_does_not_leave_it(names):
    names(leave=lambda: sys.exit("bye"))
    assert ask("leave()").found == "SystemExit: bye"


def test_what_cannot_be_an_answer_is_explained(names):
    names(thing=object())
    assert ask("thing") == NoAnswer(
        "Your notebook gave something that cannot be an answer.",
        "WireError: a object cannot be an answer; give a number, text, list, dict or table.",
    )


def test_an_error_with_odd_words_still_arrives(names):
    def fail():
        raise ValueError("\ud800" + "x" * 10_000)

    names(fail=fail)
    assert ask("fail()").found == "ValueError: ?" + "x" * 499


def test_an_expression_that_is_none_is_no_answer():
    assert "SyntaxError" in ask("1 +").found


def test_the_marker_reads_what_the_open_notebook_would_say(names):
    names(four=4)
    for expression in ("four", "five", "1/0", "object()"):
        with asking_in(Replying(reply(expression, {"four": 4}))):
            there = ask(expression)
        assert there == ask(expression)


def test_a_kernel_sends_its_reply_without_quotes(names):
    names(four="4")
    assert repr(kernel_reply("four")) == 'answer "4"'


def test_without_a_reply_there_is_no_answer():
    with asking_in(Silent()):
        assert ask("1") == NoAnswer("Nobody is there.")


@pytest.mark.parametrize(
    "text",
    [
        "", "answer", "answer ", "answer {", "answer NaN", "answer 1 2", "Answer 1", "right 1", "answer\n1", "1",
        "error", "error 1", 'error "x"', 'error ["a"]', 'error ["a", 1]', 'error ["a", "b", "c"]', "answer 1e999",
        'answer {"is":"dict","items":[],"items":[]}', 'answer "\\ud800"', "answer " + "[" * 50_000,
    ],
)  # fmt: skip
def test_a_forged_reply_is_no_answer(text):
    with asking_in(Replying(text)):
        assert isinstance(ask("x"), NoAnswer)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["answer ", "error ", ""]), st.text(max_size=40) | st.lists(st.text()).map(json.dumps))
def test_any_reply_is_data_or_no_answer(word, text):
    with asking_in(Replying(word + text)):
        judged = check_number(ask("x"), 3.5, tolerance=0)
    assert not judged.right or float(text) == 3.5


def test_a_forged_reason_cannot_enter_the_authors_words():
    with asking_in(Replying("error " + encode(["missing", "the hidden input was 74291"]))):
        reply = ask("x")
    assert "74291" not in reply.reason + reply.found


def save(folder, text, question="m03-q1"):
    (folder / "answers").mkdir(exist_ok=True)
    (folder / "answers" / f"{question}.json").write_text(text, encoding="utf-8")


def test_answer_reads_what_the_exercise_saved(tmp_path, monkeypatch):
    save(tmp_path, '{"schema": 1, "question": "m03-q1", "answer": {"k": 4, "why": ["stable"]}}')
    with asking_in(Silent(folder=tmp_path)):
        assert answer("m03-q1") == {"k": 4, "why": ["stable"]}
    monkeypatch.chdir(tmp_path)
    assert answer("m03-q1") == {"k": 4, "why": ["stable"]}


def test_without_a_saved_answer_there_is_none(tmp_path):
    with asking_in(Silent(folder=tmp_path)):
        assert answer("m03-q1") == NoAnswer("There is no saved answer yet.")


@pytest.mark.parametrize(
    "text",
    [
        "", "{", "4", '{"schema": 1, "question": "m03-q2", "answer": 4}',
        '{"schema": 1, "question": "m03-q1", "answer": NaN}', '{"schema": 1, "question": "m03-q1", "answer": 1e999}',
        '{"schema": 1, "question": "m03-q1", "answer": ' + "9" * 200 + "}",
        '{"schema": 1, "question": "m03-q1", "answer": "\\ud800"}',
    ],
)  # fmt: skip
def test_a_saved_answer_that_is_damaged_is_no_answer(tmp_path, text):
    save(tmp_path, text)
    with asking_in(Silent(folder=tmp_path)):
        judged = check_number(answer("m03-q1"), 4, tolerance=0)
    assert judged.rung is Rung.NOT_ANSWERED
    assert judged.message == "The saved answer cannot be read. Answer the exercise once more."


def test_an_answers_folder_that_leads_to_a_neighbour_is_not_followed(tmp_path):
    mine, theirs = tmp_path / "mine", tmp_path / "theirs"
    mine.mkdir(), theirs.mkdir()
    save(theirs, '{"schema": 1, "question": "m03-q1", "answer": 4}')
    (mine / "answers").symlink_to(theirs / "answers")
    with asking_in(Silent(folder=mine)):
        assert isinstance(answer("m03-q1"), NoAnswer)


def test_importing_the_floor_brings_in_no_notebook_machinery():
    heavy = "nbgrader nbconvert nbformat nbclient ipywidgets IPython matplotlib scipy sklearn"
    code = f"import sys, cxux_helpers.grading; print([m for m in {heavy.split()} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert out.stdout.strip() == "[]"
