"""Tests of the furniture firm as exercises: twelve weeks to play, and a rise to be taken apart."""

import time
from dataclasses import replace

import pytest

from cxux_helpers.datasets import FURNITURE_PROGRAMME, FURNITURE_TRIALS
from cxux_helpers.exercises import CauseDebrief, FurnitureGame, judge_causes, judge_furniture_game
from cxux_helpers.exercises.cause_debrief import LOWERED, OPEN, RAISED, trial_verdict
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.furniture_firm import (
    MEASURES,
    TOGETHER,
    WEEKS,
    FirmTrials,
    FurnitureFirm,
    WeekPlan,
    run_by_lot,
    shops_by_lot,
)
from cxux_helpers.furniture_firm.trials import plans_from_plain, plans_to_plain

FIRM = FurnitureFirm(9, shops=8)
PROGRAMME = plans_to_plain(FURNITURE_PROGRAMME)
ADVERTISING = plans_to_plain([WeekPlan(advertising=600)] * WEEKS)


@pytest.fixture(scope="module")
def trials():
    return FirmTrials(FurnitureFirm(9, shops=60), FURNITURE_PROGRAMME, FURNITURE_TRIALS)


@pytest.fixture(scope="module")
def key(trials):
    verdicts = {measure: trial_verdict(trials.against_others(measure)) for measure in trials.measures}
    return {"anyway": 56, "measures": 32, "verdicts": verdicts}


# --- trials by lot ----------------------------------------------------------------------------------------------------


def test_the_lot_chooses_half_of_the_shops_and_others_do_as_ever():
    weeks = run_by_lot(FIRM, WeekPlan(training=300))
    assert shops_by_lot(FIRM).sum() == 4
    anyway = FIRM.do_nothing()
    others = ~weeks["treated"]
    assert weeks.loc[others, "revenue"].tolist() == anyway.loc[others, "revenue"].tolist()
    assert weeks.loc[weeks["treated"], "measures"].sum() == pytest.approx(300 * 4 * WEEKS)
    both = run_by_lot(FIRM, WeekPlan(training=300), without=WeekPlan(uniforms=True))
    assert both.loc[~both["treated"], "measures"].sum() == pytest.approx(30 * 4 * WEEKS)


def test_plans_become_plain_data_and_plans_again():
    assert PROGRAMME[0]["happening"] is True and "gifts" not in PROGRAMME[0]
    assert tuple(plans_from_plain(PROGRAMME)) == FURNITURE_PROGRAMME
    assert plans_to_plain([WeekPlan()]) == [{}]
    with pytest.raises(ValueError, match="weeks should be a list"):
        plans_from_plain("all")
    with pytest.raises(ValueError, match="week 2 should be a dictionary; it may have: uniforms"):
        plans_from_plain([{}, {"coffee": 5}])


@pytest.mark.parametrize("seed", [9, 3, 5])
def test_the_trial_finds_what_the_measures_did_and_before_and_after_does_not(seed):
    firm = FurnitureFirm(seed, shops=60)
    trials = FirmTrials(firm, FURNITURE_PROGRAMME, {"collect_contacts": WeekPlan(collect_contacts=True)})
    true = trials.causes.loc["measures", "factor"] - 1
    fair, naive = trials.against_others(TOGETHER), trials.before_after(TOGETHER)
    assert fair.low < true < fair.high
    assert naive.low > true + 0.1
    # What has no effect at all looks like a success before and after, and like nothing by lot.
    assert trials.before_after("collect_contacts").low > 0.2
    assert trial_verdict(trials.against_others("collect_contacts")) == OPEN


def test_the_share_of_the_change_is_about_that_of_the_true_causes(trials):
    assert trials.share_of_change(TOGETHER) == pytest.approx(trials.causes.loc["measures", "share"], abs=0.1)


def test_shops_without_measures_show_what_would_have_come_anyway(trials):
    anyway = trials.causes.loc[TOGETHER, "factor"] / trials.causes.loc["measures", "factor"] - 1
    assert trials.before_after(TOGETHER, treated=False).value == pytest.approx(anyway, abs=0.03)


def test_what_the_lesson_says_of_bower_lane_is_so(trials, key):
    assert round(100 * trials.before_after(TOGETHER).value) == 106
    assert round(100 * trials.before_after(TOGETHER, treated=False).value) == key["anyway"]
    assert round(100 * trials.against_others(TOGETHER).value) == key["measures"]
    assert trials.causes.index[1] == "a competitor closes"
    # The verdict of no trial speaks against the truth.
    truth = {measure: trials.firm.effects(plans, "revenue").loc["all together", "alone"]
             for measure, plans in FURNITURE_TRIALS.items()}  # fmt: skip
    assert {m for m, v in key["verdicts"].items() if v == RAISED} == {"training", "move_staff", "advertising"}
    assert {m for m, v in key["verdicts"].items() if v == LOWERED} == {"price_change"}
    assert all(truth[m] > 0 for m, v in key["verdicts"].items() if v == RAISED)
    assert truth["price_change"] < 0


# --- judging causes ---------------------------------------------------------------------------------------------------


def test_the_answer_that_the_lot_gives_is_right(trials, key):
    assert judge_causes(key, trials).right


def test_before_and_after_in_all_places_is_told_so(trials, key):
    naive = {"anyway": 106, "measures": 106, "verdicts": dict.fromkeys(key["verdicts"], RAISED)}
    feedback = judge_causes(naive, trials)
    # Three of eight verdicts happen to fit, and no number.
    assert feedback.share == pytest.approx(3 / 8 / 2)
    for words in ("That is the whole rise", "it credits the measures", "Before and after says so"):
        assert words in feedback.message


def test_percentages_that_were_subtracted_are_told_so(trials, key):
    feedback = judge_causes(key | {"measures": 106 - 56}, trials)
    assert "cannot be subtracted" in feedback.message and feedback.share == pytest.approx(0.75)


def test_no_answer_and_no_verdicts_earn_nothing(trials):
    assert judge_causes(NoAnswer("It is missing."), trials).rung is Rung.NOT_ANSWERED
    assert judge_causes({"anyway": -1}, trials).rung is Rung.WRONG_KIND


def debrief(trials, folder, **more):
    return CauseDebrief("t-e1", title="Why", prompt="Look.", trials=trials, folder=folder, **more)


def test_menus_show_each_way_of_looking_and_are_no_answer(trials, tmp_path):
    exercise = debrief(trials, tmp_path)
    assert exercise.view is not None
    assert "+105.7%" in exercise._seen.value
    exercise._name.value = "price_change"
    exercise._way.index = 2
    assert "−5.6%" in exercise._seen.value and "−10.1% to −0.9%" in exercise._seen.value
    assert exercise.answer is None


def test_a_debrief_is_given_with_its_controls_and_comes_back(trials, key, tmp_path):
    exercise = debrief(trials, tmp_path)
    assert exercise.view is not None
    for name in ("anyway", "measures"):
        exercise._sliders[name].value = key[name]
    for measure, verdict in key["verdicts"].items():
        exercise._menus[measure].value = verdict
    assert exercise.answer == key and exercise.check().right
    again = debrief(trials, tmp_path)
    assert again.view is not None and again._menus["training"].value == RAISED
    assert "training: it raised sales" in again.text()


def test_a_debrief_that_is_marked_later_counts_what_is_open(trials, key, tmp_path):
    exercise = debrief(trials, tmp_path, marked_later=True)
    exercise.answer = {"anyway": 1}
    assert exercise.check().message == "8 verdicts are still to be given."
    exercise.answer = key
    assert exercise.check().rung is Rung.ANSWERED


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (56, "a dictionary with the keys anyway, measures and verdicts"),
        ({"who": 1}, "a dictionary with the keys"),
        ({"anyway": 151}, "anyway is 151; it should be a whole number of percent from 0 to 150"),
        ({"measures": 1.5}, "measures is 1.5"),
        ({"verdicts": {"coffee": RAISED}}, "verdicts should give a verdict for each of: uniforms"),
        ({"verdicts": {"training": "yes"}}, "training is 'yes'; choose one of: it raised sales"),
    ],
)
def test_what_is_no_debrief_is_refused(trials, tmp_path, answer, message):
    with pytest.raises(ValueError, match=message):
        debrief(trials, tmp_path).answer = answer


# --- the game ---------------------------------------------------------------------------------------------------------


def game(folder, firm=FIRM, **more):
    return FurnitureGame("t-e1", title="Twelve weeks", prompt="Play.", firm=firm, folder=folder, **more)


@pytest.mark.parametrize("shops", ["all", "half"])
def test_a_mixed_plan_wins_and_all_for_advertising_does_not(shops):
    assert judge_furniture_game({"shops": shops, "weeks": PROGRAMME}, FIRM).right
    plain = judge_furniture_game({"shops": shops, "weeks": ADVERTISING}, FIRM)
    assert plain.share == 0.5 and "Several measures help each other" in plain.message


def test_doing_nothing_or_harm_earns_nothing():
    nothing = judge_furniture_game({"shops": "all", "weeks": [{}] * WEEKS}, FIRM)
    assert nothing.share == 0 and "sales rose all the same" in nothing.message
    dear = judge_furniture_game({"shops": "all", "weeks": [{"collect_contacts": True}] * WEEKS}, FIRM)
    assert dear.rung is Rung.NOT_YET and "collecting contact data did most (−20 euro)" in dear.message


def test_a_game_that_is_not_over_or_none_is_told_so():
    assert "4 of 12 weeks are still" in judge_furniture_game({"shops": "all", "weeks": PROGRAMME[:8]}, FIRM).message
    assert judge_furniture_game(NoAnswer("It is missing."), FIRM).rung is Rung.NOT_ANSWERED
    for wrong in ({"shops": "all"}, {"shops": "some", "weeks": []}, {"shops": "all", "weeks": [{"training": 900}]}, 3):
        assert judge_furniture_game(wrong, FIRM).rung is Rung.WRONG_KIND


def test_weeks_are_lived_taken_back_and_begun_again(tmp_path):
    exercise = game(tmp_path)
    assert exercise.view is not None
    assert exercise._buttons["back"].disabled and not exercise._who.disabled
    exercise._who.value = "half"
    exercise._plan["training"].value = 150
    exercise._plan["uniforms"].value = True
    assert "180 of 600 euro" in exercise._cost.value
    exercise._buttons["one"].click()
    assert exercise.answer == {"shops": "half", "weeks": [{"uniforms": True, "training": 150}]}
    assert exercise._who.disabled and "1 of 12 weeks" in exercise._news.value
    exercise._plan["price_change"].value = 5
    exercise._buttons["rest"].click()
    assert len(exercise.answer["weeks"]) == WEEKS and exercise.answer["weeks"][-1]["price_change"] == 0.05
    assert exercise._buttons["one"].disabled and "Debrief" in exercise._end.value
    exercise._buttons["back"].click()
    assert len(exercise.answer["weeks"]) == WEEKS - 1 and exercise._end.value == ""
    exercise._buttons["again"].click()
    assert exercise.answer == {"shops": "half", "weeks": []}
    exercise._buttons["again"].click()  # a press that was on its way
    assert exercise.answer["weeks"] == []


def test_a_week_that_cannot_be_paid_is_not_lived(tmp_path):
    exercise = game(tmp_path)
    assert exercise.view is not None
    exercise._plan["training"].value = 400
    exercise._plan["happening"].value = True
    assert "✗ 50 too many" in exercise._cost.value
    exercise._buttons["one"].click()
    assert exercise.answer is None and "the budget is 600" in exercise._feedback_box.value
    exercise._plan["happening"].value, exercise._plan["training"].value = False, 0
    exercise._plan["gifts"].value = 50
    exercise._buttons["one"].click()
    assert "no contact data were collected" in exercise._feedback_box.value


def test_the_debrief_compares_the_claim_the_lot_and_the_truth(tmp_path):
    exercise = game(tmp_path)
    exercise.answer = {"shops": "half", "weeks": PROGRAMME}
    assert exercise.view is not None
    assert exercise._end.value.count("<tr>") == 4
    assert "+32%" in exercise._end.value  # the truth
    assert "The truth, which only a simulator knows" in exercise.text()
    assert exercise._picture.value.count("<polyline") == 3
    exercise.answer = {"shops": "all", "weeks": PROGRAMME}
    assert "nobody was left out, so nobody can say" in exercise._end.value
    assert exercise._picture.value.count("<polyline") == 2


def test_plans_come_back_and_the_weeks_are_the_same(tmp_path):
    exercise = game(tmp_path)
    exercise.answer = {"shops": "half", "weeks": PROGRAMME[:5]}
    again = game(tmp_path)
    assert again.answer == exercise.answer
    assert exercise.view is not None and again.view is not None
    assert again._table.value == exercise._table.value
    assert again._who.value == "half" and again._plan["move_staff"].value is True


def test_a_game_that_is_marked_later_keeps_the_truth_to_itself(tmp_path):
    exercise = game(tmp_path, marked_later=True)
    exercise.answer = {"shops": "all", "weeks": PROGRAMME[:3]}
    assert exercise.check().message == "9 of 12 weeks still to be lived."
    exercise.answer = {"shops": "all", "weeks": PROGRAMME}
    assert exercise.view is not None
    assert exercise.check().rung is Rung.ANSWERED
    assert exercise._end.value == "" and "truth" not in exercise.text()


def test_each_press_takes_less_than_a_tenth_of_a_second(tmp_path):
    exercise = game(tmp_path)
    assert exercise.view is not None
    times = []
    for _ in range(4):
        start = time.process_time()
        exercise._buttons["one"].click()
        times.append(time.process_time() - start)
    assert min(times) < 0.1


def test_every_measure_can_be_planned(tmp_path):
    exercise = game(tmp_path)
    assert exercise.view is not None
    assert set(exercise._plan) == set(MEASURES)
    assert exercise._week() == WeekPlan() == replace(WeekPlan(), price_change=0.0)
