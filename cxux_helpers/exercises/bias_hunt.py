"""A bias hunt: name the fault of each question of a questionnaire, and choose the better wording."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, check_match, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import BLANK, labelled
from cxux_helpers.feedback import Feedback, Rung, combine, shown

__all__ = ["FAULTS", "KEEP", "BiasHunt", "DraftQuestion", "judge_bias_hunt"]

FAULTS: Mapping[str, str] = {
    "leading": "it shows which answer is wanted",
    "loaded": "it takes something for granted",
    "double-barrelled": "it asks two things at once",
    "absolute": "words such as always or never leave one answer only",
    "missing option": "some people find no answer that is theirs",
    "asks for the future": "people guess badly what they will do",
    "fine": "nothing is wrong with it",
}
"""What can be wrong with a question, each with what it means."""

KEEP = "Keep it as it is."


@dataclass(frozen=True)
class DraftQuestion:
    """A question of a questionnaire that somebody drafted.

    Parameters
    ----------
    text
        The question, with its options of answer.
    wordings
        Other wordings on offer; to `KEEP` it as it is can always be chosen.
    fault
        One of `FAULTS`; empty for a question that is marked later.
    better
        The best wording, or `KEEP`; empty for a question that is marked later.
    why
        What to think about for the fault.
    why_wording
        What to think about for the wording, where none of `slips` fits.
    slips
        What is to be said about particular wordings that are not the best.
    """

    text: str
    wordings: tuple[str, ...]
    fault: str = ""
    better: str = ""
    why: str = ""
    why_wording: str = ""
    slips: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        if self.fault and self.fault not in FAULTS:
            raise ValueError(f"the fault {self.fault!r} is not known; choose: {', '.join(FAULTS)}.")
        if unknown := [w for w in (self.better, *(self.slips or {})) if w and w not in self.options]:
            raise ValueError(f"the wording {unknown[0]!r} is not on offer; choose one of: {'; '.join(self.options)}.")

    @property
    def options(self) -> tuple[str, ...]:
        """All wordings to choose from."""
        return (*self.wordings, KEEP)


def valid_bias_hunt(answer: object, questions: Mapping[str, DraftQuestion]) -> dict[str, dict[str, str]]:
    """Return faults and wordings as plain data; some may still be open.

    Raises
    ------
    ValueError
        If a question, a fault or a wording is unknown.
    """
    if not isinstance(answer, Mapping) or not set(answer) <= {"fault", "wording"}:
        raise ValueError("the answer should look like {'fault': {question: fault}, 'wording': {question: wording}}.")
    plain = {}
    for column in ("fault", "wording"):
        chosen = answer.get(column, {})
        if not isinstance(chosen, Mapping) or not set(chosen) <= set(questions):
            raise ValueError(f"{column} should name only these questions: {', '.join(questions)}.")
        for name, option in chosen.items():
            options = tuple(FAULTS) if column == "fault" else questions[name].options
            if option not in options:
                raise ValueError(f"{option!r} is no option of {name}; choose one of: {'; '.join(options)}.")
        plain[column] = {name: str(chosen[name]) for name in questions if name in chosen}
    return plain


def judge_bias_hunt(answer: object, questions: Mapping[str, DraftQuestion]) -> Feedback:
    """Judge faults and wordings; both count the same, and in each every question does.

    Parameters
    ----------
    answer
        As in `BiasHunt`, or a `NoAnswer`.
    questions
        The questionnaire with its key.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        given = valid_bias_hunt(answer, questions)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The choices cannot be read. Choose again.", found=shown(str(problem)))
    faults = check_match(
        given["fault"],
        {name: question.fault for name, question in questions.items()},
        {name: question.why for name, question in questions.items()},
        options=FAULTS,
    )
    wordings = check_match(
        given["wording"],
        {name: question.better for name, question in questions.items()},
        {name: question.why_wording for name, question in questions.items()},
        options={option for question in questions.values() for option in question.options},
        mistakes={
            (name, wording): words
            for name, question in questions.items()
            for wording, words in (question.slips or {}).items()
        },
    )
    return combine([("Faults", faults), ("Wordings", wordings)])


class BiasHunt(Exercise):
    """Name the fault of each question, and choose the better wording.

    The answer is ``{"fault": {question: fault}, "wording": {question: wording}}``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    questions
        The questionnaire, by the name of each question, such as ``"Question 1"``.
    marked_later
        Whether the hunt is judged only after it has been handed in; then the questions need no key.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        questions: Mapping[str, DraftQuestion],
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.questions = dict(questions)
        self._marked_later = marked_later
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, dict[str, str]]:
        return valid_bias_hunt(answer, self.questions)

    def _judge(self, answer: dict[str, dict[str, str]]) -> Feedback:
        if self._marked_later:
            left = sum(len(self.questions) - len(column) for column in answer.values())
            return check_answered(answer, f"{left} still to choose.", parts=len(self.questions))
        return judge_bias_hunt(answer, self.questions)

    def _controls(self) -> widgets.Widget:
        wide = labelled("12em")
        self._faults = {
            name: widgets.Dropdown(
                options=[(BLANK, BLANK), *((f"{fault}: {meaning}", fault) for fault, meaning in FAULTS.items())],
                value=BLANK, description=f"{name}: fault", **wide,
            )
            for name in self.questions
        }  # fmt: skip
        self._wordings = {
            name: widgets.RadioButtons(
                options=question.options, value=None, description=f"{name}: better wording", **wide
            )
            for name, question in self.questions.items()
        }
        rows: list[widgets.Widget] = []
        for name, question in self.questions.items():
            rows.append(widgets.HTML(f"<p><strong>{escape(name)}.</strong> {escape(question.text)}</p>"))
            rows += [self._faults[name], self._wordings[name]]
        self._collect_from((*self._faults.values(), *self._wordings.values()), self._chosen)
        return widgets.VBox(rows)

    def _chosen(self) -> dict[str, dict[str, str]]:
        return {
            "fault": {name: menu.value for name, menu in self._faults.items() if menu.value != BLANK},
            "wording": {name: radio.value for name, radio in self._wordings.items() if radio.value is not None},
        }

    def _show(self, answer: dict[str, dict[str, str]] | None) -> None:
        for name in self.questions:
            self._faults[name].value = (answer or {}).get("fault", {}).get(name, BLANK)
            self._wordings[name].value = (answer or {}).get("wording", {}).get(name)

    def _describe(self, answer: dict[str, dict[str, str]]) -> str:
        lines = [
            f"{name}: {answer['fault'].get(name, 'fault open')}; {answer['wording'].get(name, 'wording open')}"
            for name in self.questions
        ]
        return "Your answer:\n" + "\n".join(lines)
