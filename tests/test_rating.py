"""Tests of cxux_helpers.roleplay.rating: transcripts, and the key to a rating by rubric."""

from dataclasses import replace

import pytest

from cxux_helpers.roleplay.conversation import play
from cxux_helpers.roleplay.rating import (
    RUBRIC,
    STORED_CONVERSATIONS,
    rate_by_rubric,
    stored_conversation,
    transcript,
)
from cxux_helpers.roleplay.score import WEIGHTS, score_conversation
from tests.role_plays import SMALL, change_choice


def test_a_transcript_has_every_line_in_turn_and_nothing_else():
    lines = transcript(play(SMALL, ["ask", "regret", "gift", "next-please"]))
    assert lines == (
        ("Customer", "My lamp is broken."),
        ("Agent", "Which one is it?"),
        ("Customer", "The blue one."),
        ("Agent", "We regret it."),
        ("Customer", "And now?"),
        ("Agent", "Keep it, and take another."),
        ("Customer", "It shines again."),
        ("Agent", "Next, please."),
        ("Customer", "Goodbye."),
    )


def test_a_transcript_of_what_has_not_begun_is_the_first_line():
    assert transcript(play(SMALL, [])) == (("Customer", "My lamp is broken."),)


def test_a_customer_who_leaves_says_nothing_more():
    assert transcript(play(replace(SMALL, patience=2), ["ask"]))[-1] == ("", "The customer leaves.")


def test_the_rubric_rates_the_parts_of_the_score_on_three_levels():
    assert list(RUBRIC) == list(WEIGHTS)
    assert all(len(set(levels)) == 3 for levels in RUBRIC.values())


@pytest.mark.parametrize(
    ("moves", "ratings"),
    [
        # By hand. Steps of LAST, facts asked, things done, steps up of four, critical errors.
        (["ask", "sorry", "repair", "thanks"], (3, 3, 3, 3, 3)),  # 4 of 4, 1 of 1, 1 of 1, 4 of 4
        (["ask", "regret", "repair", "thanks"], (3, 3, 3, 2, 3)),  # 3 steps up of 4
        (["ask", "sorry", "repair", "next-please"], (2, 3, 3, 2, 3)),  # 3 steps of 4; the mood ends at 0
        (["ask", "sorry", "gift", "thanks"], (2, 3, 1, 2, 1)),  # a forbidden act is no step, and breaks a rule
        (["shrug"], (1, 1, 1, 1, 3)),
    ],
)
def test_key_ratings_follow_from_the_trace(moves, ratings):
    assert tuple(rate_by_rubric(play(SMALL, moves)).values()) == ratings


def test_half_of_what_was_needed_is_rated_two():
    two = replace(SMALL, required_actions=("repair", "note"), actions={**SMALL.actions, "note": "write it down"})
    two = change_choice(two, "next", "gift", action="note", policy_ok=True)
    assert rate_by_rubric(play(two, ["ask", "sorry", "repair", "thanks"]))["resolution"] == 2


def test_the_stored_conversations_are_finished_and_of_different_strengths():
    ratings = {name: tuple(rate_by_rubric(stored_conversation(name)).values()) for name in STORED_CONVERSATIONS}
    # Read from the transcripts. Steps, listening, resolution, empathy, compliance.
    assert ratings == {
        "jacket": (3, 3, 3, 2, 3),  # all of LATTE, all asked and done; "These things happen, of course"
        "bill": (3, 2, 2, 2, 3),  # no act on a known reading, but the other five of HEART-F; nobody looks at the street
        "boxes": (1, 3, 3, 1, 1),  # listens and acts, no more of LATTE; money "within the hour"
    }
    totals = [score_conversation(stored_conversation(name)).total for name in STORED_CONVERSATIONS]
    assert totals == sorted(totals, reverse=True)
    assert not any(stored_conversation(name).left for name in STORED_CONVERSATIONS)


def test_an_unknown_stored_conversation_is_refused_with_the_known_names():
    with pytest.raises(ValueError, match="there is no stored conversation 'lamp'; there are: jacket, bill, boxes"):
        stored_conversation("lamp")


def test_what_is_not_finished_cannot_be_rated():
    with pytest.raises(ValueError, match="waits for an answer at 'which'"):
        rate_by_rubric(play(SMALL, ["ask"]))
