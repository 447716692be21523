"""A student's kernel as a `World`: asked by Jupyter's messages, never trusted, never waited for without end."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from typing import Any

from jupyter_core.utils import ensure_async, run_sync
from nbclient import NotebookClient

from cxux_helpers.grading.asking import Unreachable

__all__ = ["StudentKernel"]

TICK = 0.25  # seconds between two looks at whether the kernel still lives
GRACE = 5.0  # seconds that a kernel has to come back after an interrupt
PREPARATION = 30.0  # seconds that a kernel has to import what it replies with, pandas among it

_PREPARE = "__import__('cxux_helpers.grading.asking')"
_QUESTION = "__import__('cxux_helpers.grading.asking', fromlist=['kernel_reply']).kernel_reply({!r})"
_DIED = (
    "The notebook's kernel had stopped before this could be judged. "
    "Look for a command that ends the program or fills the memory."
)
_STUCK = "The notebook's kernel no longer answered, so this could not be judged. Look for a loop without an end."


class StudentKernel:
    """The kernel that runs a student's cells.

    An expression travels as one of the kernel's ``user_expressions``, beside an empty cell. So it passes none
    of the input or syntax transformers that the student's code may have installed, and leaves no trace in the
    notebook. What is printed on the way is dropped. What comes back is taken for a text, and for no more.

    Parameters
    ----------
    client
        nbclient's client, which starts and stops the kernel.
    folder
        Folder of the student's notebook, or what returns it when it is needed.
    patience
        Seconds that one expression may take.

    Attributes
    ----------
    lost
        Why the kernel cannot be reached any more, in words for the student; empty while it can.
    """

    def __init__(self, client: NotebookClient, folder: Path | Callable[[], Path], patience: float) -> None:
        self._folder = folder
        self.lost = ""
        self._client = client
        self._patience = patience
        self._prepared = False

    @property
    def folder(self) -> Path:
        """Folder of the student's notebook, with the answers that are saved by now."""
        return self._folder() if callable(self._folder) else self._folder

    def evaluate(self, expression: str) -> str:
        """Return the kernel's reply to an expression (see `World`)."""
        text: str = run_sync(self._evaluate)(_QUESTION.format(expression))
        return text

    def say(self, expression: str) -> None:
        """Have an expression evaluated for what it does, and leave no trace in the notebook."""
        run_sync(self._request)(expression, self._patience)

    def settle(self) -> None:
        """Make sure, after trouble, that the kernel still answers; end it if it does not."""
        run_sync(self._settle)()

    async def _evaluate(self, question: str) -> str:
        if not self.lost and not self._prepared:
            self._prepared = True
            await self._request(_PREPARE, PREPARATION)
        content = None if self.lost else await self._request(question, self._patience)
        if content is None and not self.lost:
            await self._interrupt()
            if not self.lost:
                raise Unreachable(f"This took longer than {self._patience:g} seconds, and was stopped.")
        if self.lost:
            raise Unreachable(self.lost)
        try:
            text = content["user_expressions"]["reply"]["data"]["text/plain"]  # type: ignore[index]
        except (KeyError, TypeError):
            text = None
        if not isinstance(text, str):
            raise Unreachable("The notebook gave no reply to this.")
        return text

    async def _interrupt(self) -> None:
        try:
            await ensure_async(self._client.km.interrupt_kernel())
        except RuntimeError:  # it has just died
            self.lost = _DIED
        await self._settle()

    async def _settle(self) -> None:
        if not self.lost and await self._request("None", GRACE) is None and not self.lost:
            self.lost = _STUCK
            await ensure_async(self._client.km.shutdown_kernel(now=True))

    async def _request(self, expression: str, patience: float) -> dict[str, Any] | None:
        """Have an expression evaluated; return the reply, or None if it is late or the kernel dead."""
        question = await ensure_async(
            self._client.kc.execute(
                "",
                silent=True,
                store_history=False,
                user_expressions={"reply": expression},
                allow_stdin=False,
                stop_on_error=False,
            )
        )
        content = await self._message(self._client.kc.shell_channel, question, "execute_reply", patience)
        if content is not None:
            # Take what was printed off the channel, or it fills up and loses the outputs of later cells.
            await self._message(self._client.kc.iopub_channel, question, "status", TICK)
        return content

    async def _message(self, channel: Any, question: str, kind: str, patience: float) -> dict[str, Any] | None:
        """Wait for the message of this kind that ends a question, passing over all others."""
        deadline = time.monotonic() + patience
        while (left := deadline - time.monotonic()) > 0:
            try:
                message = await ensure_async(channel.get_msg(timeout=min(left, TICK)))
                content: dict[str, Any] = message["content"]
                answers = message["msg_type"] == kind and message["parent_header"].get("msg_id") == question
                if answers and content.get("execution_state", "idle") == "idle":
                    return content
            except Empty:
                if not await ensure_async(self._client.km.is_alive()):
                    self.lost = _DIED
                    return None
            except Exception:  # whatever a forged message makes Jupyter's reader raise
                continue
        return None
