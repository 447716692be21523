"""The whole way of an assignment through nbgrader: released, fetched, validated, submitted, marked, returned.

Three students: one is right, one has half of it, one hands in what was released. The first goes through the
exchange, which knows her by her account on this machine.
"""

import csv
import getpass
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tests.grading.conftest import HIDDEN_INPUT, RIGHT_CHOICE, answered, named

RIGHT = getpass.getuser()


def exchange(course, step):
    """Run a step of nbgrader's exchange in this process, as whoever runs the tests."""
    from nbgrader.auth import Authenticator
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange import default

    config = course.config
    folder = CourseDirectory(config=config, assignment_id="ps1")
    getattr(default, step)(coursedir=folder, authenticator=Authenticator(config=config), config=config).start()


def validate(notebook):
    """What the Validate button says: nothing where all is well."""
    from nbgrader.validator import Validator

    return Validator().validate(str(notebook))


@pytest.fixture(scope="module")
def loop(make_course, tmp_path_factory):
    """The course after everybody has handed in and everything was marked; with what was validated on the way."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        (home / "exchange").mkdir(mode=0o777)
        (home / "exchange").chmod(0o777)
        patch.setenv("CXUX_EXCHANGE", str(home / "exchange"))
        patch.chdir(home)
        course = make_course()
        exchange(course, "ExchangeReleaseAssignment")
        exchange(course, "ExchangeFetchAssignment")
        mine = home / "ps1"
        course.validated = {"released": validate(mine / "ps1.ipynb")}
        notebook = nbformat.read(mine / "ps1.ipynb", as_version=4)
        answered(notebook)
        nbformat.write(notebook, mine / "ps1.ipynb")
        (mine / "answers").mkdir()
        (mine / "answers" / "ps1-w.json").write_text(RIGHT_CHOICE)
        course.validated["right"] = validate(mine / "ps1.ipynb")
        exchange(course, "ExchangeSubmit")
        exchange(course, "ExchangeCollect")
        course.submit("half", lambda notebook: answered(notebook, function="def double(x):\n    return 8"))
        course.submit("empty")
        run = [Path(sys.executable).with_name("nbgrader"), "autograde", "ps1"]
        course.command = subprocess.run(run, cwd=course.root, capture_output=True, text=True, timeout=120)
        yield course


def test_the_command_alone_marks_the_class(loop):
    assert loop.command.returncode == 0, loop.command.stderr
    assert list(loop.grades(RIGHT).values()) == [2, 3, 1, None]
    assert list(loop.grades("half").values()) == [2, 1, 0, None]
    assert list(loop.grades("empty").values()) == [0, 0, 0, 0]
    outputs = named(loop.marked(RIGHT), "function-test").outputs
    assert [output.output_type for output in outputs] == ["display_data", "execute_result"]  # ours, not nbgrader's


def test_the_released_notebook_holds_neither_solutions_nor_hidden_tests(loop):
    text = nbformat.writes(loop.released())
    assert str(HIDDEN_INPUT) not in text and "2 * x" not in text and "2.5\\n" not in text


def test_validation_passes_a_right_notebook(loop):
    assert loop.validated["right"] == {}


def test_validation_tells_what_is_missing_in_our_words(loop):
    number, function, widget, essay = (cell["raw_error"] for cell in loop.validated["released"]["failed"])
    assert "number: 0 of 2 points so far\n- The mean: ○ Not answered yet." in number
    assert "- Double of 4: ○ Not answered yet." in function
    assert "There is no saved answer yet." in widget
    assert essay == "You did not provide a response."


def test_marks_by_hand_and_late_penalties_are_added_and_stay(loop):
    from datetime import UTC, datetime, timedelta

    from nbgrader.api import Gradebook

    now = datetime.now(UTC).replace(tzinfo=None)
    with Gradebook(loop.database) as gradebook:
        gradebook.update_or_create_assignment("ps1", duedate=now - timedelta(days=1))
        essay = gradebook.find_grade("essay", "ps1", "ps1", "half")
        essay.manual_score, essay.needs_manual_grade = 3, False
        gradebook.db.commit()
    (loop.root / "submitted" / "half" / "ps1" / "timestamp.txt").write_text(f"{now:%Y-%m-%d %H:%M:%S} UTC")
    loop._settings = {"LateSubmissionPlugin": {"penalty_method": "zero"}}
    loop.run("autograde", student="half")
    with Gradebook(loop.database) as gradebook:
        notebook = gradebook.find_submission_notebook("ps1", "ps1", "half")
        assert (notebook.score, notebook.late_submission_penalty) == (6, 6)
        assert gradebook.find_grade("essay", "ps1", "ps1", "half").manual_score == 3


def test_feedback_comes_back_to_the_student_without_hidden_tests(loop):
    loop.run("generate_feedback", student=RIGHT)
    page = loop.feedback(RIGHT)
    assert "function: 3 of 3 points" in page and "Another number" in page
    assert str(HIDDEN_INPUT) not in page and "HIDDEN TESTS" not in page and "unseen" not in page
    exchange(loop, "ExchangeReleaseFeedback")
    exchange(loop, "ExchangeFetchFeedback")
    (fetched,) = Path("ps1", "feedback").rglob("ps1.html")
    assert fetched.read_text(encoding="utf-8") == page


def test_feedback_loads_nothing_from_another_machine(loop):
    loop.run("generate_feedback", student=RIGHT)
    assert not re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']*""", loop.feedback(RIGHT))


def test_what_we_recorded_can_be_exported(loop):
    run = [Path(sys.executable).with_name("nbgrader"), "export"]
    done = subprocess.run(run, cwd=loop.root, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    with (loop.root / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert set(rows) == {RIGHT, "half", "empty"}
    assert [float(rows[RIGHT][column]) for column in ("raw_score", "max_score", "score")] == [6, 10, 6]


NBGRADER_ALONE = {
    "exporter_class": "nbconvert.exporters.NotebookExporter",
    "sanitize_preprocessors": [
        f"nbgrader.preprocessors.{name}"
        for name in ("ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata")
    ],
    "autograde_preprocessors": [
        *(f"nbgrader.preprocessors.{name}" for name in ("Execute", "IgnorePattern")),
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        *(f"nbgrader.preprocessors.{name}" for name in ("LimitOutput", "SaveAutoGrades", "AssignLatePenalties")),
        "nbgrader.preprocessors.CheckCellMetadata",
    ],
}


def test_the_honest_get_the_marks_and_outputs_that_nbgrader_alone_gives(make_course):
    print_mean = "mean = 2.5\nprint('the mean:', mean)\nmean"
    courses = [make_course(), make_course(Autograde=NBGRADER_ALONE)]
    for course in courses:
        course.submit("ann", lambda notebook: answered(notebook, mean=print_mean), saved=RIGHT_CHOICE)
        course.submit("bob", lambda notebook: answered(notebook, function="def double(x):\n    return 8"))
        course.run("autograde")
    ours, alone = courses
    for student in ("ann", "bob"):
        assert ours.grades(student) == alone.grades(student)
        for name in ("number", "function"):
            assert named(ours.marked(student), name).outputs == named(alone.marked(student), name).outputs
    assert list(ours.grades("bob").values()) == [2, 1, 0, None]
