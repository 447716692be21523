"""Tests of cxux_helpers.value.lifetime_value: sums by hand, both conventions of the first payment, the joint value."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.value.lifetime_value import customer_lifetime_value, simple_clv, survival_clv
from cxux_helpers.value.purchases import BGNBD
from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric
from cxux_helpers.value.spend import GammaGamma

pytestmark = pytest.mark.filterwarnings("error")

MODELS = BGNBD(0.243, 4.414, 0.793, 2.426), GammaGamma(6.25, 3.74, 15.44)
CUSTOMERS = pd.DataFrame(
    {"x": [2, 0, 7], "t_x": [30.43, 0.0, 29.43], "T": [38.86] * 3, "spend": [22.35, None, 73.74]}, index=["a", "b", "c"]
)

rates, discounts = st.floats(0, 1), st.floats(0.01, 2)


def test_the_formula_by_hand():
    # 100 · 0.8 / (1 + 0.1 − 0.8) = 80 / 0.3
    assert simple_clv(100, 0.8, 0.1) == pytest.approx(80 / 0.3)
    assert simple_clv(100, 0.8, 0.1, first_payment="now") == pytest.approx(110 / 0.3)
    assert simple_clv(100, 0, 0.1) == 0 and simple_clv(100, 0, 0.1, first_payment="now") == 100
    assert simple_clv(100, 0.5, 0) == 100  # one more period on average
    assert simple_clv(100, 1, 0.1) == pytest.approx(1000)  # for ever
    assert simple_clv(-10, 0.5, 0) == -10


@settings(max_examples=50)
@given(rates, discounts)
def test_the_formula_is_the_sum_of_payments_and_a_payment_at_once_adds_one_margin(retention, discount):
    periods = np.arange(1, 4000)
    by_sum = ((retention / (1 + discount)) ** periods).sum()
    value = simple_clv(1, retention, discount)
    assert value == pytest.approx(by_sum)
    assert simple_clv(1, retention, discount, first_payment="now") == pytest.approx(value + 1)
    assert value == pytest.approx(survival_clv(1, retention ** np.arange(4000.0), discount))


@settings(max_examples=50)
@given(st.floats(0, 0.98), discounts, st.floats(0.001, 0.02), st.floats(0.1, 100))
def test_value_rises_with_retention_and_margin_and_falls_with_discount(retention, discount, more, margin):
    value = simple_clv(margin, retention, discount)
    assert simple_clv(margin, retention + more, discount) > value
    assert simple_clv(margin, retention, discount + more) <= value
    assert simple_clv(2 * margin, retention, discount) == pytest.approx(2 * value)


def test_the_value_of_a_survival_curve_by_hand():
    # 100 · (0.8 / 1.1 + 0.64 / 1.21)
    assert survival_clv(100, [1, 0.8, 0.64], 0.1) == pytest.approx(80 / 1.1 + 64 / 1.21)
    assert survival_clv(100, pd.Series([1, 0.8]), 0, first_payment="now") == pytest.approx(180)
    assert survival_clv(100, [1], 0.1) == 0


def test_a_long_curve_of_the_model_reaches_its_closed_form():
    model = ShiftedBetaGeometric(0.668, 3.806)
    value = survival_clv(50, model.survival(range(1000)), 0.1, first_payment="now")
    assert value == pytest.approx(50 * model.discounted_lifetime(0.1))


def test_a_constant_rate_gives_a_mixed_cohort_too_little():
    model = ShiftedBetaGeometric(0.668, 3.806)
    first_rate = model.retention([1]).iloc[0]
    assert simple_clv(1, first_rate, 0.1) < 0.85 * (model.discounted_lifetime(0.1) - 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: simple_clv(1, 1, 0), "retention is 1 and discount 0: nobody ever leaves.*Lower retention"),
        (lambda: simple_clv(1, 80, 0.1), r"retention is 80, but must be .* Write 0\.8 for 80 %"),
        (lambda: simple_clv(1, 0.8, -0.1), r"discount is -0\.1"),
        (lambda: simple_clv("1", 0.8, 0.1), "margin is '1'"),
        (lambda: simple_clv(True, 0.8, 0.1), "margin is True"),
        (lambda: simple_clv(1, 0.8, 0.1, first_payment="start"), "first_payment is 'start'; choose 'end' or 'now'"),
        (lambda: survival_clv(1, [0.8, 0.6], 0.1), r"survival begins with 0\.8, but all are there at age 0"),
        (lambda: survival_clv(1, [1, 0.6, None], 0.1), "survival is missing from age 2 on. Cut it there"),
        (lambda: survival_clv(1, [1, 0.6, 0.7], 0.1), r"rise from 0\.6 to 0\.7"),
        (lambda: survival_clv(1, [1, 0.6], 10.5j), "discount is 10.5j"),
        (lambda: survival_clv(None, [1, 0.6], 0.1), "margin is None"),
    ],
)
def test_arguments_out_of_range_are_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_value_is_number_times_amount_where_nothing_is_discounted():
    table = customer_lifetime_value(CUSTOMERS, *MODELS, periods=39)
    purchases, spend = MODELS
    assert table["expected_purchases"].tolist() == purchases.conditional_expected_purchases(CUSTOMERS, 39).tolist()
    assert table["expected_spend"].tolist() == spend.expected_spend(CUSTOMERS).tolist()
    assert table["value"].to_numpy() == pytest.approx(
        (table["expected_purchases"] * table["expected_spend"]).to_numpy()
    )
    assert table.index.tolist() == ["a", "b", "c"] and table.loc["b", "probability_alive"] == 1


def test_the_purchases_of_each_period_are_discounted_to_its_end():
    purchases, spend = MODELS
    steps = np.array([purchases.conditional_expected_purchases(CUSTOMERS, k) for k in range(5)])
    by_hand = sum((steps[k] - steps[k - 1]) / 1.02**k for k in range(1, 5)) * spend.expected_spend(CUSTOMERS) * 0.3
    table = customer_lifetime_value(CUSTOMERS, *MODELS, periods=4, discount=0.02, margin=0.3)
    assert table["value"].to_numpy() == pytest.approx(by_hand.to_numpy())
    one = customer_lifetime_value(CUSTOMERS, *MODELS, periods=1, discount=0.02)
    assert one["value"].to_numpy() == pytest.approx((steps[1] / 1.02 * spend.expected_spend(CUSTOMERS)).to_numpy())


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"margin": 30}, r"margin is 30, but must be .* Write 0\.3 for 30 %"),
        ({"periods": 0}, "periods is 0, but must be a whole number of 1 or more"),
        ({"discount": -1}, "discount is -1"),
    ],
)
def test_a_joint_value_out_of_range_is_refused(how, message):
    with pytest.raises(ValueError, match=message):
        customer_lifetime_value(CUSTOMERS, *MODELS, **how)
