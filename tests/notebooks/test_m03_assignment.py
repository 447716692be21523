"""The assignment of m03: its form, its key, its marks for right and wrong answers, and its way through nbgrader."""

import csv
import datetime as dt
import functools
import os
import re
import shutil
import sys
from collections import defaultdict
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import cxux_helpers as cx
from cxux_helpers.answers import AnswerFile
from cxux_helpers.grading.asking import reply
from cxux_helpers.grading.marking import mark_here
from tests.notebooks.course import MODULES, PROJECT, assignment
from tests.notebooks.m03_wrong_answers import WRONG_ANSWERS

NAME = "m03_segmentation"
SOURCE = PROJECT / "assignments" / "source" / NAME
NOTEBOOK = assignment("m03")
AUTOMATIC, BY_HAND = 18, 2
WITH_CODE = ("q2", "q3", "q4")

GRADED = {
    cell.metadata.nbgrader.grade_id: cell for cell in NOTEBOOK.cells if cell.metadata.get("nbgrader", {}).get("grade")
}
CHECKS = {name: cell for name, cell in GRADED.items() if cell.cell_type == "code"}


@functools.cache
def orders():
    return pd.read_csv(SOURCE / "orders.csv", parse_dates=["date"])


REGION = r"### BEGIN (?:SOLUTION|HIDDEN TESTS)\n(.*?)### END (?:SOLUTION|HIDDEN TESTS)"


def _regions(notebook):
    return [region for cell in notebook.cells for region in re.findall(REGION, cell.source, re.DOTALL)]


class Work:
    """A student's work without a kernel: the names of the notebook, and its folder with saved answers."""

    def __init__(self, folder: Path, names: dict | None = None):
        self.folder = folder
        self._names = names or {}

    def evaluate(self, expression):
        return reply(expression, self._names)


def marks(question: str, work: Work):
    """Mark one question as at autograde: in the instructor's folder, hidden tests included."""
    return mark_here(CHECKS[f"m03-{question}-check"].source, question, work, SOURCE)


# --- form -------------------------------------------------------------------------------------------------------


def test_no_saved_answer_stands_in_the_sources():
    # nbgrader would copy it over the answer of every student.
    assert list((PROJECT / "assignments").glob("source/**/answers*")) == []
    assert sorted(path.name for path in SOURCE.glob("[!.]*")) == [f"{NAME}.ipynb", "orders.csv"]


def test_nine_questions_are_worth_twenty_points():
    assert list(GRADED) == [*(f"m03-q{n}-check" for n in range(1, 9)), "m03-q9"]
    assert sum(cell.metadata.nbgrader.points for cell in GRADED.values()) == AUTOMATIC + BY_HAND == 20


def test_each_heading_states_the_points_of_its_question():
    prose = "\n".join(cell.source for cell in NOTEBOOK.cells if cell.cell_type == "markdown")
    stated = re.findall(r"^## Question (\d): .+ \((\d) points?\)$", prose, re.MULTILINE)
    assert [int(points) for _, points in stated] == [cell.metadata.nbgrader.points for cell in GRADED.values()]
    assert [int(number) for number, _ in stated] == list(range(1, 10))


def test_every_check_is_locked_and_only_the_last_question_is_read_by_a_person():
    assert [cell.metadata.nbgrader.locked for cell in CHECKS.values()] == [True] * 8
    by_hand = [name for name, cell in GRADED.items() if cell.metadata.nbgrader.solution]
    assert by_hand == ["m03-q9"]


def test_every_graded_cell_names_concepts_of_the_syllabus_and_none_is_left_out():
    tagged = {
        name: {tag.removeprefix("grades:") for tag in cell.metadata.tags if tag.startswith("grades:")}
        for name, cell in GRADED.items()
    }
    assert all(tagged.values())
    assert set().union(*tagged.values()) == set(MODULES["m03"]["concepts"])


def test_no_exercise_holds_a_key_outside_the_solutions():
    for cell in NOTEBOOK.cells:
        given = re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", cell.source, flags=re.DOTALL)
        if "exercises." in given:
            assert not re.search(r"\b(key|key_reason|why_k|why|goal|mistakes)=|\blambda\b", given)


# --- the key ----------------------------------------------------------------------------------------------------


def test_the_numbers_of_question_2_agree_with_a_count_in_plain_python(tmp_path):
    with (SOURCE / "orders.csv").open(encoding="utf-8", newline="") as file:
        rows = dict.fromkeys(tuple(row.values()) for row in csv.DictReader(file))  # each row once
    customer_of, day_of, cents = {}, {}, defaultdict(int)
    for order, customer, date, amount in rows:
        if customer:
            customer_of[order] = int(customer)
            day_of[order] = min(day_of.get(order, dt.date.max), dt.date.fromisoformat(date))
            cents[order] += round(100 * float(amount))
    left = [order for order in cents if cents[order] > 0]
    spent = defaultdict(int)
    for order in left:
        spent[customer_of[order]] += cents[order]
    totals = sorted(spent.values(), reverse=True)
    assert len(totals) % 5 == 0, "a fifth of the customers should be a whole number of them"

    days = pd.to_datetime([day_of[order] for order in left])
    last_day = max(day_of[order] for order in left if customer_of[order] == 1522)
    counted = {
        "clean": pd.DataFrame({"date": days, "amount": [cents[order] / 100 for order in left]}),
        "orders_left": len(left),
        "best_fifth": sum(totals[: len(totals) // 5]) / sum(totals),
        "recency_1522": (dt.date(2026, 1, 1) - last_day).days,
    }
    assert marks("q2", Work(tmp_path, counted)).earned == 2


def test_the_orders_up_to_november_are_as_tidy_as_question_5_says():
    tidy = orders()[lambda table: table["date"] < "2025-12-01"]
    assert not tidy.isna().any(axis=None)
    assert not tidy["order_id"].duplicated().any()
    assert (tidy["amount"] > 0).all()


# --- wrong answers ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The marks of every wrong answer in the bank."""

    def marked(wrong):
        folder, names = tmp_path_factory.mktemp("work"), {"pd": pd, "cx": cx, "orders": orders().copy()}
        if wrong.question in WITH_CODE:
            exec(wrong.work, names)
        elif wrong.work is not None:
            AnswerFile(f"m03-{wrong.question}", folder).save(wrong.work)
        return marks(wrong.question, Work(folder, names))

    return {(wrong.question, wrong.name): marked(wrong) for wrong in WRONG_ANSWERS}


@pytest.mark.parametrize("wrong", WRONG_ANSWERS, ids=lambda wrong: f"{wrong.question} {wrong.name}")
def test_a_wrong_answer_earns_what_it_deserves_and_is_told_why(wrong, told):
    given = told[wrong.question, wrong.name]
    assert given.earned == pytest.approx(wrong.points, abs=0.005)
    assert wrong.says in str(given)


def test_no_two_wrong_answers_are_told_the_same(told):
    assert len({str(given) for given in told.values()}) == len(WRONG_ANSWERS)
    assert len({(wrong.question, wrong.says) for wrong in WRONG_ANSWERS}) == len(WRONG_ANSWERS)


# --- the whole way ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def jupyter(tmp_path_factory):
    """Keep Jupyter's files of this machine out of the tests, and let each kernel use one core."""
    home = tmp_path_factory.mktemp("jupyter")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
            patch.setenv(name, str(home / name.lower()))
        patch.setenv("PATH", f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")  # for alembic
        patch.setenv("OMP_NUM_THREADS", "1")
        yield


@pytest.fixture(scope="module")
def open_notebook(jupyter, tmp_path_factory):
    """The source with its solutions, run from top to bottom in a kernel, in a copy of its folder."""
    folder = tmp_path_factory.mktemp("open")
    shutil.copytree(SOURCE, folder, dirs_exist_ok=True)
    notebook = nbformat.from_dict(NOTEBOOK)
    by_k = "print(int(silhouette.idxmax()), *stability['low'].round(2))"
    notebook.cells.append(nbformat.v4.new_code_cell(by_k))
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return notebook, folder


def test_the_solutions_pass_every_check_in_an_open_notebook(open_notebook):
    notebook, _ = open_notebook
    said = {
        cell.metadata.nbgrader.grade_id: cell.outputs[-1].data["text/plain"].splitlines()[0]
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") in CHECKS
    }
    worth = {name: cell.metadata.nbgrader.points for name, cell in CHECKS.items()}
    assert all(f": {points} of {points} point" in said[name] for name, points in worth.items()), said
    assert sum(worth.values()) == AUTOMATIC


def test_running_the_source_saves_answers_beside_the_copy_that_ran(open_notebook):
    _, folder = open_notebook
    assert sorted(path.stem for path in (folder / "answers").glob("*.json")) == [f"m03-q{n}" for n in (1, 5, 6, 7, 8)]


def test_the_data_bear_out_the_key_of_question_6(open_notebook):
    notebook, _ = open_notebook
    highest_silhouette, *lowest_agreement = map(float, notebook.cells[-1].outputs[-1].text.split())
    assert highest_silhouette == 2
    assert min(lowest_agreement[:3]) > 0.9, "k = 2, 3 and 4 come back in every sample"
    assert max(lowest_agreement[3:]) < 0.75, "k = 5 and 6 do not"


class Class:
    """nbgrader's course folder in which two students hand in: one the solutions, one the untouched release."""

    def __init__(self, root: Path):
        self.root = root
        shutil.copy(PROJECT / "assignments" / "nbgrader_config.py", root)
        shutil.copytree(SOURCE, root / "source" / NAME)
        self._run("GenerateAssignment", "")
        self.release = root / "release" / NAME
        for student, folder in {"solved": SOURCE, "untouched": self.release}.items():
            shutil.copytree(folder, root / "submitted" / student / NAME)
        self._run("Autograde", "*")

    def _run(self, step: str, student: str):
        from nbgrader import converters
        from nbgrader.coursedir import CourseDirectory
        from traitlets.config.loader import PyFileConfigLoader

        config = PyFileConfigLoader("nbgrader_config.py", path=str(self.root)).load_config()
        config.ExecutePreprocessor.timeout = 120  # this machine may be busy
        course = CourseDirectory(config=config, assignment_id=NAME, student_id=student)
        getattr(converters, step)(coursedir=course, config=config, force=True).start()

    def submission(self, gradebook, student: str):
        return gradebook.find_submission_notebook(NAME, NAME, student)

    def gradebook(self):
        from nbgrader.api import Gradebook

        return Gradebook(f"sqlite:///{self.root / 'gradebook.db'}")


@pytest.fixture(scope="module")
def marked_class(jupyter, tmp_path_factory):
    return Class(tmp_path_factory.mktemp("course"))


def test_the_source_earns_all_points_once_a_person_has_read_question_9(marked_class):
    with marked_class.gradebook() as gradebook:
        submission = marked_class.submission(gradebook, "solved")
        assert submission.score == AUTOMATIC
        waiting = [grade for grade in submission.grades if grade.needs_manual_grade]
        assert [grade.name for grade in waiting] == ["m03-q9"]
        waiting[0].manual_score = BY_HAND
        gradebook.db.commit()
        assert marked_class.submission(gradebook, "solved").score == submission.max_score == 20


def test_the_release_earns_nothing_and_leaves_nothing_to_read(marked_class):
    with marked_class.gradebook() as gradebook:
        submission = marked_class.submission(gradebook, "untouched")
        assert submission.score == 0
        assert not submission.needs_manual_grade


def test_the_release_runs_to_its_end_and_holds_no_key(marked_class):
    assert sorted(path.name for path in marked_class.release.iterdir()) == [f"{NAME}.ipynb", "orders.csv"]
    released = "\n".join(cell.source for cell in nbformat.read(marked_class.release / f"{NAME}.ipynb", 4).cells)
    offered = "\n".join(re.sub(REGION, "", cell.source, flags=re.DOTALL) for cell in NOTEBOOK.cells)
    keys = {text for region in _regions(NOTEBOOK) for text in re.findall(r'"([^"\n]{24,})"', region)}
    secret = {text for text in keys if text not in offered}
    assert len(secret) > 50
    assert not [text for text in secret if text in released]
    assert "HIDDEN TESTS" not in released and "SOLUTION" not in released
    run = nbformat.read(marked_class.root / "autograded" / "untouched" / NAME / f"{NAME}.ipynb", as_version=4)
    assert not [o for cell in run.cells for o in cell.get("outputs", []) if o.output_type == "error"]
