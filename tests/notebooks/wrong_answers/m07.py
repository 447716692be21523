"""Plausible wrong answers to the assignment of m07, a front desk for animals, with what each deserves."""

from tests.notebooks.wrong_answers import WrongAnswer

__all__ = ["WRONG_ANSWERS"]

# --- question 1: three points times the share of 100, all from 85 on ----------------------------------------------


def first_moves(*moves: str) -> dict[str, list[str]]:
    """A finished conversation as the exercise saves it."""
    return {"best": list(moves), "now": list(moves)}


Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q1", "not played to its end", {"best": [], "now": ["here_now"]}, 0, "is not over yet"),
    # Straight to the point: acknowledgement and apology are lacking, two of five steps (8 of 20), and the mood rises
    # by half of what it could (10 of 20): 82.
    WrongAnswer(
        "q1",
        "quick and cold",
        first_moves("here_now", "to_the_point", "half_past_four", "tuesday", "by_five"),
        2.46,
        "steps 12 of 20, listening 20 of 20, resolution 25 of 25",
    ),
    # A critical error each: at most 49.
    WrongAnswer(
        "q1",
        "private matters without a check",
        first_moves("here_now", "record_open", "we_failed", "name_birth", "three_oclock", "tuesday", "by_five"),
        1.47,
        "compliance 0 of 15. Turn 2 lost most",
    ),
    WrongAnswer(
        "q1",
        "advice that is not hers to give",
        first_moves("here_now", "fills_gap", "we_failed", "not_mine", "half_past_four", "tuesday", "herbal"),
        1.47,
        "compliance 0 of 15. Turn 7 lost most",
    ),
    # The appointment is never made, however kindly: at most 74.
    WrongAnswer(
        "q1",
        "kind, and nothing booked",
        first_moves("here_now", "fills_gap", "we_failed", "not_mine", "half_past_four", "patient_thanks", "by_five"),
        2.22,
        "74 of 100",
    ),
]

# --- question 2: as question 1 ------------------------------------------------------------------------------------

Q2 = [
    WrongAnswer("q2", "not answered", None, 0, "There is no saved answer yet"),
    # Callum leaves: of the score remain the listening (20) and two of five steps (8).
    WrongAnswer(
        "q2", "sent through the menus", first_moves("menu", "i_do_it", "every_pound", "no_page"), 0.84, "28 of 100"
    ),
    WrongAnswer(
        "q2",
        "a promise that no bank keeps",
        first_moves("which_one", "every_pound", "no_page", "ended", "within_hour", "bye"),
        1.47,
        "compliance 0 of 15. Turn 5 lost most",
    ),
    WrongAnswer(
        "q2",
        "a pause pressed on somebody who leaves",
        first_moves("which_one", "every_pound", "no_page", "paused", "end_it", "pay_back", "thanks_report", "one_more"),
        1.47,
        "compliance 0 of 15. Turn 4 lost most",
    ),
    WrongAnswer(
        "q2",
        "the box is not paid back",
        first_moves("which_one", "every_pound", "no_page", "ended", "eaten", "thanks_report", "one_more"),
        2.22,
        "74 of 100",
    ),
]

# --- question 3: half a point for the example and for each of three days ------------------------------------------

SCHEDULE = """
def on_schedule(calls, aht, shrinkage):
    return [
        cx.staffing(number, period=1800, aht=aht, target=20, service_level=0.8, shrinkage=shrinkage).staff
        for number in calls
    ]
"""
MORE = """
import math

def on_schedule(calls, aht, shrinkage):
    return [math.ceil(cx.staffing(n, period=1800, aht=aht, target=20).agents * (1 + shrinkage)) for n in calls]
"""
MEAN = """
def on_schedule(calls, aht, shrinkage):
    mean = sum(calls) / len(calls)
    return [cx.staffing(mean, period=1800, aht=aht, target=20, shrinkage=shrinkage).staff] * len(calls)
"""
LOAD = """
import math

def on_schedule(calls, aht, shrinkage):
    return [math.ceil(n * aht / 1800) for n in calls]
"""

Q3 = [
    WrongAnswer("q3", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q3", "printed", SCHEDULE.replace("return [", "print([")[:-1] + ")", 0, "print only shows"),
    WrongAnswer("q3", "agents, not staff", SCHEDULE.replace(").staff", ").agents"), 0, "These are the agents"),
    WrongAnswer("q3", "shrinkage added", MORE, 0, "You multiplied by 1 + shrinkage"),
    WrongAnswer("q3", "the mean of the day", MEAN, 0, "Nobody rings at the mean"),
    WrongAnswer("q3", "an hour", SCHEDULE.replace("1800", "3600"), 0, "You took an hour"),
    WrongAnswer("q3", "the load alone", LOAD, 0, "With nobody to spare"),
    WrongAnswer("q3", "one number for the day", SCHEDULE.replace("return [", "return sum([")[:-1] + ")", 0, "a number"),
]

# --- question 4: two points, a sixth of them for each of six intervals ---------------------------------------------

SATURDAY = {"8 to 10": 8, "10 to 12": 6, "12 to 14": 4, "14 to 16": 5, "16 to 18": 10, "18 to 20": 4}

Q4 = [
    WrongAnswer("q4", "not answered", None, 0, "There is no saved answer yet"),
    # One interval right, three with more than they need (half each), two too few: 2.5 of 6.
    WrongAnswer("q4", "six all day", dict.fromkeys(SATURDAY, 6), 0.83, "nobody rings at the average of the day"),
    # Work without anybody to spare: too few everywhere.
    WrongAnswer(
        "q4",
        "the load rounded up",
        dict(zip(SATURDAY, (5, 3, 2, 3, 7, 2), strict=True)),
        0,
        "8 to 10: not yet. Too few by the formula. 10 to 12: not yet",
    ),
    # More than needed everywhere earns half.
    WrongAnswer(
        "q4",
        "one to spare",
        {name: agents + 1 for name, agents in SATURDAY.items()},
        1,
        "8 to 10: close. Fewer would do. 10 to 12: close",
    ),
    WrongAnswer("q4", "one short at the peak", SATURDAY | {"16 to 18": 9}, 1.67, "16 to 18: not yet"),
    WrongAnswer(
        "q4",
        "half a day",
        {name: SATURDAY[name] for name in ("8 to 10", "10 to 12", "12 to 14")},
        1,
        "14 to 16: not answered yet",
    ),
]

# --- question 5: 0.75 points for the example and for each of three logs --------------------------------------------

FCR = """
def first_contact_resolution(log, days):
    in_order = log.sort_values("time")
    pauses = in_order.groupby(["owner_id", "topic"])["time"]
    window = pd.Timedelta(days=days)
    first = ~(pauses.diff() <= window)
    counts = in_order["time"] + window <= in_order["time"].max()
    came_back = -pauses.diff(-1) <= window
    return 1 - came_back[first & counts].mean()
"""

Q5 = [
    WrongAnswer("q5", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer(
        "q5", "printed", FCR.replace("return 1 - came_back[first & counts].mean()", "print(first)"), 0, "print only"
    ),
    # In the example as many came back as not.
    WrongAnswer(
        "q5", "those who came back", FCR.replace("return 1 - ", "return "), 0.75, "is the share that came back"
    ),
    WrongAnswer("q5", "percent", FCR.replace("return 1 - came", "return 100 - 100 * came"), 0, "not a percentage"),
    WrongAnswer("q5", "each channel alone", FCR.replace('"topic"]', '"topic", "channel"]'), 0, "within each channel"),
    WrongAnswer("q5", "all topics together", FCR.replace('["owner_id", "topic"]', '["owner_id"]'), 0, "Another topic"),
    WrongAnswer("q5", "a window without its last day", FCR.replace("<= window", "< window"), 0, "Exactly so many days"),
    WrongAnswer("q5", "open windows", FCR.replace("first & counts", "first"), 0, "Windows that are still open"),
    WrongAnswer("q5", "every contact", FCR.replace("first & counts", "counts"), 0, "You counted all contacts"),
    # One log of the four comes in no order.
    WrongAnswer("q5", "rows as they stand", FCR.replace('log.sort_values("time")', "log"), 2.25, "Sort by time first"),
    WrongAnswer("q5", "a number as text", FCR.replace("return 1 -", "return str(1 -")[:-1] + ")", 0, "yours is a text"),
]

# --- question 6 ----------------------------------------------------------------------------------------------------

Q6 = [
    WrongAnswer("q6", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer(
        "q6",
        "ticks",
        "The phone resolves most: staff ticked “solved” after 98 of 100 calls.",
        0,
        "Look at who came back",
    ),
    WrongAnswer(
        "q6",
        "too long",
        "Within 35 days, 62 of 100 first contacts were resolved; the rest were badly served.",
        0,
        "the next month's medicine",
    ),
    WrongAnswer(
        "q6",
        "one channel",
        "By phone 9 of 10 are resolved within 7 days, for so few ring a second time.",
        0,
        "they come to the front desk",
    ),
    WrongAnswer(
        "q6",
        "the wrong channel",
        "Within 7 days, the app resolves least, for most of its owners come back.",
        0,
        "three in four",
    ),
]

# --- question 7: two points times weighted kappa, all from 0.80 on -------------------------------------------------

DIMENSIONS = ("steps", "listening", "resolution", "empathy", "compliance")


def ratings(**levels: tuple[int, ...]) -> dict[str, dict[str, int]]:
    """Ratings as the exercise saves them."""
    return {who: dict(zip(DIMENSIONS, given, strict=False)) for who, given in levels.items()}


Q7 = [
    WrongAnswer("q7", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q7", "all alike", ratings(Ravi=(3,) * 5, Selma=(3,) * 5, Noemi=(3,) * 5), 0, "tells nothing apart"),
    # Off by 1 in three places and by 2 in three: the mean square is 1. Paired blindly, 13 threes, a two and a one of
    # these ratings meet 8 threes, 2 twos and 5 ones of the key: 333 / 225. Kappa is 1 - 1 / 1.48, or 0.324.
    WrongAnswer(
        "q7",
        "politeness taken for empathy",
        ratings(Ravi=(3, 3, 3, 3, 3), Selma=(3,) * 5, Noemi=(3, 2, 3, 3, 1)),
        0.65,
        "could be said to anybody",
    ),
    WrongAnswer(
        "q7",
        "only two of the three",
        ratings(Ravi=(3, 3, 2, 1, 3), Selma=(3,) * 5),
        1.33,
        "5 of 15 ratings are still open",
    ),
    WrongAnswer(
        "q7",
        "upside down",
        ratings(Ravi=(1, 1, 2, 3, 1), Selma=(1,) * 5, Noemi=(2, 3, 2, 3, 3)),
        0,
        "stricter than the key on Ravi, stricter than the key on Selma",
    ),
]

# --- question 8: two points, a fifth of them for each of five ------------------------------------------------------

TRAIN, DECIDE, HANDS, SYSTEM, PLACE = (
    "train the skill, with role plays and feedback", "give the right to decide, up to a limit",
    "more people at that hour", "mend the system", "offer another place",
)  # fmt: skip
ACTIONS = {"Jonah": TRAIN, "Vouchers": DECIDE, "Rooms": SYSTEM, "Saturday": HANDS, "Mei": PLACE}

Q8 = [
    WrongAnswer("q8", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q8", "a course for everything", {"action": dict.fromkeys(ACTIONS, TRAIN)}, 0.4, "two people"),
    WrongAnswer(
        "q8", "more hands for the rooms", {"action": ACTIONS | {"Rooms": HANDS}}, 1.6, "would ring up the same"
    ),
    WrongAnswer("q8", "vouchers by course", {"action": ACTIONS | {"Vouchers": TRAIN}}, 1.6, "no vet has ever refused"),
    WrongAnswer("q8", "a program for Saturday", {"action": ACTIONS | {"Saturday": SYSTEM}}, 1.6, "Hands are missing"),
    WrongAnswer(
        "q8", "Mei and Jonah exchanged", {"action": ACTIONS | {"Jonah": PLACE, "Mei": TRAIN}}, 1.2, "Train first"
    ),
    WrongAnswer("q8", "two left open", {"action": {n: ACTIONS[n] for n in ("Jonah", "Rooms", "Mei")}}, 1.2, "2 items"),
]

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7, *Q8]
