"""The course's own settings of nbgrader, for the folders of tests."""

from pathlib import Path

from cxux_helpers.grading.sandbox.walls import trouble

CONFIG = Path(__file__).parents[1] / "assignments" / "nbgrader_config.py"
# Where there can be no sandbox, most of the grader can still be tested; tests of the sandbox itself are skipped.
WITHOUT_SANDBOX = "\nc.MarkOutside.sandbox = False\n"


def write_config(root: Path) -> None:
    """Write the settings into the root of a course."""
    text = CONFIG.read_text(encoding="utf-8") + (WITHOUT_SANDBOX if trouble() else "")
    (root / CONFIG.name).write_text(text, encoding="utf-8")
