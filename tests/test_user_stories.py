"""Tests of user stories: the lint, the judge, and the builder without a browser."""

import json

import ipywidgets as widgets
import pytest

from cxux_helpers.exercises import StoryGoal, UserStoryBuilder, judge_user_story
from cxux_helpers.exercises.story_judge import STORY_PARTS, read_story
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.records import record_to_plain
from cxux_helpers.user_stories import INVEST, STORY_RULES, Criterion, UserStory, user_story_findings

DONE = Criterion("my book lies in a locker", "I type my code", "one door opens within 2 seconds")
OTHER = Criterion("my code is wrong", "I type it a third time", "the screen shows the number of the desk")
GOOD = UserStory(
    "reader who works until seven", "collect my book after closing time", "I need no afternoon off", 3, (DONE, OTHER)
)


def changed(**parts):
    return UserStory(**{**vars(GOOD), **parts})


def rules(**parts):
    return [finding.rule for finding in user_story_findings(changed(**parts))]


def outcome(then):
    return rules(criteria=(Criterion("a", "b", then),))


# --- the lint ---------------------------------------------------------------------------------------------------


def test_a_sound_story_has_no_finding():
    assert user_story_findings(GOOD) == []


FAULTS = [
    ({"role": " "}, "role-missing"), ({"role": "a"}, "role-missing"), ({"role": "the system"}, "role-system"),
    ({"role": "the booking app"}, "role-system"), ({"role": "product owner"}, "role-team"),
    ({"role": "a senior developer"}, "role-team"), ({"role": "user"}, "role-everybody"),
    ({"role": "somebody"}, "role-everybody"), ({"role": "a Customer"}, "role-everybody"),
    ({"goal": ""}, "goal-missing"), ({"goal": "have a drop-down"}, "goal-solution"),
    ({"goal": "collect my book and pay my charge"}, "goal-two"), ({"reason": ""}, "reason-missing"),
    ({"reason": "I can"}, "reason-missing"), ({"reason": "my books are collected"}, "reason-repeats"),
    ({"criteria": ()}, "criteria-missing"), ({"criteria": (Criterion(),)}, "criteria-missing"),
    ({"criteria": (Criterion("", "I type", "a door opens"),)}, "criterion-incomplete"),
    ({"days": 0}, "size-missing"), ({"days": 8}, "size-large"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "rule"), FAULTS)
def test_each_fault_of_form_is_found_by_its_rule_alone(parts, rule):
    assert rules(**parts) == [rule]


@pytest.mark.parametrize(
    "role", ["wheelchair user", "visitor who reads no English", "people with a pram", "somebody who cannot read maps"]
)
def test_a_role_that_says_which_people_will_do(role):
    assert rules(role=role) == []


@pytest.mark.parametrize("role", ["student without a computer", "reader at the library's website"])
def test_a_person_near_a_program_is_still_a_person(role):
    assert rules(role=role) == []


def test_an_outcome_needs_a_number_or_something_to_see_and_no_vague_word():
    assert outcome("the page is fast") == ["criterion-vague"]
    assert outcome("the page is there within 2 seconds, quickly") == ["criterion-vague"]
    assert outcome("everything works") == ["criterion-unseen"]
    assert outcome("it takes less than 30 seconds") == []
    assert outcome("I hear one short beep") == []


def test_a_vague_word_in_the_situation_does_no_harm():
    assert rules(criteria=(Criterion("the line is fast", "I type", "a door opens"),)) == []


def test_findings_name_their_criterion_and_every_rule_is_known_and_used_once_in_invest():
    (finding,) = user_story_findings(changed(criteria=(DONE, Criterion("a", "b", "it is nice"))))
    assert finding.where == "criterion 2" and "nice" in finding.what
    listed = [rule for rules_of in INVEST.values() for rule in rules_of]
    assert sorted(listed) == sorted(STORY_RULES)


def test_a_story_reads_as_one_sentence_with_its_article():
    assert repr(changed(role="old reader")).startswith("As an old reader, I want to collect")
    assert repr(changed(role="user of a chair")).startswith("As a user")
    assert repr(changed(role="the neighbour")).startswith("As the neighbour")
    assert repr(UserStory()) == "As a …, I want to …, so that …."


def test_a_negative_size_is_refused():
    with pytest.raises(ValueError, match="days is -1"):
        UserStory(days=-1)


# --- the judge --------------------------------------------------------------------------------------------------


def test_each_part_counts_a_fifth():
    for part, parts in {"role": {"role": "user"}, "goal": {"goal": "a button"}, "days": {"days": 13}}.items():
        feedback = judge_user_story(record_to_plain(changed(**parts)))
        assert feedback.share == pytest.approx(0.8), part


def test_of_the_criteria_each_one_counts():
    feedback = judge_user_story(changed(criteria=(DONE, Criterion("a", "b", "it is easy"))))
    assert feedback.share == pytest.approx((4 + 0.5) / 5) and "Two testers would disagree" in feedback.message


def test_what_the_task_asks_for_costs_half_of_its_part():
    goal = StoryGoal(3, 2, {"role": ("wheel", "Whose chair is it?")})
    feedback = judge_user_story(GOOD, goal)
    assert feedback.share == pytest.approx((3 + 0.5 + 0.5) / 5)
    for words in ("Whose chair is it?", "3 criteria or more", "At least 2 of the outcomes"):
        assert words in feedback.message
    assert judge_user_story(GOOD, StoryGoal(2, 1, {"criteria": ("locker", ""), "days": ("3", "")})).right


def test_messages_never_repeat_what_was_written():
    feedback = judge_user_story(changed(role="zebra system", goal="zebra button", reason="zebra button"))
    assert "zebra" not in feedback.message


@pytest.mark.parametrize(
    "answer",
    [None, NoAnswer("Nothing."), [1], "text", {}, {"role": 1}, {"goal": "x" * 301}, record_to_plain(UserStory())],
)
def test_the_judge_survives_any_answer(answer):
    feedback = judge_user_story(answer)
    assert feedback.share == 0 and feedback.rung <= Rung.OUT_OF_RANGE


def test_a_goal_refuses_unknown_parts_and_half_numbers():
    with pytest.raises(ValueError, match="'colour' is no part"):
        StoryGoal(about={"colour": ("", "")})
    with pytest.raises(ValueError, match="criteria"):
        StoryGoal(criteria=0)


# --- the builder ------------------------------------------------------------------------------------------------


def builder(folder, **more):
    return UserStoryBuilder("q1", title="Story", prompt="Write.", folder=folder, **more)


def boxes(widget):
    if isinstance(widget, widgets.Text | widgets.Dropdown):
        return [widget]
    return [box for child in getattr(widget, "children", ()) for box in boxes(child)]


def box(exercise, name):
    return next(one for one in boxes(exercise.view) if one.description == name)


def lint(exercise):
    return exercise.view.children[1].children[-1].value


def test_a_story_is_judged_saved_and_restored(tmp_path):
    exercise = builder(tmp_path, goal=StoryGoal(2))
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = GOOD
    assert exercise.check().right and "Given my book lies in a locker" in exercise.text()
    saved = json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"]
    assert read_story(saved) == GOOD and builder(tmp_path).answer == saved


def test_the_lint_follows_each_word_and_the_first_story_is_no_answer(tmp_path):
    exercise = builder(tmp_path, story=changed(role="user"))
    assert "fits everybody" in lint(exercise) and "Valuable ✗" in lint(exercise) and exercise.answer is None
    box(exercise, "As a").value = "reader <b> who travels"
    assert exercise.answer["role"] == "reader <b> who travels" and "<b> who" not in lint(exercise)
    assert "The lint says:</strong></p><p>Nothing." in lint(exercise)


def test_criteria_stay_in_the_row_in_which_they_are_written(tmp_path):
    exercise = builder(tmp_path)
    box(exercise, "2. Then").value = "a bell rings"
    assert exercise.answer["criteria"] == [{"given": "", "when": "", "then": "a bell rings"}]
    assert box(exercise, "2. Then").value == "a bell rings" and box(exercise, "1. Then").value == ""
    exercise.answer = GOOD
    assert [box(exercise, f"{n}. Then").value for n in (1, 2, 3)] == [DONE.then, OTHER.then, ""]


def test_every_control_has_a_name_of_its_own_and_an_odd_size_is_shown(tmp_path):
    exercise = builder(tmp_path, rows=2)
    exercise.answer = changed(days=4)
    names = [one.description for one in boxes(exercise.view)]
    assert len(set(names)) == len(names) == 4 + 6 and box(exercise, "Size, working days").value == 4


def test_a_story_that_is_marked_later_is_only_asked_for_its_parts(tmp_path):
    exercise = builder(tmp_path, marked_later=True)
    exercise.answer = changed(reason="")
    assert exercise.check().rung is Rung.NOT_ANSWERED and "reason" in exercise.check().message
    exercise.answer = changed(role="user")
    assert exercise.check().rung is Rung.ANSWERED


@pytest.mark.parametrize(
    ("answer", "words"), [(7, "must be an object"), (changed(criteria=(DONE,) * 4), "at most 3"), ({"x": 1}, "unknown")]
)
def test_an_impossible_story_is_refused(tmp_path, answer, words):
    with pytest.raises(ValueError, match=words):
        builder(tmp_path).answer = answer


def test_the_parts_of_a_story_have_names():
    assert list(STORY_PARTS) == ["role", "goal", "reason", "criteria", "days"]
