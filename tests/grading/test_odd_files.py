"""Tests of cxux_helpers.grading.odd_files: what lies in a submission that nbgrader shall not copy."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from cxux_helpers.grading.odd_files import is_linked, not_to_copy, submitted_at


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "submitted" / "ann" / "ps1"
    (folder / "answers").mkdir(parents=True)
    (folder / "ps1.ipynb").write_text("{}")
    (folder / "answers" / "q.json").write_text("{}")
    return folder


def left_out(folder, instructors=Path("nowhere")):
    return {str(Path(pattern).relative_to(folder)) for pattern in not_to_copy(folder, instructors)}


def test_plain_files_are_copied(folder):
    assert left_out(folder) == set()


def test_links_and_pipes_stay_where_they_are(folder):
    (folder / "link").symlink_to("/etc/hostname")
    (folder / "dangling").symlink_to(folder / "nothing")
    os.mkfifo(folder / "answers" / "pipe")
    assert left_out(folder) == {"link", "dangling", "answers/pipe"}


def test_a_folder_in_the_place_of_an_instructors_file_stays_and_the_reverse(folder, tmp_path):
    source = tmp_path / "source"
    (source / "images").mkdir(parents=True)
    (source / "data.csv").write_text("a\n")
    (folder / "data.csv").mkdir()
    (folder / "images").write_text("no folder")
    assert left_out(folder, source) == {"data.csv", "images"}


def test_of_a_submission_that_is_a_link_nothing_is_copied(folder, tmp_path):
    linked = tmp_path / "submitted" / "bob" / "ps1"
    linked.parent.mkdir()
    linked.symlink_to(folder)
    assert is_linked(linked) and not is_linked(folder)
    assert left_out(linked) == {"."}


def test_very_deep_and_very_full_folders_stay(folder):
    deep = folder.joinpath(*["d"] * 20)
    deep.mkdir(parents=True)
    (deep / "file").write_text("")
    full = folder / "full"
    full.mkdir()
    for number in range(501):
        (full / str(number)).touch()
    assert left_out(folder) == {"full", "/".join(["d"] * 17)}


def test_signs_that_mean_something_in_a_pattern_mean_themselves(folder):
    (folder / "[ab]*").symlink_to("/etc/hostname")
    (pattern,) = not_to_copy(folder, Path("nowhere"))
    assert Path(pattern).name == "[[]ab][*]"


@pytest.mark.parametrize("text", ["", "yesterday", "9" * 300, "2026-13-40 00:00:00"])
def test_a_time_that_is_none_counts_as_none(folder, text):
    (folder / "timestamp.txt").write_text(text)
    assert submitted_at(str(folder)) is None


def test_the_time_of_submission_is_read(folder):
    assert submitted_at(str(folder)) is None
    (folder / "timestamp.txt").write_text("2026-03-01 12:00:00 UTC\n")
    assert submitted_at(str(folder)) == datetime(2026, 3, 1, 12)


def test_a_time_behind_a_link_is_not_read(folder, tmp_path):
    (tmp_path / "time").write_text("2026-03-01 12:00:00 UTC")
    (folder / "timestamp.txt").symlink_to(tmp_path / "time")
    assert submitted_at(str(folder)) is None
