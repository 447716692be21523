"""Kano pairs: answer both questions about a feature as some customer would, and see the class at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import BLANK, labelled
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.surveys.kano import KANO_ANSWERS, KANO_CLASSES, kano_class

__all__ = ["KanoFeature", "KanoPairs", "judge_kano_pairs"]

_SIDES = ("with", "without")
_SPOKEN = {
    "like": "I like it", "must be": "It must be that way", "neutral": "I am neutral",
    "live with": "I can live with it", "dislike": "I dislike it",
}  # fmt: skip
_MEANING = {
    "M": "taken for granted. Having it pleases nobody, lacking it hurts.",
    "O": "the more, the better. Having it pleases, lacking it hurts.",
    "A": "a delight. Having it pleases, and nobody misses it.",
    "I": "it makes no difference.",
    "R": "this customer would rather be without it.",
    "Q": "the two answers contradict each other. Was the question understood?",
}
# What to change when a pair should have belonged to the class.
_HINTS = {
    "M": "Whom does it please to have what is taken for granted? And how does it feel to lack it?",
    "O": "Here both count: having it pleases, and lacking it hurts.",
    "A": "A delight pleases when it is there. Nobody misses what they did not expect.",
    "I": "This customer does not care, whether it is there or not.",
    "R": "This customer is happier without it.",
    "Q": "No sensible customer says this: liking both, or disliking both.",
}


@dataclass(frozen=True)
class KanoFeature:
    """A feature with its two questions.

    Parameters
    ----------
    with_it, without_it
        The functional question (it is there) and the dysfunctional one (it is not).
    target
        The class that the pair of answers should have, a letter of `KANO_CLASSES`; empty if any pair will do.
    """

    with_it: str
    without_it: str
    target: str = ""

    def __post_init__(self) -> None:
        if self.target and self.target not in KANO_CLASSES:
            raise ValueError(f"the target {self.target!r} is no class; choose one of: {', '.join(KANO_CLASSES)}.")


def valid_kano_pairs(answer: object, features: Mapping[str, KanoFeature]) -> dict[str, dict[str, str]]:
    """Return the pairs as plain data; some answers may still be open.

    Raises
    ------
    ValueError
        If a feature, a side or an answer is unknown.
    """
    if not isinstance(answer, Mapping) or not set(answer) <= set(features):
        raise ValueError(f"the answer should give a pair for features of these: {', '.join(features)}.")
    for feature, pair in answer.items():
        if not isinstance(pair, Mapping) or not set(pair) <= set(_SIDES):
            raise ValueError(f"the pair of {feature} should look like {{'with': 'like', 'without': 'neutral'}}.")
        for said in pair.values():
            if said not in KANO_ANSWERS:
                raise ValueError(f"{said!r} is no answer; choose one of: {', '.join(KANO_ANSWERS)}.")
    pairs = {feature: {side: str(answer.get(feature, {})[side]) for side in _SIDES if side in answer.get(feature, {})}
             for feature in features}  # fmt: skip
    return {feature: pair for feature, pair in pairs.items() if pair}


def judge_kano_pairs(answer: object, features: Mapping[str, KanoFeature]) -> Feedback:
    """Judge whether each pair has the class that it should have; each feature counts the same.

    Parameters
    ----------
    answer
        As in `KanoPairs`, or a `NoAnswer`.
    features
        The features with their targets.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        pairs = valid_kano_pairs(answer, features)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The pairs cannot be read. Choose again.", found=shown(str(problem)))
    return combine((name, _judge_pair(pairs.get(name, {}), feature.target)) for name, feature in features.items())


def _judge_pair(pair: Mapping[str, str], target: str) -> Feedback:
    if len(pair) < len(_SIDES):
        return Feedback(Rung.NOT_ANSWERED, "Answer both questions.")
    letter = _class(pair)
    if letter == target or not target:
        return Feedback(Rung.RIGHT, f"{KANO_CLASSES[letter].capitalize()}: {_MEANING[letter]}", 1.0)
    return Feedback(
        Rung.NOT_YET, f"These answers make it {KANO_CLASSES[letter]}, not {KANO_CLASSES[target]}. {_HINTS[target]}"
    )


def _class(pair: Mapping[str, str]) -> str:
    return str(kano_class([pair["with"]], [pair["without"]]).iloc[0])


class KanoPairs(Exercise):
    """Answer two questions about each feature, see the class at once, and produce the classes asked for.

    The answer is ``{feature: {"with": answer, "without": answer}}`` with words of `KANO_ANSWERS`.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    features
        The features with their questions and targets, by name. The target is shown: it is the task.
    marked_later
        Whether the pairs are judged only after they have been handed in; then no class is shown either.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        features: Mapping[str, KanoFeature],
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.features = dict(features)
        self._marked_later = marked_later
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, dict[str, str]]:
        return valid_kano_pairs(answer, self.features)

    def _judge(self, answer: dict[str, dict[str, str]]) -> Feedback:
        if self._marked_later:
            left = sum(len(_SIDES) - len(answer.get(feature, {})) for feature in self.features)
            return check_answered(None if left else answer, f"{left} still to choose.")
        return judge_kano_pairs(answer, self.features)

    def _controls(self) -> widgets.Widget:
        options = [(BLANK, BLANK), *((words, said) for said, words in _SPOKEN.items())]
        self._menus = {
            (name, side): widgets.Dropdown(
                options=options, value=BLANK, description=question,
                **labelled("60%"),
            )
            for name, feature in self.features.items()
            for side, question in zip(_SIDES, (feature.with_it, feature.without_it), strict=True)
        }  # fmt: skip
        self._classes = {name: widgets.HTML() for name in self.features}
        rows: list[widgets.Widget] = []
        for name, feature in self.features.items():
            task = (
                f" Answer as somebody for whom this is <strong>{KANO_CLASSES[feature.target]}</strong>."
                if feature.target
                else ""
            )
            rows.append(widgets.HTML(f"<p><strong>{escape(name)}.</strong>{task}</p>"))
            rows += [self._menus[name, side] for side in _SIDES]
            rows.append(self._classes[name])
            self._classes[name].add_class("cxux-live")
        self._collect_from(self._menus.values(), self._chosen)
        return widgets.VBox(rows)

    def _chosen(self) -> dict[str, dict[str, str]]:
        return {
            name: {side: self._menus[name, side].value for side in _SIDES if self._menus[name, side].value != BLANK}
            for name in self.features
        }

    def _show(self, answer: dict[str, dict[str, str]] | None) -> None:
        for name, box in self._classes.items():
            pair = (answer or {}).get(name, {})
            for side in _SIDES:
                self._menus[name, side].value = pair.get(side, BLANK)
            box.value = f"<p>{escape(self._says(pair))}</p>"

    def _says(self, pair: Mapping[str, str]) -> str:
        if self._marked_later:
            return ""
        if len(pair) < len(_SIDES):
            return "Class: answer both questions to see it."
        letter = _class(pair)
        return f"Class: {KANO_CLASSES[letter]} ({letter}), {_MEANING[letter]}"

    def _describe(self, answer: dict[str, dict[str, str]]) -> str:
        lines = []
        for name in self.features:
            pair = answer.get(name, {})
            said = "; ".join(f"{side} it: {pair.get(side, 'not answered')}" for side in _SIDES)
            lines.append(f"{name} – {said}. {self._says(pair)}".rstrip())
        return "Your answer:\n" + "\n".join(lines)
