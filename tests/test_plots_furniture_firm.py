"""Tests of the pictures of the furniture firm: what is drawn, that it can be read, and that the words agree."""

from itertools import combinations, pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers.datasets.furniture_firm import FURNITURE_PROGRAMME
from cxux_helpers.furniture_firm import OUTCOMES, FurnitureFirm, WeekPlan, causes_of_change
from cxux_helpers.plots import furniture_firm as plots

FIRM = FurnitureFirm(1)


@pytest.fixture(scope="module")
def weeks():
    return FIRM.run(FURNITURE_PROGRAMME)


@pytest.fixture(scope="module")
def anyway():
    return FIRM.do_nothing()


@pytest.fixture
def pictures(weeks, anyway):
    """Every picture, as a function of where to draw."""
    causes, nothing = causes_of_change(FIRM, FURNITURE_PROGRAMME), causes_of_change(FIRM, WeekPlan(price_change=0.2))
    drawn = {
        "what the firm sees": lambda ax: plots.plot_firm(weeks, ax=ax),
        "the first week": lambda ax: plots.plot_firm(FIRM.run(FURNITURE_PROGRAMME[:1]), FIRM.do_nothing(1), ax),
        "causes": lambda ax: plots.plot_causes(causes, ax),
        "causes with a loss": lambda ax: plots.plot_causes(nothing, ax),
    }
    for outcome in OUTCOMES:
        drawn[outcome] = lambda ax, outcome=outcome: plots.plot_firm(weeks, anyway, ax, outcome=outcome)
    return drawn


PICTURES = ["what the firm sees", "the first week", "causes", "causes with a loss", *OUTCOMES]


def written(ax):
    """All texts of the picture that are visible and not empty."""
    FigureCanvasAgg(ax.figure).draw()
    beyond = set()  # labels of ticks outside the axes, which nobody draws
    for axis in (ax.xaxis, ax.yaxis):
        low, high = sorted(axis.get_view_interval())
        ticks = zip(axis.get_major_ticks(), axis.get_majorticklocs(), strict=True)
        beyond |= {label for tick, at in ticks if not low <= at <= high for label in (tick.label1, tick.label2)}
    texts = [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    return [text for text in texts if text not in beyond]


def is_cut_off(text, ax):
    box, page = text.get_window_extent(), ax.figure.bbox
    return box.x0 < page.x0 or box.y0 < page.y0 or box.x1 > page.x1 or box.y1 > page.y1


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_on_the_axes_given_or_on_its_own(name, pictures):
    ax = Figure().add_subplot()
    assert pictures[name](ax) is ax
    assert pictures[name](None).figure is not ax.figure


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_written_is_cut_off_or_covered_by_other_words(name, pictures):
    ax = pictures[name](None)
    texts = written(ax)
    assert len(texts) > 8
    assert [text.get_text() for text in texts if is_cut_off(text, ax)] == []
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    assert [(one, other) for (one, box), (other, rest) in combinations(boxes, 2) if box.overlaps(rest)] == []


def test_both_lines_are_totals_of_the_firm_and_part_only_after_the_measures_begin(weeks, anyway):
    ax = plots.plot_firm(weeks, anyway)
    lines = {line.get_label(): line for line in ax.get_lines()}
    done, undone = lines["What happened"], lines["What would have happened anyway"]
    assert done.get_ydata() == pytest.approx(weeks.groupby("week")["revenue"].sum().to_numpy())
    assert (done.get_ydata()[:12] == undone.get_ydata()[:12]).all()
    assert (done.get_ydata()[13:] > undone.get_ydata()[13:]).all()
    assert (done.get_marker(), done.get_linestyle()) != (undone.get_marker(), undone.get_linestyle())
    columns = [patch.get_height() for patch in ax.patches]
    assert columns == pytest.approx(weeks[weeks["week"] > 0].groupby("week")["measures"].sum().to_numpy())


def test_costs_are_drawn_beside_money_only_and_satisfaction_is_a_mean(weeks, anyway):
    assert plots.plot_firm(weeks, anyway, outcome="profit").patches
    ax = plots.plot_firm(weeks, anyway, outcome="satisfaction")
    assert not ax.patches
    assert ax.get_ylim()[1] < 5
    line = next(line for line in ax.get_lines() if line.get_label() == "What happened")
    assert all(3 < value < 5 for value in line.get_ydata())


def test_the_weeks_in_words(weeks, anyway):
    words = plots.describe_firm(weeks, anyway)

    def mean(table, late):
        return table[(table["week"] > 0) == late].groupby("week")["revenue"].sum().mean()

    for number in (mean(weeks, False), mean(weeks, True), mean(anyway, True), mean(weeks, True) - mean(anyway, True)):
        assert f"{number:,.0f} euro" in words
    assert words.startswith("Mean revenue of a week was ")
    assert "Without measures it would have been " in words
    assert words.endswith(f"{weeks['measures'].sum():,.0f} euro in all.")
    seen = plots.describe_firm(weeks)
    assert "Without measures" not in seen
    assert seen.count(". ") == 1


def test_losses_and_points_are_told_as_such(anyway):
    dear = FIRM.run(WeekPlan(price_change=0.2))
    assert "so they took away " in plots.describe_firm(dear, anyway)
    assert "Mean all costs of a week was" in plots.describe_firm(dear, anyway, outcome="costs")
    words = plots.describe_firm(dear, anyway, outcome="satisfaction")
    assert "so they took away 0.0" in words
    poor = FurnitureFirm(7)
    assert "was −" in plots.describe_firm(poor.do_nothing(), outcome="profit")


def test_causes_follow_one_another_up_to_all_of_it():
    causes = causes_of_change(FIRM, FURNITURE_PROGRAMME)
    ax = plots.plot_causes(causes)
    bars = [(patch.get_x(), patch.get_x() + patch.get_width()) for patch in ax.patches]
    assert bars[0][0] == 1
    for (_, end), (start, _) in pairwise(bars[:-1]):
        assert start == pytest.approx(end)
    assert bars[-1] == pytest.approx((1, causes.loc["all together", "factor"]))
    assert bars[-2][1] == pytest.approx(bars[-1][1])
    texts = {text.get_text() for text in written(ax)}
    assert {f"× {factor:.2f}" for factor in causes["factor"]} <= texts


def test_causes_in_words():
    causes = causes_of_change(FIRM, FURNITURE_PROGRAMME)
    factors = causes["factor"]
    words = plots.describe_causes(causes)
    assert words.startswith(
        f"Revenue became {factors['all together']:.2f} times what it was before the measures; they multiplied it by "
        f"{factors['measures']:.2f}, and "
    )
    for name, factor in factors.iloc[:-2].items():
        assert f"{name} {factor:.2f}" in words


def test_tables_of_other_weeks_or_causes_are_refused(weeks, anyway):
    for function in (plots.plot_firm, plots.describe_firm):
        with pytest.raises(ValueError, match="outcome is 'sales'; choose one of: visits"):
            function(weeks, outcome="sales")
        with pytest.raises(ValueError, match=r"anyway to week 5. Make it with do_nothing\(12\)"):
            function(weeks, FIRM.do_nothing(5))
        with pytest.raises(ValueError, match=r"weeks go from 1 to 12\. Keep weeks up to 0 and from 1 on"):
            function(weeks[weeks["week"] > 0], anyway)
    causes = causes_of_change(FIRM, FURNITURE_PROGRAMME)
    for function in (plots.plot_causes, plots.describe_causes):
        with pytest.raises(ValueError, match="the last rows are not 'measures' and 'all together'"):
            function(causes.iloc[:-1])
        with pytest.raises(ValueError, match="column 'factor' is not in the table"):
            function(causes[["share"]])
