"""Tests of cxux_helpers.roleplay.search, and with it of the fairness of every scenario that is shipped."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from cxux_helpers.roleplay.conversation import play, start_conversation
from cxux_helpers.roleplay.scenario_json import load_scenario, scenario_names
from cxux_helpers.roleplay.scenarios import Choice, Node
from cxux_helpers.roleplay.score import CRITICAL_CAP, PASS_MARK, score_conversation
from cxux_helpers.roleplay.search import (
    all_conversations,
    best_conversation,
    debrief,
    fairness_findings,
    mean_random_score,
    random_conversation,
)
from tests.role_plays import SMALL, change_choice, change_node, scenarios

BEST = ("ask", "sorry", "repair", "thanks")


def shuffled(scenario, seed):
    """The same scenario with its nodes and choices in another order."""
    rng = random.Random(seed)
    nodes = [replace(node, choices=tuple(rng.sample(node.choices, len(node.choices)))) for node in scenario.nodes]
    return replace(scenario, nodes=tuple(rng.sample(nodes, len(nodes))))


# --- search -----------------------------------------------------------------------------------------------------------


def test_all_conversations_of_a_small_scenario_are_found_by_hand():
    ways = {conversation.choice_ids for conversation in all_conversations(start_conversation(SMALL))}
    three_choices = {
        ("ask", sorry, act, end)
        for sorry in ("sorry", "regret")
        for act in ("repair", "gift")
        for end in ("thanks", "next-please")
    }
    assert ways == three_choices | {("shrug",)}


def test_the_best_conversation_is_found_by_hand():
    best = best_conversation(start_conversation(SMALL))
    assert best.choice_ids == BEST
    assert score_conversation(best).total == 100


def test_the_best_way_on_starts_where_the_conversation_stands():
    best = best_conversation(play(SMALL, ["ask", "regret"]))
    assert best.choice_ids == ("ask", "regret", "repair", "thanks")


def test_of_equally_good_ways_the_shortest_and_then_the_warmer_is_taken():
    listen = Choice("b", "Tell me more.", "which", "listen", "neutral", asks=("order",))
    twice = change_node(SMALL, "hello", choices=(*SMALL.node("hello").choices, listen))
    twice = replace(twice, emotion=1)  # one step up is enough, so a flat answer costs nothing
    assert best_conversation(start_conversation(twice)).choice_ids == BEST


@given(scenarios())
@settings(max_examples=20, deadline=None)
def test_the_search_finds_what_trying_everything_finds(scenario):
    start = start_conversation(scenario)
    totals = [score_conversation(conversation).total for conversation in all_conversations(start)]
    best = best_conversation(start)
    assert score_conversation(best).total == pytest.approx(max(totals))


def test_the_mean_of_a_guessing_player_is_exact():
    # By hand, each line half and half: weigh every way by one half per choice.
    start = start_conversation(SMALL)
    ways = [(conversation, 0.5 ** len(conversation.turns)) for conversation in all_conversations(start)]
    assert sum(weight for _, weight in ways) == 1
    assert mean_random_score(start) == pytest.approx(sum(score_conversation(c).total * w for c, w in ways))


def test_guessing_players_come_out_at_that_mean():
    totals = [score_conversation(random_conversation(SMALL, seed=seed)).total for seed in range(600)]
    error = np.std(totals) / np.sqrt(len(totals))
    assert abs(np.mean(totals) - mean_random_score(start_conversation(SMALL))) < 4 * error


def test_a_guessing_player_is_seeded():
    assert random_conversation(SMALL, seed=2) == random_conversation(SMALL, seed=2)
    assert len({random_conversation(SMALL, seed=seed).choice_ids for seed in range(40)}) > 5


# --- debrief ----------------------------------------------------------------------------------------------------------


def test_the_debrief_names_the_better_line_where_points_were_lost():
    reviews = debrief(play(SMALL, ["ask", "regret", "repair", "next-please"]))
    assert [review.lost for review in reviews] == [0, 5, 0, 15]  # one step of four; two of them, and a step of LAST
    assert [review.better for review in reviews] == ["", "I am sorry about the blue one.", "", "Thank you for ringing."]
    assert [review.said for review in reviews][1] == "We regret it."
    assert [(review.emotion_before, review.emotion_after) for review in reviews][:2] == [(-2, -1), (-1, -1)]


@pytest.mark.parametrize("name", scenario_names())
def test_what_was_lost_adds_up_to_what_separates_from_the_best(name):
    scenario = load_scenario(name)
    sound = 0
    for seed in range(24):
        conversation = random_conversation(scenario, seed=seed)
        reviews = debrief(conversation)
        lost = sum(review.lost for review in reviews)
        assert lost >= 100 - score_conversation(conversation).total - 1e-9
        assert all((review.lost > 0) == bool(review.better) for review in reviews)
        sound += lost == pytest.approx(100 - score_conversation(conversation).total)
    assert sound > 14


@pytest.mark.parametrize("name", scenario_names())
def test_the_best_conversation_leaves_nothing_to_say(name):
    reviews = debrief(best_conversation(start_conversation(load_scenario(name))))
    assert all(not review.better and review.lost == 0 for review in reviews)
    assert all(review.note for review in reviews)


@pytest.mark.parametrize("name", scenario_names())
def test_the_debrief_never_advises_what_the_course_warns_of(name):
    scenario = load_scenario(name)
    choices = {(node.customer, choice.text): choice for node in scenario.nodes for choice in node.choices}
    for seed in range(15):
        for review in debrief(random_conversation(scenario, seed=seed)):
            if review.better:
                advised = choices[review.customer, review.better]
                assert advised.type != "deflect" and advised.tone != "cold"
                assert advised.policy_ok and advised.promise != "false"


def test_the_debrief_judges_the_moves_and_not_the_luck():
    unlucky = [play(SMALL, BEST, noise=1.0, seed=seed) for seed in range(20)]
    unlucky = [conversation for conversation in unlucky if conversation.state.emotion < 2]
    assert unlucky
    for conversation in unlucky:
        assert all(not review.better for review in debrief(conversation))


def test_an_unfinished_conversation_has_no_debrief():
    with pytest.raises(ValueError, match="waits for an answer at 'which'"):
        debrief(play(SMALL, ["ask"]))


def test_a_review_reads_as_a_dialogue():
    noted = change_choice(SMALL, "which", "regret", note="Flat.")
    noted = change_choice(noted, "which", "sorry", note="It names the lamp.")
    first, second, *_ = debrief(play(noted, ["ask", "regret", "repair", "thanks"]))
    assert str(first) == "Customer: My lamp is broken.\nYou: Which one is it?\nEmotion -2 to -1."
    assert str(second) == (
        "Customer: The blue one.\nYou: We regret it.\nEmotion -1 to -1. Flat.\n"
        "Better, by 5 points: I am sorry about the blue one. It names the lamp."
    )


# --- fairness of the shipped scenarios --------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=scenario_names())
def scenario(request):
    return load_scenario(request.param)


@pytest.fixture(scope="module")
def finished(scenario):
    """Every way in which a conversation can go, with its score."""
    return [(c, score_conversation(c)) for c in all_conversations(start_conversation(scenario))]


def test_every_line_is_said_in_some_conversation(scenario, finished):
    said = {turn.node.id for conversation, _ in finished for turn in conversation.turns}
    said |= {conversation.node.id for conversation, _ in finished}
    assert said == {node.id for node in scenario.nodes}


def test_some_conversation_scores_100_and_few_do(finished):
    perfect = [score.total == 100 for _, score in finished]
    assert any(perfect)
    assert np.mean(perfect) < 0.02


def test_being_polite_does_not_make_up_for_an_unmet_need(finished):
    polite = [s for c, s in finished if not s.need_met and all(turn.choice.tone != "cold" for turn in c.turns)]
    assert polite
    assert max(score.total for score in polite) < PASS_MARK


def test_being_fast_does_not_make_up_for_being_cold(scenario, finished):
    cold = [score for c, score in finished if not any(turn.choice.tone == "warm" for turn in c.turns)]
    assert (
        min(score.turns for score in cold) < score_conversation(best_conversation(start_conversation(scenario))).turns
    )
    assert max(score.total for score in cold) < PASS_MARK
    assert max(score.total for _, score in finished if score.empathy == 0) < PASS_MARK


def test_cold_answers_that_solve_the_problem_quickly_fail():
    # As fast as the best conversation, every fact asked and everything done: the shop's customer is no happier.
    fast = score_conversation(play(load_scenario("greeting"), ["hello", "sorry-flat", "show-short", "next"]))
    assert fast.need_met and fast.turns == 4
    assert fast.total == 75 < PASS_MARK
    # In the harder conversation the customer does not stay to the end.
    ids = ["order-please", "understand", "feel-that-way", "ask-both", "tick-the-box"]
    assert score_conversation(play(load_scenario("late_delivery"), ids)).left


def test_breaking_the_rules_never_passes(finished):
    broken = [score for _, score in finished if score.critical_errors]
    assert broken
    assert max(score.total for score in broken) <= CRITICAL_CAP < PASS_MARK


def test_guessing_stays_below_half(scenario):
    assert mean_random_score(start_conversation(scenario)) < 50


def test_the_order_in_which_choices_are_shown_decides_nothing(scenario):
    start = start_conversation(scenario)
    best, mean = best_conversation(start), mean_random_score(start)
    guess = random_conversation(scenario, seed=8)
    for seed in range(2):
        other = shuffled(scenario, seed)
        assert best_conversation(start_conversation(other)).choice_ids == best.choice_ids
        assert mean_random_score(start_conversation(other)) == pytest.approx(mean)
        assert random_conversation(other, seed=8).choice_ids == guess.choice_ids
        assert score_conversation(play(other, guess.choice_ids)) == score_conversation(guess)
        assert debrief(play(other, guess.choice_ids)) == debrief(guess)


def test_shipped_scenarios_have_no_fairness_findings(scenario):
    assert fairness_findings(scenario) == ()


# --- finding what is unfair -------------------------------------------------------------------------------------------


def findings(scenario):
    return [str(finding) for finding in fairness_findings(scenario)]


def test_a_scenario_that_nobody_can_win_is_unfair():
    assert "best conversation: it scores 95. Make 100 possible." in findings(
        change_choice(SMALL, "which", "sorry", tone="neutral")
    )


def test_a_scenario_that_guessing_wins_is_unfair():
    easy = SMALL
    for node_id, choice_id, like in (
        ("hello", "shrug", "ask"),
        ("which", "regret", "sorry"),
        ("good", "next-please", "thanks"),
    ):
        good = easy.node(node_id).choice(like)
        same = {"type": good.type, "tone": good.tone, "asks": good.asks, "to": good.to}
        easy = change_choice(easy, node_id, choice_id, **same)
    assert any(found.startswith("random player: guessing scores 72.5 on average.") for found in findings(easy))


def test_a_scenario_that_coldness_wins_is_unfair():
    # Nothing but warm answers on offer: the coldest of them is warm.
    friendly = change_choice(SMALL, "hello", "shrug", tone="warm")
    friendly = change_choice(friendly, "good", "next-please", tone="warm")
    friendly = change_choice(friendly, "which", "regret", tone="warm")
    assert "cold throughout: ask > regret > repair > thanks passes with 100. Make it fail." in findings(friendly)


def test_a_scenario_in_which_the_longest_answer_is_always_right_is_unfair():
    told = change_choice(SMALL, "next", "repair", text="I repair it at once, while you are on the line.")
    assert "longest answers: ask > sorry > repair > thanks passes with 100. Make it fail." in findings(told)
    assert not any(found.startswith("longest answers") for found in findings(SMALL))


def test_a_scenario_without_a_temptation_to_break_the_rules_is_incomplete():
    honest = change_choice(SMALL, "next", "gift", policy_ok=True)
    assert "critical error: no such conversation is possible. Offer lines that tempt to it." in findings(honest)


def test_a_scenario_in_which_warmth_always_helps_is_incomplete():
    plain = change_choice(SMALL, "next", "gift", tone="cold")
    assert "warm but unresolved: no such conversation is possible. Offer lines that tempt to it." in findings(plain)


def test_a_line_without_any_sound_answer_still_gets_a_debrief():
    trap = change_node(
        SMALL,
        "good",
        choices=(
            Choice("cold", "Next.", "bye", "close", "cold"),
            Choice("colder", "Go away.", "bye", "deflect", "cold"),
        ),
    )
    trap = replace(trap, nodes=(*trap.nodes[:-1], Node("bye", "Goodbye.")))
    trap = change_choice(trap, "which", "regret", type="thank")  # LAST needs its thanks somewhere
    assert [review.lost for review in debrief(play(trap, ["ask", "sorry", "repair", "cold"]))] == [0, 0, 0, 0]
    assert debrief(play(trap, ["ask", "sorry", "repair", "colder"]))[-1].better == "Next."
