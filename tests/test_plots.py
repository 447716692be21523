"""Tests of cxux_helpers.plots: what is drawn, that it can be read, and that its words say the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers import plots
from cxux_helpers.datasets import load_cdnow, make_orders
from cxux_helpers.segmentation import name_segments, rfm, rfm_scores, segment_profile, segments_by_cuts


@pytest.fixture(scope="module")
def table():
    return rfm(load_cdnow(), as_of="1998-07-01")


@pytest.fixture(scope="module")
def segments(table):
    return segments_by_cuts(table, recent_days=180, frequent_orders=3, high_spend=100)


@pytest.fixture(scope="module")
def profile(table, segments):
    return segment_profile(table, segments)


@pytest.fixture
def silhouette():
    return pd.Series({2: 0.57, 3: 0.41, 4: 0.39}, name="silhouette").rename_axis("k")


@pytest.fixture
def stability():
    rows = {2: (0.95, 0.86, 0.99), 3: (0.91, 0.8, 0.97), 4: (0.7, 0.4, 0.97)}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["mean", "low", "high"]).rename_axis("k")


@pytest.fixture
def arguments(table, segments, profile, silhouette, stability):
    """What each picture is drawn from."""
    return {
        "segments": (profile,),
        "rfm": (table,),
        "rfm with segments": (table, segments),
        "scores": (rfm_scores(table),),
        "choice_of_k": (silhouette, stability),
    }


PICTURES = ["segments", "rfm", "rfm with segments", "scores", "choice_of_k"]


def function(kind, name):
    return getattr(plots, f"{kind}_{name.split()[0]}")


def written(ax):
    """All texts of the picture that are visible and not empty."""
    FigureCanvasAgg(ax.figure).draw()
    return [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


def luminance(colour):
    channels = np.array(to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]


def contrast(one, other):
    darker, lighter = sorted([luminance(one), luminance(other)])
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_on_the_axes_given_or_on_its_own(name, arguments):
    ax = Figure().add_subplot()
    assert function("plot", name)(*arguments[name], ax=ax) is ax
    own = function("plot", name)(*arguments[name])
    assert own.figure is not ax.figure


def is_cut_off(text, ax):
    box, page = text.get_window_extent(), ax.figure.bbox
    return box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_written_is_cut_off(name, arguments):
    ax = function("plot", name)(*arguments[name])
    assert len(written(ax)) > 5
    assert [text.get_text() for text in written(ax) if is_cut_off(text, ax)] == []


def test_long_segment_names_are_not_cut_off():
    orders, truth = make_orders(60)
    table, names = rfm(orders), "Customers who are: " + truth
    for ax in (plots.plot_segments(segment_profile(table, names)), plots.plot_rfm(table, names)):
        assert [text.get_text() for text in written(ax) if is_cut_off(text, ax)] == []


@pytest.mark.parametrize("name", PICTURES)
def test_words_are_two_sentences_and_leave_the_data_alone(name, arguments):
    before = [thing.copy(deep=True) for thing in arguments[name]]
    words = function("describe", name)(*arguments[name])
    function("plot", name)(*arguments[name])
    assert words.endswith(".")
    assert words.replace(". ", ".|").count("|") == 1
    assert all(thing.equals(copy) for thing, copy in zip(arguments[name], before, strict=True))


# -- segments -----------------------------------------------------------------------------------------------


def test_segment_bars_are_as_long_as_the_shares_and_carry_them(profile):
    ax = plots.plot_segments(profile)
    customers, revenue = ([bar.get_width() for bar in bars] for bars in ax.containers)
    assert customers == profile["share_of_customers"].tolist()
    assert revenue == profile["share_of_revenue"].tolist()
    assert [label.get_text() for label in ax.get_yticklabels()] == profile.index.tolist()
    assert {"61%", "53%"} <= {text.get_text() for text in ax.texts}


def test_the_two_kinds_of_bars_differ_in_hatch_and_not_only_in_colour(profile):
    hatches = [{bar.get_hatch() for bar in bars} for bars in plots.plot_segments(profile).containers]
    assert hatches[0].isdisjoint(hatches[1])


def test_segments_in_words_name_the_largest_and_the_richest():
    table = pd.DataFrame({"recency": [1, 9, 9, 9], "frequency": 1, "monetary": [75.0, 5.0, 10.0, 10.0]})
    profile = segment_profile(table, pd.Series(["fans", "rest", "rest", "rest"]))
    assert plots.describe_segments(profile) == (
        "The largest of 2 segments is rest: 75% of 4 customers, who bring 25% of the revenue. "
        "Most revenue comes from fans: 75%, from 25% of the customers."
    )


def test_segments_without_any_revenue_can_be_drawn_and_told():
    table = pd.DataFrame({"recency": [1, 9], "frequency": 1, "monetary": 0.0})
    profile = segment_profile(table, pd.Series(["a", "b"]))
    assert "no share" in {text.get_text() for text in written(plots.plot_segments(profile))}
    assert "no share of the revenue" in plots.describe_segments(profile)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "0%"),
        (0.00001, "under 0.1%"),
        (0.0123, "1.2%"),
        (0.0994, "9.9%"),
        (0.0996, "10%"),
        (1 / 3, "33%"),
        (1, "100%"),
    ],
)
def test_shares_are_written_with_the_digits_that_matter(share, words):
    profile = pd.DataFrame(
        {"customers": [1], "share_of_customers": [1.0], "revenue": [1.0], "share_of_revenue": [share]}, index=["all"]
    )
    assert f"who bring {words} of the revenue" in plots.describe_segments(profile)


# -- recency and frequency ----------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 300)), min_size=1, max_size=30))
def test_cells_hold_every_customer_once(rows):
    table = pd.DataFrame(rows, columns=["recency", "frequency"]).assign(monetary=1.0)
    ax = plots.plot_rfm(table)
    assert ax.collections[0].get_array().sum() == len(table)
    assert sum(int(text.get_text().replace(",", "")) for text in ax.texts) == len(table)


def test_frequency_is_on_a_log_scale_in_classes_that_double(table):
    ax = plots.plot_rfm(table)
    assert ax.get_yscale() == "log"
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["1", "2", "3–4", "5–8", "9–16", "17–32", "33–64", "65–128", "129–256"]


def test_each_segment_has_its_own_marker_at_its_medians(table, segments, profile):
    lines = plots.plot_rfm(table, segments).get_lines()
    assert len({line.get_marker() for line in lines}) == len(profile)
    drawn = {line.get_label(): (line.get_xdata()[0], line.get_ydata()[0]) for line in lines}
    medians = profile[["median_recency", "median_frequency"]]
    assert drawn == {name: tuple(row) for name, row in zip(medians.index, medians.to_numpy(), strict=True)}


def test_rfm_in_words():
    table = pd.DataFrame({"recency": [3, 4, 70, 80], "frequency": [5, 1, 1, 1], "monetary": 9.0})
    first = "Of 4 customers, 75% ordered once, and half had their last order 37 or more days ago. "
    assert plots.describe_rfm(table) == (
        first + "The fullest cell has 2 customers with 1 order, the last 70 to under 84 days ago."
    )
    assert plots.describe_rfm(table, pd.Series(["new", "new", "old", "old"])) == (
        first + "The medians of the 2 segments reach from new (4 days, 3 orders) to old (75 days, 1 order)."
    )


# -- scores -------------------------------------------------------------------------------------------------


def test_score_cells_count_the_customers(table):
    scores = rfm_scores(table)
    cells = plots.plot_scores(scores).collections[0].get_array()
    assert cells.shape == (5, 5)
    for r in range(1, 6):
        for f in range(1, 6):
            drawn = cells[f - 1, r - 1]
            assert (0 if drawn is np.ma.masked else drawn) == ((scores["r"] == r) & (scores["f"] == f)).sum()


@pytest.mark.parametrize("name", ["rfm", "scores"])
def test_numbers_in_cells_can_be_read_on_their_colour(name, arguments):
    ax = function("plot", name)(*arguments[name])
    mesh = ax.collections[0]
    counts = mesh.get_array().compressed()
    texts = [text for text in ax.texts if text.get_text()]
    assert len(texts) == len(counts)
    for text in texts:
        ground = mesh.cmap(mesh.norm(float(text.get_text().replace(",", ""))))
        assert contrast(text.get_color(), ground) >= 4.5


def test_scores_in_words():
    scores = pd.DataFrame({"r": [2, 2, 1, 1, 1], "f": [2, 2, 1, 1, 1]})
    assert plots.describe_scores(scores) == (
        "Of 5 customers in 4 cells, most have recency score 1 and frequency score 1: 3, or 60%. "
        "The best score in both belongs to 2, or 40%, and 2 cells are empty."
    )


# -- number of clusters -------------------------------------------------------------------------------------


def test_choice_of_k_shows_both_lines_with_their_own_marker_and_stroke(silhouette, stability):
    stable, apart = plots.plot_choice_of_k(silhouette, stability).get_lines()
    assert stable.get_ydata().tolist() == stability["mean"].tolist()
    assert apart.get_ydata().tolist() == silhouette.tolist()
    assert stable.get_marker() != apart.get_marker()
    assert stable.get_linestyle() != apart.get_linestyle()


def test_choice_of_k_shows_a_negative_silhouette(silhouette, stability):
    ax = plots.plot_choice_of_k(silhouette - 0.8, stability)
    assert ax.get_ylim()[0] < (silhouette - 0.8).min()


def test_choice_of_k_in_words(silhouette, stability):
    assert plots.describe_choice_of_k(silhouette, stability) == (
        "The mean silhouette is highest for 2 clusters (0.57) and lowest for 4 (0.39). Clusterings of different "
        "samples agree most for 2 clusters (mean adjusted Rand index 0.95) and least for 4 (0.70)."
    )


# -- wrong input and small input ----------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["plot", "describe"])
@pytest.mark.parametrize(("name", "maker"), [("segments", "segment_profile"), ("rfm", "rfm"), ("scores", "rfm_scores")])
def test_the_wrong_table_is_refused_with_the_name_of_the_right_maker(kind, name, maker):
    with pytest.raises(ValueError, match=rf"is not in the table; it has: a\. Make the table with {maker}"):
        function(kind, name)(pd.DataFrame({"a": [1]}))


@pytest.mark.parametrize("kind", ["plot", "describe"])
def test_stability_without_its_mean_is_refused(kind, silhouette, stability):
    with pytest.raises(ValueError, match=r"column 'mean' is not .* Make the table with stability_by_k"):
        function(kind, "choice_of_k")(silhouette, stability.drop(columns="mean"))


def test_one_customer_can_be_drawn_and_told():
    table = pd.DataFrame({"recency": [0], "frequency": [1], "monetary": [0.0]})
    scores = rfm_scores(table)
    segments = name_segments(scores)
    for kind in ("plot", "describe"):
        assert function(kind, "rfm")(table)
        assert function(kind, "rfm")(table, segments)
        assert function(kind, "scores")(scores)
        assert function(kind, "segments")(segment_profile(table, segments))
