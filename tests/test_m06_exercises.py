"""Tests of module 6's exercises without a browser: test of prototypes, colours, sample size, audit, plain words."""

import json

import ipywidgets as widgets
import pytest

from cxux_helpers.accessibility.audits import Mark, fault_lines
from cxux_helpers.accessibility.contrast import contrast_ratio, nearest_passing_colour
from cxux_helpers.datasets.pages import make_page
from cxux_helpers.exercises.contrast_picker import ContrastPicker, ContrastSample, judge_contrast, lightness
from cxux_helpers.exercises.page_audit import PageAudit, judge_audit
from cxux_helpers.exercises.plain_words import PlainWords, judge_plain_words
from cxux_helpers.exercises.prototype_test import (
    CANNOT_TELL,
    PLAN,
    PrototypeTest,
    judge_prototype_test,
    run_prototype_test,
)
from cxux_helpers.exercises.sample_size import SampleSize, SampleSizeGoal, judge_sample_size
from cxux_helpers.feedback import NoAnswer, Rung


def controls(exercise, kind=widgets.Widget):
    def below(widget):
        own = [widget] if isinstance(widget, kind) else []
        return own + [one for child in getattr(widget, "children", ()) for one in below(child)]

    return below(exercise.view)


def named(exercise, description):
    return next(one for one in controls(exercise) if getattr(one, "description", None) == description)


def shown_html(exercise):
    return " ".join(box.value for box in controls(exercise, widgets.HTML))


def saved(folder):
    return json.loads((folder / "answers" / "q1.json").read_text(encoding="utf-8"))["answer"]


# --- a test of two prototypes -----------------------------------------------------------------------------------------

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


# --- colours ----------------------------------------------------------------------------------------------------------

SAMPLES = {
    "Note": ContrastSample("Closed on Monday", "#999999", "#ffffff", keep="ground"),
    "Button": ContrastSample("Reserve", "#ffffff", "#66bb66", size_pt=14, bold=True, keep="text"),
    "Help": ContrastSample("Ring us", "#777777", "#ffffff", level="AAA"),
    "Frame": ContrastSample("The edge of a field", "#cccccc", "#ffffff", non_text=True),
}
MENDED = {
    "Note": {"text": "#595959", "ground": "#ffffff"},
    "Button": {"text": "#ffffff", "ground": "#2e7d32"},
    "Help": {"text": "#333333", "ground": "#ffffff"},
    "Frame": {"text": "#767676", "ground": "#ffffff"},
}


def picker(folder, **more):
    return ContrastPicker("q1", title="Colours", prompt="Mend.", samples=SAMPLES, folder=folder, **more)


def test_colours_that_pass_are_right(tmp_path):
    exercise = picker(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = MENDED
    assert exercise.check().right, exercise.check()
    assert picker(tmp_path).answer == MENDED
    assert "Note: #595959 on #ffffff, ratio 7.00, AAA" in exercise.text()


@pytest.mark.parametrize(
    ("name", "colours", "share", "words"),
    [
        ("Note", {"text": "#777777", "ground": "#ffffff"}, 3 / 4, "4.47 is below 4.5, the least for text at AA."),
        ("Note", {"text": "#999999", "ground": "#000000"}, 3 / 4, "The ground is a house colour and stays."),
        ("Help", {"text": "#666666", "ground": "#ffffff"}, 3.5 / 4, "It passes AA."),
        ("Button", {"text": "#ffffff", "ground": "#66bb66"}, 3 / 4, "Its colours are as they were."),
        ("Frame", {"text": "#999999", "ground": "#ffffff"}, 3 / 4, "2.84 is below 3, the least for non-text"),
    ],
)
def test_colours_that_do_not_pass_are_told_why(name, colours, share, words):
    feedback = judge_contrast({**MENDED, name: colours}, SAMPLES)
    assert feedback.share == pytest.approx(share) and words in feedback.message


def test_the_nearest_colour_is_offered_and_taken(tmp_path):
    exercise = picker(tmp_path)
    nearest = nearest_passing_colour("#999999", "#ffffff", ratio=4.5)
    assert f"The nearest colour of the text that passes: {nearest}" in shown_html(exercise)
    take = next(one for one in controls(exercise, widgets.Button) if one.description.startswith("Note"))
    take.click()
    assert saved(tmp_path)["Note"]["text"] == nearest
    assert contrast_ratio(nearest, "#ffffff") >= 4.5
    without = picker(tmp_path / "other", offer=False)
    assert "nearest" not in shown_html(without)


def test_field_and_slider_follow_each_other_and_the_hue_survives_black(tmp_path):
    exercise = picker(tmp_path)
    field, slider = named(exercise, "Help: text"), named(exercise, "Help: text, lightness")
    field.value = "navy"
    assert saved(tmp_path)["Help"]["text"] == "#000080" and slider.value == lightness("#000080") == 25
    slider.value = 0
    assert field.value == "#000000"
    slider.value = 40
    assert field.value == "#0000cc"
    field.value = "no colour"
    assert saved(tmp_path)["Help"]["text"] == "#0000cc"
    assert any("which is no colour" in box.value for box in controls(exercise, widgets.HTML))


def test_a_house_colour_has_no_controls(tmp_path):
    names = {one.description for one in controls(picker(tmp_path), widgets.Text)}
    assert names == {"Note: text", "Button: ground", "Help: text", "Help: ground", "Frame: line", "Frame: ground"}


def test_colours_may_be_marked_later(tmp_path):
    exercise = picker(tmp_path, marked_later=True)
    exercise.answer = {"Note": MENDED["Note"]}
    assert exercise.check().message == "Not changed yet: Button, Help, Frame."
    exercise.answer = MENDED
    assert exercise.check().rung is Rung.ANSWERED


@pytest.mark.parametrize(
    "wrong", [7, {"Nothing": {}}, {"Note": {"text": "#000"}}, {"Note": {"text": "x", "ground": "y"}}]
)
def test_colours_of_another_kind_are_refused(tmp_path, wrong):
    with pytest.raises(ValueError, match=r"should be|which is no colour"):
        picker(tmp_path).answer = wrong
    assert judge_contrast(wrong, SAMPLES).rung is Rung.WRONG_KIND


def test_there_is_no_higher_level_for_what_is_no_text():
    with pytest.raises(ValueError, match="no level AAA for non-text"):
        _ = ContrastSample("A line", "#000", "#fff", level="AAA", non_text=True).least


# --- sample size ------------------------------------------------------------------------------------------------------

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


# --- the audit of a page ----------------------------------------------------------------------------------------------

RULES = ["image-without-alt", "vague-link", "low-contrast", "no-title", "empty-heading"]
PAGE = make_page(seed=5, faults=RULES[:3])
FAULTS = fault_lines(PAGE.html)


def audit(folder, **more):
    settings = {"html": PAGE.html, "rules": RULES, "faults": FAULTS, **more}
    return PageAudit("q1", title="Audit", prompt="Find.", folder=folder, **settings)


def as_answer(marks):
    return [mark._asdict() for mark in marks]


def test_all_faults_marked_are_right_in_any_order(tmp_path):
    exercise = audit(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = as_answer(FAULTS[::-1])
    assert exercise.check().right and exercise.answer == as_answer(FAULTS)
    assert audit(tmp_path).answer == as_answer(FAULTS)
    assert f"line {FAULTS[0].line}:" in exercise.text()


def test_misses_and_false_alarms_are_counted_and_named():
    feedback = judge_audit(as_answer([FAULTS[0], Mark(20, "no-title"), Mark(FAULTS[1].line, "no-title")]), FAULTS)
    assert feedback.share == pytest.approx((1 + 0.5 - 0.5) / 3)
    assert "1 of 3 faults found, 1 missed, 1 on the right line by another rule; 1 false alarm." in feedback.message
    assert "Line 20 does not break “no title”" in feedback.message
    assert f"Still to be found: {FAULTS[2].rule.replace('-', ' ')}." in feedback.message
    quiet = judge_audit(as_answer([FAULTS[0]]), FAULTS, tell=False)
    assert quiet.message == "1 of 3 faults found, 2 missed; no false alarms."


def test_marks_are_made_and_taken_back_with_the_controls(tmp_path):
    exercise = audit(tmp_path)
    line, rule = FAULTS[0]
    named(exercise, "Mark this").click()
    assert exercise.answer is None, "nothing is chosen yet"
    named(exercise, "Line").value, named(exercise, "Rule").value = line, rule
    named(exercise, "Mark this").click()
    assert saved(tmp_path) == as_answer(FAULTS[:1])
    named(exercise, "Marks").value = f"{line} {rule}"
    named(exercise, "Take this mark back").click()
    assert saved(tmp_path) == []
    assert exercise.check().message == "Nothing is marked yet." or exercise.check().rung is Rung.NOT_ANSWERED
    named(exercise, "Take this mark back").click()


def test_the_page_is_shown_with_its_source(tmp_path):
    html = shown_html(audit(tmp_path))
    assert 'sandbox=""' in html and "Source of the page, line by line" in html
    assert "&lt;main" in html


def test_every_line_with_a_fault_is_offered(tmp_path):
    lines = {value for _, value in named(audit(tmp_path), "Line").options}
    assert {fault.line for fault in FAULTS} <= lines


@pytest.mark.parametrize(
    "wrong",
    ["x", [3], [{"line": 3}], [{"line": 0, "rule": "vague-link"}], [{"line": 999, "rule": "vague-link"}],
     [{"line": 3, "rule": "ugly"}]],
)  # fmt: skip
def test_marks_of_another_kind_are_refused(tmp_path, wrong):
    with pytest.raises(ValueError, match=r"should be|is no mark"):
        audit(tmp_path).answer = wrong


def test_an_audit_may_be_marked_later_and_refuses_unknown_rules(tmp_path):
    exercise = audit(tmp_path, faults=None)
    exercise.answer = as_answer(FAULTS[:1])
    assert exercise.check().rung is Rung.ANSWERED
    assert judge_audit([{"line": 3}], FAULTS).rung is Rung.WRONG_KIND
    with pytest.raises(ValueError, match="rule 'ugly' is not known"):
        audit(tmp_path, rules=["ugly"])


# --- plain words ------------------------------------------------------------------------------------------------------

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
