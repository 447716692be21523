"""Tests of cxux_helpers.roleplay.conversation and .score: the customer's hidden state, and what a trace earns."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.roleplay.conversation import (
    State,
    kind_of_move,
    next_state,
    play,
    start_conversation,
    transition_table,
)
from cxux_helpers.roleplay.scenario_json import load_scenario, scenario_names
from cxux_helpers.roleplay.scenarios import FRAMEWORKS, MOVE_TYPES, PROMISES, TONES, Choice
from cxux_helpers.roleplay.score import CRITICAL_CAP, PASS_MARK, UNRESOLVED_CAP, WEIGHTS, score_conversation
from tests.role_plays import SMALL, change_choice, change_node, scenarios

BEST = ["ask", "sorry", "repair", "thanks"]
KNOWN = frozenset({"order"})


def state(emotion=0, trust=0, patience=9, **rest):
    return State(emotion, trust, patience, steps=(0, 0, 0, 0, 0), **rest)


def after(before, type, tone="neutral", **tags):
    return next_state(SMALL, "LAST", before, Choice("x", "…", "bye", type, tone, **tags))


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_table_covers_every_type_of_move_in_every_tone():
    table = transition_table()
    acts = {"first act that helps", "other act", "act that misses"}
    assert set(table.index) == (MOVE_TYPES.keys() - {"act"}) | acts
    assert list(table.columns) == list(TONES)
    assert (table["cold"] <= table["neutral"]).all() and (table["neutral"] <= table["warm"]).all()
    assert (table.loc["deflect"] <= table.drop(index=list(acts))).all(axis=None)


@pytest.mark.parametrize("move", sorted(MOVE_TYPES.keys() - {"act"}))
@pytest.mark.parametrize("tone", TONES)
def test_words_move_the_emotion_as_the_table_says(move, tone):
    assert after(state(), move, tone).emotion == transition_table().loc[move, tone]


@pytest.mark.parametrize(
    ("facts", "acted", "action", "kind"),
    [
        (KNOWN, None, "repair", "first act that helps"),
        (KNOWN, KNOWN, "repair", "other act"),
        (KNOWN, None, "note", "other act"),
        (KNOWN, None, "gift", "act that misses"),
        (frozenset(), None, "repair", "act that misses"),
        (frozenset(), None, "note", "act that misses"),
        (KNOWN, None, "", "listen"),
    ],
)
def test_an_act_helps_if_it_is_required_and_the_facts_were_known(facts, acted, action, kind):
    move = Choice("x", "…", "bye", "act" if action else "listen", action=action)
    assert kind_of_move(SMALL, state(facts=facts, facts_before_acting=acted), move) == kind


@pytest.mark.parametrize(("emotion", "tone", "expected"), [(2, "warm", 2), (-2, "cold", -2), (-1, "cold", -2)])
def test_emotion_stays_on_its_scale(emotion, tone, expected):
    assert after(state(emotion), "apologise", tone).emotion == expected


@pytest.mark.parametrize("trust", [-2, -1])
def test_without_trust_warm_words_lift_nobody_but_deeds_do(trust):
    assert after(state(trust=trust), "apologise", "warm").emotion == 0
    assert after(state(trust=trust), "apologise", "cold").emotion == -1
    assert after(state(trust=trust, facts=KNOWN), "act", "warm", action="repair").emotion == 1


@pytest.mark.parametrize(
    ("tags", "change"),
    [
        ({"type": "listen"}, 0),
        ({"type": "listen", "tone": "warm"}, 0),
        ({"type": "listen", "tone": "cold"}, -1),
        ({"type": "deflect"}, -1),
        ({"type": "deflect", "tone": "cold"}, -2),
        ({"type": "explain", "promise": "firm"}, 1),
        ({"type": "explain", "promise": "vague"}, -1),
        ({"type": "explain", "promise": "false"}, -2),
        ({"type": "act", "action": "repair"}, 1),
        ({"type": "act", "action": "gift"}, 0),
        ({"type": "act", "action": "repair", "promise": "vague", "tone": "cold"}, -1),
    ],
)
def test_trust_changes_as_documented(tags, change):
    assert after(state(facts=KNOWN), **tags).trust == change


@pytest.mark.parametrize(
    ("emotion", "type", "tone", "cost"),
    [
        (0, "listen", "neutral", 1),
        (0, "listen", "cold", 2),
        (0, "deflect", "warm", 2),
        (0, "deflect", "cold", 3),
        (-2, "listen", "warm", 2),
        (-2, "deflect", "cold", 4),
    ],
)
def test_patience_costs_as_documented(emotion, type, tone, cost):
    assert after(state(emotion, patience=9), type, tone).patience == 9 - cost
    assert after(state(emotion, patience=1), type, tone).patience == 0


@pytest.mark.parametrize(
    ("tags", "errors"),
    [
        ({}, set()),
        ({"policy_ok": False}, {"broke the policy"}),
        ({"promise": "false"}, {"promised what cannot be kept"}),
        ({"account_data": True}, {"used account data before checking who is speaking"}),
        ({"account_data": True, "asks": ("identity",)}, {"used account data before checking who is speaking"}),
    ],
)
def test_the_three_critical_errors(tags, errors):
    assert after(state(), "explain", **tags).errors == errors
    assert after(state(errors=frozenset({"earlier"})), "explain", **tags).errors == {"earlier", *errors}


def test_account_data_are_fine_once_the_identity_is_known():
    assert not after(state(facts=frozenset({"identity"})), "explain", account_data=True).errors


def test_facts_told_in_answer_to_an_act_do_not_count_as_known_before_it():
    acted = after(state(), "act", action="repair", asks=("order",))
    assert acted.facts == {"order"}
    assert acted.facts_before_acting == frozenset()
    again = after(acted, "act", action="repair")
    assert again.facts_before_acting == frozenset()


@given(st.lists(st.sampled_from(list(MOVE_TYPES)), max_size=9), st.sampled_from(list(FRAMEWORKS)))
def test_steps_are_the_longest_common_subsequence(types, framework):
    steps = [step for _, step in FRAMEWORKS[framework]]

    @cache
    def longest(i, j):
        if i == len(types) or j == len(steps):
            return 0
        if types[i] == steps[j]:
            return 1 + longest(i + 1, j + 1)
        return max(longest(i + 1, j), longest(i, j + 1))

    now = State(0, 0, 99, steps=(0,) * (len(steps) + 1), facts=KNOWN)
    for kind in types:
        move = Choice("x", "…", "bye", kind, action="repair" if kind == "act" else "")
        now = next_state(SMALL, framework, now, move)
    assert now.steps[-1] == longest(0, 0)


@pytest.mark.parametrize(("facts", "action", "steps"), [(KNOWN, "repair", 1), (KNOWN, "gift", 0), (set(), "repair", 0)])
def test_an_act_that_is_forbidden_or_blind_is_no_step_of_the_framework(facts, action, steps):
    assert after(state(facts=frozenset(facts)), "act", action=action).steps[-1] == steps


# --- conversations ----------------------------------------------------------------------------------------------------


def test_a_conversation_walks_through_the_graph_and_keeps_its_trace():
    conversation = play(SMALL, BEST)
    assert conversation.finished and not conversation.left
    assert [turn.node.id for turn in conversation.turns] == ["hello", "which", "next", "good"]
    assert conversation.choice_ids == tuple(BEST)
    assert conversation.node.id == "bye"
    assert [turn.after.emotion for turn in conversation.turns] == [-1, 0, 1, 2]
    assert conversation.turns[1].before == conversation.turns[0].after


def test_a_move_leaves_the_conversation_before_it_as_it_was():
    start = start_conversation(SMALL)
    assert start.say("ask").node.id == "which"
    assert start.node.id == "hello"
    assert start.turns == ()


def test_a_customer_without_patience_leaves():
    conversation = play(replace(SMALL, patience=2), ["ask"])
    assert conversation.left and conversation.finished
    with pytest.raises(ValueError, match="choice 'sorry' comes too late: the customer has left"):
        conversation.say("sorry")


def test_patience_that_ends_with_the_conversation_is_enough():
    conversation = play(replace(SMALL, patience=5), BEST)
    assert conversation.state.patience == 0
    assert conversation.finished and not conversation.left


def test_moves_after_the_end_and_unknown_moves_are_refused():
    with pytest.raises(ValueError, match="choice 'more' comes too late: 'bye' is an ending"):
        play(SMALL, [*BEST, "more"])
    with pytest.raises(ValueError, match="choice 'aks' is not at node 'hello'; it has: ask, shrug"):
        play(SMALL, ["aks"])


def test_a_faulty_scenario_cannot_be_played():
    with pytest.raises(ValueError, match=r"scenario 'small' cannot be played yet \(2 findings\). First: title: it is"):
        start_conversation(replace(SMALL, title="", emotion=5))


def test_another_framework_may_be_chosen():
    conversation = play(SMALL, BEST, framework="LEARN")
    assert score_conversation(conversation).steps == 20 * 3 / 5  # listen, apologise, act
    with pytest.raises(ValueError, match=r"framework is 'SMILE'. Take one of: LATTE, LEARN, HEART-F, LAST"):
        play(SMALL, BEST, framework="SMILE")


def test_without_noise_the_same_moves_give_the_same_conversation():
    assert play(SMALL, BEST) == play(SMALL, BEST, seed=7)


def test_noise_is_seeded_and_does_not_depend_on_what_is_said():
    first, again = (play(SMALL, BEST, noise=0.8, seed=3) for _ in range(2))
    assert first == again
    assert first.shocks == start_conversation(SMALL, noise=0.8, seed=3).say("shrug").shocks
    assert any(play(SMALL, BEST, noise=0.8, seed=seed).state != play(SMALL, BEST).state for seed in range(9))


def test_noise_shifts_the_mood_by_one_step_about_as_often_as_it_says():
    shocks = [shock for seed in range(300) for shock in start_conversation(SMALL, noise=0.4, seed=seed).shocks]
    assert set(shocks) == {-1, 0, 1}
    assert 0.35 < sum(map(abs, shocks)) / len(shocks) < 0.45
    assert abs(sum(shocks) / len(shocks)) < 0.05


@pytest.mark.parametrize("noise", [-0.1, 1.5, True, "0.1"])
def test_noise_is_a_probability(noise):
    with pytest.raises(ValueError, match=r"noise is .*, but must be a number of 0 or more and up to 1"):
        start_conversation(SMALL, noise=noise)


# --- score ------------------------------------------------------------------------------------------------------------


def score(scenario, ids, **options):
    return score_conversation(play(scenario, ids, **options))


def test_the_best_conversation_earns_every_point():
    best = score(SMALL, BEST)
    assert (best.steps, best.listening, best.resolution, best.empathy, best.compliance) == (20, 20, 25, 20, 15)
    assert best.total == sum(WEIGHTS.values()) == 100
    assert best.passed and best.need_met and best.first_contact_resolution and not best.left
    assert best.turns == 4
    assert best.predicted_csat == 5


def test_a_flat_apology_costs_the_empathy_it_did_not_earn():
    flat = score(SMALL, ["ask", "regret", "repair", "thanks"])
    assert flat.empathy == 15  # three of four steps up
    assert flat.total == 95


def test_a_customer_who_ends_no_happier_earns_no_empathy():
    assert score(SMALL, ["shrug"]).empathy == 0
    assert score(replace(SMALL, emotion=1), ["shrug"]).empathy == 0  # a loss is not below zero


def test_steps_left_out_or_out_of_order_cost_their_share():
    no_thanks = score(SMALL, ["ask", "sorry", "repair", "next-please"])
    assert no_thanks.steps == 15


def test_only_facts_known_before_the_first_act_count_as_listening():
    rushed = change_choice(SMALL, "hello", "ask", asks=())
    rushed = change_choice(rushed, "good", "thanks", asks=("order",))
    assert score(rushed, BEST).listening == 0
    assert score(SMALL, BEST).listening == 20


def test_facts_asked_count_even_if_nothing_is_done():
    assert score(SMALL, ["shrug"]).listening == 0
    talk = change_choice(SMALL, "which", "sorry", to="bye")
    assert score(talk, ["ask", "sorry"]).listening == 20


def test_half_of_what_was_required_earns_half_of_the_resolution_and_no_pass():
    scenario = load_scenario("late_delivery")
    half = score(scenario, ["ask-order", "two-days", "sorry-silence", "ask-both", "rebook", "feedback", "ring-you"])
    assert half.resolution == 12.5
    assert not half.need_met and not half.first_contact_resolution
    assert half.total == UNRESOLVED_CAP < PASS_MARK
    assert not half.passed


def test_a_forbidden_action_spoils_the_resolution_and_breaking_the_policy_caps_the_total():
    spoilt = score(SMALL, ["ask", "sorry", "gift", "thanks"])
    assert spoilt.resolution == spoilt.compliance == 0
    assert spoilt.critical_errors == ("broke the policy",)
    assert spoilt.total <= CRITICAL_CAP
    assert not spoilt.passed


def test_a_critical_error_caps_an_otherwise_perfect_conversation():
    guarantee = change_choice(SMALL, "next", "repair", promise="false")
    capped = score(guarantee, BEST)
    assert capped.need_met
    assert capped.compliance == 0
    assert capped.total == CRITICAL_CAP == 49
    assert not capped.first_contact_resolution


def test_when_the_customer_leaves_only_steps_and_listening_count():
    left = score(replace(SMALL, patience=2), ["ask"])
    assert (left.steps, left.listening, left.resolution, left.empathy, left.compliance) == (5, 20, 0, 0, 0)
    assert left.left and not left.need_met


def test_predicted_csat_is_the_declared_function():
    # By hand: 1 + (emotion + 2) / 2 + 2 × share resolved.
    assert score(SMALL, ["shrug"]).predicted_csat == 1
    assert score(SMALL, ["ask", "regret", "repair", "thanks"]).predicted_csat == 1 + 1.5 + 2


def test_an_unfinished_conversation_has_no_score():
    with pytest.raises(ValueError, match=r"the conversation waits for an answer at 'which'. Finish it first"):
        score(SMALL, ["ask"])


def test_the_words_of_a_score_name_its_parts():
    assert repr(score(SMALL, ["shrug"])) == (
        "15 of 100, not passed (steps 0 of 20, listening 0 of 20, resolution 0 of 25, empathy 0 of 20, "
        "compliance 15 of 15)"
    )


def play_as_far_as_it_goes(scenario, ids, **options):
    conversation = start_conversation(scenario, **options)
    for choice_id in ids:
        if not conversation.finished:
            conversation = conversation.say(choice_id)
    return conversation


def random_ids(scenario, data):
    ids = [data.draw(st.sampled_from(["c0", "c1"])) for node in scenario.nodes[:-2]]
    return [*ids, data.draw(st.sampled_from([choice.id for choice in scenario.node("all").choices]))]


@given(scenarios(), st.data())
def test_every_score_lies_within_its_bounds(scenario, data):
    earned = score_conversation(play_as_far_as_it_goes(scenario, random_ids(scenario, data)))
    for part, weight in WEIGHTS.items():
        assert 0 <= getattr(earned, part) <= weight
    assert 0 <= earned.total <= 100
    assert 1 <= earned.predicted_csat <= 5
    assert earned.passed == (earned.total >= PASS_MARK)
    assert not (earned.passed and (earned.critical_errors or not earned.need_met or earned.left))
    if min(getattr(earned, part) for part in WEIGHTS) == 0:
        assert not earned.passed


def better_moves(choice, scenario):
    """Every move that differs by one better tag, as the head of cxux_helpers.roleplay.conversation defines it."""
    yield from (replace(choice, tone=tone) for tone in TONES[TONES.index(choice.tone) + 1 :])
    yield from (replace(choice, promise=promise) for promise in PROMISES[PROMISES.index(choice.promise) + 1 :])
    yield replace(choice, policy_ok=True)
    yield replace(choice, account_data=False)
    yield from (replace(choice, asks=(*choice.asks, fact)) for fact in scenario.facts if fact not in choice.asks)
    if choice.action in scenario.forbidden_actions:
        allowed = [action for action in scenario.actions if action not in scenario.forbidden_actions]
        yield from (replace(choice, action=action) for action in allowed)
    if choice.type == "deflect":
        yield from (replace(choice, type=kind) for kind in MOVE_TYPES if kind not in ("deflect", "act"))


def check_that_better_moves_never_lower_the_score(scenario, ids, **options):
    """Change every move of a conversation in every way for the better, one at a time."""
    conversation = play_as_far_as_it_goes(scenario, ids, **options)
    total = score_conversation(conversation).total
    for turn in conversation.turns:
        for better in better_moves(turn.choice, scenario):
            choices = [better if choice.id == better.id else choice for choice in turn.node.choices]
            changed = change_node(scenario, turn.node.id, choices=tuple(choices))
            improved = score_conversation(play_as_far_as_it_goes(changed, ids, **options))
            assert improved.total >= total - 1e-9, (turn.choice, better)


@given(scenarios(), st.data(), st.sampled_from([0.0, 0.5]))
@settings(max_examples=100)
def test_a_better_move_never_lowers_the_score(scenario, data, noise):
    check_that_better_moves_never_lower_the_score(scenario, random_ids(scenario, data), noise=noise, seed=1)


@pytest.mark.parametrize("name", scenario_names())
def test_a_better_move_never_lowers_the_score_of_a_shipped_scenario(name):
    scenario = load_scenario(name)
    for seed in range(15):
        rng = np.random.default_rng(seed)
        node, ids = scenario.node(scenario.start), []
        while node.choices and len(ids) < scenario.patience:
            ids.append(node.choices[rng.integers(len(node.choices))].id)
            node = scenario.node(node.choice(ids[-1]).to)
        check_that_better_moves_never_lower_the_score(scenario, ids)
