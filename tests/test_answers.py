"""Tests of cxux_helpers.answers: nothing that a student gave is lost, and no file is trusted."""

import errno
import json
import os
import subprocess
import sys
import threading

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers import answers
from cxux_helpers.answers import (
    AnswerChangedElsewhere,
    AnswerFile,
    AnswerNotSaved,
    AnswerUnreadable,
    read_answer,
)


@pytest.fixture
def file(tmp_path):
    return AnswerFile("m03-e1", tmp_path)


def write(file, text):
    file.path.parent.mkdir(exist_ok=True)
    file.path.write_text(text, encoding="utf-8")


def test_an_answer_comes_back_as_it_was_saved(file, tmp_path):
    file.save({"k": 4, "reason": "größer"})
    assert AnswerFile("m03-e1", tmp_path).load() == {"k": 4, "reason": "größer"}


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=10,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(plain)
def test_any_plain_data_survives_the_file(tmp_path_factory, answer):
    folder = tmp_path_factory.mktemp("answers")
    AnswerFile("q", folder).save(answer)
    assert read_answer(folder, "q") == answer


def test_without_a_file_there_is_no_answer(file):
    assert file.load() is None


@pytest.mark.parametrize("question", ["", "../m03", "M03", "a/b", "a.b", ".hidden", "x" * 65, "a\n", None])
def test_a_question_id_that_could_leave_the_folder_is_refused(tmp_path, question):
    with pytest.raises(ValueError, match="not usable"):
        AnswerFile(question, tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "damaged"),
        ("", "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"schema": 1, "question": "m03-e1", "answer": NaN}', "damaged"),
        ('{"schema": 1, "question": "m03-e1", "answer": 1, "answer": 2}', "damaged"),
        ("[1, 2]", "not written by this course"),
        ('{"answer": 1}', "not written by this course"),
        ('{"schema": 2, "question": "m03-e1", "answer": 1}', "another version"),
        ('{"schema": true, "question": "m03-e1", "answer": 1}', "another version"),
        ('{"schema": 1, "question": "m03-e2", "answer": 1}', "another question"),
        (" " * (answers.LARGEST + 1), "larger than"),
    ],
)
def test_a_file_that_is_no_answer_is_named_and_left_alone(file, text, message):
    write(file, text)
    with pytest.raises(AnswerUnreadable, match=message):
        file.load()
    assert file.path.read_text(encoding="utf-8") == text


def test_saving_over_an_unreadable_file_keeps_it_under_another_name(file):
    for n, text in enumerate(["{broken", "broken again"], start=1):
        write(file, text)
        file.save(n)
        assert (file.path.parent / f"m03-e1.kept{n}.json").read_text() == text
    assert file.load() == 2


def test_another_tab_is_noticed_and_its_answer_is_kept(tmp_path):
    mine, other = AnswerFile("q", tmp_path), AnswerFile("q", tmp_path)
    mine.save(1)
    other.load()
    other.save(2)
    with pytest.raises(AnswerChangedElsewhere, match="another tab"):
        mine.save(3)
    assert read_answer(tmp_path, "q") == 2
    mine.save(3, replace=True)
    assert read_answer(tmp_path, "q") == 3


def test_a_deleted_answer_can_be_saved_again(file):
    file.save(1)
    file.path.unlink()
    file.save(2)
    assert file.load() == 2


@pytest.mark.parametrize("answer", [float("nan"), float("inf"), {1, 2}, object(), "\ud800"])
def test_what_is_not_plain_data_is_refused_before_anything_is_written(file, answer):
    with pytest.raises(ValueError, match="cannot be saved"):
        file.save(answer)
    assert not file.path.exists()


def test_an_answer_that_is_too_large_is_refused(file):
    with pytest.raises(ValueError, match="shorten it"):
        file.save("x" * answers.LARGEST)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "read-only"),
        (errno.EACCES, "read-only"),
        (errno.EIO, "said"),
    ],
)
def test_a_failed_write_says_why_and_leaves_the_old_answer_whole(file, monkeypatch, code, message):
    file.save("old")

    def fail(_):
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(answers.os, "fsync", fail)
    with pytest.raises(AnswerNotSaved, match=message):
        file.save("new")
    assert file.load() == "old"
    assert [p.name for p in file.path.parent.glob("*draft*")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs a full device, which Windows does not have")
def test_a_really_full_disk_is_told_and_the_old_answer_stays(file, monkeypatch):
    file.save("old")
    real_open = os.open

    def open_full(path, *rest):
        return real_open("/dev/full" if "draft" in str(path) else path, *rest)

    monkeypatch.setattr(answers.os, "open", open_full)
    with pytest.raises(AnswerNotSaved, match="disk is full"):
        file.save("new")
    monkeypatch.undo()
    assert file.load() == "old"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0,
    reason="needs a user whom permissions bind; root may write anywhere",
)
def test_a_read_only_folder_is_told(tmp_path):
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(AnswerNotSaved, match="read-only"):
            AnswerFile("q", tmp_path).save(1)
    finally:
        tmp_path.chmod(0o700)


def test_a_lock_that_is_never_released_is_told(file, monkeypatch):
    file.save(1)
    monkeypatch.setattr(answers, "PATIENCE", 0.05)
    with FileLock(file.path.parent / ".lock"), pytest.raises(AnswerNotSaved, match="another program"):
        file.save(2)


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes as on Unix")
def test_links_and_pipes_are_not_followed(file, tmp_path):
    file.path.parent.mkdir()
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps({"schema": 1, "question": "m03-e1", "answer": "stolen"}))
    file.path.symlink_to(secret)
    with pytest.raises(AnswerUnreadable, match="cannot be opened"):
        file.load()
    file.path.unlink()
    os.mkfifo(file.path)
    with pytest.raises(AnswerUnreadable, match="not an ordinary file"):
        file.load()


def test_many_writers_never_leave_a_torn_file(tmp_path):
    long = "x" * 20_000

    def writer(n):
        mine = AnswerFile("q", tmp_path)
        for i in range(20):
            mine.save([n, i, long], replace=True)

    threads = [threading.Thread(target=writer, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        saved = read_answer(tmp_path, "q")
        assert saved is None or saved[2] == long
    for thread in threads:
        thread.join()
    assert read_answer(tmp_path, "q")[1] == 19


def test_a_program_killed_while_saving_leaves_a_whole_answer(tmp_path):
    code = (
        "import sys\nfrom cxux_helpers.answers import AnswerFile\nf = AnswerFile('q', sys.argv[1])\n"
        "print('ready', flush=True)\ni = 0\n"
        "while True:\n    i += 1\n    f.save([i, 'x' * 50_000], replace=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE) as process:
        process.stdout.readline()
        path = tmp_path / "answers" / "q.json"
        while not path.exists():
            pass
        process.kill()
    assert len(read_answer(tmp_path, "q")[1]) == 50_000
