"""Tests of cxux_helpers.datasets.drivers: the plain correlation is misled, and the shares find what was planted."""

import pandas as pd
import pytest

from cxux_helpers.datasets.drivers import DRIVER_WEIGHTS, make_driver_survey
from cxux_helpers.drivers import DRIVER_QUADRANTS, driver_correlations, importance_performance, johnson_weights, lmg

pytestmark = pytest.mark.filterwarnings("error")

SEEDS = range(8)


def order(values):
    return values.sort_values(ascending=False).index.tolist()


@pytest.mark.parametrize("seed", SEEDS)
def test_the_plain_correlation_misorders_the_drivers_and_the_shares_do_not(seed):
    survey, truth = make_driver_survey(seed=seed)
    arguments = survey, "satisfaction", list(truth.index)
    assert order(lmg(*arguments)) == order(johnson_weights(*arguments)) == order(truth)
    misled = order(driver_correlations(*arguments))
    assert misled[0] == "waiting" and misled.index("price") >= 2  # truly the first


@pytest.mark.parametrize("seed", SEEDS)
def test_each_driver_has_a_quadrant_of_its_own(seed):
    survey, truth = make_driver_survey(seed=seed)
    table = importance_performance(survey, "satisfaction", list(truth.index))
    assert table["quadrant"].to_dict() == dict(
        zip(["price", "waiting", "clarity", "friendliness"], DRIVER_QUADRANTS, strict=True)
    )


def test_the_heaviest_driver_stands_outside_the_halo():
    survey, truth = make_driver_survey(2000, seed=3)
    together = survey[list(truth.index)].corr()
    assert together["price"].drop("price").abs().max() < 0.03  # not exactly 0 only because of rounding
    assert together.loc["waiting", "clarity"] == pytest.approx(0.75, abs=0.06)


def test_other_drivers_can_be_planted():
    weights = {"speed": 0.1, "look": 0.3, "help": 0.7, "range": 0.2, "site": 0.0}
    survey, truth = make_driver_survey(1000, weights=weights, seed=1)
    assert truth.to_dict() == weights and truth.index.name == "driver"
    assert survey.columns.tolist() == ["customer_id", *weights, "satisfaction"]
    assert order(lmg(survey, "satisfaction", list(weights))) == order(truth)


def test_ratings_are_whole_and_on_their_scale():
    survey, truth = make_driver_survey(seed=2)
    answers = survey.drop(columns="customer_id")
    assert answers.isin(range(1, 11)).all(axis=None) and len(survey) == 400
    assert survey["customer_id"].tolist() == list(range(1, 401))
    assert truth.to_dict() == dict(DRIVER_WEIGHTS)


def test_the_same_seed_gives_the_same_survey():
    pd.testing.assert_frame_equal(make_driver_survey(seed=4).data, make_driver_survey(seed=4).data)
    assert not make_driver_survey(seed=4).data.equals(make_driver_survey(seed=5).data)


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"n": 99}, "n is 99, but must be a whole number of 100 or more"),
        ({"weights": {"a": 1, "b": 2}}, "there are 2 drivers, but a halo needs three"),
        ({"weights": {"a": 1, "b": 2, "c": -1}}, "weight of 'c' is -1"),
        ({"weights": {"a": 2, "b": 2, "c": 1}}, r"several drivers have the weight 2\. Make one heavier"),
    ],
)
def test_a_survey_that_cannot_be_made_is_refused(how, message):
    with pytest.raises(ValueError, match=message):
        make_driver_survey(**how)
