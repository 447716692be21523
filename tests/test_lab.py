from __future__ import annotations

import functools
import json
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools.lab import COURSE_ID, environment, main

CONFIG = "from pathlib import Path\nc = get_config()\nc.CourseDirectory.root = str(Path(__file__).parent)\n"
needs_exchange = pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange needs Linux or macOS")


def write(path: Path, *sources: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=[new_markdown_cell(source) for source in sources]), path)


def text(path: Path) -> str:
    return str(nbformat.read(path, as_version=4).cells[0].source)


def write_assignment(project: Path, *, questions: int = 1, hint: str = "") -> None:
    cells = [new_markdown_cell(f"Add them up. {hint}")]
    for number in range(questions):
        settings = {"schema_version": 3, "grade": False, "locked": False, "solution": False, "task": False}
        solution = {**settings, "grade_id": f"q{number}", "solution": True}
        test = {**settings, "grade_id": f"q{number}-test", "grade": True, "locked": True, "points": 2}
        answer = "### BEGIN SOLUTION\ntotal = sum([1, 2])\n### END SOLUTION"
        cells += [
            new_code_cell(answer, metadata={"nbgrader": solution}),
            new_code_cell("assert total == 3", metadata={"nbgrader": test}),
        ]
    path = project / "assignments/source/m03_sums/m03_sums.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=kernel), path)


@pytest.fixture(autouse=True)
def restored_environment(tmp_path: Path) -> Iterator[None]:
    with patch.dict(os.environ, {"HOME": str(tmp_path), "JUPYTER_CONFIG_DIR": str(tmp_path / "jupyter")}):
        yield


@pytest.fixture(scope="module", autouse=True)
def quick_gradebook() -> Iterator[None]:
    """Ask for the version of the gradebook's format once: nbgrader starts a program of five seconds each time."""
    from nbgrader.api import get_alembic_version

    with patch("nbgrader.api.get_alembic_version", functools.cache(get_alembic_version)):
        yield


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    write(project / "notebooks/00_start_here.ipynb", "Welcome")
    write(project / "notebooks/m03_segments.ipynb", "Segments")
    (project / "assignments").mkdir()
    (project / "assignments/nbgrader_config.py").write_text(CONFIG)
    return project


def prepare(project: Path) -> Path:
    assert main(["--prepare-only"], project) == 0
    return project / "classroom"


# --- copies -----------------------------------------------------------------------------------------------------------


def test_a_first_start_brings_lessons_and_the_course_config(project: Path) -> None:
    classroom = prepare(project)
    assert text(classroom / "00_start_here.ipynb") == "Welcome"
    assert text(classroom / "m03_segments.ipynb") == "Segments"
    assert (classroom / "course/nbgrader_config.py").read_text() == CONFIG


def test_preparing_leaves_the_project_as_it_was(project: Path, tmp_path: Path) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}

    before = files()
    assert main(["--prepare-only", "--classroom", str(tmp_path / "elsewhere")], project) == 0
    assert files() == before


def test_a_lesson_that_nobody_changed_gets_its_newer_version(project: Path) -> None:
    prepare(project)
    write(project / "notebooks/m03_segments.ipynb", "Segments, second edition")
    assert text(prepare(project) / "m03_segments.ipynb") == "Segments, second edition"


def test_a_lesson_that_was_only_run_gets_its_newer_version(project: Path) -> None:
    lesson = project / "notebooks/m03_segments.ipynb"
    nbformat.write(new_notebook(cells=[new_code_cell("1 + 1")]), lesson)
    mine = prepare(project) / "m03_segments.ipynb"
    run = nbformat.read(mine, as_version=4)
    run.cells[0].outputs = [new_output("stream", text="2")]
    run.cells[0].execution_count = 1
    run.metadata["language_info"] = {"name": "python", "version": "3.12.0"}
    nbformat.write(run, mine)

    prepare(project)
    assert nbformat.read(mine, as_version=4).cells[0].outputs, "without a newer version the results stay"

    write(lesson, "Segments, second edition")
    prepare(project)
    assert text(mine) == "Segments, second edition"


def test_a_changed_lesson_stays_and_its_newer_version_lies_beside_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    classroom = prepare(project)
    write(classroom / "m03_segments.ipynb", "My notes")
    capsys.readouterr()
    prepare(project)
    assert "m03_segments" not in capsys.readouterr().out, "without a newer version there is nothing to say"

    write(project / "notebooks/m03_segments.ipynb", "Segments, second edition")
    prepare(project)
    assert "Its new version is m03_segments.new.ipynb" in capsys.readouterr().out
    assert text(classroom / "m03_segments.ipynb") == "My notes"
    assert text(classroom / "m03_segments.new.ipynb") == "Segments, second edition"

    prepare(project)
    assert "m03_segments" not in capsys.readouterr().out, "once is enough"


def test_a_third_version_replaces_the_second_unless_that_was_changed_too(project: Path) -> None:
    classroom = prepare(project)
    write(classroom / "m03_segments.ipynb", "My notes")
    for edition in ["second", "third"]:
        write(project / "notebooks/m03_segments.ipynb", edition)
        prepare(project)
    assert text(classroom / "m03_segments.new.ipynb") == "third"

    write(classroom / "m03_segments.new.ipynb", "More notes")
    write(project / "notebooks/m03_segments.ipynb", "fourth")
    prepare(project)
    assert text(classroom / "m03_segments.ipynb") == "My notes"
    assert text(classroom / "m03_segments.new.ipynb") == "More notes"
    assert text(classroom / "m03_segments.new2.ipynb") == "fourth"


def test_a_deleted_lesson_comes_back(project: Path) -> None:
    (prepare(project) / "m03_segments.ipynb").unlink()
    assert text(prepare(project) / "m03_segments.ipynb") == "Segments"


@pytest.mark.parametrize("damage", ["", "{", "[]"])
def test_a_damaged_manifest_costs_nobody_a_file(project: Path, damage: str) -> None:
    classroom = prepare(project)
    write(classroom / "m03_segments.ipynb", "My notes")
    (classroom / ".copied.json").write_text(damage)
    prepare(project)
    assert text(classroom / "m03_segments.ipynb") == "My notes"
    assert text(classroom / "m03_segments.new.ipynb") == "Segments"
    assert not (classroom / "00_start_here.new.ipynb").exists()


def test_a_damaged_notebook_of_a_student_stays_as_it_is(project: Path) -> None:
    classroom = prepare(project)
    (classroom / "m03_segments.ipynb").write_text('{"cells": 3}')
    write(project / "notebooks/m03_segments.ipynb", "Segments, second edition")
    prepare(project)
    assert (classroom / "m03_segments.ipynb").read_text() == '{"cells": 3}'


def test_saved_answers_and_own_notebooks_are_left_alone(project: Path) -> None:
    classroom = prepare(project)
    write(classroom / "mine.ipynb", "Mine")
    (classroom / "answers").mkdir()
    (classroom / "answers/m03-q1.json").write_text("{}")
    prepare(project)
    assert text(classroom / "mine.ipynb") == "Mine"
    assert (classroom / "answers/m03-q1.json").read_text() == "{}"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_classroom_is_closed_to_other_people_of_the_machine(project: Path) -> None:
    assert stat.S_IMODE(prepare(project).stat().st_mode) == 0o700


def test_a_project_without_notebooks_says_how_to_build_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tmp_path) == 1
    assert "has no notebooks to open. Run: make notebooks" in capsys.readouterr().err


def test_a_classroom_that_cannot_be_written_is_an_error_with_its_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "classroom").write_text("a file is in the way")
    assert main(["--prepare-only"], project) == 1
    assert str(project / "classroom") in capsys.readouterr().err


# --- assignments ------------------------------------------------------------------------------------------------------


@needs_exchange
def test_an_assignment_is_handed_out_once_and_without_its_solution(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_assignment(project)
    classroom = prepare(project)
    assert "Assignment m03_sums is ready." in capsys.readouterr().out
    handed_out = classroom / "exchange" / COURSE_ID / "outbound/m03_sums/m03_sums.ipynb"
    assert "total = sum" not in handed_out.read_text()
    assert "assert total == 3" in handed_out.read_text()

    with patch("nbgrader.apps.api.NbGraderAPI", side_effect=AssertionError("nothing has changed")):
        prepare(project)


@needs_exchange
def test_a_newer_version_is_handed_out_and_marks_stay(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from nbgrader.api import Gradebook

    write_assignment(project)
    classroom = prepare(project)
    address = f"sqlite:///{classroom}/course/gradebook.db"
    with Gradebook(address) as gradebook:
        gradebook.add_student("amy")
        gradebook.add_submission("m03_sums", "amy")
        gradebook.find_grade("q0-test", "m03_sums", "m03_sums", "amy").manual_score = 1.5
        gradebook.db.commit()
    submission = classroom / "exchange" / COURSE_ID / "inbound/amy+m03_sums+2026-01-01 10:00:00 UTC+x/m03_sums.ipynb"
    write(submission, "Amy's work")

    write_assignment(project, hint="Use sum.")
    prepare(project)
    assert "m03_sums has a new version" in capsys.readouterr().out
    assert "Use sum." in (classroom / "exchange" / COURSE_ID / "outbound/m03_sums/m03_sums.ipynb").read_text()
    assert text(submission) == "Amy's work"

    # nbgrader refuses to add a question once somebody has handed in
    write_assignment(project, questions=2)
    prepare(project)
    assert "any earlier version stays as it is. Cannot add or remove cells" in capsys.readouterr().out
    for version in [f"exchange/{COURSE_ID}/outbound", "course/release"]:
        assert "Use sum." in (classroom / version / "m03_sums/m03_sums.ipynb").read_text()
    with Gradebook(address) as gradebook:
        assert gradebook.find_submission("m03_sums", "amy").score == 1.5


@needs_exchange
def test_an_assignment_that_was_taken_back_stays_so_until_it_changes(project: Path) -> None:
    write_assignment(project)
    classroom = prepare(project)
    handed_out = classroom / "exchange" / COURSE_ID / "outbound/m03_sums/m03_sums.ipynb"
    handed_out.unlink()
    handed_out.parent.rmdir()
    prepare(project)
    assert not handed_out.exists()
    write_assignment(project, hint="Use sum.")
    prepare(project)
    assert handed_out.exists()


@needs_exchange
def test_the_new_version_of_a_changed_assignment_is_no_second_notebook_of_it(project: Path) -> None:
    write_assignment(project)
    classroom = prepare(project)
    source = classroom / "course/source/m03_sums"
    notebook = nbformat.read(source / "m03_sums.ipynb", as_version=4)
    notebook.cells[0].source = "The instructor's words"
    nbformat.write(notebook, source / "m03_sums.ipynb")
    write_assignment(project, hint="Use sum.")
    prepare(project)
    assert [path.name for path in source.iterdir()] == ["m03_sums.ipynb"]
    assert text(source / "m03_sums.ipynb") == "The instructor's words"
    assert "Use sum." in text(classroom / "course/newer/source/m03_sums/m03_sums.new.ipynb")


# --- starting ---------------------------------------------------------------------------------------------------------


def test_nbgrader_finds_the_classroom_from_any_folder(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nbgrader.apps import NbGrader
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange.default import Exchange

    classroom = prepare(project)
    monkeypatch.chdir(tmp_path)
    app = NbGrader()
    app.load_config_file()
    course, exchange = CourseDirectory(config=app.config), Exchange(config=app.config)
    assert (course.course_id, course.root) == (COURSE_ID, str(classroom / "course"))
    assert course.db_url == f"sqlite:///{classroom / 'course' / 'gradebook.db'}"
    assert (exchange.root, exchange.assignment_dir) == (str(classroom / "exchange"), str(classroom))
    assert Path(exchange.cache).is_relative_to(classroom)


def test_the_settings_of_the_classroom_come_before_the_users_own(tmp_path: Path) -> None:
    given = {"PATH": "/usr/bin", "JUPYTER_CONFIG_PATH": "/mine", "LANG": "C"}
    made = environment(tmp_path, given)
    assert made["PATH"].split(os.pathsep) == [str(Path(sys.executable).parent), "/usr/bin"]
    assert made["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [str(tmp_path / ".jupyter"), "/mine"]
    assert made["LANG"] == "C"
    assert environment(tmp_path, {})["JUPYTER_CONFIG_PATH"] == str(tmp_path / ".jupyter")


def test_jupyterlab_opens_the_first_notebook_of_the_classroom(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jupyterlab.labapp import LabApp

    started: list[tuple[Path, list[str]]] = []
    monkeypatch.chdir(project)
    monkeypatch.setattr(LabApp, "launch_instance", lambda argv: started.append((Path.cwd(), argv)))
    assert main(["--no-browser", "--port", "8123"], project) == 0
    ((folder, options),) = started
    assert folder == project / "classroom"
    assert {
        f"--ServerApp.root_dir={folder}",
        "--LabApp.default_url=/lab/tree/00_start_here.ipynb",
        "--no-browser",
        "--port=8123",
    } <= set(options)
    assert not any("token" in option for option in options), "the server keeps its own token"


def test_jupyterlab_asks_nobody_for_news(project: Path) -> None:
    from jupyterlab_server.settings_utils import _get_overrides

    classroom = prepare(project)
    settings = classroom / ".jupyter/labconfig/default_setting_overrides.json"
    assert json.loads(settings.read_text()).keys() == {
        "@jupyterlab/apputils-extension:notification",
        "@jupyterlab/apputils-extension:kernels-settings",
    }
    overrides, error = _get_overrides(str(classroom / "no such folder"))
    assert not error
    assert overrides["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
