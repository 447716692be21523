"""What can be seen of the furniture firm's weeks: a drawing of sales with its table in words."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from cxux_helpers.exercises.html_parts import minus, table_html
from cxux_helpers.furniture_firm import WEEKS, WEEKS_BEFORE, weeks_by_shop

__all__ = ["MEASURE_WORDS", "sales_html", "weeks_table_html"]

MEASURE_WORDS = {
    "uniforms": "uniforms",
    "training": "training",
    "move_staff": "moving unfriendly staff",
    "collect_contacts": "collecting contact data",
    "gifts": "small gifts",
    "happening": "happenings",
    "price_change": "the change of price",
    "advertising": "advertising",
}
_WIDE, _HIGH, _LEFT, _LOW = 480, 230, 52, 26
_TEXT = 'font-size="14" fill="currentColor" stroke="none"'
_TABLE = {
    "revenue": ("Sales, euro", "{:,.0f}"),
    "profit": ("Profit, euro", "{:,.0f}"),
    "orders": ("Orders", "{:,.1f}"),
    "satisfaction": ("Staff as customers rate them, 1 to 5", "{:.2f}"),
    "advocates": ("People who recommend it", "{:,.0f}"),
    "contacts": ("Contact data with consent", "{:,.0f}"),
}


def sales_html(table: pd.DataFrame, anyway: pd.DataFrame | None = None) -> str:
    """Sales week by week as a percentage of those before, for shops with and without measures.

    Parameters
    ----------
    table
        As `cxux_helpers.furniture_firm.run_by_lot` gives it.
    anyway
        As `FurnitureFirm.do_nothing` gives it, for the end of the game.
    """
    lines = {"with": _index(table[table["treated"]])}
    if not table["treated"].all():
        lines["without"] = _index(table[~table["treated"]])
    if anyway is not None:
        shops = table.loc[table["treated"], "shop"].unique()
        lines["anyway"] = _index(anyway[anyway["shop"].isin(shops)])
    top = max(200.0, *(line.max() for line in lines.values()))

    def place(week: float, value: float) -> tuple[float, float]:
        across = (week + WEEKS_BEFORE - 1) / (WEEKS + WEEKS_BEFORE - 1)
        return _LEFT + across * (_WIDE - _LEFT - 10), 8 + (1 - value / top) * (_HIGH - 8 - _LOW)

    drawn = "".join(_line(lines[name], name, place) for name in lines)
    return (
        f'<svg aria-hidden="true" viewBox="0 0 {_WIDE} {_HIGH}" '
        f'style="display:block;width:100%;max-width:{_WIDE + 160}px;height:auto">{_grid(top, place)}{drawn}</svg>'
        f"<p>Sales of a week; 100% is the mean of the weeks before. {_legend(lines)}</p>"
    )


def weeks_table_html(table: pd.DataFrame) -> str:
    """Per shop and week, where the measures were taken: before, the last week, and the mean of all weeks with them."""
    own = table[table["treated"]]
    last = int(own["week"].max())
    heads = ["Mean of the weeks before"] + ([f"Week {last}", f"Mean of weeks 1 to {last}"] if last > 0 else [])
    rows = []
    for outcome, (name, form) in _TABLE.items():
        weekly = weeks_by_shop(own, outcome).mean(axis=1)
        values = [weekly.loc[:0].mean()] + ([weekly.loc[last], weekly.loc[1:].mean()] if last > 0 else [])
        rows.append((name, *(form.format(value) for value in values)))
    return table_html("What you see", ["Per shop and week", *heads], rows)


def _index(table: pd.DataFrame) -> pd.Series:
    weekly = weeks_by_shop(table, "revenue").mean(axis=1)
    return 100 * weekly / weekly.loc[:0].mean()


def _grid(top: float, place: Callable[[float, float], tuple[float, float]]) -> str:
    grid = ""
    for value in range(0, int(top) + 1, 50 if top <= 250 else 100):
        _, y = place(0, value)
        grid += f'<line x1="{_LEFT}" x2="{_WIDE - 10}" y1="{y:.1f}" y2="{y:.1f}" stroke-opacity=".25"/>'
        grid += f'<text x="{_LEFT - 6}" y="{y + 5:.1f}" text-anchor="end" {_TEXT}>{value}%</text>'
    for week in (1 - WEEKS_BEFORE, 1, WEEKS):
        x, _ = place(week, 0)
        words = minus(f"week {week}")
        anchor = {1 - WEEKS_BEFORE: "start", 1: "middle", WEEKS: "end"}[week]
        grid += f'<text x="{x:.1f}" y="{_HIGH - 6}" text-anchor="{anchor}" {_TEXT}>{words}</text>'
    x, bottom = place(0.5, 0)
    grid += f'<line x1="{x:.1f}" x2="{x:.1f}" y1="8" y2="{bottom:.1f}" stroke-dasharray="2 4"/>'
    return f'<g stroke="currentColor">{grid}</g>'


def _line(values: pd.Series, name: str, place: Callable[[float, float], tuple[float, float]]) -> str:
    points = [place(float(week), float(value)) for week, value in values.items()]  # type: ignore[arg-type]
    style = {
        "with": 'stroke="#2f7ec7" stroke-width="3"',
        "without": 'stroke="currentColor" stroke-width="1.5"',
        "anyway": 'stroke="currentColor" stroke-width="2" stroke-dasharray="6 5"',
    }[name]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    marks = ""
    if name == "with":
        marks = "".join(
            f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" fill="#2f7ec7"/>' for x, y in points
        )
    if name == "without":
        marks = "".join(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="none" stroke="currentColor"/>' for x, y in points
        )
    return f'<polyline points="{path}" fill="none" {style}/>{marks}'


def _legend(lines: dict[str, pd.Series]) -> str:
    words = {
        "with": "■ shops with measures",
        "without": "○ shops without",
        "anyway": "dashed: the same shops, had you done nothing",
    }
    parts = [
        f"{words[name]}: {line.loc[1:].mean():.0f}% on average" if line.index[-1] > 0 else words[name]
        for name, line in lines.items()
    ]
    return " · ".join(parts)
