"""A doorkeeper whose rooms have no walls, to measure what walls cost; for benchmarks/grading.py and nobody else."""

import os
import tempfile
from collections.abc import Callable

from cxux_helpers.grading.sandbox import doorkeeper, room


def enter(limits: room.Limits, furnish: Callable[[], None], tell: Callable[[int], None]) -> None:
    """Fork as a room does, into a folder of its own, and do without all the rest."""
    inside = os.fork()
    if inside:
        tell(inside)
        os.closerange(0, 4096)
        _, status = os.waitpid(inside, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 255)
    os.setsid()
    os.chdir(tempfile.mkdtemp())
    furnish()


if __name__ == "__main__":
    room.enter = enter
    doorkeeper.main()
