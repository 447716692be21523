"""Tests of the pictures of journeys and event logs: what is drawn, that it can be read, and that the words agree."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers.datasets.events import make_event_log
from cxux_helpers.journey.event_flows import time_in_stage, transition_matrix
from cxux_helpers.journey.event_logs import funnel, funnel_by_segment, sessions
from cxux_helpers.journey.maps import Journey, Stage, Touchpoint, touchpoint_priority
from cxux_helpers.plots import event_logs, journeys

STEPS = ["product", "cart", "delivery", "payment", "purchase"]
JOURNEY = Journey(
    "Buying shoes",
    "Ann",
    (Stage("look", "Look around"), Stage("buy", "Buy"), Stage("wear", "Wear them to the wedding and after")),
    (
        Touchpoint("talk", "Asks her sister", "look", "before", "word of mouth", False, False, "", 1, 4),
        Touchpoint("list", "Sees all shoes at a glance", "look", "before", "website", True, True, "Web", 0, 3),
        Touchpoint("pay", "Pays", "buy", "during", "website", True, True, "Web", -2, 5),
        Touchpoint("back", "Sends one pair back", "wear", "after", "mail", True, True, "Returns", None, 3),
        Touchpoint("box", "Opens the box", "wear", "after", "product", True, True, "Packing", 2, 5),
    ),
)


@pytest.fixture(scope="module")
def log():
    log = make_event_log(3000).data
    return log.assign(session=sessions(log))


@pytest.fixture(scope="module")
def arguments(log):
    """What each picture is drawn from."""
    one = replace(JOURNEY, touchpoints=JOURNEY.touchpoints[2:3])
    return {
        "journey": JOURNEY,
        "journey of one touchpoint": one,
        "journey about which nobody knows": replace(JOURNEY, touchpoints=JOURNEY.touchpoints[3:4]),
        "priority": touchpoint_priority(JOURNEY, control={"talk": 0.3}),
        "priority of one touchpoint": touchpoint_priority(one),
        "funnel": funnel(log, STEPS, per="session"),
        "funnel of one step": funnel(log, STEPS[:1], per="session"),
        "funnel_by_segment": funnel_by_segment(log, STEPS, "browser", per="session"),
        "funnel_by_segment of two columns": funnel_by_segment(log, STEPS, ["browser", "device"], per="session"),
        "transitions": transition_matrix(log, per="session"),
        "transitions in counts": transition_matrix(log, per="session", normalise=False),
        "time_in_stage": time_in_stage(log),
        "time_in_stage of one event": time_in_stage(log.head(1)),
    }


PICTURES = [
    "journey", "journey of one touchpoint", "journey about which nobody knows", "priority",
    "priority of one touchpoint", "funnel", "funnel of one step", "funnel_by_segment",
    "funnel_by_segment of two columns", "transitions", "transitions in counts", "time_in_stage",
    "time_in_stage of one event",
]  # fmt: skip


def function(kind, name):
    full = f"{kind}_{name.split()[0]}"
    return getattr(journeys, full, None) or getattr(event_logs, full)


def written(ax):
    """All texts of the picture that are visible and not empty."""
    FigureCanvasAgg(ax.figure).draw()
    return [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def is_cut_off(text, ax):
    box, page = text.get_window_extent(), ax.figure.bbox
    return box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1


def contrast(one, other):
    def luminance(colour):
        channels = np.array(to_rgb(colour))
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_on_the_axes_given_or_on_its_own(name, arguments):
    ax = Figure().add_subplot()
    assert function("plot", name)(arguments[name], ax=ax) is ax
    assert function("plot", name)(arguments[name]).figure is not ax.figure


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_written_is_cut_off(name, arguments):
    ax = function("plot", name)(arguments[name])
    assert len(written(ax)) > 3
    assert [text.get_text() for text in written(ax) if is_cut_off(text, ax)] == []


@pytest.mark.parametrize("name", PICTURES)
def test_words_are_sentences_and_leave_the_data_alone(name, arguments):
    before = arguments[name] if isinstance(arguments[name], Journey) else arguments[name].copy(deep=True)
    words = function("describe", name)(arguments[name])
    function("plot", name)(arguments[name])
    assert words.endswith(".")
    assert words.count(". ") in (1, 2)
    assert "nan" not in words
    assert before == arguments[name] if isinstance(before, Journey) else before.equals(arguments[name])


# -- the map ------------------------------------------------------------------------------------------------


def test_the_curve_goes_through_the_feelings_in_the_order_of_the_journey_and_breaks_where_nobody_knows():
    ax = journeys.plot_journey(JOURNEY)
    curve = ax.get_lines()[1].get_ydata()
    assert curve.tolist()[:3] == [1, 0, -2]
    assert np.isnan(curve[3])
    assert curve[4] == 2
    assert "?" in {text.get_text() for text in written(ax)}


def test_what_is_controllable_has_its_own_marker():
    lines = {line.get_label(): line for line in journeys.plot_journey(JOURNEY).get_lines()}
    ours, others = lines["Controllable"], lines["Not controllable"]
    assert ours.get_xdata().tolist() == [1, 2, 3, 4]
    assert others.get_xdata().tolist() == [0]
    assert ours.get_marker() != others.get_marker()


def test_the_journey_in_words():
    assert journeys.describe_journey(JOURNEY) == (
        "5 touchpoints in 3 stages, from Look around to Wear them to the wedding and after; 4 controllable. Customers "
        "feel best at Opens the box (+2) and worst at Pays (−2). For 1 nobody knows."
    )
    assert journeys.describe_journey(replace(JOURNEY, touchpoints=JOURNEY.touchpoints[3:4])) == (
        "1 touchpoint in 1 stage; 1 controllable. Nobody knows how customers feel at any of them."
    )


# -- priority -----------------------------------------------------------------------------------------------


def test_touchpoints_lie_at_their_control_and_impact_and_share_a_marker_where_they_are_the_same():
    stages = (Stage("buy", "Buy"), Stage("go", "Go"))
    make = [Touchpoint(name, name, "buy", "during", "app", True, True, "", -1, 5) for name in ("a", "b")]
    ranked = touchpoint_priority(Journey("Shoes", "Ann", stages, tuple(make)))
    ax = journeys.plot_priority(ranked)
    points = [line for line in ax.get_lines() if line.get_marker() in "osD^"]
    assert [(line.get_xdata()[0], line.get_ydata()[0]) for line in points] == [(1, 15)]
    assert "1, 2" in {text.get_text() for text in written(ax)}


def test_lines_of_the_quadrants_stand_where_they_are_set():
    ax = journeys.plot_priority(touchpoint_priority(JOURNEY), high_impact=10, high_control=0.7)
    assert ax.get_lines()[0].get_xdata()[0] == 0.7
    assert ax.get_lines()[1].get_ydata()[0] == 10
    assert {"Act", "Prepare", "Maintain", "Leave"} <= {text.get_text() for text in written(ax)}


def test_priority_in_words():
    assert journeys.describe_priority(touchpoint_priority(JOURNEY)) == (
        "The highest priority has Pays: impact 20 of 20, control 1. Of 4 touchpoints: act 1, prepare 0, maintain 2, "
        "leave 1; 1 more cannot be placed, for their emotion or importance is unknown."
    )
    known = replace(JOURNEY, touchpoints=JOURNEY.touchpoints[:3])
    assert journeys.describe_priority(touchpoint_priority(known)).endswith("act 1, prepare 0, maintain 1, leave 1.")


def test_a_ranking_in_which_nothing_is_known_is_refused():
    ranked = touchpoint_priority(replace(JOURNEY, touchpoints=JOURNEY.touchpoints[3:4]))
    for kind in ("plot", "describe"):
        with pytest.raises(ValueError, match=r"no touchpoint has a known impact\. Give emotion and importance"):
            function(kind, "priority")(ranked)


# -- event logs ---------------------------------------------------------------------------------------------


def test_funnel_bars_are_as_long_as_the_shares_and_what_is_lost_is_hatched(arguments):
    table = arguments["funnel"]
    reached, lost = event_logs.plot_funnel(table).containers
    assert [bar.get_width() for bar in reached] == table["share"].tolist()
    ends = [bar.get_x() + bar.get_width() for bar in lost]
    assert ends == pytest.approx([1, *table["share"].tolist()[:-1]])
    assert {bar.get_hatch() for bar in reached}.isdisjoint({bar.get_hatch() for bar in lost})


def test_the_funnel_in_words():
    table = pd.DataFrame(
        {"reached": [80, 20, 5], "share": [0.8, 0.2, 0.05], "lost": [20, 60, 15], "drop_off": [0.2, 0.75, 0.75]},
        index=["look", "cart", "pay"],
    )
    assert event_logs.describe_funnel(table) == (
        "80 paths, 80% of all, reach look, and 5, 5.0%, reach pay. The largest share is lost between look and cart: "
        "75% of those who came so far, 60 paths."
    )
    assert event_logs.describe_funnel(table.head(1)).endswith(
        "There is no step between them at which paths could be lost."
    )


def test_a_step_after_one_that_nobody_reached_can_be_drawn():
    log = pd.DataFrame({"user_id": 1, "time": pd.date_range("2025-03-01", periods=3), "event": ["b", "a", "c"]})
    table = funnel(log, ["a", "b", "c"])
    assert "0 (0%)" in {text.get_text() for text in written(event_logs.plot_funnel(table))}
    assert "100% of those who came so far, 1 path." in event_logs.describe_funnel(table)


def test_cells_of_a_funnel_by_segment_hold_its_shares(arguments):
    table = arguments["funnel_by_segment"]
    ax = event_logs.plot_funnel_by_segment(table)
    cells = ax.images[0].get_array()
    assert cells.shape == (4, 5)
    assert cells[2, 4] == table.loc[("Edge", "purchase"), "share_of_previous"]
    assert [label.get_text() for label in ax.get_xticklabels()] == STEPS


def test_a_funnel_by_segment_in_words(arguments):
    words = event_logs.describe_funnel_by_segment(arguments["funnel_by_segment"])
    assert words.startswith("Shares that reach the next step, in 4 segments. They differ most at purchase: ")
    assert " in Edge, " in words


@pytest.mark.parametrize("kind", ["plot", "describe"])
def test_a_funnel_that_is_none_by_segment_is_refused(kind, arguments, log):
    with pytest.raises(ValueError, match=r"the table is of one funnel only\. Use plot_funnel"):
        function(kind, "funnel_by_segment")(arguments["funnel"])
    with pytest.raises(ValueError, match="a step comes twice in the funnel"):
        function(kind, "funnel_by_segment")(funnel_by_segment(log, ["cart", "cart"], "browser"))


@pytest.mark.parametrize("name", ["funnel_by_segment", "transitions", "transitions in counts"])
def test_numbers_in_cells_can_be_read_on_their_colour(name, arguments):
    ax = function("plot", name)(arguments[name])
    image = ax.images[0]
    texts = [text for text in ax.texts if text.get_text()]
    assert len(texts) == image.get_array().count()
    for text in texts:
        column, row = map(int, text.get_position())
        ground = image.cmap(image.norm(image.get_array()[row, column]))
        assert contrast(text.get_color(), ground) >= 4.5


def test_transitions_that_never_happen_stay_white_and_rare_ones_are_not_called_nothing():
    matrix = pd.DataFrame([[0.997, 0.003], [0.0, 1.0]], index=["path_start", "a"], columns=["a", "path_end"])
    ax = event_logs.plot_transitions(matrix)
    assert ax.images[0].get_array().mask.tolist() == [[False, False], [True, False]]
    assert [text.get_text() for text in ax.texts] == ["1.00", "<.01", "1.00"]


def test_transitions_in_words_are_the_same_for_shares_and_counts(arguments):
    words = event_logs.describe_transitions(arguments["transitions"])
    assert words == event_logs.describe_transitions(arguments["transitions in counts"])
    assert words.startswith("10 events. The surest step is from ")
    assert "Paths end most readily after " in words


@pytest.mark.parametrize("kind", ["plot", "describe"])
@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("priority", "touchpoint_priority"),
        ("funnel", "funnel"),
        ("funnel_by_segment", "funnel_by_segment"),
        ("transitions", "transition_matrix"),
        ("time_in_stage", "time_in_stage"),
    ],
)
def test_the_wrong_table_is_refused_with_the_name_of_the_right_maker(kind, name, maker):
    with pytest.raises(ValueError, match=rf"(Make the table with|Make it with) {maker}\."):
        function(kind, name)(pd.DataFrame({"a": [1]}))


def test_bars_of_time_reach_to_the_median_and_marks_to_nine_in_ten(arguments):
    table = arguments["time_in_stage"]
    ax = event_logs.plot_time_in_stage(table)
    assert [bar.get_width() for bar in ax.containers[0]] == table["median_seconds"].tolist()
    assert ax.get_lines()[0].get_xdata().tolist() == table["p90_seconds"].tolist()


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.25, "0.25 s"), (119, "119 s"), (600, "10 min"), (9000, "2.5 h"), (36e4, "100 h")]
)
def test_time_in_stage_in_words(seconds, words):
    table = pd.DataFrame(
        {"visits": [5, 2], "timed": [3, 0], "median_seconds": [seconds, np.nan], "p90_seconds": [seconds, np.nan]},
        index=["pay", "end"],
    )
    assert event_logs.describe_time_in_stage(table) == (
        f"The median visit is longest at pay ({words}) and shortest at pay ({words}). "
        "4 of 7 visits could not be timed, for nobody saw the end."
    )
    assert "no visit timed" in {text.get_text() for text in written(event_logs.plot_time_in_stage(table))}


def test_times_of_which_none_is_known_are_told():
    log = pd.DataFrame({"user_id": [1], "time": pd.Timestamp("2025-03-01"), "event": ["a"]})
    assert event_logs.describe_time_in_stage(time_in_stage(log)) == (
        "No visit to any of 1 stage is timed. 1 of 1 visit could not be timed, for nobody saw the end."
    )
