"""Submitted notebooks made whole again, before nbgrader judges their structure.

nbgrader gives up on a notebook whose cells were duplicated, retyped, deleted or stripped of their metadata,
and with some of these faults on the whole class. Here every such cell gets back what the gradebook says about
it, and what only claims to be the instructor's becomes the student's own.
"""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode, from_dict
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.converters import Autograde
from nbgrader.preprocessors import ClearHiddenTests, NbGraderPreprocessor
from traitlets import List

from cxux_helpers.grading.odd_files import is_linked
from cxux_helpers.grading.released import ReleasedCell, released_cells
from cxux_helpers.grading.tasks import plain_cell
from cxux_helpers.grading.whole_class import FINISHED, prepare

__all__ = ["Finish", "HideTests", "LenientExporter", "Repair", "claimed_name", "read_leniently", "repair"]

_MISSING = "This cell was missing from the submission and was put back."
_ABSENT = "No notebook of this name was submitted, so there was nothing to mark."
_UNREADABLE = "This notebook could not be read, and was marked as an empty one."


def claimed_name(cell: NotebookNode) -> str | None:
    """Return the nbgrader name that a cell bears; in a submission it is no more than a claim."""
    metadata = cell.metadata.get("nbgrader")
    name = metadata.get("grade_id") if isinstance(metadata, dict) else None
    return name if isinstance(name, str) else None


def repair(notebook: NotebookNode, released: Sequence[ReleasedCell]) -> list[str]:
    """Make the named cells of a notebook those of the gradebook: each once, with its type, role and points.

    Locked cells get the instructor's text, missing ones are put back, and every other claim to a name is
    removed, together with the role that came with it. The notebook is changed in place.

    Returns
    -------
    list of str
        What was repaired, for the instructor. Nothing, if it was repaired before.
    """
    known = {cell.name: cell for cell in released}
    bearers = _bearers(notebook, known)
    notes: list[str] = []
    for index, cell in enumerate(notebook.cells):
        name = claimed_name(cell)
        if name in known and bearers[name] == index:
            if cell.cell_type != known[name].cell_type:
                notes.append(f"{name} had become a {cell.cell_type} cell")
            notebook.cells[index] = _restored(cell, known[name])
        elif "nbgrader" in cell.metadata:
            notes.append(f"cell {index + 1} was named {name!r}, and is a copy or none of the assignment's")
            del cell.metadata["nbgrader"]
    notes += [f"{name} was missing" for name in _put_back(notebook, released)]
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)  # the cells made here have ids
    return notes


def _bearers(notebook: NotebookNode, known: dict[str, ReleasedCell]) -> dict[str, int]:
    """Choose the one cell that keeps each name: the last one that holds work, or else the first."""
    bearers: dict[str, int] = {}
    for index, cell in enumerate(notebook.cells):
        name = claimed_name(cell)
        if name in known and (name not in bearers or cell.source.strip() not in ("", known[name].source)):
            bearers[name] = index
    return bearers


def _restored(cell: NotebookNode, released: ReleasedCell) -> NotebookNode:
    if released.locked:
        return _new_cell(released, released.source)
    if cell.cell_type != released.cell_type:
        return _new_cell(released, cell.source)
    cell.metadata["nbgrader"] = from_dict(released.nbgrader_metadata)
    return cell


def _new_cell(released: ReleasedCell, source: str) -> NotebookNode:
    return plain_cell(released.cell_type, source, nbgrader=released.nbgrader_metadata)


def _put_back(notebook: NotebookNode, released: Sequence[ReleasedCell]) -> list[str]:
    """Put each missing cell, save the student's own, behind the named cell before it; return the names."""
    names = [claimed_name(cell) for cell in notebook.cells]
    order = [cell.name for cell in released]
    missing = [cell for cell in released if cell.name not in names and (cell.locked or cell.grade or cell.task)]
    for cell in missing:
        before = [names.index(name) for name in order[: order.index(cell.name)] if name in names]
        # With no named cell before it, it goes to the end, where all of the student's work has been done.
        place = before[-1] + 1 if before else len(names)
        # An essay put back as it was would earn 0 unseen. With this line, nbgrader asks the instructor.
        source = cell.source if cell.locked else f"{_MISSING}\n\n{cell.source}"
        notebook.cells.insert(place, _new_cell(cell, source))
        names.insert(place, cell.name)
    return [cell.name for cell in missing]


class Repair(NbGraderPreprocessor):  # type: ignore[misc]
    """Repairs a submission; the first of the preprocessors that look at its structure."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Repair a notebook in place, and tell the instructor."""
        where = resources["nbgrader"]
        for note in repair(nb, released_cells(where)):
            self.log.warning("Repaired the submission of %s: %s.", where["student"], note)
        return nb, resources


class Finish(NbGraderPreprocessor):  # type: ignore[misc]
    """Writes into a notebook that its marks are recorded; the last of the preprocessors that mark it."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """Mark a notebook as finished in place."""
        nb.metadata[FINISHED] = True
        return nb, resources


class HideTests(ClearHiddenTests):  # type: ignore[misc]
    """Takes the hidden tests out of the test cells, and leaves all other cells alone.

    It is the last of the sanitizing preprocessors, so that no hidden test lies beside the student's code while
    that runs (the marker has the gradebook's text), and it guards the feedback.
    """

    # As in nbgrader's other preprocessors of feedback, or its HTML exporter warns about it.
    display_data_priority = List(ClearHiddenTests.display_data_priority.default_args[0]).tag(config=True)

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Clear a test cell in place."""
        role = cell.metadata.get("nbgrader", {})
        if role.get("grade") and not role.get("solution"):
            self._remove_hidden_test_region(cell)
        return cell, resources


class LenientExporter(NotebookExporter):  # type: ignore[misc]
    """Writes notebooks as nbgrader's exporter does, and reads damaged, renamed and missing ones too.

    nbgrader makes it when it knows the submissions and has touched none, so this is also where a run begins.
    """

    def __init__(self, **kw: Any) -> None:
        super().__init__(**kw)
        if isinstance(self.parent, Autograde):
            prepare(self.parent)

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Convert a notebook; where it is missing, the only other one in its folder, or an empty one."""
        path = Path(filename)
        linked = is_linked(path.parent)
        if path.is_file() and not path.is_symlink() and not linked:
            return super().from_filename(filename, resources, **kw)  # type: ignore[no-any-return]
        others = [other for other in sorted(path.parent.glob("*.ipynb")) if other.is_file() and not other.is_symlink()]
        if len(others) == 1 and not linked:
            self.log.warning("%s is missing, and %s was marked in its place.", path, others[0].name)
            notebook = read_leniently(io.StringIO(others[0].read_text(encoding="utf-8", errors="replace")))
        else:
            self.log.warning("%s is missing, and nothing stands in its place.", path)
            notebook = new_notebook(cells=[new_markdown_cell(_ABSENT)])
        output: tuple[str, Any] = self.from_notebook_node(notebook, resources=resources, **kw)
        return output

    def from_file(self, file_stream: IO[str], resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Convert what `read_leniently` finds in a file."""
        notebook = read_leniently(file_stream)
        output: tuple[str, Any] = self.from_notebook_node(notebook, resources=resources, **kw)
        return output


def read_leniently(file: IO[str]) -> NotebookNode:
    """Read a notebook, or what can be saved of it: cells with a type, a text and nbgrader's metadata."""
    try:
        text = file.read()
        if "\\ud" in text.lower():  # half of a character can be read, and never be written
            text = json.dumps(json.loads(text), ensure_ascii=False).encode(errors="replace").decode()
        try:
            # As nbformat.reads does, which would validate here already, before anything is put right.
            _, notebook = nbformat.validator.normalize(nbformat.convert(nbformat.reader.reads(text), 4))
            nbformat.validate(notebook)
        except Exception:  # there are as many kinds as ways to damage a notebook
            notebook = new_notebook(cells=[_mended(cell) for cell in json.loads(text)["cells"]])
    except Exception:
        return new_notebook(cells=[new_markdown_cell(_UNREADABLE)])
    # Nothing else about a notebook is needed; the kernel's name will be the gradebook's.
    notebook.metadata = NotebookNode({k: v for k, v in notebook.metadata.items() if k == "kernelspec"})
    return notebook


def _mended(cell: dict[str, Any]) -> NotebookNode:
    make = new_markdown_cell if cell.get("cell_type") == "markdown" else new_code_cell
    source, metadata = cell.get("source", ""), cell.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return make(
        "".join(map(str, source)) if isinstance(source, list) else str(source),
        metadata=from_dict({"nbgrader": nbgrader} if isinstance(nbgrader, dict) else {}),
    )
