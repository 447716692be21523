"""Accessibility: contrast of colours, how easy a text is to read, and the structure of a page."""

from cxux_helpers.accessibility.audits import (
    AuditResult,
    Mark,
    audit_marks,
    fault_lines,
    notebook_page,
    page_to_show,
)
from cxux_helpers.accessibility.colours import COLOUR_NAMES, Colour, colour_channels, colour_hex
from cxux_helpers.accessibility.contrast import (
    CONTRAST_MINIMUM,
    contrast_level,
    contrast_ratio,
    is_large_text,
    nearest_passing_colour,
    relative_luminance,
)
from cxux_helpers.accessibility.page_structure import PAGE_RULES, PageFinding, PageRule, ask_a_human, check_page
from cxux_helpers.accessibility.readability import (
    FLESCH_BANDS,
    Readability,
    Sentence,
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

__all__ = [
    "COLOUR_NAMES",
    "CONTRAST_MINIMUM",
    "FLESCH_BANDS",
    "PAGE_RULES",
    "AuditResult",
    "Colour",
    "Mark",
    "PageFinding",
    "PageRule",
    "Readability",
    "Sentence",
    "ask_a_human",
    "audit_marks",
    "check_page",
    "colour_channels",
    "colour_hex",
    "contrast_level",
    "contrast_ratio",
    "count_syllables",
    "fault_lines",
    "flesch_band",
    "flesch_kincaid_grade",
    "flesch_kincaid_grade_from_counts",
    "flesch_reading_ease",
    "flesch_reading_ease_from_counts",
    "is_large_text",
    "nearest_passing_colour",
    "notebook_page",
    "page_to_show",
    "readability",
    "relative_luminance",
    "split_sentences",
    "split_words",
]
