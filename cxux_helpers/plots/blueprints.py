"""Pictures of a service blueprint and of a story map, each with a twin that says all of it in words."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.path import Path

from cxux_helpers.journey.blueprints import LANES, Action, Blueprint
from cxux_helpers.journey.story_maps import Activity, Step, StoryMap
from cxux_helpers.plots.boxes import Board, Box, height_of, wrap

__all__ = ["describe_blueprint", "describe_story_map", "plot_blueprint", "plot_story_map"]

# All lengths are inches. Black text on each of these fills has a contrast of 15 and more.
_BOX, _GAP = 1.55, 0.12  # width of a box, and room between boxes of a stack
_NAMES = 1.95  # the column at the left
_GUTTER = 0.5  # beside each step, for links that cannot go straight down
_BETWEEN = 0.62  # between lanes: for one of the lines, and for links
_FILLS = dict(zip(LANES, ("#CFE3F2", "#FBE5B8", "#E8E8E8", "#FFFFFF"), strict=True))
_LINES = {"line of interaction": "-", "line of visibility": "--", "line of internal interaction": ":"}


def plot_blueprint(blueprint: Blueprint, ax: Axes | None = None) -> Axes:
    """Draw a service blueprint: steps as columns, lanes as rows, the three lines between them, and the links.

    An arrow leads from an action to one on which it rests; below the name of an action stands its owner. What names an
    unknown step or action is left out: `cxux_helpers.journey.validate_blueprint` finds it.

    Parameters
    ----------
    blueprint : Blueprint
    ax : Axes, optional
        Where to draw; all of it shrinks or grows with the axes.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If the blueprint has no steps.
    """
    steps = _steps(blueprint)
    left = [_NAMES + (column + 1) * _GUTTER + column * _BOX for column in range(len(steps))]
    title = wrap(blueprint.title, left[-1] + _BOX, bold=True)
    heads = [wrap(step, _BOX, bold=True) for step in steps]
    names = {lane: (wrap(lane.capitalize(), _NAMES, bold=True), wrap(words, _NAMES)) for lane, words in LANES.items()}

    head = height_of([title])
    top = head + height_of(heads) + _GAP
    boxes: dict[int, Box] = {}  # by place in the blueprint, for ids may be doubled
    lanes: list[Box] = []
    for lane in LANES:
        bottom = top + sum(height_of([part]) for part in names[lane])
        for column, step in enumerate(steps):
            below = top
            for place, action in enumerate(blueprint.actions):
                if (action.step, action.lane) == (step, lane):
                    boxes[place] = Box(left[column], below, _BOX, height_of([_words(action)]))
                    below = boxes[place].bottom + _GAP
            bottom = max(bottom, below - _GAP)
        lanes.append(Box(0, top, left[-1] + _BOX, bottom - top))
        top = bottom + _BETWEEN

    board = Board(ax, left[-1] + _BOX, lanes[-1].bottom + _BETWEEN / 2)
    board.write(title, Box(0, 0, _BOX, head), bold=True)
    for x, step in zip(left, heads, strict=True):
        board.write(step, Box(x, head, _BOX, lanes[0].top - head), bold=True, centred=True)
    for lane, row in zip(LANES, lanes, strict=True):
        name, words = names[lane]
        board.write(name, row, bold=True)
        board.write(words, row._replace(top=row.top + height_of([name]) - 0.05))
    for (line, style), row in zip(_LINES.items(), lanes, strict=False):
        y = row.bottom + _BETWEEN / 2
        board.ax.plot([0, row.width], [y, y], color="black", linestyle=style, linewidth=1.3 * board.scale, zorder=0)
        board.write(wrap(line, row.width), Box(0, y - 0.2, _NAMES, 0.2))
    for place, box in boxes.items():
        board.draw(_words(blueprint.actions[place]), box, _FILLS[blueprint.actions[place].lane])
    for path in _paths(blueprint, boxes, lanes):
        board.ax.add_patch(
            FancyArrowPatch(
                path=Path(path), arrowstyle="-|>", mutation_scale=9 * board.scale, color="black",
                linewidth=0.9 * board.scale, zorder=1, clip_on=False,
            )
        )  # fmt: skip
    return board.ax


def describe_blueprint(blueprint: Blueprint) -> str:
    """Say in words all that `plot_blueprint` shows: step by step, from the customer inwards.

    Parameters
    ----------
    blueprint : Blueprint
    """
    steps = _steps(blueprint)
    names = {action.id: action.name for action in reversed(blueprint.actions) if action.step in steps}
    texts = []
    for step in steps:
        lanes = []
        for lane in LANES:
            actions = []
            for action in blueprint.at(step, lane):
                notes = [action.owner] * bool(action.owner.strip())
                notes += [f"rests on {names[need]}" for need in action.needs if need in names]
                actions.append(action.name + (f" ({'; '.join(notes)})" if notes else ""))
            lanes.append(f"{lane.capitalize()}: {'; '.join(actions) or 'nothing'}.")
        texts.append(f"{step}. {' '.join(lanes)}")
    lines = [f"the {line} below {lane}" for line, lane in zip(_LINES, LANES, strict=False)]
    return (
        f"Service blueprint: {blueprint.title}. Steps in their order: {'; '.join(steps)}. Lanes from the customer "
        f"inwards: {'; '.join(f'{lane} ({words})' for lane, words in LANES.items())}. Between them lie "
        f"{', '.join(lines)}. {' '.join(texts)}"
    )


def plot_story_map(story_map: StoryMap, ax: Axes | None = None) -> Axes:
    """Draw a story map: the backbone of activities and steps on top, and below it the stories, release by release.

    The first release is marked as the walking skeleton if it has a story for every activity, and else with what is
    missing. What names an unknown activity, step or release is left out, and so are activities without steps:
    `cxux_helpers.journey.validate_story_map` finds them.

    Parameters
    ----------
    story_map : StoryMap
    ax : Axes, optional
        Where to draw; all of it shrinks or grows with the axes.

    Returns
    -------
    Axes

    Raises
    ------
    ValueError
        If no step belongs to an activity of the map.
    """
    columns = _columns(story_map)
    left = {id(step): _NAMES + column * (_BOX + _GAP) for column, (_, step) in enumerate(columns)}
    width = max(left.values()) + _BOX
    title = wrap(_headline(story_map), width, bold=True)
    spans = [(activity, [left[id(step)] for own, step in columns if own is activity])
             for activity in dict.fromkeys(own for own, _ in columns)]  # fmt: skip
    activities = [(wrap(activity.name, at[-1] - at[0] + _BOX, bold=True), at) for activity, at in spans]
    steps = {id(step): wrap(step.name, _BOX, bold=True) for _, step in columns}

    head = height_of([title]) + _GAP
    first = height_of(text for text, _ in activities)
    second = height_of(steps.values())
    top = head + first + second + 2 * _GAP
    bands = []
    for release, heading, words in _bands(story_map):
        names = (wrap(heading, _NAMES, bold=True), wrap(words, _NAMES) if words else "")
        start, bottom = top + _GAP, top + _GAP + sum(height_of([text]) for text in names if text)
        boxes = []
        for _, step in columns:
            below = start
            for story in story_map.at(step.id, release):
                text = wrap(story.name, _BOX)
                boxes.append((text, Box(left[id(step)], below, _BOX, height_of([text]))))
                below = boxes[-1][1].bottom + _GAP
            bottom = max(bottom, below - _GAP)
        bands.append((top, start, names, boxes))
        top = bottom + _GAP

    board = Board(ax, width, top)
    board.write(title, Box(0, 0, width, head), bold=True)
    for text, at in activities:
        board.draw(text, Box(at[0], head, at[-1] - at[0] + _BOX, first), _FILLS["customer"], bold=True)
    for key, text in steps.items():
        board.draw(text, Box(left[key], head + first + _GAP, _BOX, second), _FILLS["frontstage"], bold=True)
    board.write("Activities", Box(0, head, _NAMES, first), bold=True)
    board.write("Steps", Box(0, head + first + _GAP, _NAMES, second), bold=True)
    for line, start, names, boxes in bands:
        board.ax.plot([0, width], [line, line], color="black", linewidth=board.scale, linestyle="--", zorder=0)
        board.write(names[0], Box(0, start, _NAMES, 0), bold=True)
        board.write(names[1], Box(0, start + height_of([names[0]]) - 0.05, _NAMES, 0))
        for text, box in boxes:
            board.draw(text, box, "white")
    return board.ax


def describe_story_map(story_map: StoryMap) -> str:
    """Say in words all that `plot_story_map` shows: the backbone, and each release with its stories.

    Parameters
    ----------
    story_map : StoryMap
    """
    columns = _columns(story_map)
    backbone = [
        f"{activity.name} ({'; '.join(step.name for own, step in columns if own is activity)})"
        for activity in dict.fromkeys(own for own, _ in columns)
    ]
    texts = []
    for release, heading, words in _bands(story_map):
        cells = [
            f"{step.name}: {'; '.join(story.name for story in stories)}."
            for _, step in columns
            if (stories := story_map.at(step.id, release))
        ]
        words = words.rstrip(".")
        texts.append(f"{heading}{f' ({words})' if words else ''}. {' '.join(cells) or 'No stories.'}")
    return f"Story map: {_headline(story_map)}. Backbone: {', '.join(backbone)}. {' '.join(texts)}"


def _steps(blueprint: Blueprint) -> list[str]:
    if not blueprint.steps:
        raise ValueError("the blueprint has no steps. List the steps that a customer takes.")
    return list(dict.fromkeys(blueprint.steps))


def _words(action: Action) -> str:
    owner = wrap(f"({action.owner})", _BOX) if action.owner.strip() else ""
    return "\n".join(part for part in (wrap(action.name, _BOX), owner) if part)


def _paths(blueprint: Blueprint, boxes: dict[int, Box], lanes: list[Box]) -> Iterator[list[tuple[float, float]]]:
    """The corners of each link. No link passes through a box, for it keeps to gutters and to the room between lanes."""
    by_id = {blueprint.actions[place].id: place for place in reversed(boxes)}
    rows = {place: list(LANES).index(blueprint.actions[place].lane) for place in boxes}
    used: dict[float, int] = {}

    def track(start: float, step: float) -> float:
        """A line of its own for each link that takes the same way, as long as there is room for five."""
        number = used[start] = used.get(start, -1) + 1
        return start + step * (number % 5)

    for place, box in boxes.items():
        for need in blueprint.actions[place].needs:
            if need not in by_id:
                continue
            other = boxes[by_id[need]]
            down = rows[by_id[need]] - rows[place]
            last = not any(own.left == box.left and own.top == box.bottom + _GAP for own in boxes.values())
            if down == 1 and last and other.top == lanes[rows[place] + 1].top:
                x, end = box.left + _BOX / 2, other.left + _BOX / 2
                yield [(x, box.bottom), (x, lanes[rows[place]].bottom), (end, other.top - 0.14), (end, other.top)]
                continue
            start = (box.left, box.top + 0.35 * box.height)
            end_point = (other.left, other.top + 0.7 * other.height)
            x = track(box.left - 0.16, -0.07)
            if other.left == box.left:
                yield [start, (x, start[1]), (x, end_point[1]), end_point]
                continue
            room = lanes[rows[place]].bottom if down >= 0 else lanes[rows[place]].top - _BETWEEN
            y, end = track(room + 0.1, 0.04), track(other.left - 0.16, -0.07)
            yield [start, (x, start[1]), (x, y), (end, y), (end, end_point[1]), end_point]


def _columns(story_map: StoryMap) -> list[tuple[Activity, Step]]:
    """Each step of the backbone with its activity."""
    columns = [(own, step) for own in story_map.activities for step in story_map.steps if step.activity == own.id]
    if not columns:
        raise ValueError("the story map has no activity with steps. Add the backbone first.")
    return columns


def _bands(story_map: StoryMap) -> Iterator[tuple[str, str, str]]:
    """Id, heading and further words of each release, and of what comes later."""
    steps = {step.id for _, step in _columns(story_map)}
    for number, release in enumerate(story_map.releases):
        words = release.goal
        if number == 0:
            missing = [
                own.name
                for own in dict.fromkeys(own for own, _ in _columns(story_map))
                if not any(story_map.at(step.id, release.id) for owner, step in _columns(story_map) if owner is own)
            ]
            mark = f"no walking skeleton yet: nothing for {', '.join(missing)}" if missing else "the walking skeleton"
            words = f"{words.rstrip('.')}; {mark}" if words.strip() else mark
        yield release.id, release.name, words
    if any(story.release == "" and story.step in steps for story in story_map.stories):
        yield "", "Later", ""


def _headline(story_map: StoryMap) -> str:
    return f"{story_map.title}, for {story_map.user}" if story_map.user.strip() else story_map.title
