"""Tests of cxux_helpers.accessibility.readability and syllables: Flesch, Flesch–Kincaid, and what they count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxux_helpers.accessibility.readability import (
    flesch_band,
    flesch_kincaid_grade,
    flesch_kincaid_grade_from_counts,
    flesch_reading_ease,
    flesch_reading_ease_from_counts,
    readability,
    split_sentences,
    split_words,
)
from cxux_helpers.accessibility.syllables import count_syllables

PLATYPUS = "The Australian platypus is seemingly a hybrid of a mammal and reptilian creature."

# Counted by hand, aloud.
SYLLABLES = {
    "silent e, -es and -ed": {
        1: "make makes made type eye eyes asked called played freed moved time please",
        2: "wanted needed boxes changes houses reaches handled agreed service invite unique technique",
        3: "services recovered exercise included processes",
    },
    "sounded -le and -re": {1: "whole", 2: "table tables simple label centre people", 3: "settlement usable example"},
    "silent e within": {
        2: "safely careful useful movement something homepage wireframe notebook sidebar timeline statement",
        3: "stakeholder awareness usefulness everything",
    },
    "vowels spoken together": {
        1: "cream reach fruit suit build guide guess queue real voice year",
        2: "social nation question language colleague million creature movie value issue",
        3: "beautiful appearance religion precisely dialogue",
        4: "satisfaction information",
    },
    "vowels spoken apart": {
        2: "going being trying quiet science client poem react chaos create fluid buyer layer giant via",
        3: "idea video radio medium area theory museum diary actual influence serious heroic employee",
        4: "material society variety experience appreciate continuous reality intuitive",
    },
    "syllables without a vowel": {2: "rhythm didn't couldn't it'll", 3: "tourism", 4: "criticism algorithm"},
    "contractions and hyphens": {1: "don't we've they're it's", 2: "e-mail naïve café", 3: "customer's well-being"},
    "irregular": {2: "business maybe someone evening safety", 3: "recipe element résumé moreover", 4: "European"},
    "words of this course": {
        1: "churn brand",
        2: "journey survey agile backlog touchpoint channel contrast heading Kano Likert Erlang feedback",
        3: "customer persona loyalty retention promoter detractor empathy prototype heuristic questionnaire recency",
        4: "omnichannel segmentation hypothesis qualitative hierarchy recovery iteration monetary",
        5: "usability readability",
        6: "accessibility",
    },
    "figures and abbreviations": {1: "42 NPS 7", 2: "24/7"},
}  # fmt: skip


# -- syllables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", SYLLABLES)
def test_syllables_counted_by_hand(kind):
    by_hand = {word: count for count, words in SYLLABLES[kind].items() for word in words.split()}
    assert {word: count_syllables(word) for word in by_hand} == by_hand


def test_enough_words_were_counted_by_hand():
    assert sum(len(words.split()) for kinds in SYLLABLES.values() for words in kinds.values()) > 150


def test_capitals_and_accents_change_nothing():
    assert count_syllables("USABILITY") == count_syllables("Usability") == 5
    assert count_syllables("Didn’t") == 2
    assert count_syllables("Señor") == count_syllables("senor") == 2


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'-", min_size=1, max_size=20).filter(lambda t: t.strip("'-")))
def test_a_word_has_at_least_one_syllable_and_no_more_than_letters(word):
    letters = len(word.replace("'", "").replace("-", ""))
    assert 1 <= count_syllables(word) <= letters + 1


@pytest.mark.parametrize("word", ["", "—", "'", " "])
def test_a_word_needs_a_letter_or_a_digit(word):
    with pytest.raises(ValueError, match=r"has no letter and no digit\. Give one English word"):
        count_syllables(word)


# -- sentences and words -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four… Five", 5),
        ("Dr. Lee sees Mr. J. K. Smith. He waits.", 2),
        ("Bring papers, e.g. your card. It is free.", 2),
        ("Version 2.0 costs 4.50 euros. Good.", 2),
        ("She said “Stop!” Then she left.", 2),
        ("(It works.) It does.", 2),
        ("A line\nthat goes on. The next.", 2),
        ("A heading\n\nA sentence.", 2),
        ("A heading\n  \t\nA sentence.\n\n\n***\n\n", 2),
        ("Wait... what?", 2),
        ("www.example.com is a page. So is a.b.", 2),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, sentences):
    assert len(split_sentences(text)) == sentences


def test_sentences_keep_their_words():
    assert split_sentences("  Book a\n  time. We call  you. ") == ["Book a time.", "We call you."]


def test_words_stand_between_spaces():
    assert split_words("Don’t wait – it's 24/7, well-known & user_friendly: 1,000.50!") == [
        "Don’t", "wait", "it's", "24/7", "well-known", "user_friendly", "1,000.50",
    ]  # fmt: skip
    assert split_words("– … &") == []


# -- formulas ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "ease", "grade"),
    [
        # Wikipedia, Flesch–Kincaid readability tests: 24 syllables and 13 words score 37.5, and are an 11.3.
        ((13, 1, 24), 37.5, 11.3),
        # README of the npm packages flesch and flesch-kincaid.
        ((13, 1, 26), 24.44, 13.08),
        ((6, 1, 6), 116.145, None),
        # README of rusinek-wojciech/hyperskill-java-track: 59 words, 7 sentences, 124 syllables give a grade of 12.50.
        ((59, 7, 124), None, 12.50),
        # Wikipedia: the highest ease is 121.22 and the lowest grade −3.40, for sentences of one short word.
        ((1, 1, 1), 121.22, -3.40),
        ((50, 50, 50), 121.22, -3.40),
    ],
)
def test_published_scores(counts, ease, grade):
    words, sentences, syllables = counts
    if ease is not None:
        found = flesch_reading_ease_from_counts(words=words, sentences=sentences, syllables=syllables)
        assert found == pytest.approx(ease, abs=0.05 if ease == 37.5 else 0.005 + 1e-9)
    if grade is not None:
        found = flesch_kincaid_grade_from_counts(words=words, sentences=sentences, syllables=syllables)
        assert found == pytest.approx(grade, abs=0.05 if grade == 11.3 else 0.005 + 1e-9)


def test_scores_of_texts_whose_counts_are_published():
    # The cat sat on the mat: 6 words, 6 syllables. The platypus: 13 words, 24 syllables (Wikipedia).
    assert flesch_reading_ease("The cat sat on the mat.") == pytest.approx(116.145)
    result = readability(PLATYPUS)
    assert (result.words, len(result.sentences), result.syllables) == (13, 1, 24)
    assert flesch_reading_ease(PLATYPUS) == pytest.approx(37.5, abs=0.05)
    assert flesch_kincaid_grade(PLATYPUS) == pytest.approx(11.3, abs=0.05)


@given(st.integers(1, 50), st.integers(1, 40), st.integers(1, 4), st.integers(2, 5))
def test_only_the_two_averages_count(sentences, length, syllables, times):
    counts = (sentences * length, sentences, sentences * length * syllables)
    longer = tuple(times * count for count in counts)
    assert flesch_reading_ease_from_counts(*longer) == pytest.approx(flesch_reading_ease_from_counts(*counts))
    assert flesch_kincaid_grade_from_counts(*longer) == pytest.approx(flesch_kincaid_grade_from_counts(*counts))


@given(st.integers(1, 40), st.integers(0, 80))
def test_longer_words_and_sentences_are_harder(length, more):
    def both(words, syllables):
        return (
            flesch_reading_ease_from_counts(words, 1, syllables),
            -flesch_kincaid_grade_from_counts(words, 1, syllables),
        )

    ease, grade = both(length, length + more)
    assert ease <= 121.22 + 1e-9
    assert all(harder < easier for harder, easier in zip(both(length, length + more + 1), (ease, grade), strict=True))
    # One more word, with the same syllables per word.
    two = both(2 * length, 2 * (length + more))
    assert all(harder < easier for harder, easier in zip(two, (ease, grade), strict=True))


@pytest.mark.parametrize(
    ("score", "band"),
    [
        (121, "very easy"), (90, "very easy"), (89.9, "easy"), (75, "fairly easy"), (65, "standard"), (60, "standard"),
        (59.9, "fairly difficult"), (30, "difficult"), (29.9, "very difficult"), (-10, "very difficult"),
    ],
)  # fmt: skip
def test_bands_are_those_of_flesch(score, band):
    assert flesch_band(score) == band


@pytest.mark.parametrize(
    ("counts", "message"),
    [
        ((0, 1, 1), "words is 0, but must be a whole number of 1 or more"),
        ((10, 0, 10), "sentences is 0"),
        ((10, 1, 0), "syllables is 0"),
        ((10.5, 1, 20), "words is 10.5"),
        ((True, 1, 1), "words is True"),
        ((10, 11, 20), "11 sentences, 10 words and 20 syllables cannot be of one text.*Check the order"),
        ((10, 1, 9), "cannot be of one text"),
    ],
)
@pytest.mark.parametrize("score", [flesch_reading_ease_from_counts, flesch_kincaid_grade_from_counts])
def test_impossible_counts_are_errors(score, counts, message):
    with pytest.raises(ValueError, match=message):
        score(*counts)


# -- the result --------------------------------------------------------------------------------------------------------


def test_the_longest_sentences_come_first_and_keep_their_order():
    result = readability("One two three. One. One two three four. Four five six.")
    assert [sentence.words for sentence in result.sentences] == [3, 1, 4, 3]
    assert [sentence.text for sentence in result.longest(3)] == [
        "One two three four.", "One two three.", "Four five six.",
    ]  # fmt: skip
    assert len(result.longest(99)) == 4
    with pytest.raises(ValueError, match="n is 0, but must be a whole number of 1 or more"):
        result.longest(0)


def test_a_text_and_its_double_read_the_same():
    once, twice = readability(PLATYPUS), readability(f"{PLATYPUS} {PLATYPUS}")
    assert twice.words == 2 * once.words
    assert twice.reading_ease == pytest.approx(once.reading_ease)
    assert twice.grade == pytest.approx(once.grade)


def test_one_word_is_a_text():
    assert repr(readability("Stop")) == (
        "Reading ease 121.2 (very easy), grade -3.4: 1 word in 1 sentence, 1.00 syllables per word"
    )


@pytest.mark.parametrize("text", ["", "  \n ", "… – !", None, 7])
@pytest.mark.parametrize("score", [flesch_reading_ease, flesch_kincaid_grade, readability, split_sentences])
def test_a_text_without_words_is_an_error(score, text):
    with pytest.raises(ValueError, match=r"text is .*, which has no word. Give a text of at least one sentence"):
        score(text)
