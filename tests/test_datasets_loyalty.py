"""Tests of cxux_helpers.datasets.loyalty and .cdnow_sample: what was planted is found, and naive ways miss it."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from cxux_helpers.datasets.cdnow_sample import load_cdnow_sample
from cxux_helpers.datasets.loyalty import CONTRACTS_AS_OF, make_contracts, make_loyalty_chain
from cxux_helpers.datasets.orders import load_cdnow
from cxux_helpers.value.retention import retention_by_age, retention_rates, retention_table
from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric, fit_shifted_beta_geometric

pytestmark = pytest.mark.filterwarnings("error")

SEEDS = range(5)
STEPS = ["satisfaction → loyalty", "loyalty → engagement", "engagement → profit"]


def effect(data, outcome, *causes):
    """Coefficient of the first cause, and its 99.9 % interval."""
    fit = sm.OLS(data[outcome], sm.add_constant(data[list(causes)])).fit()
    return fit.params[causes[0]], *fit.conf_int(0.001).loc[causes[0]]


@pytest.mark.parametrize("seed", SEEDS)
def test_regression_along_the_chain_finds_the_paths_once_age_is_held_fixed(seed):
    data, truth = make_loyalty_chain(seed=seed)
    product = 1.0
    for step in STEPS:
        cause, outcome = step.split(" → ")
        found, low, high = effect(data, outcome, cause, "age")
        assert low < truth[step] < high and found == pytest.approx(truth[step], abs=0.08)
        product *= found
        assert effect(data, outcome, cause)[1] > truth[step]  # without age, even the interval lies above the truth
    assert product == pytest.approx(truth["satisfaction → profit"], abs=0.03)
    assert truth["satisfaction → profit"] == pytest.approx(truth[STEPS].prod())


@pytest.mark.parametrize("seed", SEEDS)
def test_the_naive_regression_shows_several_times_the_true_effect(seed):
    data, truth = make_loyalty_chain(seed=seed)
    found, low, _ = effect(data, "profit", "satisfaction")
    assert found > 3 * truth["satisfaction → profit"] and low > 2 * truth["satisfaction → profit"]


def test_the_chain_has_its_columns_and_its_seed():
    data, truth = make_loyalty_chain(500, seed=1)
    assert data.columns.tolist() == ["customer_id", "age", "satisfaction", "loyalty", "engagement", "profit"]
    assert data["age"].between(18, 78).all() and len(data) == 500 and data.notna().all(axis=None)
    assert truth.index.tolist() == [*STEPS, "satisfaction → profit"] and truth.index.name == "path"
    pd.testing.assert_frame_equal(make_loyalty_chain(500, seed=1).data, data)
    with pytest.raises(ValueError, match="n_customers is 99, but must be a whole number of 100 or more"):
        make_loyalty_chain(99)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_fit_to_the_contracts_finds_the_planted_model(seed):
    contracts, truth = make_contracts(6000, seed=seed)
    table = retention_table(contracts, as_of=CONTRACTS_AS_OF)
    model = fit_shifted_beta_geometric(table)
    assert model.alpha == pytest.approx(truth["alpha"], rel=0.15)
    assert model.beta == pytest.approx(truth["beta"], rel=0.2)
    planted = ShiftedBetaGeometric(**truth)
    ages = range(1, 24)
    assert model.survival(ages).to_numpy() == pytest.approx(planted.survival(ages).to_numpy(), abs=0.02)
    # Twice the gain in log-likelihood is spread as chi-squared with 2 degrees of freedom: 13.8 once in 1,000 times.
    assert 0 <= 2 * (model.log_likelihood - planted.log_likelihood_of(table)) < 13.8


@pytest.mark.parametrize("seed", SEEDS)
def test_naive_ways_make_the_customers_leave_too_soon(seed):
    contracts, truth = make_contracts(seed=seed)
    planted = ShiftedBetaGeometric(**truth)
    table = retention_table(contracts, as_of=CONTRACTS_AS_OF)
    # The finished contracts alone: the long ones are not among them yet.
    finished = contracts.dropna()
    months = ((finished["end"] - finished["start"]).dt.days / 30.4375).mean()
    assert months < 0.5 * planted.survival(range(24)).sum()
    # The future counted as empty.
    naive = retention_by_age(table.fillna(0))["survival"]
    assert naive[12] < 0.7 * planted.survival([12]).iloc[0]
    assert retention_by_age(table)["survival"][12] == pytest.approx(planted.survival([12]).iloc[0], abs=0.04)


def test_retention_rises_though_nobody_becomes_more_loyal():
    contracts, _ = make_contracts(6000, seed=1)
    rates = retention_by_age(retention_table(contracts, as_of=CONTRACTS_AS_OF))["retention"]
    assert rates[1] < rates[4] < rates[10]


def test_contracts_are_as_known_on_the_day():
    contracts, truth = make_contracts(500, alpha=1.5, beta=2.0, seed=3)
    assert contracts.columns.tolist() == ["customer_id", "start", "end"] and truth.to_dict() == {
        "alpha": 1.5,
        "beta": 2,
    }
    assert contracts["start"].between("2024-01-01", "2025-12-28").all() and contracts["start"].is_monotonic_increasing
    closed = contracts.dropna()
    assert (closed["end"] > closed["start"]).all() and closed["end"].max() <= pd.Timestamp(CONTRACTS_AS_OF)
    assert (closed["end"].dt.day == closed["start"].dt.day).all()
    assert 0 < contracts["end"].isna().sum() < 500
    table = retention_table(contracts, as_of=CONTRACTS_AS_OF)
    assert table[0].sum() == 500 and retention_rates(table).notna().sum().iloc[0] == 23
    pd.testing.assert_frame_equal(make_contracts(500, alpha=1.5, beta=2.0, seed=3).data, contracts)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"n_customers": 10}, "n_customers is 10"),
        ({"alpha": 0}, "alpha is 0, but must be"),
        ({"beta": -1}, "beta is -1"),
    ],
)
def test_contracts_that_cannot_be_made_are_refused(how, message):
    with pytest.raises(ValueError, match=message):
        make_contracts(**how)


def test_even_endless_contracts_can_be_made():
    contracts, _ = make_contracts(100, alpha=0.001, beta=5.0)
    assert contracts["end"].isna().mean() > 0.9


def test_the_sample_holds_all_orders_of_its_customers():
    sample, everybody = load_cdnow_sample(), load_cdnow()
    ids = np.unique(sample["customer_id"])
    assert len(ids) == 2357
    own = everybody[everybody["customer_id"].isin(ids)].reset_index(drop=True)
    pd.testing.assert_frame_equal(sample, own)
    # Customer 1 of the published sample, in CDNOW_sample.txt: number 4 of the whole log.
    first = sample[sample["customer_id"] == 4]
    assert first["date"].dt.strftime("%Y%m%d").tolist() == ["19970101", "19970118", "19970802", "19971212"]
    assert first["amount"].tolist() == [29.33, 29.73, 14.96, 26.48]
