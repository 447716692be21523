"""The feedback ladder: one pure judgement for instant feedback and for marks.

An answer climbs from "not answered" over "wrong kind", "out of range" and "close" to "right". A `Feedback`
says how far it came, why, and which share of the credit it earns. `cxux_helpers.checks` makes them.

Messages hold the author's words only. What the student gave stands apart in `Feedback.found`, so that a
marker can leave it out where it could give a hidden question away.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

__all__ = [
    "Feedback",
    "NoAnswer",
    "Rung",
    "combine",
    "shown",
]


class Rung(IntEnum):
    """How far an answer has climbed; higher is better."""

    NOT_ANSWERED = 0
    WRONG_KIND = 1
    OUT_OF_RANGE = 2
    ANSWERED = 3  # a sound answer to a question that is judged only after it has been handed in
    NOT_YET = 4
    CLOSE = 5
    RIGHT = 6

    @property
    def words(self) -> str:
        """The rung in words, as a student reads it."""
        return _WORDS[self][1]

    @property
    def symbol(self) -> str:
        """A mark beside the words, so that neither colour nor symbol stands alone."""
        return _WORDS[self][0]


_WORDS = {
    Rung.NOT_ANSWERED: ("○", "Not answered yet"),
    Rung.WRONG_KIND: ("✗", "Wrong kind of answer"),
    Rung.OUT_OF_RANGE: ("✗", "Out of range"),
    Rung.ANSWERED: ("●", "Answered"),
    Rung.NOT_YET: ("✗", "Not yet"),
    Rung.CLOSE: ("≈", "Close"),
    Rung.RIGHT: ("✓", "Right"),
}

# Text and background together, so that the contrast holds in the light and in the dark theme: all ≥ 7:1.
_COLOURS = {
    Rung.NOT_ANSWERED: ("#333333", "#eeeeee"),
    Rung.WRONG_KIND: ("#6b1212", "#fdecea"),
    Rung.OUT_OF_RANGE: ("#6b1212", "#fdecea"),
    Rung.ANSWERED: ("#333333", "#eeeeee"),
    Rung.NOT_YET: ("#6b1212", "#fdecea"),
    Rung.CLOSE: ("#5c3c00", "#fff4d6"),
    Rung.RIGHT: ("#0b4a1e", "#e4f5e8"),
}


@dataclass(frozen=True)
class NoAnswer:
    """Stands in for an answer that could not be had, and says why.

    Parameters
    ----------
    reason
        The author's words: what is missing and what to do.
    found
        What came instead, for example an error message of the student's own code.
    """

    reason: str
    found: str = ""


@dataclass(frozen=True)
class Feedback:
    """A judgement of one answer.

    Parameters
    ----------
    rung
        How far the answer climbed.
    message
        The author's words; never anything that the student wrote.
    share
        Credit earned, from 0 to 1.
    found
        What the student gave, shortened and cleaned, or an empty text.

    Raises
    ------
    ValueError
        If `share` lies outside 0 to 1, or is 1 on a rung below `Rung.RIGHT`, or below 1 on it.
    """

    rung: Rung
    message: str
    share: float = 0.0
    found: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1:
            raise ValueError(f"share is {self.share}; give a number from 0 to 1.")
        if (self.share == 1) != (self.rung is Rung.RIGHT):
            raise ValueError(f"share {self.share} does not fit the rung {self.rung.words!r}: only right earns 1.")

    @property
    def right(self) -> bool:
        """Whether the answer earned all of its credit."""
        return self.rung is Rung.RIGHT

    def __str__(self) -> str:
        text = f"{self.rung.symbol} {self.rung.words}. {self.message}".rstrip()
        return f"{text} You gave: {self.found}" if self.found else text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        ink, ground = _COLOURS[self.rung]
        found = f"<br>You gave: <code>{html.escape(self.found)}</code>" if self.found else ""
        return (
            f'<div style="color:{ink};background:{ground};border-left:4px solid {ink};'
            'padding:6px 10px;margin:4px 0">'
            f'<strong><span aria-hidden="true">{self.rung.symbol}</span> {self.rung.words}.</strong> '
            f"{html.escape(self.message)}{found}</div>"
        )


def shown(value: object, limit: int = 120) -> str:
    """Return a short, printable text for a value that a student gave.

    Control characters and marks that change the direction of the text become ``�``, so that a value
    can neither fake other lines nor hide parts of itself.
    """
    text = value if isinstance(value, str) else repr(value)
    text = text[: 4 * limit]
    text = "".join("�" if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in text)
    return text if len(text) <= limit else text[: limit - 1] + "…"


def combine(parts: Iterable[tuple[str, Feedback]]) -> Feedback:
    """Join the feedback of several parts of one answer; each part counts the same.

    The message names each part; the rung is right when all parts are, and otherwise the lowest one reached,
    raised to close when at least half of the credit is earned and every part has been answered.
    """
    listed = list(parts)
    if not listed:
        raise ValueError("there is nothing to combine; give at least one part.")
    lowest = min(f.rung for _, f in listed)
    share = sum(f.share for _, f in listed) / len(listed)
    message = " ".join(f"{label}: {f.rung.words.lower()}. {f.message}".rstrip() for label, f in listed)
    if lowest is Rung.RIGHT:
        return Feedback(Rung.RIGHT, message, 1.0)
    rung = Rung.CLOSE if lowest >= Rung.NOT_YET and share >= 0.5 else min(lowest, Rung.CLOSE)
    return Feedback(rung, message, share)
