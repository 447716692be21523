"""The key of the assignment of m08, found in another way than the assignment finds it, and the data behind it."""

import csv
import itertools
import re
import statistics

import numpy as np
import pytest

from tests.notebooks.assignments import Assignment, Work
from tools.make_bikeshare_data import WEIGHTS, main

M08 = Assignment("m08")


def rows(name):
    with (M08.source / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_committed_files_are_those_that_the_script_makes(tmp_path):
    main(tmp_path)
    for name in ("months.csv", "ratings.csv", "trial.csv"):
        assert (tmp_path / name).read_bytes() == (M08.source / name).read_bytes(), name


# --- what the functions of questions 2, 4 and 7 must return, by plain Python -------------------------------------


def scored(ratings):
    """Each customer as −100, 0 or 100; the three added people are ¾, 1½ and ¾ of one."""
    return [100 if rating > 8 else 0 if rating > 6 else -100 for rating in ratings]


def nps_interval(ratings):
    points = scored(ratings)
    weighted = [(point, 1) for point in points] + [(100, 0.75), (0, 1.5), (-100, 0.75)]
    n = sum(weight for _, weight in weighted)
    middle = sum(point * weight for point, weight in weighted) / n
    variance = sum(weight * (point - middle) ** 2 for point, weight in weighted) / n
    reach = 1.96 * (variance / n) ** 0.5
    return [statistics.fmean(points), middle - reach, middle + reach]


def effort(ratings, convention):
    if convention == "mean":
        return statistics.fmean(ratings)
    if convention == "top3":
        return statistics.fmean(rating in (5, 6, 7) for rating in ratings)
    return statistics.fmean({1: -100, 2: -100, 3: -100, 6: 100, 7: 100}.get(rating, 0) for rating in ratings)


def difference(x1, n1, x2, n2):
    groups = [[1] * (x + 1) + [0] * (n - x + 1) for x, n in ((x1, n1), (x2, n2))]
    gap = statistics.fmean(groups[0]) - statistics.fmean(groups[1])
    reach = 1.96 * sum(statistics.pvariance(group) / len(group) for group in groups) ** 0.5
    return [x1 / n1 - x2 / n2, gap - reach, gap + reach]


@pytest.mark.parametrize(
    ("question", "function"), [("q2", nps_interval), ("q4", effort), ("q7", difference)], ids=["nps", "effort", "ac"]
)
def test_functions_written_in_another_way_earn_all_points(tmp_path, question, function):
    marks = M08.marks(question, Work(tmp_path, {function.__name__: function}))
    assert marks.earned == M08.worth[f"m08-{question}-check"], str(marks)


def test_the_example_of_question_2_is_the_published_one():
    # Counts 1, 2, 3: -0.26743 to 0.71188, R package NPS with its pseudo-observations (.75, 1.5, .75).
    assert nps_interval([9, 10, 9, 7, 8, 3]) == pytest.approx([100 / 3, -26.743, 71.188], abs=0.01)


# --- what is planted in the files --------------------------------------------------------------------------------


def test_april_is_news_by_shuffling_and_the_biggest_move_is_not():
    """Shuffle the riders of two neighbouring months: how often is the difference as large by chance?"""
    months = rows("months.csv")
    answers = {
        month["month"]: np.repeat(
            [-100, 0, 100], [int(month[group]) for group in ("detractors", "passives", "promoters")]
        )
        for month in months
    }
    rng = np.random.default_rng(1)
    moves, p_values = {}, {}
    for earlier, later in itertools.pairwise(answers):
        one, other = answers[earlier], answers[later]
        moves[later] = other.mean() - one.mean()
        both, by_chance = np.concatenate([one, other]), []
        for _ in range(400):
            rng.shuffle(both)
            by_chance.append(abs(both[len(one) :].mean() - both[: len(one)].mean()))
        p_values[later] = np.mean(np.array(by_chance) >= abs(moves[later]) - 1e-9)
    assert p_values["Apr"] < 0.01 and min(p for month, p in p_values.items() if month != "Apr") > 0.03
    assert max(moves, key=lambda month: abs(moves[month])) == "Jul"


def test_docks_are_the_driver_and_the_helpline_is_the_decoy():
    """Mean gain in R² over all orders, with a regression for each: no formula of the library's."""
    table = {name: np.array([float(row[name]) for row in rows("ratings.csv")]) for name in (*WEIGHTS, "satisfaction")}
    outcome = table["satisfaction"] - table["satisfaction"].mean()

    def r_squared(names):
        if not names:
            return 0.0
        columns = np.column_stack([table[name] - table[name].mean() for name in names])
        fit = columns @ np.linalg.lstsq(columns, outcome, rcond=None)[0]
        return float((fit**2).sum() / (outcome**2).sum())

    known = {frozenset(some): r_squared(some) for k in range(6) for some in itertools.combinations(WEIGHTS, k)}
    gains = dict.fromkeys(WEIGHTS, 0.0)
    orders = list(itertools.permutations(WEIGHTS))
    for order in orders:
        for place, name in enumerate(order):
            gains[name] += (known[frozenset(order[: place + 1])] - known[frozenset(order[:place])]) / len(orders)
    rating = {name: table[name].mean() for name in WEIGHTS}
    line, middle = statistics.fmean(gains.values()), statistics.fmean(rating.values())
    words = {
        (1, 0): "Concentrate here",
        (1, 1): "Keep up the good work",
        (0, 0): "Low priority",
        (0, 1): "Possible overkill",
    }
    places = {name: words[int(gains[name] >= line), int(rating[name] >= middle)] for name in WEIGHTS}
    assert places == {
        "price": "Low priority", "app": "Possible overkill", "bicycles": "Keep up the good work",
        "docks": "Concentrate here", "helpline": "Low priority",
    }  # fmt: skip
    plain = {name: np.corrcoef(table[name], outcome)[0, 1] for name in WEIGHTS}
    important = {name for name in WEIGHTS if plain[name] >= statistics.fmean(plain.values())}
    assert [name for name in important if rating[name] < middle] == ["helpline"]


def test_the_gift_works_at_the_planned_end_and_not_in_the_first_week():
    def z(days):
        a, b = (sum(int(row[f"hits_{group}"]) for row in rows("trial.csv")[:days]) for group in "ab")
        n = 60 * days
        pooled = (a + b) / (2 * n)
        return (b - a) / n / (pooled * (1 - pooled) * 2 / n) ** 0.5

    assert [z(days) < 0 for days in (1, 2, 3, 4, 5)] == [True] * 5 and abs(z(7)) < 1
    assert z(27) > 2.5 and z(20) > 1.96, "by the plan asked for, and by one with a power of 80 %"


def test_the_plan_of_question_8_takes_27_days():
    # Cohen's h for 12 and 16 %, and z of 97.5 % and 90 %: n = 2 · ((1.95996 + 1.28155) / h)².
    h = 2 * np.arcsin(np.sqrt(0.16)) - 2 * np.arcsin(np.sqrt(0.12))
    people = 2 * ((1.95996 + 1.28155) / h) ** 2
    assert 26 * 60 < people <= 27 * 60
    source = M08.checks["m08-q8-check"].source
    assert re.search(r"ABPlan\(4, 90\)", source)
