"""Tests of cxux_helpers.datasets.surveys: the course's functions find what was planted in the made-up surveys."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from cxux_helpers.datasets.surveys import make_kano_survey, make_survey
from cxux_helpers.surveys.kano import kano, kano_class
from cxux_helpers.surveys.nps import nps
from cxux_helpers.surveys.satisfaction import ces, csat

# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")

SEEDS = range(6)
SCORES = {
    "csat": (csat, 0.05),
    "nps": (nps, 8),
    "ces": (lambda answers: ces(answers, version="2.0", convention="top3"), 0.05),
}


def test_survey_has_a_row_for_everybody_who_was_asked():
    data, truth = make_survey(500, seed=2)
    assert list(data.columns) == ["customer_id", "segment", "csat", "nps", "ces"]
    assert data["customer_id"].tolist() == truth.index.tolist() == list(range(1, 501))
    assert data["segment"].value_counts(normalize=True).to_dict() == {
        "Regulars": 0.45,
        "Occasional": 0.35,
        "Leaving": 0.2,
    }
    assert truth.notna().all(axis=None)
    for question, low, high in (("csat", 1, 5), ("nps", 0, 10), ("ces", 1, 7)):
        assert truth[question].between(low, high).all()
        assert set(truth[question]) > {high, high - 1}


def test_whoever_answers_answers_everything_and_truly():
    data, truth = make_survey(seed=3)
    answered = data[["csat", "nps", "ces"]].notna()
    assert (answered.all(axis=1) == answered.any(axis=1)).all()
    rows = data.set_index("customer_id")[["csat", "nps", "ces"]].dropna()
    assert_frame_equal(rows, truth.loc[rows.index].astype(float))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_unhappy_answer_least(seed):
    data, truth = make_survey(seed=seed)
    rates = data.groupby("segment")["csat"].apply(lambda answers: answers.notna().mean())
    happy = truth["csat"].groupby(data["segment"].to_numpy()).mean()
    assert (
        rates.sort_values().index.tolist()
        == happy.sort_values().index.tolist()
        == ["Leaving", "Occasional", "Regulars"]
    )
    assert rates.to_dict() == pytest.approx({"Leaving": 0.1, "Occasional": 0.3, "Regulars": 0.6}, abs=0.06)


@pytest.mark.parametrize("question", SCORES)
@pytest.mark.parametrize("seed", SEEDS)
def test_all_answers_flatter_the_shop_and_segments_counted_by_their_size_do_not(seed, question):
    (data, truth), (score, tolerance) = make_survey(4000, seed=seed), SCORES[question]
    true = score(truth[question]).value
    # The naive way misses by more than its own interval says; the weighted way comes near.
    assert score(data[question]).low > true + tolerance
    by_segment = data.groupby("segment")[question].apply(lambda answers: score(answers).value)
    weighted = (by_segment * data["segment"].value_counts(normalize=True)).sum()
    assert weighted == pytest.approx(true, abs=tolerance)


@pytest.mark.parametrize("seed", SEEDS)
def test_kano_finds_the_planted_classes_and_the_one_that_is_not_clear(seed):
    answers, truth = make_kano_survey(seed=seed)
    table = kano(answers)
    assert table.index.tolist() == truth.index.tolist()
    assert table["clear"].tolist() == truth["clear"].tolist()
    assert table.loc[truth["clear"], "class"].to_dict() == truth.loc[truth["clear"], "class"].to_dict()
    assert set(table.loc["Loyalty points", ["class", "second"]]) == {"A", "I"}


def test_kano_survey_has_a_row_for_each_customer_and_feature():
    answers, truth = make_kano_survey(60, seed=5)
    assert list(answers.columns) == ["customer_id", "feature", "functional", "dysfunctional"]
    assert len(answers) == 60 * len(truth)
    assert not answers.duplicated(["customer_id", "feature"]).any()
    assert answers["customer_id"].is_monotonic_increasing
    assert truth["class"].tolist() == ["M", "O", "A", "I", "R", "A"]
    assert truth.loc[~truth["clear"], "second"].tolist() == ["I"]


@pytest.mark.parametrize("seed", SEEDS)
def test_few_answers_are_missing_and_none_is_questionable(seed):
    answers = make_kano_survey(400, seed=seed).data
    assert 0.01 < answers[["functional", "dysfunctional"]].isna().to_numpy().mean() < 0.03
    assert "Q" not in set(kano_class(answers["functional"], answers["dysfunctional"]).dropna())


@pytest.mark.parametrize("make", [make_survey, make_kano_survey])
def test_same_seed_gives_the_same_answers_and_another_seed_others(make):
    (data, truth), (again, truth_again) = make(200, seed=4), make(200, seed=4)
    assert_frame_equal(data, again)
    assert_frame_equal(truth, truth_again)
    assert not data.equals(make(200, seed=5).data)


@pytest.mark.parametrize(("make", "least"), [(make_survey, 100), (make_kano_survey, 50)])
def test_too_few_customers_are_refused(make, least):
    assert isinstance(make(least).data, pd.DataFrame)
    with pytest.raises(ValueError, match=f"n_customers is {least - 1}, but must be a whole number of {least} or more"):
        make(least - 1)
