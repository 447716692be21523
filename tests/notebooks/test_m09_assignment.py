"""The key of the capstone, found in another way than the assignment finds it, and the truth planted in its data."""

import json
import re
from collections import defaultdict
from statistics import fmean

import pandas as pd
import pytest

import cxux_helpers as cx
from cxux_helpers.answers import AnswerFile
from cxux_helpers.furniture_firm import before_after, difference_in_differences
from tests.notebooks.assignments import Assignment, Work
from tests.notebooks.course import CAPSTONE, MODULES, concepts
from tests.notebooks.teasel_keys import (
    day,
    desk_keys,
    driver_keys,
    order_keys,
    page_keys,
    read,
    survey_keys,
    value_keys,
    worth,
)
from tests.notebooks.wrong_answers.m09 import STRATEGY
from tools import make_teasel_data as teasel

M09 = Assignment(CAPSTONE)
EVERY_FILE = pytest.mark.parametrize("name", teasel.TABLES)


@pytest.fixture(scope="module")
def committed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("teasel")
    teasel.main(folder)
    return folder


@EVERY_FILE
def test_the_committed_files_are_those_that_the_script_makes(committed, name):
    assert (committed / f"{name}.csv").read_bytes() == (M09.source / f"{name}.csv").read_bytes()


def test_the_files_together_are_small():
    assert sum(path.stat().st_size for path in M09.source.glob("*.csv")) < 400_000


# --- what makes it a capstone --------------------------------------------------------------------------------------


@pytest.mark.parametrize("module", MODULES)
def test_the_capstone_grades_something_of_every_module(module):
    graded = concepts(M09.notebook)["grades"]
    assert graded & set(MODULES[module]["concepts"])


@pytest.mark.parametrize(
    "function",
    [
        "clean_ratings", "csat", "rfm", "segments_by_cuts", "klm", "tree_test", "completion_rate", "sus_grade",
        "contrast_ratio", "first_contact_resolution", "staffing", "cohen_kappa", "nps_difference", "driver_shares",
        "importance_performance", "retention_by_age", "survival_clv", "difference_in_differences",
        "LogInvestigation", "StrategyCanvas",
    ],
)  # fmt: skip
def test_the_capstone_is_solved_with_functions_of_the_earlier_modules(function):
    assert any(re.search(rf"\b{function}\(", cell.source) for cell in M09.notebook.cells)


# --- the keys, by plain Python -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("q2", survey_keys), ("q3", order_keys), ("q5", page_keys), ("q6", desk_keys), ("q7", driver_keys),
        ("q8", value_keys),
    ],
)  # fmt: skip
def test_answers_found_in_plain_python_earn_all_points(tmp_path, question, keys):
    marks = M09.marks(question, Work(tmp_path, keys()))
    assert marks.earned == M09.worth[f"m09-{question}-check"], str(marks)


# --- the fault in the log ------------------------------------------------------------------------------------------


def get_on(**who):
    """Of the visits that reach the choice of the day, how many go on to the payment, and how many there are."""
    paths = defaultdict(list)
    for row in read("visits"):
        paths[row["session"]].append(row)
    here, on = 0, 0
    for path in paths.values():
        start = day(path[0]["time"])
        row = path[0] | {"late": start >= day(teasel.FAULT["week"])}
        events = [one["event"] for one in path]
        if "day" in events and all(row[name] == wanted for name, wanted in who.items()):
            here, on = here + 1, on + ("pay" in events[events.index("day") :])
    return on / here, here


def test_the_key_of_question_4_is_the_planted_fault():
    (key,) = re.findall(r"judge_investigation\(given, (\{.*?\}),", M09.checks["m09-q4-check"].source)
    assert eval(key) == teasel.FAULT


def test_only_subscribers_break_off_at_the_day_and_only_since_the_fault():
    assert get_on(customer="subscriber", late=False)[0] > 0.75 and get_on(customer="subscriber", late=True)[0] < 0.3
    for other in ("new", "returning"):
        assert abs(get_on(customer=other, late=True)[0] - get_on(customer=other, late=False)[0]) < 0.12


# --- the planted truth: the taught method finds it, and the naive reading does not -----------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_shares_find_what_satisfaction_hangs_on_and_correlations_do_not(seed):
    ratings, names = teasel.ratings(seed=seed), list(teasel.DRIVERS)
    truly_first = max(teasel.DRIVERS, key=lambda name: teasel.DRIVERS[name][0])
    assert cx.lmg(ratings, "satisfaction", names).idxmax() == truly_first == "punctual"
    naive = cx.driver_correlations(ratings, "satisfaction", names)
    assert naive.idxmax() == "packaging" and teasel.DRIVERS["packaging"][0] == 0
    assert ratings[names].mean().idxmin() == "website"


def test_the_comparison_by_lot_finds_what_the_courier_does_and_before_and_after_does_not():
    truth, fair, naive = teasel.COURIER["effect"] - 1, [], []
    for seed in range(8):
        weeks = teasel.weeks(seed=seed)
        fair.append(difference_in_differences(weeks, treated="courier"))
        naive.append(before_after(weeks[weeks["courier"]]))
    assert sum(one.low <= truth <= one.high for one in fair) >= 6
    assert fmean(float(one) for one in fair) == pytest.approx(truth, abs=0.02)
    assert all(one.low > 3 * truth for one in naive)


def test_a_late_first_parcel_costs_what_the_planted_chances_to_leave_say():
    def planted(alpha, beta):
        # Each leaves with a chance of their own, so those who are left have smaller and smaller ones.
        here, total = 1.0, 0.0
        for month in range(1, 13):
            here *= (beta + month - 1) / (alpha + beta + month - 1)
            total += 7 * here / 1.01**month
        return total

    cost = planted(*teasel.LEAVING["on time"]) - planted(*teasel.LEAVING["late"])
    found = []
    for seed in range(6):
        value = {}
        for first, part in teasel.subscriptions(seed=seed).groupby("first_parcel"):
            rates = cx.retention_by_age(cx.retention_table(part, as_of=teasel.LAST_DAY))
            value[first] = cx.survival_clv(7, [1, *rates["survival"].loc[:12]], 0.01)
        found.append(value["on time"] - value["late"])
    assert fmean(found) == pytest.approx(cost, abs=2)
    assert value_keys()["lost"] == pytest.approx(cost, abs=5)


def test_the_last_parcel_tells_who_leaves_and_any_parcel_does_not():
    orders = order_keys()
    assert orders["waited_at_risk"] > 2 * orders["waited_champions"]
    ever = M09.names()["orders"].groupby("customer_id")["days_late"].max() > 0
    table = cx.rfm(M09.names()["orders"], as_of="2026-11-01")
    segments = cx.segments_by_cuts(table, recent_days=60, frequent_orders=4, high_spend=100)
    by_segment = ever.groupby(segments, observed=False).mean()
    assert by_segment["Champions"] >= by_segment["At risk"]


def test_the_tick_of_the_desk_hides_how_many_come_back():
    desk = desk_keys()
    assert desk["ticked_parcel"] > 0.9 and desk["solved_parcel"] < 0.65


# --- the page ------------------------------------------------------------------------------------------------------


def test_the_page_begins_where_the_files_say(tmp_path):
    found = {
        "objectives": 100 * order_keys()["late_now"],
        "feedback analysis": 100 * desk_keys()["solved_parcel"],
        "digital tools": 100 * page_keys()["done_today"],
    }
    page = json.loads(json.dumps(STRATEGY))
    for need, now in found.items():
        page[need]["now"] = round(now, 1)
    AnswerFile("m09-q9", tmp_path).save(page)
    assert M09.marks("q9", Work(tmp_path)).earned == 2


def test_an_earlier_slip_does_not_count_twice(tmp_path):
    page = json.loads(json.dumps(STRATEGY))
    page["feedback analysis"] |= {"now": 75.5, "target": 90}
    AnswerFile("m09-q9", tmp_path).save(page)
    assert M09.marks("q9", Work(tmp_path)).earned == 1.8
    assert M09.marks("q9", Work(tmp_path, {"solved_parcel": 0.7551})).earned == 2


def test_what_the_model_text_tells_the_board_is_what_the_files_say():
    text = next(
        cell.source for cell in M09.notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "m09-q10"
    )
    assert 120 <= len(text.split()) <= 200
    value = value_keys()
    assert f"brings {value['lost']:.0f} euros less" in text and f"about {100 * value['effect']:.0f} %" in text
    assert f"sold {100 * value['claimed']:.0f} % more" in text


def test_the_example_of_question_8_is_worth_what_the_text_says():
    start, end = (
        pd.to_datetime(pd.Series(days)) for days in (["2025-01-10"] * 4, ["2025-04-10", None, "2025-07-10", None])
    )
    assert f"worth {worth(pd.DataFrame({'start': start, 'end': end}), '', 10):.2f} euro" in M09.offered()
