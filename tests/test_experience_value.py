"""Tests of cxux_helpers.value.experience and of the value explorer: who differs is worth more than the mean says."""

import time

import pandas as pd
import pytest

from cxux_helpers.datasets import CONTRACTS_AS_OF, make_contracts
from cxux_helpers.exercises import ValueCase, ValueExplorer, judge_value
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.value import (
    ShiftedBetaGeometric,
    better_experience,
    constant_retention,
    gain_if_all_alike,
    gain_of_experience,
    retention_table,
    simple_clv,
)
from tests.exercise_views import named

TRUE = ShiftedBetaGeometric(0.8, 4.0)  # what make_contracts plants
MARGIN, DISCOUNT, COST = 20, 0.01, 40
QUESTIONS = {"Why?": {"they differ": "Yes.", "they change": "Nobody does."}}
KEY = {"Why?": "they differ"}


def renters(seed):
    return retention_table(make_contracts(seed=seed).data, as_of=CONTRACTS_AS_OF)


@pytest.fixture(scope="module")
def case():
    return ValueCase(renters(4), MARGIN, DISCOUNT, COST)


# --- core -------------------------------------------------------------------------------------------------------------


def test_one_constant_rate_is_all_renewals_taken_of_all_that_came_up():
    assert constant_retention([100, 80, 72]) == pytest.approx((80 + 72) / (100 + 80))
    table = pd.DataFrame([[100, 80, 72], [50, 30, None]])
    assert constant_retention(table) == pytest.approx((80 + 72 + 30) / (100 + 80 + 50))


def test_fewer_leave_at_first_by_just_the_share_and_they_differ_as_much():
    better = better_experience(TRUE, 0.25)
    assert 1 - better.retention([1]).iloc[0] == pytest.approx(0.75 * (1 - TRUE.retention([1]).iloc[0]))
    assert better.alpha + better.beta == pytest.approx(TRUE.alpha + TRUE.beta)


def test_the_gain_is_the_sum_of_what_more_customers_pay():
    # By hand: margin times survival, discounted, of both; what lies beyond 800 periods is nothing.
    def worth(model):
        return sum(MARGIN * share / 1.05**age for age, share in model.survival(range(800)).items())

    by_hand = worth(ShiftedBetaGeometric(1.8, 4.2)) - worth(ShiftedBetaGeometric(2.0, 4.0))
    found = gain_of_experience(ShiftedBetaGeometric(2.0, 4.0), 0.1, margin=MARGIN, discount=0.05)
    assert found == pytest.approx(by_hand, abs=1e-6)
    assert gain_of_experience(TRUE, 0.0, margin=MARGIN, discount=DISCOUNT) == 0


def test_customers_who_hardly_differ_are_worth_what_the_simple_formula_says():
    nearly_alike = ShiftedBetaGeometric(20, 80)
    alike = gain_if_all_alike(0.8, 0.1, margin=100, discount=0.1)
    assert gain_of_experience(nearly_alike, 0.1, margin=100, discount=0.1) == pytest.approx(alike, rel=0.04)
    assert alike == pytest.approx(100 * 1.1 / (1.1 - 0.82) - 100 * 1.1 / (1.1 - 0.8))


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"fewer": 10}, "fewer is 10, but must be a number of 0 or more and below 1. Write 0.1 for 10 % fewer."),
        ({"margin": -1}, "margin is -1"),
        ({"discount": 0}, "discount is 0, but must be a number above 0. Write 0.1"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        gain_of_experience(TRUE, **{"fewer": 0.1, "margin": 1, "discount": 0.1, **arguments})
    with pytest.raises(ValueError, match="fewer is 2"):
        gain_if_all_alike(0.8, 2, margin=1, discount=0.1)


@pytest.mark.parametrize("seed", range(4))
def test_the_model_finds_the_planted_value_and_one_constant_rate_misses_it(seed):
    survivors = renters(seed)
    case = ValueCase(survivors, MARGIN, DISCOUNT, COST)
    true_worth = MARGIN * TRUE.discounted_lifetime(DISCOUNT)
    assert MARGIN * case.model.discounted_lifetime(DISCOUNT) == pytest.approx(true_worth, rel=0.1)
    naive = simple_clv(MARGIN, constant_retention(survivors), DISCOUNT, first_payment="now")
    assert naive < 0.65 * true_worth
    # And so with the answer: the percentage at which the better experience pays.
    pays = next(x for x in range(41) if gain_of_experience(TRUE, x / 100, margin=MARGIN, discount=DISCOUNT) >= COST)
    assert abs(case.fewest - pays) <= 1
    assert case.fewest_if_all_alike > 2 * pays


# --- judging ----------------------------------------------------------------------------------------------------------


def test_the_smallest_percentage_that_pays_is_right(case):
    assert judge_value({"fewer": case.fewest}, case).right
    assert case.gain(case.fewest) >= COST > case.gain(case.fewest - 1)
    for fewer, rung, message in (
        (case.fewest - 1, Rung.NOT_YET, "does not earn its 40 euro yet"),
        (case.fewest + 2, Rung.CLOSE, "would with a smaller change too"),
        (case.fewest + 5, Rung.NOT_YET, "would with a smaller change too"),
        (case.fewest_if_all_alike, Rung.NOT_YET, "if all customers are alike"),
    ):
        feedback = judge_value({"fewer": fewer}, case)
        assert feedback.rung is rung and message in feedback.message


def test_questions_count_as_much_as_the_percentage(case):
    half = judge_value({"fewer": case.fewest, "then": {"Why?": "they change"}}, case, questions=QUESTIONS, key=KEY)
    assert half.share == 0.5 and "Nobody does." in half.message


def test_no_answer_and_no_percentage_earn_nothing(case):
    assert judge_value(NoAnswer("It is missing."), case).rung is Rung.NOT_ANSWERED
    assert judge_value({"fewer": 99}, case).rung is Rung.WRONG_KIND
    never = ValueCase(renters(4), MARGIN, DISCOUNT, 1e6)
    with pytest.raises(ValueError, match="never pays"):
        judge_value({"fewer": 3}, never)
    assert never.fewest_if_all_alike is None


# --- the exercise -----------------------------------------------------------------------------------------------------


def explorer(case, folder, **more):
    more = {"questions": QUESTIONS, "key": KEY, **more}
    return ValueExplorer("t-e1", title="Worth", prompt="Slide.", case=case, folder=folder, **more)


def test_sliders_and_choices_make_the_answer_and_it_comes_back(case, tmp_path):
    exercise = explorer(case, tmp_path)
    assert exercise.view is not None
    exercise._known.value, exercise._fewer.value = 23, case.fewest
    named(exercise, "Why?").value = "they differ"
    assert exercise.answer == {"known": 23, "fewer": case.fewest, "then": {"Why?": "they differ"}}
    assert exercise.check().right
    again = explorer(case, tmp_path)
    assert again.view is not None and again._fewer.value == case.fewest and named(again, "Why?").value == "they differ"
    assert "a new customer is worth" in again.text() and "If they differ" in again.text()


def test_each_move_takes_less_than_a_tenth_of_a_second(case, tmp_path):
    exercise = explorer(case, tmp_path)
    assert exercise.view is not None
    times = []
    for known in (5, 9, 13, 17, 21):
        start = time.process_time()
        exercise._known.value = known
        times.append(time.process_time() - start)
    assert min(times) < 0.1


def test_what_is_known_is_drawn_full_and_what_came_later_hollow(case, tmp_path):
    exercise = explorer(case, tmp_path)
    assert exercise.view is not None
    exercise._known.value = 6
    assert exercise._picture.value.count("<rect") == 7
    assert exercise._picture.value.count("<circle") == 23 - 6


def test_months_in_which_nobody_seems_to_differ_have_one_model_only(tmp_path):
    # The rate falls at first, from 90 to 80 of 100, and rises later.
    odd = ValueCase([1000, 900, 720, 680, 660, 650], MARGIN, DISCOUNT, COST)
    exercise = explorer(odd, tmp_path)
    assert exercise.view is not None
    exercise._known.value = 2
    assert "nothing shows that customers differ" in exercise._words.value
    assert "If they differ" not in exercise.text()


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (5, "a dictionary with the keys known, fewer and then"),
        ({"known": 5}, "a dictionary with the keys"),
        ({"fewer": 41}, "fewer is 41; it should be a whole number of percent from 0 to 40"),
        ({"fewer": True}, "fewer is True"),
        ({"fewer": 3, "known": 1}, "known is 1; it should be a whole number from 2 to 23"),
        ({"fewer": 3, "then": {"Who?": "me"}}, "then should give an option for each of: Why?"),
        ({"fewer": 3, "then": {"Why?": "because"}}, "'because' is no option of 'Why?'"),
    ],
)
def test_what_is_no_answer_is_refused(case, tmp_path, answer, message):
    with pytest.raises(ValueError, match=message.replace("?", r"\?")):
        explorer(case, tmp_path).answer = answer


def test_a_question_that_is_marked_later_says_only_what_is_open(case, tmp_path):
    exercise = explorer(case, tmp_path, questions={"Why?": ["they differ", "they change"]}, key=None)
    exercise.answer = {"fewer": 0}
    assert exercise.check().message == "Still open: Why?."
    exercise.answer = {"fewer": 0, "then": {"Why?": "they change"}}
    assert exercise.check().rung is Rung.ANSWERED
