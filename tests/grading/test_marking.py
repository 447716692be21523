"""Tests of cxux_helpers.grading.marking: a test cell runs alone, and its own faults are the instructor's to see."""

from pathlib import Path

import pytest

from cxux_helpers.grading.asking import ask
from cxux_helpers.grading.marking import TestCellFault, mark_here

CELL = """
from cxux_helpers.checks import check_number
from cxux_helpers.grading import Question, ask

q = Question("q", points=2)
q.check("The mean", check_number(ask("mean"), 2.5, tolerance=0))
q.mark()
"""


class World:
    folder = Path()

    def evaluate(self, expression):
        return "answer 2.5" if expression == "mean" else 'error ["missing", ""]'


def test_a_test_cell_gives_marks():
    marks = mark_here(CELL, "q-test", World())
    assert (marks.earned, marks.points) == (2, 2)


def test_each_cell_has_names_of_its_own():
    mark_here(CELL, "one", World())
    with pytest.raises(TestCellFault, match="NameError: name 'q' is not defined"):
        mark_here("q.mark()", "two", World())


def test_the_world_is_asked_only_while_the_cell_runs():
    mark_here(CELL, "q-test", World())
    assert ask("mean") != 2.5


def test_a_cell_finds_the_instructors_files_beside_it(tmp_path):
    (tmp_path / "key.txt").write_text("2.5")
    source = CELL.replace("2.5", "float(open('key.txt').read())")
    assert mark_here(source, "q-test", World(), tmp_path).earned == 2
    assert Path.cwd() != tmp_path


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("1/0\n" + CELL, 'File "<test cell q-test>", line 1.*1/0.*ZeroDivisionError: division by zero'),
        ("q = (", "SyntaxError"),
        ("raise SystemExit", "SystemExit"),
        (CELL.replace("q.mark()", ""), "must check something, and end with the mark"),
        (CELL + "x = 1", "must check something, and end with the mark"),
        ("from cxux_helpers.grading import Question\nQuestion('q', 2).mark()", "must check something"),
        ("", "must check something"),
        ("assert 1 == 1", "must check something"),
        ("2.0", "must check something"),
    ],
)
def test_a_cell_with_a_fault_gives_no_marks(source, says):
    with pytest.raises(TestCellFault, match=f"(?s){says}"):
        mark_here(source, "q-test", World())


def test_what_a_cell_prints_is_not_for_the_terminal(capsys):
    mark_here("print('key')\n" + CELL, "q-test", World())
    assert capsys.readouterr().out == ""
