"""The tenth part of the CDNOW log on which models of repeat buying have been published."""

from __future__ import annotations

from importlib import resources

import pandas as pd

from cxux_helpers.datasets.orders import load_cdnow

__all__ = ["load_cdnow_sample"]


def load_cdnow_sample() -> pd.DataFrame:
    """Orders of 2,357 customers of CDNOW: the sample of one in ten that Fader and Hardie work with.

    The published figures of the BG/NBD and Gamma-Gamma models are about these customers and the 39 weeks up to 30
    September 1997; the 39 weeks after that are for checking forecasts.

    Returns
    -------
    DataFrame
        6,919 rows, one per order, with the columns of `cxux_helpers.datasets.load_cdnow`, customer numbers included.

    Examples
    --------
    >>> orders = load_cdnow_sample()
    >>> len(orders), orders["customer_id"].nunique()
    (6919, 2357)
    """
    ids = resources.files("cxux_helpers").joinpath("data", "cdnow_sample_ids.txt").read_text(encoding="utf-8")
    orders = load_cdnow()
    return orders[orders["customer_id"].isin(list(map(int, ids.split())))].reset_index(drop=True)
