"""The lesson m09 as a student takes it: twelve weeks, a curve, a debrief, a page and a board, for all eyes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers.roleplay.conversation import play
from cxux_helpers.roleplay.scenario_json import load_scenario
from cxux_helpers.roleplay.search import best_conversation
from tests.browser.lab_driver import ERROR_OUTPUT
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import NOT_OURS, OUT_OF_SIGHT, OUTPUTS, WIDER_THAN_ITS_PLACE, violations

NOTEBOOK = "m09_value_strategy.ipynb"
WORTH, GAME, CAUSES, PAGE, BOARD = (f"m09-e{number}" for number in range(3, 8))


def tab_to(lesson: NotebookPage, control: Locator, *, most: int = 20) -> None:
    for _ in range(most):
        if control.evaluate("element => element === document.activeElement"):
            return
        lesson.page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead to the control")


def weeks(lesson: NotebookPage) -> list[dict[str, object]]:
    return list((lesson.answer(GAME) or {"weeks": []})["weeks"])


def test_run_all_ends_without_an_error_and_shows_every_exercise(lesson: NotebookPage) -> None:
    assert lesson.page.locator(ERROR_OUTPUT).count() == 0
    expect(lesson.page.locator(".cxux-exercise")).to_have_count(len(lesson.titles))
    assert len(lesson.titles) == 10
    stderr = lesson.page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]')
    assert stderr.all_inner_texts() == []


def test_twelve_weeks_are_lived_by_keyboard_alone(lesson: NotebookPage) -> None:
    game, keys = lesson.exercise(GAME), lesson.page.keyboard
    game.get_by_role("combobox").focus()
    keys.press("ArrowDown")
    for name in ("Uniforms", "Move unfriendly staff"):
        tab_to(lesson, game.get_by_role("checkbox", name=name))
        keys.press("Space")
    for name in ("Training", "Advertising"):
        tab_to(lesson, game.get_by_role("slider", name=name))
        for _ in range(10):
            keys.press("ArrowRight")
    expect(game.get_by_role("status").filter(has_text="290 of 600 euro per shop")).to_have_count(1)
    tab_to(lesson, game.get_by_role("button", name="Live this week"))
    keys.press("Enter")
    lesson.wait_until(lambda: len(weeks(lesson)) == 1, "the first week")
    tab_to(lesson, game.get_by_role("button", name="Live all weeks left"))
    keys.press("Enter")
    lesson.wait_until(lambda: len(weeks(lesson)) == 12, "the other weeks")
    assert lesson.answer(GAME)["shops"] == "half"
    expect(game.get_by_role("row", name="The truth, which only a simulator knows")).to_be_visible()
    lesson.check(GAME)
    lesson.wait_for_status(GAME, "✓ Right.")


def test_the_curve_follows_its_slider_and_the_answer_is_judged(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(WORTH)
    known, fewer = (exercise.get_by_role("slider", name=name) for name in ("Months that are known", "Fewer who leave"))
    known.focus()
    known.press("End")
    expect(exercise.get_by_role("table")).to_contain_text("What 23 months tell")
    fewer.focus()
    for _ in range(8):
        fewer.press("ArrowRight")
    lesson.wait_until(lambda: lesson.answer(WORTH)["fewer"] == 8, "the percentage")
    for group, option in ((0, "those likely to leave"), (1, "values a new renter too low")):
        exercise.get_by_role("radiogroup").nth(group).get_by_role("radio", name=option).check()
    lesson.wait_until(lambda: len(lesson.answer(WORTH)["then"]) == 2, "the choices")
    lesson.check(WORTH)
    lesson.wait_for_status(WORTH, "✓ Right.")


def test_the_debrief_shows_the_lot_and_names_the_naive_reading(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(CAUSES)
    exercise.get_by_role("combobox", name="What was tried").select_option("collecting contact data")
    expect(exercise.get_by_role("status").filter(has_text="sales changed by +55.2%")).to_have_count(1)
    exercise.get_by_role("combobox", name="How to look").select_option(index=2)
    expect(exercise.get_by_role("status").filter(has_text="sales changed by −0.3%")).to_have_count(1)
    assert lesson.answer(CAUSES) is None, "looking is no answer"
    exercise.get_by_role("combobox", name="collecting contact data").select_option("it raised sales")
    lesson.wait_until(lambda: lesson.answer(CAUSES), "the verdict")
    lesson.check(CAUSES)
    lesson.wait_for_status(CAUSES, "Before and after says so")


def test_a_row_of_the_page_is_mended_and_the_others_stay(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(PAGE)
    exercise.get_by_role("combobox", name="Row of the page").select_option("journey maps")
    owner = exercise.get_by_role("textbox", name="Owner")
    expect(owner).to_have_value("everybody")
    owner.fill("Mara, head of shops")
    lesson.wait_until(
        lambda: (lesson.answer(PAGE) or {}).get("journey maps", {}).get("owner", "")[-5:] == "shops", "it"
    )
    assert len(lesson.answer(PAGE)) == 7
    lesson.check(PAGE)
    lesson.wait_for_status(PAGE, "Objectives: Its objective is missing")
    expect(exercise).not_to_contain_text("Its owner is no single person")


def test_the_board_is_played_to_its_end(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(BOARD)
    for turn in best_conversation(play(load_scenario("board"), [])).turns:
        exercise.get_by_role("button").filter(has_text=turn.choice.text).click()
        lesson.wait_until(
            lambda turn=turn: (lesson.answer(BOARD) or {"now": []})["now"][-1:] == [turn.choice.id], "the move"
        )
    lesson.check(BOARD)
    lesson.wait_for_status(BOARD, "✓ Right.")


def test_the_console_shows_no_error_and_no_other_machine_is_asked(lesson: NotebookPage) -> None:
    assert lesson.visitor.console_errors == []
    assert lesson.visitor.requests_elsewhere == []


def test_answers_are_back_after_a_reload(lesson: NotebookPage) -> None:
    questions = (WORTH, GAME, CAUSES, PAGE, BOARD)
    answers = {question: lesson.answer(question) for question in questions}
    assert all(answers.values()), "the tests above have answered all of them"
    seen = lesson.exercise(GAME).get_by_role("table").first.inner_text()
    lesson.visitor.save()
    lesson.page.reload()
    lesson.visitor.wait_for_kernel()
    lesson.visitor.run_all()
    for question in questions:
        lesson.wait_for_status(question, "Your saved answer is back.")
    assert {question: lesson.answer(question) for question in questions} == answers
    assert lesson.exercise(GAME).get_by_role("table").first.inner_text() == seen


# --- for all eyes ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, lesson: NotebookPage) -> Iterator[str]:
    lesson.visitor.choose("Settings", "Theme", request.param)
    light = str(request.param.endswith("Light")).lower()
    expect(lesson.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    lesson.page.wait_for_timeout(300)  # colours fade in
    see_all(lesson)
    yield request.param


def see_all(lesson: NotebookPage) -> None:
    """Scroll past every exercise: what was never in sight has no layout yet, and axe-core judges it all the same."""
    for question_id in lesson.titles:
        lesson.exercise(question_id).scroll_into_view_if_needed()
        lesson.settle()


def test_axe_finds_nothing(lesson: NotebookPage, theme: str) -> None:
    found = violations(lesson, ".cxux-exercise", OUTPUTS)
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
        # The thumb of a slider at its end stands out by half its width.
        lesson.exercise(WORTH).get_by_role("slider", name="Months that are known").press("Home")
        for question in (WORTH, GAME, CAUSES, PAGE):
            exercise = lesson.exercise(question)
            exercise.scroll_into_view_if_needed()
            lesson.settle()
            box = exercise.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), f"{question} scrolls sideways"
            # Words in a drawing have no place of their own.
            wider = [found for found in exercise.evaluate(WIDER_THAN_ITS_PLACE) if "SVG" not in found]
            assert wider == [], question
            assert exercise.evaluate(OUT_OF_SIGHT) == [], question
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})
