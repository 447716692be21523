"""Pictures of service: staffing, a waiting line and a conversation, each with a text twin."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, PercentFormatter

from cxux_helpers.arguments import require_number
from cxux_helpers.plots.style import PALETTE, new_axes
from cxux_helpers.roleplay.conversation import Conversation
from cxux_helpers.roleplay.scenarios import MOODS
from cxux_helpers.service.erlang import QueuePerformance
from cxux_helpers.service.queue_simulation import SimulatedQueue
from cxux_helpers.tables import require_columns

__all__ = [
    "describe_emotion",
    "describe_queue",
    "describe_staffing",
    "plot_emotion",
    "plot_queue",
    "plot_staffing",
]


def plot_staffing(table: pd.DataFrame, goal: float = 0.8, ax: Axes | None = None) -> Axes:
    """Draw the service level for each number of agents, and the goal.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.service.staffing.staffing_table` gives it.
    goal : float
        Service level that is wanted, 0 to 1.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    levels = _service_levels(table, goal)
    if ax is None:
        ax = new_axes(7.2, 4.2, left=0.85, top=0.5)
    for met, marker, colour, label in (
        (False, "o", "white", "Below the goal"),
        (True, "s", PALETTE[0], "Goal reached"),
    ):
        some = levels[(levels >= goal) == met]
        ax.plot(
            some.index, some, marker, color=colour, markeredgecolor="black", markersize=9, linestyle="", label=label,
            zorder=3,
        )  # fmt: skip
    ax.plot(levels.index, levels, color=PALETTE[0], linewidth=1)
    ax.axhline(goal, color="black", linestyle="--", linewidth=1, label=f"Goal: {_percent(goal)}")
    for agents, level in levels.items():
        ax.annotate(_percent(level), (agents, level), (-4, 8), textcoords="offset points", ha="right", fontsize=9)
    ax.set_xticks(levels.index)
    ax.margins(x=0.08)
    ax.set_ylim(-0.05, 1.12)
    ax.set_yticks(np.arange(0, 1.01, 0.2))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_xlabel("Agents who answer")
    ax.set_ylabel("Service level: answered within the target time")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False)
    return ax


def describe_staffing(table: pd.DataFrame, goal: float = 0.8) -> str:
    """Say in two sentences what `plot_staffing` shows.

    Parameters
    ----------
    table : DataFrame
        As `cxux_helpers.service.staffing.staffing_table` gives it.
    goal : float
        Service level that is wanted, 0 to 1.
    """
    levels = _service_levels(table, goal).sort_index()
    few, many = levels.index[0], levels.index[-1]
    first = (
        f"From {few} to {many} agents the service level goes from {_percent(levels.iloc[0])} to "
        f"{_percent(levels.iloc[-1])}."
    )
    enough = levels.index[levels >= goal]
    if not len(enough):
        return f"{first} None of these numbers of agents reaches the goal of {_percent(goal)}."
    before = f"; one fewer gives {_percent(levels[enough[0] - 1])}" if enough[0] - 1 in levels.index else ""
    occupancy = _percent(table.loc[enough[0], "occupancy"])
    return (
        f"{first} The goal of {_percent(goal)} is first reached with {enough[0]} agents: they give "
        f"{_percent(levels[enough[0]])} and are busy {occupancy} of their time{before}."
    )


def plot_queue(simulated: SimulatedQueue, expected: QueuePerformance, ax: Axes | None = None) -> Axes:
    """Draw the share of calls answered within each waiting time, simulated and by Erlang C.

    Points are simulated and carry their intervals; the line is the formula.

    Parameters
    ----------
    simulated : SimulatedQueue
        As `cxux_helpers.service.staffing.simulate_queue` gives it.
    expected : QueuePerformance
        As `cxux_helpers.service.staffing.erlang_c` gives it, for the same line.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    if ax is None:
        ax = new_axes(7.2, 4.2, left=0.85, top=0.5)
    longest = max(3 * simulated.target, float(np.quantile(simulated.waits, 0.95)), expected.aht / 10)
    points = MaxNLocator(10).tick_values(0, longest)
    times = np.linspace(0, points[-1], 201)
    ax.plot(
        times, [expected.answered_within(time) for time in times], color=PALETTE[0],
        label="Erlang C: nobody hangs up",
    )  # fmt: skip
    shares = [simulated.answered_within(time) for time in points]
    values = np.array([share.value for share in shares])
    errors = np.array([(share.value - share.low, share.high - share.value) for share in shares]).T
    ax.errorbar(
        points, values, errors, fmt="D", color=PALETTE[1], ecolor="black", markeredgecolor="black", capsize=4,
        label=f"Simulated, with its {100 * simulated.confidence:g}% interval",
    )  # fmt: skip
    ax.axvline(simulated.target, color="black", linestyle="--", linewidth=1, label=f"Target: {simulated.target:g}")
    ax.set_xlim(-0.02 * points[-1], 1.02 * points[-1])
    ax.set_xticks(points)
    ax.set_ylim(-0.03, 1.03)
    ax.set_yticks(np.arange(0, 1.01, 0.2))
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_xlabel("Waiting time, in the unit of the target")
    ax.set_ylabel("Calls answered within it")
    ax.spines[["top", "right"]].set_visible(False)
    ax.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=3, frameon=False, columnspacing=1.2)
    return ax


def describe_queue(simulated: SimulatedQueue, expected: QueuePerformance) -> str:
    """Say in two or three sentences what `plot_queue` shows.

    Parameters
    ----------
    simulated : SimulatedQueue
        As `cxux_helpers.service.staffing.simulate_queue` gives it.
    expected : QueuePerformance
        As `cxux_helpers.service.staffing.erlang_c` gives it, for the same line.
    """
    level = simulated.service_level
    place = "inside" if level.low <= expected.service_level <= level.high else "outside"
    gave_up = simulated.abandonment.value
    return (
        f"In {level.n:,} simulated calls, {level.value:.1%} were answered within {simulated.target:g} "
        f"({100 * level.confidence:g}% interval {level.low:.1%} to {level.high:.1%}). Erlang C says "
        f"{expected.service_level:.1%}, which lies {place} that interval."
    ) + (f" {gave_up:.1%} of the callers hung up, which Erlang C leaves out." if gave_up else "")


def plot_emotion(conversation: Conversation, ax: Axes | None = None) -> Axes:
    """Draw the customer's hidden emotion, move by move.

    Critical errors and a customer who leaves are marked with a cross and with words.

    Parameters
    ----------
    conversation : Conversation
        As `cxux_helpers.roleplay.conversation.play` gives it, finished or not.
    ax : Axes, optional
        Where to draw.

    Returns
    -------
    Axes
    """
    emotions, labels, errors = _emotion_trace(conversation)
    if ax is None:
        ax = new_axes(max(5.0, 1.6 + 0.95 * len(emotions)), 4.0, left=1.25, bottom=0.85)
    turns = np.arange(len(emotions))
    ax.axhline(0, color="#767676", linewidth=1)
    ax.plot(turns, emotions, "o-", color=PALETTE[0], markeredgecolor="black", markersize=9)
    for turn in errors:
        ax.plot(turn, emotions[turn], "X", color=PALETTE[5], markeredgecolor="black", markersize=14, zorder=3)
        ax.annotate(
            "critical error", (turn, emotions[turn]), (0, 12), textcoords="offset points", ha="center", fontsize=9
        )
    if conversation.left:
        ax.annotate(
            "customer leaves", (turns[-1], emotions[-1]), (0, -18), textcoords="offset points", ha="center", fontsize=9
        )  # fmt: skip
    ax.set_xticks(turns, labels)
    ax.set_xlim(-0.5, len(emotions) - 0.5)
    ax.set_ylim(-2.6, 2.6)
    ax.set_yticks(list(MOODS), [f"{mood} {emotion:+d}" if emotion else f"{mood} 0" for emotion, mood in MOODS.items()])
    ax.set_xlabel("Move of the agent")
    ax.spines[["top", "right"]].set_visible(False)
    return ax


def describe_emotion(conversation: Conversation) -> str:
    """Say in two or three sentences what `plot_emotion` shows.

    Parameters
    ----------
    conversation : Conversation
        As `cxux_helpers.roleplay.conversation.play` gives it, finished or not.
    """
    emotions, _, errors = _emotion_trace(conversation)
    moods = [f"{MOODS[emotion]} ({emotion:+d})" if emotion else f"{MOODS[emotion]} (0)" for emotion in emotions]
    if len(emotions) == 1:
        return f"The customer starts {moods[0]}. Nothing has been said yet."
    moves = f"{len(emotions) - 1} {'move' if len(emotions) == 2 else 'moves'}"
    changes = np.diff(emotions)
    ups, downs = int((changes > 0).sum()), int((changes < 0).sum())
    text = f"The customer starts {moods[0]} and is {moods[-1]} after {moves}. "
    text += f"The mood rose {_times(ups)} and fell {_times(downs)}" if ups or downs else "The mood never changed"
    if errors:
        text += f", with a critical error in move {' and '.join(map(str, errors))}"
    return f"{text}. The customer left before the end." if conversation.left else f"{text}."


def _percent(share: float) -> str:
    # One decimal: 79.6 % does not reach a goal of 80 %, and 99.6 % is not all.
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def _service_levels(table: pd.DataFrame, goal: float) -> pd.Series:
    require_columns(table, ("service_level", "occupancy"), "Make the table with staffing_table.")
    require_number("goal", goal, low=0, high=1, remedy="Write 0.8 for 80 %.")
    return table["service_level"]


def _emotion_trace(conversation: Conversation) -> tuple[list[int], list[str], list[int]]:
    """Emotion at the start and after each move, a label for each, and the moves that were critical errors."""
    turns = conversation.turns
    emotions = [conversation.scenario.emotion, *(turn.after.emotion for turn in turns)]
    labels = [
        "start",
        *(f"{i}\n{turn.choice.type.replace('_', ' ')}\n{turn.choice.tone}" for i, turn in enumerate(turns, 1)),
    ]
    return emotions, labels, [i for i, turn in enumerate(turns, 1) if turn.after.errors > turn.before.errors]
