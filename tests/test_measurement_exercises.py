"""Tests of the exercises of module 8 without a browser: news or noise, the driver quadrant, and the A/B lab."""

import json
import re

import ipywidgets as widgets
import pandas as pd
import pytest

from cxux_helpers.ab_trials import false_alarms, planned_days, trial_until
from cxux_helpers.datasets.ab_trials import make_ab_trial
from cxux_helpers.datasets.drivers import make_driver_survey
from cxux_helpers.exercises.ab_lab import DECISIONS, ABLab, ABPlan, judge_ab_lab
from cxux_helpers.exercises.driver_quadrant import DriverQuadrant, judge_driver_quadrant
from cxux_helpers.exercises.news_or_noise import NewsOrNoise, judge_news_or_noise
from cxux_helpers.feedback import NoAnswer, Rung
from tests import exercise_views

ODD = [NoAnswer("Nothing saved."), None, [1], "text", 7, {"verdicts": 3}, {"looks": "x"}, {"quadrants": []}, {"x": {}}]


def controls(exercise, kind):
    return {widget.description: widget for widget in exercise_views.controls(exercise, kind)}


# --- news or noise --------------------------------------------------------------------------------------------------

# From Jan to Feb a few people; from Feb to Mar the same shares with many; from Mar to Apr 20 points with many.
MONTHS = pd.DataFrame(
    [("Jan", 6, 7, 7), ("Feb", 300, 300, 400), ("Mar", 290, 310, 400), ("Apr", 200, 300, 500)],
    columns=["month", "detractors", "passives", "promoters"],
)
NEWS = {"Feb": "noise", "Mar": "noise", "Apr": "news"}


def months(folder, **more):
    settings = {"months": MONTHS, "key": NEWS, **more}
    return NewsOrNoise("q1", title="Months", prompt="Judge.", folder=folder, **settings)


def test_verdicts_are_judged_saved_and_restored(tmp_path):
    exercise = months(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = {"verdicts": NEWS}
    assert exercise.check().right
    assert json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"] == {"verdicts": NEWS}
    assert months(tmp_path).answer == {"verdicts": NEWS}
    assert "Apr (+19 points): news" in exercise.text()


def test_a_wrong_verdict_is_told_by_its_interval():
    noise = judge_news_or_noise({"verdicts": NEWS | {"Feb": "news"}}, MONTHS, NEWS)
    assert noise.share == pytest.approx(2 / 3)
    assert "Feb: 20 and then 1000 people answered. The interval of the change" in noise.message
    assert "holds 0: chance alone may do this" in noise.message
    news = judge_news_or_noise({"verdicts": NEWS | {"Apr": "noise"}}, MONTHS, NEWS)
    assert "leaves 0 out" in news.message


def test_months_without_a_key_are_only_counted(tmp_path):
    exercise = months(tmp_path, key=None)
    exercise.answer = {"verdicts": {"Feb": "news"}}
    assert exercise.check().message == "2 of 3 changes still to judge."
    exercise.answer = {"verdicts": dict.fromkeys(NEWS, "news")}
    assert exercise.check().rung is Rung.ANSWERED


def test_menus_give_the_verdicts_and_looking_is_no_answer(tmp_path):
    exercise = months(tmp_path)
    menus = controls(exercise, widgets.Dropdown)
    menus["Look closely at"].value = "Apr"
    assert "Mar: +11" in exercise._closer.value and "Change: +19" in exercise._closer.value
    menus["Look closely at"].value = "– choose –"
    assert exercise._closer.value == "" and exercise.answer is None
    for label, menu in menus.items():
        if label != "Look closely at":
            menu.value = NEWS[label[:3]]
    assert exercise.answer == {"verdicts": NEWS}
    assert controls(months(tmp_path), widgets.Dropdown)["Apr: +19 points"].value == "news"


def test_what_has_gone_down_is_told_with_a_minus_sign(tmp_path):
    down = pd.DataFrame({"month": ["Jan", "Feb"], "detractors": [20, 50], "passives": [30, 30], "promoters": [50, 20]})
    exercise = months(tmp_path, months=down, key={"Feb": "news"})
    exercise.answer = {"verdicts": {"Feb": "news"}}
    assert list(controls(exercise, widgets.Dropdown)) == ["Look closely at", "Feb: −60 points"]
    controls(exercise, widgets.Dropdown)["Look closely at"].value = "Feb"
    words = " ".join([exercise_views.shown_html(exercise), exercise.text(), exercise.check().message])
    assert "<td>−30</td><td>−60</td>" in words and "Change: −60" in words
    assert not re.search(r"(?<![\w\"])-\d", words)


def test_the_simulator_follows_its_sliders_and_asks_other_people(tmp_path):
    exercise = months(tmp_path)
    sliders = controls(exercise, widgets.IntSlider)
    first = exercise._spread.value
    assert "The true NPS is +25, always. 40 surveys of 60 people" in first
    controls(exercise, widgets.Button)["Ask other people"].click()
    assert exercise._spread.value != first and exercise._dots.value.count("<circle") == 40
    sliders["Promoters in percent"].value = 90
    assert "Lower one of them" in exercise._spread.value and exercise._dots.value == ""
    assert exercise.answer is None


# --- driver quadrant ------------------------------------------------------------------------------------------------

SURVEY, TRUTH = make_driver_survey(weights={"waiting": 0.6, "guides": 0.45, "exhibits": 0.3, "café": 0.04, "signs": 0.1}, seed=2)  # fmt: skip  # noqa: E501
DRIVERS = list(TRUTH.index)
CONCENTRATE, KEEP, LOW, OVERKILL = (
    "Concentrate here", "Keep up the good work", "Low priority", "Possible overkill"
)  # fmt: skip
RIGHT = {
    "quadrants": {"waiting": CONCENTRATE, "guides": KEEP, "exhibits": OVERKILL, "café": LOW, "signs": LOW},
    "act": "waiting",
}
WHY = {driver: f"About {driver}." for driver in DRIVERS}


def quadrant(folder, **more):
    settings = {"survey": SURVEY, "outcome": "satisfaction", "drivers": DRIVERS, "act": "waiting", "why": WHY, **more}
    return DriverQuadrant("q2", title="Where?", prompt="Place.", folder=folder, **settings)


def test_shares_find_the_planted_driver_and_the_correlation_acts_on_the_decoy(tmp_path):
    tables = quadrant(tmp_path)._tables
    assert TRUTH.idxmax() == "waiting"
    by_share, by_correlation = tables["LMG share of R²"]["quadrant"], tables["plain correlation"]["quadrant"]
    assert by_share[by_share == CONCENTRATE].index.tolist() == ["waiting"]
    assert by_correlation[by_correlation == CONCENTRATE].index.tolist() == ["signs"]


def test_quadrants_are_judged_saved_and_restored(tmp_path):
    exercise = quadrant(tmp_path)
    exercise.answer = RIGHT
    assert exercise.check().right
    assert quadrant(tmp_path).answer == RIGHT
    assert "Act first on: waiting" in exercise.text()


def test_what_the_correlation_misled_is_named():
    misled = {"quadrants": RIGHT["quadrants"] | {"waiting": LOW, "signs": CONCENTRATE}, "act": "signs"}
    feedback = judge_driver_quadrant(misled, SURVEY, "satisfaction", DRIVERS, act="waiting", why=WHY)
    assert feedback.share == pytest.approx(0.3)  # three of five quadrants, and not the driver
    assert "waiting: That is where its correlation puts it." in feedback.message
    assert "About signs." in feedback.message
    slip = judge_driver_quadrant(
        {"quadrants": RIGHT["quadrants"] | {"café": OVERKILL}, "act": "waiting"}, SURVEY, "satisfaction", DRIVERS,
        act="waiting", why=WHY,
    )  # fmt: skip
    assert "café: Its share is" in slip.message and "the mean is" in slip.message


def test_quadrants_without_a_key_are_only_counted(tmp_path):
    exercise = quadrant(tmp_path, act=None, why=None)
    exercise.answer = {"quadrants": {"signs": LOW}}
    assert exercise.check().message == "5 still to choose."
    exercise.answer = RIGHT
    assert exercise.check().rung is Rung.ANSWERED


def test_the_map_follows_its_ruler_and_the_menus_give_the_answer(tmp_path):
    exercise = quadrant(tmp_path)
    menus = controls(exercise, widgets.Dropdown)
    before = exercise._table.value
    menus["Importance by"].value = "LMG share of R²"
    assert "Importance by LMG share" in exercise._table.value != before
    assert exercise.answer is None
    for driver, place in RIGHT["quadrants"].items():
        menus[driver].value = place
    menus["Act first on"].value = "waiting"
    assert exercise.answer == RIGHT
    assert controls(quadrant(tmp_path), widgets.Dropdown)["guides"].value == KEEP


# --- A/B lab --------------------------------------------------------------------------------------------------------

TRIAL = make_ab_trial(0.2, 0.2, per_day=50, days=60, seed=364).data
REASONS = {decision: f"About: {decision}." for decision in DECISIONS}
DONE = {"points": 6, "power": 80, "looks": [16], "decision": "Do not introduce B"}
JUDGING = {"plan": ABPlan(6, 80), "key": "Do not introduce B", "why": REASONS}


def lab(folder, **more):
    settings = {"trial": TRIAL, "baseline": 0.2, **JUDGING, **more}
    return ABLab("q3", title="Lab", prompt="Plan.", folder=folder, **settings)


def judged(**changes):
    return judge_ab_lab(DONE | changes, trial=TRIAL, baseline=0.2, **JUDGING)


def test_a_test_that_ran_to_its_end_is_judged_saved_and_restored(tmp_path):
    exercise = lab(tmp_path)
    exercise.answer = DONE
    assert exercise.check().right
    assert lab(tmp_path).answer == DONE
    assert "Looks on day: 16." in exercise.text() and "770 people in each group" in exercise.text()


@pytest.mark.parametrize(
    ("changes", "share", "words"),
    [
        # Two parts of three are right, and a slip in the plan costs half of the third.
        ({"points": 8, "looks": [9]}, 5 / 6, "planned for a larger effect"),
        ({"points": 5, "looks": [22]}, 5 / 6, "takes longer than it need"),
        ({"power": 50, "looks": [8]}, 5 / 6, "A power of 50 % is too little"),
        ({"power": 90, "looks": [21]}, 5 / 6, "costs more days"),
        ({"points": 8, "power": 50, "looks": [5]}, 2 / 3, "you may well miss what is there"),
        ({"looks": [1, 2, 6], "decision": "Introduce B"}, 1 / 3, "You decided after 6 of 16 days"),
        ({"looks": [], "decision": None}, 1 / 3, "Run the test to its planned end"),
        ({"decision": "Go on until p is below 0.05"}, 2 / 3, "About: Go on until"),
    ],
)
def test_plan_patience_and_decision_count_alike(changes, share, words):
    feedback = judged(**changes)
    assert feedback.share == pytest.approx(share)
    assert words in feedback.message


def test_looking_without_stopping_costs_nothing():
    assert judged(looks=[3, 6, 9, 16]).right


def test_the_tempting_early_looks_are_in_the_lessons_trial():
    assert trial_until(TRIAL, 6).p_value < 0.05 < 0.5 < trial_until(TRIAL, 16).p_value


def test_a_peeking_analyst_errs_far_above_the_level():
    assert false_alarms(1, 770, 0.2) < 0.08 < 0.15 < false_alarms(16, 770, 0.2)


def test_buttons_run_the_test_and_hold_the_plan(tmp_path):
    exercise = lab(tmp_path)
    sliders, buttons = controls(exercise, widgets.IntSlider), controls(exercise, widgets.Button)
    radios = controls(exercise, widgets.RadioButtons)
    assert radios["Decision"].disabled and buttons["Start again"].disabled
    sliders["Smallest effect, points"].value = 6
    controls(exercise, widgets.Dropdown)["Power"].value = 80
    buttons["Run one day"].click()
    buttons["Run a week"].click()
    assert exercise.answer["looks"] == [1, 8]
    assert sliders["Smallest effect, points"].disabled and not radios["Decision"].disabled
    assert "Day 8 of 16, 2 looks so far" in exercise._sum.value
    assert exercise._looks.value.count('<th scope="row">') == 2 == exercise._picture.value.count("<circle")
    buttons["Run to the planned end"].click()
    assert exercise.answer["looks"] == [1, 8, 16] and buttons["Run one day"].disabled
    radios["Decision"].value = "Do not introduce B"
    assert exercise.check().right
    buttons["Start again"].click()
    assert exercise.answer == {"points": 6, "power": 80, "looks": [], "decision": None}
    assert not buttons["Run one day"].disabled and not sliders["Smallest effect, points"].disabled


def test_a_plan_that_outlasts_the_trial_cannot_be_run(tmp_path):
    exercise = lab(tmp_path)
    controls(exercise, widgets.IntSlider)["Smallest effect, points"].value = 1
    assert "That is too long: the test may run for 60 days." in exercise._sum.value
    assert controls(exercise, widgets.Button)["Run one day"].disabled
    assert planned_days(0.2, 1, 80, 50)[1] > 60
    with pytest.raises(ValueError, match="Plan for a larger effect, or less power"):
        exercise.answer = {"points": 1, "power": 80, "looks": [3], "decision": None}


def test_a_lab_without_a_key_is_only_counted(tmp_path):
    exercise = lab(tmp_path, plan=None, key=None, why=None)
    exercise.answer = DONE | {"decision": None}
    assert exercise.check().message == "Run the test, and decide."
    exercise.answer = DONE
    assert exercise.check().rung is Rung.ANSWERED


# --- all ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "answer", "message"),
    [
        (months, {"verdicts": {"Jan": "news"}}, "'Jan' is no month with a change; there are: Feb, Mar, Apr"),
        (months, {"verdicts": {"Feb": "perhaps"}}, "'perhaps' is no verdict; choose one of: noise; news"),
        (months, ["Feb"], "the answer should look like"),
        (quadrant, {"quadrants": {"price": LOW}}, "'price' is no driver; there are: waiting"),
        (quadrant, {"quadrants": {"signs": "top"}}, "'top' is no quadrant; choose one of: Concentrate here"),
        (quadrant, {"act": "price"}, "act is 'price'; it should be one of: waiting"),
        (quadrant, {"quadrants": [1]}, "quadrants should be a dictionary"),
        (quadrant, 5, "the keys quadrants and act"),
        (lab, {"points": 99}, "points is 99; it should be a whole number from 1 to 15"),
        (lab, {"power": 81}, "power is 81; it should be one of: 50, 80, 90"),
        (lab, {"points": 6, "power": 80, "looks": [17]}, "each from 1 to the planned end, 16"),
        (lab, {"looks": [3, 2]}, "it should list days in order"),
        (lab, {"looks": "12"}, "it should list days in order"),
        (lab, {"decision": "B"}, "decision is 'B'; it should be one of: Introduce B"),
        (lab, {"plan": 1}, "the keys points, power, looks, decision"),
    ],
)
def test_an_impossible_answer_is_refused_with_the_remedy(tmp_path, make, answer, message):
    exercise = make(tmp_path)
    with pytest.raises(ValueError, match=message):
        exercise.answer = answer
    assert exercise.answer is None


@pytest.mark.parametrize("answer", ODD, ids=str)
def test_a_judge_survives_any_answer_that_a_file_may_hold(answer):
    judges = (
        judge_news_or_noise(answer, MONTHS, NEWS),
        judge_driver_quadrant(answer, SURVEY, "satisfaction", DRIVERS, act="waiting", why=WHY),
        judge_ab_lab(answer, trial=TRIAL, baseline=0.2, **JUDGING),
    )
    assert all(feedback.share == 0 for feedback in judges)
