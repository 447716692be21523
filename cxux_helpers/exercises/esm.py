"""Small JavaScript files joined into the one that a widget takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

__all__ = ["join_modules"]

_IMPORT = re.compile(r'^import [^;]*? from "\./[\w-]+\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default\b)", re.MULTILINE)


def join_modules(folder: Path, names: Sequence[str]) -> str:
    """Join ECMAScript modules of one folder into one module.

    anywidget takes one file, and a build step or a bundler would be one more thing to install and to trust. So each
    file is a module that editors and linters understand, and here the lines that import from its neighbours go, as
    does the word ``export``. Nothing is renamed: every name at the top of a file is to be unique in its folder.

    Parameters
    ----------
    folder : Path
        Where the files are.
    names : sequence of str
        The files without ``.js``, each after those whose values it needs while it is loaded.

    Returns
    -------
    str
        One module. Only the last file may have a default export.
    """
    parts = []
    for name in names:
        source = (folder / f"{name}.js").read_text(encoding="utf-8")
        parts.append(_EXPORT.sub("", _IMPORT.sub("", source)))
    return "\n".join(parts)
