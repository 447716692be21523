"""One class in which the honest, the broken and the cheating sit side by side, marked in one run.

Each file under ``corpus`` is one submission, and says in its first lines what it tries or is, and what must happen.

- ``attacks``: cells, parted by ``# %%``; texts and no modules, so that no tool ever imports one. The first comes before
  the answers and the others behind them. The answers are wrong, so that every point would be ill-gotten. What gets
  through anywhere prints ``BREACH``.
- ``folders``: cheats by what lies beside the notebook; wrong answers too.
- ``broken``: accidents with right answers; ``marks`` says what can still be graded.
"""

import os
import re
import runpy
import threading
from pathlib import Path

import nbformat
import psutil
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell

from cxux_helpers.grading import crew
from cxux_helpers.grading.sandbox.walls import trouble
from tests.grading.conftest import HIDDEN_INPUT, RIGHT_CHOICE, answered

CORPUS = Path(__file__).parent / "corpus"
ATTACKS = sorted((CORPUS / "attacks").glob("*.txt"))
FOLDERS, BROKEN = (sorted((CORPUS / kind).glob("*.py")) for kind in ("folders", "broken"))
WRONG = {"mean": "mean = 1", "function": "def double(x):\n    return 0"}
HONEST = 10
ODD_NAME = "<script>alert(1)<&'\" of scripts_in_texts"
# With CXUX_COLD=1 each submission starts from nothing. The marks must be the same.
COLD = os.environ.get("CXUX_COLD") == "1"
FULL, NOTHING = [2, 3, 1], [0, 0, 0]


def needs_sandbox():
    """Skip where there is no sandbox; fail where there must be one."""
    if why := trouble():
        if os.environ.get("CI") == "true" and os.environ.get("CXUX_REQUIRE_SANDBOX") == "1":
            pytest.fail(why)
        pytest.skip(why)


def said_of(path, what):
    """A line of a file's head."""
    return re.search(rf"^{what}: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)[1]


def name_of(path):
    return ODD_NAME if path.stem == "scripts_in_texts" else f"{path.parent.name}-{path.stem}"


def submit_attack(course, path):
    first, *later = path.read_text(encoding="utf-8").split("# %%\n")

    def edit(notebook):
        answered(notebook, **WRONG)
        notebook.cells.insert(0, new_code_cell(first))
        notebook.cells.extend(new_code_cell(source) for source in later[1:])
        if later:
            notebook.cells.insert(3, new_code_cell(later[0]))
            if "def double" in later[0]:
                notebook.cells[5].source = ""  # the attack's own function stays

    course.submit(name_of(path), edit)


def submit_folder(course, path, **work):
    right = not work
    course.submit(name_of(path), lambda notebook: answered(notebook, **work), saved=RIGHT_CHOICE if right else None)
    folder = course.root / "submitted" / name_of(path) / "ps1"
    notebook = nbformat.read(folder / "ps1.ipynb", as_version=4)
    runpy.run_path(str(path))["build"](folder, notebook, course.root)


class Watch:
    """Remembers every process that this one has started, and what they started."""

    def __init__(self):
        self.seen, self.over = set(), threading.Event()
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self):
        while not self.over.wait(0.1):
            self.seen |= set(psutil.Process().children(recursive=True))


@pytest.fixture(scope="module")
def marked(make_course):
    """The whole class, with feedback."""
    needs_sandbox()
    course = make_course(
        ExecutePreprocessor={"timeout": 4, "iopub_timeout": 2},
        MarkOutside={
            "cold": COLD,
            "ask_timeout": 2.0,
            "all_timeout": 30.0,
            "memory": 400,
            "processes": 32,
            "files": 16,
        },
    )
    (course.root / "source" / "ps1" / "data.csv").write_text("a,b\n1,2\n")
    for number in range(HONEST):  # spread among the others, for nbgrader goes by the names
        course.submit(f"{'abefgs'[number % 6]}-honest{number}", answered, saved=RIGHT_CHOICE)
    course.submit("honest", answered, saved=RIGHT_CHOICE)
    for path in ATTACKS:
        submit_attack(course, path)
    for path in FOLDERS:
        submit_folder(course, path, **WRONG)
    for path in BROKEN:
        submit_folder(course, path)
    course.watch = Watch()
    course.run("autograde")
    course.watch.over.set()
    while crew._crews:  # its workers would stay for the next run of this process
        crew._crews.popitem()[1].stop()
    course.run("generate_feedback")
    return course


def automatic(course, student):
    return [points for name, points in course.grades(student).items() if name != "essay"]


def ids(path):
    return path.stem


@pytest.mark.parametrize("path", ATTACKS, ids=ids)
def test_an_attack_earns_nothing_and_reaches_nothing(marked, path):
    assert automatic(marked, name_of(path)) == NOTHING
    assert said_of(path, "tries") and said_of(path, "must")
    assert no_breach(marked, path)


@pytest.mark.parametrize("path", FOLDERS, ids=ids)
def test_a_folder_of_tricks_earns_nothing_and_reaches_nothing(marked, path):
    assert automatic(marked, name_of(path)) == NOTHING
    assert no_breach(marked, path)


def no_breach(course, path):
    cells = course.marked(name_of(path)).cells
    outputs = [output for cell in cells if cell.cell_type == "code" for output in cell.outputs]
    printed = "".join(str(output.get("text")) for output in outputs)
    assert re.findall("BREACH.*", printed) == []
    assert len(str(outputs)) < 11_000_000
    return True


@pytest.mark.parametrize("path", BROKEN, ids=ids)
def test_a_broken_submission_keeps_the_marks_of_what_can_be_graded(marked, path):
    assert automatic(marked, name_of(path)) == [int(points) for points in said_of(path, "marks").split()]


def test_whoever_is_honest_among_them_keeps_all_marks(marked):
    honest = [path.name for path in (marked.root / "submitted").iterdir() if "honest" in path.name]
    assert {name: automatic(marked, name) for name in honest} == dict.fromkeys(honest, FULL)
    assert len(honest) == HONEST + 1


@pytest.mark.parametrize("path", [*ATTACKS, *FOLDERS, *BROKEN], ids=ids)
def test_everybody_gets_feedback_in_which_nothing_runs_and_nothing_leaks(marked, path):
    text = marked.feedback(name_of(path))
    page = BeautifulSoup(text, "html.parser")
    assert "Another number" in text  # the label of the hidden check
    assert "HIDDEN TESTS" not in text
    assert str(HIDDEN_INPUT) not in text
    assert [script.text for script in page.find_all("script") if "window.MathJax" not in script.text] == []
    assert not page.find_all(["iframe", "object", "embed", "form", "base", "link"])
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")]
        for name in ("href", "src"):
            assert re.match(r"(?!javascript|data:text)|$", tag.get(name, ""), re.IGNORECASE)
            assert name == "href" or not re.match(r"(https?:)?//", tag.get(name, ""))


def test_nobody_is_left_behind(marked):
    assert len(marked.watch.seen) > 10
    _, left = psutil.wait_procs(marked.watch.seen, timeout=5)
    assert left == []


def test_what_was_handed_in_is_still_there(marked):
    submitted = marked.root / "submitted"
    assert (submitted / "folders-linked_notebook" / "ps1" / "ps1.ipynb").is_symlink()
    assert (submitted / "broken-pipe_and_socket" / "ps1" / "pipe").is_fifo()
    assert (submitted / "broken-half_a_file" / "ps1" / "ps1.ipynb").stat().st_size > 100


def test_no_copy_of_what_a_link_leads_to_is_made(marked):
    folder = marked.root / "autograded" / "folders-linked_source" / "ps1"
    assert not [path for path in folder.rglob("*") if path.name in ("notes.txt", "book.db", "relative.txt", "all")]
