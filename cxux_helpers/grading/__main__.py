"""Grade an assignment: ``python -m cxux_helpers.grading m03_segmentation --workers 2``, in the folder of the course.

It does what ``nbgrader autograde`` does by the course's configuration, shows how far it has come, and ends with a
report. Run it again after it was stopped: what was finished stays, and the rest is done.
"""

from __future__ import annotations

import argparse
import gc
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from cxux_helpers.grading.foreman import begin_early, processors, skip_slow_imports

if TYPE_CHECKING:
    from nbgrader.converters import Autograde

__all__ = ["main"]

UNSAFE = "Without a sandbox: the code of every student ran with the rights of this account."


class _Progress(logging.Handler):
    """Turns nbgrader's log into one line that grows, and keeps what the instructor should read."""

    def __init__(self, converter: Autograde) -> None:
        super().__init__()
        self._converter, self.done = converter, 0
        self.worth_reading: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        # A folder's name is a student's own, and could speak to the terminal.
        text = "".join(sign if sign.isprintable() or sign == "\n" else "?" for sign in record.getMessage())
        if record.levelno >= logging.WARNING and not text.startswith("Removing existing"):
            self.worth_reading.append(text)
        if text.startswith("Sanitizing "):
            self.done += 1
            self.show(Path(text).parts[-3] if len(Path(text).parts) > 2 else "")

    def show(self, student: str) -> None:
        if sys.stderr.isatty():
            line = progress(self.done, len(self._converter.assignments), student)
            print(f"\r\x1b[K{line}", end="", file=sys.stderr, flush=True)


def progress(done: int, of: int, student: str) -> str:
    """A line that says how far a run has come."""
    width = 30
    full = round(width * done / of) if of else width
    return f"[{'#' * full}{'.' * (width - full)}] {done} of {of}  {student}"


@contextmanager
def _told(listener: logging.Handler) -> Iterator[None]:
    """Let nobody but the listener hear what nbgrader says."""
    log = logging.getLogger("traitlets")
    before = log.handlers, log.propagate, log.level
    log.handlers, log.propagate = [listener], False
    log.setLevel(logging.INFO)
    try:
        yield
    finally:
        log.handlers, log.propagate = before[:2]
        log.setLevel(before[2])


def main(arguments: list[str] | None = None) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m cxux_helpers.grading", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("assignment", help="name of the assignment, for example m03_segmentation")
    parser.add_argument("--student", default="*", help="one student, or a pattern; all unless given")
    parser.add_argument(
        "--workers", type=int, help="submissions that run at the same time; one for each processor unless given"
    )
    parser.add_argument("--force", action="store_true", help="grade again what was graded")
    parser.add_argument("--scheduler", help="address of a Dask scheduler, to grade on its cluster")
    parser.add_argument("--no-sandbox", action="store_true", help="run students' code with your own rights")
    asked = parser.parse_args(arguments)

    if not (asked.no_sandbox or asked.scheduler):
        begin_early(asked.workers or processors())
    # Only now, for this takes as long as the workers take to make themselves ready.
    skip_slow_imports()
    from nbgrader.converters import Autograde, NbGraderException
    from nbgrader.coursedir import CourseDirectory
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    gc.freeze()  # modules live for ever, and need not be looked at again by the collector

    config = Config()
    if Path("nbgrader_config.py").is_file():
        config = PyFileConfigLoader("nbgrader_config.py", path=str(Path.cwd())).load_config()
    config.CourseDirectory.assignment_id, config.CourseDirectory.student_id = asked.assignment, asked.student
    if asked.no_sandbox:
        config.MarkOutside.sandbox = False
    if asked.scheduler:
        config.MarkOutside.scheduler = asked.scheduler
    if asked.workers:
        config.MarkOutside.workers = asked.workers
    converter = Autograde(coursedir=CourseDirectory(config=config), config=config)
    converter.force = asked.force
    seen = _Progress(converter)
    began, status = time.monotonic(), 0
    try:
        with _told(seen):
            converter.start()
    except NbGraderException as problem:
        status = 1
        if str(problem) not in seen.worth_reading:
            seen.worth_reading.append(str(problem))
    if sys.stderr.isatty():
        print(file=sys.stderr)
    for line in seen.worth_reading:
        print(f"- {line}")
    minutes, seconds = divmod(round(time.monotonic() - began), 60)
    print(f"{asked.assignment}: {seen.done} submissions graded in {minutes}:{seconds:02}.")
    if config.MarkOutside.get("sandbox", True) is False:
        print(UNSAFE)
    return status


if __name__ == "__main__":
    sys.exit(main())
