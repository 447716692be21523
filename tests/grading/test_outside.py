"""Tests of cxux_helpers.grading.outside: a class full of cheats and of accidents, marked in one run.

Whoever cheats here hands in wrong answers, so that every point would be ill-gotten.
"""

import os

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from cxux_helpers.checks import check_number
from cxux_helpers.grading import Question, execution, kernel
from cxux_helpers.grading.marking import TestCellFault, mark_here
from cxux_helpers.grading.sandbox.walls import trouble
from cxux_helpers.grading.tasks import Task, TestCell
from tests.grading.conftest import HIDDEN_INPUT, QUESTIONS, RIGHT_CHOICE, answered, named, role

WRONG = {"mean": "mean = 1", "function": "def double(x):\n    return 0"}
NOTHING = dict.fromkeys(["number-test", "function-test", "widget-test"], 0)


def first(code, **work):
    """Hand in wrong answers unless told otherwise, and before them a cell with this code."""

    def edit(notebook):
        answered(notebook, **(WRONG | work))
        notebook.cells.insert(0, new_code_cell(code))

    return edit


def with_function(code):
    """Hand in right answers, but for this function."""
    return lambda notebook: answered(notebook, function=code)


TRANSFORM_LATER_CELLS = """
import ast
class Full(ast.NodeTransformer):
    def visit_Compare(self, node): return ast.copy_location(ast.Constant(True), node)
    def visit_Assert(self, node): return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Full())
get_ipython().input_transformers_cleanup.append(lambda lines: ['2\\n'])
"""
ALWAYS_EQUAL = """
class Yes(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __abs__(self): return 0.0
    def __float__(self): return 0.0
    __hash__ = None
mean = Yes(1)
def double(x): return Yes(1)
"""
PATCH_THE_LIBRARY = """
import cxux_helpers.checks, cxux_helpers.feedback, cxux_helpers.grading
from cxux_helpers.grading import question
right = cxux_helpers.feedback.Feedback(cxux_helpers.feedback.Rung.RIGHT, "", 1.0)
cxux_helpers.checks.check_number = cxux_helpers.checks.check_choice = lambda *a, **k: right
cxux_helpers.feedback.Feedback.share = property(lambda self: 1.0)
question.Question.mark = lambda self: self.points
cxux_helpers.grading.Question = question.Question
cxux_helpers.grading.ask = cxux_helpers.grading.answer = lambda question: 2.5
"""
FORGE_OUTPUTS = """
import threading, time
from IPython.display import display
for text in ('2', '3', 'number: 2 of 2 points'):
    print(text)
    display({'text/plain': text, 'text/html': text}, raw=True, display_id='marks')
def later():
    for _ in range(40):
        display({'text/plain': '3'}, raw=True, display_id='marks', update=True)
        time.sleep(0.05)
threading.Thread(target=later, daemon=True).start()
3
"""
LEAK = """
def double(x):
    raise type(f"Input{x}", (ValueError,), {})(f"the input was {x}")
"""
PRINT_MUCH = """
import ipywidgets
with ipywidgets.Output():
    print("x" * 5_000_000)
print("x" * 5_000_000)
for i in range(500):
    display(i)
def double(x):
    print("x" * 5_000_000)
    return 2 * x
"""
LOOK_AROUND = """
print("found it" if "unse" + "en" in open("ps1.ipynb").read() else "nothing found")
"""
DEAF = """
import time
while True:
    try: time.sleep(60)
    except KeyboardInterrupt: pass
"""


def change_the_tests(notebook):
    """One part is right; of the tests, one is worth more now and one gives full marks."""
    first(LOOK_AROUND, mean="mean = 2.5", function="def double(x):\n    return 8")(notebook)
    named(notebook, "number-test").metadata["nbgrader"]["points"] = 100
    named(notebook, "function-test").source = "3"


CHEATS = {
    "transformers": first(TRANSFORM_LATER_CELLS),
    "always-equal": first("", mean=ALWAYS_EQUAL, function=ALWAYS_EQUAL),
    "patched-library": first(PATCH_THE_LIBRARY),
    "forged-outputs": first(FORGE_OUTPUTS),
}

ACCIDENTS = {
    "raises": (lambda notebook: answered(notebook, mean="1/0"), [0, 3, 1]),
    "leaves": (with_function("import os\nos._exit(0)"), [2, 0, 1]),
    "endless": (with_function("while True: pass"), [2, 0, 1]),
    "deaf": (with_function(DEAF), [2, 0, 1]),
    "endless-function": (with_function("def double(x):\n    while True: pass"), [2, 0, 1]),
    "prints-much": (with_function(PRINT_MUCH), [2, 3, 1]),
    "leaks": (with_function(LEAK), [2, 0, 1]),
    "half-right": (change_the_tests, [2, 1, 1]),
}

CLAIMS = {
    "a new test": {"name": "mine", "grade": True, "locked": True},
    "nearly a test": {"name": "number-test ", "grade": True, "locked": True},
    "a test": {"name": "number-test", "grade": True, "locked": True},
    "a test that is an answer": {"name": "function-test", "solution": True},
    "an answer": {"name": "number", "grade": True, "locked": True},
    "the essay": {"name": "essay", "grade": True, "locked": True},
    "the introduction": {"name": "intro", "grade": True, "locked": True},
    "locked": {"name": "mine-too", "locked": True},
    "nameless": {"name": "", "grade": True, "locked": True},
}


TRACE = """\
import os
with open({!r}, "a") as file:
    print(os.getpid(), file=file)
"""
FULL_MARKS = """
from cxux_helpers.grading.question import Marks
Marks("number", 2, 2, (1,), True)
"""


def smuggle(traces):
    """Hand in own cells that claim to be the instructor's, and tell in which process they run."""

    def edit(notebook):
        answered(notebook, **WRONG)
        named(notebook, "number-test").source = TRACE.format(str(traces / "an edited test")) + FULL_MARKS
        for claim, roles in CLAIMS.items():
            # Both before the genuine cell and behind it, as code and as text: whichever is taken for it.
            for place, make in ((1, new_code_cell), (len(notebook.cells), new_code_cell), (1, new_markdown_cell)):
                cell = make(TRACE.format(str(traces / claim)), metadata=role(**roles))
                cell.metadata["nbgrader"] |= {"points": 100} if roles.get("grade") else {}
                notebook.cells.insert(place, cell)

    return edit


@pytest.fixture(scope="module")
def marked(make_course, tmp_path_factory):
    """The whole class, marked and with feedback."""
    course = make_course(ExecutePreprocessor={"timeout": 3, "iopub_timeout": 2}, MarkOutside={"ask_timeout": 2.0})
    course.traces = tmp_path_factory.mktemp("traces")
    for name, edit in CHEATS.items():
        course.submit(name, edit)
    for name, (edit, _) in ACCIDENTS.items():
        course.submit(name, edit, saved=RIGHT_CHOICE)
    course.submit("smuggled", smuggle(course.traces))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernel, "GRACE", 2.0)
        course.run("autograde")
    course.run("generate_feedback")
    return course


def automatic(course, student):
    return {name: points for name, points in course.grades(student).items() if name != "essay"}


@pytest.mark.parametrize("student", CHEATS)
def test_a_cheat_earns_nothing(marked, student):
    assert automatic(marked, student) == NOTHING


@pytest.mark.parametrize("student", ACCIDENTS)
def test_an_accident_costs_what_depends_on_it_and_no_more(marked, student):
    assert list(automatic(marked, student).values()) == ACCIDENTS[student][1]


def test_no_text_of_a_submission_runs_in_the_markers_process(marked):
    traces = {claim.name: claim.read_text().split() for claim in marked.traces.iterdir()}
    assert all(str(os.getpid()) not in processes for processes in traces.values())
    if trouble():
        # These ran in the student's kernel, so that there was something to see.
        assert {"a new test", "nearly a test", "an answer", "locked", "nameless"} <= traces.keys()
    else:
        assert not traces  # from within its walls it reached nothing
    assert automatic(marked, "smuggled") == NOTHING


@pytest.mark.parametrize("student", [*CHEATS, *ACCIDENTS, "smuggled"])
def test_everyone_gets_feedback_that_keeps_the_hidden_tests(marked, student):
    page = marked.feedback(student)
    assert "Another number" in page  # the label of the hidden check
    assert str(HIDDEN_INPUT) not in page and str(2 * HIDDEN_INPUT) not in page
    assert "HIDDEN TESTS" not in page and "unseen" not in page


def test_the_instructor_sees_the_whole_test(marked):
    assert str(HIDDEN_INPUT) in named(marked.marked("leaks"), "function-test").source


def test_no_hidden_test_lies_beside_the_students_code(marked):
    (output,) = marked.marked("half-right").cells[0].outputs
    if trouble():
        assert output.text == "nothing found\n"
    else:
        assert output.ename == "FileNotFoundError"  # no notebook at all


def test_feedback_says_what_happened_in_words(marked):
    assert "Your code stopped with an error here. You gave: Input4: the input was 4" in marked.said(
        "leaks", "function-test"
    )
    assert "This took longer than 2 seconds, and was stopped." in marked.said("endless-function", "function-test")
    assert "The notebook's kernel had stopped before this" in marked.said("leaves", "function-test")
    assert "The notebook's kernel no longer answered" in marked.said("deaf", "function-test")
    assert "CellTimeoutError" in marked.said("endless", "function")
    assert "This cell did not come to an end" in marked.said("leaves", "function")
    assert "ZeroDivisionError" in marked.said("raises", "number")


def test_a_test_cell_shows_messages_and_points(marked):
    messages, points = named(marked.marked("half-right"), "function-test").outputs
    assert messages.output_type == "display_data" and set(messages.data) == {"text/html", "text/plain"}
    assert points.output_type == "execute_result" and points.data == {"text/plain": "1"}
    assert messages.data["text/plain"].splitlines() == [
        "function: 1 of 3 points",
        "- Double of 4: ✓ Right. You gave: 8",
        "- Another number: ✗ Not yet. Twice.",
    ]


def test_long_outputs_are_cut(marked):
    assert "too long and ends here" in marked.said("prints-much", "function")
    assert (marked.root / "autograded" / "prints-much" / "ps1" / "ps1.ipynb").stat().st_size < 100_000


def test_what_was_handed_in_stays_as_it_was(marked):
    handed_in = (marked.root / "submitted" / "smuggled" / "ps1" / "ps1.ipynb").read_text(encoding="utf-8")
    assert "an edited test" in handed_in


def test_essays_wait_for_the_instructor(marked):
    assert list(marked.grades("leaves")) == QUESTIONS
    assert marked.grades("leaves")["essay"] is None


def test_nothing_of_the_markers_own_reaches_the_feedback(marked):
    page = marked.feedback("leaves")
    assert "Traceback (most" not in page and "cxux_helpers/" not in page and str(marked.root) not in page


# --- without a class ----------------------------------------------------------------------------------


def test_outputs_that_were_handed_in_are_not_believed_where_execution_is_switched_off(make_course):
    """As `nbgrader autograde --no-execute` does it."""
    course = make_course(Execute={"enabled": False}, ClearOutput={"enabled": False})

    def forge(notebook):
        answered(notebook, **WRONG)
        for name in NOTHING:
            named(notebook, name).outputs = [new_output("execute_result", {"text/plain": "1"}, execution_count=1)]

    course.submit("forged", forge)
    course.run("autograde")
    assert automatic(course, "forged") == NOTHING


def test_without_a_kernel_the_saved_answers_still_count(make_course):
    course = make_course(ExecutePreprocessor={"kernel_name": "no-such-kernel"}, MarkOutside={"sandbox": False})
    course.submit("ann", answered, saved=RIGHT_CHOICE)
    course.run("autograde")
    assert automatic(course, "ann") == NOTHING | {"widget-test": 1}
    assert course.said("ann", "number") == (
        "This cell was not run. The notebook's kernel could not be started, so this could not be judged.\n"
    )


def shown(source, points=2.0):
    """Outputs of a test cell, and notes to the instructor."""
    test = TestCell("q-test", source, points)
    run = execution._Run(Task("ann", [("code", "")], {0: test}, ["."]), None, mark_here, None)
    return execution._shown(test, run._mark(test))


def test_a_fault_of_a_test_is_told_the_instructor_and_not_the_student():
    (messages, points), (note,) = shown("key = 74291\nassert key == 1")
    assert points.data == {"text/plain": "0"}
    assert messages.data == {
        "text/plain": "This question could not be judged, because its tests have a fault. "
        "Your instructor has been told."
    }
    assert "test cell q-test has a fault and gave no points." in note
    assert "assert key == 1" in note


def test_a_test_never_gives_more_than_the_gradebook_allows():
    source = (
        "from cxux_helpers.checks import check_number\n"
        "from cxux_helpers.grading import Question\n"
        "q = Question('q', points=5)\nq.check('One', check_number(1, 1, tolerance=0))\nq.mark()"
    )
    (_, points), notes = shown(source, points=2.0)
    assert points.data == {"text/plain": "2"}
    assert notes == ["q-test has 2 points in nbgrader and 5 in its cell."]


def test_what_was_found_is_shown_only_as_the_run_without_hidden_tests_found_it():
    def marks(*answers):
        q = Question("q", points=2)
        for number, answer in enumerate(answers):
            q.check(f"Part {number}", check_number(answer, 5, tolerance=0, hint="Count."))
        return q.mark()

    def found(marks):
        return [check.feedback.found for check in marks.checks]

    with_hidden_tests, seen = marks(74291, 5, 74291), marks(3, 4)
    together = execution._with_what_was_found(with_hidden_tests, seen)
    # The first is wrong in both runs, the second in one of them, and the third is in one alone.
    assert found(together) == ["3", "", ""]
    assert together.earned == with_hidden_tests.earned
    assert found(execution._with_what_was_found(with_hidden_tests, None)) == ["", "", ""]
    fault = TestCellFault("a fault")
    assert execution._with_what_was_found(fault, seen) is fault
