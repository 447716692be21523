"""Tests of cxux_helpers.pictures: a figure is never shown without its words."""

import base64
import io
import subprocess
import sys
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from cxux_helpers.pictures import Picture, picture

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'


class Tags(HTMLParser):
    """The elements and the text of a piece of HTML, as a browser would read them."""

    def __init__(self, html):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.text += data


def make_axes(**figure):
    ax = Figure(figsize=(3, 2), **figure).add_subplot()
    ax.plot([1, 3, 2])
    return ax


def pixels(shown):
    kind, content = shown.source.split(",", 1)
    assert kind == "data:image/png;base64"
    return Image.open(io.BytesIO(base64.b64decode(content))).convert("RGBA")


def test_a_picture_is_one_image_with_alt_text_that_fits_the_page():
    [(tag, attributes)] = Tags(picture(make_axes(), "A line goes up.")._repr_html_()).elements
    assert tag == "img"
    assert attributes["alt"] == "A line goes up."
    assert attributes["src"].startswith("data:image/png;base64,")
    assert "max-width:100%" in attributes["style"]


def test_a_caption_makes_it_a_figure():
    html = picture(make_axes(), "A line.", caption="Orders & returns")._repr_html_()
    assert [tag for tag, _ in Tags(html).elements] == ["figure", "img", "figcaption"]
    assert Tags(html).text == "Orders & returns"


@settings(deadline=None)
@given(st.text(min_size=1).filter(str.strip), st.text())
def test_any_alt_text_and_caption_come_through_and_no_markup_gets_in(alt, caption):
    tags = Tags(Picture("data:image/png;base64,", alt, caption)._repr_html_())
    assert {tag for tag, _ in tags.elements} <= {"figure", "img", "figcaption"}
    [image] = [attributes for tag, attributes in tags.elements if tag == "img"]
    assert set(image) == {"alt", "src", "style"}
    # A parser reads the three ways to end a line as one.
    assert image["alt"].split() == alt.split()
    assert tags.text.split() == caption.split()


def test_markup_in_the_alt_text_stays_text():
    html = picture(SVG, '"><script>alert(1)</script>')._repr_html_()
    assert "<script" not in html


@pytest.mark.parametrize("alt", ["", "  \n"])
def test_empty_alt_text_is_refused_with_the_remedy(alt):
    with pytest.raises(ValueError, match=r"the alternative text is empty\. Say .* what the picture shows"):
        picture(make_axes(), alt)


def test_notebook_gets_html_and_words_but_no_bare_image():
    shown = picture(make_axes(), "A line goes up.")
    bundle = shown._repr_mimebundle_()
    assert bundle == {"text/html": shown._repr_html_(), "text/plain": "A line goes up."}
    assert repr(shown) == "A line goes up."


def test_ipython_shows_the_same():
    from IPython.core.interactiveshell import InteractiveShell

    shown, _ = InteractiveShell().display_formatter.format(picture(make_axes(), "A line goes up."))
    assert set(shown) == {"text/html", "text/plain"}
    assert shown["text/plain"] == "A line goes up."


@pytest.mark.parametrize("background", ["black", "none"])
def test_background_is_white_whatever_the_figure_has(background):
    ax = make_axes(facecolor=background)
    before = ax.figure.get_facecolor()
    assert pixels(picture(ax, "A line.")).getpixel((0, 0)) == (255, 255, 255, 255)
    assert ax.figure.get_facecolor() == before


def test_axes_figure_and_subfigure_give_the_whole_figure():
    ax = make_axes()
    assert picture(ax, "A line.") == picture(ax.figure, "A line.")
    assert pixels(picture(ax, "A line.")).size == (300, 200)
    inner = Figure(figsize=(3, 2)).subfigures(1, 2)[0].add_subplot()
    assert pixels(picture(inner, "Half.")).size == (300, 200)


def test_svg_travels_inside_an_image():
    shown = picture(SVG, "A black box.")
    kind, content = shown.source.split(",", 1)
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(content).decode() == SVG


@pytest.mark.parametrize("thing", [None, 3, "picture.png", [make_axes()]])
def test_what_is_no_figure_is_refused(thing):
    with pytest.raises(TypeError, match=f"source is a {type(thing).__name__}. Give an Axes, a Figure or SVG text"):
        picture(thing, "Something.")


def test_showing_a_figure_leaves_pyplot_alone():
    code = (
        "import sys; from cxux_helpers import pictures, plots; from matplotlib.figure import Figure; "
        "pictures.picture(Figure().add_subplot(), 'Empty axes.'); sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
