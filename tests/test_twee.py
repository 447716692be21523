"""Tests of cxux_helpers.roleplay.twee: scenarios to Twine and back."""

import json
import re
import uuid
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.roleplay.scenario_checks import scenario_findings
from cxux_helpers.roleplay.scenario_json import load_scenario, scenario_names
from cxux_helpers.roleplay.twee import scenario_from_twee, scenario_to_twee
from tests.role_plays import SMALL, change_choice, change_node

# Signs that mean something in Twee, in links, in HTML or in JSON, and some that only look like it.
nasty = st.text(st.sampled_from(list("[]<>&|:\\-!\"'{}#;\n\r\t aé中€😀")) | st.characters(codec="utf-8"), max_size=30)
texts = nasty.map(lambda text: f"a{text}z") | st.sampled_from(
    ["::b", "a\n::b", "a\n\\::b", "[[x->y]]", "a --> b", "<!-- c -->", "&amp;#91;", "a|b", "->", "</script>"]
)


@pytest.mark.parametrize("name", scenario_names())
def test_a_shipped_scenario_comes_back_from_twee_unchanged(name):
    scenario = load_scenario(name)
    assert scenario_from_twee(scenario_to_twee(scenario)) == scenario


@given(texts, texts, texts, texts)
@settings(max_examples=200)
def test_whatever_is_said_comes_back_from_twee_unchanged(title, line, answer, note):
    scenario = replace(change_node(SMALL, "hello", customer=line), title=title, setting=note)
    scenario = change_choice(scenario, "hello", "ask", text=answer, note=note)
    assert scenario_findings(scenario) == ()
    assert scenario_from_twee(scenario_to_twee(scenario)) == scenario


def passages_of(twee):
    """Passages as the Twine application (klembot/twinejs, src/util/twee.ts) splits them."""
    blocks = [block for block in re.split(r"^::", twee, flags=re.MULTILINE) if block.strip()]
    return {re.split(r" [\[{]|\n", block.strip(), maxsplit=1)[0]: block.partition("\n")[2] for block in blocks}


def links_of(text):
    """Targets of links as the Twine application (src/util/parse-links.ts) finds them."""
    inside = [link[2:-2].split("][")[0] for link in re.findall(r"\[\[.*?\]\]", text)]
    return [link.split("->")[-1] if "->" in link else link for link in inside]


@given(texts, texts)
def test_twine_sees_a_passage_for_each_line_and_an_arrow_for_each_choice(line, answer):
    scenario = change_choice(change_node(SMALL, "hello", customer=line), "hello", "ask", text=answer, note=line)
    passages = passages_of(scenario_to_twee(scenario))
    assert set(passages) == {"StoryTitle", "StoryData", "ScenarioData", *(node.id for node in scenario.nodes)}
    for node in scenario.nodes:
        assert links_of(passages[node.id]) == [choice.to for choice in node.choices]
    assert links_of(passages["ScenarioData"]) == []


def test_story_data_are_as_the_specification_asks():
    story = json.loads(passages_of(scenario_to_twee(SMALL))["StoryData"])
    assert story["start"] == "hello"
    assert story["ifid"] == story["ifid"].upper()
    assert uuid.UUID(story["ifid"]).version == 4
    assert story["ifid"] == json.loads(passages_of(scenario_to_twee(replace(SMALL, title="New")))["StoryData"])["ifid"]


def test_boxes_stand_from_left_to_right_and_never_on_each_other():
    twee = scenario_to_twee(load_scenario("late_delivery"))
    places = re.findall(r'^:: (\w+).*\{"position":"(\d+),(\d+)"\}$', twee, flags=re.MULTILINE)
    assert len({place[1:] for place in places}) == len(places) == len(load_scenario("late_delivery").nodes) + 1
    across = {name: int(x) for name, x, _ in places}
    assert across["call"] < across["order"] < across["silence"] < across["what_now"] < across["fee"]


def test_endings_are_tagged_so_that_twine_colours_them():
    twee = scenario_to_twee(SMALL)
    assert ':: bye [ending] {"position"' in twee
    assert twee.count("[ending]") == 1


def test_a_scenario_with_faults_can_be_drawn_as_well():
    lost = change_choice(SMALL, "hello", "ask", to="where")
    assert scenario_from_twee(scenario_to_twee(lost)) == lost


FROM_TWINE = r"""
:: StoryTitle
A broken lamp


:: StoryData
{
  "ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC",
  "format": "Harlowe",
  "format-version": "3.3.8",
  "start": "hello \[1\]",
  "zoom": 1
}


:: ScenarioData [scenario] {"position":"25,25","size":"100,100"}
{"id": "small", "setting": "By phone.", "framework": "LAST", "facts": {}, "facts_needed": [], "actions": {},
 "required_actions": []}


:: bye [ending] {"position":"700,200","size":"100,100"}
Goodbye.


:: hello \[1\] {"position":"25,200","size":"100,100"}
My lamp
\::is broken.

[[Which -> one?->bye]]

<!-- {"id": "ask", "type": "listen"} -->
[[Lamps break. -> bye ]]<!--{"id": "shrug", "type": "deflect", "tone": "cold"}-->


:: StoryScript [script]
window.alert("hello")


:: StoryStylesheet [stylesheet]
body { color: red }
"""


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_twine_exports_is_read(line_end):
    # Form of the Twine application's own export: sorted passages, sizes, escapes, script and style at the end.
    text = FROM_TWINE.replace(r'"start": "hello \[1\]"', '"start": "hello [1]"').replace("\n", line_end)
    scenario = scenario_from_twee("\ufeff" + text)
    assert (scenario.title, scenario.start) == ("A broken lamp", "hello [1]")
    assert [node.id for node in scenario.nodes] == ["bye", "hello [1]"]
    hello = scenario.node("hello [1]")
    assert hello.customer == "My lamp\n::is broken."
    assert [(choice.id, choice.text, choice.to, choice.type) for choice in hello.choices] == [
        ("ask", "Which -> one?", "bye", "listen"),
        ("shrug", "Lamps break.", "bye", "deflect"),
    ]


def twee(**changed):
    """A story of two passages, with some of its parts changed; None leaves one out."""
    whole = {"id": "s", "setting": "x", "framework": "LAST", "facts": {}, "facts_needed": [], "actions": {}}
    parts = {
        "StoryTitle": "A title",
        "StoryData": '{"start": "one"}',
        "ScenarioData": json.dumps({**whole, "required_actions": []}),
        "one": 'Hello.\n[[Hi.->two]] <!-- {"id": "a", "type": "listen"} -->',
        "two": "Goodbye.",
    }
    parts.update({name.replace("_", ":"): text for name, text in changed.items()})
    return "\n\n".join(f":: {name}\n{text}" for name, text in parts.items() if text is not None)


def test_a_story_of_two_passages_is_read():
    assert [node.id for node in scenario_from_twee(twee()).nodes] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Once upon a time\n" + twee(), "the text begins with 'Once upon a time', but Twee begins with a passage"),
        (twee() + "\n\n:: two\nAgain.", "passage 'two' is there more than once. Rename one."),
        (twee() + "\n\n:: [tag]\nNobody.", r"the passage header ':: \[tag\]' cannot be read. Write ':: name \[tags\]'"),
        (twee(StoryTitle=None), "passage 'StoryTitle' is missing. It holds the scenario's title."),
        (twee(StoryData=None), "passage 'StoryData' is missing. Twine writes it when it exports."),
        (twee(ScenarioData=None), "passage 'ScenarioData' is missing. It holds the facts and actions; export a"),
        (twee(StoryData="{"), "passage 'StoryData' is not JSON: .* A comma or a quotation mark may be missing"),
        (twee(StoryData="[]"), r"passage 'StoryData' is \[\], but must be an object in braces"),
        (twee(StoryData="{}"), "passage 'StoryData' names no start. In Twine: Start Story Here"),
        (twee(ScenarioData='{"id": "s"}'), "the scenario has no entry 'setting'"),
        (twee(one="Hello. [[two]]"), r"passage 'one', link \[\[two\]\]: write \[\[what the agent says->passage\]\]"),
        (twee(one="Hello. [[Hi.->two]]"), "passage 'one', link to 'two': it has no tags. Put <!-- "),
        (twee(one="Hello. [[Hi.->two]]<!-- warm -->"), "passage 'one', tags of the link to 'two' is not JSON"),
        (twee(one='Hello. [[Hi.->two]]<!-- {"id": "a"} -->'), "choices 'a' has no entry 'type'"),
        (
            twee(one='Hello. [[Hi.->two]] <!-- {"id": "a", "type": "listen"} --> And now?'),
            "passage 'one' has 'And now\\?' between or after its links. Put the customer's whole line before them",
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_passage(text, message):
    with pytest.raises(ValueError, match=message):
        scenario_from_twee(text)
