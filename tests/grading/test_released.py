"""Tests of cxux_helpers.grading.released: the gradebook alone says what the instructor's cells are."""

import pytest

from cxux_helpers.grading.released import released_cells
from tests.grading.conftest import HIDDEN_INPUT


@pytest.fixture(scope="module")
def cells(make_course):
    return released_cells({"db_url": make_course().database, "assignment": "ps1", "notebook": "ps1"})


def test_the_cells_come_in_the_order_of_the_notebook(cells):
    names = ["intro", "number", "number-test", "function", "function-test", "widget-test", "essay"]
    assert [cell.name for cell in cells] == names


def test_only_locked_graded_code_is_a_test(cells):
    assert [cell.name for cell in cells if cell.is_test] == ["number-test", "function-test", "widget-test"]


def test_a_test_has_its_hidden_part_and_its_points(cells):
    test = next(cell for cell in cells if cell.name == "function-test")
    assert str(HIDDEN_INPUT) in test.source and test.points == 3


def test_an_answer_has_the_stub_and_not_the_solution(cells):
    function = next(cell for cell in cells if cell.name == "function")
    assert function.source.endswith("pass") and "2 * x" not in function.source
    assert function.points is None and "points" not in function.nbgrader_metadata


def test_the_metadata_are_those_that_nbgrader_checks(cells):
    from nbformat.v4 import new_code_cell, new_markdown_cell
    from nbgrader.nbgraderformat import MetadataValidator
    from nbgrader.utils import compute_checksum

    for released in cells:
        make = new_code_cell if released.cell_type == "code" else new_markdown_cell
        cell = make(released.source, metadata={"nbgrader": released.nbgrader_metadata})
        MetadataValidator().validate_cell(cell)
        assert compute_checksum(cell) == released.checksum
