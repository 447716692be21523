"""Tests of cxux_helpers.segmentation: RFM, its scores, segments by rules and by cuts, and their profile."""

import datetime
import itertools
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from cxux_helpers.datasets import load_cdnow
from cxux_helpers.segmentation import (
    CUT_SEGMENTS,
    SEGMENT_RULES,
    SegmentRule,
    days_between_orders,
    name_segments,
    rfm,
    rfm_scores,
    segment_profile,
    segments_by_cuts,
)

START = pd.Timestamp("2024-01-01")
R_ORDERS = Path(__file__).parents[2] / "shared" / "data" / "rfm_data_orders.csv"


def make_log(rows):
    """Orders from (customer, day, cents)."""
    customers, days, cents = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "customer_id": customers,
            "date": START + pd.to_timedelta(days, unit="D"),
            "amount": np.array(cents) / 100,
        }
    )


def make_table(rows):
    """Customers from (recency, frequency, monetary)."""
    return pd.DataFrame(rows, columns=["recency", "frequency", "monetary"])


log_rows = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 400), st.integers(0, 50_000)), min_size=1, max_size=40)
table_rows = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 12), st.integers(0, 2000)), min_size=1, max_size=40)
tables = table_rows.map(make_table)
cuts = st.fixed_dictionaries(
    {
        "recent_days": st.integers(0, 400),
        "frequent_orders": st.integers(1, 12),
        "high_spend": st.integers(0, 2000),
    }
)
bins_and_ties = st.fixed_dictionaries({"bins": st.integers(2, 9), "ties": st.sampled_from(["down", "up"])})


@pytest.fixture(scope="module")
def cdnow():
    return rfm(load_cdnow(), as_of="1998-07-01")


# -- recency, frequency, monetary ---------------------------------------------------------------------------


def test_rfm_of_three_customers_by_hand():
    log = make_log([(1, 0, 1000), (2, 10, 250), (1, 30, 500), (3, 30, 0)])
    expected = make_table([(1, 2, 15.0), (21, 1, 2.5), (1, 1, 0.0)]).set_axis([1, 2, 3]).rename_axis("customer_id")
    assert_frame_equal(rfm(log), expected)


@settings(deadline=None)
@given(log_rows)
def test_rfm_counts_what_a_loop_counts(rows):
    table = rfm(make_log(rows), as_of=START + pd.Timedelta(days=500))
    for customer in {row[0] for row in rows}:
        own = [row for row in rows if row[0] == customer]
        assert table.loc[customer, "recency"] == 500 - max(day for _, day, _ in own)
        assert table.loc[customer, "frequency"] == len(own)
        assert table.loc[customer, "monetary"] == pytest.approx(sum(cents for _, _, cents in own) / 100)
    assert len(table) == len({row[0] for row in rows})


@settings(deadline=None)
@given(log_rows.flatmap(lambda rows: st.tuples(st.just(rows), st.permutations(rows))))
def test_rfm_ignores_the_order_of_rows(both):
    rows, shuffled = both
    assert_frame_equal(rfm(make_log(rows)), rfm(make_log(shuffled)))


@settings(deadline=None)
@given(log_rows)
def test_rfm_does_not_change_its_input(rows):
    log = make_log(rows)
    before = log.copy(deep=True)
    rfm(log)
    assert_frame_equal(log, before)


@settings(deadline=None)
@given(log_rows, st.integers(0, 1000))
def test_looking_back_later_adds_the_days_to_every_recency_and_nothing_else(rows, days):
    log = make_log(rows)
    now, later = (rfm(log, as_of=log["date"].max() + pd.Timedelta(days=d)) for d in (0, days))
    assert_frame_equal(later, now.assign(recency=now["recency"] + days))


def test_as_of_is_the_day_after_the_last_order_by_default():
    log = make_log([(1, 0, 100), (2, 9, 100)])
    assert rfm(log)["recency"].tolist() == [10, 1]


def test_as_of_on_the_day_of_the_last_order_gives_recency_0():
    assert rfm(make_log([(1, 5, 100)]), as_of=START + pd.Timedelta(days=5))["recency"].tolist() == [0]


def test_time_of_day_does_not_count():
    log = pd.DataFrame({"customer_id": [1], "date": ["2025-03-01T23:59"], "amount": [5.0]})
    morning, evening = (rfm(log, as_of=f"2025-03-02 {hour}") for hour in ("00:01", "23:00"))
    assert morning["recency"].tolist() == evening["recency"].tolist() == [1]


@pytest.mark.parametrize("as_of", ["2024-03-01", datetime.date(2024, 3, 1), pd.Timestamp("2024-03-01", tz="UTC")])
def test_as_of_may_be_text_or_a_date(as_of):
    assert rfm(make_log([(1, 0, 100)]), as_of=as_of)["recency"].tolist() == [60]


def test_rfm_takes_columns_of_other_names_and_customers_by_name():
    log = pd.DataFrame({"who": ["Bob", "Ann"], "when": ["2025-01-01", "2025-01-02"], "paid": [3, 4]}, index=[7, 7])
    table = rfm(log, customer="who", date="when", amount="paid")
    assert table.index.name == "who"
    assert table["monetary"].to_dict() == {"Ann": 4, "Bob": 3}


def test_unused_categories_of_customers_do_not_become_customers():
    log = make_log([(1, 0, 100), (2, 3, 100)])
    log["customer_id"] = log["customer_id"].astype("category")
    assert rfm(log[log["customer_id"] == 1]).index.tolist() == [1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            lambda log: log.rename(columns={"date": "day"}),
            r"column 'date' is not .* it has: customer_id, day, amount\. ",
        ),
        (lambda log: log.set_index("customer_id"), r"'customer_id' is not .* call reset_index\(\)"),
        (lambda log: log.head(0), "the table has no rows"),
        (lambda log: log.assign(customer_id=[1, None, 2]), "column 'customer_id' has no customer in 1 of 3 rows"),
        (lambda log: log.assign(date=["2024-01-01", "x", "y"]), "no readable date in 2 of 3 rows, first 'x' in row 1"),
        (lambda log: log.assign(date=[20240101] * 3), "a number, not a date"),
        (lambda log: log.assign(date=[START, None, START]), "column 'date' has no date in 1 of 3 rows"),
        (
            lambda log: log.assign(amount=[1, -2, -3]),
            "a negative amount in 2 of 3 rows, first -2 in row 1 .* Net refunds",
        ),
        (lambda log: log.assign(amount=[1, None, 3]), "column 'amount' has no amount in 1 of 3 rows"),
        (lambda log: log.assign(amount=["1", "2", "x"]), "column 'amount' has no number in 3 of 3 rows"),
    ],
)
def test_rfm_says_what_is_wrong_with_a_log_and_what_to_do(change, message):
    log = make_log([(1, 0, 100), (1, 3, 200), (2, 4, 300)])
    with pytest.raises(ValueError, match=message):
        rfm(change(log))


def test_rfm_names_the_argument_that_points_to_another_column():
    with pytest.raises(ValueError, match=r"column 'cust' is not in the table; .* Pass customer='…'"):
        rfm(make_log([(1, 0, 100)]), customer="cust")


def test_as_of_before_the_last_order_is_refused():
    with pytest.raises(ValueError, match=r"as_of is 2024-01-05, but the last order is of 2024-01-06\. Take a later"):
        rfm(make_log([(1, 5, 100)]), as_of="2024-01-05")


def test_rfm_of_the_cdnow_log_keeps_all_orders_and_all_money(cdnow):
    orders = load_cdnow()
    assert len(cdnow) == 23_570
    assert cdnow["frequency"].sum() == len(orders)
    assert cdnow["monetary"].sum() == pytest.approx(orders["amount"].sum())
    assert cdnow["recency"].between(1, 546).all()


# -- days between orders ------------------------------------------------------------------------------------


def test_days_between_orders_by_hand():
    log = make_log([(1, 30, 100), (2, 5, 100), (1, 0, 100), (1, 30, 100), (1, 31, 100)])
    assert sorted(days_between_orders(log)) == [1, 30]


@settings(deadline=None)
@given(log_rows)
def test_days_between_orders_add_up_to_the_time_from_first_to_last(rows):
    log = make_log(rows)
    span = log.groupby("customer_id")["date"].agg(lambda dates: (dates.max() - dates.min()).days).sum()
    gaps = days_between_orders(log)
    assert gaps.sum() == span
    assert (gaps >= 1).all()
    assert len(gaps) == len(log.drop_duplicates(["customer_id", "date"])) - log["customer_id"].nunique()


def test_days_between_orders_says_what_is_wrong():
    with pytest.raises(ValueError, match=r"column 'who' is not .* Pass customer="):
        days_between_orders(make_log([(1, 0, 100)]), customer="who")


# -- scores -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def r_table():
    if not R_ORDERS.exists():
        pytest.skip(f"the orders of the R package rfm are not at {R_ORDERS}")
    return rfm(pd.read_csv(R_ORDERS), date="order_date", amount="revenue", as_of="2006-12-31")


def test_scores_are_the_published_codes_of_the_r_package_rfm(r_table):
    # README of the R package rfm (rsquaredacademy), without the titles that its first version had in the names.
    published = {
        "Abbey O'Reilly": (205, 6, 472, 343),
        "Add Senger": (140, 3, 340, 412),
        "Aden Lesch": (194, 4, 405, 323),
        "Admiral Senger": (132, 5, 448, 433),
        "Agness O'Keefe": (90, 9, 843, 555),
        "Aileen Barton": (84, 9, 763, 555),
        "Ailene Hermann": (281, 8, 699, 355),
        "Aiyanna Bruen": (246, 4, 157, 321),
        "Ala Schmidt": (349, 3, 363, 212),
        "Alannah Borer": (619, 4, 196, 121),
    }
    assert len(r_table) == 995
    ours = r_table.assign(code=rfm_scores(r_table)["code"]).loc[list(published)]
    assert list(ours.itertuples(index=False, name=None)) == list(published.values())


def test_champions_are_those_of_the_r_package_rfm_but_for_one_on_the_edge(r_table):
    # Its own test counts 158 champions with 1,234 orders and 120,178 in revenue, by the same rule. It adds 1 to
    # every cut, which moves one customer who spent 506, just above the cut of 505.4, to the class below.
    champions = r_table[name_segments(rfm_scores(r_table)) == "Champions"]
    assert champions.loc["Jerold Sporer", "monetary"] == 506
    others = champions.drop("Jerold Sporer")
    assert (len(others), others["frequency"].sum(), others["monetary"].sum()) == (158, 1_234, 120_178)


def test_five_customers_in_five_bins_get_five_scores():
    table = make_table([(5, 9, 90), (50, 7, 70), (100, 5, 50), (200, 3, 30), (300, 1, 10)])
    for ties in ("down", "up"):
        assert rfm_scores(table, ties=ties)["code"].tolist() == [555, 444, 333, 222, 111]


@settings(deadline=None)
@given(tables, bins_and_ties)
def test_scores_lie_in_1_to_bins_and_the_code_joins_them(table, how):
    scores = rfm_scores(table, **how)
    assert scores[["r", "f", "m"]].isin(range(1, how["bins"] + 1)).all(axis=None)
    assert (scores["code"].astype(str) == scores[["r", "f", "m"]].astype(str).agg("".join, axis=1)).all()
    assert scores.index.equals(table.index)


@settings(deadline=None)
@given(tables, bins_and_ties)
def test_better_customers_never_score_lower_and_equal_ones_score_equal(table, how):
    scores = rfm_scores(table, **how)
    for column, score, sign in (("recency", "r", -1), ("frequency", "f", 1), ("monetary", "m", 1)):
        values = sign * table[column].to_numpy()[:, None]
        points = scores[score].to_numpy()[:, None]
        assert (points >= points.T)[values >= values.T].all()


@settings(deadline=None)
@given(tables, bins_and_ties, st.randoms(use_true_random=False))
def test_scores_ignore_the_order_of_customers(table, how, random):
    shuffled = table.loc[random.sample(list(table.index), len(table))]
    assert_frame_equal(rfm_scores(shuffled, **how).sort_index(), rfm_scores(table, **how))


@settings(deadline=None)
@given(tables, bins_and_ties)
def test_scores_do_not_depend_on_the_currency(table, how):
    in_cents_of_another = table.assign(monetary=table["monetary"] * 4)
    assert_frame_equal(rfm_scores(in_cents_of_another, **how), rfm_scores(table, **how))


@settings(deadline=None)
@given(tables, bins_and_ties)
def test_duplicating_every_customer_moves_at_most_one_value_over_each_cut(table, how):
    # Quantiles are interpolated between customers, so a cut may move, but by less than one customer.
    once, twice = rfm_scores(table, **how), rfm_scores(pd.concat([table, table], ignore_index=True), **how)
    originals, copies = twice.iloc[: len(table)], twice.iloc[len(table) :].reset_index(drop=True)
    assert_frame_equal(originals, copies)
    for column, score in (("recency", "r"), ("frequency", "f"), ("monetary", "m")):
        moved = (originals[score] - once[score]).abs().groupby(table[column]).first()
        assert moved.sum() <= how["bins"] - 1


def test_a_value_on_a_cut_goes_to_the_lower_class_by_default_and_up_on_request():
    # Median 20 in all three columns: with two bins the middle customer stands on the cut.
    table = make_table([(10, 10, 10), (20, 20, 20), (30, 30, 30)])
    assert rfm_scores(table, bins=2)["code"].tolist() == [211, 211, 122]
    assert rfm_scores(table, bins=2, ties="up")["code"].tolist() == [211, 122, 122]


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize(("ties", "code"), [("down", 511), ("up", 155)])
def test_customers_who_are_all_equal_share_the_code_of_the_tie_rule(size, ties, code):
    scores = rfm_scores(make_table([(40, 2, 60.0)] * size), ties=ties)
    assert scores["code"].tolist() == [code] * size


def test_frequency_scores_of_cdnow_leave_one_class_empty(cdnow):
    # More than two fifths ordered once, so the first two cuts fall together.
    assert (cdnow["frequency"] == 1).mean() > 0.4
    assert sorted(rfm_scores(cdnow)["f"].unique()) == [1, 3, 4, 5]


@pytest.mark.parametrize("bins", [1, 0, 10, 2.5, "5", True, None])
def test_bins_out_of_range_are_refused(bins):
    with pytest.raises(ValueError, match=r"bins is .*, but a score is one digit\. Give a whole number from 2 to 9"):
        rfm_scores(make_table([(1, 1, 1)]), bins=bins)


def test_an_unknown_tie_rule_is_refused():
    with pytest.raises(ValueError, match=r"ties is 'sideways'\. Give 'down' or 'up'"):
        rfm_scores(make_table([(1, 1, 1)]), ties="sideways")


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (make_table([]), "the table has no rows"),
        (make_table([(1, 1, 1)]).drop(columns="monetary"), "column 'monetary' is not .* Make the table with rfm"),
        (make_table([(1, 1, 1), (2, None, 1)]), "column 'frequency' has no value in 1 of 2 rows"),
    ],
)
def test_a_table_that_is_no_rfm_table_is_refused_by_all_that_need_one(table, message):
    segments = pd.Series(["a"] * len(table), index=table.index)
    for use in (
        rfm_scores,
        lambda table: segments_by_cuts(table, recent_days=1, frequent_orders=1, high_spend=1),
        lambda table: segment_profile(table, segments),
    ):
        with pytest.raises(ValueError, match=message):
            use(table)


# -- segments by rules --------------------------------------------------------------------------------------

ALL_CODES = pd.DataFrame(itertools.product(range(1, 6), repeat=3), columns=["r", "f", "m"])


def test_every_code_has_a_segment_and_every_rule_has_a_code():
    segments = name_segments(ALL_CODES)
    assert not segments.isna().any()
    assert set(segments) == {rule.name for rule in SEGMENT_RULES} == set(segments.cat.categories)
    assert segments.cat.ordered


@pytest.mark.parametrize(
    ("code", "name"),
    [(555, "Champions"), (455, "Champions"), (155, "Must not lose"), (111, "Dormant"), (511, "Newcomers")],
)
def test_well_known_codes_have_their_well_known_names(code, name):
    r, f, m = map(int, str(code))
    assert name_segments(pd.DataFrame({"r": [r], "f": [f], "m": [m]})).tolist() == [name]


def test_the_first_rule_that_fits_wins():
    rules = [SegmentRule("first", (1, 5), (3, 5), (1, 5)), SegmentRule("rest", (1, 5), (1, 5), (1, 5))]
    named = name_segments(ALL_CODES, rules)
    assert (named[ALL_CODES["f"] >= 3] == "first").all()
    assert (named[ALL_CODES["f"] < 3] == "rest").all()


def test_two_rules_may_share_a_name():
    rules = [SegmentRule("ends", (1, 1), (1, 5), (1, 5)), SegmentRule("ends", (5, 5), (1, 5), (1, 5))]
    ends = ALL_CODES[ALL_CODES["r"].isin([1, 5])]
    assert name_segments(ends, rules).eq("ends").all()


def test_scores_that_no_rule_covers_are_named():
    scores = rfm_scores(make_table([(5, 9, 90), (300, 1, 10)]), bins=9)
    with pytest.raises(ValueError, match=r"no rule fits the scores r=9, f=9, m=9\..* bins=5 for SEGMENT_RULES"):
        name_segments(scores)


def test_scores_without_a_column_are_refused():
    with pytest.raises(ValueError, match=r"column 'm' is not in the table; .* Make the table with rfm_scores"):
        name_segments(ALL_CODES[["r", "f"]])


# -- segments by cuts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("letters", CUT_SEGMENTS)
def test_each_side_of_the_three_cuts_has_its_name(letters):
    # The customers of a capital letter stand exactly on the cut: it belongs to the better side.
    table = make_table(
        [(30 if letters[0] == "R" else 31, 3 if letters[1] == "F" else 2, 100 if letters[2] == "M" else 99.99)]
    )
    segments = segments_by_cuts(table, recent_days=30, frequent_orders=3, high_spend=100)
    assert segments.tolist() == [CUT_SEGMENTS[letters]]


@settings(deadline=None)
@given(tables, cuts)
def test_cuts_put_every_customer_into_one_of_eight_segments(table, cut):
    segments = segments_by_cuts(table, **cut)
    assert segments.index.equals(table.index)
    assert not segments.isna().any()
    assert segments.cat.categories.tolist() == list(CUT_SEGMENTS.values())
    assert segments.cat.ordered


RECENT = [name for letters, name in CUT_SEGMENTS.items() if letters[0] == "R"]
FREQUENT = [name for letters, name in CUT_SEGMENTS.items() if letters[1] == "F"]
HIGH = [name for letters, name in CUT_SEGMENTS.items() if letters[2] == "M"]


@settings(deadline=None)
@given(tables, cuts, st.integers(0, 200))
def test_stricter_cuts_never_add_customers_to_the_better_side(table, cut, step):
    before = segments_by_cuts(table, **cut)
    for name, better, change in (
        ("recent_days", RECENT, -min(step, cut["recent_days"])),
        ("frequent_orders", FREQUENT, step),
        ("high_spend", HIGH, step),
    ):
        after = segments_by_cuts(table, **{**cut, name: cut[name] + change})
        assert not (after.isin(better) & ~before.isin(better)).any()


@pytest.mark.parametrize("cut", ["recent_days", "frequent_orders", "high_spend"])
@pytest.mark.parametrize("value", [-1, float("nan"), "30", None, True])
def test_a_cut_that_is_no_number_of_0_or_more_is_refused(cut, value):
    good = {"recent_days": 30, "frequent_orders": 3, "high_spend": 100}
    with pytest.raises(ValueError, match=rf"{cut} is .*\. Give a number of 0 or more"):
        segments_by_cuts(make_table([(1, 1, 1)]), **{**good, cut: value})


# -- profile ------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(tables, cuts)
def test_profile_counts_what_groupby_counts(table, cut):
    segments = segments_by_cuts(table, **cut)
    profile = segment_profile(table, segments)
    groups = table.groupby(segments, observed=False)
    assert profile["customers"].tolist() == groups.size().tolist()
    assert profile["revenue"].tolist() == pytest.approx(groups["monetary"].sum().tolist())
    medians = groups.median().add_prefix("median_")
    np.testing.assert_array_equal(profile[medians.columns], medians)


@settings(deadline=None)
@given(tables, cuts)
def test_shares_of_a_profile_sum_to_1(table, cut):
    profile = segment_profile(table, segments_by_cuts(table, **cut))
    assert profile["share_of_customers"].sum() == pytest.approx(1)
    if table["monetary"].any():
        assert profile["share_of_revenue"].sum() == pytest.approx(1)
        assert profile["share_of_revenue"].between(0, 1).all()
    else:
        assert profile["share_of_revenue"].isna().all()


def test_profile_keeps_empty_segments_with_missing_medians():
    table = make_table([(10, 5, 200)])
    profile = segment_profile(table, segments_by_cuts(table, recent_days=30, frequent_orders=3, high_spend=100))
    assert profile.index.tolist() == list(CUT_SEGMENTS.values())
    assert profile.index.name == "segment"
    assert profile.loc["Dormant", ["customers", "share_of_customers", "revenue", "share_of_revenue"]].eq(0).all()
    assert profile.loc["Dormant"].filter(like="median").isna().all()


def test_profile_takes_cluster_labels_and_names_in_any_order_of_customers():
    table = make_table([(3, 4, 60), (9, 2, 20), (90, 1, 20)])
    labels = pd.Series([1, 1, 0])
    assert segment_profile(table, labels)["customers"].to_dict() == {0: 1, 1: 2}
    assert_frame_equal(segment_profile(table, labels.iloc[::-1]), segment_profile(table, labels))
    assert segment_profile(table, labels.map({0: "gone", 1: "here"})).index.tolist() == ["gone", "here"]


def test_profile_does_not_change_its_input():
    table, segments = make_table([(3, 4, 60), (9, 2, 20)]), pd.Series(["a", "b"])
    before = table.copy(deep=True), segments.copy(deep=True)
    segment_profile(table, segments)
    assert_frame_equal(table, before[0])
    assert_series_equal(segments, before[1])


@pytest.mark.parametrize(
    ("segments", "message"),
    [
        (pd.Series(["a"]), r"segments \(1 rows\) and table \(2 rows\) are not about the same customers"),
        (pd.Series(["a", "b"], index=[0, 7]), "not about the same customers"),
        (pd.Series(["a", "b", "c"], index=[0, 1, 1]), "not about the same customers"),
        (pd.Series(["a", None], name="segment"), "column 'segment' has no segment in 1 of 2 rows"),
    ],
)
def test_segments_that_do_not_fit_the_customers_are_refused(segments, message):
    with pytest.raises(ValueError, match=message):
        segment_profile(make_table([(3, 4, 60), (9, 2, 20)]), segments)


def test_cuts_and_profile_of_all_cdnow_customers_are_quick_enough_for_a_slider(cdnow):
    def seconds():
        start = time.perf_counter()
        segment_profile(cdnow, segments_by_cuts(cdnow, recent_days=180, frequent_orders=3, high_spend=100))
        return time.perf_counter() - start

    # Usually 3 ms; the bound leaves room for a busy machine, and none for a loop over customers.
    assert min(seconds() for _ in range(10)) < 0.03
