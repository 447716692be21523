"""Tests of the picture of a wireframe: what is drawn where and in which colour, and that the words tell all of it."""

from dataclasses import replace

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import same_color
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cxux_helpers import plots
from cxux_helpers.wireframes import COMPONENT_KINDS, EXAMPLE_SYSTEM, Component, Wireframe, component_in_words
from tests.test_wireframes import GOOD

ALL_KINDS = Wireframe(
    "Everything", 360, 800,
    tuple(
        Component(kind, kind, f"Words of the {kind}", 16, 8 + 64 * place, 328, 56, placeholder="Grey words")
        for place, kind in enumerate(COMPONENT_KINDS)
    ),
)  # fmt: skip


def texts(ax):
    return {text.get_text().replace("\n", " "): text for text in ax.texts if text.get_text()}


def boxes(ax):
    return {
        (*patch.get_xy(), patch.get_width(), patch.get_height()): patch
        for patch in ax.patches
        if isinstance(patch, Rectangle)
    }


def test_every_kind_of_component_is_drawn_with_its_words():
    shown = texts(plots.plot_wireframe(ALL_KINDS, EXAMPLE_SYSTEM))
    for kind in COMPONENT_KINDS:
        assert any(words.endswith(f"Words of the {kind}") for words in shown), kind
    assert "Grey words" in shown and "! Words of the error" in shown and "‹ Words of the back" in shown


def test_a_component_stands_at_its_place_in_the_colours_and_size_of_its_tokens():
    ax = plots.plot_wireframe(GOOD, EXAMPLE_SYSTEM)
    save, shown = boxes(ax)[16, 496, 328, 48], texts(ax)
    assert same_color(save.get_facecolor(), "#0b57a4") and same_color(shown["Save address"].get_color(), "#ffffff")
    assert shown["Save address"].get_position() == (16 + 328 / 2, 496 + 48 / 2)
    head, body = shown["Your address"], shown["Street and number"]
    assert head.get_fontsize() / body.get_fontsize() == pytest.approx(28 / 16) and head.get_weight() == "bold"
    assert body.get_fontsize() == pytest.approx(16 * 0.72)  # an inch has 100 pixels and 72 points


def test_tokens_that_the_system_does_not_have_are_drawn_black_on_white():
    own = replace(GOOD.components[8], text_size="17", colour="#0f0", background="red")
    ax = plots.plot_wireframe(replace(GOOD, components=(own,)), EXAMPLE_SYSTEM)
    shown = texts(ax)["Save address"]
    assert same_color(shown.get_color(), "black") and shown.get_fontsize() == pytest.approx(16 * 0.72)
    assert same_color(boxes(ax)[16, 496, 328, 48].get_facecolor(), "white")


def test_what_lies_on_the_screens_own_paper_covers_no_neighbour():
    places = boxes(plots.plot_wireframe(GOOD, EXAMPLE_SYSTEM))
    assert (16, 288, 160, 24) not in places  # the hint, which touches the field above
    tinted = replace(GOOD, components=(replace(GOOD.components[4], background="tint"),))
    assert (16, 288, 160, 24) in boxes(plots.plot_wireframe(tinted, EXAMPLE_SYSTEM))


def test_long_words_are_broken_into_lines_and_none_is_lost():
    words = "We deliver to this address and to no other one in the whole wide world"
    one = replace(GOOD, components=(Component("text", "text", words, 16, 64, 200, 120),))
    shown = next(text.get_text() for text in plots.plot_wireframe(one, EXAMPLE_SYSTEM).texts)
    assert shown.count("\n") >= 2 and shown.replace("\n", " ") == words


def test_on_axes_of_another_size_all_shrinks_together():
    figure = Figure(figsize=(2, 3))
    ax = figure.add_axes((0, 0, 1, 1))
    assert plots.plot_wireframe(GOOD, EXAMPLE_SYSTEM, ax) is ax
    points = min(2 / 360, 3 / 640) * 72
    assert texts(ax)["Street and number"].get_fontsize() == pytest.approx(16 * points)
    assert ax.get_ylim() == (640, 0) and ax.get_xlim() == (0, 360)


def test_signs_of_mathematics_in_words_are_shown_as_they_are():
    one = replace(GOOD, components=(replace(GOOD.components[1], label="Pay $5 or $6_a"),))
    assert "Pay $5 or $6_a" in texts(plots.plot_wireframe(one, EXAMPLE_SYSTEM))


def test_the_picture_is_drawn_and_is_not_blank():
    canvas = FigureCanvasAgg(plots.plot_wireframe(ALL_KINDS, EXAMPLE_SYSTEM).figure)
    canvas.draw()
    assert len(np.unique(np.asarray(canvas.buffer_rgba()).reshape(-1, 4), axis=0)) > 20


def test_the_words_tell_every_component_in_reading_order():
    words = plots.describe_wireframe(GOOD, EXAMPLE_SYSTEM)
    assert words.startswith(
        "Wireframe: Your address, 360 by 640 pixels, drawn with the design system “Example system”. In reading order: "
    )
    places = [words.index(f"{number}. {component_in_words(one)}.") for number, one in enumerate(GOOD.components, 1)]
    assert places == sorted(places)
    assert plots.describe_wireframe(Wireframe("Bare", 9, 9), EXAMPLE_SYSTEM).endswith("In reading order: nothing yet.")
