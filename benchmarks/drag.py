"""Time from a move of the pointer to the journey map's point at its new place, in a real browser, and to Python.

    python benchmarks/drag.py [--moves N]

A map of 60 touchpoints stands in a notebook, and a point of it is dragged up and down. The first clock runs from each
pointermove event to the animation frame in which the point stands at its new place, and is read once more when that
frame has been drawn. The second runs from the move that brings a new whole number to the moment at which Python's state
has that number and it is saved. The last line is for people and scripts.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

from tests.browser.lab_driver import PANEL, find_browser, serve_folder, visit

TOUCHPOINTS = 60
DRAGGED = "t30"
STEP = 6  # pixels of one move
PAUSE = 20  # milliseconds between two moves, about what a mouse reports

NOTEBOOK = f"""\
import json
import time

from cxux_helpers.exercises.journey_editor import JourneyEditor
from cxux_helpers.exercises.journey_map import JourneyMap
from cxux_helpers.journey.maps import CHANNELS, Journey, Stage, Touchpoint

stages = tuple(Stage(f"s{{n}}", f"Stage {{n}}", "Reach the next one") for n in range(6))
touchpoints = tuple(
    Touchpoint(
        f"t{{n}}", f"Something happens, number {{n}}", f"s{{n // 10}}", ("before", "during", "after")[n // 20],
        CHANNELS[n % len(CHANNELS)], n % 3 > 0, n % 4 > 0, "Team", n % 5 - 2, n % 5 + 1, "Interviews in May",
    )
    for n in range({TOUCHPOINTS})
)
exercise = JourneyMap(
    "drag", title="A large map", prompt="Drag a point.", journey=Journey("Large", "Ann", stages, touchpoints)
)
editor = next(child for child in exercise.view.children if isinstance(child, JourneyEditor))


def note(change):
    emotion = {{one["id"]: one["emotion"] for one in exercise.answer["touchpoints"]}}["{DRAGGED}"]
    with open("seen.jsonl", "a") as file:
        file.write(json.dumps([time.time() * 1000, emotion]) + "\\n")


editor.observe(note, "journey")
exercise
"""
WATCH = """point => {
  Object.assign(window, { framed: [], drawn: [], asked: [] });
  let moved = null;
  window.addEventListener('pointermove', event => { moved ??= event.timeStamp; }, true);
  new MutationObserver(records => {
    if (records.some(record => record.attributeName === 'aria-valuenow')) {
      asked.push([performance.timeOrigin + moved, Number(point.getAttribute('aria-valuenow'))]);
    }
    if (moved === null || !records.some(record => record.attributeName === 'transform')) return;
    const since = moved;
    moved = null;
    framed.push(performance.now() - since);
    setTimeout(() => drawn.push(performance.now() - since));
  }).observe(point, { attributes: true });
}"""


def drag(page: Page, point: Locator, moves: int) -> None:
    """Drag the point up and down between its ends."""
    point.scroll_into_view_if_needed()
    box, frame = point.bounding_box(), page.locator(f"{PANEL} .jm-curve").bounding_box()
    assert box is not None and frame is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    high, low = frame["y"] + 45, frame["y"] + frame["height"] - 45
    page.mouse.move(x, y)
    page.mouse.down()
    direction = -STEP
    for _ in range(moves):
        if not high <= y + direction <= low:
            direction = -direction
        y += direction
        page.mouse.move(x, y)
        page.wait_for_timeout(PAUSE)
    page.mouse.up()


def python_delays(asked: Sequence[Sequence[float]], seen: Sequence[Sequence[float]]) -> list[float]:
    """Milliseconds until Python had each number that it got; numbers passed over on the way to another do not count."""
    delays = []
    start = 0
    for time, emotion in seen:
        for place in range(start, len(asked)):
            if asked[place][1] == emotion and asked[place][0] <= time:
                delays.append(time - asked[place][0])
                start = place + 1
                break
    return delays


def main() -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--moves", type=int, default=600, help="moves of the pointer, at least 50 (default 600)")
    moves = max(parser.parse_args().moves, 50)
    if find_browser() is None:
        print("no Chromium or Chrome found. Install one, or name it in CXUX_BROWSER.", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="cxux-drag-") as name:
        folder = Path(name)
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        cells = [nbformat.v4.new_code_cell(NOTEBOOK)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "drag.ipynb")
        with serve_folder(folder) as lab, visit(lab) as visitor:
            visitor.open_notebook("drag.ipynb")
            visitor.run_all()
            page = visitor.page
            point = page.locator(f'{PANEL} .jm-point[data-id="{DRAGGED}"]')
            drag(page, point, 50)  # to warm up
            page.wait_for_timeout(1000)
            (folder / "seen.jsonl").unlink()
            point.evaluate(WATCH)
            drag(page, point, moves)
            page.wait_for_timeout(1000)
            framed, drawn, asked = page.evaluate("[framed, drawn, asked]")
        seen = [json.loads(line) for line in (folder / "seen.jsonl").read_text().splitlines()]
    python = python_delays(asked, seen)
    for label, times in [("frame", framed), ("frame drawn", drawn), ("Python", python)]:
        low, median, high = statistics.quantiles(times, n=4)
        print(f"{label}: median {median:.1f} ms, quartiles {low:.1f} and {high:.1f} ms, {len(times)} of them")
    print(f"drag median ms: {statistics.median(framed):.1f} python median ms: {statistics.median(python):.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
