"""Tests of cxux_helpers.value.spend: the published fit on CDNOW, the mean of a posterior by hand, what is left out.

Published figures: Fader and Hardie (2013), The Gamma-Gamma model of monetary value, and their spreadsheet, as quoted in
the tests of the packages CLVTools and lifetimes.
"""

import math
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.datasets.cdnow_sample import load_cdnow_sample
from cxux_helpers.value.purchase_logs import purchase_summary
from cxux_helpers.value.spend import GammaGamma, fit_gamma_gamma, spend_frequency_correlation

pytestmark = pytest.mark.filterwarnings("error")

PAPER = GammaGamma(6.25, 3.74, 15.44)


@pytest.fixture(scope="module")
def summary():
    return purchase_summary(load_cdnow_sample(), end="1997-09-30")


@pytest.fixture(scope="module")
def model(summary):
    return fit_gamma_gamma(summary)


def customers(*rows):
    return pd.DataFrame(rows, columns=["x", "spend"])


def simulated(model, n, seed):
    """Customers drawn from the story of the model: a rate of their own, then their purchases one by one."""
    rng = np.random.default_rng(seed)
    x = rng.integers(0, 9, n)
    rate = rng.gamma(model.q, 1 / model.gamma, n)
    spend = [rng.gamma(model.p, 1 / rate[i], x[i]).mean() if x[i] else np.nan for i in range(n)]
    return pd.DataFrame({"x": x, "spend": spend})


def test_the_fit_is_the_published_one(model):
    assert (model.p, model.q, model.gamma) == pytest.approx((6.25, 3.74, 15.44), abs=5e-3)
    assert model.log_likelihood == pytest.approx(-4055.9177, abs=5e-4)
    assert (model.n, model.n_without_repeat, model.n_without_spend) == (946, 1411, 0)


def test_the_log_likelihood_at_the_published_point_is_the_published_one(summary, model):
    assert PAPER.log_likelihood_of(summary) == pytest.approx(-4055.9177, abs=0.02)
    assert model.log_likelihood_of(summary) == pytest.approx(model.log_likelihood)


def test_the_expected_spend_is_that_of_the_spreadsheet(summary, model):
    # Customers 1 to 10 of the sample.
    ids = resources.files("cxux_helpers").joinpath("data", "cdnow_sample_ids.txt").read_text(encoding="utf-8")
    first_ten = summary.loc[list(map(int, ids.split()[:10]))]
    published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    assert model.expected_spend(first_ten).tolist() == pytest.approx(published, abs=0.0051)


def test_the_mean_of_all_and_the_weights_by_hand():
    model = GammaGamma(2, 3, 10)
    assert model.mean_spend == 10  # 2 · 10 / (3 − 1)
    # Weight of the own mean: 2·4 / (2·4 + 2) = 0.8.
    assert model.expected_spend(customers((4, 20.0), (0, None), (4, 10.0))).tolist() == pytest.approx([18, 10, 10])
    assert GammaGamma(2, 1, 10).mean_spend == math.inf


@pytest.mark.parametrize("seed", range(3))
def test_the_fit_cannot_be_told_from_the_truth_of_simulated_customers(seed):
    planted = GammaGamma(5.0, 4.0, 20.0)
    made = simulated(planted, 4000, seed)
    found = fit_gamma_gamma(made)
    # Twice the gain in log-likelihood is spread as chi-squared with 3 degrees of freedom: 16.3 once in 1,000 times.
    assert 0 <= 2 * (found.log_likelihood - planted.log_likelihood_of(made)) < 16.3
    assert found.mean_spend == pytest.approx(planted.mean_spend, rel=0.05)


@settings(max_examples=50)
@given(st.integers(1, 100), st.floats(0.01, 1000), st.integers(1, 100))
def test_expected_spend_lies_between_the_own_mean_and_that_of_all(x, spend, more):
    some, often = PAPER.expected_spend(customers((x, spend), (x + more, spend)))
    low, high = sorted([spend, PAPER.mean_spend])
    assert low - 1e-9 <= some <= high + 1e-9
    assert abs(often - spend) <= abs(some - spend) + 1e-9  # more purchases, more weight


def test_another_currency_only_changes_gamma(summary, model):
    cents = fit_gamma_gamma(summary.assign(spend=100 * summary["spend"]))
    assert (cents.p, cents.q) == pytest.approx((model.p, model.q), rel=1e-3)
    assert cents.gamma == pytest.approx(100 * model.gamma, rel=1e-3)


def test_free_purchases_are_left_out_and_counted(summary, model):
    free = pd.DataFrame({"x": [3, 1], "t_x": [1, 1], "T": [2, 2], "spend": [0.0, 0.0]})
    found = fit_gamma_gamma(pd.concat([summary, free]))
    assert (found.n, found.n_without_repeat, found.n_without_spend) == (946, 1411, 2)
    assert found.p == pytest.approx(model.p)
    # Who got all for free is expected to pay later, but little.
    assert 0 < model.expected_spend(free).iloc[0] < model.expected_spend(free).iloc[1] < model.mean_spend


def test_the_correlation_of_frequency_and_amount(summary):
    # By hand: deviations −1.5 −0.5 0.5 1.5 and −15 5 −5 15, so 40 / √(5 · 500).
    found = spend_frequency_correlation(customers((1, 10.0), (2, 30.0), (3, 20.0), (4, 40.0), (0, None), (5, 0.0)))
    assert found.value == pytest.approx(0.8) and found.n == 4
    assert found.low < found.value < found.high and "Fisher" in repr(found)
    line = customers((1, 10.0), (2, 20.0), (3, 30.0), (4, 40.0))
    assert spend_frequency_correlation(line).value == pytest.approx(1)
    assert spend_frequency_correlation(summary).n == 946


def test_the_interval_of_the_correlation_covers_0_where_the_model_holds():
    hits = 0
    for seed in range(200):
        found = spend_frequency_correlation(simulated(PAPER, 300, seed))
        hits += found.low <= 0 <= found.high
    assert hits >= 180


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: GammaGamma(1, 0, 1), "q is 0, but must be"),
        (
            lambda: GammaGamma(1, 0.9, 1).expected_spend(customers((1, 5.0))),
            r"q is 0\.9, so the mean amount is infinite",
        ),
        (lambda: fit_gamma_gamma(customers((0, None), (1, 5.0))), "1 customers bought again and paid, but a fit needs"),
        (lambda: fit_gamma_gamma(customers(*[(2, 5.0)] * 20)), r"(p|q|gamma) runs away to .*: these 20 customers"),
        (lambda: fit_gamma_gamma(customers((2, None), (1, 5.0))), "column 'spend' has no amount in 1 of 2 rows"),
        (lambda: fit_gamma_gamma(customers((2, -1.0), (1, 5.0))), "column 'spend' has a negative amount"),
        (lambda: fit_gamma_gamma(customers((1.5, 1.0), (1, 5.0))), "a number of purchases that is not whole"),
        (lambda: fit_gamma_gamma(pd.DataFrame({"x": [1]})), "column 'spend' is not in the table"),
        (lambda: spend_frequency_correlation(customers((1, 5.0), (2, 5.0), (3, 6.0))), "3 customers .* needs four"),
        (lambda: spend_frequency_correlation(customers(*[(1, 5.0), (1, 6.0)] * 2)), "x is 1 for every customer"),
        (lambda: spend_frequency_correlation(customers(*[(1, 5.0), (2, 5.0)] * 2)), "spend is 5 for every customer"),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()
