"""Tests of cxux_helpers.clustering: scaling, k-means, silhouette and stability."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst
from pandas.testing import assert_frame_equal, assert_series_equal
from sklearn.metrics import adjusted_rand_score

from cxux_helpers.clustering import cluster_customers, scale_rfm, silhouette_by_k, stability_by_k
from cxux_helpers.datasets import make_orders
from cxux_helpers.segmentation import rfm

COLUMNS = ["recency", "frequency", "monetary"]


@pytest.fixture(scope="module")
def shop():
    """A shop with four planted kinds of customers, as an RFM table and its truth."""
    orders, truth = make_orders(200, seed=1)
    return rfm(orders), truth


@pytest.fixture(scope="module")
def fog():
    """Customers without any groups."""
    rng = np.random.default_rng(5)
    return pd.DataFrame(np.expm1(rng.uniform(1, 6, size=(300, 3))), columns=COLUMNS)


def clumps(*sizes):
    """Groups of customers who are all equal within, and far apart between; the first spends least."""
    places = [(10**i, 5 * i + 1, 10.0 * 4**i) for i in range(len(sizes))]
    return pd.DataFrame(np.repeat(places, sizes, axis=0), columns=COLUMNS)


# -- scaling ------------------------------------------------------------------------------------------------


@settings(deadline=None)
@given(npst.arrays(float, (12, 3), elements=st.floats(0, 1e6)))
def test_scaled_columns_have_mean_0_and_spread_1_or_0(values):
    scaled = scale_rfm(pd.DataFrame(values, columns=COLUMNS))
    assert scaled.mean().to_numpy() == pytest.approx([0, 0, 0], abs=1e-6)
    for column, spread in scaled.std(ddof=0).items():
        all_equal = np.ptp(np.log1p(values[:, COLUMNS.index(column)])) < 1e-9
        assert spread == pytest.approx(0 if all_equal else 1, abs=1e-4) or all_equal


def test_scaling_counts_a_doubling_the_same_wherever_it_happens():
    table = pd.DataFrame({"recency": [1, 3, 7, 15], "frequency": 1, "monetary": 0.0})
    steps = scale_rfm(table)["recency"].diff().dropna()
    assert steps.to_numpy() == pytest.approx([steps.iloc[0]] * 3)


def test_scaling_keeps_customers_and_does_not_change_its_input(shop):
    table, _ = shop
    before = table.copy(deep=True)
    assert scale_rfm(table).index.equals(table.index)
    assert scale_rfm(table).columns.tolist() == COLUMNS
    assert_frame_equal(table, before)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="recency"), "column 'recency' is not .* Make the table with rfm"),
        (lambda table: table.head(0), "the table has no rows"),
        (
            lambda table: table.assign(monetary=[1.0, np.nan, 2.0]),
            "'monetary' has a missing, infinite or negative value",
        ),
        (lambda table: table.assign(monetary=[1.0, 2.0, np.inf]), "in 1 of 3 rows, first inf in row 2 "),
        (lambda table: table.assign(recency=[-1, 2, 3]), "'recency' has .* in 1 of 3 rows, first -1 in row 0 "),
    ],
)
def test_a_table_that_cannot_be_scaled_is_refused(change, message):
    table = pd.DataFrame({"recency": [1, 2, 3], "frequency": [1, 2, 3], "monetary": [1.0, 2.0, 3.0]})
    with pytest.raises(ValueError, match=message):
        scale_rfm(change(table))


# -- clusters -----------------------------------------------------------------------------------------------


def test_planted_clumps_are_found_and_numbered_by_spending():
    table = clumps(4, 7, 5)
    labels = cluster_customers(table, 3)
    assert labels.tolist() == [2] * 4 + [1] * 7 + [0] * 5
    assert labels.name == "cluster"


@settings(max_examples=15, deadline=None)
@given(st.integers(2, 8), st.integers(0, 99))
def test_label_0_spends_most_on_average_and_so_on_downwards(k, seed):
    table = rfm(make_orders(60, seed=seed).data)
    labels = cluster_customers(table, k, seed=seed)
    assert labels.index.equals(table.index)
    means = table["monetary"].groupby(labels).mean()
    assert means.index.tolist() == list(range(k))
    assert means.is_monotonic_decreasing


def test_same_seed_gives_the_same_clusters(fog):
    assert_series_equal(cluster_customers(fog, 5, seed=3), cluster_customers(fog, 5, seed=3))


def test_clusters_do_not_depend_on_the_order_of_customers_where_there_are_groups(shop):
    table, _ = shop
    shuffled = table.sample(frac=1, random_state=2)
    assert_series_equal(cluster_customers(shuffled, 4).sort_index(), cluster_customers(table, 4))


def test_clusters_do_not_depend_on_the_currency_where_sums_are_large():
    table = clumps(3, 4, 5).assign(monetary=lambda table: 1e6 * table["monetary"])
    dearer = table.assign(monetary=100 * table["monetary"])
    assert_series_equal(cluster_customers(dearer, 3), cluster_customers(table, 3))


def test_as_many_clusters_as_different_customers_are_possible():
    assert cluster_customers(clumps(2, 1, 3), 3).nunique() == 3


@pytest.mark.parametrize("k", [1, 0, -2, 4, 2.5, "3", None, True])
@pytest.mark.parametrize("method", [cluster_customers, lambda table, k: silhouette_by_k(table, [k])])
def test_a_k_out_of_range_is_refused(method, k):
    with pytest.raises(
        ValueError, match=r"k is .*, but 6 customers with 3 different sets of values .* 2 to 3 clusters"
    ):
        method(clumps(2, 1, 3), k)


@pytest.mark.parametrize("size", [1, 5])
def test_customers_who_are_all_equal_cannot_be_clustered(size):
    with pytest.raises(ValueError, match=f"all {size} customers have the same values"):
        cluster_customers(clumps(size), 2)


# -- silhouette ---------------------------------------------------------------------------------------------


def test_equal_customers_within_and_different_ones_between_have_silhouette_1():
    assert silhouette_by_k(clumps(4, 7, 5), [3]).to_dict() == {3: pytest.approx(1)}


def test_silhouette_by_hand():
    # Only recency differs, on the log scale at 0, 1 and 3, 4 (before standardising, which keeps ratios).
    table = pd.DataFrame({"recency": np.expm1([0, 1, 3, 4]), "frequency": 1, "monetary": 5.0})
    own, inner_other, outer_other = 1, 2.5, 3.5
    expected = np.mean([1 - own / outer_other, 1 - own / inner_other])
    assert silhouette_by_k(table, [2])[2] == pytest.approx(expected)


def test_silhouette_of_a_sample_is_near_that_of_all(fog):
    sampled, full = silhouette_by_k(fog, [3], sample=150), silhouette_by_k(fog, [3])
    assert sampled[3] != full[3]
    assert sampled[3] == pytest.approx(full[3], abs=0.05)


def test_silhouette_is_a_series_by_k_and_repeats_with_its_seed(fog):
    once = silhouette_by_k(fog, range(2, 5), sample=100, seed=8)
    assert once.index.tolist() == [2, 3, 4]
    assert (once.index.name, once.name) == ("k", "silhouette")
    assert once.between(-1, 1).all()
    assert_series_equal(once, silhouette_by_k(fog, range(2, 5), sample=100, seed=8))


def test_silhouette_needs_more_customers_than_clusters():
    with pytest.raises(ValueError, match=r"the 3 customers scored belong to 3 of 3 clusters"):
        silhouette_by_k(clumps(1, 1, 1), [3])


def test_a_sample_of_one_customer_is_refused(fog):
    for method in (silhouette_by_k, stability_by_k):
        with pytest.raises(ValueError, match="1 customers are no sample"):
            method(fog, [2], sample=1)


# -- stability ----------------------------------------------------------------------------------------------


def test_clumps_come_back_in_every_sample():
    stability = stability_by_k(clumps(20, 30, 25), [3], resamples=4)
    assert stability.loc[3].tolist() == [1, 1, 1]


def test_planted_kinds_come_back_and_clusters_of_fog_do_not(shop, fog):
    real = stability_by_k(shop[0], [4], resamples=5).loc[4, "mean"]
    imagined = stability_by_k(fog, [4], resamples=5).loc[4, "mean"]
    assert real > 0.9
    assert imagined < real - 0.2


def test_stability_is_a_table_by_k_and_repeats_with_its_seed(fog):
    once = stability_by_k(fog, [2, 5], resamples=3, sample=100, seed=4)
    assert once.index.tolist() == [2, 5]
    assert once.index.name == "k"
    assert once.columns.tolist() == ["mean", "low", "high"]
    assert (once["low"] <= once["mean"]).all()
    assert (once["mean"] <= once["high"]).all()
    assert_frame_equal(once, stability_by_k(fog, [2, 5], resamples=3, sample=100, seed=4))


def test_stability_of_two_samples_is_their_one_agreement(fog):
    row = stability_by_k(fog, [3], resamples=2).loc[3]
    assert row["low"] == row["mean"] == row["high"]


@pytest.mark.parametrize("resamples", [1, 0, -3])
def test_agreement_needs_two_resamples(fog, resamples):
    with pytest.raises(ValueError, match=f"resamples is {resamples}, but agreement needs at least 2"):
        stability_by_k(fog, [2], resamples=resamples)


def test_stability_needs_enough_different_customers_in_each_draw():
    with pytest.raises(ValueError, match=r"k is 3, but 4 customers with .* Give a whole number in this range"):
        stability_by_k(clumps(1, 1, 3), [3], resamples=20)


def test_few_customers_are_too_few():
    with pytest.raises(ValueError, match="are no sample"):
        stability_by_k(clumps(1, 1), [2])


@pytest.mark.parametrize("seed", range(3))
def test_truth_agrees_with_the_clusters_that_stability_praises(seed):
    orders, truth = make_orders(150, seed=seed)
    table = rfm(orders)
    assert stability_by_k(table, [len(set(truth))], resamples=4).iloc[0]["low"] > 0.85
    assert adjusted_rand_score(truth, cluster_customers(table, len(set(truth)))) > 0.85
