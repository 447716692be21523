"""Memory of a grader over a long run: one class of many, its processes' memory as they go on.

    python benchmarks/grading_memory.py [--students N]

As an ordinary user, like benchmarks/grading.py, whose class this is. Resident memory is that of the grader, and of all
processes together that stay with it: foreman, workers and doorkeepers. What they share is counted in each. Rooms come
and go with their submissions.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.grading import CONFIG, NAME, make_course

STAYS = 5.0  # seconds; no room of this class stands that long


def resident(grader: psutil.Process) -> tuple[float, float]:
    """Mebibytes of the grader, and of all processes that have been with it for a while."""
    others = 0
    for child in grader.children(recursive=True):
        try:
            others += child.memory_info().rss if time.time() - child.create_time() > STAYS else 0
        except psutil.Error:
            continue
    return grader.memory_info().rss / 2**20, others / 2**20


def main() -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--students", type=int, default=1000, help="size of the class (default 1000)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cxux-memory-") as name:
        root = Path(name) / "course"
        make_course(root, CONFIG.read_text(encoding="utf-8"), asked.students)
        command = [sys.executable, "-m", "cxux_helpers.grading", NAME, "--workers", "2"]
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        began = time.perf_counter()
        run = subprocess.Popen(command, cwd=root, env={**os.environ, "PATH": path}, stderr=subprocess.DEVNULL)
        grader, shown = psutil.Process(run.pid), 0
        while run.poll() is None:
            time.sleep(0.5)
            done = sum(1 for _ in (root / "autograded").glob("*")) if (root / "autograded").is_dir() else 0
            if done >= shown + asked.students // 10:
                shown = done
                own, others = resident(grader)
                print(f"after {done}: grader {own:.0f} MiB, those that stay with it {others:.0f} MiB", flush=True)
        print(f"{asked.students} submissions in {time.perf_counter() - began:.0f} s")
    return run.returncode


if __name__ == "__main__":
    sys.exit(main())
