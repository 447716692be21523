"""Tests of the exercises without a browser: set an answer from Python, get the feedback, lose nothing."""

import json
from types import SimpleNamespace

import ipywidgets as widgets
import numpy as np
import pandas as pd
import pytest

from cxux_helpers import exercises
from cxux_helpers.answers import AnswerFile
from cxux_helpers.exercises import base
from cxux_helpers.exercises.persona import CONTRADICTED, SUPPORTED, UNKNOWN
from cxux_helpers.feedback import NoAnswer, Rung
from tests.exercise_views import ANSWERING, controls, press, shown_html

# Twelve customers, chosen so that medians and shares can be worked out by hand.
TABLE = pd.DataFrame(
    {
        "recency": [10, 20, 30, 40, 200, 210, 220, 230, 400, 410, 420, 430],
        "frequency": [6, 5, 5, 4, 6, 5, 5, 4, 1, 1, 1, 1],
        "monetary": [100.0, 90.0, 80.0, 70.0, 200.0, 180.0, 160.0, 60.0, 15.0, 15.0, 15.0, 15.0],
    },
    index=pd.Index(range(1, 13), name="customer_id"),
)
GROUPS = pd.Series(["here"] * 4 + ["quiet"] * 4 + ["gone"] * 4, index=TABLE.index)
GAPS = pd.Series([10, 20, 30, 40, 50, 60, 70, 80, 90, 300])
GOAL = exercises.CutGoal("At risk", most_customers=3, least_revenue=0.5, least_returns=0.9)
WHY = {"red": "Red stops.", "green": "Green goes."}
CLAIMS = (
    exercises.Claim("Came lately.", lambda one, all: one["median_recency"] <= 60, "Look at recency."),
    exercises.Claim("Likes jazz.", None, "Nobody asked."),
)


def choice(folder, **more):
    settings = {"options": WHY, "key": "green", "title": "Lights", "prompt": "Which?", **more}
    return exercises.Choice("q1", folder=folder, **settings)


def number(folder, **more):
    settings = {"low": 0, "high": 10, "key": 7, "close": 1, "hint": "Count.", "reason": "A week.", **more}
    return exercises.Number("q1", title="Days", prompt="How many?", label="Days", folder=folder, **settings)


def match(folder, **more):
    settings = {
        "items": {"Ann": "Likes paper.", "Bob": "Likes phones."},
        "columns": {"message": ["letter", "mail"], "consent": ["yes", "no"]},
        "key": {"message": {"Ann": "letter", "Bob": "mail"}, "consent": {"Ann": "yes", "Bob": "no"}},
        "why": {"message": {"Ann": "Paper!", "Bob": "Phone!"}, "consent": {"Ann": "She agreed.", "Bob": "He did not."}},
        **more,
    }
    return exercises.Match("q1", title="Match", prompt="Match them.", folder=folder, **settings)


def cuts(folder, **more):
    settings = {"table": TABLE, "gaps": GAPS, "goal": GOAL, **more}
    return exercises.CutPoints("q1", title="Cuts", prompt="Cut.", folder=folder, **settings)


def choose_k(folder, **more):
    ks = pd.Index([2, 3], name="k")
    settings = {
        "table": TABLE,
        "silhouette": pd.Series([0.6, 0.5], index=ks, name="silhouette"),
        "stability": pd.DataFrame({"mean": [0.9, 0.95], "low": [0.8, 0.9], "high": [1.0, 1.0]}, index=ks),
        "why_k": {2: "Too few.", 3: "Three fit."},
        "key": 3,
        "reasons": {"useful": "Yes.", "pretty": "No."},
        "key_reason": "useful",
        **more,
    }
    return exercises.ChooseK("q1", title="k", prompt="Choose k.", folder=folder, **settings)


def persona(folder, **more):
    settings = {"table": TABLE, "segments": GROUPS, "claims": CLAIMS, **more}
    return exercises.PersonaCard("q1", title="Persona", prompt="Fill in.", folder=folder, **settings)


PERSONA = {
    "segment": "quiet", "name": "Quinn", "need": "What made you stay away?", "recency": 215, "frequency": 5,
    "monetary": 170, "claims": {"Came lately.": CONTRADICTED, "Likes jazz.": UNKNOWN},
}  # fmt: skip
# At risk here: quiet customers with 4 orders or more and at least 150 dollars; three of them, 540 of 1,000 dollars.
CUTS = {"recent_days": 90, "frequent_orders": 4, "high_spend": 150}
FAMILIES = [
    pytest.param(choice, "green", "red", {"key": None, "options": list(WHY)}, id="choice"),
    pytest.param(number, 7, 2, {"key": None}, id="number"),
    pytest.param(
        match,
        {"message": {"Ann": "letter", "Bob": "mail"}, "consent": {"Ann": "yes", "Bob": "no"}},
        {"message": {"Ann": "mail"}, "consent": {}},
        {"key": None},
        id="match",
    ),
    pytest.param(cuts, CUTS, {**CUTS, "recent_days": 30}, {"goal": None}, id="cut points"),
    pytest.param(choose_k, {"k": 3, "reason": "useful"}, {"k": 2, "reason": "pretty"}, {"key": None}, id="choose k"),
    pytest.param(persona, PERSONA, {**PERSONA, "recency": 20, "segment": "gone"}, {"marked_later": True}, id="persona"),
]


@pytest.mark.parametrize(("make", "right", "wrong", "later"), FAMILIES)
def test_an_exercise_needs_no_browser(tmp_path, make, right, wrong, later):
    exercise = make(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = wrong
    assert exercise.check().share < 1
    exercise.answer = right
    assert exercise.check().right


@pytest.mark.parametrize(("make", "right", "wrong", "later"), FAMILIES)
def test_an_answer_is_saved_at_once_and_comes_back(tmp_path, make, right, wrong, later):
    make(tmp_path).answer = right
    saved = json.loads((tmp_path / "answers" / "q1.json").read_text())
    again = make(tmp_path)
    assert again.answer == saved["answer"]
    assert again.check().right and "saved answer is back" in again.text()


@pytest.mark.parametrize(("make", "right", "wrong", "later"), FAMILIES)
def test_an_exercise_without_a_key_never_says_whether_an_answer_is_right(tmp_path, make, right, wrong, later):
    exercise = make(tmp_path, **later)
    exercise.answer = right
    assert exercise.check().rung is Rung.ANSWERED and exercise.check().share == 0
    exercise.answer = wrong  # some of these are also unfinished, and are told so
    assert exercise.check().rung in (Rung.ANSWERED, Rung.NOT_ANSWERED) and exercise.check().share == 0


@pytest.mark.parametrize(("make", "right", "wrong", "later"), FAMILIES)
def test_the_controls_show_the_answer_and_give_the_same_one(tmp_path, make, right, wrong, later):
    exercise = make(tmp_path)
    exercise.answer = right
    kept = exercise.answer
    view = exercise.view  # built after the answer, so the controls must take it over
    assert isinstance(view, widgets.VBox) and exercise.answer == kept
    for control in controls(exercise, ANSWERING):
        with_value = control.value
        control.notify_change({"name": "value", "old": None, "new": with_value, "owner": control, "type": "change"})
    assert exercise.answer == kept
    exercise.answer = wrong  # and the other way round, with the view on the screen
    values = [control.value for control in controls(exercise, ANSWERING)]
    assert values == [control.value for control in controls(make(tmp_path), ANSWERING)]


@pytest.mark.parametrize(("make", "right", "wrong", "later"), FAMILIES)
def test_every_control_has_a_name_that_is_read_aloud(tmp_path, make, right, wrong, later):
    for control in controls(make(tmp_path), ANSWERING):
        named_by_title = isinstance(control, widgets.RadioButtons) and make is choice
        assert control.description or named_by_title


@pytest.mark.parametrize(("make", "right", "wrong", "later"), FAMILIES)
def test_a_marker_sees_text_and_a_student_sees_controls(tmp_path, monkeypatch, make, right, wrong, later):
    exercise = make(tmp_path)
    exercise.answer = right
    assert "application/vnd.jupyter.widget-view+json" in exercise._repr_mimebundle_()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert exercise._repr_mimebundle_() == {"text/plain": exercise.text()}
    assert exercise.title in exercise.text() and "Your answer" in exercise.text()


BAD = [
    (choice, "blue", "choose one of: red; green"),
    (choice, 3, "choose one of"),
    (number, 11, "from 0 to 10"),
    (number, 7.5, "whole number"),
    (number, True, "whole number"),
    (match, ["letter"], "should look like"),
    (match, {"colour": {}}, "the columns are: message, consent"),
    (match, {"message": {"Zoe": "mail"}}, "the items are: Ann, Bob"),
    (match, {"message": {"Ann": "pigeon"}}, "choose among: letter; mail"),
    (cuts, {"recent_days": 90}, "recent_days, frequent_orders, high_spend"),
    (cuts, {**CUTS, "recent_days": 5}, "from 30 to 365"),
    (cuts, {**CUTS, "high_spend": 150.5}, "whole number"),
    (choose_k, {"reason": "useful"}, "keys k and reason"),
    (choose_k, {"k": 9}, "from 2 to 3"),
    (choose_k, {"k": 2, "reason": "because"}, "useful; pretty"),
    (persona, {"name": "Quinn"}, "keys"),
    (persona, {"segment": "rich"}, "choose: here, quiet, gone"),
    (persona, {**PERSONA, "recency": -1}, "at least 0"),
    (persona, {**PERSONA, "need": 4}, "text"),
    (persona, {**PERSONA, "claims": {"Came lately.": "maybe"}}, "one of"),
]


@pytest.mark.parametrize(("make", "answer", "message"), BAD)
def test_an_impossible_answer_is_refused_with_the_remedy_and_the_old_one_stays(tmp_path, make, answer, message):
    exercise = make(tmp_path)
    with pytest.raises(ValueError, match=message):
        exercise.answer = answer
    assert exercise.answer is None and not (tmp_path / "answers").exists()


@pytest.fixture
def clock(monkeypatch):
    """Seconds since whenever, as the exercises see them; a list of one number."""
    seconds = [100.0]
    monkeypatch.setattr(base, "time", SimpleNamespace(monotonic=lambda: seconds[0]))
    return seconds


def test_feedback_appears_on_check_and_goes_when_the_answer_changes(tmp_path, clock):
    exercise = choice(tmp_path)
    exercise.answer = "red"
    press(exercise, "Check my answer")
    assert "Red stops." in shown_html(exercise)
    clock[0] += base.LATE
    exercise.answer = "green"
    assert not any(reason in shown_html(exercise) for reason in WHY.values())


def test_an_answer_that_a_check_has_overtaken_is_judged_as_well(tmp_path, clock):
    exercise = choice(tmp_path)
    exercise.answer = "red"
    press(exercise, "Check my answer")
    exercise.answer = "green"
    assert WHY["green"] in shown_html(exercise) and WHY["red"] not in shown_html(exercise)
    exercise.answer = "red"
    assert WHY["red"] in shown_html(exercise) and WHY["green"] not in shown_html(exercise)
    clock[0] += base.LATE  # counted from the check, so that nobody can fish for the right answer
    exercise.answer = "green"
    assert not any(reason in shown_html(exercise) for reason in WHY.values())


def test_feedback_stays_when_the_same_answer_comes_again(tmp_path, clock):
    exercise = choice(tmp_path)
    exercise.answer = "red"
    press(exercise, "Check my answer")
    clock[0] += 10 * base.LATE
    exercise.answer = "red"
    assert WHY["red"] in shown_html(exercise)


def test_a_half_typed_number_is_refused_in_words_and_saved_once_it_is_mended(tmp_path):
    exercise = persona(tmp_path)
    exercise.answer = PERSONA
    box = next(c for c in controls(exercise, ANSWERING) if c.description == "Typical spend in dollars")
    box.value = "many"
    assert "should be a number such as 120" in shown_html(exercise) and "Not saved" in shown_html(exercise)
    assert exercise.answer["monetary"] == 170 and box.value == "many"
    box.value = "1,700"
    assert AnswerFile("q1", tmp_path).load()["monetary"] == 1700 and "✓ Saved." in shown_html(exercise)


def test_a_persona_can_be_begun_before_its_segment_is_chosen(tmp_path):
    exercise = persona(tmp_path)
    next(c for c in controls(exercise, ANSWERING) if c.description == "Name of the persona").value = "Quinn"
    assert AnswerFile("q1", tmp_path).load()["name"] == "Quinn"
    assert exercise.check().rung is Rung.NOT_ANSWERED


def test_a_second_tab_is_told_and_can_keep_its_answer(tmp_path):
    mine, other = choice(tmp_path), choice(tmp_path)
    assert "another tab" not in shown_html(mine) + shown_html(other)
    mine.answer = "red"
    other.answer = "green"
    assert "changed in another tab" in shown_html(other) and AnswerFile("q1", tmp_path).load() == "red"
    press(other, "Keep this answer")
    assert AnswerFile("q1", tmp_path).load() == "green" and "✓ Saved." in shown_html(other)


def test_a_second_tab_can_load_the_other_answer(tmp_path):
    mine, other = choice(tmp_path), choice(tmp_path)
    assert shown_html(mine) and shown_html(other)
    mine.answer = "red"
    other.answer = "green"
    press(other, "Load the other one")
    assert other.answer == "red" and controls(other, ANSWERING)[0].value == "red"


def test_a_failed_save_is_shown_and_the_answer_stays_on_the_shown_html(tmp_path):
    (tmp_path / "answers").write_text("a file where the folder should be")
    exercise = number(tmp_path)
    assert shown_html(exercise)
    controls(exercise, ANSWERING)[0].value = 7
    assert "✗ Not saved" in shown_html(exercise) and "rename the file" in shown_html(exercise)
    assert controls(exercise, ANSWERING)[0].value == 7 and exercise.check().right


def test_a_damaged_file_is_told_and_kept_when_a_new_answer_is_given(tmp_path):
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers" / "q1.json").write_text("{torn")
    exercise = choice(tmp_path)
    assert "could not be read" in exercise.text()
    exercise.answer = "green"
    assert (tmp_path / "answers" / "q1.kept1.json").read_text() == "{torn"


def test_an_answer_to_an_older_form_of_the_question_is_kept_aside(tmp_path):
    AnswerFile("q1", tmp_path).save("blue")
    exercise = choice(tmp_path)
    assert exercise.answer is None and "q1.kept1.json" in exercise.text()
    assert (tmp_path / "answers" / "q1.kept1.json").exists()


def test_what_a_student_typed_cannot_become_markup(tmp_path):
    exercise = persona(tmp_path)
    exercise.answer = PERSONA
    box = next(c for c in controls(exercise, ANSWERING) if c.description == "Typical spend in dollars")
    box.value = "<img src=x onerror=alert(1)>"
    assert "<img" not in shown_html(exercise)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"high_spend": 100}, None),  # 3 customers spent 100 or more and are quiet: the same group
        ({"recent_days": 30}, "Patience"),  # only 3 of 10 gaps are at most 30 days
        ({"high_spend": 200}, "Worth"),  # one customer with 200 of 1,000 dollars
        ({"high_spend": 50}, "Size"),  # four customers
    ],
)
def test_cut_points_fail_on_the_part_that_they_miss(tmp_path, change, part):
    exercise = cuts(tmp_path)
    exercise.answer = {**CUTS, **change}
    feedback = exercise.check()
    assert feedback.right == (part is None)
    if part:
        assert f"{part}: not yet" in feedback.message
        assert feedback.share == pytest.approx(2 / 3)


def test_the_segment_table_moves_with_the_slider_and_says_all_in_words(tmp_path):
    exercise = cuts(tmp_path)
    before = shown_html(exercise)
    assert "30% of repeat orders come within 30 days" in before
    sliders = {c.description: c for c in controls(exercise, ANSWERING)}
    sliders["Recent: last order within … days"].value = 90
    after = shown_html(exercise)
    assert "90% of repeat orders come within 90 days" in after and before != after
    assert exercise.answer["recent_days"] == 90


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"recency": 10}, "Read the median"),
        ({"claims": {"Came lately.": SUPPORTED, "Likes jazz.": UNKNOWN}}, "Look at recency."),
        ({"claims": {"Came lately.": CONTRADICTED, "Likes jazz.": SUPPORTED}}, "Nobody asked."),
        ({"need": "Sleep"}, "a sentence of its own"),
        ({"segment": None}, "Choose the segment"),
    ],
)
def test_each_fault_of_a_persona_gets_its_own_words(tmp_path, change, message):
    exercise = persona(tmp_path)
    exercise.answer = {**PERSONA, **change}
    assert not exercise.check().right and message in exercise.check().message


def test_a_persona_offers_only_segments_that_have_customers(tmp_path):
    groups = pd.Series(pd.Categorical(GROUPS, categories=["here", "quiet", "gone", "new"]), index=TABLE.index)
    assert persona(tmp_path, segments=groups).segments == ["here", "quiet", "gone"]


def test_a_whole_number_of_numpy_is_taken_as_the_number_it_is(tmp_path):
    exercise = number(tmp_path)
    exercise.answer = np.int64(7)
    assert type(exercise.answer) is int and exercise.check().right


POISON = [None, [1], "text", {"segment": {}}, {"segment": "quiet", "claims": 7}, {"recent_days": "9"}, {"segment": []}]


@pytest.mark.parametrize("answer", [NoAnswer("Nothing saved."), *POISON])
def test_a_judge_survives_any_answer_that_a_file_may_hold(answer):
    for feedback in (
        exercises.judge_cut_points(answer, TABLE, GAPS, GOAL),
        exercises.judge_persona(answer, TABLE, GROUPS, CLAIMS),
    ):
        assert feedback.share == 0 and feedback.rung <= Rung.OUT_OF_RANGE


def test_amounts_are_named_in_the_currency_of_the_shop(tmp_path):
    for make, more in ((cuts, {}), (choose_k, {}), (persona, {})):
        exercise = make(tmp_path, currency="euros", **more)
        exercise.answer = {cuts: CUTS, choose_k: {"k": 3}, persona: PERSONA}[make]
        labels = " ".join(control.description for control in controls(exercise, ANSWERING))
        words = shown_html(exercise) + labels + exercise.text()
        assert "euros" in words and "dollars" not in words
        (tmp_path / "answers" / "q1.json").unlink()
