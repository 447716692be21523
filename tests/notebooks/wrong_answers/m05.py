"""A bank of plausible wrong answers to the assignment of m05."""

from dataclasses import replace

from cxux_helpers.wireframes import Component, Wireframe, wireframe_to_json
from tests.notebooks.wrong_answers import WrongAnswer

__all__ = ["WRONG_ANSWERS"]

# --- question 1: two points, a seventh less for each piece that would have to move -------------------------------

ORDER = ["Desk", "List", "Drawings", "First try", "Ships' crews", "Twelfth", "Calendar", "Try again"]


def moved(piece, before):
    """The right order with one piece moved before another."""
    rest = [one for one in ORDER if one != piece]
    return [*rest[: rest.index(before)], piece, *rest[rest.index(before) :]]


Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q1", "draw first", moved("Drawings", "Desk"), 1.71, "They are to meet the needs"),
    WrongAnswer("q1", "needs without people", moved("List", "Desk"), 1.71, "once somebody has met the people"),
    WrongAnswer("q1", "back to the drawing board", moved("Calendar", "Ships' crews"), 1.71, "answers the twelfth need"),
    WrongAnswer("q1", "a need of nobody known", moved("Twelfth", "Ships' crews"), 1.71, "whose need that is"),
    WrongAnswer("q1", "turned round", ORDER[::-1], 0, "The drawing with the calendar does not exist yet"),
]

# --- question 2: three points, 0.6 for each of role, goal, reason, criteria and size ------------------------------

STORY = {
    "role": "somebody who booked and has fallen ill",
    "goal": "come on another day",
    "reason": "the money is not lost",
    "days": 3,
    "criteria": [
        {"given": "it is eight in the evening", "when": "I choose a free day", "then": "a mail comes within 2 minutes"},
        {"given": "a day is full", "when": "I choose it", "then": "I see 3 other days"},
    ],
}


def story(**parts):
    return STORY | parts


def outcomes(*texts):
    return story(criteria=[{"given": "it is late", "when": "I choose a day", "then": text} for text in texts])


Q2 = [
    WrongAnswer("q2", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q2", "everybody", story(role="user"), 2.4, "A word that fits everybody"),
    WrongAnswer("q2", "the museum's system", story(role="the ticket system"), 2.4, "Programs want nothing"),
    # Sound in form, but not about the evidence: half of the part.
    WrongAnswer("q2", "other people", story(role="teacher with a class"), 2.7, "Whom do the numbers speak of"),
    WrongAnswer(
        "q2", "a button", story(goal="have a button for another day"), 2.4, "It asks for a thing to build: button"
    ),
    WrongAnswer("q2", "another wish", story(goal="pay without a card"), 2.7, "What did 38 of 120 e-mails ask for"),
    WrongAnswer("q2", "twice the same", story(reason="I come on another day"), 2.4, "nothing new in the reason"),
    WrongAnswer("q2", "two wishes", story(goal="change the day and get a receipt"), 2.4, "Two wishes in one story"),
    WrongAnswer("q2", "vague", outcomes("it is easy", "it works well"), 2.4, "Two testers would disagree"),
    WrongAnswer(
        "q2", "not to be seen", outcomes("all is in order", "everything works"), 2.4, "Its outcome cannot be checked"
    ),
    # Two sound criteria, but what the task asks for besides is missing: half of the part.
    WrongAnswer(
        "q2",
        "no figures",
        outcomes("a mail comes with the new day, and I get it", "I see other days"),
        2.7,
        "At least 2",
    ),
    WrongAnswer("q2", "one criterion", outcomes("a mail comes within 2 minutes"), 2.7, "asks for 2 criteria or more"),
    WrongAnswer("q2", "no estimate", story(days=0), 2.4, "It has no estimate"),
    WrongAnswer("q2", "a month", story(days=20), 2.4, "more than 5 working days"),
]

# --- question 3: half a point each for the example and three other tables ------------------------------------------

TOGETHER = """
def together(sorts, one, other):
    piles = sorts.pivot(index="participant", columns="card", values="group")
    return (piles[one] == piles[other]).mean()
"""

Q3 = [
    WrongAnswer("q3", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q3", "printed", TOGETHER.replace("return (", "print((")[:-1] + ")\n", 0, "print only shows"),
    # The last table has one participant, for whom count and share are the same.
    WrongAnswer("q3", "a count", TOGETHER.replace("mean", "sum"), 0.5, "Divide by all participants"),
    WrongAnswer(
        "q3",
        "labels of anybody",
        TOGETHER.replace("piles[one] == piles[other]", "piles[one].isin(piles[other])"),
        0.5,
        "compared labels of different people",
    ),
    WrongAnswer(
        "q3", "divided by rows", TOGETHER.replace("mean()", "sum() / len(sorts)"), 0, "You divided by all rows"
    ),
    WrongAnswer("q3", "apart", TOGETHER.replace("==", "!="), 0, "the share who put them apart"),
    # Right wherever the rows stand in order: in three of four tables.
    WrongAnswer(
        "q3",
        "by the place of the row",
        """
def together(sorts, one, other):
    left = sorts.loc[sorts["card"] == one, "group"].tolist()
    right = sorts.loc[sorts["card"] == other, "group"].tolist()
    return sum(a == b for a, b in zip(left, right)) / len(left)
""",
        1.5,
        "Go from person to person",
    ),
]

# --- question 4: three points, 0.25 each for success and directness of six tasks -----------------------------------

BEST = {
    "Plan your visit": ["Opening hours", "How to get here", "Lift and ramps", "Cloakroom", "Floor plan"],
    "Tickets": ["Buy a ticket", "Prices", "Change my booking", "Annual pass"],
    "What to see": ["Exhibitions now", "The ship gallery", "Object of the month"],
    "Tours and events": ["Guided tours", "Workshops for children", "Talks and films", "School visits"],
}
TODAY = {
    "The museum": ["Opening hours", "How to get here", "The ship gallery", "Floor plan"],
    "Experience": [
        "Exhibitions now",
        "Object of the month",
        "Guided tours",
        "Talks and films",
        "Workshops for children",
    ],
    "Admission": ["Buy a ticket", "Prices", "Change my booking"],
    "Friends": ["Annual pass"],
    "Services": ["Lift and ramps", "Cloakroom", "School visits"],
}


def answered(tree):
    """A tree as the exercise saves it."""
    places = {card: number for number, cards in enumerate(tree.values(), start=1) for card in cards}
    return {"names": list(tree), "places": places}


def with_card(card, label):
    tree = {name: [one for one in cards if one != card] for name, cards in BEST.items()}
    tree.setdefault(label, []).append(card)
    return answered(tree)


def with_name(old, new):
    return answered({new if name == old else name: cards for name, cards in BEST.items()})


Q4 = [
    WrongAnswer("q4", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q4", "no names", answered(BEST) | {"names": [None] * 4}, 0, "Without a name: group 1, 2, 3, 4"),
    # "Change my booking" comes near: 78% find it. No task reaches either line.
    WrongAnswer("q4", "today's tree", answered(TODAY), 0, "0 of 6 tasks reach the goal"),
    # One task fails in both ways.
    WrongAnswer("q4", "friends", with_card("Annual pass", "Friends"), 2.5, "It lies under Friends"),
    WrongAnswer("q4", "a plan is to be seen", with_card("Floor plan", "What to see"), 2.5, "“Floor plan”"),
    # Found in the end, but two tasks not directly: Services lures people away, and tells nothing.
    WrongAnswer(
        "q4", "the word that is written most", with_name("Plan your visit", "Services"), 2.5, "under Services, where"
    ),
    WrongAnswer(
        "q4", "cards missing", answered({name: cards[:3] for name, cards in BEST.items()}), 0, "4 cards are in no group"
    ),
]

# --- question 5: two functions, 0.375 points each for the example and three other tests -----------------------------

SUCCESS = """
def success(paths, right, skipped):
    return sum(path[-1] == right and not gone for path, gone in zip(paths, skipped)) / len(paths)
"""
DIRECT = """
def directness(paths, skipped):
    return sum(len(set(path)) == len(path) and not gone for path, gone in zip(paths, skipped)) / len(paths)
"""
BOTH = SUCCESS + DIRECT
STAYED = "skipped.count(False)"

Q5 = [
    WrongAnswer("q5", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q5", "only one of the two", SUCCESS, 1.5, "directness: the example: ○ Not answered yet"),
    WrongAnswer(
        "q5",
        "printed",
        BOTH.replace("return ", "print(").replace("len(paths)\n", "len(paths))\n"),
        0,
        "print only shows",
    ),
    WrongAnswer(
        "q5",
        "success of those who stayed",
        SUCCESS.replace("len(paths)", STAYED) + DIRECT,
        1.5,
        "You left those who gave up out of the division",
    ),
    # In the example nobody gives up at the right place.
    WrongAnswer("q5", "gave up at the door", SUCCESS.replace(" and not gone", "") + DIRECT, 1.88, "That is no answer"),
    # In the example nobody passes by.
    WrongAnswer(
        "q5",
        "passing by",
        SUCCESS.replace("path[-1] == right", "right in path") + DIRECT,
        1.88,
        "Passing by is not ending",
    ),
    WrongAnswer(
        "q5",
        "direct success",
        SUCCESS.replace("path[-1] == right", "path[-1] == right and len(set(path)) == len(path)") + DIRECT,
        1.5,
        "That is direct success",
    ),
    WrongAnswer(
        "q5",
        "directness of those who stayed",
        SUCCESS + DIRECT.replace("/ len(paths)", f"/ {STAYED}"),
        1.5,
        "Those who gave up left the division",
    ),
    WrongAnswer(
        "q5",
        "gave up on the straight way",
        SUCCESS + DIRECT.replace(" and not gone", ""),
        1.5,
        "You counted some who gave up",
    ),
    # In the example the only way back leads over Home, and both direct paths have three names.
    WrongAnswer(
        "q5",
        "only Home counts",
        SUCCESS + DIRECT.replace("len(set(path)) == len(path)", "path.count('Home') == 1"),
        1.88,
        "another name than Home",
    ),
    WrongAnswer(
        "q5",
        "short is direct",
        SUCCESS + DIRECT.replace("len(set(path)) == len(path)", "len(path) == 3"),
        1.88,
        "A long path can be direct",
    ),
    WrongAnswer("q5", "percent", BOTH.replace(") / len", ") * 100 / len"), 0, "at most 1"),
]

# --- question 6: two points, a seventh of them for each action -------------------------------------------------------

MODEL = {"Today": ["M P K", "R(3) H 6K", "M K 10K", "H M P K"], "New": ["M P K", "M P K", "M P K"]}

Q6 = [
    WrongAnswer("q6", "not answered", None, 0, "There is no saved answer yet"),
    # All but the second and the third action have a click.
    WrongAnswer(
        "q6",
        "thinking before the click",
        {name: [text.replace("P K", "P M K") for text in texts] for name, texts in MODEL.items()},
        0.57,
        "Today, action 1: not yet. There is too many M",
    ),
    # Only the second action has no thought.
    WrongAnswer(
        "q6",
        "no thoughts",
        {name: [text.replace("M ", "") for text in texts] for name, texts in MODEL.items()},
        0.29,
        "There is too few M",
    ),
    WrongAnswer(
        "q6",
        "the hand forgotten",
        MODEL | {"Today": [text.replace("H ", "") for text in MODEL["Today"]]},
        1.43,
        "There is too few H",
    ),
    WrongAnswer(
        "q6",
        "thinking about the day",
        MODEL | {"Today": ["M P K", "R(3) H 6K", "M K M 10K", "H M P K"]},
        1.71,
        "none before a day that one knows",
    ),
    WrongAnswer(
        "q6",
        "the Tab key forgotten",
        MODEL | {"Today": ["M P K", "R(3) H 6K", "10K", "H M P K"]},
        1.71,
        "too few M and too few K",
    ),
    WrongAnswer("q6", "no wait", MODEL | {"Today": ["M P K", "H 6K", "M K 10K", "H M P K"]}, 1.71, "too few R(3)"),
    WrongAnswer(
        "q6", "small letters", {name: [t.lower() for t in texts] for name, texts in MODEL.items()}, 0, "capital letters"
    ),
    WrongAnswer("q6", "only today", {"Today": MODEL["Today"]}, 1.14, "New, action 1: not answered yet"),
]

# --- question 7: two points × share of seven needs × share of the faults' weight that is gone -----------------------
# The draft's faults weigh 23: three critical ones 3 each, six serious ones 2 each, two minor ones 1 each.

FILLED = {"emphasis": "primary", "colour": "on accent", "background": "accent"}
EMPTY = {"emphasis": "secondary", "colour": "accent"}
PARTS = {
    one.id: one
    for one in (
        Component("back", "back", "Back", 16, 8, 64, 48, colour="accent"),
        Component("head", "heading", "My booking", 16, 64, 328, 40, level=1, text_size="heading"),
        Component("intro", "text", "For all days but today", 16, 112, 328, 24),
        Component("number", "field", "Number of the booking", 16, 144, 328, 72),
        Component("day", "field", "New day", 16, 232, 328, 72),
        Component(
            "full", "error", "Sold out. Choose another day.", 16, 304, 328, 24, text_size="small", colour="warning"
        ),
        Component("change", "button", "Change", 16, 488, 328, 48, **FILLED),
        Component("cancel", "button", "Cancel", 16, 552, 328, 48, **EMPTY),
    )
}


def screen(*without, **changed):
    """The right screen with other fields of some components, or without some."""
    parts = PARTS | {one: replace(PARTS[one], **fields) for one, fields in changed.items()}
    listed = tuple(part for one, part in parts.items() if one not in without)
    return wireframe_to_json(Wireframe("Change my booking", 360, 640, listed))


DRAFT = wireframe_to_json(
    Wireframe(
        "Change my booking",
        360,
        640,
        (
            Component("back", "back", "Return", 16, 16, 48, 24, colour="accent"),
            Component("intro", "text", "For all days but today", 16, 112, 328, 24, colour="line"),
            Component("head", "heading", "Your booking", 16, 64, 328, 40, level=2, text_size="heading"),
            Component("number", "field", "", 16, 152, 328, 72, placeholder="Booking number"),
            Component("day", "field", "New day", 20, 240, 200, 72),
            Component(
                "full",
                "error",
                "This day is sold out. Choose another.",
                16,
                400,
                328,
                24,
                text_size="small",
                colour="warning",
            ),
            Component("change", "button", "Amend booking", 16, 488, 328, 48, **FILLED),
            Component("cancel", "button", "Cancel", 16, 552, 328, 48, **FILLED),
        ),
    )
)

Q7 = [
    WrongAnswer("q7", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q7", "as it was given", DRAFT, 0, "The task asks for a field with “number”; a primary button"),
    # Serious: 2 of 23.
    WrongAnswer("q7", "two primary buttons", screen(cancel=FILLED), 1.83, "It has 2 primary buttons"),
    WrongAnswer("q7", "the error far away", screen(full={"y": 400}), 1.83, "No field is within 8 pixels"),
    # Critical: 3 of 23. What is grey is not a token's fault but its contrast.
    WrongAnswer("q7", "grey words", screen(intro={"colour": "line"}), 1.74, "The contrast of its words"),
    # A need is missing, and the wrong words are a serious fault: 6/7 × 21/23.
    WrongAnswer(
        "q7",
        "edit for change",
        screen(change={"label": "Edit booking"}),
        1.57,
        "The system's word for this action is “Change”",
    ),
    # No rule asks for a link back where one can cancel, but the task does: 6/7.
    WrongAnswer("q7", "no way back", screen("back"), 1.71, "The task asks for a back"),
    # A need is missing, and a critical fault remains: 6/7 × 20/23.
    WrongAnswer(
        "q7",
        "the placeholder kept",
        screen(number={"label": "", "placeholder": "Booking number"}),
        1.49,
        "It has a placeholder, but no label",
    ),
]

# --- question 8: half a point for each column, a quarter of it for each of four --------------------------------------

PAPER, FRAME, CLICKS, PROOF = "paper or cardboard", "wireframe", "clickable prototype", "proof of concept"
PEOPLE, BUILT = "people or layout", "what can be built"
RUNGS = {"Gate": PROOF, "Sign": PAPER, "Family": CLICKS, "Fit": FRAME}
ABOUT = {"Gate": BUILT, "Sign": PEOPLE, "Family": PEOPLE, "Fit": PEOPLE}

Q8 = [
    WrongAnswer("q8", "not answered", None, 0, "There is no saved answer yet"),
    # One of four prototypes.
    WrongAnswer(
        "q8",
        "always clickable",
        {"prototype": dict.fromkeys(RUNGS, CLICKS), "about": ABOUT},
        0.62,
        "a sheet of paper, today",
    ),
    WrongAnswer(
        "q8", "paper for the long way", {"prototype": RUNGS | {"Family": PAPER}, "about": ABOUT}, 0.88, "and get lost"
    ),
    WrongAnswer(
        "q8", "the gate clicked", {"prototype": RUNGS | {"Gate": CLICKS}, "about": ABOUT}, 0.88, "only the gate tells"
    ),
    WrongAnswer(
        "q8",
        "the way must be built",
        {"prototype": RUNGS, "about": ABOUT | {"Family": BUILT}},
        0.88,
        "Who may fail here",
    ),
    WrongAnswer("q8", "one column", {"prototype": RUNGS, "about": {}}, 0.5, "About: ○ Not answered yet"),
]

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7, *Q8]
