"""Small JavaScript files joined into the one that a widget takes, and so for style sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

__all__ = ["SHARED", "join_modules", "join_styles"]

STATIC = Path(__file__).parent / "static"
# What all editors of drawings have in common, in `static/shared`; each after those that it imports from.
SHARED = ("dom", "controls", "part_table", "frame", "store", "findings", "exchange")

_IMPORT = re.compile(r'^import [^;]*? from "(?:\.|\.\./shared)/[\w-]+\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default\b)", re.MULTILINE)


def join_modules(folder: Path, names: Sequence[str], *, shared: Sequence[str] = ()) -> str:
    """Join ECMAScript modules of one folder, and before them some of the shared ones, into one module.

    anywidget takes one file, and a build step or a bundler would be one more thing to install and to trust. So each
    file is a module that editors and linters understand, and here the lines that import from its neighbours go, as
    does the word ``export``. Nothing is renamed: every name at the top of a file is to be unique in what is joined.

    Parameters
    ----------
    folder : Path
        Where the files are.
    names : sequence of str
        The files without ``.js``, each after those whose values it needs while it is loaded.
    shared : sequence of str
        Files of ``static/shared``, likewise.

    Returns
    -------
    str
        One module. Only the last file may have a default export.
    """
    files = [STATIC / "shared" / name for name in shared] + [folder / name for name in names]
    sources = [file.with_suffix(".js").read_text(encoding="utf-8") for file in files]
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", source)) for source in sources)


def join_styles(*files: str) -> str:
    """Join style sheets, given by their paths below ``static``."""
    return "\n".join((STATIC / file).read_text(encoding="utf-8") for file in files)
