"""Tests of judging a journey map by the evidence."""

from dataclasses import replace

import pytest

from cxux_helpers.exercises.journey_truth import FACTS, judge_map_truth
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.journey.maps import Journey, Stage, Touchpoint, journey_to_json

ASKS = Touchpoint("ask", "Asks friends", "buy", "before", "word of mouth", False, False, "", 1, 3, "9 of 12 asked.")
PAYS = Touchpoint("pay", "Pays", "buy", "during", "website", True, True, "Web team", -2, 5, "27 complaints")
RIGHT = Journey("Shoes", "Ann", (Stage("buy", "Buy"),), (ASKS, PAYS))
OTHERS = {"phase": "after", "channel": "phone", "direct": False, "controllable": False, "emotion": 1}


def changed(**fields):
    return replace(RIGHT, touchpoints=(ASKS, replace(PAYS, **fields)))


@pytest.mark.parametrize("given", [RIGHT, journey_to_json(RIGHT)])
def test_a_map_that_agrees_is_right_in_any_form(given):
    assert judge_map_truth(given, RIGHT).right


@pytest.mark.parametrize("fact", FACTS)
def test_each_fact_counts_the_same_and_is_named(fact):
    feedback = judge_map_truth(changed(**{fact: OTHERS[fact]}), RIGHT)
    assert feedback.share == 0.9 and feedback.rung is Rung.CLOSE
    assert feedback.message.startswith(f"“Pays”: look again at {FACTS[fact]}.")
    assert ("The evidence: 27 complaints." in feedback.message) == (fact == "emotion")


@pytest.mark.parametrize(("emotion", "right"), [(-2, True), (-1, True), (0, False), (2, False), (None, False)])
def test_an_emotion_is_right_on_the_same_side_of_neutral(emotion, right):
    assert judge_map_truth(changed(emotion=emotion), RIGHT).right is right


def test_only_what_is_compared_counts():
    wrong = changed(channel="phone")
    assert judge_map_truth(wrong, RIGHT, facts=["phase", "emotion"]).right
    assert judge_map_truth(wrong, RIGHT, only=["ask"]).right
    assert judge_map_truth(wrong, RIGHT, only=["pay"]).share == 0.8


def test_further_touchpoints_do_no_harm_and_missing_ones_cost_all_their_facts():
    more = replace(RIGHT, touchpoints=(*RIGHT.touchpoints, replace(PAYS, id="again", phase="after")))
    assert judge_map_truth(more, RIGHT).right
    fewer = judge_map_truth(replace(RIGHT, touchpoints=(ASKS,)), RIGHT)
    assert fewer.share == 0.5 and "“Pays” is not on the map any more" in fewer.message


def test_only_the_first_few_touchpoints_are_spoken_of():
    many = replace(RIGHT, touchpoints=tuple(replace(PAYS, id=f"t{n}", name=f"Pays {n}") for n in range(6)))
    rosy = replace(many, touchpoints=tuple(replace(one, emotion=2) for one in many.touchpoints))
    message = judge_map_truth(rosy, many).message
    assert "“Pays 3”" in message and "“Pays 4”" not in message and message.endswith("Then 2 more touchpoints.")


@pytest.mark.parametrize("answer", [None, NoAnswer("Nothing saved."), 7, "{", {"title": "x"}, {}, [RIGHT]])
def test_it_survives_any_answer_that_a_file_may_hold(answer):
    feedback = judge_map_truth(answer, RIGHT)
    assert feedback.share == 0 and feedback.rung <= Rung.WRONG_KIND


@pytest.mark.parametrize("more", [{"facts": ["owner"]}, {"facts": []}, {"only": ["nothing"]}])
def test_a_comparison_of_nothing_is_the_authors_error(more):
    with pytest.raises(ValueError, match="should have touchpoints, and facts some of: phase"):
        judge_map_truth(RIGHT, RIGHT, **more)
