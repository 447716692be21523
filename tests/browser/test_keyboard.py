"""The exercises by keyboard alone, and JupyterLab's shortcut keys kept away from them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab_driver import PANEL
from tests.browser.notebook_page import NotebookPage

# Question and selector of each kind of control.
KINDS = {
    "slider handle": ("m03-e2", "[role=slider]"),
    "slider readout": ("m03-e1", ".widget-readout"),
    "dropdown": ("m03-e4", "select"),
    "text": ("m03-e4", "input[type=text]"),
    "textarea": ("m03-e4", "textarea"),
    "radio": ("m03-r1", "input[type=radio]"),
    "button": ("m03-r2", "button"),
}
# In command mode these delete, insert, cut, undo, open and leave cells. After Enter a control must still have its keys.
KEYS = ["d", "d", "b", "a", "x", "z", "Enter", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "d", "d", "m", "y"]
TAB_STOPS = "[role=slider], .widget-readout, select, textarea, input, button"
MARK_TAB_STOPS = """([exercise, selector]) => {
  const visible = [...exercise.querySelectorAll(selector)].filter(element => element.offsetParent);
  const stops = visible.filter(element => {  // of a group of radio buttons, the chosen one or else the first
    const group = visible.filter(other => other.type === 'radio' && other.name === element.name);
    return element.type !== 'radio' || element === (group.find(other => other.checked) ?? group[0]);
  });
  return stops.map((element, i) => element.dataset.stop = `${exercise.ariaLabel} ${i}`);
}"""
# Arrow keys move from one radio button to the next.
FOCUS_IS_NEAR = (
    "element => element.type === 'radio' ? document.activeElement.name === element.name : "
    "document.activeElement === element"
)
STOP_IN_FOCUS = """() => {
  const element = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const ringed = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  return (element.dataset.stop ?? '') + (ringed ? '' : ' without a focus ring');
}"""


def control(lesson: NotebookPage, kind: str) -> Locator:
    question_id, selector = KINDS[kind]
    return lesson.exercise(question_id).locator(selector).first


def mode(lesson: NotebookPage) -> str:
    classes = lesson.page.locator(f"{PANEL} .jp-Notebook").get_attribute("class") or ""
    return "command" if "jp-mod-commandMode" in classes else "edit"


def press_until(lesson: NotebookPage, key: str, target: Locator, at_most: int = 20) -> None:
    for _ in range(at_most):
        if target.evaluate("element => element === document.activeElement"):
            return
        lesson.page.keyboard.press(key)
    raise AssertionError(f"{at_most} times {key} did not reach {target}")


def test_the_notebook_listens_to_the_keys(lesson: NotebookPage) -> None:
    """Without this, the tests below could pass because nothing listens at all."""
    before = lesson.number_of_cells()
    button = control(lesson, "button")
    button.focus()
    assert mode(lesson) == "command"

    button.evaluate("element => element.removeAttribute('data-lm-suppress-shortcuts')")
    lesson.page.keyboard.press("b")
    lesson.wait_until(lambda: lesson.number_of_cells() == before + 1, "an unguarded b to insert a cell")

    lesson.page.keyboard.press("d")
    lesson.page.keyboard.press("d")
    lesson.wait_until(lambda: lesson.number_of_cells() == before, "d d to delete it again")
    button.evaluate("element => element.setAttribute('data-lm-suppress-shortcuts', '')")


@pytest.mark.parametrize("kind", KINDS)
def test_keys_in_a_control_leave_all_cells_alone(lesson: NotebookPage, kind: str) -> None:
    cells = lesson.cells()
    element = control(lesson, kind)
    element.scroll_into_view_if_needed()
    element.focus()
    assert mode(lesson) == "command"

    for key in KEYS:
        lesson.page.keyboard.press(key)
        assert element.evaluate(FOCUS_IS_NEAR), f"{key} took the focus away"

    assert mode(lesson) == "command"
    assert lesson.number_of_cells() == len(cells)
    lesson.visitor.save()
    assert lesson.cells() == cells


@pytest.mark.parametrize("kind", KINDS)
def test_ctrl_s_in_a_control_saves_the_notebook(lesson: NotebookPage, kind: str) -> None:
    element = control(lesson, kind)
    element.scroll_into_view_if_needed()
    element.focus()
    before = lesson.path.stat().st_mtime_ns

    def saved() -> bool:
        # JupyterLab passes over Ctrl+S while it still keeps a copy of the save before.
        lesson.page.keyboard.press("Control+s")
        lesson.page.wait_for_timeout(300)
        return lesson.path.stat().st_mtime_ns > before

    lesson.wait_until(saved, "the notebook to be saved")
    expect(lesson.page.locator(".lm-TabBar-tab.jp-mod-current.jp-mod-dirty")).to_have_count(0)
    assert element.evaluate("element => element === document.activeElement")
    # The shield is up again.
    cells = lesson.number_of_cells()
    lesson.page.keyboard.press("b")
    lesson.settle()
    assert lesson.number_of_cells() == cells


@pytest.mark.parametrize("name", ["Name", "need"])
def test_typed_text_arrives_and_ctrl_s_saves_it_with_the_notebook(lesson: NotebookPage, name: str) -> None:
    text = "abba said: dad, buy my mazda! x z y"
    field = lesson.exercise("m03-e4").get_by_role("textbox", name=name)
    field.fill("")

    field.press_sequentially(text)

    expect(field).to_have_value(text)
    field.press("Control+s")
    key = name.lower()
    lesson.wait_until(lambda: (lesson.answer("m03-e4") or {}).get(key) == text, f"{key} to be saved")


def test_a_number_can_be_typed_beside_a_slider(lesson: NotebookPage) -> None:
    readout = lesson.exercise("m03-e1").get_by_role("textbox", name="type a value")
    readout.focus()
    lesson.page.keyboard.press("Control+a")
    lesson.page.keyboard.type("64")
    lesson.page.keyboard.press("Enter")

    lesson.wait_for_answer("m03-e1", 64)
    expect(lesson.exercise("m03-e1").get_by_role("slider")).to_have_attribute("aria-valuetext", "64")


def test_tab_reaches_every_control_of_every_exercise_in_order_and_shows_where_it_is(lesson: NotebookPage) -> None:
    expected: list[str] = []
    for question_id in lesson.titles:
        handle = lesson.exercise(question_id).element_handle()
        expected += lesson.page.evaluate(MARK_TAB_STOPS, [handle, TAB_STOPS])
    first = lesson.page.locator("[data-stop]").first
    first.focus()
    lesson.page.keyboard.press("Shift+Tab")

    reached: list[str] = []
    for _ in range(len(expected) + 10):  # some outputs between the exercises scroll, and are stops as well
        lesson.page.keyboard.press("Tab")
        reached.append(lesson.page.evaluate(STOP_IN_FOCUS))

    titles = tuple(lesson.titles.values())
    assert [stop for stop in reached if stop.startswith(titles)] == expected


def test_cut_points_are_solved_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise("m03-e2")
    sliders = [exercise.get_by_role("slider", name=name) for name in ("Recent", "Frequent", "High")]
    keyboard = lesson.page.keyboard
    sliders[0].focus()
    keyboard.press("Home")
    for _ in range(20):
        keyboard.press("ArrowRight")
    press_until(lesson, "Tab", sliders[1])
    keyboard.press("Home")
    for _ in range(2):
        keyboard.press("ArrowUp")
    press_until(lesson, "Tab", sliders[2])
    keyboard.press("Home")
    for _ in range(10):
        keyboard.press("ArrowRight")
    lesson.wait_for_answer("m03-e2", {"recent_days": 130, "frequent_orders": 4, "high_spend": 150})
    press_until(lesson, "Tab", exercise.get_by_role("button", name="Check my answer"))
    keyboard.press("Enter")
    lesson.wait_for_status("m03-e2", "Right. Size: right.")


def test_radio_buttons_are_one_tab_stop_and_arrow_keys_choose(lesson: NotebookPage) -> None:
    exercise = lesson.exercise("m03-r3")
    radios = exercise.get_by_role("radio")
    radios.first.focus()
    lesson.page.keyboard.press("Space")
    expect(radios.first).to_be_checked()

    lesson.page.keyboard.press("ArrowDown")
    lesson.page.keyboard.press("ArrowDown")

    expect(radios.nth(2)).to_be_checked()
    lesson.wait_for_answer("m03-r3", radios.nth(2).evaluate("radio => radio.closest('label').textContent"))
    lesson.page.keyboard.press("Tab")
    expect(exercise.get_by_role("button", name="Check my answer")).to_be_focused()
    lesson.page.keyboard.press("Space")
    lesson.wait_for_status("m03-r3", "Right.")


def test_a_persona_is_filled_in_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise("m03-e4")
    keyboard = lesson.page.keyboard
    exercise.get_by_role("combobox").first.focus()
    keyboard.press("ArrowDown")
    for text in ("Maria", "30", "12", "500"):
        keyboard.press("Tab")
        keyboard.press("Control+a")
        keyboard.type(text)
    for _ in range(5):
        keyboard.press("Tab")
        keyboard.press("ArrowDown")
    keyboard.press("Tab")
    keyboard.press("Control+a")
    keyboard.type("What would make you come back?")
    keyboard.press("Tab")
    expect(exercise.get_by_role("button", name="Check my answer")).to_be_focused()

    def saved() -> dict[str, Any]:
        return lesson.answer("m03-e4") or {}

    lesson.wait_until(lambda: saved().get("need") == "What would make you come back?", "the card to be saved")
    numbers = {key: saved()[key] for key in ("recency", "frequency", "monetary")}
    assert saved()["name"] == "Maria"
    assert numbers == {"recency": 30, "frequency": 12, "monetary": 500}
    assert len(saved()["claims"]) == 5
    keyboard.press("Enter")
    lesson.wait_for_status("m03-e4", "Claims: ")


def test_feedback_appears_in_a_live_region_that_was_there_before(lesson: NotebookPage) -> None:
    """A region that is new together with its text is often not read out."""
    exercise = lesson.exercise("m03-r2")
    exercise.get_by_role("radio").first.check()
    regions = exercise.get_by_role("status")
    expect(regions).to_have_count(2)  # feedback, and whether the answer is saved
    handles = regions.element_handles()

    lesson.check("m03-r2")
    lesson.wait_for_status("m03-r2", "Right.")

    assert any("Right." in handle.inner_text() for handle in handles)
