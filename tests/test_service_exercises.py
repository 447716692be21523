"""Tests of the exercises on service without a browser: the queue, a day's staffing, and ratings by a rubric."""

import json
import time

import pytest

from cxux_helpers.exercises.queue_lab import QueueGoal, QueueLab, judge_queue_lab
from cxux_helpers.exercises.rubric_rating import RubricRating, judge_rubric_rating
from cxux_helpers.exercises.staffing_plan import StaffingPlan, judge_staffing_plan
from cxux_helpers.feedback import NoAnswer, Rung
from tests.exercise_views import ANSWERING, controls, shown_html

GOAL = QueueGoal(calls=100, aht=180, shrinkage=30)
THEN = {"So": {"fewer": "Yes.", "more": "No."}}
QUEUE = {"calls": 100, "aht": 180, "agents": 14, "shrinkage": 30, "patience": 0, "then": {"So": "fewer"}}
DAY = {"8 to 10": 96, "10 to 12": 300, "12 to 14": 144, "14 to 16": 120, "16 to 18": 180, "18 to 20": 60}
PLAN = dict(zip(DAY, (6, 14, 8, 7, 9, 4), strict=True))
TALKS = {"one": [("Customer", "It <b>broke</b>."), ("Agent", "I am sorry.")], "two": [("", "The customer leaves.")]}
LEVELS = {"steps": ("none", "some", "all"), "empathy": ("cold", "polite", "warm")}
KEY = {"one": {"steps": 1, "empathy": 3}, "two": {"steps": 2, "empathy": 1}}
WHY = {"one": {"steps": "Nothing was asked."}, "two": {"empathy": "Nobody spoke."}}


def queue(folder, **more):
    settings = {"goal": GOAL, "questions": THEN, "key": {"So": "fewer"}, **more}
    return QueueLab("q1", title="Queue", prompt="Slide.", folder=folder, **settings)


def plan(folder, **more):
    return StaffingPlan(
        "q1", title="Day", prompt="Slide.", folder=folder, **{"day": DAY, "hours": 2, "aht": 240, "start": 9, **more}
    )


def rating(folder, **more):
    settings = {"conversations": TALKS, "dimensions": LEVELS, "key": KEY, "why": WHY, **more}
    return RubricRating("q1", title="Rate", prompt="Read.", folder=folder, **settings)


FAMILIES = [
    pytest.param(
        queue, QUEUE, QUEUE | {"agents": 12, "then": {}},
        {"goal": None, "questions": {"So": ["fewer", "more"]}, "key": None}, id="queue",
    ),
    pytest.param(plan, PLAN, {"8 to 10": 3}, {"marked_later": True}, id="plan"),
    pytest.param(rating, KEY, {"one": {"steps": 3}}, {"key": None, "why": None}, id="rating"),
]  # fmt: skip
every_family = pytest.mark.parametrize(("make", "right", "wrong", "later"), FAMILIES)


def control(exercise, name):
    return next(c for c in controls(exercise, ANSWERING) if c.description.startswith(name))


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
    assert exercise.check().rung is Rung.NOT_ANSWERED


@every_family
def test_the_controls_show_an_answer_and_give_it_back(tmp_path, make, right, wrong, later):
    exercise = make(tmp_path)
    exercise.answer = right
    shown = controls(exercise, ANSWERING)[0]
    shown.notify_change({"name": "value", "old": None, "new": shown.value, "owner": shown, "type": "change"})
    assert exercise.answer == right


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
    assert "Your answer" in exercise.text()


@pytest.mark.parametrize(
    ("judge", "bad"),
    [
        (lambda a: judge_queue_lab(a, GOAL), QUEUE | {"agents": 14.5}),
        (lambda a: judge_queue_lab(a, GOAL), QUEUE | {"calls": 5000}),
        (lambda a: judge_queue_lab(a, GOAL), {"agents": 14}),
        (lambda a: judge_queue_lab(a, GOAL, questions=THEN, key={"So": "fewer"}), QUEUE | {"then": {"So": "x"}}),
        (lambda a: judge_queue_lab(a, GOAL), QUEUE | {"then": {"So": "fewer"}}),
        (lambda a: judge_staffing_plan(a, DAY, hours=2, aht=240), PLAN | {"8 to 10": True}),
        (lambda a: judge_staffing_plan(a, DAY, hours=2, aht=240), PLAN | {"night": 3}),
        (lambda a: judge_staffing_plan(a, DAY, hours=2, aht=240), [6, 14]),
        (lambda a: judge_rubric_rating(a, KEY), {"three": {}}),
        (lambda a: judge_rubric_rating(a, KEY), {"one": {"charm": 1}}),
        (lambda a: judge_rubric_rating(a, KEY), {"one": {"steps": 4}}),
        (lambda a: judge_rubric_rating(a, KEY), "good"),
    ],
)
def test_what_is_no_answer_is_called_so_and_earns_nothing(judge, bad):
    assert judge(bad).rung is Rung.WRONG_KIND
    assert judge(NoAnswer("Nothing is saved yet.")).rung is Rung.NOT_ANSWERED


# --- the queue --------------------------------------------------------------------------------------------------


def test_the_goal_is_the_published_example_of_erlang_c():
    # 100 calls in half an hour, 3 minutes each, 80 % in 20 seconds, 30 % shrinkage: 14 agents, 20 on the schedule.
    assert GOAL.agents == 14


@pytest.mark.parametrize(
    ("change", "share", "says"),
    [
        ({"agents": 13}, 2 / 3, "By the formula these stay below 80%"),
        ({"agents": 15}, 5 / 6, "fewer would"),
        ({"shrinkage": 0, "aht": 200}, 2 / 3, "Set as forecast: handling time in seconds, shrinkage in percent."),
        ({"then": {"So": "more"}}, 2 / 3, "No."),
    ],
)
def test_each_part_of_the_queue_is_told_apart(change, share, says):
    told = judge_queue_lab(QUEUE | change, GOAL, questions=THEN, key={"So": "fewer"})
    assert told.share == pytest.approx(share)
    assert says in told.message


def test_a_slider_shows_formula_and_simulation_in_time(tmp_path):
    exercise = queue(tmp_path)
    exercise.answer = QUEUE | {"patience": 120}
    shown = shown_html(exercise)
    assert "14 agents need 20 people on the schedule" in shown and "88.8% by the formula" in shown
    assert "hang up" in shown
    start = time.process_time()
    for agents in (13, 12, 11, 10):
        control(exercise, "Agents").value = agents
    assert (time.process_time() - start) / 4 < 0.1
    assert "12 agents" not in shown_html(exercise) and "10.0 erlangs for 10 agents" in shown_html(exercise)


def test_callers_who_hang_up_let_fewer_agents_reach_the_target_than_the_formula_asks_for(tmp_path):
    exercise = queue(tmp_path)
    levels = {n: exercise._both(QUEUE | {"agents": n, "patience": 120})[1].service_level.value for n in (11, 12)}
    assert levels[11] < 0.8 < levels[12]


def test_a_line_without_end_is_said_in_words(tmp_path):
    exercise = queue(tmp_path)
    exercise.answer = QUEUE | {"agents": 10}
    assert "They cannot keep up with the calls" in shown_html(exercise) and "the line grows" in shown_html(exercise)
    exercise.answer = QUEUE | {"calls": 105, "agents": 11}
    assert "takes days to settle" in shown_html(exercise)


# --- the day ----------------------------------------------------------------------------------------------------


def test_the_mean_of_the_day_is_named_as_what_went_wrong():
    told = judge_staffing_plan(dict.fromkeys(DAY, 8), DAY, hours=2, aht=240)
    # Right from 12 to 14, too many in three intervals, too few in two.
    assert told.share == pytest.approx((1 + 3 / 2) / 6)
    assert "Too few answer in 10 to 12, 16 to 18" in told.message


def test_one_too_many_earns_half_and_one_too_few_nothing():
    told = judge_staffing_plan(PLAN | {"8 to 10": 7, "10 to 12": 13}, DAY, hours=2, aht=240)
    assert told.share == pytest.approx(4.5 / 6)
    assert "8 to 10: close. Fewer would do." in told.message and "10 to 12: not yet." in told.message
    assert judge_staffing_plan({"8 to 10": 6}, DAY, hours=2, aht=240).rung is Rung.NOT_ANSWERED


def test_a_plan_shows_what_it_costs_and_where_it_fails(tmp_path):
    exercise = plan(tmp_path, patience=120, wage=24)
    exercise.answer = dict.fromkeys(DAY, 8)
    shown = shown_html(exercise)
    assert "96 agent hours, 2,304 euros a day" in shown
    assert "below 80% by the formula: 10 to 12, 16 to 18" in shown
    start = time.process_time()
    for name, agents in PLAN.items():
        control(exercise, name).value = agents
    assert (time.process_time() - start) / 6 < 0.1
    assert "at least 80% everywhere by the formula" in shown_html(exercise) and "96 agent hours" in shown_html(exercise)
    assert exercise.check().right


def test_a_plan_that_is_marked_later_shows_the_bill_alone(tmp_path):
    exercise = plan(tmp_path, marked_later=True)
    assert "agent hours" in shown_html(exercise) and "formula" not in shown_html(exercise)


# --- the rubric -------------------------------------------------------------------------------------------------


def test_kappa_is_the_credit_and_each_dimension_is_told_apart():
    given = {"one": {"steps": 1, "empathy": 3}, "two": {"steps": 1, "empathy": 1}}
    # Mine are 1 3 1 1 and the key's 1 3 2 1: they differ by 1 once in four, by 1.5 (squared) if paired blindly.
    told = judge_rubric_rating(given, KEY, why=WHY, enough=0.9)
    assert told.share == pytest.approx(1 - (1 / 4) / 1.5)
    assert "kappa with the key is 0.83; from 0.90 on" in told.message
    assert "Steps: stricter than the key on two." in told.message and "Empathy" not in told.message
    assert judge_rubric_rating(given, KEY).right


def test_ratings_that_tell_nothing_apart_earn_nothing():
    told = judge_rubric_rating({who: dict.fromkeys(LEVELS, 2) for who in TALKS}, KEY, why=WHY)
    assert told.share == 0
    assert "tells nothing apart" in told.message
    assert "Steps: kinder than the key on one. Nothing was asked." in told.message
    only = {who: dict.fromkeys(LEVELS, 3) for who in TALKS}
    assert judge_rubric_rating(only, only).share == 0


def test_open_ratings_reduce_the_credit():
    told = judge_rubric_rating({"one": KEY["one"]}, KEY)
    assert told.share == pytest.approx(0.5)
    assert "2 of 4 ratings are still open" in told.message
    assert judge_rubric_rating({"one": {}}, KEY).rung is Rung.NOT_ANSWERED


def test_what_is_said_in_a_conversation_is_shown_as_text(tmp_path):
    shown = shown_html(rating(tmp_path, briefs={"one": "Told: “be <kind>”."}))
    assert "Told: “be &lt;kind&gt;”." in shown
    assert "It &lt;b&gt;broke&lt;/b&gt;." in shown and "<em>The customer leaves.</em>" in shown
    assert '<th scope="row">empathy</th><td>cold</td>' in shown


def test_a_rubric_describes_every_level(tmp_path):
    with pytest.raises(ValueError, match="dimension 'steps' describes 2 levels, but there are 3"):
        rating(tmp_path, dimensions={"steps": ("none", "all")})
