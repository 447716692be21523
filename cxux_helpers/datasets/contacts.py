"""The contact log of a made-up energy co-operative: which questions were really answered is known."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["make_contact_log"]

_CHANNELS = {"phone": 0.5, "chat": 0.3, "mail": 0.2}
_TOPICS = {"bill": 0.5, "meter": 0.3, "moving": 0.2}
# Share of first contacts that settle the matter; the chat is quick, and sends many away with half an answer.
_SETTLED = {"phone": 0.80, "chat": 0.50, "mail": 0.74}
# Share of contacts in which the agent ticks "solved", whatever became of it.
_TICKED = {"phone": 0.90, "chat": 0.97, "mail": 0.88}
_OVER_TO_PHONE = 0.85  # of those whom the chat did not help
_NEXT_BILL = 0.30  # who asks again about the next monthly bill, which is a new question
_FIRST_DAY = pd.Timestamp("2026-01-05")
_DAYS = 84
_OPENS, _OPEN_HOURS = 8, 12


def make_contact_log(n_questions: int = 1500, *, seed: int = 0) -> Planted:
    """Contacts at a service desk over twelve weeks, from its first day on, with what really settled the matter.

    Whoever was not helped comes back after one to six days about the same topic; from the chat most come back by phone.
    Some who were helped with a bill ask again about the next one, a month later: a new question. Agents tick "solved"
    nearly always, and most often in the chat, where it is least often true.

    Parameters
    ----------
    n_questions : int
        Questions that customers have, at least 50; each brings one contact or more.
    seed : int
        The same seed gives the same log.

    Returns
    -------
    Planted
        ``data`` has one row per contact in order of time: ``customer_id`` (whole number from 1), ``time`` (to the
        minute, from 8 to 20 o'clock), ``channel``, ``topic`` (text) and ``ticked_solved`` (what the agent said).
        ``truth`` is a table on the same index: ``first`` (whether a question was new) and ``settled`` (whether the
        contact settled it).

    Raises
    ------
    ValueError
        If `n_questions` is too small.

    Examples
    --------
    >>> log, truth = make_contact_log()
    >>> bool(log["ticked_solved"].mean() > truth.loc[truth["first"], "settled"].mean() + 0.15)
    True
    """
    n_questions = require_whole("n_questions", n_questions, low=50)
    rng = np.random.default_rng(seed)
    rows = []
    for customer in range(1, n_questions + 1):
        channel = str(rng.choice(list(_CHANNELS), p=list(_CHANNELS.values())))
        topic = str(rng.choice(list(_TOPICS), p=list(_TOPICS.values())))
        day = float(rng.uniform(0, _DAYS))
        asks_again = topic == "bill" and rng.random() < _NEXT_BILL
        rows += _question(rng, customer, topic, channel, day)
        if asks_again:
            rows += _question(rng, customer, topic, channel, day + float(rng.uniform(28, 33)))
    table = pd.DataFrame(rows, columns=["customer_id", "day", "channel", "topic", "ticked_solved", "first", "settled"])
    table = table[table["day"] < _DAYS].sort_values("day", kind="stable", ignore_index=True)
    date, hour = np.divmod(table.pop("day"), 1)
    minutes = date * 24 * 60 + (_OPENS + hour * _OPEN_HOURS) * 60
    table.insert(1, "time", _FIRST_DAY + pd.to_timedelta(minutes.round(), unit="min"))
    return Planted(table.drop(columns=["first", "settled"]), table[["first", "settled"]])


def _question(
    rng: np.random.Generator, customer: int, topic: str, channel: str, day: float
) -> list[tuple[object, ...]]:
    """The contacts that one question brings: the second settles most of what the first did not, and the third all."""
    rows: list[tuple[object, ...]] = []
    for odds in (_SETTLED[channel], 0.85, 1.0):
        settled = bool(rng.random() < odds)
        rows.append((customer, day, channel, topic, bool(rng.random() < _TICKED[channel]), not rows, settled))
        if settled:
            break
        day += float(rng.uniform(1, 6))
        if channel == "chat" and rng.random() < _OVER_TO_PHONE:
            channel = "phone"
    return rows
