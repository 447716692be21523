"""A notebook with exercises, as the person in front of the browser meets it."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.lab_driver import PANEL, Visitor

TITLES = re.compile(r'"([a-z0-9-]+)",\s*title="([^"]+)"')
PATIENCE = 20.0  # seconds; other programs may use the machine as well
SETTLED = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"""


@dataclass
class NotebookPage:
    """An open notebook: its window, and its file with the answers beside it."""

    visitor: Visitor
    path: Path

    @property
    def page(self) -> Page:
        return self.visitor.page

    @cached_property
    def titles(self) -> dict[str, str]:
        """The title of every exercise by its question id, as the notebook's code gives them."""
        return dict(TITLES.findall("\n".join(source for _, kind, source in self.cells() if kind == "code")))

    def exercise(self, question_id: str) -> Locator:
        """The exercise, found as assistive technology finds it: a group that is named by its title."""
        return self.page.locator(PANEL).get_by_role("group", name=self.titles[question_id], exact=True)

    def cells(self) -> list[tuple[str, str, str]]:
        """Id, kind and source of each cell in the notebook's file."""
        notebook = json.loads(self._whole_text())
        return [(cell["id"], cell["cell_type"], "".join(cell["source"])) for cell in notebook["cells"]]

    def _whole_text(self) -> str:
        """The notebook's file; JupyterLab empties it for a moment while it saves."""
        self.wait_until(
            lambda: self.path.read_text(encoding="utf-8").rstrip().endswith("}"), "the notebook to be saved"
        )
        return self.path.read_text(encoding="utf-8")

    def answer(self, question_id: str) -> Any:
        """The saved answer, or None if there is none."""
        file = self.path.parent / "answers" / f"{question_id}.json"
        return json.loads(file.read_text(encoding="utf-8"))["answer"] if file.exists() else None

    def wait_for_answer(self, question_id: str, answer: Any) -> None:
        """Wait until this answer is saved."""
        self.wait_until(lambda: self.answer(question_id) == answer, f"{question_id} to be saved as {answer!r}")

    def wait_until(self, reached: Callable[[], object], what: str) -> None:
        """Wait until `reached()` holds; the message of a failure says `what` was waited for."""
        deadline = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < deadline, f"waited in vain for {what}"
            self.page.wait_for_timeout(50)

    def wait_for_status(self, question_id: str, *texts: str) -> None:
        """Wait until the exercise announces these texts."""
        for text in texts:
            announced = self.exercise(question_id).get_by_role("status").filter(has_text=text)
            expect(announced).to_have_count(1)

    def check(self, question_id: str) -> None:
        """Press the check button with the mouse."""
        self.exercise(question_id).get_by_role("button", name="Check my answer").click()

    def number_of_cells(self) -> int:
        """Cells on the page."""
        return self.page.locator(f"{PANEL} .jp-Notebook .jp-Cell").count()

    def settle(self) -> None:
        """Wait until the page has drawn what it knows."""
        self.page.evaluate(SETTLED)
