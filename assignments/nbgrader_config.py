"""The course as nbgrader sees it. `nbgrader autograde m03_segmentation` in this folder marks by these settings."""

import os
from pathlib import Path

import nbgrader

import cxux_helpers.grading

c = get_config()  # noqa: F821 - nbgrader defines it

c.CourseDirectory.course_id = "cxux"
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
if "CXUX_EXCHANGE" in os.environ:
    c.Exchange.root = os.environ["CXUX_EXCHANGE"]

# What students find where the solution was. It runs without an error, so that "Run All Cells" reaches the end.
c.ClearSolutions.code_stub = {"python": "# Your answer goes here.\npass"}
c.ClearSolutions.text_stub = "*Write your answer here.*"

# Submissions are repaired first, and hold no hidden test while the student's code runs. The repair does what nbgrader's
# OverwriteCells and CheckCellMetadata would do, and looks into the gradebook once for the whole class.
c.Autograde.exporter_class = "cxux_helpers.grading.repair.LenientExporter"
c.Autograde.sanitize_preprocessors = [
    "nbgrader.preprocessors.ClearOutput",
    "cxux_helpers.grading.repair.Repair",
    "nbgrader.preprocessors.OverwriteKernelspec",
    "cxux_helpers.grading.repair.HideTests",
]

# The student's cells run in a kernel, the tests outside of it.
c.Autograde.autograde_preprocessors = [
    "cxux_helpers.grading.outside.MarkOutside",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "cxux_helpers.grading.repair.Finish",
]
c.ExecutePreprocessor.kernel_name = "python3"
c.ExecutePreprocessor.timeout = 60
c.MarkOutside.ask_timeout = 10

# Feedback shows the tests that students had, and no hidden one.
c.GenerateFeedback.preprocessors = [
    "nbgrader.preprocessors.GetGrades",
    "cxux_helpers.grading.repair.HideTests",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# Our templates come first: with them, neither feedback nor formgrader's pages load anything from another machine.
c.HTMLExporter.extra_template_basedirs = [
    str(Path(cxux_helpers.grading.__file__).parent / "templates"),
    str(Path(nbgrader.__file__).parent / "server_extensions" / "formgrader" / "templates"),
]

# What students wrote is shown without anything that could run or load, in formgrader and in the feedback.
c.HTMLExporter.preprocessors = ["cxux_helpers.grading.harmless.Harmless"]
c.HTMLExporter.filters = {"markdown2html": "cxux_helpers.grading.harmless.harmless_markdown"}

# Saved answers travel with the notebook, also in a zip file.
c.FileNameCollectorPlugin.valid_ext = [".ipynb", ".json"]
