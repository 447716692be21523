"""The answers to the capstone in plain Python: counts, sums and formulas, without the functions of the course.

Each function returns the names that a student's notebook must have for one question, with their right values.
"""

import csv
import datetime as dt
import itertools
import math
from collections import Counter, defaultdict
from statistics import NormalDist, fmean

import numpy as np
import pandas as pd

from tests.notebooks.course import CAPSTONE, MODULES, PROJECT

FOLDER = PROJECT / "assignments" / "source" / MODULES[CAPSTONE]["notebook"]
Z = NormalDist().inv_cdf(0.975)


def read(name):
    """The rows of a file, all as text."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text):
    return dt.date.fromisoformat(text[:10])


def adjusted_wald(count, n):
    share = (count + Z**2 / 2) / (n + Z**2)
    reach = Z * math.sqrt(share * (1 - share) / (n + Z**2))
    return share - reach, share + reach


def survey_keys():
    latest = {}
    for row in sorted(read("survey"), key=lambda row: row["answered_at"]):
        if row["channel"] != "staff test":
            latest[row["customer_id"]] = row
    left = [row for row in latest.values() if row["csat"] and 1 <= float(row["csat"]) <= 5]
    kinds = Counter(np.sign((int(r["recommend"]) > 8) - (int(r["recommend"]) < 7)) for r in left)

    def adjusted(minus, none, plus):
        n = minus + none + plus + 3
        up, down = (plus + 0.75) / n, (minus + 0.75) / n
        return up - down, (up + down - (up - down) ** 2) / n

    now, then = adjusted(kinds[-1], kinds[0], kinds[1]), adjusted(15, 12, 33)
    reach = Z * math.sqrt(now[1] + then[1])
    low, high = (100 * (now[0] - then[0] + side * reach) for side in (-1, 1))
    return {
        "clean": pd.DataFrame(left),
        "csat_low": adjusted_wald(sum(float(row["csat"]) >= 4 for row in left), len(left))[0],
        "nps_now": 100 * (kinds[1] - kinds[-1]) / len(left),
        "change_low": low,
        "change_high": high,
        "fell": "cannot tell" if low < 0 < high else "?",
    }


def waited(orders):
    latest = {}
    for _, row in orders.iterrows():
        known = latest.get(row["customer_id"])
        if known is None or row["date"] > known[0]:
            latest[row["customer_id"]] = row["date"], row["days_late"] > 0
    return pd.Series({customer: bool(late) for customer, (_, late) in latest.items()})


def order_keys():
    mine = defaultdict(list)
    for row in read("orders"):
        mine[row["customer_id"]].append((day(row["date"]), float(row["amount"]), int(row["days_late"]) > 0))
    groups = defaultdict(list)
    for history in mine.values():
        often, much = len(history) >= 4, sum(amount for _, amount, _ in history) >= 100
        groups[(dt.date(2026, 11, 1) - max(history)[0]).days <= 60, often, much].append(history)
    risk, best = groups[False, True, True], groups[True, True, True]

    def revenue(of):
        return sum(amount for history in of for _, amount, _ in history)

    since = [late for history in mine.values() for when, _, late in history if when >= dt.date(2026, 8, 1)]
    return {
        "waited": waited,
        "at_risk": len(risk),
        "share_at_risk": revenue(risk) / revenue(mine.values()),
        "waited_at_risk": fmean(max(history)[2] for history in risk),
        "waited_champions": fmean(max(history)[2] for history in best),
        "late_now": fmean(since),
    }


def page_keys():
    people = defaultdict(list)
    for row in read("tests"):
        people[row["design"]].append(row)
    odd, even = [1, 3, 5, 7, 9], [2, 4, 6, 8, 10]
    sus = fmean(
        2.5 * (sum(int(r[f"q{i}"]) - 1 for i in odd) + sum(5 - int(r[f"q{i}"]) for i in even)) for r in people["new"]
    )
    done = {design: sum(row["completed"] == "True" for row in rows) for design, rows in people.items()}
    red, green, blue = (((c / 255 + 0.055) / 1.055) ** 2.4 for c in (0x6F, 0x9B, 0x6F))
    return {
        "seconds_saved": (2 * 1.35 + 4 * 1.1 + 4 * 0.28 + 2) - (1.35 + 1.1 + 0.28),
        "found": fmean(row["path"].endswith("> Delivery day") for row in read("tree")),
        "done_today": done["today"] / len(people["today"]),
        "new_low": adjusted_wald(done["new"], len(people["new"]))[0],
        "grade_new": "B" if 74.1 <= sus < 77.2 else "?",
        "contrast": 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05),
    }


def answered_in_time(calls, agents, aht=300, hour=3600, target=20):
    """Erlang C by its formula with factorials."""
    load = calls * aht / hour
    if agents <= load:
        return 0.0
    top = load**agents / math.factorial(agents) * agents / (agents - load)
    waits = top / (sum(load**k / math.factorial(k) for k in range(agents)) + top)
    return 1 - waits * math.exp(-(agents - load) * target / aht)


def desk_keys():
    parcel = [row for row in read("contacts") if row["topic"] == "where is my parcel"]
    times = defaultdict(list)
    for row in parcel:
        times[row["customer_id"]].append(dt.datetime.fromisoformat(row["time"]))
    week, end = dt.timedelta(days=7), max(map(max, times.values()))
    stayed = []
    for mine in times.values():
        for here in mine:
            first = not any(dt.timedelta() < here - other <= week for other in mine)
            if first and here + week <= end:
                stayed.append(not any(dt.timedelta() < other - here <= week for other in mine))

    def staff(calls):
        agents = next(n for n in itertools.count(1) if answered_in_time(calls, n) >= 0.8)
        return math.ceil(agents / 0.75)

    pairs = Counter((row["first_leader"], row["second_leader"]) for row in read("calls"))
    same = (pairs["good", "good"] + pairs["poor", "poor"]) / 60
    first, second = ((pairs["good", "good"] + pairs[pair]) / 60 for pair in (("good", "poor"), ("poor", "good")))
    chance = first * second + (1 - first) * (1 - second)
    return {
        "ticked_parcel": fmean(row["ticked_solved"] == "True" for row in parcel),
        "solved_parcel": fmean(stayed),
        "staff_now": staff(60),
        "staff_then": staff(45),
        "agreement": (same - chance) / (1 - chance),
    }


def explained(columns, outcome):
    """R² of a regression by least squares."""
    matrix = np.column_stack([np.ones(len(outcome)), *columns])
    rest = outcome - matrix @ np.linalg.lstsq(matrix, outcome, rcond=None)[0]
    return 1 - rest.var() / outcome.var()


def driver_keys():
    columns = {name: np.array([float(row[name]) for row in read("ratings")]) for name in read("ratings")[0]}
    outcome = columns.pop("satisfaction")
    # R² of each set of drivers, then what each driver adds in each of the 120 orders.
    sets = itertools.chain.from_iterable(itertools.combinations(columns, k) for k in range(6))
    known = {frozenset(one): explained([columns[name] for name in one], outcome) for one in sets}
    known[frozenset(columns)] = explained(columns.values(), outcome)
    added = defaultdict(list)
    for order in itertools.permutations(columns):
        for place, name in enumerate(order):
            added[name].append(known[frozenset(order[: place + 1])] - known[frozenset(order[:place])])
    share = {name: fmean(values) for name, values in added.items()}
    rated = {name: values.mean() for name, values in columns.items()}
    words = {(True, False): "Concentrate here", (True, True): "Keep up the good work",
             (False, False): "Low priority", (False, True): "Possible overkill"}  # fmt: skip
    effect = 2 * math.asin(math.sqrt(0.7)) - 2 * math.asin(math.sqrt(0.5))
    return {
        "by_correlation": max(columns, key=lambda name: np.corrcoef(columns[name], outcome)[0, 1]),
        "by_share": max(share, key=share.get),
        "quadrants": {
            name: words[bool(share[name] > fmean(share.values())), bool(rated[name] > fmean(rated.values()))]
            for name in columns
        },
        "per_group": math.ceil(2 * ((Z + NormalDist().inv_cdf(0.8)) / effect) ** 2),
    }


def worth(subscriptions, as_of, margin):
    """Count the payments one by one; all of these are old enough."""
    total = 0.0
    for start, end in zip(subscriptions["start"], subscriptions["end"], strict=True):
        due = [start + pd.DateOffset(months=month) for month in range(1, 13)]
        total += sum(margin / 1.01**month for month, when in enumerate(due, 1) if pd.isna(end) or end > when)
    return total / len(subscriptions)


def value_keys():
    table = pd.read_csv(FOLDER / "subscriptions.csv", parse_dates=["start", "end"])
    kinds = dict(iter(table.groupby("first_parcel")))
    sums = defaultdict(float)
    for row in read("weeks"):
        sums[row["courier"] == "True", int(row["week"]) > 0, row["shop"]] += float(row["revenue"])
    shops = {chosen: sorted({shop for kind, _, shop in sums if kind is chosen}) for chosen in (True, False)}
    growth = {
        chosen: math.exp(fmean(math.log(sums[chosen, True, s] / sums[chosen, False, s]) for s in of))
        for chosen, of in shops.items()
    }
    after, before = (sum(sums[True, late, shop] for shop in shops[True]) for late in (True, False))
    return {
        "worth": worth,
        "lost": worth(kinds["on time"], "", 7) - worth(kinds["late"], "", 7),
        "claimed": after / before - 1,
        "effect": growth[True] / growth[False] - 1,
    }
