"""Tests of cxux_helpers.roleplay.scenarios, .scenario_json and .scenario_checks: the data, its files and its faults."""

import json
from dataclasses import replace
from importlib import resources

import pytest
from hypothesis import given, settings

from cxux_helpers.roleplay.scenario_checks import scenario_findings
from cxux_helpers.roleplay.scenario_json import load_scenario, scenario_from_json, scenario_names, scenario_to_json
from cxux_helpers.roleplay.scenarios import FRAMEWORKS, MOVE_TYPES, Choice, Node
from tests.role_plays import SMALL, change_choice, change_node, scenarios

HEARD_OR_READ = ("answer the phone", "answer the chat", "ring people")


def messages(scenario):
    return [str(finding) for finding in scenario_findings(scenario)]


# --- data -------------------------------------------------------------------------------------------------------------


def test_frameworks_have_their_published_steps():
    # Micah Solomon, Forbes, 2017 (LATTE, LEARN, HEART-F).
    assert [word for word, _ in FRAMEWORKS["LATTE"]] == ["Listen", "Acknowledge", "Take action", "Thank", "Explain"]
    assert [word for word, _ in FRAMEWORKS["LEARN"]] == ["Listen", "Empathize", "Apologize", "Respond", "Notify"]
    hear = ["Hear", "Empathize", "Apologize", "Respond", "Take action", "Follow up"]
    assert [word for word, _ in FRAMEWORKS["HEART-F"]] == hear
    assert [word for word, _ in FRAMEWORKS["LAST"]] == ["Listen", "Apologize", "Solve", "Thank"]


def test_the_interview_has_steps_of_the_courses_own():
    steps = [
        ("Explain", "explain"),
        ("Ask", "listen"),
        ("Reflect", "acknowledge"),
        ("Agree", "act"),
        ("Thank", "thank"),
    ]
    assert list(FRAMEWORKS["INTERVIEW"]) == steps
    assert load_scenario("interview").framework == "INTERVIEW"


def test_every_step_of_a_framework_is_a_type_of_move_and_comes_once():
    for steps in FRAMEWORKS.values():
        types = [step for _, step in steps]
        assert set(types) <= MOVE_TYPES.keys() - {"deflect"}
        assert len(set(types)) == len(types)


def test_nodes_and_choices_are_found_by_id():
    assert SMALL.node("hello").choice("ask").to == "which"
    with pytest.raises(ValueError, match="node 'hullo' is not in 'small'; it has: hello, which, next, good, bye"):
        SMALL.node("hullo")
    with pytest.raises(ValueError, match="choice 'aks' is not at node 'hello'; it has: ask, shrug"):
        SMALL.node("hello").choice("aks")
    with pytest.raises(ValueError, match="choice 'ask' is not at node 'bye'; it has: none, for it is an ending"):
        SMALL.node("bye").choice("ask")


# --- files ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_scenarios_are_named_as_their_file_and_have_no_findings(name):
    scenario = load_scenario(name)
    assert scenario.id == name
    assert scenario_findings(scenario) == ()


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_files_are_written_as_the_library_writes_them(name):
    file = resources.files("cxux_helpers") / "data" / "scenarios" / f"{name}.json"
    assert file.read_text(encoding="utf-8") == scenario_to_json(load_scenario(name))


@pytest.mark.parametrize("name", scenario_names())
def test_shipped_scenarios_say_why_every_answer_works_or_does_not(name):
    scenario = load_scenario(name)
    notes = [choice.note for node in scenario.nodes for choice in node.choices]
    assert all(len(note) > 10 and note.endswith((".", "?")) for note in notes)


def test_the_greeting_takes_four_turns():
    greeting = load_scenario("greeting")
    assert greeting.framework == "LAST"
    node, turns = greeting.node(greeting.start), 0
    while node.choices:
        node, turns = greeting.node(node.choices[0].to), turns + 1
    assert turns == 4


def test_an_unknown_scenario_is_refused_with_the_known_names():
    with pytest.raises(ValueError, match=r"there is no scenario 'greetings'; there are: .*greeting"):
        load_scenario("greetings")


@given(scenarios())
@settings(max_examples=40)
def test_json_brings_a_scenario_back_unchanged(scenario):
    assert scenario_from_json(scenario_to_json(scenario)) == scenario


def test_the_mood_is_visible_unless_a_scenario_hides_it():
    data = json.loads(scenario_to_json(SMALL))
    del data["mood_visible"]
    assert scenario_from_json(json.dumps(data)).mood_visible
    with pytest.raises(ValueError, match="mood_visible is 'no', but must be true or false"):
        replace(SMALL, mood_visible="no")


@pytest.mark.parametrize("name", scenario_names())
def test_the_mood_is_hidden_where_the_customer_is_heard_or_read_but_not_seen(name):
    scenario = load_scenario(name)
    assert scenario.mood_visible != any(word in scenario.setting for word in HEARD_OR_READ)


def test_json_leaves_out_what_a_choice_has_by_default():
    shrug = json.loads(scenario_to_json(SMALL))["nodes"][0]["choices"][1]
    assert shrug == {"id": "shrug", "text": "Lamps break.", "to": "bye", "type": "deflect", "tone": "cold"}


def changed_json(change):
    data = json.loads(scenario_to_json(SMALL))
    change(data)
    return json.dumps(data)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data.pop("schema"), "the scenario has schema None, but 1 is needed"),
        (lambda data: data.update(schema=2), "the scenario has schema 2, but 1 is needed"),
        (lambda data: data.pop("facts"), "the scenario has no entry 'facts'. Add one."),
        (lambda data: data.update(titel="x"), "the scenario has an unknown entry 'titel'; known are: id, title"),
        (lambda data: data.update(patience="8"), "the scenario: patience is '8', but must be a whole number."),
        (lambda data: data.update(patience=True), "patience is True, but must be a whole number"),
        (lambda data: data.update(title=7), "title is 7, but must be text"),
        (lambda data: data.update(facts=["order"]), r"facts is \('order',\), but must be an object of texts"),
        (lambda data: data.update(facts={"order": 1}), "facts is {'order': 1}, but must be an object of texts"),
        (lambda data: data.update(facts_needed="order"), "facts_needed is 'order', but must be a list of texts"),
        (lambda data: data.update(facts_needed=[1]), r"facts_needed is \(1,\), but must be a list of texts"),
        (lambda data: data.update(nodes={}), "nodes is {}, but must be a list of Node records"),
        (
            lambda data: data.update(nodes=["hello"]),
            "the scenario: nodes 1 is 'hello', but must be an object in",
        ),
        (lambda data: data["nodes"][0].pop("customer"), "the scenario: nodes 'hello' has no entry 'customer'"),
        (lambda data: data["nodes"][0].update(choices=3), "node 'hello': choices is 3, but must be a list of"),
        (
            lambda data: data["nodes"][0]["choices"][0].update(policy_ok="yes"),
            "choice 'ask': policy_ok is 'yes', but must be true or false",
        ),
        (
            lambda data: data["nodes"][0]["choices"][1].update(mood="cold"),
            "the scenario: nodes 'hello': choices 'shrug' has an unknown entry 'mood'",
        ),
    ],
)
def test_what_is_missing_misspelt_or_of_the_wrong_kind_is_named_with_its_place(change, message):
    with pytest.raises(ValueError, match=message):
        scenario_from_json(changed_json(change))


def test_text_that_is_no_json_object_is_refused():
    with pytest.raises(ValueError, match=r"the scenario is not JSON: .* A comma or a quotation mark may be missing"):
        scenario_from_json('{"schema": 1,}')
    with pytest.raises(ValueError, match=r"the scenario is \[\], but must be an object in braces"):
        scenario_from_json("[]")


# --- faults -----------------------------------------------------------------------------------------------------------


def test_a_sound_scenario_has_no_findings():
    assert scenario_findings(SMALL) == ()


@given(scenarios())
@settings(max_examples=40)
def test_random_scenarios_of_the_tests_are_sound(scenario):
    assert scenario_findings(scenario) == ()


ASK = Choice("ask", "Which one is it?", "which", "listen", asks=("order",))


@pytest.mark.parametrize(
    ("scenario", "message"),
    [
        (replace(SMALL, title=" "), "title: it is empty. Learners read it before the first line."),
        (replace(SMALL, setting=""), "setting: it is empty. Learners read it before the first line."),
        (replace(SMALL, id="Small lamp"), "id: 'Small lamp' cannot name a file. Use small letters,"),
        (replace(SMALL, framework="SMILE"), "framework: 'SMILE' is not known. Take one of: LATTE, LEARN,"),
        (replace(SMALL, servqual="speed"), "servqual: 'speed' is not known. Take one of: tangibles,"),
        (replace(SMALL, emotion=2), "emotion: 2 is out of range. Give -2 to 1."),
        (replace(SMALL, trust=-3), "trust: -3 is out of range. Give -2 to 2."),
        (replace(SMALL, patience=0), "patience: 0 is out of range. Give 1 to 99."),
        (replace(SMALL, fcr_days=0), "fcr_days: 0 is out of range."),
        (replace(SMALL, facts_needed=()), "facts_needed: it is empty, so there would be nothing to score."),
        (replace(SMALL, required_actions=()), "required_actions: it is empty, so there would be nothing to score."),
        (replace(SMALL, facts_needed=("size",)), "facts_needed: 'size' is not among the facts. Describe it there."),
        (replace(SMALL, facts_needed=("size",)), "facts_needed: no choice asks for 'size', so nobody can listen well."),
        (replace(SMALL, required_actions=("send",)), "required_actions: 'send' is not among the actions."),
        (replace(SMALL, required_actions=("send",)), "required_actions: no choice does 'send', so nobody can help."),
        (replace(SMALL, forbidden_actions=("burn",)), "forbidden_actions: 'burn' is not among the actions."),
        (replace(SMALL, forbidden_actions=("repair",)), "forbidden_actions: 'repair' is required as well."),
        (replace(SMALL, nodes=(*SMALL.nodes, SMALL.nodes[-1])), "node 'bye': more than one node has this id."),
        (change_node(SMALL, "which", customer=""), "node 'which': its line is empty, or begins or ends with a blank."),
        (change_node(SMALL, "which", customer="Blue. "), "node 'which': its line is empty, or begins or ends"),
        (change_node(SMALL, "hello", choices=(ASK,)), "node 'hello': it has one choice, which is none."),
        (change_node(SMALL, "hello", choices=(ASK, ASK)), "node 'hello': more than one choice has the id 'ask'."),
        (
            change_node(SMALL, "hello", choices=(ASK, replace(ASK, id="again"))),
            "node 'hello': two choices read the same, 'Which one is it?', so nobody can tell them apart.",
        ),
        (change_choice(SMALL, "hello", "ask", id=""), "node 'hello', choice '': its id is empty."),
        (change_choice(SMALL, "hello", "ask", text="\tWhich?"), "node 'hello', choice 'ask': its text is empty, or"),
        (change_choice(SMALL, "hello", "ask", type="hear"), "node 'hello', choice 'ask': type 'hear' is not known."),
        (change_choice(SMALL, "hello", "ask", tone="icy"), "node 'hello', choice 'ask': tone 'icy' is not known."),
        (change_choice(SMALL, "hello", "ask", promise="maybe"), "promise 'maybe' is not known. Take one of:"),
        (change_choice(SMALL, "hello", "ask", asks=("size",)), "it asks for 'size', which is not among the facts."),
        (change_choice(SMALL, "next", "repair", action="mend"), "its action 'mend' is not among the actions."),
        (change_choice(SMALL, "next", "repair", action=""), "it acts, but no action says what is done."),
        (change_choice(SMALL, "hello", "ask", action="repair"), "it does 'repair', but its type is 'listen'."),
        (change_choice(SMALL, "hello", "ask", to="where"), "it leads to 'where', and there is no such node."),
        (change_choice(SMALL, "hello", "ask", account_data=True), "facts: account data are used, but no"),
        (change_choice(SMALL, "good", "thanks", type="close"), "framework: no choice takes the step 'Thank'"),
        (replace(SMALL, start="hi"), "start: there is no node 'hi'. Name the customer's first line."),
        (replace(SMALL, start="bye"), "start: the first line is an ending, so the agent never speaks."),
        (replace(SMALL, nodes=(*SMALL.nodes, Node("lost", "Hello?"))), "node 'lost': no choice leads here"),
        (
            change_node(SMALL, "good", choices=(replace(ASK, to="good"), replace(ASK, id="b", text="Eh?", to="next"))),
            "node 'good': from here the conversation can never end. Lead a choice to an ending.",
        ),
        (replace(SMALL, nodes=(Node("StoryData", "Hi."), *SMALL.nodes)), "node 'StoryData': its id cannot name"),
        (replace(SMALL, nodes=(Node("a[b", "Hi."), *SMALL.nodes)), "node 'a[b': its id cannot name a Twine passage."),
        (replace(SMALL, nodes=(Node("a ", "Hi."), *SMALL.nodes)), "node 'a ': its id cannot name a Twine passage."),
    ],
)  # fmt: skip
def test_each_fault_is_found_and_explained(scenario, message):
    assert any(message in found for found in messages(scenario)), messages(scenario)


def test_a_way_that_outlasts_the_customers_patience_is_found():
    patient = change_choice(SMALL, "hello", "shrug", to="which")
    assert messages(patient) == []
    assert messages(replace(patient, patience=3)) == [
        "patience: it is 3, but the shortest way to an ending takes 4 moves. Give more patience, or shorten the way."
    ]


def test_all_faults_are_found_at_once():
    broken = replace(change_choice(SMALL, "hello", "ask", tone="icy"), title="", emotion=5)
    assert [finding.where for finding in scenario_findings(broken)] == [
        "title",
        "emotion",
        "node 'hello', choice 'ask'",
    ]
