"""IPython's own kernel without Jupyter's sockets: it takes requests from one channel and answers there.

A kernel's cells are done in a moment; what takes time in plain Jupyter is to start it and to wait for its sockets. Here
ipykernel runs as always, and so a notebook's outputs are as always. Only what it *sends* goes another way: each message
is written into the channel at once. The kernel can be made before a fork and be served behind it.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
import threading
import time
from types import SimpleNamespace
from typing import Any

from ipykernel.iostream import BackgroundSocket, IOPubThread, OutStream
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from tornado.ioloop import IOLoop
from traitlets import Any as AnyTrait
from traitlets.config import Application, Config

from cxux_helpers.grading.sandbox.messages import FROM_ROOM, HEAD, BrokenMessage, frame, size_of, unpack

__all__ = ["RoomKernel", "make_kernel", "serve"]

_FLUSH_EVERY = 0.2  # seconds, as ipykernel does
_FLUSH_BEYOND = 65_536  # characters


class RoomSession(Session):  # type: ignore[misc]
    """Jupyter's messages, written into the channel in the place of sockets."""

    channel: socket.socket | None = None
    lock = threading.Lock()

    def send(
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, *args: Any, **more: Any
    ) -> Any:
        """Send a message to the marker; who was forked off has nothing to say here, as in any kernel."""
        if isinstance(msg_or_type, dict):
            message = msg_or_type
        else:
            message = self.msg(
                msg_or_type, content=content, parent=parent, header=more.get("header"), metadata=more.get("metadata")
            )
        if os.getpid() != self.pid:
            return message
        sent = {
            "channel": "shell" if stream == "shell" else "iopub",
            **{part: message[part] for part in ("header", "parent_header", "metadata", "content")},
        }
        try:
            data = frame(self.pack(sent), FROM_ROOM)
        except (BrokenMessage, ValueError, TypeError) as problem:
            return self.send(stream, "stream", {"name": "stderr", "text": f"{problem}\n"}, parent)
        channel = self.channel
        if channel is not None:
            with self.lock:
                channel.sendall(data)
        return message


class DirectThread(IOPubThread):  # type: ignore[misc]
    """Stands where ipykernel has its thread of sockets; does everything at once."""

    def __init__(self) -> None:
        self.socket = None
        self.thread = threading.current_thread()  # so that a flush does not wait for another thread
        self.background_socket = BackgroundSocket(self)
        self.io_loop = SimpleNamespace(call_later=lambda *_: None)
        self._master_pid = os.getpid()

    def schedule(self, f: Any) -> None:
        """Call a function now."""
        f()

    def start(self) -> None:
        """Nothing is to be started."""

    def stop(self) -> None:
        """Nothing is to be stopped."""


class RoomStream(OutStream):  # type: ignore[misc]
    """Standard output or error: flushed behind each cell, and while a long one runs."""

    _flushed = 0.0
    _waiting = 0

    def write(self, string: str) -> int | None:
        """Write; in a process that the student's code has forked off, to the kernel's own stream."""
        if not self._is_master_process():
            os.write(self._original_stdstream_fd, string.encode(errors="replace"))
            return len(string)
        written: int | None = super().write(string)
        self._waiting += len(string)
        now = time.monotonic()
        if now - self._flushed > _FLUSH_EVERY or self._waiting > _FLUSH_BEYOND:
            self.flush()
        return written

    def flush(self) -> None:
        """Send what waits."""
        if self._is_master_process():
            self._flushed, self._waiting = time.monotonic(), 0
            self._flush()


class RoomKernel(IPythonKernel):  # type: ignore[misc]
    """ipykernel, as far as notebooks without a person in front of them need it."""

    # What ipykernel would take from its sockets.
    shell_stream = AnyTrait("shell")
    shell_channel_thread = AnyTrait(SimpleNamespace(parent_thread=threading.main_thread()))

    async def handle(self, request: dict[str, Any]) -> None:
        """Serve one request as ipykernel's dispatcher does."""
        self.set_parent([], request, channel="shell")
        self._publish_status("busy", "shell")
        handler = self.shell_handlers.get(request["header"]["msg_type"])
        try:
            if handler is not None:
                result = handler("shell", [], request)
                if result is not None:
                    await result
        except KeyboardInterrupt:
            self.log.error("Interrupted.")
        except Exception:
            self.log.exception("A request could not be served.")
        for stream in (sys.stdout, sys.stderr):
            if stream is not None:
                stream.flush()
        self._publish_status("idle", "shell")

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """One request comes at a time, so there is no queue."""


class RoomApplication(Application):  # type: ignore[misc]
    """Stands where ipykernel has its program."""

    kernel = AnyTrait()


def make_kernel() -> RoomKernel:
    """Make a kernel that nobody speaks with yet."""
    sys.modules.setdefault("debugpy", None)  # type: ignore[arg-type]  # its absence is looked for
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    session, thread = RoomSession(username="student"), DirectThread()
    # Libraries look for IPKernelApp to learn whether they are in a notebook.
    config = Config(
        {
            "HistoryManager": {"hist_file": ":memory:"},
            "IPythonKernel": {"_execute_sleep": 0},
            "IPKernelApp": {"name": ""},
        }
    )
    kernel = RoomKernel(
        session=session,
        iopub_thread=thread,
        iopub_socket=thread.background_socket,
        config=config,
        user_ns={},
        log=logging.getLogger(__name__),
    )
    kernel.shell.exit_now = False
    RoomApplication.instance().kernel = kernel  # magics look for it there
    return kernel


def serve(kernel: RoomKernel, channel: socket.socket) -> None:
    """Answer the requests of a channel until it is closed."""
    session: RoomSession = kernel.session
    session.pid = os.getpid()
    session.channel = channel
    kernel.iopub_thread._master_pid = os.getpid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _reseed()
    _settle_down()
    _silence_what_is_echoed()
    sys.stdout = RoomStream(session, kernel.iopub_thread, "stdout")
    sys.stderr = RoomStream(session, kernel.iopub_thread, "stderr")
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    loop.run_until_complete(_serve(kernel, channel))


async def _serve(kernel: RoomKernel, channel: socket.socket) -> None:
    loop = asyncio.get_running_loop()
    kernel.io_loop = IOLoop.current()
    requests: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    received = bytearray()

    def read() -> None:
        # Writing blocks, reading must not: tasks that the student has started go on meanwhile.
        try:
            part = channel.recv(1 << 20, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        if not part:
            loop.remove_reader(channel)
            requests.put_nowait(None)
        received.extend(part)
        while len(received) >= HEAD.size and len(received) >= (
            end := HEAD.size + size_of(bytes(received[: HEAD.size]))
        ):
            requests.put_nowait(unpack(bytes(received[HEAD.size : end])))
            del received[:end]

    loop.add_reader(channel, read)
    while True:
        try:
            request = await requests.get()
            if request is None:
                return
            await kernel.handle(request)
        except KeyboardInterrupt:
            continue  # an interrupt that came when the cell was done


def _settle_down() -> None:
    """Make what was decided when the doorkeeper began as it would be in a notebook."""
    # Modules beside the notebook are found, behind the standard library: as IPython's own program has it.
    places = [place for place, folder in enumerate(sys.path) if folder.endswith(("site-packages", "dist-packages"))]
    sys.path.insert(places[0] if places else len(sys.path), "")
    del sys.argv[1:]
    pandas = sys.modules.get("pandas")
    if pandas is not None:  # it asks when it is imported, and shows as many columns as a terminal is wide
        pandas.set_option("display.max_columns", 20)


def _silence_what_is_echoed() -> None:
    """ipykernel repeats output of subprocesses where the kernel was started; here that is the marker's terminal."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def _reseed() -> None:
    """Give this process random numbers of its own, as a process has that was not forked."""
    import random

    random.seed()
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        numpy.random.seed()
