"""The journey-map editor in a real JupyterLab: by mouse, finger and keyboard, as a table, in and out of files."""

from __future__ import annotations

import copy
import json
import struct
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers.journey.maps import journey_from_json
from tests.browser.lab_driver import PANEL, Lab, Visitor
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import contrast, violations
from tests.test_journey_map_exercise import PLAIN

CELLS = [
    """\
from cxux_helpers.exercises.journey_map import JourneyMap
from cxux_helpers.exercises.journey_judge import JourneyGoal

drawn = JourneyMap("jm-drawn", title="A map to change", prompt="Change it.")
drawn""",
    """\
JourneyMap("jm-new", title="A map from nothing", prompt="Draw it.", goal=JourneyGoal(stages=2, touchpoints=3))""",
]
SVG = "{http://www.w3.org/2000/svg}"
WIDER_THAN_ITS_PLACE = """exercise => [...exercise.querySelectorAll('*')]
  .filter(e => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
  .filter(e => !e.matches('input, textarea, .jm-scroll, .ed-table-scroll'))  // these scroll by themselves
  .filter(e => !e.closest('svg, table, .jm-lanes'))
  .map(e => `${e.outerHTML.slice(0, 200)}: ${e.scrollWidth} in ${e.clientWidth} pixels`)"""


@pytest.fixture(scope="module")
def notebook(lab: Lab, visitor: Visitor, request: pytest.FixtureRequest) -> NotebookPage:
    """A notebook with a map to change and one to draw from nothing, open, with all cells run."""
    folder = lab.root / request.module.__name__
    folder.mkdir()
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    path = folder / "maps.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    visitor.open_notebook(f"{folder.name}/{path.name}")
    visitor.run_all()
    page = NotebookPage(visitor, path)
    hide_sidebar(page)
    return page


def hide_sidebar(notebook: NotebookPage) -> None:
    sidebar = notebook.page.locator("#jp-left-stack")
    if sidebar.is_visible():
        notebook.page.keyboard.press("Control+b")
        expect(sidebar).to_be_hidden()


@pytest.fixture
def drawn(notebook: NotebookPage) -> Locator:
    """The editor with the map to change, as it was at first."""
    set_map(notebook, "jm-drawn", PLAIN)
    return notebook.exercise("jm-drawn")


def set_map(notebook: NotebookPage, question_id: str, journey: dict[str, Any]) -> None:
    """Import a map by pasting it, and wait until it is saved."""
    exercise = notebook.exercise(question_id)
    if exercise.get_by_role("button", name="Show as map").count():
        exercise.get_by_role("button", name="Show as map").click()
    while exercise.locator(".ed-form:visible").count():
        exercise.locator(".ed-form:visible").get_by_role("button", name="Done").first.click()
    exercise.get_by_role("button", name="Import or export").click()
    exercise.get_by_label("Or paste its JSON here").fill(json.dumps(journey))
    exercise.get_by_role("button", name="Import pasted JSON").click()
    notebook.wait_for_answer(question_id, journey)
    exercise.get_by_role("button", name="Done").click()


def card(exercise: Locator, name: str) -> Locator:
    return exercise.get_by_role("option").filter(has_text=name)


def point(exercise: Locator, name: str) -> Locator:
    return exercise.get_by_role("slider", name=name)


def saved(notebook: NotebookPage, question_id: str = "jm-drawn") -> dict[str, dict[str, Any]]:
    """Touchpoints of the saved map by name."""
    return {one["name"]: one for one in notebook.answer(question_id)["touchpoints"]}


def order(notebook: NotebookPage, question_id: str = "jm-drawn") -> list[tuple[str, str]]:
    """Stage and name of the saved touchpoints, in order."""
    return [(one["stage"], one["name"]) for one in notebook.answer(question_id)["touchpoints"]]


def said(exercise: Locator) -> Locator:
    """The line that says what happened."""
    return exercise.locator(".ed-live")


def centre(element: Locator) -> tuple[float, float]:
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


# -- mouse and finger -----------------------------------------------------------------------------------------


def test_a_point_follows_the_mouse_and_snaps_when_it_is_let_go(notebook: NotebookPage, drawn: Locator) -> None:
    mouse = notebook.page.mouse
    pays = point(drawn, "Pays")
    x, y = centre(pays)
    step = centre(point(drawn, "Asks her sister"))[1] - centre(point(drawn, "Opens the box"))[1]  # from +1 to +2
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y - 2.3 * step, steps=8)
    notebook.settle()
    assert centre(pays)[1] == pytest.approx(y - 2.3 * step, abs=1), "between two values it stands under the pointer"
    notebook.wait_until(lambda: saved(notebook)["Pays"]["emotion"] == 0, "Python to know while dragging")
    mouse.up()
    notebook.settle()
    assert centre(pays)[1] == pytest.approx(y - 2 * step, abs=1), "it snaps to a whole number"
    expect(pays).to_have_attribute("aria-valuetext", "feels neutral (0)")
    expect(said(drawn)).to_have_text("“Pays”: feels neutral (0).")
    expect(pays).to_be_focused()
    expect(card(drawn, "Pays")).to_contain_text("Feels neutral (0)")
    drawn.get_by_role("button", name="Undo").click()
    notebook.wait_for_answer("jm-drawn", PLAIN)


def test_escape_takes_a_point_back_and_a_mere_click_changes_nothing(notebook: NotebookPage, drawn: Locator) -> None:
    mouse = notebook.page.mouse
    x, y = centre(point(drawn, "Pays"))
    mouse.move(x, y)
    mouse.down()
    mouse.move(x, y - 90, steps=5)
    notebook.page.keyboard.press("Escape")
    mouse.up()
    expect(point(drawn, "Pays")).to_have_attribute("aria-valuenow", "-2")
    point(drawn, "Asks her sister").click()
    drawn.get_by_role("button", name="Undo").click()
    expect(said(drawn)).to_contain_text("Undone: Map imported")


def test_a_card_is_dragged_to_a_place_in_another_stage(notebook: NotebookPage, drawn: Locator) -> None:
    mouse = notebook.page.mouse
    x, y = centre(card(drawn, "Opens the box"))
    to_x, to_y = centre(card(drawn, "Pays"))
    mouse.move(x, y)
    mouse.down()
    mouse.move(to_x, to_y - 60, steps=10)
    notebook.settle()
    marker, neighbour = drawn.locator(".jm-marker").bounding_box(), card(drawn, "Pays").bounding_box()
    assert marker is not None and neighbour is not None
    assert neighbour["y"] - 10 < marker["y"] < neighbour["y"], "the bar shows where the card will go"
    mouse.up()
    expect(said(drawn)).to_have_text("“Opens the box” moved to stage “Buy”, place 1 of 2.")
    expect(drawn.locator(".jm-marker")).to_have_count(0)
    expect(card(drawn, "Opens the box")).to_be_focused()
    notebook.wait_until(
        lambda: order(notebook)[2:] == [("buy", "Opens the box"), ("buy", "Pays")], "the new place to be saved"
    )


def test_a_finger_drags_by_the_grip_and_scrolls_elsewhere(notebook: NotebookPage, drawn: Locator) -> None:
    devtools = notebook.page.context.new_cdp_session(notebook.page)

    def swipe(start: tuple[float, float], end: tuple[float, float]) -> None:
        def touch(kind: str, *points: tuple[float, float]) -> None:
            devtools.send(
                "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]}
            )

        touch("touchStart", start)
        for part in range(1, 9):
            touch("touchMove", tuple(a + (b - a) * part / 8 for a, b in zip(start, end, strict=True)))  # type: ignore[arg-type]
            notebook.settle()
        touch("touchEnd")

    target = centre(card(drawn, "Pays"))
    swipe(centre(card(drawn, "Sees all shoes").locator(".jm-name")), target)
    notebook.settle()
    assert order(notebook) == [(one["stage"], one["name"]) for one in PLAIN["touchpoints"]]
    swipe(centre(card(drawn, "Sees all shoes").locator(".jm-grip")), (target[0], target[1] + 30))
    notebook.wait_until(lambda: ("buy", "Sees all shoes") in order(notebook), "the card to be moved by finger")
    x, y = centre(point(drawn, "Pays"))
    swipe((x, y), (x, y - 300))
    notebook.wait_until(lambda: saved(notebook)["Pays"]["emotion"] == 2, "the point to be moved by finger")


# -- keyboard -------------------------------------------------------------------------------------------------


def focused(notebook: NotebookPage) -> str:
    return str(notebook.page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent"))


def press(notebook: NotebookPage, *keys: str) -> None:
    for key in keys:
        notebook.page.keyboard.press(key)


def tab_to(notebook: NotebookPage, name: str, key: str = "Tab") -> None:
    for _ in range(40):
        if focused(notebook).startswith(name):
            return
        press(notebook, key)
    raise AssertionError(f"{key} did not lead to {name!r} but to {focused(notebook)!r}")


def test_a_sound_map_is_drawn_from_nothing_by_keyboard_alone(notebook: NotebookPage) -> None:
    exercise = notebook.exercise("jm-new")
    type_text = notebook.page.keyboard.type
    exercise.get_by_label("What is mapped").focus()
    type_text("Getting a library card")
    press(notebook, "Tab")
    type_text("Sam, new in town")

    def add_stage(name: str, goal: str) -> None:
        tab_to(notebook, "Add stage", "Shift+Tab")
        press(notebook, "Enter")
        type_text(name)
        press(notebook, "Tab")
        type_text(goal)
        press(notebook, "Escape")
        assert name in focused(notebook)

    def add_touchpoint(stage: str, fields: dict[str, str]) -> None:
        """Each field of the form in its order: text is typed, and a menu's entry is found by its first letters."""
        tab_to(notebook, "Add touchpoint", "Shift+Tab")
        press(notebook, "Enter")
        fields = {"stage": stage, **fields}
        for key in ("name", "stage", "phase", "channel", "direct", "controllable", "owner", "emotion", "importance"):
            type_text(fields[key])
            press(notebook, "Tab")
        type_text(fields["evidence"])
        press(notebook, "Escape")

    tab_to(notebook, "Undo")
    press(notebook, "Tab", "Tab")
    add_stage("Hear of it", "Know what a card brings")
    add_stage("Join", "Have the card")
    add_touchpoint(
        "Hear", {"name": "Asks a neighbour", "phase": "before", "channel": "word", "direct": "indirect",
        "controllable": "not", "owner": "", "emotion": "+1", "importance": "3", "evidence": "Interview 2"},
    )  # fmt: skip
    add_touchpoint(
        "Join", {"name": "Fills in the form", "phase": "during", "channel": "website", "direct": "direct",
        "controllable": "contr", "owner": "Web team", "emotion": "", "importance": "5", "evidence": "Log of May"},
    )  # fmt: skip
    add_touchpoint(
        "Join", {"name": "Gets a letter", "phase": "after", "channel": "mail", "direct": "direct",
        "controllable": "contr", "owner": "Desk", "emotion": "+2", "importance": "2", "evidence": "Interview 5"},
    )  # fmt: skip
    # The feeling of the form is set on the curve.
    point(exercise, "Fills in the form").focus()
    press(notebook, "ArrowDown", "ArrowDown", "ArrowUp")
    expect(point(exercise, "Fills in the form")).to_have_attribute("aria-valuetext", "feels bad (−1)")
    notebook.wait_until(
        lambda: saved(notebook, "jm-new").get("Fills in the form", {}).get("emotion") == -1, "the map to be saved"
    )
    expect(exercise.locator(".ed-findings")).to_contain_text("The map lacks nothing")
    tab_to(notebook, "Check my answer")
    press(notebook, "Enter")
    notebook.wait_for_status("jm-new", "Right. The map has all that can be checked")
    journey = journey_from_json(notebook.answer("jm-new"))
    assert [one.name for one in journey.at(journey.stages[1].id)] == ["Fills in the form", "Gets a letter"]


def test_cards_move_by_keyboard_and_keep_the_focus(notebook: NotebookPage, drawn: Locator) -> None:
    card(drawn, "Asks her sister").focus()
    press(notebook, "ArrowDown")
    expect(card(drawn, "Sees all shoes")).to_be_focused()
    press(notebook, "Alt+ArrowUp")
    expect(said(drawn)).to_have_text("“Sees all shoes” moved to stage “Look around”, place 1 of 2.")
    press(notebook, "Alt+ArrowUp")
    expect(said(drawn)).to_have_text("“Sees all shoes” is the first in stage “Look around” already.")
    press(notebook, "Alt+ArrowRight")
    expect(said(drawn)).to_have_text("“Sees all shoes” moved to stage “Buy”, place 1 of 2.")
    expect(card(drawn, "Sees all shoes")).to_be_focused()
    press(notebook, "ArrowRight")
    expect(card(drawn, "Opens the box")).to_be_focused()
    press(notebook, "Alt+ArrowRight")
    expect(said(drawn)).to_contain_text("There is no stage after")
    press(notebook, "Home")
    expect(card(drawn, "Asks her sister")).to_be_focused()
    press(notebook, "Delete")
    expect(said(drawn)).to_have_text("“Asks her sister” deleted. Undo brings it back.")
    expect(card(drawn, "Sees all shoes")).to_be_focused()
    press(notebook, "Control+z")
    expect(card(drawn, "Asks her sister")).to_be_visible()
    expect(drawn.get_by_role("option")).to_have_count(4)


def test_the_cards_the_points_and_the_stages_are_one_tab_stop_each(notebook: NotebookPage, drawn: Locator) -> None:
    card(drawn, "Pays").focus()
    for role, count in (("option", 4), ("slider", 4)):
        assert drawn.get_by_role(role).count() == count  # type: ignore[arg-type]
        assert drawn.locator(f"[role={role}][tabindex='0']").count() == 1
    assert drawn.locator(".jm-head[tabindex='0']").count() == 1
    press(notebook, "Shift+Tab")
    expect(point(drawn, "Pays")).to_be_focused()
    press(notebook, "ArrowLeft")
    expect(point(drawn, "Sees all shoes")).to_be_focused()
    press(notebook, "Delete")
    expect(point(drawn, "Sees all shoes")).to_have_attribute("aria-valuetext", "feeling unknown")
    press(notebook, "End")
    expect(point(drawn, "Sees all shoes")).to_have_attribute("aria-valuenow", "2")


def test_stages_are_renamed_moved_and_deleted_and_their_touchpoints_are_kept(
    notebook: NotebookPage, drawn: Locator
) -> None:
    head = drawn.get_by_role("toolbar", name="Stages").get_by_role("button")
    head.nth(1).focus()
    press(notebook, "Enter", "Control+a")
    notebook.page.keyboard.type("Order")
    press(notebook, "Escape")
    expect(head.nth(1)).to_be_focused()
    expect(head.nth(1)).to_contain_text("2. Order")
    press(notebook, "Alt+ArrowLeft")
    expect(said(drawn)).to_have_text("“Order” is now stage 1 of 3.")
    expect(head.nth(0)).to_be_focused()
    press(notebook, "ArrowRight", "Delete")
    expect(said(drawn)).to_have_text(
        "“Look around” deleted; its 2 touchpoints are now in “Order”. Undo takes this back."
    )
    expect(head.nth(0)).to_be_focused()
    notebook.wait_until(lambda: len(notebook.answer("jm-drawn")["stages"]) == 2, "the stage to be deleted")
    assert len(notebook.answer("jm-drawn")["touchpoints"]) == 4
    for _ in range(3):
        drawn.get_by_role("button", name="Undo").click()
    notebook.wait_for_answer("jm-drawn", PLAIN)


def test_a_touchpoint_without_a_stage_is_shown_and_can_be_moved_home(notebook: NotebookPage, drawn: Locator) -> None:
    lost = copy.deepcopy(PLAIN)
    lost["touchpoints"][3]["stage"] = "gone"
    set_map(notebook, "jm-drawn", lost)
    heads = drawn.get_by_role("toolbar", name="Stages").get_by_role("button")
    expect(heads.last).to_contain_text("Without a stage")
    expect(drawn.locator(".ed-findings")).to_contain_text("Its stage is not on the map.")
    card(drawn, "Opens the box").focus()
    press(notebook, "Alt+ArrowLeft")
    notebook.wait_for_answer("jm-drawn", PLAIN)
    expect(heads).to_have_count(3)
    # Deleting the only stage of a map loses none of its touchpoints either.
    for _ in range(3):
        heads.first.focus()
        press(notebook, "Delete")
    expect(said(drawn)).to_contain_text("deleted; its 4 touchpoints are now without a stage.")
    expect(drawn.get_by_role("option")).to_have_count(4)


def test_undo_and_redo_by_keys_but_not_while_typing(notebook: NotebookPage, drawn: Locator) -> None:
    point(drawn, "Pays").focus()
    press(notebook, "ArrowUp", "ArrowUp")
    notebook.wait_until(lambda: saved(notebook)["Pays"]["emotion"] == 0, "two steps")
    press(notebook, "Control+z")
    notebook.wait_until(lambda: saved(notebook)["Pays"]["emotion"] == -1, "one step back")
    press(notebook, "Control+Shift+z")
    notebook.wait_until(lambda: saved(notebook)["Pays"]["emotion"] == 0, "and forth")
    press(notebook, "Control+z", "Control+z", "Control+y")
    notebook.wait_until(lambda: saved(notebook)["Pays"]["emotion"] == -1, "two back and one forth")
    expect(point(drawn, "Pays")).to_be_focused()
    title = drawn.get_by_label("What is mapped")
    title.focus()
    press(notebook, "End")
    notebook.page.keyboard.type(" online")
    notebook.wait_until(lambda: notebook.answer("jm-drawn")["title"] == "Buying shoes online", "the title")
    press(notebook, "Control+z")
    expect(title).not_to_have_value("Buying shoes online")
    notebook.wait_until(lambda: notebook.answer("jm-drawn")["title"] != "Buying shoes online", "the title without it")
    assert saved(notebook)["Pays"]["emotion"] == -1


def test_enter_breaks_a_line_in_a_long_field(notebook: NotebookPage, drawn: Locator) -> None:
    """JupyterLab forbids line breaks in text fields of outputs."""
    card(drawn, "Pays").focus()
    press(notebook, "Enter")
    drawn.get_by_role("textbox", name="Evidence").fill("")
    notebook.page.keyboard.type("Survey")
    press(notebook, "Enter")
    notebook.page.keyboard.type("Log")
    notebook.wait_until(lambda: saved(notebook)["Pays"]["evidence"] == "Survey\nLog", "two lines")


KEYS = ["d", "d", "b", "a", "x", "z", "m", "y", "0", "0"]


@pytest.mark.parametrize("kind", ["option", "slider", "button", "textbox"])
def test_jupyterlab_keeps_its_keys_away_and_ctrl_s_saves(notebook: NotebookPage, drawn: Locator, kind: Any) -> None:
    cells = notebook.number_of_cells()
    element = drawn.get_by_role(kind).first
    element.focus()
    press(notebook, *KEYS)
    notebook.settle()
    assert notebook.number_of_cells() == cells
    assert element.evaluate("e => e === document.activeElement")
    before = notebook.path.stat().st_mtime_ns

    def is_saved() -> bool:
        press(notebook, "Control+s")
        notebook.page.wait_for_timeout(300)
        return notebook.path.stat().st_mtime_ns > before

    notebook.wait_until(is_saved, "the notebook to be saved")


def test_every_focusable_element_is_shielded_also_when_it_is_new(notebook: NotebookPage, drawn: Locator) -> None:
    drawn.get_by_role("button", name="Add touchpoint").click()
    drawn.get_by_role("button", name="Import or export").click()
    bare = """exercise => [...exercise.querySelectorAll('button, input, select, textarea, summary, [tabindex]')]
      .filter(e => !e.hasAttribute('data-lm-suppress-shortcuts')).map(e => e.outerHTML)"""
    assert drawn.evaluate(bare) == []


# -- form, findings and table ---------------------------------------------------------------------------------


def test_the_form_holds_every_field_and_changes_the_map_at_once(notebook: NotebookPage, drawn: Locator) -> None:
    card(drawn, "Pays").focus()
    press(notebook, "Enter")
    form = drawn.get_by_role("group", name="Touchpoint 3: Pays")
    form.get_by_label("What happens").fill("<b>Pays</b> & waits")
    form = drawn.get_by_role("group", name="Touchpoint 3")
    form.get_by_label("Phase").select_option("after the purchase")
    form.get_by_label("Channel").select_option("phone")
    form.get_by_label("Whom customers meet").select_option("indirect: what others say")
    form.get_by_label("Who decides").select_option("not controllable: others do")
    form.get_by_label("Owner").fill("The bank")
    form.get_by_label("How customers feel").select_option("unknown")
    form.get_by_label("How much it matters").select_option("1 – little")
    form.get_by_label("Evidence").fill("")
    form.get_by_label("Stage").select_option("Wear")
    expected = {
        "id": "pay", "name": "<b>Pays</b> & waits", "stage": "wear", "phase": "after", "channel": "phone",
        "direct": False, "controllable": False, "owner": "The bank", "emotion": None, "importance": 1, "evidence": "",
    }  # fmt: skip
    notebook.wait_until(lambda: notebook.answer("jm-drawn")["touchpoints"][-1] == expected, "the form to be saved")
    shown = card(drawn, "waits")
    expect(shown).to_contain_text("<b>Pays</b> & waits")  # as text, and not as markup
    assert drawn.locator(".jm b").count() == 0
    for words in ("Phone", "After the purchase", "Indirect, not controllable", "Owner: The bank", "Importance 1 of 5",
                  "✗ no evidence", "Feeling unknown"):  # fmt: skip
        expect(shown).to_contain_text(words)
    press(notebook, "Escape")
    expect(shown).to_be_focused()


def test_a_finding_leads_to_its_field_and_goes_when_it_is_mended(notebook: NotebookPage, drawn: Locator) -> None:
    weak = copy.deepcopy(PLAIN)
    weak["touchpoints"][2]["owner"] = ""
    set_map(notebook, "jm-drawn", weak)
    findings = drawn.locator(".ed-findings")
    expect(findings).to_contain_text("What the map still lacks: 1 thing")
    expect(findings).to_contain_text("It is controllable, but has no owner. What nobody answers for, nobody mends.")
    findings.get_by_role("button", name="Touchpoint 3, Pays").click()
    owner = drawn.get_by_label("Owner in the company")
    expect(owner).to_be_focused()
    notebook.page.keyboard.type("Web team")
    expect(findings).to_contain_text("The map lacks nothing that can be checked here.")
    notebook.wait_for_answer("jm-drawn", PLAIN)


def test_everything_can_be_done_in_the_table(notebook: NotebookPage, drawn: Locator) -> None:
    drawn.get_by_role("button", name="Show as table").click()
    expect(drawn.get_by_role("listbox")).to_be_hidden()
    table = drawn.get_by_role("group", name="Touchpoints", exact=True).get_by_role("table")
    expect(table.locator("tbody tr")).to_have_count(4)
    table.get_by_label("Emotion of touchpoint 3").select_option("+1 good")
    table.get_by_label("Name of touchpoint 3").fill("Pays by card")
    table.get_by_label("Stage of touchpoint 4").focus()
    table.get_by_label("Stage of touchpoint 4").select_option("Buy")
    expect(table.get_by_label("Stage of touchpoint 4")).to_be_focused()
    table.get_by_role("button", name="Move touchpoint 4, Opens the box earlier").click()
    expect(table.get_by_role("button", name="Move touchpoint 3, Opens the box earlier")).to_be_focused()
    notebook.wait_until(
        lambda: order(notebook)[2:] == [("buy", "Opens the box"), ("buy", "Pays by card")], "the table to be saved"
    )
    table.get_by_role("button", name="Duplicate touchpoint 1").click()
    expect(table.get_by_label("Name of touchpoint 2")).to_be_focused()
    expect(table.get_by_label("Name of touchpoint 2")).to_have_value("Asks her sister (copy)")
    table.get_by_role("button", name="Delete touchpoint 2").click()
    expect(table.get_by_label("Name of touchpoint 2")).to_be_focused()
    stages = drawn.get_by_role("group", name="Stages", exact=True).get_by_role("table")
    stages.get_by_label("Goal of stage 3").fill("Rest")
    stages.get_by_role("button", name="Move stage 3, Wear earlier").click()
    drawn.get_by_role("button", name="Add stage").click()
    expect(stages.get_by_label("Name of stage 4")).to_be_focused()
    notebook.page.keyboard.type("Return")
    stages.get_by_role("button", name="Delete stage 1").click()
    expect(said(drawn)).to_contain_text("its 2 touchpoints are now in “Wear”")
    drawn.get_by_role("button", name="Add touchpoint").click()
    notebook.page.keyboard.type("Sends them back")
    notebook.wait_until(lambda: "Sends them back" in saved(notebook), "the new row to be saved")
    assert [(one["name"], one["goal"]) for one in notebook.answer("jm-drawn")["stages"]] == [
        ("Wear", "Rest"), ("Buy", "Have the shoes in time"), ("Return", ""),
    ]  # fmt: skip
    assert saved(notebook)["Pays by card"]["emotion"] == 1
    drawn.get_by_role("button", name="Show as map").click()
    expect(drawn.get_by_role("option")).to_have_count(5)


# -- in and out -----------------------------------------------------------------------------------------------


def download(notebook: NotebookPage, exercise: Locator, kind: str) -> tuple[str, bytes]:
    with notebook.page.expect_download() as coming:
        exercise.get_by_role("button", name=f"Download {kind}").click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def test_the_map_goes_out_as_json_svg_and_png(notebook: NotebookPage, drawn: Locator) -> None:
    drawn.get_by_role("button", name="Import or export").click()
    name, content = download(notebook, drawn, "JSON")
    assert name == "jm-drawn.json" and json.loads(content) == PLAIN

    name, content = download(notebook, drawn, "SVG")
    picture = ET.fromstring(content)
    assert name == "jm-drawn.svg" and picture.findtext(f"{SVG}title") == "Buying shoes"
    words = picture.findtext(f"{SVG}desc") or ""
    assert "Stage 2, Buy. Goal: Have the shoes in time." in words
    assert "3: Pays, website, during the purchase, direct, controllable" in words and "very bad (−2)" in words
    drawn_words = " ".join("".join(text.itertext()) for text in picture.iter(f"{SVG}text"))
    for part in ("1. Look around", "3. Pays", "lowest", "Owner: Web team", "Feels very bad (−2)"):
        assert part in drawn_words

    name, content = download(notebook, drawn, "PNG")
    assert name == "jm-drawn.png" and content.startswith(b"\x89PNG")
    assert struct.unpack(">II", content[16:24]) == (
        2 * int(float(picture.attrib["width"])), 2 * round(float(picture.attrib["height"])),
    )  # fmt: skip


def test_a_file_comes_in_and_a_bad_one_changes_nothing(notebook: NotebookPage, drawn: Locator, tmp_path: Path) -> None:
    drawn.get_by_role("button", name="Import or export").click()
    chooser = drawn.get_by_label("Import a map from a JSON file")
    bad = {
        "half.json": (json.dumps(PLAIN)[:-9], "The journey map is not JSON"),
        "fax.json": (json.dumps(PLAIN).replace('"website"', '"fax"'), "channel is 'fax'. Take one of: website, app"),
        "twins.json": (json.dumps(PLAIN).replace('"box"', '"pay"'), "two touchpoints have the id 'pay'"),
        "large.json": (" " * 300_000, "larger than 256 KiB"),
        "empty.json": ("", "There is no text to import"),
    }
    for name, (content, message) in bad.items():
        (tmp_path / name).write_text(content)
        chooser.set_input_files(tmp_path / name)
        expect(drawn.get_by_role("alert")).to_contain_text(message, ignore_case=True)
        expect(drawn.get_by_role("alert")).to_contain_text("your map stays as it was")
    assert notebook.answer("jm-drawn") == PLAIN

    other = {**PLAIN, "title": "Renting shoes", "stages": PLAIN["stages"][:2], "touchpoints": PLAIN["touchpoints"][:3]}
    (tmp_path / "other.json").write_text(json.dumps(other))
    chooser.set_input_files(tmp_path / "other.json")
    expect(said(drawn)).to_have_text("Map imported: 2 stages and 3 touchpoints. Undo brings back the one before.")
    expect(drawn.get_by_role("alert")).to_be_hidden()
    notebook.wait_for_answer("jm-drawn", other)
    drawn.get_by_role("button", name="Undo").click()
    notebook.wait_for_answer("jm-drawn", PLAIN)


def test_an_answer_set_by_code_and_a_reload_show_the_same_map(notebook: NotebookPage, drawn: Locator) -> None:
    point(drawn, "Pays").focus()
    press(notebook, "ArrowUp")
    notebook.wait_until(lambda: saved(notebook)["Pays"]["emotion"] == -1, "the point to be saved")
    notebook.visitor.save()
    notebook.visitor.open_notebook(f"{notebook.path.parent.name}/{notebook.path.name}")
    notebook.visitor.run_all()
    hide_sidebar(notebook)
    expect(point(drawn, "Pays")).to_have_attribute("aria-valuenow", "-1")
    notebook.wait_for_status("jm-drawn", "Your saved answer is back.")


# -- seen by others -------------------------------------------------------------------------------------------


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, notebook: NotebookPage) -> Iterator[str]:
    notebook.visitor.choose("Settings", "Theme", request.param)
    light = str(request.param.endswith("Light")).lower()
    expect(notebook.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    notebook.page.wait_for_timeout(300)  # colours fade in
    yield request.param


def open_everything(drawn: Locator) -> None:
    """A point without a feeling, a form, the import, all keys."""
    drawn.get_by_role("button", name="Import or export").click()
    drawn.get_by_role("button", name="Import pasted JSON").click()
    expect(drawn.get_by_role("alert")).to_contain_text("no text to import")
    card(drawn, "Pays").dblclick()
    drawn.get_by_label("How customers feel").select_option("unknown")
    drawn.locator("summary").click()


def test_axe_finds_nothing_in_map_form_and_table(notebook: NotebookPage, drawn: Locator, theme: str) -> None:
    open_everything(drawn)
    notebook.page.wait_for_timeout(600)  # until the findings are there
    assert violations(notebook, ".cxux-exercise") == []
    drawn.get_by_role("button", name="Show as table").click()
    assert violations(notebook, ".cxux-exercise") == []
    drawn.locator("summary").click()


@pytest.mark.parametrize(
    ("selector", "style"),
    [(".jm-card", "border-top-color"), (".ed-button", "border-top-color"), (".jm-curve-line", "stroke"),
     (".jm-dot", "stroke"), (".jm-scroll", "border-top-color"), (".jm input", "border-top-color"),
     (".jm-card .jm-icon", "color"), (".jm-number", "border-top-color")],
)  # fmt: skip
def test_edges_and_lines_stand_out(
    notebook: NotebookPage, drawn: Locator, theme: str, selector: str, style: str
) -> None:
    assert contrast(drawn.locator(selector).first, style) >= 3


@pytest.mark.parametrize(
    ("width", "height"), [(400, 800), (640, 450)], ids=["400 pixels wide", "zoomed to 200 percent"]
)
def test_nothing_is_lost_in_a_small_window(notebook: NotebookPage, drawn: Locator, width: int, height: int) -> None:
    page = notebook.page
    wide = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    try:
        open_everything(drawn)
        for view in ("Show as table", "Show as map"):
            notebook.settle()
            box = drawn.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
            assert drawn.evaluate("e => e.scrollWidth <= e.clientWidth")
            assert drawn.evaluate(WIDER_THAN_ITS_PLACE) == []
            assert violations(notebook, ".cxux-exercise") == []
            drawn.get_by_role("button", name=view).click()
        box_card = card(drawn, "Opens the box")
        card(drawn, "Pays").focus()
        press(notebook, "ArrowRight")
        expect(box_card).to_be_focused()
        frame, inside = drawn.locator(".jm-scroll").bounding_box(), box_card.bounding_box()
        assert frame is not None and inside is not None
        assert inside["x"] >= frame["x"] - 1 and inside["x"] + inside["width"] <= frame["x"] + frame["width"] + 1
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})
        drawn.locator("summary").click()


def test_the_console_shows_no_error_and_no_other_machine_is_asked(notebook: NotebookPage) -> None:
    assert notebook.page.locator(f"{PANEL} .jm").count() == 2
    assert notebook.visitor.console_errors == []
    assert notebook.visitor.requests_elsewhere == []
