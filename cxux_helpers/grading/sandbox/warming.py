"""Doing once, before the first submission, what every submission would do for the first time.

Imports are most of it. Some libraries put off a part of their work until they are used: the first picture looks for
fonts, the first table loads its templates. None of it leaves anything that a notebook could see.
"""

from __future__ import annotations

import gc
import importlib
import io
import sys
from collections.abc import Iterable

__all__ = ["warm_up"]


def warm_up(modules: Iterable[str]) -> list[str]:
    """Import modules and use those that put work off; return the names that could not be imported."""
    absent = []
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception:
            absent.append(name)
    if "pandas" in sys.modules:
        _show_a_table()
    if "matplotlib.pyplot" in sys.modules:
        _draw_a_figure()
        if "pandas" in sys.modules:
            importlib.import_module("pandas.plotting._matplotlib")  # pandas does so at its first plot
    # Objects that live now live for ever: the collector need not touch them, so that children can share their memory.
    gc.collect()
    gc.freeze()
    return absent


def _show_a_table() -> None:
    import pandas as pd

    table = pd.DataFrame({"a": ["x", "y"], "b": [1.5, 2.5]})
    table.to_html()
    table.to_string()
    table.groupby("a").mean()
    table.describe()


def _draw_a_figure() -> None:
    from IPython.core.pylabtools import print_figure
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure()
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    axes.hist([1, 2, 2], label="a")
    axes.plot([1, 2])
    axes.set_title("a")
    axes.legend()
    figure.canvas.print_figure(io.BytesIO(), format="png")
    print_figure(figure, "png")
