"""Submissions as folders: what lies in them that nbgrader would stumble over, or would follow out of them.

nbgrader copies a submission's files with the instructor's rights: a link to the gradebook becomes a copy of the
gradebook, which the student's code could read; and at a pipe, or at a time of submission that is none, it gives up the
submission or the whole class.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from glob import escape
from pathlib import Path

from nbgrader.utils import parse_utc

__all__ = ["is_linked", "not_to_copy", "submitted_at"]

_LONGEST_PATH, _DEEPEST, _MOST_FILES, _MOST_ODD = 1000, 16, 500, 20


def is_linked(folder: Path) -> bool:
    """Whether a submission's folder, or its student's, is a link to somewhere else."""
    return folder.is_symlink() or folder.parent.is_symlink()


def not_to_copy(folder: Path, instructors: Path) -> Iterator[str]:
    """Patterns, for nbgrader's ``CourseDirectory.ignore``, of what shall stay where it is.

    Parameters
    ----------
    folder
        A submission.
    instructors
        The folder of the assignment's source. Its files are laid over the student's; a folder in the place of one of
        them, or the reverse, would be in the way.
    """
    odd = {folder} if is_linked(folder) else set(_strange(folder))
    for path in instructors.rglob("*") if instructors.is_dir() else ():
        theirs = folder / path.relative_to(instructors)
        if theirs.exists() and theirs.is_dir() != path.is_dir():
            odd.add(theirs)
    # Many patterns would take nbgrader long, so of a submission with that many it copies nothing but the notebook.
    yield from (escape(str(path)) for path in (sorted(odd) if len(odd) <= _MOST_ODD else [folder]))


def _strange(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        # nbgrader lists a folder anew for each of its files.
        if len(Path(place).relative_to(folder).parts) > _DEEPEST or len(files) > _MOST_FILES:
            folders.clear()
            yield Path(place)
            continue
        for name in files:
            path = Path(place) / name
            plain = stat.S_ISREG(path.lstat().st_mode) and os.access(path, os.R_OK)
            if not plain or len(str(path)) > _LONGEST_PATH:
                yield path


def submitted_at(folder: str) -> datetime | None:
    """The time in a submission's ``timestamp.txt``; None where there is none that can be read."""
    path = Path(folder) / "timestamp.txt"
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.stat().st_size > 200:
            return None
        time: datetime = parse_utc(path.read_text(encoding="utf-8").strip())
    except (OSError, ValueError, OverflowError):
        return None
    return time
