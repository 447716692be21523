"""News or noise: how far chance alone moves an NPS, and which monthly changes are more than that."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import numpy as np
import pandas as pd

from cxux_helpers.checks import check_answered, check_match, missing_answer
from cxux_helpers.datasets.nps_months import simulate_nps_surveys
from cxux_helpers.estimates import Estimate
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import BLANK, chosen, labelled, live, menu, show_chosen
from cxux_helpers.exercises.html_parts import minus, table_html
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.surveys.nps import nps
from cxux_helpers.surveys.nps_tracking import monthly_changes, monthly_counts

__all__ = ["VERDICTS", "NewsOrNoise", "judge_news_or_noise"]

VERDICTS = ("noise", "news")
_SURVEYS = 40  # as many as the picture shows


def judge_news_or_noise(answer: object, months: pd.DataFrame, key: Mapping[str, str]) -> Feedback:
    """Judge which changes were called news; each change counts the same.

    Parameters
    ----------
    answer
        As in `NewsOrNoise`, or a `NoAnswer`.
    months
        As in `cxux_helpers.surveys.monthly_changes`.
    key
        The right verdict on each change, by its later month.
    """
    if missing := missing_answer(answer):
        return missing
    changes = monthly_changes(months)
    try:
        given = _valid(answer, changes)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The answer cannot be read. Choose again.", found=shown(str(problem)))
    counts = monthly_counts(months)
    before = {later: earlier for earlier, later in pairwise(counts)}
    why, mistakes = {}, {}
    for month, change in changes.items():
        asked = f"{counts[before[month]].n} and then {counts[month].n} people answered"
        ends = minus(f"{change.low:+.0f} to {change.high:+.0f}")
        why[month] = f"{asked}, and the interval of the change, {ends}, leaves 0 out. Chance is a poor explanation."
        mistakes[month, "news"] = f"{asked}. The interval of the change, {ends}, holds 0: chance alone may do this."
    wrong = {pair: text for pair, text in mistakes.items() if key[pair[0]] == "noise"}
    return check_match(given["verdicts"], key, why, options=VERDICTS, mistakes=wrong)


def _valid(answer: object, changes: Mapping[str, Estimate]) -> dict[str, dict[str, str]]:
    """The verdicts as plain data; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or set(answer) != {"verdicts"} or not isinstance(answer["verdicts"], Mapping):
        raise ValueError('the answer should look like {"verdicts": {"Feb": "noise"}}.')
    verdicts = answer["verdicts"]
    for month, verdict in verdicts.items():
        if month not in changes:
            raise ValueError(f"{month!r} is no month with a change; there are: {', '.join(changes)}.")
        if verdict not in VERDICTS:
            raise ValueError(f"{verdict!r} is no verdict; choose one of: {'; '.join(VERDICTS)}.")
    return {"verdicts": {month: str(verdicts[month]) for month in changes if month in verdicts}}


class NewsOrNoise(Exercise):
    """Ask customers whose mood never changes, see how the score moves all the same, and judge real months.

    The answer is ``{"verdicts": {month: "news" or "noise"}}``, by the later month of each change. The simulator with
    its sliders, and the menu that compares two months, are for looking; they are no part of the answer.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    months
        As in `cxux_helpers.surveys.monthly_changes`.
    key
        The right verdict on each change, or None for a question that is marked later.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        months: pd.DataFrame,
        key: Mapping[str, str] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.months, self._key = months, key
        self._counts = monthly_counts(months)
        self.changes = monthly_changes(months)
        self._draw = 0
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, dict[str, str]]:
        return _valid(answer, self.changes)

    def _judge(self, answer: dict[str, dict[str, str]]) -> Feedback:
        if self._key is None:
            left = len(self.changes) - len(answer["verdicts"])
            return check_answered(None if left else answer, f"{left} of {len(self.changes)} changes still to judge.")
        return judge_news_or_noise(answer, self.months, self._key)

    # ---- the view --------------------------------------------------------------------------------------

    def _controls(self) -> widgets.Widget:
        style = labelled()
        self._n = widgets.IntSlider(value=60, min=20, max=1000, step=20, description="People in each survey", **style)
        self._promoters = widgets.IntSlider(value=45, min=0, max=100, description="Promoters in percent", **style)
        self._detractors = widgets.IntSlider(value=20, min=0, max=100, description="Detractors in percent", **style)
        again = widgets.Button(description="Ask other people")
        again.on_click(lambda _: self._ask_others())
        self._dots, self._spread, self._closer = widgets.HTML(), live(), live()
        self._look = menu("Look closely at", self.changes)
        for slider in (self._n, self._promoters, self._detractors):
            slider.observe(lambda _: self._simulate(), "value")
        self._look.observe(lambda _: self._compare(), "value")
        self._menus = {
            month: menu(minus(f"{month}: {change.value:+.0f} points"), VERDICTS)
            for month, change in self.changes.items()
        }
        self._collect_from(self._menus.values(), self._chosen)
        self._simulate()
        return widgets.VBox([
            widgets.HTML("<p><strong>A mood that never changes.</strong> All differences here are chance.</p>"),
            self._n, self._promoters, self._detractors, again, self._dots, self._spread,
            widgets.HTML(f"<p><strong>The months.</strong></p>{self._table_html()}"),
            self._look, self._closer,
            widgets.HTML("<p><strong>Your verdicts</strong> on each change from the month before</p>"),
            *self._menus.values(),
        ])  # fmt: skip

    def _ask_others(self) -> None:
        self._draw += 1
        self._simulate()

    def _simulate(self) -> None:
        promoters, detractors, n = self._promoters.value, self._detractors.value, self._n.value
        if promoters + detractors > 100:
            self._dots.value = ""
            self._spread.value = "<p>Promoters and detractors together are more than 100 %. Lower one of them.</p>"
            return
        scores = simulate_nps_surveys(
            n, promoters=promoters / 100, detractors=detractors / 100, surveys=_SURVEYS, seed=self._draw
        )
        step = float(np.abs(np.diff(scores)).max())
        self._spread.value = minus(
            f"<p>The true NPS is {promoters - detractors:+d}, always. {_SURVEYS} surveys of {n} people each gave "
            f"{scores.min():+.0f} to {scores.max():+.0f}. The biggest move from one survey to the next was "
            f"{step:.0f} points.</p>"
        )
        self._dots.value = _dots_svg(scores, promoters - detractors)

    def _compare(self) -> None:
        month = self._look.value
        if month == BLANK:
            self._closer.value = ""
            return
        names = list(self._counts)
        earlier = names[names.index(month) - 1]
        change = self.changes[month]
        rows = "; ".join(f"{one}: {_words(nps(self._counts[one]))}" for one in (earlier, month))
        self._closer.value = f"<p>{escape(rows)}. <strong>Change: {escape(_words(change))}.</strong></p>"

    def _table_html(self) -> str:
        rows = [
            (
                month,
                f"{counts.n:,}",
                f"{counts.score:+.0f}",
                f"{self.changes[month].value:+.0f}" if month in self.changes else "",
            )
            for month, counts in self._counts.items()
        ]
        return table_html("NPS by month", ["Month", "Answers", "NPS", "Change"], rows)

    def _chosen(self) -> dict[str, dict[str, str]]:
        return {"verdicts": chosen(self._menus)}

    def _show(self, answer: dict[str, dict[str, str]] | None) -> None:
        show_chosen(self._menus, answer["verdicts"] if answer else {})

    def _describe(self, answer: dict[str, dict[str, str]]) -> str:
        lines = [
            minus(f"{month} ({change.value:+.0f} points): {answer['verdicts'].get(month, 'not chosen')}")
            for month, change in self.changes.items()
        ]
        return "\n".join(["Your answer:", *lines])


def _words(estimate: Estimate) -> str:
    return minus(f"{estimate.value:+.0f}, 95 % interval {estimate.low:+.0f} to {estimate.high:+.0f}")


def _dots_svg(scores: np.ndarray, truth: float) -> str:
    """The scores in the order of the surveys, around a line for the truth; -100 is at the foot and 100 at the top."""

    def height(score: float) -> float:
        return 85 - 0.65 * score

    dots = "".join(
        f'<circle cx="{(place + 0.5) / len(scores):.2%}" cy="{height(score):.1f}" r="4" fill="#2f7ec7" '
        'stroke="currentColor"/>'
        for place, score in enumerate(scores)
    )
    lines = "".join(
        f'<line x1="0" x2="100%" y1="{height(mark):.1f}" y2="{height(mark):.1f}" stroke="currentColor" '
        f'stroke-opacity="{opacity}"/><text x="0" y="{height(mark) - 3:.1f}" font-size="12" '
        f'fill="currentColor">{label}</text>'
        for mark, opacity, label in ((100, 0.3, "100"), (0, 0.3, "0"), (-100, 0.3, "−100"), (truth, 1, ""))
    )
    return f'<svg aria-hidden="true" width="100%" height="160" style="display:block">{lines}{dots}</svg>'
