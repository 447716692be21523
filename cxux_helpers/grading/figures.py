"""A student's figure as plain data: what is drawn, how it is labelled, and the words for who cannot see it.

`figure_facts` runs beside the student's code, as the whole of an expression of `ask` does. Its result is a claim like
any other answer, and is checked outside.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure

from cxux_helpers.pictures import Picture

__all__ = ["figure_facts"]


def figure_facts(drawn: Axes | Figure | Picture) -> dict[str, Any]:
    """Return what a figure shows.

    Parameters
    ----------
    drawn : Axes, Figure or Picture
        What a plot function returned, or what `cxux_helpers.pictures.picture` made of it.

    Returns
    -------
    dict
        Of a `Picture` its alternative text, as ``alt``. Of a figure ``axes``, a list with a dict for each: ``title``,
        ``x_label``, ``y_label``, ``x_ticks``, ``y_ticks`` and ``legend`` (texts), ``lines`` (``label``, ``x``, ``y``),
        ``bars`` (``label``, ``at``, ``length``; from below or from the left) and ``points`` (``label``, ``x``, ``y``).

    Raises
    ------
    TypeError
        If it is none of these.

    Examples
    --------
    >>> ax = Figure().add_subplot()
    >>> _ = ax.bar(["May", "June"], [3, 5], label="orders")
    >>> facts = figure_facts(ax)["axes"][0]
    >>> facts["bars"], facts["x_ticks"]
    ([{'label': 'orders', 'at': [0.0, 1.0], 'length': [3.0, 5.0]}], ['May', 'June'])
    """
    if isinstance(drawn, Picture):
        return {"alt": drawn.alt}
    if not isinstance(drawn, Axes | Figure):
        raise TypeError(f"a {type(drawn).__name__} is no figure. Give what the plot function returned.")
    return {"axes": [_facts(ax) for ax in (drawn.axes if isinstance(drawn, Figure) else [drawn])]}


def _facts(ax: Axes) -> dict[str, Any]:
    legend = ax.get_legend()
    ax.figure.canvas.draw()  # tick labels are written at the last moment
    return {
        "title": ax.get_title(),
        "x_label": ax.get_xlabel(),
        "y_label": ax.get_ylabel(),
        "x_ticks": [label.get_text() for label in ax.get_xticklabels()],
        "y_ticks": [label.get_text() for label in ax.get_yticklabels()],
        "legend": [text.get_text() for text in legend.get_texts()] if legend is not None else [],
        "lines": [_curve(line, line.get_xdata(orig=False), line.get_ydata(orig=False)) for line in ax.get_lines()],
        "bars": [_bars(bars) for bars in ax.containers if isinstance(bars, BarContainer)],
        "points": [
            _curve(dots, *np.asarray(dots.get_offsets()).T)
            for dots in ax.collections
            if isinstance(dots, PathCollection)
        ],
    }


def _curve(artist: Any, x: Any, y: Any) -> dict[str, Any]:
    return {"label": _label(artist), "x": _numbers(x), "y": _numbers(y)}


def _bars(bars: BarContainer) -> dict[str, Any]:
    upright = bars.orientation != "horizontal"
    middles = [bar.get_x() + bar.get_width() / 2 if upright else bar.get_y() + bar.get_height() / 2 for bar in bars]
    lengths = [bar.get_height() if upright else bar.get_width() for bar in bars]
    return {"label": _label(bars), "at": _numbers(middles), "length": _numbers(lengths)}


def _label(artist: Any) -> str:
    label = str(artist.get_label() or "")
    return "" if label.startswith("_") else label  # matplotlib's own names


def _numbers(values: Any) -> list[float]:
    return [round(float(value), 9) for value in values]
