"""The case of the lesson on journeys: how Ines buys a folding bicycle. Made up for this course."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import pandas as pd

__all__ = ["BICYCLE_PAPERS", "load_bicycle_evidence", "load_bicycle_paper"]

BICYCLE_PAPERS = {
    "draft": "a journey map, unfinished and too rosy",
    "journey": "the journey map on which the firm agreed",
    "blueprint": "a service blueprint of collecting a web order",
    "stories": "a story map of collecting a web order",
}
_FOLDER = files("cxux_helpers") / "data" / "folding_bicycle"


def load_bicycle_paper(name: str) -> dict[str, Any]:
    """Load one of the firm's papers as plain data.

    Parameters
    ----------
    name : str
        One of `BICYCLE_PAPERS`.

    Returns
    -------
    dict
        As `journey_from_json`, `blueprint_from_json` and `story_map_from_json` in `cxux_helpers.journey` take it.

    Raises
    ------
    ValueError
        If there is no such paper.

    Examples
    --------
    >>> load_bicycle_paper("draft")["title"]
    'Buying a folding bicycle'
    """
    if name not in BICYCLE_PAPERS:
        raise ValueError(f"there is no paper {name!r}; there are: {', '.join(BICYCLE_PAPERS)}.")
    return dict(json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8")))


def load_bicycle_evidence() -> pd.DataFrame:
    """Load what the firm knows of its customers' way: ten findings, each with its source.

    Returns
    -------
    DataFrame
        ``moment``, ``source``, ``what it says``, and ``how much it matters (1 to 5)``, a median over 96 buyers.

    Examples
    --------
    >>> len(load_bicycle_evidence())
    10
    """
    with (_FOLDER / "evidence.csv").open(encoding="utf-8") as file:
        return pd.read_csv(file)
