"""Rewriting a notice in plain words: live reading ease, the longest sentence, and whether every fact is still there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from cxux_helpers.accessibility.readability import flesch_band, readability
from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import labelled, live
from cxux_helpers.feedback import Feedback, Rung, combine, shown

__all__ = ["PlainWords", "judge_plain_words"]

_MOST = 1500  # characters


def judge_plain_words(
    answer: object, *, facts: Mapping[str, Sequence[str]], ease: float = 60, longest: int = 20
) -> Feedback:
    """Judge a rewritten notice: each fact counts, and reading ease and sentence length count as much as all of them.

    Parameters
    ----------
    answer
        The text, or a `NoAnswer`.
    facts
        What must still be said, each with words of which one must appear, whatever the case of the letters.
    ease
        Least Flesch reading ease.
    longest
        Most words of a sentence.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        text = _valid(answer)
        result = readability(text)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The text cannot be read. Write sentences.", found=shown(str(problem)))
    left = [fact for fact, words in facts.items() if not _says(text, words)]
    if not left:
        kept = Feedback(Rung.RIGHT, "All of them are there.", 1.0)
    else:
        share = 1 - len(left) / len(facts)
        kept = Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, f"Missing: {'; '.join(left)}.", share)
    most = result.longest(1)[0].words
    # A text that says nothing reads easily, so ease counts as far as the facts are kept.
    worth = kept.share
    easy, short = result.reading_ease >= ease, most <= longest
    band = flesch_band(result.reading_ease)
    words = f"Reading ease {result.reading_ease:.0f} ({band}), the longest sentence has {most} words."
    if worth == 1 and easy and short:
        plain = Feedback(Rung.RIGHT, words, 1.0)
    else:
        advice = "" if easy else f" Aim for {ease:g}: shorter words, such as “buy” in place of “purchase”."
        advice += "" if short else f" Cut it at {longest} words: one thought for each sentence."
        advice += "" if worth == 1 else " Bring the missing facts back; they count here as well."
        share = worth * (easy + short) / 2
        plain = Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, words + advice, share)
    return combine([("Facts", kept), ("Plain words", plain)])


def _says(text: str, words: Sequence[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE) for word in words)


def _valid(answer: object) -> str:
    if not isinstance(answer, str):
        raise ValueError("the answer should be a text.")
    if len(answer) > _MOST:
        raise ValueError(f"the text has {len(answer):,} characters; {_MOST:,} are enough for a notice.")
    return answer.strip()


class PlainWords(Exercise):
    """Rewrite a notice until it is easy to read and still says all that it must.

    The answer is the text.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    notice
        The text as it was.
    facts, ease, longest
        As in `judge_plain_words`; without `facts` the question is marked later.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        notice: str,
        facts: Mapping[str, Sequence[str]] | None = None,
        ease: float = 60,
        longest: int = 20,
        folder: Path | str | None = None,
    ) -> None:
        self.notice, self.ease, self.longest = notice, ease, longest
        self._facts = facts
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> str:
        return _valid(answer)

    def _judge(self, answer: str) -> Feedback:
        if self._facts is None:
            return check_answered(None if answer == self.notice.strip() else answer, "Rewrite the notice.")
        return judge_plain_words(answer, facts=self._facts, ease=self.ease, longest=self.longest)

    def _controls(self) -> widgets.Widget:
        self._before = widgets.HTML(
            f"<blockquote>{escape(self.notice)}</blockquote><p>As it is: {_measured(self.notice)}</p>"
        )
        self._text = widgets.Textarea(description="In plain words", rows=6, continuous_update=False, **labelled("8em"))
        self._ease = live()
        self._collect_from([self._text], lambda: self._text.value)
        return widgets.VBox([self._before, self._text, self._ease])

    def _show(self, answer: str | None) -> None:
        self._text.value = answer or ""
        self._ease.value = f"<p>Yours: {_measured(answer)}</p>" if answer else "<p>Yours: nothing yet.</p>"

    def _describe(self, answer: str) -> str:
        return f"Your answer: {answer}\n{_measured(answer)}"


def _measured(text: str) -> str:
    try:
        result = readability(text)
    except ValueError:
        return "there is no sentence in it yet."
    return (
        f"reading ease {result.reading_ease:.0f} ({flesch_band(result.reading_ease)}); "
        f"the longest sentence has {result.longest(1)[0].words} words."
    )
