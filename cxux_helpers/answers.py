"""Saved answers: one small JSON file for each question, in the folder ``answers`` beside the notebook.

Widget values do not survive a restart, and a notebook saved at the wrong moment holds the wrong ones. So
every change of an answer is written at once, under a lock, to a temporary file that then replaces the old
one: whatever happens in between, the file holds the old answer or the new one, whole.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

__all__ = ["AnswerChangedElsewhere", "AnswerFile", "AnswerNotSaved", "AnswerUnreadable", "read_answer"]

FOLDER = "answers"
SCHEMA = 1
LARGEST = 256 * 1024  # bytes; the longest honest answer, a full journey map, needs a tenth of it
PATIENCE = 5.0  # seconds to wait for another program that holds the folder
_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class AnswerUnreadable(ValueError):
    """A saved answer is there but cannot be understood."""


class AnswerNotSaved(OSError):
    """An answer could not be written; the message says why and what to do."""


class AnswerChangedElsewhere(AnswerNotSaved):
    """Another tab or program saved this answer since we last read it."""


def answer_path(folder: Path, question_id: str) -> Path:
    """Return where the answer to a question is kept, `folder` being the notebook's.

    Raises
    ------
    ValueError
        If `question_id` could not be a plain file name.
    """
    if not isinstance(question_id, str) or not _ID.fullmatch(question_id):
        raise ValueError(
            f"question id {question_id!r} is not usable; use lower-case letters, digits, '-' and '_', such as 'm03-q1'."
        )
    return folder / FOLDER / f"{question_id}.json"


def read_answer(folder: Path, question_id: str) -> Any | None:
    """Read a saved answer without trusting the file.

    Parameters
    ----------
    folder
        The folder of the notebook.
    question_id
        The question, such as ``"m03-q1"``.

    Returns
    -------
    object or None
        The answer as plain data, or None if none was saved.

    Raises
    ------
    AnswerUnreadable
        If the file is no regular file, too large, no strict JSON, of another question or of a newer schema.
    """
    return _parse(_read(answer_path(folder, question_id)), question_id)


def _read(path: Path) -> bytes | None:
    try:
        # A link or a pipe could lead anywhere or never end, so neither is followed or waited for.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise AnswerUnreadable(f"{FOLDER}/{path.name} cannot be opened: {problem.strerror}.") from None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise AnswerUnreadable(f"{FOLDER}/{path.name} is not an ordinary file.")
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise AnswerUnreadable(f"{FOLDER}/{path.name} is larger than {LARGEST // 1024} KiB, so it is no answer.")
    return content


def _parse(content: bytes | None, question_id: str) -> Any | None:
    if content is None:
        return None
    name = f"{FOLDER}/{question_id}.json"
    try:
        saved = json.loads(content.decode(), object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise AnswerUnreadable(f"{name} is damaged or was not written by this course.") from None
    if not isinstance(saved, dict) or not {"schema", "question", "answer"} <= set(saved):
        raise AnswerUnreadable(f"{name} was not written by this course.")
    if type(saved["schema"]) is not int or saved["schema"] != SCHEMA:
        raise AnswerUnreadable(f"{name} was written by another version of the course; update cxux_helpers.")
    if saved["question"] != question_id:
        raise AnswerUnreadable(f"{name} holds the answer to another question, {str(saved['question'])[:64]!r}.")
    return saved["answer"]


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a value")


class AnswerFile:
    """The saved answer to one question.

    It remembers what it last read or wrote, and so notices when another tab has saved in between.

    Parameters
    ----------
    question_id
        The question, such as ``"m03-q1"``; it names the file.
    folder
        The folder of the notebook; the working folder unless given.
    """

    def __init__(self, question_id: str, folder: Path | str | None = None) -> None:
        self.question_id = question_id
        self.path = answer_path(Path(folder) if folder is not None else Path.cwd(), question_id)
        self._seen: bytes | None = None

    def load(self) -> Any | None:
        """Return the saved answer, or None if there is none.

        Raises
        ------
        AnswerUnreadable
            If the file is there but cannot be understood. It is left as it is.
        """
        self._seen = _read(self.path)
        return _parse(self._seen, self.question_id)

    def save(self, answer: Any, *, replace: bool = False) -> None:
        """Write the answer, whole or not at all.

        A file that cannot be understood is never overwritten: it is set aside under a new name first.

        Parameters
        ----------
        answer
            Plain data: numbers, texts, lists, dictionaries.
        replace
            Overwrite an answer that another tab has saved in the meantime.

        Raises
        ------
        AnswerChangedElsewhere
            If another tab has saved another answer, unless `replace` is set.
        AnswerNotSaved
            If the disk is full, the folder read-only, or the file held by another program.
        ValueError
            If the answer is not plain data or too large.
        """
        content = self._content(answer)
        try:
            self.path.parent.mkdir(exist_ok=True)
            with FileLock(self.path.parent / ".lock", timeout=PATIENCE):
                self._guard(replace)
                self._write(content)
        except Timeout:
            raise AnswerNotSaved(
                "another program holds the answers folder; close other copies of this notebook."
            ) from None
        except AnswerNotSaved:
            raise
        except OSError as problem:
            raise AnswerNotSaved(_why(problem)) from problem
        self._seen = content

    def _content(self, answer: Any) -> bytes:
        record = {"schema": SCHEMA, "question": self.question_id, "answer": answer}
        try:
            text = json.dumps(record, ensure_ascii=False, allow_nan=False, indent=1)
            content = (text + "\n").encode()
        except (TypeError, ValueError) as problem:
            raise ValueError(
                f"the answer to {self.question_id} cannot be saved ({problem}); "
                "use numbers, texts, lists and dictionaries."
            ) from None
        if len(content) > LARGEST:
            raise ValueError(f"the answer to {self.question_id} is larger than {LARGEST // 1024} KiB; shorten it.")
        return content

    def _guard(self, replace: bool) -> None:
        """Stop before an answer of another tab is lost; set aside a file that is no answer."""
        try:
            now = _read(self.path)
            _parse(now, self.question_id)
        except AnswerUnreadable:
            self.set_aside()
            return
        if now is not None and now != self._seen and not replace:
            raise AnswerChangedElsewhere("this answer was changed in another tab or program.")

    def set_aside(self) -> Path:
        """Rename a file that holds no usable answer, so that the next save loses nothing.

        Returns
        -------
        Path
            Where the file is now.
        """
        n = 1
        while (aside := self.path.with_suffix(f".kept{n}.json")).exists():
            n += 1
        return self.path.rename(aside)

    def _write(self, content: bytes) -> None:
        draft = self.path.with_suffix(f".{os.getpid()}.draft")
        try:
            # 0o666 less the umask, as for any file the student makes: the instructor's account must read it.
            handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(handle)
            draft.replace(self.path)
        finally:
            draft.unlink(missing_ok=True)


def _why(problem: OSError) -> str:
    in_the_way = f"a file named “{FOLDER}” stands where the folder should be; rename the file."
    reasons = {
        errno.EEXIST: in_the_way,
        errno.ENOTDIR: in_the_way,
        errno.ENOSPC: "the disk is full; delete something, then change the answer again.",
        errno.EDQUOT: "your disk space is used up; delete something, then change the answer again.",
        errno.EROFS: "this folder is read-only; copy the notebook to a folder of your own.",
        errno.EACCES: "this folder is read-only for you; copy the notebook to a folder of your own.",
        errno.EPERM: "this folder is read-only for you; copy the notebook to a folder of your own.",
    }
    return reasons.get(problem.errno or 0, f"the file system said “{problem.strerror or problem}”.")
