"""Tests of cxux_helpers.datasets: the CDNOW log and the made-up shop."""

import lzma
from importlib import resources

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal, assert_series_equal
from sklearn.metrics import adjusted_rand_score

from cxux_helpers.clustering import cluster_customers, silhouette_by_k
from cxux_helpers.datasets import load_cdnow, make_orders
from cxux_helpers.segmentation import rfm

SEEDS = range(8)
KINDS = {
    "Loyal regulars": 0.30,
    "One-time visitors": 0.35,
    "Big spenders gone quiet": 0.15,
    "New enthusiasts": 0.20,
}


@pytest.fixture(scope="module")
def cdnow():
    return load_cdnow()


def test_cdnow_is_the_cohort_that_its_authors_describe(cdnow):
    # Fader and Hardie, notes on the master data set: 23,570 people who first bought in the first quarter of
    # 1997, 69,659 records, to the end of June 1998.
    assert len(cdnow) == 69_659
    assert cdnow["customer_id"].nunique() == 23_570
    assert cdnow["date"].max() == pd.Timestamp("1998-06-30")
    first = cdnow.groupby("customer_id")["date"].min()
    assert first.between("1997-01-01", "1997-03-31").all()


def test_cdnow_has_the_documented_columns_and_no_missing_value(cdnow):
    assert list(cdnow.columns) == ["customer_id", "date", "cds", "amount"]
    assert [cdnow[column].dtype.kind for column in cdnow] == ["i", "M", "i", "f"]
    assert not cdnow.isna().any(axis=None)
    assert cdnow.sort_values(["customer_id", "date"], kind="stable").index.equals(cdnow.index)


def test_cdnow_caveats_of_the_readme_hold(cdnow):
    assert cdnow.duplicated(["customer_id", "date"]).sum() == 2_068
    assert cdnow.duplicated().sum() == 255
    free = cdnow[cdnow["amount"] == 0]
    assert len(free) == 80
    assert (free["cds"] == 1).all()
    table = rfm(cdnow, as_of="1998-07-01")
    assert table.loc[table["frequency"] == 1, "recency"].min() == 463
    assert table["frequency"].max() == 217
    assert table["monetary"].max() == pytest.approx(13_990.93)


def test_changing_the_loaded_log_does_not_change_the_next_one(cdnow):
    mine = load_cdnow()
    mine.loc[0, "amount"] = -1
    assert_frame_equal(load_cdnow(), cdnow)


def test_cdnow_travels_with_its_credit_and_licence():
    folder = resources.files("cxux_helpers") / "data"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert all(word in readme for word in ("Fader", "Hardie", "Interfaces", "btyd", "Apache License"))
    assert "Apache License" in (folder / "LICENSE-btyd").read_text(encoding="utf-8")


def test_packed_log_is_plain_csv_for_other_tools():
    packed = (resources.files("cxux_helpers") / "data" / "cdnow.csv.xz").read_bytes()
    assert lzma.decompress(packed).startswith(
        b"customer_id,date,cds,amount\n1,1997-01-01,1,11.77\n2,1997-01-12,1,12.00\n"
    )


def test_same_seed_gives_the_same_shop_and_another_seed_another():
    (orders, truth), (again, truth_again) = make_orders(60, seed=3), make_orders(60, seed=3)
    assert_frame_equal(orders, again)
    assert_series_equal(truth, truth_again)
    assert not orders.equals(make_orders(60, seed=4).data)


@pytest.mark.parametrize("n_customers", [20, 21, 37, 400])
def test_every_customer_has_orders_and_a_kind(n_customers):
    orders, truth = make_orders(n_customers)
    assert sorted(orders["customer_id"].unique()) == list(range(1, n_customers + 1)) == truth.index.tolist()
    assert truth.index.name == "customer_id"
    shares = truth.value_counts(normalize=True)
    assert all(abs(shares[kind] - share) <= 1 / n_customers for kind, share in KINDS.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_orders_look_like_a_years_orders(seed):
    orders = make_orders(seed=seed).data
    assert list(orders.columns) == ["customer_id", "date", "amount"]
    assert orders["date"].between("2025-01-01", "2025-12-31").all()
    assert orders["date"].is_monotonic_increasing
    assert (orders["amount"] > 0).all()
    assert orders["amount"].equals(orders["amount"].round(2))


@pytest.mark.parametrize("seed", SEEDS)
def test_customers_behave_as_their_kind_says(seed):
    orders, truth = make_orders(seed=seed)
    table = rfm(orders, as_of="2026-01-01")
    middle = table.groupby(truth).median()
    assert (table.loc[truth == "One-time visitors", "frequency"] == 1).all()
    assert middle["frequency"].idxmax() == "Loyal regulars"
    assert table.loc[truth == "Big spenders gone quiet", "recency"].min() > 150
    assert (table["monetary"] / table["frequency"]).groupby(truth).median().idxmax() == "Big spenders gone quiet"
    first = orders.groupby("customer_id")["date"].min()
    assert (first[truth == "New enthusiasts"] >= "2025-10-31").all()


@pytest.mark.parametrize("seed", SEEDS)
def test_clustering_finds_the_planted_kinds(seed):
    orders, truth = make_orders(seed=seed)
    found = cluster_customers(rfm(orders), len(KINDS))
    assert adjusted_rand_score(truth, found) > 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_silhouette_is_highest_for_the_planted_number_of_kinds(seed):
    assert silhouette_by_k(rfm(make_orders(seed=seed).data)).idxmax() == len(KINDS)


def test_too_few_customers_for_four_kinds_are_refused():
    with pytest.raises(ValueError, match="n_customers is 19, too few for four kinds of customers"):
        make_orders(19)
