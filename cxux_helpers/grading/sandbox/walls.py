"""The outer wall: bubblewrap, and what must be so before it can stand."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import cxux_helpers
from cxux_helpers.grading.sandbox.room import SUBMISSION

__all__ = ["NoSandbox", "command", "environment", "trouble"]

_REFUSAL = (
    "{why} No submission was run. {remedy} Or choose to grade without a sandbox, with --no-sandbox or "
    "c.MarkOutside.sandbox = False: then the code of every student runs with your rights."
)


class NoSandbox(Exception):
    """There is no sandbox here; the message says why, and what to do."""


@functools.cache
def trouble() -> str:
    """Return why submissions cannot be shut off on this machine, and the remedy; empty if they can be."""
    if sys.platform != "linux":
        return _REFUSAL.format(
            why="Submissions are shut off with Linux's namespaces, and this is no Linux.",
            remedy="Grade on a Linux machine, in a container or a virtual one (docs/grading.md says how).",
        )
    if os.getuid() == 0:
        return _REFUSAL.format(why="You are root, whom limits do not bind.", remedy="Grade as an ordinary user.")
    if shutil.which("bwrap") is None:
        return _REFUSAL.format(
            why="bubblewrap (bwrap) is not installed.", remedy="On Debian or Ubuntu: sudo apt install bubblewrap."
        )
    # Namespaces within namespaces, as the rooms need them.
    probe = [*command(), "unshare", "--user", "--map-current-user", "--mount", "--pid", "--fork", "true"]
    tried = subprocess.run(probe, capture_output=True, text=True, env=environment(), timeout=60, check=False)
    if tried.returncode:
        return _REFUSAL.format(
            why=f"bubblewrap cannot make a sandbox here ({tried.stderr.strip() or tried.returncode}).",
            remedy="User namespaces may be closed: docs/grading.md says how to open them.",
        )
    return ""


def command() -> list[str]:
    """Return the command that runs a program within the walls: what stands behind it is the program."""
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise NoSandbox(trouble())
    walls = [
        bwrap, "--unshare-all", "--unshare-user", "--die-with-parent", "--new-session", "--hostname", "course",
        "--ro-bind", "/usr", "/usr",
        "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
        "--ro-bind-try", "/etc/fonts", "/etc/fonts",
        "--ro-bind-try", "/etc/localtime", "/etc/localtime",
        "--proc", "/proc", "--dev", "/dev", "--chmod", "0755", "/dev",
        "--size", str(16 << 20), "--tmpfs", "/tmp",
        "--size", str(1 << 20), "--tmpfs", "/dev/shm",
        "--dir", SUBMISSION,
    ]  # fmt: skip
    for link in ("/bin", "/sbin", "/lib", "/lib32", "/lib64"):
        if Path(link).is_symlink():
            walls += ["--symlink", str(Path(link).readlink()), link]
        elif Path(link).is_dir():
            walls += ["--ro-bind", link, link]
    for place in _python():
        walls += ["--ro-bind", str(place), str(place)]
    # Not even /dev can be written to: it is one folder for all rooms, so that one student would find what another left.
    return [*walls, "--remount-ro", "/dev", "--remount-ro", "/", "--chdir", "/", "--"]


def environment() -> dict[str, str]:
    """Return all that a program within the walls knows of its surroundings."""
    return {
        "HOME": "/tmp",
        "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}/usr/bin{os.pathsep}/bin",
        "LANG": "C.UTF-8",
        "TZ": os.environ.get("TZ", ""),
        "NBGRADER_EXECUTION": "autograde",
        # One thread each: many submissions share the machine, and a process with more cannot be forked.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "LOKY_MAX_CPU_COUNT": "1",
    }


def _python() -> list[Path]:
    """Folders that Python itself and the course's library need, none within another."""
    wanted = {Path(sys.prefix), Path(sys.base_prefix), Path(cxux_helpers.__file__).resolve().parent}
    wanted = {place for place in wanted if not place.is_relative_to("/usr")}
    return sorted(
        place for place in wanted if not any(place != other and place.is_relative_to(other) for other in wanted)
    )
