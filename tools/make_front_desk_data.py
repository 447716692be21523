"""Make the data of the assignment of m07: the front desk of a made-up group of animal clinics.

    python tools/make_front_desk_data.py [folder]

writes contacts.csv and conversations.json into the assignment's folder. The same program always writes the same bytes,
and tests/notebooks/test_m07_assignment.py checks that the committed files are these.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pandas as pd

from cxux_helpers.datasets.contacts import make_contact_log
from cxux_helpers.roleplay.conversation import play
from cxux_helpers.roleplay.scenario_json import load_scenario

__all__ = ["CHANNELS", "TRAINEES", "contacts", "conversations", "main"]

FOLDER = Path(__file__).resolve().parent.parent / "assignments" / "source" / "m07_experience_delivery"

# Here the telephone is quick and sends people away with half an answer; most of them come to the front desk.
CHANNELS = {"chat": "phone", "phone": "front desk", "mail": "app"}
TOPICS = {"bill": "repeat medicine", "meter": "invoice", "moving": "test result"}

# Three trainees with the same caller: by the book but without warmth, as one would wish, and in haste.
TRAINEES = {
    "Ravi": ["ask-order", "understand", "inconvenience", "ask-slot", "who", "rebook", "courier-fee", "ring-you"],
    "Selma": ["ask-order", "two-days", "sorry-silence", "ask-slot", "who", "rebook", "refund", "ring-you"],
    "Noemi": ["ask-order", "two-days", "all-day", "when", "unchecked", "courier-fee", "it-will"],
}


def contacts() -> pd.DataFrame:
    """Contacts of twelve weeks, from the first day of the new front desk on."""
    log, _ = make_contact_log(1100, seed=23)
    log = log.rename(columns={"customer_id": "owner_id"})
    return log.assign(channel=log["channel"].map(CHANNELS), topic=log["topic"].map(TOPICS))


def conversations() -> dict[str, list[list[str]]]:
    """Who says what, line by line, in the conversations of the three trainees."""
    scenario = load_scenario("late_delivery")
    found = {}
    for trainee, moves in TRAINEES.items():
        conversation = play(scenario, moves)
        lines = [
            part
            for turn in conversation.turns
            for part in (["Customer", turn.node.customer], [trainee, turn.choice.text])
        ]
        found[trainee] = [*lines, ["Customer", conversation.node.customer]]
    return found


def main(folder: Path) -> None:
    """Write both files."""
    folder.mkdir(parents=True, exist_ok=True)
    contacts().to_csv(folder / "contacts.csv", index=False, date_format="%Y-%m-%d %H:%M", lineterminator="\n")
    text = json.dumps(conversations(), indent=1, ensure_ascii=False) + "\n"
    (folder / "conversations.json").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER)
