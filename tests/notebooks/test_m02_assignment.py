"""The key of the assignment of m02, found in another way than the assignment finds it, and the data behind it."""

import csv
import math
from collections import Counter, defaultdict

import pytest

from cxux_helpers import cohen_kappa, kano, proportion, sample_size
from tests.notebooks.assignments import Assignment, Work
from tools.make_baths_data import DIMENSIONS, FEATURES, GROUPS, main

M02 = Assignment("m02")


def rows(name):
    """A file of the assignment as the csv module reads it: nothing but texts."""
    with (M02.source / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_committed_files_are_those_that_the_script_makes(tmp_path):
    main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in M02.source.glob("*.csv")}


def test_the_numbers_of_question_2_agree_with_a_count_in_plain_python(tmp_path):
    last = {}
    for row in rows("spring"):
        if row["source"] != "staff test" and row["sent_at"] > last.get(row["visitor_id"], {"sent_at": ""})["sent_at"]:
            last[row["visitor_id"]] = row
    ratings = [float(row["rating"]) for row in last.values() if row["rating"] and 1 <= float(row["rating"]) <= 5]
    counted = {
        "clean": M02.names()["spring"].set_index("answer_id", drop=False).loc[
            [int(row["answer_id"]) for row in last.values() if row["rating"] and 1 <= float(row["rating"]) <= 5]
        ],
        "answers_left": len(ratings),
        "satisfied": sum(rating >= 4 for rating in ratings) / len(ratings),
        "mean_rating": sum(ratings) / len(ratings),
    }  # fmt: skip
    assert M02.marks("q2", Work(tmp_path, counted)).earned == 3


def test_no_visitor_has_two_last_rows_and_every_fault_is_in_the_spring_survey():
    spring = rows("spring")
    assert len({(row["visitor_id"], row["sent_at"]) for row in spring}) == len(spring)
    per_visitor = Counter(row["visitor_id"] for row in spring if row["source"] != "staff test")
    assert Counter(per_visitor.values()) == {1: 376, 2: 44}
    tests = [row for row in spring if row["source"] == "staff test"]
    assert len(tests) == 19 and sum(row["visitor_id"] in per_visitor for row in tests) == 4
    assert sum(not row["rating"] for row in spring) == 20
    assert sum(bool(row["rating"]) and not 1 <= float(row["rating"]) <= 5 for row in spring) == 18
    times = [row["sent_at"] for row in spring]
    assert times != sorted(times), "the rows should stand in no order"


def test_the_interval_of_question_3_is_the_librarys_with_2_for_1_92():
    # 4 of 5: (4 + 2) / (5 + 4) = 2/3, and 1.96 √(2/3 · 1/3 / 9) = 0.30797.
    reach = 1.96 * math.sqrt(2 / 3 / 3 / 9)
    assert (2 / 3 - reach, 2 / 3 + reach) == pytest.approx((0.359, 0.975), abs=0.0005)
    known = proportion(4, 5)
    assert (known.low, known.high) == pytest.approx((0.359, 0.975), abs=0.01)


def test_684_answers_are_the_fewest_for_three_points_at_80_percent():
    def reach(n):
        z = 1.959963984540054
        p = (0.8 * n + z**2 / 2) / (n + z**2)
        return z * math.sqrt(p * (1 - p) / (n + z**2))

    assert reach(684) <= 0.03 < reach(683)
    assert sample_size(0.03, share=0.8) == 684
    assert round(684 / 5, -1) == 140 and round(684 * 5, -2) == 3400


def test_the_autumn_survey_holds_what_question_5_was_planted_with():
    answered, satisfied = Counter(), Counter()
    for row in rows("autumn"):
        answered[row["group"]] += 1
        satisfied[row["group"]] += row["rating"] in ("4", "5")
    assert {group: (answered[group], satisfied[group]) for group in GROUPS} == {
        group: planted[1:] for group, planted in GROUPS.items()
    }
    assert min(GROUPS, key=lambda group: answered[group] / GROUPS[group][0]) == "course members"


def test_responsiveness_falls_short_most_once_gaps_count_by_their_points():
    gaps = defaultdict(list)
    for row in rows("servqual"):
        if row["expectation"] and row["perception"]:
            gaps[row["dimension"]].append(float(row["perception"]) - float(row["expectation"]))
    means = {dimension: sum(found) / len(found) for dimension, found in gaps.items()}
    planted = {dimension: perceived - expected for dimension, (expected, perceived) in DIMENSIONS.items()}
    assert means == pytest.approx(planted, abs=0.25)
    points = {"tangibles": 10, "reliability": 30, "responsiveness": 30, "assurance": 20, "empathy": 10}
    weighted = sorted(means, key=lambda dimension: means[dimension] * points[dimension])
    assert min(means, key=means.get) == "tangibles" and weighted[0] == "responsiveness"
    assert means["responsiveness"] * 30 < 2 * means[weighted[1]] * points[weighted[1]], "it should be beyond doubt"


def test_the_kano_classes_are_those_that_were_planted():
    table = kano(M02.names()["kano"])
    assert table["class"].to_dict() == {feature: planted[0] for feature, planted in FEATURES.items()}
    assert table["clear"].to_dict() == {feature: len(planted) == 1 for feature, planted in FEATURES.items()}


def test_kappa_of_the_two_coders_agrees_with_a_count_and_with_the_library():
    first, second = ([row[coder] for row in rows("comments")] for coder in ("coder_a", "coder_b"))
    alike = sum(one == other for one, other in zip(first, second, strict=True))
    one, other = Counter(first), Counter(second)
    chance = sum(one[theme] * other[theme] for theme in one)
    assert alike == 20 and len(first) == 24
    kappa = (alike / 24 - chance / 24**2) / (1 - chance / 24**2)
    assert kappa == pytest.approx(float(cohen_kappa(first, second))) == pytest.approx(0.7913, abs=0.0001)


def test_kappa_of_the_example_of_question_8_is_six_elevenths():
    # Alike are 4 of 5; by chance 4/5 · 3/5 + 1/5 · 2/5 = 14/25. So (20 − 14) / (25 − 14).
    assert float(cohen_kappa(list("aaaab"), list("aaabb"))) == pytest.approx(6 / 11)
