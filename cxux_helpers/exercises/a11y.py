"""The invisible part of every exercise that makes it usable by keyboard and by screen reader."""

from __future__ import annotations

from pathlib import Path

import anywidget

_STATIC = Path(__file__).parent / "static"


class AccessibilityAid(anywidget.AnyWidget):  # type: ignore[misc]
    """Names controls, keeps JupyterLab's shortcut keys away from them and announces feedback.

    It works on the enclosing element with the class ``cxux-exercise``, and also brings the exercises' styles.
    """

    _esm = _STATIC / "a11y.js"
    _css = _STATIC / "a11y.css"
