"""The room of one submission: a process that gives up all that it does not need before it runs a student's code.

bubblewrap's walls stand around the doorkeeper and all rooms, and would hold by themselves. A room keeps one student
from the next: what a submission leaves behind, be it a process, a file or a full disk, ends with its room. Only the
kernel's own means are used, by their plain system calls, because Python 3.11 has no function for them.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cxux_helpers.grading.sandbox import calls

__all__ = ["SUBMISSION", "Limits", "die_with_parent", "enter"]

SUBMISSION = "/submission"
"""The working folder in a room."""

_NEW_MOUNTS, _NEW_USER, _NEW_PROCESSES, _NEW_IPC = 0x00020000, 0x10000000, 0x20000000, 0x08000000
_NO_SUID, _NO_DEVICES, _NO_EXECUTION = 0x2, 0x4, 0x8
_BIND, _RECURSIVE, _PRIVATE = 0x1000, 0x4000, 0x40000
_DIE_WITH_PARENT, _DROP_FROM_BOUNDING_SET, _NO_NEW_PRIVILEGES = 1, 24, 38
_CAPABILITY_VERSION = 0x20080522
_MEBIBYTE = 1 << 20


@dataclass(frozen=True)
class Limits:
    """What a room may use.

    Parameters
    ----------
    memory
        Mebibytes of all processes together; the doorkeeper looks at it several times a second. No single process gets
        more address space than twice that.
    processes
        Processes and threads at one time.
    seconds
        Processor seconds of one process.
    files
        Mebibytes of files, in the working folder and in the folder for temporary files each.
    open_files
        Open files of one process.
    """

    memory: int = 2048
    processes: int = 64
    seconds: int = 300
    files: int = 64
    open_files: int = 256


def enter(limits: Limits, furnish: Callable[[], None], tell: Callable[[int], None]) -> None:
    """Make a room and go in; what returns is a new process without any rights, in its working folder.

    The calling process stays outside to wait for that one, and ends with its exit status.

    Parameters
    ----------
    limits
        What may be used.
    furnish
        Called within, while the new process still has rights and the working folder is empty.
    tell
        Called in the waiting process with the number of the new one.
    """
    user, group = os.getuid(), os.getgid()
    _call("unshare", _NEW_USER | _NEW_MOUNTS | _NEW_PROCESSES | _NEW_IPC)
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{group} {group} 1")
    inside = os.fork()
    if inside:
        _wait_outside(inside, tell)
    die_with_parent()
    os.setsid()  # a signal to one's own group would else reach the doorkeeper, whatever the namespaces
    _mount_own(limits)
    os.chdir(SUBMISSION)
    furnish()
    _give_up_rights()
    _set_limits(limits)
    calls.refuse()


def die_with_parent() -> None:
    """Let the kernel end this process when the thread that made it ends."""
    _call("prctl", _DIE_WITH_PARENT, int(signal.SIGKILL), 0, 0, 0)


def _wait_outside(inside: int, tell: Callable[[int], None]) -> None:
    tell(inside)
    os.closerange(0, 4096)
    _, status = os.waitpid(inside, 0)
    # Killed by a signal, or ended by itself: either way the first process of a room takes all others with it.
    os._exit(os.waitstatus_to_exitcode(status) & 255)


def _mount_own(limits: Limits) -> None:
    """Empty folders in the memory, which end with the room, and a view of the room's own processes alone."""
    _mount("none", "/", None, _RECURSIVE | _PRIVATE)
    for place in (SUBMISSION, "/tmp", "/dev/shm"):
        _mount("tmpfs", place, "tmpfs", _NO_SUID | _NO_DEVICES, f"size={limits.files}m,nr_inodes=20k,mode=700")
    _mount("/dev/null", "/dev/zero", None, _BIND)  # a shared mapping of it is memory that is in no bounded folder
    _mount("proc", "/proc", "proc", _NO_SUID | _NO_DEVICES | _NO_EXECUTION)


def _give_up_rights() -> None:
    # Where the machine's memory runs out, the kernel shall end this room, and nobody else.
    Path("/proc/self/oom_score_adj").write_text("1000")
    # A new user namespace would bring back rights, so there can be none.
    Path("/proc/sys/user/max_user_namespaces").write_text("0")
    capability = 0
    while _libc.prctl(_DROP_FROM_BOUNDING_SET, capability, 0, 0, 0) == 0:
        capability += 1
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION, 0)
    none = (ctypes.c_uint32 * 6)()
    _call("capset", ctypes.byref(header), ctypes.byref(none))
    _call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def _set_limits(limits: Limits) -> None:
    for kind, most in (
        (resource.RLIMIT_DATA, 2 * limits.memory * _MEBIBYTE),
        (resource.RLIMIT_NPROC, limits.processes),
        (resource.RLIMIT_CPU, limits.seconds),
        (resource.RLIMIT_FSIZE, limits.files * _MEBIBYTE),
        (resource.RLIMIT_NOFILE, limits.open_files),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _mount(source: str | None, target: str, kind: str | None, flags: int, options: str | None = None) -> None:
    def text(value: str | None) -> bytes | None:
        return None if value is None else value.encode()

    _call("mount", text(source), text(target), text(kind), ctypes.c_ulong(flags), text(options))


_libc = ctypes.CDLL(None, use_errno=True)


def _call(name: str, *arguments: Any) -> None:
    if getattr(_libc, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
