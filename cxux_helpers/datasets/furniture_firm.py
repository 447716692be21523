"""Two histories of a made-up furniture firm: one that did everything at once, and one that let lots decide."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.datasets.planted import Planted
from cxux_helpers.furniture_firm import (
    MEASURES,
    WEEKS,
    FurnitureFirm,
    Plans,
    WeekPlan,
    causes_of_change,
    weeks_by_shop,
)

__all__ = ["FURNITURE_PROGRAMME", "FURNITURE_TRIALS", "make_furniture_trial", "make_furniture_weeks"]


def _every_fourth(week: int) -> bool:
    return week % 4 == 1


# A little of everything; in the weeks of a happening the budget leaves less for the rest.
FURNITURE_PROGRAMME: tuple[WeekPlan, ...] = tuple(
    WeekPlan(
        uniforms=True,
        training=50 if _every_fourth(week) else 150,
        move_staff=True,
        collect_contacts=True,
        gifts=80 if week > 2 else 0,
        happening=_every_fourth(week),
        price_change=0.05 if week > 6 else 0,
        advertising=80 if _every_fourth(week) else 150,
    )
    for week in range(1, WEEKS + 1)
)

# What the shops that the lot chose do in a trial of each measure.
FURNITURE_TRIALS: Mapping[str, Plans] = {
    "uniforms": WeekPlan(uniforms=True),
    "training": WeekPlan(training=300),
    "move_staff": WeekPlan(move_staff=True),
    "collect_contacts": WeekPlan(collect_contacts=True),
    "gifts": tuple(WeekPlan(collect_contacts=True, gifts=150 if week > 1 else 0) for week in range(1, WEEKS + 1)),
    "happening": tuple(WeekPlan(happening=_every_fourth(week)) for week in range(1, WEEKS + 1)),
    "price_change": WeekPlan(price_change=0.1),
    "advertising": WeekPlan(advertising=300),
}


def make_furniture_weeks(*, seed: int = 0) -> Planted:
    """Half a year of a made-up furniture firm that began to do everything at once, in all its shops.

    Sales about double from the twelve weeks before to the twelve weeks with measures (in most worlds). The larger part
    of it would have come without them: the firm began after a bad stretch, the season turned, and something happened in
    the neighbourhood. With nobody left out, the weeks alone cannot tell these causes apart.

    Parameters
    ----------
    seed : int
        The same seed gives the same weeks.

    Returns
    -------
    Planted
        ``data`` as `cxux_helpers.furniture_firm.FurnitureFirm.run` gives it, for four shops; week 1 is the first with
        measures. ``truth`` as `cxux_helpers.furniture_firm.causes_of_change` gives it.

    Examples
    --------
    >>> weeks, truth = make_furniture_weeks(seed=1)
    >>> int(weeks["week"].min()), int(weeks["week"].max()), truth.index[-2]
    (-11, 12, 'measures')
    """
    firm = FurnitureFirm(seed)
    return Planted(firm.run(FURNITURE_PROGRAMME), causes_of_change(firm, FURNITURE_PROGRAMME))


def make_furniture_trial(measure: str, *, shops: int = 24, seed: int = 0) -> Planted:
    """A trial of one measure: lots decide which half of the shops of a made-up chain gets it from week 1 on.

    Season, neighbourhood and luck are those of a firm that begins after a bad stretch, but they meet both halves alike,
    and no shop's measure reaches the customers of another.

    Parameters
    ----------
    measure : str
        A field of `cxux_helpers.furniture_firm.WeekPlan`. What it is given is in `FURNITURE_TRIALS`; in the trial of
        gifts both halves collect contact data.
    shops : int
        Number of shops, at least 4.
    seed : int
        The same seed gives the same trial; trials of the same seed and number of shops are of one world and one lot.

    Returns
    -------
    Planted
        ``data`` as `cxux_helpers.furniture_firm.FurnitureFirm.run` gives it, with a column ``treated`` (True in all
        rows of the shops that the lot chose). ``truth`` has a row for each outcome, with the true mean effect in all
        shops, had all had the measure: ``absolute`` per shop and week, both lines together (satisfaction: their mean),
        and ``relative``, a share (geometric mean of the shops; NaN for profit, which may be negative).

    Raises
    ------
    ValueError
        If the measure is unknown, or there are fewer than 4 shops.

    Examples
    --------
    >>> from cxux_helpers.furniture_firm import difference_in_differences
    >>> trial, truth = make_furniture_trial("move_staff", seed=1)
    >>> effect = difference_in_differences(trial, "satisfaction", relative=False)
    >>> bool(effect.low < truth.loc["satisfaction", "absolute"] < effect.high)
    True
    """
    if measure not in FURNITURE_TRIALS:
        raise ValueError(f"measure is {measure!r}; choose one of: {', '.join(MEASURES)}.")
    shops = require_whole("shops", shops, low=4)
    firm = FurnitureFirm(seed, shops=shops)
    with_it = FURNITURE_TRIALS[measure]
    without = WeekPlan(collect_contacts=measure == "gifts")
    # Apart from the firm's own numbers, so that the lot knows nothing about the shops.
    chosen = np.random.default_rng([seed, 1]).permutation(shops) < shops // 2
    data = firm.run({shop: with_it if own else without for shop, own in enumerate(chosen, start=1)})
    data.insert(1, "treated", np.repeat(chosen, 2)[np.arange(len(data)) % (2 * shops)])
    return Planted(data, _true_effects(firm.run(with_it), firm.run(without)))


def _true_effects(all_treated: pd.DataFrame, none_treated: pd.DataFrame) -> pd.DataFrame:
    rows = {}
    for outcome in ("visits", "satisfaction", "orders", "revenue", "profit"):
        with_it, without = (weeks_by_shop(table, outcome).loc[1:].mean() for table in (all_treated, none_treated))
        ratio = float("nan") if outcome == "profit" else float(np.expm1(np.log(with_it / without).mean()))
        rows[outcome] = (float((with_it - without).mean()), ratio)
    return pd.DataFrame.from_dict(rows, orient="index", columns=pd.Index(["absolute", "relative"])).rename_axis(
        "outcome"
    )
