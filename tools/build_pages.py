"""Write the pages that follow from the course itself: its syllabus, its glossary and its index of concepts.

    python tools/build_pages.py            write the text of each page
    python tools/build_pages.py --check    print what differs, exit with 1 if anything does

They come from `notebooks/syllabus.toml` and from the texts of lessons and assignments, and are written as texts into
`notebooks/text`. `tools/build_notebooks.py` makes notebooks of them like of all others.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tools.build_notebooks import PROJECT, build

FRONT_MATTER = "---\nkernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n---\n\n"
ROLES = ("teaches", "practises", "grades")
EXERCISE = re.compile(r"title=\"([^\"]+)\"")
HEADING = re.compile(r"^#{1,3} (.+)$", re.MULTILINE)
ENTRY = re.compile(r"^- \*\*(?P<term>.+?)\*\*(?P<means>.*(?:\n  .*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Place:
    """Where a concept is met: the words of a link, and where it leads."""

    words: str
    target: str = ""

    def __str__(self) -> str:
        return f"[{self.words}]({self.target})" if self.target else self.words


def modules(project: Path = PROJECT) -> list[dict[str, Any]]:
    """The modules as the syllabus has them."""
    text = (project / "notebooks" / "syllabus.toml").read_text(encoding="utf-8")
    found: list[dict[str, Any]] = tomllib.loads(text)["module"]
    return found


def pages(project: Path = PROJECT) -> dict[Path, str]:
    """Text of each page, by its path."""
    folder = project / "notebooks" / "text"
    course = modules(project)
    lessons = {module["id"]: _notebook(project / "notebooks", module["notebook"]) for module in course}
    assignments = {module["id"]: _notebook(project / "assignments", module["notebook"]) for module in course}
    written = {
        "00_syllabus": _syllabus(course, assignments),
        "00_glossary": _glossary(course, lessons),
        "00_concepts": _concepts(course, lessons, assignments),
    }
    return {folder / f"{name}.md": FRONT_MATTER + text for name, text in written.items()}


def drift(project: Path = PROJECT) -> list[str]:
    """Pages that differ from the course, one line each."""
    return [
        f"{path.relative_to(project)}: differs from the course. Run: make notebooks"
        for path, text in pages(project).items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]


def main(arguments: list[str] | None = None, project: Path = PROJECT) -> int:
    """Command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Write the pages that follow from the course itself.")
    parser.add_argument("--check", action="store_true", help="only print what differs, and exit with 1")
    if parser.parse_args(arguments).check:
        problems = drift(project)
        print("\n".join(problems), file=sys.stderr)
        return 1 if problems else 0
    for path, text in pages(project).items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return 0


def _notebook(folder: Path, name: str) -> NotebookNode:
    return build((folder / "text" / f"{name}.md").read_text(encoding="utf-8"), name)


def _syllabus(course: list[dict[str, Any]], assignments: dict[str, NotebookNode]) -> str:
    hours = round(sum(module["minutes"] for module in course) / 60)
    parts = [
        "# Syllabus\n\n"
        f"{_number(len(course))} modules, each with a lesson and an assignment. The lessons take about {hours} hours "
        "together, and the assignments as long again. [Every concept with its places](00_concepts.ipynb) and "
        "[every term with its meaning](00_glossary.ipynb) have pages of their own."
    ]
    for number, module in enumerate(course, start=1):
        outcomes = "\n".join(f"- {outcome}" for outcome in module["outcomes"])
        concepts = "; ".join(module["concepts"].values())
        parts.append(
            f"## {number}. {module['title']}\n\n"
            f"[Open the lesson]({module['notebook']}.ipynb). {module['minutes']} minutes, and "
            f"{_title(assignments[module['id']])}.\n\n"
            f"After it you can\n\n{outcomes}\n\n"
            f"It is about: {concepts}."
        )
    return "\n\n+++\n\n".join(parts) + "\n"


def _title(assignment: NotebookNode) -> str:
    found = HEADING.search(assignment.cells[0].source)
    if found is None:
        raise ValueError("an assignment's first cell has no heading. Begin it with '# Assignment …'.")
    number, _, name = found[1].partition(": ")
    return f"{number.lower()}, “{name}”"


def _glossary(course: list[dict[str, Any]], lessons: dict[str, NotebookNode]) -> str:
    meanings: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    spelt: dict[str, str] = {}
    for module in course:
        link = f"[{module['id']}]({module['notebook']}.ipynb)"
        for term, means in terms(lessons[module["id"]]):
            meanings[term.lower()][means].append(link)
            spelt.setdefault(term.lower(), term)
    parts = ["# Glossary\n\nAll terms of the course, and the modules that explain them."]
    letters: dict[str, list[str]] = defaultdict(list)
    for key in sorted(meanings, key=_order):
        for means, links in meanings[key].items():
            letters[_order(key)[:1].upper()].append(f"- **{spelt[key]}**{means} ({', '.join(links)})")
    parts += [f"## {letter}\n\n" + "\n".join(lines) for letter, lines in letters.items()]
    return "\n\n+++\n\n".join(parts) + "\n"


def terms(lesson: NotebookNode) -> Iterator[tuple[str, str]]:
    """Each entry of a lesson's glossary: the term, and what follows it."""
    text = "\n\n".join(cell.source for cell in lesson.cells if cell.cell_type == "markdown")
    section = re.search(r"^## Glossary$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    for entry in ENTRY.finditer(section[1] if section else ""):
        yield " ".join(entry["term"].split()), " " * entry["means"].startswith(" ") + " ".join(entry["means"].split())


def _order(term: str) -> str:
    return re.sub(r"[^a-z0-9 ]", "", term.lower()).strip()


def _concepts(
    course: list[dict[str, Any]], lessons: dict[str, NotebookNode], assignments: dict[str, NotebookNode]
) -> str:
    found: dict[str, dict[str, list[Place]]] = defaultdict(lambda: {role: [] for role in ROLES})
    for number, module in enumerate(course, start=1):
        for concept, role, place in _places(lessons[module["id"]], f"{module['notebook']}.ipynb"):
            found[concept][role].append(place)
        for concept, role, place in _places(assignments[module["id"]], ""):
            found[concept][role].append(Place(f"Assignment {number}, {_lower(place.words)}"))
    parts = ["# Concepts, and where to find them\n\nEach concept is taught, and practised or graded, or both."]
    for number, module in enumerate(course, start=1):
        rows = [
            f"| {means} | {_cell(found[concept]['teaches'])} | {_cell(found[concept]['practises'])} "
            f"| {_cell(found[concept]['grades'])} |"
            for concept, means in module["concepts"].items()
        ]
        parts.append(
            f"## {number}. {module['title']}\n\n| Concept | Taught in | Practised in | Graded in |\n|---|---|---|---|\n"
            + "\n".join(rows)
        )
    return "\n\n+++\n\n".join(parts) + "\n"


def _places(notebook: NotebookNode, file: str) -> Iterator[tuple[str, str, Place]]:
    """Each concept of a notebook with its role and its place: the heading above, or the exercise's title."""
    heading = ""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            headings = HEADING.findall(cell.source)
            heading = headings[0] if headings else heading
        exercise = EXERCISE.search(cell.source) if cell.cell_type == "code" else None
        for tag in cell.metadata.get("tags", []):
            role, _, concept = tag.partition(":")
            if concept and role in ROLES:
                words = exercise[1] if role == "practises" and exercise else heading
                anchor = f"{file}#{heading.replace(' ', '-')}" if file and re.fullmatch(r"[\w ]+", heading) else file
                yield concept, role, Place(words.replace("|", "\\|"), anchor)
        if cell.cell_type == "markdown" and headings:
            heading = headings[-1]


def _cell(places: list[Place]) -> str:
    return "; ".join(dict.fromkeys(map(str, places)))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _number(number: int) -> str:
    words = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    return (words[number] if number < len(words) else str(number)).capitalize()


if __name__ == "__main__":
    sys.exit(main())
