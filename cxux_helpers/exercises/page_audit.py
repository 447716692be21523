"""Auditing a page: see it, read its source, and mark where which rule is broken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.accessibility.audits import AuditResult, Mark, audit_marks, page_to_show, rule_words
from cxux_helpers.accessibility.page_structure import PAGE_RULES
from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape, whole
from cxux_helpers.exercises.controls import BLANK, labelled, live
from cxux_helpers.feedback import Feedback, Rung, shown

__all__ = ["PageAudit", "judge_audit"]


def judge_audit(answer: object, faults: Collection[Mark], *, tell: bool = True) -> Feedback:
    """Judge the marks of an audit by hits, misses and false alarms.

    Parameters
    ----------
    answer
        As in `PageAudit`, or a `NoAnswer`.
    faults
        Lines and rules that are broken.
    tell
        Whether to name the marks that do not hold, with a hint, and the rules that were missed.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        marks = _valid(answer)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The marks cannot be read. Mark them again.", found=shown(str(problem)))
    if not marks:
        return Feedback(Rung.NOT_ANSWERED, "Nothing is marked yet.")
    result = audit_marks([Mark(**mark) for mark in marks], faults)
    text = _counts(result, len(faults))
    if result.share == 1:
        return Feedback(Rung.RIGHT, text, 1.0)
    rung = Rung.CLOSE if result.share >= 0.5 else Rung.NOT_YET
    return Feedback(rung, f"{text} {_told(result)}".rstrip() if tell else text, result.share)


def _counts(result: AuditResult, faults: int) -> str:
    alarms = len(result.false_alarms)
    text = f"{len(result.hits)} of {faults} faults found, {len(result.missed)} missed"
    if result.other_rule:
        text += f", {len(result.other_rule)} on the right line by another rule"
    return f"{text}; {alarms or 'no'} false alarm{'' if alarms == 1 else 's'}."


def _told(result: AuditResult) -> str:
    """What to look at again: wrong marks one by one, and the rules, but not the lines, that were missed."""
    parts = [f"Line {line} breaks a rule, and it is not “{_plain(rule)}”." for line, rule in result.other_rule]
    parts += [
        f"Line {line} does not break “{_plain(rule)}”: {PAGE_RULES[rule].why}" for line, rule in result.false_alarms[:3]
    ]
    if result.missed:
        rules = sorted({_plain(mark.rule) for mark in result.missed})
        parts.append(f"Still to be found: {', '.join(rules)}.")
    return " ".join(parts)


def _plain(rule: str) -> str:
    return rule.replace("-", " ")


def _valid(
    answer: object, lines: int | None = None, rules: Collection[str] = tuple(PAGE_RULES)
) -> list[dict[str, Any]]:
    """Marks as plain data, in the order of the page; raise ValueError for anything else."""
    if not isinstance(answer, Sequence) or isinstance(answer, str):
        raise ValueError("the answer should be a list of marks like {'line': 12, 'rule': 'vague-link'}.")
    marks = set()
    for mark in answer:
        if not isinstance(mark, Mapping) or set(mark) != {"line", "rule"}:
            raise ValueError(f"{mark!r} is no mark; write {{'line': 12, 'rule': 'vague-link'}}.")
        line, rule = whole(mark["line"]), mark["rule"]
        if line is None or line < 1 or (lines is not None and line > lines):
            raise ValueError(f"line is {mark['line']!r}; it should be a whole number from 1 to {lines or 'the last'}.")
        if rule not in rules:
            raise ValueError(f"rule is {rule!r}; it should be one of: {', '.join(rules)}.")
        marks.add(Mark(line, rule))
    return [mark._asdict() for mark in sorted(marks)]


class PageAudit(Exercise):
    """See a page as it looks, read its source, and mark the lines at which rules are broken.

    The answer is a list of marks, ``[{"line": 12, "rule": "vague-link"}, …]``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    html
        Source of the page. It is shown in a frame that runs no scripts and loads nothing.
    rules
        Keys of `cxux_helpers.accessibility.page_structure.PAGE_RULES` to choose from; more than are broken.
    faults
        Lines and rules that are broken, or None for a question that is marked later.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        html: str,
        rules: Sequence[str],
        faults: Collection[Mark] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        if unknown := [rule for rule in rules if rule not in PAGE_RULES]:
            raise ValueError(f"rule {unknown[0]!r} is not known. Choose from: {', '.join(PAGE_RULES)}.")
        self.html, self.rules = html, list(rules)
        self.lines = html.splitlines()
        self._faults = faults
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> list[dict[str, Any]]:
        return _valid(answer, len(self.lines), self.rules)

    def _judge(self, answer: list[dict[str, Any]]) -> Feedback:
        if self._faults is None:
            return check_answered(answer, "Mark at least one line.")
        return judge_audit(answer, self._faults)

    def _controls(self) -> widgets.Widget:
        wide = labelled("6em")
        page = widgets.HTML(page_to_show(self.html, title="The page to be audited, with its faults"))
        source = widgets.HTML(self._source_html())
        # A line of blanks or of an end tag begins no element, so nobody need look for it in the menu.
        lines = [
            (f"{number}: {line.strip()[:70]}", number)
            for number, line in enumerate(self.lines, start=1)
            if line.strip().startswith("<") and not line.strip().startswith(("</", "<!DOCTYPE"))
        ]
        self._line = widgets.Dropdown(options=[(BLANK, 0), *lines], description="Line", **wide)
        self._rule = widgets.Dropdown(
            options=[(BLANK, ""), *((rule_words(rule), rule) for rule in self.rules)], description="Rule", **wide
        )
        add = widgets.Button(description="Mark this")
        add.on_click(lambda _: self._add())
        self._marks = widgets.Dropdown(options=[(BLANK, "")], description="Marks", **wide)
        remove = widgets.Button(description="Take this mark back", layout={"width": "auto"})
        remove.on_click(lambda _: self._remove())
        self._list = live()
        return widgets.VBox([page, source, self._line, self._rule, add, self._list, self._marks, remove])

    def _source_html(self) -> str:
        rows = "".join(
            f'<tr><th scope="row">{number}</th>'
            f'<td><code style="white-space:pre-wrap;overflow-wrap:anywhere">{escape(line) or "&nbsp;"}</code></td></tr>'
            for number, line in enumerate(self.lines, start=1)
        )
        return (
            '<details><summary>Source of the page, line by line</summary><div tabindex="0" role="region" '
            'aria-label="Source of the page" style="max-height:360px;overflow:auto"><table>'
            '<thead><tr><th scope="col">Line</th><th scope="col">Source</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div></details>"
        )

    def _add(self) -> None:
        if self._line.value and self._rule.value:
            mark = {"line": self._line.value, "rule": self._rule.value}
            self._collect(lambda: [*(self.answer or []), mark])

    def _remove(self) -> None:
        if self._marks.value:
            line, _, rule = self._marks.value.partition(" ")
            gone = {"line": int(line), "rule": rule}
            self._collect(lambda: [mark for mark in self.answer or [] if mark != gone])

    def _show(self, answer: list[dict[str, Any]] | None) -> None:
        marks = answer or []
        words = [(f"line {mark['line']}: {_plain(mark['rule'])}", f"{mark['line']} {mark['rule']}") for mark in marks]
        self._marks.options = [(BLANK, ""), *words]
        self._marks.value = ""
        items = "".join(f"<li>{escape(text)}</li>" for text, _ in words)
        self._list.value = f"<p>{len(marks)} marked</p><ul>{items}</ul>" if marks else "<p>Nothing is marked yet.</p>"

    def _describe(self, answer: list[dict[str, Any]]) -> str:
        lines = [f"line {mark['line']}: {_plain(mark['rule'])}" for mark in answer]
        return "\n".join(["Your answer:", *(lines or ["nothing marked"])])
