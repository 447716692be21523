"""The lesson m08 as a student takes it: by mouse, by keyboard alone, after a reload, and for all eyes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab_driver import ERROR_OUTPUT
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import OUT_OF_SIGHT, WIDER_THAN_ITS_PLACE, violations

NOTEBOOK = "m08_measurement.ipynb"
NEWS, DRIVERS, LAB = "m08-e3", "m08-e4", "m08-e6"


def tab_to(lesson: NotebookPage, control: Locator) -> None:
    for _ in range(12):
        if control.evaluate("element => element === document.activeElement"):
            return
        lesson.page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead to the control")


def press(lesson: NotebookPage, control: Locator, *keys: str) -> None:
    tab_to(lesson, control)
    for key in keys:
        lesson.page.keyboard.press(key)


def test_run_all_ends_without_an_error_and_shows_every_exercise(lesson: NotebookPage) -> None:
    assert lesson.page.locator(ERROR_OUTPUT).count() == 0
    expect(lesson.page.locator(".cxux-exercise")).to_have_count(len(lesson.titles))
    assert len(lesson.titles) == 11


def test_the_test_is_planned_run_and_decided_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(LAB)
    effect = exercise.get_by_role("slider")
    effect.focus()
    press(lesson, effect, *["ArrowLeft"] * 4)
    lesson.wait_until(lambda: (lesson.answer(LAB) or {}).get("points") == 6, "the effect")
    press(lesson, exercise.get_by_role("combobox", name="Power"), "Home", "ArrowDown")
    lesson.wait_until(lambda: lesson.answer(LAB)["power"] == 80, "the power")
    for name, looks in (("Run a week", [7]), ("Run to the planned end", [7, 16])):
        press(lesson, exercise.get_by_role("button", name=name), "Enter")
        lesson.wait_until(lambda looks=looks: lesson.answer(LAB)["looks"] == looks, "the look")
    expect(exercise.get_by_role("row", name="16")).to_contain_text("0.561")
    press(lesson, exercise.get_by_role("radio").first, "Space", "ArrowDown")
    lesson.wait_until(lambda: lesson.answer(LAB)["decision"] == "Do not introduce B", "the decision")
    press(lesson, exercise.get_by_role("button", name="Check my answer"), "Enter")
    lesson.wait_for_status(LAB, "✓ Right.")


def test_the_months_are_looked_at_and_judged(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(NEWS)
    exercise.get_by_role("button", name="Ask other people").click()
    exercise.get_by_role("combobox", name="Look closely at").select_option("Jun")
    lesson.wait_for_status(NEWS, "Change: +10, 95 % interval +1 to +18.")
    for menu in exercise.get_by_role("combobox").filter(has_text="news").all():
        menu.select_option("noise")
    exercise.get_by_role("combobox", name="Jun: +10 points").select_option("news")
    lesson.wait_until(lambda: (lesson.answer(NEWS) or {"verdicts": {}})["verdicts"].get("Jun") == "news", "the verdict")
    lesson.check(NEWS)
    lesson.wait_for_status(NEWS, "✓ Right.")


def test_the_map_of_drivers_follows_its_ruler(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(DRIVERS)
    exercise.get_by_role("combobox", name="Importance by").select_option("LMG share of R²")
    expect(exercise.get_by_role("row", name="1 waiting")).to_contain_text("0.25")
    exercise.get_by_role("combobox", name="Act first on").select_option("signs")
    lesson.wait_for_answer(DRIVERS, {"quadrants": {}, "act": "signs"})
    lesson.check(DRIVERS)
    expect(exercise).to_contain_text("This is the decoy")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_axe_finds_nothing_in_the_modules_own_exercises(lesson: NotebookPage, theme: str) -> None:
    lesson.visitor.choose("Settings", "Theme", theme)
    light = str(theme.endswith("Light")).lower()
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    lesson.page.wait_for_timeout(300)  # colours fade in
    for question_id in (NEWS, DRIVERS, LAB):
        exercise = lesson.exercise(question_id)
        exercise.scroll_into_view_if_needed()
        lesson.settle()
        exercise.evaluate("exercise => exercise.classList.add('m08-own')")  # the other families have tests of their own
    assert violations(lesson, ".m08-own") == []


@pytest.mark.parametrize(("width", "height"), [(400, 800), (640, 450)], ids=["400 pixels", "zoomed to 200 percent"])
def test_nothing_is_cut_off(lesson: NotebookPage, width: int, height: int) -> None:
    """A window of 1280 × 900 zoomed to 200 percent is 640 × 450 pixels to the page."""
    page = lesson.page
    wide = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    sidebar = page.locator("#jp-left-stack")
    if sidebar.is_visible():
        page.evaluate("document.activeElement.blur()")  # an exercise would keep the key to itself
        page.keyboard.press("Control+b")
        expect(sidebar).to_be_hidden()
    try:
        for question_id in (NEWS, DRIVERS, LAB):
            exercise = lesson.exercise(question_id)
            exercise.scroll_into_view_if_needed()
            lesson.settle()
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), "it scrolls sideways"
            assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == []
            assert exercise.evaluate(OUT_OF_SIGHT) == []
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_answers_are_back_after_a_reload(lesson: NotebookPage) -> None:
    answers = {question: lesson.answer(question) for question in (NEWS, DRIVERS, LAB)}
    lesson.visitor.save()
    lesson.page.reload()
    lesson.visitor.wait_for_kernel()
    lesson.visitor.run_all()
    for question in answers:
        lesson.wait_for_status(question, "Your saved answer is back.")
    assert {question: lesson.answer(question) for question in answers} == answers
    assert lesson.visitor.console_errors == []
    assert lesson.visitor.requests_elsewhere == []
