"""Make the data of the assignment of m09: one made-up firm that sends tea by post, seen in ten files.

    python tools/make_teasel_data.py [folder]

writes the CSV files into the assignment's folder. The same program always writes the same bytes, and
tests/notebooks/test_m09_assignment.py checks that the committed files are these, and that they hold what was planted.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

__all__ = ["COURIER", "DRIVERS", "FAULT", "LEAVING", "TABLES", "main"]

FOLDER = Path(__file__).resolve().parent.parent / "assignments" / "source" / "m09_value_strategy"
LAST_DAY = pd.Timestamp("2026-10-31")

# --- the survey, as untidy as it came in ---------------------------------------------------------------------------

_LATE_COMMENTS = (
    "My parcel came four days after the day that I had chosen.", "Late again. I had guests and no tea.",
    "Nobody tells me when it will come.", "I waited at home on Tuesday. It came on Friday.",
)  # fmt: skip
_OTHER_COMMENTS = (
    "The smoked oolong is the best I have had.", "What a lovely box.", "I like the little cards about the gardens.",
    "A bit dear, but good.", "The mint could be fresher.", "The tin would not open.",
)  # fmt: skip


def survey(n: int = 380, seed: int = 901) -> pd.DataFrame:
    """One row per answer that came in: customer_id, answered_at, channel, csat 1 to 5, recommend 0 to 10, comment."""
    rng = np.random.default_rng(seed)
    rows = []
    for customer in range(1001, 1001 + n):
        liking = rng.normal()
        for again in range(1 + int(rng.random() < 0.09)):
            mood = liking + 0.8 * rng.normal() - 0.5 * again
            csat = float(np.clip(np.rint(3.6 + 1.1 * mood), 1, 5))
            recommend = int(np.clip(np.rint(7.9 + 1.9 * mood), 0, 10))
            csat = float("nan") if rng.random() < 0.03 else 10 * csat + csat if rng.random() < 0.03 else csat
            rows.append((customer, _moment(rng), _one_of(rng, ("mail", "app", "card")), csat, recommend, ""))
    tests = rng.choice(np.arange(1001, 1001 + n), 16, replace=False)
    rows += [(int(who), _moment(rng), "staff test", 5.0, 10, "test") for who in tests]
    table = pd.DataFrame(rows, columns=["customer_id", "answered_at", "channel", "csat", "recommend", "comment"])
    said = (table["comment"] == "") & (rng.random(len(table)) < 0.3)
    table.loc[said, "comment"] = [
        _one_of(rng, _LATE_COMMENTS if recommend < 8 - 3 * rng.random() else _OTHER_COMMENTS)
        for recommend in table.loc[said, "recommend"]
    ]
    return table.sample(frac=1, random_state=seed, ignore_index=True)


def _moment(rng: np.random.Generator) -> pd.Timestamp:
    return pd.Timestamp("2026-10-01") + pd.Timedelta(seconds=int(rng.integers(0, 28 * 86_400)))


def _one_of(rng: np.random.Generator, options: tuple[str, ...]) -> str:
    return str(rng.choice(options))


# --- what satisfaction hangs on ------------------------------------------------------------------------------------

# What each aspect adds to satisfaction, in standard deviations, and its mean rating from 1 to 10. The packaging adds
# nothing: it is rated out of a general feeling, so who gets good tea on the right day is kind to the box as well.
DRIVERS = {
    "punctual": (0.50, 5.6),
    "taste": (0.38, 8.1),
    "packaging": (0.0, 7.8),
    "website": (0.12, 5.2),
    "help": (0.20, 6.1),
}


def ratings(n: int = 480, seed: int = 902) -> pd.DataFrame:
    """One row per customer: five aspects and satisfaction, each from 1 to 10."""
    rng = np.random.default_rng(seed)
    raw = rng.normal(size=(n, 6))
    unit, _ = np.linalg.qr(raw - raw.mean(axis=0))  # uncorrelated to the last digit, so that no luck blurs the truth
    punctual, taste, website, help_, own, luck = (unit * np.sqrt(n)).T
    packaging = (punctual + taste + website + help_ + own) / 2
    feelings = dict(zip(DRIVERS, (punctual, taste, packaging / packaging.std(), website, help_), strict=True))
    liking = sum(weight * feelings[name] for name, (weight, _) in DRIVERS.items()) + 0.5 * luck
    columns = {name: mean + 1.4 * feelings[name] for name, (_, mean) in DRIVERS.items()}
    columns["satisfaction"] = 6.6 + 1.6 * liking / np.std(liking)
    return pd.DataFrame({name: np.clip(np.rint(values), 1, 10).astype(int) for name, values in columns.items()})


# --- single orders: whoever waited in vain is less likely to come back -----------------------------------------------


def orders(n_customers: int = 460, seed: int = 903) -> pd.DataFrame:
    """One row per order of the past year: customer_id, date, amount in euro, days_late."""
    rng = np.random.default_rng(seed)
    rows = []
    for customer in range(1001, 1001 + n_customers):
        day = int(rng.integers(0, 300))
        pause, spend = 12 + 40 * rng.random(), 14 * rng.lognormal(0.35, 0.35)
        while day < 365:
            late = int(rng.integers(1, 7)) if rng.random() < 0.24 else 0
            rows.append(
                (customer, LAST_DAY - pd.Timedelta(days=364 - day), round(spend * rng.lognormal(0, 0.3), 2), late)
            )
            if rng.random() < (0.34 if late else 0.06):
                break
            day += 1 + int(rng.exponential(pause))
    table = pd.DataFrame(rows, columns=["customer_id", "date", "amount", "days_late"])
    return table.sort_values(["date", "customer_id"], kind="stable", ignore_index=True)


# --- visits to the website -------------------------------------------------------------------------------------------

FIRST_MONDAY, WEEKS = pd.Timestamp("2026-08-31"), 8
FAULT = {"step": "day", "segment": "subscriber", "week": "2026-09-28"}
_CUSTOMERS = {"new": 0.46, "returning": 0.32, "subscriber": 0.22}
_DEVICES = {"phone": 0.56, "computer": 0.36, "tablet": 0.08}
# From each event, how likely each next one is; what is missing to 1 leaves the site.
_NEXT = {
    "teas": {"basket": 0.60, "stories": 0.16},
    "stories": {"teas": 0.35, "basket": 0.10},
    "basket": {"day": 0.70, "teas": 0.08},
    "day": {"pay": 0.82, "basket": 0.04, "help": 0.05},
    "pay": {"thanks": 0.90, "day": 0.03},
    "help": {"day": 0.45},
    "thanks": {},
}
# From the fault on the days that the new courier serves are missing in the calendar of subscribers. On phones the
# payment has always been hard, which is a difference between groups and no fault that began one day.
_BROKEN_DAY = {"pay": 0.12, "basket": 0.10, "help": 0.34}
_PAY_ON_PHONES = {"thanks": 0.72, "day": 0.06}


def visits(n: int = 1150, seed: int = 904) -> pd.DataFrame:
    """One row per event of a visit, in order of time: session, time, event, device, customer."""
    rng = np.random.default_rng(seed)
    rows = []
    for session in range(1, n + 1):
        device, customer = (str(rng.choice(list(odds), p=list(odds.values()))) for odds in (_DEVICES, _CUSTOMERS))
        day, second = int(rng.integers(0, WEEKS * 7)), int(rng.integers(7 * 3600, 22 * 3600))
        time = FIRST_MONDAY + pd.Timedelta(days=day, seconds=second)
        event = "teas"
        while event:
            rows.append((session, time, event, device, customer))
            time += pd.Timedelta(seconds=int(5 + min(25 * rng.lognormal(0, 0.8), 900)))
            odds = _odds(event, device, customer, time)
            event = str(rng.choice([*odds, ""], p=[*odds.values(), 1 - sum(odds.values())]))
    table = pd.DataFrame(rows, columns=["session", "time", "event", "device", "customer"])
    return table.sort_values(["time", "session"], kind="stable", ignore_index=True)


def _odds(event: str, device: str, customer: str, time: pd.Timestamp) -> dict[str, float]:
    if event == FAULT["step"] and customer == FAULT["segment"] and time >= pd.Timestamp(FAULT["week"]):
        return _BROKEN_DAY
    return _PAY_ON_PHONES if event == "pay" and device == "phone" else _NEXT[event]


# --- a new page for the delivery day: a tree test, and a test with people ------------------------------------------

_PATHS = {
    "Home > My box > Delivery day": 21,
    "Home > Help > Delivery > Help > Home > My box > Delivery day": 5,
    "Home > My box > Next box > My box > Delivery day": 4,
    "Home > Help > Delivery": 8,
    "Home > Account > Address": 5,
    "Home > My box > Next box": 3,
    "Home > Help > Delivery > Help > Contact": 4,
}
_HARD, _EASY = 2.9, 4.15  # mean answers to a positive item of the SUS


def tree(seed: int = 905) -> pd.DataFrame:
    """One row per participant of the tree test: who, and the path."""
    paths = [path for path, count in _PATHS.items() for _ in range(count)]
    return pd.DataFrame(
        {"participant": range(1, len(paths) + 1), "path": np.random.default_rng(seed).permutation(paths)}
    )


def tests(n: int = 18, seed: int = 906) -> pd.DataFrame:
    """One row per person: the design that they got, completed, seconds, and the ten answers to the SUS."""
    rng = np.random.default_rng(seed)
    rows = []
    for design, done, middle, mean in (("today", 9, 74, _HARD), ("new", 16, 31, _EASY)):
        completed = rng.permutation([True] * done + [False] * (n - done))
        for one in completed:
            liking = rng.normal(mean, 0.5)
            odd = np.clip(np.rint(rng.normal(liking, 0.6, 5)), 1, 5)
            even = np.clip(np.rint(rng.normal(6 - liking, 0.6, 5)), 1, 5)
            sus = np.column_stack([odd, even]).ravel().astype(int)
            rows.append((design, bool(one), int(middle * rng.lognormal(0, 0.35)), *map(int, sus)))
    table = pd.DataFrame(rows, columns=["design", "completed", "seconds", *(f"q{item}" for item in range(1, 11))])
    table = table.sample(frac=1, random_state=seed, ignore_index=True)
    table.insert(0, "person", range(1, len(table) + 1))
    return table


# --- the contact desk ------------------------------------------------------------------------------------------------

# How many cases there are of a topic, and the share of them that come back within seven days.
_TOPICS = {
    "where is my parcel": (150, 0.42),
    "my bill": (60, 0.15),
    "change my box": (55, 0.16),
    "about the tea": (45, 0.07),
}


def contacts(seed: int = 907) -> pd.DataFrame:
    """One row per contact: customer_id, time, topic, and whether the desk ticked it as solved."""
    rng = np.random.default_rng(seed)
    again = [(topic, n < round(share * count)) for topic, (count, share) in _TOPICS.items() for n in range(count)]
    # On the last day somebody rings up about each topic; nobody can know yet whether they will ring again.
    rows = [(2900 + n, LAST_DAY + pd.Timedelta(hours=15, minutes=n), topic) for n, topic in enumerate(_TOPICS)]
    taken = set()
    for place, case in enumerate(rng.permutation(len(again)).tolist()):
        topic, comes_back = again[case]
        customer = 1001 + int(rng.integers(0, 200))
        customer = 2001 + place if (customer, topic) in taken else customer
        taken.add((customer, topic))
        time = pd.Timestamp("2026-09-01 08:00") + _minutes(rng, 0, 40 * 1440)
        rows.append((customer, time, topic))
        if comes_back:
            rows.append((customer, time + _minutes(rng, 300, 6 * 1440), topic))
            if rng.random() < 0.3:
                rows.append((customer, rows[-1][1] + _minutes(rng, 300, 3 * 1440), topic))
        elif rng.random() < 0.1:  # comes back, but only after the window
            rows.append((customer, time + _minutes(rng, 9 * 1440, 14 * 1440), topic))
    table = pd.DataFrame(rows, columns=["customer_id", "time", "topic"])
    table["ticked_solved"] = rng.random(len(table)) < 0.94
    return table.sample(frac=1, random_state=seed, ignore_index=True)


def _minutes(rng: np.random.Generator, low: int, high: int) -> pd.Timedelta:
    return pd.Timedelta(minutes=int(rng.integers(low, high)))


def calls(seed: int = 908) -> pd.DataFrame:
    """One row per recorded call, rated by two team leaders by the rubric of the desk."""
    pairs = [("good", "good")] * 51 + [("good", "poor")] * 4 + [("poor", "good")] * 3 + [("poor", "poor")] * 2
    order = np.random.default_rng(seed).permutation(len(pairs))
    table = pd.DataFrame([pairs[place] for place in order], columns=["first_leader", "second_leader"])
    table.insert(0, "call", range(1, len(table) + 1))
    return table


# --- subscriptions, and the courier in twenty towns -----------------------------------------------------------------

# The monthly probability to leave is each customer's own, spread as Beta(alpha, beta), by the first parcel.
LEAVING = {"on time": (0.7, 8.5), "late": (1.0, 4.2)}
# Revenue per week: the season and the higher price came to all twenty, the punctual courier to ten chosen by lot.
COURIER = {"season": 1.32, "price": 1.10, "effect": 1.09}


def subscriptions(n: int = 900, seed: int = 909) -> pd.DataFrame:
    """One row per subscription that began from January to September 2025: start, end, first_parcel."""
    rng = np.random.default_rng(seed)
    rows = []
    for place in range(n):
        first = "late" if rng.random() < 0.3 else "on time"
        start = pd.Timestamp("2025-01-01") + pd.Timedelta(days=int(rng.integers(0, 273)))
        months = int(rng.geometric(max(rng.beta(*LEAVING[first]), 1e-3)))
        end = start + pd.DateOffset(months=months)
        rows.append((3001 + place, start, end if end <= LAST_DAY else pd.NaT, first))
    return pd.DataFrame(rows, columns=["customer_id", "start", "end", "first_parcel"])


def weeks(seed: int = 910) -> pd.DataFrame:
    """Revenue of twenty parcel shops in twelve weeks before and twelve after: week, shop, courier, revenue."""
    rng = np.random.default_rng(seed)
    shops = np.arange(1, 21)
    lots = dict(zip(rng.permutation(shops).tolist(), [True, False] * 10, strict=True))
    size = {shop: float(900 * rng.lognormal(0, 0.35)) for shop in lots}
    rows = []
    for week in range(-11, 13):
        later = week > 0
        everywhere = (1 + (COURIER["season"] - 1) * np.clip((week + 3) / 9, 0, 1)) * (COURIER["price"] if later else 1)
        for shop in shops.tolist():
            factor = COURIER["effect"] if later and lots[shop] else 1.0
            rows.append((week, shop, lots[shop], round(size[shop] * everywhere * factor * rng.lognormal(0, 0.07), 2)))
    return pd.DataFrame(rows, columns=["week", "shop", "courier", "revenue"])


TABLES: dict[str, Callable[[], pd.DataFrame]] = {
    "survey": survey, "ratings": ratings, "orders": orders, "visits": visits, "tree": tree, "tests": tests,
    "contacts": contacts, "calls": calls, "subscriptions": subscriptions, "weeks": weeks,
}  # fmt: skip


def main(folder: Path = FOLDER) -> None:
    """Write the files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in TABLES.items():
        table = make()
        days = name in ("orders", "subscriptions")
        pattern = "%Y-%m-%d" if days else "%Y-%m-%d %H:%M:%S"
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", date_format=pattern)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
