"""The committed notebooks are exactly what their text says."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from tools import build_pages
from tools.build_notebooks import PROJECT, drift

COMMITTED = sorted([*(PROJECT / "notebooks").glob("*.ipynb"), *(PROJECT / "assignments" / "source").glob("*/*.ipynb")])


def test_every_committed_notebook_equals_its_text() -> None:
    assert drift() == []


def test_syllabus_glossary_and_concepts_say_what_the_course_says() -> None:
    assert build_pages.drift() == []


@pytest.mark.parametrize("path", COMMITTED, ids=lambda path: path.stem)
def test_a_committed_notebook_has_no_outputs(path: Path) -> None:
    cells = nbformat.read(path, as_version=4).cells
    assert [cell.id for cell in cells if cell.get("outputs") or cell.get("execution_count")] == []
