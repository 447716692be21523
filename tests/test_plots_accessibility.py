"""Tests of the pictures of accessibility: what is drawn, that it can be read, and that its words say the same."""

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from cxux_helpers.accessibility.contrast import contrast_ratio
from cxux_helpers.accessibility.readability import readability
from cxux_helpers.plots import accessibility as plots

PAIRS = {
    "Body text": ("black", "white"),
    "Link": ("#767676", "white"),
    "Hint": ("#777777", "#fff"),
    "A button with a long name": ((255, 255, 255), "#e69f00"),
}
TEXT = readability("One two three. " * 4 + "word " * 30 + ". Short one.")

PICTURES = {
    "contrast": (PAIRS,),
    "contrast of one": ({"Title": ("red", "green")},),
    "readability": (TEXT,),
    "readability of one sentence": (readability("Just one."),),
    "readability of a long text": (readability("A short sentence. " * 150), 2),
}


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
def test_words_are_two_sentences(name):
    words = function("describe", name)(*PICTURES[name])
    assert words.endswith(".")
    assert words.replace(". ", ".|").count("|") == 1


# -- contrast ----------------------------------------------------------------------------------------------------------


def test_contrast_draws_each_ratio_and_tells_its_level_by_marker_and_words():
    ax = plots.plot_contrast(PAIRS)
    points = [line for line in ax.get_lines() if line.get_marker() not in ("None", "")]
    assert [point.get_xdata()[0] for point in points] == [contrast_ratio(*pair) for pair in PAIRS.values()]
    assert len({point.get_marker() for point in points}) == 4
    # 4.478, rounded down.
    texts = {text.get_text() for text in ax.texts}
    assert {"21.00  AAA", "4.54  AA", "4.47  only large text and signs", "2.25  fails", "AA", "AAA", "large"} <= texts


def test_contrast_shows_the_three_borders_and_a_sample_of_each_pair():
    ax = plots.plot_contrast(PAIRS)
    borders = [line.get_xdata()[0] for line in ax.get_lines() if line.get_linestyle() == "--"]
    assert sorted(borders) == [3, 4.5, 7]
    grounds = [to_hex(patch.get_facecolor()) for patch in ax.patches if isinstance(patch, Rectangle)]
    samples = [to_hex(text.get_color()) for text in ax.texts if text.get_text() == "Aa"]
    assert grounds == ["#ffffff", "#ffffff", "#ffffff", "#e69f00"]
    assert samples == ["#000000", "#767676", "#777777", "#ffffff"]


def test_contrast_in_words():
    assert plots.describe_contrast(PAIRS) == (
        "Of 4 pairs of colours, 2 can carry text of any size, for which AA asks 4.5. By level, AAA: Body text (21.00); "
        "AA: Link (4.54); only large text and signs: Hint (4.47); fails: A button with a long name (2.25)."
    )
    assert plots.describe_contrast({"x": ("#777", "white")}).startswith("Of 1 pair of colours, none can carry text")


@pytest.mark.parametrize("draw", [plots.plot_contrast, plots.describe_contrast])
def test_contrast_explains_what_is_wrong(draw):
    with pytest.raises(ValueError, match=r"pairs is empty\. Give a name for each pair"):
        draw({})
    with pytest.raises(ValueError, match="colour is 'ink'"):
        draw({"x": ("ink", "white")})


# -- readability -------------------------------------------------------------------------------------------------------


def test_readability_draws_the_words_of_each_sentence_and_hatches_the_long_ones():
    ax = plots.plot_readability(TEXT, 25)
    bars = sorted(ax.patches, key=lambda bar: bar.get_x())
    assert [bar.get_height() for bar in bars] == [3, 3, 3, 3, 30, 2]
    assert [bool(bar.get_hatch()) for bar in bars] == [False, False, False, False, True, False]
    assert [text.get_text() for text in ax.texts] == ["30"]
    assert ax.get_lines()[0].get_ydata()[0] == 25


def test_readability_in_words():
    ease = f"{TEXT.reading_ease:.0f}"
    assert plots.describe_readability(TEXT) == (
        "Of 6 sentences, 1 has 25 words or more; the average is 7.3. The longest is sentence 5, with 30 words, and the "
        f"reading ease of the text is {ease} (very easy)."
    )
    assert plots.describe_readability(TEXT, 3).startswith("Of 6 sentences, 5 have 3 words or more")
    assert plots.describe_readability(readability("Stop")).startswith("Of 1 sentence, none has 25 words or more")


@pytest.mark.parametrize("draw", [plots.plot_readability, plots.describe_readability])
def test_readability_explains_what_is_wrong(draw):
    with pytest.raises(ValueError, match="long is 0, but must be a whole number of 1 or more"):
        draw(TEXT, 0)
