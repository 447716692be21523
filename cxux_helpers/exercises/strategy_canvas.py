"""The strategy canvas: seven needs of a CX strategy on one page, each row held against plain rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import labelled
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.findings import Finding
from cxux_helpers.strategy import (
    NUMBERS,
    WHOLE_PAGE,
    StrategyRow,
    StrategyTerms,
    read_strategy,
    strategy_findings,
    strategy_rows,
)

__all__ = ["StrategyCanvas", "judge_strategy"]

FEW = 3  # findings at a time: whoever reads ten mends none

_LABELS = {
    "objective": "Objective: what shall be better, and for whom",
    "measure": "Measure: what is counted, with its unit",
    "now": "Where it stands now, a number",
    "target": "Target, a number",
    "by": "By when, such as 2027-06-30",
    "owner": "Owner: one person or role",
    "budget": "Budget in euro",
    "guard": "Second measure that must not get worse",
    "ethics": "Ethics: what is collected or done to whom, and how they are protected",
}
_LONG = ("objective", "measure", "guard", "ethics")


def judge_strategy(answer: object, terms: StrategyTerms) -> Feedback:
    """Judge a strategy by what can be seen from its form.

    Each need counts the same, and the page as a whole (its sum, its owners) counts as one more. Each of them earns 1
    without a finding, half with one finding, and nothing with more or when its row is empty. A page on which most rows
    are empty earns nothing for its sum and owners.

    Parameters
    ----------
    answer : mapping or NoAnswer
        As in `StrategyCanvas`.
    terms : StrategyTerms
        What the strategy must keep to.

    Returns
    -------
    Feedback
        Right without any finding; otherwise the first few things to do.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        strategy = read_strategy(answer, terms.needs)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The strategy cannot be read. Fill it in again.", found=shown(str(problem)))
    if all(row.blank for row in strategy.values()):
        return Feedback(Rung.NOT_ANSWERED, "The page is empty. Begin with the need that hurts most.")
    findings = strategy_findings(strategy, terms)
    if not findings:
        return Feedback(
            Rung.RIGHT,
            "Every row can be looked up one day, somebody answers for it, and it can be paid. Whether it is wise, your "
            "customers will tell.",
            1.0,
        )
    share = sum(_earned(place, strategy, findings) for place in (*terms.needs, WHOLE_PAGE)) / (len(terms.needs) + 1)
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, _message(findings), share)


def _earned(place: str, strategy: Mapping[str, StrategyRow], findings: tuple[Finding, ...]) -> float:
    if place == WHOLE_PAGE and 2 * sum(row.blank for row in strategy.values()) > len(strategy):
        return 0.0
    here = [one for one in findings if one.where == place]
    if any(one.rule == "empty" for one in here):
        return 0.0
    return max(0.0, 1 - len(here) / 2)


def _message(findings: tuple[Finding, ...]) -> str:
    empty = [one for one in findings if one.rule == "empty"]
    faults = [one for one in findings if one.rule != "empty"]
    parts = [f"{one.where.capitalize()}: {' '.join((one.what, one.why, one.remedy))}" for one in faults[:FEW]]
    if len(faults) > FEW:
        parts.append(f"And {len(faults) - FEW} more.")
    if empty:
        parts.append(f"Still empty: {', '.join(one.where for one in empty)}.")
    return " ".join(parts)


class StrategyCanvas(Exercise):
    """Fill in one page of strategy, need by need.

    The answer is ``{need: {field: value}}`` with the fields of `cxux_helpers.strategy.StrategyRow`; rows and fields
    may be missing, numbers may be None.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    terms
        What the strategy must keep to; its needs are the rows.
    draft
        Rows that stand on the page at first, as an answer has them. They become part of the answer with the first
        change.
    marked_later
        Whether the page is judged only after it has been handed in.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        terms: StrategyTerms,
        draft: Mapping[str, Mapping[str, Any]] | None = None,
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.terms, self._marked_later = terms, marked_later
        self._draft = _plain(read_strategy(draft or {}, terms.needs))
        self._need = terms.needs[0]
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, dict[str, Any]]:
        return _plain(read_strategy(answer, self.terms.needs))

    def _judge(self, answer: dict[str, dict[str, Any]]) -> Feedback:
        if self._marked_later:
            still = [need for need in self.terms.needs if need not in answer]
            return check_answered(None if still else answer, f"Still empty: {', '.join(still)}.")
        return judge_strategy(answer, self.terms)

    def _controls(self) -> widgets.Widget:
        self._menu = widgets.Dropdown(
            options=list(self.terms.needs), description="Row of the page", **labelled("initial")
        )
        self._menu.observe(self._turn_to, "value")
        wide = labelled("19em")
        self._boxes: dict[str, Any] = {
            field: widgets.Textarea(description=label, rows=2, **wide)
            if field in _LONG
            else widgets.Text(description=label, **wide)
            for field, label in _LABELS.items()
        }
        for field, box in self._boxes.items():
            # A half-typed number is not an answer yet; of a text, nothing may be lost.
            box.continuous_update = field not in NUMBERS
        self._collect_from(self._boxes.values(), self._chosen)
        self._page = widgets.HTML()
        return widgets.VBox([self._menu, *self._boxes.values(), self._page])

    def _turn_to(self, change: Mapping[str, Any]) -> None:
        self._need = change["new"]
        with self._quiet():
            self._show(self._answer)

    def _on_page(self, answer: Mapping[str, Mapping[str, Any]] | None) -> Mapping[str, Mapping[str, Any]]:
        return self._draft if answer is None else answer

    def _chosen(self) -> dict[str, Any]:
        row: dict[str, Any] = {}
        for field, box in self._boxes.items():
            row[field] = _number(box.value, _LABELS[field]) if field in NUMBERS else box.value
        return {**self._on_page(self._answer), self._need: row}

    def _show(self, answer: dict[str, dict[str, Any]] | None) -> None:
        page = self._on_page(answer)
        row = page.get(self._need, {})
        for field, box in self._boxes.items():
            value = row.get(field)
            box.value = "" if value is None else f"{value:.12g}" if field in NUMBERS else value
        self._page.value = self._page_html(read_strategy(page, self.terms.needs))

    def _page_html(self, strategy: Mapping[str, StrategyRow]) -> str:
        spent = sum(row.budget or 0 for row in strategy.values())
        lines = "".join(
            f"<li><strong>{escape(need)}</strong>: {escape(words)}</li>" for need, words in strategy_rows(strategy)
        )
        return (
            f"<p><strong>The page so far</strong>, {spent:,.0f} of {self.terms.budget:,.0f} euro, due from "
            f"{self.terms.start} to {self.terms.until}</p><ol>{lines}</ol>"
        )

    def _describe(self, answer: dict[str, dict[str, Any]]) -> str:
        lines = [f"{need}: {words}" for need, words in strategy_rows(read_strategy(answer, self.terms.needs))]
        return "\n".join(["Your answer:", *lines])


def _plain(strategy: Mapping[str, StrategyRow]) -> dict[str, dict[str, Any]]:
    """Rows that are not blank, each with its filled fields."""
    return {
        need: {field: value for field, value in asdict(row).items() if value not in ("", None)}
        for need, row in strategy.items()
        if not row.blank
    }


def _number(text: str, label: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text.replace(",", "").replace("−", "-"))
    except ValueError:
        raise ValueError(f"{label}: write a number such as 120, not {text!r}.") from None
    return int(value) if value.is_integer() else value
