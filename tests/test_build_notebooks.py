from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tools.build_notebooks import PROJECT, build, drift, main, render

SAMPLE = """\
---
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# Segments

Who buys again?

+++ {"tags": ["teaches:rfm"]}

## Recency

```python
not_a_cell = True
```

+++

A paragraph of its own.

```{code-cell} ipython3
:tags: [practises:rfm]

recency = 3
```

```{code-cell} ipython3
---
tags: [grades:rfm]
nbgrader:
  grade_id: m03-q1
  solution: true
---
def total(orders):
    ### BEGIN SOLUTION
    return sum(orders)
    ### END SOLUTION
```

```{code-cell} ipython3
---
nbgrader: {grade: true, grade_id: m03-q1-test, locked: true, points: 3}
---
assert total([1, 2]) == 3
### BEGIN HIDDEN TESTS
assert total([]) == 0
### END HIDDEN TESTS
```

+++ {"nbgrader": {"grade": true, "grade_id": "m03-q2", "points": 2.5, "solution": true}}

Your answer here.
"""


def graded(settings: str, source: str = "1") -> str:
    return f"```{{code-cell}}\n---\nnbgrader: {settings}\n---\n{source}\n```\n"


def project_with(tmp_path: Path, *, lesson: str | None = None, assignment: str | None = None) -> Path:
    for area, text in {"notebooks": lesson, "assignments": assignment}.items():
        folder = tmp_path / area / "text"
        folder.mkdir(parents=True)
        if text is not None:
            (folder / "m03_segments.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_each_block_of_the_text_becomes_one_cell() -> None:
    cells = build(SAMPLE, "m03").cells
    assert [cell.cell_type for cell in cells] == ["markdown"] * 3 + ["code"] * 3 + ["markdown"]
    assert cells[1].source == "## Recency\n\n```python\nnot_a_cell = True\n```"
    assert cells[3].source == "recency = 3"


def test_tags_stay_with_their_cells() -> None:
    tags = [cell.metadata.get("tags", []) for cell in build(SAMPLE, "m03").cells]
    assert tags == [[], ["teaches:rfm"], [], ["practises:rfm"], ["grades:rfm"], [], []]


def test_a_graded_cell_gets_all_settings_that_nbgrader_expects() -> None:
    solution, test, paragraph = (cell.metadata["nbgrader"] for cell in build(SAMPLE, "m03").cells[4:])
    assert solution == {
        "grade": False,
        "grade_id": "m03-q1",
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    assert (test["grade"], test["locked"], test["points"]) == (True, True, 3)
    assert (paragraph["grade"], paragraph["solution"], paragraph["points"]) == (True, True, 2.5)


def test_solution_regions_and_hidden_tests_reach_the_notebook() -> None:
    cells = build(SAMPLE, "m03").cells
    assert "### BEGIN SOLUTION" in cells[4].source
    assert "### BEGIN HIDDEN TESTS" in cells[5].source


def test_the_notebook_carries_nothing_but_its_kernel_and_language() -> None:
    notebook = build(SAMPLE, "m03")
    assert set(notebook.metadata) == {"kernelspec", "language_info"}
    assert notebook.metadata.kernelspec.name == "python3"
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_the_same_text_always_gives_the_same_bytes() -> None:
    assert render(build(SAMPLE, "m03")) == render(build(SAMPLE, "m03"))


def test_the_file_has_sorted_keys_and_one_final_newline() -> None:
    content = render(build(SAMPLE, "m03"))
    assert content.endswith("}\n") and not content.endswith("\n\n")
    assert content == json.dumps(json.loads(content), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def test_a_graded_cell_takes_its_grade_id_as_cell_id() -> None:
    assert [cell.id for cell in build(SAMPLE, "m03").cells[4:]] == ["m03-q1", "m03-q1-test", "m03-q2"]


def test_cells_of_the_same_content_get_ids_of_their_own() -> None:
    text = "```{code-cell}\n1\n```\n\n" * 3
    assert len({cell.id for cell in build(text, "m03").cells}) == 3


def test_a_cell_id_depends_on_notebook_kind_and_content() -> None:
    def first_id(text: str, name: str = "m03") -> str:
        return str(build(text, name).cells[0].id)

    code = "```{code-cell}\nhello\n```"
    assert len({first_id("hello"), first_id("goodbye"), first_id("hello", "m04"), first_id(code)}) == 4


def test_a_new_cell_leaves_the_ids_of_the_others_alone() -> None:
    before = [cell.id for cell in build(SAMPLE, "m03").cells]
    after = [cell.id for cell in build(SAMPLE.replace("# Segments", "New.\n\n+++\n\n# Segments"), "m03").cells]
    assert after[2:] == before[1:]


def test_a_grade_id_too_long_for_a_cell_id_still_gets_a_valid_one() -> None:
    (cell,) = build(graded(f"{{grade_id: {'q' * 65}, solution: true}}"), "m03").cells
    assert cell.metadata["nbgrader"]["grade_id"] == "q" * 65
    assert 0 < len(cell.id) <= 64


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "m03: the text has no cell"),
        ("---\nkernelspec: [\n---\ntext", "m03: the text does not parse"),
        ("---\n- a list\n---\ntext", "m03: the text does not parse"),
        ("```{code-cell}\n---\ntags: [\n---\n1\n```", "at line 1 could not be read: Invalid YAML"),
        ('+++ {"tags": }\ntext', "at line 1 could not be read"),
        ("```{code-cell}\n:tags: teaches:rfm\n1\n```", r"Tags are a list of words.*'teaches:rfm'"),
        ("```{code-cell}\n:tags: [teaches: rfm]\n1\n```", r"Tags are a list of words.*'teaches': 'rfm'"),
        ("```{code-cell}\n:tags: [a, a]\n1\n```", "Tags are a list of words"),
        (
            "- item\n\n  ```{code-cell}\n  1\n  ```",
            r"markdown cell 1 \('- item'\): the line '```{code-",
        ),
        ("```{code-cell}\n1\n\n```{code-cell}\n2\n```", r"code cell 1 \('1'\): the line '```{code-cell}'"),
        ("```{code_cell}\n1\n```", "spell it ```{code-cell}"),
        ("```{code-cell}\n1\n\n+++\n\ntext", r"the line '\+\+\+' should begin a cell"),
        (graded("yes"), "nbgrader is True"),
        (graded("{solution: true}"), "nbgrader has no grade_id"),
        (graded("{grade_id: 3, solution: true}"), "nbgrader refuses .* 3 is not of type 'string'"),
        (graded("{grade_id: q 1, solution: true}"), "nbgrader refuses .* 'q 1' does not match"),
        (graded("{grade_id: q, solution: true, schema_version: 2}"), "nbgrader refuses .* Outdated schema"),
        (
            graded("{grade_id: q, solution: true, schema_version: x}"),
            "nbgrader refuses .* 'schema_version': 'x'",
        ),
        (
            graded("{grade_id: q, grade: true, points: true}"),
            "nbgrader refuses .* True is not of type 'number'",
        ),
        (graded("{grade_id: q, grade: true, point: 2}"), "nbgrader refuses .*'point' was unexpected"),
        (graded("{grade_id: q, grade: true}"), "nbgrader refuses .* does not have points"),
        (
            graded("{grade_id: q, task: true, points: 1}"),
            "nbgrader refuses .* Task cells have to be markdown",
        ),
        (
            graded("{grade_id: q}", "a") + graded("{grade_id: q}", "b"),
            r"cell 2 \('b'\): grade_id 'q' is taken",
        ),
    ],
)
def test_a_faulty_text_is_refused_with_place_and_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"(?s){message}"):
        build(text, "m03")


GUIDE = (PROJECT / "docs/authoring.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^````markdown\n(.*?)^````$", GUIDE, re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_authoring_guide_build() -> None:
    lesson, assignment = (build(example, "guide").cells for example in EXAMPLES)
    assert [cell.metadata.get("tags") for cell in lesson] == [None, ["teaches:rfm"], ["practises:rfm"]]
    assert [cell.id for cell in assignment if "nbgrader" in cell.metadata] == ["m03-q1", "m03-q1-check", "m03-q2"]


def test_lessons_and_assignments_are_written_where_they_belong(tmp_path: Path) -> None:
    project = project_with(tmp_path, lesson=SAMPLE, assignment=SAMPLE)
    assert main([], project) == 0
    for written in ["notebooks/m03_segments.ipynb", "assignments/source/m03_segments/m03_segments.ipynb"]:
        assert (project / written).read_bytes() == render(build(SAMPLE, "m03_segments")).encode()


def test_a_second_build_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = project_with(tmp_path, lesson=SAMPLE)
    main([], project)
    capsys.readouterr()
    assert main([], project) == 0
    assert capsys.readouterr().out == ""


def test_windows_line_ends_make_no_difference(tmp_path: Path) -> None:
    project = project_with(tmp_path, lesson=SAMPLE)
    main([], project)
    text = project / "notebooks/text/m03_segments.md"
    text.write_bytes(SAMPLE.replace("\n", "\r\n").encode())
    assert drift(project) == []


def test_check_names_what_is_missing_changed_or_left_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = project_with(tmp_path, lesson=SAMPLE, assignment=SAMPLE)
    assert main(["--check"], project) == 1
    assert "m03_segments.ipynb: is missing" in capsys.readouterr().err
    assert not (project / "notebooks/m03_segments.ipynb").exists()

    main([], project)
    assert main(["--check"], project) == 0

    notebook = project / "notebooks/m03_segments.ipynb"
    notebook.write_text(notebook.read_text().replace("Who buys again?", "Who?"))
    leftover = project / "assignments/source/m02_insight/m02_insight.ipynb"
    leftover.parent.mkdir()
    leftover.write_text("{}")
    capsys.readouterr()
    assert main(["--check"], project) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"{Path('notebooks/m03_segments.ipynb')}: differs from {Path('notebooks/text/m03_segments.md')}. "
        "Change the text, then run: make notebooks",
        f"{leftover.relative_to(project)}: has no text. Delete it, or write its text.",
    ]


def test_an_error_in_one_text_leaves_the_other_notebooks_as_they_were(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = project_with(tmp_path, lesson=SAMPLE, assignment=graded("{solution: true}"))
    assert main([], project) == 1
    assert "m03_segments, code cell 1" in capsys.readouterr().err
    assert not (project / "notebooks/m03_segments.ipynb").exists()
