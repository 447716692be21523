"""A bank of plausible wrong answers to the assignment of m06."""

from tests.notebooks.wrong_answers import WrongAnswer

__all__ = ["WRONG_ANSWERS"]

# --- question 1: two points, a seventh of them for each line ----------------------------------------------------------

KEEP, WAY, NO_GOAL, WORDS, LATE = (
    "keep it",
    "it gives the way away",
    "nobody can succeed or fail at it",
    "it takes words for deeds",
    "it is decided too late",
)
PLAN = {"Cabin": WAY, "Dog": KEEP, "Look": NO_GOAL, "Happy": WORDS, "Bar": LATE, "Hint": WAY, "Stop": KEEP}

Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    # Dog and Stop.
    WrongAnswer("q1", "all fine", {"verdict": dict.fromkeys(PLAN, KEEP)}, 0.57, "With a bar that is set afterwards"),
    # Cabin and Hint.
    WrongAnswer("q1", "all give it away", {"verdict": dict.fromkeys(PLAN, WAY)}, 0.57, "This protects the participant"),
    WrongAnswer("q1", "a kind hint", {"verdict": PLAN | {"Hint": KEEP}}, 1.71, "It is meant kindly, and it is help"),
    WrongAnswer("q1", "happy is done", {"verdict": PLAN | {"Happy": KEEP}}, 1.71, "Many people fail and say that all"),
    WrongAnswer("q1", "a dog is no goal", {"verdict": PLAN | {"Dog": NO_GOAL}}, 1.71, "is on the Friday evening boat"),
    WrongAnswer("q1", "half done", {"verdict": {"Cabin": WAY, "Dog": KEEP}}, 0.57, "5 items"),
]

# --- question 2: a point each for the example and three tables, a fifth of it for each column -------------------------

REPORT = """
def report(table):
    rows = {}
    for flow, part in table.groupby("flow"):
        n, done = len(part), part[part["completed"]]
        x, z = len(done), 1.959963984540054
        middle = (x + z * z / 2) / (n + z * z)
        reach = z * (middle * (1 - middle) / (n + z * z)) ** 0.5
        low, high = max(0, middle - reach), min(1, middle + reach)
        rows[flow] = [x, (x + 1) / (n + 2), low, high, float(np.exp(np.log(done["seconds"]).mean()))]
    return pd.DataFrame.from_dict(rows, orient="index", columns=["completed", "laplace", "low", "high", "seconds"])
"""


def report(*changes):
    """The right function with some changes."""
    code = REPORT
    for old, new in changes:
        assert old in code
        code = code.replace(old, new)
    return code


GEOMETRIC = 'np.exp(np.log(done["seconds"]).mean())'
Q2 = [
    WrongAnswer("q2", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer(
        "q2", "printed", report(("return pd", "print(pd"), ('"seconds"])\n', '"seconds"]))\n')), 0, "print only shows"
    ),
    # One column of five is wrong in all four tables.
    WrongAnswer(
        "q2", "counts everybody", report(("[x, (x", "[n, (x")), 3.2, "You counted all people of the flow"
    ),
    WrongAnswer("q2", "the share", report(("[x, (x", "[x / n, (x")), 3.2, "This is the share. The column holds"),
    WrongAnswer(
        "q2", "no LaPlace", report(("(x + 1) / (n + 2)", "x / n")), 3.2, "LaPlace adds 1 above and 2 below"
    ),
    # Two columns of five in all four tables. With one of one the plain interval ends at 1, too, but not beside it.
    WrongAnswer(
        "q2", "plain Wald",
        report(
            ("middle = (x + z * z / 2) / (n + z * z)", "middle = x / n"),
            ("(middle * (1 - middle) / (n + z * z))", "(middle * (1 - middle) / n)"),
        ),
        2.4, "This is the plain Wald interval. It is too short",
    ),
    WrongAnswer("q2", "90 percent", report(("1.959963984540054", "1.6448536")), 2.4, "This interval is a 90 % one"),
    WrongAnswer(
        "q2", "arithmetic mean", report((GEOMETRIC, 'done["seconds"].mean()')), 3.2, "This is the arithmetic mean. Take"
    ),
    WrongAnswer(
        "q2", "failures too", report((GEOMETRIC, 'np.exp(np.log(part["seconds"]).mean())')), 3.2,
        "You counted the failures, too",
    ),
    WrongAnswer(
        "q2", "the mean of all times", report((GEOMETRIC, 'part["seconds"].mean()')), 3.2,
        "the arithmetic mean over all people",
    ),
    WrongAnswer(
        "q2", "the median", report((GEOMETRIC, 'done["seconds"].median()')), 3.2, "This is the median."
    ),
    WrongAnswer("q2", "a dictionary", report(("return pd", "return rows\n    pd")), 0, "yours is a dictionary"),
    WrongAnswer("q2", "another name", report(('"high", "seconds"', '"high", "time"')), 0, "no column named 'seconds'"),
]  # fmt: skip

# --- question 3: eight weights of a quarter point each, five for the SUS (1 + 2 + 2), three for the UMUX-Lite ---------

SUS = "def sus_score(answers):\n    return 2.5 * (sum(answers[0::2]) - 5 + 25 - sum(answers[1::2]))\n"
UMUX = "def umux_lite_score(first, second):\n    return (first + second - 2) * 100 / 12\n"
Q3 = [
    WrongAnswer("q3", "not written", "", 0, "Your notebook does not have this yet"),
    # Five of eight weights go with the SUS, three with the UMUX-Lite.
    WrongAnswer("q3", "not times 2.5", SUS.replace("2.5 *", "") + UMUX, 0.75, "These are the points. Multiply by 2.5."),
    WrongAnswer(
        "q3", "answers added", "def sus_score(answers):\n    return 2.5 * sum(answers)\n" + UMUX, 0.75,
        "You added the answers as they are",
    ),
    WrongAnswer(
        "q3", "all ten praise", "def sus_score(answers):\n    return 2.5 * (sum(answers) - 10)\n" + UMUX, 0.75,
        "answer − 1 for all ten",
    ),
    WrongAnswer(
        "q3", "odd and even swapped",
        "def sus_score(answers):\n    return 2.5 * (sum(answers[1::2]) - 5 + 25 - sum(answers[0::2]))\n" + UMUX, 0.75,
        "Odd and even have changed places",
    ),
    # With the answers 1 and 1 nothing times anything is 0: the share and the division by 14 are right there.
    WrongAnswer("q3", "a share", SUS + UMUX.replace(" * 100", ""), 1.5, "This is a share. Multiply by 100."),
    WrongAnswer("q3", "out of fourteen", SUS + UMUX.replace("12", "14"), 1.5, "goes up to 12, not 14"),
    WrongAnswer(
        "q3", "from nought", SUS + UMUX.replace("first + second - 2", "first + second").replace("12", "14"), 1.25,
        "must give 0. Take 2 off",
    ),
    WrongAnswer(
        "q3", "turned into a SUS", SUS + UMUX.replace("return ", "return 22.9 + 0.65 * "), 1.25,
        "This is an old guess of the SUS",
    ),
    WrongAnswer("q3", "one of two", SUS, 1.25, "umux_lite_score: the example: ○ Not answered yet"),
]  # fmt: skip

# --- question 4: two points, a sixth of them for each sentence --------------------------------------------------------

YES, NO, UNKNOWN = "the data support it", "the data contradict it", "cannot tell yet"
BOARD = {"Arvid": UNKNOWN, "Bea": YES, "Carla": YES, "Dev": UNKNOWN, "Esra": NO, "Fritz": NO}

Q4 = [
    WrongAnswer("q4", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer(
        "q4", "raw numbers", {"verdict": BOARD | {"Arvid": YES, "Dev": YES}}, 1.33, "almost on top of each other"
    ),
    WrongAnswer("q4", "ten are enough", {"verdict": BOARD | {"Arvid": YES}}, 1.67, "and the intervals overlap widely"),
    WrongAnswer(
        "q4", "never sure", {"verdict": dict.fromkeys(BOARD, UNKNOWN)}, 0.67, "The whole interval lies below 95 %"
    ),
    WrongAnswer(
        "q4", "open means no", {"verdict": BOARD | {"Dev": NO}}, 1.67, "Overlapping intervals contradict nothing"
    ),
    WrongAnswer("q4", "praise counts", {"verdict": BOARD | {"Fritz": YES}}, 1.67, "This takes words for deeds"),
    WrongAnswer("q4", "failures are fast", {"verdict": BOARD | {"Carla": NO}}, 1.67, "Take successes only"),
]

# --- question 5: three parts of two thirds each -----------------------------------------------------------------------

QUESTION = "In round 1 a problem did not show"
HIDDEN = "If it hits 8 % of passengers, it had about an even chance of hiding from ten."
NUMBERS = {"see": 15, "measure": 79, "share": 15, "then": {QUESTION: HIDDEN}}

Q5 = [
    WrongAnswer("q5", "not answered", None, 0, "There is no saved answer yet"),
    # Two thirds of two points for measuring and the sentence.
    WrongAnswer("q5", "five are enough", NUMBERS | {"see": 5}, 1.33, "a chance of 55.6%, and 90% is wanted"),
    WrongAnswer("q5", "one too few", NUMBERS | {"see": 14}, 1.33, "a chance of 89.7%, and 90% is wanted"),
    WrongAnswer("q5", "too many", NUMBERS | {"measure": 96}, 1.67, "That is enough, and fewer would do"),
    WrongAnswer("q5", "measured with ten", NUMBERS | {"measure": 10}, 1.33, "Their interval may reach"),
    WrongAnswer(
        "q5", "not seen, not there", NUMBERS | {"then": {QUESTION: "It does not exist."}}, 1.33,
        "do not show what hits few",
    ),
    WrongAnswer(
        "q5", "rare means harmless",
        NUMBERS | {"then": {QUESTION: "It is harmless, since ten people did not mind it."}}, 1.33,
        "says nothing about how bad",
    ),
    WrongAnswer("q5", "no sentence", NUMBERS | {"then": {}}, 1.33, f"{QUESTION}: not answered yet"),
]  # fmt: skip

# --- question 6: three samples of two thirds each ---------------------------------------------------------------------

FARES = {"text": "#4a6478", "ground": "#ffffff"}
BUTTON = {"text": "#ffffff", "ground": "#1f7a74"}
STORM = {"text": "#3d3d3d", "ground": "#eaf3f6"}
COLOURS = {"Fares": FARES, "Button": BUTTON, "Storm": STORM}

Q6 = [
    WrongAnswer("q6", "not answered", None, 0, "There is no saved answer yet"),
    # #64839c on white has a little under 4.0: (255 is 1; the grey of the same light would be about #808080, 3.95).
    WrongAnswer(
        "q6", "a little darker", COLOURS | {"Fares": {"text": "#64839c", "ground": "#ffffff"}}, 1.33,
        "is below 4.5, the least for text at AA",
    ),
    WrongAnswer(
        "q6", "AA for AAA", COLOURS | {"Storm": {"text": "#5f5f5f", "ground": "#eaf3f6"}}, 1.67, "It passes AA."
    ),
    WrongAnswer(
        "q6", "black on the house colour", COLOURS | {"Button": {"text": "#000000", "ground": "#3fa7a0"}}, 1.33,
        "The text is a house colour and stays",
    ),
    WrongAnswer(
        "q6", "a black ground", COLOURS | {"Fares": {"text": "#6f8fa8", "ground": "#000000"}}, 1.33,
        "The ground is a house colour and stays",
    ),
    WrongAnswer("q6", "two of three", {"Fares": FARES, "Storm": STORM}, 1.33, "Button: not answered yet"),
    WrongAnswer(
        "q6", "all left as they were",
        {
            "Fares": {"text": "#6f8fa8", "ground": "#ffffff"}, "Button": {"text": "#ffffff", "ground": "#3fa7a0"},
            "Storm": {"text": "#7a7a7a", "ground": "#eaf3f6"},
        },
        0, "Storm: not answered yet. Its colours are as they were",
    ),
]  # fmt: skip

# --- question 7: eight faults; another rule on the right line is half a hit, a false alarm costs half a hit ----------

MARKS = {
    6: "no-title", 19: "low-contrast", 29: "vague-link", 34: "positive-tabindex", 37: "control-without-label",
    40: "button-without-name", 44: "image-without-alt", 45: "empty-heading",
}  # fmt: skip

OTHER_RULES = ("no-language", "placeholder-as-label", "skipped-heading-level", "table-without-headers")


def marks(*more, without=()):
    """The right marks without those of some lines, and further ones."""
    pairs = [(line, rule) for line, rule in MARKS.items() if line not in without] + list(more)
    return [{"line": line, "rule": rule} for line, rule in pairs]


Q7 = [
    WrongAnswer("q7", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer(
        "q7", "only what one sees", marks(without=(6, 29, 34, 37, 40, 44, 45)), 0.38, "1 of 8 faults found, 7 missed"
    ),
    # (8 − 0.5) / 8 of three points: the placeholder stands beside a label.
    WrongAnswer("q7", "placeholder with a label", marks((35, "placeholder-as-label")), 2.81, "Line 35 does not break"),
    WrongAnswer("q7", "decoration needs no text", marks((20, "image-without-alt")), 2.81, "Line 20 does not break"),
    WrongAnswer("q7", "an icon with a name", marks((39, "button-without-name")), 2.81, "Line 39 does not break"),
    # (7 + 1/2) / 8.
    WrongAnswer(
        "q7", "a skipped level", marks((45, "skipped-heading-level"), without=(45,)), 2.81,
        "7 of 8 faults found, 0 missed, 1 on the right line by another rule",
    ),
    # (8 − 3 / 2) / 8.
    WrongAnswer(
        "q7", "contrast everywhere", marks((8, "low-contrast"), (46, "low-contrast"), (18, "low-contrast")), 2.44,
        "3 false alarms",
    ),
    # Of twelve rules on the eight lines one is right each time, and eleven are false alarms.
    WrongAnswer(
        "q7", "every rule on every line",
        [
            {"line": line, "rule": rule}
            for line in MARKS
            for rule in (*MARKS.values(), *OTHER_RULES)
        ],
        0, "88 false alarms",
    ),
    WrongAnswer("q7", "half found", marks(without=(6, 34, 40, 45)), 1.5, "4 of 8 faults found, 4 missed"),
]  # fmt: skip

# --- question 8: one point, half for the facts, half for plain words as far as the facts are there -------------------

PLAIN = (
    "In bad weather your ship may be late. If we have your mobile number, we send you a text two hours before. "
    "You can ask for your money back within 14 days."
)
NOTICE = (
    "In the event of adverse meteorological conditions, the departure of individual sailings may be subject to "
    "postponement, concerning which passengers who have provided a mobile telephone number will be notified by means "
    "of a text message not later than two hours prior to the scheduled departure, and reimbursement may be requested "
    "within 14 days."
)

Q8 = [
    WrongAnswer("q8", "not answered", None, 0, "There is no saved answer yet"),
    # All facts are there, and it is neither easy nor short.
    WrongAnswer("q8", "left as it was", NOTICE, 0.5, "Aim for 60"),
    # Three of four facts, and of plain words three quarters.
    WrongAnswer(
        "q8", "the money forgotten", PLAIN.rpartition(" You can")[0], 0.75, "Missing: the money, and its 14 days."
    ),
    WrongAnswer(
        "q8", "easy and empty", "We wish you a good trip. The sea is wide.", 0, "Missing: that sailings may be late;"
    ),
    # Easy words in one breath: half of plain words is lost.
    WrongAnswer(
        "q8", "one long sentence",
        PLAIN.replace(". If", ", and if").replace(". You", ", and you"), 0.75, "Cut it at 20 words",
    ),
]  # fmt: skip

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7, *Q8]
