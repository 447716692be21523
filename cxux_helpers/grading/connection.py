"""One connection to the gradebook for a whole run.

nbgrader opens its gradebook eight times for each submission, and each time looks whether every table is there. While
`one_connection` lasts it looks once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from nbgrader.api import Gradebook
from sqlalchemy.orm import scoped_session, sessionmaker

__all__ = ["one_connection"]


@contextmanager
def one_connection() -> Iterator[None]:
    """Let gradebooks of one address, opened one after the other in this process, share their engine."""
    engines: dict[tuple[str, str], Any] = {}
    look = Gradebook.__init__

    def open_quickly(
        self: Gradebook, db_url: str, course_id: str = "default_course", authenticator: Any = None
    ) -> None:
        engine = engines.get((db_url, course_id))
        if engine is None:
            look(self, db_url, course_id, authenticator)
            engines[db_url, course_id] = self.engine
            return
        self.engine, self.course_id, self.authenticator = engine, course_id, authenticator
        self.db = scoped_session(sessionmaker(autoflush=True, bind=engine, future=True))

    def keep(self: Gradebook) -> None:
        self.db.remove()

    with patch.object(Gradebook, "__init__", open_quickly), patch.object(Gradebook, "close", keep):
        try:
            yield
        finally:
            for engine in engines.values():
                engine.dispose()
