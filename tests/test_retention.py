"""Tests of cxux_helpers.value.retention: counts by hand, and what is not known yet."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.value.retention import retention_by_age, retention_rates, retention_table, survival

pytestmark = pytest.mark.filterwarnings("error")


def contracts(*pairs):
    return pd.DataFrame(pairs, columns=["start", "end"])


def cells(table):
    return table.astype(object).where(table.notna(), None).to_numpy().tolist()


falling = st.lists(st.integers(0, 10**6), min_size=2, max_size=12).map(lambda values: sorted(values, reverse=True))
survivors = falling.filter(lambda values: values[0] > 0)


def test_survivors_are_counted_by_hand():
    table = retention_table(
        contracts(
            ("2025-01-10", None),
            ("2025-01-20", "2025-02-20"),  # never renewed
            ("2025-01-31", "2025-03-15"),  # renewed once
            ("2025-02-05", None),
        ),
        as_of="2025-03-31",
    )
    assert table.index.tolist() == ["2025-01", "2025-02"] and table.columns.tolist() == [0, 1, 2]
    assert cells(table) == [[3, 2, 1], [1, 1, None]]


def test_the_last_day_and_the_day_after_it_say_the_same():
    last = contracts(("2024-03-01", "2025-02-28"), ("2024-03-01", None))
    after = contracts(("2024-03-01", "2025-03-01"), ("2024-03-01", None))
    for period in ("month", "quarter", "year"):
        left, right = (retention_table(table, as_of="2025-12-31", period=period) for table in (last, after))
        assert cells(left) == cells(right)
    assert cells(retention_table(after, as_of="2025-12-31", period="year")) == [[2, 1]]
    assert cells(retention_table(after, as_of="2025-12-31", period="month")) == [[2] * 12 + [1] * 10]


def test_the_future_is_missing_and_never_zero():
    # Known on 14 March: the contract of the 14th is two months old, that of the 15th one month.
    table = retention_table(contracts(("2025-01-14", None), ("2025-01-15", None)), as_of="2025-03-14")
    assert cells(table) == [[2, 2]]
    table = retention_table(contracts(("2025-01-14", None), ("2025-02-14", None)), as_of="2025-03-14")
    assert cells(table) == [[1, 1, 1], [1, 1, None]]
    assert survival(table).isna().to_numpy().tolist() == [[False] * 3, [False, False, True]]


def test_nobody_left_is_zero_and_not_missing():
    table = retention_table(contracts(("2025-01-01", "2025-01-20")), as_of="2025-03-31")
    assert cells(table) == [[1, 0, 0]]
    assert retention_rates(table).isna().to_numpy().tolist() == [[False, True]]  # nobody was left who could stay


def test_a_contract_that_ends_on_its_first_day_is_of_its_cohort():
    assert cells(retention_table(contracts(("2025-01-05", "2025-01-05")), as_of="2025-02-05")) == [[1, 0]]


def test_a_start_on_the_31st_renews_on_the_last_of_a_shorter_month():
    table = retention_table(contracts(("2025-01-31", None)), as_of="2025-02-28")
    assert cells(table) == [[1, 1]]
    table = retention_table(contracts(("2025-01-31", "2025-02-28"), ("2025-01-31", "2025-03-01")), as_of="2025-02-28")
    assert cells(table) == [[2, 1]]


def test_a_notice_that_has_been_given_ends_nothing_yet():
    table = retention_table(contracts(("2025-01-01", "2025-12-01")), as_of="2025-02-15")
    assert cells(table) == [[1, 1]]


def test_weeks_and_quarters_are_periods_too():
    weekly = retention_table(
        contracts(("2025-01-06", "2025-01-20"), ("2025-01-07", None)), as_of="2025-01-21", period="week"
    )
    assert weekly.index.tolist() == ["2025-01-06/2025-01-12"] and cells(weekly) == [[2, 2, 1]]
    quarterly = retention_table(contracts(("2025-01-06", "2025-07-06")), as_of="2025-12-31", period="quarter")
    assert quarterly.index.tolist() == ["2025Q1"] and cells(quarterly) == [[1, 1, 0, 0]]


def test_the_order_of_rows_and_the_kind_of_dates_do_not_matter():
    rows = contracts(("2025-01-10", "2025-02-12"), ("2025-01-20", None), ("2025-03-05", None))
    table = retention_table(rows, as_of="2025-05-31")
    as_dates = rows.apply(pd.to_datetime).iloc[::-1]
    pd.testing.assert_frame_equal(retention_table(as_dates, as_of=pd.Timestamp("2025-05-31")), table)
    renamed = rows.rename(columns={"start": "from", "end": "to"})
    pd.testing.assert_frame_equal(retention_table(renamed, start="from", end="to", as_of="2025-05-31"), table)


@settings(max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 700), st.integers(0, 700)), min_size=1, max_size=30),
    st.sampled_from(["week", "month", "quarter", "year"]),
    st.integers(0, 400),
)
def test_counts_fall_with_age_and_learning_more_changes_no_known_cell(pairs, period, later):
    begin = pd.Timestamp("2022-01-01")
    rows = pd.DataFrame([(begin + pd.Timedelta(days=s), begin + pd.Timedelta(days=s + d)) for s, d in pairs])
    rows.columns = ["start", "end"]
    as_of = begin + pd.Timedelta(days=700)
    table = retention_table(rows, as_of=as_of, period=period)
    assert table[0].sum() == len(rows)
    assert (table.diff(axis=1).iloc[:, 1:].fillna(0) <= 0).all(axis=None)
    more = retention_table(rows, as_of=as_of + pd.Timedelta(days=later), period=period)
    known = table.notna()
    assert (more[table.columns].where(known) == table).where(known, True).all(axis=None)


@pytest.mark.parametrize(
    ("rows", "how", "message"),
    [
        ([("2025-01-01", None)], {"period": "day"}, "period is 'day'; choose 'week', 'month', 'quarter' or 'year'"),
        ([("2025-01-01", None)], {"end": "stop"}, r"column 'stop' is not in the table; it has: start, end\. Pass"),
        ([(None, None)], {}, "column 'start' has no date in 1 of 1 rows"),
        ([("2025-01-05", "2025-01-04")], {}, r"column 'end' has an end before the start .*first '2025-01-04' in row 0"),
        ([("2026-01-05", None)], {}, "column 'start' has a start after as_of, 2025-12-31, in 1 of 1 rows"),
        ([("2025-01-05", "soon")], {}, "column 'end' has no readable date"),
        ([("2025-01-05", None)], {"as_of": "soon"}, "as_of is 'soon', which is not a date"),
    ],
)
def test_contracts_that_cannot_be_counted_are_refused(rows, how, message):
    with pytest.raises(ValueError, match=message):
        retention_table(contracts(*rows), **{"as_of": "2025-12-31", **how})


@settings(max_examples=50)
@given(survivors)
def test_survival_is_the_product_of_the_retention_rates(numbers):
    shares, rates = survival(numbers), retention_rates(numbers)
    assert shares.iloc[0] == 1 and shares.between(0, 1).all() and shares.is_monotonic_decreasing
    assert rates.dropna().between(0, 1).all() and rates.index[0] == 1
    alive = shares[shares.shift() > 0].index
    assert shares[alive].to_numpy() == pytest.approx(rates[alive].cumprod().to_numpy())


@pytest.mark.parametrize("kind", [list, tuple, np.array, pd.Series])
def test_counts_and_percentages_of_any_kind_give_the_same(kind):
    assert survival(kind([50, 40.0, 30])).tolist() == survival([100, 80, 60]).tolist() == [1, 0.8, 0.6]
    assert retention_rates(kind([50, 40, 30])).to_dict() == {1: 0.8, 2: 0.75}


def test_cohorts_count_together_only_as_far_as_they_are_known():
    table = pd.DataFrame([[100, 80, 60], [100, 70, None], [50, None, None]])
    together = retention_by_age(table)
    assert together["at_risk"].tolist() == [200, 80] and together["kept"].tolist() == [150, 60]
    assert together["retention"].tolist() == [0.75, 0.75]
    assert together["survival"].tolist() == [0.75, 0.5625]
    assert (together["low"] < together["retention"]).all() and (together["retention"] < together["high"]).all()
    # Kaplan and Meier's estimate, by hand, of contracts of 1, 1, 2+ and 3 periods: 1/2, then 1/2, then 0.
    rows = pd.DataFrame([[4, 2, None, None]])
    assert retention_by_age(rows)["survival"].tolist() == [0.5]
    alone = pd.DataFrame([[1, 0, 0, 0], [1, 0, 0, 0], [1, 1, None, None], [1, 1, 1, 0]])
    assert retention_by_age(alone)["survival"].tolist() == [0.5, 0.5, 0]


def test_more_customers_narrow_the_interval():
    few, many = (retention_by_age(pd.DataFrame([[n, 0.8 * n]])) for n in (50, 5000))
    assert (many["high"] - many["low"]).iloc[0] < (few["high"] - few["low"]).iloc[0]


def test_the_last_ages_are_left_out_where_nobody_was_left():
    assert retention_by_age(pd.DataFrame([[10, 5, 0, 0]])).index.tolist() == [1, 2]


@pytest.mark.parametrize(
    ("numbers", "message"),
    [
        ([], "there are no survivors"),
        (pd.DataFrame(), "there are no survivors"),
        ([10, "8"], "'8' is among the survivors, but is no number"),
        ([True, False], "True is among the survivors"),
        ([10, -1], r"the survivors have -1\. Give numbers of 0 or more"),
        ([np.inf, 1], "the survivors have inf"),
        ([0, 0], "do not begin with a number above 0"),
        ([None, 3], "do not begin with a number above 0"),
        ([10, None, 5], "are missing at age 1, but known later"),
        ([10, 5, 6], r"rise from 5 to 6 at age 2, but nobody comes back\. Count a customer who returns"),
        (pd.DataFrame([[3, 2], [3, 4]], index=["a", "b"]), "of cohort b rise from 3 to 4 at age 1"),
    ],
)
@pytest.mark.parametrize("function", [survival, retention_rates])
def test_survivors_that_cannot_be_are_refused(numbers, message, function):
    with pytest.raises(ValueError, match=message):
        function(numbers)


def test_a_table_without_any_age_is_refused():
    with pytest.raises(ValueError, match="no cohort has reached age 1"):
        retention_by_age(pd.DataFrame([[10, None]]))
    with pytest.raises(ValueError, match=r"count is 8\.5"):
        retention_by_age(pd.DataFrame([[10, 8.5]]))
