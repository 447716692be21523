"""
tries: to hand in modules of the names of those that the course and the marker use
must: change nothing outside of its own process
marks: 0 0 0
"""

FULL = """
class Question:
    def __init__(self, *given, points=1): self.points = points
    def check(self, *given, **more): pass
    form = hidden = check
    def mark(self): return self.points
ask = answer = check_number = check_choice = lambda *given, **more: 2.5
"""


def build(folder, notebook, root):
    (folder / "cxux_helpers" / "grading").mkdir(parents=True)
    for name in ("cxux_helpers/__init__", "cxux_helpers/checks", "cxux_helpers/grading/__init__", "pandas", "requests",
                 "numpy", "json", "nbgrader", "nbformat", "bleach"):  # fmt: skip
        (folder / f"{name}.py").write_text(FULL)
