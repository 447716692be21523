"""Tests of the six scored service role plays: what each of them is there to test, on paths chosen by hand."""

from collections import Counter

import pytest

from cxux_helpers.exercises.role_play import shown_choices
from cxux_helpers.roleplay.conversation import play, start_conversation
from cxux_helpers.roleplay.scenario_json import load_scenario
from cxux_helpers.roleplay.scenarios import SERVQUAL_DIMENSIONS
from cxux_helpers.roleplay.score import CRITICAL_CAP, PASS_MARK, UNRESOLVED_CAP, score_conversation
from cxux_helpers.roleplay.search import best_conversation, debrief
from cxux_helpers.roleplay.twee import scenario_from_twee, scenario_to_twee

SCORED = ("late_delivery", "refund", "damaged_furniture", "cancellation", "wrong_bill", "clinic_appointment")

# What an experienced agent would say, and four ways to go wrong.
BEST = {
    "refund": "what_is_it five_weeks limits window difference glad_you_came afresh",
    "damaged_furniture": "stay our_packing no_box joss take_away thank_wax",
    "cancellation": "which_one every_pound no_page ended pay_back thanks_report one_more",
    "wrong_bill": "up_all_night forty_years our_mistake not_known reading_please fifty_eight whole_terrace ring_friday",
    "clinic_appointment": "here_now fills_gap we_failed not_mine half_past_four tuesday by_five",
}
POLITE = {
    "refund": "what_is_it five_weeks limits website express",
    "damaged_furniture": "stay our_packing quality be_patient",
    "cancellation": "which_one every_pound name_please wish_well",
    "wrong_bill": "up_all_night forty_years our_mistake not_known reading_please specialists no_rush",
    "clinic_appointment": "here_now fills_gap we_failed not_mine exclamation thinking",
}
FAST = {
    "refund": "worn number back_rail credited who_is_next",
    "damaged_furniture": "what fitter_comes be_there those_too good_day",
    "cancellation": "subscription straight_away yours_only refunded bye",
    "wrong_bill": "debit go_on read_yourself checked ring_again",
    "clinic_appointment": "acute to_the_point be_reachable next_free five",
}
RULE_BROKEN = {
    "refund": "what_is_it five_weeks limits for_dad",
    "damaged_furniture": "stay our_packing no_box joss take_away bonus",
    "cancellation": "which_one every_pound no_page paused end_it pay_back thanks_report one_more",
    "wrong_bill": "up_all_night forty_years our_mistake not_known reading_please fifty_eight mr_pell ring_friday",
    "clinic_appointment": "here_now fills_gap we_failed peek nurse_then half_past_four tuesday by_five",
}
FALSE_PROMISE = {
    "refund": "what_is_it five_weeks monday_at_two today_then window difference glad_you_came afresh",
    "damaged_furniture": "stay our_packing no_box on_the_dot take_away thank_wax",
    "cancellation": "which_one every_pound no_page ended within_hour thanks_report one_more",
    "wrong_bill": "up_all_night forty_years our_mistake certain reading_please fifty_eight whole_terrace ring_friday",
    "clinic_appointment": "here_now fills_gap we_failed not_mine half_past_four never_again by_five",
}
DATA_TOO_EARLY = {
    "refund": "what_is_it five_weeks read_out window difference glad_you_came afresh",
    "damaged_furniture": "stay found_you no_box joss take_away thank_wax",
    "cancellation": "which_one see_both no_page ended pay_back thanks_report one_more",
    "wrong_bill": "up_all_night look_her_up our_mistake not_known reading_please fifty_eight whole_terrace ring_friday",
    "clinic_appointment": "here_now record_open we_failed not_mine half_past_four tuesday by_five",
}


def finished(name, moves):
    conversation = play(load_scenario(name), moves.split())
    assert conversation.finished and not conversation.left
    return conversation


def score(name, moves):
    return score_conversation(finished(name, moves))


def choices(scenario):
    return [choice for node in scenario.nodes for choice in node.choices]


# --- all six ----------------------------------------------------------------------------------------------------------


def test_the_six_cover_the_frameworks_and_the_dimensions_of_servqual():
    scenarios = [load_scenario(name) for name in SCORED]
    assert {scenario.framework for scenario in scenarios} == {"LATTE", "LEARN", "LAST", "HEART-F"}
    assert {scenario.servqual for scenario in scenarios} == set(SERVQUAL_DIMENSIONS)
    assert len({scenario.title for scenario in scenarios}) == 6


@pytest.mark.parametrize("name", SCORED)
def test_every_scored_scenario_asks_who_is_speaking_and_offers_a_false_promise_and_a_broken_rule(name):
    scenario = load_scenario(name)
    assert "identity" in scenario.facts_needed
    assert any(choice.account_data for choice in choices(scenario))
    assert any(choice.promise == "false" and choice.tone == "warm" for choice in choices(scenario))
    assert any(not choice.policy_ok for choice in choices(scenario))
    assert len(scenario.facts_needed) >= 3 and len(scenario.required_actions) >= 2


@pytest.mark.parametrize("name", BEST)
def test_what_an_experienced_agent_would_say_earns_every_point(name):
    best = score(name, BEST[name])
    assert best.total == 100 and best.first_contact_resolution
    assert best.predicted_csat == 5


@pytest.mark.parametrize("name", POLITE)
def test_being_polite_and_leaving_it_unsolved_fails(name):
    conversation = finished(name, POLITE[name])
    assert all(turn.choice.tone != "cold" for turn in conversation.turns)
    polite = score_conversation(conversation)
    assert not polite.need_met and not polite.critical_errors
    assert polite.total <= UNRESOLVED_CAP < PASS_MARK


@pytest.mark.parametrize("name", FAST)
def test_solving_it_fast_and_coldly_fails(name):
    conversation = finished(name, FAST[name])
    assert all(turn.choice.tone != "warm" for turn in conversation.turns)
    fast = score_conversation(conversation)
    assert fast.need_met and not fast.critical_errors
    assert fast.turns < score(name, BEST[name]).turns
    assert fast.empathy == 0 and fast.total < PASS_MARK


@pytest.mark.parametrize(
    ("paths", "error"),
    [
        (RULE_BROKEN, "broke the policy"),
        (FALSE_PROMISE, "promised what cannot be kept"),
        (DATA_TOO_EARLY, "used account data before checking who is speaking"),
    ],
)
@pytest.mark.parametrize("name", BEST)
def test_one_critical_error_spoils_an_otherwise_good_conversation(name, paths, error):
    spoilt = score(name, paths[name])
    assert error in spoilt.critical_errors
    assert spoilt.total <= CRITICAL_CAP < PASS_MARK
    assert not spoilt.first_contact_resolution


@pytest.mark.parametrize("name", SCORED)
def test_scored_scenarios_come_back_from_twee_unchanged(name):
    scenario = load_scenario(name)
    assert scenario_from_twee(scenario_to_twee(scenario)) == scenario


def test_the_right_answer_is_known_neither_by_its_length_nor_by_its_place():
    # Over the best conversations of all six: as guessing among 3 to 5 lines would have it, no rule finds half of them.
    longest, shortest, places, turns = 0, 0, Counter(), 0
    for name in SCORED:
        best = best_conversation(start_conversation(load_scenario(name)))
        for turn in best.turns:
            lengths = [len(choice.text) for choice in turn.node.choices]
            longest += len(turn.choice.text) == max(lengths)
            shortest += len(turn.choice.text) == min(lengths)
            places[shown_choices(best.scenario, turn.node).index(turn.choice)] += 1
            turns += 1
    assert max(longest, shortest, *places.values()) < turns / 2


# --- what each is there for -------------------------------------------------------------------------------------------


def test_refund_asks_before_it_spends_even_what_it_may_spend():
    # A credit note is within the agent's power, but blind: nobody has asked whether the jacket was worn.
    blind = score("refund", "what_is_it five_weeks who credit_now swap_it difference glad_you_came afresh")
    seen = score("refund", BEST["refund"])
    assert blind.need_met and not blind.critical_errors
    assert blind.listening == pytest.approx(20 * 2 / 3)
    assert blind.total < seen.total


def test_refund_lets_the_agent_use_all_of_a_limited_power_without_asking():
    asked = score("refund", BEST["refund"].replace("difference", "ask_manager"))
    assert asked.resolution == 12.5 and not asked.need_met


def test_a_small_surprise_spoils_before_the_problem_is_solved_what_it_crowns_afterwards():
    before = score("damaged_furniture", "present door_first our_packing no_box joss take_away thank_wax")
    after = score("damaged_furniture", BEST["damaged_furniture"])
    assert before.need_met and before.listening == 0
    assert before.total < PASS_MARK < after.total


def test_after_a_second_failure_warm_words_reach_nobody_until_somebody_stands_up_for_them():
    warm = finished("damaged_furniture", "where our_packing no_box joss take_away thank_wax")
    firm = finished("damaged_furniture", BEST["damaged_furniture"])
    emotions = [[turn.after.emotion for turn in conversation.turns[:2]] for conversation in (warm, firm)]
    assert emotions == [[-1, -1], [-1, 0]]


def test_cancellation_never_scores_an_offer_or_a_pause_that_nobody_asked_for():
    pressed = {"three_offers", "half_price", "good_dinner", "think_again", "paused", "stay", "shame_then"}
    scenario = load_scenario("cancellation")
    told = {choice.id: choice for choice in choices(scenario)}
    assert pressed <= told.keys()
    assert all(told[one].type in ("deflect", "close") or not told[one].policy_ok for one in pressed)


def test_cancelling_blind_takes_the_sisters_box_as_well():
    blind = score("cancellation", "all_off back_on every_pound no_page ended pay_back thanks_report one_more")
    assert blind.resolution == 0 and not blind.need_met


def test_who_has_promised_wrongly_once_is_not_advised_to_do_it_again():
    # "It is wrong, I can tell you that for certain" would gain points here, for the total is capped already.
    scenario = load_scenario("wrong_bill")
    reviews = debrief(play(scenario, ["up_all_night", "not_a_penny", "hard_to_say", "looked_into", "before_then"]))
    false = {choice.text for choice in choices(scenario) if choice.promise == "false"}
    assert reviews[3].better and reviews[3].better not in false


def test_a_bill_on_hold_is_no_first_contact_resolution():
    way = "up_all_night forty_years our_mistake not_known reading_please hold_only no_rush"
    held = score("wrong_bill", way)
    assert held.listening == 20 and held.resolution == 0
    assert not held.first_contact_resolution


def test_without_the_neighbours_the_bill_is_only_half_solved():
    own_only = score("wrong_bill", BEST["wrong_bill"].replace("whole_terrace", "lucky_man"))
    assert own_only.resolution == 12.5 and not own_only.need_met


def test_the_clinic_counts_every_advice_and_every_result_as_a_critical_error():
    told = {choice.id: choice for choice in choices(load_scenario("clinic_appointment"))}
    for advice in ("no_news", "peek", "its_good", "herbal"):
        assert not told[advice].policy_ok
    # Private means private: a message at home is not allowed either.
    assert not told["leave_word"].policy_ok
