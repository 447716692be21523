"""Tests of cxux_helpers.accessibility.contrast and colours: luminance, ratio, level, nearest colour that passes."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import CSS4_COLORS

from cxux_helpers.accessibility.colours import COLOUR_NAMES, colour_channels, colour_hex
from cxux_helpers.accessibility.contrast import (
    _oklab,
    contrast_level,
    contrast_ratio,
    is_large_text,
    nearest_passing_colour,
    relative_luminance,
)

channels = st.integers(0, 255)
colours = st.tuples(channels, channels, channels)


# -- reading colours ---------------------------------------------------------------------------------------------------


def test_a_colour_may_be_written_in_many_ways():
    for way in ("#ffcc00", "#FC0", " #fc0 ", "rgb(255, 204, 0)", "rgb(255 204 0)", (255, 204, 0), [255, 204, 0]):
        assert colour_channels(way) == (255, 204, 0)
    assert colour_channels(np.array([255, 204, 0])) == (255, 204, 0)
    assert colour_hex("Grey") == colour_hex("gray") == "#808080"
    assert colour_hex("LightSlateGrey") == "#778899"


def test_names_are_those_of_css():
    # matplotlib keeps the table of CSS Color 4 as well.
    assert {name: colour_hex(name) for name in CSS4_COLORS} == {n: value.lower() for n, value in CSS4_COLORS.items()}
    assert set(COLOUR_NAMES) <= set(CSS4_COLORS)


@given(colours)
def test_hexadecimal_and_channels_say_the_same(colour):
    assert colour_channels(colour_hex(colour)) == colour


@pytest.mark.parametrize(
    ("colour", "message"),
    [
        ("#11223344", "colour is '#11223344', which is see-through. A see-through colour has no contrast of its own"),
        ("#1234", "see-through"),
        ("rgba(1, 2, 3, 0.5)", "see-through"),
        ("rgb(1 2 3 / 50%)", "see-through.*mix it with what lies behind it"),
        ("transparent", "see-through"),
        ((1, 2, 3, 255), "four channels"),
        ("#12345", r"colour is '#12345', which is no colour. Write it as '#1a2b3c'"),
        ("ffcc00", "no colour"),
        ("", "no colour"),
        ("var(--ink)", "no colour"),
        ("bluish", "no colour"),
        ((1, 2), "no colour"),
        (7, "no colour"),
        (None, "no colour"),
        ("rgb(1, 2, 256)", "each channel must be a whole number from 0 to 255"),
        ((0, 0, 256), "each channel must be a whole number from 0 to 255"),
        ((0, 0, -1), "each channel"),
        ((0.5, 0.5, 0.5), "Multiply shares from 0 to 1 by 255 and round them"),
        ((True, False, True), "each channel"),
        (("1", "2", "3"), "each channel"),
        ((math.nan, 0, 0), "each channel"),
    ],
)
def test_what_is_no_colour_is_refused_with_a_remedy(colour, message):
    with pytest.raises(ValueError, match=message):
        relative_luminance(colour)


# -- luminance and ratio -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        # Math for Web Design (Manning), by the formula of W3C.
        ("#000", "#fff", 21),
        ("#00f", "#fff", 8.59),
        ("#00f", "#f00", 2.15),
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_published_ratios(first, second, ratio):
    assert contrast_ratio(first, second) == pytest.approx(ratio, abs=0.005)


def test_published_luminance_and_ratios_to_many_digits():
    # README of the npm package contrast-ratio-checker.
    assert relative_luminance((255, 129, 0)) == pytest.approx(0.36960513804637335, rel=1e-12)
    assert contrast_ratio((255, 129, 0), (100, 0, 58)) == pytest.approx(5.235369975583679, rel=1e-12)
    assert contrast_ratio("#e5e5e5", "#ab0") == pytest.approx(1.698093107780376, rel=1e-12)


def test_luminance_weighs_the_three_colours():
    assert [relative_luminance(one) for one in ("red", "lime", "blue")] == pytest.approx([0.2126, 0.7152, 0.0722])
    # Below the border of 0.04045 the formula is a straight line: 10 / 255 = 0.0392, 11 / 255 = 0.0431.
    assert relative_luminance((10, 10, 10)) == pytest.approx(10 / 255 / 12.92)
    assert relative_luminance((11, 11, 11)) == pytest.approx(((11 / 255 + 0.055) / 1.055) ** 2.4)


@given(colours, colours)
def test_the_ratio_is_symmetric_and_within_its_bounds(first, second):
    ratio = contrast_ratio(first, second)
    assert 1 <= ratio <= 21 + 1e-9
    assert ratio == contrast_ratio(second, first)
    assert contrast_ratio(first, first) == 1


@given(colours, st.integers(0, 2))
def test_more_light_in_a_channel_never_darkens(colour, which):
    lighter = tuple(min(255, value + (i == which)) for i, value in enumerate(colour))
    assert relative_luminance(lighter) >= relative_luminance(colour)


# -- level -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ratio", "text", "large", "non_text"),
    [
        (21, "AAA", "AAA", "AA"),
        (7, "AAA", "AAA", "AA"),
        (6.9999, "AA", "AAA", "AA"),
        (4.5, "AA", "AAA", "AA"),
        (4.4999, "fails", "AA", "AA"),
        (3, "fails", "AA", "AA"),
        (2.9999, "fails", "fails", "fails"),
        (1, "fails", "fails", "fails"),
    ],
)
def test_levels_begin_at_the_borders_of_the_guidelines(ratio, text, large, non_text):
    # WCAG 2.2, success criteria 1.4.3, 1.4.6 and 1.4.11.
    assert contrast_level(ratio) == text
    assert contrast_level(ratio, size_pt=18) == large
    assert contrast_level(ratio, size_pt=14, bold=True) == large
    assert contrast_level(ratio, non_text=True) == non_text


def test_nothing_is_rounded_before_it_is_compared():
    assert round(contrast_ratio("#777", "white"), 1) == 4.5
    assert contrast_level("#777", "white") == "fails"
    assert contrast_level("#777", "white", size_pt=24) == "AA"
    assert contrast_level("#767676", "white") == "AA"


def test_large_text_has_18_points_or_14_if_bold():
    assert [is_large_text(size) for size in (17.9, 18, 24)] == [False, True, True]
    assert [is_large_text(size, bold=True) for size in (13.9, 14)] == [False, True]


@pytest.mark.parametrize(
    ("arguments", "options", "message"),
    [
        (("#777",), {}, "colour '#777' stands alone. Give a second colour"),
        ((0.5,), {}, "ratio is 0.5, but must be a number of 1 or more and up to 21. Write 4.5 for 4.5:1"),
        ((22,), {}, "ratio is 22"),
        ((math.nan,), {}, "ratio is nan"),
        ((True,), {}, "ratio is True"),
        ((4.5,), {"size_pt": 0}, "size_pt is 0, but must be a number above 0. Give points"),
        (("#777", "nothing"), {}, "colour is 'nothing'"),
    ],
)
def test_a_level_needs_a_ratio_or_two_colours(arguments, options, message):
    with pytest.raises(ValueError, match=message):
        contrast_level(*arguments, **options)


# -- the nearest colour that passes ------------------------------------------------------------------------------------


def hue_and_chroma(colour):
    _, a, b = _oklab(np.array(colour_channels(colour)))
    return math.degrees(math.atan2(b, a)), math.hypot(a, b)


def test_oklab_is_that_of_css():
    # Web platform tests, css-color/oklch-011: #008000 is oklch(51.975% 44.215% 142.495), and 100 % are 0.4.
    hue, chroma = hue_and_chroma("#008000")
    assert _oklab(np.array([0, 128, 0]))[0] == pytest.approx(0.51975, abs=5e-5)
    assert chroma == pytest.approx(0.4 * 0.44215, abs=5e-5)
    assert hue == pytest.approx(142.495, abs=0.02)


@pytest.mark.parametrize("colour", ["#777777", "#999999", "white", "#bbbbbb"])
def test_the_nearest_grey_on_white_is_the_well_known_one(colour):
    # #767676 has 4.54 and #777777 has 4.48: no grey lies between.
    assert nearest_passing_colour(colour, "white") == "#767676"


@settings(max_examples=20)
@given(channels, channels, st.sampled_from([3, 4.5, 7]))
def test_a_grey_goes_to_the_nearest_grey_that_passes(grey, ground, ratio):
    ground = (ground,) * 3
    passing = [one for one in range(256) if contrast_ratio((one,) * 3, ground) >= ratio]
    if not passing:
        with pytest.raises(ValueError, match="no colour reaches"):
            nearest_passing_colour((grey,) * 3, ground, ratio=ratio)
        return
    found = colour_channels(nearest_passing_colour((grey,) * 3, ground, ratio=ratio))
    # Lightness in OKLab is the cube root of the luminance of a grey.
    lightness = np.cbrt([relative_luminance((one,) * 3) for one in range(256)])
    assert len(set(found)) == 1
    nearest = min(abs(lightness[one] - lightness[grey]) for one in passing)
    assert abs(lightness[found[0]] - lightness[grey]) == pytest.approx(nearest, abs=1e-6)


@settings(max_examples=40)
@given(colours, colours, st.sampled_from([3, 4.5]))
def test_the_nearest_colour_passes_unrounded_and_stays(colour, ground, ratio):
    found = nearest_passing_colour(colour, ground, ratio=ratio)
    assert contrast_ratio(found, ground) >= ratio
    assert nearest_passing_colour(found, ground, ratio=ratio) == found
    if contrast_ratio(colour, ground) >= ratio:
        assert found == colour_hex(colour)


@pytest.mark.parametrize("colour", ["#e69f00", "#ff0000", "#56b4e9", "#cc79a7", "#00c853"])
def test_the_hue_is_kept_and_not_more_changed_than_needed(colour):
    found = nearest_passing_colour(colour, "white")
    (hue, chroma), (found_hue, found_chroma) = hue_and_chroma(colour), hue_and_chroma(found)
    assert found_hue == pytest.approx(hue, abs=1.5)
    assert found_chroma <= chroma + 0.005
    # It stops as soon as it passes: these colours fail on white, so the mended ones lie just above the border.
    assert 4.5 <= contrast_ratio(found, "white") < 4.56


def test_chroma_is_kept_where_the_screen_has_it():
    _, chroma = hue_and_chroma("#54779d")
    found = nearest_passing_colour("#54779d", "black", ratio=5.5)
    assert hue_and_chroma(found)[1] == pytest.approx(chroma, abs=0.004)


def test_the_nearer_side_is_taken():
    # On this grey both ends reach 3: a dark colour is mended towards black, a light one towards white.
    assert relative_luminance(nearest_passing_colour("#777777", "#888888", ratio=3)) < relative_luminance("#777777")
    assert relative_luminance(nearest_passing_colour("#bbbbbb", "#888888", ratio=3)) > relative_luminance("#bbbbbb")


def test_a_border_that_no_colour_reaches_is_an_error_with_the_best_there_is():
    message = (
        "no colour reaches 7 on #777777: black has 4.69 there and white 4.48. Change the background, or ask for less"
    )
    with pytest.raises(ValueError, match=message):
        nearest_passing_colour("red", "#777", ratio=7)
    with pytest.raises(ValueError, match="ratio is 0, but must be"):
        nearest_passing_colour("red", "white", ratio=0)
    with pytest.raises(ValueError, match="see-through"):
        nearest_passing_colour("red", "transparent")
