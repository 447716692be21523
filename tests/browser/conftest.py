"""A whole class on one machine and a browser in front of it, for the tests in this folder."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.lab_driver import Lab, Visitor, find_browser, serve_classroom, visit
from tests.browser.notebook_page import PATIENCE, NotebookPage

LESSON = "m03_segmentation.ipynb"

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def browser() -> str:
    """Path of the browser. Without one the tests are skipped, but in continuous integration they fail."""
    found = find_browser()
    if found is None:
        reason = "no Chromium or Chrome found. Install one, or name it in CXUX_BROWSER."
        if os.environ.get("CI"):
            pytest.fail(reason)
        warnings.warn(f"browser tests are skipped: {reason}", stacklevel=1)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def lab(browser: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """The classroom that `make lab` opens, in a folder of its own."""
    with serve_classroom(tmp_path_factory.mktemp("class") / "classroom") as lab:
        yield lab


@pytest.fixture(scope="module")
def visitor(lab: Lab, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A browser window; if a test fails, a picture of it stays beside the server's files."""
    with visit(lab) as visitor:
        failed_before = request.session.testsfailed
        yield visitor
        if request.session.testsfailed > failed_before:
            picture = lab.root.parent / f"{request.module.__name__}.png"
            visitor.page.screenshot(path=picture)
            print(f"\nThe window after the last test: {picture}")


@pytest.fixture(scope="module")
def lesson(lab: Lab, visitor: Visitor, request: pytest.FixtureRequest) -> NotebookPage:
    """The lesson that the test module names in NOTEBOOK, else m03, in a folder of its own, open, with all cells run."""
    folder = lab.root / request.module.__name__
    folder.mkdir()
    notebook = Path(shutil.copy(lab.root / getattr(request.module, "NOTEBOOK", LESSON), folder))
    visitor.open_notebook(f"{folder.name}/{notebook.name}")
    visitor.run_all()
    return NotebookPage(visitor, notebook)
