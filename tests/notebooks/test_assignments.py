"""What holds for every assignment: its form, its marks for right and wrong answers, and its way through nbgrader."""

import re
import shutil

import nbformat
import pytest
from nbclient import NotebookClient

from tests.notebooks.assignments import Assignment, Class
from tests.notebooks.course import MODULES, PROJECT, gradable

ASSIGNMENTS = {module: Assignment(module) for module in MODULES}
WRONG = [(module, wrong) for module, given in ASSIGNMENTS.items() for wrong in given.wrong_answers]


@pytest.fixture(scope="module", params=ASSIGNMENTS, ids=str)
def the(request):
    """Each assignment in turn."""
    return ASSIGNMENTS[request.param]


# --- form -------------------------------------------------------------------------------------------------------


def test_no_saved_answer_stands_in_the_sources():
    # nbgrader would copy it over the answer of every student.
    assert list((PROJECT / "assignments").glob("source/**/answers*")) == []


def test_six_to_ten_questions_are_worth_twenty_points(the):
    assert 6 <= len(the.graded) <= 10
    numbers = range(1, len(the.graded) + 1)
    wanted = [
        f"{the.module}-q{n}" if f"{the.module}-q{n}" in the.by_hand else f"{the.module}-q{n}-check" for n in numbers
    ]
    assert list(the.graded) == wanted
    assert sum(the.worth.values()) == 20


def test_each_heading_states_the_points_of_its_question(the):
    prose = "\n".join(cell.source for cell in the.notebook.cells if cell.cell_type == "markdown")
    stated = re.findall(r"^## Question (\d+): .+ \((\d+) points?\)$", prose, re.MULTILINE)
    assert [int(points) for _, points in stated] == list(the.worth.values())
    assert [int(number) for number, _ in stated] == list(range(1, len(the.graded) + 1))


def test_every_check_is_locked_and_at_most_one_question_is_read_by_a_person(the):
    assert all(cell.metadata.nbgrader.locked for cell in the.checks.values())
    assert len(the.by_hand) <= 1
    assert all(the.graded[name].metadata.nbgrader.solution for name in the.by_hand)


def test_every_graded_cell_names_concepts_of_the_syllabus(the):
    for name, cell in the.graded.items():
        tagged = {tag.removeprefix("grades:") for tag in cell.metadata.get("tags", []) if tag.startswith("grades:")}
        assert tagged, name
        assert tagged <= gradable(the.module), name


def test_no_exercise_holds_a_key_outside_the_solutions(the):
    for cell in the.notebook.cells:
        given = re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", "", cell.source, flags=re.DOTALL)
        if "exercises." in given:
            assert not re.search(r"\b(key|key_reason|why_k|why|goal|mistakes)=|\blambda\b", given)


# --- wrong answers ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """The marks of every wrong answer in the banks."""
    return {
        (module, wrong.question, wrong.name): ASSIGNMENTS[module].marks_of(wrong, tmp_path_factory.mktemp("work"))
        for module, wrong in WRONG
    }


@pytest.mark.parametrize(
    ("module", "wrong"), WRONG, ids=[f"{module} {wrong.question} {wrong.name}" for module, wrong in WRONG]
)
def test_a_wrong_answer_earns_what_it_deserves_and_is_told_why(module, wrong, told):
    given = told[module, wrong.question, wrong.name]
    assert given.earned == pytest.approx(wrong.points, abs=0.005)
    assert wrong.says in str(given)


def test_a_bank_has_twelve_wrong_answers_or_more_for_all_questions(the):
    assert len(the.wrong_answers) >= 12
    assert {f"{the.module}-{wrong.question}-check" for wrong in the.wrong_answers} == set(the.checks)


def test_no_two_wrong_answers_are_told_the_same(the, told):
    said = [str(marks) for (module, *_), marks in told.items() if module == the.module]
    assert len(set(said)) == len(the.wrong_answers)
    assert len({(wrong.question, wrong.says) for wrong in the.wrong_answers}) == len(the.wrong_answers)


# --- the whole way ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def opened(the, jupyter, tmp_path_factory):
    """The source with its solutions, run from top to bottom in a kernel, in a copy of its folder."""
    folder = tmp_path_factory.mktemp("open")
    shutil.copytree(the.source, folder, dirs_exist_ok=True)
    notebook = nbformat.from_dict(the.notebook)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()
    return notebook, folder


def test_the_solutions_pass_every_check_in_an_open_notebook(the, opened):
    notebook, _ = opened
    said = {
        cell.metadata.nbgrader.grade_id: cell.outputs[-1].data["text/plain"].splitlines()[0]
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") in the.checks
    }
    assert all(f": {the.worth[name]} of {the.worth[name]} point" in line for name, line in said.items()), said
    assert list(said) == list(the.checks)


def test_running_the_source_saves_answers_beside_the_copy_that_ran(the, opened):
    _, folder = opened
    saved = {name for name in the.checks if the.is_saved(name.removeprefix(f"{the.module}-").removesuffix("-check"))}
    assert {f"{path.stem}-check" for path in (folder / "answers").glob("*.json")} == saved


@pytest.fixture(scope="module")
def marked_class(the, jupyter, tmp_path_factory):
    return Class(the, tmp_path_factory.mktemp("course"))


def test_the_source_earns_all_points_once_a_person_has_read_the_text(the, marked_class):
    with marked_class.gradebook() as gradebook:
        submission = marked_class.submission(gradebook, "solved")
        assert submission.score == the.automatic
        waiting = [grade for grade in submission.grades if grade.needs_manual_grade]
        assert [grade.name for grade in waiting] == the.by_hand
        for grade in waiting:
            grade.manual_score = the.worth[grade.name]
        gradebook.db.commit()
        assert marked_class.submission(gradebook, "solved").score == submission.max_score == 20


def test_the_release_earns_nothing_and_leaves_nothing_to_read(marked_class):
    with marked_class.gradebook() as gradebook:
        submission = marked_class.submission(gradebook, "untouched")
        assert submission.score == 0
        assert not submission.needs_manual_grade


def test_the_release_runs_to_its_end_and_holds_no_key(the, marked_class):
    assert sorted(path.name for path in marked_class.release.iterdir()) == the.files
    released = "\n".join(cell.source for cell in nbformat.read(marked_class.release / f"{the.name}.ipynb", 4).cells)
    keys = {text for region in the.regions() for text in re.findall(r'"([^"\n]{24,})"', region)}
    secret = {text for text in keys if text not in the.offered()}
    assert len(secret) > 20
    assert not [text for text in secret if text in released]
    assert "HIDDEN TESTS" not in released and "SOLUTION" not in released
    run = marked_class.autograded("untouched")
    assert not [o for cell in run.cells for o in cell.get("outputs", []) if o.output_type == "error"]
