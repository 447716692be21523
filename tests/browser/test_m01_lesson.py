"""The lesson m01 as a student takes it: run all, predict, sort, order, play, and nothing cut off in any window."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cxux_helpers.datasets.touchpoints import load_touchpoint_cards
from tests.browser.lab_driver import ERROR_OUTPUT, Lab, Visitor
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import DATAFRAMES, NOT_OURS, OUT_OF_SIGHT, OUTPUTS, violations

NOTEBOOK = "m01_introduction.ipynb"
STDERR = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'


@pytest.fixture(scope="module")
def lesson(lab: Lab, visitor: Visitor, request: pytest.FixtureRequest) -> NotebookPage:
    """The lesson m01 in a folder of its own, open, with all cells run."""
    folder = lab.root / request.module.__name__
    folder.mkdir()
    notebook = Path(shutil.copy(lab.root / NOTEBOOK, folder))
    visitor.open_notebook(f"{folder.name}/{notebook.name}")
    visitor.run_all()
    if visitor.page.locator("#jp-left-stack").is_visible():
        visitor.page.keyboard.press("Control+b")
    return NotebookPage(visitor, notebook)


def test_run_all_ends_without_an_error_or_warning_and_shows_every_exercise(lesson: NotebookPage) -> None:
    assert lesson.page.locator(ERROR_OUTPUT).count() == 0
    assert lesson.page.locator(STDERR).all_inner_texts() == []
    assert len(lesson.titles) == 12
    for question_id in lesson.titles:
        expect(lesson.exercise(question_id)).to_be_visible()


def test_a_prediction_is_typed_and_judged(lesson: NotebookPage) -> None:
    readout = lesson.exercise("m01-e1").get_by_role("textbox", name="type a value")
    readout.click()
    readout.press("Control+a")
    lesson.page.keyboard.type("38")
    readout.press("Enter")
    lesson.wait_for_answer("m01-e1", 38)
    lesson.check("m01-e1")
    lesson.wait_for_status("m01-e1", "Right. Six of 16.")


def test_all_cards_are_sorted_by_menu_and_agree_with_the_key(lesson: NotebookPage) -> None:
    deck = load_touchpoint_cards()
    exercise = lesson.exercise("m01-e2")
    exercise.get_by_role("button", name="Menus").click()
    for card, text in deck["cards"].items():
        exercise.get_by_label(text, exact=True).select_option(deck["key"][card][-1])
    lesson.wait_for_answer("m01-e2", {card: accepted[-1] for card, accepted in deck["key"].items()})
    lesson.check("m01-e2")
    lesson.wait_for_status("m01-e2", "Right. You and the key agree on 28 of 28 cards, 100%")


def test_the_six_stages_are_put_in_order_with_the_keyboard(lesson: NotebookPage) -> None:
    exercise = lesson.exercise("m01-e7")
    wanted = ["Insight", "Segmentation", "Mapping", "Design", "Delivery", "Measurement"]
    for place, item in enumerate(wanted):
        exercise.get_by_role("button", name=f"Move {item} up").focus()
        while (now := exercise.locator(".or-row strong").all_inner_texts()).index(item) > place:
            lesson.page.keyboard.press("Alt+ArrowUp")
            expect(exercise.locator(".or-row strong").nth(now.index(item) - 1)).to_have_text(item)
    lesson.wait_for_answer("m01-e7", wanted)
    lesson.check("m01-e7")
    lesson.wait_for_status("m01-e7", "Right. Each stage now has what it needs")


def test_the_role_play_has_begun(lesson: NotebookPage) -> None:
    exercise = lesson.exercise("m01-e5")
    expect(exercise).to_contain_text("does anybody work here?")
    expect(exercise.get_by_role("button", name="Good morning! I work here")).to_be_visible()


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, lesson: NotebookPage) -> Iterator[str]:
    light = str(request.param.endswith("Light")).lower()
    lesson.visitor.choose("Settings", "Theme", request.param)
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    lesson.page.wait_for_timeout(300)  # colours fade in
    # axe-core passes over text outside of the page's body, which has no height in JupyterLab, or of the window.
    yield request.param


def test_axe_finds_nothing_in_exercises_and_other_outputs(lesson: NotebookPage, theme: str) -> None:
    assert violations(lesson, ".cxux-exercise") == []
    found = violations(lesson, OUTPUTS, without=DATAFRAMES)
    assert [line for line in found if line.partition(":")[0] not in NOT_OURS] == []


@pytest.mark.parametrize(
    ("width", "height"), [(400, 800), (640, 450)], ids=["400 pixels wide", "zoomed to 200 percent"]
)
def test_nothing_is_cut_off_in_a_small_window(lesson: NotebookPage, width: int, height: int) -> None:
    page = lesson.page
    wide = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    try:
        for question_id in lesson.titles:
            exercise = lesson.exercise(question_id)
            exercise.scroll_into_view_if_needed()
            lesson.settle()
            box = exercise.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width, question_id
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), question_id
            assert exercise.evaluate(OUT_OF_SIGHT) == [], question_id
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(lesson: NotebookPage) -> None:
    assert lesson.visitor.console_errors == []
    assert lesson.visitor.requests_elsewhere == []
