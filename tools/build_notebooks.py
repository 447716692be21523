"""Build the notebooks that people open from the text that authors write.

    python tools/build_notebooks.py            write every notebook
    python tools/build_notebooks.py --check    print what differs from its text, exit with 1 if anything does

`notebooks/text/<name>.md` becomes `notebooks/<name>.ipynb`; `assignments/text/<name>.md` becomes
`assignments/source/<name>/<name>.ipynb`. The text is a MyST Markdown notebook, read by jupytext;
docs/authoring.md shows how to write one. The same text always gives the same bytes: no outputs, no version
headers, cell ids that depend on the text alone.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import jupytext
import nbformat
from nbformat import NotebookNode
from nbgrader.nbgraderformat.common import SchemaMismatchError, ValidationError
from nbgrader.nbgraderformat.v3 import MetadataValidatorV3

PROJECT = Path(__file__).resolve().parent.parent

NOTEBOOK_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# What a graded cell has when its text does not say otherwise, so that authors write only what matters.
NBGRADER_DEFAULTS = {"grade": False, "locked": False, "schema_version": 3, "solution": False, "task": False}

# A line that begins a cell. Inside a cell it betrays a fence that was never closed, or one hidden in a list.
CELL_START = re.compile(r"^[ \t]*(?:[`~]{3,}[ \t]*\{(?:code|raw)[ _-]?cell\}|\+\+\+(?=\s|$)).*", re.MULTILINE)
TAGS_HINT = "Tags are a list of words with no space after a colon: [teaches:rfm]. "
LONGEST_CELL_ID = 64  # nbformat's limit; a grade_id may be longer


def build(text: str, name: str) -> NotebookNode:
    """Turn the text of one MyST Markdown notebook into a notebook ready to be committed.

    Parameters
    ----------
    text
        The whole file, front matter included.
    name
        Name of the notebook without its ending; it enters the cell ids and the error messages.

    Raises
    ------
    ValueError
        If the text does not parse, a cell's metadata cannot be used, or two graded cells share a `grade_id`.
        The message names the notebook, the cell and the remedy.
    """
    try:
        notebook = jupytext.reads(text, fmt="md:myst")
    except Exception as error:  # jupytext lets through whatever YAML and nbformat raise
        hint = TAGS_HINT if "tags" in str(error) else ""
        raise ValueError(f"{name}: the text does not parse. {hint}{error}") from error
    if not notebook.cells:
        raise ValueError(f"{name}: the text has no cell. Write some Markdown or a ```{{code-cell}} block.")

    for number, cell in enumerate(notebook.cells, start=1):
        where = _where(name, number, cell)
        _refuse_swallowed_cells(cell, where)
        _complete_nbgrader(cell, where)
    _refuse_shared_grade_ids(notebook.cells, name)

    notebook.metadata = nbformat.from_dict(NOTEBOOK_METADATA)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    _number_cells(notebook.cells, name)
    nbformat.validate(notebook)
    return notebook


def render(notebook: NotebookNode) -> str:
    """Notebook as the text of its file: sorted keys, one final newline."""
    return f"{nbformat.writes(notebook)}\n"


def targets(project: Path = PROJECT) -> dict[Path, Path]:
    """Every text with the notebook that it becomes, sorted by path."""
    lessons = {text: project / "notebooks" / f"{text.stem}.ipynb" for text in _texts(project / "notebooks")}
    source = project / "assignments" / "source"
    assignments = {text: source / text.stem / f"{text.stem}.ipynb" for text in _texts(project / "assignments")}
    return lessons | assignments


def drift(project: Path = PROJECT) -> list[str]:
    """What is wrong with the committed notebooks, one line each; empty when they all equal their text."""
    wanted = targets(project)
    problems = [_compare(text, notebook, project) for text, notebook in wanted.items()]
    for notebook in _committed(project):
        if notebook not in wanted.values():
            problems.append(f"{notebook.relative_to(project)}: has no text. Delete it, or write its text.")
    return [problem for problem in problems if problem]


def write_all(project: Path = PROJECT) -> list[Path]:
    """Write every notebook that differs from its text; return those written.

    All texts are built before anything is written, so an error in one leaves the folder as it was.
    """
    built = {notebook: render(build(_read(text), text.stem)) for text, notebook in targets(project).items()}
    changed = [path for path, content in built.items() if not path.exists() or path.read_bytes() != content.encode()]
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(built[path], encoding="utf-8", newline="\n")
    return changed


def main(arguments: list[str] | None = None, project: Path = PROJECT) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Build the notebooks from their text.")
    parser.add_argument("--check", action="store_true", help="only print what differs, and exit with 1")
    options = parser.parse_args(arguments)
    try:
        if not options.check:
            for path in write_all(project):
                print(f"wrote {path.relative_to(project)}")
        problems = drift(project)
    except ValueError as error:
        problems = [str(error)]
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


def _texts(folder: Path) -> list[Path]:
    return sorted((folder / "text").glob("*.md"))


def _committed(project: Path) -> Iterator[Path]:
    folders = [project / "notebooks", *sorted((project / "assignments" / "source").glob("*/"))]
    for folder in folders:
        yield from sorted(folder.glob("*.ipynb"))


def _read(text: Path) -> str:
    return text.read_text(encoding="utf-8")


def _compare(text: Path, notebook: Path, project: Path) -> str:
    relative = notebook.relative_to(project)
    if not notebook.exists():
        return f"{relative}: is missing. Run: make notebooks"
    if notebook.read_bytes() != render(build(_read(text), text.stem)).encode():
        return f"{relative}: differs from {text.relative_to(project)}. Change the text, then run: make notebooks"
    return ""


def _where(name: str, number: int, cell: NotebookNode) -> str:
    first_line = cell.source.strip().partition("\n")[0][:60]
    return f"{name}, {cell.cell_type} cell {number} ({first_line!r})"


def _refuse_swallowed_cells(cell: NotebookNode, where: str) -> None:
    if swallowed := CELL_START.search(cell.source):
        raise ValueError(
            f"{where}: the line {swallowed.group().strip()!r} should begin a cell but lies inside this one. "
            "Close the fence above it, start the line in the first column, and spell it ```{code-cell}."
        )


def _complete_nbgrader(cell: NotebookNode, where: str) -> None:
    if "nbgrader" not in cell.metadata:
        return
    given = cell.metadata["nbgrader"]
    if not isinstance(given, dict):
        raise ValueError(f"{where}: nbgrader is {given!r}. Write its settings as names with values.")
    if "grade_id" not in given:
        raise ValueError(f"{where}: nbgrader has no grade_id. Give it one of its own, such as grade_id: m03-q1.")
    cell.metadata["nbgrader"] = nbformat.from_dict(NBGRADER_DEFAULTS | given)
    try:
        MetadataValidatorV3().validate_cell(cell)
    except (ValidationError, SchemaMismatchError, TypeError) as error:
        reason = getattr(error, "message", error)
        raise ValueError(f"{where}: nbgrader refuses the settings {given}. {reason}") from error


def _refuse_shared_grade_ids(cells: Iterable[NotebookNode], name: str) -> None:
    seen: dict[str, str] = {}
    for number, cell in enumerate(cells, start=1):
        if "nbgrader" not in cell.metadata:
            continue
        grade_id = cell.metadata["nbgrader"]["grade_id"]
        where = _where(name, number, cell)
        if grade_id in seen:
            raise ValueError(f"{where}: grade_id {grade_id!r} is taken by {seen[grade_id]}. Give each its own.")
        seen[grade_id] = where


def _number_cells(cells: Iterable[NotebookNode], name: str) -> None:
    """Give each cell an id that follows from the text: its grade_id, else a hash of its content.

    A hash rather than a running number, so that a new cell leaves the ids of all others as they were.
    """
    taken = {cell.metadata["nbgrader"]["grade_id"] for cell in cells if "nbgrader" in cell.metadata}
    for cell in cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if 0 < len(grade_id) <= LONGEST_CELL_ID:
            cell["id"] = grade_id
            continue
        repeat = 0
        while (cell_id := _hash(name, cell.cell_type, cell.source, repeat)) in taken:
            repeat += 1
        taken.add(cell_id)
        cell["id"] = cell_id


def _hash(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
