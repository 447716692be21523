"""The key of the assignment of m06, found in another way than the assignment finds it, and the data behind it."""

import csv
import json
import math
import re
from collections import defaultdict

import pytest

from cxux_helpers.accessibility.page_structure import check_page
from tests.notebooks.assignments import Assignment, Work
from tools.make_ferries_data import FLOWS, main

M06 = Assignment("m06")
Z = 1.959964


def test_the_committed_sessions_are_those_that_the_script_makes(tmp_path):
    main(tmp_path)
    assert (tmp_path / "sessions.csv").read_bytes() == (M06.source / "sessions.csv").read_bytes()


@pytest.fixture(scope="module")
def rounds():
    """For each round and flow: people, successes, their times, SUS scores and praise; read without the library."""
    found = defaultdict(lambda: {"n": 0, "times": [], "sus": [], "praised": 0})
    with (M06.source / "sessions.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            one = found[int(row["round"]), row["flow"]]
            one["n"] += 1
            one["praised"] += row["praised"] == "True"
            if row["completed"] == "True":
                one["times"].append(float(row["seconds"]))
            answers = [int(row[f"sus_{item}"]) for item in range(1, 11)]
            one["sus"].append(2.5 * (sum(answers[0::2]) - 5 + 25 - sum(answers[1::2])))
    return dict(found)


def rate(one):
    x, n = len(one["times"]) + Z * Z / 2, one["n"] + Z * Z
    reach = Z * math.sqrt(x / n * (1 - x / n) / n)
    return x / n - reach, x / n + reach


def around(values, t):
    middle = sum(values) / len(values)
    sd = math.sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))
    return middle - t * sd / math.sqrt(len(values)), middle + t * sd / math.sqrt(len(values))


def test_the_key_of_question_4_follows_from_the_intervals(rounds):
    assert {number: rounds[number, "Deck"]["n"] for number in (1, 2)} == {1: 10, 2: 90}
    # Arvid: overlap. Bea: apart. Esra: below 95 %.
    assert rate(rounds[1, "Deck"])[1] > rate(rounds[1, "Steps"])[0]
    assert rate(rounds[2, "Deck"])[1] < rate(rounds[2, "Steps"])[0]
    assert rate(rounds[2, "Steps"])[1] < 0.95
    # Carla: with a t of 2.02, more than that of 47 or more people, successes on Deck are faster.
    logs = {flow: around([math.log(time) for time in rounds[2, flow]["times"]], 2.02) for flow in FLOWS}
    assert logs["Deck"][1] < logs["Steps"][0]
    # Dev: with a t of 1.98, less than that of 90 people, the means of the SUS overlap.
    scores = {flow: around(rounds[2, flow]["sus"], 1.98) for flow in FLOWS}
    assert scores["Deck"][0] < scores["Steps"][1] and scores["Steps"][0] < scores["Deck"][1]
    # Fritz: praise is as he says, and points the other way.
    assert rounds[2, "Deck"]["praised"] == 81 > rounds[2, "Steps"]["praised"]
    (key,) = re.findall(r"\{\"Arvid\": UNKNOWN.*?\}", M06.checks["m06-q4-check"].source)
    assert key == '{"Arvid": UNKNOWN, "Bea": YES, "Carla": YES, "Dev": UNKNOWN, "Esra": NO, "Fritz": NO}'


def test_praise_and_all_times_point_the_other_way_than_what_people_complete(rounds):
    # What is planted: Steps lets more people through, and Deck is praised and quick.
    assert FLOWS["Steps"][0] > FLOWS["Deck"][0]
    assert len(rounds[2, "Steps"]["times"]) > len(rounds[2, "Deck"]["times"])
    assert rounds[2, "Steps"]["praised"] < rounds[2, "Deck"]["praised"]


def test_the_model_answer_repeats_the_data(rounds):
    text = M06.graded["m06-q9"].source
    done = {flow: len(rounds[2, flow]["times"]) for flow in FLOWS}
    assert f"{done['Steps']} of 90" in text and f"{done['Deck']} of 90" in text
    assert "fourteen people stopped" in text and 90 - done["Steps"] == 14
    for flow in FLOWS:
        low, high = rate(rounds[2, flow])
        assert f"{low:.0%}".rstrip("%") in text and f"{high:.0%}".rstrip("%") in text
        times = rounds[2, flow]["times"]
        assert f"{math.exp(sum(map(math.log, times)) / len(times)):.0f}" in text
        assert round(sum(rounds[2, flow]["sus"]) / 90, -1) == 70


# --- functions in plain Python ----------------------------------------------------------------------------------------


def report(table):
    rows = {}
    for flow in dict.fromkeys(table["flow"]):
        part = [(done, time) for name, done, time in table.itertuples(index=False) if name == flow]
        times = [time for done, time in part if done]
        low, high = rate({"n": len(part), "times": times})
        geometric = math.prod(times) ** (1 / len(times))
        rows[flow] = (len(times), (len(times) + 1) / (len(part) + 2), max(0, low), min(1, high), geometric)
    columns = ["completed", "laplace", "low", "high", "seconds"]
    return type(table).from_dict(rows, orient="index", columns=columns)


def sus_score(answers):
    total = 0
    for place, answer in enumerate(answers, start=1):
        total += answer - 1 if place % 2 else 5 - answer
    return total * 2.5


def umux_lite_score(first, second):
    return ((first - 1) + (second - 1)) / 12 * 100


@pytest.mark.parametrize(
    ("question", "functions"), [("q2", [report]), ("q3", [sus_score, umux_lite_score])], ids=["report", "scores"]
)
def test_functions_written_in_plain_python_earn_all_points(tmp_path, question, functions):
    marks = M06.marks(question, Work(tmp_path, {function.__name__: function for function in functions}))
    assert marks.earned == M06.worth[f"m06-{question}-check"], str(marks)


# --- the other keys ---------------------------------------------------------------------------------------------------


def test_the_numbers_of_question_5_are_the_fewest_that_will_do():
    assert 1 - 0.85**14 < 0.9 <= 1 - 0.85**15
    assert 0.4 < 0.92**10 < 0.5, "about an even chance of hiding"

    def reach(n):
        p, people = (0.7 * n + Z * Z / 2) / (n + Z * Z), n + Z * Z
        return Z * math.sqrt(p * (1 - p) / people)

    assert reach(79) <= 0.1 < reach(78)


def test_the_faults_of_the_page_are_those_that_the_checker_finds_and_each_rule_is_offered():
    page = (M06.source / "booking.html").read_text(encoding="utf-8")
    found = {(finding.line, finding.rule) for finding in check_page(page)}
    key = {(int(line), rule) for line, rule in re.findall(r'Mark\((\d+), "(.+?)"\)', M06.checks["m06-q7-check"].source)}
    assert key == found and len(found) == 8
    # By hand: the words that are wrong stand on those lines.
    lines = page.splitlines()
    wrong = {
        6: "<title></title>",
        19: "#8fb3c4",
        29: "Click here",
        34: "tabindex",
        37: "<select",
        40: 'alt=""',
        45: "<h3></h3>",
    }
    assert all(piece in lines[line - 1] for line, piece in wrong.items())
    assert "alt" not in lines[44 - 1]
    offered = M06.offered()
    assert all(f'"{rule}"' in offered for _, rule in found)


def test_the_example_of_question_2_is_worked_out_by_hand():
    # √(40 · 90) = 60; (2 + 1) / (3 + 2) = 0.6; (1 + 1) / (1 + 2) = 0.667.
    assert math.sqrt(40 * 90) == 60
    low, high = rate({"n": 3, "times": [40, 90]})
    assert (round(low, 3), round(high, 3)) == (0.202, 0.944)
    assert round(rate({"n": 1, "times": [50]})[0], 3) == 0.167
    assert "| A | 2 | 0.6 | 0.202 | 0.944 | 60 |" in "\n".join(cell.source for cell in M06.notebook.cells)


def test_colours_are_told_apart_in_question_6_as_the_formula_of_the_guidelines_has_it():
    def light(colour):
        shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    def ratio(first, second):
        low, high = sorted((light(first), light(second)))
        return (high + 0.05) / (low + 0.05)

    solution = next(cell.source for cell in M06.notebook.cells if "q6.answer = {\n" in cell.source)
    pairs = dict(re.findall(r'"(\w+)": (\{"text": .+?\})', solution))
    for name, least in (("Fares", 4.5), ("Button", 3), ("Storm", 7)):
        colours = json.loads(pairs[name])
        assert ratio(colours["text"], colours["ground"]) >= least
    assert ratio("#64839c", "#ffffff") < 4.5 and ratio("#3fa7a0", "#ffffff") < 3
    assert 4.5 <= ratio("#5f5f5f", "#eaf3f6") < 7
