"""Make the event log of the assignment of m04: the website of a made-up firm that rents violins and cellos to families.

    python tools/make_violins_data.py [folder]

writes events.csv into the assignment's folder. The same program always writes the same bytes, and
tests/notebooks/test_m04_assignment.py checks that the committed file is this one, and that it holds what was planted.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

__all__ = ["FAULT", "events", "main"]

FOLDER = Path(__file__).resolve().parent.parent / "assignments" / "source" / "m04_journey_mapping"

FIRST_DAY, WEEKS = pd.Timestamp("2026-02-02"), 10
FAULT = {"step": "terms", "segment": "Polish", "week": "2026-03-09"}
_LANGUAGES = {"English": 0.60, "French": 0.16, "Polish": 0.13, "Arabic": 0.11}
_DEVICES = {"phone": 0.55, "computer": 0.33, "tablet": 0.12}

# From each event, how likely each next one is; what is missing to 1 leaves the site.
_NEXT = {
    "start": {"home": 0.7, "instruments": 0.3},
    "home": {"instruments": 0.58, "help": 0.12},
    "instruments": {"size": 0.55, "home": 0.12, "help": 0.08},
    "size": {"terms": 0.62, "instruments": 0.14, "help": 0.08},
    "terms": {"contract": 0.74, "size": 0.06, "help": 0.05},
    "contract": {"signed": 0.85, "terms": 0.05},
    "help": {"instruments": 0.35, "size": 0.25},
    "signed": {},
}
# From the fault on the box to agree is missing at the foot of the terms. On phones the size guide has always been hard
# to use, which is a difference between groups and no fault that began one day.
_BROKEN_TERMS = {"contract": 0.14, "size": 0.18, "help": 0.28}
_SIZE_ON_PHONES = {"terms": 0.50, "instruments": 0.16, "help": 0.08}


def events(n_sessions: int = 2400, seed: int = 20260207) -> pd.DataFrame:
    """One row per event, in order of time: user_id, time, event, language, device."""
    rng = np.random.default_rng(seed)
    n_users = n_sessions * 2 // 3
    # No user comes twice on a day, so that a pause of 30 minutes finds the sessions again.
    visits = rng.choice(n_users * 7 * WEEKS, n_sessions, replace=False)
    languages, devices = (
        rng.choice(list(shares), n_users, p=list(shares.values())) for shares in (_LANGUAGES, _DEVICES)
    )
    rows = []
    for user, day in zip(*divmod(visits, 7 * WEEKS), strict=True):
        time = FIRST_DAY + pd.Timedelta(days=int(day), seconds=int(rng.integers(7 * 3600, 21 * 3600)))
        event = _follows(rng, _NEXT["start"])
        while event:
            rows.append((int(user) + 1, time, event, languages[user], devices[user]))
            time += pd.Timedelta(seconds=int(min(30 * rng.lognormal(0, 0.8), 1500)))
            event = _follows(rng, _odds(event, languages[user], devices[user], time))
    table = pd.DataFrame(rows, columns=["user_id", "time", "event", "language", "device"])
    return table.sort_values("time", kind="stable", ignore_index=True)


def _odds(event: str, language: str, device: str, time: pd.Timestamp) -> dict[str, float]:
    if event == FAULT["step"] and language == FAULT["segment"] and time >= pd.Timestamp(FAULT["week"]):
        return _BROKEN_TERMS
    return _SIZE_ON_PHONES if event == "size" and device == "phone" else _NEXT[event]


def _follows(rng: np.random.Generator, odds: dict[str, float]) -> str:
    names = [*odds, ""]
    return str(rng.choice(names, p=[*odds.values(), 1 - sum(odds.values())]))


def main(folder: Path = FOLDER) -> None:
    """Write the file."""
    folder.mkdir(parents=True, exist_ok=True)
    events().to_csv(folder / "events.csv", index=False, lineterminator="\n", date_format="%Y-%m-%d %H:%M:%S")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
