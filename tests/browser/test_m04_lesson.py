"""The lesson m04 as a student takes it: by mouse, by keyboard alone, after a reload, and for all eyes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers.datasets.bicycle import load_bicycle_paper
from cxux_helpers.journey.maps import journey_from_json, journey_to_json
from cxux_helpers.roleplay.conversation import play
from cxux_helpers.roleplay.scenario_json import load_scenario
from cxux_helpers.roleplay.search import best_conversation
from tests.browser.lab_driver import ERROR_OUTPUT
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import NOT_OURS, OUT_OF_SIGHT, OUTPUTS, WIDER_THAN_ITS_PLACE, violations

NOTEBOOK = "m04_journey_mapping.ipynb"
MAP, SORT, SPEND, PLAY, LOG, MATCH = (f"m04-e{number}" for number in range(2, 8))
FOUND = {"step": "payment", "segment": "Edge", "week": "2025-02-10"}


def tab_to(lesson: NotebookPage, control: Locator) -> None:
    for _ in range(8):
        if control.evaluate("element => element === document.activeElement"):
            return
        lesson.page.keyboard.press("Tab")
    raise AssertionError("the Tab key does not lead to the control")


def choose_with_keys(lesson: NotebookPage, menu: Locator, steps: int) -> None:
    """Reach a menu with the Tab key and go down a number of entries."""
    tab_to(lesson, menu)
    lesson.page.keyboard.press("Home")
    for _ in range(steps):
        lesson.page.keyboard.press("ArrowDown")


def check_with_keys(lesson: NotebookPage, question_id: str) -> None:
    tab_to(lesson, lesson.exercise(question_id).get_by_role("button", name="Check my answer"))
    lesson.page.keyboard.press("Enter")


def menu(lesson: NotebookPage, name: str) -> Locator:
    return lesson.exercise(LOG).get_by_role("combobox", name=name)


def test_run_all_ends_without_an_error_and_shows_every_exercise(lesson: NotebookPage) -> None:
    assert lesson.page.locator(ERROR_OUTPUT).count() == 0
    expect(lesson.page.locator(".cxux-exercise")).to_have_count(len(lesson.titles))
    assert len(lesson.titles) == 10
    stderr = lesson.page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]')
    assert stderr.all_inner_texts() == []


# --- the investigation ----------------------------------------------------------------------------------------------


def test_the_table_follows_each_menu(lesson: NotebookPage) -> None:
    table = lesson.exercise(LOG).get_by_role("table")
    expect(table.get_by_role("row").last).to_contain_text("85% of 1,377")
    menu(lesson, "Compare").select_option("browser")
    expect(table.get_by_role("row", name="Edge")).to_contain_text("49% of 136")
    menu(lesson, "Look only at").select_option("Edge")
    menu(lesson, "Compare").select_option("weeks")
    expect(table.get_by_role("row", name="2025-02-10")).to_contain_text("11% of 9")
    menu(lesson, "Question").select_option("What comes right after payment?")
    expect(table.get_by_role("columnheader", name="payment_error")).to_be_visible()
    expect(table.get_by_role("caption")).to_have_text("What comes right after payment? Looking at: Edge.")
    assert lesson.answer(LOG) is None, "looking is no answer"


def test_the_fault_is_found_by_keyboard_alone(lesson: NotebookPage) -> None:
    menu(lesson, "Question").focus()
    for name, steps in (("Question", 0), ("Compare", 3), ("Look only at", 2)):
        choose_with_keys(lesson, menu(lesson, name), steps)
    expect(lesson.exercise(LOG).get_by_role("row", name="2025-01-06")).to_be_visible()
    for name, steps in (("People get stuck at", 4), ("These people", 2), ("Since the week of", 6)):
        choose_with_keys(lesson, menu(lesson, name), steps)
    lesson.wait_for_answer(LOG, FOUND)
    check_with_keys(lesson, LOG)
    lesson.wait_for_status(LOG, "✓ Right.")


def test_a_wrong_week_is_told_to_look_again(lesson: NotebookPage) -> None:
    menu(lesson, "Since the week of").select_option("2025-02-17")
    lesson.wait_for_answer(LOG, FOUND | {"week": "2025-02-17"})
    lesson.check(LOG)
    lesson.wait_for_status(LOG, "Since the week of: not yet. It began before that.")
    menu(lesson, "Since the week of").select_option("2025-02-10")
    lesson.wait_for_answer(LOG, FOUND)


# --- the other exercises --------------------------------------------------------------------------------------------


def test_the_map_is_mended_by_mouse_and_keyboard_and_compared_with_the_evidence(lesson: NotebookPage) -> None:
    editor = lesson.exercise(MAP)
    point = editor.get_by_role("slider", name="Collects the bicycle")
    point.focus()
    for _ in range(3):
        point.press("ArrowDown")
    lesson.wait_until(
        lambda: {o["id"]: o["emotion"] for o in lesson.answer(MAP)["touchpoints"]}["counter"] == -2, "the low point"
    )
    # The rest of the way is long: bring in a map that has it.
    team, draft = (journey_from_json(load_bicycle_paper(name)) for name in ("journey", "draft"))
    mended = replace(team, title=draft.title)
    editor.get_by_role("button", name="Import or export").click()
    editor.get_by_label("Or paste its JSON here").fill(journey_to_json(mended))
    editor.get_by_role("button", name="Import pasted JSON").click()
    lesson.wait_for_answer(MAP, json.loads(journey_to_json(mended)))
    editor.get_by_role("button", name="Done").click()
    lesson.check(MAP)
    lesson.wait_for_status(MAP, "✓ Right.")
    cell = lesson.page.locator(".jp-CodeCell").filter(has_text="judge_map_truth")
    cell.locator(".cm-content").click()
    lesson.page.keyboard.press("Control+Enter")
    expect(cell).to_contain_text("All that the evidence tells of these touchpoints is on the map.")


def test_a_moment_is_sorted_with_its_number_and_judged(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(SORT)
    card = exercise.get_by_role("option").filter(has_text="The price tag")
    card.focus()
    card.press("2")
    lesson.wait_for_answer(SORT, {"price": "before, not ours"})
    lesson.check(SORT)
    expect(exercise).to_contain_text("Who could change this by a decision on Monday?")


def test_the_choice_of_one_touchpoint_gives_the_reason(lesson: NotebookPage) -> None:
    options = lesson.exercise(SPEND).get_by_role("radio")
    for place, reason in ((0, "5 × (2 − 2) = 0"), (1, "5 × (2 + 2) × 1 = 20")):
        options.nth(place).check()
        lesson.wait_until(lambda: lesson.answer(SPEND), "the choice to be saved")
        lesson.check(SPEND)
        lesson.wait_for_status(SPEND, reason)


def test_the_lowest_point_is_played_to_its_end_by_keyboard_alone(lesson: NotebookPage) -> None:
    exercise = lesson.exercise(PLAY)
    exercise.get_by_role("button").first.focus()
    for turn in best_conversation(play(load_scenario("counter"), [])).turns:
        tab_to(lesson, exercise.get_by_role("button").filter(has_text=turn.choice.text))
        lesson.page.keyboard.press("Enter")
        lesson.wait_until(
            lambda turn=turn: (lesson.answer(PLAY) or {"now": []})["now"][-1:] == [turn.choice.id], "the move"
        )
    lesson.check(PLAY)
    lesson.wait_for_status(PLAY, "✓ Right.")


def test_lanes_and_releases_are_matched_by_keyboard_alone(lesson: NotebookPage) -> None:
    menus = lesson.exercise(MATCH).get_by_role("combobox")
    menus.first.focus()
    for place, steps in enumerate((4, 1, 3, 1, 2, 2, 2, 1, 4, 2, 1, 2)):
        choose_with_keys(lesson, menus.nth(place), steps)
    check_with_keys(lesson, MATCH)
    lesson.wait_for_status(MATCH, "✓ Right.")


def test_answers_are_back_after_a_reload(lesson: NotebookPage) -> None:
    questions = (MAP, SORT, SPEND, PLAY, LOG, MATCH)
    answers = {question: lesson.answer(question) for question in questions}
    assert all(answers.values()), "the tests above have answered all of them"
    lesson.visitor.save()
    lesson.page.reload()
    lesson.visitor.wait_for_kernel()
    lesson.visitor.run_all()
    for question in questions:
        lesson.wait_for_status(question, "Your saved answer is back.")
    assert {question: lesson.answer(question) for question in questions} == answers
    expect(menu(lesson, "These people")).to_have_value("Edge")
    truth = lesson.page.locator(".jp-CodeCell").filter(has_text="judge_map_truth")
    expect(truth).to_contain_text("All that the evidence tells")


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


def test_axe_finds_nothing_in_the_exercises(lesson: NotebookPage, theme: str) -> None:
    lesson.check(LOG)
    assert violations(lesson, ".cxux-exercise") == []


def test_axe_finds_nothing_in_our_other_outputs(lesson: NotebookPage, theme: str) -> None:
    found = violations(lesson, OUTPUTS, without=f"{OUTPUTS} table")
    assert [line for line in found if line.partition(":")[0] not in NOT_OURS] == []


def test_pictures_of_the_lesson_have_words(lesson: NotebookPage) -> None:
    pictures = lesson.page.locator(".jp-OutputArea-output img")
    assert pictures.count() == 6, "five of the lesson's, and the customer's mood in the debrief"
    assert all(len(alt.split()) >= 10 for alt in pictures.evaluate_all("images => images.map(image => image.alt)"))


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
        exercise = lesson.exercise(LOG)
        menu(lesson, "Compare").select_option("weeks")
        expect(exercise.get_by_role("row", name="2025-03-24")).to_be_attached()
        exercise.scroll_into_view_if_needed()
        lesson.settle()
        box = exercise.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), "it scrolls sideways"
        assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == []
        assert exercise.evaluate(OUT_OF_SIGHT) == []
        see_all(lesson)
        assert violations(lesson, ".cxux-exercise") == []
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(lesson: NotebookPage) -> None:
    assert lesson.visitor.console_errors == []
    assert lesson.visitor.requests_elsewhere == []
