"""Time from a key press on a slider to the repainted picture, in a real browser.

    python benchmarks/slider.py [--moves N]

Our cut points exercise runs beside a notebook that shows the same segments of the same customers with
`interactive_output` and `plt.show`, in blocks that take turns. The clock starts with the key event and stops after the
first animation frame in which the new table or image stands in the page. The last line is for people and scripts.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import Page

from tests.browser.lab_driver import PANEL, Lab, Visitor, find_browser, serve_folder, visit

BLOCKS = 5
WARM_UP = 3
PAUSE = 250  # milliseconds between two moves, so that each one starts from rest

DATA = """\
import cxux_helpers as cx

orders = cx.load_cdnow()
customers = cx.rfm(orders, as_of="1998-07-01")
"""
OURS = """\
from cxux_helpers.exercises import CutPoints

CutPoints(
    "benchmark", title="Cut points", prompt="Move the sliders.",
    table=customers, gaps=cx.days_between_orders(orders),
)
"""
THEIRS = """\
import ipywidgets as widgets
import matplotlib.pyplot as plt
from IPython.display import display

sliders = {
    "recent_days": widgets.IntSlider(min=30, max=365, step=5),
    "frequent_orders": widgets.IntSlider(min=2, max=10),
    "high_spend": widgets.IntSlider(min=50, max=500, step=10),
}


def draw(recent_days, frequent_orders, high_spend):
    segments = cx.segments_by_cuts(
        customers, recent_days=recent_days, frequent_orders=frequent_orders, high_spend=high_spend
    )
    profile = cx.segment_profile(customers, segments)
    profile[["share_of_customers", "share_of_revenue"]].plot.barh(figsize=(7, 4))
    plt.show()


display(*sliders.values(), widgets.interactive_output(draw, sliders))
"""
# The place whose content is the picture: our table, or the area that receives the image.
PICTURES = {
    "ours": f"{PANEL} .cxux-exercise .widget-html-content:has(table)",
    "interactive_output": f"{PANEL} .jupyter-widgets.jp-OutputArea, {PANEL} .jupyter-widgets .jp-OutputArea",
}
WATCH = """selector => {
  window.moves = [];
  const place = document.querySelector(selector);
  let pressed = null;
  let picture = place.querySelector('table, img');
  window.addEventListener('keydown', event => { pressed = event.timeStamp; }, true);
  const drawn = () => requestAnimationFrame(() => setTimeout(() => {
    if (pressed !== null) window.moves.push(performance.now() - pressed);
    pressed = null;
  }));
  new MutationObserver(() => {
    const now = place.querySelector('table, img');
    if (!now || now === picture) return;
    picture = now;
    if (picture.tagName === 'IMG') picture.decode().then(drawn, () => {});
    else drawn();
  }).observe(place, { childList: true, subtree: true });
}"""


def write_notebooks(folder: Path) -> None:
    """Write one notebook for each side; they differ in the way of showing only."""
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    for name, source in [("ours", OURS), ("interactive_output", THEIRS)]:
        cells = [nbformat.v4.new_code_cell(text) for text in (DATA, source)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / f"{name}.ipynb")


def open_window(lab: Lab, first: Visitor, name: str) -> Page:
    """Open a side's notebook in a window of its own and start watching its picture."""
    window = Visitor(first.page.context.new_page(), lab)
    window.open_notebook(f"{name}.ipynb")
    window.run_all()
    window.page.wait_for_selector(f"{PICTURES[name]} >> css=table, img")
    window.page.evaluate(WATCH, PICTURES[name])
    return window.page


def time_block(page: Page, moves: int, key: str) -> list[float]:
    """Move the first slider with a key; milliseconds from each key press to its picture."""
    page.bring_to_front()
    page.get_by_role("slider").first.focus()
    before = page.evaluate("moves.length")
    for move in range(1, moves + 1):
        page.wait_for_timeout(PAUSE)
        page.keyboard.press(key)
        page.wait_for_function("count => moves.length >= count", arg=before + move, timeout=30_000)
    return list(page.evaluate("start => moves.slice(start)", before))


def main() -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--moves", type=int, default=40, help="moves of each slider, at least 10 (default 40)")
    block = max(parser.parse_args().moves // BLOCKS, 2)
    if find_browser() is None:
        print("no Chromium or Chrome found. Install one, or name it in CXUX_BROWSER.", file=sys.stderr)
        return 1
    times: dict[str, list[float]] = {name: [] for name in PICTURES}
    with tempfile.TemporaryDirectory(prefix="cxux-slider-") as name:
        folder = Path(name)
        write_notebooks(folder)
        with serve_folder(folder) as lab, visit(lab) as first:
            pages = {side: open_window(lab, first, side) for side in PICTURES}
            for page in pages.values():
                time_block(page, WARM_UP, "ArrowRight")
            for number in range(BLOCKS):
                for side, page in pages.items():
                    times[side] += time_block(page, block, "ArrowRight" if number % 2 == 0 else "ArrowLeft")
    for side, measured in times.items():
        low, median, high = statistics.quantiles(measured, n=4)
        print(f"{side}: median {median:.0f} ms, quartiles {low:.0f} and {high:.0f} ms, {len(measured)} moves")
    medians = {side: statistics.median(measured) for side, measured in times.items()}
    print(f"slider median ms: {medians['ours']:.0f} (interactive_output: {medians['interactive_output']:.0f})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
