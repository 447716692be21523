"""System calls that no notebook needs, and that a room therefore refuses: the least of the kernel for a stranger.

Namespaces do not cover all of Linux. Keyrings belong to the user wherever he is, sockets of a virtual machine lead past
every network namespace, and memory of some kinds belongs to no process, so that nobody could add it up. The filter is
the kernel's own seccomp, for the machines whose calls are numbered here; on others the remaining layers hold.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys

__all__ = ["REFUSED", "program", "refuse"]

REFUSED: dict[str, tuple[int, int]] = {
    # memory that is in no process and in no bounded folder
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "shmat": (30, 196),
    "semget": (64, 190), "msgget": (68, 186),
    # the user's keys
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438),
    # new rooms within the room, and other ways to files
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41),
    "chroot": (161, 51), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "quotactl": (179, 60),
    # parts of the kernel in which most of its holes were found
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "fanotify_init": (300, 262),
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "syslog": (103, 116), "acct": (163, 89), "swapon": (167, 224), "reboot": (169, 142),
}  # fmt: skip
"""Name, and number on x86-64 and on 64-bit ARM."""

_SOCKET, _MMAP = (41, 198), (9, 222)
_FAMILIES = (1, 2, 10, 16)  # of sockets: files, the two internets, and netlink, by which programs ask for interfaces
_SHARED_BY_NO_FILE = 0x21  # MAP_SHARED | MAP_ANONYMOUS
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_OTHER_NUMBERING = 0x40000000  # the x32 calls of x86-64

# Classic BPF, and what it finds of a call: its number, the machine's kind, the lower halves of the arguments.
_LOAD, _AND, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x06
_NUMBER, _KIND, _FIRST, _FOURTH = 0, 4, 16, 40
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_SET_SECCOMP, _FILTER = 22, 2


def program(machine: str) -> bytes:
    """Return the filter for a kind of machine; empty where its calls are not known here."""
    if machine not in _MACHINES or sys.maxsize <= 2**32:
        return b""
    column, kind = _MACHINES[machine]
    refused = (_RETURN, 0, 0, _FAIL | errno.EPERM)
    steps = [
        (_LOAD, 0, 0, _KIND), (_EQUAL, 1, 0, kind), refused,
        (_LOAD, 0, 0, _NUMBER), (_AT_LEAST, 0, 1, _OTHER_NUMBERING), refused,
    ]  # fmt: skip
    for numbers in REFUSED.values():
        steps += [(_EQUAL, 0, 1, numbers[column]), refused]
    steps += [(_EQUAL, 0, len(_FAMILIES) + 3, _SOCKET[column]), (_LOAD, 0, 0, _FIRST)]
    steps += [(_EQUAL, len(_FAMILIES) - place, 0, family) for place, family in enumerate(_FAMILIES)]
    steps += [(_RETURN, 0, 0, _FAIL | errno.EAFNOSUPPORT), (_RETURN, 0, 0, _ALLOW)]
    steps += [
        (_EQUAL, 0, 4, _MMAP[column]), (_LOAD, 0, 0, _FOURTH), (_AND, 0, 0, _SHARED_BY_NO_FILE),
        (_EQUAL, 0, 1, _SHARED_BY_NO_FILE), refused,
        (_RETURN, 0, 0, _ALLOW),
    ]  # fmt: skip
    return b"".join(struct.pack("HBBI", *step) for step in steps)


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("steps", ctypes.c_void_p)]


def refuse() -> None:
    """Refuse these calls to this process and to all that come of it; there is no way back.

    Raises
    ------
    OSError
        If the kernel does not take the filter. It needs a process that can gain no new rights.
    """
    steps = program(platform.machine())
    if not steps:
        return
    kept = ctypes.create_string_buffer(steps, len(steps))
    given = _Program(len(steps) // 8, ctypes.addressof(kept))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_SET_SECCOMP, _FILTER, ctypes.byref(given), 0, 0):
        raise OSError(ctypes.get_errno(), "the filter of system calls was not taken")
