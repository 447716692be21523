"""The same grading with a gradebook in PostgreSQL: a server of the test's own, where PostgreSQL is installed."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.grading.conftest import RIGHT_CHOICE, answered, named


def program(name):
    """A program of PostgreSQL; Debian keeps them where no path leads."""
    found = shutil.which(name) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)), None
    )
    if found is None:
        pytest.skip("PostgreSQL is not installed.")
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """Address of an empty database; the server listens in a folder, on no port."""
    pytest.importorskip("pg8000")
    initdb, control = program("initdb"), program("pg_ctl")
    if os.getuid() == 0:
        pytest.skip("PostgreSQL does not run as root.")
    # The path of a socket may have no more than 107 characters.
    folder = tmp_path_factory.mktemp("pg")
    data, log = folder / "data", folder / "log"
    subprocess.run(
        [initdb, "--auth=trust", "--username=course", "--no-sync", "-D", data], check=True, stdout=subprocess.DEVNULL
    )
    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    subprocess.run(
        [control, "-D", data, "-l", log, "-o", options, "-w", "start"], check=True, stdout=subprocess.DEVNULL
    )
    yield f"postgresql+pg8000://course@/postgres?unix_sock={folder}/.s.PGSQL.5432"
    subprocess.run([control, "-D", data, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)


def test_marks_are_recorded_and_marks_by_hand_stay(make_course, server):
    from nbgrader.api import Gradebook

    course = make_course(CourseDirectory={"db_url": server})
    course.submit("ann", answered, saved=RIGHT_CHOICE)
    course.submit("bob", lambda notebook: answered(notebook, mean="mean = 1"), saved=RIGHT_CHOICE)
    course.submit("eve", lambda notebook: setattr(named(notebook, "number"), "source", "raise SystemExit"))
    course.run("autograde")
    with Gradebook(server) as gradebook:
        essay = gradebook.find_grade("essay", "ps1", "ps1", "ann")
        essay.manual_score = 3.5
        gradebook.db.commit()
    course.run("autograde")
    with Gradebook(server) as gradebook:
        scores = {one.student.id: one.score for one in gradebook.assignment_submissions("ps1")}
    assert scores == {"ann": 9.5, "bob": 4.0, "eve": 0.0}
    assert not (course.root / "gradebook.db").exists()
