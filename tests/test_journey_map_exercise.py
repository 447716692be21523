"""Tests of the journey-map editor without a browser: the answer, its judgement, saving, text, and bad input."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from cxux_helpers.answers import AnswerFile
from cxux_helpers.exercises import journey_editor
from cxux_helpers.exercises.esm import join_modules
from cxux_helpers.exercises.journey_editor import JourneyEditor
from cxux_helpers.exercises.journey_judge import JourneyGoal, judge_journey
from cxux_helpers.exercises.journey_map import JourneyMap
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.journey.map_checks import JOURNEY_RULES
from cxux_helpers.journey.maps import CHANNELS, Journey, Stage, Touchpoint, journey_to_json

STATIC = Path(journey_editor.__file__).parent / "static" / "journey_map"
GOOD = Journey(
    "Buying shoes",
    "Ann, who needs shoes for a wedding next week",
    (
        Stage("look", "Look around", "Know which shoes would do"),
        Stage("buy", "Buy", "Have the shoes in time"),
        Stage("wear", "Wear", "Dance all night"),
    ),
    (
        Touchpoint("talk", "Asks her sister", "look", "before", "word of mouth", False, False, "", 1, 4, "Interview 3"),
        Touchpoint("list", "Sees all shoes", "look", "before", "website", True, True, "Web team", 0, 3, "Log of May"),
        Touchpoint("pay", "Pays", "buy", "during", "website", True, True, "Web team", -2, 5, "41 complaints in May"),
        Touchpoint("box", "Opens the box", "wear", "after", "product", True, True, "Packing", 2, 4, "Interview 3"),
    ),
)
PLAIN = json.loads(journey_to_json(GOOD))


def exercise(folder, **more):
    return JourneyMap("q1", title="Map", prompt="Draw it.", folder=folder, **more)


def with_touchpoint(place, **parts):
    """The good map with one touchpoint changed."""
    touchpoints = list(GOOD.touchpoints)
    touchpoints[place] = dataclasses.replace(touchpoints[place], **parts)
    return dataclasses.replace(GOOD, touchpoints=tuple(touchpoints))


# -- the answer -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [GOOD, PLAIN, journey_to_json(GOOD)], ids=["journey", "plain data", "json"])
def test_a_map_given_in_any_form_is_saved_as_plain_data_and_comes_back(tmp_path, answer):
    one = exercise(tmp_path)
    assert one.answer is None and one.check().rung is Rung.NOT_ANSWERED
    one.answer = answer
    assert one.answer == PLAIN and one.journey == GOOD
    assert json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"] == PLAIN
    again = exercise(tmp_path)
    assert again.journey == GOOD and again.check().right and "saved answer is back" in again.text()


def test_the_map_to_start_from_is_shown_but_is_no_answer(tmp_path):
    one = exercise(tmp_path, journey=with_touchpoint(0, emotion=None))
    assert one.journey.touchpoints[0].emotion is None and one.answer is None
    assert editor(one).journey["touchpoints"][0]["emotion"] is None
    assert one.check().rung is Rung.NOT_ANSWERED and not (tmp_path / "answers").exists()
    assert exercise(tmp_path).journey == Journey("", "", (), ())


BAD = [
    (3, "the answer should be a Journey, or what journey_to_json writes"),
    ({"title": "Shoes"}, "the journey map has schema None, but 1 is needed"),
    ("{", "the journey map is not JSON"),
    ({**PLAIN, "stages": [*PLAIN["stages"], PLAIN["stages"][0]]}, "two stages have the id 'look'. Rename one."),
    (
        {**PLAIN, "touchpoints": [*PLAIN["touchpoints"], PLAIN["touchpoints"][2]]},
        "two touchpoints have the id 'pay'. Rename one.",
    ),
    ({**PLAIN, "touchpoints": [{**PLAIN["touchpoints"][0], "emotion": 3}]}, "emotion is 3"),
    ({**PLAIN, "colour": "red"}, "unknown entry 'colour'"),
]


@pytest.mark.parametrize(("answer", "message"), BAD)
def test_an_impossible_map_is_refused_with_the_remedy_and_the_old_one_stays(tmp_path, answer, message):
    one = exercise(tmp_path)
    one.answer = GOOD
    with pytest.raises(ValueError, match=re.escape(message)):
        one.answer = answer
    assert one.journey == GOOD and exercise(tmp_path).journey == GOOD


def test_a_saved_map_that_does_not_fit_is_set_aside_and_said(tmp_path):
    AnswerFile("q1", tmp_path).save({"title": "Shoes"})
    one = exercise(tmp_path)
    assert one.answer is None
    assert "does not fit this question: the journey map has schema None" in one.text()
    assert (tmp_path / "answers" / "q1.kept1.json").exists()


# -- the judgement --------------------------------------------------------------------------------------------


def test_a_map_that_lacks_nothing_is_right():
    feedback = judge_journey(GOOD)
    assert feedback.right and feedback.message.startswith("The map has all that can be checked")


@pytest.mark.parametrize(
    ("answer", "rung", "message"),
    [
        (None, Rung.NOT_ANSWERED, "no answer here yet"),
        (NoAnswer("Run the editor's cell first."), Rung.NOT_ANSWERED, "Run the editor's cell first."),
        (Journey("", "", (), ()), Rung.NOT_ANSWERED, "The map is empty."),
        (7, Rung.WRONG_KIND, "The map cannot be read."),
        ({"kind": "persona"}, Rung.WRONG_KIND, "The map cannot be read."),
    ],
)
def test_what_is_no_map_is_told_apart_from_a_weak_one(answer, rung, message):
    feedback = judge_journey(answer)
    assert feedback.rung is rung and message in feedback.message and feedback.share == 0


def test_the_share_is_the_mean_of_map_stages_and_touchpoints():
    # One of four touchpoints and nothing else: (1 + 1 + 3/4) / 3.
    assert judge_journey(with_touchpoint(2, owner="")).share == pytest.approx(11 / 12)
    # No bad moment: one finding on the whole map, so that part earns 1/2.
    assert judge_journey(with_touchpoint(2, emotion=0)).share == pytest.approx(5 / 6)
    # One of three stages.
    no_goal = dataclasses.replace(GOOD, stages=(*GOOD.stages[:2], Stage("wear", "Wear")))
    assert judge_journey(no_goal).share == pytest.approx((1 + 2 / 3 + 1) / 3)
    # Only stages: each is empty, and there is no touchpoint.
    assert judge_journey(dataclasses.replace(GOOD, touchpoints=())).share == 0


def test_a_goal_is_a_fourth_part_that_counts_how_far_one_came():
    # Half of the touchpoints and all of the stages asked for: (3/4 + 1 + 1 + 1) / 4.
    feedback = judge_journey(GOOD, JourneyGoal(stages=3, touchpoints=8))
    assert feedback.share == pytest.approx(3.75 / 4) and feedback.rung is Rung.CLOSE
    assert feedback.message == "The map: This task asks for at least 8 touchpoints; there are 4."
    assert judge_journey(GOOD, JourneyGoal(3, 4, 3, 3, 1, 1, 1, 4)).right


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (JourneyGoal(stages=9), "9 stages; there are 3"),
        (JourneyGoal(channels=9), "9 different channels; there are 3"),
        (JourneyGoal(phases=4), "4 of the phases before, during and after the purchase; there are 3"),
        (JourneyGoal(indirect=9), "9 indirect touchpoints; there are 1"),
        (JourneyGoal(uncontrollable=9), "9 touchpoints that are not controllable; there are 1"),
        (JourneyGoal(bad_moments=9), "9 touchpoints that feel bad; there are 1"),
        (JourneyGoal(evidence=9), "9 touchpoints with an emotion and its evidence; there are 4"),
    ],
)
def test_each_number_of_a_goal_is_asked_for_in_words(goal, words):
    assert words in judge_journey(GOOD, goal).message


@pytest.mark.parametrize("number", [-1, 2.5, True, "5"])
def test_a_goal_that_is_no_number_of_things_is_refused(number):
    with pytest.raises(ValueError, match="touchpoints"):
        JourneyGoal(touchpoints=number)


def test_feedback_says_the_first_few_things_and_where_they_are():
    ones = [dataclasses.replace(one, evidence="", owner="", importance=None) for one in GOOD.touchpoints]
    stages = (Stage("look", "Look around"), *GOOD.stages[1:])
    message = judge_journey(Journey("", "Ann", stages, tuple(ones))).message
    assert message.startswith("The map: It has no title. Others cannot read what you meant.")
    assert "Stage 1: It has no goal. Without the customer's goal" in message
    # What differs between the four, their feelings, is left out; what they share is said once.
    assert "Touchpoints 1, 2, 3, 4: A feeling without evidence is a guess" in message
    assert "Name the person or team" not in message
    assert message.endswith("Then 2 more kinds of findings, listed below the map.")


def test_many_places_of_one_finding_are_counted():
    ones = tuple(dataclasses.replace(GOOD.touchpoints[1], id=f"t{n}", owner="", stage="look") for n in range(7))
    message = judge_journey(Journey("Shoes", "Ann", GOOD.stages[:1], ones)).message
    assert "Touchpoints 1, 2, 3, 4, 5 and 2 more: It is controllable, but has no owner." in message


def test_messages_hold_no_word_of_the_students():
    bomb = "<b>full marks</b>"
    stages = (Stage(bomb, bomb, ""), Stage("s2", bomb, ""))
    ones = tuple(
        Touchpoint(f"{bomb}{n}", bomb, stage, phase, "review site", True, True, "", -1, None, "")
        for n, (stage, phase) in enumerate([(bomb, "after"), ("s2", "before"), (f"no {bomb}", "before")])
    )
    goals = tuple(dataclasses.replace(stage, goal="Arrive") for stage in stages)
    for journey, words in (
        (Journey("Shoes", "Ann", stages, ones), "Stages 1, 2: It has no goal."),
        (Journey("Shoes", "Ann", goals, ones[:2]), "stage 2, which comes next, has one 'before'"),
        (Journey("Shoes", "Ann", goals, ones[2:]), "Touchpoint 1: Its stage is not on the map."),
    ):
        feedback = judge_journey(journey)
        assert words in feedback.message
        assert bomb in feedback.found and bomb not in feedback.message


def test_the_phase_of_a_later_stage_is_named_by_its_number():
    swapped = dataclasses.replace(GOOD, stages=(GOOD.stages[2], *GOOD.stages[:2]))
    message = judge_journey(swapped).message
    assert "Stage 1: It has a touchpoint 'after' the purchase; stage 2, which comes next, has one 'before'." in message


# -- the view -------------------------------------------------------------------------------------------------


def editor(one):
    return next(child for child in one.view.children if isinstance(child, JourneyEditor))


def test_what_the_editor_changes_is_saved_and_its_findings_follow(tmp_path):
    one = exercise(tmp_path)
    one.answer = GOOD
    shown = editor(one)
    assert shown.journey == PLAIN and shown.findings == []
    changed = json.loads(journey_to_json(with_touchpoint(2, owner="")))
    shown.journey = changed
    assert one.answer == changed and exercise(tmp_path).answer == changed
    assert shown.findings == [
        {
            "rule": "no-owner", "kind": "touchpoint", "id": "pay", "field": "owner", "place": "Touchpoint 3, Pays",
            "text": f"It is controllable, but has no owner. {' '.join(JOURNEY_RULES['no-owner'])}",
        }
    ]  # fmt: skip


def test_an_answer_set_by_code_appears_in_the_editor(tmp_path):
    one = exercise(tmp_path)
    shown = editor(one)
    one.answer = GOOD
    assert shown.journey == PLAIN


def test_a_map_that_the_editor_could_not_have_made_is_told_and_not_saved(tmp_path):
    one = exercise(tmp_path)
    one.answer = GOOD
    editor(one).journey = {"title": "Shoes"}
    assert one.journey == GOOD and exercise(tmp_path).journey == GOOD
    words = " ".join(getattr(child, "value", "") for child in one.view.children)
    assert "Not saved" in words and "schema None" in words


@pytest.mark.parametrize(
    ("journey", "rule", "where", "field"),
    [
        (dataclasses.replace(GOOD, title=""), "no-name", "The map", "title"),
        (dataclasses.replace(GOOD, persona=""), "no-persona", "The map", "persona"),
        (dataclasses.replace(GOOD, stages=(*GOOD.stages[:2], Stage("wear", ""))), "no-goal", "Stage 3", "goal"),
        (Journey("Shoes", "Ann", (*GOOD.stages, Stage("s", "End", "Rest")), ()), "empty-stage", "Stage 4, End", "name"),
        (with_touchpoint(0, name=""), "no-name", "Touchpoint 1", "name"),
        (with_touchpoint(0, stage="gone"), "unknown-stage", "Touchpoint 4, Asks her sister", "stage"),
        (with_touchpoint(0, direct=True), "voice-of-others", "Touchpoint 1, Asks her sister", "direct"),
        (with_touchpoint(1, emotion=None), "no-emotion", "Touchpoint 2, Sees all shoes", "emotion"),
        (with_touchpoint(1, importance=None), "no-importance", "Touchpoint 2, Sees all shoes", "importance"),
        (with_touchpoint(1, evidence=" "), "no-evidence", "Touchpoint 2, Sees all shoes", "evidence"),
    ],
)  # fmt: skip
def test_a_finding_leads_to_the_field_that_mends_it(tmp_path, journey, rule, where, field):
    one = exercise(tmp_path, journey=journey)
    found = {finding["rule"]: finding for finding in editor(one).findings}
    assert (found[rule]["place"], found[rule]["field"]) == (where, field)


def test_imported_text_comes_back_as_a_map_or_with_the_reason_why_not(tmp_path):
    shown = editor(exercise(tmp_path))
    sent = []
    shown.send = sent.append
    for content in (
        {"type": "import", "text": journey_to_json(GOOD)},
        {"type": "import", "text": "{"},
        {"type": "import"},
        {"type": "something else"},
    ):
        shown._receive(shown, content, [])
    assert sent[0] == {"type": "imported", "journey": PLAIN}
    assert [answer["type"] for answer in sent[1:]] == ["refused", "refused"]
    assert sent[1]["message"].startswith("The journey map is not JSON")


def test_importing_the_map_that_is_drawn_already_makes_it_the_answer(tmp_path):
    one = exercise(tmp_path, journey=GOOD)
    assert one.answer is None
    shown = editor(one)
    shown._receive(shown, {"type": "import", "text": journey_to_json(GOOD)}, [])
    assert one.answer == PLAIN == AnswerFile("q1", tmp_path).load()


def test_a_marker_sees_text_and_a_student_sees_the_editor(tmp_path, monkeypatch):
    one = exercise(tmp_path, journey=GOOD)
    assert "No answer yet." in one.text()
    one.answer = with_touchpoint(1, emotion=None, importance=None, evidence="", stage="gone")
    assert "application/vnd.jupyter.widget-view+json" in one._repr_mimebundle_()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert one._repr_mimebundle_() == {"text/plain": one.text()}
    for line in (
        "Your answer: a journey map, Buying shoes",
        "Persona: Ann, who needs shoes for a wedding next week",
        "Stage 2, Buy. Goal: Have the shoes in time",
        "  2. Pays: website, during the purchase, direct, controllable, owner Web team, feels very bad (-2), "
        "importance 5 of 5, evidence: 41 complaints in May",
        "Without a stage: 4. Sees all shoes: website, before the purchase, direct, controllable, owner Web team, "
        "feeling unknown, importance unknown, no evidence",
    ):
        assert line in one.text().splitlines()


# -- the JavaScript -------------------------------------------------------------------------------------------


def test_every_channel_has_an_icon():
    icons = (STATIC / "icons.js").read_text(encoding="utf-8")
    for channel in CHANNELS:
        assert re.search(rf'^  "?{channel}"?: "M', icons, re.MULTILINE), channel


def test_every_module_is_joined_and_none_imports_from_elsewhere():
    joined = JourneyEditor._esm
    assert {path.stem for path in STATIC.glob("*.js")} == set(journey_editor._FILES)
    assert "import " not in re.sub(r"//.*", "", joined) and joined.count("export ") == 1
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|https?://(?!www\.w3\.org)", joined)


def test_no_name_is_declared_twice_in_the_joined_module():
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", JourneyEditor._esm, re.MULTILINE)
    assert len(names) > 50 and sorted(names) == sorted(set(names))


def test_joining_takes_imports_and_exports_away_and_keeps_the_default(tmp_path):
    (tmp_path / "one.js").write_text("export const a = 1;\n")
    (tmp_path / "two.js").write_text('import {\n  a,\n} from "./one.js";\nexport default a;\n')
    assert join_modules(tmp_path, ["one", "two"]) == "const a = 1;\n\nexport default a;\n"
