"""Tests of cxux_helpers.exercises.html_parts and controls: what all exercises share in their views."""

import pytest

from cxux_helpers.exercises.controls import BLANK, Slider, chosen, menu, read_whole, show_chosen
from cxux_helpers.exercises.html_parts import Html, bar_html, minus, table_html


def test_cells_are_escaped_unless_they_are_html():
    table = table_html("A & B", ["<i>", ""], [("<b>", "<u>"), ("x", Html("<em>y</em>"))])
    assert "A &amp; B" in table and "&lt;i&gt;" in table and "&lt;b&gt;" in table and "&lt;u&gt;" in table
    assert "<td><em>y</em></td>" in table and "<td></td></tr></thead>" in table


def test_a_table_without_heads_has_no_empty_row():
    assert "<thead>" not in table_html("Mine", (), [("one", "two")])


@pytest.mark.parametrize(
    ("text", "better"),
    [
        ("-3", "−3"),
        ("(-.5 to -1)", "(−.5 to −1)"),
        ("2027-06-30", "2027-06-30"),
        ("B-52, 2-3 -", "B-52, 2-3 -"),
    ],
)
def test_only_negative_numbers_get_a_minus_sign(text, better):
    assert minus(text) == better


def test_an_empty_bar_still_says_its_percent():
    assert "cxux-bar" not in bar_html(0) and bar_html(0).endswith(" 0.0%")
    assert 'style="width:50.0%"' in bar_html(0.2, full=0.4)


@pytest.mark.parametrize("value", [True, 1.5, "2", None, 0, 4])
def test_what_is_no_whole_number_between_the_ends_is_refused(value):
    with pytest.raises(ValueError, match=r"calls is .*; it should be a whole number from 1 to 3"):
        read_whole("calls", value, 1, 3)


def test_a_slider_reads_what_it_can_show():
    slider = Slider("Calls", 10, 200, 5, 60)
    control = slider.control()
    assert (control.min, control.max, control.step, control.value) == (10, 200, 5, 60)
    assert slider.read("calls", 200) == 200


def test_a_menu_on_which_nothing_is_chosen_gives_nothing():
    menus = {"first": menu("First", ["a", "b"]), "second": menu("Second", ["a", "b"])}
    show_chosen(menus, {"second": "b"})
    assert menus["first"].value == BLANK and chosen(menus) == {"second": "b"}
