"""Tests of cxux_helpers.grading.whole_class, .connection and of working ahead: what a whole run has in common."""

from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory

from cxux_helpers.grading.connection import one_connection
from cxux_helpers.grading.crew import Crew
from cxux_helpers.grading.whole_class import student_of
from tests.grading.conftest import RIGHT_CHOICE, answered
from tests.grading.test_corpus import needs_sandbox


@pytest.mark.parametrize("copying", [True, False])
def test_a_students_name_is_known_while_files_are_copied_and_while_they_are_marked(tmp_path, copying):
    course = CourseDirectory(root=str(tmp_path), assignment_id="ps1")
    converter = Autograde(coursedir=course)
    converter._sanitizing = copying
    assert student_of(converter, str(tmp_path / "submitted" / "ann" / "ps1")) == "ann"
    assert student_of(converter, str(tmp_path / "elsewhere" / "ann")) == ""


def test_the_next_submissions_are_begun_before_the_first_is_recorded(make_course, monkeypatch):
    needs_sandbox()
    course = make_course(MarkOutside={"workers": 2})
    for name in ("ann", "bob", "eve"):
        course.submit(name, answered, saved=RIGHT_CHOICE)
    events = []
    begin, result = Crew.begin, Crew.result
    monkeypatch.setattr(
        Crew, "begin", lambda crew, task: (events.append(("begin", task.student)), begin(crew, task))[1]
    )
    monkeypatch.setattr(
        Crew, "result", lambda crew, task: (events.append(("result", task.student)), result(crew, task))[1]
    )
    course.run("autograde")
    first_result = events.index(("result", "ann"))
    assert {student for what, student in events[:first_result] if what == "begin"} == {"ann", "bob", "eve"}
    assert [list(course.grades(name).values()) for name in ("ann", "bob", "eve")] == [[2, 3, 1, None]] * 3


def test_one_connection_serves_a_run_and_no_longer(tmp_path):
    address = f"sqlite:///{tmp_path / 'gradebook.db'}"
    opening = Gradebook.__init__
    with one_connection():
        with Gradebook(address, "cxux") as first:
            first.add_assignment("ps1")
        with Gradebook(address, "cxux") as second:
            assert second.engine is first.engine
            assert [assignment.name for assignment in second.assignments] == ["ps1"]
        with Gradebook(address) as other:  # of another course
            assert other.course_id == "default_course"
    assert Gradebook.__init__ is opening
    with Gradebook(address, "cxux") as later:
        assert later.engine is not first.engine
        assert [assignment.name for assignment in later.assignments] == ["ps1"]
    assert Path(tmp_path / "gradebook.db").exists()
