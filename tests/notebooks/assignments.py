"""An assignment as the tests use it: its cells, its marks for some work, and its way through nbgrader."""

import functools
import os
import re
import shutil
from importlib import import_module
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from cxux_helpers.answers import AnswerFile
from cxux_helpers.grading.asking import reply
from cxux_helpers.grading.marking import mark_here
from tests.grading_config import write_config
from tests.notebooks.course import MODULES, PROJECT, assignment
from tests.notebooks.wrong_answers import WrongAnswer

REGION = r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END (?:SOLUTION|HIDDEN TESTS)"


class Work:
    """A student's work without a kernel: the names of the notebook, and its folder with saved answers."""

    def __init__(self, folder: Path, names: dict[str, Any] | None = None):
        self.folder = folder
        self._names = names or {}

    def evaluate(self, expression):
        return reply(expression, self._names)


class Assignment:
    """The source of a module's assignment."""

    def __init__(self, module: str):
        self.module = module
        self.name = MODULES[module]["notebook"]
        self.source = PROJECT / "assignments" / "source" / self.name
        self.notebook = assignment(module)
        self.graded = {
            cell.metadata.nbgrader.grade_id: cell
            for cell in self.notebook.cells
            if cell.metadata.get("nbgrader", {}).get("grade")
        }
        self.checks = {name: cell for name, cell in self.graded.items() if cell.cell_type == "code"}
        self.by_hand = [name for name in self.graded if name not in self.checks]
        self.worth = {name: cell.metadata.nbgrader.points for name, cell in self.graded.items()}

    @property
    def automatic(self) -> float:
        """Points that no person has to give."""
        return sum(self.worth[name] for name in self.checks)

    @property
    def files(self) -> list[str]:
        """What lies in its folder, hidden files aside."""
        return sorted(path.name for path in self.source.glob("[!.]*"))

    @property
    def wrong_answers(self) -> list[WrongAnswer]:
        """The bank of this assignment."""
        return import_module(f"tests.notebooks.wrong_answers.{self.module}").WRONG_ANSWERS

    def is_saved(self, question: str) -> bool:
        """Whether a question is answered with an exercise, which saves, and not with code."""
        return f'answer("{self.module}-{question}")' in self.checks[f"{self.module}-{question}-check"].source

    def regions(self) -> list[str]:
        """What students do not get to see: solutions and hidden tests."""
        return [region for cell in self.notebook.cells for region in re.findall(REGION, cell.source, re.DOTALL)]

    def offered(self) -> str:
        """All cells as students get them."""
        return "\n".join(re.sub(REGION, "", cell.source, flags=re.DOTALL) for cell in self.notebook.cells)

    def names(self) -> dict[str, Any]:
        """The names that the first code cell makes, as fresh as after a restart."""
        return {key: value.copy() if isinstance(value, pd.DataFrame) else value for key, value in self._start().items()}

    @functools.cache  # noqa: B019 - an assignment lives as long as the tests
    def _start(self) -> dict[str, Any]:
        first = next(cell for cell in self.notebook.cells if cell.cell_type == "code")
        names: dict[str, Any] = {}
        here = Path.cwd()
        try:
            os.chdir(self.source)
            exec(first.source, names)
        finally:
            os.chdir(here)
        return names

    def marks(self, question: str, work: Work):
        """Mark one question as at autograde: in the instructor's folder, hidden tests included."""
        return mark_here(self.checks[f"{self.module}-{question}-check"].source, question, work, self.source)

    def marks_of(self, wrong: WrongAnswer, folder: Path):
        """Mark an entry of the bank."""
        names = self.names()
        if not self.is_saved(wrong.question):
            exec(wrong.work, names)
        elif wrong.work is not None:
            AnswerFile(f"{self.module}-{wrong.question}", folder).save(wrong.work)
        return self.marks(wrong.question, Work(folder, names))


class Class:
    """nbgrader's course folder in which two students hand in: one the solutions, one the untouched release."""

    def __init__(self, assignment: Assignment, root: Path):
        self.root = root
        self.name = assignment.name
        write_config(root)
        shutil.copytree(assignment.source, root / "source" / self.name)
        self._run("GenerateAssignment", "")
        self.release = root / "release" / self.name
        for student, folder in {"solved": assignment.source, "untouched": self.release}.items():
            shutil.copytree(folder, root / "submitted" / student / self.name)
        self._run("Autograde", "*")

    def _run(self, step: str, student: str):
        from nbgrader import converters
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config.loader import PyFileConfigLoader

        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        config.ExecutePreprocessor.timeout = 120  # this machine may be busy
        course = CourseDirectory(config=config, assignment_id=self.name, student_id=student)
        getattr(converters, step)(coursedir=course, config=config, force=True).start()

    def submission(self, gradebook, student: str):
        return gradebook.find_submission_notebook(self.name, self.name, student)

    def gradebook(self):
        from nbgrader.api import Gradebook

        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}")

    def autograded(self, student: str):
        """A student's notebook after the marking."""
        return nbformat.read(self.root / "autograded" / student / self.name / f"{self.name}.ipynb", as_version=4)
