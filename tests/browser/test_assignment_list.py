"""The whole way of an assignment in the prepared classroom: fetch, answer, submit, collect, autograde."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Frame, expect

from tests.browser.lab_driver import PANEL, Lab, Visitor
from tests.browser.notebook_page import NotebookPage

ASSIGNMENT = "m03_segmentation"
RIGHT_CHOICE = "By a rule, because customers can read it"  # 1 point
# 2 points
RIGHT_SCORE = """\
def score(values, higher_is_better=True):
    edges = values.quantile([0.2, 0.4, 0.6, 0.8])
    below = sum((values > edge).astype(int) for edge in edges)
    return 1 + below if higher_is_better else 5 - below
"""
# What a student may try on whoever looks at the work; in the student's own window it does run.
SCRIPTS = """
from IPython.display import HTML, SVG, Javascript
display(HTML("<script>window.ran = 1</script><img src=x onerror='window.ran = 1'>"))
svg = "<svg xmlns='http://www.w3.org/2000/svg' onload='window.ran = 1'><script>window.ran = 1</script></svg>"
display(SVG(data=svg))
display(Javascript("window.ran = 1"))
"""
ODD_NAME = "zz<img src=x onerror=window.ran=1>"
SLOW = 60_000  # milliseconds; nbgrader starts kernels and processes


@pytest.fixture(scope="module")
def fetched(lab: Lab, visitor: Visitor) -> Path:
    """The assignment as the assignment list hands it out."""
    visitor.open_lab()
    visitor.choose("Nbgrader", "Assignment List")
    released = visitor.page.locator("#released_assignments_list .list_item", has_text=ASSIGNMENT)
    released.get_by_role("button", name="Fetch").click()
    downloaded = visitor.page.locator("#fetched_assignments_list")
    expect(downloaded.get_by_role("button", name="Submit")).to_be_visible(timeout=SLOW)
    return lab.root / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"


@pytest.fixture(scope="module")
def answered(visitor: Visitor, fetched: Path) -> NotebookPage:
    """The assignment with one question answered by a control and one by code, saved."""
    visitor.page.locator("#fetched_assignments_list").get_by_role("button", name=ASSIGNMENT).click()
    visitor.page.locator("#fetched_assignments_list .nested_list_item a", has_text=ASSIGNMENT).click()
    visitor.wait_for_kernel()
    visitor.run_all()
    notebook = NotebookPage(visitor, fetched)
    notebook.exercise("m03-q1").get_by_role("radio", name=RIGHT_CHOICE).check()
    notebook.wait_for_status("m03-q1", "✓ Saved.")
    cell = visitor.page.locator(f"{PANEL} .jp-CodeCell .cm-content", has_text="def score(")
    cell.scroll_into_view_if_needed()
    cell.click()
    visitor.page.keyboard.press("Control+a")
    visitor.page.keyboard.insert_text(RIGHT_SCORE + SCRIPTS)
    visitor.run_all()
    visitor.save()
    return notebook


@pytest.fixture(scope="module")
def submitted(visitor: Visitor, answered: NotebookPage) -> Visitor:
    """The window after the answers have been handed in."""
    visitor.choose("Nbgrader", "Assignment List")
    visitor.page.locator("#fetched_assignments_list").get_by_role("button", name="Submit").click()
    expect(visitor.page.locator("#submitted_assignments_list .list_item", has_text=ASSIGNMENT).first).to_be_visible(
        timeout=SLOW
    )
    return visitor


@pytest.fixture(scope="module")
def formgrader(lab: Lab, submitted: Visitor, answered: NotebookPage) -> Frame:
    """The instructor's page after collecting and autograding, at the list of submissions."""
    odd = lab.root / "course" / "submitted" / ODD_NAME / ASSIGNMENT
    odd.mkdir(parents=True)
    shutil.copy(answered.path, odd)
    submitted.choose("Nbgrader", "Formgrader")
    frame = submitted.frame("/formgrader")
    row = frame.locator("tr", has=frame.get_by_role("link", name=ASSIGNMENT, exact=True))
    row.locator(".collect a").click()
    dismiss_success(frame)
    row.locator(".num-submissions a").click()
    frame.locator(".autograde a").first.click()
    dismiss_success(frame)
    return frame


def dismiss_success(frame: Frame) -> None:
    """Wait for nbgrader's message and close it; anything but a success fails with its text."""
    dialog = frame.locator(".modal.in")
    expect(dialog).to_be_visible(timeout=SLOW)
    assert "Success" in dialog.locator(".modal-title").inner_text(), dialog.inner_text()
    dialog.get_by_role("button", name="OK").click()
    expect(frame.locator(".modal")).to_be_hidden()


def test_the_assignment_comes_with_its_data_and_without_its_tests(fetched: Path) -> None:
    assert fetched.with_name("orders.csv").exists()
    text = fetched.read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    assert "HIDDEN TESTS" not in text


def test_the_open_notebook_says_at_once_what_an_answer_earns(answered: NotebookPage) -> None:
    feedback = answered.page.locator(f"{PANEL} .jp-OutputArea-output", has_text="m03-q4")
    expect(feedback).to_contain_text("2 of 2 points so far")


def test_the_submission_holds_the_code_and_the_saved_answer(lab: Lab, submitted: Visitor) -> None:
    (submission,) = (lab.root / "exchange" / "cxux" / "inbound").iterdir()
    assert RIGHT_CHOICE in (submission / "answers" / "m03-q1.json").read_text(encoding="utf-8")
    assert "5 - below" in (submission / f"{ASSIGNMENT}.ipynb").read_text(encoding="utf-8")


def test_formgrader_collects_autogrades_and_shows_the_score(formgrader: Frame) -> None:
    row = formgrader.locator("tbody tr").first
    expect(row.locator(".status")).to_contain_text("graded")
    assert re.sub(r"\s", "", row.locator(".score").inner_text()) == "3/20"
    expect(formgrader.locator("tbody")).to_contain_text(ODD_NAME)
    assert formgrader.evaluate("window.ran") is None


def test_formgrader_shows_points_and_messages_for_each_question(formgrader: Frame) -> None:
    formgrader.locator(".student-name a, .student-id a").first.click()
    formgrader.get_by_role("link", name=ASSIGNMENT, exact=True).last.click()
    text = formgrader.locator("body")
    expect(text).to_contain_text("m03-q4", timeout=SLOW)
    expect(text).to_contain_text("A promise needs a border that people can read")


def test_nothing_that_a_student_wrote_runs_on_the_instructors_page(formgrader: Frame) -> None:
    expect(formgrader.locator("img[src^='data:image/svg+xml']")).to_have_count(1)  # the SVG is shown as a picture
    assert formgrader.evaluate("window.ran") is None


def test_no_other_machine_is_asked_for_anything(visitor: Visitor, formgrader: Frame) -> None:
    assert visitor.requests_elsewhere == []
