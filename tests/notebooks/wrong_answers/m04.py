"""A bank of plausible wrong answers to the assignment of m04."""

from dataclasses import replace

from cxux_helpers.journey import Journey, Stage, Touchpoint, journey_to_json
from tests.notebooks.wrong_answers import WrongAnswer

__all__ = ["WRONG_ANSWERS"]

# --- question 1: a point for a map with nothing missing, one for two further touchpoints, two for thirty facts ---

STAGES = tuple(
    Stage(stage, name, f"Reach the end of: {name}")
    for stage, name in {
        "outgrow": "Outgrow", "look": "Look around", "rent": "Rent", "play": "Play", "back": "Give back"
    }.items()
)  # fmt: skip
TOUCHPOINTS = {
    one.id: one
    for one in (
        Touchpoint("teacher", "Teacher", "outgrow", "before", "word of mouth", False, False, "", -1, 3, "Interviews"),
        Touchpoint("forum", "Forum", "look", "before", "review site", False, False, "", 1, 2, "34 posts"),
        Touchpoint("size", "Size guide", "look", "before", "website", True, True, "Ben", -2, 4, "Test with 6"),
        Touchpoint("fitting", "Fitting", "rent", "during", "in person", True, True, "Ada", 2, 5, "60 cards"),
        Touchpoint("deposit", "Deposit", "rent", "during", "website", True, True, "Cem", -2, 5, "27 complaints"),
        Touchpoint("string", "String", "play", "after", "phone", True, True, "Ada", 1, 4, "20 calls"),
        Touchpoint("concert", "Concert", "play", "after", "product", True, False, "", 2, 5, "12 talks"),
        Touchpoint("scratch", "Scratch", "back", "after", "in person", True, True, "Ada", -1, 4, "60 families"),
    )
}
RIGHT_1 = Journey("Renting a violin", "Samir, whose daughter grows", STAGES, tuple(TOUCHPOINTS.values()))
DEFAULTS = ("before", "website", True, True)


def saved(journey: Journey) -> str:
    """A map as the editor saves it."""
    return journey_to_json(journey)


def changed(**more: dict) -> Journey:
    """The right map with changes to some touchpoints."""
    touchpoints = TOUCHPOINTS | {one: replace(TOUCHPOINTS[one], **fields) for one, fields in more.items()}
    return replace(RIGHT_1, touchpoints=tuple(touchpoints.values()))


def without(*gone: str, stages: tuple[Stage, ...] = STAGES) -> Journey:
    """The right map without some touchpoints."""
    return replace(RIGHT_1, stages=stages, touchpoints=tuple(one for one in TOUCHPOINTS.values() if one.id not in gone))


# What Wren began with; ids and places are right, and nothing else is.
BEGUN = replace(
    without("forum", "concert", stages=tuple(replace(stage, goal="") for stage in STAGES)),
    touchpoints=tuple(
        Touchpoint(one.id, one.name, one.stage, "after", "chat", False, False)
        for one in TOUCHPOINTS.values()
        if one.id not in ("forum", "concert")
    ),
)
ROSY = changed(**{one: {"emotion": 1} for one in ("teacher", "size", "deposit", "scratch")})

Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    # Form: only the map as a whole earns, 1/4 of a third: no phase before, none during, one channel.
    # Truth: 4 of 30 facts (two come after the purchase, the teacher is indirect and not controllable).
    WrongAnswer("q1", "as it was given", saved(BEGUN), 0.35, "look again at before, during or after"),
    # Form: one finding for the map, so (1/2 + 1 + 1) / 3. Truth: 4 of 30 facts are wrong.
    WrongAnswer("q1", "too rosy", saved(ROSY), 3.57, "No touchpoint feels bad"),
    WrongAnswer(
        "q1", "no further touchpoints", saved(without("forum", "concert")), 3, "moments in the evidence that are not on"
    ),
    WrongAnswer("q1", "one further touchpoint", saved(without("forum")), 3.5, "Two further touchpoints: ≈ Close"),
    # One touchpoint of eight with a finding, (1 + 1 + 7/8) / 3; one fact of 30.
    WrongAnswer(
        "q1", "the teacher taken for staff", saved(changed(teacher={"direct": True})), 3.89, "There other people speak"
    ),
    # Sound in form, so nothing but truth can tell: one fact.
    WrongAnswer(
        "q1", "after the contract is after the purchase", saved(changed(scratch={"channel": "mail"})), 3.93,
        "“Is charged for a scratch”: look again at its channel.",
    ),
    # All five facts of the fitting.
    WrongAnswer("q1", "one was deleted", saved(without("fitting")), 3.67, "is not on the map any more"),
    # All touchpoints have a finding, so (1 + 1 + 0) / 3; and the two further ones do not count without evidence.
    WrongAnswer(
        "q1", "feelings without evidence", saved(changed(**{one: {"evidence": ""} for one in TOUCHPOINTS})), 2.67,
        "A feeling without evidence is a guess",
    ),
    # The stages are faulty, nothing else: (1 + 0 + 1) / 3.
    WrongAnswer(
        "q1", "stages without goals", saved(without(stages=BEGUN.stages)), 3.67, "nobody can say whether the stage"
    ),
]  # fmt: skip

# --- question 2: two points, a sixth of them for each of six -----------------------------------------------------

YES, NO, UNKNOWN = "the evidence supports it", "the evidence contradicts it", "the evidence cannot tell"
VERDICTS = {"Marta": YES, "Noah": UNKNOWN, "Oskar": YES, "Pia": NO, "Quinn": UNKNOWN, "Rosa": NO}

Q2 = [
    WrongAnswer("q2", "not answered", None, 0, "There is no saved answer yet"),
    # Marta and Oskar.
    WrongAnswer("q2", "all true", {"verdict": dict.fromkeys(VERDICTS, YES)}, 0.67, "That people praise is not that"),
    # Noah and Quinn.
    WrongAnswer("q2", "nothing can be known", {"verdict": dict.fromkeys(VERDICTS, UNKNOWN)}, 0.67, "but four of them"),
    WrongAnswer("q2", "a good guess", {"verdict": VERDICTS | {"Noah": YES}}, 1.67, "A good guess is still a guess"),
    WrongAnswer("q2", "what one hopes", {"verdict": VERDICTS | {"Pia": YES, "Rosa": YES}}, 1.33, "41 of 60"),
    WrongAnswer(
        "q2", "half done", {"verdict": {who: VERDICTS[who] for who in ("Marta", "Noah", "Oskar")}}, 1, "3 items"
    ),
]

# --- question 3: half a point each for four tables, a third of it for each column --------------------------------

PRIORITY = """
def priority(table):
    impact = table["importance"] * (2 - table["emotion"])
    result = pd.DataFrame({"impact": impact, "priority": impact * table["control"]})
    high, ours = impact >= 8, table["control"] >= 0.5
    result["quadrant"] = "leave"
    result.loc[ours, "quadrant"] = "maintain"
    result.loc[high, "quadrant"] = "prepare"
    result.loc[high & ours, "quadrant"] = "act"
    return result
"""

Q3 = [
    WrongAnswer("q3", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q3", "printed", PRIORITY.replace("return result", "print(result)"), 0, "print only shows"),
    # The column of quadrants is wrong wherever something lies on a line: in all tables but the last.
    WrongAnswer(
        "q3", "strictly above", PRIORITY.replace(">= 8", "> 8").replace(">= 0.5", "> 0.5"), 1.5, "8 and 0.5 themselves"
    ),
    WrongAnswer(
        "q3", "good feelings raise the impact", PRIORITY.replace("2 - table", "2 + table"), 0, "so it is 2 − emotion"
    ),
    WrongAnswer(
        "q3", "prepare and maintain swapped",
        PRIORITY.replace("maintain", "x").replace("prepare", "maintain").replace('"x"', '"prepare"'), 1.33,
        "have changed places",
    ),
    WrongAnswer(
        "q3", "importance for impact", PRIORITY.replace('* (2 - table["emotion"])', ""), 0, "the importance alone"
    ),
    WrongAnswer(
        "q3", "importance times control",
        PRIORITY.replace('impact * table["control"]', 'table["importance"] * table["control"]'),
        1.33, "is the importance times control. Multiply the impact",
    ),
    WrongAnswer(
        "q3", "priority cut", PRIORITY.replace("impact >= 8", 'result["priority"] >= 8'), 1.33, "You cut the priority"
    ),
    WrongAnswer("q3", "a list", PRIORITY.replace("return result", "return list(result)"), 0, "yours is a list"),
]  # fmt: skip

# --- question 4 --------------------------------------------------------------------------------------------------

Q4 = [
    WrongAnswer("q4", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer(
        "q4", "the best moment",
        "A still better fitting in the workshop (+2, importance 5): it is where families fall in love with the firm.",
        0, "and it is won",
    ),
    WrongAnswer(
        "q4", "the first moment",
        "Parents' sighs when the teacher says larger (−1, importance 3): it is the first thing that they feel.",
        0, "not the firm's to decide",
    ),
    WrongAnswer(
        "q4", "where most pass", "The size guide (−1, importance 4): the event log counts most people there.",
        0, "comes second",
    ),
]  # fmt: skip

# --- question 5: 0.75 points each for the example and three logs -------------------------------------------------

DROP = """
def drop_off(log, steps):
    reached = [0] * len(steps)
    for _, events in log.sort_values("time").groupby("session")["event"]:
        place = 0
        for event in events:
            if place < len(steps) and event == steps[place]:
                reached[place] += 1
                place += 1
    return [1 - here / before for before, here in zip(reached, reached[1:])]
"""
BY_SETS = """
def drop_off(log, steps):
    have = [set(log.loc[log["event"] == step, "session"]) for step in steps]
    for place in range(1, len(steps)):
        have[place] &= have[place - 1]
    return [1 - len(here) / len(before) for before, here in zip(have, have[1:])]
"""
EACH = """
def drop_off(log, steps):
    reached = [log.loc[log["event"] == step, "session"].nunique() for step in steps]
    return [1 - here / before for before, here in zip(reached, reached[1:])]
"""

Q5 = [
    WrongAnswer("q5", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q5", "shares that go on", DROP.replace("1 - here", "here"), 0, "what is missing to 1"),
    WrongAnswer("q5", "printed", DROP.replace("return [", "print([")[:-1] + ")", 0, "print only shows"),
    WrongAnswer("q5", "any order", BY_SETS, 0, "You did not mind the order"),
    WrongAnswer("q5", "each step by itself", EACH, 0, "asked only whether a session has the event"),
    WrongAnswer("q5", "events counted", EACH.replace(".nunique()", ".size"), 0, "You counted events"),
    # Two of the four logs come in order.
    WrongAnswer("q5", "rows as they stand", DROP.replace('.sort_values("time")', ""), 1.5, "Sort by time first"),
    WrongAnswer(
        "q5", "of all sessions", DROP.replace("1 - here / before", "(before - here) / log['session'].nunique()"),
        0, "divided by all sessions",
    ),
    WrongAnswer(
        "q5", "one number too many", DROP.replace("return [", "return [0.0] + ["), 0, "begin with the second step"
    ),
]  # fmt: skip

# --- question 6: two functions, 0.375 points each for the example and three logs ---------------------------------

NEXT = """
def share_next(log, event, following):
    in_order = log.sort_values(["session", "time"])
    after = in_order.groupby("session")["event"].shift(-1)[in_order["event"] == event]
    return (after == following).mean()
"""
SECONDS = """
def median_seconds(log, event):
    in_order = log.sort_values(["session", "time"])
    pauses = in_order.groupby("session")["time"].shift(-1) - in_order["time"]
    return pauses[in_order["event"] == event].dt.total_seconds().median()
"""
BOTH = NEXT + SECONDS

Q6 = [
    WrongAnswer("q6", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q6", "only one of the two", NEXT, 1.5, "median_seconds: the example: ○ Not answered yet"),
    # In each log some session ends with the event.
    WrongAnswer(
        "q6", "ends left out", BOTH.replace("(after == following)", "(after.dropna() == following)"), 1.5,
        "You left out the times at the end",
    ),
    WrongAnswer(
        "q6", "sessions run together",
        BOTH.replace('["session", "time"]', '"time"').replace('.groupby("session")', ""), 0, "next event of anybody",
    ),
    # In the example, size and terms both happened three times.
    WrongAnswer(
        "q6", "share of what came before",
        BOTH.replace("(after == following).mean()", "(after == following).sum() / (log['event'] == following).sum()"),
        1.88, "divided by all times of the second event",
    ),
    # Two of the four logs come in order.
    WrongAnswer(
        "q6", "rows as they stand", BOTH.replace('log.sort_values(["session", "time"])', "log"), 1.5, "as they stand"
    ),
    # The two pauses of the example have the same mean and median.
    WrongAnswer("q6", "mean for median", BOTH.replace(".median()", ".mean()"), 1.88, "This is the mean"),
    WrongAnswer("q6", "minutes", BOTH.replace(".median()", ".median() / 60"), 1.5, "These are minutes"),
    WrongAnswer(
        "q6", "the pause before", BOTH.replace('["time"].shift(-1) - in_order["time"]', '["time"].diff()'), 1.5,
        "You timed what came before",
    ),
    WrongAnswer(
        "q6", "the last timed as nothing", BOTH.replace('.dt.total_seconds()', ".dt.total_seconds().fillna(0)"), 1.5,
        "You timed the last event of a session as 0 seconds",
    ),
    WrongAnswer(
        "q6", "a duration", BOTH.replace(".dt.total_seconds()", ""), 1.5, "something that cannot be an answer"
    ),
]  # fmt: skip

# --- question 7: a third of two points for each part -------------------------------------------------------------

FOUND = {"step": "terms", "segment": "Polish", "week": "2026-03-09"}

Q7 = [
    WrongAnswer("q7", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q7", "the largest drop-off", FOUND | {"step": "size"}, 1.33, "Look for a step that has changed"),
    WrongAnswer(
        "q7", "a difference taken for a fault", {"step": "size", "segment": "phone", "week": "2026-02-02"}, 0,
        "That is no fault that began one day",
    ),
    WrongAnswer("q7", "a week late", FOUND | {"week": "2026-03-16"}, 1.33, "It had begun before that"),
    WrongAnswer("q7", "a week early", FOUND | {"week": "2026-03-02"}, 1.33, "In that week they still came"),
    WrongAnswer("q7", "where they do not arrive", FOUND | {"step": "contract"}, 1.33, "stuck one step before"),
    WrongAnswer("q7", "no week", {"step": "terms", "segment": "Polish"}, 1.33, "Since the week of: not answered"),
]  # fmt: skip

# --- question 8: half a point for each column, a quarter of it for each of four ----------------------------------

LANES = {"Lock": "support", "Search": "backstage", "Call": "frontstage", "Choose": "customer"}
RELEASES = {"Lock": "first release", "Search": "first release", "Call": "first release", "Choose": "later"}

Q8 = [
    WrongAnswer("q8", "not answered", None, 0, "There is no saved answer yet"),
    # Three of four releases.
    WrongAnswer(
        "q8", "everything at once", {"lane": LANES, "release": dict.fromkeys(RELEASES, "first release")}, 0.88,
        "Is a deposit saved by it",
    ),
    WrongAnswer(
        "q8", "accounts are support", {"lane": LANES | {"Search": "support"}, "release": RELEASES}, 0.88,
        "here people act for one customer",
    ),
    WrongAnswer(
        "q8", "the voice behind the line", {"lane": LANES | {"Call": "backstage"}, "release": RELEASES}, 0.88,
        "Samir hears this voice",
    ),
    WrongAnswer(
        "q8", "half of the goal", {"lane": LANES, "release": RELEASES | {"Call": "later"}}, 0.88,
        "Read the goal to its end",
    ),
    WrongAnswer("q8", "one column", {"lane": LANES, "release": {}}, 0.5, "Release: ○ Not answered yet"),
]  # fmt: skip

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7, *Q8]
