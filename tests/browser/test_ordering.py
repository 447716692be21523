"""Putting items in order in a real JupyterLab: mouse, keyboard, after a reload, in both themes, in small windows."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from tests.browser.lab_driver import Lab, Visitor
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import OUT_OF_SIGHT, WIDER_THAN_ITS_PLACE, contrast, violations

SOURCE = """\
from cxux_helpers import exercises

exercises.Ordering(
    "cake", title="A cake", prompt="Put the work in order.",
    items={"Bake": "In the oven, for an hour.", "Eat": "With friends.", "Mix": "Flour and eggs, in a large bowl."},
    key=["Mix", "Bake", "Eat"], why={"Bake": "There is no dough yet.", "Eat": "It is still raw."}, reason="A cake.",
)"""
UNSHIELDED = """exercise => [...exercise.querySelectorAll('button')]
  .filter(e => !e.hasAttribute('data-lm-suppress-shortcuts')).map(e => e.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def notebook(lab: Lab, visitor: Visitor, request: pytest.FixtureRequest) -> NotebookPage:
    """A notebook with one exercise, open, with its cell run."""
    folder = lab.root / request.module.__name__
    folder.mkdir()
    path = folder / "cake.ipynb"
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(SOURCE)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    visitor.open_notebook(f"{folder.name}/{path.name}")
    visitor.run_all()
    if visitor.page.locator("#jp-left-stack").is_visible():
        visitor.page.keyboard.press("Control+b")
    return NotebookPage(visitor, path)


@pytest.fixture
def exercise(notebook: NotebookPage) -> Locator:
    return notebook.exercise("cake")


def findings(notebook: NotebookPage) -> list[str]:
    """What axe-core finds. It passes over text outside of the page's body, which has no height, or of the window."""
    return violations(notebook, ".cxux-exercise")


def order(exercise: Locator) -> list[str]:
    return exercise.locator(".or-row strong").all_inner_texts()


def put_in_order(notebook: NotebookPage, exercise: Locator, wanted: list[str]) -> None:
    """Bring the rows into an order with the mouse."""
    for place, item in enumerate(wanted):
        while order(exercise).index(item) > place:
            before = order(exercise)
            exercise.get_by_role("button", name=f"Move {item} up").click()
            notebook.wait_until(lambda before=before: order(exercise) != before, f"{item} to move")  # type: ignore[misc]
    assert order(exercise) == wanted


def test_the_mouse_moves_items_and_the_check_says_what_comes_too_early(
    notebook: NotebookPage, exercise: Locator
) -> None:
    assert order(exercise) == ["Bake", "Eat", "Mix"] and notebook.answer("cake") is None
    notebook.check("cake")
    notebook.wait_for_status("cake", "Not answered yet")

    exercise.get_by_role("button", name="Move Mix up").click()
    notebook.wait_for_answer("cake", ["Bake", "Mix", "Eat"])
    notebook.check("cake")
    notebook.wait_for_status("cake", "Close. “Bake” comes too early. There is no dough yet.", "Saved")

    exercise.get_by_role("button", name="Move Bake down").click()
    notebook.wait_for_answer("cake", ["Mix", "Bake", "Eat"])
    notebook.check("cake")
    notebook.wait_for_status("cake", "Right. A cake.")


def test_the_keyboard_alone_does_it_and_the_focus_stays_with_the_item(
    notebook: NotebookPage, exercise: Locator
) -> None:
    put_in_order(notebook, exercise, ["Bake", "Eat", "Mix"])
    keyboard = exercise.page.keyboard
    down = exercise.get_by_role("button", name="Move Bake down")
    down.focus()
    keyboard.press("Enter")
    notebook.wait_for_answer("cake", ["Eat", "Bake", "Mix"])
    expect(down).to_be_focused()
    expect(exercise.locator(".or-live")).to_have_text("Bake is now 2 of 3.")
    keyboard.press("Alt+ArrowDown")
    notebook.wait_for_answer("cake", ["Eat", "Mix", "Bake"])
    expect(down).to_be_focused()
    keyboard.press("Alt+ArrowDown")
    expect(exercise.locator(".or-live")).to_have_text("Bake is last already.")
    expect(down).to_have_attribute("aria-disabled", "true")

    for _ in range(3):
        keyboard.press("Shift+Tab")
    expect(exercise.get_by_role("button", name="Move Mix up")).to_be_focused()
    keyboard.press("Alt+ArrowUp")
    notebook.wait_for_answer("cake", ["Mix", "Eat", "Bake"])


def test_keys_of_jupyterlab_leave_the_cell_alone(notebook: NotebookPage, exercise: Locator) -> None:
    assert exercise.evaluate(UNSHIELDED) == []
    cells = notebook.number_of_cells()
    button = exercise.get_by_role("button", name="Move Mix up")
    button.focus()
    for key in ["d", "d", "b", "a", "x", "z", "ArrowDown", "ArrowUp", "m"]:
        exercise.page.keyboard.press(key)
        expect(button).to_be_focused()
    assert notebook.number_of_cells() == cells


def test_the_order_is_back_after_a_reload(notebook: NotebookPage, exercise: Locator) -> None:
    put_in_order(notebook, exercise, ["Eat", "Mix", "Bake"])
    notebook.wait_for_answer("cake", ["Eat", "Mix", "Bake"])
    notebook.visitor.save()

    notebook.page.reload()
    notebook.visitor.wait_for_kernel()
    notebook.visitor.run_all()

    notebook.wait_for_status("cake", "Your saved answer is back.")
    assert order(exercise) == ["Eat", "Mix", "Bake"]


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, notebook: NotebookPage) -> Iterator[str]:
    light = str(request.param.endswith("Light")).lower()
    notebook.visitor.choose("Settings", "Theme", request.param)
    expect(notebook.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    notebook.page.wait_for_timeout(300)  # colours fade in
    yield request.param


def test_axe_finds_nothing(notebook: NotebookPage, exercise: Locator, theme: str) -> None:
    notebook.check("cake")
    assert findings(notebook) == []
    for edge in (exercise.locator(".or-row").first, exercise.locator(".or-move").nth(1)):
        assert contrast(edge, "border-top-color") >= 3


@pytest.mark.parametrize(
    ("width", "height"), [(400, 800), (640, 450)], ids=["400 pixels wide", "zoomed to 200 percent"]
)
def test_nothing_is_cut_off_in_a_small_window(
    notebook: NotebookPage, exercise: Locator, width: int, height: int
) -> None:
    page = notebook.page
    wide = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    try:
        exercise.scroll_into_view_if_needed()
        notebook.settle()
        box = exercise.bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
        assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth")
        assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == []
        assert exercise.evaluate(OUT_OF_SIGHT) == []
        assert findings(notebook) == []
        put_in_order(notebook, exercise, ["Mix", "Bake", "Eat"])
        put_in_order(notebook, exercise, ["Bake", "Eat", "Mix"])
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(notebook: NotebookPage) -> None:
    assert notebook.visitor.console_errors == []
    assert notebook.visitor.requests_elsewhere == []
