"""The role-play stage in a real JupyterLab: by mouse, by keyboard, after a reload, in both themes and small windows."""

from __future__ import annotations

import re
from collections.abc import Iterator

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers.roleplay import load_scenario
from tests.browser.lab_driver import Lab, Visitor
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import contrast, violations

CELLS = [
    """\
from cxux_helpers.exercises.role_play import RolePlay

RolePlay("rp-shop", title="A welcome", prompt="Greet the customer.", scenario="greeting")""",
    """\
RolePlay("rp-phone", title="On the telephone", prompt="Answer the call.", scenario="late_delivery")""",
]
GREETING = load_scenario("greeting")
BEST = ["welcome", "sorry-here", "show", "thank"]
COLD = ["hello", "sorry-flat", "show-short", "next"]  # 75 points
WIDER_THAN_ITS_PLACE = """exercise => [...exercise.querySelectorAll('*')]
  .filter(e => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
  .map(e => `${e.outerHTML.slice(0, 200)}: ${e.scrollWidth} in ${e.clientWidth} pixels`)"""
UNSHIELDED = """exercise => [...exercise.querySelectorAll('button, [tabindex], a[href], input')]
  .filter(e => !e.hasAttribute('data-lm-suppress-shortcuts')).map(e => e.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def notebook(lab: Lab, visitor: Visitor, request: pytest.FixtureRequest) -> NotebookPage:
    """A notebook with a conversation in a shop and one on the telephone, open, with all cells run."""
    folder = lab.root / request.module.__name__
    folder.mkdir()
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
    path = folder / "conversations.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), path)
    visitor.open_notebook(f"{folder.name}/{path.name}")
    visitor.run_all()
    page = NotebookPage(visitor, path)
    if page.page.locator("#jp-left-stack").is_visible():
        page.page.keyboard.press("Control+b")
    return page


@pytest.fixture
def shop(notebook: NotebookPage) -> Locator:
    """The conversation in the shop, before its first move."""
    exercise = notebook.exercise("rp-shop")
    again = exercise.locator(".rp-restart")
    if again.is_visible():
        again.click()
        expect(again).to_be_hidden()
    return exercise


def button(exercise: Locator, node_id: str, choice_id: str) -> Locator:
    return exercise.locator(".rp-choice").filter(has_text=GREETING.node(node_id).choice(choice_id).text)


def moves(notebook: NotebookPage, question_id: str = "rp-shop") -> list[str]:
    """The moves of the conversation on the stage, as they are saved."""
    return (notebook.answer(question_id) or {"now": []})["now"]


def say(notebook: NotebookPage, exercise: Locator, *choice_ids: str) -> None:
    """Make moves with the mouse, and wait until each one is saved and answered."""
    node = GREETING.node(GREETING.start)
    lines = exercise.locator(".rp-line")
    for n, choice_id in enumerate(choice_ids, 1):
        button(exercise, node.id, choice_id).click()
        expect(lines).to_have_count(2 * n + 1)
        node = GREETING.node(node.choice(choice_id).to)
        expect(lines.last).to_contain_text(node.customer)
    notebook.wait_until(lambda: moves(notebook) == list(choice_ids), f"{choice_ids} to be saved")


def axe(notebook: NotebookPage) -> list[str]:
    """What axe-core finds in the exercises. Lab's body may have no height, and then all in it counts as unseen."""
    return violations(notebook, ".cxux-exercise")


def in_focus(element: Locator) -> bool:
    return bool(element.evaluate("element => element === document.activeElement"))


# -- mouse ----------------------------------------------------------------------------------------------------


def test_a_notebook_that_runs_does_not_take_the_focus(notebook: NotebookPage) -> None:
    assert not notebook.page.evaluate("() => Boolean(document.activeElement.closest('.rp-stage'))")


def test_a_conversation_is_played_with_the_mouse_to_its_debrief(notebook: NotebookPage, shop: Locator) -> None:
    expect(shop.get_by_text(GREETING.setting)).to_be_visible()
    say(notebook, shop, *BEST)

    debrief = shop.get_by_role("group", name="Debrief")
    expect(debrief).to_contain_text("100 of 100 points: passed.")
    expect(debrief.get_by_role("row")).to_have_count(6)
    expect(debrief.locator(".rp-turns > li")).to_have_count(4)
    alt = debrief.get_by_role("img").get_attribute("alt") or ""
    assert alt.startswith("The customer starts angry (-2) and is delighted (+2) after 4 moves.")
    expect(shop.locator(".rp-choice")).to_have_count(0)
    assert in_focus(debrief.locator(".rp-total"))
    notebook.check("rp-shop")
    notebook.wait_for_status("rp-shop", "Right. 100 of 100 points", "Saved")


def test_a_worse_conversation_does_not_count_and_shows_the_better_line(notebook: NotebookPage, shop: Locator) -> None:
    say(notebook, shop, *BEST)
    shop.get_by_role("button", name="Play again").click()
    say(notebook, shop, *COLD)

    debrief = shop.get_by_role("group", name="Debrief")
    expect(debrief).to_contain_text("75 of 100 points: not passed yet, 85 are needed.")
    expect(debrief).to_contain_text(GREETING.node("door").choice("welcome").text)
    expect(shop).to_contain_text("Your best finished conversation counts: 100 of 100.")
    assert notebook.answer("rp-shop") == {"best": BEST, "now": COLD}


def test_a_double_click_is_one_move(notebook: NotebookPage, shop: Locator) -> None:
    button(shop, "door", "welcome").dblclick()
    expect(shop.locator(".rp-line")).to_have_count(3)
    notebook.page.wait_for_timeout(500)
    assert moves(notebook) == ["welcome"]


def test_new_lines_are_added_to_a_log_that_stays(notebook: NotebookPage, shop: Locator) -> None:
    """A screen reader reads what is added to a log; if the log were made anew, it would read everything again."""
    log = shop.get_by_role("log", name="Conversation")
    log.locator(".rp-line").first.evaluate("line => line.dataset.old = 'yes'")
    log.evaluate("log => log.dataset.old = 'yes'")

    say(notebook, shop, "welcome", "sorry-here")

    expect(log).to_have_attribute("data-old", "yes")
    expect(log.locator("[data-old]")).to_have_count(1)
    assert log.evaluate("log => log.scrollHeight - log.scrollTop - log.clientHeight") <= 1
    group = shop.get_by_role("group", name="What do you say?")
    described = group.get_attribute("aria-describedby") or ""
    expect(shop.locator(f"#{described}")).to_contain_text(GREETING.node("width").customer)


def test_the_mood_stands_in_words_beside_a_drawing_and_not_on_the_telephone(
    notebook: NotebookPage, shop: Locator
) -> None:
    who = shop.locator(".rp-who").first
    assert re.sub(r"\s+", " ", who.inner_text()) == "Customer, angry"
    expect(who.locator("svg[aria-hidden=true]")).to_be_visible()
    phone = notebook.exercise("rp-phone").locator(".rp-who").first
    expect(phone).to_have_text("Customer")
    expect(phone.locator("svg")).to_have_count(0)


# -- keyboard -------------------------------------------------------------------------------------------------


def tab_to(notebook: NotebookPage, target: Locator) -> None:
    for _ in range(12):
        if in_focus(target):
            return
        notebook.page.keyboard.press("Tab")
    raise AssertionError(f"Tab did not reach {target}")


def test_a_conversation_is_played_by_keyboard_alone(notebook: NotebookPage, shop: Locator) -> None:
    keyboard = notebook.page.keyboard
    cells = notebook.cells()
    choices = shop.locator(".rp-choice")
    choices.first.focus()
    tab_to(notebook, button(shop, "door", "welcome"))
    keyboard.press("Enter")
    expect(shop.locator(".rp-line")).to_have_count(3)
    assert in_focus(choices.first)

    number = button(shop, "need", "sorry-here").locator(".rp-number").inner_text()
    keyboard.press(number)
    expect(shop.locator(".rp-line")).to_have_count(5)
    assert in_focus(choices.first)

    keyboard.press(button(shop, "width", "show").locator(".rp-number").inner_text())
    expect(shop.locator(".rp-line")).to_have_count(7)
    tab_to(notebook, button(shop, "fits", "thank"))
    keyboard.press("Space")
    expect(shop.get_by_role("group", name="Debrief")).to_be_visible()
    assert in_focus(shop.locator(".rp-total"))
    notebook.wait_until(lambda: moves(notebook) == BEST, "the conversation to be saved")

    tab_to(notebook, shop.get_by_role("button", name="Play again"))
    keyboard.press("Enter")
    expect(shop.locator(".rp-line")).to_have_count(1)
    assert in_focus(choices.first)
    notebook.visitor.save()
    assert notebook.cells() == cells


def test_after_a_click_on_any_words_digits_reach_the_choices_and_not_jupyterlab(
    notebook: NotebookPage, shop: Locator
) -> None:
    """JupyterLab would turn the cell into a heading."""
    cells = notebook.cells()
    shop.locator(".rp-says").first.click()
    first = shop.locator(".rp-choice").first.inner_text()
    notebook.page.keyboard.press("7")  # there is no seventh choice
    notebook.page.keyboard.press("1")

    expect(shop.locator(".rp-line")).to_have_count(3)
    said = shop.locator(".rp-you .rp-says").inner_text()
    assert said in first
    notebook.visitor.save()
    assert notebook.cells() == cells


def test_a_key_that_is_held_down_is_one_move(notebook: NotebookPage, shop: Locator) -> None:
    for key in ("1", "Enter"):
        lines = shop.locator(".rp-line")
        before = lines.count()
        shop.locator(".rp-choice").first.focus()
        notebook.page.keyboard.down(key)
        expect(lines).to_have_count(before + 2)
        for _ in range(3):
            notebook.page.keyboard.down(key)  # again without letting go: the key repeats
        notebook.page.keyboard.up(key)
        notebook.page.wait_for_timeout(300)
        assert lines.count() == before + 2


@pytest.mark.parametrize("place", [".rp-stage", ".rp-choice", ".rp-log", ".rp-total", ".rp-restart"])
def test_keys_on_the_stage_leave_all_cells_alone(notebook: NotebookPage, shop: Locator, place: str) -> None:
    cells = notebook.cells()
    say(notebook, shop, *(BEST if place in (".rp-total", ".rp-restart", ".rp-log") else BEST[:1]))
    assert shop.evaluate(UNSHIELDED) == []
    element = shop.locator(place).first
    element.focus()
    assert in_focus(element)
    for key in ["d", "d", "b", "a", "x", "z", "m", "y", "9", "0", "ArrowUp", "ArrowDown", "j", "k"]:
        notebook.page.keyboard.press(key)
        assert in_focus(element), f"{key} took the focus away"
    before = notebook.path.stat().st_mtime_ns

    def saved() -> bool:
        notebook.page.keyboard.press("Control+s")
        notebook.page.wait_for_timeout(300)
        return notebook.path.stat().st_mtime_ns > before

    notebook.wait_until(saved, "Ctrl+S to save the notebook")
    assert notebook.cells() == cells


def test_a_log_that_scrolls_can_be_reached_and_scrolled_by_keyboard(notebook: NotebookPage, shop: Locator) -> None:
    log = shop.get_by_role("log")
    assert log.get_attribute("tabindex") is None  # one line needs no scrolling
    say(notebook, shop, *BEST)
    expect(log).to_have_attribute("tabindex", "0")
    log.focus()
    bottom = log.evaluate("log => log.scrollTop")
    notebook.page.keyboard.press("Home")
    notebook.wait_until(lambda: log.evaluate("log => log.scrollTop") < bottom, "the log to scroll up")


# -- coming back ----------------------------------------------------------------------------------------------


def test_a_conversation_goes_on_after_a_reload(notebook: NotebookPage, shop: Locator) -> None:
    say(notebook, shop, "welcome", "sorry-flat")
    notebook.visitor.save()
    notebook.page.reload()
    notebook.visitor.wait_for_kernel()
    notebook.visitor.run_all()

    notebook.wait_for_status("rp-shop", "Your saved answer is back.")
    expect(shop.locator(".rp-line")).to_have_count(5)
    expect(shop.locator(".rp-line").last).to_contain_text("Customer, annoyed")
    button(shop, "width", "show").click()
    expect(shop.locator(".rp-line")).to_have_count(7)
    notebook.wait_until(lambda: moves(notebook) == ["welcome", "sorry-flat", "show"], "the third move to be saved")


# -- seeing ---------------------------------------------------------------------------------------------------


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, notebook: NotebookPage) -> Iterator[str]:
    light = str(request.param.endswith("Light")).lower()
    notebook.visitor.choose("Settings", "Theme", request.param)
    expect(notebook.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    notebook.page.wait_for_timeout(300)  # colours fade in
    yield request.param
    notebook.visitor.choose("Settings", "Theme", "JupyterLab Light")


def test_axe_finds_nothing_before_during_and_after_a_conversation(
    notebook: NotebookPage, shop: Locator, theme: str
) -> None:
    assert axe(notebook) == []
    say(notebook, shop, *COLD[:2])
    assert axe(notebook) == []
    button(shop, "width", "show-short").click()
    button(shop, "fits", "next").click()
    expect(shop.get_by_role("group", name="Debrief")).to_be_visible()
    notebook.check("rp-shop")
    notebook.wait_for_status("rp-shop", "of 100 points")
    assert axe(notebook) == []


@pytest.mark.parametrize("selector", [".rp-choice", ".rp-restart", ".rp-you"])
def test_edges_stand_out_from_their_ground(notebook: NotebookPage, shop: Locator, theme: str, selector: str) -> None:
    say(notebook, shop, "welcome")
    assert contrast(shop.locator(selector).first, "border-top-color") >= 3


def test_the_focus_of_a_choice_and_of_the_total_can_be_seen(notebook: NotebookPage, shop: Locator) -> None:
    def ring(element: Locator) -> float:
        return float(
            element.evaluate("e => e.matches(':focus-visible') ? parseFloat(getComputedStyle(e).outlineWidth) : 0")
        )

    shop.locator(".rp-choice").nth(1).focus()
    notebook.page.keyboard.press("Shift+Tab")
    for choice_id, node_id in zip(BEST, ("door", "need", "width", "fits"), strict=True):
        assert ring(shop.locator(".rp-choice").first) >= 2
        lines = shop.locator(".rp-line").count()
        notebook.page.keyboard.press(button(shop, node_id, choice_id).locator(".rp-number").inner_text())
        expect(shop.locator(".rp-line")).to_have_count(lines + 2)
    assert ring(shop.locator(".rp-total")) >= 2


@pytest.mark.parametrize(
    ("width", "height"), [(400, 800), (640, 450)], ids=["400 pixels wide", "zoomed to 200 percent"]
)
def test_nothing_is_lost_in_a_small_window(notebook: NotebookPage, shop: Locator, width: int, height: int) -> None:
    page = notebook.page
    wide = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    try:
        notebook.settle()
        for moves_made in (BEST[:1], COLD):
            again = shop.locator(".rp-restart")
            if again.is_visible():
                again.click()
                expect(again).to_be_hidden()
            say(notebook, shop, *moves_made)
            notebook.settle()
            box = shop.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
            assert shop.evaluate(WIDER_THAN_ITS_PLACE) == []
            focused = page.evaluate(
                "() => { const box = document.activeElement.getBoundingClientRect(); return [box.top, box.bottom]; }"
            )
            assert focused[0] >= 0 and focused[0] < height, "what has the focus is out of sight"
            expect(shop.locator(".rp-line").last).to_be_in_viewport(ratio=0.9)
        assert axe(notebook) == []
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(notebook: NotebookPage) -> None:
    assert notebook.visitor.console_errors == []
    assert notebook.visitor.requests_elsewhere == []
