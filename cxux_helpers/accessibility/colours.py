"""Colours as people write them: hexadecimal, red-green-blue, and the names of CSS."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Iterable, Sequence
from numbers import Integral
from typing import TypeAlias

import numpy as np

from cxux_helpers.arguments import require_number

__all__ = ["COLOUR_NAMES", "Colour", "colour_channels", "colour_hex", "lightness", "with_lightness"]

Colour: TypeAlias = str | Sequence[int]

# Names and values of CSS Color 4; every "gray" may be spelled "grey".
_CSS = """
    aliceblue f0f8ff antiquewhite faebd7 aqua 00ffff aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4
    black 000000 blanchedalmond ffebcd blue 0000ff blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0
    chartreuse 7fff00 chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff
    darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkkhaki bdb76b
    darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 darksalmon e9967a
    darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkturquoise 00ced1 darkviolet 9400d3
    deeppink ff1493 deepskyblue 00bfff dimgray 696969 dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0
    forestgreen 228b22 fuchsia ff00ff gainsboro dcdcdc ghostwhite f8f8ff gold ffd700 goldenrod daa520 gray 808080
    green 008000 greenyellow adff2f honeydew f0fff0 hotpink ff69b4 indianred cd5c5c indigo 4b0082 ivory fffff0
    khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 lemonchiffon fffacd lightblue add8e6
    lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 lightgray d3d3d3 lightgreen 90ee90 lightpink ffb6c1
    lightsalmon ffa07a lightseagreen 20b2aa lightskyblue 87cefa lightslategray 778899 lightsteelblue b0c4de
    lightyellow ffffe0 lime 00ff00 limegreen 32cd32 linen faf0e6 magenta ff00ff maroon 800000 mediumaquamarine 66cdaa
    mediumblue 0000cd mediumorchid ba55d3 mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee
    mediumspringgreen 00fa9a mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa
    mistyrose ffe4e1 moccasin ffe4b5 navajowhite ffdead navy 000080 oldlace fdf5e6 olive 808000 olivedrab 6b8e23
    orange ffa500 orangered ff4500 orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee
    palevioletred db7093 papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6
    purple 800080 rebeccapurple 663399 red ff0000 rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072
    sandybrown f4a460 seagreen 2e8b57 seashell fff5ee sienna a0522d silver c0c0c0 skyblue 87ceeb slateblue 6a5acd
    slategray 708090 snow fffafa springgreen 00ff7f steelblue 4682b4 tan d2b48c teal 008080 thistle d8bfd8
    tomato ff6347 turquoise 40e0d0 violet ee82ee wheat f5deb3 white ffffff whitesmoke f5f5f5 yellow ffff00
    yellowgreen 9acd32
"""
COLOUR_NAMES = {name: f"#{digits}" for name, digits in re.findall(r"(\S+) (\S+)", _CSS)}

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*([0-9]{1,3})(?:\s*,\s*|\s+)([0-9]{1,3})(?:\s*,\s*|\s+)([0-9]{1,3})\s*\)")
_SEE_THROUGH = re.compile(r"transparent|#(?:[0-9a-f]{4}|[0-9a-f]{8})|(?:rgba|hsla)\(.*\)|[a-z]+\(.*/.*\)")

_FORMS = (
    "Write it as '#1a2b3c', '#abc', 'rgb(26, 43, 60)', a name of CSS such as 'navy', or three whole numbers from 0 "
    "to 255."
)
_NO_ALPHA = (
    "A see-through colour has no contrast of its own: mix it with what lies behind it, and give the colour that "
    "people see."
)


def colour_channels(colour: Colour) -> tuple[int, int, int]:
    """Red, green and blue of a colour, each a whole number from 0 to 255.

    Parameters
    ----------
    colour : str or sequence of int
        Hexadecimal (``"#1a2b3c"`` or ``"#abc"``), ``"rgb(26, 43, 60)"``, a name of CSS, or three whole numbers.

    Returns
    -------
    tuple of int

    Raises
    ------
    ValueError
        If it is no colour, or see-through.

    Examples
    --------
    >>> colour_channels("#fc0")
    (255, 204, 0)
    >>> colour_channels("rebeccapurple")
    (102, 51, 153)
    >>> colour_channels((0.1, 0.2, 0.3))
    Traceback (most recent call last):
    ValueError: colour is (0.1, 0.2, 0.3), but each channel must be a whole number from 0 to 255. Multiply shares \
from 0 to 1 by 255 and round them.
    """
    if isinstance(colour, str):
        return _channels_of_text(colour)
    channels = tuple(colour) if isinstance(colour, Iterable) else ()
    if len(channels) == 4:
        raise ValueError(f"colour is {colour!r}, which has four channels. {_NO_ALPHA}")
    if len(channels) != 3:
        raise ValueError(f"colour is {colour!r}, which is no colour. {_FORMS}")
    whole = all(isinstance(value, Integral) and not isinstance(value, bool | np.bool_) for value in channels)
    if not whole or not all(0 <= value <= 255 for value in channels):
        raise ValueError(
            f"colour is {colour!r}, but each channel must be a whole number from 0 to 255. Multiply shares from 0 to "
            "1 by 255 and round them."
        )
    red, green, blue = map(int, channels)
    return red, green, blue


def colour_hex(colour: Colour) -> str:
    """Write a colour as ``#`` and six hexadecimal digits.

    Examples
    --------
    >>> colour_hex((255, 204, 0)), colour_hex("Grey")
    ('#ffcc00', '#808080')
    """
    return "#{:02x}{:02x}{:02x}".format(*colour_channels(colour))


def lightness(colour: Colour) -> int:
    """Lightness of a colour (HLS), in whole percent: 0 for black, 100 for white.

    Examples
    --------
    >>> lightness("navy"), lightness("#ffffff")
    (25, 100)
    """
    return round(100 * colorsys.rgb_to_hls(*_shares(colour))[1])


def with_lightness(colour: Colour, percent: float, *, like: Colour | None = None) -> str:
    """The colour with another lightness (HLS), hue and saturation kept.

    Parameters
    ----------
    colour : Colour
        As `colour_channels` takes it.
    percent : float
        The lightness, from 0 to 100.
    like : Colour, optional
        Lends hue and saturation to black, white and greys, which have none.

    Returns
    -------
    str
        As ``#`` and six digits.

    Raises
    ------
    ValueError
        If `percent` is out of range, or a colour cannot be read.

    Examples
    --------
    >>> with_lightness("#336699", 20), with_lightness("#000000", 40, like="#336699")
    ('#19334d', '#336699')
    """
    require_number("percent", percent, low=0, high=100)
    hue, _, saturation = colorsys.rgb_to_hls(*_shares(colour if like is None else like))
    return colour_hex([round(255 * value) for value in colorsys.hls_to_rgb(hue, percent / 100, saturation)])


def _shares(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = colour_channels(colour)
    return red / 255, green / 255, blue / 255


def _channels_of_text(colour: str) -> tuple[int, int, int]:
    text = colour.strip().lower()
    text = COLOUR_NAMES.get(text.replace("grey", "gray"), text)
    if _SEE_THROUGH.fullmatch(text):
        raise ValueError(f"colour is {colour!r}, which is see-through. {_NO_ALPHA}")
    if _HEX.fullmatch(text):
        long = text if len(text) == 7 else "#" + "".join(2 * digit for digit in text[1:])
        numbers = [int(long[i : i + 2], 16) for i in (1, 3, 5)]
    elif written := _RGB.fullmatch(text):
        numbers = [int(number) for number in written.groups()]
    else:
        raise ValueError(f"colour is {colour!r}, which is no colour. {_FORMS}")
    return colour_channels(numbers)
