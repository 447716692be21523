"""Tests of the command line of cxux_helpers.grading: what it says while it grades and at its end."""

import logging
from types import SimpleNamespace

import pytest

from cxux_helpers.grading import __main__ as command
from cxux_helpers.grading import foreman
from tests.grading.conftest import RIGHT_CHOICE, answered

CLASS = SimpleNamespace(assignments={"one": [], "two": []})


def told(level, text):
    progress = command._Progress(CLASS)
    progress.emit(logging.LogRecord("x", level, "", 0, text, None, None))
    return progress


@pytest.mark.parametrize(
    ("done", "line"),
    [(0, f"[{'.' * 30}] 0 of 2  ann"), (1, f"[{'#' * 15}{'.' * 15}] 1 of 2  ann"), (2, f"[{'#' * 30}] 2 of 2  ann")],
)
def test_the_line_grows_with_the_run(done, line):
    assert command.progress(done, 2, "ann") == line


def test_a_class_of_nobody_is_done():
    assert command.progress(0, 0, "") == f"[{'#' * 30}] 0 of 0  "


def test_warnings_are_kept_and_all_else_is_not():
    assert told(logging.WARNING, "Repaired the submission of ann: x.").worth_reading == [
        "Repaired the submission of ann: x."
    ]
    assert told(logging.WARNING, "Removing existing assignment: x").worth_reading == []
    assert told(logging.INFO, "Converting notebook x").worth_reading == []
    assert told(logging.INFO, "Sanitizing submitted/ann/ps1/ps1.ipynb").done == 1


def test_a_students_name_does_not_speak_to_the_terminal():
    assert told(logging.WARNING, "submitted/\x1b[2Jann was bad").worth_reading == ["submitted/?[2Jann was bad"]


def test_without_a_sandbox_the_report_says_so(make_course, monkeypatch, capsys):
    course = make_course()
    course.submit("ann", answered, saved=RIGHT_CHOICE)
    monkeypatch.chdir(course.root)
    assert command.main(["ps1", "--no-sandbox"]) == 0
    said = capsys.readouterr().out
    assert "ps1: 1 submissions graded in 0:" in said
    assert command.UNSAFE in said
    assert list(course.grades("ann").values()) == [2, 3, 1, None]


def test_an_assignment_that_is_not_there_is_told_with_a_status(make_course, monkeypatch, capsys):
    monkeypatch.chdir(make_course().root)
    assert command.main(["ps9", "--no-sandbox"]) == 1
    assert "ps9" in capsys.readouterr().out


def test_a_foreman_who_made_ready_for_others_is_sent_away(monkeypatch):
    made = []

    class Foreman:
        def __init__(self, ready):
            self.ready, self.stopped = ready, False
            made.append(self)

        def stop(self):
            self.stopped = True

    monkeypatch.setattr(foreman, "Foreman", Foreman)
    foreman.begin_early(2)
    assert foreman.foreman_for(2) is made[0]
    foreman.begin_early(2)
    assert foreman.foreman_for(3).ready == 3
    assert [one.stopped for one in made] == [False, True, False]
