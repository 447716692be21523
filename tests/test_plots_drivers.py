"""Tests of the pictures of key drivers: what is drawn, that it can be read, and that its words say the same."""

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers.datasets.drivers import make_driver_survey
from cxux_helpers.drivers import DRIVER_QUADRANTS, driver_shares, importance_performance
from cxux_helpers.plots import drivers as plots

pytestmark = pytest.mark.filterwarnings("error")

SHARES = pd.DataFrame(
    {"correlation": [0.5, 0.3, 0.2], "johnson": [0.1, 0.6, 0.3], "lmg": [0.1, 0.5, 0.4]},
    index=["speed", "price", "help"],
)


@pytest.fixture(scope="module")
def survey():
    return make_driver_survey(seed=1)


@pytest.fixture(scope="module")
def quadrants(survey):
    return importance_performance(survey.data, "satisfaction", list(survey.truth.index))


@pytest.fixture
def arguments(survey, quadrants):
    """What each picture is drawn from."""
    return {
        "importance_performance": quadrants,
        "importance_performance of one driver": quadrants.head(1),
        "driver_shares": driver_shares(survey.data, "satisfaction", list(survey.truth.index)),
        "driver_shares of one method": SHARES[["lmg"]],
    }


PICTURES = [
    "importance_performance",
    "importance_performance of one driver",
    "driver_shares",
    "driver_shares of one method",
]


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
def test_a_picture_is_drawn_on_the_axes_given_or_on_its_own(name, arguments):
    ax = Figure().add_subplot()
    assert function("plot", name)(arguments[name], ax=ax) is ax
    assert function("plot", name)(arguments[name]).figure is not ax.figure


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_written_is_cut_off(name, arguments):
    ax = function("plot", name)(arguments[name])
    assert len(written(ax)) > 5
    assert [text.get_text() for text in written(ax) if is_cut_off(text, ax)] == []


def test_each_quadrant_has_a_marker_and_a_name_of_its_own(quadrants):
    ax = plots.plot_importance_performance(quadrants)
    points = ax.get_lines()[:4]
    assert len({point.get_marker() for point in points}) == 4
    for quadrant, point in zip(DRIVER_QUADRANTS, points, strict=True):
        some = quadrants[quadrants["quadrant"] == quadrant]
        assert point.get_xdata().tolist() == some["performance"].tolist()
        assert point.get_ydata().tolist() == some["importance"].tolist()
    assert {*DRIVER_QUADRANTS, *quadrants.index} <= {text.get_text() for text in ax.texts}
    across, upright = ax.get_lines()[-1], ax.get_lines()[-2]
    assert across.get_ydata()[0] == pytest.approx(quadrants["importance"].mean())
    assert upright.get_xdata()[0] == pytest.approx(quadrants["performance"].mean())


def test_quadrants_in_words():
    table = pd.DataFrame(
        {
            "importance": [0.3, 0.1, 0.2],
            "performance": [4.0, 8.0, 3.0],
            "quadrant": ["Concentrate here", "Possible overkill", "Concentrate here"],
        },
        index=["speed", "price", "help"],
    )
    assert plots.describe_importance_performance(table) == (
        "3 drivers, with lines at the mean importance of 0.20 and the mean rating of 5.0. Concentrate here: speed "
        "(importance 0.30, rated 4.0), help (importance 0.20, rated 3.0). Keep up the good work: none. Low priority: "
        "none. Possible overkill: price (importance 0.10, rated 8.0)."
    )


def test_shares_stand_in_the_order_of_the_last_method():
    ax = plots.plot_driver_shares(SHARES)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["price", "help", "speed"]
    assert [bar.get_width() for bar in ax.containers[0]] == [0.3, 0.2, 0.5]
    assert [bar.get_width() for bar in ax.containers[2]] == [0.5, 0.4, 0.1]
    assert len({bars[0].get_hatch() for bars in ax.containers}) == 3
    assert {"50%", "40%", "30%"} <= {text.get_text() for text in ax.texts}


def test_shares_in_words():
    assert plots.describe_driver_shares(SHARES) == (
        "Squared correlation: speed 50%, price 30%, help 20%. Johnson weights: price 60%, help 30%, speed 10%. "
        "LMG (Shapley): price 50%, help 40%, speed 10%. They do not agree on the first driver."
    )
    assert plots.describe_driver_shares(SHARES[["johnson", "lmg"]]).endswith("All put the same driver first.")
    assert plots.describe_driver_shares(SHARES[["lmg"]]) == "LMG (Shapley): price 50%, help 40%, speed 10%."


@pytest.mark.parametrize("kind", ["plot", "describe"])
def test_a_table_of_something_else_is_refused(kind):
    with pytest.raises(
        ValueError, match=r"column 'importance' is not in the table.* Make the table with importance_perf"
    ):
        function(kind, "importance_performance")(SHARES)
    with pytest.raises(ValueError, match="has none of the columns correlation, johnson, lmg; it has: x"):
        function(kind, "driver_shares")(pd.DataFrame({"x": [1]}))
