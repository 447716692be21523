"""What moves the furniture firm's sales whatever it does: season, neighbourhood, good and bad luck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cxux_helpers.furniture_firm.plans import WEEKS

__all__ = ["LINES", "WEEKS_BEFORE", "World", "draw_world"]

LINES = ("handmade", "ready to assemble")
WEEKS_BEFORE = 12  # weeks without any measure, before week 1

_SEASON = 0.14  # how far the year's wave moves visits up and down, as a logarithm
_EVENTS = {"a competitor closes": (0.22, 0.22), "a new housing estate": (0.08, 0.34)}  # on each line, as a logarithm
_LUCK, _LUCK_STAYS = 0.16, 0.85  # spread of the firm's luck, and the part of it that lasts to the next week
_YEARS_OF_LUCK = 104
_SHOP_LUCK, _SHOP_LUCK_STAYS = 0.07, 0.5
_SHOP_SIZE, _SHOP_LIKING = 0.15, 0.08


@dataclass(frozen=True)
class World:
    """Everything that is drawn by lot, once, and never depends on a plan.

    Parameters
    ----------
    season, luck
        What moves the visits of all shops, as a logarithm: one number per week.
    event
        What happened in the neighbourhood, likewise; one number per week and line.
    event_name, event_week
        What it was, and the week in which it began.
    size, liking
        How large a shop is against the usual one, and how much better customers like it in points of satisfaction.
    shop_luck
        The luck of each shop, as a logarithm: weeks × shops × 1.
    visits, orders, answers
        Chance in numbers of visits, orders and in answers: standard normal, weeks × shops × lines.
    """

    season: np.ndarray
    luck: np.ndarray
    event: np.ndarray
    event_name: str
    event_week: int
    size: np.ndarray
    liking: np.ndarray
    shop_luck: np.ndarray
    visits: np.ndarray
    orders: np.ndarray
    answers: np.ndarray


def draw_world(seed: int, shops: int) -> World:
    """Draw a world of 12 weeks before and 12 weeks of play.

    The firm's luck wanders around its mean for two years. Its owners begin to act after the worst 12 weeks of these, as
    people do: so luck returns to its mean while they act, and would have done so without them.
    """
    rng = np.random.default_rng(seed)
    weeks = np.arange(1 - WEEKS_BEFORE, WEEKS + 1)
    name = list(_EVENTS)[int(rng.integers(len(_EVENTS)))]
    begins = int(rng.integers(2, 6))
    # A closed shop sends its customers elsewhere at once; people move into new houses over four weeks.
    arrived = np.clip((weeks - begins + 1) / (1 if name == "a competitor closes" else 4), 0, 1)
    luck = _wander(rng.normal(size=(_YEARS_OF_LUCK + WEEKS, 1)), _LUCK, _LUCK_STAYS)[:, 0]
    stretches = np.convolve(luck[:-WEEKS], np.ones(WEEKS_BEFORE), mode="valid")
    start = int(stretches.argmin())
    visits, orders, answers = rng.normal(size=(3, weeks.size, shops, len(LINES)))
    return World(
        season=_SEASON * np.sin(2 * np.pi * weeks / 52),
        luck=luck[start : start + weeks.size],
        event=arrived[:, None] * np.array(_EVENTS[name]),
        event_name=name,
        event_week=begins,
        size=np.exp(_SHOP_SIZE * rng.normal(size=(shops, 1))),
        liking=_SHOP_LIKING * rng.normal(size=(shops, 1)),
        shop_luck=_wander(rng.normal(size=(weeks.size, shops)), _SHOP_LUCK, _SHOP_LUCK_STAYS)[:, :, None],
        visits=visits,
        orders=orders,
        answers=answers,
    )


def _wander(shocks: np.ndarray, spread: float, stays: float) -> np.ndarray:
    """An autoregression of the first order along the first axis, of standard deviation `spread` from the start on."""
    path = spread * shocks
    for week in range(1, len(path)):
        path[week] = stays * path[week - 1] + np.sqrt(1 - stays**2) * path[week]
    return path
