"""The lesson m03 as a student takes it: run all, answer, check, come back, and things that go wrong."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers import load_cdnow, rfm, segment_profile, segments_by_cuts
from cxux_helpers.exercises.base import LATE
from tests.browser.lab_driver import ERROR_OUTPUT, Lab, Visitor
from tests.browser.notebook_page import NotebookPage

STARTING_CUTS = {"recent_days": 30, "frequent_orders": 2, "high_spend": 50}

QUESTIONS = """\
from cxux_helpers.exercises import Choice

options = {"first": "No.", "second": "No.", "third": "Yes."}
Choice("shared", title="Open in two tabs", prompt="Choose.", options=options, key="third")
---
Choice("blocked", title="Nowhere to save", prompt="Choose.", options=options, key="third", folder="blocked")
"""


def move_with_keys(slider: Locator, key: str, times: int) -> None:
    slider.focus()
    for _ in range(times):
        slider.press(key)


def drag(slider: Locator, share: float) -> None:
    """Drag a slider's handle with the mouse to a share of the track."""
    slider.scroll_into_view_if_needed()
    handle = slider.bounding_box()
    track = slider.locator("xpath=ancestor::div[contains(@class, 'noUi-base')]").bounding_box()
    assert handle is not None and track is not None
    y = handle["y"] + handle["height"] / 2
    mouse = slider.page.mouse
    mouse.move(handle["x"] + handle["width"] / 2, y)
    mouse.down()
    mouse.move(track["x"] + share * track["width"], y, steps=8)
    mouse.up()


def at_risk_on_screen(lesson: NotebookPage) -> str:
    row = lesson.exercise("m03-e2").get_by_role("row").filter(has_text="At risk")
    return row.get_by_role("cell").first.inner_text()


def at_risk_by_library(cuts: dict[str, int]) -> str:
    customers = rfm(load_cdnow(), as_of="1998-07-01")
    profile = segment_profile(customers, segments_by_cuts(customers, **cuts))
    return f"{int(profile['customers']['At risk']):,}"


def test_run_all_ends_without_an_error_and_shows_every_exercise(lesson: NotebookPage) -> None:
    assert lesson.page.locator(ERROR_OUTPUT).count() == 0
    assert len(lesson.titles) >= 8
    for question_id in lesson.titles:
        expect(lesson.exercise(question_id)).to_be_visible()
    assert lesson.page.locator(".cxux-exercise").count() == len(lesson.titles)


def test_cells_write_no_warnings(lesson: NotebookPage) -> None:
    stderr = lesson.page.locator('.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]')
    assert stderr.all_inner_texts() == []


def test_arrow_keys_move_a_slider_the_segments_and_the_saved_answer(lesson: NotebookPage) -> None:
    slider = lesson.exercise("m03-e2").get_by_role("slider", name="Recent")
    before = at_risk_on_screen(lesson)
    days = int(float(slider.get_attribute("aria-valuenow") or "nan"))

    move_with_keys(slider, "ArrowRight", 3)

    cuts = (lesson.answer("m03-e2") or STARTING_CUTS) | {"recent_days": days + 15}
    lesson.wait_for_answer("m03-e2", cuts)
    lesson.wait_until(lambda: at_risk_on_screen(lesson) == at_risk_by_library(cuts), "the table to follow")
    assert at_risk_on_screen(lesson) != before
    lesson.wait_for_status("m03-e2", "Saved")


def test_the_mouse_drags_a_slider_the_segments_and_the_saved_answer(lesson: NotebookPage) -> None:
    slider = lesson.exercise("m03-e2").get_by_role("slider", name="Frequent")
    before = lesson.answer("m03-e2")

    drag(slider, 0.5)

    lesson.wait_until(lambda: slider.get_attribute("aria-valuetext") == "6", "the middle of 2 to 10")
    lesson.wait_for_answer("m03-e2", (before or STARTING_CUTS) | {"frequent_orders": 6})
    cuts = lesson.answer("m03-e2")
    lesson.wait_until(lambda: at_risk_on_screen(lesson) == at_risk_by_library(cuts), "the table to follow")


def test_check_says_what_is_wrong_and_then_why_it_is_right(lesson: NotebookPage) -> None:
    choices = lesson.exercise("m03-r1")
    lesson.check("m03-r1")
    lesson.wait_for_status("m03-r1", "Not answered yet")

    choices.get_by_role("radio").nth(0).check()
    lesson.check("m03-r1")
    lesson.wait_for_status("m03-r1", "Not yet. That would be 511")

    choices.get_by_role("radio").nth(1).check()
    lesson.check("m03-r1")
    lesson.wait_for_status("m03-r1", "Right. Worst fifth in recency")


def test_new_answers_take_old_feedback_away(lesson: NotebookPage) -> None:
    lesson.exercise("m03-r3").get_by_role("radio").nth(0).check()
    lesson.check("m03-r3")
    lesson.wait_for_status("m03-r3", "Not yet")
    lesson.page.wait_for_timeout(1000 * LATE)  # what comes in sooner may have been given before the check

    lesson.exercise("m03-r3").get_by_role("radio").nth(2).check()

    expect(lesson.exercise("m03-r3").get_by_role("status").filter(has_text="Not yet")).to_have_count(0)


def test_answers_are_back_after_a_reload(lesson: NotebookPage) -> None:
    number, clusters, persona, messages = (lesson.exercise(f"m03-e{n}") for n in (1, 3, 4, 5))
    number.get_by_role("textbox").fill("70")
    number.get_by_role("textbox").press("Enter")
    move_with_keys(clusters.get_by_role("slider"), "ArrowRight", 1)
    clusters.get_by_role("radio").nth(1).check()
    persona.get_by_role("combobox").first.select_option(index=1)
    persona.get_by_role("textbox", name="Name").fill("Ann Onym")
    persona.get_by_role("textbox", name="dollars").fill("1,250")
    persona.get_by_role("textbox", name="need").fill("What made you come back?\nAnd what nearly kept you away?")
    persona.get_by_role("textbox", name="need").press("Tab")
    messages.get_by_role("combobox").nth(1).select_option(index=2)
    lesson.wait_for_answer("m03-e1", 70)
    lesson.wait_until(lambda: (lesson.answer("m03-e3") or {}).get("reason"), "the reason to be saved")
    lesson.wait_until(lambda: lesson.answer("m03-e5"), "the message to be saved")
    lesson.wait_until(lambda: (lesson.answer("m03-e4") or {}).get("need"), "the persona to be saved")
    assert lesson.answer("m03-e4")["monetary"] == 1250
    lesson.visitor.save()

    lesson.page.reload()
    lesson.visitor.wait_for_kernel()
    lesson.visitor.run_all()

    for question_id in ("m03-e1", "m03-e3", "m03-e4", "m03-e5"):
        lesson.wait_for_status(question_id, "Your saved answer is back.")
    expect(number.get_by_role("slider")).to_have_attribute("aria-valuetext", "70")
    expect(clusters.get_by_role("slider")).to_have_attribute("aria-valuetext", "3")
    expect(clusters.get_by_role("radio").nth(1)).to_be_checked()
    expect(persona.get_by_role("combobox").first).not_to_have_value("– choose –")
    expect(persona.get_by_role("textbox", name="Name")).to_have_value("Ann Onym")
    expect(persona.get_by_role("textbox", name="dollars")).to_have_value("1250")
    expect(persona.get_by_role("textbox", name="need")).to_have_value(
        "What made you come back?\nAnd what nearly kept you away?"
    )
    expect(messages.get_by_role("combobox").nth(1)).to_have_value("yes, by post, saying how to stop")


@pytest.fixture(scope="module")
def questions(lab: Lab, lesson: NotebookPage) -> NotebookPage:
    """A small notebook in a window of its own: one question for two tabs, one whose answers folder is a file."""
    path = lesson.path.with_name("questions.ipynb")
    cells = [nbformat.v4.new_code_cell(source) for source in QUESTIONS.split("---\n")]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    blocked = path.parent / "blocked"
    blocked.mkdir()
    (blocked / "answers").write_text("I am in the way.")
    return open_in_new_window(lab, lesson.visitor, path)


def open_in_new_window(lab: Lab, visitor: Visitor, path: Path) -> NotebookPage:
    window = Visitor(visitor.page.context.new_page(), lab)
    window.open_notebook(path.relative_to(lab.root).as_posix())
    window.run_all()
    return NotebookPage(window, path)


def choose(notebook: NotebookPage, question_id: str, option: str) -> None:
    notebook.exercise(question_id).get_by_role("radio", name=option).check()


def test_two_tabs_do_not_overwrite_each_other(lab: Lab, questions: NotebookPage) -> None:
    first, second = questions, open_in_new_window(lab, questions.visitor, questions.path)
    buttons = [
        first.exercise("shared").get_by_role("button", name=name) for name in ("Keep this answer", "Load the other one")
    ]
    choose(second, "shared", "second")
    second.wait_for_status("shared", "✓ Saved.")

    choose(first, "shared", "first")
    first.wait_for_status("shared", "Not saved: this answer was changed in another tab")
    assert first.answer("shared") == "second"

    buttons[1].click()
    expect(first.exercise("shared").get_by_role("radio", name="second")).to_be_checked()
    first.wait_for_status("shared", "Your saved answer is back.")
    for button in buttons:
        expect(button).to_be_hidden()

    choose(second, "shared", "third")
    second.wait_for_status("shared", "✓ Saved.")
    second.wait_for_answer("shared", "third")
    choose(first, "shared", "first")
    first.wait_for_status("shared", "Not saved: this answer was changed in another tab")
    buttons[0].click()
    first.wait_for_answer("shared", "first")
    first.wait_for_status("shared", "✓ Saved.")
    for button in buttons:
        expect(button).to_be_hidden()


def test_an_answer_that_cannot_be_saved_stays_on_the_screen_with_the_reason(questions: NotebookPage) -> None:
    choose(questions, "blocked", "third")

    questions.wait_for_status("blocked", "Not saved: ")
    status = questions.exercise("blocked").get_by_role("status").filter(has_text="Not saved").inner_text()
    assert len(status.removeprefix("✗ Not saved: ").split()) > 5, "no reason given"
    expect(questions.exercise("blocked").get_by_role("radio", name="third")).to_be_checked()
    questions.check("blocked")
    questions.wait_for_status("blocked", "Right. Yes.")
    assert (questions.path.parent / "blocked" / "answers").read_text() == "I am in the way."


def test_nothing_is_asked_of_other_machines_and_the_console_shows_no_error(lesson: NotebookPage) -> None:
    assert lesson.visitor.requests_elsewhere == []
    assert lesson.visitor.console_errors == []
