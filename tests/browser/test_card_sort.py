"""Sorting cards in a real JupyterLab: mouse, keyboard, menus, after a reload, in both themes, in small windows."""

from __future__ import annotations

from collections.abc import Iterator

import nbformat
import pytest
from playwright.sync_api import Locator, expect

from cxux_helpers.datasets.touchpoints import load_touchpoint_cards
from tests.browser.lab_driver import Lab, Visitor
from tests.browser.notebook_page import NotebookPage
from tests.browser.test_accessibility import OUT_OF_SIGHT, WIDER_THAN_ITS_PLACE, contrast, violations

SOURCE = """\
from cxux_helpers import exercises
from cxux_helpers.datasets.touchpoints import load_touchpoint_cards

exercises.CardSort("cards", title="Touchpoints", prompt="Sort the cards.", **load_touchpoint_cards())"""
DECK = load_touchpoint_cards()
CARDS, PILES = DECK["cards"], list(DECK["piles"])
KEY = {card: accepted[0] for card, accepted in DECK["key"].items()}
UNSHIELDED = """exercise => [...exercise.querySelectorAll('button, [tabindex], select, summary')]
  .filter(e => !e.hasAttribute('data-lm-suppress-shortcuts')).map(e => e.outerHTML.slice(0, 100))"""
RINGED = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
}"""


@pytest.fixture(scope="module")
def notebook(lab: Lab, visitor: Visitor, request: pytest.FixtureRequest) -> NotebookPage:
    """A notebook with one card sort, open, with its cell run."""
    folder = lab.root / request.module.__name__
    folder.mkdir()
    path = folder / "cards.ipynb"
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
    """The exercise, showing piles, with all cards unsorted."""
    exercise = notebook.exercise("cards")
    exercise.get_by_role("button", name="Menus").click()
    for menu in exercise.get_by_role("combobox").all():
        if menu.input_value() != "Unsorted":
            menu.select_option("Unsorted")
    exercise.get_by_role("button", name="Piles").click()
    notebook.wait_until(lambda: not notebook.answer("cards"), "all cards to be unsorted")
    return exercise


def findings(notebook: NotebookPage) -> list[str]:
    """What axe-core finds. It passes over text outside of the page's body, which has no height, or of the window."""
    return violations(notebook, ".cxux-exercise")


def card(exercise: Locator, name: str) -> Locator:
    return exercise.locator(f'[data-card="{name}"]')


def pile(exercise: Locator, name: str) -> Locator:
    return exercise.locator(f'[data-pile="{name}"]')


def middle(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(exercise: Locator, name: str, target: Locator, *, drop: bool = True) -> None:
    card(exercise, name).scroll_into_view_if_needed()
    mouse = exercise.page.mouse
    mouse.move(*middle(card(exercise, name)))
    mouse.down()
    mouse.move(*middle(target), steps=8)
    if drop:
        mouse.up()


def sort_with_menus(notebook: NotebookPage, exercise: Locator, piles: dict[str, str]) -> None:
    exercise.get_by_role("button", name="Menus").click()
    for name, chosen in piles.items():
        exercise.get_by_label(CARDS[name], exact=True).select_option(chosen)
    notebook.wait_for_answer("cards", {name: piles[name] for name in CARDS if name in piles})


# --- mouse ------------------------------------------------------------------------------------------------------


def test_a_card_is_dragged_onto_a_pile_and_back(notebook: NotebookPage, exercise: Locator) -> None:
    drag(exercise, "undo", pile(exercise, "UX").locator(".cs-target"))
    notebook.wait_for_answer("cards", {"undo": "UX"})
    expect(pile(exercise, "UX").locator(".cs-count")).to_have_text("1 card")
    expect(pile(exercise, "UX").locator('[data-card="undo"]')).to_be_visible()
    notebook.wait_for_status("cards", "✓ Saved.")

    drag(exercise, "undo", pile(exercise, "Unsorted").locator(".cs-target"))
    notebook.wait_for_answer("cards", {})


def test_a_card_that_is_dropped_elsewhere_or_let_go_with_escape_stays(
    notebook: NotebookPage, exercise: Locator
) -> None:
    drag(exercise, "undo", exercise.get_by_role("button", name="Menus"))
    drag(exercise, "undo", pile(exercise, "UX").locator(".cs-target"), drop=False)
    expect(exercise.locator(".cs-ghost")).to_have_count(1)
    exercise.page.keyboard.press("Escape")
    exercise.page.mouse.up()
    expect(exercise.locator(".cs-ghost")).to_have_count(0)
    expect(pile(exercise, "Unsorted").locator(".cs-card")).to_have_count(len(CARDS))
    expect(card(exercise, "undo")).to_have_attribute("aria-selected", "false")
    assert not notebook.answer("cards")


def test_a_click_picks_a_card_and_the_next_one_a_pile(notebook: NotebookPage, exercise: Locator) -> None:
    card(exercise, "piano").click()
    expect(card(exercise, "piano")).to_have_attribute("aria-selected", "true")
    pile(exercise, "CX").locator(".cs-target").click()
    notebook.wait_for_answer("cards", {"piano": "CX"})

    card(exercise, "ticket").click()
    pile(exercise, "customer service").locator(".cs-words").click()  # anywhere in the pile
    notebook.wait_for_answer("cards", {"piano": "CX", "ticket": "customer service"})

    card(exercise, "watch").click()
    card(exercise, "watch").click()
    expect(card(exercise, "watch")).to_have_attribute("aria-selected", "false")
    pile(exercise, "UX").locator(".cs-target").click()
    expect(exercise.locator(".cs-live")).to_have_text("Pick up a card first.")


# --- keyboard ---------------------------------------------------------------------------------------------------


def test_all_cards_are_sorted_by_number_keys_alone(notebook: NotebookPage, exercise: Locator) -> None:
    keyboard = exercise.page.keyboard
    exercise.get_by_role("button", name="Menus").focus()
    keyboard.press("Tab")
    keyboard.press("Tab")
    for name in CARDS:  # sorting goes on with the card below
        expect(card(exercise, name)).to_be_focused()
        keyboard.press(str(PILES.index(KEY[name]) + 1))
    notebook.wait_for_answer("cards", KEY)
    expect(exercise.locator(".cs-counter")).to_have_text("28 of 28 cards sorted")
    expect(exercise.locator(".cs-live")).to_contain_text("All cards are sorted.")

    for _ in range(10):
        if exercise.get_by_role("button", name="Check my answer").evaluate("e => e === document.activeElement"):
            break
        keyboard.press("Tab")
    keyboard.press("Enter")
    notebook.wait_for_status("cards", "Right. You and the key agree on 28 of 28 cards, 100%")


def test_arrow_keys_walk_through_a_list_and_zero_takes_a_card_out(notebook: NotebookPage, exercise: Locator) -> None:
    keyboard = exercise.page.keyboard
    names = list(CARDS)
    card(exercise, names[0]).focus()
    for key, at in [("ArrowDown", 1), ("ArrowRight", 2), ("ArrowUp", 1), ("End", 27), ("ArrowDown", 27), ("Home", 0)]:
        keyboard.press(key)
        expect(card(exercise, names[at])).to_be_focused()
        assert exercise.page.evaluate(RINGED)
    keyboard.press("3")
    notebook.wait_for_answer("cards", {names[0]: "both"})
    card(exercise, names[0]).focus()
    keyboard.press("0")
    notebook.wait_for_answer("cards", {})
    expect(card(exercise, names[0])).to_be_focused()
    keyboard.press("7")  # there is no such pile
    notebook.settle()
    assert not notebook.answer("cards")


def test_enter_picks_a_card_and_a_pile_is_pressed_like_any_button(notebook: NotebookPage, exercise: Locator) -> None:
    keyboard = exercise.page.keyboard
    card(exercise, "piano").focus()
    keyboard.press("Enter")
    expect(exercise.locator(".cs-live")).to_contain_text("Picked up: A neighbour")
    keyboard.press("Escape")
    expect(card(exercise, "piano")).to_have_attribute("aria-selected", "false")
    keyboard.press("Space")
    keyboard.press("Tab")  # to the first pile
    keyboard.press("Enter")
    notebook.wait_for_answer("cards", {"piano": "CX"})


def test_keys_of_jupyterlab_leave_the_cell_alone(notebook: NotebookPage, exercise: Locator) -> None:
    assert exercise.evaluate(UNSHIELDED) == []
    cells = notebook.number_of_cells()
    for element in (card(exercise, "piano"), pile(exercise, "CX").locator(".cs-target")):
        element.focus()
        for key in ["d", "d", "b", "a", "x", "z", "m", "y"]:
            exercise.page.keyboard.press(key)
            expect(element).to_be_focused()
    assert notebook.number_of_cells() == cells


# --- feedback ---------------------------------------------------------------------------------------------------


def test_menus_do_the_same_and_every_reason_can_be_read_after_the_check(
    notebook: NotebookPage, exercise: Locator
) -> None:
    sort_with_menus(notebook, exercise, KEY | {"piano": "UX", "gym": "customer service"})
    notebook.check("cards")
    notebook.wait_for_status("cards", "Close. You and the key agree on 27 of 28 cards, 96%", "Saved")

    again = exercise.get_by_role("group").filter(has_text="Look again: 1 card")
    expect(again).to_contain_text("(you: UX; the key: CX) Nobody operates anything here.")
    exercise.get_by_text("These fit: 27 cards").click()
    for name, why in DECK["why"].items():
        expect(exercise.locator("details li").filter(has_text=CARDS[name])).to_contain_text(why)

    exercise.get_by_role("button", name="Piles").click()
    expect(card(exercise, "piano")).to_contain_text("✗ look again")
    expect(card(exercise, "gym")).to_contain_text("✓ fits")
    card(exercise, "piano").focus()
    exercise.page.keyboard.press("1")
    expect(card(exercise, "piano")).not_to_contain_text("look again")
    expect(exercise.get_by_text("Look again")).to_have_count(0)
    expect(card(exercise, "undo")).to_contain_text("✓ fits")


def test_piles_are_back_after_a_reload(notebook: NotebookPage, exercise: Locator) -> None:
    sort_with_menus(notebook, exercise, {"piano": "CX", "undo": "UX"})
    notebook.visitor.save()

    notebook.page.reload()
    notebook.visitor.wait_for_kernel()
    notebook.visitor.run_all()

    notebook.wait_for_status("cards", "Your saved answer is back.")
    expect(pile(exercise, "CX").locator('[data-card="piano"]')).to_be_visible()
    expect(pile(exercise, "UX").locator('[data-card="undo"]')).to_be_visible()
    expect(exercise.locator(".cs-counter")).to_have_text("2 of 28 cards sorted")


# --- for everybody ----------------------------------------------------------------------------------------------


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, notebook: NotebookPage) -> Iterator[str]:
    light = str(request.param.endswith("Light")).lower()
    notebook.visitor.choose("Settings", "Theme", request.param)
    expect(notebook.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    notebook.page.wait_for_timeout(300)  # colours fade in
    yield request.param


def test_axe_finds_nothing_in_piles_menus_and_reasons(notebook: NotebookPage, exercise: Locator, theme: str) -> None:
    sort_with_menus(notebook, exercise, {"piano": "UX", "undo": "UX", "ticket": "customer service"})
    notebook.check("cards")
    notebook.wait_for_status("cards", "Not yet. You and the key agree on 2 of 3 cards")
    exercise.get_by_text("These fit: 2 cards").click()
    assert findings(notebook) == []
    exercise.get_by_role("button", name="Piles").click()
    card(exercise, "watch").click()
    assert findings(notebook) == []
    for edge in (card(exercise, "piano"), pile(exercise, "CX"), pile(exercise, "CX").locator(".cs-target")):
        assert contrast(edge, "border-top-color") >= 3
    card(exercise, "watch").click()


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
        for view in ("Menus", "Piles"):
            exercise.get_by_role("button", name=view).click()
            notebook.settle()
            box = exercise.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth")
            assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == []
            assert exercise.evaluate(OUT_OF_SIGHT) == []
            assert findings(notebook) == []
        card(exercise, "undo").click()
        pile(exercise, "UX").locator(".cs-target").click()
        notebook.wait_for_answer("cards", {"undo": "UX"})
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(notebook: NotebookPage) -> None:
    assert notebook.visitor.console_errors == []
    assert notebook.visitor.requests_elsewhere == []
