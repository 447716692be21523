"""Tests of cxux_helpers.drivers: shares as published by R's relaimpo, by hand, and what they must add up to.

Published figures: calc.relimp(type = "lmg") of relaimpo 2.2-7 on the data sets swiss and mtcars of R, and Johnson's
weights of the same by the package relativeImp 0.0.2 and the documentation of R's rwa; quoted in a public test suite.
"""

import time
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.drivers import (
    DRIVER_QUADRANTS,
    driver_correlations,
    driver_shares,
    importance_performance,
    johnson_weights,
    lmg,
)

pytestmark = pytest.mark.filterwarnings("error")

# Fertility, Agriculture, Examination, Education, Catholic, Infant.Mortality (R's swiss, 47 provinces about 1888).
SWISS = """
80.2 17 15 12 9.96 22.2   83.1 45.1 6 9 84.84 22.2   92.5 39.7 5 5 93.4 20.2    85.8 36.5 12 7 33.77 20.3
76.9 43.5 17 15 5.16 20.6 76.1 35.3 9 7 90.57 26.6   83.8 70.2 16 7 92.85 23.6  92.4 67.8 14 8 97.16 24.9
82.4 53.3 12 7 97.67 21   82.9 45.2 16 13 91.38 24.4 87.1 64.5 14 6 98.61 24.5  64.1 62 21 12 8.52 16.5
66.9 67.5 14 7 2.27 19.1  68.9 60.7 19 12 4.43 22.7  61.7 69.3 22 5 2.82 18.7   68.3 72.6 18 2 24.2 21.2
71.7 34 17 8 3.3 20       55.7 19.4 26 28 12.11 20.2 54.3 15.2 31 20 2.15 10.8  65.1 73 19 9 2.84 20
65.5 59.8 22 10 5.23 18   65 55.1 14 3 4.52 22.4     56.6 50.9 22 12 15.14 16.7 57.4 54.1 20 6 4.2 15.3
72.5 71.2 12 1 2.4 21     74.2 58.1 14 8 5.23 23.8   72 63.5 6 3 2.56 18        60.5 60.8 16 10 7.72 16.3
58.3 26.8 25 19 18.46 20.9 65.4 49.5 15 8 6.1 22.5   75.5 85.9 3 2 99.71 15.1   69.3 84.9 7 6 99.68 19.8
77.3 89.7 5 2 100 18.3    70.5 78.2 12 6 98.96 19.4  79.4 64.9 7 3 98.22 20.2   65 75.9 9 9 99.06 17.8
92.2 84.6 3 3 99.46 16.3  79.3 63.1 13 13 96.83 18.1 70.4 38.4 26 12 5.62 20.3  65.7 7.7 29 11 13.79 20.5
72.7 16.7 22 13 11.22 18.9 64.4 17.6 35 32 16.92 23  77.6 37.6 15 7 4.97 20     67.6 18.7 25 7 8.65 19.5
35 1.2 37 53 42.34 18     44.7 46.6 16 29 50.43 18.2 42.8 27.7 22 29 58.33 19.3
"""
SWISS_DRIVERS = ["Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality"]
# mpg, cyl, disp, hp, gear (R's mtcars).
MTCARS = """
21 6 160 110 4     21 6 160 110 4     22.8 4 108 93 4    21.4 6 258 110 3   18.7 8 360 175 3   18.1 6 225 105 3
14.3 8 360 245 3   24.4 4 146.7 62 4  22.8 4 140.8 95 4  19.2 6 167.6 123 4 17.8 6 167.6 123 4 16.4 8 275.8 180 3
17.3 8 275.8 180 3 15.2 8 275.8 180 3 10.4 8 472 205 3   10.4 8 460 215 3   14.7 8 440 230 3   32.4 4 78.7 66 4
30.4 4 75.7 52 4   33.9 4 71.1 65 4   21.5 4 120.1 97 3  15.5 8 318 150 3   15.2 8 304 150 3   13.3 8 350 245 3
19.2 8 400 175 3   27.3 4 79 66 4     26 4 120.3 91 5    30.4 4 95.1 113 5  15.8 8 351 264 5   19.7 6 145 175 5
15 8 301 335 5     21.4 4 121 109 4
"""
CAR_DRIVERS = ["cyl", "disp", "hp", "gear"]


def read(text, columns):
    return pd.DataFrame(np.array(text.split(), dtype=float).reshape(-1, len(columns)), columns=columns)


@pytest.fixture(scope="module")
def swiss():
    return read(SWISS, ["Fertility", *SWISS_DRIVERS])


@pytest.fixture(scope="module")
def mtcars():
    return read(MTCARS, ["mpg", *CAR_DRIVERS])


def ratings(n, k, seed, common=1.0):
    """k drivers with a feeling in common, and an outcome made of them."""
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, k)) + common * rng.normal(size=(n, 1))
    survey = pd.DataFrame(values, columns=[f"d{i}" for i in range(k)])
    survey["y"] = values @ rng.uniform(0, 1, k) + rng.normal(size=n)
    return survey, [f"d{i}" for i in range(k)]


def r_squared(survey, outcome, drivers):
    if not drivers:
        return 0.0
    x = np.column_stack([np.ones(len(survey)), survey[list(drivers)]])
    residuals = survey[outcome] - x @ np.linalg.lstsq(x, survey[outcome], rcond=None)[0]
    return 1 - residuals @ residuals / ((survey[outcome] - survey[outcome].mean()) ** 2).sum()


def test_lmg_is_that_of_relaimpo(swiss, mtcars):
    found = lmg(swiss, "Fertility", SWISS_DRIVERS)
    published = [0.0570912207681, 0.1711730289002, 0.2601346786244, 0.1055701503735, 0.1127659229265]
    assert found.tolist() == pytest.approx(published, abs=1e-12)
    assert found.sum() == pytest.approx(0.706735001593, abs=1e-12)
    assert found.index.tolist() == SWISS_DRIVERS and found.index.name == "driver"
    cars = [0.2470520332352, 0.2434995947956, 0.2109128995443, 0.0777251114079]
    assert lmg(mtcars, "mpg", CAR_DRIVERS).tolist() == pytest.approx(cars, abs=1e-12)


def test_johnson_weights_are_the_published_ones(swiss, mtcars):
    published = [0.048416895812, 0.154708249806, 0.271964104646, 0.114680029948, 0.116965721381]
    assert johnson_weights(swiss, "Fertility", SWISS_DRIVERS).tolist() == pytest.approx(published, abs=1e-11)
    cars = johnson_weights(mtcars, "mpg", CAR_DRIVERS)
    assert cars.tolist() == pytest.approx([0.228479725928, 0.222146870540, 0.232174439299, 0.096388603215], abs=1e-11)
    assert cars.sum() == pytest.approx(0.779189638983, abs=1e-11)


def test_squared_correlations_are_what_relaimpo_calls_first(swiss):
    published = [0.124664909906, 0.417164470501, 0.440615646724, 0.215003501619, 0.173518927325]
    found = driver_correlations(swiss, "Fertility", SWISS_DRIVERS)
    assert (found**2).tolist() == pytest.approx(published, abs=1e-11)
    assert found["Examination"] < 0 < found["Catholic"]


def test_lmg_is_the_mean_gain_over_all_orders():
    survey, drivers = ratings(60, 4, seed=3)
    gains = dict.fromkeys(drivers, 0.0)
    orders = list(permutations(drivers))
    for order in orders:
        for place, driver in enumerate(order):
            before, after = order[:place], order[: place + 1]
            gains[driver] += (r_squared(survey, "y", after) - r_squared(survey, "y", before)) / len(orders)
    assert lmg(survey, "y", drivers).to_dict() == pytest.approx(gains)


@settings(max_examples=25)
@given(st.integers(1, 6), st.integers(0, 10**6), st.floats(0, 3))
def test_shares_are_not_negative_and_add_up_to_r_squared(k, seed, common):
    survey, drivers = ratings(50, k, seed, common)
    for method in (lmg, johnson_weights):
        shares = method(survey, "y", drivers)
        assert (shares >= 0).all()
        assert shares.sum() == pytest.approx(r_squared(survey, "y", drivers))


@settings(max_examples=25)
@given(st.integers(0, 10**6), st.floats(0.1, 100), st.floats(-50, 50))
def test_units_people_and_names_do_not_matter(seed, unit, zero):
    survey, drivers = ratings(40, 4, seed)
    other = (
        pd.concat([survey, survey]).sample(frac=1, random_state=1).assign(d0=lambda table: zero - unit * table["d0"])
    )
    for method in (lmg, johnson_weights):
        shares = method(survey, "y", drivers)
        assert method(other, "y", drivers[::-1])[drivers].tolist() == pytest.approx(shares.tolist(), abs=1e-9)


def test_uncorrelated_drivers_get_their_squared_correlation_by_every_method():
    survey = pd.DataFrame({"a": [1, 1, -1, -1] * 2, "b": [1, -1, 1, -1] * 2, "y": [4, 1, 0, -3, 3, 1, 1, -3]})
    squared = driver_correlations(survey, "y", ["a", "b"]) ** 2
    for method in (lmg, johnson_weights):
        assert method(survey, "y", ["a", "b"]).tolist() == pytest.approx(squared.tolist())


def test_one_driver_alone_gets_all():
    survey, _ = ratings(30, 2, seed=5)
    squared = np.corrcoef(survey["d0"], survey["y"])[0, 1] ** 2
    assert lmg(survey, "y", ["d0"]).iloc[0] == pytest.approx(squared)
    assert johnson_weights(survey, "y", ["d0"]).iloc[0] == pytest.approx(squared)


def test_fifteen_drivers_take_seconds_at_most_and_sixteen_are_refused():
    survey, drivers = ratings(300, 16, seed=1)
    start = time.perf_counter()
    assert lmg(survey, "y", drivers[:15]).sum() == pytest.approx(r_squared(survey, "y", drivers[:15]))
    assert time.perf_counter() - start < 5
    with pytest.raises(ValueError, match=r"there are 16 drivers, too many .* Take at most 15, or use johnson_weights"):
        lmg(survey, "y", drivers)
    assert johnson_weights(survey, "y", drivers).sum() == pytest.approx(r_squared(survey, "y", drivers))


def test_driver_shares_add_up_to_one_by_each_method(swiss):
    shares = driver_shares(swiss, "Fertility", SWISS_DRIVERS)
    assert shares.columns.tolist() == ["correlation", "johnson", "lmg"]
    assert shares.sum().tolist() == pytest.approx([1, 1, 1])
    # relaimpo with rela = TRUE.
    published = [0.0807816517357, 0.2422025632160, 0.3680795178364, 0.1493772773891, 0.1595589898228]
    assert shares["lmg"].tolist() == pytest.approx(published, abs=1e-11)
    nothing = pd.DataFrame({"a": [1, 1, -1, -1], "y": [1, -1, 1, -1]})
    with pytest.raises(ValueError, match="the drivers explain nothing of 'y'"):
        driver_shares(nothing, "y", ["a"])


def quadrant_survey():
    """Four uncorrelated drivers; a and b matter, and b and c are rated well."""
    signs = np.array(np.meshgrid(*[[-1, 1]] * 4)).reshape(4, -1).T
    survey = pd.DataFrame(signs + np.array([3, 7, 7, 3]), columns=list("abcd"))
    survey["y"] = 2 * survey["a"] + 2 * survey["b"] + survey["c"] + survey["d"]
    return survey


@pytest.mark.parametrize("method", ["lmg", "johnson", "correlation"])
def test_each_quadrant_has_its_name(method):
    table = importance_performance(quadrant_survey(), "y", list("abcd"), method=method)
    assert table["quadrant"].to_dict() == dict(zip("abdc", DRIVER_QUADRANTS, strict=True))
    assert table["performance"].tolist() == [3, 7, 7, 3]
    importance = [0.4, 0.4, 0.1, 0.1]
    assert table["importance"].tolist() == pytest.approx(np.sqrt(importance) if method == "correlation" else importance)


def test_a_driver_on_a_line_counts_as_above_it():
    survey = quadrant_survey()
    survey["y"] = survey[list("abcd")].sum(axis=1)
    survey[list("abcd")] = survey[list("abcd")] - survey[list("abcd")].mean() + 0.1 * 3  # equal but for rounding
    table = importance_performance(survey, "y", list("abcd"))
    assert set(table["quadrant"]) == {"Keep up the good work"}


def good():
    return pd.DataFrame({"a": [1, 2, 3, 4, 6], "b": [2, 1, 4, 3, 3], "y": [1, 2, 3, 4, 4]})


@pytest.mark.parametrize(
    ("survey", "outcome", "drivers", "message"),
    [
        (good(), "y", ["a", "c"], "column 'c' is not in the table; it has: a, b, y. Pass names"),
        (good(), "y", ["a", "a"], "column 'a' is named 2 times"),
        (good(), "a", ["a", "b"], "column 'a' is named 2 times"),
        (good(), "y", [], "there are no drivers"),
        (good(), "y", "a", r"drivers is 'a', one text. Give a list of columns, like \['a'\]"),
        (
            good().assign(b=[1, None, 2, 2, 3]),
            "y",
            ["a", "b"],
            r"column 'b' has no value in 1 of 5 rows.*and say how many",
        ),
        (good().assign(b=list("34567")), "y", ["a", "b"], "column 'b' has no number"),
        (good().assign(b=[True, False] * 2 + [True]), "y", ["a", "b"], "column 'b' has no number"),
        (good().assign(b=[1, np.inf, 2, 2, 2]), "y", ["a", "b"], "column 'b' has an infinite value"),
        (good().assign(b=3), "y", ["a", "b"], "column 'b' is 3 for everybody.*Leave it out"),
        (good().assign(y=3), "y", ["a", "b"], "column 'y' is 3 for everybody"),
        (
            good().assign(c=lambda t: t["a"] + 2 * t["b"]),
            "y",
            ["a", "b", "c"],
            "driver 'c' can be computed from 'a', 'b'",
        ),
        (good().assign(c=lambda t: 7 - t["b"]), "y", ["b", "a", "c"], "driver 'c' can be computed from 'b', so nobody"),
        (good().head(3), "y", ["a", "b"], "there are 3 people and 2 drivers, but at least 4 people are needed"),
    ],
)
@pytest.mark.parametrize("method", [lmg, johnson_weights, driver_correlations, importance_performance])
def test_what_cannot_be_analysed_is_refused(survey, outcome, drivers, message, method):
    with pytest.raises(ValueError, match=message):
        method(survey, outcome, drivers)


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="method is 'beta'; choose 'lmg', 'johnson' or 'correlation'"):
        importance_performance(good(), "y", ["a", "b"], method="beta")


def test_the_survey_is_left_as_it_was(swiss):
    before = swiss.copy()
    importance_performance(swiss, "Fertility", SWISS_DRIVERS)
    pd.testing.assert_frame_equal(swiss, before)
