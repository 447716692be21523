"""Tests of cxux_helpers.surveys.kano: classes of pairs and features, Fong's test, coefficients and means."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from cxux_helpers.estimates import proportion
from cxux_helpers.surveys.kano import KANO_ANSWERS, KANO_CLASSES, kano, kano_class, kano_from_counts, kano_means

# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")

# Matzler, Hinterhuber, Bailom and Sauerwein (1996) and Berger et al. (1993): rows with the feature, columns without.
GRID = ["QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ"]

# github stp4/stp25kano, README.md: counts of M, O, A, I, R and Q; class; CS+ and CS−; both sides of Fong's test.
PUBLISHED = {
    "Service app": ((95, 123, 45, 33, 0, 0), "O", 0.568, -0.736, 28, 19.4),
    "Excellent service": ((101, 54, 54, 81, 3, 3), "M", 0.372, -0.534, 20, 18.5),
    "Hotline": ((15, 24, 121, 124, 6, 6), "I", 0.511, -0.137, 3, 19.8),
    "Loan machine": ((65, 87, 93, 51, 0, 0), "A", 0.608, -0.514, 6, 18.5),
    "Ready-to-use return": ((9, 18, 83, 177, 6, 3), "I", 0.352, -0.094, 94, 19.9),
}

pairs = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=40)
rows_of_counts = st.lists(st.tuples(*[st.integers(0, 60)] * 6).filter(any), min_size=1, max_size=6)


def counted(rows, index=None):
    return pd.DataFrame(rows, columns=list("MOAIRQ"), index=index)


def answers_to(feature, rows):
    return pd.DataFrame(rows, columns=["functional", "dysfunctional"]).assign(feature=feature)


# -- pairs --------------------------------------------------------------------------------------------------


def test_every_pair_has_the_class_of_the_published_table():
    with_it, without = zip(*[(row, column) for row in range(5) for column in range(5)], strict=True)
    expected = list("".join(GRID))
    by_word = kano_class([KANO_ANSWERS[place] for place in with_it], [KANO_ANSWERS[place] for place in without])
    assert by_word.tolist() == expected
    assert kano_class(np.array(with_it) + 1, np.array(without) + 1).tolist() == expected
    assert KANO_ANSWERS == ("like", "must be", "neutral", "live with", "dislike")


def test_words_and_numbers_may_stand_side_by_side():
    assert kano_class(["like", "neutral"], [5, 5]).tolist() == ["O", "M"]


def test_classes_are_categories_in_the_order_of_ties():
    classes = kano_class(pd.Series([1, 1], index=["Ann", "Bob"]), pd.Series([5, 1], index=["Ann", "Bob"]))
    assert classes.cat.categories.tolist() == list("MOAIRQ") == list(KANO_CLASSES)
    assert classes.to_dict() == {"Ann": "O", "Bob": "Q"}
    assert classes.name == "class"


def test_a_pair_with_a_missing_answer_has_no_class():
    for missing in ([1, None, 1], ["like", None, "like"], pd.Series([1, pd.NA, 1], dtype="Int64"), [1, math.nan, 1]):
        classes = kano_class(missing, [5, 5, None])
        assert classes.isna().tolist() == [False, True, True]
        assert classes[0] == "O"
    assert kano_class([None, None], [5, 5]).isna().all()


def test_categories_are_read_as_words():
    assert kano_class(pd.Series(["like", None], dtype="category"), ["dislike", "like"]).iloc[0] == "O"


@pytest.mark.parametrize(
    ("functional", "dysfunctional", "message"),
    [
        (
            ["like", "Like"],
            [1, 1],
            "column 'functional' has no Kano answer in 1 of 2 rows, first 'Like' in row 1 .*like, must",
        ),
        ([1, 6], [1, 1], "column 'functional' has a value off the scale 1 to 5 in 1 of 2 rows, first 6"),
        ([1, 1], [0, 1], "column 'dysfunctional' has a value off the scale 1 to 5"),
        ([1.5], [1], "not whole"),
        ([True], [1], "column 'functional' has no number"),
        (["like", 1], [1, 1], "column 'functional' has no number in 1 of 2 rows, first 'like'"),
        ([1, 2], [1], "functional has 2 values, but dysfunctional has 1"),
        (pd.Series([1]), pd.Series([1], index=[7]), "the indexes of functional and dysfunctional differ"),
        ("like", "dislike", r"functional is one answer, 'like'\. Give a list of answers: \['like'\]"),
        ([], [], "functional is empty"),
    ],
)
def test_answers_that_cannot_be_are_refused(functional, dysfunctional, message):
    with pytest.raises(ValueError, match=message):
        kano_class(functional, dysfunctional)


def test_the_message_names_the_column_of_the_table():
    with pytest.raises(ValueError, match="column 'q1' has no Kano answer"):
        kano_class(pd.Series(["often"], name="q1"), [1])


# -- features, from counts ----------------------------------------------------------------------------------


@pytest.mark.parametrize("feature", PUBLISHED)
def test_class_coefficients_and_fong_test_are_the_published_ones(feature):
    counts, kind, better, worse, difference, critical = PUBLISHED[feature]
    row = kano_from_counts(counted([counts])).iloc[0]
    assert row["class"] == kind
    assert (row["better"], row["worse"]) == pytest.approx((better, worse), abs=6e-4)
    assert row["difference"] == difference
    assert row["critical"] == pytest.approx(critical, abs=0.05)
    assert row["clear"] == (difference > critical)
    assert row["n"] == 296


@pytest.mark.parametrize(
    ("counts", "better", "worse"),
    [((216, 56, 13, 275), 0.486, -0.123), ((187, 71, 46, 258), 0.459, -0.208)],
)
def test_coefficients_are_those_of_brand_and_rese(counts, better, worse):
    # Brand and Rese (2026), J. Retailing and Consumer Services 89, 104596, table 1; A, O, M and I, without R and Q.
    row = kano_from_counts(pd.DataFrame([counts], columns=list("AOMI"))).iloc[0]
    assert (row["better"], row["worse"]) == pytest.approx((better, worse), abs=6e-4)
    assert (row["R"], row["Q"], row["n"]) == (0, 0, sum(counts))


def test_a_tie_goes_to_the_class_that_comes_first():
    for place, letter in enumerate("MOAIR"):
        row = kano_from_counts(counted([[0] * place + [5] * (6 - place)])).iloc[0]
        assert (row["class"], row["second"]) == (letter, "MOAIRQ"[place + 1])
        assert not row["clear"]


def test_fong_test_by_hand_on_both_sides_of_its_border():
    # 1.65 √((a + b)(2n − a − b) / 2n): 12 and 4 of 16 give 1.65 √8 = 4.667, 10 and 6 the same; 1 and 0: 1.65 √0.5.
    table = kano_from_counts(counted([(12, 4, 0, 0, 0, 0), (10, 6, 0, 0, 0, 0), (0, 0, 0, 1, 0, 0)]))
    assert table["critical"].tolist() == pytest.approx(
        [1.65 * math.sqrt(8), 1.65 * math.sqrt(8), 1.65 * math.sqrt(0.5)]
    )
    assert table["difference"].tolist() == [8, 4, 1]
    assert table["clear"].tolist() == [True, False, False]


def test_reverse_and_questionable_pairs_count_in_the_test_but_not_in_the_coefficients():
    row = kano_from_counts(counted([(0, 4, 0, 4, 20, 2)])).iloc[0]
    assert (row["class"], row["second"], row["n"]) == ("R", "O", 30)
    assert (row["better"], row["worse"]) == (0.5, -0.5)
    assert row["critical"] == pytest.approx(1.65 * math.sqrt(24 * 36 / 60))


def test_questionable_wins_only_alone():
    assert kano_from_counts(counted([(1, 1, 1, 1, 1, 2)]))["class"].tolist() == ["Q"]


def test_coefficients_have_the_adjusted_wald_interval():
    row = kano_from_counts(counted([(5, 10, 20, 15, 3, 1)]), confidence=0.9).iloc[0]
    better, worse = proportion(30, 50, confidence=0.9), proportion(15, 50, confidence=0.9)
    assert row[["better", "better_low", "better_high"]].tolist() == [better.value, better.low, better.high]
    assert row[["worse", "worse_low", "worse_high"]].tolist() == [-worse.value, -worse.high, -worse.low]


def test_intervals_are_at_95_percent_unless_told_otherwise():
    answers = answers_to("Zoom", [(1, 5), (1, 3), (3, 3)])
    low = proportion(2, 3, confidence=0.95).low
    assert kano(answers).loc["Zoom", "better_low"] == low
    assert kano_from_counts(counted([(0, 1, 1, 1, 0, 0)]))["better_low"].tolist() == [low]


def test_without_a_usable_pair_the_coefficients_are_0_and_anything_is_possible():
    row = kano_from_counts(counted([(0, 0, 0, 0, 3, 2)])).iloc[0]
    assert row[["better", "better_low", "better_high"]].tolist() == [0, 0, 1]
    assert row[["worse", "worse_low", "worse_high"]].tolist() == [0, -1, 0]


def test_worse_is_never_minus_zero():
    for counts in ((0, 0, 3, 3, 0, 0), (0, 0, 0, 0, 3, 0)):
        row = kano_from_counts(counted([counts])).iloc[0]
        assert [math.copysign(1, row[name]) for name in ("worse", "worse_high")] == [1, 1]


@settings(max_examples=30)
@given(rows_of_counts)
def test_features_are_judged_alone_and_within_bounds(rows):
    table = kano_from_counts(counted(rows))
    assert (table["difference"] >= 0).all()
    assert ((table["better_low"] <= table["better"]) & (table["better"] <= table["better_high"])).all()
    assert ((table["worse_low"] <= table["worse"]) & (table["worse"] <= table["worse_high"])).all()
    assert table["better_low"].ge(0).all()
    assert table["worse_low"].ge(-1).all()
    for place, row in enumerate(rows):
        assert max(row) == row["MOAIRQ".index(table["class"].iloc[place])]
        assert_frame_equal(kano_from_counts(counted([row])), table.iloc[[place]].reset_index(drop=True))


@given(rows_of_counts)
@settings(max_examples=30)
def test_more_of_the_same_answers_keep_class_and_coefficients_and_a_clear_class_clear(rows):
    few, many = kano_from_counts(counted(rows)), kano_from_counts(counted(rows) * 4)
    assert_frame_equal(few[["class", "second", "better", "worse"]], many[["class", "second", "better", "worse"]])
    assert (many["clear"] | ~few["clear"]).all()
    assert many["critical"].tolist() == pytest.approx((2 * few["critical"]).tolist())


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (pd.DataFrame({"M": [1], "O": [1], "A": [1]}), r"column 'I' is not in the table; .* Give one column per class"),
        (counted([(1, 2, 3, -4, 0, 0)]), "column 'I' has a value off the scale 0 to inf in 1 of 1 rows, first -4"),
        (counted([(1, 2.5, 3, 4, 0, 0)]), "column 'O' has a value that is not whole"),
        (counted([(1, 2, None, 4, 0, 0)]), "column 'A' has no value"),
        (counted([(1, 1, 1, 1, 0, 0), (0, 0, 0, 0, 0, 0)]), "column 'n' has no pair in 1 of 2 rows, first 0 in row 1"),
        (counted([]), "the table has no rows"),
    ],
)
def test_counts_that_cannot_be_are_refused(table, message):
    with pytest.raises(ValueError, match=message):
        kano_from_counts(table)


def test_confidence_is_a_share():
    with pytest.raises(ValueError, match="confidence is 95"):
        kano_from_counts(counted([(1, 2, 3, 4, 0, 0)]), confidence=95)


# -- features, from answers ---------------------------------------------------------------------------------


@settings(max_examples=30)
@given(pairs, pairs)
def test_features_are_counted_pair_by_pair(one, other):
    answers = pd.concat([answers_to("Zoom", one), answers_to("Alarm", other)], ignore_index=True)
    table = kano(answers)
    assert table.index.tolist() == ["Zoom", "Alarm"]
    assert table.index.name == "feature"
    for feature, rows in (("Zoom", one), ("Alarm", other)):
        letters = [GRID[with_it - 1][without - 1] for with_it, without in rows]
        assert table.loc[feature, list("MOAIRQ")].tolist() == [letters.count(letter) for letter in "MOAIRQ"]
        assert table.loc[feature, "n"] == len(rows)
    assert_frame_equal(table, kano_from_counts(table[list("MOAIRQ")]))


def test_features_mixed_row_by_row_are_kept_apart():
    answers = pd.DataFrame({"feature": ["a", "b", "a"], "functional": [1, 3, 1], "dysfunctional": [5, 3, 3]})
    assert kano(answers)[list("MOAI")].to_numpy().tolist() == [[0, 1, 1, 0], [0, 0, 0, 1]]


def test_pairs_with_a_missing_answer_do_not_count():
    answers = answers_to("Zoom", [("like", "dislike"), ("like", None), (None, "like")])
    assert kano(answers).loc["Zoom", ["O", "n"]].tolist() == [1, 1]
    assert kano_means(answers).loc["Zoom", "n"] == 1


def test_columns_may_have_other_names_and_confidence_reaches_the_intervals():
    answers = answers_to("Zoom", [(1, 5), (1, 3), (3, 3)]).set_axis(["with", "without", "what"], axis=1)
    columns = {"feature": "what", "functional": "with", "dysfunctional": "without"}
    assert kano(answers, **columns, confidence=0.5).loc["Zoom", "better_low"] == proportion(2, 3, confidence=0.5).low
    assert kano_means(answers, **columns).loc["Zoom", "n"] == 3


@pytest.mark.parametrize("function", [kano, kano_means])
@pytest.mark.parametrize(
    ("answers", "message"),
    [
        (answers_to("Zoom", [(1, 5)]).drop(columns="feature"), r"column 'feature' is not .* Pass feature='…'"),
        (answers_to("Zoom", [(1, 5)]).drop(columns="functional"), r"column 'functional' is not .* Pass functional='…'"),
        (answers_to(None, [(1, 5)]), "column 'feature' has no feature in 1 of 1 rows"),
        (answers_to("Zoom", [(1, None)]), "column 'n' has no pair in 1 of 1 rows"),
        (answers_to("Zoom", [(1, 9)]), "column 'dysfunctional' has a value off the scale 1 to 5"),
    ],
)
def test_answers_that_cannot_be_judged_are_refused(function, answers, message):
    with pytest.raises(ValueError, match=message):
        function(answers)


# -- means --------------------------------------------------------------------------------------------------


def test_each_answer_has_dumouchels_value():
    # DuMouchel in Berger et al. (1993): with the feature 4, 2, 0, −1, −2; without it −2, −1, 0, 2, 4.
    answers = pd.concat([answers_to(str(place), [(place, place)]) for place in range(1, 6)], ignore_index=True)
    table = kano_means(answers)
    assert table["functional"].tolist() == [4, 2, 0, -1, -2]
    assert table["dysfunctional"].tolist() == [-2, -1, 0, 2, 4]
    assert table[["functional_sd", "dysfunctional_sd"]].isna().all(axis=None)
    assert table["n"].tolist() == [1] * 5


def test_means_and_spreads_by_hand():
    answers = pd.concat(
        [answers_to("Zoom", [(1, 5), (1, 4), (3, 5)]), answers_to("Alarm", [(5, 1)])], ignore_index=True
    )
    row = kano_means(answers).loc["Zoom"]
    assert (row["functional"], row["dysfunctional"]) == pytest.approx((8 / 3, 10 / 3))
    assert row["functional_sd"] == pytest.approx(math.sqrt(((4 / 3) ** 2 * 2 + (8 / 3) ** 2) / 2))
    assert row["dysfunctional_sd"] == pytest.approx(math.sqrt(((2 / 3) ** 2 * 2 + (4 / 3) ** 2) / 2))
    assert kano_means(answers).index.tolist() == ["Zoom", "Alarm"]


@settings(max_examples=30)
@given(pairs, st.randoms())
def test_order_of_rows_does_not_matter(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert_frame_equal(kano(answers_to("Zoom", rows)), kano(answers_to("Zoom", shuffled)))
    assert_series_equal(
        kano_means(answers_to("Zoom", rows)).loc["Zoom"], kano_means(answers_to("Zoom", shuffled)).loc["Zoom"]
    )


def test_means_are_indexed_by_feature():
    answers = pd.DataFrame({"feature": ["Tracking"], "functional": [1], "dysfunctional": [5]})
    assert kano_means(answers).index.name == "feature"
