"""The journey map as data: stages, touchpoints with all that is known of them, and where to spend first.

A *journey* is a customer's way from noticing a need to the time after buying. A *touchpoint* is a moment at which the
customer meets the company, its product, or what others say of it. `cxux_helpers.journey.map_checks` finds what a map
lacks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.records import record_from_json, record_to_json, require_parts

__all__ = [
    "CHANNELS",
    "DIGITAL_CHANNELS",
    "EMOTIONS",
    "PHASES",
    "QUADRANTS",
    "Journey",
    "Stage",
    "Touchpoint",
    "journey_from_json",
    "journey_table",
    "journey_to_json",
    "touchpoint_priority",
]

PHASES = ("before", "during", "after")
EMOTIONS = {-2: "very bad", -1: "bad", 0: "neutral", 1: "good", 2: "very good"}
DIGITAL_CHANNELS = ("website", "app", "email", "chat", "social media", "review site")
CHANNELS = (*DIGITAL_CHANNELS, "in person", "phone", "mail", "advertisement", "product", "word of mouth")

QUADRANTS = {
    "act": "high impact, high control: spend here first",
    "prepare": "high impact, low control: watch it, soften what it does, and prepare customers",
    "maintain": "low impact, high control: keep it as it is, at less cost if you can",
    "leave": "low impact, low control: know of it, and leave it",
}


@dataclass(frozen=True)
class Stage:
    """A part of the journey, as the customer sees it.

    Parameters
    ----------
    id : str
        Unique among the stages.
    name : str
        What people read, for example "Compare offers".
    goal : str
        What the customer wants to have reached at its end.
    """

    id: str
    name: str
    goal: str = ""

    def __post_init__(self) -> None:
        require_parts(self, f"stage {self.id!r}")


@dataclass(frozen=True)
class Touchpoint:
    """A moment of the journey at which the experience is made.

    Parameters
    ----------
    id : str
        Unique among the touchpoints.
    name : str
        What happens, in the customer's words.
    stage : str
        Id of its stage.
    phase : str
        When it is, seen from the purchase; one of `PHASES`.
    channel : str
        Where it is; one of `CHANNELS`. Those in `DIGITAL_CHANNELS` are where UX is made.
    direct : bool
        Whether the customer meets the company or its product, and not what others say of it.
    controllable : bool
        Whether the company decides what happens there.
    owner : str
        Who in the company answers for it.
    emotion : int, optional
        How customers feel, −2 to 2 as in `EMOTIONS`; None as long as nobody knows.
    importance : int, optional
        How much it matters to them, 1 to 5; None as long as nobody knows.
    evidence : str
        How we know: which survey, interview, log or complaint.

    Raises
    ------
    ValueError
        If a value is of the wrong kind, out of its range, or not among those that are known.

    Examples
    --------
    >>> Touchpoint("pay", "Pays", "buy", "while", "website", direct=True, controllable=True)
    Traceback (most recent call last):
    ValueError: touchpoint 'pay': phase is 'while'. Take one of: before, during, after.
    """

    id: str
    name: str
    stage: str
    phase: str
    channel: str
    direct: bool
    controllable: bool
    owner: str = ""
    emotion: int | None = None
    importance: int | None = None
    evidence: str = ""

    def __post_init__(self) -> None:
        place = f"touchpoint {self.id!r}"
        require_parts(self, place)
        for name, known in (("phase", PHASES), ("channel", CHANNELS)):
            if getattr(self, name) not in known:
                raise ValueError(f"{place}: {name} is {getattr(self, name)!r}. Take one of: {', '.join(known)}.")
        for name, low, high in (("emotion", -2, 2), ("importance", 1, 5)):
            value = getattr(self, name)
            if value is not None and not low <= value <= high:
                raise ValueError(f"{place}: {name} is {value}. Give a whole number from {low} to {high}, or None.")


@dataclass(frozen=True)
class Journey:
    """A journey map.

    Parameters
    ----------
    title : str
        What is mapped.
    persona : str
        Whose journey it is, and in which situation.
    stages : tuple of Stage
        In order.
    touchpoints : tuple of Touchpoint
        In the order in which a customer comes to them, within each stage.
    """

    title: str
    persona: str
    stages: tuple[Stage, ...]
    touchpoints: tuple[Touchpoint, ...]

    def __post_init__(self) -> None:
        require_parts(self, "the journey map")

    def at(self, stage_id: str) -> tuple[Touchpoint, ...]:
        """The touchpoints of one stage, in order."""
        return tuple(touchpoint for touchpoint in self.touchpoints if touchpoint.stage == stage_id)


def journey_to_json(journey: Journey) -> str:
    """Write a journey map as JSON; `journey_from_json` reads it back to an equal map.

    Examples
    --------
    >>> shoes = Journey("Buying shoes", "Ann, in a hurry", (Stage("look", "Look around"),), ())
    >>> journey_from_json(journey_to_json(shoes)) == shoes
    True
    """
    return record_to_json(journey, "journey map")


def journey_from_json(source: str | Mapping[str, Any]) -> Journey:
    """Read a journey map from JSON.

    Parameters
    ----------
    source : str or mapping
        As `journey_to_json` writes it, or what `json.loads` makes of that.

    Returns
    -------
    Journey

    Raises
    ------
    ValueError
        If it is not JSON, or an entry is missing, unknown, of the wrong kind or out of its range. Whether the map is
        a good one is for `cxux_helpers.journey.map_checks.validate_journey` to say.

    Examples
    --------
    >>> journey_from_json('{"schema": 1, "kind": "journey map", "titel": "Buying shoes"}')
    Traceback (most recent call last):
    ValueError: the journey map has an unknown entry 'titel'; known are: title, persona, stages, touchpoints.
    """
    return record_from_json(Journey, source, "journey map")


def journey_table(journey: Journey) -> pd.DataFrame:
    """A journey map as a table, stage by stage, one row per touchpoint.

    Parameters
    ----------
    journey : Journey

    Returns
    -------
    DataFrame
        Indexed by the touchpoint's id, with its other parts as columns, ``stage`` by name, and ``digital``: whether
        its channel is. ``emotion`` and ``importance`` are whole numbers, missing where nobody knows.

    Raises
    ------
    ValueError
        If there is no touchpoint, two have the same id, or one is in a stage that is not on the map.

    Examples
    --------
    >>> talk = Touchpoint("talk", "Asks friends", "look", "before", "word of mouth", False, False, emotion=1)
    >>> shoes = Journey("Buying shoes", "Ann, in a hurry", (Stage("look", "Look around"),), (talk,))
    >>> journey_table(shoes).loc["talk", ["stage", "emotion"]].to_dict()
    {'stage': 'Look around', 'emotion': 1}
    """
    if not journey.touchpoints:
        raise ValueError("the journey map has no touchpoints. Add some first.")
    names = {stage.id: stage.name for stage in journey.stages}
    for touchpoint in journey.touchpoints:
        if touchpoint.stage not in names:
            raise ValueError(
                f"touchpoint {touchpoint.id!r} is in stage {touchpoint.stage!r}, which is not on the map; "
                f"it has: {', '.join(names)}."
            )
    table = pd.DataFrame([asdict(touchpoint) for stage in names for touchpoint in journey.at(stage)]).set_index("id")
    if not table.index.is_unique:
        raise ValueError(f"two touchpoints have the id {table.index[table.index.duplicated()][0]!r}. Rename one.")
    table.insert(table.columns.tolist().index("channel") + 1, "digital", table["channel"].isin(DIGITAL_CHANNELS))
    return table.assign(stage=table["stage"].map(names)).astype({"emotion": "Int64", "importance": "Int64"})


def touchpoint_priority(
    journey: Journey,
    *,
    control: Mapping[str, float] | None = None,
    high_impact: float = 8,
    high_control: float = 0.5,
) -> pd.DataFrame:
    """Rank touchpoints by what there is to win and whether the company can win it.

    ::

        impact   = importance × (2 − emotion)      0 to 20
        control  = 1 if controllable, otherwise 0, or a share of your own
        priority = impact × control                0 to 20

    ``2 − emotion`` is how far customers are from feeling very good, so a touchpoint at its best has no impact left,
    however important it is: it is to be kept, not improved. Others take the importance alone, or count a great
    moment as impact too. The quadrants of `QUADRANTS` part impact and control at `high_impact` and `high_control`;
    what lies on the line is high. A touchpoint whose emotion or importance nobody knows has no impact and no
    quadrant, and comes last.

    Parameters
    ----------
    journey : Journey
    control : mapping of str to float, optional
        By touchpoint's id, the share of what happens there that the company decides, 0 to 1, where yes or no is too
        coarse: 0.5 for a shop of a partner, say.
    high_impact : float
        From here on an impact is high, above 0. The default is what importance 4 and a neutral feeling make.
    high_control : float
        From here on control is high, above 0 and up to 1.

    Returns
    -------
    DataFrame
        Indexed by the touchpoint's id, highest priority first, then highest impact, then as in the journey, with
        ``name``, ``impact``, ``control``, ``priority`` and ``quadrant``.

    Raises
    ------
    ValueError
        If the map has no touchpoints, ids are double or unknown, or a number is out of its range.

    Examples
    --------
    >>> stages = (Stage("buy", "Buy"),)
    >>> pay = Touchpoint("pay", "Pays", "buy", "during", "website", True, True, emotion=-1, importance=5)
    >>> talk = Touchpoint("talk", "Asks friends", "buy", "before", "word of mouth", False, False, "", -2, 3)
    >>> ranked = touchpoint_priority(Journey("Shoes", "Ann", stages, (talk, pay)))
    >>> ranked[["impact", "priority", "quadrant"]].to_numpy().tolist()
    [[15.0, 15.0, 'act'], [12.0, 0.0, 'prepare']]
    """
    require_number("high_impact", high_impact, above=0)
    require_number("high_control", high_control, above=0, high=1)
    table = journey_table(journey)
    own = {} if control is None else dict(control)
    for touchpoint, share in own.items():
        if touchpoint not in table.index:
            known = ", ".join(table.index)
            raise ValueError(f"control names {touchpoint!r}, which is no touchpoint; there are: {known}.")
        require_number(f"control of {touchpoint!r}", share, low=0, high=1)
    shares = table["controllable"].astype(float)
    shares.update(pd.Series(own, dtype=float))
    emotion, importance = (table[column].astype(float) for column in ("emotion", "importance"))
    impact = importance * (2 - emotion)
    strong, ours = impact >= high_impact, shares >= high_control
    quadrant = np.select([strong & ours, strong, ours], ["act", "prepare", "maintain"], "leave")
    ranked = pd.DataFrame(
        {"name": table["name"], "impact": impact, "control": shares, "priority": impact * shares, "quadrant": quadrant}
    )
    ranked["quadrant"] = ranked["quadrant"].where(impact.notna())
    return ranked.sort_values(["priority", "impact"], ascending=False, kind="stable", na_position="last")
