"""Tests of cxux_helpers.grading.figures: figures as plain data, and asked for in a notebook."""

import sys

import pytest
from matplotlib.figure import Figure

from cxux_helpers.feedback import NoAnswer
from cxux_helpers.grading import ask_figure
from cxux_helpers.grading.figures import figure_facts
from cxux_helpers.pictures import picture


@pytest.fixture
def ax():
    ax = Figure().add_subplot()
    ax.set(title="Orders", xlabel="Month", ylabel="Number")
    return ax


def test_titles_and_labels_are_told(ax):
    facts = figure_facts(ax)["axes"][0]
    assert (facts["title"], facts["x_label"], facts["y_label"]) == ("Orders", "Month", "Number")
    assert facts["lines"] == facts["bars"] == facts["points"] == facts["legend"] == []


def test_lines_and_points_are_told_with_their_labels(ax):
    ax.plot([1, 2], [0.5, 0.25], label="share")
    ax.plot([1, 2], [1, 1])
    ax.scatter([3], [4], label="today")
    ax.legend()
    facts = figure_facts(ax)["axes"][0]
    assert facts["lines"][0] == {"label": "share", "x": [1.0, 2.0], "y": [0.5, 0.25]}
    assert facts["lines"][1]["label"] == ""
    assert facts["points"] == [{"label": "today", "x": [3.0], "y": [4.0]}]
    assert facts["legend"] == ["share", "today"]


def test_bars_are_told_the_same_way_upright_and_lying(ax):
    other = Figure().add_subplot()
    ax.bar(["a", "b"], [2, 7])
    other.barh(["a", "b"], [2, 7])
    upright, lying = (figure_facts(one)["axes"][0] for one in (ax, other))
    assert upright["bars"] == lying["bars"] == [{"label": "", "at": [0.0, 1.0], "length": [2.0, 7.0]}]
    assert upright["x_ticks"] == lying["y_ticks"] == ["a", "b"]


def test_all_axes_of_a_figure_are_told():
    figure = Figure()
    for title, ax in zip("ab", figure.subplots(1, 2), strict=True):
        ax.set_title(title)
    assert [facts["title"] for facts in figure_facts(figure)["axes"]] == ["a", "b"]


def test_a_picture_tells_its_alternative_text(ax):
    assert figure_facts(picture(ax, "Orders by month.")) == {"alt": "Orders by month."}


def test_what_is_no_figure_is_refused():
    with pytest.raises(TypeError, match="a list is no figure"):
        figure_facts([1, 2])


def test_a_test_cell_can_ask_for_a_figure(ax, monkeypatch):
    ax.bar(["a"], [2])
    monkeypatch.setattr(sys.modules["__main__"], "ax", ax, raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "text", "no figure", raising=False)
    assert ask_figure("ax")["axes"][0]["bars"][0]["length"] == [2.0]
    assert isinstance(ask_figure("text"), NoAnswer)
    assert isinstance(ask_figure("nowhere"), NoAnswer)
