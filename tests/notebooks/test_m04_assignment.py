"""The key of the assignment of m04, found in another way than the assignment finds it, and the data behind it."""

import csv
import datetime as dt
import re
from collections import defaultdict
from itertools import pairwise

import pytest

from cxux_helpers import proportion
from tests.notebooks.assignments import Assignment, Work
from tools.make_violins_data import FAULT, main

M04 = Assignment("m04")
STEPS = ["instruments", "size", "terms", "contract", "signed"]


def test_the_committed_log_is_the_one_that_the_script_makes(tmp_path):
    main(tmp_path)
    assert (tmp_path / "events.csv").read_bytes() == (M04.source / "events.csv").read_bytes()


# --- what the functions of questions 3, 5 and 6 must return, by plain Python -------------------------------------


def in_order(log):
    """Time and event of each session, in order, as plain data."""
    paths = defaultdict(list)
    for session, time, event in sorted(zip(log["session"], log["time"], log["event"], strict=True)):
        paths[session].append((time, event))
    return list(paths.values())


def drop_off(log, steps):
    reached = []
    for path in in_order(log):
        after = None
        for place, step in enumerate(steps):
            times = [time for time, event in path if event == step and (after is None or time > after)]
            if not times:
                break
            after = min(times)
            reached.append(place)
    return [1 - reached.count(place + 1) / reached.count(place) for place in range(len(steps) - 1)]


def share_next(log, event, following):
    after = [
        there for path in in_order(log) for (_, here), (_, there) in pairwise([*path, (None, "")]) if here == event
    ]
    return after.count(following) / len(after)


def median_seconds(log, event):
    pauses = sorted(
        (later - earlier).total_seconds()
        for path in in_order(log)
        for (earlier, here), (later, _) in pairwise(path)
        if here == event
    )
    middle = len(pauses) // 2
    return pauses[middle] if len(pauses) % 2 else (pauses[middle - 1] + pauses[middle]) / 2


def priority(table):
    rows = {}
    for name, row in table.iterrows():
        impact = row["importance"] * (2 - row["emotion"])
        words = {(1, 1): "act", (1, 0): "prepare", (0, 1): "maintain", (0, 0): "leave"}
        rows[name] = (impact, impact * row["control"], words[int(impact >= 8), int(row["control"] >= 0.5)])
    return type(table).from_dict(rows, orient="index", columns=["impact", "priority", "quadrant"])


@pytest.mark.parametrize(
    ("question", "functions"),
    [("q3", [priority]), ("q5", [drop_off]), ("q6", [share_next, median_seconds])],
    ids=["priority", "drop-off", "next"],
)
def test_functions_written_in_plain_python_earn_all_points(tmp_path, question, functions):
    names = {function.__name__: function for function in functions}
    marks = M04.marks(question, Work(tmp_path, names))
    assert marks.earned == M04.worth[f"m04-{question}-check"], str(marks)


def test_the_example_of_question_5_is_worked_out_by_hand():
    # Sessions 1, 2 and 3 reach size; 1 and 3 then reach terms; 3 alone is signed. 1 of 3 and 1 of 2 are lost.
    log = M04.names()["pd"].DataFrame(
        [
            (1, "10:00", "size"), (1, "10:05", "terms"), (1, "10:02", "help"), (2, "10:01", "terms"),
            (2, "10:04", "size"), (3, "11:09", "signed"), (3, "11:00", "size"), (3, "11:01", "terms"),
        ],
        columns=["session", "time", "event"],
    )  # fmt: skip
    assert drop_off(log, ["size", "terms", "signed"]) == pytest.approx([1 / 3, 1 / 2])


# --- the planted fault -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def visits():
    """Each visit: its language, device, Monday, and how many steps it reached in order; read without the library."""
    with (M04.source / "events.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found, latest = [], {}
    for row in rows:  # they stand in order of time
        time, user = dt.datetime.fromisoformat(row["time"]), row["user_id"]
        before = latest.get(user)
        if before is None or time - before["last"] > dt.timedelta(minutes=30):
            monday = time.date() - dt.timedelta(days=time.weekday())
            latest[user] = {**row, "week": monday.isoformat(), "reached": 0}
            found.append(latest[user])
        visit = latest[user]
        visit["last"] = time
        if visit["reached"] < len(STEPS) and row["event"] == STEPS[visit["reached"]]:
            visit["reached"] += 1
    return found


def get_on(visits, step, **who):
    """Share of the visits at a step that reach the next one, with its interval."""
    place = STEPS.index(step) + 1
    ours = [one for one in visits if all(one[name] in wanted for name, wanted in who.items())]
    here = sum(one["reached"] >= place for one in ours)
    return proportion(sum(one["reached"] > place for one in ours), here)


def weeks_of(visits):
    weeks = sorted({one["week"] for one in visits})
    return [w for w in weeks if w < FAULT["week"]], [w for w in weeks if w >= FAULT["week"]]


def test_the_key_of_question_7_is_the_planted_fault():
    (key,) = re.findall(r"judge_investigation\(given, (\{.*?\}),", M04.checks["m04-q7-check"].source)
    assert eval(key) == FAULT


def test_the_share_of_signed_visits_has_not_changed(visits):
    early, late = weeks_of(visits)
    shares = [proportion(sum(o["reached"] == 5 for o in part), len(part))
              for part in ([o for o in visits if o["week"] in weeks] for weeks in (early, late))]  # fmt: skip
    assert abs(shares[0].value - shares[1].value) < 0.005
    assert len(visits) == 2400


def test_no_other_step_and_no_other_people_broke_down(visits):
    early, late = weeks_of(visits)
    falls = {}
    for column in ("language", "device"):
        for segment in {one[column] for one in visits}:
            for step in STEPS[:-1]:
                who = {column: [segment]}
                before, after = get_on(visits, step, week=early, **who), get_on(visits, step, week=late, **who)
                falls[segment, step] = before.value - after.value
                if before.low > after.high:
                    assert (segment, step) == (FAULT["segment"], FAULT["step"])
    assert max(falls, key=falls.get) == (FAULT["segment"], FAULT["step"])
    assert falls.pop((FAULT["segment"], FAULT["step"])) > 0.6 and max(falls.values()) < 0.2


def test_the_break_is_clear_week_by_week(visits):
    early, late = weeks_of(visits)
    by_week = {week: get_on(visits, FAULT["step"], language=[FAULT["segment"]], week=[week]) for week in early + late}
    assert min(by_week[week].value for week in early) > 2 * max(by_week[week].value for week in late)


def test_phones_differ_at_the_size_guide_all_the_time(visits):
    for weeks in weeks_of(visits):
        phone, others = (
            get_on(visits, "size", week=weeks, device=kind) for kind in (["phone"], ["computer", "tablet"])
        )
        assert phone.value < others.value - 0.05


# --- the evidence ------------------------------------------------------------------------------------------------


def test_the_messages_repeat_the_numbers_of_the_evidence():
    with (M04.source / "evidence.csv").open(encoding="utf-8", newline="") as file:
        evidence = " ".join(" ".join(row.values()) for row in csv.DictReader(file))
    source = M04.checks["m04-q1-check"].source + M04.checks["m04-q2-check"].source
    told = {number for text in re.findall(r'(?:evidence=|: )"([^"]+)"', source) for number in re.findall(r"\d+", text)}
    assert told, "the messages name numbers"
    assert told <= set(re.findall(r"\d+", evidence))


def test_question_1_compares_the_six_touchpoints_that_it_gives():
    given = set(re.findall(r'"(\w+)": \("\w+", "', M04.offered()))
    compared = set(re.findall(r'Touchpoint\("(\w+)"', M04.checks["m04-q1-check"].source))
    assert given == compared and len(given) == 6


def test_the_options_of_question_4_have_the_priorities_that_the_messages_reckon():
    with (M04.source / "evidence.csv").open(encoding="utf-8", newline="") as file:
        matters = [int(row["how much it matters (1 to 5)"]) for row in csv.DictReader(file)]
    teacher, _, size, fitting, deposit, *_ = matters
    priorities = {"A still": fitting * 0, "The deposit": deposit * 4, "Parents": teacher * 3 * 0, "The size": size * 3}
    assert max(priorities, key=priorities.get) == "The deposit"
    stated = {
        text: int(number)
        for text, number in re.findall(r"(A still|The deposit|Parents|The size).*?importance (\d)", M04.offered())
    }
    assert stated == {"A still": fitting, "The deposit": deposit, "Parents": teacher, "The size": size}
