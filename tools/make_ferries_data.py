"""Make the sessions of the assignment of m06: two ways of booking a crossing with a made-up ferry line.

    python tools/make_ferries_data.py [folder]

writes sessions.csv into the assignment's folder. The same program always writes the same bytes, and
tests/notebooks/test_m06_assignment.py checks that the committed file is this one, and that it holds what was planted.
"""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import NormalDist

import numpy as np
import pandas as pd

__all__ = ["FLOWS", "main", "sessions"]

FOLDER = Path(__file__).resolve().parent.parent / "assignments" / "source" / "m06_testing_accessibility"

# Chance to complete, median seconds of a success and of giving up, share of the best score, chance to praise. On Deck,
# one long page, fewer get through, and who does is quicker; who fails on Steps has come a long way before.
FLOWS = {"Deck": (0.55, 110, 60, 0.66, 0.85), "Steps": (0.84, 160, 150, 0.68, 0.60)}
ROUNDS = {1: 10, 2: 90}


def sessions(seed: int = 20265) -> pd.DataFrame:
    """One row per person and flow: ten people in the first round, ninety others in the second."""
    rng = np.random.default_rng(seed)
    rows = []
    people = [(number, person) for number, count in ROUNDS.items() for person in range(count)]
    for who, (number, place) in enumerate(people, start=1):
        ability, pace = rng.normal(size=2)
        for flow, (completion, seconds, give_up, liking, praise) in FLOWS.items():
            done = (ability + rng.normal()) / np.sqrt(2) < NormalDist().inv_cdf(completion)
            speed = np.exp(0.4 * (pace + rng.normal()) / np.sqrt(2))
            liked = rng.beta(8 * liking, 8 * (1 - liking))
            points = rng.binomial(4, liked, size=10)
            answers = {f"sus_{i + 1}": int(1 + points[i] if i % 2 == 0 else 5 - points[i]) for i in range(10)}
            tried_first = (flow == "Deck") == (place % 2 == 0)
            rows.append(
                {
                    "round": number, "person": who, "flow": flow, "tried": 1 if tried_first else 2,
                    "completed": bool(done), "seconds": round(float((seconds if done else give_up) * speed), 1),
                    "praised": bool(rng.random() < praise), **answers,
                }
            )  # fmt: skip
    return pd.DataFrame(rows)


def main(folder: Path = FOLDER) -> None:
    """Write the file."""
    folder.mkdir(parents=True, exist_ok=True)
    sessions().to_csv(folder / "sessions.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:2]))
