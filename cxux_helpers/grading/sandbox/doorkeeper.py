"""The program within the walls: it imports the course's libraries once and opens a room for each submission.

It runs no code of students, and does what the marker's side tells it: ``open``, ``interrupt``, ``saved``, ``close``,
``warm``. One room is open at a time. The process has a single thread, or it could not fork in safety.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import signal
import socket
import stat
import sys
import traceback
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

from cxux_helpers.grading.sandbox import room
from cxux_helpers.grading.sandbox.messages import BrokenMessage, receive, send

__all__ = ["Doorkeeper", "main"]

_LOOK_EVERY = 0.1  # seconds between two looks at the memory of a room
_PAGE = os.sysconf("SC_PAGE_SIZE")
_LARGEST_ANSWER, _MOST_ANSWERS = 1 << 20, 200
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
        absent = []
        for name in modules:
            try:
                importlib.import_module(name)
            except Exception:
                absent.append(name)
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
        self._before = _resident(self._own | set(), inside)  # what the fork shares with the doorkeeper
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
        used = max(_resident(self._own, None) - self._before, 0)
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


def _resident(own: set[int], only: int | None) -> int:
    """Bytes of memory, shared files left out, of the processes that are not the doorkeeper's own."""
    pages = 0
    for name in [str(only)] if only is not None else [process.name for process in Path("/proc").iterdir()]:
        if name.isdigit() and int(name) not in own:
            with suppress(OSError, ValueError, IndexError):
                _, resident, shared, *_ = Path(f"/proc/{name}/statm").read_text().split()
                pages += int(resident) - int(shared)
    return pages * _PAGE


def _copy(folders: Iterable[int], room_left: int) -> list[str]:
    """Copy the plain files of folders, known by descriptors, into the working folder; return what was left out."""
    left_out: list[str] = []
    for folder in folders:
        for path, _, files, at in os.fwalk(".", dir_fd=folder, follow_symlinks=False):
            Path(path).mkdir(exist_ok=True)
            # No notebook: the student's is not needed, and the instructor's tells the hidden tests.
            for name in sorted(name for name in files if not name.endswith(".ipynb")):
                target = Path(path) / name
                content = _content(name, at, room_left)
                if content is None:
                    left_out.append(str(target))
                    continue
                room_left -= len(content)
                target.write_bytes(content)
    return left_out[:20]


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
    try:
        folder = os.open("answers", os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=place)
    except OSError:
        return answers
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, _MOST_ANSWERS):
                content = _content(entry.name, folder, _LARGEST_ANSWER)
                if content is not None:
                    answers[entry.name] = content.decode(errors="replace")
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
