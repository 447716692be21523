"""Tests of cxux_helpers.plots.surveys: what is drawn, that it can be read, and that its words say the same."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers.datasets.surveys import make_kano_survey, make_survey
from cxux_helpers.estimates import Estimate, proportion
from cxux_helpers.plots import surveys as plots
from cxux_helpers.surveys.kano import kano, kano_from_counts
from cxux_helpers.surveys.nps import nps
from cxux_helpers.surveys.satisfaction import csat
from cxux_helpers.surveys.servqual import servqual_gap

# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")

PICTURES = ["estimates", "nps", "kano", "servqual", "servqual of items"]


@pytest.fixture(scope="module")
def answers():
    return make_survey(1000, seed=1).data


@pytest.fixture(scope="module")
def arguments(answers):
    """What each picture is drawn from."""
    rng = np.random.default_rng(0)
    expected = rng.integers(4, 8, (40, 22))
    gap = servqual_gap(expected, np.clip(expected - rng.integers(-1, 3, (40, 22)), 1, 7))
    return {
        "estimates": {segment: csat(own["csat"]) for segment, own in answers.groupby("segment")},
        "nps": answers["nps"],
        "kano": kano(make_kano_survey(seed=1).data),
        "servqual": gap.dimensions,
        "servqual of items": gap.items,
    }


def function(kind, name):
    return getattr(plots, f"{kind}_{name.split()[0]}")


def written(ax):
    """All texts of the picture that are drawn and not empty."""
    FigureCanvasAgg(ax.figure).draw()
    # matplotlib keeps a label for the tick beyond each end of an axis, and does not draw it.
    beyond = [
        tick.label1
        for axis in (ax.xaxis, ax.yaxis)
        for tick in axis.get_major_ticks()
        if not min(axis.get_view_interval()) <= tick.get_loc() <= max(axis.get_view_interval())
    ]
    texts = [text for text in ax.figure.findobj(Text) if text not in beyond]
    return [text for text in texts if text.get_visible() and text.get_text().strip()]


def words_in(ax):
    return [text.get_text() for text in written(ax)]


def is_cut_off(text, ax):
    box, page = text.get_window_extent(), ax.figure.bbox
    return box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1


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


@pytest.mark.parametrize("name", PICTURES)
def test_data_are_left_alone(name, arguments):
    data = arguments[name]
    before = dict(data) if isinstance(data, dict) else data.copy(deep=True)
    function("plot", name)(data)
    function("describe", name)(data)
    assert data == before if isinstance(data, dict) else data.equals(before)


# -- estimates ----------------------------------------------------------------------------------------------


def test_each_estimate_stands_on_its_interval(arguments):
    ax = plots.plot_estimates(arguments["estimates"])
    (lines,) = ax.collections
    for place, (segment, estimate) in zip(lines.get_segments(), arguments["estimates"].items(), strict=True):
        assert place[:, 0].tolist() == pytest.approx([estimate.low, estimate.high])
        assert f"{segment} (n = {estimate.n})" in words_in(ax)
    assert ax.lines[0].get_xdata().tolist() == [estimate.value for estimate in arguments["estimates"].values()]
    assert ax.get_xlabel() == "CSAT (top 2 of 5) and its 95% interval"


def test_estimates_in_words():
    shares = {"Shop": proportion(40, 50, name="CSAT"), "App": proportion(10, 50, name="CSAT")}
    assert plots.describe_estimates(shares) == (
        f"Of 2, Shop is highest: {shares['Shop']}. App is lowest: {shares['App']}; the intervals of the two do not "
        "overlap."
    )
    close = {"Shop": proportion(26, 50, name="CSAT"), "App": proportion(25, 50, name="CSAT")}
    assert plots.describe_estimates(close).endswith("the intervals of the two overlap.")
    assert plots.describe_estimates({"Shop": shares["Shop"]}).endswith("There is nothing to compare it with.")


@pytest.mark.parametrize(
    "estimates",
    [
        {},
        {"a": Estimate(1, 0, 2, 5, name="SEQ"), "b": Estimate(1, 0, 2, 5, name="CES")},
        {"a": Estimate(1, 0, 2, 5), "b": Estimate(1, 0, 2, 5, confidence=0.9)},
    ],
)
def test_estimates_of_different_kinds_are_not_drawn_together(estimates):
    for draw in (plots.plot_estimates, plots.describe_estimates):
        with pytest.raises(ValueError, match="Draw estimates of one metric at one level together"):
            draw(estimates)


# -- NPS ----------------------------------------------------------------------------------------------------


def test_bars_count_the_ratings_and_the_strip_has_the_score():
    ratings = [0, 6, 6, 7, 8, 9, 10, 10, 10, None]
    ax = plots.plot_nps(ratings, confidence=0.9)
    heights = {round(bar.get_x() + 0.4): bar.get_height() for bar in ax.patches}
    assert heights == {0: 1, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 2, 7: 1, 8: 1, 9: 1, 10: 3}
    assert str(nps(ratings, confidence=0.9)) in words_in(ax)
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "Detractors 0–6: 33%",
        "Passives 7–8: 22%",
        "Promoters 9–10: 44%",
    ]
    (strip,) = ax.child_axes
    score = nps(ratings, confidence=0.9)
    assert strip.lines[0].get_xdata() == pytest.approx([score.low, score.high])
    assert strip.get_xlim() == (-100, 100)


def test_groups_differ_in_more_than_colour():
    assert len({bar.get_hatch() for bar in plots.plot_nps(range(11)).patches}) == 3


def test_nps_in_words():
    ratings = [0, 6, 6, 7, 8, 9, 10, 10, 10, None]
    assert plots.describe_nps(ratings) == (
        "Of 9 customers, 44% are promoters, 22% passives and 33% detractors; the most frequent rating is 10. "
        f"{nps(ratings)}."
    )
    assert "90% interval" in plots.describe_nps(ratings, confidence=0.9)


# -- Kano ---------------------------------------------------------------------------------------------------


@pytest.fixture
def features():
    counts = {"Tracking": (30, 5, 3, 2, 0, 0), "Wrapping": (2, 3, 30, 5, 0, 0), "Points": (1, 2, 14, 13, 0, 0)}
    return kano_from_counts(pd.DataFrame.from_dict(counts, orient="index", columns=list("MOAIRQ")))


def test_each_feature_stands_at_its_coefficients_and_is_empty_if_not_clear(features):
    ax = plots.plot_kano(features)
    handles, labels = ax.get_legend_handles_labels()
    assert labels == ["1 Tracking: M", "2 Wrapping: A", "3 Points: A or I"]
    for handle, (_, row) in zip(handles, features.iterrows(), strict=True):
        assert (handle.get_xdata()[0], handle.get_ydata()[0]) == (-row["worse"], row["better"])
        assert (handle.get_markerfacecolor() == "white") == (not row["clear"])
    markers = [handle.get_marker() for handle in handles]
    assert markers[0] != markers[1] == markers[2]
    assert {"Attractive", "One-dimensional", "Indifferent", "Must-be"} <= set(words_in(ax))


def test_thin_lines_are_the_intervals(features):
    ax = plots.plot_kano(features.iloc[:1])
    row = features.iloc[0]
    spans = [line for line in ax.lines if len(line.get_xdata()) == 2 and line.get_linewidth() == 0.7]
    assert spans[0].get_xdata() == pytest.approx([-row["worse_high"], -row["worse_low"]])
    assert spans[1].get_ydata() == pytest.approx([row["better_low"], row["better_high"]])


def test_every_class_has_its_own_marker():
    counts = pd.DataFrame(np.eye(6, dtype=int) * 9, columns=list("MOAIRQ"), index=list("MOAIRQ"))
    handles, _ = plots.plot_kano(kano_from_counts(counts)).get_legend_handles_labels()
    assert len({handle.get_marker() for handle in handles}) == 6


def test_kano_in_words(features):
    assert plots.describe_kano(features) == (
        "Of 3 features, by class, must-be: Tracking; attractive: Wrapping, Points; the class is not clear for Points. "
        "Having Wrapping helps most (better 0.82), and lacking Tracking hurts most (worse -0.88)."
    )
    assert "the class is clear for all." in plots.describe_kano(features.iloc[:2])


# -- SERVQUAL -----------------------------------------------------------------------------------------------


@pytest.fixture
def gaps():
    rows = {"tangibles": (0.5, 0.2, 0.8), "empathy": (-1.25, -1.5, -1.0), "assurance": (-0.1, -0.4, 0.2)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["gap", "low", "high"])


def test_bars_are_gaps_with_their_intervals_and_numbers(gaps):
    ax = plots.plot_servqual(gaps)
    widths = {round(bar.get_y() + 0.3): bar.get_width() for bar in ax.patches}
    assert widths == {0: 0.5, 1: -1.25, 2: -0.1}
    assert {"+0.50", "-1.25", "-0.10", "tangibles", "Falls short", "Meets or exceeds"} <= set(words_in(ax))
    for lines in ax.collections:
        assert [segment[:, 0].tolist() for segment in lines.get_segments()] == [[0.2, 0.8], [-1.5, -1.0], [-0.4, 0.2]]


def test_a_service_that_never_falls_short_has_one_kind_of_bar(gaps):
    ax = plots.plot_servqual(gaps.iloc[:1])
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Meets or exceeds"]


def test_gaps_in_words(gaps):
    assert plots.describe_servqual(gaps) == (
        "The gap is lowest in empathy (-1.25) and highest in tangibles (+0.50). In 1 of 3 the service falls short of "
        "what customers expect by more than chance: the whole interval lies below 0."
    )
    assert "lowest in item 2 (-1.25)" in plots.describe_servqual(gaps.set_axis([1, 2, 3]))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("kano", pd.DataFrame({"class": ["M"]}), r"column 'second' is not .* Make the table with kano"),
        ("servqual", pd.DataFrame({"gap": [1]}), r"column 'low' is not .* servqual_gap"),
        ("nps", [11], "off the scale 0 to 10"),
    ],
)
def test_other_data_are_refused(name, data, message):
    for kind in ("plot", "describe"):
        with pytest.raises(ValueError, match=message):
            function(kind, name)(data)
