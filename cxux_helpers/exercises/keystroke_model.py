"""Building a keystroke-level model of two designs, action by action, with the predicted seconds beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import labelled, live
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.usability.keystroke_level import klm
from cxux_helpers.usability.keystroke_steps import klm_comparison, klm_operators

__all__ = ["KeystrokeModel", "KlmAction", "judge_keystrokes"]

_MEANING = {"K": "keys and clicks", "P": "pointing", "H": "hand moves", "M": "thoughts", "R": "waiting"}
_LONGEST = 80


@dataclass(frozen=True)
class KlmAction:
    """One action of a person: what they do, its operators, and what to think about.

    Parameters
    ----------
    words : str
        The action, as a student reads it.
    key : str
        Its operators, as `cxux_helpers.usability.keystroke_level.klm` reads them.
    why : str
        What to think about when other operators were given.
    """

    words: str
    key: str = ""
    why: str = ""


Designs = Mapping[str, Sequence[KlmAction]]


def judge_keystrokes(answer: Any, designs: Designs) -> Feedback:
    """Judge the operators of each action; every action of every design counts the same.

    Of the order only that of thinking, pointing and pressing counts, for the hand may move before or after a thought.

    Parameters
    ----------
    answer
        As in `KeystrokeModel`, or a `NoAnswer`.
    designs : mapping of str to sequence of KlmAction
        Two designs with their keys.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        given = _valid(answer, designs)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The steps cannot be read. Write them again.", found=shown(str(problem)))
    return combine(
        (f"{name}, action {number}", _judge_action(given[name][number - 1], action))
        for name, actions in designs.items()
        for number, action in enumerate(actions, start=1)
    )


def _judge_action(text: str, action: KlmAction) -> Feedback:
    if not text.strip():
        return Feedback(Rung.NOT_ANSWERED, "Write its operators.")
    try:
        steps = klm_operators(text)
    except ValueError:
        return Feedback(Rung.WRONG_KIND, "Write capital letters with spaces between them, like M P K or 5K or R(2).")
    wanted = klm_operators(action.key)
    same = Counter(steps) == Counter(wanted)
    if same and _thinking(steps) == _thinking(wanted):
        return Feedback(Rung.RIGHT, "", 1.0)
    many, few = Counter(steps) - Counter(wanted), Counter(wanted) - Counter(steps)
    slips = [f"too many {letter}" for letter in many] + [f"too few {letter}" for letter in few]
    if not slips:
        return Feedback(Rung.NOT_YET, f"All of them are there, but in another order. {action.why}".rstrip())
    words = f"There {'is' if len(slips) == 1 else 'are'} {' and '.join(slips)}."
    return Feedback(Rung.NOT_YET, f"{words} {action.why}".rstrip())


def _thinking(steps: Sequence[str]) -> list[str]:
    """The steps whose order matters: thoughts among keys and pointing. A hand may move before or after a thought."""
    return [step for step in steps if step in ("M", "P", "K")]


def _valid(answer: object, designs: Mapping[str, Sequence[Any]]) -> dict[str, list[str]]:
    """Texts for every action of every design; what is missing at the end is blank."""
    if not isinstance(answer, Mapping) or not set(answer) <= set(designs):
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(designs)}.")
    for name, texts in answer.items():
        short = isinstance(texts, list | tuple) and len(texts) <= len(designs[name])
        if not short or not all(isinstance(text, str) and len(text) <= _LONGEST for text in texts):
            raise ValueError(f"{name} should be a list of {len(designs[name])} texts like 'M P K', one per action.")
    return {
        name: [*answer.get(name, []), *[""] * (len(actions) - len(answer.get(name, [])))]
        for name, actions in designs.items()
    }


class KeystrokeModel(Exercise):
    """Write the operators of each action in two designs; the seconds and their difference follow at once.

    The answer is ``{design: [operators of each action, …]}``, such as ``{"Old": ["M P K", "H 5K"], "New": ["M K"]}``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    designs
        Two designs by name, each with its actions; only their words for a question that is marked later.
    typist : float
        Seconds for a keystroke.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        designs: Mapping[str, Sequence[KlmAction | str]],
        typist: float = 0.28,
        folder: Path | str | None = None,
    ) -> None:
        if len(designs) != 2:
            raise ValueError(f"there are {len(designs)} designs. Give two to compare.")
        self.designs = {
            name: [KlmAction(action) if isinstance(action, str) else action for action in actions]
            for name, actions in designs.items()
        }
        self.typist = typist
        self._marked_later = not all(action.key for actions in self.designs.values() for action in actions)
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, list[str]]:
        return _valid(answer, self.designs)

    def _judge(self, answer: dict[str, list[str]]) -> Feedback:
        if self._marked_later:
            left = sum(not text.strip() for texts in answer.values() for text in texts)
            return check_answered(None if left else answer, f"{left} actions still without operators.")
        return judge_keystrokes(answer, self.designs)

    def _controls(self) -> widgets.Widget:
        self._boxes = {
            name: [
                widgets.Text(
                    description=f"{name} {number}. {action.words}", placeholder="such as M P K",
                    **labelled("65%"),
                )
                for number, action in enumerate(actions, start=1)
            ]
            for name, actions in self.designs.items()
        }  # fmt: skip
        rows: list[widgets.Widget] = []
        for name, boxes in self._boxes.items():
            rows.append(widgets.HTML(f"<p><strong>{escape(name)}</strong></p>"))
            rows += boxes
            self._collect_from(boxes, self._written)
        self._sums = live()
        return widgets.VBox([*rows, self._sums])

    def _written(self) -> dict[str, list[str]]:
        return {name: [box.value for box in boxes] for name, boxes in self._boxes.items()}

    def _show(self, answer: dict[str, list[str]] | None) -> None:
        for name, boxes in self._boxes.items():
            for place, box in enumerate(boxes):
                text = answer[name][place] if answer else ""
                if box.value != text:  # setting it would move the cursor of who is writing
                    box.value = text
        self._sums.value = self._sums_html(answer or _valid({}, self.designs))

    def _sums_html(self, answer: dict[str, list[str]]) -> str:
        steps = {}
        for name, texts in answer.items():
            readable = []
            for number, text in enumerate(texts, start=1):
                try:
                    readable += klm_operators(text) if text.strip() else []
                except ValueError:
                    return f"<p>{escape(name)}, action {number} cannot be read yet. Write it like M P K or 5K.</p>"
            steps[name] = readable
        if not all(steps.values()):
            return "<p>Write operators for both designs to see their seconds.</p>"
        (one, before), (other, after) = steps.items()
        table = klm_comparison(before, after, k=self.typist)
        first, second = (klm(operators, k=self.typist) for operators in (before, after))
        outcome = "saved" if second < first else "lost" if second > first else "difference"
        return table_html(
            f"{one} {first:.2f} s, {other} {second:.2f} s: {abs(first - second):.2f} s {outcome}",
            ["Operator", one, other, "Saved"],
            [
                (f"{operator} ({_MEANING.get(str(operator), 'other')})", str(had), str(has), f"{saved:+.2f} s")
                for operator, had, has, saved in table.itertuples()
            ],
        )

    def _describe(self, answer: dict[str, list[str]]) -> str:
        lines = [
            f"{name} {number}. {action.words} – {text or 'not written'}"
            for name, actions in self.designs.items()
            for number, (action, text) in enumerate(zip(actions, answer[name], strict=True), start=1)
        ]
        return "\n".join(["Your answer:", *lines])
