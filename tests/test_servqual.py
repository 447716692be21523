"""Tests of cxux_helpers.surveys.servqual: gaps per item, per dimension and overall."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from cxux_helpers.estimates import mean
from cxux_helpers.surveys.servqual import SERVQUAL_DIMENSIONS, servqual_gap, servqual_score

# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")

SHORT = {"reliability": 2, "empathy": 1}
NAMES = ["tangibles", "reliability", "responsiveness", "assurance", "empathy"]
GAPS = dict(zip(NAMES, [-0.65, -1.1, -0.83, -0.7, -1.01], strict=True))
tables = st.integers(1, 8).flatmap(
    lambda n: st.tuples(*[st.lists(st.tuples(*[st.integers(1, 7)] * 3), min_size=n, max_size=n)] * 2)
)
fewer = settings(max_examples=40)


def test_unweighted_score_of_five_dimensions_is_the_published_one():
    # 12manage.com, forum on SERVQUAL (J. de Jonge): −4.29 / 5 = −0.86.
    assert servqual_score(GAPS) == pytest.approx(-0.86, abs=0.005)
    assert servqual_score(pd.Series(GAPS)) == pytest.approx(-4.29 / 5)


def test_questionnaire_has_22_items_in_five_dimensions():
    # Parasuraman, Zeithaml and Berry (1988): tangibles 4, reliability 5, responsiveness 4, assurance 4, empathy 5.
    assert dict(SERVQUAL_DIMENSIONS) == dict(zip(NAMES, [4, 5, 4, 4, 5], strict=True))
    gap = servqual_gap(np.full((3, 22), 6), np.full((3, 22), 5))
    assert gap.items["dimension"].tolist() == list(np.repeat(NAMES, [4, 5, 4, 4, 5]))
    assert gap.items.index.tolist() == list(range(1, 23))
    assert (gap.items.index.name, gap.dimensions.index.name) == ("item", "dimension")
    assert gap.dimensions.index.tolist() == NAMES
    assert (gap.dimensions["gap"] == -1).all()
    assert (gap.dimensions["n"] == 3).all()


def test_gaps_of_three_customers_by_hand():
    gap = servqual_gap(
        [[7, 6, 5], [6, 6, 4], [5, 7, 5]],
        [[5, 5, 6], [6, 4, 4], [5, 7, 3]],
        dimensions=SHORT,
        weights={"empathy": 20, "reliability": 80},
    )
    assert gap.items["expectation"].tolist() == pytest.approx([6, 19 / 3, 14 / 3])
    assert gap.items["perception"].tolist() == pytest.approx([16 / 3, 16 / 3, 13 / 3])
    assert gap.items["gap"].tolist() == pytest.approx([-2 / 3, -1, -1 / 3])
    # Each customer's reliability: −1.5, −1 and 0; empathy: 1, 0 and −2.
    assert gap.dimensions["expectation"].tolist() == pytest.approx([37 / 6, 14 / 3])
    assert gap.dimensions["perception"].tolist() == pytest.approx([16 / 3, 13 / 3])
    assert gap.dimensions["gap"].tolist() == pytest.approx([-2.5 / 3, -1 / 3])
    assert gap.unweighted == mean([-0.25, -0.5, -1], scale=(-6, 6), name="SERVQUAL (unweighted)")
    expected = mean([-1.0, -0.8, -0.4], scale=(-6, 6), name="SERVQUAL (weighted)")
    assert gap.weighted.value == pytest.approx(expected.value)
    assert (gap.weighted.low, gap.weighted.high) == pytest.approx((expected.low, expected.high))
    assert (gap.weighted.name, gap.weighted.n) == ("SERVQUAL (weighted)", 3)


def test_intervals_are_t_intervals_over_customers_at_the_confidence_asked_for():
    expected, perceived = [[7, 6, 5], [6, 6, 4], [5, 7, 5]], [[5, 5, 6], [6, 4, 4], [5, 7, 3]]
    gap = servqual_gap(
        expected, perceived, dimensions=SHORT, weights={"reliability": 50, "empathy": 50}, confidence=0.5
    )
    of_empathy = mean([1, 0, -2], confidence=0.5)
    assert gap.dimensions.loc["empathy", ["low", "high"]].tolist() == pytest.approx([of_empathy.low, of_empathy.high])
    assert gap.items.loc[3, ["low", "high"]].tolist() == pytest.approx([of_empathy.low, of_empathy.high])
    assert gap.unweighted.confidence == gap.weighted.confidence == 0.5
    assert gap.weighted.value == pytest.approx(gap.unweighted.value)


def test_intervals_are_at_95_percent_unless_told_otherwise():
    gap = servqual_gap([[4], [5]], [[5], [5]], dimensions={"all": 1}, weights={"all": 100})
    assert gap.unweighted.confidence == gap.weighted.confidence == 0.95
    assert gap.items.loc[1, ["low", "high"]].tolist() == pytest.approx([gap.unweighted.low, gap.unweighted.high])


def test_points_may_differ_between_customers():
    expected, perceived = [[7, 6, 5], [6, 6, 4]], [[5, 5, 6], [6, 4, 4]]
    points = pd.DataFrame({"empathy": [100, 20], "reliability": [0, 80]})
    gap = servqual_gap(expected, perceived, dimensions=SHORT, weights=points)
    # The first customer's empathy alone, 1; the second's −1 · 0.8 + 0 · 0.2.
    assert gap.weighted.value == pytest.approx((1 - 0.8) / 2)


def test_without_points_there_is_no_weighted_score():
    assert servqual_gap([[1, 2, 3]], [[3, 2, 1]], dimensions=SHORT).weighted is None


def test_an_overall_gap_counts_each_dimension_the_same_however_many_items_it_has():
    gap = servqual_gap([[6, 6, 6]], [[4, 4, 6]], dimensions=SHORT)
    assert gap.unweighted.value == -1


def test_lowest_gap_stays_on_the_scale_whatever_the_points():
    thirds = dict.fromkeys(("a", "b", "c"), 100 / 3)
    gap = servqual_gap([[7, 7, 7]] * 3, [[1, 1, 1]] * 3, dimensions={"a": 1, "b": 1, "c": 1}, weights=thirds)
    assert (gap.weighted.value, gap.weighted.low) == pytest.approx((-6, -6))


def test_a_single_customer_bounds_nothing():
    gap = servqual_gap([[4, 4, 4]], [[3, 3, 3]], dimensions=SHORT, scale=5)
    assert gap.items["low"].tolist() == [-4] * 3
    assert gap.items["high"].tolist() == [4] * 3
    assert (gap.unweighted.low, gap.unweighted.high) == (-4, 4)


def test_scores_from_a_report_may_be_weighted_too():
    points = dict(zip(NAMES, [10, 30, 25, 20, 15], strict=True))
    by_hand = (10 * -0.65 + 30 * -1.1 + 25 * -0.83 + 20 * -0.7 + 15 * -1.01) / 100
    assert servqual_score(GAPS, weights=points) == pytest.approx(by_hand)
    assert servqual_score(GAPS, weights=pd.Series(points)[::-1]) == pytest.approx(by_hand)
    assert servqual_score(GAPS, weights=dict.fromkeys(NAMES, 20)) == pytest.approx(servqual_score(GAPS))


def test_missing_answers_count_neither_in_the_item_nor_in_what_rests_on_it():
    expected = [[7, None, 5], [6, 6, 4], [5, 5, 5]]
    perceived = [[5, 5, 6], [6, 4, 4], [4, 4, None]]
    gap = servqual_gap(expected, perceived, dimensions=SHORT, weights={"reliability": 80, "empathy": 20})
    assert gap.items["n"].tolist() == [3, 2, 2]
    assert gap.items["gap"].tolist() == pytest.approx([-1, -1.5, 0.5])
    assert gap.items["expectation"].tolist() == pytest.approx([6, 5.5, 4.5])
    assert gap.dimensions["n"].tolist() == [2, 2]
    assert gap.dimensions["gap"].tolist() == pytest.approx([-1, 0.5])
    assert gap.unweighted.n == gap.weighted.n == 1
    assert (gap.unweighted.value, gap.weighted.value) == pytest.approx((-0.5, -0.8))


@fewer
@given(tables)
def test_overall_is_the_mean_of_the_dimensions_and_a_dimension_that_of_its_items(both):
    gap = servqual_gap(*both, dimensions=SHORT)
    assert gap.unweighted.value == pytest.approx(gap.dimensions["gap"].mean())
    by_items = gap.items.groupby("dimension")["gap"].mean()
    assert gap.dimensions["gap"].to_dict() == pytest.approx(by_items.to_dict())
    assert gap.unweighted.value == pytest.approx(servqual_score(gap.dimensions["gap"]))
    assert gap.dimensions[["gap", "low", "high"]].stack().between(-6, 6).all()


@fewer
@given(tables)
def test_swapping_expectation_and_perception_turns_the_sign(both):
    forth, back = servqual_gap(*both, dimensions=SHORT), servqual_gap(*both[::-1], dimensions=SHORT)
    assert forth.items["gap"].tolist() == pytest.approx((-back.items["gap"]).tolist())
    assert forth.unweighted.value == pytest.approx(-back.unweighted.value)


@fewer
@given(tables, st.randoms())
def test_order_of_customers_does_not_matter(both, random):
    order = random.sample(range(len(both[0])), len(both[0]))
    shuffled = [[rows[place] for place in order] for rows in both]
    one, other = servqual_gap(*both, dimensions=SHORT), servqual_gap(*shuffled, dimensions=SHORT)
    assert_frame_equal(one.items, other.items)
    assert_frame_equal(one.dimensions, other.dimensions)


def test_tables_keep_their_customers():
    customers = pd.Index(["Ann", "Bob"])
    expected = pd.DataFrame([[7, 6, 5], [6, 6, 4]], index=customers, columns=["e1", "e2", "e3"])
    perceived = pd.DataFrame([[5, 5, 6], [6, 4, 4]], index=customers, columns=["p1", "p2", "p3"])
    points = pd.DataFrame({"reliability": [80, 80], "empathy": [20, 20]}, index=customers)
    before = expected.copy(deep=True)
    gap = servqual_gap(expected, perceived, dimensions=SHORT, weights=points)
    assert gap.weighted.value == pytest.approx(-0.9)
    assert_frame_equal(expected, before)


FRAME = pd.DataFrame([[7, 6, 5], [6, 6, 4]])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"expectations": [[8, 6, 5], [6, 6, 4]]}, "column 'item 1' has a value off the scale 1 to 7"),
        ({"scale": 5}, "off the scale 1 to 5"),
        ({"scale": 1}, "scale is 1, but must be a whole number of 2 or more"),
        ({"perceptions": [[5, 5], [6, 4]]}, r"SERVQUAL \(perceptions\) has 3 items, but a person has 2 answers"),
        ({"dimensions": {"all": 4}}, r"SERVQUAL \(expectations\) has 4 items"),
        ({"dimensions": {"all": 0}}, "the number of items of all is 0"),
        ({"perceptions": [[5, 5, 6]]}, r"expectations \(2 rows\) and perceptions \(1 rows\) are not of the same cust"),
        (
            {"expectations": FRAME, "perceptions": FRAME.set_axis([1, 2])},
            r"\(2 rows\) are not of the same customers\. Give both for the same customers in the same order",
        ),
        ({"perceptions": [[None, 5, 6], [None, 4, 4]]}, "nobody answered item 1 in full, both times"),
        ({"perceptions": [[None, 5, 6], [6, None, 4]]}, "nobody answered reliability in full, both times"),
        ({"perceptions": [[None, 5, 6], [6, 4, None]]}, "no customer answered every item both times"),
        (
            {"weights": {"reliability": 80}},
            "the points are for reliability, but the dimensions are reliability, empathy",
        ),
        (
            {"weights": {"reliability": 80, "empathy": 10, "price": 10}},
            "the points are for reliability, empathy, price",
        ),
        ({"weights": {"reliability": 80, "empathy": 10}}, "a sum other than 100 in 2 of 2 rows, first 90"),
        ({"weights": {"reliability": 110, "empathy": -10}}, "column 'reliability' has a value off the scale 0 to 100"),
        ({"weights": {"reliability": "80", "empathy": 20}}, "column 'reliability' has no number"),
        ({"weights": {"reliability": None, "empathy": 100}}, "column 'reliability' has no value"),
        (
            {"weights": pd.DataFrame({"reliability": [80], "empathy": [20]})},
            r"the points \(1 rows\) and the answers \(2 rows\) are of other customers",
        ),
        ({"confidence": 95}, "confidence is 95"),
    ],
)
def test_servqual_gap_explains_what_is_wrong(change, message):
    good = {"expectations": [[7, 6, 5], [6, 6, 4]], "perceptions": [[5, 5, 6], [6, 4, 4]], "dimensions": SHORT}
    with pytest.raises(ValueError, match=message):
        servqual_gap(**{**good, **change})


@pytest.mark.parametrize(
    ("gaps", "weights", "message"),
    [
        ({}, None, "there are no gaps"),
        ({"empathy": math.nan}, None, "the gap of empathy is nan"),
        ({"empathy": "-1"}, None, "the gap of empathy is '-1'"),
        ({"empathy": -1}, {"empathy": 90}, "a sum other than 100"),
        ({"empathy": -1}, {"reliability": 100}, "the points are for reliability, but the dimensions are empathy"),
    ],
)
def test_servqual_score_explains_what_is_wrong(gaps, weights, message):
    with pytest.raises(ValueError, match=message):
        servqual_score(gaps, weights=weights)


def test_points_that_miss_100_by_half_a_point_are_refused():
    answers = pd.DataFrame([[4, 5]])
    with pytest.raises(ValueError, match=r"a sum other than 100.*Share out 100 points over the dimensions"):
        servqual_gap(answers, answers, dimensions={"a": 1, "b": 1}, weights={"a": 60, "b": 39.5})


def test_the_interval_of_a_weighted_score_stays_on_the_scale():
    expected, perceived = pd.DataFrame([[1, 1], [1, 1]]), pd.DataFrame([[7, 7], [1, 1]])
    overall = servqual_gap(expected, perceived, dimensions={"a": 1, "b": 1}, weights={"a": 50, "b": 50}).weighted
    assert (overall.low, overall.value, overall.high) == (-6, 3, 6)


def test_the_dimension_stands_first_in_the_table_of_items_and_n_is_whole():
    gap = servqual_gap([[4, 5]], [[5, 5]], dimensions={"a": 1, "b": 1})
    assert gap.items.columns[0] == "dimension"
    assert gap.items["n"].dtype.kind == gap.dimensions["n"].dtype.kind == "i"
