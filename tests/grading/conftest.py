"""A small course of its own for the tests of grading: one assignment, graded by the course's own configuration."""

import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tests.grading_config import write_config

HIDDEN_INPUT = 74291
"""An input of a hidden test; no student may ever read this number."""

TEST = """\
from cxux_helpers.checks import check_choice, check_number
from cxux_helpers.grading import Question, answer, ask

q = Question("{name}", points={points})
{checks}
q.mark()"""

NUMBER = 'q.check("The mean", check_number(ask("mean"), 2.5, tolerance=0.01, hint="Add, then divide."))'
FUNCTION = f"""\
q.check("Double of 4", check_number(ask("double(4)"), 8, tolerance=0, hint="Twice the number."))
### BEGIN HIDDEN TESTS
unseen = {HIDDEN_INPUT}
q.hidden("Another number", check_number(ask(f"double({{unseen}})"), 2 * unseen, tolerance=0, hint="Twice."), weight=2)
### END HIDDEN TESTS"""
WIDGET = 'q.check("The choice", check_choice(answer("ps1-w"), "b", {"a": "Too early.", "b": "After the visit."}))'

RIGHT_CHOICE = '{"schema": 1, "question": "ps1-w", "answer": "b"}'
RIGHT_FUNCTION = "def double(x):\n    return 2 * x"

QUESTIONS = ["number-test", "function-test", "widget-test", "essay"]


def role(name, **roles):
    """Metadata of a cell that nbgrader knows."""
    given = {"grade": False, "solution": False, "locked": False, "task": False} | roles
    return {"nbgrader": {"schema_version": 3, "grade_id": name, **given}}


def test_cell(name, points, checks):
    source = TEST.format(name=name, points=points, checks=checks)
    return new_code_cell(source, metadata=role(f"{name}-test", grade=True, locked=True, points=points))


def assignment():
    """A notebook with a number, a function, a saved answer and an essay: 2, 3, 1 and 4 points."""
    solved = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
    cells = [
        new_markdown_cell("# Problem set", metadata=role("intro", locked=True)),
        new_code_cell(solved.format("mean = 2.5"), metadata=role("number", solution=True)),
        test_cell("number", 2, NUMBER),
        new_code_cell(solved.format(RIGHT_FUNCTION), metadata=role("function", solution=True)),
        test_cell("function", 3, FUNCTION),
        test_cell("widget", 1, WIDGET),
        new_markdown_cell("Because …", metadata=role("essay", grade=True, solution=True, points=4)),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def named(notebook, name):
    """Return the cell of that name."""
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == name)


def answered(notebook, mean="mean = 2.5", function=RIGHT_FUNCTION, essay="Because it helps."):
    """Fill in a released notebook."""
    named(notebook, "number").source = mean
    named(notebook, "function").source = function
    named(notebook, "essay").source = essay


class Course:
    """A course folder, graded in this process."""

    def __init__(self, root, **settings):
        self.root, self._settings = root, settings
        (root / "source" / "ps1").mkdir(parents=True)
        write_config(root)
        nbformat.write(assignment(), root / "source" / "ps1" / "ps1.ipynb")
        self.run("generate_assignment", student="")

    @property
    def config(self):
        """The course's own settings, and those of this test."""
        from traitlets.config import Config
        from traitlets.config.loader import PyFileConfigLoader

        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        config.merge(Config(self._settings))
        return config

    def run(self, converter, student="*"):
        """Run a step of nbgrader for a student or all; one that raises has given up on somebody."""
        from nbgrader import converters
        from nbgrader.coursedir import CourseDirectory

        kind = {
            "generate_assignment": converters.GenerateAssignment,
            "autograde": converters.Autograde,
            "generate_feedback": converters.GenerateFeedback,
        }[converter]
        config = self.config
        folder = CourseDirectory(config=config, assignment_id="ps1", student_id=student)
        kind(coursedir=folder, config=config, force=True).start()

    def released(self):
        return nbformat.read(self.root / "release" / "ps1" / "ps1.ipynb", as_version=4)

    def submit(self, student, edit=lambda notebook: None, saved=None, text=None):
        """Hand in the released notebook after an edit, a saved choice beside it; or any text in its place."""
        folder = self.root / "submitted" / student / "ps1"
        (folder / "answers").mkdir(parents=True)
        notebook = self.released()
        edit(notebook)
        text = nbformat.writes(notebook) if text is None else text
        (folder / "ps1.ipynb").write_text(text, encoding="utf-8")
        if saved is not None:
            (folder / "answers" / "ps1-w.json").write_text(saved, encoding="utf-8")

    @property
    def database(self):
        return f"sqlite:///{self.root / 'gradebook.db'}"

    def grades(self, student):
        """Points by question; None for what waits for the instructor."""
        from nbgrader.api import Gradebook

        with Gradebook(self.database) as gradebook:
            grades = gradebook.find_submission_notebook("ps1", "ps1", student).grades
            return {g.name: None if g.needs_manual_grade else g.auto_score for g in grades}

    def marked(self, student):
        """Return the marked notebook."""
        return nbformat.read(self.root / "autograded" / student / "ps1" / "ps1.ipynb", as_version=4)

    def said(self, student, name):
        """What the marked notebook says below a cell, as text."""
        outputs = named(self.marked(student), name).outputs
        return "\n".join(o.get("text") or o.get("data", {}).get("text/plain") or o.get("ename") for o in outputs)

    def feedback(self, student):
        """The page that the student gets."""
        return (self.root / "feedback" / student / "ps1" / "ps1.html").read_text(encoding="utf-8")


@pytest.fixture(scope="session", autouse=True)
def _own_jupyter(tmp_path_factory):
    """Keep Jupyter's files of this machine out of the tests, and the tests out of them."""
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")  # for alembic
        patch.delenv("CXUX_EXCHANGE", raising=False)
        yield


@pytest.fixture(scope="module")
def make_course(tmp_path_factory):
    """Make a course, with settings of its own if need be: ``make_course(MarkOutside={"ask_timeout": 1.0})``."""
    return lambda **settings: Course(tmp_path_factory.mktemp("course"), **settings)
