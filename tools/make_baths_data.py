"""Make the data of the assignment of m02: the visitors of a made-up swimming pool, their surveys and comments.

    python tools/make_baths_data.py [folder]

writes the CSV files into the assignment's folder. The same program always writes the same bytes, and
tests/notebooks/test_m02_assignment.py checks that the committed files are these, and that they hold what was planted.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

__all__ = ["DIMENSIONS", "FEATURES", "GROUPS", "autumn", "comments", "kano_answers", "main", "servqual", "spring"]

FOLDER = Path(__file__).resolve().parent.parent / "assignments" / "source" / "m02_customer_insight"

# Members of each group, how many of them answered in autumn, and how many of these are satisfied.
GROUPS = {"lane swimmers": (500, 320, 262), "families": (300, 75, 42), "course members": (200, 36, 13)}

# The class that most visitors put a feature into; two letters where visitors fall into two camps.
FEATURES = {
    "Clean changing rooms": "M",
    "One more lane": "O",
    "Free tea after swimming": "A",
    "New logo on the ticket": "I",
    "Music in the hall": "R",
    "Opening on Sunday evening": "AO",
}
_PAIRS = {
    "M": [("must be", "dislike"), ("neutral", "dislike"), ("live with", "dislike")],
    "O": [("like", "dislike")],
    "A": [("like", "neutral"), ("like", "live with"), ("like", "must be")],
    "I": [("neutral", "neutral"), ("live with", "neutral"), ("neutral", "live with")],
    "R": [("dislike", "like"), ("dislike", "neutral"), ("neutral", "like")],
    "Q": [("like", "like"), ("dislike", "dislike")],
}

# Mean expectation and mean perception from 1 to 7.
DIMENSIONS = {
    "tangibles": (5.4, 4.2),
    "reliability": (6.0, 5.5),
    "responsiveness": (5.9, 4.9),
    "assurance": (5.6, 5.8),
    "empathy": (5.2, 4.9),
}

_COMMENTS = [
    ("The water was so cold that the children shivered.", "Water", "Water"),
    ("Hair in the showers, again.", "Cleanliness", "Cleanliness"),
    ("The lifeguard showed my son how to dive. He talks of nothing else.", "Staff", "Staff"),
    ("Eleven euros for the two of us is too much.", "Prices", "Prices"),
    ("Why do you close at six on Saturdays?", "Opening hours", "Opening hours"),
    ("My eyes burn for hours after swimming.", "Water", "Cleanliness"),
    ("The changing rooms smell fresh at last.", "Cleanliness", "Cleanliness"),
    ("Nobody at the till looked up when I came in.", "Staff", "Staff"),
    ("The card of ten pays off for me.", "Prices", "Prices"),
    ("Early swimming at half past six is a gift.", "Opening hours", "Opening hours"),
    ("Just the right temperature for long lanes.", "Water", "Water"),
    ("There were plasters on the floor of the pool.", "Cleanliness", "Water"),
    ("Your trainer remembers every name in the course.", "Staff", "Staff"),
    ("Full price, and two of the lanes were closed.", "Prices", "Opening hours"),
    ("I stood at a locked door on Tuesday. The website said open.", "Opening hours", "Opening hours"),
    ("Warm, clear, lovely.", "Water", "Water"),
    ("The toilets were spotless even at closing time.", "Cleanliness", "Cleanliness"),
    ("The lady at the till found my lost ring. Thank you!", "Staff", "Staff"),
    ("A child's ticket should not cost as much as mine.", "Prices", "Prices"),
    ("Please open the small pool before ten.", "Opening hours", "Opening hours"),
    ("I asked twice about the course and nobody knew.", "Staff", "Staff"),
    ("Fruit flies over the bins near the café.", "Cleanliness", "Cleanliness"),
    ("The small pool was hot as a bath.", "Water", "Water"),
    ("They sent us out ten minutes early, and not kindly.", "Staff", "Opening hours"),
]


def spring() -> pd.DataFrame:
    """The raw export of the spring survey, in no order.

    Of 420 members who answered, 20 sent the same rating twice, 24 answered again days later, eight of them without a
    usable rating the second time; others gave no rating or one off the scale from 1 to 5. The staff tried the form,
    four times with the number of a member who had answered before.
    """
    rng = np.random.default_rng(20260502)
    n = 420
    members = np.sort(rng.choice(np.arange(1001, 2001), n, replace=False))
    first = pd.Timestamp("2026-05-04 08:00") + pd.to_timedelta(rng.integers(0, 8 * 24 * 60, n), unit="min")
    source = np.where(rng.uniform(size=n) < 0.6, "tablet", "e-mail")
    rating = rng.choice([1, 2, 3, 4, 5], n, p=[0.06, 0.1, 0.18, 0.41, 0.25]).astype(float)
    table = pd.DataFrame({"visitor_id": members, "sent_at": first, "source": source, "rating": rating})

    kinds = np.split(rng.permutation(n), np.cumsum([20, 16, 8, 16, 14, 4]))
    twice, again, spoilt, blank, odd, tried = kinds[:6]
    repeats = table.loc[twice].assign(sent_at=lambda rows: rows["sent_at"] + pd.Timedelta(minutes=2))
    later = table.loc[np.r_[again, spoilt]].copy()
    later["sent_at"] += pd.to_timedelta(rng.integers(24 * 60, 6 * 24 * 60, len(later)), unit="min")
    later["source"] = np.where(later["source"] == "tablet", "e-mail", "tablet")
    later["rating"] = np.where(later["rating"] <= 3, 4.0, later["rating"] - 2)
    later.loc[spoilt, "rating"] = [np.nan, 0, np.nan, 9, np.nan, 10, np.nan, 0]
    table.loc[blank, "rating"] = np.nan
    table.loc[odd, "rating"] = [0, 6, 10, 55, 7, 8, 44, 0, 10, 6, 9, 10, 8, 33]
    borrowed = table.loc[tried].copy()
    borrowed["sent_at"] += pd.Timedelta(days=3)
    borrowed["source"], borrowed["rating"] = "staff test", 5.0
    tests = pd.DataFrame(
        {
            "visitor_id": np.arange(9001, 9016),
            "sent_at": pd.Timestamp("2026-05-04 06:00") + pd.to_timedelta(rng.integers(0, 100, 15), unit="min"),
            "source": "staff test",
            "rating": 5.0,
        }
    )
    rows = pd.concat([table, repeats, later, borrowed, tests], ignore_index=True)
    rows = rows.iloc[rng.permutation(len(rows))].reset_index(drop=True)
    rows.insert(0, "answer_id", rng.permutation(np.arange(50001, 50001 + len(rows))))
    return rows


def autumn() -> pd.DataFrame:
    """The clean answers of last autumn: a group and a rating for each member who answered."""
    rng = np.random.default_rng(20251011)
    parts = []
    for group, (_, answered, satisfied) in GROUPS.items():
        good = rng.choice([4, 5], satisfied)
        poor = rng.choice([1, 2, 3], answered - satisfied)
        parts.append(pd.DataFrame({"group": group, "rating": np.r_[good, poor]}))
    rows = pd.concat(parts, ignore_index=True)
    return rows.iloc[rng.permutation(len(rows))].reset_index(drop=True)


def servqual() -> pd.DataFrame:
    """Expectation and perception of 90 visitors, two items for each dimension; some are missing."""
    rng = np.random.default_rng(20260509)
    rows = []
    for visitor in range(1, 91):
        person = rng.normal(0, 0.5, 2)
        for dimension, means in DIMENSIONS.items():
            for item in (1, 2):
                answers = np.clip(np.rint(np.array(means) + person + rng.normal(0, 0.8, 2)), 1, 7)
                rows.append((visitor, dimension, item, *answers))
    table = pd.DataFrame(rows, columns=["visitor_id", "dimension", "item", "expectation", "perception"])
    for column in ("expectation", "perception"):
        table[column] = table[column].where(rng.uniform(size=len(table)) > 0.02)
    return table


def kano_answers() -> pd.DataFrame:
    """Both answers of 150 visitors about each feature, in long form."""
    rng = np.random.default_rng(20260523)
    rows = []
    for feature, planted in FEATURES.items():
        for visitor in range(1, 151):
            own = rng.uniform() < (0.62 if len(planted) == 1 else 0.84)
            letter = rng.choice(list(planted)) if own else rng.choice(list(_PAIRS))
            rows.append((visitor, feature, *_PAIRS[letter][rng.integers(len(_PAIRS[letter]))]))
    columns = ["visitor_id", "feature", "functional", "dysfunctional"]
    return pd.DataFrame(rows, columns=columns).sort_values(["visitor_id", "feature"], ignore_index=True)


def comments() -> pd.DataFrame:
    """Comments with the themes that two coders gave them, apart from each other."""
    table = pd.DataFrame(_COMMENTS, columns=["comment", "coder_a", "coder_b"])
    table.insert(0, "comment_id", np.arange(1, len(table) + 1))
    return table


def main(folder: Path = FOLDER) -> None:
    """Write all files."""
    tables = {"spring": spring, "autumn": autumn, "servqual": servqual, "kano": kano_answers, "comments": comments}
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in tables.items():
        make().to_csv(folder / f"{name}.csv", index=False, lineterminator="\n", date_format="%Y-%m-%d %H:%M")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
