"""Tests of cxux_helpers.grading.cells: columns of a table travel with the kind that their cells share."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import pandas as frames

from cxux_helpers.grading.cells import WireError, pack_column, pack_index, unpack_column, unpack_index


def over_the_wire(column):
    return unpack_column(json.loads(json.dumps(pack_column(column), allow_nan=False)))


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=60, deadline=None)
@given(
    frames.series(dtype="int64")
    | frames.series(dtype=bool)
    | frames.series(elements=st.floats(allow_infinity=False), dtype="float64")
    | st.lists(texts, min_size=1).map(pd.Series)
)
def test_columns_arrive_with_their_type(column):
    pd.testing.assert_series_equal(over_the_wire(column), column.reset_index(drop=True), check_names=False)


@pytest.mark.parametrize(
    ("column", "arrives_as"),
    [
        (pd.Series([1, 2], dtype="Int64"), pd.Series([1, 2], dtype="int64")),
        (pd.Series([1, None], dtype="Int64"), pd.Series([1.0, np.nan])),
        (pd.Series([True, False], dtype="boolean"), pd.Series([True, False])),
        (pd.Series([0.5], dtype="float32"), pd.Series([0.5])),
        (pd.Series([1, "a", True, None], dtype=object), pd.Series([1, "a", True, None], dtype=object)),
        (pd.Series([2**63], dtype="uint64"), pd.Series([2.0**63])),
        (pd.Series([], dtype=object), pd.Series([], dtype=object)),
    ],
)  # fmt: skip
def test_rarer_types_arrive_as_common_ones(column, arrives_as):
    pd.testing.assert_series_equal(over_the_wire(column), arrives_as)


@pytest.mark.parametrize(
    ("column", "says"),
    [
        (pd.Series([[1], [2]]), "a column of list cannot be an answer"),
        (pd.Series(pd.cut([1, 2], [0, 1, 2])), "a column of Interval cannot be an answer"),
        (pd.Series([1.0, np.inf]), "infinity"),
        (pd.Series(pd.to_datetime(["2020"]).tz_localize("UTC")), "tz_localize"),
        (pd.Series(np.zeros(50_001)), "50,001 rows"),
        (pd.Series(["\udc80"], dtype=object), "half of a character"),
    ],
)
def test_a_column_that_cannot_be_an_answer_is_refused(column, says):
    with pytest.raises(WireError, match=says):
        pack_column(column)


@pytest.mark.parametrize(
    "index",
    [
        pd.RangeIndex(3),
        pd.RangeIndex(1, 4),
        pd.Index(["a", "b"], name="segment"),
        pd.MultiIndex.from_tuples([("a", 1), ("b", 2)], names=["segment", None]),
        pd.CategoricalIndex(["a", "b"], name="segment"),
    ],
)
def test_an_index_arrives_with_its_names(index):
    arrived = unpack_index(json.loads(json.dumps(pack_index(index))))
    pd.testing.assert_index_equal(arrived, index, exact="equiv")


@pytest.mark.parametrize(
    "tree",
    [
        None, [], {}, {"of": "int"}, {"of": "int", "cells": [1], "more": 1}, {"of": "int", "cells": [True]},
        {"of": "int", "cells": [1.0]}, {"of": "int", "cells": [None]}, {"of": "bool", "cells": [1]},
        {"of": "float", "cells": [1]}, {"of": "text", "cells": [1]}, {"of": "time", "cells": ["now"]},
        {"of": "time", "cells": [1]}, {"of": "mixed", "cells": [[]]}, {"of": "object", "cells": []},
        {"of": ["int"], "cells": []}, {"of": "int", "cells": [0] * 50_001},
        {"of": "category", "ordered": 1, "categories": {"of": "int", "cells": []}, "cells": []},
        {"of": "category", "ordered": True, "categories": {"of": "int", "cells": []}, "cells": [0.5]},
        {"of": "category", "ordered": True, "cells": []},
    ],
)  # fmt: skip
def test_a_column_of_another_form_is_refused(tree):
    with pytest.raises(WireError):
        unpack_column(tree)


@pytest.mark.parametrize(
    "tree", [-1, True, 50_001, {"names": [], "levels": []}, {"names": [None], "levels": []}, {"names": [None]}]
)
def test_an_index_of_another_form_is_refused(tree):
    with pytest.raises(WireError):
        unpack_index(tree)
