"""The wireframe editor in a real JupyterLab: by mouse, finger and keyboard, as a table, small, and in the dark."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers.wireframes import wireframe_to_json
from tests.browser.lab_driver import Lab, Visitor
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import contrast, violations
from tests.browser.test_journey_map import hide_sidebar, press, tab_to
from tests.test_wireframe_exercise import BROKEN, PLAIN
from tests.test_wireframes import FAULTS

CELLS = [
    f"""\
from cxux_helpers import exercises
from cxux_helpers.wireframes import EXAMPLE_SYSTEM, wireframe_from_json

start = wireframe_from_json({json.dumps(PLAIN)!r})
exercises.Wireframe("wf-drawn", title="A screen to change", prompt="Change it.", system=EXAMPLE_SYSTEM, start=start)""",
    'exercises.Wireframe("wf-new", title="A screen from nothing", prompt="Draw it.", system=EXAMPLE_SYSTEM)',
]
WIDER_THAN_ITS_PLACE = """exercise => [...exercise.querySelectorAll('*')]
  .filter(e => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
  .filter(e => !e.matches('input, textarea, .ed-table-scroll') && !e.closest('table, .wf-screen'))
  .map(e => `${e.outerHTML.slice(0, 200)}: ${e.scrollWidth} in ${e.clientWidth} pixels`)"""
NOT_SHIELDED = """exercise => [...exercise.querySelectorAll('button, input, select, textarea, summary, [tabindex]')]
  .filter(e => !e.hasAttribute('data-lm-suppress-shortcuts')).map(e => e.outerHTML)"""


@pytest.fixture(scope="module")
def notebook(lab: Lab, visitor: Visitor, request: pytest.FixtureRequest) -> NotebookPage:
    """A notebook with a screen to change and one to draw from nothing, open, with all cells run."""
    folder = lab.root / request.module.__name__
    folder.mkdir()
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    path = folder / "screens.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    visitor.open_notebook(f"{folder.name}/{path.name}")
    visitor.run_all()
    page = NotebookPage(visitor, path)
    hide_sidebar(page)
    return page


@pytest.fixture
def drawn(notebook: NotebookPage) -> Locator:
    """The editor with the screen to change, as it was at first."""
    set_screen(notebook, PLAIN)
    return notebook.exercise("wf-drawn")


def set_screen(notebook: NotebookPage, screen: dict[str, Any]) -> None:
    """Import a screen by pasting it, and wait until it is saved."""
    exercise = notebook.exercise("wf-drawn")
    if exercise.get_by_role("button", name="Show as screen").count():
        exercise.get_by_role("button", name="Show as screen").click()
    if notebook.answer("wf-drawn") == screen:
        return
    exercise.get_by_role("button", name="Import or export").click()
    exercise.get_by_label("Or paste its JSON here").fill(json.dumps(screen))
    exercise.get_by_role("button", name="Import pasted JSON").click()
    notebook.wait_for_answer("wf-drawn", screen)
    exercise.get_by_role("button", name="Done").click()


def part(exercise: Locator, one: str) -> Locator:
    return exercise.locator(f".wf-part[data-id='{one}']")


def saved(notebook: NotebookPage, question_id: str = "wf-drawn") -> dict[str, dict[str, Any]]:
    """Components of the saved screen by id."""
    return {one["id"]: one for one in (notebook.answer(question_id) or {"components": []})["components"]}


def said(exercise: Locator) -> Locator:
    return exercise.locator(".ed-live")


def box(element: Locator) -> dict[str, float]:
    found = element.bounding_box()
    assert found is not None
    return dict(found)


# -- mouse and finger -----------------------------------------------------------------------------------------


def test_a_component_follows_the_mouse_to_the_grid_and_is_saved_when_it_is_let_go(
    notebook: NotebookPage, drawn: Locator
) -> None:
    mouse, cancel = notebook.page.mouse, part(drawn, "cancel")
    cancel.scroll_into_view_if_needed()
    before = box(cancel)
    mouse.move(before["x"] + 100, before["y"] + 20)
    mouse.down()
    mouse.move(before["x"] + 100, before["y"] + 33, steps=5)
    notebook.settle()
    assert box(cancel)["y"] - before["y"] == pytest.approx(16, abs=0.5), "13 pixels: two lines of the grid"
    assert notebook.answer("wf-drawn") == PLAIN, "Python hears nothing while it is dragged"
    mouse.up()
    notebook.wait_until(lambda: saved(notebook)["cancel"]["y"] == 576, "the place to be saved")
    expect(said(drawn)).to_have_text("“Cancel” moved to 16 from the left, 576 from the top.")
    expect(cancel).to_be_focused()

    handle = box(cancel.locator(".wf-handle"))
    mouse.move(handle["x"] + 12, handle["y"] + 12)
    mouse.down()
    mouse.move(handle["x"] + 12 - 100, handle["y"] + 12 + 40, steps=5)
    mouse.up()
    expect(said(drawn)).to_have_text("“Cancel” is now 232 wide, 64 high.")  # 640 is the lower edge
    drawn.get_by_role("button", name="Undo").click()
    drawn.get_by_role("button", name="Undo").click()
    notebook.wait_for_answer("wf-drawn", PLAIN)


def test_escape_puts_it_back_and_a_mere_click_chooses_it(notebook: NotebookPage, drawn: Locator) -> None:
    mouse, hint = notebook.page.mouse, part(drawn, "hint")
    before = box(hint)
    mouse.move(before["x"] + 50, before["y"] + 12)
    mouse.down()
    mouse.move(before["x"] + 150, before["y"] + 112, steps=5)
    notebook.page.keyboard.press("Escape")
    mouse.up()
    assert box(hint) == before and notebook.answer("wf-drawn") == PLAIN
    part(drawn, "street").click()
    expect(drawn.get_by_role("group", name="Component 3 of 10: Field")).to_be_visible()
    part(drawn, "save").dblclick()
    expect(drawn.get_by_label("Words", exact=True)).to_be_focused()
    assert notebook.answer("wf-drawn") == PLAIN


def test_a_finger_drags_what_it_has_chosen(notebook: NotebookPage, drawn: Locator) -> None:
    devtools = notebook.page.context.new_cdp_session(notebook.page)
    part(drawn, "save").focus()
    start = box(part(drawn, "save"))
    x, y = start["x"] + 60, start["y"] + 20

    def touch(kind: str, *points: tuple[float, float]) -> None:
        devtools.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": a, "y": b} for a, b in points]})

    touch("touchStart", (x, y))
    for step in range(1, 6):
        touch("touchMove", (x, y - 3 * step))
        notebook.settle()
    touch("touchEnd")
    notebook.wait_until(lambda: saved(notebook)["save"]["y"] == 480, "the component to be moved by finger")


# -- keyboard -------------------------------------------------------------------------------------------------


def test_a_sound_screen_is_drawn_from_nothing_by_keyboard_alone(notebook: NotebookPage) -> None:
    exercise = notebook.exercise("wf-new")
    exercise.get_by_label("What the screen is for").focus()
    press(notebook, "Control+a")
    notebook.page.keyboard.type("Your email")
    for kind, words in [("Back", "Back"), ("Heading", "Your email"), ("Field", "Email"), ("Primary button", "Save")]:
        exercise.get_by_label("What the screen is for").focus()
        tab_to(notebook, kind)
        press(notebook, "Enter")
        notebook.page.keyboard.type(words)
        press(notebook, "Escape")
    expect(exercise.locator(".ed-findings")).to_contain_text("✓ Nothing is left that can be checked here.")
    tab_to(notebook, "Check my answer")
    press(notebook, "Enter")
    notebook.wait_for_status("wf-new", "Right. The screen has all that the task asks for")
    answer = notebook.answer("wf-new")
    assert answer["title"] == "Your email"
    assert [(one["kind"], one["label"], one["emphasis"], one["level"]) for one in answer["components"]] == [
        ("back", "Back", "", 0), ("heading", "Your email", "", 1), ("field", "Email", "", 0),
        ("button", "Save", "primary", 0),
    ]  # fmt: skip


def test_components_move_grow_and_go_by_keys_and_the_focus_is_kept(notebook: NotebookPage, drawn: Locator) -> None:
    part(drawn, "cancel").focus()
    press(notebook, "ArrowDown", "ArrowDown")
    expect(said(drawn)).to_have_text("“Cancel”: 16 from the left, 576 from the top.")
    press(notebook, "Shift+ArrowUp", "Shift+ArrowLeft")
    expect(said(drawn)).to_have_text("“Cancel”: 320 wide, 40 high.")
    expect(part(drawn, "cancel")).to_be_focused()
    press(notebook, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown")
    expect(said(drawn)).to_have_text("“Cancel” is at the edge of the screen already.")
    expect(part(drawn, "cancel")).to_have_attribute(
        "aria-label",
        "10 of 10, secondary button: Cancel. 16 from the left, 600 from the top, 320 wide, 40 high. 1 finding",
    )
    press(notebook, "PageUp")
    expect(said(drawn)).to_have_text("“Cancel” is now read 9 of 10.")
    expect(part(drawn, "cancel")).to_be_focused()
    expect(drawn.locator(".ed-findings")).to_contain_text("It is 320 by 40 pixels")
    press(notebook, "Tab")
    expect(part(drawn, "save")).to_be_focused()
    press(notebook, "Delete")
    expect(said(drawn)).to_have_text("“Save address” deleted. Undo brings it back.")
    expect(part(drawn, "cancel")).to_be_focused()
    press(notebook, "Control+z", "Control+z", "Control+z", "Control+z", "Control+z")
    notebook.wait_for_answer("wf-drawn", PLAIN)
    press(notebook, "Control+Shift+z")
    notebook.wait_until(lambda: saved(notebook)["cancel"]["y"] == 576, "the first two steps again, as one")


def test_jupyterlab_keeps_its_keys_away_and_ctrl_s_saves(notebook: NotebookPage, drawn: Locator) -> None:
    drawn.get_by_role("button", name="Import or export").click()
    assert drawn.evaluate(NOT_SHIELDED) == []
    drawn.get_by_role("button", name="Import or export").click()
    cells = notebook.number_of_cells()
    for element in (part(drawn, "save"), drawn.get_by_role("combobox").first, drawn.get_by_role("spinbutton").first):
        element.focus()
        press(notebook, "d", "d", "b", "x", "m")
        notebook.settle()
        assert notebook.number_of_cells() == cells and element.evaluate("e => e === document.activeElement")
    before = notebook.path.stat().st_mtime_ns

    def is_saved() -> bool:
        press(notebook, "Control+s")
        notebook.page.wait_for_timeout(300)
        return notebook.path.stat().st_mtime_ns > before

    notebook.wait_until(is_saved, "the notebook to be saved")


# -- form, findings and table ---------------------------------------------------------------------------------


def test_the_form_changes_the_component_at_once_and_in_the_systems_style(
    notebook: NotebookPage, drawn: Locator
) -> None:
    part(drawn, "cancel").focus()
    press(notebook, "Enter")
    notebook.page.keyboard.type("Delete <b>it</b>")
    drawn.get_by_label("Emphasis").select_option("primary")
    drawn.get_by_label("Upper edge").fill("568")
    drawn.get_by_label("Text size").select_option(label="small: 14 pixels")
    expected = {"label": "Delete <b>it</b>", "emphasis": "primary", "y": 568, "text_size": "small",
                "colour": "on accent", "background": "accent"}  # fmt: skip
    notebook.wait_until(lambda: expected.items() <= saved(notebook)["cancel"].items(), "the form to be saved")
    expect(part(drawn, "cancel")).to_contain_text("Delete <b>it</b>")  # as text, and not as markup
    assert drawn.locator(".wf b").count() == 0
    drawn.get_by_label("Upper edge").fill("")
    press(notebook, "Escape")
    expect(part(drawn, "cancel")).to_be_focused()
    expect(drawn.get_by_label("Upper edge")).to_have_value("568")


def test_a_finding_leads_to_its_cure_and_goes_when_it_is_mended(notebook: NotebookPage, drawn: Locator) -> None:
    set_screen(notebook, json.loads(wireframe_to_json(BROKEN)))
    findings = drawn.locator(".ed-findings")
    expect(findings).to_contain_text("To mend: 3 things")
    expect(part(drawn, "street").locator(".wf-mark")).to_have_text("!")
    findings.get_by_role("button", name="Component 3").first.click()
    expect(drawn.get_by_label("Words", exact=True)).to_be_focused()
    notebook.page.keyboard.type("Street")
    expect(findings).to_contain_text("To mend: 2 things")
    findings.get_by_role("button", name="Component 3, Street").click()
    expect(part(drawn, "street")).to_be_focused()
    press(notebook, "ArrowLeft", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight")
    expect(findings).to_contain_text("To mend: 1 thing")
    expect(part(drawn, "street").locator(".wf-mark")).to_be_hidden()


def test_the_reading_order_can_follow_the_places(notebook: NotebookPage, drawn: Locator) -> None:
    for fault in ("read in another order than seen", "a hint between two fields"):
        wrong = json.loads(wireframe_to_json(FAULTS[fault][0]))
        mixed = copy.deepcopy(wrong)
        mixed["components"].reverse()
        set_screen(notebook, mixed)
        drawn.get_by_role("button", name="Read by place").click()
        right = [one["id"] for one in PLAIN["components"]]
        notebook.wait_until(lambda: list(saved(notebook)) == right, "the order of the places")  # noqa: B023


def test_everything_can_be_done_in_the_table(notebook: NotebookPage, drawn: Locator) -> None:
    drawn.get_by_role("button", name="Show as table").click()
    expect(drawn.get_by_role("application")).to_be_hidden()
    table = drawn.get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(10)
    table.get_by_label("Words of component 4").fill("Post code")
    table.get_by_label("Left of component 4").fill("24")
    table.get_by_label("Kind of component 6").select_option("heading")
    table.get_by_label("Level of component 6").select_option("3")
    expect(table.get_by_label("Emphasis of component 4")).to_be_hidden()
    table.get_by_role("button", name="Read component 10, Cancel earlier").click()
    expect(table.get_by_role("button", name="Read component 9, Cancel earlier")).to_be_focused()
    table.get_by_role("button", name="Duplicate component 1, Back").click()
    expect(table.get_by_label("Words of component 11")).to_be_focused()
    table.get_by_role("button", name="Delete component 5").click()
    drawn.get_by_role("button", name="Link", exact=True).click()
    notebook.page.keyboard.type("Help")
    notebook.wait_until(lambda: saved(notebook).get("link1", {}).get("label") == "Help", "the table to be saved")
    now = saved(notebook)
    assert (now["post"]["label"], now["post"]["x"]) == ("Post code", 24)
    assert (now["box"]["kind"], now["box"]["level"]) == ("heading", 3)
    assert "hint" not in now and now["back1"]["label"] == "Back"
    drawn.get_by_role("button", name="Show as screen").click()
    expect(drawn.locator(".wf-part")).to_have_count(11)


def test_a_reload_restores_the_screen(notebook: NotebookPage, drawn: Locator) -> None:
    part(drawn, "cancel").focus()
    press(notebook, "ArrowDown")
    notebook.wait_until(lambda: saved(notebook)["cancel"]["y"] == 568, "the step to be saved")
    notebook.visitor.save()
    notebook.visitor.open_notebook(f"{notebook.path.parent.name}/{notebook.path.name}")
    notebook.visitor.run_all()
    hide_sidebar(notebook)
    label = "10 of 10, secondary button: Cancel. 16 from the left, 568 from the top, 328 wide, 48 high"
    expect(part(drawn, "cancel")).to_have_attribute("aria-label", label)
    notebook.wait_for_status("wf-drawn", "Your saved answer is back.")


# -- seen by others -------------------------------------------------------------------------------------------


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, notebook: NotebookPage) -> Iterator[str]:
    notebook.visitor.choose("Settings", "Theme", request.param)
    light = str(request.param.endswith("Light")).lower()
    expect(notebook.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    notebook.page.wait_for_timeout(300)  # colours fade in
    yield request.param


def test_axe_finds_nothing_in_either_theme_and_edges_stand_out(
    notebook: NotebookPage, drawn: Locator, theme: str
) -> None:
    """On a screen with faint words, small targets and no labels: it is a picture of a faulty screen, no faulty page."""
    worst = json.loads(wireframe_to_json(BROKEN))
    worst["components"][2] |= {"colour": "line", "height": 20}
    set_screen(notebook, worst)
    drawn.get_by_role("button", name="Import or export").click()
    drawn.locator("summary").click()
    expect(drawn.locator(".ed-findings")).to_contain_text("To mend: ")
    assert violations(notebook, ".cxux-exercise") == []
    for selector in (".wf-desk", ".ed-button", ".ed input", ".ed-form:visible"):
        assert contrast(drawn.locator(selector).first, "border-top-color") >= 3, selector
    if theme.endswith("Light"):  # the table has no colours of its own
        drawn.get_by_role("button", name="Show as table").click()
        assert violations(notebook, ".cxux-exercise") == []
    drawn.locator("summary").click()
    drawn.get_by_role("button", name="Import or export").click()


@pytest.mark.parametrize(
    ("width", "height"), [(400, 800), (640, 450)], ids=["400 pixels wide", "zoomed to 200 percent"]
)
def test_nothing_is_lost_in_a_small_window(notebook: NotebookPage, drawn: Locator, width: int, height: int) -> None:
    page = notebook.page
    wide = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    try:
        for view in ("Show as table", "Show as screen"):
            notebook.settle()
            frame = box(drawn)
            assert frame["x"] >= 0 and frame["x"] + frame["width"] <= width
            assert drawn.evaluate("e => e.scrollWidth <= e.clientWidth")
            assert drawn.evaluate(WIDER_THAN_ITS_PLACE) == []
            drawn.get_by_role("button", name=view).click()
        screen, save = box(drawn.locator(".wf-screen")), part(drawn, "save")
        save.scroll_into_view_if_needed()
        start, scale = box(save), screen["width"] / 360
        assert start["width"] == pytest.approx(328 * scale, abs=0.5), "the screen shrinks as a whole"
        page.mouse.move(start["x"] + 40, start["y"] + 15)
        page.mouse.down()
        page.mouse.move(start["x"] + 40, start["y"] + 15 - 16 * scale, steps=4)
        page.mouse.up()
        notebook.wait_until(lambda: saved(notebook)["save"]["y"] == 480, "a drag of two lines of the smaller grid")
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(notebook: NotebookPage) -> None:
    assert notebook.visitor.console_errors == []
    assert notebook.visitor.requests_elsewhere == []
