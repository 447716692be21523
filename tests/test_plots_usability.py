"""Tests of cxux_helpers.plots.usability and .information: what is drawn, and that the words say the same."""

import math

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers.datasets.usability import make_card_sort, make_tree_test, make_usability_sessions
from cxux_helpers.plots import information, usability
from cxux_helpers.usability.findability import TREE_OUTCOMES, tree_test
from cxux_helpers.usability.performance import completion_rate, time_on_task
from cxux_helpers.usability.questionnaires import sus

LONG = "The prototype with the very long name that somebody gave it"


@pytest.fixture
def sessions():
    return make_usability_sessions(seed=3).data


@pytest.fixture
def tree_results():
    data, truth = make_tree_test()
    return {
        task: tree_test(rows["path"], truth.loc[task, "node"], skipped=rows["skipped"])
        for task, rows in data.groupby("task")
    }


@pytest.fixture
def arguments(sessions, tree_results):
    """What each picture is drawn from."""
    return {
        "completion": {
            f"Prototype {name}": completion_rate(rows["completed"]) for name, rows in sessions.groupby("prototype")
        },
        "sus": {LONG: sus(sessions.filter(like="sus_")), "B": sus([4, 2] * 5)},
        "times": sessions,
        "discovery": [0.05, 0.07, 0.31],
        "dendrogram": make_card_sort(seed=1).data,
        "tree_test": tree_results,
    }


PICTURES = ["completion", "sus", "times", "discovery", "dendrogram", "tree_test"]


def function(kind, name):
    module = information if name in ("dendrogram", "tree_test") else usability
    return getattr(module, f"{kind}_{name}")


def written(ax):
    """All texts of the picture that are visible and not empty."""
    FigureCanvasAgg(ax.figure).draw()
    return [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def is_cut_off(text, ax):
    box, page = text.get_window_extent(), ax.figure.bbox
    return box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1


def words_in(ax):
    return {text.get_text() for text in written(ax)}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_on_the_axes_given_or_on_its_own(name, arguments):
    ax = Figure().add_subplot()
    assert function("plot", name)(arguments[name], ax=ax) is ax
    assert function("plot", name)(arguments[name]).figure is not ax.figure


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_written_is_cut_off(name, arguments):
    ax = function("plot", name)(arguments[name])
    assert len(written(ax)) > 5
    assert [text.get_text() for text in written(ax) if is_cut_off(text, ax)] == []


def test_long_names_are_not_cut_off(sessions, tree_results, arguments):
    axes = [
        usability.plot_completion({LONG: completion_rate(4, 5)}),
        usability.plot_times(sessions.assign(prototype=LONG + sessions["prototype"])),
        information.plot_tree_test({LONG: next(iter(tree_results.values()))}),
        information.plot_dendrogram(arguments["dendrogram"].replace({"card": {"sofa": LONG}}), k=4),
    ]
    for ax in axes:
        assert [text.get_text() for text in written(ax) if is_cut_off(text, ax)] == []


@pytest.mark.parametrize("name", PICTURES)
def test_words_end_as_sentences_and_nothing_is_changed(name, arguments):
    data = arguments[name]
    before = data.copy()
    words = function("describe", name)(data)
    function("plot", name)(data)
    assert words.endswith(".")
    assert before.equals(data) if isinstance(data, pd.DataFrame) else before == data


# -- completion and SUS -------------------------------------------------------------------------------------


def test_completion_stands_on_the_whole_scale_with_value_and_interval(arguments):
    ax = usability.plot_completion(arguments["completion"])
    low, high = ax.get_xlim()
    assert low < 0
    assert high > 1
    assert {"Prototype A (n = 10)", "Prototype B (n = 10)", "0.50", "0.90"} <= words_in(ax)
    segments = [segment[:, 0].tolist() for segment in ax.collections[0].get_segments()]
    assert segments == [[rate.low, rate.high] for rate in arguments["completion"].values()]


def test_completion_in_words():
    assert usability.describe_completion({"A": completion_rate(1, 10), "B": completion_rate(10, 10)}) == (
        "Of 2, B is highest: Completion rate 1.00, 95% interval 0.68 to 1.00 (n = 10, adjusted Wald). A is lowest: "
        "Completion rate 0.10, 95% interval 0.00 to 0.43 (n = 10, adjusted Wald); "
        "the intervals of the two do not overlap."
    )


def test_sus_stands_against_the_letters_of_the_grades(arguments):
    ax = usability.plot_sus(arguments["sus"])
    assert set("ABCDF") <= words_in(ax)
    assert ax.get_xlim() == (0, 100)
    bands = sorted((patch.get_x(), patch.get_x() + patch.get_width()) for patch in ax.patches)
    assert np.array(bands) == pytest.approx(
        np.array([(0, 51.7), (51.7, 62.7), (62.7, 72.6), (72.6, 78.9), (78.9, 100)])
    )
    assert any("dotted: the middle study, 68" in words for words in words_in(ax))
    assert 68 in [line.get_xdata()[0] for line in ax.get_lines()]


def test_sus_in_words_gives_the_grade_of_the_mean_and_of_both_ends():
    people = [[4, 1, 4, 2, 4, 3, 4, 3, 4, 3], [4, 1, 4, 2, 4, 2, 4, 2, 5, 2], [5, 1, 5, 1, 5, 2, 4, 2, 4, 1]]
    # 80 with an interval from 55 to 100; one person at 50 alone has none.
    words = usability.describe_sus({"New": sus(people), "Old": sus([3] * 10)})
    assert words.endswith(
        "On the curved scale of grades, New gets an A- (its interval goes from D to A+); "
        "Old gets an F (its interval goes from F to A+)."
    )
    assert "gets a D" in usability.describe_sus({"Old": sus([[3] * 10, [4, 3] + [3] * 8, [3, 2] * 4 + [3, 1]])})


# -- times --------------------------------------------------------------------------------------------------


def test_every_time_is_a_dot_and_failures_have_their_own_marker(sessions):
    ax = usability.plot_times(sessions)
    drawn = {"o": [], "x": []}
    for line in ax.get_lines():
        if line.get_marker() in drawn:
            drawn[line.get_marker()] += list(line.get_xdata())
    done = sessions["completed"]
    assert sorted(drawn["o"]) == sorted(sessions.loc[done, "seconds"])
    assert sorted(drawn["x"]) == sorted(sessions.loc[~done, "seconds"])
    assert ax.get_xscale() == "log"
    assert {"A (5 of 10 done)", "B (9 of 10 done)", "Done", "Not done"} <= words_in(ax)


def test_the_geometric_mean_of_the_successes_is_marked(sessions):
    ax = usability.plot_times(sessions)
    marks = [line.get_xdata()[0] for line in ax.get_lines() if line.get_marker() == "D" and len(line.get_xdata())]
    means = [time_on_task(rows["seconds"], rows["completed"]).value for _, rows in sessions.groupby("prototype")]
    assert marks == pytest.approx(means)
    assert {f"{mean:.0f}" for mean in means} <= words_in(ax)


def test_times_in_words():
    table = pd.DataFrame(
        {"design": ["A", "A", "A", "B", "B"], "time": [40.0, 90.0, 10.0, 5.0, 7.0], "done": [1, 1, 0, 0, 0]}
    )
    words = usability.describe_times(table, group="design", seconds="time", completed="done")
    assert words == (
        "A: 2 of 3 people completed the task, typically in 60 time (geometric mean, 95% interval 0 to 10366); "
        "the others stopped at 10 (median). B: 0 of 2 people completed the task."
    )
    all_done = table.assign(done=1)
    assert "the others" not in usability.describe_times(all_done, group="design", seconds="time", completed="done")
    ax = usability.plot_times(table, group="design", seconds="time", completed="done")
    assert {"A (2 of 3 done)", "B (0 of 2 done)", "Time (log scale)"} <= words_in(ax)
    # The interval reaches far beyond the times; the picture keeps to them.
    assert ax.get_xlim()[1] < 1000


@pytest.mark.parametrize("kind", ["plot", "describe"])
def test_sessions_that_cannot_be_shown_are_named(kind, sessions):
    with pytest.raises(ValueError, match=r"column 'prototype' is not in the table.* Pass group='…'"):
        function(kind, "times")(sessions.drop(columns="prototype"))
    with pytest.raises(ValueError, match="column 'seconds' has a value off the scale"):
        function(kind, "times")(sessions.assign(seconds=0))
    with pytest.raises(ValueError, match="column 'completed' has neither yes nor no"):
        function(kind, "times")(sessions.assign(completed="yes"))


# -- discovery ----------------------------------------------------------------------------------------------


def test_each_share_is_a_line_with_its_own_marker_and_name():
    ax = usability.plot_discovery([0.1, 0.5], n=3)
    one, other = ax.get_lines()
    assert one.get_ydata() == pytest.approx([0.1, 0.19, 0.271])
    assert other.get_ydata() == pytest.approx([0.5, 0.75, 0.875])
    assert one.get_marker() != other.get_marker()
    assert {"hits 10%", "hits 50%"} <= words_in(ax)


def test_names_of_lines_do_not_cover_one_another():
    ax = usability.plot_discovery([0.4, 0.5, 0.6], n=20)
    FigureCanvasAgg(ax.figure).draw()
    tops = sorted(text.get_window_extent().y0 for text in ax.texts)
    assert min(np.diff(tops)) > 10


def test_discovery_in_words():
    assert usability.describe_discovery([0.10], n=20) == (
        "A problem that hits 10% of people shows with probability 41% among 5 and 88% among 20; for 85% it takes 19."
    )
    assert "50% among 1" not in usability.describe_discovery([0.5], n=2)
    assert "75% among 2 and 75% among 2" in usability.describe_discovery([0.5], n=2)


@pytest.mark.parametrize("kind", ["plot", "describe"])
@pytest.mark.parametrize(
    ("shares", "n", "message"),
    [([], 20, "shares is empty"), ([10], 20, "a share is 10, .*Write 0.1 for 10 %"), ([0.1], 1, "n is 1")],
)
def test_discovery_refuses_what_is_no_share(kind, shares, n, message):
    with pytest.raises(ValueError, match=message):
        function(kind, "discovery")(shares, n=n)


# -- card sort and tree test --------------------------------------------------------------------------------


def test_dendrogram_names_every_card_and_cuts_where_the_groups_are(arguments):
    sorts = arguments["dendrogram"]
    plain, cut = information.plot_dendrogram(sorts), information.plot_dendrogram(sorts, k=4)
    assert set(sorts["card"]) <= words_in(plain)
    assert "sofa · 1" in words_in(cut)
    assert len(plain.get_lines()) == 23
    dashed = [line for line in cut.get_lines() if line.get_linestyle() == "--"]
    crossed = [
        line
        for line in cut.get_lines()
        if line.get_linestyle() == "-" and max(line.get_xdata()) > dashed[0].get_xdata()[0]
    ]
    # Three joins right of the cut leave four groups.
    assert (len(dashed), len(crossed)) == (1, 3)
    for k in (1, 24):
        assert len(information.plot_dendrogram(sorts, k=k).get_lines()) == 23


def test_dendrogram_in_words():
    sorts = pd.DataFrame(
        {
            "participant": [1, 1, 1, 2, 2, 2],
            "card": ["lamp", "chair", "sofa"] * 2,
            "group": ["x", "y", "y", "x", "x", "z"],
        }
    )
    # chair and lamp: 1 apart, chair and sofa: 1, lamp and sofa: 2.
    first = "2 people sorted 3 cards; chair and lamp went together most, in 50% of the sorts. "
    assert information.describe_dendrogram(sorts) == (
        first + "The last two branches join where 1.5 people on average put their cards apart."
    )
    assert information.describe_dendrogram(sorts, k=2) == first + "Cut into 2 groups they are 1: chair, lamp; 2: sofa."


def test_tree_test_bars_add_up_to_everybody(tree_results):
    ax = information.plot_tree_test(tree_results)
    for row, result in enumerate(tree_results.values()):
        widths = [bars[row].get_width() * result.success.n for bars in ax.containers]
        assert widths == pytest.approx(result.outcomes.tolist())
    hatches = [bars[0].get_hatch() for bars in ax.containers]
    colours = [bars[0].get_facecolor() for bars in ax.containers]
    assert len(set(zip(hatches, colours, strict=True))) == len(TREE_OUTCOMES)
    assert {outcome.capitalize() for outcome in TREE_OUTCOMES} <= words_in(ax)
    assert sum("success 64%" in words for words in words_in(ax)) == 1


def test_tree_test_in_words():
    result = tree_test(["A > B", "A > C > A > B", "A > C", ""], "B", skipped=[0, 0, 0, 1])
    assert information.describe_tree_test({"Find B": result}) == (
        "Find B: 50% of 4 people succeeded (95% interval 15% to 85%), 50% answered without going back "
        "(1 direct success, 1 indirect success, 1 direct failure, 1 skip)."
    )


@pytest.mark.parametrize("kind", ["plot", "describe"])
def test_no_tasks_are_nothing_to_show(kind):
    with pytest.raises(ValueError, match="there are no tasks to show"):
        function(kind, "tree_test")({})


@pytest.mark.parametrize("kind", ["plot", "describe"])
@pytest.mark.parametrize("name", ["completion", "sus"])
def test_no_estimates_are_nothing_to_show(kind, name):
    with pytest.raises(ValueError, match="the estimates are of 0 metrics"):
        function(kind, name)({})


def test_one_person_can_be_drawn_and_told():
    one = pd.DataFrame({"prototype": ["A"], "seconds": [30.0], "completed": [True]})
    assert usability.describe_times(one).startswith("A: 1 of 1 people completed the task, typically in 30 seconds")
    assert usability.plot_times(one)
    assert information.plot_tree_test({"t": tree_test(["A"], "A")})
    assert math.isinf(time_on_task([30]).high)
