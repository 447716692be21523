"""The lesson m05 as a student takes it: by keyboard, by mouse, after a reload, and for all eyes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab_driver import ERROR_OUTPUT, Lab, Visitor
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import NOT_OURS, OUT_OF_SIGHT, OUTPUTS, WIDER_THAN_ITS_PLACE, violations

NOTEBOOK = "m05_experience_design.ipynb"
STORY, TREE, SECONDS = "m05-e2", "m05-e4", "m05-e5"
OPERATORS = {"Old": ["M P K", "H 8K", "M K 10K", "H M P K", "R(2) M P K"], "New": ["M P K", "M P K"]}


@pytest.fixture(scope="module")
def lesson(lab: Lab, visitor: Visitor, request: pytest.FixtureRequest) -> NotebookPage:
    """The lesson m05 in a folder of its own, open, with all cells run."""
    folder = lab.root / request.module.__name__
    folder.mkdir()
    notebook = Path(shutil.copy(lab.root / NOTEBOOK, folder))
    visitor.open_notebook(f"{folder.name}/{notebook.name}")
    visitor.run_all()
    assert visitor.page.locator(ERROR_OUTPUT).count() == 0
    return NotebookPage(visitor, notebook)


def see_all(lesson: NotebookPage) -> None:
    """Scroll past every exercise: what was never in sight has no layout yet, and axe-core judges it all the same."""
    for question_id in lesson.titles:
        lesson.exercise(question_id).scroll_into_view_if_needed()
        lesson.settle()


def type_into(field: Locator, text: str) -> None:
    """Write as people do: letter by letter, over what stands there."""
    field.focus()
    field.press("Control+a")
    field.press_sequentially(text)


def test_a_story_is_written_by_keyboard_and_the_lint_follows(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(STORY)
    field = exercise.get_by_role("textbox")
    expect(exercise).to_contain_text("The role fits everybody.")
    type_into(exercise.get_by_label("As a", exact=True), "bdd reader who works until six")
    expect(exercise).to_contain_text("As a bdd reader who works until six, I want to")
    expect(exercise).not_to_contain_text("The role fits everybody.")
    for name, text in {"I want to": "collect my book", "so that": "I need no day off"}.items():
        exercise.get_by_label(name, exact=True).fill(text)
    exercise.get_by_role("combobox", name="Size, working days").select_option(label="3 days")
    texts = [
        "it is late",
        "I type my code",
        "a door opens in 2 seconds",
        "it is wrong",
        "I type it",
        "a number is shown",
    ]
    for place, text in enumerate(texts, start=3):
        field.nth(place).fill(text)
    lesson.wait_until(lambda: "a number is shown" in str(lesson.answer(STORY)), "the last criterion")
    lesson.check(STORY)
    lesson.wait_for_status(STORY, "✓ Right.")


def test_a_dendrogram_becomes_a_tree_and_visitors_walk_through_it(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(TREE)
    slider = exercise.get_by_role("slider", name="Number of groups")
    slider.focus()
    for k in ("3", "4"):
        slider.press("ArrowRight")
        expect(slider).to_have_attribute("aria-valuetext", k)
    expect(exercise.get_by_role("img", name="Cut into 4 groups")).to_be_attached()
    exercise.get_by_role("button", name="Make these groups my tree").press("Enter")
    lesson.wait_until(lambda: lesson.answer(TREE), "the tree")
    places = lesson.answer(TREE)["places"]
    names = {
        "Story hour": "Services",
        "Opening hours": "Your visit",
        "My loans": "My library",
        "E-books": "Find a book",
    }
    for card, name in names.items():
        exercise.get_by_role("combobox", name=f"Name of group {places[card]}").select_option(name)
        lesson.wait_until(lambda name=name: name in lesson.answer(TREE)["names"], f"the name {name}")
    lesson.check(TREE)
    lesson.wait_for_status(TREE, "≈ Close.", "It lies under Services, where")
    last = exercise.get_by_role("combobox", name=f"Name of group {places['Story hour']}")
    last.select_option("Events and groups")
    lesson.wait_until(lambda: "Services" not in lesson.answer(TREE)["names"], "the better name")
    exercise.get_by_role("button", name="Send 200 visitors").press("Enter")
    expect(exercise.get_by_role("table").last.get_by_role("row")).to_have_count(8)
    lesson.check(TREE)
    lesson.wait_for_status(TREE, "✓ Right.")
    exercise.get_by_role("button", name="Move single cards").press("Enter")
    expect(exercise.get_by_role("combobox", name="E-books")).to_be_visible()


def test_operators_are_typed_and_the_seconds_follow(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(SECONDS)
    fields = exercise.get_by_role("textbox")
    for place, text in enumerate([*OPERATORS["Old"], *OPERATORS["New"]]):
        type_into(fields.nth(place), text)
    lesson.wait_for_answer(SECONDS, OPERATORS)
    expect(exercise).to_contain_text("Old 17.66 s, New 5.46 s: 12.20 s saved")
    lesson.check(SECONDS)
    lesson.wait_for_status(SECONDS, "✓ Right.")


@pytest.mark.parametrize("theme", ["JupyterLab Dark", "JupyterLab Light"])
def test_axe_finds_nothing_in_either_theme(lesson: NotebookPage, theme: str) -> None:
    lesson.visitor.choose("Settings", "Theme", theme)
    light = str(theme.endswith("Light")).lower()
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    lesson.page.wait_for_timeout(300)  # colours fade in
    if theme.endswith("Dark"):  # the first of the two
        see_all(lesson)
    assert violations(lesson, ".cxux-exercise") == []
    found = violations(lesson, OUTPUTS, without=f"{OUTPUTS} table")
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
        for question_id in (STORY, TREE, SECONDS):
            exercise = lesson.exercise(question_id)
            exercise.scroll_into_view_if_needed()
            lesson.settle()
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), f"{question_id} scrolls sideways"
            assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == [], question_id
            assert exercise.evaluate(OUT_OF_SIGHT) == [], question_id
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_answers_are_back_after_a_reload_and_nothing_went_wrong_elsewhere(lesson: NotebookPage) -> None:
    answers = {question: lesson.answer(question) for question in (STORY, TREE, SECONDS)}
    lesson.visitor.save()
    lesson.page.reload()
    lesson.visitor.wait_for_kernel()
    lesson.visitor.run_all()
    for question in answers:
        lesson.wait_for_status(question, "Your saved answer is back.")
    assert {question: lesson.answer(question) for question in answers} == answers
    expect(lesson.exercise(SECONDS).get_by_role("textbox").first).to_have_value("M P K")
    assert lesson.visitor.console_errors == [] and lesson.visitor.requests_elsewhere == []
