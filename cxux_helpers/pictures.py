"""The one function that shows a figure in a notebook, and never without its words.

JupyterLab drops the alternative text of images that a cell returns as PNG, so a picture travels as HTML.
"""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["Picture", "picture"]

DPI = 100


@dataclass(frozen=True, repr=False)
class Picture:
    """A finished picture with its alternative text; a notebook shows it when it ends a cell.

    Parameters
    ----------
    source : str
        The image as a ``data:`` URI, so that nothing is loaded from elsewhere.
    alt : str
        What the picture shows, for those who do not see it.
    caption : str
        Text below the picture for everybody; none if empty.
    """

    source: str
    alt: str
    caption: str = ""

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError(
                "the alternative text is empty. Say in a sentence or two what the picture shows; "
                "each plot_… function has a describe_… function that writes it."
            )

    def __repr__(self) -> str:
        return self.alt

    def _repr_html_(self) -> str:
        image = (
            f'<img alt="{html.escape(self.alt)}" src="{html.escape(self.source)}" style="max-width:100%;height:auto">'
        )
        if not self.caption:
            return image
        caption = f"<figcaption>{html.escape(self.caption)}</figcaption>"
        return f'<figure style="margin:0">{image}{caption}</figure>'

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # No image/png beside the HTML: JupyterLab could prefer it, and would show it without alt text.
        return {"text/html": self._repr_html_(), "text/plain": self.alt}


def picture(source: Axes | Figure | str, alt: str, *, caption: str = "") -> Picture:
    """Turn a matplotlib figure or own SVG into a `Picture` with alternative text.

    Parameters
    ----------
    source : Axes, Figure or str
        What a ``plot_…`` function returns, or SVG text. The figure needs no pyplot and is not changed; its
        background becomes white, so that it reads in the dark theme as well.
    alt : str
        What the picture shows, in words. It must not be empty.
    caption : str
        Text below the picture for everybody.

    Returns
    -------
    Picture

    Raises
    ------
    ValueError
        If `alt` is empty.
    TypeError
        If `source` is no figure and no SVG.

    Examples
    --------
    >>> ax = Figure(figsize=(2, 1)).add_subplot()
    >>> _ = ax.plot([1, 2, 4])
    >>> picture(ax, "The line rises faster and faster.")
    The line rises faster and faster.
    """
    if isinstance(source, str) and source.lstrip().startswith("<"):
        return Picture(_data_uri("image/svg+xml", source.encode()), alt, caption)
    figure = source.get_figure(root=True) if isinstance(source, Axes) else source
    if not isinstance(figure, Figure):
        raise TypeError(f"source is a {type(source).__name__}. Give an Axes, a Figure or SVG text.")
    buffer = io.BytesIO()
    # Fast rather than small: a slider waits for it.
    figure.savefig(buffer, format="png", dpi=DPI, facecolor="white", pil_kwargs={"compress_level": 1})
    return Picture(_data_uri("image/png", buffer.getvalue()), alt, caption)


def _data_uri(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
