"""Tests of cxux_helpers.datasets.messy_surveys: the faults are there as described, and cleaning finds the truth."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal

from cxux_helpers.datasets.messy_surveys import make_messy_survey, make_servqual_survey
from cxux_helpers.datasets.surveys import make_survey
from cxux_helpers.surveys.cleaning import clean_ratings
from cxux_helpers.surveys.satisfaction import csat
from cxux_helpers.surveys.servqual import SERVQUAL_DIMENSIONS, servqual_gap

pytestmark = pytest.mark.filterwarnings("error")

SEEDS = range(5)


@pytest.mark.parametrize("seed", SEEDS)
def test_cleaning_leaves_what_those_who_gave_a_usable_rating_really_think(seed):
    data, truth = make_messy_survey(seed=seed)
    cleaned = clean_ratings(data).set_index("customer_id").sort_index()
    usable = truth[truth["fault"].isin(["none", "twice", "changed mind"])]
    assert_series_equal(cleaned["csat"], usable["csat"].astype(float))
    assert_series_equal(cleaned["segment"].astype(object), usable["segment"].astype(object))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_interval_of_the_answers_misses_the_truth_and_weights_come_near_it(seed):
    data, truth = make_messy_survey(seed=seed)
    cleaned = clean_ratings(data)
    everybody = (truth["csat"] >= 4).mean()
    assert csat(cleaned["csat"]).low > everybody
    by_segment = cleaned.groupby("segment")["csat"].agg(lambda ratings: (ratings >= 4).mean())
    weighted = (by_segment * truth["segment"].value_counts(normalize=True)).sum()
    assert weighted == pytest.approx(everybody, abs=0.05)


def test_each_fault_is_as_common_and_looks_as_described():
    data, truth = make_messy_survey(seed=3)
    answered = int(truth["answered"].sum())
    shares = truth["fault"].value_counts() / answered
    wanted = {"twice": 0.04, "changed mind": 0.05, "scale of ten": 0.04, "blank": 0.05}
    assert {name: shares[name] for name in wanted} == pytest.approx(wanted, abs=0.002)
    rows = data.set_index("customer_id")["csat"]
    fault = truth["fault"]
    assert rows[fault[fault == "blank"].index].isna().all()
    tens = fault.index[fault == "scale of ten"]
    assert (rows[tens] == 2 * truth.loc[tens, "csat"]).all() and rows[tens].min() > 5
    tests = data[data["channel"] == "staff test"]
    assert len(tests) == round(0.06 * answered) and tests["customer_id"].min() == 900_001
    assert tests["segment"].isna().all() and (tests["csat"] == 5).mean() > 0.7


def test_who_changed_their_mind_was_unhappier_before_and_who_pressed_twice_was_not():
    data, truth = make_messy_survey(seed=4)
    customers = data[data["channel"] != "staff test"].groupby("customer_id")
    first, last, number = customers["csat"].first(), customers["csat"].last(), customers.size()
    gap = customers["answered_at"].max() - customers["answered_at"].min()
    twice, changed = (truth.index[truth["fault"] == fault] for fault in ("twice", "changed mind"))
    assert set(number.index[number == 2]) == set(twice) | set(changed)
    assert (first[twice] == last[twice]).all() and gap[twice].max() < pd.Timedelta(minutes=5)
    assert (first[changed] <= last[changed]).all() and gap[changed].min() >= pd.Timedelta(days=1)


def test_the_answers_are_those_of_make_survey_and_the_rows_stand_in_the_order_of_time():
    data, truth = make_messy_survey(500, seed=7)
    asked, everybody = make_survey(500, seed=7)
    assert_series_equal(truth["csat"], everybody["csat"])
    assert truth["answered"].tolist() == asked["csat"].notna().tolist()
    assert data["answered_at"].is_monotonic_increasing


def test_one_seed_gives_one_survey():
    for make in (make_messy_survey, make_servqual_survey):
        assert_frame_equal(make(seed=9).data, make(seed=9).data)
        assert not make(seed=9).data.equals(make(seed=10).data)


@pytest.mark.parametrize(("make", "few"), [(make_messy_survey, 199), (make_servqual_survey, 19)])
def test_too_few_customers_are_refused(make, few):
    with pytest.raises(ValueError, match=f"n_customers is {few}"):
        make(few)


@pytest.mark.parametrize("seed", SEEDS)
def test_servqual_gaps_come_out_as_planted(seed):
    data, truth = make_servqual_survey(400, seed=seed)
    found = servqual_gap(data.filter(regex="^e"), data.filter(regex="^p")).dimensions
    # Rounding and the ends of the scale move reliability, of which most is expected, by a tenth.
    assert found["gap"].to_dict() == pytest.approx(truth["gap"].to_dict(), abs=0.2)
    assert set(found["gap"].nsmallest(2).index) == {"reliability", "responsiveness"}
    assert found["expectation"].idxmax() == "reliability" and found["low"]["tangibles"] > 0


def test_servqual_has_22_items_twice_and_one_customer_in_forty_skips_one_each_time():
    data, truth = make_servqual_survey(seed=2)
    assert truth.index.tolist() == list(SERVQUAL_DIMENSIONS)
    assert data.shape == (120, 1 + 2 * 22)
    for letter in "ep":
        answers = data.filter(regex=f"^{letter}")
        assert answers.columns.tolist() == [f"{letter}{item}" for item in range(1, 23)]
        assert answers.isna().sum().sum() == 3
        assert answers.min().min() >= 1 and answers.max().max() == 7
