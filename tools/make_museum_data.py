"""Make the data of the assignment of m05: how visitors of a made-up museum sort its site, and lose their way in it.

    python tools/make_museum_data.py [folder]

writes the CSV files into the assignment's folder. The same program always writes the same bytes, and
tests/notebooks/test_m05_assignment.py checks that the committed files are these, and that they hold what was planted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cxux_helpers.datasets.sites import Site, make_site_sort, walk_site_tree

__all__ = ["MUSEUM_SITE", "TODAY", "main"]

FOLDER = Path(__file__).resolve().parent.parent / "assignments" / "source" / "m05_experience_design"

MUSEUM_SITE = Site(
    topics={
        "come": ["Opening hours", "How to get here", "Lift and ramps", "Cloakroom", "Floor plan"],
        "tickets": ["Buy a ticket", "Prices", "Change my booking", "Annual pass"],
        "see": ["Exhibitions now", "The ship gallery", "Object of the month"],
        "do": ["Guided tours", "Workshops for children", "Talks and films", "School visits"],
    },
    pulls={
        "Plan your visit": {"come": 9, "School visits": 1.5},
        "Tickets": {"tickets": 9, "Guided tours": 1.5},
        "What to see": {"see": 9, "Floor plan": 1.5},
        "Tours and events": {"do": 9},
        "The museum": {"come": 3, "see": 3},
        "Experience": {"see": 2, "do": 2.5, "come": 1.5},
        "Admission": {"tickets": 4, "come": 1.5},
        "Friends": {"Annual pass": 1.5},
        "Services": {"come": 2, "tickets": 2, "do": 2},
        "Collections": {"see": 4},
        "Learn": {"do": 2, "School visits": 6},
    },
    tasks={
        "Annual pass": "You come every month. Is there something cheaper than a ticket each time?",
        "Floor plan": "On which floor is the café?",
        "Lift and ramps": "Your father uses a wheelchair. Can he see everything?",
        "Change my booking": "You booked for Saturday and are ill. Come on another day.",
        "School visits": "You want to bring your class of thirty.",
        "Exhibitions now": "What is on show this month?",
    },
    written={
        "come": ["Services", "Services", "Visit", "Plan your visit", "Practical things"],
        "tickets": ["Tickets", "Services", "Booking", "Services", "Money"],
        "see": ["What to see", "On show", "Exhibitions", "The museum"],
        "do": ["Events", "Services", "Tours and events", "With others"],
    },
    seen_as={"Floor plan": ("see", 0.3), "Annual pass": ("do", 0.15), "School visits": ("come", 0.15)},
)

TODAY = {
    "The museum": ["Opening hours", "How to get here", "The ship gallery", "Floor plan"],
    "Experience": [
        "Exhibitions now",
        "Object of the month",
        "Guided tours",
        "Talks and films",
        "Workshops for children",
    ],
    "Admission": ["Buy a ticket", "Prices", "Change my booking"],
    "Friends": ["Annual pass"],
    "Services": ["Lift and ramps", "Cloakroom", "School visits"],
}


def main(folder: Path = FOLDER) -> None:
    """Write the card sort and the tree test of today's site."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {
        "card_sort.csv": make_site_sort(MUSEUM_SITE, 24, seed=6).data,
        "tree_test.csv": walk_site_tree(MUSEUM_SITE, TODAY, n_participants=60, seed=6),
    }
    for name, table in files.items():
        table.to_csv(folder / name, index=False, lineterminator="\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
