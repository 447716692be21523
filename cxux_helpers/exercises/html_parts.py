"""Tables and bars as HTML, the same in all exercises."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from html import escape

__all__ = ["Html", "bar_html", "minus", "table_html"]

_HYPHEN = re.compile(r"(?<!\w)-(?=\.?\d)")


class Html(str):
    """Text that is HTML already and must not be escaped again."""


def minus(text: str) -> str:
    """Text with a minus sign, in place of the hyphen, before each negative number.

    Parameters
    ----------
    text : str
        Hyphens within words and dates stay.

    Examples
    --------
    >>> minus(f"{-0.25:+.0%}, from {-30} to {-20}; opt-in until 2027-06-30")
    '−25%, from −30 to −20; opt-in until 2027-06-30'
    """
    return _HYPHEN.sub("−", text)


def table_html(
    caption: str, heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Collection[int] = ()
) -> str:
    """A table whose first column names its rows.

    Parameters
    ----------
    caption : str
        What the table shows.
    heads : sequence of str
        Names of the columns, the first one's included; none for a table that needs no names.
    rows : iterable of sequence of str
        Cells, of which the first names the row. Text is escaped and gets minus signs, `Html` stays as it is.
    numbers : collection of int
        Places of the columns, from 0, that are set flush right.

    Examples
    --------
    >>> table_html("Change", ["Month", "NPS"], [("May & June", "-7")], numbers=[1])
    '<table><caption>Change</caption><thead><tr><th scope="col">Month</th>\
<th scope="col" class="cxux-number">NPS</th></tr></thead><tbody><tr><th scope="row">May &amp; June</th>\
<td class="cxux-number">−7</td></tr></tbody></table>'
    """

    def look(place: int) -> str:
        return ' class="cxux-number"' if place in numbers else ""

    names = "".join(
        f'<th scope="col"{look(place)}>{_cell(head)}</th>' if head else "<td></td>" for place, head in enumerate(heads)
    )
    lines = "".join(
        f'<tr><th scope="row">{_cell(first)}</th>'
        + "".join(f"<td{look(place)}>{_cell(cell)}</td>" for place, cell in enumerate(cells, start=1))
        + "</tr>"
        for first, *cells in rows
    )
    head = f"<thead><tr>{names}</tr></thead>" if heads else ""
    return f"<table><caption>{_cell(caption)}</caption>{head}<tbody>{lines}</tbody></table>"


def bar_html(share: float, *, full: float = 1.0, style: str = "cxux-bar") -> Html:
    """A share as a bar, for those who look, and in percent for everybody.

    Parameters
    ----------
    share : float
        What is shown, from 0 on.
    full : float
        The share at which the bar is full, above 0.
    style : str
        Classes of the style sheet.
    """
    filled = f'<span class="{style}" style="width:{share / full:.1%}"></span>' if share > 0 else ""
    return Html(f'<span class="cxux-track" aria-hidden="true">{filled}</span> {share:.1%}')


def _cell(text: str) -> str:
    return text if isinstance(text, Html) else escape(minus(text))
