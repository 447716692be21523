"""Tests of the colours of all pictures: they stand out from the page, and from each other for all eyes."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from cxux_helpers.accessibility import contrast_ratio
from cxux_helpers.plots.style import PALETTE

# Machado, Oliveira and Fernandes (2009), severity 1: what somebody sees of the linear red, green and blue of a screen.
EYES = {
    "typical": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}


def cielab(colour, eyes):
    """Lightness, and the two axes of colour, of CIE 1976, in which an equal distance looks about equally different."""
    screen = np.array(to_rgb(colour))
    linear = np.where(screen <= 0.04045, screen / 12.92, ((screen + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(EYES[eyes]) @ linear, 0, 1)
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]) @ seen
    share = xyz / [0.9505, 1.0, 1.089]
    f = np.where(share > (6 / 29) ** 3, np.cbrt(share), share / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def smallest_difference(colours, eyes):
    return min(np.linalg.norm(cielab(one, eyes) - cielab(other, eyes)) for one, other in combinations(colours, 2))


@pytest.mark.parametrize("colour", PALETTE)
def test_a_colour_stands_out_from_a_white_page_and_from_its_own_black_hatches(colour):
    assert contrast_ratio(colour, "white") >= 3
    hatched = {*PALETTE[:2], PALETTE[4], PALETTE[5]}
    assert colour not in hatched or contrast_ratio(colour, "black") >= 3


@pytest.mark.parametrize("eyes", EYES)
def test_any_two_colours_can_be_told_apart(eyes):
    # A difference of 2.3 is just noticeable; marks that are small and far apart need several times as much.
    assert smallest_difference(PALETTE, eyes) > 10


def test_the_measure_notices_two_colours_that_some_people_confuse():
    pink_and_grey = ("#CC79A7", "#999999")
    assert smallest_difference(pink_and_grey, "typical") > 25
    assert smallest_difference(pink_and_grey, "deuteranopia") < 10
