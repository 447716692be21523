"""The lesson m06 as a student takes it: by mouse, by keyboard alone, after a reload, and for all eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab_driver import ERROR_OUTPUT
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import NOT_OURS, OUT_OF_SIGHT, OUTPUTS, WIDER_THAN_ITS_PLACE, violations

NOTEBOOK = "m06_testing_accessibility.ipynb"
PLAY, TEST, PEOPLE, COLOURS, AUDIT, NOTICE = ("m06-e2", *(f"m06-e{number}" for number in range(4, 9)))
# The page to be audited has faults on purpose, among them colours and missing names. It stands in a frame of its own,
# without scripts, and everything that is in it can be read in its source as well. Axe looks at all that is around it.
FAULTY_PAGE = "iframe.cxux-page"


def tab_to(lesson: NotebookPage, control: Locator, most: int = 12) -> None:
    for _ in range(most):
        if control.evaluate("element => element === document.activeElement"):
            return
        lesson.page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead to the control")


def radio(exercise: Locator, group: str, place: int) -> Locator:
    return exercise.get_by_role("radiogroup", name=group, exact=True).get_by_role("radio").nth(place)


def test_run_all_ends_without_an_error_and_shows_every_exercise(lesson: NotebookPage) -> None:
    assert lesson.page.locator(ERROR_OUTPUT).count() == 0
    expect(lesson.page.locator(".cxux-exercise")).to_have_count(len(lesson.titles))
    assert len(lesson.titles) == 11
    stderr = lesson.page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]')
    assert stderr.all_inner_texts() == []


def test_a_test_is_planned_run_and_read_with_the_mouse(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(TEST)
    expect(exercise.get_by_role("table")).to_have_count(0)
    for group in ("Task", "Success is", "Setting"):
        radio(exercise, group, 0).check()
    ten = exercise.get_by_role("table").filter(has=lesson.page.get_by_text("The first ten people"))
    expect(ten).to_contain_text("5 of 10")
    radio(exercise, "Verdict on ten people", 2).check()
    slider = exercise.get_by_role("slider")
    slider.focus()
    for _ in range(6):
        slider.press("ArrowRight")
    expect(exercise.get_by_text("All 70 people")).to_be_visible()
    radio(exercise, "Verdict on all people", 1).check()
    plan = {"task": "goal", "criterion": "observed", "setting": "mixed", "people": 70}
    lesson.wait_for_answer(TEST, {**plan, "few": "cannot tell yet", "many": "Path"})
    lesson.check(TEST)
    lesson.wait_for_status(TEST, "✓ Right.")


def test_people_are_counted_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(PEOPLE)
    see, measure = (exercise.get_by_role("slider", name=name) for name in ("People, to see", "People, to measure"))
    see.focus()
    for _ in range(14):
        lesson.page.keyboard.press("ArrowRight")
    lesson.wait_until(lambda: (lesson.answer(PEOPLE) or {}).get("see") == 19, "19 people to see")
    tab_to(lesson, measure)
    for _ in range(38):
        lesson.page.keyboard.press("ArrowRight")
    lesson.wait_until(lambda: lesson.answer(PEOPLE)["measure"] == 43, "43 people to measure")
    tab_to(lesson, exercise.get_by_role("radio").first)
    lesson.page.keyboard.press("ArrowDown")
    tab_to(lesson, exercise.get_by_role("button", name="Check my answer"))
    lesson.page.keyboard.press("Enter")
    lesson.wait_for_status(PEOPLE, "✓ Right.")


def test_colours_are_typed_slid_and_taken(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(COLOURS)
    exercise.get_by_role("button", name="Hours: take the nearest").click()
    lesson.wait_until(lambda: (lesson.answer(COLOURS) or {}).get("Hours", {}).get("text"), "the nearest colour")
    field = exercise.get_by_role("textbox", name="Fees: text", exact=True)
    field.fill("black")
    field.press("Tab")
    lesson.wait_until(lambda: lesson.answer(COLOURS).get("Fees", {}).get("text") == "#000000", "black")
    slider = exercise.get_by_role("slider", name="Button: ground, lightness")
    slider.focus()
    before = exercise.locator("img").nth(1).get_attribute("src")
    for _ in range(12):
        slider.press("ArrowLeft")
    lesson.wait_until(lambda: "Button" in lesson.answer(COLOURS), "a darker ground")
    assert exercise.locator("img").nth(1).get_attribute("src") != before
    edge = exercise.get_by_role("textbox", name="Edge: line", exact=True)
    edge.fill("#767676")
    edge.press("Enter")
    lesson.wait_until(lambda: "Edge" in lesson.answer(COLOURS), "the edge")
    lesson.check(COLOURS)
    lesson.wait_for_status(COLOURS, "✓ Right.")


def test_the_page_is_audited_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(AUDIT)
    assert exercise.locator(FAULTY_PAGE).get_attribute("sandbox") == ""
    line, rule = 2, "no-language"  # in the opening tag of the page
    exercise.get_by_text("Source of the page").focus()
    lesson.page.keyboard.press("Enter")
    expect(exercise.get_by_role("region", name="Source of the page")).to_be_visible()
    lines, rules = (exercise.get_by_role("combobox", name=name, exact=True) for name in ("Line", "Rule"))
    tab_to(lesson, lines)
    lesson.page.keyboard.type(f"{line}: ")
    tab_to(lesson, rules)
    lesson.page.keyboard.type("no language")
    tab_to(lesson, exercise.get_by_role("button", name="Mark this"))
    lesson.page.keyboard.press("Enter")
    lesson.wait_for_answer(AUDIT, [{"line": line, "rule": rule}])
    lines.select_option(label=lines.locator("option").nth(5).inner_text())
    exercise.get_by_role("button", name="Mark this").click()
    lesson.wait_until(lambda: len(lesson.answer(AUDIT)) == 2, "a second mark")
    lesson.check(AUDIT)
    lesson.wait_for_status(AUDIT, "1 of 8 faults found, 7 missed; 1 false alarm.")
    exercise.get_by_role("combobox", name="Marks").select_option(index=2)
    exercise.get_by_role("button", name="Take this mark back").click()
    lesson.wait_for_answer(AUDIT, [{"line": line, "rule": rule}])


def test_a_notice_is_rewritten(lesson: NotebookPage) -> None:
    field = lesson.exercise(NOTICE).get_by_role("textbox")
    field.fill("We keep your book for ten days. Then it goes back, and you pay 50 pence.")
    field.press("Tab")
    lesson.wait_for_status(NOTICE, "Yours: reading ease")
    lesson.check(NOTICE)
    lesson.wait_for_status(NOTICE, "✓ Right.")


def test_answers_are_back_after_a_reload(lesson: NotebookPage) -> None:
    questions = (TEST, PEOPLE, COLOURS, AUDIT, NOTICE)
    answers = {question: lesson.answer(question) for question in questions}
    assert all(answers.values()), "the tests above have answered all of them"
    lesson.visitor.save()
    lesson.page.reload()
    lesson.visitor.wait_for_kernel()
    lesson.visitor.run_all()
    for question in questions:
        lesson.wait_for_status(question, "Your saved answer is back.")
    # Until a reopened notebook has run, JupyterLab complains that it has lost the widgets of the last time.
    kept = [error for error in lesson.visitor.console_errors if "widget model not found" not in error]
    lesson.visitor.console_errors[:] = kept
    assert {question: lesson.answer(question) for question in questions} == answers
    expect(radio(lesson.exercise(TEST), "Verdict on all people", 1)).to_be_checked()


# --- for all eyes ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, lesson: NotebookPage) -> Iterator[str]:
    lesson.visitor.choose("Settings", "Theme", request.param)
    light = str(request.param.endswith("Light")).lower()
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    lesson.page.wait_for_timeout(300)  # colours fade in
    for question_id in lesson.titles:
        lesson.exercise(question_id).scroll_into_view_if_needed()
        lesson.settle()
    yield request.param


def test_axe_finds_nothing_but_in_the_page_that_is_faulty_on_purpose(lesson: NotebookPage, theme: str) -> None:
    assert violations(lesson, ".cxux-exercise", without=FAULTY_PAGE) == []
    found = violations(lesson, OUTPUTS, without=FAULTY_PAGE)
    assert [line for line in found if line.partition(":")[0] not in NOT_OURS] == []


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
        for question in (TEST, PEOPLE, COLOURS, AUDIT, NOTICE):
            exercise = lesson.exercise(question)
            exercise.scroll_into_view_if_needed()
            lesson.settle()
            box = exercise.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), f"{question} scrolls sideways"
            assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == [], question
            assert exercise.evaluate(OUT_OF_SIGHT) == [], question
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(lesson: NotebookPage) -> None:
    assert lesson.visitor.console_errors == []
    assert lesson.visitor.requests_elsewhere == []
