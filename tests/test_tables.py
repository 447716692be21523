"""Tests of cxux_helpers.tables: reading a table that somebody else made."""

import datetime
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from cxux_helpers.tables import read_amounts, read_day, read_days, read_times, refuse_rows, require_columns

NEW_YEAR = pd.Timestamp("2025-01-01")


def column(*values, name="it", **how):
    return pd.Series(list(values), name=name, **how)


def test_a_missing_column_is_named_with_those_that_are_there():
    table = pd.DataFrame({"customer_id": [1], "date": [2]})
    with pytest.raises(ValueError, match=r"column 'cust' is not in the table; it has: customer_id, date\. Rename it\."):
        require_columns(table, ["date", "cust"], "Rename it.")


def test_a_column_that_became_the_index_is_found_there():
    table = pd.DataFrame({"id": [1], "x": [2]}).set_index("id")
    with pytest.raises(ValueError, match=r"column 'id' is not in .* It is the table's index: call reset_index\(\)"):
        require_columns(table, ["id"], "Rename it.")


def test_a_doubled_column_is_refused():
    with pytest.raises(ValueError, match="column 'x' is in the table 2 times"):
        require_columns(pd.DataFrame([[1, 2]], columns=["x", "x"]), ["x"], "Rename it.")


def test_a_table_without_rows_is_refused():
    with pytest.raises(ValueError, match="the table has no rows"):
        require_columns(pd.DataFrame({"x": []}), ["x"], "Rename it.")


@pytest.mark.parametrize("thing", [None, [1, 2], {"x": [1]}, pd.Series([1], name="x")])
def test_what_is_no_table_is_refused(thing):
    with pytest.raises(TypeError, match=f"the table is a {type(thing).__name__}"):
        require_columns(thing, ["x"], "Rename it.")


def test_refused_rows_are_counted_and_the_first_is_shown():
    values = column(4.0, -1.0, -2.0, name="x", index=["a", "b", "c"])
    with pytest.raises(ValueError, match=r"column 'x' has a minus in 2 of 3 rows, first -1\.0 in row 1 .*\. Mend it\."):
        refuse_rows(values, values < 0, "a minus", "Mend it.")


def test_rows_pass_where_none_is_bad():
    assert refuse_rows(column(1, 2), column(False, False), "a minus", "Mend it.") is None


def test_a_long_value_is_shown_in_part():
    with pytest.raises(ValueError) as caught:
        read_days(column("x" * 10_000))
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    "dates",
    [
        column("2025-01-01"),
        column("2025-01-01T23:59:59"),
        column("20250101"),
        column(datetime.date(2025, 1, 1)),
        column(datetime.datetime(2025, 1, 1, 12)),
        column(NEW_YEAR),
        column(pd.Timestamp("2025-01-01 23:30", tz="Europe/Berlin")),
        column("2025-01-01", dtype="category"),
    ],
)
def test_one_day_is_read_from_many_forms(dates):
    assert read_days(dates).tolist() == [NEW_YEAR]


@pytest.mark.parametrize(
    ("dates", "message"),
    [
        (column("2025-01-01", "2025-02-30"), r"no readable date in 1 of 2 rows, first '2025-02-30' in row 1 "),
        (column("31/12/2024"), r"first '31/12/2024' in row 0 .* format='%d/%m/%Y'"),
        (column("soon", "later"), r"no readable date in 2 of 2 rows, first 'soon'"),
        (column("2025-01-01", None), r"no date in 1 of 2 rows, first .* in row 1 "),
        (column(NEW_YEAR, pd.NaT), r"no date in 1 of 2 rows"),
        (column(20250101, 20250102), r"a number, not a date, in 2 of 2 rows, first 20250101 .* format='%Y%m%d'"),
        (column(True), r"a number, not a date, in 1 of 1 rows, first True"),
        (column("2025-01-01", 7, dtype=object), r"a number, not a date, in 1 of 2 rows, first 7 in row 1 "),
        (column("2025-01-01T00+01:00", "2025-01-01T00+02:00"), r"column 'it' mixes time zones"),
    ],
)
def test_a_bad_date_is_shown_with_its_row_and_a_remedy(dates, message):
    with pytest.raises(ValueError, match=message):
        read_days(dates)


@pytest.mark.parametrize(
    "day", ["2025-01-01", "2025-01-01 18:00", NEW_YEAR, datetime.date(2025, 1, 1), np.datetime64("2025-01-01")]
)
def test_a_day_is_read_from_text_and_dates(day):
    assert read_day(day, "as_of") == NEW_YEAR


@pytest.mark.parametrize("day", ["01/02/2025", "tomorrow", 20250101, None, pd.NaT, ["2025-01-01"]])
def test_what_is_no_day_is_refused(day):
    with pytest.raises(ValueError, match=r"as_of is .*, which is not a date\. Write it like '2006-12-31'"):
        read_day(day, "as_of")


@pytest.mark.parametrize(
    "amounts",
    [column(1.5, 0), column(1, 2, dtype="Int64"), column(Decimal("1.5"), Decimal("2")), column(1, 2.5, dtype=object)],
)
def test_numbers_of_many_kinds_are_amounts(amounts):
    assert read_amounts(amounts).tolist() == [float(amount) for amount in amounts]


@pytest.mark.parametrize(
    ("amounts", "message"),
    [
        (column(5, -1, -3), r"a negative amount in 2 of 3 rows, first -1 in row 1 .* Net refunds"),
        (column(5, None), r"no amount in 1 of 2 rows, first nan in row 1 "),
        (column(5, None, dtype="Int64"), r"no amount in 1 of 2 rows"),
        (column(1.0, np.inf), r"an infinite amount in 1 of 2 rows, first inf in row 1 "),
        (column("12.50", "7"), r"no number in 2 of 2 rows, first '12.50' in row 0 .* pd\.to_numeric"),
        (column(12.5, "free", dtype=object), r"no number in 1 of 2 rows, first 'free' in row 1 "),
        (column(True, False), r"no number in 2 of 2 rows, first True"),
        (column(1 + 2j), r"no number in 1 of 1 rows"),
    ],
)
def test_a_bad_amount_is_shown_with_its_row_and_a_remedy(amounts, message):
    with pytest.raises(ValueError, match=message):
        read_amounts(amounts)


# -- times --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "times",
    [
        column("2025-01-01 12:30:15"),
        column("2025-01-01T12:30:15"),
        column("2025-01-01 13:30:15+01:00"),
        column(pd.Timestamp("2025-01-01 12:30:15")),
        column(pd.Timestamp("2025-01-01 07:30:15", tz="America/New_York")),
        column(datetime.datetime(2025, 1, 1, 12, 30, 15)),
    ],
)
def test_times_are_read_to_the_second_and_in_one_zone(times):
    assert read_times(times).tolist() == [pd.Timestamp("2025-01-01 12:30:15")]


@pytest.mark.parametrize(
    ("times", "message"),
    [
        (column("2025-01-01", None), "column 'it' has no time in 1 of 2 rows, first .* in row 1"),
        (column(1_735_689_600), r"a number, not a time, .* use pd\.to_datetime\(table\['it'\], unit='s'\)"),
        (column("9 o'clock"), "column 'it' has no readable time in 1 of 1 rows"),
        (column("2025-01-01 12:00+01:00", "2025-01-01 12:00"), "column 'it' mixes time zones"),
    ],
)
def test_times_that_cannot_be_read_are_refused(times, message):
    with pytest.raises(ValueError, match=message):
        read_times(times)


def test_times_without_a_zone_are_not_copied():
    times = column(NEW_YEAR)
    assert read_times(times) is times
