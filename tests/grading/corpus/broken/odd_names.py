"""
is: files with a newline, quotes, an emoji, no letter of UTF-8, and 255 letters in their names
must: keep all marks
marks: 2 3 1
"""

import os


def build(folder, notebook, root):
    for name in (b"new\nline", b"'\"`$(echo)", "\N{SNOWMAN}".encode(), b"\xff\xfe", b"x" * 255, b"-rf", b"[a]*?"):
        with open(os.path.join(os.fsencode(folder), name), "w") as file:
            file.write("x")
    (folder / "answers" / "\N{SNOWMAN}.json").write_text("{}")
