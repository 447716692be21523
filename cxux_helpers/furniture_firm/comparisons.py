"""What did the measures do? The naive answer, the fair one, and, for a simulated firm, the true one.

*Before and after* compares weeks with earlier weeks, and credits the measures with all that happened meanwhile.
*Difference in differences* compares how shops changed that got a measure with how the others changed. If lots decided
which shops got it, both groups met the same season, neighbourhood and luck, and the difference is due to the measure.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_number
from cxux_helpers.estimates import Estimate
from cxux_helpers.furniture_firm.firm import FurnitureFirm
from cxux_helpers.furniture_firm.plans import Plans
from cxux_helpers.tables import refuse_rows, require_columns

__all__ = ["before_after", "causes_of_change", "difference_in_differences", "weeks_by_shop"]


def weeks_by_shop(table: pd.DataFrame, outcome: str = "revenue") -> pd.DataFrame:
    """An outcome of every week, as rows, and shop, as columns, with the lines taken together.

    Parameters
    ----------
    table : DataFrame
        As `FurnitureFirm.run` gives it, or some of its rows, for example those of one line.
    outcome : str
        A column of it. Lines are added up; of ``satisfaction`` the mean is taken.

    Returns
    -------
    DataFrame

    Raises
    ------
    ValueError
        If a column is missing, an outcome is missing, or a shop lacks a week that others have.

    Examples
    --------
    >>> table = pd.DataFrame({"week": [1, 1, 2, 2], "shop": [1, 1, 1, 1], "orders": [3, 4, 5, 6]})
    >>> weeks_by_shop(table, "orders")[1].to_dict()
    {1: 7, 2: 11}
    """
    require_columns(table, ("week", "shop", outcome), "Take the table that run returns, and a column of it.")
    refuse_rows(table[outcome], table[outcome].isna(), "nothing", "Drop such weeks for all shops.")
    groups = table.groupby(["week", "shop"], observed=True)[outcome]
    weeks: pd.DataFrame = (groups.mean() if outcome == "satisfaction" else groups.sum()).unstack("shop")
    gaps = weeks.isna().to_numpy()
    if gaps.any():
        week, shop = (int(place[0]) for place in np.nonzero(gaps))
        raise ValueError(f"shop {weeks.columns[shop]} has no row for week {weeks.index[week]}. Keep all weeks of it.")
    return weeks


def before_after(
    table: pd.DataFrame, outcome: str = "revenue", *, relative: bool = True, confidence: float = 0.95
) -> Estimate:
    """How much more there was per week from week 1 on than before: the naive answer.

    The interval (Welch's t, weeks as units) says how much weeks vary. It says nothing about why they changed, so it can
    be narrow and yet far from what the measures did.

    Parameters
    ----------
    table : DataFrame
        As `FurnitureFirm.run` gives it: week 1 is the first with measures.
    outcome : str
        A column of it; the mean over shops is compared.
    relative : bool
        Whether the change is a share of the mean before (0.5 is half as much again), or in the unit of the outcome.
        The interval of the share is made on its logarithm.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        Above 0 if it was more; ``n`` counts weeks.

    Raises
    ------
    ValueError
        If there are fewer than two weeks on a side, or `relative` meets a mean of 0 or less.

    Examples
    --------
    >>> from cxux_helpers.furniture_firm import FurnitureFirm
    >>> firm = FurnitureFirm(seed=1)
    >>> before_after(firm.do_nothing()).low > 0.2  # nothing was done at all
    True
    """
    weeks = weeks_by_shop(table, outcome).mean(axis=1)
    late = weeks.index.to_numpy() > 0
    groups = [weeks[late].to_numpy(float), weeks[~late].to_numpy(float)]
    _require_two(groups, "weeks from week 1 on", "weeks before week 1")
    means = [group.mean() for group in groups]
    variances = [group.var(ddof=1) / group.size for group in groups]
    if relative:
        _require_above_zero(means, outcome)
        # The delta method: the logarithm of a mean varies as the mean does against its size.
        variances = [variance / mean**2 for variance, mean in zip(variances, means, strict=True)]
        means = [math.log(mean) for mean in means]
    sizes = [group.size for group in groups]
    return _welch(means, variances, sizes, relative, confidence, f"Change of {outcome}")


def difference_in_differences(
    table: pd.DataFrame,
    outcome: str = "revenue",
    *,
    treated: str = "treated",
    relative: bool = True,
    confidence: float = 0.95,
) -> Estimate:
    """How much more the shops with a measure changed than the shops without: the fair answer, if lots decided.

    For each shop, the mean of its weeks from week 1 on is set against that of its weeks before. The two groups of these
    changes are compared by Welch's t, with *shops* as units: weeks of one shop are not independent. (The rival, a
    regression with an effect for each week and shop, gives the same value and, with errors clustered by shop, nearly
    the same interval.)

    Parameters
    ----------
    table : DataFrame
        As `FurnitureFirm.run` gives it, with one more column.
    outcome : str
        What is compared.
    treated : str
        The column that says whether a shop got the measure from week 1 on: True or False, the same in all its rows.
    relative : bool
        Whether changes are shares (on the logarithm, so that large and small shops count alike; the mean is geometric),
        or in the unit of the outcome. Use False for satisfaction, and for profit, which may be negative.
    confidence : float
        Confidence level, between 0 and 1 exclusive.

    Returns
    -------
    Estimate
        Above 0 if shops with the measure gained more; ``n`` counts shops.

    Raises
    ------
    ValueError
        If a column is missing, `treated` is not True or False or changes within a shop, a group has fewer than two
        shops, no week lies before or after, or `relative` meets a mean of 0 or less.

    Examples
    --------
    Shops 1 to 3 did something. All shops grew, those three by 10, 12 and 8 more than the others, who grew by 20.

    >>> rows = [(week, shop, 100 + (week > 0) * (20 + gain), shop < 4)
    ...         for week in (0, 1) for shop, gain in zip(range(1, 7), (10, 12, 8, 0, 1, -1))]
    >>> table = pd.DataFrame(rows, columns=["week", "shop", "orders", "treated"])
    >>> difference_in_differences(table, "orders", relative=False).value
    10.0
    """
    weeks = weeks_by_shop(table, outcome)
    require_columns(table, (treated,), "Pass treated='…' with the column that says who got the measure.")
    refuse_rows(table[treated], ~table[treated].isin([True, False]), "neither True nor False", "Say who got it.")
    by_lot = table.groupby("shop", observed=True)[treated].agg(["min", "max"]).loc[weeks.columns].astype(bool)
    mixed = by_lot["min"] != by_lot["max"]
    if mixed.any():
        raise ValueError(
            f"column {treated!r} changes within shop {mixed.idxmax()}. Mark a shop that got the measure in all its "
            "weeks, the earlier ones too."
        )
    late = weeks.index.to_numpy() > 0
    if late.all() or not late.any():
        raise ValueError("the table needs weeks up to 0, before the measure, and weeks from 1 on. Keep both.")
    before, after = weeks[~late].mean().to_numpy(float), weeks[late].mean().to_numpy(float)
    if relative:
        _require_above_zero([*before, *after], outcome)
        before, after = np.log(before), np.log(after)
    chosen = by_lot["max"].to_numpy()
    changes = [(after - before)[chosen], (after - before)[~chosen]]
    _require_two(changes, "shops with the measure", "shops without it")
    means = [group.mean() for group in changes]
    variances = [group.var(ddof=1) / group.size for group in changes]
    sizes = [group.size for group in changes]
    return _welch(means, variances, sizes, relative, confidence, f"Effect on {outcome}")


def causes_of_change(firm: FurnitureFirm, plans: Plans) -> pd.DataFrame:
    """Why sales changed: what a before-and-after claim puts down to the measures, and what it was in truth.

    Only a simulation can answer so, for only there the same weeks can be lived again without the measures.

    Parameters
    ----------
    firm : FurnitureFirm
    plans : WeekPlan or sequence of WeekPlan
        As for `FurnitureFirm.run`.

    Returns
    -------
    DataFrame
        Index cause: "season", what happened in the neighbourhood, "end of bad luck", "rest of chance" (and word of
        mouth without any measure), "measures", and "all together". Column ``factor``: by how much each multiplied mean
        revenue per week; all of them multiply to the last. ``share``: of the logarithm of the last, so that shares add
        up to 1; a cause that worked against it has a negative one, and without any change there are none (NaN).

    Examples
    --------
    >>> from cxux_helpers.furniture_firm import FurnitureFirm, WeekPlan
    >>> table = causes_of_change(FurnitureFirm(seed=1), WeekPlan(training=150))
    >>> table.index.tolist()[:3]
    ['season', 'a competitor closes', 'end of bad luck']
    >>> bool(table["factor"]["measures"] < table["factor"]["all together"])
    True
    """
    weeks = firm.run(plans)
    anyway = firm.do_nothing(int(weeks["week"].max()))
    sales, sales_anyway = (_change(table.groupby("week")["revenue"].mean()) for table in (weeks, anyway))
    world = firm.world().loc[: weeks["week"].max()]
    factors = {("end of bad luck" if name == "luck" else str(name)): _change(world[name]) for name in world}
    factors["rest of chance"] = sales_anyway / math.prod(factors.values())
    factors["measures"] = sales / sales_anyway
    factors["all together"] = sales
    table = pd.DataFrame({"factor": pd.Series(factors)}).rename_axis("cause")
    table["share"] = np.log(table["factor"]) / (math.log(sales) or math.nan)
    return table


def _change(weekly: pd.Series) -> float:
    return float(weekly.loc[1:].mean() / weekly.loc[:0].mean())


def _welch(
    means: list[float], variances: list[float], sizes: list[int], relative: bool, confidence: float, name: str
) -> Estimate:
    """First mean minus second; `variances` are those of the means."""
    from scipy.stats import t

    require_number("confidence", confidence, above=0, below=1, remedy="Write 0.95 for 95 %.")
    value, spread = means[0] - means[1], math.sqrt(sum(variances))
    reach = 0.0
    if spread:
        freedom = spread**4 / sum(part**2 / (size - 1) for part, size in zip(variances, sizes, strict=True))
        reach = float(t.ppf((1 + confidence) / 2, freedom)) * spread
    ends = (value, value - reach, value + reach)
    value, low, high = (math.expm1(end) for end in ends) if relative else ends
    return Estimate(float(value), float(low), float(high), sum(sizes), confidence, "Welch's t", name)


def _require_two(groups: list[np.ndarray], *names: str) -> None:
    for group, name in zip(groups, names, strict=True):
        if group.size < 2:
            raise ValueError(f"there are {group.size} {name}, but an interval needs two or more. Take in more.")


def _require_above_zero(means: list[float], outcome: str) -> None:
    if min(means) <= 0:
        raise ValueError(f"a mean of {outcome} is {min(means):g}, of which no share can be taken. Pass relative=False.")
