"""The event log of a made-up shop, with faults planted in it that only a look at the right segment shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.datasets.planted import Planted

__all__ = ["make_event_log"]

# From each event, how likely each next one is; what is missing to 1 leaves the shop.
_NEXT = {
    "start": {"home": 0.55, "search": 0.20, "product": 0.25},
    "home": {"catalogue": 0.42, "search": 0.30, "product": 0.10},
    "catalogue": {"product": 0.62, "catalogue": 0.15, "search": 0.08},
    "search": {"product": 0.64, "search": 0.15},
    "product": {"cart": 0.22, "product": 0.22, "catalogue": 0.20, "search": 0.10},
    "cart": {"delivery": 0.60, "product": 0.17},
    "delivery": {"payment": 0.80, "cart": 0.07},
    "payment": {"purchase": 0.84, "payment_error": 0.06, "delivery": 0.03},
    "payment_error": {"payment": 0.55, "support": 0.15},
    "support": {"payment": 0.35, "home": 0.15},
    "purchase": {"home": 0.12, "product": 0.06},
}
_EVENTS = list(_NEXT)[1:]
_BROKEN_PAYMENT = {"purchase": 0.20, "payment_error": 0.60, "delivery": 0.05}

_BROWSERS = {"Chrome": 0.55, "Safari": 0.25, "Edge": 0.10, "Firefox": 0.10}
_DEVICES = {"phone": 0.60, "computer": 0.28, "tablet": 0.12}
_SECONDS = 25.0  # median time from one event to the next
_SLOWER = 4.0
_LONGEST_PAUSE = 1500.0  # below 30 minutes, so that a usual inactivity gap finds the sessions again
_FIRST_DAY = pd.Timestamp("2025-01-06")
_DAYS = 84


def make_event_log(n_sessions: int = 8000, *, seed: int = 0) -> Planted:
    """Sessions in a made-up online shop over twelve weeks, with two faults whose place and time are known.

    People walk from page to page by fixed odds; about one session in seven comes to a purchase. From one day on the
    payment page *fails* in one of the two rare browsers: most attempts end in an error, and many people leave.
    From another day on the delivery page is *slow* on tablets: it takes four times as long. The log as a whole
    hardly shows either, for few people are concerned.

    Parameters
    ----------
    n_sessions : int
        Number of sessions, at least 100; from about 5,000 on the faults stand out from chance. A session has four
        events on average, and most users have two or more sessions.
    seed : int
        The same seed gives the same log.

    Returns
    -------
    Planted
        ``data`` has one row per event, in order of time, with ``user_id`` (whole number from 1), ``time``
        (to the second), ``event`` (categorical), ``browser`` and ``device`` (categorical, each fixed for a
        user). Sessions of a user lie on different days, and no pause in a session reaches 30 minutes.
        ``truth`` is a table with one row per fault: ``fault`` ("fails" or "slow"), ``stage`` (the event at
        which it happens), ``column`` and ``segment`` (whom it hits), and ``start`` (its first day).

    Raises
    ------
    ValueError
        If `n_sessions` is not a whole number of 100 or more.

    Examples
    --------
    >>> log, truth = make_event_log(100, seed=1)
    >>> log["event"].cat.categories.tolist()[-3:]
    ['payment_error', 'support', 'purchase']
    >>> truth[["fault", "stage", "segment"]].to_numpy().tolist()
    [['fails', 'payment', 'Firefox'], ['slow', 'delivery', 'tablet']]
    """
    n_sessions = require_whole("n_sessions", n_sessions, low=100)
    rng = np.random.default_rng(seed)
    n_users = (n_sessions + 1) // 2
    user = np.concatenate([np.arange(n_users), rng.integers(0, n_users, n_sessions - n_users)])
    browser = rng.choice(len(_BROWSERS), n_users, p=list(_BROWSERS.values()))
    device = rng.choice(len(_DEVICES), n_users, p=list(_DEVICES.values()))
    broken, tablet = int(rng.integers(2, 4)), list(_DEVICES).index("tablet")
    fails_from, slow_from = (int(day) for day in rng.integers(_DAYS // 3, _DAYS // 2, 2))

    user.sort()
    day = _different_days(rng, user)
    hit_by_failure = (browser[user] == broken) & (day >= fails_from)
    session, place, event = _walk(rng, hit_by_failure)

    pause = _SECONDS * rng.lognormal(0, 0.8, event.size)
    # A pause belongs to the event before it; the pause before the first event of a session is when it begins.
    slow = (event == _EVENTS.index("delivery")) & (device[user] == tablet)[session] & (day >= slow_from)[session]
    pause[slow] *= _SLOWER
    pause = np.minimum(pause, _LONGEST_PAUSE)
    passed = np.concatenate([[0.0], np.cumsum(pause[:-1])])
    morning = rng.uniform(7 * 3600, 21 * 3600, n_sessions)
    seconds = passed - passed[place == 0][session] + morning[session] + 86_400 * day[session]

    in_time = np.argsort(seconds, kind="stable")
    owner = user[session[in_time]]
    data = pd.DataFrame(
        {
            "user_id": owner + 1,
            "time": _FIRST_DAY.as_unit("s") + pd.to_timedelta(seconds[in_time].astype(np.int64), unit="s"),
            "event": pd.Categorical.from_codes(event[in_time], pd.Index(_EVENTS)),
            "browser": pd.Categorical.from_codes(browser[owner], pd.Index(_BROWSERS)),
            "device": pd.Categorical.from_codes(device[owner], pd.Index(_DEVICES)),
        }
    )
    truth = pd.DataFrame(
        [
            ("fails", "payment", "browser", list(_BROWSERS)[broken], fails_from),
            ("slow", "delivery", "device", "tablet", slow_from),
        ],
        columns=["fault", "stage", "column", "segment", "start"],
    )
    truth["start"] = _FIRST_DAY + pd.to_timedelta(truth["start"], unit="D")
    return Planted(data, truth)


def _different_days(rng: np.random.Generator, user: np.ndarray) -> np.ndarray:
    """A day for each session, all days of one user different; `user` is sorted."""
    own_sessions = np.bincount(user)
    earlier = np.arange(user.size) - (np.cumsum(own_sessions) - own_sessions)[user]
    # Sorted draws, each moved on by the number before it, cannot meet.
    draw = rng.random(user.size) * (_DAYS - own_sessions[user] + 1)
    days: np.ndarray = draw[np.lexsort((draw, user))].astype(np.int64) + earlier
    return days


def _walk(rng: np.random.Generator, hit: np.ndarray, longest: int = 40) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Session, place in it from 0, and code of every event, in order; all sessions take each step together."""
    rows = [*_NEXT.values(), _BROKEN_PAYMENT]
    odds = np.cumsum([[row.get(event, 0.0) for event in _EVENTS] for row in rows], axis=1)
    payment = _EVENTS.index("payment")
    walkers, row = np.arange(hit.size), np.zeros(hit.size, dtype=np.int64)
    steps = []
    for place in range(longest):
        event = (rng.random(walkers.size)[:, None] >= odds[row]).sum(axis=1)
        stays = event < len(_EVENTS)
        walkers, event = walkers[stays], event[stays]
        steps.append((walkers, np.full(walkers.size, place), event))
        row = np.where((event == payment) & hit[walkers], len(rows) - 1, event + 1)
    session, places, events = (np.concatenate(part) for part in zip(*steps, strict=True))
    by_session = np.lexsort((places, session))
    return session[by_session], places[by_session], events[by_session].astype(np.int8)
