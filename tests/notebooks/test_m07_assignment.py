"""The key of the assignment of m07, found in another way than the assignment finds it, and the data behind it."""

import csv
import datetime as dt
import math
from collections import defaultdict
from itertools import pairwise

import pytest

from cxux_helpers.exercises import judge_rubric_rating
from cxux_helpers.roleplay.conversation import play
from cxux_helpers.roleplay.scenario_json import load_scenario
from cxux_helpers.roleplay.score import WEIGHTS, score_conversation
from tests.notebooks.assignments import Assignment, Work
from tests.notebooks.wrong_answers.m07 import ACTIONS, SATURDAY, ratings
from tools.make_front_desk_data import TRAINEES, main

M07 = Assignment("m07")
RATED = ratings(Ravi=(3, 3, 2, 1, 3), Selma=(3, 3, 3, 3, 3), Noemi=(1, 1, 2, 1, 1))


def test_the_committed_data_are_those_that_the_script_makes(tmp_path):
    main(tmp_path)
    for name in ("contacts.csv", "conversations.json"):
        assert (tmp_path / name).read_bytes() == (M07.source / name).read_bytes()


# --- the queue, by the formula with factorials --------------------------------------------------------------------


def answered_in_time(calls, seconds, aht, agents):
    """Erlang C as textbooks print it, with sums and factorials."""
    load = calls * aht / seconds
    if load >= agents:
        return 0.0
    busy = load**agents / math.factorial(agents) * agents / (agents - load)
    waits = busy / (sum(load**k / math.factorial(k) for k in range(agents)) + busy)
    return 1 - waits * math.exp(-(agents - load) * 20 / aht)


def fewest(calls, seconds, aht):
    return next(n for n in range(1, 100) if answered_in_time(calls, seconds, aht, n) >= 0.8)


def on_schedule(calls, aht, shrinkage):
    found = []
    for number in calls:
        staff = 0
        while round(staff * (1 - shrinkage), 9) < fewest(number, 1800, aht):
            staff += 1
        found.append(staff)
    return found


def test_the_schedule_by_factorials_earns_all_points(tmp_path):
    marks = M07.marks("q3", Work(tmp_path, {"on_schedule": on_schedule}))
    assert marks.earned == M07.worth["m07-q3-check"], str(marks)
    assert on_schedule([100, 40], 180, 0.3) == [20, 10]


def test_the_saturday_has_no_other_plan_that_is_cheapest():
    day = {"8 to 10": 120, "10 to 12": 72, "12 to 14": 48, "14 to 16": 60, "16 to 18": 168, "18 to 20": 36}
    assert {name: fewest(calls, 7200, 300) for name, calls in day.items()} == SATURDAY
    # The trap: for the mean of the day six people do, and the peak needs ten.
    assert fewest(sum(day.values()) / 6, 7200, 300) == 6


# --- first contact resolution, in plain Python ---------------------------------------------------------------------


def outcomes(rows, days):
    """For each first contact that counts: who it was, by which channel, and whether nothing followed."""
    window, matters = dt.timedelta(days=days), defaultdict(list)
    for row in rows:
        matters[row["owner_id"], row["topic"]].append((row["time"], row["channel"]))
    end = max(row["time"] for row in rows)
    for contacts in matters.values():
        contacts.sort()
        line = [(None, ""), *contacts, (None, "")]
        for (before, _), ((time, channel), (after, _)) in zip(line, pairwise(line[1:]), strict=False):
            if (before is None or time - before > window) and time + window <= end:
                yield channel, after is None or after - time > window


def first_contact_resolution(log, days):
    resolved = [fine for _, fine in outcomes(log.to_dict("records"), days)]
    return sum(resolved) / len(resolved)


def test_the_share_in_plain_python_earns_all_points(tmp_path):
    work = Work(tmp_path, {"first_contact_resolution": first_contact_resolution})
    marks = M07.marks("q5", work)
    assert marks.earned == M07.worth["m07-q5-check"], str(marks)


@pytest.fixture(scope="module")
def rows():
    with (M07.source / "contacts.csv").open(encoding="utf-8", newline="") as file:
        return [{**row, "time": dt.datetime.fromisoformat(row["time"])} for row in csv.DictReader(file)]


def test_the_sentences_of_question_6_say_what_they_say(rows):
    def by_channel(days, *, alone=False):
        found = defaultdict(list)
        parts = [[r for r in rows if r["channel"] == c] for c in ("phone", "app", "front desk")] if alone else [rows]
        for part in parts:
            for channel, fine in outcomes(part, days):
                found[channel].append(fine)
        return {channel: sum(fine) / len(fine) for channel, fine in found.items()}

    week = by_channel(7)
    assert 0.54 < week["phone"] < 0.56 and week["front desk"] > 0.8 and 0.73 < week["app"] < 0.78
    assert by_channel(7, alone=True)["phone"] == pytest.approx(0.9, abs=0.04)
    calls = [row["ticked_solved"] == "True" for row in rows if row["channel"] == "phone"]
    assert sum(calls) / len(calls) == pytest.approx(0.98, abs=0.005)
    long = [fine for _, fine in outcomes(rows, 35)]
    assert sum(long) / len(long) == pytest.approx(0.62, abs=0.01)


# --- ratings and actions -------------------------------------------------------------------------------------------


def test_the_key_of_the_ratings_follows_from_the_scores_by_the_rule():
    scenario = load_scenario("late_delivery")
    for trainee, moves in TRAINEES.items():
        score = score_conversation(play(scenario, moves))
        shares = {part: getattr(score, part) / most for part, most in WEIGHTS.items()}
        by_rule = {part: 3 if share >= 0.8 else 2 if share >= 0.5 else 1 for part, share in shares.items()}
        assert by_rule == RATED[trainee]


def test_two_near_misses_still_earn_both_points(tmp_path):
    given = RATED | {"Ravi": RATED["Ravi"] | {"empathy": 2}, "Noemi": RATED["Noemi"] | {"steps": 2}}
    assert judge_rubric_rating(given, RATED).right


def test_each_action_is_the_answer_of_one_finding():
    assert len(set(ACTIONS.values())) == 5
