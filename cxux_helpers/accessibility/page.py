"""A page as assistive technology meets it: its elements, which of them are hidden, and what each is called."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from textwrap import shorten
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

__all__ = ["Page", "attribute", "excerpt", "styles"]

_NEVER_SHOWN = ("head", "noscript", "script", "style", "template")
_NAMED_BY_CONTENT = {
    *("a", "button", "caption", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend", "option", "summary", "td", "th"),
    *("role=button", "role=checkbox", "role=heading", "role=link", "role=option", "role=radio", "role=switch"),
}
_NAMED_BY_ALT = ("img", "area")
_DEFAULT_VALUE = {"submit": "Submit", "reset": "Reset"}
# What stands in these belongs to the word around it; all else is a word of its own.
_INLINE = ("a", "abbr", "b", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u")
_CONTROLS = ("input", "select", "textarea")


class Page:
    """A parsed HTML page.

    Names follow the W3C's *Accessible Name and Description Computation*, without the parts that need a browser: text
    from style sheets, and elements that scripts add. The parser is that of Python's standard library. It does not close
    what the source leaves open, so a p, li or td without an end tag holds all that follows it.

    Parameters
    ----------
    html : str
        Source of the page.

    Raises
    ------
    ValueError
        If it has no element.

    Examples
    --------
    >>> page = Page('<label for="mail">E-mail</label><input id="mail"><a href="/"><img src="home.png" alt="Home"></a>')
    >>> [page.name(element) for element in page.select("input, a")]
    ['E-mail', 'Home']
    """

    soup: BeautifulSoup

    def __init__(self, html: str) -> None:
        from bs4 import BeautifulSoup

        if not isinstance(html, str):
            raise ValueError(f"html is of type {type(html).__name__}. Give the source of the page as text.")
        self.soup = BeautifulSoup(html, "html.parser", multi_valued_attributes=None)
        root = self.soup.find("html") or self.soup.find(True)
        if root is None:
            raise ValueError(f"html is {shorten(html, 40)!r}, which has no element. Give the source of a page.")
        self.root = root
        self.body = self.soup.find("body") or root
        self.by_id: dict[str, Tag] = {}
        self._hidden: set[int] = set()
        for element in self.soup.find_all(True):
            if id(element.parent) in self._hidden or _hides_content(element):
                self._hidden.add(id(element))
            if one := attribute(element, "id"):
                self.by_id.setdefault(one, element)
        self._selected: dict[str, list[Tag]] = {}
        self._labels: dict[int, list[Tag]] = defaultdict(list)
        for label in self.soup.find_all("label"):
            target = self.by_id.get(attribute(label, "for")) if label.has_attr("for") else label.find(_CONTROLS)
            if target is not None:
                self._labels[id(target)].append(label)

    def select(self, selector: str) -> list[Tag]:
        """Elements of the page that fit a CSS selector and are not hidden, in their order."""
        if selector not in self._selected:
            self._selected[selector] = [one for one in self.soup.select(selector) if not self.hides(one)]
        return self._selected[selector]

    def hides(self, element: Tag) -> bool:
        """Whether an element is hidden from everybody, or from assistive technology, as far as the source tells."""
        return id(element) in self._hidden

    def name(self, element: Tag) -> str:
        """Accessible name of an element, without its title and placeholder, which are weak names; "" if none."""
        called = (
            self.text(self.by_id[one]) for one in attribute(element, "aria-labelledby").split() if one in self.by_id
        )
        for found in (" ".join(called), attribute(element, "aria-label"), self._own_name(element)):
            if found.strip():
                return " ".join(found.split())
        return ""

    def text(self, element: Tag) -> str:
        """Text of an element as it is read out: with the alternatives of images, without what is hidden."""
        return " ".join("".join(self._pieces(element)).split())

    def _own_name(self, element: Tag) -> str:
        kind = attribute(element, "type").lower()
        if element.name in _NAMED_BY_ALT or (element.name == "input" and kind == "image"):
            return attribute(element, "alt")
        if element.name == "input" and kind in ("button", "submit", "reset"):
            return attribute(element, "value") if element.has_attr("value") else _DEFAULT_VALUE.get(kind, "")
        if labels := self._labels.get(id(element)):
            return " ".join(map(self.text, labels))
        if element.name == "svg":
            title = element.find("title", recursive=False)
            return "" if title is None else title.get_text()
        by_content = {element.name, f"role={attribute(element, 'role')}"} & _NAMED_BY_CONTENT
        return self.text(element) if by_content else ""

    def _pieces(self, element: Tag) -> Iterator[str]:
        from bs4 import Tag
        from bs4.element import NavigableString

        for child in element.children:
            if isinstance(child, Tag):
                if not _hides_content(child) and child.name not in _CONTROLS:
                    within = attribute(child, "aria-label") or self._own_name(child) or "".join(self._pieces(child))
                    yield within if child.name in _INLINE else f" {within} "
            elif type(child) is NavigableString:  # and not a comment, which is one of its kinds
                yield str(child)


def attribute(element: Tag, name: str) -> str:
    """Value of an attribute without the space around it; "" if it is missing or empty."""
    return str(element.get(name) or "").strip()


def styles(element: Tag) -> dict[str, str]:
    """What the element's own style attribute declares, in small letters."""
    if not element.has_attr("style"):
        return {}
    declared = (one.partition(":") for one in attribute(element, "style").lower().split(";"))
    return {name.strip(): value.replace("!important", "").strip() for name, _, value in declared if value.strip()}


def excerpt(element: Tag, width: int = 90) -> str:
    """Beginning of an element's source: its tag, and the text that stands directly in it."""
    attributes = "".join(f' {name}="{value}"' if value else f" {name}" for name, value in element.attrs.items())
    text = " ".join(element.find_all(string=True, recursive=False))
    return shorten(f"<{element.name}{attributes}>{text}", width, placeholder=" …")


def _hides_content(element: Tag) -> bool:
    style = styles(element)
    return (
        element.name in _NEVER_SHOWN
        or element.has_attr("hidden")
        or element.has_attr("inert")
        or (element.name == "dialog" and not element.has_attr("open"))
        or attribute(element, "aria-hidden").lower() == "true"
        or style.get("display") == "none"
        or style.get("visibility") == "hidden"
    )
