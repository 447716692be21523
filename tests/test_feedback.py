"""Tests of cxux_helpers.feedback: rungs, messages and how parts are joined."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxux_helpers.feedback import Feedback, Rung, combine, shown

RIGHT = Feedback(Rung.RIGHT, "Well seen.", 1.0)
WRONG = Feedback(Rung.NOT_YET, "Look again.")


def test_only_a_right_answer_earns_the_whole_credit():
    with pytest.raises(ValueError, match="only right earns 1"):
        Feedback(Rung.CLOSE, "", 1.0)
    with pytest.raises(ValueError, match="only right earns 1"):
        Feedback(Rung.RIGHT, "", 0.5)


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_zero_to_one_is_an_error(share):
    with pytest.raises(ValueError, match="share"):
        Feedback(Rung.NOT_YET, "", share)


def test_feedback_says_its_rung_in_words_and_what_was_given():
    text = str(Feedback(Rung.NOT_YET, "Count again.", found="7"))
    assert "Not yet" in text and "Count again." in text and "You gave: 7" in text


def test_what_a_student_wrote_cannot_become_markup():
    page = Feedback(Rung.NOT_YET, "Try again.", found="<script>alert(1)</script>")._repr_html_()
    assert "<script" not in page and "&lt;script&gt;" in page


def test_every_rung_has_text_with_a_contrast_of_at_least_seven_to_one():
    def luminance(colour):
        channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for rung in Rung:
        share = 1.0 if rung is Rung.RIGHT else 0.0
        style = Feedback(rung, "x", share)._repr_html_()
        ink, ground = (style.split(key)[1][:7] for key in ('style="color:', "background:"))
        lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 7


def test_a_shown_value_has_no_control_or_direction_marks():
    assert shown("a\x1b[31m\nb\u202ec\u2066") == "a�[31m�b�c�"


@given(st.text(max_size=500), st.integers(2, 60))
def test_a_shown_value_never_exceeds_its_limit(text, limit):
    assert len(shown(text, limit)) <= limit


def test_all_parts_right_is_right():
    joined = combine([("Size", RIGHT), ("Worth", RIGHT)])
    assert joined.right and "Size: right" in joined.message


def test_half_of_the_parts_right_is_close_and_earns_half():
    joined = combine([("Size", RIGHT), ("Worth", WRONG)])
    assert (joined.rung, joined.share) == (Rung.CLOSE, 0.5)


def test_a_missing_part_holds_the_whole_answer_down():
    missing = Feedback(Rung.NOT_ANSWERED, "Nothing here yet.")
    joined = combine([("Size", RIGHT), ("Worth", RIGHT), ("Name", missing)])
    assert joined.rung is Rung.NOT_ANSWERED and joined.share == pytest.approx(2 / 3)


def test_nothing_to_combine_is_an_error():
    with pytest.raises(ValueError, match="at least one part"):
        combine([])
