"""The program within the walls: it imports the course's libraries once and opens a room for each submission.

It runs no code of students, and does what the marker's side tells it: ``open``, ``interrupt``, ``saved``, ``close``,
``state``, ``warm``. One room is open at a time. The process has a single thread, or it could not fork in safety.
"""

from __future__ import annotations

import json
import os
import select
import signal
import socket
import stat
import sys
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from cxux_helpers.grading.sandbox import room
from cxux_helpers.grading.sandbox.messages import BrokenMessage, receive, send
from cxux_helpers.grading.sandbox.warming import warm_up

__all__ = ["Doorkeeper", "main"]

_LOOK_EVERY = 0.1  # seconds between two looks at the memory of a room
_COUNTED = ("RssAnon", "RssShmem", "VmSwap", "VmPTE")
_LARGEST_ANSWER, _MOST_ANSWERS, _MOST_SAVED = 1 << 20, 200, 8 << 20  # bytes, files, and bytes of all together
_MOST_FILES, _DEEPEST = 5000, 16  # files of a folder, folders in folders
_MOST_NAMED, _LONGEST_NAME = 20, 100
_LARGEST_PACKET = 1 << 16


class Doorkeeper:
    """See the module; `serve` is the whole life.

    Parameters
    ----------
    control
        Socket to the marker's side.
    """

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._kernel: Any = None
        self._room: _OpenRoom | None = None
        self._own = {os.getpid(), os.getppid(), 1}

    def serve(self) -> None:
        """Do what is asked until the other side goes."""
        while True:
            if self._room is not None:
                self._room.look()
            ready, _, _ = select.select([self._control], [], [], _LOOK_EVERY if self._room is not None else None)
            if not ready:
                continue
            try:
                received = receive(self._control)
            except BrokenMessage:
                received = None
            if received is None:
                break
            request, fds = received
            try:
                reply = getattr(self, f"_do_{request.pop('do')}")(*fds, **request)
            except Exception as problem:
                reply = {"failed": f"{type(problem).__name__}: {problem}"}
            send(self._control, reply)
        self._do_close()

    def _do_warm(self, modules: list[str]) -> dict[str, Any]:
        """Make the kernel, and import what the notebooks will import."""
        if self._kernel is None:
            from cxux_helpers.grading.sandbox.shell import make_kernel

            self._kernel = make_kernel()
        with self._kernel.shell.builtin_trap:  # libraries that look for a notebook shall find one
            absent = warm_up(modules)
        return {"ready": True, "absent": absent, "threads": sum(1 for _ in Path("/proc/self/task").iterdir())}

    def _do_open(self, channel: int, *folders: int, limits: dict[str, int]) -> dict[str, Any]:
        self._do_close()
        if self._kernel is None:
            self._do_warm([])
        bounds = room.Limits(**limits)
        # Packets, for two processes speak at the same time.
        hearing, telling = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        child = os.fork()
        if child == 0:
            hearing.close()
            self._live(channel, telling, bounds, folders)
        telling.close()
        for fd in (channel, *folders):
            os.close(fd)
        told: dict[str, Any] = {}
        place = -1
        with hearing:
            while received := socket.recv_fds(hearing, _LARGEST_PACKET, 1):
                if not received[0]:
                    break
                told |= json.loads(received[0])
                place = next(iter(received[1]), place)
        if "failed" in told or "inside" not in told or place < 0:
            os.waitpid(child, 0)
            return {"failed": told.get("failed", "it ended at once")}
        self._room = _OpenRoom(child, told["inside"], place, bounds, self._own)
        return {"open": True, "left_out": told["left_out"]}

    def _live(self, channel: int, telling: socket.socket, limits: room.Limits, folders: tuple[int, ...]) -> None:
        """In the child: make a room, go in and serve the kernel; never returns."""
        status = 1

        def furnish() -> None:
            place = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
            _tell(telling, {"left_out": _copy(folders, limits.files << 20)}, [place])

        try:
            room.enter(limits, furnish, lambda inside: _tell(telling, {"inside": inside}))
            os.closerange(3, channel)
            os.closerange(channel + 1, 4096)
            from cxux_helpers.grading.sandbox.shell import serve

            serve(self._kernel, socket.socket(fileno=channel))
            status = 0
        except SystemExit:
            status = 0
        except BaseException as problem:
            with suppress(OSError):
                _tell(telling, {"failed": f"{type(problem).__name__}: {problem}"})
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(status)

    def _do_interrupt(self) -> dict[str, Any]:
        alive = self._room is not None and self._room.kill(signal.SIGINT)
        return {"alive": alive}

    def _do_state(self) -> dict[str, Any]:
        if self._room is None:
            return {"alive": False, "ended": ""}
        self._room.look()
        return {"alive": self._room.alive, "ended": self._room.ended}

    def _do_saved(self) -> dict[str, Any]:
        """Answers that lie in the room now: names and texts."""
        return {"answers": _saved_answers(self._room.place) if self._room is not None else {}}

    def _do_close(self) -> dict[str, Any]:
        if self._room is None:
            return {"ended": ""}
        ended, most = self._room.close()
        self._room = None
        return {"ended": ended, "memory": most}


class _OpenRoom:
    """A room in which somebody is."""

    def __init__(self, waiting: int, inside: int, place: int, limits: room.Limits, own: set[int]) -> None:
        self.waiting, self.inside, self.place, self._limits = waiting, inside, place, limits
        self._own = own | {waiting}
        self._before = _used(self._own, inside)  # what the fork shares with the doorkeeper
        self.alive = True
        self.ended = ""
        self.most = 0

    def look(self) -> None:
        """See whether the room still lives, and end it where it has grown too large."""
        if not self.alive:
            return
        ended, status = os.waitpid(self.waiting, os.WNOHANG)
        if ended:
            self.alive = False
            self.ended = self.ended or f"status {os.waitstatus_to_exitcode(status)}"
            return
        used = max(_used(self._own, None) - self._before, 0)
        self.most = max(self.most, used)
        if used > self._limits.memory << 20:
            self.ended = "memory"
            self.kill(signal.SIGKILL)

    def kill(self, number: int) -> bool:
        """Send a signal to the first process of the room."""
        if self.alive:
            with suppress(ProcessLookupError):
                os.kill(self.inside, number)
        return self.alive

    def close(self) -> tuple[str, int]:
        """End all that is in the room, and take its files away."""
        if self.alive:
            self.kill(signal.SIGKILL)
            os.waitpid(self.waiting, 0)
            self.alive = False
        os.close(self.place)  # the last hold on its files
        return self.ended, self.most


def _used(own: set[int], only: int | None) -> int:
    """Bytes of memory, files left out, of the processes that are not the doorkeeper's own.

    What is shared between processes, and what is swapped out, is counted too, or it could be hidden there.
    """
    kibibytes = 0
    for name in [str(only)] if only is not None else [process.name for process in Path("/proc").iterdir()]:
        if name.isdigit() and int(name) not in own:
            with suppress(OSError, ValueError):
                for line in Path(f"/proc/{name}/status").read_text().splitlines():
                    kind, _, amount = line.partition(":")
                    if kind in _COUNTED:
                        kibibytes += int(amount.split()[0])
    return kibibytes << 10


def _copy(folders: Sequence[int], most: int) -> list[str]:
    """Copy the plain files of folders, known by descriptors, into the working folder; return what was left out.

    Where two folders have a file of one name, the later one's is taken. Whatever lies in a folder, this comes to its
    end.
    """
    room_left = [most]
    left_out = (name for folder in reversed(folders) for name in _copy_folder(folder, Path(), room_left))
    first = list(islice(left_out, _MOST_NAMED))
    deque(left_out, maxlen=0)
    return ["".join(sign if sign.isprintable() else "?" for sign in name[:_LONGEST_NAME]) for name in first]


def _copy_folder(folder: int, at: Path, room_left: list[int]) -> Iterator[str]:
    with os.scandir(folder) as entries:
        # No notebook: the student's is not needed, and the instructor's tells the hidden tests.
        names = sorted(entry.name for entry in islice(entries, _MOST_FILES) if not entry.name.endswith(".ipynb"))
    for name in names:
        target = at / name
        try:
            if stat.S_ISDIR(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
                yield from _copy_inner(name, folder, target, room_left)
            elif not os.path.lexists(target):
                content = _content(name, folder, room_left[0])
                if content is None:
                    yield str(target)
                else:
                    target.write_bytes(content)
                    room_left[0] -= len(content)
        except OSError:  # no space, no permission, or something else of this name
            yield str(target)


def _copy_inner(name: str, folder: int, target: Path, room_left: list[int]) -> Iterator[str]:
    if len(target.parts) > _DEEPEST:
        yield str(target)
        return
    inner = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
    try:
        target.mkdir(exist_ok=True)
        yield from _copy_folder(inner, target, room_left)
    finally:
        os.close(inner)


def _content(name: str, folder: int, most: int) -> bytes | None:
    """The bytes of a plain file of no more than `most`; None for a link, a pipe and whatever else."""
    try:
        number = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder)
    except OSError:
        return None
    with os.fdopen(number, "rb") as file:
        about = os.fstat(number)
        if not stat.S_ISREG(about.st_mode) or about.st_size > most:
            return None
        content = file.read(most + 1)
    return content if len(content) <= most else None


def _saved_answers(place: int) -> dict[str, str]:
    """The texts in ``answers``; a link is not followed, and a flood of files is cut short."""
    answers: dict[str, str] = {}
    room_left = _MOST_SAVED
    try:
        folder = os.open("answers", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=place)
    except OSError:
        return answers
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if entry.name.isascii() and entry.name.endswith(".json"))
        for name in names[:_MOST_ANSWERS]:
            content = _content(name, folder, min(_LARGEST_ANSWER, room_left))
            if content is not None:
                room_left -= len(content)
                answers[name] = content.decode(errors="replace")
    finally:
        os.close(folder)
    return answers


def _tell(channel: socket.socket, message: dict[str, Any], fds: Iterable[int] = ()) -> None:
    socket.send_fds(channel, [json.dumps(message).encode()[:_LARGEST_PACKET]], list(fds))


def main() -> None:
    """Serve on the file descriptor that the command line names."""
    control = socket.socket(fileno=int(sys.argv[1]))
    control.set_inheritable(False)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Doorkeeper(control).serve()


if __name__ == "__main__":
    main()
