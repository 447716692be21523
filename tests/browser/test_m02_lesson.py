"""The lesson m02 as a student takes it: its exercises by mouse, by keyboard alone, after a reload, and for all eyes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers.surveys import expected_interval
from tests.browser.lab_driver import ERROR_OUTPUT
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import OUT_OF_SIGHT, WIDER_THAN_ITS_PLACE, violations

NOTEBOOK = "m02_customer_insight.ipynb"
CLEAN, INTERVAL, HUNT, KANO = "m02-e3", "m02-e4", "m02-e5", "m02-e7"


def choose_with_keys(lesson: NotebookPage, question_id: str, menu: Locator, place: int) -> None:
    """Reach a menu with the Tab key and go down to an entry, no faster than the answer is saved."""
    tab_to(lesson, menu)
    lesson.page.keyboard.press("Home")
    expect(menu).to_have_js_property("selectedIndex", 0)
    for step in range(1, place + 1):
        press_and_save(lesson, question_id, "ArrowDown")
        expect(menu).to_have_js_property("selectedIndex", step)


def tick_with_keys(lesson: NotebookPage, question_id: str, radios: Locator, place: int) -> None:
    """Reach a group of radio buttons with the Tab key and choose one."""
    tab_to(lesson, radios.first)
    press_and_save(lesson, question_id, "Space")
    for _ in range(place):
        press_and_save(lesson, question_id, "ArrowDown")
    expect(radios.nth(place)).to_be_checked()


def press_and_save(lesson: NotebookPage, question_id: str, key: str) -> None:
    before = lesson.answer(question_id)
    lesson.page.keyboard.press(key)
    lesson.wait_until(lambda: lesson.answer(question_id) != before, f"the answer after {key} to be saved")


def tab_to(lesson: NotebookPage, control: Locator) -> None:
    for _ in range(6):
        if control.evaluate("element => element === document.activeElement"):
            return
        lesson.page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead to the control")


def check_with_keys(lesson: NotebookPage, question_id: str, is_complete: Callable[[Any], object]) -> None:
    """Reach the check button with the Tab key and press it, as soon as the whole answer is saved."""
    lesson.wait_until(lambda: is_complete(lesson.answer(question_id) or {}), f"all of {question_id} to be saved")
    tab_to(lesson, lesson.exercise(question_id).get_by_role("button", name="Check my answer"))
    lesson.page.keyboard.press("Enter")


def type_number(lesson: NotebookPage, question_id: str, name: str, number: int) -> None:
    """Type a value beside a slider."""
    readout = lesson.exercise(question_id).get_by_role("textbox", name=f"{name}, type a value")
    readout.click()
    readout.press("Control+a")
    readout.type(str(number))
    readout.press("Enter")


def test_run_all_ends_without_an_error_and_shows_every_exercise(lesson: NotebookPage) -> None:
    assert lesson.page.locator(ERROR_OUTPUT).count() == 0
    assert len(lesson.titles) >= 12
    expect(lesson.page.locator(".cxux-exercise")).to_have_count(len(lesson.titles))
    stderr = lesson.page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]')
    assert stderr.all_inner_texts() == []


def test_each_decision_moves_the_score_at_once(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(CLEAN)
    came, ours = (exercise.get_by_role("row", name=name) for name in ("As it came", "By your decisions"))
    before = came.get_by_role("cell").all_text_contents()
    exercise.get_by_role("combobox", name="Ratings off the scale").select_option("leave out")
    expect(ours.get_by_role("cell").first).not_to_have_text(before[0])
    lesson.wait_for_answer(CLEAN, {"off_scale": "leave out"})
    exercise.get_by_role("combobox", name="Missing").select_option("fill in the middle")
    lesson.wait_for_answer(CLEAN, {"off_scale": "leave out", "missing": "fill in the middle"})
    lesson.check(CLEAN)
    lesson.wait_for_status(CLEAN, "Missing ratings: not yet. Nobody said 3")
    assert came.get_by_role("cell").all_text_contents() == before


def test_a_survey_is_cleaned_by_keyboard_alone(lesson: NotebookPage) -> None:
    menus = lesson.exercise(CLEAN).get_by_role("combobox")
    menus.first.focus()
    for place, option in enumerate((2, 3, 3, 3)):  # drop, keep the last, leave out, leave out
        choose_with_keys(lesson, CLEAN, menus.nth(place), option)
    check_with_keys(lesson, CLEAN, lambda answer: answer.get("missing") == "leave out")
    lesson.wait_for_status(CLEAN, "✓ Right.")
    expect(lesson.exercise(CLEAN).get_by_role("row", name="By your decisions")).to_contain_text("714")


def test_the_interval_follows_the_mouse(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(INTERVAL)
    slider = exercise.get_by_role("slider", name="Number of answers")
    slider.scroll_into_view_if_needed()
    handle = slider.bounding_box()
    track = slider.locator("xpath=ancestor::div[contains(@class, 'noUi-base')]").bounding_box()
    assert handle is not None and track is not None
    mouse, y = lesson.page.mouse, handle["y"] + handle["height"] / 2
    mouse.move(handle["x"] + handle["width"] / 2, y)
    mouse.down()
    mouse.move(track["x"] + track["width"] / 2, y, steps=8)
    mouse.up()
    lesson.wait_until(lambda: (lesson.answer(INTERVAL) or {}).get("n", 0) > 900, "the middle of 10 to 2000")
    n = lesson.answer(INTERVAL)["n"]
    low, high, _ = expected_interval(lesson.answer(INTERVAL)["share"] / 100, n)
    expect(exercise.get_by_text(f"{n:,} answers (your survey): {low:.1%} to {high:.1%}")).to_be_visible()
    expect(exercise.locator("svg rect").first).to_have_attribute("width", f"{high - low:.2%}")


def test_the_fewest_answers_are_found_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(INTERVAL)
    type_number(lesson, INTERVAL, "Share in percent", 70)
    type_number(lesson, INTERVAL, "Number of answers", 321)
    lesson.wait_until(lambda: lesson.answer(INTERVAL)["n"] == 321, "321 to be saved")
    lesson.check(INTERVAL)
    lesson.wait_for_status(INTERVAL, "enough for a share of 70%, but for 50%")
    type_number(lesson, INTERVAL, "Number of answers", 380)
    slider = exercise.get_by_role("slider", name="Number of answers")
    slider.focus()
    slider.press("ArrowRight")
    for label, place in (("Half as long", 1), ("The newspaper", 1)):
        radios = exercise.get_by_role("radiogroup", name=label).get_by_role("radio")
        tick_with_keys(lesson, INTERVAL, radios, place)
    check_with_keys(lesson, INTERVAL, lambda answer: len(answer.get("then", {})) == 2 and answer["n"] == 381)
    lesson.wait_for_status(INTERVAL, "✓ Right.")
    assert lesson.answer(INTERVAL)["n"] == 381


def test_a_bias_is_hunted_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(HUNT)
    exercise.get_by_role("combobox", name="Question 1").focus()
    faults = ("leading", "double-barrelled", "loaded", "absolute", "missing option", "asks for the future", "fine")
    order = ("leading", "loaded", "double-barrelled", "absolute", "missing option", "asks for the future", "fine")
    for number, (fault, wording) in enumerate(zip(faults, (1, 0, 1, 1, 0, 1, 2), strict=True), start=1):
        choose_with_keys(
            lesson, HUNT, exercise.get_by_role("combobox", name=f"Question {number}"), 1 + order.index(fault)
        )
        radios = exercise.get_by_role("radiogroup", name=f"Question {number}").get_by_role("radio")
        tick_with_keys(lesson, HUNT, radios, wording)
    check_with_keys(lesson, HUNT, lambda answer: answer.get("wording", {}).get("Question 7") == "Keep it as it is.")
    lesson.wait_for_status(HUNT, "✓ Right.")


def test_a_wrong_fault_and_a_wrong_wording_are_told_why(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(HUNT)
    exercise.get_by_role("combobox", name="Question 5").select_option(index=1)
    exercise.get_by_role("radiogroup", name="Question 3").get_by_role("radio").first.check()
    lesson.wait_until(lambda: "bothers" in lesson.answer(HUNT)["wording"]["Question 3"], "the wording to be saved")
    lesson.check(HUNT)
    lesson.wait_for_status(HUNT, "Question 5: You came by bus", "Question 3: Ask what is so before you ask why")


def test_kano_classes_appear_at_once_and_are_produced_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(KANO)
    menus = exercise.get_by_role("combobox")
    menus.first.focus()
    # Must-be, one-dimensional, attractive, indifferent, reverse, and a pair of one's own.
    for place, option in enumerate((3, 5, 1, 5, 1, 3, 3, 4, 5, 1, 1, 3)):
        choose_with_keys(lesson, KANO, menus.nth(place), option)
    for text in ("must-be (M)", "one-dimensional (O)", "indifferent (I)", "reverse (R)"):
        lesson.wait_for_status(KANO, text)
    expect(exercise.get_by_role("status").filter(has_text="attractive (A)")).to_have_count(2)
    check_with_keys(lesson, KANO, lambda answer: answer.get("Loyalty points", {}).get("without") == "neutral")
    lesson.wait_for_status(KANO, "✓ Right.")
    menus.nth(1).select_option(index=1)
    expect(exercise.get_by_role("status").filter(has_text="reverse (R)")).to_have_count(2)
    lesson.wait_until(lambda: lesson.answer(KANO)["Order tracking"]["without"] == "like", "the pair to be saved")


def test_answers_are_back_after_a_reload(lesson: NotebookPage) -> None:
    answers = {question: lesson.answer(question) for question in (CLEAN, INTERVAL, HUNT, KANO)}
    assert all(answers.values()), "the tests above have answered all four"
    lesson.visitor.save()
    lesson.page.reload()
    lesson.visitor.wait_for_kernel()
    lesson.visitor.run_all()
    for question in answers:
        lesson.wait_for_status(question, "Your saved answer is back.")
    assert {question: lesson.answer(question) for question in answers} == answers
    expect(lesson.exercise(CLEAN).get_by_role("combobox").nth(1)).to_have_value("keep the last")
    expect(lesson.exercise(INTERVAL).get_by_role("slider").first).to_have_attribute("aria-valuetext", "381")
    expect(lesson.exercise(HUNT).get_by_role("radiogroup", name="Question 7").get_by_role("radio").last).to_be_checked()
    expect(lesson.exercise(KANO).get_by_role("combobox").first).to_have_value("I am neutral")


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, lesson: NotebookPage) -> Iterator[str]:
    lesson.visitor.choose("Settings", "Theme", request.param)
    light = str(request.param.endswith("Light")).lower()
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    lesson.page.wait_for_timeout(300)  # colours fade in
    yield request.param


def test_axe_finds_nothing_in_the_exercises(lesson: NotebookPage, theme: str) -> None:
    for question in (CLEAN, HUNT):
        lesson.check(question)
    assert violations(lesson, ".cxux-exercise") == []


def test_pictures_of_the_lesson_have_words(lesson: NotebookPage) -> None:
    pictures = lesson.page.locator(".jp-OutputArea-output img")
    assert pictures.count() == 2
    assert all(len(alt.split()) >= 10 for alt in pictures.evaluate_all("images => images.map(image => image.alt)"))


def test_every_control_has_a_name_of_its_own(lesson: NotebookPage) -> None:
    for question in (CLEAN, INTERVAL, HUNT, KANO):
        for role in ("combobox", "slider", "radiogroup"):
            controls = lesson.exercise(question).get_by_role(role)  # type: ignore[arg-type]
            names = controls.evaluate_all("all => all.map(e => e.ariaLabel || e.labels?.[0]?.textContent || '')")
            assert all(names) and len(set(names)) == len(names), (question, role, names)


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
        for question in (CLEAN, INTERVAL, HUNT, KANO):
            exercise = lesson.exercise(question)
            exercise.scroll_into_view_if_needed()
            lesson.settle()
            box = exercise.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), f"{question} scrolls sideways"
            assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == [], question
            assert exercise.evaluate(OUT_OF_SIGHT) == [], question
        assert violations(lesson, ".cxux-exercise") == []
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(lesson: NotebookPage) -> None:
    assert lesson.visitor.console_errors == []
    assert lesson.visitor.requests_elsewhere == []
