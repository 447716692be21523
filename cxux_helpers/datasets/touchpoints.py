"""The introduction's touchpoints: cards to sort, and one visit to a clinic. Both are made up for this course."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import TypedDict

import pandas as pd

__all__ = ["CardDeck", "load_clinic_visit", "load_touchpoint_cards"]


class CardDeck(TypedDict):
    """Cards with their key, as `cxux_helpers.exercises.CardSort` takes them.

    ``cards`` has the text of each card by its id and ``piles`` a few words about each pile. ``key`` has the piles that
    are accepted for each card, the best one first, ``why`` the reason, and ``mistakes`` what speaks against a wrong
    pile, by card and pile.
    """

    cards: dict[str, str]
    piles: dict[str, str]
    key: dict[str, tuple[str, ...]]
    why: dict[str, str]
    mistakes: dict[tuple[str, str], str]


def load_touchpoint_cards() -> CardDeck:
    """Load 28 touchpoints of all kinds of firms, to be sorted into CX, UX, both and customer service.

    Seven belong best into each pile. Four lie on a border where experts differ, and two piles are accepted for them.

    Examples
    --------
    >>> deck = load_touchpoint_cards()
    >>> deck["cards"]["undo"], deck["key"]["undo"], deck["key"]["gym"]
    ('In the spreadsheet one key undoes your slip.', ('UX',), ('CX', 'customer service'))
    """
    source = json.loads((files("cxux_helpers") / "data" / "touchpoints.json").read_text(encoding="utf-8"))
    cards = source["cards"]
    return {
        "cards": {card["id"]: card["text"] for card in cards},
        "piles": source["piles"],
        "key": {card["id"]: tuple(card["piles"]) for card in cards},
        "why": {card["id"]: card["why"] for card in cards},
        "mistakes": {(card["id"], pile): words for card in cards for pile, words in card["mistakes"].items()},
    }


def load_clinic_visit() -> pd.DataFrame:
    """Load the touchpoints of one visit to a clinic, in order.

    Returns
    -------
    DataFrame
        ``touchpoint``, ``moment`` (before, during or after the visit), ``channel``, ``contact`` (direct or indirect),
        three columns of True and False and ``feeling`` from -2 to 2, high is good. The three are ``asks_for_help``,
        ``uses_product`` (a site, screen or device of the clinic's) and ``shapes_relationship`` (it changes what the
        patient thinks of the clinic).

    Examples
    --------
    >>> visit = load_clinic_visit()
    >>> len(visit), int(visit["feeling"].min())
    (16, -2)
    """
    with (files("cxux_helpers") / "data" / "clinic_visit.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file)
