"""A bank of plausible wrong answers to the assignment of m08."""

from tests.notebooks.wrong_answers import WrongAnswer

__all__ = ["WRONG_ANSWERS"]

# --- question 1: a point for each of two columns, a fifth of it for each wish -------------------------------------

LETTERS = {"Ravi": "retention", "Sol": "task success", "Tess": "adoption", "Udo": "happiness", "Vic": "engagement"}
TOTAL = "kilometres ridden since the scheme began, in total"
METRICS = {
    "Ravi": "share of last May's subscribers who renewed this May",
    "Sol": "share of attempts to unlock that work at the first go",
    "Tess": "share of this month's new residents with a ride in 30 days",
    "Udo": "share of rides that their riders rate 4 or 5",
    "Vic": "median rides of a subscriber in a month",
}

Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer(
        "q1", "totals only", {"letter": LETTERS, "metric": dict.fromkeys(METRICS, TOTAL)}, 1, "in the worst of months"
    ),
    WrongAnswer(
        "q1", "riding often is staying", {"letter": LETTERS | {"Vic": "retention"}, "metric": METRICS}, 1.8,
        "The wish is that they use it more deeply",
    ),
    WrongAnswer("q1", "letters alone", {"letter": LETTERS, "metric": {}}, 1, "Metric: ○ Not answered yet"),
]  # fmt: skip

# --- question 2: three points for twelve numbers, four scores and eight ends --------------------------------------

NPS = """
def nps_interval(ratings):
    n = len(ratings)
    plus, minus = sum(r >= {top} for r in ratings), sum(r <= {low} for r in ratings)
    score = 100 * (plus - minus) / n
    above, below = (plus + {more}) / (n + 4 * {more}), (minus + {more}) / (n + 4 * {more})
    middle, error = above - below, math.sqrt((above + below - (above - below) ** 2) / (n + 4 * {more}))
    {result}
"""
RESULT = "return [score, 100 * (middle - 1.96 * error), 100 * (middle + 1.96 * error)]"


def nps(top=9, low=6, more=0.75, result=RESULT):
    """An answer with a slip in it; 4 times 0.75 are the three people."""
    return NPS.format(top=top, low=low, more=more, result=result)


Q2 = [
    WrongAnswer("q2", "not written", "def nps_interval(ratings):\n    pass", 0, "Your function returns nothing yet"),
    # The four scores are right.
    WrongAnswer("q2", "plain Wald", nps(more=0), 1, "This is the plain Wald interval"),
    WrongAnswer(
        "q2", "in shares", nps(result="return [score / 100, middle - 1.96 * error, middle + 1.96 * error]"), 0,
        "These are shares. Report points of 100",
    ),
    # The eight ends are right.
    WrongAnswer(
        "q2", "passives left out", nps(result=RESULT.replace("[score", "[100 * (plus - minus) / (plus + minus)")), 2,
        "The passives answered, too",
    ),
    WrongAnswer("q2", "an 8 is a promoter", nps(top=8), 0, "Promoters begin at 9"),
    # There is no 6 in the example.
    WrongAnswer("q2", "a 6 is passive", nps(low=5), 0.75, "you stopped at 5"),
    WrongAnswer("q2", "centred on the NPS", nps(result="return [score, score - 196 * error, score + 196 * error]"), 1,
                "The interval is centred on the score of the added counts"),
    WrongAnswer("q2", "the added score", nps(result=RESULT.replace("[score", "[100 * middle")), 2,
                "This is the score with the 3 people added"),
    WrongAnswer("q2", "no list", nps(result="return score"), 0, "Return a list of three numbers"),
]  # fmt: skip

# --- question 3: two points, a seventh of them for each change ----------------------------------------------------

VERDICTS = dict.fromkeys(["Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug"], "noise") | {"Apr": "news"}

Q3 = [
    WrongAnswer("q3", "not answered", None, 0, "There is no saved answer yet"),
    # Five of seven.
    WrongAnswer(
        "q3", "the biggest move", {"verdicts": VERDICTS | {"Apr": "noise", "Jul": "news"}}, 1.43,
        "Jul: 90 and then 70 people answered",
    ),
    WrongAnswer("q3", "all is news", {"verdicts": dict.fromkeys(VERDICTS, "news")}, 0.29, "Feb: 380 and then 400"),
    WrongAnswer("q3", "all is noise", {"verdicts": dict.fromkeys(VERDICTS, "noise")}, 1.71, "leaves 0 out"),
    WrongAnswer("q3", "one verdict", {"verdicts": {"Apr": "news"}}, 0.29, "6 items still without an answer"),
]  # fmt: skip

# --- question 4: two points for nine numbers ----------------------------------------------------------------------

CES = """
def effort(ratings, convention):
    n = len(ratings)
    if convention == "mean":
        return {mean}
    if convention == "top3":
        return sum(r >= {top} for r in ratings) / n
    return {percent} * (sum(r >= {easy} for r in ratings) - sum(r <= 3 for r in ratings)) / n
"""


def ces(mean="sum(ratings) / n", top=5, percent=100, easy=6):
    """An answer with a slip in it."""
    return CES.format(mean=mean, top=top, percent=percent, easy=easy)


Q4 = [
    WrongAnswer(
        "q4", "not written", "def effort(ratings, convention):\n    pass", 0,
        "Your function returns nothing yet",
    ),
    # Three of nine, as often as the convention is the mean.
    WrongAnswer(
        "q4", "always the mean", "def effort(ratings, convention):\n    return sum(ratings) / len(ratings)", 0.67,
        "This number is always at least 0 and at most 1",
    ),
    # Six of nine.
    WrongAnswer("q4", "6 and 7 alone", ces(top=6), 1.33, "You counted 6 and 7 alone"),
    WrongAnswer("q4", "the 5 is easy", ces(easy=5), 1.33, "the 5 counts to neither side"),
    WrongAnswer("q4", "an index in shares", ces(percent=1), 1.33, "This is the difference of the shares"),
    WrongAnswer("q4", "low is good", ces(mean="8 - sum(ratings) / n"), 1.33, "You turned the scale round"),
]  # fmt: skip

# --- question 5: two points, a fifth of them for each report ------------------------------------------------------

CHANCE, SEGMENTS, TARGET, HOLDS = (
    "chance taken for change", "segments hidden in an average", "a measure that became a target", "no trap: it holds"
)  # fmt: skip
TRAPS = {"Report A": SEGMENTS, "Report B": TARGET, "Report C": CHANCE, "Report D": HOLDS, "Report E": CHANCE}

Q5 = [
    WrongAnswer("q5", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q5", "all believed", {"trap": dict.fromkeys(TRAPS, HOLDS)}, 0.4, "Only their mixture has changed"),
    WrongAnswer("q5", "all chance", {"trap": dict.fromkeys(TRAPS, CHANCE)}, 0.8, "it was one test, planned beforehand"),
    WrongAnswer("q5", "one of twenty believed", {"trap": TRAPS | {"Report E": HOLDS}}, 1.6, "Test this dock once more"),
    WrongAnswer(
        "q5", "groups everywhere", {"trap": TRAPS | {"Report C": SEGMENTS}}, 1.6,
        "There are nine people in it",
    ),
]  # fmt: skip

# --- question 6: a point for five quadrants, a point for where to act ---------------------------------------------

CONCENTRATE, KEEP, LOW, OVERKILL = (
    "Concentrate here", "Keep up the good work", "Low priority", "Possible overkill"
)  # fmt: skip
PLACES = {"price": LOW, "app": OVERKILL, "bicycles": KEEP, "docks": CONCENTRATE, "helpline": LOW}

Q6 = [
    WrongAnswer("q6", "not answered", None, 0, "There is no saved answer yet"),
    # Price and bicycles are where the correlation has them too.
    WrongAnswer(
        "q6", "by the correlation",
        {"quadrants": PLACES | {"app": KEEP, "docks": LOW, "helpline": CONCENTRATE}, "act": "helpline"}, 0.4,
        "because people who had a good ride rate the helpline well",
    ),
    WrongAnswer("q6", "polish the best", {"quadrants": PLACES, "act": "bicycles"}, 1, "rated best. Keep them so"),
    WrongAnswer("q6", "one quadrant", {"quadrants": PLACES | {"app": LOW}, "act": "docks"}, 1.8, "app: Its share is"),
    WrongAnswer("q6", "no quadrants", {"quadrants": {}, "act": "docks"}, 1, "Quadrants: not answered yet"),
]  # fmt: skip

# --- question 7: three points for twelve numbers, four differences and eight ends ---------------------------------

DIFFERENCE = """
def difference(x1, n1, x2, n2):
    m1, m2 = n1 + {people}, n2 + {people}
    p1, p2 = (x1 + {added}) / m1, (x2 + {added}) / m2
    reach = 1.96 * math.sqrt(p1 * (1 - p1) / m1 + p2 * (1 - p2) / m2)
    raw = x1 / n1 - x2 / n2
    return {result}
"""


def difference(people=2, added=1, result="[raw, p1 - p2 - reach, p1 - p2 + reach]"):
    """An answer with a slip in it."""
    return DIFFERENCE.format(people=people, added=added, result=result)


Q7 = [
    WrongAnswer(
        "q7", "not written", "def difference(x1, n1, x2, n2):\n    pass", 0,
        "Your function returns nothing yet",
    ),
    # The four differences are right.
    WrongAnswer("q7", "plain Wald", difference(people=0, added=0), 1, "This is the plain Wald interval"),
    WrongAnswer("q7", "one added person", difference(people=1), 1, "One success and one failure are two people"),
    WrongAnswer(
        "q7", "centred on the counts", difference(result="[raw, raw - reach, raw + reach]"), 1,
        "not on that of the counts",
    ),
    WrongAnswer("q7", "turned round", difference(result="[-raw, p2 - p1 - reach, p2 - p1 + reach]"), 0,
                "It is the first minus the second"),
    # The eight ends are right.
    WrongAnswer("q7", "the added difference", difference(result="[p1 - p2, p1 - p2 - reach, p1 - p2 + reach]"), 2,
                "The added people belong to the interval alone"),
    WrongAnswer("q7", "in percent", difference(result="[100 * raw, 100 * (p1 - p2 - reach), 100 * (p1 - p2 + reach)]"),
                0, "This number is always at least -1 and at most 1"),
]  # fmt: skip

# --- question 8: two points, a third of them each for plan, patience and decision ---------------------------------

DONE = {"points": 4, "power": 90, "looks": [27], "decision": "Introduce B"}

Q8 = [
    WrongAnswer("q8", "not answered", None, 0, "There is no saved answer yet"),
    # The plan alone.
    WrongAnswer(
        "q8", "gave up in the first week", DONE | {"looks": [1, 2, 3, 7], "decision": "Do not introduce B"}, 0.67,
        "In the first week it looked otherwise",
    ),
    WrongAnswer(
        "q8", "stopped at the first p", DONE | {"looks": [*range(1, 19)]}, 1.33,
        "You decided after 18 of 27 days",
    ),
    # Half of the plan.
    WrongAnswer("q8", "less power", DONE | {"power": 80, "looks": [20]}, 1.67, "A power of 80 % is too little"),
    # 8 points with 90 % take 438 people in each group, 8 days: half of the plan, and patience.
    WrongAnswer(
        "q8", "a larger effect", DONE | {"points": 8, "looks": [8], "decision": "Do not introduce B"}, 1,
        "planned for a larger effect",
    ),
    WrongAnswer(
        "q8", "without an end", DONE | {"decision": "Go on until p is below 0.05"}, 1.33,
        "without an end is peeking",
    ),
    WrongAnswer(
        "q8", "planned and not run", DONE | {"looks": [], "decision": None}, 0.67,
        "Run the test to its planned end",
    ),
]  # fmt: skip

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7, *Q8]
