"""Messages between the processes of a sandbox: JSON with its length before it, and file descriptors beside it.

Whoever sits in a room can write what he likes into its socket. So a reader bounds what it takes, and takes nothing but
JSON.
"""

from __future__ import annotations

import json
import socket
import struct
from collections.abc import Sequence
from typing import Any, NoReturn

__all__ = ["FROM_ROOM", "HEAD", "LARGEST", "BrokenMessage", "frame", "pack", "receive", "send", "size_of", "unpack"]

HEAD = struct.Struct("!I")
LARGEST = 64 * 1024 * 1024  # bytes of one message between our own processes
FROM_ROOM = 8 * 1024 * 1024  # and of one that comes from a room: JSON takes up to 30 times as much when it is read
_MOST_FDS = 4


class BrokenMessage(Exception):
    """What came is no message."""


def pack(message: Any) -> bytes:
    """Return a message as bytes, its length first."""
    return frame(json.dumps(message, separators=(",", ":")).encode())


def frame(body: bytes, most: int = LARGEST) -> bytes:
    """Return what is JSON already, its length first."""
    if len(body) > most:
        raise BrokenMessage(f"a message of {len(body)} bytes is too long.")
    return HEAD.pack(len(body)) + body


def size_of(head: bytes, most: int = LARGEST) -> int:
    """Return the length that a head announces, if it may be."""
    size: int = HEAD.unpack(head)[0]
    if size > most:
        raise BrokenMessage(f"a message of {size} bytes is too long.")
    return size


def unpack(body: bytes) -> dict[str, Any]:
    """Return the message in a body."""
    try:
        message = json.loads(body.decode(), parse_constant=_refuse)
        if b"\\ud" in body.lower():  # half of a character can be read, and never be written to a file
            message = json.loads(json.dumps(message, ensure_ascii=False).encode(errors="replace"))
    except (ValueError, RecursionError) as problem:
        raise BrokenMessage(str(problem)) from None
    if not isinstance(message, dict):
        raise BrokenMessage("a message is an object.")
    return message


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON.")


def send(channel: socket.socket, message: Any, fds: Sequence[int] = ()) -> None:
    """Send a message; file descriptors travel with its first byte."""
    data = pack(message)
    if fds:
        sent = socket.send_fds(channel, [data[:1]], list(fds))
        data = data[sent:]
    channel.sendall(data)


def receive(channel: socket.socket) -> tuple[dict[str, Any], list[int]] | None:
    """Wait for a message and its file descriptors; None if the other side has gone."""
    first, fds, _, _ = socket.recv_fds(channel, 1, _MOST_FDS)
    if not first:
        return None
    rest = _exactly(channel, HEAD.size - 1)
    body = _exactly(channel, size_of(first + rest)) if rest is not None else None
    return None if body is None else (unpack(body), list(fds))


def _exactly(channel: socket.socket, size: int) -> bytes | None:
    data = bytearray()
    while len(data) < size:
        part = channel.recv(min(size - len(data), 1 << 20))
        if not part:
            return None
        data += part
    return bytes(data)
