"""Make the data of the assignment of m08: months, ratings and an A/B test of a made-up bike-share scheme.

    python tools/make_bikeshare_data.py [folder]

writes months.csv, ratings.csv and trial.csv into the assignment's folder. The same program always writes the same
bytes, and tests/notebooks/test_m08_assignment.py checks that the committed files are these, and what is planted there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from cxux_helpers.datasets.ab_trials import make_ab_trial
from cxux_helpers.datasets.drivers import make_driver_survey
from cxux_helpers.datasets.nps_months import make_nps_months

__all__ = ["WEIGHTS", "main"]

FOLDER = Path(__file__).resolve().parent.parent / "assignments" / "source" / "m08_measurement"

# The heaviest stands outside the halo, and is rated low; the helpline is the decoy.
WEIGHTS = {"price": 0.04, "app": 0.3, "bicycles": 0.45, "docks": 0.6, "helpline": 0.1}


def main(folder: Path = FOLDER) -> None:
    """Write the three files."""
    folder.mkdir(parents=True, exist_ok=True)
    # From April on the true NPS is 11 points lower; from June on few riders are asked.
    months = make_nps_months(
        (380, 400, 820, 860, 850, 90, 70, 60), turn=4, change=-11, promoters=0.50, detractors=0.18, seed=16
    )
    ratings = make_driver_survey(360, weights=WEIGHTS, seed=2)
    trial = make_ab_trial(0.12, 0.16, per_day=60, days=60, seed=56)
    for name, made in {"months": months, "ratings": ratings, "trial": trial}.items():
        made.data.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
