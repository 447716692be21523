"""A small scenario to change in tests, and strategies that make scenarios at random."""

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from cxux_helpers.roleplay.scenarios import FRAMEWORKS, MOVE_TYPES, PROMISES, TONES, Choice, Node, Scenario

FACTS = {"identity": "who is speaking", "order": "which order", "slot": "when somebody is in"}
ACTIONS = {"repair": "repair it", "refund": "pay it back", "gift": "give something away", "note": "write it down"}

SMALL = Scenario(
    id="small",
    title="A broken lamp",
    setting="You answer the phone.",
    framework="LAST",
    start="hello",
    nodes=(
        Node(
            "hello",
            "My lamp is broken.",
            (
                Choice("ask", "Which one is it?", "which", "listen", "warm", asks=("order",)),
                Choice("shrug", "Lamps break.", "bye", "deflect", "cold"),
            ),
        ),
        Node(
            "which",
            "The blue one.",
            (
                Choice("sorry", "I am sorry about the blue one.", "next", "apologise", "warm"),
                Choice("regret", "We regret it.", "next", "apologise"),
            ),
        ),
        Node(
            "next",
            "And now?",
            (
                Choice("repair", "I repair it at once.", "good", "act", "warm", action="repair"),
                Choice("gift", "Keep it, and take another.", "good", "act", "warm", action="gift", policy_ok=False),
            ),
        ),
        Node(
            "good",
            "It shines again.",
            (
                Choice("thanks", "Thank you for ringing.", "bye", "thank", "warm"),
                Choice("next-please", "Next, please.", "bye", "close", "cold"),
            ),
        ),
        Node("bye", "Goodbye."),
    ),
    facts={"order": "which lamp"},
    facts_needed=("order",),
    actions={"repair": "repair it", "gift": "give another one"},
    required_actions=("repair",),
    forbidden_actions=("gift",),
    emotion=-2,
    patience=8,
)


def change_node(scenario, node_id, **changes):
    nodes = tuple(replace(node, **changes) if node.id == node_id else node for node in scenario.nodes)
    return replace(scenario, nodes=nodes)


def change_choice(scenario, node_id, choice_id, **changes):
    choices = tuple(
        replace(choice, **changes) if choice.id == choice_id else choice for choice in scenario.node(node_id).choices
    )
    return change_node(scenario, node_id, choices=choices)


@st.composite
def moves(draw):
    kind = draw(st.sampled_from(list(MOVE_TYPES)))
    return {
        "type": kind,
        "tone": draw(st.sampled_from(TONES)),
        "asks": tuple(draw(st.lists(st.sampled_from(list(FACTS)), unique=True))),
        "action": draw(st.sampled_from(list(ACTIONS))) if kind == "act" else "",
        "promise": draw(st.sampled_from(PROMISES)),
        "policy_ok": draw(st.booleans()),
        "account_data": draw(st.booleans()),
    }


def _all_kinds():
    """A last line at which everything can be said that a scenario must offer."""
    kinds = [Choice(kind, f"I {kind}.", "end", kind) for kind in MOVE_TYPES if kind != "act"]
    acts = [Choice(action, f"I {action}.", "end", "act", action=action) for action in ACTIONS]
    asks = [Choice(f"ask-{fact}", f"Tell me {fact}.", "end", "listen", asks=(fact,)) for fact in FACTS]
    return Node("all", "Is there anything else?", (*kinds, *acts, *asks))


@st.composite
def scenarios(draw, ways=2):
    """One line after the other, `ways` random moves at each, and a last line that offers everything."""
    length = draw(st.integers(1, 5))
    ids = [f"line {i}" for i in range(length)] + ["all"]
    lines = []
    for here, following in pairwise(ids):
        choices = [Choice(f"c{i}", f"Answer {i}.", following, **draw(moves())) for i in range(ways)]
        lines.append(Node(here, f"This is {here}.", tuple(choices)))
    required = draw(st.sampled_from([("repair",), ("repair", "refund")]))
    return Scenario(
        id="random",
        title="At random",
        setting="Anywhere.",
        framework=draw(st.sampled_from(list(FRAMEWORKS))),
        start=ids[0],
        nodes=(*lines, _all_kinds(), Node("end", "Goodbye.")),
        facts=FACTS,
        facts_needed=draw(st.sampled_from([("order",), ("order", "slot"), tuple(FACTS)])),
        actions=ACTIONS,
        required_actions=required,
        forbidden_actions=("gift",),
        emotion=draw(st.integers(-2, 1)),
        trust=draw(st.integers(-2, 2)),
        patience=draw(st.integers(length + 1, 3 * length + 3)),
    )
