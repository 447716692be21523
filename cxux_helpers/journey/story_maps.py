"""The story map as data: what users do from left to right, and what is built for it from top to bottom, by release.

The *backbone* is the user's activities and their steps, in the order in which they are told. Under each step hang
stories, each small enough to be built, and each in a release or in none yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from cxux_helpers.findings import Finding, Rule, explain
from cxux_helpers.records import record_from_json, record_to_json, require_parts

__all__ = [
    "STORY_MAP_RULES",
    "Activity",
    "Release",
    "Step",
    "Story",
    "StoryMap",
    "story_map_from_json",
    "story_map_table",
    "story_map_to_json",
    "validate_story_map",
]


@dataclass(frozen=True)
class Activity:
    """Something large that users come to do, for example "Choose a present"."""

    id: str
    name: str

    def __post_init__(self) -> None:
        require_parts(self, f"activity {self.id!r}")


@dataclass(frozen=True)
class Step:
    """A part of an activity, done in one go; `activity` is its id."""

    id: str
    activity: str
    name: str

    def __post_init__(self) -> None:
        require_parts(self, f"step {self.id!r}")


@dataclass(frozen=True)
class Release:
    """What goes out together, and the `goal` that users can reach with it."""

    id: str
    name: str
    goal: str = ""

    def __post_init__(self) -> None:
        require_parts(self, f"release {self.id!r}")
        if not self.id:
            raise ValueError("a release has an empty id, which would mean later. Give it a short name.")


@dataclass(frozen=True)
class Story:
    """Something small to be built: `step` and `release` are ids, and a release of ``""`` means later."""

    id: str
    step: str
    name: str
    release: str = ""

    def __post_init__(self) -> None:
        require_parts(self, f"story {self.id!r}")


@dataclass(frozen=True)
class StoryMap:
    """A story map; activities, steps and releases are in order, stories of a step the most needed first.

    References
    ----------
    Patton, J. (2014). *User Story Mapping: Discover the Whole Story, Build the Right Product*. O'Reilly.
    """

    title: str
    user: str
    activities: tuple[Activity, ...]
    steps: tuple[Step, ...]
    releases: tuple[Release, ...]
    stories: tuple[Story, ...]

    def __post_init__(self) -> None:
        require_parts(self, "the story map")

    @property
    def backbone(self) -> tuple[Step, ...]:
        """The steps from left to right: activity by activity."""
        return tuple(step for activity in self.activities for step in self.steps if step.activity == activity.id)

    def at(self, step_id: str, release_id: str | None = None) -> tuple[Story, ...]:
        """The stories of one step, in all releases or in one."""
        return tuple(s for s in self.stories if s.step == step_id and release_id in (None, s.release))


def story_map_to_json(story_map: StoryMap) -> str:
    """Write a story map as JSON; `story_map_from_json` reads it back to an equal one."""
    return record_to_json(story_map, "story map")


def story_map_from_json(source: str | Mapping[str, Any]) -> StoryMap:
    """Read a story map from JSON.

    Parameters
    ----------
    source : str or mapping
        As `story_map_to_json` writes it, or what `json.loads` makes of that.

    Returns
    -------
    StoryMap

    Raises
    ------
    ValueError
        If it is not JSON, or an entry is missing, unknown or of the wrong kind.
    """
    return record_from_json(StoryMap, source, "story map")


def story_map_table(story_map: StoryMap) -> pd.DataFrame:
    """A story map as a table: releases as rows, the backbone as columns.

    Parameters
    ----------
    story_map : StoryMap

    Returns
    -------
    DataFrame
        Names of the stories, joined by semicolons. Columns are activity and step, by name; rows are the releases, by
        name, and ``later`` for stories without one.

    Raises
    ------
    ValueError
        If no step belongs to an activity of the map.

    Examples
    --------
    >>> table = story_map_table(StoryMap(
    ...     "Shop", "Ann", (Activity("choose", "Choose"),), (Step("find", "choose", "Find"),),
    ...     (Release("r1", "First"),), (Story("list", "find", "See all", "r1"), Story("filter", "find", "Filter")),
    ... ))
    >>> table[("Choose", "Find")].to_dict()
    {'First': 'See all', 'later': 'Filter'}
    """
    if not story_map.backbone:
        raise ValueError("the story map has no activity with steps. Add the backbone first.")
    names = {activity.id: activity.name for activity in story_map.activities}
    columns = pd.MultiIndex.from_tuples(
        [(names[step.activity], step.name) for step in story_map.backbone], names=["activity", "step"]
    )
    releases = [(release.id, release.name) for release in story_map.releases] + [("", "later")]
    cells = [
        ["; ".join(story.name for story in story_map.at(step.id, release)) for step in story_map.backbone]
        for release, _ in releases
    ]
    return pd.DataFrame(cells, index=pd.Index([name for _, name in releases], name="release"), columns=columns)


STORY_MAP_RULES = {
    "no-name": Rule("Others cannot read what you meant.", "Give it a few plain words."),
    "no-user": Rule(
        "Stories of nobody in particular pull the product in all directions.",
        "Say who the user is, and in which situation.",
    ),
    "double-id": Rule("Stories and steps are linked by id, so nobody can tell which of them is meant.", "Rename one."),
    "unknown-link": Rule("It would appear nowhere on the map.", "Correct the id, or add what it names."),
    "no-activities": Rule("Without a backbone there is no story to tell, only a list.", "Ask what users come to do."),
    "no-steps": Rule(
        "An activity without steps cannot be told, so nobody sees what is missing in it.",
        "Tell what users do first, next and last in it.",
    ),
    "no-stories": Rule(
        "Users get stuck at a step for which nothing is built.",
        "Add the smallest thing that would carry users over it.",
    ),
    "no-releases": Rule(
        "Without releases everything is wanted at once, and nothing is learned on the way.",
        "Draw a line below what users need first.",
    ),
    "no-goal": Rule(
        "A release is there for what users can do with it, not for the number of its stories.",
        "Write what users can do after it that they could not do before.",
    ),
    "empty-release": Rule("Nothing would go out with it.", "Move stories into it, or strike it."),
    "broken-skeleton": Rule(
        "The first release must carry users through every activity, however simply, or nobody can try the whole.",
        "Move the simplest story of this activity into the first release.",
    ),
    "all-first": Rule(
        "If everything comes first, nothing was chosen.",
        "Move to a later release what users can do without for now.",
    ),
}


def validate_story_map(story_map: StoryMap) -> list[Finding]:
    """Find what a story map lacks.

    Parameters
    ----------
    story_map : StoryMap

    Returns
    -------
    list of Finding
        Empty if nothing is missing. Each finding's ``rule`` is a key of `STORY_MAP_RULES`.

    Examples
    --------
    >>> shop = StoryMap(
    ...     "Shop", "Ann, who needs a present today", (Activity("choose", "Choose"), Activity("pay", "Pay")),
    ...     (Step("find", "choose", "Find"), Step("card", "pay", "Pay by card")),
    ...     (Release("r1", "First", "Ann can see what there is"), Release("r2", "Second", "Ann can pay")),
    ...     (Story("list", "find", "See all", "r1"), Story("form", "card", "Type the number", "r2")),
    ... )
    >>> [(finding.rule, finding.where) for finding in validate_story_map(shop)]
    [('broken-skeleton', "activity 'pay'")]
    """
    return explain(_faults(story_map), STORY_MAP_RULES)


def _faults(story_map: StoryMap) -> Iterator[tuple[str, str, str]]:
    if not story_map.title.strip():
        yield "no-name", "the map", "It has no title."
    if not story_map.user.strip():
        yield "no-user", "the map", "It does not say whose story it tells."
    yield from _faults_of_names_and_links(story_map)
    if not story_map.activities:
        yield "no-activities", "the map", "It has no activities."
    for activity in story_map.activities:
        if all(step.activity != activity.id for step in story_map.steps):
            yield "no-steps", f"activity {activity.id!r}", "It has no steps."
    for step in story_map.steps:
        if not story_map.at(step.id):
            yield "no-stories", f"step {step.id!r}", "It has no stories."
    yield from _faults_of_releases(story_map)


def _faults_of_names_and_links(story_map: StoryMap) -> Iterator[tuple[str, str, str]]:
    groups: dict[str, tuple[Activity | Step | Release | Story, ...]] = {
        "activity": story_map.activities,
        "step": story_map.steps,
        "release": story_map.releases,
        "story": story_map.stories,
    }
    ids = {kind: [record.id for record in records] for kind, records in groups.items()}
    links = {"step": ("activity",), "story": ("step", "release")}
    for kind, records in groups.items():
        for double in dict.fromkeys(one for number, one in enumerate(ids[kind]) if one in ids[kind][:number]):
            yield "double-id", f"{kind} {double!r}", f"There are {ids[kind].count(double)} of this id."
        for record in records:
            where = f"{kind} {record.id!r}"
            if not record.name.strip():
                yield "no-name", where, "It has no name."
            for other in links.get(kind, ()):
                target = getattr(record, other)
                # A story without a release is for later.
                if target not in ids[other] and (other, target) != ("release", ""):
                    yield "unknown-link", where, f"It names {other} {target!r}, which is not on the map."


def _faults_of_releases(story_map: StoryMap) -> Iterator[tuple[str, str, str]]:
    if not story_map.releases:
        yield "no-releases", "the map", "It has no releases."
        return
    for release in story_map.releases:
        if not release.goal.strip():
            yield "no-goal", f"release {release.id!r}", "It has no goal."
        if all(story.release != release.id for story in story_map.stories):
            yield "empty-release", f"release {release.id!r}", "It has no stories."
    first = story_map.releases[0].id
    for activity in story_map.activities:
        steps = [step for step in story_map.steps if step.activity == activity.id]
        if steps and not any(story_map.at(step.id, first) for step in steps):
            yield "broken-skeleton", f"activity {activity.id!r}", f"Release {first!r} has no story for it."
    if len(story_map.stories) > 1 and all(story.release == first for story in story_map.stories):
        yield "all-first", f"release {first!r}", "All stories are in it."
