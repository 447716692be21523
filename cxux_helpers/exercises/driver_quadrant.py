"""Driver quadrant: how important each driver is, how well it is rated, and where to act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from cxux_helpers.checks import check_answered, check_choice, check_match, missing_answer
from cxux_helpers.drivers import DRIVER_QUADRANTS, importance_performance
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.controls import BLANK, chosen, labelled, menu, show_chosen
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown

__all__ = ["DriverQuadrant", "judge_driver_quadrant"]

_RULERS = {"plain correlation": "correlation", "LMG share of R²": "lmg"}


def judge_driver_quadrant(
    answer: object, survey: pd.DataFrame, outcome: str, drivers: Sequence[str], *, act: str, why: Mapping[str, str]
) -> Feedback:
    """Judge the quadrant of each driver by its LMG share, and where to act first; both parts count the same.

    Parameters
    ----------
    answer
        As in `DriverQuadrant`, or a `NoAnswer`.
    survey, outcome, drivers
        As in `cxux_helpers.importance_performance`.
    act
        The driver on which to act first.
    why
        For every driver, what is to be said to whoever would act there first.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        given = _valid(answer, drivers)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Choose again.", found=shown(str(problem)))
    right = importance_performance(survey, outcome, drivers)
    misled = importance_performance(survey, outcome, drivers, method="correlation")["quadrant"]
    line, middle = right["importance"].mean(), right["performance"].mean()
    hints = {
        str(driver): f"Its share is {row['importance']:.2f}, the mean share {line:.2f}; it is rated "
        f"{row['performance']:.1f}, and the mean is {middle:.1f}."
        for driver, row in right.iterrows()
    }
    mistakes = {
        (driver, misled[driver]): f"That is where its correlation puts it. {hints[driver]}"
        for driver in drivers
        if misled[driver] != right.loc[driver, "quadrant"]
    }
    places = check_match(
        given["quadrants"],
        {str(d): str(q) for d, q in right["quadrant"].items()},
        hints,
        options=DRIVER_QUADRANTS,
        mistakes=mistakes,
    )
    return combine([("Quadrants", places), ("Act first on", check_choice(given["act"], act, why))])


def _valid(answer: object, drivers: Sequence[str]) -> dict[str, Any]:
    """Quadrants and the driver to act on as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not set(answer) <= {"quadrants", "act"}:
        raise ValueError("the answer should be a dictionary with the keys quadrants and act.")
    quadrants, act = answer.get("quadrants", {}), answer.get("act")
    if not isinstance(quadrants, Mapping):
        raise ValueError("quadrants should be a dictionary from driver to quadrant.")
    for driver, quadrant in quadrants.items():
        if driver not in drivers:
            raise ValueError(f"{driver!r} is no driver; there are: {', '.join(drivers)}.")
        if quadrant not in DRIVER_QUADRANTS:
            raise ValueError(f"{quadrant!r} is no quadrant; choose one of: {'; '.join(DRIVER_QUADRANTS)}.")
    if act is not None and act not in drivers:
        raise ValueError(f"act is {act!r}; it should be one of: {', '.join(drivers)}.")
    return {"quadrants": {d: str(quadrants[d]) for d in drivers if d in quadrants}, "act": act}


class DriverQuadrant(Exercise):
    """See each driver by its importance and its rating, put it into its quadrant, and choose where to act first.

    A menu chooses how importance is measured; it is for looking, and no part of the answer, which is
    ``{"quadrants": {driver: quadrant}, "act": driver}``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    survey, outcome, drivers
        As in `cxux_helpers.importance_performance`.
    act, why
        As in `judge_driver_quadrant`; None and empty for a question that is marked later.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        survey: pd.DataFrame,
        outcome: str,
        drivers: Sequence[str],
        act: str | None = None,
        why: Mapping[str, str] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.survey, self.outcome, self.drivers = survey, outcome, list(drivers)
        self._act, self._why = act, why or {}
        self._tables = {
            words: importance_performance(survey, outcome, self.drivers, method=method)  # type: ignore[arg-type]
            for words, method in _RULERS.items()
        }
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return _valid(answer, self.drivers)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._act is None:
            left = len(self.drivers) - len(answer["quadrants"]) + (answer["act"] is None)
            return check_answered(None if left else answer, f"{left} still to choose.")
        return judge_driver_quadrant(
            answer, self.survey, self.outcome, self.drivers, act=self._act, why=self._why
        )  # fmt: skip

    def _controls(self) -> widgets.Widget:
        self._ruler = widgets.Dropdown(options=list(_RULERS), description="Importance by", **labelled())
        self._ruler.observe(lambda _: self._look(), "value")
        self._map, self._table = widgets.HTML(), widgets.HTML()
        self._menus = {driver: menu(driver, DRIVER_QUADRANTS) for driver in self.drivers}
        self._first = menu("Act first on", self.drivers)
        self._collect_from((*self._menus.values(), self._first), self._chosen)
        self._look()
        heading = widgets.HTML("<p><strong>Your quadrants</strong>, by the LMG shares</p>")
        return widgets.VBox([self._ruler, self._map, self._table, heading, *self._menus.values(), self._first])

    def _look(self) -> None:
        words = self._ruler.value
        table = self._tables[words]
        self._map.value = _map_svg(table)
        rows = [
            (f"{place} {driver}", f"{row['importance']:.2f}", f"{row['performance']:.1f}")
            for place, (driver, row) in enumerate(table.iterrows(), start=1)
        ]
        means = ("Mean, the lines", f"{table['importance'].mean():.2f}", f"{table['performance'].mean():.1f}")
        self._table.value = table_html(
            f"Importance by {words} (upwards in the map), mean rating (to the right)",
            ["Driver", "Importance", "Mean rating"],
            [*rows, means],
        )

    def _chosen(self) -> dict[str, Any]:
        return {"quadrants": chosen(self._menus), "act": None if self._first.value == BLANK else self._first.value}

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {"quadrants": {}, "act": None}
        show_chosen(self._menus, answer["quadrants"])
        self._first.value = answer["act"] or BLANK

    def _describe(self, answer: dict[str, Any]) -> str:
        lines = [f"{driver}: {answer['quadrants'].get(driver, 'not chosen')}" for driver in self.drivers]
        return "\n".join(["Your answer:", *lines, f"Act first on: {answer['act'] or 'not chosen'}"])


def _map_svg(table: pd.DataFrame) -> str:
    """The drivers by number, with lines at the means; the table beside it says the same in numbers."""

    def place(values: pd.Series) -> np.ndarray:
        spread = float(np.ptp(values)) or 1.0
        scaled: np.ndarray = 0.1 + 0.8 * ((values - values.min()) / spread).to_numpy()
        return scaled

    both = table[["importance", "performance"]]
    with_means = pd.concat([both, both.mean().to_frame().T])
    x, y = 100 * place(with_means["performance"]), 240 * (1 - place(with_means["importance"]))
    dots = "".join(
        f'<circle cx="{across:.1f}%" cy="{up:.1f}" r="13" fill="#fff" stroke="#000"/>'
        f'<text x="{across:.1f}%" y="{up + 5:.1f}" font-size="14" text-anchor="middle" fill="#000">{number}</text>'
        for number, (across, up) in enumerate(zip(x[:-1], y[:-1], strict=True), start=1)
    )
    return (
        '<svg aria-hidden="true" width="100%" height="240" '
        'style="display:block;box-sizing:border-box;border:1px solid">'
        f'<line x1="{x[-1]:.1f}%" x2="{x[-1]:.1f}%" y1="0" y2="240" stroke="currentColor" stroke-dasharray="5"/>'
        f'<line x1="0" x2="100%" y1="{y[-1]:.1f}" y2="{y[-1]:.1f}" stroke="currentColor" stroke-dasharray="5"/>'
        f"{dots}</svg>"
    )
