"""Tests of cxux_helpers.value.purchase_logs and .purchases: the published fit on CDNOW, and integrals for formulas.

Published figures: Fader, Hardie and Lee (2005), "Counting your customers" the easy way, Marketing Science 24(2), and
their spreadsheet, as quoted in the tests of the packages lifetimes and CLVTools. The first rows of the published
summary of the sample are those of cdnow_customers_summary_with_transactions.csv in the package btyd 0.1a1.
"""

from importlib import resources

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import beta

from cxux_helpers.datasets.cdnow_sample import load_cdnow_sample
from cxux_helpers.value.purchase_logs import purchase_summary
from cxux_helpers.value.purchases import BGNBD, fit_bg_nbd, track_purchases

pytestmark = pytest.mark.filterwarnings("error")

PAPER = BGNBD(0.243, 4.414, 0.793, 2.426)

# Customers 1 to 10 of the published summary: x, t_x and T in weeks, mean spend.
PUBLISHED = [
    (2, 30.43, 38.86, 22.35),
    (1, 1.71, 38.86, 11.77),
    (0, 0.00, 38.86, 0.00),
    (0, 0.00, 38.86, 0.00),
    (0, 0.00, 38.86, 0.00),
    (7, 29.43, 38.86, 73.74),
    (1, 5.00, 38.86, 11.77),
    (0, 0.00, 38.86, 0.00),
    (2, 35.71, 38.86, 25.55),
    (0, 0.00, 38.86, 0.00),
]
SUMS = {"x": 2457, "t_x": 16135.52, "T": 77111.21, "spend": 33184.31}


@pytest.fixture(scope="module")
def orders():
    return load_cdnow_sample()


@pytest.fixture(scope="module")
def summary(orders):
    return purchase_summary(orders, end="1997-09-30")


@pytest.fixture(scope="module")
def model(summary):
    return fit_bg_nbd(summary)


def customers(*rows):
    return pd.DataFrame(rows, columns=["x", "t_x", "T"])


def log(*rows):
    return pd.DataFrame(rows, columns=["customer_id", "date", "amount"])


def simulated(model, n, seed):
    """Customers drawn step by step from the story of the model, not from its formulas."""
    rng = np.random.default_rng(seed)
    rate, leaving = rng.gamma(model.r, 1 / model.alpha, n), rng.beta(model.a, model.b, n)
    age = rng.uniform(27, 39, n)
    x, t_x = np.zeros(n), np.zeros(n)
    for i in range(n):
        now = 0.0
        while True:
            now += rng.exponential(1 / rate[i]) if rate[i] > 0 else np.inf
            if now > age[i]:
                break
            x[i], t_x[i] = x[i] + 1, now
            if rng.random() < leaving[i]:
                break
    return pd.DataFrame({"x": x.astype(int), "t_x": t_x, "T": age})


# --- summary ---------------------------------------------------------------------------------------------------------


def test_the_summary_of_the_sample_is_the_published_one(summary):
    assert len(summary) == 2357 and (summary["x"] == 0).sum() == 1411
    ids = resources.files("cxux_helpers").joinpath("data", "cdnow_sample_ids.txt").read_text(encoding="utf-8")
    first = summary.loc[list(map(int, ids.split()[:10]))].fillna(0)
    # Published to two decimals.
    assert np.abs(first.to_numpy() - np.array(PUBLISHED)).max() <= 0.0051
    assert summary["x"].sum() == SUMS["x"]
    for column in ("t_x", "T", "spend"):
        assert summary[column].sum() == pytest.approx(SUMS[column], abs=1.5)  # a sum of 2,357 rounded numbers


def test_orders_of_one_day_are_one_purchase_and_the_first_is_no_repeat():
    rows = log(
        ("Ann", "2025-01-01 09:00", 5.0), ("Ann", "2025-01-01 18:00", 7.0), ("Ann", "2025-01-15", 10.0),
        ("Ann", "2025-01-15", 2.0), ("Ann", "2025-01-29", 6.0), ("Bob", "2025-01-08", 30.0),
    )  # fmt: skip
    table = purchase_summary(rows)
    assert table.loc["Ann"].tolist() == [2, 4, 4, 9]  # (12 + 6) / 2
    assert table.loc["Bob", ["x", "t_x", "T"]].tolist() == [0, 0, 3] and np.isnan(table.loc["Bob", "spend"])
    pd.testing.assert_frame_equal(purchase_summary(rows.sample(frac=1, random_state=1)), table)


def test_later_orders_and_later_customers_are_left_out_by_end():
    rows = log(("Ann", "2025-01-01", 5.0), ("Ann", "2025-01-08", 5.0), ("Bob", "2025-01-09", 5.0))
    table = purchase_summary(rows, end="2025-01-08")
    assert table.index.tolist() == ["Ann"] and table.loc["Ann"].tolist() == [1, 1, 1, 5]


@pytest.mark.parametrize(("unit", "days"), [("day", 1), ("week", 7), ("month", 30.4375), ("year", 365.25)])
def test_units_only_change_the_scale_of_time(unit, days):
    rows = log(("Ann", "2025-01-01", 5.0), ("Ann", "2025-03-01", 5.0), ("Bob", "2025-04-01", 5.0))
    table = purchase_summary(rows, unit=unit)
    assert table.loc["Ann", ["t_x", "T"]].to_numpy() * days == pytest.approx([59, 90])


@pytest.mark.parametrize(
    ("rows", "how", "message"),
    [
        (log(("Ann", "2025-01-01", 5.0)), {"unit": "hour"}, "unit is 'hour'; choose 'day', 'week', 'month' or 'year'"),
        (log(("Ann", "2025-01-01", 5.0)), {"customer": "who"}, r"column 'who' .* Pass customer='…'"),
        (
            log(("Ann", "2025-01-01", 5.0)),
            {"end": "2024-01-01"},
            "end is 2024-01-01, but the first order is of 2025-01",
        ),
        (log((None, "2025-01-01", 5.0)), {}, "column 'customer_id' has no customer in 1 of 1 rows"),
        (log(("Ann", "2025-01-01", -5.0)), {}, "column 'amount' has a negative amount"),
        (log(("Ann", None, 5.0)), {}, "column 'date' has no date"),
    ],
)
def test_orders_that_cannot_be_read_are_refused(rows, how, message):
    with pytest.raises(ValueError, match=message):
        purchase_summary(rows, **how)


# --- fit -------------------------------------------------------------------------------------------------------------


def test_the_fit_is_the_published_one(model):
    assert (model.r, model.alpha, model.a, model.b) == pytest.approx((0.243, 4.414, 0.793, 2.426), abs=5e-4)
    assert model.log_likelihood == pytest.approx(-9582.4, abs=0.05) and model.n == 2357
    # CLVTools gives one digit more.
    assert model.log_likelihood == pytest.approx(-9582.429, abs=5e-4)


def test_the_log_likelihood_at_the_published_point_is_the_published_one(summary, model):
    at_paper = PAPER.log_likelihood_of(summary)
    assert at_paper == pytest.approx(-9582.4, abs=0.05)
    assert model.log_likelihood == pytest.approx(model.log_likelihood_of(summary))
    assert model.log_likelihood > at_paper


def test_days_give_the_model_of_weeks(summary, model):
    days = fit_bg_nbd(summary.assign(t_x=7 * summary["t_x"], T=7 * summary["T"]))
    assert days.alpha == pytest.approx(7 * model.alpha, rel=1e-3)
    assert (days.r, days.a, days.b) == pytest.approx((model.r, model.a, model.b), rel=1e-3)
    assert days.expected_purchases([273]).iloc[0] == pytest.approx(model.expected_purchases([39]).iloc[0], rel=1e-4)


def test_the_fit_finds_the_parameters_of_simulated_customers():
    planted = BGNBD(0.8, 6.0, 0.6, 2.0)
    found = fit_bg_nbd(simulated(planted, 6000, seed=1))
    assert found.r / found.alpha == pytest.approx(planted.r / planted.alpha, rel=0.1)
    assert found.a / (found.a + found.b) == pytest.approx(planted.a / (planted.a + planted.b), rel=0.1)
    assert found.r == pytest.approx(planted.r, rel=0.1)


def test_customers_who_tell_too_little_are_refused():
    with pytest.raises(ValueError, match="nobody bought again"):
        fit_bg_nbd(customers((0, 0, 10), (0, 0, 12)))
    # All buy at the same pace, and to the end: nothing shows that anybody differs or drops out.
    with pytest.raises(ValueError, match=r"(r|alpha|a|b) runs away to .*: these 50 customers do not tell enough"):
        fit_bg_nbd(customers(*[(10, 39, 39)] * 50))


# --- what it expects -------------------------------------------------------------------------------------------------


def test_the_expected_purchases_are_those_of_the_spreadsheet(model):
    times = [0.1429, 1.0, 3.00, 31.8571, 32.00, 78.00]
    published = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576]
    assert model.expected_purchases(times).tolist() == pytest.approx(published, abs=5e-4)
    assert model.expected_purchases([0]).tolist() == [0]


def test_the_conditional_expectation_is_that_of_the_spreadsheet():
    one = customers((2, 30.43, 38.86))
    assert PAPER.conditional_expected_purchases(one, 39).iloc[0] == pytest.approx(1.226, abs=5e-4)
    assert PAPER.conditional_expected_purchases(one, 0).iloc[0] == 0


@pytest.mark.parametrize("x", [0, 1, 29, 400])
@pytest.mark.parametrize(
    "model", [PAPER, BGNBD(0.5, 4, 1.0, 2.0), BGNBD(1, 5, 3, 9), BGNBD(0.7, 3, 0.3, 0.7), BGNBD(0.7, 3, 0.2, 0.5)]
)
def test_the_formula_is_the_mean_over_all_drop_out_probabilities(model, x):
    # Given p and being alive: (1 − (now / (now + p·t)) ** (r + x)) / p, whose mean over Beta(a, b + x) is wanted.
    age, time = 38.86, 52.0
    now = model.alpha + age

    def given(p):
        return -np.expm1((model.r + x) * np.log(now / (now + p * time))) / p if p else (model.r + x) * time / now

    by_integral = quad(given, 0, 1, weight="alg", wvar=(model.a - 1, model.b + x - 1), limit=200)[0]
    by_integral /= beta(model.a, model.b + x)
    row = customers((x, 38.0 if x else 0.0, age))
    alive = model.probability_alive(row).iloc[0]
    assert model.conditional_expected_purchases(row, time).iloc[0] == pytest.approx(alive * by_integral, rel=1e-5)


def test_the_probability_to_be_alive_by_hand():
    # r = alpha = a = b = 1, x = 1, t_x = 0.5, T = 1: odds to have dropped out are 1/1 · (2 / 1.5)², so 9 / 25.
    assert BGNBD(1, 1, 1, 1).probability_alive(customers((1, 0.5, 1))).iloc[0] == pytest.approx(9 / 25)


def test_whoever_never_bought_again_is_alive_in_this_model():
    assert PAPER.probability_alive(customers((0, 0, 1), (0, 0, 500))).tolist() == [1, 1]


@settings(max_examples=50)
@given(st.integers(1, 2000), st.floats(1, 30), st.floats(0.1, 30), st.floats(0.1, 30))
def test_a_longer_silence_makes_it_less_likely_to_be_alive(x, t_x, silence, more):
    now, later = PAPER.probability_alive(customers((x, t_x, t_x + silence), (x, t_x, t_x + silence + more)))
    assert 0 <= later <= now <= 1


@settings(max_examples=50)
@given(st.integers(0, 5000), st.floats(0.1, 200), st.floats(0.1, 100))
def test_expectations_are_finite_and_rise_with_time(x, age, time):
    row = customers((x, age if x else 0, age))
    some, more = (PAPER.conditional_expected_purchases(row, t).iloc[0] for t in (time, 2 * time))
    assert 0 <= some <= more < np.inf


def test_customers_who_bought_more_often_before_silence_are_more_surely_gone():
    alive = PAPER.probability_alive(customers(*[(x, 30, 39) for x in range(5, 21)]))
    assert alive.is_monotonic_decreasing


def test_expectations_add_up_in_the_second_half(orders, summary, model):
    later = purchase_summary(orders)["x"].sum() - summary["x"].sum()
    expected = model.conditional_expected_purchases(
        summary, (pd.Timestamp("1998-06-30") - pd.Timestamp("1997-09-30")).days / 7
    )
    assert expected.sum() == pytest.approx(later, rel=0.15)
    assert expected.index.equals(summary.index)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: BGNBD(0, 1, 1, 1), "r is 0, but must be"),
        (lambda: BGNBD(1, 1, 1, float("nan")), "b is nan"),
        (lambda: PAPER.expected_purchases([-1]), "time is -1"),
        (lambda: PAPER.conditional_expected_purchases(customers((1, 1, 2)), "39"), "time is '39'"),
        (
            lambda: PAPER.probability_alive(pd.DataFrame({"x": [1]})),
            "column 't_x' .* Make the table with purchase_summ",
        ),
        (
            lambda: PAPER.probability_alive(customers((1.5, 1, 2))),
            "column 'x' has a number of purchases that is not whole",
        ),
        (
            lambda: PAPER.probability_alive(customers((1, 3, 2))),
            "column 't_x' has a last purchase after T in 1 of 1 rows",
        ),
        (lambda: PAPER.probability_alive(customers((0, 1, 2))), "a last repeat purchase that does not fit to x"),
        (lambda: PAPER.probability_alive(customers((1, 0, 2))), "a last repeat purchase that does not fit to x"),
        (lambda: fit_bg_nbd(customers((1, 1, None))), "column 'T' has no value in 1 of 1 rows"),
        (lambda: fit_bg_nbd(customers((-1, 1, 2))), "column 'x' has a value off the scale 0 to inf"),
        (lambda: fit_bg_nbd(customers((1, 1, np.inf))), "column 'T' has an infinite value"),
        (lambda: fit_bg_nbd(customers(("1", 1, 2))), "column 'x' has no number"),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# --- tracking --------------------------------------------------------------------------------------------------------


def test_tracking_counts_repeats_up_to_the_end_of_each_period():
    rows = log(
        ("Ann", "2025-01-01", 1.0), ("Ann", "2025-01-08", 1.0), ("Ann", "2025-01-09", 1.0), ("Bob", "2025-01-08", 1.0),
        ("Bob", "2025-01-20", 1.0),
    )  # fmt: skip
    track = track_purchases(rows, PAPER)
    assert track.index.tolist() == [1, 2] and track["actual"].tolist() == [1, 2]
    one, two = PAPER.expected_purchases([1, 2])
    assert track["expected"].tolist() == pytest.approx([one, two + one])
    assert track_purchases(rows, PAPER, end="2025-01-08")["actual"].tolist() == [1]
    with pytest.raises(ValueError, match=r"the log has 19 days, less than one month\. Take a shorter unit"):
        track_purchases(rows, PAPER, unit="month")


def test_the_model_of_the_first_weeks_tracks_the_rest(orders, model):
    track = track_purchases(orders, model)
    assert track["actual"].iloc[-1] == pytest.approx(track["expected"].iloc[-1], rel=0.06)
    assert track["actual"].is_monotonic_increasing and track["expected"].is_monotonic_increasing
