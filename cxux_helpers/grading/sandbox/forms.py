"""The forms that messages of a kernel have: whatever has another one was written by somebody else.

A student's code can write into its kernel's channel. A message in a form of its own would stop nbclient in its tracks,
or make a notebook that nbgrader can neither write nor read. What passes here makes a valid notebook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

__all__ = ["has_its_form"]

_DEEPEST = 40  # lists and objects within each other


def has_its_form(message: Mapping[str, Any]) -> bool:
    """Return whether a message, as it came from a room, has the parts of its kind.

    >>> parts = {"header": {"msg_id": "1", "msg_type": "stream"}, "parent_header": {}, "metadata": {}}
    >>> has_its_form({**parts, "content": {"name": "stdout", "text": "Hello"}})
    True
    >>> has_its_form({**parts, "content": {"name": "stdout", "text": ["Hello"]}})
    False
    """
    header, parent, content = (message.get(part) for part in ("header", "parent_header", "content"))
    if not (isinstance(header, dict) and isinstance(parent, dict) and isinstance(content, dict)):
        return False
    if not (isinstance(message.get("metadata", {}), dict) and _texts(header, "msg_id", "msg_type")):
        return False
    if not (_count(content.get("execution_count")) and isinstance(parent.get("msg_id", ""), str)):
        return False
    return _is_flat(content) and _CONTENTS.get(header["msg_type"], _anything)(content)


def _anything(content: dict[str, Any]) -> bool:
    return True


def _stream(content: dict[str, Any]) -> bool:
    return content.get("name") in ("stdout", "stderr") and _texts(content, "text")


def _error(content: dict[str, Any]) -> bool:
    lines = content.get("traceback")
    return _texts(content, "ename", "evalue") and isinstance(lines, list) and all(isinstance(i, str) for i in lines)


def _display(content: dict[str, Any]) -> bool:
    data, metadata, transient = content.get("data"), content.get("metadata", {}), content.get("transient") or {}
    if not (isinstance(data, dict) and isinstance(metadata, dict) and isinstance(transient, dict)):
        return False
    if not isinstance(transient.get("display_id"), str | None):
        return False
    return all(_is_json(kind) or isinstance(value, str) for kind, value in data.items())


def _comm(content: dict[str, Any]) -> bool:
    return _texts(content, "comm_id") and isinstance(content.get("data"), dict)


def _status(content: dict[str, Any]) -> bool:
    return content.get("execution_state") in ("busy", "idle", "starting")


def _reply(content: dict[str, Any]) -> bool:
    if content.get("status") == "error":
        return _error(content)
    return content.get("status") in ("ok", "aborted") and isinstance(content.get("user_expressions", {}), dict)


_CONTENTS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "stream": _stream,
    "error": _error,
    "display_data": _display,
    "update_display_data": _display,
    "execute_result": _display,
    "clear_output": lambda content: isinstance(content.get("wait"), bool),
    "comm_open": lambda content: _comm(content) and _texts(content, "target_name"),
    "comm_msg": _comm,
    "comm_close": _comm,
    "status": _status,
    "execute_reply": _reply,
    "kernel_info_reply": lambda content: isinstance(content.get("language_info"), dict),
}


def _texts(part: dict[str, Any], *names: str) -> bool:
    return all(isinstance(part.get(name), str) for name in names)


def _count(value: Any) -> bool:
    return value is None or (type(value) is int and 0 <= value < 1 << 31)


def _is_json(kind: str) -> bool:
    return kind.startswith("application/") and kind.endswith("json")


def _is_flat(content: Any) -> bool:
    level = [content]
    for _ in range(_DEEPEST):
        level = [
            inner
            for value in level
            if isinstance(value, dict | list)
            for inner in (value.values() if isinstance(value, dict) else value)
        ]
        if not level:
            return True
    return False
