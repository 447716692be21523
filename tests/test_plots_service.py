"""Tests of the pictures of service: what is drawn, that it can be read, and that its words say the same."""

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers.plots import service as plots
from cxux_helpers.roleplay.conversation import play, start_conversation
from cxux_helpers.roleplay.scenario_json import load_scenario
from cxux_helpers.service.staffing import erlang_c, simulate_queue, staffing_table

LINE = {"period": 1800, "aht": 180, "target": 20}
BEST = ["ask-order", "two-days", "sorry-silence", "ask-both", "rebook", "refund", "ring-you"]


@pytest.fixture(scope="module")
def table():
    return staffing_table(100, agents=range(9, 17), **LINE)


@pytest.fixture(scope="module")
def queue():
    return simulate_queue(100, agents=12, runs=40, **LINE), erlang_c(100, agents=12, **LINE)


@pytest.fixture(scope="module")
def impatient():
    return simulate_queue(100, agents=9, patience=60, runs=40, **LINE), erlang_c(100, agents=9, **LINE)


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("late_delivery")


@pytest.fixture
def arguments(table, queue, impatient, scenario):
    """What each picture is drawn from."""
    return {
        "staffing": (table, 0.8),
        "staffing far from the goal": (table.loc[:11], 0.8),
        "queue": queue,
        "queue that is overloaded": impatient,
        "emotion": (play(scenario, BEST),),
        "emotion before the first word": (start_conversation(scenario),),
        "emotion of one who leaves": (play(scenario, ["tracking", "number", "courier"]),),
    }


PICTURES = [
    "staffing",
    "staffing far from the goal",
    "queue",
    "queue that is overloaded",
    "emotion",
    "emotion before the first word",
    "emotion of one who leaves",
]


def function(kind, name):
    return getattr(plots, f"{kind}_{name.split()[0]}")


def written(ax):
    """All texts of the picture that are visible and not empty."""
    FigureCanvasAgg(ax.figure).draw()
    return [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def is_cut_off(text, ax):
    box, page = text.get_window_extent(), ax.figure.bbox
    return box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_on_the_axes_given_or_on_its_own(name, arguments):
    ax = Figure().add_subplot()
    assert function("plot", name)(*arguments[name], ax=ax) is ax
    assert function("plot", name)(*arguments[name]).figure is not ax.figure


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_written_is_cut_off(name, arguments):
    ax = function("plot", name)(*arguments[name])
    assert len(written(ax)) > 5
    assert [text.get_text() for text in written(ax) if is_cut_off(text, ax)] == []


@pytest.mark.parametrize("name", PICTURES)
def test_words_are_two_or_three_sentences(name, arguments):
    words = function("describe", name)(*arguments[name])
    assert words.endswith(".")
    assert words.replace(". ", ".|").count("|") in (1, 2)


# -- staffing ----------------------------------------------------------------------------------------------------------


def test_staffing_draws_each_service_level_once_and_marks_by_shape_which_reach_the_goal(table):
    ax = plots.plot_staffing(table, 0.8)
    below, reached = ax.get_lines()[:2]
    assert below.get_xdata().tolist() == [9, 10, 11, 12, 13]
    assert reached.get_ydata().tolist() == table["service_level"].loc[14:].tolist()
    assert below.get_marker() != reached.get_marker()
    assert {"79.6%", "88.8%", "0%"} <= {text.get_text() for text in ax.texts}


def test_staffing_in_words(table):
    # 14 agents: README of the R package ErlangC; 13 and 16 as Erlang C gives them.
    assert plots.describe_staffing(table, 0.8) == (
        "From 9 to 16 agents the service level goes from 0% to 97.1%. The goal of 80% is first reached with 14 "
        "agents: they give 88.8% and are busy 71.4% of their time; one fewer gives 79.6%."
    )
    assert plots.describe_staffing(table.loc[14:], 0.8).endswith("are busy 71.4% of their time.")
    assert plots.describe_staffing(table.loc[:13], 0.8).endswith(
        "None of these numbers of agents reaches the goal of 80%."
    )
    assert plots.describe_staffing(table.sort_index(ascending=False)) == plots.describe_staffing(table)


@pytest.mark.parametrize("draw", [plots.plot_staffing, plots.describe_staffing])
def test_staffing_explains_what_is_wrong(draw, table):
    with pytest.raises(ValueError, match=r"goal is 80, but must be a number of 0 or more and up to 1\. Write 0\.8 for"):
        draw(table, 80)
    with pytest.raises(
        ValueError, match=r"column 'service_level' is not in the table.* Make the table with staffing_table"
    ):
        draw(table[["occupancy"]])


# -- the waiting line --------------------------------------------------------------------------------------------------


def test_the_queue_picture_holds_the_formula_as_a_line_and_the_simulation_as_points(queue):
    simulated, expected = queue
    ax = plots.plot_queue(simulated, expected)
    formula = ax.get_lines()[0]
    assert formula.get_ydata().tolist() == [expected.answered_within(time) for time in formula.get_xdata()]
    points = ax.containers[0].lines[0]
    assert points.get_ydata().tolist() == [simulated.answered_within(time).value for time in points.get_xdata()]
    assert len(ax.containers[0].lines[2]) == 1  # error bars


def test_the_queue_in_words_says_whether_formula_and_simulation_agree(queue, impatient):
    simulated, expected = queue
    level = simulated.service_level
    assert plots.describe_queue(simulated, expected) == (
        f"In 20,000 simulated calls, {level.value:.1%} were answered within 20 (95% interval {level.low:.1%} to "
        f"{level.high:.1%}). Erlang C says 64.0%, which lies inside that interval."
    )
    words = plots.describe_queue(*impatient)
    assert "Erlang C says 0.0%, which lies outside that interval." in words
    assert words.endswith("of the callers hung up, which Erlang C leaves out.")


# -- a conversation ----------------------------------------------------------------------------------------------------


def test_emotion_is_drawn_move_by_move(scenario):
    ax = plots.plot_emotion(play(scenario, BEST))
    trace = ax.get_lines()[1]
    assert np.asarray(trace.get_ydata()).tolist() == [-2, -1, 0, 1, 1, 2, 2, 2]
    labels = [label.get_text() for label in ax.get_xticklabels()]
    assert labels[:2] == ["start", "1\nlisten\nwarm"]
    assert labels[-1] == "7\nfollow up\nwarm"


def test_a_critical_error_and_a_customer_who_leaves_are_marked_in_words(scenario):
    ax = plots.plot_emotion(play(scenario, ["ask-order", "two-days"]))
    assert "critical error" not in {text.get_text() for text in ax.texts}
    ax = plots.plot_emotion(play(scenario, ["ask-order", "read-out"]))
    assert "critical error" in {text.get_text() for text in ax.texts}
    left = play(scenario, ["tracking", "number", "courier"])
    assert left.left
    assert "customer leaves" in {text.get_text() for text in plots.plot_emotion(left).texts}


def test_emotion_in_words(scenario):
    assert plots.describe_emotion(start_conversation(scenario)) == (
        "The customer starts angry (-2). Nothing has been said yet."
    )
    assert plots.describe_emotion(play(scenario, BEST)) == (
        "The customer starts angry (-2) and is delighted (+2) after 7 moves. The mood rose 4 times and fell never."
    )
    assert plots.describe_emotion(play(scenario, ["ask-order", "read-out"])) == (
        "The customer starts angry (-2) and is annoyed (-1) after 2 moves. "
        "The mood rose once and fell never, with a critical error in move 2."
    )
    assert plots.describe_emotion(play(scenario, ["tracking"])) == (
        "The customer starts angry (-2) and is angry (-2) after 1 move. The mood never changed."
    )
    assert plots.describe_emotion(play(scenario, ["tracking", "number", "courier"])).endswith(
        "The customer left before the end."
    )
