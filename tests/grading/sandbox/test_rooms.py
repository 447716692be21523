"""Tests of room, doorkeeper, walls, calls and kernels: one doorkeeper, and rooms of his one after the other."""

import asyncio
import os
import platform
import struct

import psutil
import pytest

from cxux_helpers.grading.execution import perform
from cxux_helpers.grading.sandbox import calls, walls
from cxux_helpers.grading.sandbox.kernels import _LARGEST_WAITING, RoomManager, Sandbox, _Channel
from cxux_helpers.grading.sandbox.messages import BrokenMessage
from cxux_helpers.grading.sandbox.room import Limits
from cxux_helpers.grading.tasks import Task
from tests.grading.test_corpus import needs_sandbox

SMALL = Limits(memory=400, processes=32, seconds=20, files=8)


@pytest.fixture(scope="module")
def sandbox():
    needs_sandbox()
    sandbox = Sandbox(["numpy"])
    yield sandbox
    sandbox.stop()


def run(sandbox, *sources, folders=None, tmp_path=None):
    """What the cells print or return, as one text; and the manager."""
    manager = RoomManager(sandbox, folders or [tmp_path], SMALL)
    cells = [("code", source) for source in sources]
    task = Task("ann", cells, {}, [str((folders or [tmp_path])[0])], cell_seconds=5, all_seconds=30, iopub_seconds=2)
    outputs = [output for outputs in perform(task, lambda: manager).outputs.values() for output in outputs]
    manager.close()
    said = [str(o.get("text") or o.get("data", {}).get("text/plain") or o.get("ename")) for o in outputs]
    return "".join(said).strip(), manager


def test_a_room_is_left_as_it_was_found(sandbox, tmp_path):
    leave = """
for folder in ("/dev", "/dev/shm", "/tmp", "/submission", "/home", "/"):
    try: open(folder + "/left", "w").close()
    except OSError: pass
import builtins, sys, os, numpy
builtins.left = sys.left = numpy.left = os.environ["LEFT"] = "left"
"""
    look = """
import builtins, sys, os, numpy
places = [f for f in ("/dev", "/dev/shm", "/tmp", "/submission", "/home", "/") if os.path.exists(f + "/left")]
places, [hasattr(m, "left") for m in (builtins, sys, numpy)], "LEFT" in os.environ
"""
    run(sandbox, leave, tmp_path=tmp_path)
    assert run(sandbox, look, tmp_path=tmp_path)[0] == "([], [False, False, False], False)"


def test_rooms_differ_in_their_random_numbers(sandbox, tmp_path):
    ask = "import random, numpy\nrandom.random(), numpy.random.rand()"
    assert run(sandbox, ask, tmp_path=tmp_path)[0] != run(sandbox, ask, tmp_path=tmp_path)[0]


def test_a_signal_to_its_own_group_does_not_reach_the_doorkeeper(sandbox, tmp_path):
    run(sandbox, "import os\nos.kill(0, 9)\nos.killpg(0, 9)\nos.kill(-1, 9)", tmp_path=tmp_path)
    assert sandbox.stands


def test_a_doorkeeper_who_was_killed_is_missed():
    needs_sandbox()
    sandbox = Sandbox()
    assert sandbox.stands
    people = psutil.Process(sandbox._process.pid).children(recursive=True)
    people[-1].kill()
    psutil.wait_procs(people, timeout=5)
    assert not sandbox.stands
    with pytest.raises(walls.NoSandbox):
        sandbox.saved()
    sandbox.stop()


def test_nobody_stays_when_the_walls_are_taken_down(tmp_path):
    needs_sandbox()
    sandbox = Sandbox()
    sandbox.open([tmp_path], SMALL)
    people = psutil.Process(sandbox._process.pid).children(recursive=True)
    assert len(people) >= 3  # the doorkeeper, who waits for the room, and who is in it
    sandbox.stop()
    assert psutil.wait_procs(people, timeout=3)[1] == []


def test_a_room_that_grows_too_large_is_ended(sandbox, tmp_path):
    grow = "import time\nmuch = bytearray(b'x') * (500 << 20)\ntime.sleep(2)\nprint('kept')"
    said, manager = run(sandbox, grow, tmp_path=tmp_path)
    assert manager.ended == "memory" and "kept" not in said


def test_later_folders_files_lie_over_earlier_ones(sandbox, tmp_path):
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    for folder, text in ((theirs, "student"), (ours, "instructor")):
        (folder / "in").mkdir(parents=True)
        (folder / "in" / "data.csv").write_text(text)
        (folder / "a.ipynb").write_text(text)
    (theirs / "own.csv").write_text("own")
    ask = "import os\nsorted(os.listdir()), open('in/data.csv').read()"
    assert run(sandbox, ask, folders=[theirs, ours])[0] == "(['in', 'own.csv'], 'instructor')"


def test_what_is_no_plain_file_is_left_out_and_named(sandbox, tmp_path):
    (tmp_path / "link").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pi\x1bpe")
    with (tmp_path / "large").open("wb") as file:
        file.truncate(9 << 20)
    (tmp_path / "good").write_text("x")
    said, manager = run(sandbox, "import os\nos.listdir()", tmp_path=tmp_path)
    assert said == "['good']"
    assert manager.left_out == ["large", "link", "pi?pe"]


def test_folders_of_any_depth_and_number_come_to_their_end(sandbox, tmp_path):
    folder = tmp_path
    for _ in range(60):
        folder = folder / "deeper"
        folder.mkdir()
    for number in range(200):
        (tmp_path / f"link{number:03}{'x' * 200}").symlink_to("/")
    _, manager = run(sandbox, "1", tmp_path=tmp_path)
    assert len(manager.left_out) == 20 and max(map(len, manager.left_out)) == 100


def test_saved_answers_are_read_as_far_as_a_message_holds_them(sandbox, tmp_path):
    save = """
import os
os.mkdir("answers")
for number in range(7):
    with open(f"answers/a{number}.json", "w") as file: file.write("\\x01" * (1 << 20))
os.symlink("a0.json", "answers/link.json"); os.mkfifo("answers/pipe.json"); open("answers/other.txt", "w")
"""
    manager = RoomManager(sandbox, [tmp_path], SMALL)
    task = Task("ann", [("code", save)], {}, [str(tmp_path)], cell_seconds=5, all_seconds=30)
    perform(task, lambda: manager)
    names = sorted(path.name for path in (manager.saved_folder() / "answers").iterdir())
    manager.close()
    assert names == [f"a{number}.json" for number in range(7)]
    assert sandbox.stands


def test_a_flood_is_thrown_away_and_a_flood_of_what_matters_ends_the_kernel():
    async def flood():
        channel = _Channel(None)
        for _ in range(5000):
            channel.put({"msg_type": "stream"}, 100)
        assert channel._waiting.qsize() == 2000
        for _ in range(2000):
            channel.put({"msg_type": "status"}, 100)
        with pytest.raises(BrokenMessage, match="flood"):
            channel.put({"msg_type": "status"}, 100)
        large = _Channel(None)
        with pytest.raises(BrokenMessage, match="flood"):
            large.put({"msg_type": "execute_reply"}, 2 * _LARGEST_WAITING + 1)
        assert await channel.get_msg(timeout=1) == {"msg_type": "stream"}

    asyncio.run(flood())


def decide(number, *arguments, machine="x86_64", kind=0xC000003E):
    """What the filter says to a call, computed as the kernel does."""
    steps = [struct.unpack("HBBI", calls.program(machine)[i : i + 8]) for i in range(0, len(calls.program(machine)), 8)]
    data = struct.pack("IIQ6Q", number, kind, 0, *[*arguments, 0, 0, 0, 0, 0, 0][:6])
    place = held = 0
    while True:
        code, yes, no, k = steps[place]
        place += 1
        if code == 0x06:
            return "allowed" if k == 0x7FFF0000 else os.strerror(k & 0xFFFF)
        if code == 0x20:
            (held,) = struct.unpack_from("I", data, k)
        elif code == 0x54:
            held &= k
        else:
            place += yes if (held == k if code == 0x15 else held >= k) else no


@pytest.mark.parametrize(("machine", "kind", "column"), [("x86_64", 0xC000003E, 0), ("aarch64", 0xC00000B7, 1)])
def test_the_filter_refuses_what_it_names_and_allows_the_rest(machine, kind, column):
    refused = {numbers[column] for numbers in calls.REFUSED.values()}
    special = {(41, 198)[column], (9, 222)[column]}
    for number in set(range(460)) - special:
        expected = "Operation not permitted" if number in refused else "allowed"
        assert decide(number, machine=machine, kind=kind) == expected
    socket, mmap = (41, 198)[column], (9, 222)[column]
    for family in range(50):
        allowed = family in (1, 2, 10, 16)
        assert (decide(socket, family, machine=machine, kind=kind) == "allowed") is allowed
    for flags, expected in ((0x21, "Operation not permitted"), (0x22, "allowed"), (0x01, "allowed")):
        assert decide(mmap, 0, 0, 0, flags, machine=machine, kind=kind) == expected
    assert decide(0, machine=machine, kind=0x40000003) == "Operation not permitted"  # calls of 32-bit programs
    assert decide(0x40000000 + 1, machine=machine, kind=kind) == "Operation not permitted"


def test_on_a_machine_that_is_not_known_nothing_is_filtered():
    assert calls.program("riscv64") == b""
    assert calls.program(platform.machine()) or platform.machine() not in ("x86_64", "aarch64")


def test_why_there_can_be_no_sandbox_is_said_with_the_remedy(monkeypatch):
    def reason(**changes):
        for name, value in changes.items():
            monkeypatch.setattr(name.replace("__", "."), value)
        return walls.trouble.__wrapped__()

    assert "you are root" in reason(os__getuid=lambda: 0).lower()
    assert "apt install bubblewrap" in reason(os__getuid=lambda: 1000, shutil__which=lambda name: None)
    assert "Grade on a Linux machine" in reason(sys__platform="darwin")
