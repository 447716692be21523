"""A room in the form in which nbclient expects a kernel: a manager that starts and ends it, and a client that asks."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_client.session import Session

from cxux_helpers.answers import FOLDER
from cxux_helpers.grading.sandbox import walls
from cxux_helpers.grading.sandbox.forms import has_its_form
from cxux_helpers.grading.sandbox.messages import (
    FROM_ROOM,
    HEAD,
    BrokenMessage,
    pack,
    receive,
    send,
    size_of,
    unpack,
)
from cxux_helpers.grading.sandbox.room import Limits

__all__ = ["RoomClient", "RoomManager", "Sandbox"]

_MOST_WAITING, _LARGEST_WAITING = 2000, 2 * FROM_ROOM  # messages that nobody has read yet, and their bytes


class Sandbox:
    """A doorkeeper within its walls, who opens a room for one submission after the other.

    It is begun, and not waited for: whatever is asked of it first waits until it is there.

    Parameters
    ----------
    warm
        Modules to import before the first submission comes.

    Raises
    ------
    NoSandbox
        If there can be none on this machine.
    """

    def __init__(self, warm: Iterable[str] = ()) -> None:
        if why := walls.trouble():
            raise walls.NoSandbox(why)
        self._control, theirs = socket.socketpair()
        with theirs:
            program = [sys.executable, "-I", "-m", "cxux_helpers.grading.sandbox.doorkeeper", str(theirs.fileno())]
            self._process = subprocess.Popen(
                [*walls.command(), *program],
                env=walls.environment(), pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL,
            )  # fmt: skip
        self._pid = os.pidfd_open(self._process.pid)  # holds for whoever inherits the sandbox, too
        self._warm: set[str] = set()
        self._unread = 0  # replies that nobody has waited for yet
        self._begin_to_warm(warm)

    def warm(self, modules: Iterable[str]) -> None:
        """Import modules, so that every room that is opened from now on has them."""
        modules = set(modules) - self._warm
        if modules:
            self._begin_to_warm(sorted(modules))

    def open(self, folders: Sequence[Path], limits: Limits) -> tuple[socket.socket, list[str]]:
        """Open a room with copies of these folders' files, later ones over earlier ones.

        Returns
        -------
        socket, list of str
            The channel to its kernel, and the files that were left out: links, pipes and what is too large.
        """
        ours, theirs = socket.socketpair()
        fds: list[int] = []
        try:
            fds = [os.open(folder, os.O_RDONLY | os.O_DIRECTORY) for folder in folders]
            reply = self._ask("open", (theirs.fileno(), *fds), limits=asdict(limits))
        finally:
            theirs.close()
            for fd in fds:
                os.close(fd)
        return ours, reply["left_out"]

    def interrupt(self) -> None:
        """Interrupt what runs in the room, as Ctrl+C would."""
        self._ask("interrupt")

    @property
    def stands(self) -> bool:
        """Whether the doorkeeper still answers."""
        try:
            self._ask("state")
        except walls.NoSandbox:
            return False
        return True

    def saved(self) -> dict[str, str]:
        """The answers that lie in the room's folder now, by the names of their files."""
        answers: dict[str, str] = self._ask("saved")["answers"]
        return answers

    def close_room(self) -> dict[str, Any]:
        """End the room and all that is in it; return why it had ended, and the most memory that it used."""
        return self._ask("close")

    def leave(self) -> None:
        """Let go of it, in a process to which it does not belong."""
        self._control.close()
        os.close(self._pid)

    def stop(self) -> None:
        """Take the walls down."""
        self._control.close()
        if not select.select([self._pid], [], [], 5)[0]:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pid, signal.SIGKILL)
        os.close(self._pid)
        self._process.wait()

    def _begin_to_warm(self, modules: Iterable[str]) -> None:
        self._warm |= set(modules)
        self._say("warm", modules=list(modules))
        self._unread += 1

    def _ask(self, what: str, fds: Sequence[int] = (), **more: Any) -> dict[str, Any]:
        self._say(what, fds, **more)
        replies = [self._hear() for _ in range(self._unread + 1)]
        self._unread = 0
        for reply in replies:
            if "failed" in reply:
                raise walls.NoSandbox(f"The sandbox could not {what} a room: {reply['failed']}")
        return replies[-1]

    def _say(self, what: str, fds: Sequence[int] = (), **more: Any) -> None:
        try:
            send(self._control, {"do": what, **more}, fds)
        except OSError as problem:
            raise walls.NoSandbox(f"The sandbox has broken down: {problem}") from problem

    def _hear(self) -> dict[str, Any]:
        try:
            answered = receive(self._control)
        except (OSError, BrokenMessage) as problem:
            raise walls.NoSandbox(f"The sandbox has broken down: {problem}") from problem
        if answered is None:
            raise walls.NoSandbox("The sandbox has ended by itself.")
        return answered[0]


class RoomManager:
    """Starts and ends the kernel of one submission.

    Parameters
    ----------
    sandbox
        Where the room is opened.
    folders
        Files that the submission finds in its working folder.
    limits
        What the room may use.
    """

    ipykernel = False  # its history is off already
    has_kernel = False
    owns_kernel = True

    def __init__(self, sandbox: Sandbox, folders: Sequence[Path], limits: Limits) -> None:
        self._sandbox, self._folders, self._limits = sandbox, folders, limits
        self._channel: socket.socket | None = None
        self._client: RoomClient | None = None
        self._mirror: tempfile.TemporaryDirectory[str] | None = None
        self.left_out: list[str] = []
        self.ended = ""

    def saved_folder(self) -> Path:
        """A folder with the answers that are saved in the room by now; what was handed in, where there is no room."""
        if self.has_kernel:
            self._copy_answers()
        return self._folders[0] if self._mirror is None else Path(self._mirror.name)

    def close(self) -> None:
        """Take away what was copied."""
        if self._mirror is not None:
            self._mirror.cleanup()

    def _copy_answers(self) -> None:
        saved = self._sandbox.saved()
        self.close()
        self._mirror = tempfile.TemporaryDirectory(prefix="answers-")
        folder = Path(self._mirror.name) / FOLDER
        folder.mkdir()
        for name, text in saved.items():
            if Path(name).name == name:
                (folder / name).write_text(text, encoding="utf-8")

    async def start_kernel(self, **_: Any) -> None:
        """Open the room."""
        self._channel, self.left_out = self._sandbox.open(self._folders, self._limits)
        self.has_kernel = True

    def client(self) -> RoomClient:
        """Return the one client of this kernel."""
        if self._channel is None:
            raise RuntimeError("start the kernel first")
        self._client = RoomClient(self._channel)
        return self._client

    async def is_alive(self) -> bool:
        """Whether the kernel still runs."""
        return self.has_kernel and self._client is not None and not self._client.ended

    async def interrupt_kernel(self) -> None:
        """Interrupt the running cell."""
        if not await self.is_alive():
            raise RuntimeError("the kernel has ended")
        self._sandbox.interrupt()

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """Close the room."""
        if self.has_kernel:
            self._copy_answers()
            self.has_kernel = False
            self.ended = str(self._sandbox.close_room()["ended"])

    async def cleanup_resources(self, restart: bool = False) -> None:
        """Close the room of a kernel that has ended by itself: nbclient shuts down only what still lives."""
        await self.shutdown_kernel()


class _Channel:
    """Messages of one kind, in the order in which they came."""

    def __init__(self, client: RoomClient) -> None:
        self._client = client
        self._waiting: asyncio.Queue[tuple[dict[str, Any], int]] = asyncio.Queue()
        self._bytes = 0

    def put(self, message: dict[str, Any], size: int) -> None:
        # A flood is thrown away, but for the messages that say where a cell begins and ends; and these are small.
        full = self._waiting.qsize() >= _MOST_WAITING or self._bytes + size > _LARGEST_WAITING
        if full and message["msg_type"] not in ("status", "execute_reply"):
            return
        if self._waiting.qsize() >= 2 * _MOST_WAITING or self._bytes + size > 2 * _LARGEST_WAITING:
            raise BrokenMessage("a flood of messages.")
        self._bytes += size
        self._waiting.put_nowait((message, size))

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message, or raise Empty."""
        try:
            message, size = self._waiting.get_nowait()
        except asyncio.QueueEmpty:
            try:
                message, size = await asyncio.wait_for(self._waiting.get(), timeout)
            except TimeoutError:
                raise Empty from None
        self._bytes -= size
        return message


class RoomClient:
    """Asks the kernel of a room, in the words of jupyter_client's clients."""

    allow_stdin = False

    def __init__(self, channel: socket.socket) -> None:
        self._socket = channel
        self._session = Session(username="marker")
        self.shell_channel, self.iopub_channel = _Channel(self), _Channel(self)
        self.ended = False
        self._writer: asyncio.StreamWriter | None = None
        self._reading: asyncio.Task[None] | None = None

    async def start_channels(self, **_: Any) -> None:
        """Begin to read."""
        reader, self._writer = await asyncio.open_unix_connection(sock=self._socket, limit=1 << 20)
        self._reading = asyncio.ensure_future(self._read(reader))

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """A room's kernel is ready when it is opened."""

    async def stop_channels(self) -> None:
        """Hang up."""
        self.ended = True
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait([self._reading])
        if self._writer is not None:
            self._writer.close()

    def execute(
        self, code: str, silent: bool = False, store_history: bool = True, user_expressions: Any = None,
        allow_stdin: bool | None = None, stop_on_error: bool = True,
    ) -> str:  # fmt: skip
        """Send a request to run code; return its number."""
        content = {
            "code": code, "silent": silent, "store_history": store_history,
            "user_expressions": user_expressions or {}, "allow_stdin": False, "stop_on_error": stop_on_error,
        }  # fmt: skip
        return self._send("execute_request", content)

    async def is_alive(self) -> bool:
        """Whether the kernel can still be asked."""
        return not self.ended

    def kernel_info(self) -> str:
        """Send a request for what the kernel is; return its number."""
        return self._send("kernel_info_request", {})

    def _send(self, kind: str, content: dict[str, Any]) -> str:
        message = self._session.msg(kind, content)
        message["header"]["date"] = message["header"]["date"].isoformat()
        message["metadata"] = {"cellId": None}
        if self._writer is not None:
            self._writer.write(
                pack({part: message[part] for part in ("header", "parent_header", "metadata", "content")})
            )
        return str(message["header"]["msg_id"])

    async def _read(self, reader: asyncio.StreamReader) -> None:
        try:
            while True:
                size = size_of(await reader.readexactly(HEAD.size), FROM_ROOM)
                self._take(unpack(await reader.readexactly(size)), size)
        except (asyncio.IncompleteReadError, BrokenMessage, OSError):
            self.ended = True

    def _take(self, message: dict[str, Any], size: int) -> None:
        """Sort a message; one that no kernel would send is passed over."""
        if not has_its_form(message):
            return
        header = message["header"]
        message["msg_type"], message["msg_id"] = header["msg_type"], header["msg_id"]
        message.setdefault("metadata", {})
        message["buffers"] = []
        (self.shell_channel if message.get("channel") == "shell" else self.iopub_channel).put(message, size)
