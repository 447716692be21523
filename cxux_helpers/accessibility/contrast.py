"""Contrast of two colours, as the Web Content Accessibility Guidelines measure it.

Nothing is rounded before it is compared: #777777 on white has 4.478, which rounds to 4.5, and fails.
"""

from __future__ import annotations

from numbers import Real
from typing import Literal

import numpy as np

from cxux_helpers.accessibility.colours import Colour, colour_channels, colour_hex
from cxux_helpers.arguments import require_number

__all__ = [
    "CONTRAST_MINIMUM",
    "contrast_level",
    "contrast_ratio",
    "is_large_text",
    "nearest_passing_colour",
    "relative_luminance",
]

Level = Literal["AAA", "AA", "fails"]
Part = Literal["text", "large text", "non-text"]

# The least ratio for each level: success criteria 1.4.3 (AA) and 1.4.6 (AAA) for text, 1.4.11 (AA) for the rest.
CONTRAST_MINIMUM: dict[Part, dict[Level, float]] = {
    "text": {"AAA": 7.0, "AA": 4.5},
    "large text": {"AAA": 4.5, "AA": 3.0},
    "non-text": {"AA": 3.0},
}

_WEIGHTS = np.array([0.2126, 0.7152, 0.0722])

# From linear red, green and blue to the cone responses of OKLab, and from their cube roots to L, a and b.
_TO_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_CONES, _FROM_LAB = np.linalg.inv(_TO_CONES), np.linalg.inv(_TO_LAB)

_STEPS = 2001  # lightnesses to try, several for each of the 256 greys
_HALVINGS = 20


def relative_luminance(colour: Colour) -> float:
    """Light that a colour sends, relative to white.

    From 0 for black to 1 for white: 0.2126 R + 0.7152 G + 0.0722 B, where each channel, as a share c from 0 to 1, is
    made linear as c / 12.92 up to 0.04045 and ((c + 0.055) / 1.055)^2.4 above. Older texts of the guidelines put the
    border at 0.03928; no colour of 8 bits per channel lies between the two.

    Parameters
    ----------
    colour : str or sequence of int
        As `cxux_helpers.accessibility.colours.colour_channels` reads it.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If it is no colour, or see-through.

    References
    ----------
    W3C (2023). *Web Content Accessibility Guidelines 2.2*, relative luminance.

    Examples
    --------
    >>> relative_luminance("white"), relative_luminance("#000")
    (1.0, 0.0)
    >>> relative_luminance("#ff0000")
    0.2126
    """
    return float(_luminance(np.array(colour_channels(colour))))


def contrast_ratio(first: Colour, second: Colour) -> float:
    """Contrast of two colours, from 1 (the same) to 21 (black and white). Higher is easier to read.

    (L₁ + 0.05) / (L₂ + 0.05), with L₁ the relative luminance of the lighter colour. It does not matter which of the
    two is the text. The value is not rounded; do not round it before you compare.

    This is the ratio of WCAG 2, not the lightness contrast of APCA, which minds which of the two is the text. It
    knows nothing of the width of the strokes, nor of how people with a colour vision deficiency see.

    Parameters
    ----------
    first, second : str or sequence of int
        Colours, as `cxux_helpers.accessibility.colours.colour_channels` reads them.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If one is no colour, or see-through.

    References
    ----------
    W3C (2023). *Web Content Accessibility Guidelines 2.2*, contrast ratio.

    Examples
    --------
    >>> contrast_ratio("#000", "#fff")
    21.0
    >>> round(contrast_ratio("#0000ff", "#ffffff"), 2)
    8.59
    >>> contrast_ratio("#777777", "white") >= 4.5
    False
    """
    return float(_ratio(_luminance(np.array([colour_channels(first), colour_channels(second)]))))


def is_large_text(size_pt: float, *, bold: bool = False) -> bool:
    """Whether text is large in the sense of the guidelines: 18 points or more, or 14 points or more and bold.

    A point of CSS is 4/3 pixels, so the borders are 24 pixels, and 18 2/3 pixels if bold.

    Parameters
    ----------
    size_pt : float
        Size of the letters, in points.
    bold : bool
        Whether they are bold, which begins at a font weight of 700.

    Raises
    ------
    ValueError
        If the size is not above 0.

    Examples
    --------
    >>> is_large_text(18), is_large_text(14), is_large_text(14, bold=True)
    (True, False, True)
    """
    require_number("size_pt", size_pt, above=0, remedy="Give points; 1 pixel is 0.75 points.")
    return size_pt >= (14 if bold else 18)


def contrast_level(
    first: float | Colour,
    second: Colour | None = None,
    *,
    size_pt: float = 12,
    bold: bool = False,
    non_text: bool = False,
) -> Level:
    """Best level of WCAG 2.2 that a contrast reaches: "AAA", "AA" or "fails".

    ============================== ===== =====
    part of the page               AA    AAA
    ============================== ===== =====
    text                           4.5   7
    large text (`is_large_text`)   3     4.5
    buttons, icons, lines in plots 3     none
    ============================== ===== =====

    Logos, decoration, and controls that are switched off need no contrast.

    Parameters
    ----------
    first : float, or str or sequence of int
        A contrast ratio, unrounded; or, together with `second`, a colour.
    second : str or sequence of int, optional
        The other colour.
    size_pt, bold
        Size of the text in points, and whether it is bold.
    non_text : bool
        Whether it is no text, but a part that people must see to use or understand the page.

    Returns
    -------
    str

    Raises
    ------
    ValueError
        If the ratio is not from 1 to 21, a colour cannot be read or has no second, or the size is not above 0.

    Examples
    --------
    >>> contrast_level("#767676", "white"), contrast_level("#777777", "white")
    ('AA', 'fails')
    >>> contrast_level("#777777", "white", size_pt=18), contrast_level(3.2, non_text=True)
    ('AA', 'AA')
    """
    part: Part = "non-text" if non_text else "large text" if is_large_text(size_pt, bold=bold) else "text"
    ratio, levels = _given_ratio(first, second), CONTRAST_MINIMUM[part]
    return next((level for level, least in levels.items() if ratio >= least), "fails")


def nearest_passing_colour(colour: Colour, background: Colour, *, ratio: float = 4.5) -> str:
    """Colour of the same hue that reaches a contrast ratio, as near as possible to the one given.

    Lightness is changed in OKLab, where equal steps look about equally large, and the hue is kept. Chroma is kept as
    well, unless the screen has no such colour at that lightness; then it shrinks as far as needed. Of the colours
    with 8 bits per channel that come of this, and whose unrounded ratio passes, the one at the smallest distance in
    OKLab is chosen, be it darker or lighter. Rounding to 8 bits moves the hue a little, which shows in very dark
    colours only.

    Parameters
    ----------
    colour : str or sequence of int
        The colour to mend.
    background : str or sequence of int
        The colour beside it, which stays.
    ratio : float
        Contrast ratio to reach, from 1 to 21.

    Returns
    -------
    str
        ``#`` and six hexadecimal digits; the colour itself if it passes already.

    Raises
    ------
    ValueError
        If no colour reaches the ratio on this background, the ratio is not from 1 to 21, or a colour cannot be read.

    References
    ----------
    Ottosson, B. (2020). A perceptual color space for image processing. https://bottosson.github.io/posts/oklab/

    Examples
    --------
    >>> nearest_passing_colour("#777777", "white")
    '#767676'
    >>> nearest_passing_colour("navy", "white")
    '#000080'
    """
    _require_ratio("ratio", ratio)
    given, ground = np.array(colour_channels(colour)), _luminance(np.array(colour_channels(background)))
    if _ratio(np.array([_luminance(given), ground])) >= ratio:
        return colour_hex(colour)
    lab = _oklab(given)
    tried = _same_hue(lab)
    luminances = _luminance(tried)
    passing = tried[_ratio(np.stack([luminances, np.full_like(luminances, ground)])) >= ratio]
    if not len(passing):
        black, white = (contrast_ratio(end, background) for end in ("black", "white"))
        raise ValueError(
            f"no colour reaches {ratio:g} on {colour_hex(background)}: black has {black:.2f} there and white "
            f"{white:.2f}. Change the background, or ask for less."
        )
    nearest = passing[np.linalg.norm(_oklab(passing) - lab, axis=-1).argmin()]
    return colour_hex([int(channel) for channel in nearest])


def _given_ratio(first: float | Colour, second: Colour | None) -> float:
    if second is not None:
        return contrast_ratio(first, second)  # type: ignore[arg-type]
    if not isinstance(first, Real):
        raise ValueError(f"colour {first!r} stands alone. Give a second colour, or the ratio of the two.")
    _require_ratio("ratio", first)
    return float(first)


def _require_ratio(name: str, ratio: float) -> None:
    require_number(name, ratio, low=1, high=21, remedy="Write 4.5 for 4.5:1.")


def _linear(channels: np.ndarray) -> np.ndarray:
    share = channels / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def _eight_bits(linear: np.ndarray) -> np.ndarray:
    light = np.clip(linear, 0, 1)
    share = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.asarray(np.rint(255 * share), dtype=int)


def _luminance(channels: np.ndarray) -> np.ndarray:
    luminance: np.ndarray = _linear(channels) @ _WEIGHTS
    return luminance


def _ratio(luminances: np.ndarray) -> np.ndarray:
    """Contrast ratio along the first axis, which holds two luminances."""
    ratio: np.ndarray = (luminances.max(axis=0) + 0.05) / (luminances.min(axis=0) + 0.05)
    return ratio


def _oklab(channels: np.ndarray) -> np.ndarray:
    lab: np.ndarray = np.cbrt(_linear(channels) @ _TO_CONES.T) @ _TO_LAB.T
    return lab


def _same_hue(lab: np.ndarray) -> np.ndarray:
    """Colours of 8 bits from black to white with the hue of `lab`, and its chroma as far as the screen has it."""
    lightness = np.linspace(0, 1, _STEPS)
    # The largest share of the chroma that can be shown lies between `kept` and `lost`; halve until they meet.
    lost = np.ones(_STEPS)
    kept = np.where(_can_be_shown(lightness, lab, lost), 1.0, 0.0)
    for _ in range(_HALVINGS):
        middle = (kept + lost) / 2
        shown = _can_be_shown(lightness, lab, middle)
        kept, lost = np.where(shown, middle, kept), np.where(shown, lost, middle)
    return _eight_bits(_screen_light(lightness, lab, kept))


def _screen_light(lightness: np.ndarray, lab: np.ndarray, share: np.ndarray) -> np.ndarray:
    colours = np.stack([lightness, share * lab[1], share * lab[2]], axis=-1)
    light: np.ndarray = (colours @ _FROM_LAB.T) ** 3 @ _FROM_CONES.T
    return light


def _can_be_shown(lightness: np.ndarray, lab: np.ndarray, share: np.ndarray) -> np.ndarray:
    light = _screen_light(lightness, lab, share)
    return np.asarray(((light > -1e-6) & (light < 1 + 1e-6)).all(axis=-1))
