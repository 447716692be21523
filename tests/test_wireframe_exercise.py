"""Tests of the wireframe editor without a browser: the answer, its judgement, saving, text, and bad input."""

import dataclasses
import json
import re
from dataclasses import replace

import pytest

from cxux_helpers import exercises
from cxux_helpers.answers import AnswerFile
from cxux_helpers.exercises import wireframe_editor
from cxux_helpers.exercises.esm import SHARED, STATIC
from cxux_helpers.exercises.wireframe_editor import WireframeEditor
from cxux_helpers.exercises.wireframe_judge import ContentNeed, WireframeGoal, judge_wireframe
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.wireframes import EXAMPLE_SYSTEM, WIREFRAME_RULES, Wireframe, wireframe_score, wireframe_to_json
from tests.test_wireframes import FAULTS, GOOD, changed

PLAIN = json.loads(wireframe_to_json(GOOD))
# A critical, a serious and a minor finding: 3 + 2 + 1.
BROKEN = changed(street={"label": "", "x": 24, "width": 304}, save={"label": "Submit"})
MEND = WireframeGoal(start=BROKEN)


def exercise(folder, **more):
    return exercises.Wireframe("q1", title="Screen", prompt="Draw it.", system=EXAMPLE_SYSTEM, folder=folder, **more)


def judge(answer, goal=None):
    return judge_wireframe(answer, goal or WireframeGoal(), EXAMPLE_SYSTEM)


# -- the answer -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [GOOD, PLAIN, wireframe_to_json(GOOD)], ids=["wireframe", "plain data", "json"])
def test_a_screen_given_in_any_form_is_saved_as_plain_data_and_comes_back(tmp_path, answer):
    one = exercise(tmp_path)
    assert one.answer is None and one.check().rung is Rung.NOT_ANSWERED
    one.answer = answer
    assert one.answer == PLAIN and one.wireframe == GOOD
    assert json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"] == PLAIN
    again = exercise(tmp_path)
    assert again.wireframe == GOOD and again.check().right and "saved answer is back" in again.text()


def test_the_screen_to_start_from_is_shown_but_is_no_answer(tmp_path):
    one = exercise(tmp_path, start=BROKEN)
    assert one.wireframe == BROKEN and one.answer is None
    assert editor(one).wireframe == json.loads(wireframe_to_json(BROKEN))
    assert one.check().rung is Rung.NOT_ANSWERED and not (tmp_path / "answers").exists()
    assert exercise(tmp_path).wireframe == Wireframe("Screen", 360, 640)


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (3, "the answer should be a Wireframe, or what wireframe_to_json writes"),
        ({"title": "Shoes"}, "the wireframe has schema None, but 1 is needed"),
        ("{", "the wireframe is not JSON"),
        ({**PLAIN, "components": [*PLAIN["components"], PLAIN["components"][0]]}, "two components have the id 'back'"),
        ({**PLAIN, "colour": "red"}, "unknown entry 'colour'"),
    ],
)
def test_an_impossible_screen_is_refused_with_the_remedy_and_the_old_one_stays(tmp_path, answer, message):
    one = exercise(tmp_path)
    one.answer = GOOD
    with pytest.raises(ValueError, match=re.escape(message)):
        one.answer = answer
    assert one.wireframe == GOOD and exercise(tmp_path).wireframe == GOOD


def test_a_saved_screen_that_does_not_fit_is_set_aside_and_said(tmp_path):
    AnswerFile("q1", tmp_path).save({"title": "Shoes"})
    one = exercise(tmp_path)
    assert one.answer is None and "does not fit this question: the wireframe has schema None" in one.text()
    assert (tmp_path / "answers" / "q1.kept1.json").exists()


# -- the judgement --------------------------------------------------------------------------------------------


def test_a_screen_that_keeps_all_rules_is_right():
    feedback = judge(GOOD)
    assert feedback.right and feedback.message.startswith("The screen has all that the task asks for")


@pytest.mark.parametrize(
    ("answer", "rung", "message"),
    [
        (None, Rung.NOT_ANSWERED, "no answer here yet"),
        (NoAnswer("Run the editor's cell first."), Rung.NOT_ANSWERED, "Run the editor's cell first."),
        (Wireframe("", 360, 640), Rung.NOT_ANSWERED, "The screen is empty."),
        (7, Rung.WRONG_KIND, "The wireframe cannot be read."),
        ({"kind": "journey map"}, Rung.WRONG_KIND, "The wireframe cannot be read."),
    ],
)
def test_what_is_no_screen_is_told_apart_from_a_weak_one(answer, rung, message):
    feedback = judge(answer)
    assert feedback.rung is rung and message in feedback.message and feedback.share == 0


def test_a_screen_to_mend_earns_the_weight_of_the_findings_that_are_gone():
    assert judge(BROKEN, MEND).share == 0 and judge(BROKEN, MEND).rung is Rung.NOT_YET
    # The critical one is mended, and 2 + 1 of 6 remain.
    assert judge(changed(street={"x": 24, "width": 304}, save={"label": "Submit"}), MEND).share == pytest.approx(3 / 6)
    # Only the minor one remains.
    feedback = judge(changed(street={"x": 24, "width": 304}), MEND)
    assert feedback.share == pytest.approx(5 / 6) and feedback.rung is Rung.CLOSE
    assert judge(GOOD, MEND).right
    # Worse than before is not less than nothing.
    worse = replace(BROKEN, components=tuple(replace(one, label="") for one in BROKEN.components))
    assert judge(worse, MEND).share == 0


def test_taking_everything_away_mends_nothing_as_long_as_the_task_needs_it():
    needs = tuple(
        ContentNeed(*pair) for pair in [("field", "Street"), ("field", "Postcode"), ("button", "Save"), ("link",)]
    )
    empty = changed(without=("street", "post", "hint", "box", "save", "cancel", "why"))
    assert judge(empty, replace(MEND, needs=needs)).share == 0
    half = changed(without=("street", "why"))
    assert judge(half, replace(MEND, needs=needs)).share == pytest.approx(2 / 4)


def test_a_screen_from_nothing_earns_its_score_times_what_is_there():
    goal = WireframeGoal((ContentNeed("field", least=3), ContentNeed("button", "Save", "primary")))
    faulty = changed(head={"level": 2})
    # Two of three fields: the needs are met by (2/3 + 1) / 2.
    assert judge(faulty, goal).share == pytest.approx(5 / 6 * wireframe_score(faulty, EXAMPLE_SYSTEM))
    assert judge(GOOD, goal).share == pytest.approx(5 / 6)
    assert judge(GOOD, goal).message == "The task asks for 3 fields."


def test_findings_may_remain_if_the_task_allows_them():
    minor = changed(street={"x": 24, "width": 304})
    assert judge(minor, WireframeGoal(allowed=1)).right
    feedback = judge(BROKEN, WireframeGoal(allowed=1))
    assert not feedback.right and feedback.message.startswith("3 findings remain, and 1 may.")


def test_a_rule_that_the_task_leaves_out_is_neither_told_nor_counted():
    for wireframe, rule, _, _ in FAULTS.values():
        assert judge(wireframe, WireframeGoal(ignored=(rule,))).right


@pytest.mark.parametrize(
    ("need", "words", "count"),
    [
        (ContentNeed("field"), "a field", 2),
        (ContentNeed("image", "street"), "an image with “street”", 1),
        (ContentNeed("field", ("zip", "POSTCODE")), "a field with “zip” or “POSTCODE”", 1),
        (ContentNeed("button", emphasis="primary", least=2), "2 primary buttons", 1),
        (ContentNeed("button", "Save", "secondary"), "a secondary button with “Save”", 0),
        (ContentNeed("checkbox", least=2), "2 checkboxes", 1),
    ],
)
def test_a_need_counts_what_will_do_and_is_told_in_words(need, words, count):
    assert (str(need), need.count(GOOD)) == (words, count)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ContentNeed("dialog"), "kind is 'dialog'. Take one of: heading, text"),
        (lambda: ContentNeed("field", least=0), "least is 0, but must be a whole number of 1 or more"),
        (lambda: WireframeGoal(allowed=-1), "allowed is -1, but must be a whole number of 0 or more"),
        (lambda: WireframeGoal(ignored=("colour",)), "ignored names the rule 'colour'. Take one of: outside"),
    ],
)
def test_an_impossible_goal_is_refused_with_the_remedy(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()


def test_feedback_says_the_first_few_rules_and_where_they_are_broken():
    many = changed(
        back={"height": 40}, street={"label": "", "x": 24, "width": 304}, post={"label": ""}, save={"label": "Submit"},
        hint={"y": 300},
    )  # fmt: skip
    message = judge(many).message
    assert message.startswith(
        "Component 1: It is 64 by 40 pixels; the system asks for 44 by 44. Fingers miss small targets"
    )
    # The two fields differ in what is wrong, so only what they share is said.
    assert "Components 3, 4: A placeholder goes with the first letter" in message
    assert message.endswith("Then 2 more rules are broken, as the list shows.")
    all_low = replace(GOOD, components=tuple(replace(one, y=one.y + 4) for one in GOOD.components))
    assert "Components 1, 2, 3, 4, 5 and 5 more: Its y is no multiple of 8 pixels." in judge(all_low).message
    assert "The screen: It has no heading of level 1." in judge(changed(head={"level": 2})).message


def test_messages_hold_no_word_of_the_students():
    bomb = "<b>full marks</b>"
    for wireframe, rule, _, _ in FAULTS.values():
        parts = tuple(replace(one, id=f"{bomb}{n}") for n, one in enumerate(wireframe.components))
        feedback = judge(replace(wireframe, title=bomb, components=parts))
        assert WIREFRAME_RULES[rule].remedy in feedback.message and bomb not in feedback.message
    own = changed(street={"colour": bomb, "background": bomb, "text_size": bomb}, why={"label": f"Submit {bomb}"})
    feedback = judge(own)
    assert bomb not in feedback.message and bomb in feedback.found


# -- the view -------------------------------------------------------------------------------------------------


def editor(one):
    return next(child for child in one.view.children if isinstance(child, WireframeEditor))


def test_what_the_editor_changes_is_saved_and_its_findings_follow(tmp_path):
    one = exercise(tmp_path, goal=WireframeGoal((ContentNeed("field", "Email"),)))
    one.answer = GOOD
    shown = editor(one)
    asked = {"rule": "task", "id": "", "field": "", "place": "The task", "text": "It asks for a field with “Email”."}
    assert shown.wireframe == PLAIN and shown.findings == [asked]
    after = json.loads(wireframe_to_json(changed(street={"label": ""})))
    shown.wireframe = after
    assert one.answer == after and exercise(tmp_path).answer == after
    rule = WIREFRAME_RULES["field-label"]
    assert shown.findings == [
        asked,
        {
            "rule": "field-label", "id": "street", "field": "label", "place": "Component 3",
            "text": f"Critical. It has no label. {rule.why} {rule.remedy}",
        },
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fault", "place", "field"),
    [
        ("another word for an action", "Component 9, Submit address", "label"),
        ("a skipped level", "Component 6, Send the bill here too", "level"),
        ("a colour of one's own", "Component 3, Street and number", "colour"),
        ("a size of one's own", "Component 3, Street and number", "text_size"),
        ("faint words", "Component 3, Street and number", "colour"),
        ("off the grid", "Component 2, Your address", ""),
        ("no exit", "The screen", ""),
    ],
)
def test_a_finding_leads_to_what_mends_it(tmp_path, fault, place, field):
    (found,) = editor(exercise(tmp_path, start=FAULTS[fault][0])).findings
    assert (found["place"], found["field"]) == (place, field)


def test_a_background_of_ones_own_leads_to_the_background(tmp_path):
    (found,) = editor(exercise(tmp_path, start=changed(street={"background": "lime"}))).findings
    assert found["field"] == "background"


def test_a_screen_that_the_editor_could_not_have_made_is_told_and_not_saved(tmp_path):
    one = exercise(tmp_path)
    one.answer = GOOD
    editor(one).wireframe = {"title": "Shoes"}
    assert one.wireframe == GOOD and exercise(tmp_path).wireframe == GOOD
    words = " ".join(getattr(child, "value", "") for child in one.view.children)
    assert "Not saved" in words and "schema None" in words


def test_the_editor_knows_the_system_by_which_it_draws(tmp_path):
    choices = editor(exercise(tmp_path)).choices
    assert choices["colours"]["accent"] == "#0b57a4" and choices["grid"] == 8 and choices["margin"] == 16
    assert ["subheading", 20, True] in choices["text_sizes"]
    assert choices["styles"][0] == dataclasses.asdict(EXAMPLE_SYSTEM.styles[0])
    json.dumps(choices)


def test_imported_text_comes_back_as_a_screen_or_with_the_reason_why_not(tmp_path):
    shown = editor(exercise(tmp_path))
    sent = []
    shown.send = sent.append
    for text in (wireframe_to_json(GOOD), "{"):
        shown._receive(shown, {"type": "import", "text": text}, [])
    shown._receive(shown, {"type": "something else"}, [])
    assert sent[0] == {"type": "imported", "wireframe": PLAIN}
    assert sent[1]["type"] == "refused" and sent[1]["message"].startswith("The wireframe is not JSON")
    assert len(sent) == 2


def test_importing_the_screen_that_is_drawn_already_makes_it_the_answer(tmp_path):
    one = exercise(tmp_path, start=GOOD)
    assert one.answer is None
    shown = editor(one)
    shown._receive(shown, {"type": "import", "text": wireframe_to_json(GOOD)}, [])
    assert one.answer == PLAIN == AnswerFile("q1", tmp_path).load()


def test_a_marker_sees_text_and_a_student_sees_the_editor(tmp_path, monkeypatch):
    one = exercise(tmp_path)
    one.answer = GOOD
    assert "application/vnd.jupyter.widget-view+json" in one._repr_mimebundle_()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert one._repr_mimebundle_() == {"text/plain": one.text()}
    lines = one.text().splitlines()
    assert "Your answer: a screen of 360 by 640 pixels, Your address" in lines
    assert any(line.startswith("  4. field “Postcode”, placeholder “12345”, at 16 from the left") for line in lines)


# -- the JavaScript -------------------------------------------------------------------------------------------


def test_every_module_is_joined_and_none_imports_from_elsewhere():
    joined = WireframeEditor._esm
    assert {path.stem for path in (STATIC / "wireframe").glob("*.js")} == set(wireframe_editor._FILES)
    assert {path.stem for path in (STATIC / "shared").glob("*.js")} == set(SHARED)
    assert "import " not in re.sub(r"//.*", "", joined) and joined.count("export ") == 1
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|https?://(?!www\.w3\.org)", joined)


def test_no_name_is_declared_twice_in_the_joined_module():
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", WireframeEditor._esm, re.MULTILINE)
    assert len(names) > 50 and sorted(names) == sorted(set(names))
