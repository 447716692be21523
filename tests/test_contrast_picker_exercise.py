"""Tests of picking colours that can be read, without a browser."""

import ipywidgets as widgets
import pytest

from cxux_helpers.accessibility.colours import lightness
from cxux_helpers.accessibility.contrast import contrast_ratio, nearest_passing_colour
from cxux_helpers.exercises.contrast_picker import ContrastPicker, ContrastSample, judge_contrast
from cxux_helpers.feedback import Rung
from tests.exercise_views import controls, named, saved, shown_html

SAMPLES = {
    "Note": ContrastSample("Closed on Monday", "#999999", "#ffffff", keep="ground"),
    "Button": ContrastSample("Reserve", "#ffffff", "#66bb66", size_pt=14, bold=True, keep="text"),
    "Help": ContrastSample("Ring us", "#777777", "#ffffff", level="AAA"),
    "Frame": ContrastSample("The edge of a field", "#cccccc", "#ffffff", non_text=True),
}
MENDED = {
    "Note": {"text": "#595959", "ground": "#ffffff"},
    "Button": {"text": "#ffffff", "ground": "#2e7d32"},
    "Help": {"text": "#333333", "ground": "#ffffff"},
    "Frame": {"text": "#767676", "ground": "#ffffff"},
}


def picker(folder, **more):
    return ContrastPicker("q1", title="Colours", prompt="Mend.", samples=SAMPLES, folder=folder, **more)


def test_colours_that_pass_are_right(tmp_path):
    exercise = picker(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = MENDED
    assert exercise.check().right, exercise.check()
    assert picker(tmp_path).answer == MENDED
    assert "Note: #595959 on #ffffff, ratio 7.00, AAA" in exercise.text()


@pytest.mark.parametrize(
    ("name", "colours", "share", "words"),
    [
        ("Note", {"text": "#777777", "ground": "#ffffff"}, 3 / 4, "4.47 is below 4.5, the least for text at AA."),
        ("Note", {"text": "#999999", "ground": "#000000"}, 3 / 4, "The ground is a house colour and stays."),
        ("Help", {"text": "#666666", "ground": "#ffffff"}, 3.5 / 4, "It passes AA."),
        ("Button", {"text": "#ffffff", "ground": "#66bb66"}, 3 / 4, "Its colours are as they were."),
        ("Frame", {"text": "#999999", "ground": "#ffffff"}, 3 / 4, "2.84 is below 3, the least for non-text"),
    ],
)
def test_colours_that_do_not_pass_are_told_why(name, colours, share, words):
    feedback = judge_contrast({**MENDED, name: colours}, SAMPLES)
    assert feedback.share == pytest.approx(share) and words in feedback.message


def test_the_nearest_colour_is_offered_and_taken(tmp_path):
    exercise = picker(tmp_path)
    nearest = nearest_passing_colour("#999999", "#ffffff", ratio=4.5)
    assert f"The nearest colour of the text that passes: {nearest}" in shown_html(exercise)
    take = next(one for one in controls(exercise, widgets.Button) if one.description.startswith("Note"))
    take.click()
    assert saved(tmp_path)["Note"]["text"] == nearest
    assert contrast_ratio(nearest, "#ffffff") >= 4.5
    without = picker(tmp_path / "other", offer=False)
    assert "nearest" not in shown_html(without)


def test_field_and_slider_follow_each_other_and_the_hue_survives_black(tmp_path):
    exercise = picker(tmp_path)
    field, slider = named(exercise, "Help: text"), named(exercise, "Help: text, lightness")
    field.value = "navy"
    assert saved(tmp_path)["Help"]["text"] == "#000080" and slider.value == lightness("#000080") == 25
    slider.value = 0
    assert field.value == "#000000"
    slider.value = 40
    assert field.value == "#0000cc"
    field.value = "no colour"
    assert saved(tmp_path)["Help"]["text"] == "#0000cc"
    assert any("which is no colour" in box.value for box in controls(exercise, widgets.HTML))


def test_a_house_colour_has_no_controls(tmp_path):
    names = {one.description for one in controls(picker(tmp_path), widgets.Text)}
    assert names == {"Note: text", "Button: ground", "Help: text", "Help: ground", "Frame: line", "Frame: ground"}


def test_colours_may_be_marked_later(tmp_path):
    exercise = picker(tmp_path, marked_later=True)
    exercise.answer = {"Note": MENDED["Note"]}
    assert exercise.check().message == "Not changed yet: Button, Help, Frame."
    exercise.answer = MENDED
    assert exercise.check().rung is Rung.ANSWERED


@pytest.mark.parametrize(
    "wrong", [7, {"Nothing": {}}, {"Note": {"text": "#000"}}, {"Note": {"text": "x", "ground": "y"}}]
)
def test_colours_of_another_kind_are_refused(tmp_path, wrong):
    with pytest.raises(ValueError, match=r"should be|which is no colour"):
        picker(tmp_path).answer = wrong
    assert judge_contrast(wrong, SAMPLES).rung is Rung.WRONG_KIND


def test_there_is_no_higher_level_for_what_is_no_text():
    with pytest.raises(ValueError, match="no level AAA for non-text"):
        _ = ContrastSample("A line", "#000", "#fff", level="AAA", non_text=True).least
