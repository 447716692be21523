"""The key of the assignment of m03, found in another way than the assignment finds it."""

import csv
import datetime as dt
from collections import defaultdict

import pandas as pd

from tests.notebooks.assignments import Assignment, Work

M03 = Assignment("m03")


def test_the_numbers_of_question_2_agree_with_a_count_in_plain_python(tmp_path):
    with (M03.source / "orders.csv").open(encoding="utf-8", newline="") as file:
        rows = dict.fromkeys(tuple(row.values()) for row in csv.DictReader(file))  # each row once
    customer_of, day_of, cents = {}, {}, defaultdict(int)
    for order, customer, date, amount in rows:
        if customer:
            customer_of[order] = int(customer)
            day_of[order] = min(day_of.get(order, dt.date.max), dt.date.fromisoformat(date))
            cents[order] += round(100 * float(amount))
    left = [order for order in cents if cents[order] > 0]
    spent = defaultdict(int)
    for order in left:
        spent[customer_of[order]] += cents[order]
    totals = sorted(spent.values(), reverse=True)
    assert len(totals) % 5 == 0, "a fifth of the customers should be a whole number of them"

    days = pd.to_datetime([day_of[order] for order in left])
    last_day = max(day_of[order] for order in left if customer_of[order] == 1522)
    counted = {
        "clean": pd.DataFrame({"date": days, "amount": [cents[order] / 100 for order in left]}),
        "orders_left": len(left),
        "best_fifth": sum(totals[: len(totals) // 5]) / sum(totals),
        "recency_1522": (dt.date(2026, 1, 1) - last_day).days,
    }
    assert M03.marks("q2", Work(tmp_path, counted)).earned == 2


def test_the_orders_up_to_november_are_as_tidy_as_question_5_says():
    orders = M03.names()["orders"]
    tidy = orders[lambda table: table["date"] < "2025-12-01"]
    assert not tidy.isna().any(axis=None)
    assert not tidy["order_id"].duplicated().any()
    assert (tidy["amount"] > 0).all()


def test_the_data_bear_out_the_key_of_question_6(monkeypatch):
    monkeypatch.chdir(M03.source)
    names = {}
    for cell in M03.notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") in ("m03-start", "m03-tidy", "m03-by-k"):
            exec(cell.source, names)
    lowest_agreement = names["stability"]["low"]
    assert names["silhouette"].idxmax() == 2
    assert lowest_agreement.loc[[2, 3, 4]].min() > 0.9, "k = 2, 3 and 4 come back in every sample"
    assert lowest_agreement.loc[[5, 6]].max() < 0.75, "k = 5 and 6 do not"
