"""A bank of plausible wrong answers to the assignment of m02."""

from tests.notebooks.wrong_answers import WrongAnswer

__all__ = ["WRONG_ANSWERS"]

# --- question 1: a point for the faults and one for the wordings, a quarter of it for each question ------------------

KEEP = "Keep it as it is."
FAULTS = {
    "Question 1": "loaded", "Question 2": "fine", "Question 3": "asks for the future", "Question 4": "absolute",
}  # fmt: skip
WORDINGS = {
    "Question 1": "Have you used the new sauna? Yes / No. If yes: how satisfied were you with it, 1 to 5?",
    "Question 2": KEEP,
    "Question 3": "What tickets have you bought in the past twelve months? Single / Ten / Yearly / Another",
    "Question 4": "On your last visit, how clean was the pool? 1 (not at all) to 5 (fully)",
}
RIGHT_1 = {"fault": FAULTS, "wording": WORDINGS}

Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    # One of four questions is fine, and one of four should be kept.
    WrongAnswer(
        "q1",
        "everything is fine",
        {"fault": dict.fromkeys(FAULTS, "fine"), "wording": dict.fromkeys(WORDINGS, KEEP)},
        0.5,
        "Nobody knows today what he will buy",
    ),
    WrongAnswer(
        "q1",
        "fine question improved",
        {
            "fault": FAULTS | {"Question 2": "leading"},
            "wording": WORDINGS | {"Question 2": "The water was nice today, was it not? Yes / No"},
        },
        1.5,
        "“Was it not?” leads to yes",
    ),
    # All faults are right and three of four wordings.
    WrongAnswer(
        "q1",
        "never for always",
        RIGHT_1 | {"wording": WORDINGS | {"Question 4": "Is the pool never dirty when you come? Yes / No"}},
        1.75,
        "“Never” is as absolute as “always”",
    ),
    WrongAnswer("q1", "wordings left open", {"fault": FAULTS}, 1, "Wordings: not answered yet"),
]

# --- question 2: 0.75 points each for the tablet, answers_left, satisfied and mean_rating ----------------------------

DROP = "rows = spring[spring['source'] != 'staff test']\n"
SORT = "rows = rows.sort_values('sent_at')\n"
LAST = "rows = rows.drop_duplicates('visitor_id', keep='last')\n"
USABLE = "rows = rows[rows['rating'].between(1, 5)]\n"
COUNT = """
clean = rows
answers_left = len(clean)
satisfied = (clean['rating'] >= 4).mean()
mean_rating = clean['rating'].mean()
"""
RIGHT_2 = DROP + SORT + LAST + USABLE + COUNT

Q2 = [
    WrongAnswer("q2", "nothing cleaned", "rows = spring\n" + COUNT, 0, "This is the whole file"),
    # Every number but none right: fifteen fives more.
    WrongAnswer(
        "q2", "staff kept", RIGHT_2.replace(DROP, "rows = spring\n"), 0, "numbers that only the staff used are still in"
    ),
    # Four members' real answers are gone; the mean and the share move by little, but they move.
    WrongAnswer(
        "q2",
        "staff dropped too late",
        "rows = spring\n" + SORT + LAST + DROP.replace("spring", "rows") + USABLE + COUNT,
        0,
        "the staff borrowed their numbers later",
    ),
    WrongAnswer("q2", "first row kept", RIGHT_2.replace("'last'", "'first'"), 0, "kept the first row of each visitor"),
    WrongAnswer("q2", "not sorted", RIGHT_2.replace(SORT, ""), 0, "the row that stands last in the file"),
    WrongAnswer("q2", "twice in", RIGHT_2.replace(LAST, ""), 0, "Some visitors are in more than once"),
    WrongAnswer("q2", "steps 2 and 3 swapped", DROP + USABLE + SORT + LAST + COUNT, 0, "fell back on an earlier one"),
    # No rating is no 4 or 5, so the share falls; the mean skips them, so it is right.
    WrongAnswer(
        "q2",
        "blanks kept",
        RIGHT_2.replace(USABLE, "rows = rows[rows['rating'].isna() | rows['rating'].between(1, 5)]\n"),
        0.75,
        "Missing ratings count as dissatisfied here",
    ),
    WrongAnswer(
        "q2",
        "off the scale kept",
        RIGHT_2.replace(USABLE, "rows = rows.dropna(subset='rating')\n"),
        0,
        "Drop what is not on the scale",
    ),
    WrongAnswer(
        "q2",
        "moved to the nearest",
        RIGHT_2.replace(USABLE, "rows = rows.dropna(subset='rating')\nrows['rating'] = rows['rating'].clip(1, 5)\n"),
        0,
        "You moved ratings to the nearest end",
    ),
    WrongAnswer("q2", "top box", RIGHT_2.replace(">= 4", "== 5"), 2.25, "This is the top box alone"),
    WrongAnswer("q2", "share in percent", RIGHT_2 + "satisfied *= 100", 2.25, "at least 0 and at most 1"),
    WrongAnswer(
        "q2", "not answered", "clean = answers_left = satisfied = mean_rating = None", 0, "There is no answer here"
    ),
]

# --- question 3: half a point each for the example, a middling share, nobody, everybody; half of it for each end ------

INTERVAL = """
def interval(satisfied, n):
    p = (satisfied + 2) / (n + 4)
    reach = 1.96 * (p * (1 - p) / (n + 4)) ** 0.5
    return max(0, p - reach), min(1, p + reach)
"""
ENDS = "max(0, p - reach), min(1, p + reach)"
WALD = """
def interval(satisfied, n):
    p = satisfied / n
    reach = 1.96 * (p * (1 - p) / n) ** 0.5
    return p - reach, p + reach
"""

Q3 = [
    # Both ends of 0 of n are 0, and the lower one is right; so is the upper end of n of n.
    WrongAnswer("q3", "plain Wald", WALD, 0.5, "You add nothing"),
    # Cutting changes the example, whose upper end then is 1, and nothing else.
    WrongAnswer(
        "q3",
        "plain Wald, cut",
        WALD.replace("p - reach, p + reach", ENDS),
        0.5,
        "That is plain Wald, cut",
    ),
    # Outside 0 to 1 lie the lower end of nobody and the upper end of everybody.
    WrongAnswer(
        "q3",
        "not cut",
        INTERVAL.replace(ENDS, "p - reach, p + reach"),
        1.5,
        "An end lies outside 0 to 1",
    ),
    WrongAnswer(
        "q3",
        "ends swapped",
        INTERVAL.replace(ENDS, "min(1, p + reach), max(0, p - reach)"),
        0,
        "The ends are swapped",
    ),
    # One standard error reaches neither 0 nor 1.
    WrongAnswer("q3", "1.96 forgotten", INTERVAL.replace("1.96 * ", ""), 0, "one standard error to each side"),
    WrongAnswer("q3", "one number", INTERVAL.replace(ENDS, "reach"), 0, "Return two numbers"),
    WrongAnswer("q3", "printed", INTERVAL.replace("return " + ENDS, "print(p)"), 0, "print only shows"),
    WrongAnswer("q3", "texts", INTERVAL.replace(ENDS, "str(p), str(reach)"), 0, "yours is a text"),
]

# --- question 4: a third of 2 points each for the number and the two questions ---------------------------------------

CALLS = "One in five whom he rings up answers. He has to ring up"
MORE = "Whoever hates cold water has stopped coming. More answers from those who come"
THEN = {CALLS: "about 3,400 people", MORE: "make the interval shorter and leave the bias as it is"}

Q4 = [
    WrongAnswer("q4", "not answered", None, 0, "There is no saved answer yet"),
    # Enough, but not the fewest: half of a third.
    WrongAnswer("q4", "planned for 50 percent", {"n": 1064, "share": 50, "then": THEN}, 1.67, "fewer would do"),
    WrongAnswer("q4", "one too few", {"n": 683, "share": 80, "then": THEN}, 1.33, "Ask more people"),
    WrongAnswer(
        "q4", "share moved", {"n": 400, "share": 95, "then": THEN}, 1.33, "enough for a share of 95%, but for 80%"
    ),
    WrongAnswer(
        "q4",
        "calls for answers",
        {"n": 684, "share": 80, "then": THEN | {CALLS: "about 680 people"}},
        1.33,
        "Then only some 137 answer",
    ),
    WrongAnswer(
        "q4",
        "bias shrinks with n",
        {"n": 684, "share": 80, "then": THEN | {MORE: "make the interval shorter and the bias smaller"}},
        1.33,
        "The lost visitors stay away",
    ),
    WrongAnswer(
        "q4", "a question open", {"n": 684, "share": 80, "then": {CALLS: THEN[CALLS]}}, 1.33, "not answered yet"
    ),
]

# --- question 5: 1.5 points for weighted, half a point for seldom -----------------------------------------------------

GROUPS_5 = """
groups = autumn.groupby('group')['rating'].agg(answers='size', satisfied=lambda ratings: (ratings >= 4).mean())
groups['members'] = pd.Series({'lane swimmers': 500, 'families': 300, 'course members': 200})
weighted = (groups['satisfied'] * groups['members']).sum() / 1000
seldom = (groups['answers'] / groups['members']).idxmin()
"""

Q5 = [
    WrongAnswer("q5", "not answered", "weighted = seldom = None", 0, "weighted: ○ Not answered yet"),
    WrongAnswer(
        "q5", "raw share", GROUPS_5 + "weighted = (autumn['rating'] >= 4).mean()", 0.5, "each answer counts the same"
    ),
    WrongAnswer(
        "q5", "mean of groups", GROUPS_5 + "weighted = groups['satisfied'].mean()", 0.5, "each group counts the same"
    ),
    WrongAnswer(
        "q5",
        "silence for dissatisfaction",
        GROUPS_5 + "weighted = (autumn['rating'] >= 4).sum() / 1000",
        0.5,
        "Silence is not dissatisfaction",
    ),
    WrongAnswer(
        "q5", "response for score", GROUPS_5 + "weighted = len(autumn) / 1000", 0.5, "the share of members who answered"
    ),
    WrongAnswer(
        "q5", "most for least", GROUPS_5.replace("idxmin", "idxmax"), 1.5, "Nearly two thirds of them answered"
    ),
    WrongAnswer("q5", "share in percent", GROUPS_5 + "weighted *= 100", 0.5, "at least 0 and at most 1"),
]

# --- question 6: half a point for the example, one for other answers, half a point for first -------------------------

GAPS = """
def gaps(answers):
    gap = answers['perception'] - answers['expectation']
    return gap.groupby(answers['dimension']).mean()

first = 'responsiveness'
"""
MEANS = """
def gaps(answers):
    means = answers.groupby('dimension')[['expectation', 'perception']].mean()
    return means['perception'] - means['expectation']

first = 'responsiveness'
"""

Q6 = [
    WrongAnswer("q6", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer(
        "q6",
        "sign turned round",
        GAPS.replace(
            "answers['perception'] - answers['expectation']", "answers['expectation'] - answers['perception']"
        ),
        0.5,
        "The sign is turned round",
    ),
    WrongAnswer("q6", "gap of means", MEANS, 0.5, "Means were taken over different rows"),
    WrongAnswer(
        "q6",
        "missing for zero",
        GAPS.replace("gap = answers", "answers = answers.fillna(0)\n    gap = answers"),
        0.5,
        "A missing answer counts as 0 here",
    ),
    WrongAnswer(
        "q6", "gap of zero", GAPS.replace("return gap", "return gap.fillna(0)"), 0.5, "count as a gap of 0 here"
    ),
    WrongAnswer("q6", "sum for mean", GAPS.replace(".mean()", ".sum()"), 0.5, "You added the gaps up"),
    WrongAnswer(
        "q6",
        "perception alone",
        GAPS.replace(" - answers['expectation']", ""),
        0.5,
        "That is the perception alone",
    ),
    WrongAnswer("q6", "printed", GAPS.replace("return gap", "print(gap)\n    gap"), 0.5, "print only shows"),
    WrongAnswer(
        "q6", "largest gap first", GAPS.replace("'responsiveness'", "'tangibles'"), 1.5, "but it has 10 of 100 points"
    ),
]

# --- question 7: half a point each for the example and two other lists, a quarter each for the two features ----------

COEFFICIENTS = """
def coefficients(classes):
    a, o, m, i = (classes.count(letter) for letter in 'AOMI')
    return (a + o) / (a + o + m + i), -(o + m) / (a + o + m + i)

must_be, delight = 'Clean changing rooms', 'Free tea after swimming'
"""

Q7 = [
    WrongAnswer("q7", "not written", "", 0, "must_be: ○ Not answered yet"),
    # Without R and Q in the list both are right: half a point of the three.
    WrongAnswer(
        "q7", "R and Q counted", COEFFICIENTS.replace("(a + o + m + i)", "len(classes)"), 1, "R and Q are in neither"
    ),
    # Better is right in all three lists, which is half of the 1.5 points.
    WrongAnswer("q7", "no minus", COEFFICIENTS.replace("-(o + m)", "(o + m)"), 1.25, "put a minus before it"),
    WrongAnswer("q7", "O forgotten in better", COEFFICIENTS.replace("(a + o) /", "a /"), 1.25, "add O to A"),
    WrongAnswer("q7", "O forgotten in worse", COEFFICIENTS.replace("-(o + m) /", "-m /"), 1.25, "add O to M"),
    WrongAnswer(
        "q7",
        "unclear delight",
        COEFFICIENTS.replace("'Free tea after swimming'", "'Opening on Sunday evening'"),
        1.75,
        "one-dimensional for nearly as many",
    ),
    WrongAnswer(
        "q7",
        "must-be not found",
        COEFFICIENTS.replace("'Clean changing rooms'", "'One more lane'"),
        1.75,
        "the more lanes, the better",
    ),
    WrongAnswer(
        "q7", "a letter for a name", COEFFICIENTS.replace("'Clean changing rooms'", "'M'"), 1.75, "Choose one of"
    ),
]

# --- question 8: a third of 2 points each for the example, other comments, and the number -----------------------------

KAPPA = """
def kappa(first, second):
    first, second = list(first), list(second)
    n = len(first)
    alike = sum(one == other for one, other in zip(first, second)) / n
    chance = sum(first.count(theme) * second.count(theme) for theme in set(first)) / n**2
    return (alike - chance) / (1 - chance)

agreement = kappa(comments['coder_a'], comments['coder_b'])
"""
RETURN = "return (alike - chance) / (1 - chance)"

Q8 = [
    WrongAnswer("q8", "not written", "", 0, "The example: ○ Not answered yet"),
    WrongAnswer(
        "q8", "share coded alike", KAPPA.replace(RETURN, "return alike"), 0, "That is the share coded alike: 20 of 24"
    ),
    # The coders of the baths used the five themes about equally often, so that number is right within its tolerance.
    WrongAnswer(
        "q8",
        "themes taken for equally common",
        KAPPA.replace("chance = sum(", "chance = 1 / len(set(first) | set(second)) #"),
        0.67,
        "as if all themes were equally common",
    ),
    WrongAnswer("q8", "not divided", KAPPA.replace(" / (1 - chance)", ""), 0, "Divide by 1 minus chance"),
    WrongAnswer(
        "q8", "chance returned", KAPPA.replace(RETURN, "return chance"), 0, "That is the agreement by chance alone"
    ),
    WrongAnswer("q8", "number left out", KAPPA + "agreement = None", 1.33, "agreement: ○ Not answered yet"),
    WrongAnswer("q8", "in percent", KAPPA.replace("return (", "return 100 * ("), 0, "at least -1 and at most 1"),
    WrongAnswer("q8", "printed", KAPPA.replace(RETURN, "print(chance)"), 0, "print only shows"),
]

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7, *Q8]
