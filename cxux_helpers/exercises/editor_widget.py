"""What the widgets of all editors share: text that people import is read in Python."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import anywidget
import traitlets

__all__ = ["EditorWidget"]


class EditorWidget(anywidget.AnyWidget):  # type: ignore[misc]
    """Draws something that is plain data and lets people change it.

    Parameters
    ----------
    read
        Makes plain data of the thing out of text that people import, or raises ValueError.

    Notes
    -----
    A subclass names its trait with the data in `drawn`. Text to import comes as a message
    ``{"type": "import", "text": …}``. What `read` makes of it, or the reason why it cannot, goes back.
    """

    drawn: str

    findings = traitlets.List().tag(sync=True)
    file_name = traitlets.Unicode("drawing").tag(sync=True)

    def __init__(self, read: Callable[[str], dict[str, Any]], **traits: Any) -> None:
        super().__init__(**traits)
        self._read = read
        self.on_msg(self._receive)

    def _receive(self, _: object, content: dict[str, Any], __: object) -> None:
        if content.get("type") != "import":
            return
        try:
            drawn = self._read(str(content.get("text", "")))
        except ValueError as problem:
            reason = str(problem)
            self.send({"type": "refused", "message": reason[:1].upper() + reason[1:]})
            return
        self.send({"type": "imported", self.drawn: drawn})
        if drawn == getattr(self, self.drawn):  # no change, so nobody would learn that it is an answer now
            self.notify_change({"name": self.drawn, "old": drawn, "new": drawn, "owner": self, "type": "change"})
