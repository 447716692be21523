"""Time to grade a class: plain `nbgrader autograde` beside ours, start-up, sandbox and gradebook included.

    python benchmarks/grading.py [--students N] [--workers N]

The same submissions of the same assignment are graded by two commands, one after the other. The kernel imports pandas
and matplotlib; the notebook has 12 cells and 4 graded questions, of which each student answers some. The last line is
for people and scripts. It must be run by an ordinary user, for there is no sandbox for root.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from unittest.mock import patch

import nbformat
from nbformat.notebooknode import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cxux_helpers.grading.crew import Crew
from cxux_helpers.grading.execution import perform
from cxux_helpers.grading.sandbox import kernels, walls
from cxux_helpers.grading.sandbox.room import Limits
from cxux_helpers.grading.tasks import Task, TestCell
from cxux_helpers.grading.worker import ALWAYS_WARM

CONFIG = Path(__file__).resolve().parents[1] / "assignments" / "nbgrader_config.py"
PLAIN = """\
from pathlib import Path
c = get_config()
c.CourseDirectory.course_id = "class"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.ClearSolutions.code_stub = {"python": "pass"}
"""
NAME = "class"
START = """\
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

orders = pd.DataFrame({"customer": np.arange(600) % 57, "amount": np.arange(600) % 83 + 0.5})
orders.head()"""
TEST = """\
from cxux_helpers.checks import check_number
from cxux_helpers.grading import Question, ask

q = Question("q{number}", points=2)
{checks}
q.mark()"""
HIDDEN = """\
q.check("Two rows", check_number(ask("total([1, 2])"), 3, tolerance=0, hint="Add them."))
### BEGIN HIDDEN TESTS
for n in (5, 50, 500):
    q.hidden(f"{n} rows", check_number(ask(f"total(list(range({n})))"), n * (n - 1) / 2, tolerance=0, hint="Add them."))
### END HIDDEN TESTS"""
QUESTIONS = [
    ("mean = float(orders['amount'].mean())\nmean", 'q.check("Mean", check_number(ask("mean"), 41.1, tolerance=1))'),
    ("def total(rows):\n    return sum(rows)\n\nprint(total([1, 2]))", HIDDEN),
    (
        "by_customer = orders.groupby('customer')['amount'].sum()\nby_customer.describe()",
        'q.check("Most", check_number(ask("float(by_customer.max())"), 500, tolerance=100))',
    ),
    ("best = int(by_customer.idxmax())\nbest", 'q.check("Who", check_number(ask("best"), 28, tolerance=28))'),
]
PLOT = "fig, ax = plt.subplots()\nby_customer.hist(ax=ax)\nax.set_title('Customers')\nplt.show()"


def role(name: str, **roles: Any) -> dict[str, Any]:
    """Metadata of a cell that nbgrader knows."""
    given = {"grade": False, "solution": False, "locked": False, "task": False} | roles
    return {"nbgrader": {"schema_version": 3, "grade_id": name, **given}}


def source() -> NotebookNode:
    """The assignment with its solutions."""
    cells = [
        new_markdown_cell("# A class", metadata=role("intro", locked=True)),
        new_code_cell(START, metadata=role("start", locked=True)),
    ]
    for number, (solution, checks) in enumerate(QUESTIONS, start=1):
        solved = f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
        test = TEST.format(number=number, checks=checks)
        cells.append(new_code_cell(solved, metadata=role(f"q{number}", solution=True)))
        cells.append(new_code_cell(test, metadata=role(f"q{number}-check", grade=True, locked=True, points=2)))
    solved = f"### BEGIN SOLUTION\n{PLOT}\n### END SOLUTION"
    cells.append(new_code_cell(solved, metadata=role("plot", solution=True)))
    cells.append(new_markdown_cell("Because …", metadata=role("text", grade=True, solution=True, points=2)))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=cells, metadata={"kernelspec": kernel})


def submission(number: int) -> NotebookNode:
    """What a student hands in: four answers in five are there."""
    lots, notebook = random.Random(number), source()
    for cell in notebook.cells:
        answer = cell.source.replace("### BEGIN SOLUTION\n", "").replace("\n### END SOLUTION", "")
        if cell.metadata.nbgrader.solution and cell.cell_type == "code":
            cell.source = answer if lots.random() < 0.8 else "pass"
        elif cell.metadata.nbgrader.grade and cell.cell_type == "code":
            before, _, rest = cell.source.partition("### BEGIN HIDDEN TESTS\n")
            cell.source = before + rest.partition("### END HIDDEN TESTS\n")[2]
    return notebook


def make_course(root: Path, config: str, students: int) -> None:
    """Write a course folder with one assignment and its submissions."""
    (root / "source" / NAME).mkdir(parents=True)
    (root / "nbgrader_config.py").write_text(config, encoding="utf-8")
    nbformat.write(source(), root / "source" / NAME / f"{NAME}.ipynb")
    run([command("nbgrader"), "generate_assignment", NAME], root)
    for number in range(students):
        folder = root / "submitted" / f"student{number:03}" / NAME
        folder.mkdir(parents=True)
        nbformat.write(submission(number), folder / f"{NAME}.ipynb")


def command(name: str) -> str:
    """A program of this environment."""
    return str(Path(sys.executable).with_name(name))


def run(arguments: list[str], root: Path) -> tuple[float, float]:
    """Run a program in a folder; return its seconds by the clock and of the processor."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    done = subprocess.run(
        arguments, cwd=root, env={**os.environ, "PATH": path, "OMP_NUM_THREADS": "1"}, capture_output=True, text=True
    )
    wall = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def scores(root: Path) -> dict[str, float]:
    """What the gradebook says."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {one.student.id: one.score for one in gradebook.assignment_submissions(NAME)}


def tasks(folder: Path, tests: str = "twice") -> list[Task]:
    """Submissions as tasks, with their tests "inside" the student's kernel, "outside" of it, or outside in two runs."""
    made = []
    for number in range(8):
        cells = submission(number).cells
        given = {
            place: TestCell(cell.metadata.nbgrader.grade_id, original.source, 2.0, _visible(cell, original, tests))
            for place, (cell, original) in enumerate(zip(cells, source().cells, strict=True))
            if tests != "inside" and cell.cell_type == "code" and cell.metadata.nbgrader.grade
        }
        made.append(Task(f"{tests}{number}", [(c.cell_type, c.source) for c in cells], given, [str(folder)]))
    return made


def _visible(cell: NotebookNode, original: NotebookNode, tests: str) -> str | None:
    return cell.source if tests == "twice" and cell.source != original.source else None


def seconds_each(some: list[Task], **crew: Any) -> float:
    """Seconds per submission by one worker that is warm already."""
    worker = Crew(1, **crew)
    worker.result(some[0])
    began = time.perf_counter()
    for task in some[1:]:
        worker.result(task)
    spent = (time.perf_counter() - began) / (len(some) - 1)
    worker.stop()
    return spent


def seconds_in(sandbox: kernels.Sandbox, some: list[Task]) -> float:
    """Seconds per submission in a sandbox; the least of three rounds, for the difference is small."""
    rounds = []
    for _ in range(3):
        began = time.perf_counter()
        for task in some:
            perform(task, lambda task=task: kernels.RoomManager(sandbox, [Path(task.folders[0])], Limits()))
        rounds.append((time.perf_counter() - began) / len(some))
    return min(rounds)


def unwalled(folder: Path) -> kernels.Sandbox:
    """A sandbox without walls."""
    program = folder / "python"
    script = Path(__file__).with_name("unwalled.py")
    program.write_text(f'#!/bin/sh\nexec {sys.executable} {script} "$4"\n', encoding="utf-8")
    program.chmod(0o755)
    with patch.object(walls, "command", list), patch.object(kernels.sys, "executable", str(program)):
        return kernels.Sandbox(ALWAYS_WARM)


def say(text: str) -> None:
    """Print at once, for it takes minutes."""
    print(text, flush=True)


def main() -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--students", type=int, default=60, help="size of the class (default 60)")
    parser.add_argument("--workers", type=int, default=2, help="submissions at the same time (default 2)")
    asked = parser.parse_args()
    if why := walls.trouble():
        print(why, file=sys.stderr)
        return 1
    ours_command = [sys.executable, "-m", "cxux_helpers.grading", NAME, "--workers", str(asked.workers)]
    with tempfile.TemporaryDirectory(prefix="cxux-grading-") as name:
        plain, ours, files = Path(name) / "plain", Path(name) / "ours", Path(name) / "files"
        files.mkdir()
        make_course(plain, PLAIN, asked.students)
        make_course(ours, CONFIG.read_text(encoding="utf-8"), asked.students)
        n = asked.students
        ours_wall, ours_cpu = run(ours_command, ours)
        say(f"ours: {ours_wall:.1f} s with {asked.workers} workers, {ours_cpu / n:.2f} processor seconds each")
        plain_wall, plain_cpu = run([command("nbgrader"), "autograde", NAME], plain)
        say(f"plain: {plain_wall:.1f} s for {n} submissions, {plain_cpu / n:.2f} processor seconds each")
        if scores(plain) != scores(ours):
            raise SystemExit("the two gradebooks differ")
        shutil.rmtree(ours / "autograded")
        one_wall, _ = run([*ours_command[:-1], "1"], ours)
        say(f"ours with one worker: {one_wall:.1f} s, so {asked.workers} are {one_wall / ours_wall:.2f} times as fast")
        warm, cold = seconds_each(tasks(files)), seconds_each(tasks(files)[:4], cold=True)
        began = time.perf_counter()
        for task in tasks(files)[:3]:
            perform(task)
        jupyter = (time.perf_counter() - began) / 3
        say(f"one submission: warm {warm:.2f} s, cold {cold:.2f} s, Jupyter's kernel without a sandbox {jupyter:.2f} s")
        with_walls, without = kernels.Sandbox(ALWAYS_WARM), unwalled(files)
        inside, outside, twice = (
            seconds_in(with_walls, tasks(files, tests)) for tests in ("inside", "outside", "twice")
        )
        bare = seconds_in(without, tasks(files, "outside"))
        with_walls.stop()
        without.stop()
        say(f"walls: {100 * (outside / bare - 1):+.0f} % of the time without them")
        say(f"tests outside: {100 * (outside / inside - 1):+.0f} % of the time with tests in the student's kernel")
        say(f"a second run for hidden tests: {100 * (twice / outside - 1):+.0f} %")
        say(f"grading ratio: {plain_wall / ours_wall:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
