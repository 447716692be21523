"""Tests of cxux_helpers.grading.repair: no structure of a submission, however broken, stops the class."""

import asyncio
import io
import json

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.nbgraderformat import MetadataValidator

from cxux_helpers.grading.released import ReleasedCell
from cxux_helpers.grading.repair import HideTests, claimed_name, read_leniently, repair
from tests.grading.conftest import HIDDEN_INPUT, RIGHT_CHOICE, RIGHT_FUNCTION, answered, named, role


def released(name, source, cell_type="code", points=None, **roles):
    given = {"locked": False, "grade": False, "solution": False, "task": False} | roles
    return ReleasedCell(name=name, cell_type=cell_type, source=source, checksum="0" * 32, points=points, **given)


ANSWER = released("answer", "pass", solution=True)
CHECK = released("check", "1 + 1", locked=True, grade=True, points=2.0)
ESSAY = released("essay", "Write here.", "markdown", grade=True, solution=True, points=4.0)
TASK = released("task", "Do this.", "markdown", locked=True, task=True, points=1.0)
RELEASED = [ANSWER, CHECK, ESSAY, TASK]


def as_released():
    cells = []
    for cell in RELEASED:
        make = new_code_cell if cell.cell_type == "code" else new_markdown_cell
        cells.append(make(cell.source, metadata={"nbgrader": cell.nbgrader_metadata}))
    return nbformat.from_dict(new_notebook(cells=cells))


def sources(notebook):
    return [cell.source for cell in notebook.cells]


def test_a_sound_notebook_stays_as_it_is():
    notebook = as_released()
    assert repair(notebook, RELEASED) == []
    assert sources(notebook) == sources(as_released())


def test_the_half_that_holds_work_keeps_the_name_of_a_split_cell():
    notebook = as_released()
    notebook.cells[0].source = "x = 1"
    for index, rest in ((1, ""), (2, "x += 1"), (3, "pass")):
        notebook.cells.insert(index, new_code_cell(rest, metadata=role("answer", solution=True)))
    repair(notebook, RELEASED)
    assert sources(notebook)[:4] == ["x = 1", "", "x += 1", "pass"]
    assert [claimed_name(cell) for cell in notebook.cells[:4]] == [None, None, "answer", None]


def test_deleted_cells_come_back_in_their_places():
    notebook = as_released()
    del notebook.cells[1:]
    notes = repair(notebook, RELEASED)
    assert [claimed_name(cell) for cell in notebook.cells] == ["answer", "check", "essay", "task"]
    assert notes == ["check was missing", "essay was missing", "task was missing"]


def test_without_any_name_the_tests_come_after_all_of_the_work():
    notebook = as_released()
    for cell in notebook.cells:
        del cell.metadata["nbgrader"]
    notebook.cells[0].source = "x = 1"
    repair(notebook, RELEASED)
    assert sources(notebook)[:4] == ["x = 1", "1 + 1", "Write here.", "Do this."]
    assert [claimed_name(cell) for cell in notebook.cells[4:]] == ["check", "essay", "task"]


def test_an_essay_that_was_deleted_is_left_to_the_instructor():
    notebook = as_released()
    del notebook.cells[2]
    repair(notebook, RELEASED)
    assert sources(notebook)[2] == "This cell was missing from the submission and was put back.\n\nWrite here."


def test_retyped_cells_get_their_type_back_and_keep_the_students_text():
    notebook = as_released()
    notebook.cells[0] = new_markdown_cell("x = 1", metadata=role("answer", solution=True))
    notebook.cells[2] = new_code_cell("Because …", metadata=role("essay", grade=True, solution=True))
    repair(notebook, RELEASED)
    assert [cell.cell_type for cell in notebook.cells] == ["code", "code", "markdown", "markdown"]
    assert sources(notebook)[::2] == ["x = 1", "Because …"]


def test_pictures_in_an_essay_stay():
    notebook = as_released()
    notebook.cells[2].attachments = {"a.png": {"image/png": "AAAA"}}
    repair(notebook, RELEASED)
    assert notebook.cells[2].attachments == {"a.png": {"image/png": "AAAA"}}


names = st.sampled_from([*(cell.name for cell in RELEASED), "mine", "", "check "])
odd = st.none() | st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2) | names
metadata = st.dictionaries(
    st.sampled_from(["grade_id", "grade", "solution", "locked", "task", "points", "schema_version", "checksum"]),
    odd | st.booleans() | st.sampled_from([1, 3, 4]),
)  # fmt: skip
cells = st.builds(
    lambda make, source, claim: make(source, metadata={} if claim is ... else {"nbgrader": claim}),
    st.sampled_from([new_code_cell, new_markdown_cell, nbformat.v4.new_raw_cell]),
    st.sampled_from(["", "pass", "x = 1", "1 + 1"]),
    metadata | odd | st.just(...) | st.builds(lambda name: {"grade_id": name}, names),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(cells, max_size=8))
def test_whatever_was_handed_in_the_instructors_cells_are_the_gradebooks(handed_in):
    notebook = nbformat.from_dict(new_notebook(cells=handed_in))
    work = {cell.source for cell in handed_in if claimed_name(nbformat.from_dict(cell)) not in ("check", "task")}
    repair(notebook, RELEASED)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    by_name = {claimed_name(cell): cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    assert {"check", "essay", "task"} <= by_name.keys() <= {cell.name for cell in RELEASED}
    assert len(by_name) == sum("nbgrader" in cell.metadata for cell in notebook.cells)
    for cell in RELEASED:
        if cell.name in by_name:
            assert by_name[cell.name].metadata.nbgrader == cell.nbgrader_metadata
            assert by_name[cell.name].cell_type == cell.cell_type
    assert (by_name["check"].source, by_name["task"].source) == (CHECK.source, TASK.source)
    assert work <= set(sources(notebook))  # nothing that a student wrote is lost
    assert repair(notebook, RELEASED) == []


HIDDEN = "a\n### BEGIN HIDDEN TESTS\nb\n### END HIDDEN TESTS\nc"


def test_hidden_tests_are_taken_out_of_test_cells_only():
    theirs = "### BEGIN HIDDEN TESTS\nnever ends"
    cells = [
        new_code_cell(HIDDEN, metadata=role("check", grade=True, locked=True)),
        new_code_cell(theirs, metadata=role("answer", solution=True)),
        new_markdown_cell(theirs, metadata=role("essay", grade=True, solution=True)),
        new_code_cell(theirs),
    ]
    notebook, _ = HideTests().preprocess(nbformat.from_dict(new_notebook(cells=cells)), {})
    assert sources(notebook) == ["a\nc", theirs, theirs, theirs]


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"cells": 5}', '{"cells": [5]}', "\ud800", "[" * 9999])
def test_what_is_no_notebook_is_read_as_an_empty_one(text):
    assert sources(read_leniently(io.StringIO(text))) == [
        "This notebook could not be read, and was marked as an empty one."
    ]


def test_a_file_that_is_no_text_is_read_as_an_empty_notebook(tmp_path):
    (tmp_path / "a.ipynb").write_bytes(b"\xff\xfe\x00")
    with (tmp_path / "a.ipynb").open(encoding="utf-8") as file:
        assert len(read_leniently(file).cells) == 1


def test_of_a_damaged_notebook_the_cells_are_saved():
    damaged = {
        "nbformat": 99,
        "metadata": {"language": 5},
        "cells": [
            {"cell_type": "code", "source": ["x = 1\n", "y = 2"], "outputs": "none", "id": "not valid!"},
            {"cell_type": "markdown", "source": "Because …", "metadata": {"nbgrader": {"grade_id": "essay"}}},
            {"cell_type": "chart", "metadata": 5},
        ],
    }
    notebook = read_leniently(io.StringIO(json.dumps(damaged)))
    nbformat.validate(notebook)
    assert sources(notebook) == ["x = 1\ny = 2", "Because …", ""]
    assert claimed_name(notebook.cells[1]) == "essay"


@pytest.mark.filterwarnings("ignore:Cell is missing an id field")
def test_a_sound_notebook_keeps_its_attachments_and_loses_its_settings():
    notebook = as_released()
    notebook.cells[2].attachments = {"a.png": {"image/png": "AAAA"}}
    notebook.metadata = {"language": 5, "kernelspec": {"name": "python3", "display_name": "Python 3"}}
    for minor, with_ids in ((5, True), (5, False), (4, False)):
        content = json.loads(nbformat.writes(notebook)) | {"nbformat_minor": minor}
        for cell in content["cells"]:
            if not with_ids:
                del cell["id"]
        read = read_leniently(io.StringIO(json.dumps(content)))
        assert read.cells[2].attachments == notebook.cells[2].attachments
        assert set(read.metadata) == {"kernelspec"}


# --- the same through nbgrader ------------------------------------------------------------------------


def split_and_newer(notebook):
    """A cell split in two, metadata of a later nbgrader, and a kernel that is not there."""
    answered(notebook)
    index = notebook.cells.index(named(notebook, "function"))
    notebook.cells.insert(index + 1, new_code_cell("later = 1", metadata=role("function", solution=True)))
    for cell in notebook.cells:
        cell.metadata["nbgrader"] |= {"schema_version": 4, "colour": "red"}
    notebook.metadata["kernelspec"] = {"name": "../../elsewhere", "display_name": "Elsewhere"}


def stripped(notebook):
    answered(notebook)
    for cell in notebook.cells:
        cell.metadata = {}


def without_tests(notebook):
    answered(notebook)
    notebook.cells = [cell for cell in notebook.cells if not claimed_name(cell).endswith(("-test", "essay"))]


BROKEN = {"split-and-newer": split_and_newer, "stripped": stripped, "without-tests": without_tests}


@pytest.fixture(scope="module")
def marked(make_course):
    """The class, marked while an event loop is running, as it is when formgrader's button starts it."""
    course = make_course()
    for name, edit in BROKEN.items():
        course.submit(name, edit, saved=RIGHT_CHOICE)
    course.submit("corrupt", text='{"cells": [', saved=RIGHT_CHOICE)
    course.submit("untouched")

    async def press_the_button():
        course.run("autograde")

    asyncio.run(press_the_button())
    course.run("generate_feedback")
    return course


@pytest.mark.parametrize("student", BROKEN)
def test_a_broken_structure_costs_no_points(marked, student):
    assert list(marked.grades(student).values()) == [2, 3, 1, None]


def test_of_a_notebook_that_cannot_be_read_the_saved_answers_still_count(marked):
    assert list(marked.grades("corrupt").values()) == [0, 0, 1, None]
    assert "could not be read" in marked.feedback("corrupt")


def test_an_untouched_assignment_earns_nothing(marked):
    assert list(marked.grades("untouched").values()) == [0, 0, 0, 0]


def test_feedback_on_repaired_notebooks_keeps_the_hidden_tests(marked):
    for student in [*BROKEN, "corrupt", "untouched"]:
        assert str(HIDDEN_INPUT) not in marked.feedback(student)


def test_the_students_own_text_is_in_the_marked_notebook(marked):
    for student in BROKEN:
        assert RIGHT_FUNCTION in sources(marked.marked(student))
