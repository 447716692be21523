"""Rating conversations by a rubric, and seeing how far the ratings agree with a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape, whole
from cxux_helpers.exercises.controls import labelled
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.surveys.agreement import cohen_kappa

__all__ = ["RubricRating", "judge_rubric_rating"]

ENOUGH = 0.8
Ratings = Mapping[str, Mapping[str, int]]
Reasons = Mapping[str, Mapping[str, str]]


def judge_rubric_rating(
    answer: object,
    key: Ratings,
    *,
    levels: Sequence[int] = (1, 2, 3),
    why: Reasons | None = None,
    enough: float = ENOUGH,
) -> Feedback:
    """Judge ratings by Cohen's kappa with a key, where a near miss counts in part (quadratic weights).

    The credit is kappa itself, so that ratings which do not tell the conversations apart earn nothing; from `enough` on
    it is full, because two trained raters do not agree on everything either. Open ratings reduce it in proportion.

    Parameters
    ----------
    answer
        As in `RubricRating`, or a `NoAnswer`.
    key
        The right level of each dimension, for each conversation; at least two levels in all.
    levels
        All levels, from worst to best.
    why
        What is to be said where a rating differs, by conversation and dimension.
    enough
        Kappa that earns everything, above 0 and up to 1.
    """
    if missing := missing_answer(answer):
        return missing
    dimensions = list(dict.fromkeys(name for ratings in key.values() for name in ratings))
    try:
        given = _valid(answer, list(key), dimensions, levels)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The ratings cannot be read. Rate again.", found=shown(str(problem)))
    wanted = {(who, what): level for who, ratings in key.items() for what, level in ratings.items()}
    mine = {place: given.get(place[0], {}).get(place[1]) for place in wanted}
    rated = [place for place, level in mine.items() if level is not None]
    if not rated:
        return Feedback(Rung.NOT_ANSWERED, "There is no rating here yet.")
    kappa = _kappa([mine[place] for place in rated], [wanted[place] for place in rated], levels)
    message = f"Weighted kappa with the key is {kappa:.2f}; from {enough:.2f} on it earns everything."
    if left := len(wanted) - len(rated):
        message = f"{left} of {len(wanted)} ratings are still open. {message}"
    elif len({mine[place] for place in rated}) == 1:
        message += " You gave everything the same level, and that tells nothing apart."
    message = " ".join([message, *_differences(given, key, dimensions, why or {})])
    if not left and kappa >= enough:
        return Feedback(Rung.RIGHT, message, 1.0)
    share = max(0.0, kappa) * len(rated) / len(wanted)
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, message, min(share, 0.99))


def _kappa(mine: Sequence[int | None], wanted: Sequence[int], levels: Sequence[int]) -> float:
    if len({*mine, *wanted}) == 1:  # beyond chance there is nothing to tell: all are alike
        return 0.0
    return float(cohen_kappa(list(mine), list(wanted), weights="quadratic", categories=list(levels)))


def _differences(given: Ratings, key: Ratings, dimensions: Sequence[str], why: Reasons) -> list[str]:
    """For each dimension, where the ratings were kinder or stricter than the key, and why."""
    lines = []
    for what in dimensions:
        places = [who for who in key if given.get(who, {}).get(what) not in (None, key[who].get(what))]
        if places:
            ways = ", ".join(
                f"{'kinder' if given[who][what] > key[who][what] else 'stricter'} than the key on {who}"
                for who in places
            )
            reasons = " ".join(why.get(who, {}).get(what, "") for who in places).strip()
            lines.append(f"{what.capitalize()}: {ways}. {reasons}".rstrip())
    return lines


def _valid(
    answer: object, conversations: Sequence[str], dimensions: Sequence[str], levels: Sequence[int]
) -> dict[str, dict[str, int]]:
    """Ratings as plain data; some may be open."""
    if not isinstance(answer, Mapping) or not set(answer) <= set(conversations):
        raise ValueError(f"the answer should rate conversations of these: {', '.join(conversations)}.")
    plain: dict[str, dict[str, int]] = {}
    for who in conversations:
        ratings = answer.get(who, {})
        if not isinstance(ratings, Mapping) or not set(ratings) <= set(dimensions):
            raise ValueError(f"the ratings of {who} should be for these: {', '.join(dimensions)}.")
        for what, level in ratings.items():
            if whole(level) not in levels:
                raise ValueError(f"{what} of {who} is {level!r}; choose one of: {', '.join(map(str, levels))}.")
        if ratings:
            plain[who] = {what: int(ratings[what]) for what in dimensions if what in ratings}
    return plain


class RubricRating(Exercise):
    """Read conversations and rate each on every dimension of a rubric.

    The answer is ``{conversation: {dimension: level}}``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    conversations
        Who says what, line by line, for each conversation by its name.
    dimensions
        For each dimension, what its levels look like, from worst to best.
    levels
        Whole numbers for the levels, from worst to best.
    key
        The right levels, or None for a question that is marked later.
    why
        What is to be said where a rating differs, by conversation and dimension.
    briefs
        What a rater must know about a conversation, such as the house rules; shown above it.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        conversations: Mapping[str, Sequence[tuple[str, str]]],
        dimensions: Mapping[str, Sequence[str]],
        levels: Sequence[int] = (1, 2, 3),
        key: Ratings | None = None,
        why: Reasons | None = None,
        briefs: Mapping[str, str] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.conversations = {
            name: [(str(who), str(words)) for who, words in lines] for name, lines in conversations.items()
        }
        self.dimensions = {name: list(meanings) for name, meanings in dimensions.items()}
        self.levels = list(levels)
        for name, meanings in self.dimensions.items():
            if len(meanings) != len(self.levels):
                raise ValueError(
                    f"dimension {name!r} describes {len(meanings)} levels, but there are {len(self.levels)}. "
                    "Describe each level once."
                )
        self.briefs = dict(briefs or {})
        self._key, self._why = key, why
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, dict[str, int]]:
        return _valid(answer, list(self.conversations), list(self.dimensions), self.levels)

    def _judge(self, answer: dict[str, dict[str, int]]) -> Feedback:
        if self._key is None:
            left = len(self.conversations) * len(self.dimensions) - sum(map(len, answer.values()))
            return check_answered(None if left else answer, f"{left} ratings still to give.")
        return judge_rubric_rating(answer, self._key, levels=self.levels, why=self._why)

    def _controls(self) -> widgets.Widget:
        self._radios = {
            (who, what): widgets.RadioButtons(
                options=self.levels, value=None, description=f"{who}: {what}", orientation="horizontal",
                **labelled("14em"),
            )
            for who in self.conversations
            for what in self.dimensions
        }  # fmt: skip
        rubric = table_html(
            "The rubric",
            ["Dimension", *(f"Level {level}" for level in self.levels)],
            [(name, *meanings) for name, meanings in self.dimensions.items()],
        )
        rows: list[widgets.Widget] = [widgets.HTML(rubric)]
        for who, lines in self.conversations.items():
            said = "".join(
                f"<p><strong>{escape(speaker)}:</strong> {escape(words)}</p>"
                if speaker
                else f"<p><em>{escape(words)}</em></p>"
                for speaker, words in lines
            )
            brief = f"<p>{escape(self.briefs[who])}</p>" if who in self.briefs else ""
            rows.append(widgets.HTML(f"<p><strong>{escape(who)}</strong></p>{brief}{said}"))
            rows += [self._radios[who, what] for what in self.dimensions]
        self._collect_from(self._radios.values(), self._chosen)
        return widgets.VBox(rows)

    def _chosen(self) -> dict[str, dict[str, int]]:
        chosen: dict[str, dict[str, int]] = {}
        for (who, what), radio in self._radios.items():
            if radio.value is not None:
                chosen.setdefault(who, {})[what] = radio.value
        return chosen

    def _show(self, answer: dict[str, dict[str, int]] | None) -> None:
        for (who, what), radio in self._radios.items():
            radio.value = (answer or {}).get(who, {}).get(what)

    def _describe(self, answer: dict[str, dict[str, int]]) -> str:
        lines = [
            f"{who}: " + ", ".join(f"{what} {answer.get(who, {}).get(what, 'open')}" for what in self.dimensions)
            for who in self.conversations
        ]
        return "Your answer:\n" + "\n".join(lines)
