"""Open the course as a whole class on one machine: `make lab`.

    python tools/lab.py [--classroom DIR] [--no-browser] [--port N] [--prepare-only]

Everything that people do happens in a folder that git ignores, so tracked files stay as they are:

    classroom/            what JupyterLab shows: copies of the lessons, fetched assignments, saved answers
    classroom/course/     the instructor's nbgrader course: sources, submissions, marks
    classroom/exchange/   where assignments are handed out and handed in
    classroom/.jupyter/   settings of nbgrader and JupyterLab, written at each start

Starting again brings newer lessons and assignments in. A copy that somebody has changed is never overwritten.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import itertools
import json
import os
import re
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbgrader.apps.api import NbGraderAPI

PROJECT = Path(__file__).resolve().parent.parent
COURSE_ID = "cxux"
IGNORED = {".ipynb_checkpoints", "__pycache__"}

NBGRADER_CONFIG = f'''\
"""Written at each start of the classroom; settings of your own belong in course/nbgrader_config.py."""

from pathlib import Path

from cxux_helpers.grading.sandbox.walls import trouble

classroom = Path(__file__).resolve().parent.parent

c = get_config()
c.CourseDirectory.course_id = "{COURSE_ID}"
c.CourseDirectory.root = str(classroom / "course")
c.CourseDirectory.db_url = f"sqlite:///{{classroom / 'course' / 'gradebook.db'}}"
c.Exchange.root = str(classroom / "exchange")
c.Exchange.cache = str(classroom / ".jupyter" / "submitted")
c.Exchange.assignment_dir = str(classroom)
# The submissions here are your own, so a machine that has no sandbox will do as well.
c.MarkOutside.sandbox = not trouble()
# A newer version of an assignment takes the place of the one handed out before.
c.ExchangeReleaseAssignment.force = True
'''
# JupyterLab starts without its pop-ups about news and updates, and asks no other machine for them. Messages of controls
# come one after the other, in the order in which they were sent, and not in threads of the kernel.
LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    "@jupyterlab/apputils-extension:kernels-settings": {"commsOverSubshells": "disabled"},
}


def prepare(project: Path, classroom: Path) -> list[str]:
    """Bring the classroom up to date with the project; return what a person should know, one line each.

    Raises
    ------
    FileNotFoundError
        If the project has no notebooks to show.
    """
    sources = classroom_files(project)
    if not classroom.exists():
        # Everybody may write to an nbgrader exchange, so the folder around it is closed to all but its owner.
        classroom.mkdir(mode=0o700, parents=True)
    for folder in ["course", "exchange"]:
        (classroom / folder).mkdir(exist_ok=True)
    write_settings(classroom)
    return [*update_copies(sources, classroom), *release_assignments(classroom)]


def write_settings(classroom: Path) -> None:
    """Write the settings of nbgrader and JupyterLab to `.jupyter`, which `environment` makes them read."""
    lab_config = classroom / ".jupyter" / "labconfig"
    lab_config.mkdir(parents=True, exist_ok=True)
    (lab_config / "default_setting_overrides.json").write_text(json.dumps(LAB_SETTINGS), encoding="utf-8")
    (classroom / ".jupyter" / "nbgrader_config.py").write_text(NBGRADER_CONFIG, encoding="utf-8")


def classroom_files(project: Path) -> dict[str, Path]:
    """Where each file of the classroom comes from: path below the classroom to path in the project."""
    notebooks = project / "notebooks"
    lessons = {path.name: path for path in sorted(notebooks.glob("*.ipynb"))}
    if not lessons:
        raise FileNotFoundError(f"{notebooks} has no notebooks to open. Run: make notebooks")
    assignments = project / "assignments"
    course = [*_files(assignments / "source"), *assignments.glob("nbgrader_config.py")]
    return lessons | {f"course/{path.relative_to(assignments).as_posix()}": path for path in course}


def update_copies(sources: Mapping[str, Path], classroom: Path) -> list[str]:
    """Copy new and newer files; keep what people have changed and put the newer version beside it.

    The manifest `.copied.json` remembers the fingerprint of what was last copied, so that it can be told who
    changed a file. A notebook that was only run counts as unchanged: its newer version can be run again.
    """
    manifest = classroom / ".copied.json"
    copied = _load(manifest)
    messages = []
    for name, source in sources.items():
        mine, original = classroom / name, _fingerprint(source)
        if mine.exists() and copied.get(name) == original:
            continue
        if not mine.exists() or _fingerprint(mine) == copied.get(name):
            _copy(source, mine)
        elif _fingerprint(mine) != original:
            beside = _free_name(classroom, name, copied, original)
            _copy(source, classroom / beside)
            copied[beside] = original
            messages.append(f"{name} has your changes and stays as it is. Its new version is {beside}")
        copied[name] = original
    _save(manifest, copied)
    return messages


def release_assignments(classroom: Path) -> list[str]:
    """Hand out every assignment that is new or has changed since it was last handed out.

    nbgrader is only loaded when there is something to do. An assignment that the instructor has taken back
    stays taken back until its source changes.
    """
    course, manifest = classroom / "course", classroom / ".released.json"
    handed_out = _load(manifest) if (classroom / "exchange" / COURSE_ID).exists() else {}
    folders = sorted({notebook.parent for notebook in (course / "source").glob("*/*.ipynb")})
    wanted = {folder.name: _folder_fingerprint(folder) for folder in folders}
    changed = [name for name, fingerprint in wanted.items() if handed_out.get(name) != fingerprint]
    if not changed:
        return []
    if sys.platform == "win32":
        return ["nbgrader hands out assignments on Linux and macOS only. On Windows the lessons work as they are."]

    from nbgrader.apps import NbGrader
    from nbgrader.apps.api import NbGraderAPI

    app = NbGrader()
    app.log.handlers.clear()  # what goes wrong is said below, in fewer words
    app.initialize([], root=str(course))
    api = NbGraderAPI(app.coursedir, parent=app)
    messages = []
    for name in changed:
        reason = _hand_out(api, name, classroom)
        if reason:
            messages.append(
                f"Assignment {name} could not be handed out, and any earlier version stays as it is. {reason}"
            )
            continue
        news = "has a new version; whoever fetched the earlier one keeps it" if name in handed_out else "is ready"
        messages.append(f"Assignment {name} {news}.")
        handed_out[name] = wanted[name]
    _save(manifest, handed_out)
    return messages


def _hand_out(api: NbGraderAPI, name: str, classroom: Path) -> str:
    """Generate and release one assignment; return why that failed, or an empty string."""
    result = api.generate_assignment(name)
    if result["success"]:
        result = api.release_assignment(name)
    if result["success"]:
        return ""
    # nbgrader has deleted the generated version by now, and without it formgrader collects nothing.
    generated = classroom / "course" / "release" / name
    handed_out = classroom / "exchange" / COURSE_ID / "outbound" / name
    if handed_out.exists() and not generated.exists():
        shutil.copytree(handed_out, generated)
    causes = re.findall(r"^\s*\w*(?:Error|Exception): (.+)$", result.get("log", ""), re.MULTILINE)
    return str((causes or result["error"].strip().splitlines())[-1])


def environment(classroom: Path, variables: Mapping[str, str]) -> dict[str, str]:
    """Environment `variables` in which the settings of the classroom come before the user's own."""
    first = {
        "PATH": str(Path(sys.executable).parent),  # nbgrader looks for its tools there
        "JUPYTER_CONFIG_PATH": str(classroom / ".jupyter"),
    }
    joined = {name: os.pathsep.join(filter(None, [value, variables.get(name)])) for name, value in first.items()}
    return {**variables, **joined, "CXUX_EXCHANGE": str(classroom / "exchange")}


def lab_options(classroom: Path, start: str) -> list[str]:
    """Command-line options of JupyterLab for the classroom.

    Parameters
    ----------
    start
        Notebook to open first, relative to the classroom.
    """
    return [
        f"--ServerApp.root_dir={classroom}",
        f"--ServerApp.allow_root={hasattr(os, 'geteuid') and os.geteuid() == 0}",
        "--ServerApp.log_level=WARN",
        f"--LabApp.default_url=/lab/tree/{start}",
        f"--LabApp.workspaces_dir={classroom / '.jupyter' / 'workspaces'}",
    ]


def main(arguments: list[str] | None = None, project: Path = PROJECT) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Open the course in JupyterLab.")
    parser.add_argument("--classroom", type=Path, default=project / "classroom", metavar="DIR")
    parser.add_argument("--no-browser", action="store_true", help="print the address instead of opening it")
    parser.add_argument("--port", type=int, help="port of the server; by default the first free one from 8888")
    parser.add_argument("--prepare-only", action="store_true", help="prepare the classroom and stop")
    options = parser.parse_args(arguments)

    classroom = options.classroom.resolve()
    os.environ.update(environment(classroom, os.environ))
    print(f"Preparing the classroom in {classroom}", flush=True)
    try:
        for message in prepare(project, classroom):
            print(message, flush=True)
    except OSError as error:
        print(f"The classroom could not be prepared. {error}", file=sys.stderr)
        return 1
    if options.prepare_only:
        return 0

    from jupyterlab.labapp import LabApp

    lab = lab_options(classroom, start=next(iter(classroom_files(project))))
    if options.no_browser:
        lab.append("--no-browser")
    if options.port is not None:
        lab.append(f"--port={options.port}")
    os.chdir(classroom)
    LabApp.launch_instance(argv=lab)
    return 0


def _files(folder: Path) -> list[Path]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return [path for path in found if not IGNORED & set(path.relative_to(folder).parts)]


def _fingerprint(path: Path) -> str:
    """Fingerprint of a file; for a notebook, of what was written into its cells and not of what running it gave."""
    content = path.read_bytes()
    if path.suffix == ".ipynb":
        with contextlib.suppress(ValueError, LookupError, TypeError):  # a damaged notebook counts as plain bytes
            cells = [
                [cell["cell_type"], "".join(cell["source"]), cell["metadata"]] for cell in json.loads(content)["cells"]
            ]
            content = json.dumps(cells, sort_keys=True).encode()
    return hashlib.sha256(content).hexdigest()


def _folder_fingerprint(folder: Path) -> str:
    files = {path.relative_to(folder).as_posix(): _fingerprint(path) for path in _files(folder)}
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def _copy(source: Path, target: Path) -> None:
    """Copy so that the target is never half written, even if the machine stops."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.copyfile(source, unfinished)
    unfinished.replace(target)


def _free_name(classroom: Path, name: str, copied: Mapping[str, str], original: str) -> str:
    """Name for the new version of a changed file: a free one, or one whose file is our own copy."""
    path = PurePosixPath(name)
    if path.parts[0] == "course":
        # Inside source/, nbgrader would take the new version for one more notebook of the assignment.
        path = PurePosixPath("course", "newer", *path.parts[1:])
    for number in itertools.count(1):
        candidate = path.with_name(f"{path.stem}.new{number if number > 1 else ''}{path.suffix}").as_posix()
        file = classroom / candidate
        if not file.exists() or _fingerprint(file) in (copied.get(candidate), original):
            return candidate
    raise AssertionError("itertools.count never ends")


def _load(manifest: Path) -> dict[str, str]:
    """Remembered fingerprints; none if the manifest is missing or damaged: then no file counts as ours."""
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _save(manifest: Path, content: Mapping[str, str]) -> None:
    unfinished = manifest.with_name(f"{manifest.name}.unfinished")
    unfinished.write_text(json.dumps(content, indent=1, sort_keys=True), encoding="utf-8")
    unfinished.replace(manifest)


if __name__ == "__main__":
    sys.exit(main())
