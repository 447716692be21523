"""Made-up surveys as they really arrive: a raw export with faults, and a SERVQUAL questionnaire with known gaps."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole
from cxux_helpers.datasets.planted import Planted
from cxux_helpers.datasets.surveys import make_survey
from cxux_helpers.surveys.servqual import SERVQUAL_DIMENSIONS

__all__ = ["make_messy_survey", "make_servqual_survey"]

_FIRST_DAY = pd.Timestamp("2026-03-02")
_DAYS = 14
# Shares of the customers who answered.
_TWICE, _CHANGED_MIND, _ON_TEN, _BLANK, _TESTS = 0.04, 0.05, 0.04, 0.05, 0.06
_FIRST_TEST_ID = 900_001


def make_messy_survey(n_customers: int = 2000, *, seed: int = 0) -> Planted:
    """The raw export of a satisfaction survey of a made-up shop, with the faults of real ones.

    The answers are those of `make_survey`, of whom the unhappy seldom answer. On top of that, of those who answered,

    - 4 % pressed "send" twice within minutes, and 5 % were unhappy at first and answered again some days later, when
      the shop had helped: their last rating is the true one,
    - 4 % took the scale for one up to 10, and gave twice their true rating (6, 8 or 10),
    - 5 % sent the form without a rating,

    no customer more than one of these, and the staff tried the form (6 % as many rows, customer numbers from
    900,001, nearly always with the best rating). Rows stand in the order of time.

    Parameters
    ----------
    n_customers : int
        Number of customers who were asked, at least 200.
    seed : int
        The same seed gives the same survey.

    Returns
    -------
    Planted
        ``data`` has a row for each answer that came in: ``customer_id``, ``segment`` (missing for the staff),
        ``answered_at``, ``channel`` ("e-mail", "parcel card" or "staff test") and ``csat``. ``truth`` is a DataFrame by
        ``customer_id`` of everybody who was asked: ``segment``, ``csat`` (1 to 5, what they would say), ``answered``
        and ``fault`` ("none", "twice", "changed mind", "scale of ten" or "blank"; missing where nobody answered).

    Raises
    ------
    ValueError
        If `n_customers` is below 200.

    Examples
    --------
    >>> data, truth = make_messy_survey(seed=1)
    >>> len(data), int(truth["answered"].sum()), int(data["csat"].isna().sum())
    (924, 804, 40)
    """
    n = require_whole("n_customers", n_customers, low=200)
    asked, everybody = make_survey(n, seed=seed)
    # A stream of its own, so that the answers are those of make_survey with the same seed.
    rng = np.random.default_rng([seed, 2])
    truth = pd.DataFrame(
        {
            "segment": asked["segment"].to_numpy(),
            "csat": everybody["csat"],
            "answered": asked["csat"].notna().to_numpy(),
        }
    )
    rows = asked.loc[asked["csat"].notna(), ["customer_id", "segment", "csat"]].reset_index(drop=True)
    minutes = rng.integers(0, (_DAYS - 4) * 24 * 60, len(rows))
    rows.insert(2, "answered_at", _FIRST_DAY + pd.to_timedelta(minutes, unit="min"))
    rows.insert(3, "channel", np.where(rng.uniform(size=len(rows)) < 0.7, "e-mail", "parcel card"))

    counts = {
        fault: round(share * len(rows))
        for fault, share in (("twice", _TWICE), ("changed mind", _CHANGED_MIND), ("blank", _BLANK))
    }
    # Only who is at least so-so gets past the scale when it is doubled.
    fair = rng.permutation(np.flatnonzero(rows["csat"] >= 3))[: round(_ON_TEN * len(rows))]
    others = rng.permutation(np.setdiff1d(np.arange(len(rows)), fair))
    faults = np.full(len(rows), "none", dtype=object)
    faults[fair] = "scale of ten"
    faults[others[: sum(counts.values())]] = np.repeat(list(counts), list(counts.values()))
    truth["fault"] = pd.Series(faults, index=rows["customer_id"].to_numpy())

    again = rows[faults == "twice"].copy()
    again["answered_at"] += pd.to_timedelta(rng.integers(1, 4, len(again)), unit="min")
    changed = rows[faults == "changed mind"].copy()
    changed["answered_at"] += pd.to_timedelta(rng.integers(24 * 60, 4 * 24 * 60, len(changed)), unit="min")
    changed["channel"] = "parcel card"
    rows.loc[faults == "changed mind", "channel"] = "e-mail"
    rows.loc[faults == "changed mind", "csat"] = np.maximum(1, changed["csat"] - 2)
    rows.loc[fair, "csat"] *= 2
    rows.loc[faults == "blank", "csat"] = np.nan

    size = round(_TESTS * len(rows))
    tests = pd.DataFrame(
        {
            "customer_id": _FIRST_TEST_ID + np.arange(size),
            "answered_at": _FIRST_DAY + pd.to_timedelta(rng.integers(0, 2 * 24 * 60, size), unit="min"),
            "channel": "staff test",
            "csat": np.where(rng.uniform(size=size) < 0.9, 5.0, 1.0),
        }
    )
    data = pd.concat([rows, again, changed, tests], ignore_index=True)
    return Planted(data.sort_values("answered_at", kind="stable", ignore_index=True), truth)


class _Dimension(NamedTuple):
    """Planted means of one dimension on the scale from 1 to 7."""

    expectation: float
    perception: float


_DIMENSIONS = {
    "tangibles": _Dimension(4.8, 5.1),
    "reliability": _Dimension(6.2, 5.4),
    "responsiveness": _Dimension(5.7, 4.8),
    "assurance": _Dimension(5.5, 5.3),
    "empathy": _Dimension(5.2, 4.9),
}
_PERSON, _ITEM = 0.5, 0.7  # spread between customers, and of one answer of one customer


def make_servqual_survey(n_customers: int = 120, *, seed: int = 0) -> Planted:
    """Answers of a made-up shop's customers to the 22 items of SERVQUAL, asked twice: what they expect, what they get.

    Customers expect most of *reliability*, and it falls short; *responsiveness* falls short by about as much, and
    *tangibles* exceed what is expected. Each time, one customer in forty skipped an item.

    Parameters
    ----------
    n_customers : int
        Number of customers, at least 20.
    seed : int
        The same seed gives the same answers.

    Returns
    -------
    Planted
        ``data`` has a row for each customer: ``customer_id``, expectations ``e1`` to ``e22`` and perceptions ``p1``
        to ``p22`` in the order of `SERVQUAL_DIMENSIONS`, whole numbers from 1 to 7 or missing. ``truth`` is a DataFrame
        by ``dimension`` with the means that were planted: ``expectation``, ``perception`` and ``gap``. Rounding and
        the ends of the scale move the answers a little off them.

    Raises
    ------
    ValueError
        If `n_customers` is below 20.

    Examples
    --------
    >>> data, truth = make_servqual_survey(seed=1)
    >>> data.shape, truth["gap"].idxmin()
    ((120, 45), 'responsiveness')
    """
    n = require_whole("n_customers", n_customers, low=20)
    rng = np.random.default_rng(seed)
    of_item = np.repeat(list(SERVQUAL_DIMENSIONS), list(SERVQUAL_DIMENSIONS.values()))
    table: dict[str, np.ndarray] = {"customer_id": np.arange(1, n + 1)}
    for letter, which in (("e", "expectation"), ("p", "perception")):
        means = np.array([getattr(_DIMENSIONS[name], which) for name in of_item])
        answers = means + rng.normal(0, _PERSON, (n, 1)) + rng.normal(0, _ITEM, (n, len(of_item)))
        answers = np.clip(np.rint(answers), 1, 7)
        skipped = rng.permutation(n)[: n // 40]
        answers[skipped, rng.integers(0, len(of_item), len(skipped))] = np.nan
        table |= {f"{letter}{item}": answers[:, item - 1] for item in range(1, len(of_item) + 1)}
    truth = pd.DataFrame(_DIMENSIONS.values(), index=pd.Index(_DIMENSIONS, name="dimension"))
    return Planted(pd.DataFrame(table), truth.assign(gap=truth["perception"] - truth["expectation"]))
