"""The course as the tests read it: its syllabus, and which cells name which concept."""

import re
import tomllib
from collections import defaultdict
from pathlib import Path

import nbformat
from nbformat import NotebookNode

PROJECT = Path(__file__).resolve().parents[2]
SYLLABUS = tomllib.loads((PROJECT / "notebooks" / "syllabus.toml").read_text(encoding="utf-8"))
MODULES = {module["id"]: module for module in SYLLABUS["module"]}
ROLES = ("teaches", "practises", "grades")
CAPSTONE = "m09"
"""The module whose assignment ends the course, and may grade what any module taught."""


def lesson(module_id: str) -> NotebookNode:
    """Read the lesson of a module."""
    return nbformat.read(PROJECT / "notebooks" / f"{MODULES[module_id]['notebook']}.ipynb", as_version=4)


def assignment(module_id: str) -> NotebookNode:
    """Read the source of a module's assignment."""
    name = MODULES[module_id]["notebook"]
    return nbformat.read(PROJECT / "assignments" / "source" / name / f"{name}.ipynb", as_version=4)


def concepts(*notebooks: NotebookNode) -> dict[str, set[str]]:
    """Concept ids by role, as the tags of the cells name them."""
    named: dict[str, set[str]] = defaultdict(set)
    for notebook in notebooks:
        for cell in notebook.cells:
            for tag in cell.metadata.get("tags", []):
                role, _, concept = tag.partition(":")
                if concept and role in ROLES:
                    named[role].add(concept)
    return named


def gradable(module_id: str) -> set[str]:
    """Concepts that the assignment of a module may grade: its own, and in the capstone those of all modules."""
    modules = MODULES if module_id == CAPSTONE else [module_id]
    return {concept for one in modules for concept in MODULES[one]["concepts"]}


def prose(notebook: NotebookNode) -> str:
    """All Markdown of a notebook."""
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def section(notebook: NotebookNode, heading: str) -> str:
    """The text under a heading of the second level, up to the next one."""
    found = re.search(rf"^## {re.escape(heading)}$(.*?)(?=^## |\Z)", prose(notebook), re.MULTILINE | re.DOTALL)
    if found is None:
        raise AssertionError(f"the lesson has no section '## {heading}'")
    return found[1]
