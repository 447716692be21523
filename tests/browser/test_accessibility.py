"""What the lesson offers to people who do not see it, see little of it, or zoom in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, expect

from tests.browser.lab_driver import PANEL
from tests.browser.notebook_page import NotebookPage

OUTPUTS = f"{PANEL} .jp-OutputArea-output"
DATAFRAMES = f"{OUTPUTS} .dataframe"
# pandas leaves the corner of its tables empty, and JupyterLab makes no wide output reachable by keyboard.
NOT_OURS = {"empty-table-header", "scrollable-region-focusable"}
WIDER_THAN_ITS_PLACE = """exercise => [...exercise.querySelectorAll('*')]
  .filter(e => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1)
  .filter(e => !e.closest('.noUi-target') && !e.closest('table'))
  .filter(e => !(e.matches('.widget-html-content') && e.querySelector('table')))  // a wide table scrolls by itself
  .map(e => `${e.className}: ${e.scrollWidth} in ${e.clientWidth} pixels`)"""
OUT_OF_SIGHT = """exercise => {
  const frame = exercise.getBoundingClientRect();
  return [...exercise.querySelectorAll('[role=slider], .widget-readout, select, textarea, input, button, label')]
    .filter(e => e.offsetParent)
    .filter(e => {
      const box = e.getBoundingClientRect();
      return box.width < 10 || box.height < 10 || box.left < frame.left - 1 || box.right > frame.right + 1;
    })
    .map(e => e.ariaLabel || e.textContent || e.className);
}"""


def violations(lesson: NotebookPage, *selectors: str, without: str = "") -> list[str]:
    """Run axe-core on parts of the page; one line for each rule and element that fails it.

    All rules in the light theme; in the dark one those about colour, for nothing else differs.
    """
    context: dict[str, Any] = {"include": [[selector] for selector in selectors]}
    if without:
        context["exclude"] = [[without]]
    # JupyterLab's body has no height and hides what runs over, so that axe-core would take nearly all text for hidden.
    lesson.page.add_style_tag(content="body, .jp-LabShell { overflow: visible !important; }")
    light = lesson.page.evaluate("document.body.dataset.jpThemeLight") != "false"
    options = None if light else {"runOnly": {"type": "tag", "values": ["cat.color"]}}
    found = Axe().run(lesson.page, context=context, options=options).response
    checked = {rule["id"] for rule in [*found["passes"], *found["violations"]]}
    assert "color-contrast" in checked, "axe-core saw nothing to check"
    return [
        f"{rule['id']}: {node['html'][:200]} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.fixture(scope="module")
def checked(lesson: NotebookPage) -> NotebookPage:
    """The lesson with feedback of each colour, a conflict's buttons and a message about a wrong kind of answer."""
    exercise = lesson.exercise("m03-e4")
    exercise.get_by_role("textbox", name="dollars").fill("plenty")
    exercise.get_by_role("textbox", name="dollars").press("Tab")
    lesson.wait_for_status("m03-e4", "Wrong kind of answer", "Not saved")
    for question_id, choice, rung in [("m03-r1", 0, "Not yet"), ("m03-r2", 0, "Right")]:
        lesson.exercise(question_id).get_by_role("radio").nth(choice).check()
        lesson.check(question_id)
        lesson.wait_for_status(question_id, rung)
    slider = lesson.exercise("m03-e1").get_by_role("slider")
    slider.focus()
    for _ in range(44):
        slider.press("ArrowRight")
    lesson.wait_for_answer("m03-e1", 64)
    lesson.check("m03-e1")
    lesson.wait_for_status("m03-e1", "Close")
    lesson.check("m03-r3")
    lesson.wait_for_status("m03-r3", "Not answered yet")
    return lesson


@pytest.fixture(params=["JupyterLab Light", "JupyterLab Dark"])
def theme(request: pytest.FixtureRequest, checked: NotebookPage) -> Iterator[str]:
    light = str(request.param.endswith("Light")).lower()
    checked.visitor.choose("Settings", "Theme", request.param)
    expect(checked.page.locator("body")).to_have_attribute("data-jp-theme-light", light)
    checked.page.wait_for_timeout(300)  # colours fade in
    yield request.param


def test_axe_finds_nothing_in_exercises(checked: NotebookPage, theme: str) -> None:
    assert violations(checked, ".cxux-exercise") == []


def test_axe_finds_nothing_in_our_other_outputs(checked: NotebookPage, theme: str) -> None:
    found = violations(checked, OUTPUTS, without=DATAFRAMES)
    assert [line for line in found if line.partition(":")[0] not in NOT_OURS] == []


def test_edges_of_controls_stand_out_from_their_ground(checked: NotebookPage, theme: str) -> None:
    """WCAG 1.4.11 asks for 3:1; axe-core does not look."""
    edges = {"slider": ("[role=slider]", "border-top-color"), "track": (".noUi-connects", "background-color")}
    edges |= {kind: (kind, "border-top-color") for kind in ("select", "textarea", "input[type=text]")}
    for kind, (selector, style) in edges.items():
        element = checked.page.locator(f".cxux-exercise {selector}").first
        assert contrast(element, style) >= 3, kind


def contrast(element: Locator, style: str) -> float:
    """Contrast by WCAG 2 of an element's colour and the ground of the notebook, the colour laid over the ground."""
    ground, colour = element.evaluate(
        """(element, style) => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const panel = getComputedStyle(document.body).getPropertyValue('--jp-layout-color0');
          return [panel, getComputedStyle(element).getPropertyValue(style)].map(colour => {
            canvas.fillStyle = colour;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
          });
        }""",
        style,
    )
    dark, light = sorted(luminance(rgb) for rgb in (ground, colour))
    return (light + 0.05) / (dark + 0.05)


def luminance(rgb: list[int]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in rgb)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_every_picture_has_words(lesson: NotebookPage) -> None:
    pictures = lesson.page.locator(f"{OUTPUTS} img, .cxux-exercise img")
    assert pictures.count() >= 2
    for alt in pictures.evaluate_all("images => images.map(image => image.alt)"):
        assert len(alt.split()) >= 10, alt
    assert lesson.page.locator(f'{OUTPUTS}[data-mime-type^="image/"]').count() == 0


@pytest.mark.parametrize(("name", "role"), [("slider", "slider"), ("menu", "combobox"), ("field", "textbox")])
def test_every_control_has_a_name_of_its_own(lesson: NotebookPage, name: str, role: Any) -> None:
    for question_id in lesson.titles:
        controls = lesson.exercise(question_id).get_by_role(role)
        names = [
            control.evaluate("e => (e.ariaLabel || e.labels?.[0]?.textContent || '').trim()")
            for control in controls.all()
        ]
        assert all(names), f"{question_id} has a {name} without a name"
        assert len(set(names)) == len(names), f"{question_id} has two {name}s of one name: {names}"


def test_groups_of_radio_buttons_are_named_and_apart(lesson: NotebookPage) -> None:
    groups = lesson.page.locator(".cxux-exercise").get_by_role("radiogroup")
    assert groups.count() >= 4
    names = [group.get_by_role("radio").evaluate_all("radios => radios.map(r => r.name)") for group in groups.all()]
    assert all(len(set(group)) == 1 and group[0] for group in names), "radio buttons of one group must share a name"
    assert len({group[0] for group in names}) == len(names), "two groups share a name, so they are one group"
    assert all(groups.evaluate_all("groups => groups.map(group => group.ariaLabel)"))


@pytest.mark.parametrize(
    ("width", "height"), [(400, 800), (640, 450)], ids=["400 pixels wide", "zoomed to 200 percent"]
)
def test_nothing_is_cut_off(checked: NotebookPage, width: int, height: int) -> None:
    """A window of 1280 × 900 zoomed to 200 percent is 640 × 450 pixels to the page."""
    page = checked.page
    wide = page.viewport_size
    page.set_viewport_size({"width": width, "height": height})
    sidebar = page.locator("#jp-left-stack")
    if sidebar.is_visible():
        page.keyboard.press("Control+b")
        expect(sidebar).to_be_hidden()
    try:
        for question_id in checked.titles:
            exercise = checked.exercise(question_id)
            exercise.scroll_into_view_if_needed()
            checked.settle()
            box = exercise.bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width
            assert exercise.evaluate("e => e.scrollWidth <= e.clientWidth"), f"{question_id} scrolls sideways"
            assert exercise.evaluate(WIDER_THAN_ITS_PLACE) == [], question_id
            assert exercise.evaluate(OUT_OF_SIGHT) == [], question_id
        assert violations(checked, ".cxux-exercise") == []
        slider = checked.exercise("m03-e1").get_by_role("slider")
        before = slider.get_attribute("aria-valuetext")
        slider.click()
        slider.press("ArrowRight")
        expect(slider).not_to_have_attribute("aria-valuetext", str(before))
    finally:
        page.set_viewport_size(wide or {"width": 1280, "height": 900})


def test_the_console_shows_no_error_and_no_other_machine_is_asked(checked: NotebookPage) -> None:
    assert checked.visitor.console_errors == []
    assert checked.visitor.requests_elsewhere == []
