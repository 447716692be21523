"""Tests of cxux_helpers.exercises.further_questions: choices beside the sliders of an exercise."""

import pytest

from cxux_helpers.exercises.further_questions import FurtherQuestions
from cxux_helpers.feedback import Rung

ASKED = {"So": {"fewer": "Fewer do.", "more": "More do."}, "Then": {"stop": "Stop.", "go": "Go."}}
KEY = {"So": "fewer", "Then": "go"}


def test_each_choice_is_judged_under_its_label():
    judged = dict(FurtherQuestions(ASKED, KEY).judge({"So": "more"}))
    assert judged["So"].rung is Rung.NOT_YET and "More do." in judged["So"].message
    assert judged["Then"].rung is Rung.NOT_ANSWERED


def test_choices_are_shown_and_read_back():
    questions = FurtherQuestions(ASKED)
    assert [radio.description for radio in questions.controls()] == ["So", "Then"]
    assert questions.chosen() == {}
    questions.show({"Then": "stop"})
    assert questions.chosen() == {"Then": "stop"} and questions.still_open({"Then": "stop"}) == ["So"]
    assert questions.in_words({"Then": "stop"}) == ["So: not chosen", "Then: stop"]


@pytest.mark.parametrize("then", [None, ["fewer"], {"Other": "fewer"}, {"So": "go"}, {"So": None}])
def test_other_choices_are_refused(then):
    with pytest.raises(ValueError, match="option"):
        FurtherQuestions(ASKED).read(then)


def test_an_authors_slip_is_told_at_once():
    with pytest.raises(ValueError, match="'both' is no option of 'So'"):
        FurtherQuestions(ASKED, {"So": "both"})
    with pytest.raises(ValueError, match="'Then' has no key"):
        FurtherQuestions(ASKED, {"So": "more"}).judge({})
    with pytest.raises(ValueError, match="'So' has no key, or no reasons"):
        FurtherQuestions({"So": ["fewer", "more"]}, {"So": "more"}).judge({})
