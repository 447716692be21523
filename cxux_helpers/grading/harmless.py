"""Students' texts and outputs as pages can show them: no script, no frame, nothing loaded from anywhere.

Formgrader shows submissions on the address of the instructor's own Jupyter server, where a script could do all that the
instructor can. nbconvert puts outputs into its pages as they are. So these two, named in ``nbgrader_config.py``, stand
before every page: a preprocessor for outputs, and a filter for texts.
"""

# ruff: noqa: SIM905 - as lists, the words below would be two screens
from __future__ import annotations

import base64
import re
from typing import Any

from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]
from bleach.sanitizer import Cleaner  # type: ignore[import-untyped]
from jinja2 import pass_context
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbconvert.preprocessors import Preprocessor
from nbformat.notebooknode import NotebookNode

__all__ = ["Harmless", "harmless_html", "harmless_markdown"]

_TAGS = frozenset[str](
    (
        "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption figure "
        "h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp section small span strong sub summary sup "
        "table tbody td tfoot th thead tr tt u ul var"
    ).split()
)
_ANYWHERE = {"align", "aria-hidden", "aria-label", "class", "dir", "lang", "role", "style", "title", "valign"}
_SOMEWHERE = {
    "img": {"alt", "width", "height"}, "ol": {"start", "type"}, "details": {"open"},
    "col": {"span"}, "td": {"colspan", "rowspan", "headers"}, "th": {"colspan", "rowspan", "scope"},
    "table": {"border"},
}  # fmt: skip
_STYLES = (  # none that takes a url()
    "background-color border border-bottom border-collapse border-color border-left border-radius border-right "
    "border-spacing border-style border-top border-width caption-side color display flex font font-family font-size "
    "font-style font-variant font-weight gap height letter-spacing line-height margin margin-bottom "
    "margin-left margin-right margin-top max-height max-width min-height min-width opacity overflow overflow-x padding "
    "padding-bottom padding-left padding-right padding-top text-align text-decoration text-indent text-transform "
    "vertical-align white-space width word-break"
).split()
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]*", re.ASCII)
_LINK = re.compile(r"https?://|mailto:|#", re.IGNORECASE)
_PLAIN = {"text/plain", "text/latex", "application/json"}  # the templates escape these
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*", re.ASCII)


def harmless_html(text: str) -> str:
    """Return HTML with what is for the eye alone; all else is left out.

    >>> harmless_html('<p onclick="alert(1)">Hello<script>alert(2)</script></p>')
    '<p>Hello</p>'
    """
    text = re.sub(r"(?is)<(script|style|iframe|template|noscript)\b.*?(?:</\1\s*>|\Z)", "", text)
    clean: str = _cleaner().clean(text)
    return clean


@pass_context
def harmless_markdown(context: Any, source: str) -> str:
    """nbconvert's ``markdown2html``, without what could run or load."""
    attachments = context.get("cell", {}).get("attachments", {})
    renderer = IPythonRenderer(escape=False, attachments=attachments)
    return harmless_html(MarkdownWithMath(renderer=renderer).render(source))


class Harmless(Preprocessor):  # type: ignore[misc]
    """Makes the outputs of a notebook harmless, for showing; what nbgrader has stored stays as it is."""

    enabled = True

    def preprocess_cell(self, cell: NotebookNode, resources: Any, index: int) -> tuple[NotebookNode, Any]:
        """Change a cell in place."""
        for output in cell.get("outputs", []):
            if "data" in output:
                output["data"] = NotebookNode(_harmless_data(output["data"]))
                output["metadata"] = NotebookNode({k: _sizes(v) for k, v in output.get("metadata", {}).items()})
        return cell, resources


def _harmless_data(data: dict[str, Any]) -> dict[str, Any]:
    kept = {}
    for kind, value in data.items():
        if kind in _PLAIN:
            kept[kind] = value
        elif kind == "text/html":
            kept[kind] = harmless_html(str(value))
        elif kind == "text/markdown":
            kept[kind] = str(value)  # goes through the filter
        elif kind == "image/svg+xml" and "text/html" not in data:
            # As a picture an SVG can be seen, and runs nothing.
            kept["text/html"] = f'<img src="data:{kind};base64,{base64.b64encode(str(value).encode()).decode()}">'
        elif kind in ("image/png", "image/jpeg", "image/gif") and _BASE64.fullmatch(str(value)):
            kept[kind] = value
    return kept or {"text/plain": "This output cannot be shown here."}


def _sizes(metadata: Any) -> dict[str, Any]:
    """Of what is said about a picture, its size and its alternative text."""
    if not isinstance(metadata, dict):
        return {}
    kinds: dict[str, type] = {"width": int, "height": int, "alt": str}
    return {name: value for name, value in metadata.items() if type(value) is kinds.get(name)}


def _may(tag: str, name: str, value: str) -> bool:
    if name == "src":
        return tag == "img" and _PICTURE.fullmatch(value) is not None
    if name == "href":
        return tag == "a" and _LINK.match(value) is not None
    return name in _ANYWHERE or name in _SOMEWHERE.get(tag, ())


def _cleaner() -> Cleaner:
    return Cleaner(
        tags=_TAGS,
        attributes=_may,
        protocols={"http", "https", "mailto", "data"},
        css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES),
        strip=True,
    )
