"""Tests of the pictures of customer value: what is drawn, that it can be read, and that its words say the same."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers.plots import value as plots
from cxux_helpers.value.lifetime_value import simple_clv
from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric

pytestmark = pytest.mark.filterwarnings("error")

# Fader and Hardie (2007), "High End".
HIGH_END = pd.DataFrame([[100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1]], index=["High End"])
MODEL = ShiftedBetaGeometric(0.668, 3.806)
COHORTS = pd.DataFrame([[100, 80, 60, 50], [100, 70, 50, None], [50, 45, None, None]], dtype="Int64")
TRACK = pd.DataFrame({"actual": [5, 10, 20, 40], "expected": [6.0, 11.0, 19.0, 30.0]}, index=[1, 2, 3, 4])

PICTURES = {
    "retention": (HIGH_END, MODEL),
    "retention of several cohorts": (COHORTS, MODEL),
    "retention without a model": (COHORTS,),
    "retention of one step": (HIGH_END.iloc[:, :2],),
    "clv": (100, 0.1, 0.8),
    "clv of those who leave": (100, 0.1, 0.02),
    "clv of those who stay": (25_000, 0, 0.97),
    "clv of a loss": (-20, 0.1, 0.35),
    "purchases": (TRACK, 2),
    "purchases without a forecast": (TRACK,),
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
    texts = [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [text for text in texts if text not in beyond]


def is_cut_off(text, ax):
    box, page = text.get_window_extent(), ax.figure.bbox
    return box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_on_the_axes_given_or_on_its_own(name):
    ax = Figure().add_subplot()
    assert function("plot", name)(*PICTURES[name], ax=ax) is ax
    assert function("plot", name)(*PICTURES[name]).figure is not ax.figure


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_written_is_cut_off(name):
    ax = function("plot", name)(*PICTURES[name])
    assert len(written(ax)) > 5
    assert [text.get_text() for text in written(ax) if is_cut_off(text, ax)] == []


@pytest.mark.parametrize("name", PICTURES)
def test_words_are_one_to_four_sentences(name):
    words = function("describe", name)(*PICTURES[name])
    assert words.endswith(".") and words.replace(". ", ".|").count("|") in range(4)


def line(ax, label):
    return next(line for line in ax.get_lines() if line.get_label() == label)


# -- retention ---------------------------------------------------------------------------------------------------------


def test_a_cohort_ends_in_a_ring_where_its_future_begins():
    ax = plots.plot_retention(COHORTS)
    assert [len(cohort.get_xdata()) for cohort in ax.get_lines()[:3]] == [4, 3, 2]
    rings = line(ax, "Its future begins")
    assert rings.get_xdata().tolist() == [3, 2, 1] and rings.get_ydata().tolist() == [0.5, 0.5, 0.9]
    # Together, by hand: 195/250, then 110/150, then 50/60.
    together = line(ax, "Together").get_ydata()
    assert np.asarray(together).tolist() == pytest.approx([1, 0.78, 0.78 * 110 / 150, 0.78 * 110 / 150 * 5 / 6])
    assert ax.get_ylim()[0] == 0


def test_the_model_goes_on_beyond_what_is_known():
    ax = plots.plot_retention(HIGH_END, MODEL)
    model = line(ax, "Model")
    assert model.get_xdata().tolist() == list(range(12))
    assert model.get_ydata().tolist() == MODEL.survival(range(12)).tolist()
    assert "known until here" in {text.get_text() for text in ax.texts}
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Known", "Model"]


def test_retention_in_words():
    assert plots.describe_retention(COHORTS) == (
        "3 cohorts, of which 1 is known up to age 3. 78% of the customers are still there at age 1, and 48% at age 3. "
        "The retention rate is 78% at age 1, and 76% from age 2 on."
    )
    words = plots.describe_retention(HIGH_END, MODEL)
    assert words.startswith("1 cohort, of which 1 is known up to age 7. 87% of the customers are still there at age 1")
    assert words.endswith("The model misses by at most 1.8% of the customers, and goes on to 40% at age 11.")
    assert "are known" in plots.describe_retention(COHORTS.iloc[:, :2])


# -- lifetime value ----------------------------------------------------------------------------------------------------


def test_the_curve_of_values_is_that_of_the_formula_and_marks_two_rates():
    ax = plots.plot_clv(100, 0.1, 0.8)
    curve = ax.get_lines()[0]
    values = [simple_clv(100, rate, 0.1) for rate in curve.get_xdata()]
    assert np.asarray(curve.get_ydata()).tolist() == values
    assert [point.get_xdata()[0] for point in ax.get_lines()[1:]] == [0.8, 0.85]
    assert len({point.get_marker() for point in ax.get_lines()[1:]}) == 2
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["267 at 80%", "340 at 85%"]


def test_value_in_words():
    # 80 / 0.3 and 85 / 0.25.
    assert plots.describe_clv(100, 0.1, 0.8) == (
        "With a margin of 100 per period and a discount rate of 10%, a customer with a retention rate of 80% is worth "
        "267. At 85% it is 340: the curve grows steeper as retention nears 100%."
    )
    assert plots.describe_clv(1.5, 0, 0.97).endswith("a retention rate of 97% is worth 48.50.")


@pytest.mark.parametrize("draw", [plots.plot_clv, plots.describe_clv])
def test_a_value_out_of_range_is_refused(draw):
    with pytest.raises(ValueError, match=r"retention is 80, but must be .* up to 0\.99\. Write 0\.8 for 80 %"):
        draw(100, 0.1, 80)
    with pytest.raises(ValueError, match=r"discount is -0\.1"):
        draw(100, -0.1, 0.8)


# -- repeat purchases --------------------------------------------------------------------------------------------------


def test_purchases_are_drawn_as_they_were_and_as_expected():
    ax = plots.plot_purchases(TRACK, 2)
    actual, expected = line(ax, "Actual"), line(ax, "Expected")
    assert actual.get_ydata().tolist() == [5, 10, 20, 40] and expected.get_ydata().tolist() == [6, 11, 19, 30]
    assert actual.get_linestyle() != expected.get_linestyle()
    assert "forecast" in {text.get_text() for text in ax.texts}
    assert "forecast" not in {text.get_text() for text in plots.plot_purchases(TRACK).texts}


def test_purchases_in_words():
    assert plots.describe_purchases(TRACK, 2) == (
        "After 4 periods customers had made 40 repeat purchases; the model expected 30, 25% too few. In the 2 periods "
        "of the forecast there were 30, and 19 were expected, 37% too few."
    )
    assert plots.describe_purchases(TRACK.head(2)).endswith("the model expected 11, 10% too many.")
    assert plots.describe_purchases(TRACK, 4) == plots.describe_purchases(TRACK)
    even = TRACK.assign(expected=TRACK["actual"])
    assert plots.describe_purchases(even).endswith("the model expected 40, as it was.")
    nobody = TRACK.assign(actual=0)
    assert plots.describe_purchases(nobody).endswith("the model expected 30, but there was none.")


@pytest.mark.parametrize("draw", [plots.plot_purchases, plots.describe_purchases])
def test_a_table_of_something_else_is_refused(draw):
    with pytest.raises(ValueError, match=r"column 'actual' is not in the table.* Make the table with track_purchases"):
        draw(HIGH_END)
    with pytest.raises(ValueError, match="fitted_until is -1"):
        draw(TRACK, -1)
