"""Tests of cxux_helpers.value.shifted_beta_geometric: Fader and Hardie's figures, and sums in place of formulas.

Published figures: Fader and Hardie (2007), How to project customer retention, J. of Interactive Marketing 21(1). The
survivors are also in the CRAN package foretell and in pymc-marketing's tests; the fit of "High End" has a
log-likelihood of -1.611 on shares (their appendix B).
"""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric, fit_shifted_beta_geometric

pytestmark = pytest.mark.filterwarnings("error")

HIGH_END = [100.0, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4]
REGULAR = [100.0, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3]

models = st.builds(ShiftedBetaGeometric, st.floats(0.2, 5), st.floats(0.2, 10))


@pytest.mark.parametrize(
    ("percentages", "alpha", "beta"), [(HIGH_END, 0.668, 3.806), (REGULAR, 0.704, 1.182)], ids=["High End", "Regular"]
)
def test_the_fit_to_seven_years_is_the_published_one(percentages, alpha, beta):
    model = fit_shifted_beta_geometric(percentages[:8])
    assert (model.alpha, model.beta) == pytest.approx((alpha, beta), abs=5e-4)
    # "Only 4 % and 2 %" off in year 12.
    assert abs(model.survival([12]).iloc[0] / (percentages[12] / 100) - 1) < 0.045


def test_the_log_likelihood_is_the_published_one():
    shares = np.array(HIGH_END[:8]) / 100
    assert fit_shifted_beta_geometric(shares).log_likelihood == pytest.approx(-1.611, abs=5e-4)
    assert ShiftedBetaGeometric(0.668, 3.806).log_likelihood_of(shares) == pytest.approx(-1.611, abs=5e-4)


def test_the_likelihood_is_that_of_the_first_losses_and_of_those_who_are_left():
    # By the definition: lost(t) times log P(T = t), and survivors times log S.
    survivors, model = np.array([100, 70, 55, 50]), ShiftedBetaGeometric(1.3, 2.1)
    shares = model.survival(range(4)).to_numpy()
    by_hand = -np.diff(survivors) @ np.log(-np.diff(shares)) + survivors[-1] * math.log(shares[-1])
    assert model.log_likelihood_of(survivors) == pytest.approx(by_hand)


def test_the_first_probabilities_by_hand():
    # alpha = beta = 1: theta is uniform, so S(t) = 1 / (t + 1) and r(t) = t / (t + 1).
    model = ShiftedBetaGeometric(1, 1)
    assert model.survival([0, 1, 2, 9]).tolist() == pytest.approx([1, 1 / 2, 1 / 3, 1 / 10])
    assert model.retention([1, 2, 9]).tolist() == pytest.approx([1 / 2, 2 / 3, 9 / 10])


@settings(max_examples=50)
@given(models)
def test_retention_rises_with_age_and_its_product_is_survival(model):
    rates = model.retention(range(1, 40))
    assert rates.is_monotonic_increasing and rates.between(0, 1).all()
    assert model.survival(range(1, 40)).to_numpy() == pytest.approx(rates.cumprod().to_numpy())
    assert model.survival([0]).iloc[0] == 1


@pytest.mark.parametrize("discount", [0.02, 0.1, 1.0])
@pytest.mark.parametrize("age", [0, 1, 7])
@pytest.mark.parametrize(("alpha", "beta"), [(0.668, 3.806), (0.05, 0.1), (4.0, 9.0)])
def test_the_discounted_lifetime_is_the_sum_it_stands_for(alpha, beta, age, discount):
    model, ages = ShiftedBetaGeometric(alpha, beta), np.arange(5000)
    shares = model.survival(ages + age).to_numpy() / model.survival([age]).iloc[0]
    by_sum = shares @ (1 + discount) ** -ages.astype(float)
    assert model.discounted_lifetime(discount, age=age) == pytest.approx(by_sum, rel=1e-9)


def test_the_mean_lifetime_is_finite_only_for_alpha_above_1():
    # alpha = 3, beta = 2: S(t) = 2·3·4 / ((t+2)(t+3)(t+4)), whose sum over all t telescopes to 2.
    model = ShiftedBetaGeometric(3, 2)
    assert model.expected_lifetime == 2
    assert model.survival(range(20_000)).sum() == pytest.approx(2, abs=1e-6)
    assert model.discounted_lifetime(0) == 2
    assert model.discounted_lifetime(0, age=1) == 2.5  # S(t + 1) / S(1): what is left after one period, 1, is 1 / 0.4
    assert model.discounted_lifetime(1e-7) == pytest.approx(2, abs=1e-5)
    for alpha in (1.0, 0.668):
        endless = ShiftedBetaGeometric(alpha, 3.806)
        assert endless.expected_lifetime == endless.discounted_lifetime(0) == math.inf
        assert endless.discounted_lifetime(0.01) < 101  # not even one who never leaves is worth more


@settings(max_examples=30)
@given(models, st.floats(0.01, 1), st.integers(0, 20))
def test_old_customers_are_worth_more(model, discount, age):
    now, later = model.discounted_lifetime(discount, age=age), model.discounted_lifetime(discount, age=age + 1)
    assert 1 <= now <= later <= (1 + discount) / discount + 1e-9


@settings(max_examples=20)
@given(models, st.floats(0.01, 1000))
def test_a_fit_finds_the_model_again_in_any_unit(model, unit):
    survivors = unit * model.survival(range(9)).to_numpy()
    found = fit_shifted_beta_geometric(survivors)
    assert (found.alpha, found.beta) == pytest.approx((model.alpha, model.beta), rel=0.01)
    assert found.log_likelihood == pytest.approx(found.log_likelihood_of(survivors))
    assert found.log_likelihood >= model.log_likelihood_of(survivors) - 1e-9 * unit


def test_cohorts_are_fitted_together_each_as_far_as_it_is_known():
    table = pd.DataFrame([HIGH_END[:8], [*HIGH_END[:5], None, None, None]])
    alone, together = fit_shifted_beta_geometric(HIGH_END[:8]), fit_shifted_beta_geometric(table)
    assert together.alpha != pytest.approx(alone.alpha)
    twice = fit_shifted_beta_geometric(pd.DataFrame([HIGH_END[:8]] * 2))
    assert (twice.alpha, twice.beta) == pytest.approx((alone.alpha, alone.beta), rel=1e-6)
    by_hand = sum(together.log_likelihood_of(row.dropna()) for _, row in table.iterrows())
    assert together.log_likelihood == pytest.approx(by_hand)


@pytest.mark.parametrize(
    ("survivors", "message"),
    [
        ([100, 80], "known to age 1 only, but two parameters need two"),
        ([100, 100, 100], "nobody has left yet"),
        ([100, 0, 0], "nobody has stayed for one renewal"),
        ([100, 90, 81, 72.9], r"retention does not rise with age.*One constant rate says the same: 0\.9 in"),
        ([100, 90, 80, 60], "retention does not rise with age"),
        ([100, 60, 60, 60], "nobody leaves after the first renewal"),
        ([100, 80, 90], "rise from 80 to 90"),
    ],
)
def test_survivors_that_tell_too_little_are_refused(survivors, message):
    with pytest.raises(ValueError, match=message):
        fit_shifted_beta_geometric(survivors)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ShiftedBetaGeometric(0, 1), "alpha is 0, but must be a number of above 0|alpha is 0, but must be"),
        (lambda: ShiftedBetaGeometric(1, -2), "beta is -2, but must be"),
        (lambda: ShiftedBetaGeometric(1, 1).survival([-1]), "age is -1, but must be a whole number of 0 or more"),
        (lambda: ShiftedBetaGeometric(1, 1).retention([0]), "age is 0, but must be a whole number of 1 or more"),
        (lambda: ShiftedBetaGeometric(1, 1).discounted_lifetime(-0.1), r"discount is -0\.1, .* Write 0\.1 for 10 %"),
        (lambda: ShiftedBetaGeometric(1, 1).discounted_lifetime(0.1, age=0.5), r"age is 0\.5"),
    ],
)
def test_arguments_out_of_range_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("alike", [150.0, 1_000.0, 1e6])
def test_customers_who_are_nearly_alike_are_worth_nearly_what_one_constant_rate_says(alike):
    # If all were alike: the sum of (0.9 / 1.1)^t, for a tenth leaves in each period. Those who differ stay longer.
    lifetime = ShiftedBetaGeometric(0.1 * alike, 0.9 * alike).discounted_lifetime(0.1)
    one_rate = 1 / (1 - 0.9 / 1.1)
    assert one_rate < lifetime < one_rate * (1 + 3 / alike)
