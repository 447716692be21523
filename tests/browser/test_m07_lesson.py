"""The lesson m07 as a student takes it: queue, day and ratings, by keyboard and mouse and for all eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers.roleplay import STORED_CONVERSATIONS, rate_by_rubric, stored_conversation
from tests.browser.lab_driver import ERROR_OUTPUT
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import OUT_OF_SIGHT, WIDER_THAN_ITS_PLACE, violations

NOTEBOOK = "m07_experience_delivery.ipynb"
QUEUE, PLAN, RATING = "m07-e8", "m07-e9", "m07-e10"
OURS = (QUEUE, PLAN, RATING)
AGENTS = {"8 to 10": 6, "10 to 12": 14, "12 to 14": 8, "14 to 16": 7, "16 to 18": 9, "18 to 20": 4}


def slide(slider: Locator, steps: int) -> None:
    """Move a slider with the arrow keys."""
    slider.focus()
    for _ in range(abs(steps)):
        slider.press("ArrowRight" if steps > 0 else "ArrowLeft")


def test_run_all_ends_without_an_error_and_shows_every_exercise(lesson: NotebookPage) -> None:
    assert lesson.page.locator(ERROR_OUTPUT).count() == 0
    assert len(lesson.titles) == 14
    # One more is the role play that the student chooses by its name.
    expect(lesson.page.locator(".cxux-exercise")).to_have_count(15)


def test_the_queue_is_staffed_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(QUEUE)
    for name, steps in (("Calls per half hour", 8), ("Agents who answer", 6), ("Shrinkage in percent", 6)):
        slide(exercise.get_by_role("slider", name=name), steps)
    expect(exercise.get_by_role("caption")).to_have_text("10.0 erlangs for 14 agents")
    expect(exercise.get_by_role("row", name="Service level")).to_contain_text("88.8%")
    slide(exercise.get_by_role("slider", name="Patience in seconds"), 12)
    expect(exercise.get_by_role("status").filter(has_text="14 agents need 20 people")).to_contain_text("hang up")
    for option in ("12", "She should first ask how many hung up, and why."):
        exercise.get_by_role("radio", name=option, exact=True).press("Space")
    lesson.wait_until(lambda: len((lesson.answer(QUEUE) or {"then": {}})["then"]) == 2, "both questions")
    lesson.check(QUEUE)
    lesson.wait_for_status(QUEUE, "✓ Right.")


def test_each_part_of_the_day_is_staffed_and_the_mean_of_the_day_is_told_apart(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(PLAN)
    slide(exercise.get_by_role("slider", name="12 to 14"), 1)
    slide(exercise.get_by_role("slider", name="12 to 14"), -1)
    lesson.wait_for_answer(PLAN, dict.fromkeys(AGENTS, 8))
    lesson.check(PLAN)
    lesson.wait_for_status(PLAN, "nobody rings at the average of the day")
    for name, agents in AGENTS.items():
        slide(exercise.get_by_role("slider", name=name), agents - 8)
    lesson.wait_for_answer(PLAN, AGENTS)
    expect(exercise.get_by_role("row", name="10 to 12")).to_contain_text("87.5% ✓")
    lesson.check(PLAN)
    lesson.wait_for_status(PLAN, "✓ Right.", "96 agent hours")


def test_three_conversations_are_rated_by_mouse(lesson: NotebookPage) -> None:
    exercise, key = lesson.exercise(RATING), {n: rate_by_rubric(stored_conversation(n)) for n in STORED_CONVERSATIONS}
    for name, levels in key.items():
        for dimension, level in levels.items():
            group = exercise.get_by_role("radiogroup", name=f"{name}: {dimension}")
            group.get_by_role("radio", name=str(level), exact=True).check()
    lesson.wait_for_answer(RATING, key)
    lesson.check(RATING)
    lesson.wait_for_status(RATING, "Weighted kappa with the key is 1.00")


def test_the_console_shows_no_error_and_no_other_machine_is_asked(lesson: NotebookPage) -> None:
    # Before the reload: until it is run, a reopened notebook reports that its widgets have no model.
    assert lesson.visitor.console_errors == []
    assert lesson.visitor.requests_elsewhere == []


def test_answers_are_back_after_a_reload(lesson: NotebookPage) -> None:
    answers = {question: lesson.answer(question) for question in OURS}
    lesson.visitor.save()
    lesson.page.reload()
    lesson.visitor.wait_for_kernel()
    lesson.visitor.run_all()
    for question in OURS:
        lesson.wait_for_status(question, "Your saved answer is back.")
    assert {question: lesson.answer(question) for question in OURS} == answers
    comparison = lesson.page.locator(".jp-CodeCell").filter(has_text="eight all day")
    expect(comparison.get_by_role("row", name="10 to 12")).to_contain_text("14")


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, lesson: NotebookPage) -> Iterator[str]:
    lesson.visitor.choose("Settings", "Theme", request.param)
    light = str(request.param.endswith("Light")).lower()
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    lesson.page.wait_for_timeout(300)  # colours fade in
    yield request.param


def test_axe_finds_nothing_in_the_exercises(lesson: NotebookPage, theme: str) -> None:
    for question in lesson.titles:
        lesson.exercise(question).scroll_into_view_if_needed()
        lesson.settle()
    assert violations(lesson, ".cxux-exercise") == []


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
        for question in OURS:
            exercise = lesson.exercise(question)
            exercise.scroll_into_view_if_needed()
            lesson.settle()
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), "it scrolls sideways"
            assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == []
            assert exercise.evaluate(OUT_OF_SIGHT) == []
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})
