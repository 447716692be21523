"""Tests of the lessons' form: the skeleton, the budget, and concepts that are taught and practised."""

import re

import pytest

from tests.notebooks.course import MODULES, assignment, concepts, gradable, lesson, prose, section

SECTIONS = ["Predict", "Who does this at work", "Recap", "What's next", "Glossary", "Further reading"]
every_module = pytest.mark.parametrize("module", MODULES)


@every_module
def test_every_concept_is_taught_and_practised_or_graded(module):
    named = concepts(lesson(module), assignment(module))
    wanted = set(MODULES[module]["concepts"])
    assert named["teaches"] == wanted, "taught concepts differ from the syllabus"
    never = wanted - named["practises"] - named["grades"]
    assert not never, f"taught but never practised or graded: {sorted(never)}"
    unknown = "a cell names a concept that the syllabus does not have"
    assert named["practises"] <= wanted, unknown
    assert named["grades"] <= gradable(module), unknown


@every_module
def test_a_lesson_has_the_whole_skeleton(module):
    notebook = lesson(module)
    for heading in SECTIONS:
        assert section(notebook, heading).strip(), f"section {heading!r} is empty"
    opening = notebook.cells[0].source
    assert "After this module you can" in opening and "Before you start" in opening
    assert f"{MODULES[module]['minutes']} minutes" in opening
    exercises = [cell for cell in notebook.cells if re.search(r"\bexercises\.[A-Z]", cell.source)]
    assert len(exercises) >= 4, "a prediction or quiz and at least three exercises"


@every_module
def test_the_opening_promises_the_outcomes_of_the_syllabus(module):
    opening = lesson(module).cells[0].source
    for outcome in MODULES[module]["outcomes"]:
        assert outcome in re.sub(r"\s+", " ", opening)


@every_module
def test_a_lesson_keeps_its_budget(module):
    notebook = lesson(module)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    seen = [cell for cell in code if not cell.metadata.get("jupyter", {}).get("source_hidden")]
    lines = sum(1 for cell in seen for line in cell.source.splitlines() if line.strip())
    words = len(re.findall(r"\w+(?:['’]\w+)?", prose(notebook)))
    assert len(notebook.cells) <= 40
    assert lines <= 70
    assert words <= 1700, f"{words} words; the budget is about 1,500"


@every_module
def test_every_term_in_bold_stands_in_the_glossary(module):
    notebook = lesson(module)
    glossary = section(notebook, "Glossary").lower()
    text = prose(notebook)
    body = text[: text.index("## Glossary")]
    labels = {"after this module you can", "before you start."}
    terms = {" ".join(term.lower().split()) for term in re.findall(r"\*\*(.+?)\*\*", body, re.DOTALL)} - labels
    missing = [t for t in terms if not re.search(rf"\b{re.escape(t.rstrip('.'))}\b", glossary)]
    assert not missing, f"in bold but not in the glossary: {missing}"


@every_module
def test_figures_are_shown_only_by_the_function_that_gives_them_words(module):
    for notebook in (lesson(module), assignment(module)):
        for cell in notebook.cells:
            if cell.cell_type == "code":
                assert not re.search(r"plt\.|pyplot|\.plot\(|\.hist\(|Image\(", cell.source), cell.source
                for shown in re.findall(r"^\s*plots\.\w+", cell.source, re.MULTILINE):
                    raise AssertionError(f"{shown} without picture(…) and its description")
