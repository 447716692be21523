"""Tests of the pictures of experiments: what is drawn, that it can be read, and that the words agree."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from cxux_helpers.experiments import power_of_proportions, simulate_peeking
from cxux_helpers.plots import experiments as plots

# A randomised trial in a coffee bar (Stat2Data TipJoke): who left a tip, of how many.
BAR = {"joke card": (30, 72), "advertisement": (14, 74), "none": (16, 65)}


@pytest.fixture(scope="module")
def by_looks():
    return {looks: simulate_peeking(looks=looks, runs=800) for looks in (10, 1, 5)}


@pytest.fixture
def arguments(by_looks):
    """What each picture is drawn from."""
    return {
        "arms": (BAR,),
        "arms of two groups": ({"old page": (48, 1000), "a new page with rather a long name": (50, 1000)},),
        "arms that are far apart": ({"none": (1, 400), "all": (399, 400)},),
        "power": (0.1, 0.12),
        "power of a large difference": (0.01, 0.99),
        "power of a tiny difference": (0.5, 0.501),
        "peeking": (by_looks,),
        "peeking once": ({1: by_looks[1]},),
    }


PICTURES = [
    "arms", "arms of two groups", "arms that are far apart", "power", "power of a large difference",
    "power of a tiny difference", "peeking", "peeking once",
]  # fmt: skip


def function(kind, name):
    return getattr(plots, f"{kind}_{name.split()[0]}")


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
def test_a_picture_is_drawn_on_the_axes_given_or_on_its_own(name, arguments):
    ax = Figure().add_subplot()
    assert function("plot", name)(*arguments[name], ax=ax) is ax
    assert function("plot", name)(*arguments[name]).figure is not ax.figure


@pytest.mark.parametrize("name", PICTURES)
def test_nothing_written_is_cut_off_or_covered_by_other_words(name, arguments):
    ax = function("plot", name)(*arguments[name])
    texts = written(ax)
    assert len(texts) > 5
    assert [text.get_text() for text in texts if is_cut_off(text, ax)] == []
    boxes = [(text.get_text(), text.get_window_extent()) for text in texts]
    assert [(one, other) for (one, box), (other, rest) in combinations(boxes, 2) if box.overlaps(rest)] == []


@pytest.mark.parametrize("name", PICTURES)
def test_words_are_whole_sentences(name, arguments):
    words = function("describe", name)(*arguments[name])
    assert words.endswith(".")
    assert "nan" not in words


# -- arms ---------------------------------------------------------------------------------------------------


def test_each_arm_has_its_share_and_interval():
    ax = plots.plot_arms(BAR)
    shares = next(line for line in ax.get_lines() if line.get_marker() == "o").get_xdata()
    assert shares == pytest.approx([30 / 72, 14 / 74, 16 / 65])
    assert [label.get_text() for label in ax.get_yticklabels()][:2] == ["joke card (n = 72)", "advertisement (n = 74)"]


def test_the_verdict_on_the_published_trial():
    # Counts: Stat2Data TipJoke, a randomised trial in a coffee bar; chi2 9.9533, df 2, p 0.0069.
    words = plots.describe_arms(BAR)
    assert words.startswith("joke card: 42% of 72 (95% interval 31% to 53%); advertisement: 19% of 74")
    verdict = (
        "p = 0.0069: chance alone would rarely make 3 groups differ as much as this. Which of them differ, this test "
        "does not say."
    )
    assert words.endswith(verdict)
    assert plots.plot_arms(BAR).get_title(loc="left").replace("\n", " ") == verdict


def test_the_verdict_depends_on_the_level_and_never_says_that_groups_are_alike():
    pair = {"a": (30, 72), "b": (16, 65)}  # p = 0.0355
    assert plots.describe_arms(pair).endswith("p = 0.036: chance alone would rarely make the two groups differ as "
                                              "much as this.")  # fmt: skip
    strict = plots.describe_arms(pair, level=0.01)
    assert strict.endswith("as much as this. That does not show that they are alike.")
    assert "chance alone may well make the two groups differ" in strict
    assert "p below 0.001: chance alone would rarely" in plots.describe_arms({"a": (1, 400), "b": (399, 400)})


@pytest.mark.parametrize(
    ("arms", "level", "message"),
    [
        ({"a": (3, 10)}, 0.05, "there are 1 groups, but a comparison needs two or more"),
        ({"a": (3, 10), "b": (11, 10)}, 0.05, "group 2 has 11 successes among 10"),
        ({"a": (0, 10), "b": (0, 10), "c": (0, 10)}, 0.05, "nobody, or everybody, did it in all groups"),
        (BAR, 5, "level is 5, but .* Write 0.05 for 5 %"),
    ],
)
@pytest.mark.parametrize("kind", ["plot", "describe"])
def test_arms_that_cannot_be_compared_are_refused(kind, arms, level, message):
    with pytest.raises(ValueError, match=message):
        function(kind, "arms")(arms, level=level)


# -- power --------------------------------------------------------------------------------------------------


def test_the_marked_number_of_people_is_the_first_with_the_wanted_power():
    ax = plots.plot_power(0.5, 0.75, power=0.9)
    marked = next(line for line in ax.get_lines() if line.get_marker() == "D")
    # 76.653 people by the arcsine formula.
    assert list(marked.get_xdata()) == [77]
    assert marked.get_ydata()[0] >= 0.9 > power_of_proportions(0.5, 0.75, 76)
    curve = next(line for line in ax.get_lines() if len(line.get_xdata()) > 10)
    assert (np.diff(curve.get_ydata()) >= 0).all()
    assert "77 in each group" in {text.get_text() for text in written(ax)}


def test_power_in_words():
    assert plots.describe_power(0.5, 0.75, power=0.9) == (
        "To tell a share of 50% from one of 75% with a power of 90% (level 5%), each group needs 77 people. With half "
        f"as many the power is {power_of_proportions(0.5, 0.75, 38):.0%}, with twice as many "
        f"{power_of_proportions(0.5, 0.75, 154):.0%}."
    )


@pytest.mark.parametrize("kind", ["plot", "describe"])
def test_power_for_no_difference_is_refused(kind):
    with pytest.raises(ValueError, match=r"both shares are 0\.1"):
        function(kind, "power")(0.1, 0.1)


# -- peeking ------------------------------------------------------------------------------------------------


def test_false_alarms_are_drawn_by_the_number_of_looks_in_order(by_looks):
    ax = plots.plot_peeking(by_looks)
    assert [label.get_text() for label in ax.get_xticklabels()] == ["1", "5", "10"]
    drawn = {container.get_label(): container.lines[0] for container in ax.containers}
    peeking = drawn["Stop at the first that shows one"]
    assert peeking.get_ydata() == pytest.approx([by_looks[looks].at_any_look.value for looks in (1, 5, 10)])
    assert peeking.get_marker() != drawn["Test once, at the end"].get_marker()
    level = next(line for line in ax.get_lines() if line.get_label() == "Promised: 5%")
    assert set(level.get_ydata()) == {0.05}


def test_peeking_in_words(by_looks):
    words = plots.describe_peeking(by_looks)
    one, ten = (f"{100 * by_looks[looks].at_any_look.value:.1f}" for looks in (1, 10))
    assert f"false alarms in {one}% with 1 look, " in words
    assert float(ten) > 12
    assert words.endswith("; 5% was promised.")
    assert plots.describe_peeking({1: by_looks[1]}).count(f"{one}%") == 2


@pytest.mark.parametrize("kind", ["plot", "describe"])
def test_looks_that_cannot_be_are_refused(kind, by_looks):
    with pytest.raises(ValueError, match=r"by_looks is empty\. Give a result of simulate_peeking"):
        function(kind, "peeking")({})
    with pytest.raises(ValueError, match="a number of looks is 0"):
        function(kind, "peeking")({0: by_looks[1]})
    with pytest.raises(ValueError, match="level is 5, but"):
        function(kind, "peeking")(by_looks, level=5)
