"""Tests of cxux_helpers.exercises.role_play and .role_play_debrief, without a browser."""

import json
import random
from dataclasses import replace

import pytest

from cxux_helpers.exercises.role_play import RolePlay, judge_role_play, shown_choices, valid_role_play
from cxux_helpers.exercises.role_play_debrief import (
    costliest_turn,
    debrief_html,
    debrief_text,
    headline,
    points,
    score_parts,
)
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.plots import describe_emotion
from cxux_helpers.roleplay import (
    PASS_MARK,
    best_conversation,
    debrief,
    load_scenario,
    play,
    scenario_names,
    score_conversation,
    start_conversation,
)
from tests.role_plays import SMALL, change_choice

BEST = ["ask", "sorry", "repair", "thanks"]  # 100 points
# By hand: steps 15, listening 20, resolution 25, empathy 5 (one step of four up), compliance 15.
COLD = ["ask", "regret", "repair", "next-please"]
RUDE = ["shrug"]  # compliance 15, and nothing else
HASTY = replace(SMALL, patience=2)  # the customer leaves after the first move


def role_play(folder, scenario=SMALL, **more):
    return RolePlay("q1", title="A lamp", prompt="Help.", scenario=scenario, folder=folder, **more)


def saved(folder):
    return json.loads((folder / "answers" / "q1.json").read_text())["answer"]


def send(exercise, **message):
    """What the stage in the browser sends."""
    stage = exercise.view.children[1]
    stage._handle_custom_msg(message, [])


def click(exercise, *choice_ids):
    for choice_id in choice_ids:
        send(exercise, type="say", choice=choice_id, turn=scene(exercise)["turn"])


def scene(exercise):
    return exercise.view.children[1].scene


# --- the answer -------------------------------------------------------------------------------------------------------


def test_a_conversation_can_be_played_from_code(tmp_path):
    exercise = role_play(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = ["ask", "sorry"]
    assert exercise.answer == {"best": [], "now": ["ask", "sorry"]}
    assert exercise.conversation.node.id == "next"
    assert exercise.check().rung is Rung.NOT_ANSWERED and "not over" in exercise.check().message
    exercise.answer = BEST
    assert exercise.answer == {"best": BEST, "now": BEST}
    assert exercise.check().right


def test_each_move_is_saved_at_once(tmp_path):
    exercise = role_play(tmp_path)
    for made in range(1, 4):
        click(exercise, BEST[made - 1])
        assert saved(tmp_path) == {"best": [], "now": BEST[:made]}
    click(exercise, BEST[3])
    assert saved(tmp_path) == {"best": BEST, "now": BEST}
    assert "✓ Saved." in exercise.text()


def test_a_conversation_that_was_left_in_the_middle_goes_on_where_it_stood(tmp_path):
    click(role_play(tmp_path), "ask", "sorry")
    again = role_play(tmp_path)
    assert [line["text"] for line in scene(again)["lines"]] == [
        "My lamp is broken.", "Which one is it?", "The blue one.", "I am sorry about the blue one.", "And now?",
    ]  # fmt: skip
    assert {choice["id"] for choice in scene(again)["choices"]} == {"repair", "gift"}
    click(again, "repair", "thanks")
    assert again.check().right


def test_nothing_is_saved_before_the_first_move(tmp_path):
    exercise = role_play(tmp_path)
    assert scene(exercise)["turn"] == 0
    send(exercise, type="restart")
    assert exercise.answer is None and not (tmp_path / "answers" / "q1.json").exists()


def test_the_best_finished_conversation_counts_and_a_worse_one_takes_nothing_away(tmp_path):
    exercise = role_play(tmp_path)
    click(exercise, *COLD)
    send(exercise, type="restart")
    assert saved(tmp_path) == {"best": COLD, "now": []}
    click(exercise, *RUDE)
    assert saved(tmp_path) == {"best": COLD, "now": RUDE}
    assert exercise.check().share == 0.8
    assert "best finished conversation counts: 80 of 100" in scene(exercise)["counts"]
    send(exercise, type="restart")
    click(exercise, *BEST)
    assert saved(tmp_path) == {"best": BEST, "now": BEST}
    assert exercise.check().right


def test_starting_again_in_the_middle_keeps_the_best(tmp_path):
    exercise = role_play(tmp_path)
    exercise.answer = BEST
    send(exercise, type="restart")
    click(exercise, "ask")
    send(exercise, type="restart")
    assert exercise.answer == {"best": BEST, "now": []}
    assert exercise.check().right


def test_of_two_equally_good_conversations_the_later_one_is_kept():
    twin = change_choice(SMALL, "good", "next-please", type="thank", tone="warm", text="Thanks a lot.")
    other = [*BEST[:3], "next-please"]
    assert valid_role_play({"best": BEST, "now": other}, twin)["best"] == other


@pytest.mark.parametrize("moves", [[], ["ask"], BEST, COLD, RUDE])
def test_a_valid_answer_stays_as_it_is(moves):
    once = valid_role_play(moves, SMALL)
    assert valid_role_play(once, SMALL) == once
    assert valid_role_play(tuple(moves), SMALL) == once


def test_a_second_click_on_an_old_line_is_no_move(tmp_path):
    exercise = role_play(tmp_path)
    for _ in range(2):
        send(exercise, type="say", choice="ask", turn=0)
    assert exercise.answer["now"] == ["ask"]
    send(exercise, type="say", choice="sorry")  # a message without a turn
    send(exercise, type="wave")
    assert exercise.answer["now"] == ["ask"]


BAD = [
    ("ask", "the answer should be a list of choice ids"),
    (7, "the answer should be a list of choice ids"),
    ([1], "the answer should be a list of choice ids"),
    ({"now": ["ask"]}, "a dictionary of two: 'best' and 'now'"),
    ({"now": ["ask"], "best": None}, "a dictionary of two: 'best' and 'now'"),
    ({"now": [], "best": [], "score": 100}, "a dictionary of two: 'best' and 'now'"),
    (["aks"], "choice 'aks' is not at node 'hello'; it has: ask, shrug"),
    ([*BEST, "thanks"], "choice 'thanks' comes too late: 'bye' is an ending"),
    ({"now": [], "best": ["ask"]}, "the best conversation stops at 'which'. Only a finished one can be the best."),
    ({"now": [], "best": ["ask", "repair"]}, "choice 'repair' is not at node 'which'"),
]


@pytest.mark.parametrize(("answer", "message"), BAD)
def test_an_answer_that_was_never_played_is_refused_and_the_old_one_kept(tmp_path, answer, message):
    exercise = role_play(tmp_path)
    exercise.answer = ["ask"]
    with pytest.raises(ValueError, match=message):
        exercise.answer = answer
    assert exercise.answer["now"] == ["ask"] and saved(tmp_path)["now"] == ["ask"]


def test_moves_after_the_customer_has_left_are_refused(tmp_path):
    with pytest.raises(ValueError, match="the customer has left"):
        role_play(tmp_path, HASTY).answer = ["ask", "sorry"]


def test_a_saved_conversation_of_another_scenario_is_set_aside(tmp_path):
    role_play(tmp_path).answer = BEST
    other = role_play(tmp_path, "greeting")
    assert other.answer is None
    assert "does not fit this question" in other.text()
    assert (tmp_path / "answers" / "q1.kept1.json").exists()


# --- the judgement ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "rung", "share"),
    [
        (BEST, Rung.RIGHT, 1.0),
        (["ask", "regret", "repair", "thanks"], Rung.RIGHT, 1.0),  # 95 points pass
        (COLD, Rung.CLOSE, 0.8),
        (RUDE, Rung.NOT_YET, 0.15),
        # 49 is the most with a critical error: by hand 20 + 20 + 0 + 10 + 0 = 50 before the cap.
        (["ask", "sorry", "gift", "thanks"], Rung.NOT_YET, 0.45),  # three steps of LAST, listening, half the mood
        (["ask"], Rung.NOT_ANSWERED, 0.0),
        ([], Rung.NOT_ANSWERED, 0.0),
        ({"best": [], "now": []}, Rung.NOT_ANSWERED, 0.0),
        ({"best": COLD, "now": ["ask"]}, Rung.CLOSE, 0.8),
        (None, Rung.NOT_ANSWERED, 0.0),
        (NoAnswer("The file is missing."), Rung.NOT_ANSWERED, 0.0),
        ({"best": BEST}, Rung.WRONG_KIND, 0.0),
        (["<b>hello</b>"], Rung.WRONG_KIND, 0.0),
    ],
)
def test_the_ladder_from_not_begun_to_passed(moves, rung, share):
    feedback = judge_role_play(moves, SMALL)
    assert feedback.rung is rung
    assert feedback.share == pytest.approx(share)
    assert "<b>" not in feedback.message


def test_a_harder_pass_mark_can_be_set(tmp_path):
    almost = ["ask", "regret", "repair", "thanks"]
    exercise = role_play(tmp_path, pass_mark=96)
    exercise.answer = almost
    assert exercise.check().rung is Rung.CLOSE and exercise.check().share == 0.95
    assert "96 are needed" in exercise.check().message


@pytest.mark.parametrize("pass_mark", [70, 80, 101, True, "85"])
def test_no_pass_mark_lets_one_virtue_make_up_for_another(tmp_path, pass_mark):
    with pytest.raises(ValueError, match=r"pass_mark is .*, but must be a number of 81 or more and up to 100"):
        role_play(tmp_path, pass_mark=pass_mark)


def test_the_feedback_names_the_parts_and_the_better_line_of_the_costliest_turn():
    message = judge_role_play(COLD, SMALL).message
    assert message.startswith("80 of 100 points: not passed yet, 85 are needed.")
    assert "steps 15 of 20, listening 20 of 20, resolution 25 of 25, empathy 5 of 20, compliance 15 of 15" in message
    assert "Turn 4 lost most. Better there: “Thank you for ringing.”" in message
    assert "lost most" not in judge_role_play(BEST, SMALL).message


def test_a_scenario_that_is_unknown_or_faulty_is_refused_when_the_exercise_is_made(tmp_path):
    with pytest.raises(ValueError, match="there is no scenario 'greet'; there are: "):
        role_play(tmp_path, "greet")
    with pytest.raises(ValueError, match="cannot be played yet"):
        role_play(tmp_path, replace(SMALL, start="nowhere"))


# --- what the stage shows ---------------------------------------------------------------------------------------------


def test_choices_are_mixed_by_their_ids_and_not_by_their_place_in_the_file():
    moved = False
    for name in scenario_names():
        scenario = load_scenario(name)
        for node in scenario.nodes:
            order = shown_choices(scenario, node)
            assert sorted(order, key=node.choices.index) == list(node.choices)
            turned = replace(node, choices=tuple(random.Random(3).sample(node.choices, len(node.choices))))
            assert shown_choices(scenario, turned) == order
            moved |= order != list(node.choices)
    assert moved
    assert shown_choices(replace(SMALL, id="other"), SMALL.node("bye")) == []


def always(scenario, pick):
    """A player who chooses by one rule only, from what is on the screen."""
    conversation = start_conversation(scenario)
    while not conversation.finished:
        conversation = conversation.say(pick(conversation.node).id)
    return score_conversation(conversation).total


@pytest.mark.parametrize("name", scenario_names())
@pytest.mark.parametrize("rank", [0, 1, 2, 3, -1])
def test_neither_the_place_nor_the_length_of_a_choice_gives_it_away(name, rank):
    scenario = load_scenario(name)
    rules = (
        lambda node: shown_choices(scenario, node),
        lambda node: sorted(node.choices, key=lambda choice: len(choice.text)),
    )
    for order in rules:
        assert always(scenario, lambda node: order(node)[min(rank, len(node.choices) - 1)]) < PASS_MARK  # noqa: B023


def test_the_customers_mood_is_shown_in_words_where_the_agent_sees_it(tmp_path):
    exercise = role_play(tmp_path)
    click(exercise, "ask")
    moods = [line.get("mood") for line in scene(exercise)["lines"]]
    assert moods == [[-2, "angry"], None, [-1, "annoyed"]]
    assert "Customer, annoyed: The blue one." in exercise.text()


def test_on_the_telephone_the_mood_is_not_shown_before_the_debrief(tmp_path):
    exercise = role_play(tmp_path, replace(SMALL, mood_visible=False))
    click(exercise, "ask")
    assert not any("mood" in line for line in scene(exercise)["lines"])
    assert "annoyed" not in exercise.text() and "Customer: The blue one." in exercise.text()
    click(exercise, "sorry", "repair", "thanks")
    assert "from angry to annoyed" in scene(exercise)["debrief"]


def test_the_stage_knows_nothing_of_tags_scores_and_hidden_states(tmp_path):
    exercise = role_play(tmp_path)
    click(exercise, "ask")
    assert set(scene(exercise)) == {"setting", "lines", "choices", "turn", "debrief", "counts"}
    assert all(set(choice) == {"id", "text"} for choice in scene(exercise)["choices"])


def test_a_customer_who_leaves_says_no_more(tmp_path):
    exercise = role_play(tmp_path, HASTY)
    click(exercise, "ask")
    assert scene(exercise)["lines"][-1] == {"who": "", "text": "The customer has lost patience and leaves."}
    assert scene(exercise)["choices"] == []
    assert "Lost with the customer." in scene(exercise)["debrief"]
    assert exercise.check().rung is Rung.NOT_YET


def test_an_answer_set_from_code_is_shown(tmp_path):
    exercise = role_play(tmp_path)
    assert scene(exercise)["choices"]
    exercise.answer = BEST
    assert scene(exercise)["debrief"] and not scene(exercise)["choices"]


# --- debrief ----------------------------------------------------------------------------------------------------------


def test_the_debrief_has_the_total_the_parts_the_outcome_and_every_turn():
    text = debrief_text(play(SMALL, COLD), PASS_MARK)
    assert text.splitlines()[:6] == [
        "80 of 100 points: not passed yet, 85 are needed.",
        "Steps: 15 of 20. 3 of 4 steps in this order: Listen, Apologize, Solve, Thank.",
        "Listening: 20 of 20. All asked in time: which lamp.",
        "Resolution: 25 of 25. All done that was needed.",
        "Empathy: 5 of 20. The customer came angry and goes annoyed.",
        "Compliance: 15 of 15. No critical error.",
    ]
    assert "Predicted satisfaction: 3.5 of 5" in text  # 1 + (−1 + 2) / 2 + 2
    assert "nothing is left that would need another within 7 days. You spoke 4 times." in text
    assert describe_emotion(play(SMALL, COLD)) in text
    assert [line for line in text.splitlines() if line.startswith("Turn")] == [f"Turn {n}" for n in range(1, 5)]


def test_the_debrief_says_why_a_blind_or_forbidden_act_is_no_step():
    text = debrief_text(play(SMALL, ["ask", "sorry", "gift", "thanks"]), PASS_MARK)
    assert (
        "Steps: 15 of 20. 3 of 4 steps in this order: Listen, Apologize, Solve, Thank. "
        "What is forbidden, or done before the facts are known, is no step.\n"
    ) in text


def test_the_debrief_names_the_better_line_and_why_it_is_better():
    scenario = load_scenario("greeting")
    conversation = play(scenario, ["welcome", "sorry-flat", "show", "thank"])
    better = scenario.node("need").choice("sorry-here")
    flat = scenario.node("need").choice("sorry-flat")
    for shown in (debrief_text(conversation, PASS_MARK), debrief_html(conversation, PASS_MARK)):
        assert shown.count("Better by") == 1
        assert "Better by 5" in shown and better.text in shown and better.note in shown and flat.note in shown
    assert "Better by" not in debrief_text(best_conversation(start_conversation(scenario)), PASS_MARK)


def test_a_debrief_without_notes_leaves_them_out():
    text = debrief_text(play(SMALL, COLD), PASS_MARK)
    assert "Note:" not in text and "Why:" not in text and "Better by 15: Thank you for ringing." in text


def test_the_parts_say_what_was_missing():
    greeting = replace(load_scenario("greeting"), patience=20)

    def meaning(moves):
        conversation = play(greeting, moves)
        return {part.name: part.meaning for part in score_parts(conversation, score_conversation(conversation))}

    rushed = meaning(["hello", "rush", "how-much", "discount", "wish"])
    assert rushed["Listening"] == "Not asked in time: how much room there is at home."
    assert (
        rushed["Resolution"]
        == "All done that was needed. Done, and forbidden: give money off without being allowed to."
    )
    assert rushed["Compliance"] == "Critical error: broke the policy."
    idle = meaning(["sofas", "enjoy"])
    assert idle["Resolution"] == "Not done: take the customer to what fits, and check the size together."
    assert idle["Listening"] == "Not asked in time: what the customer came for; how much room there is at home."


@pytest.mark.parametrize(
    ("moves", "end"),
    [
        (BEST, "100 of 100 points: passed."),
        (RUDE, "15 of 100 points: not passed yet, 85 are needed. While the need is not met, 74 is the most."),
        (
            ["ask", "sorry", "gift", "thanks"],
            "45 of 100 points: not passed yet, 85 are needed. With a critical error, 49 is the most.",
        ),
    ],
)
def test_the_headline_gives_the_total_and_what_keeps_it_low(moves, end):
    assert headline(score_conversation(play(SMALL, moves)), PASS_MARK) == end


def test_one_turn_is_spoken_once_and_a_second_contact_is_announced():
    text = debrief_text(play(SMALL, RUDE), PASS_MARK)
    assert "Not solved at first contact: another one will be needed. You spoke 1 time." in text


def test_the_picture_of_the_mood_has_its_words():
    conversation = play(SMALL, COLD)
    assert f'<img alt="{describe_emotion(conversation)}" src="data:image/png;base64,' in debrief_html(conversation, 85)


def test_words_of_a_scenario_never_become_markup():
    sly = change_choice(SMALL, "hello", "shrug", text="<script>alert(1)</script>", note="<i>x</i>")
    html = debrief_html(play(sly, RUDE), PASS_MARK)
    assert "<script" not in html and "&lt;script&gt;" in html and "<i>" not in html


def test_the_costliest_turn_is_the_one_with_the_largest_loss():
    number, review = costliest_turn(debrief(play(SMALL, COLD)))
    assert (number, review.better) == (4, "Thank you for ringing.")
    assert costliest_turn(debrief(play(SMALL, BEST))) is None


@pytest.mark.parametrize(("value", "text"), [(20, "20"), (50 / 3, "16.7"), (0.0, "0"), (78.333, "78.3")])
def test_points_have_at_most_one_decimal(value, text):
    assert points(value) == text


# --- the text form ----------------------------------------------------------------------------------------------------


def test_the_text_form_has_the_setting_the_line_and_the_choices_before_the_first_move(tmp_path):
    text = role_play(tmp_path).text()
    assert "You answer the phone.\nCustomer, angry: My lamp is broken.\nYou can say:\n" in text
    assert "Which one is it?" in text and "Lamps break." in text
    assert "the best finished one counts" in text


def test_a_marker_sees_the_conversation_that_counts_with_its_debrief(tmp_path, monkeypatch):
    exercise = role_play(tmp_path)
    click(exercise, *COLD)
    send(exercise, type="restart")
    click(exercise, "ask")
    assert "application/vnd.jupyter.widget-view+json" in exercise._repr_mimebundle_()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    text = exercise._repr_mimebundle_()["text/plain"]
    assert set(exercise._repr_mimebundle_()) == {"text/plain"}
    now, _, counts = text.partition("The conversation that counts:")
    assert "80 of 100 points" in counts and "Better by" in counts
    assert "80 of 100 points" not in now and "You can say:" in now


def test_a_conversation_that_is_itself_the_best_is_told_once(tmp_path):
    exercise = role_play(tmp_path)
    exercise.answer = BEST
    assert exercise.text().count("It shines again.") == 2  # in the conversation, and in the debrief
    assert "The conversation that counts:" not in exercise.text()


# --- the two conversations written for this exercise ------------------------------------------------------------------


def total(name, *moves):
    return score_conversation(play(load_scenario(name), moves))


@pytest.mark.parametrize("name", ["interview", "counter"])
def test_the_best_way_takes_five_to_eight_turns_and_is_read_in_about_four_minutes(name):
    scenario = load_scenario(name)
    best = best_conversation(start_conversation(scenario))
    assert 5 <= len(best.turns) <= 8
    words = [scenario.setting, best.node.customer]
    for turn in best.turns:
        words += [turn.node.customer, *(choice.text for choice in turn.node.choices)]
    assert len(" ".join(words).split()) / 230 < 4.2  # words a minute of silent reading


def test_an_interview_asks_listens_and_agrees_before_it_uses_anything():
    asked = ["purpose", "last_time", "wait", "one_hour", "how_now"]
    assert total("interview", *asked, "may_i", "out").total == 100
    assert "broke the policy" in total("interview", *asked, "quote_it").critical_errors
    polite = total("interview", *asked, "thanks_all")  # all is known, and nothing may be used
    assert not polite.need_met and polite.total < PASS_MARK
    led = total("interview", "purpose", "slow", "main_reason")
    assert led.listening == 0 and led.total < 50
    assert total("interview", "voucher", "last_time", "wait", "one_hour", "how_now", "may_i", "out").total <= 49


def test_at_the_counter_one_contact_solves_it_and_haste_breaks_the_rules():
    start = ["see_mail", "audience", "our_word", "two_questions", "what_i_know"]
    best = total("counter", *start, "released", "on_friday")
    assert best.total == 100 and best.first_contact_resolution
    assert total("counter", *start, "skip_it", "on_friday").total <= 49
    sent_home = total("counter", "see_mail", "audience", "our_word", "ring_you", "suits_you")
    assert not sent_home.first_contact_resolution and sent_home.total < PASS_MARK
    read_out = total(
        "counter", "see_mail", "read_out", "our_word", "two_questions", "what_i_know", "released", "on_friday"
    )
    assert read_out.critical_errors == ("used account data before checking who is speaking",)
