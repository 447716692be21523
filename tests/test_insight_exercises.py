"""Tests of the exercises on surveys without a browser: cleaning, intervals, a bias hunt and Kano pairs."""

import json

import pandas as pd
import pytest

from cxux_helpers.estimates import proportion
from cxux_helpers.exercises.bias_hunt import FAULTS, KEEP, BiasHunt, DraftQuestion, judge_bias_hunt
from cxux_helpers.exercises.clean_survey import CleanSurvey, judge_cleaning
from cxux_helpers.exercises.interval_explorer import IntervalExplorer, IntervalGoal, judge_interval
from cxux_helpers.exercises.kano_pairs import KanoFeature, KanoPairs, judge_kano_pairs
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.surveys.cleaning import CLEANING_DECISIONS
from cxux_helpers.surveys.kano import KANO_CLASSES
from cxux_helpers.surveys.satisfaction import expected_interval
from tests.exercise_views import ANSWERING, controls, shown_html

RAW = pd.DataFrame(
    [
        (1, "2026-03-02", "e-mail", 2), (1, "2026-03-05", "card", 4), (2, "2026-03-03", "e-mail", 9),
        (3, "2026-03-03", "e-mail", None), (4, "2026-03-04", "e-mail", 5), (9, "2026-03-01", "staff test", 5),
    ],
    columns=["customer_id", "answered_at", "channel", "csat"],
)  # fmt: skip
CLEAN_KEY = {"tests": "drop", "doubles": "keep the last", "off_scale": "leave out", "missing": "leave out"}
CLEAN_WHY = {
    name: {option: f"About {name}, {option}." for option in options} for name, options in CLEANING_DECISIONS.items()
}
THEN = {"It costs": {"twice as much": "No.", "four times as much": "Yes."}}
THEN_KEY = {"It costs": "four times as much"}
DRAFTS = {
    "Question 1": DraftQuestion(
        "Nice, was it not?", ("How nice was it?", "How was it?"), "leading", "How was it?", "It pushes.", "Think.",
        {"How nice was it?": "Still nice."},
    ),
    "Question 2": DraftQuestion("How old are you?", ("Are you old?",), "fine", KEEP, "It is fine.", "Leave it."),
}  # fmt: skip
HUNTED = {
    "fault": {"Question 1": "leading", "Question 2": "fine"},
    "wording": {"Question 1": "How was it?", "Question 2": KEEP},
}
FEATURES = {"Tracking": KanoFeature("You see it.", "You do not.", "M"), "Points": KanoFeature("Some.", "None.")}
PAIRS = {"Tracking": {"with": "neutral", "without": "dislike"}, "Points": {"with": "like", "without": "like"}}


def clean(folder, **more):
    settings = {"raw": RAW, "key": CLEAN_KEY, "why": CLEAN_WHY, **more}
    return CleanSurvey("q1", title="Clean", prompt="Decide.", folder=folder, **settings)


def explorer(folder, **more):
    settings = {"goal": IntervalGoal(0.05), "questions": THEN, "key": THEN_KEY, **more}
    return IntervalExplorer("q1", title="Interval", prompt="Slide.", folder=folder, **settings)


def hunt(folder, **more):
    return BiasHunt("q1", title="Hunt", prompt="Look.", folder=folder, **{"questions": DRAFTS, **more})


def kano(folder, **more):
    return KanoPairs("q1", title="Kano", prompt="Answer.", folder=folder, **{"features": FEATURES, **more})


FAMILIES = [
    pytest.param(clean, CLEAN_KEY, {"tests": "keep"}, {"key": None, "why": None}, id="cleaning"),
    pytest.param(
        explorer, {"n": 381, "share": 50, "then": THEN_KEY}, {"n": 20, "share": 80, "then": {}},
        {"goal": None, "questions": {"It costs": ["twice as much", "four times as much"]}, "key": None}, id="interval",
    ),
    pytest.param(hunt, HUNTED, {"fault": {"Question 1": "loaded"}, "wording": {}}, {"marked_later": True}, id="hunt"),
    pytest.param(kano, PAIRS, {"Tracking": {"with": "like"}}, {"marked_later": True}, id="kano"),
]  # fmt: skip
every_family = pytest.mark.parametrize(("make", "right", "wrong", "later"), FAMILIES)


def control(exercise, name):
    return next(c for c in controls(exercise, ANSWERING) if c.description == name)


# --- what holds for every family --------------------------------------------------------------------------------


@every_family
def test_an_answer_is_judged_saved_and_restored_without_a_browser(tmp_path, make, right, wrong, later):
    exercise = make(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = wrong
    assert exercise.check().share < 1
    exercise.answer = right
    assert exercise.check().right
    saved = json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"]
    assert make(tmp_path).answer == saved == right


@every_family
def test_without_a_key_nothing_is_said_about_right_and_wrong(tmp_path, make, right, wrong, later):
    exercise = make(tmp_path, **later)
    exercise.answer = right
    assert exercise.check().rung is Rung.ANSWERED
    exercise.answer = wrong
    assert (
        exercise.check().rung is Rung.NOT_ANSWERED and "till" in exercise.check().message
    )  # still to choose, still open


@every_family
def test_the_controls_show_an_answer_and_give_it_back(tmp_path, make, right, wrong, later):
    exercise = make(tmp_path)
    exercise.answer = right
    for shown in controls(exercise, ANSWERING):  # built after the answer, so the controls must take it over
        shown.notify_change({"name": "value", "old": None, "new": shown.value, "owner": shown, "type": "change"})
    assert exercise.answer == right
    exercise.answer = wrong
    assert [c.value for c in controls(exercise, ANSWERING)] == [c.value for c in controls(make(tmp_path), ANSWERING)]


@every_family
def test_every_control_has_a_name_of_its_own(tmp_path, make, right, wrong, later):
    names = [shown.description for shown in controls(make(tmp_path), ANSWERING)]
    assert all(names) and len(set(names)) == len(names)


@every_family
def test_a_marker_reads_the_answer_as_text(tmp_path, monkeypatch, make, right, wrong, later):
    exercise = make(tmp_path)
    exercise.answer = right
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    (text,) = exercise._repr_mimebundle_().values()
    assert "Your answer" in text
    exercise.answer = wrong
    assert exercise.text() != text


BAD = [
    (clean, ["drop"], "the keys tests, doubles"),
    (clean, {"tests": "hide"}, "it should be one of: keep; drop"),
    (clean, {"colour": "red"}, "the keys tests, doubles"),
    (explorer, 381, "keys n, share and then"),
    (explorer, {"n": 9}, "from 10 to 2000"),
    (explorer, {"n": True}, "from 10 to 2000"),
    (explorer, {"n": 100, "share": 101}, "from 0 to 100"),
    (explorer, {"n": 100, "then": ["twice as much"]}, "an option for each of: It costs"),
    (explorer, {"n": 100, "then": {"It costs": "nothing"}}, "choose one of: twice as much"),
    (hunt, {"Question 1": "leading"}, "should look like"),
    (hunt, {"fault": {"Question 9": "leading"}}, "only these questions: Question 1, Question 2"),
    (hunt, {"fault": {"Question 1": "ugly"}}, "choose one of: leading"),
    (hunt, {"wording": {"Question 2": "How was it?"}}, "Are you old"),
    (kano, ["M"], "features of these: Tracking, Points"),
    (kano, {"Tracking": {"beside": "like"}}, "should look like"),
    (kano, {"Tracking": "like"}, "should look like"),
    (kano, {"Tracking": {"with": "love"}}, "'love' is no answer"),
]


@pytest.mark.parametrize(("make", "answer", "message"), BAD)
def test_an_impossible_answer_is_refused_with_the_remedy(tmp_path, make, answer, message):
    exercise = make(tmp_path)
    with pytest.raises(ValueError, match=message):
        exercise.answer = answer
    assert exercise.answer is None and not (tmp_path / "answers").exists()


@pytest.mark.parametrize(
    "answer", [NoAnswer("Nothing saved."), None, [1], "text", {"n": "9"}, {"fault": 7}, {"tests": 7}]
)
def test_a_judge_survives_any_answer_that_a_file_may_hold(answer):
    for feedback in (
        judge_cleaning(answer, CLEAN_KEY, CLEAN_WHY),
        judge_interval(answer, IntervalGoal(0.05), questions=THEN, key=THEN_KEY),
        judge_bias_hunt(answer, DRAFTS),
        judge_kano_pairs(answer, FEATURES),
    ):
        assert feedback.share == 0 and feedback.rung <= Rung.OUT_OF_RANGE


# --- cleaning ---------------------------------------------------------------------------------------------------


def test_the_score_follows_each_decision_at_once(tmp_path):
    exercise = clean(tmp_path)
    # As it came: 2, 4, 9, 5 and the staff's 5; of these five ratings four are 4 or more, mean 25 / 5.
    assert shown_html(exercise).count("<td>5</td><td>80.0%</td>") == 2 and "<td>5.00</td>" in shown_html(exercise)
    control(exercise, "Test answers of the staff").value = "drop"
    control(exercise, "Several answers of one customer").value = "keep the last"
    control(exercise, "Ratings off the scale").value = "leave out"
    # Left are the last word of customer 1, which is 4, and the 5 of customer 4.
    assert "<td>2</td><td>100.0%</td>" in shown_html(exercise) and "<td>4.50</td>" in shown_html(exercise)
    assert exercise.answer == {name: CLEAN_KEY[name] for name in ("tests", "doubles", "off_scale")}


@pytest.mark.parametrize("decision", CLEANING_DECISIONS)
def test_a_wrong_decision_costs_a_quarter_and_is_told_why(decision):
    wrong = next(option for option in CLEANING_DECISIONS[decision] if option != CLEAN_KEY[decision])
    feedback = judge_cleaning(CLEAN_KEY | {decision: wrong}, CLEAN_KEY, CLEAN_WHY)
    assert feedback.share == 0.75 and f"About {decision}, {wrong}." in feedback.message


# --- intervals --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "n"), [(40, 80), (0, 10), (10, 10), (7, 100), (1999, 2000)])
def test_the_expected_interval_is_that_of_proportion(count, n):
    known = proportion(count, n)
    low, high, reach = expected_interval(count / n, n)
    assert (low, high) == pytest.approx((known.low, known.high))
    assert reach >= (high - low) / 2 - 1e-12


@pytest.mark.parametrize(("half_width", "share"), [(0.05, None), (0.03, 0.8), (0.1, 0.1), (0.08, 0.0)])
def test_the_fewest_answers_reach_the_goal_and_one_fewer_do_not(half_width, share):
    goal = IntervalGoal(half_width, share)
    worst = 0.5 if share is None else share
    assert expected_interval(worst, goal.fewest).reach <= half_width < expected_interval(worst, goal.fewest - 1).reach


def test_five_points_whatever_the_share_take_381_answers():
    # z² / (4 d²) − z² = 3.8415 / 0.01 − 3.8415 = 380.3, as Agresti and Coull's interval has it.
    assert IntervalGoal(0.05).fewest == 381
    assert judge_interval({"n": 381, "share": 12}, IntervalGoal(0.05)).right


def test_what_reads_as_five_points_is_never_more_than_five():
    # 380 answers reach 5.002 points, 381 reach 4.995.
    assert [expected_interval(0.5, n).points for n in (380, 381)] == ["5.1", "5.0"]


@pytest.mark.parametrize(
    ("n", "share", "words"),
    [
        (380, 50, "Ask more people"),
        (385, 50, "fewer would do"),
        (321, 70, "enough for a share of 70%, but for 50% it reaches 5.5 points to each side. Move the share"),
    ],
)
def test_each_way_to_miss_the_fewest_has_its_own_words(n, share, words):
    feedback = judge_interval({"n": n, "share": share}, IntervalGoal(0.05))
    assert not feedback.right and words in feedback.message


def test_where_the_share_is_known_another_one_does_not_count():
    feedback = judge_interval({"n": 300, "share": 95}, IntervalGoal(0.03, share=0.8))
    assert "but for 80%" in feedback.message and "Move the share" not in feedback.message


def test_the_words_follow_the_sliders(tmp_path):
    exercise = explorer(tmp_path, cost=4, group="guests are happy")
    control(exercise, "Number of answers").value = 100
    control(exercise, "Share in percent").value = 50
    shown = shown_html(exercise)
    assert "about 50 in 100 guests are happy, and it may well be 40 or 60" in shown
    for words in (
        "<strong>100 answers</strong> (your survey): 40.4% to 59.6%, at most 9.7 points",
        "25 answers",
        "400 answers",
    ):
        assert words in shown
    assert "1,600 euros" in shown and exercise.answer["n"] == 100


# --- bias hunt --------------------------------------------------------------------------------------------------


def test_a_fault_and_a_wording_each_tell_what_to_think_about():
    given = {
        "fault": HUNTED["fault"] | {"Question 1": "absolute"},
        "wording": HUNTED["wording"] | {"Question 1": "How nice was it?", "Question 2": "Are you old?"},
    }
    feedback = judge_bias_hunt(given, DRAFTS)
    assert feedback.share == pytest.approx((1 / 2 + 0) / 2)
    for words in ("Question 1: It pushes.", "Question 1: Still nice.", "Question 2: Leave it."):
        assert words in feedback.message


def test_every_fault_says_what_it_means_in_the_menu(tmp_path):
    menu = control(hunt(tmp_path), "Question 1: fault")
    assert [value for _, value in menu.options[1:]] == list(FAULTS)
    assert all(meaning in label for (label, _), meaning in zip(menu.options[1:], FAULTS.values(), strict=True))


def test_a_key_that_is_not_on_offer_is_the_authors_error():
    with pytest.raises(ValueError, match="'ugly' is not known; choose: leading"):
        DraftQuestion("How?", ("What?",), "ugly")
    with pytest.raises(ValueError, match="'Who\\?' is not on offer; choose one of: What"):
        DraftQuestion("How?", ("What?",), "leading", "Who?")
    with pytest.raises(ValueError, match="target 'Z' is no class; choose one of: M"):
        KanoFeature("With.", "Without.", "Z")


# --- Kano pairs -------------------------------------------------------------------------------------------------


def test_the_class_appears_as_soon_as_both_questions_are_answered(tmp_path):
    exercise = kano(tmp_path)
    assert shown_html(exercise).count("answer both questions to see it") == 2
    control(exercise, "You see it.").value = "neutral"
    assert "must-be (M)" not in shown_html(exercise)
    control(exercise, "You do not.").value = "dislike"
    assert "Class: must-be (M), taken for granted" in shown_html(exercise)


PAIR_OF = {
    "M": ("neutral", "dislike"), "O": ("like", "dislike"), "A": ("like", "neutral"), "I": ("neutral", "live with"),
    "R": ("dislike", "like"), "Q": ("like", "like"),
}  # fmt: skip


@pytest.mark.parametrize("target", KANO_CLASSES)
def test_every_class_can_be_produced_and_a_wrong_one_is_named(target):
    features = {"Tracking": KanoFeature("With.", "Without.", target)}
    right = dict(zip(("with", "without"), PAIR_OF[target], strict=True))
    assert judge_kano_pairs({"Tracking": right}, features).right
    other = "I" if target == "M" else "M"
    wrong = dict(zip(("with", "without"), PAIR_OF[other], strict=True))
    feedback = judge_kano_pairs({"Tracking": wrong}, features)
    assert f"make it {KANO_CLASSES[other]}, not {KANO_CLASSES[target]}" in feedback.message


def test_a_feature_without_a_task_takes_any_pair_but_needs_both_answers():
    assert judge_kano_pairs(PAIRS, FEATURES).right
    assert judge_kano_pairs({"Tracking": PAIRS["Tracking"]}, FEATURES).rung is Rung.NOT_ANSWERED


def test_a_question_that_is_marked_later_does_not_show_the_class(tmp_path):
    exercise = kano(tmp_path, marked_later=True)
    exercise.answer = PAIRS
    assert "Class" not in shown_html(exercise) + exercise.text()
