"""Scenarios as Twee 3, the text format of Twine, so that a conversation can be drawn, changed and brought back.

Each node becomes a passage: the customer's line, then one link for each choice. Twine draws the links as
arrows. What Twine does not know, the tags of a choice, stands behind its link as JSON in an HTML comment, which
players of the story do not see::

    :: door
    Excuse me, does anybody work here?

    [[Good morning. What are you looking for?->need]]
    <!-- {"id": "welcome", "type": "listen", "tone": "warm", "asks": ["need"]} -->

What belongs to the scenario as a whole stands in a passage of its own, ``ScenarioData``. Format after the
Twee 3 specification of the Interactive Fiction Technology Foundation, 3.0.2.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import uuid
from collections import Counter
from typing import Any, NamedTuple

from cxux_helpers.records import read_record, record_to_plain
from cxux_helpers.roleplay.scenarios import Choice, Scenario

__all__ = ["scenario_from_twee", "scenario_to_twee"]

DATA_PASSAGE = "ScenarioData"
COLUMN, ROW = 250, 175

_LINK = re.compile(r"\[\[(?P<inside>.*?)\]\]\s*(?:<!--(?P<tags>.*?)-->)?", re.DOTALL)
_HEADER = re.compile(r"(?P<name>(?:\\.|[^\\\[\]{}])+)(?P<tags>\[(?:\\.|[^\\\]])*\])?\s*(?:\{.*\})?\s*")


def scenario_to_twee(scenario: Scenario) -> str:
    """Write a scenario as Twee 3. In Twine: Library, Import; it may be drawn and changed there, and exported as Twee.

    Parameters
    ----------
    scenario : Scenario
        Also one with faults: some are easier to see in Twine.

    Returns
    -------
    str
        If there are no faults, `scenario_from_twee` reads it back to an equal scenario.

    Examples
    --------
    >>> from cxux_helpers.roleplay.scenario_json import load_scenario
    >>> print(scenario_to_twee(load_scenario("greeting")).splitlines()[1])
    A welcome in the shop
    """
    story = {"ifid": _ifid(scenario.id), "start": scenario.start, "tag-colors": {"ending": "green", "scenario": "blue"}}
    whole = {
        name: value for name, value in record_to_plain(scenario).items() if name not in ("title", "start", "nodes")
    }
    places = _places(scenario)
    passages = [
        f":: StoryTitle\n{_escape(scenario.title)}",
        f":: StoryData\n{_json(story, indent=2)}",
        f':: {DATA_PASSAGE} [scenario] {{"position":"25,25"}}\n{_json(whole, indent=2)}',
    ]
    for node in scenario.nodes:
        tags = "" if node.choices else " [ending]"
        header = f':: {node.id}{tags} {{"position":"{places[node.id]}"}}'
        passages.append("\n".join([header, _escape(node.customer), *map(_link, node.choices)]))
    return "\n\n".join(passages) + "\n"


def scenario_from_twee(text: str) -> Scenario:
    """Read a scenario from Twee 3, as `scenario_to_twee` or Twine writes it.

    Passages tagged ``script`` or ``stylesheet`` are left out, and so is where Twine has put the boxes. All
    other passages are taken for nodes; give a new link its tags in a comment behind it.

    Parameters
    ----------
    text : str
        Twee 3.

    Returns
    -------
    Scenario
        With its nodes in the order of the text (Twine sorts them by name). Look at it with
        `cxux_helpers.roleplay.scenario_checks.scenario_findings` before it is played.

    Raises
    ------
    ValueError
        If a passage is missing, doubled or cannot be read, or a link has no tags. The message names the
        passage and the remedy.
    """
    passages: dict[str, _Passage] = {}
    before, *blocks = re.split(r"^::", text.removeprefix("\ufeff").replace("\r\n", "\n"), flags=re.MULTILINE)
    if before.strip():
        raise ValueError(f"the text begins with {before.strip()[:40]!r}, but Twee begins with a passage, ':: name'.")
    for block in blocks:
        passage = _read_passage(block)
        if passage.name in passages:
            raise ValueError(f"passage {passage.name!r} is there more than once. Rename one.")
        passages[passage.name] = passage

    title = _take(passages, "StoryTitle", "It holds the scenario's title.")
    story = _read_json(_take(passages, "StoryData", "Twine writes it when it exports."), "passage 'StoryData'")
    whole = _read_json(
        _take(passages, DATA_PASSAGE, "It holds the facts and actions; export a scenario to see one."),
        f"passage {DATA_PASSAGE!r}",
    )
    if "start" not in story:
        raise ValueError(
            "passage 'StoryData' names no start. In Twine: Start Story Here, on the customer's first line."
        )
    nodes = [_read_node(passage) for passage in passages.values() if not {"script", "stylesheet"} & set(passage.tags)]
    return read_record(
        Scenario, {**whole, "title": _unescape(title), "start": story["start"], "nodes": nodes}, "the scenario"
    )


class _Passage(NamedTuple):
    name: str
    tags: tuple[str, ...]
    text: str


def _link(choice: Choice) -> str:
    tags = {name: value for name, value in record_to_plain(choice, brief=True).items() if name not in ("text", "to")}
    # Twine looks for a link within one line.
    text = _escape(choice.text).replace("\n", "&#10;")
    return f"\n[[{text}->{choice.to}]]\n<!-- {_json(tags)} -->"


def _read_passage(block: str) -> _Passage:
    header, _, text = block.partition("\n")
    parts = _HEADER.fullmatch(header.strip())
    if parts is None:
        raise ValueError(f"the passage header '::{header}' cannot be read. Write ':: name [tags]'.")
    name, tags = parts["name"].strip(), (parts["tags"] or "[]")[1:-1].split()
    # Twine puts a backslash before a line that would look like a header.
    text = re.sub(r"^\\:", ":", text, flags=re.MULTILINE)
    return _Passage(_unescape_header(name), tuple(map(_unescape_header, tags)), text.strip())


def _read_node(passage: _Passage) -> dict[str, Any]:
    place = f"passage {passage.name!r}"
    links = list(_LINK.finditer(passage.text))
    end_of_line = links[0].start() if links else len(passage.text)
    line, rest = passage.text[:end_of_line], passage.text[end_of_line:]
    if stray := _LINK.sub("", rest).strip():
        raise ValueError(
            f"{place} has {stray[:40]!r} between or after its links. Put the customer's whole line before them."
        )
    choices = []
    for link in links:
        text, arrow, target = link["inside"].rpartition("->")
        if not arrow:
            raise ValueError(f"{place}, link [[{link['inside']}]]: write [[what the agent says->passage]].")
        if link["tags"] is None:
            raise ValueError(
                f'{place}, link to {target!r}: it has no tags. Put <!-- {{"id": "…", "type": "…", "tone": "…"}} --> '
                "behind it; other choices show how."
            )
        tags = _read_json(link["tags"], f"{place}, tags of the link to {target!r}")
        choices.append({**tags, "text": _unescape(text), "to": target.strip()})
    return {"id": passage.name, "customer": _unescape(line), "choices": choices}


def _take(passages: dict[str, _Passage], name: str, what: str) -> str:
    if name not in passages:
        raise ValueError(f"passage {name!r} is missing. {what}")
    return passages.pop(name).text


def _read_json(text: str, place: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"{place} is not JSON: {error}. A comma or a quotation mark may be missing.") from error
    if not isinstance(data, dict):
        raise ValueError(f"{place} is {data!r}, but must be an object in braces, with names and values.")
    return data


def _json(data: dict[str, Any], indent: int | None = None) -> str:
    """JSON in which Twine finds no link and HTML no end of a comment."""
    text = json.dumps(data, indent=indent, ensure_ascii=False)
    for sign, code in (("[[", "[\\u005b"), ("]]", "]\\u005d"), ("<", "\\u003c"), (">", "\\u003e")):
        text = text.replace(sign, code)
    return text


def _escape(text: str) -> str:
    """Text in which Twine finds no link, no HTML and no header, and which a browser shows as it was."""
    text = re.sub(r"[&<>\[\]|\r]", lambda sign: f"&#{ord(sign[0])};", text)
    return re.sub(r"^[:\\]", lambda sign: f"&#{ord(sign[0])};", text, flags=re.MULTILINE)


def _unescape(text: str) -> str:
    return html.unescape(text).strip()


def _unescape_header(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _ifid(name: str) -> str:
    """A story's number for life, in the form of a random UUID, but always the same for the same scenario."""
    return str(uuid.UUID(bytes=hashlib.sha256(name.encode()).digest()[:16], version=4)).upper()


def _places(scenario: Scenario) -> dict[str, str]:
    """Where Twine draws each box: one column further to the right for each move from the start."""
    following = {node.id: [choice.to for choice in node.choices] for node in scenario.nodes}
    column = {scenario.start: 0}
    queue = [scenario.start]
    for node_id in queue:
        for target in following.get(node_id, ()):
            if target not in column:
                column[target] = column[node_id] + 1
                queue.append(target)
    rows: Counter[int] = Counter()
    places = {}
    for node_id in following:
        across = column.get(node_id, 0)
        rows[across] += 1
        places[node_id] = f"{25 + COLUMN * across},{25 + ROW * rows[across]}"
    return places
