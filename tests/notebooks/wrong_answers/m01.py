"""A bank of plausible wrong answers to the assignment of m01."""

from tests.notebooks.wrong_answers import WrongAnswer

__all__ = ["WRONG_ANSWERS"]

# --- question 1: a quarter of a point for each of sixteen cards -----------------------------------------------------

CX, UX, BOTH, SERVICE = "CX", "UX", "both", "customer service"
PILES = {
    "blanket": SERVICE, "switch": UX, "late": CX, "fares": BOTH, "driver": UX, "name": CX, "date": SERVICE,
    "window": BOTH, "poster": CX, "suitcase": BOTH, "bed": UX, "wake": BOTH, "refund": CX, "ticket": SERVICE,
    "coins": UX, "tablet": UX,
}  # fmt: skip

Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    # Four CX cards; the rest is elsewhere, and no border card accepts CX.
    WrongAnswer("q1", "everything is CX", dict.fromkeys(PILES, CX), 1, "The card has no customer."),
    # Four UX cards and the machine that takes coins.
    WrongAnswer("q1", "everything is UX", dict.fromkeys(PILES, UX), 1.25, "what you use it for is to ask for help"),
    # fares, window, wake, suitcase and coins.
    WrongAnswer(
        "q1", "both is always safe", dict.fromkeys(PILES, BOTH), 1.25, "no customer whose relationship could be touched"
    ),
    # Two CX cards lost.
    WrongAnswer("q1", "all that is kind is service", PILES | {"name": SERVICE, "refund": SERVICE}, 3.5, "Nobody asked"),
    WrongAnswer("q1", "technical support taken for use", PILES | {"ticket": UX}, 3.75, "failed in use, but"),
    WrongAnswer("q1", "other customers taken for staff", PILES | {"late": SERVICE}, 3.75, "travellers like you"),
    WrongAnswer(
        "q1",
        "half of each sentence read",
        PILES | {"fares": UX, "wake": UX, "window": UX},
        3.25,
        "Read to the end: you b",
    ),
    # Eight sorted cards, all of them right.
    WrongAnswer("q1", "half sorted", {card: PILES[card] for card in list(PILES)[:8]}, 2, "8 cards are still unsorted"),
    WrongAnswer("q1", "a pile of one's own", PILES | {"bed": "comfort"}, 0, "Use the cards as they are given"),
]

# --- question 2: a point each for indirect_share, worst_touchpoint and app_gap --------------------------------------

RIGHT_2 = """
indirect_share = (diary["contact"] == "indirect").mean()
worst_touchpoint = diary.groupby("touchpoint")["feeling"].mean().idxmin()
means = diary.groupby("channel")["feeling"].mean()
app_gap = means["app"] - means["compartment"]
"""

Q2 = [
    WrongAnswer(
        "q2", "not answered", "indirect_share = worst_touchpoint = app_gap = None", 0, "There is no answer here yet"
    ),
    WrongAnswer("q2", "direct for indirect", RIGHT_2 + "indirect_share = 1 - indirect_share", 2, "the share of direct"),
    WrongAnswer("q2", "count for share", RIGHT_2 + "indirect_share = 34", 2, "at least 0 and at most 1"),
    WrongAnswer("q2", "sum for mean", RIGHT_2.replace(".mean().idxmin", ".sum().idxmin"), 2, "the lowest sum"),
    WrongAnswer("q2", "best for worst", RIGHT_2.replace("idxmin", "idxmax"), 2, "sorted the other way"),
    WrongAnswer(
        "q2",
        "number for a name",
        RIGHT_2 + "worst_touchpoint = diary.groupby('touchpoint')['feeling'].mean().min()",
        2,
        "one of the options, as a",
    ),
    WrongAnswer(
        "q2", "channel for touchpoint", RIGHT_2 + "worst_touchpoint = means.idxmin()", 2, "Choose one of: asks"
    ),
    WrongAnswer("q2", "sign turned round", RIGHT_2 + "app_gap = -app_gap", 2, "The sign is turned round"),
    WrongAnswer("q2", "app alone", RIGHT_2 + "app_gap = means['app']", 2, "the mean of the app alone"),
    WrongAnswer(
        "q2", "means added", RIGHT_2 + "app_gap = means['app'] + means['compartment']", 2, "added the two means"
    ),
]

# --- question 3: a point each for the example and two other tables --------------------------------------------------

RULE = """
def shares_of_kinds(table):
    def kind(touch):
        if touch["asks_for_help"] == "yes":
            return "customer service"
        if touch["uses_product"] == "yes" and touch["shapes_relationship"] == "yes":
            return "both"
        return "UX" if touch["uses_product"] == "yes" else "CX"
    return table.apply(kind, axis="columns").value_counts(normalize=True)
"""

Q3 = [
    WrongAnswer("q3", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q3", "texts taken for truths", RULE.replace(' == "yes"', ""), 0, "counts as true"),
    WrongAnswer("q3", "counts", RULE.replace("normalize=True", ""), 0, "These are counts"),
    WrongAnswer("q3", "percent", RULE.replace("normalize=True)", "normalize=True) * 100"), 0, "These are percentages"),
    # In all three tables somebody asks for help with a product.
    WrongAnswer(
        "q3",
        "help asked last",
        RULE.replace('["asks_for_help"] == "yes"', '["asks_for_help"] == "yes" and touch["uses_product"] == "no"'),
        0,
        "The rule asks for help first",
    ),
    WrongAnswer("q3", "never both", RULE.replace('return "both"', 'return "UX"'), 0, "should be “both”"),
    WrongAnswer("q3", "another name", RULE.replace('"customer service"', '"service"'), 0, "The four kinds are called"),
    WrongAnswer("q3", "a list", RULE.replace("normalize=True)", "normalize=True).tolist()"), 0, "or a dictionary"),
    WrongAnswer(
        "q3", "printed, not returned", RULE.replace("return table", "print(table)\n    table"), 0, "print only"
    ),
    # The example alone is met by its own numbers.
    WrongAnswer(
        "q3",
        "the example written down",
        "def shares_of_kinds(table):\n    return {'CX': 0.4, 'UX': 0.2, 'both': 0.2, 'customer service': 0.2}",
        1,
        "Go through the rule row by row",
    ),
]

# --- question 4: two points, a fifth of them for each of five -------------------------------------------------------

HELP, SUPPORT, DESK = "customer service", "technical support", "help desk, the means"
NAMES = {"Lock": SUPPORT, "Counter": DESK, "Berth": HELP, "Update": SUPPORT, "Dog": HELP}

Q4 = [
    WrongAnswer("q4", "not answered", None, 0, "There is no saved answer yet"),
    # Berth and Dog.
    WrongAnswer("q4", "all service", {"name": dict.fromkeys(NAMES, HELP)}, 0.8, "has a name of its own"),
    # Lock and Update.
    WrongAnswer("q4", "all support", {"name": dict.fromkeys(NAMES, SUPPORT)}, 0.8, "nothing is out of order"),
    WrongAnswer(
        "q4", "the phone taken for a help desk", {"name": NAMES | {"Lock": DESK}}, 1.6, "may come through a help desk"
    ),
    WrongAnswer(
        "q4", "two left open", {"name": {"Lock": SUPPORT, "Counter": DESK, "Berth": HELP}}, 1.2, "2 items still"
    ),
]

# --- question 5: two points, a sixth of them for each of six --------------------------------------------------------

SEEN = {
    "Carriage": "consistency", "Storm": "proactive support", "Bear": "emotional connection",
    "Models": "customer needs", "Lift": "convenience and accessibility", "Standstill": "communication",
}  # fmt: skip

Q5 = [
    WrongAnswer("q5", "not answered", None, 0, "There is no saved answer yet"),
    # Standstill is right: a sixth.
    WrongAnswer(
        "q5", "all communication", {"component": dict.fromkeys(SEEN, "communication")}, 0.33, "But the point is when"
    ),
    # Four of six.
    WrongAnswer(
        "q5",
        "warning and telling exchanged",
        {"component": SEEN | {"Storm": "communication", "Standstill": "proactive support"}},
        1.33,
        "nothing is solved. People",
    ),
    WrongAnswer(
        "q5",
        "kindness taken for an offer",
        {"component": SEEN | {"Bear": "personalisation"}},
        1.67,
        "The child is seen",
    ),
    WrongAnswer(
        "q5",
        "asking taken for improving",
        {"component": SEEN | {"Models": "continuous improvement"}},
        1.67,
        "Nothing has been built",
    ),
]

# --- question 6: two points; of six pieces, each that must move costs a fifth ----------------------------------------

ORDER = ["Notebook", "Groups", "Evening", "Three signs", "Every train", "Compare"]

Q6 = [
    WrongAnswer("q6", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q6", "turned round", ORDER[::-1], 0, "“Compare” comes too early"),
    # Signs first, and the rest right: one piece has to move.
    WrongAnswer(
        "q6",
        "design first",
        ["Three signs", "Notebook", "Groups", "Evening", "Every train", "Compare"],
        1.6,
        "It needs the low point that a map shows",
    ),
    WrongAnswer(
        "q6",
        "map before groups",
        ["Notebook", "Evening", "Groups", "Three signs", "Every train", "Compare"],
        1.6,
        "It draws the evening of one group",
    ),
    WrongAnswer(
        "q6",
        "groups before findings",
        ["Groups", "Notebook", "Evening", "Three signs", "Every train", "Compare"],
        1.6,
        "nobody has been asked before it",
    ),
    # Delivered, then designed; measured before either: two pieces have to move.
    WrongAnswer(
        "q6",
        "done, then planned",
        ["Notebook", "Groups", "Evening", "Every train", "Compare", "Three signs"],
        1.6,
        "It needs a plan that was tried out",
    ),
    WrongAnswer("q6", "one left out", ORDER[:5], 0, "Use each item once"),
]

# --- question 7: one point, a quarter of it for each of four claims --------------------------------------------------

IN_CX, IN_UX, EITHER = "UX lies inside CX", "CX lies inside UX", "both views"
VIEWS = {"Claim 1": IN_UX, "Claim 2": IN_CX, "Claim 3": EITHER, "Claim 4": IN_CX}

Q7 = [
    WrongAnswer("q7", "not answered", None, 0, "There is no saved answer yet"),
    # Claims 2 and 4.
    WrongAnswer(
        "q7", "one view only", {"view": dict.fromkeys(VIEWS, IN_CX)}, 0.5, "It names users who are no customers"
    ),
    # Claim 1.
    WrongAnswer(
        "q7", "the other view only", {"view": dict.fromkeys(VIEWS, IN_UX)}, 0.25, "It names experience without use"
    ),
    WrongAnswer(
        "q7", "views exchanged", {"view": VIEWS | {"Claim 1": IN_CX, "Claim 2": IN_UX}}, 0.5, "What is the larger one"
    ),
    WrongAnswer(
        "q7", "consent taken for a side", {"view": VIEWS | {"Claim 3": IN_CX}}, 0.75, "Would anybody on either"
    ),
]

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7]
