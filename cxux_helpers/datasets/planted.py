"""Made-up data together with its truth, so that it can be tested what a method finds."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

__all__ = ["Planted"]


class Planted(NamedTuple):
    """Made-up data together with the truth that was planted in it.

    Attributes
    ----------
    data : DataFrame
        What an analyst would see.
    truth : Series or DataFrame
        What only the maker knows.
    """

    data: pd.DataFrame
    truth: pd.Series | pd.DataFrame
