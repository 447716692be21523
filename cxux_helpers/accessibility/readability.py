"""How easy an English text is to read, by the length of its sentences and words.

The formulas know nothing of the meaning, of the order of thoughts, or of what readers know already. Use them to find
the sentences that are worth a second look; ask readers whether they understand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from cxux_helpers.accessibility.syllables import count_syllables
from cxux_helpers.arguments import require_whole

__all__ = [
    "FLESCH_BANDS",
    "Readability",
    "Sentence",
    "flesch_band",
    "flesch_kincaid_grade",
    "flesch_kincaid_grade_from_counts",
    "flesch_reading_ease",
    "flesch_reading_ease_from_counts",
    "readability",
    "split_sentences",
    "split_words",
]

# The lowest reading ease of each band, and its name (Flesch 1949).
FLESCH_BANDS = (
    (90, "very easy"),
    (80, "easy"),
    (70, "fairly easy"),
    (60, "standard"),
    (50, "fairly difficult"),
    (30, "difficult"),
)

_WORD = re.compile(r"[^\W_]+(?:[.,:'’‐‑/@_-]+[^\W_]+)*")
# A full stop after one of these, after a single letter, or between digits does not end a sentence.
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[\"“‘])(?:[A-Za-z]|(?:[A-Za-z]\.)+[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|cf|no|No|fig|Fig|approx)\.$"
)
_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+")


class Sentence(NamedTuple):
    """A sentence with its counts."""

    text: str
    words: int
    syllables: int


@dataclass(frozen=True)
class Readability:
    """Counts of a text, its two scores, and its sentences.

    Parameters
    ----------
    sentences : tuple of Sentence
        In the order of the text.

    Examples
    --------
    >>> result = readability("Book a time. We will call you back before noon, and tell you who will see you.")
    >>> result
    Reading ease 108.6 (very easy), grade 0.2: 17 words in 2 sentences, 1.06 syllables per word
    >>> result.longest(1)[0].words
    14
    """

    sentences: tuple[Sentence, ...]

    @property
    def words(self) -> int:
        """Number of words."""
        return sum(sentence.words for sentence in self.sentences)

    @property
    def syllables(self) -> int:
        """Number of syllables."""
        return sum(sentence.syllables for sentence in self.sentences)

    @property
    def reading_ease(self) -> float:
        """As `flesch_reading_ease` defines it."""
        return flesch_reading_ease_from_counts(self.words, len(self.sentences), self.syllables)

    @property
    def grade(self) -> float:
        """As `flesch_kincaid_grade` defines it."""
        return flesch_kincaid_grade_from_counts(self.words, len(self.sentences), self.syllables)

    def longest(self, n: int = 3) -> tuple[Sentence, ...]:
        """Return the `n` sentences with most words, the longest first: where mending gains most.

        Sentences of the same length come in the order of the text.
        """
        n = require_whole("n", n, low=1)
        return tuple(sorted(self.sentences, key=lambda sentence: -sentence.words)[:n])

    def __repr__(self) -> str:
        sentences = len(self.sentences)
        return (
            f"Reading ease {self.reading_ease:.1f} ({flesch_band(self.reading_ease)}), grade {self.grade:.1f}: "
            f"{self.words} {'word' if self.words == 1 else 'words'} in {sentences} "
            f"{'sentence' if sentences == 1 else 'sentences'}, {self.syllables / self.words:.2f} syllables per word"
        )


def readability(text: str) -> Readability:
    """Count sentences, words and syllables of an English text.

    Parameters
    ----------
    text : str
        Running text. Leave out headings, tables and lists of links: they are no sentences. A blank line ends a
        sentence, a single line break does not.

    Returns
    -------
    Readability

    Raises
    ------
    ValueError
        If there is no word.

    Examples
    --------
    >>> readability("The cat sat on the mat.")
    Reading ease 116.1 (very easy), grade -1.4: 6 words in 1 sentence, 1.00 syllables per word
    """
    counted = []
    for sentence in split_sentences(text):
        words = split_words(sentence)
        counted.append(Sentence(sentence, len(words), sum(map(count_syllables, words))))
    return Readability(tuple(counted))


def flesch_reading_ease(text: str) -> float:
    """Flesch reading ease of an English text. Higher is easier: 60 to 70 is plain English.

    206.835 − 1.015 · words per sentence − 84.6 · syllables per word (Flesch 1948). Most texts lie between 0 and 100,
    but neither is a bound: the easiest possible text, of sentences of one short word, has 121.22, and there is no
    lowest value. Other programs give other values for the same text, since each has its own rule for syllables; ours
    is in `cxux_helpers.accessibility.syllables`. Compare texts with one program only.

    Parameters
    ----------
    text : str
        As `readability` takes it. A hundred words or more give a steady value.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If there is no word.

    References
    ----------
    Flesch, R. (1948). A new readability yardstick. *Journal of Applied Psychology* 32(3), 221–233.

    Examples
    --------
    >>> text = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    >>> round(flesch_reading_ease(text), 1)
    37.5
    """
    return readability(text).reading_ease


def flesch_kincaid_grade(text: str) -> float:
    """Flesch–Kincaid grade of an English text: the year of school in the United States. Lower is easier.

    0.39 · words per sentence + 11.8 · syllables per word − 15.59 (Kincaid and others 1975). The lowest possible value
    is −3.40; there is no highest. It weighs the same two lengths otherwise than `flesch_reading_ease`, so the two may
    order texts differently.

    Parameters
    ----------
    text : str
        As `readability` takes it.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If there is no word.

    References
    ----------
    Kincaid, J. P., Fishburne, R. P., Rogers, R. L., and Chissom, B. S. (1975). *Derivation of new readability
    formulas for Navy enlisted personnel*. Research Branch Report 8-75.

    Examples
    --------
    >>> text = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."
    >>> round(flesch_kincaid_grade(text), 1)
    11.3
    """
    return readability(text).grade


def flesch_reading_ease_from_counts(words: int, sentences: int, syllables: int) -> float:
    """Flesch reading ease, as `flesch_reading_ease` defines it, from counts that you have already.

    Parameters
    ----------
    words, sentences, syllables : int
        Counts of the whole text, 1 or more. There are at least as many words as sentences, and as syllables words.

    Returns
    -------
    float

    Raises
    ------
    ValueError
        If a count is not a whole number of 1 or more, or the three cannot belong to one text.

    Examples
    --------
    >>> round(flesch_reading_ease_from_counts(words=13, sentences=1, syllables=26), 2)
    24.44
    """
    _require_counts(words, sentences, syllables)
    return 206.835 - 1.015 * words / sentences - 84.6 * syllables / words


def flesch_kincaid_grade_from_counts(words: int, sentences: int, syllables: int) -> float:
    """Flesch–Kincaid grade, as `flesch_kincaid_grade` defines it, from counts; parameters and errors as for
    `flesch_reading_ease_from_counts`.

    Examples
    --------
    >>> round(flesch_kincaid_grade_from_counts(words=13, sentences=1, syllables=26), 2)
    13.08
    """
    _require_counts(words, sentences, syllables)
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def flesch_band(reading_ease: float) -> str:
    """Name of the band in which a reading ease lies, from "very easy" (90 or more) to "very difficult" (below 30).

    Examples
    --------
    >>> flesch_band(65), flesch_band(29.9)
    ('standard', 'very difficult')
    """
    return next((name for lowest, name in FLESCH_BANDS if reading_ease >= lowest), "very difficult")


def split_sentences(text: str) -> list[str]:
    """Split a text into its sentences; what has no word is left out.

    A sentence ends with a full stop, a question mark, an exclamation mark or an ellipsis before a space, or with a
    blank line. The full stops of frequent abbreviations (Dr., e.g.), of initials and of numbers do not end one.

    Raises
    ------
    ValueError
        If there is no word.

    Examples
    --------
    >>> split_sentences("Dr. Lee is in today. Call before 4.30 p.m. or write!")
    ['Dr. Lee is in today.', 'Call before 4.30 p.m. or write!']
    """
    if not isinstance(text, str) or not _WORD.search(text):
        raise ValueError(f"text is {text!r}, which has no word. Give a text of at least one sentence.")
    return [sentence for part in re.split(r"\n\s*\n", text) for sentence in _sentences(part) if _WORD.search(sentence)]


def split_words(text: str) -> list[str]:
    """Split a text into words, as Flesch counts them: what stands between spaces.

    Contractions, words with hyphens, figures and abbreviations are one word each; signs alone are none.

    Examples
    --------
    >>> split_words("Don't wait: e-mail us – it's free, 24/7!")
    ["Don't", 'wait', 'e-mail', 'us', "it's", 'free', '24/7']
    """
    return _WORD.findall(text)


def _sentences(paragraph: str) -> Iterator[str]:
    start = 0
    for end in _END.finditer(paragraph):
        if not _ABBREVIATION.search(paragraph[start : end.start()]):
            yield " ".join(paragraph[start : end.end()].split())
            start = end.end()
    yield " ".join(paragraph[start:].split())


def _require_counts(words: int, sentences: int, syllables: int) -> None:
    for name, count in (("words", words), ("sentences", sentences), ("syllables", syllables)):
        require_whole(name, count, low=1)
    if not sentences <= words <= syllables:
        raise ValueError(
            f"{sentences} sentences, {words} words and {syllables} syllables cannot be of one text: a sentence has at "
            "least one word, and a word at least one syllable. Check the order of the counts."
        )
