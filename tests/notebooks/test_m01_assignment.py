"""The key of the assignment of m01, found in another way than the assignment finds it."""

import csv
from collections import Counter, defaultdict

from cxux_helpers.answers import AnswerFile
from cxux_helpers.datasets.touchpoints import load_touchpoint_cards
from tests.notebooks.assignments import Assignment, Work
from tests.notebooks.course import lesson

M01 = Assignment("m01")


def diary():
    with (M01.source / "diary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_numbers_of_question_2_agree_with_a_count_in_plain_python(tmp_path):
    rows = diary()
    feelings = defaultdict(list)
    for row in rows:
        for name in (row["touchpoint"], row["channel"]):
            feelings[name].append(int(row["feeling"]))
    means = {name: sum(felt) / len(felt) for name, felt in feelings.items()}
    counted = {
        "indirect_share": sum(row["contact"] == "indirect" for row in rows) / len(rows),
        "worst_touchpoint": min({row["touchpoint"] for row in rows}, key=means.get),
        "app_gap": means["app"] - means["compartment"],
    }
    assert M01.marks("q2", Work(tmp_path, counted)).earned == 3


def test_the_worst_touchpoint_stands_apart_from_the_second_worst_and_from_the_one_with_the_lowest_sum():
    feelings = defaultdict(list)
    for row in diary():
        feelings[row["touchpoint"]].append(int(row["feeling"]))
    means = sorted(sum(felt) / len(felt) for felt in feelings.values())
    assert means[1] - means[0] > 0.1
    lowest_sum = min(feelings, key=lambda name: sum(feelings[name]))
    assert lowest_sum == "is cold or hears the corridor at night"


def test_the_diary_is_tidy():
    rows = diary()
    assert {row["contact"] for row in rows} == {"direct", "indirect"}
    assert len({row["traveller"] for row in rows}) == 30
    for column in ("asks_for_help", "uses_product", "shapes_relationship"):
        assert {row[column] for row in rows} == {"yes", "no"}
    assert {int(row["feeling"]) for row in rows} <= {-2, -1, 0, 1, 2}


def test_the_rule_written_as_a_table_of_all_cases_earns_all_points_of_question_3(tmp_path):
    kinds = {
        "nnn": "CX", "nny": "CX", "nyn": "UX", "nyy": "both",
        "ynn": "customer service", "yny": "customer service", "yyn": "customer service", "yyy": "customer service",
    }  # fmt: skip

    def shares_of_kinds(table):
        named = Counter(kinds["".join(cell[0] for cell in row)] for row in table.itertuples(index=False))
        return {kind: count / len(table) for kind, count in named.items()}

    assert M01.marks("q3", Work(tmp_path, {"shares_of_kinds": shares_of_kinds})).earned == 3


def test_either_pile_of_a_card_on_the_border_earns_its_points(tmp_path):
    best = {
        "blanket": "customer service", "switch": "UX", "late": "CX", "fares": "both", "driver": "UX", "name": "CX",
        "date": "customer service", "window": "both", "poster": "CX", "suitcase": "customer service", "bed": "UX",
        "wake": "both", "refund": "CX", "ticket": "customer service", "coins": "both", "tablet": "UX",
    }  # fmt: skip
    assert set(Counter(best.values()).values()) == {4}, "the piles are balanced"
    for number, other in enumerate([{}, {"suitcase": "both"}, {"coins": "UX"}]):
        folder = tmp_path / str(number)
        folder.mkdir()
        AnswerFile("m01-q1", folder).save(best | other)
        assert M01.marks("q1", Work(folder)).earned == 4


def test_no_card_of_the_assignment_stands_in_the_lesson():
    offered = M01.offered()
    assert not [text for text in load_touchpoint_cards()["cards"].values() if text in offered]
    taught = "\n".join(cell.source for cell in lesson("m01").cells)
    assert "attendant" not in taught and "clinic" not in offered
