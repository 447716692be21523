"""Auditing a page by hand: marks of a person held against the faults that are there, and the page safe to be shown."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import NamedTuple

from cxux_helpers.accessibility.page_structure import PAGE_RULES, check_page

__all__ = ["AuditResult", "Mark", "audit_marks", "fault_lines", "notebook_page", "page_to_show", "rule_words"]


class Mark(NamedTuple):
    """A rule that is broken, and the line of the source where the element at fault begins, from 1."""

    line: int
    rule: str


@dataclass(frozen=True)
class AuditResult:
    """What became of the marks of an audit.

    Attributes
    ----------
    hits
        Right line, right rule.
    other_rule
        Something is wrong on that line, but another rule is broken; together with no hit there.
    false_alarms
        Nothing is wrong on that line.
    missed
        Faults whose line was not marked.
    share : float
        (hits + other_rule / 2 − false alarms / 2) / faults, from 0 to 1: a false alarm costs half of a hit.
    """

    hits: tuple[Mark, ...]
    other_rule: tuple[Mark, ...]
    false_alarms: tuple[Mark, ...]
    missed: tuple[Mark, ...]
    share: float


def audit_marks(marks: Collection[Mark], faults: Collection[Mark]) -> AuditResult:
    """Hold the marks of an audit against the faults of the page.

    A second mark on a line whose faults are all hit is a false alarm, so that marking a line with every rule earns
    nothing.

    Parameters
    ----------
    marks, faults : collection of Mark
        What was marked, and what is wrong.

    Returns
    -------
    AuditResult

    Raises
    ------
    ValueError
        If there are no faults to be found.

    Examples
    --------
    >>> faults = [Mark(3, "image-without-alt"), Mark(9, "vague-link")]
    >>> audit_marks([Mark(3, "image-without-alt"), Mark(5, "vague-link")], faults).share
    0.25
    """
    if not faults:
        raise ValueError("faults is empty. Give the faults of the page, such as those that check_page finds.")
    wrong, marked = dict.fromkeys(Mark(*fault) for fault in faults), dict.fromkeys(Mark(*mark) for mark in marks)
    hits = tuple(mark for mark in marked if mark in wrong)
    # Faults whose line was marked with another rule: as many marks as there are faults left on that line.
    left = [fault for fault in wrong if fault not in hits]
    other, alarms = [], []
    for mark in marked:
        if mark in hits:
            continue
        fault = next((one for one in left if one.line == mark.line), None)
        if fault is None:
            alarms.append(mark)
        else:
            left.remove(fault)
            other.append(mark)
    share = (len(hits) + len(other) / 2 - len(alarms) / 2) / len(wrong)
    return AuditResult(hits, tuple(other), tuple(alarms), tuple(left), max(0.0, share))


def fault_lines(html: str, *, rules: Iterable[str] | None = None) -> list[Mark]:
    """The faults that `check_page` finds, as marks.

    Parameters
    ----------
    html, rules
        As in `cxux_helpers.accessibility.page_structure.check_page`.

    Examples
    --------
    >>> fault_lines('<html lang="en"><title>Map</title><main><h1>Map</h1><img src="map.png"></main></html>')
    [Mark(line=1, rule='image-without-alt')]
    """
    return [Mark(finding.line, finding.rule) for finding in check_page(html, rules=rules)]


_CALM = "form, input, button, select, textarea, a"
_PLACEHOLDER = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='120' height='60'%3E"
    "%3Crect width='100%25' height='100%25' fill='%23cccccc' stroke='%23555555'/%3E%3C/svg%3E"
)


def page_to_show(html: str, *, title: str) -> str:
    """A frame that shows a page, shut in: no scripts, no forms, nothing loaded, no way to another page.

    Pictures become grey boxes, films and frames empty ones, for their files are not there.

    Parameters
    ----------
    html : str
        Source of the page.
    title : str
        What the frame holds, for those who do not see it.

    Returns
    -------
    str
        An ``iframe`` element.

    Examples
    --------
    >>> frame = page_to_show('<p>Hello</p><img src="map.png">', title="A page")
    >>> 'sandbox=""' in frame, "map.png" in frame
    (True, False)
    """
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(html, "html.parser", multi_valued_attributes=None)
    for element in soup.select("script, meta[http-equiv], link, base, track, source"):
        element.decompose()
    for element in soup.select("[src], [poster], [srcset], [data]"):
        for name in ("src", "poster", "srcset", "data"):
            del element[name]
        if element.name == "img":
            element["src"] = _PLACEHOLDER
    for element in soup.select(_CALM):
        for name in ("action", "href", "autofocus"):
            if name == "href" and element.has_attr("href"):
                element["href"] = "#"  # it still looks like a link, and leads nowhere
            elif element.has_attr(name):
                del element[name]
    return (
        f'<iframe class="cxux-page" sandbox="" title="{escape(title)}" srcdoc="{escape(str(soup))}" '
        'style="box-sizing:border-box;display:block;width:100%;height:360px;border:1px solid #757575;'
        'background:#ffffff"></iframe>'
    )


def notebook_page(path: Path | str) -> str:
    """A notebook as a web page: its texts, its code, and the HTML of the outputs that were saved in it.

    Parameters
    ----------
    path : path-like
        The notebook's file.

    Returns
    -------
    str
        Source of the page. Its title is the notebook's first heading.

    Raises
    ------
    ValueError
        If there is no such notebook.
    """
    import mistune  # as nbconvert does, which takes seconds to import

    file = Path(path)
    if not file.is_file():
        raise ValueError(f"there is no notebook {file.name!r} in {file.resolve().parent.name!r}. Run this beside it.")
    parts, title = [], ""
    for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            parts.append(str(mistune.html(text)))
            title = title or next((line[2:] for line in text.splitlines() if line.startswith("# ")), "")
            continue
        parts.append(f"<pre><code>{escape(text)}</code></pre>")
        parts += ["".join(output.get("data", {}).get("text/html", "")) for output in cell.get("outputs", [])]
    body = "\n".join(parts)
    return f'<html lang="en"><head><title>{escape(title)}</title></head><body><main>\n{body}\n</main></body></html>'


def rule_words(rule: str) -> str:
    """A rule in words, as a menu offers it, with its success criterion.

    Parameters
    ----------
    rule : str
        Key of `cxux_helpers.accessibility.page_structure.PAGE_RULES`.

    Examples
    --------
    >>> rule_words("image-without-alt")
    'image without alt (1.1.1 Non-text Content)'
    """
    return f"{rule.replace('-', ' ')} ({PAGE_RULES[rule].criterion})"
