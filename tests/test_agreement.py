"""Tests of cxux_helpers.surveys.agreement: plain agreement, Cohen's and Fleiss' kappa, Krippendorff's alpha."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import accuracy_score, cohen_kappa_score

from cxux_helpers.estimates import proportion
from cxux_helpers.surveys.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha, percent_agreement

labels = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=2, max_size=40)
tables = (
    st.integers(2, 4)
    .flatmap(lambda coders: st.lists(st.tuples(*[st.sampled_from("abc")] * coders), min_size=2, max_size=20))
    .filter(lambda rows: len({label for row in rows for label in row}) > 1)
)
fewer = settings(max_examples=50)
# A warning in a graded cell costs the student the points.
pytestmark = pytest.mark.filterwarnings("error")


def pairs_of(table):
    """The labels of two coders from their table of counts: the first in rows, the second in columns."""
    cells = [(row, column) for row, counts in enumerate(table) for column, n in enumerate(counts) for _ in range(n)]
    return [row for row, _ in cells], [column for _, column in cells]


def table_of(counts):
    """Labels by item and coder from how many coders gave each label (column) to each item (row)."""
    return [np.repeat(np.arange(len(row)), row) for row in counts]


# -- two coders ---------------------------------------------------------------------------------------------

# SAS/STAT user's guide, PROC FREQ, "Agreement study": two dermatologists on 88 patients.
SKIN = [[10, 4, 1, 0], [5, 10, 12, 2], [2, 4, 12, 5], [0, 2, 6, 13]]
# SAS printouts in the tests of statsmodels (test_inter_rater.py).
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]


@pytest.mark.parametrize(
    ("table", "weights", "kappa", "low", "high"),
    [
        (SKIN, None, 0.3449, 0.2030, 0.4868),
        (SAS, None, 0.4842, 0.2137, 0.7547),
        (SAS, "linear", 0.4701, 0.1845, 0.7558),
    ],
)
def test_cohens_kappa_and_its_interval_are_those_of_sas(table, weights, kappa, low, high):
    categories = range(len(table)) if weights else None
    estimate = cohen_kappa(*pairs_of(table), weights=weights, categories=categories)
    assert (estimate.value, estimate.low, estimate.high) == pytest.approx((kappa, low, high), abs=6e-5)
    assert (estimate.n, estimate.method) == (sum(map(sum, table)), "asymptotic")


def test_cohens_kappa_by_hand():
    # 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: p₀ = 0.7 and pₑ = 0.5 · 0.6 + 0.5 · 0.4.
    estimate = cohen_kappa(*pairs_of([[20, 5], [10, 15]]))
    assert estimate.value == pytest.approx((0.7 - 0.5) / 0.5)
    assert estimate.name == "Cohen's kappa"
    weighted = cohen_kappa([1, 2], [1, 2], weights="quadratic", categories=[1, 2])
    assert weighted.name == "Cohen's kappa (quadratic weights)"


@fewer
@given(labels, st.sampled_from([None, "linear", "quadratic"]))
def test_kappa_is_that_of_scikit_learn(pairs, weights):
    first, second = zip(*pairs, strict=True)
    if len({*first, *second}) == 1:
        return
    # With weights, the places of labels that nobody used count too.
    estimate = cohen_kappa(first, second, weights=weights, categories="abc")
    expected = cohen_kappa_score(first, second, weights=weights, labels=list("abc"))
    assert estimate.value == pytest.approx(expected, abs=1e-12)
    assert -1 <= estimate.low <= estimate.value <= estimate.high <= 1


@fewer
@given(labels)
def test_agreement_is_accuracy_with_its_interval(pairs):
    first, second = zip(*pairs, strict=True)
    estimate = percent_agreement(first, second, confidence=0.9)
    assert estimate.value == accuracy_score(first, second)
    same = sum(one == other for one, other in pairs)
    assert estimate == proportion(same, len(pairs), confidence=0.9, name="Agreement")


@fewer
@given(labels, st.randoms())
def test_coders_may_swap_labels_be_renamed_and_items_come_in_any_order(pairs, random):
    first, second = zip(*pairs, strict=True)
    if len({*first, *second}) == 1:
        return
    kappa = cohen_kappa(first, second)
    shuffled = random.sample(pairs, len(pairs))
    for one, other in (
        (second, first),
        zip(*shuffled, strict=True),
        ([f"{a}!" for a in first], [f"{b}!" for b in second]),
    ):
        same = cohen_kappa(list(one), list(other))
        assert (same.value, same.low, same.high) == pytest.approx((kappa.value, kappa.low, kappa.high))


def test_ten_times_the_items_keep_kappa_and_narrow_the_interval():
    few, many = cohen_kappa(*pairs_of(SKIN)), cohen_kappa(*(10 * labels for labels in pairs_of(SKIN)))
    assert many.value == pytest.approx(few.value)
    assert many.high - many.low == pytest.approx((few.high - few.low) / math.sqrt(10))


def test_confidence_sets_the_width_of_kappas_interval():
    # z of 80 % is 1.281552, of 95 % 1.959964.
    narrow, wide = cohen_kappa(*pairs_of(SKIN), confidence=0.8), cohen_kappa(*pairs_of(SKIN))
    assert (narrow.high - narrow.low) / (wide.high - wide.low) == pytest.approx(1.281552 / 1.959964, abs=1e-6)
    assert narrow.confidence == 0.8


def test_intervals_are_at_95_percent_unless_told_otherwise():
    first, second = pairs_of(SKIN)
    items = list(zip(first, second, strict=True))
    estimates = (
        percent_agreement(first, second),
        cohen_kappa(first, second),
        fleiss_kappa(items),
        krippendorff_alpha(items),
    )
    assert [estimate.confidence for estimate in estimates] == [0.95] * 4


def test_full_agreement_is_1_and_full_disagreement_minus_1():
    assert cohen_kappa(["a", "b"] * 20, ["a", "b"] * 20).value == 1
    assert cohen_kappa(["a", "b"] * 20, ["b", "a"] * 20).value == -1
    assert cohen_kappa(["a", "b"] * 20, ["a", "b"] * 20).low == 1


def test_a_rare_label_makes_high_agreement_by_luck():
    # 81 of 100 both say praise, and 9, 9 and 1: agreement 0.82, just what chance brings.
    first, second = pairs_of([[81, 9], [9, 1]])
    assert percent_agreement(first, second).value == 0.82
    assert cohen_kappa(first, second).value == pytest.approx(0)


def test_a_near_miss_counts_in_part_with_weights():
    first, near, far = [1, 2, 3, 1, 2, 3], [1, 2, 3, 1, 2, 2], [1, 2, 3, 1, 2, 1]
    order = [1, 2, 3]
    for weights in ("linear", "quadratic"):
        scores = [cohen_kappa(first, other, weights=weights, categories=order).value for other in (near, far)]
        assert scores[0] > scores[1]


def test_interval_of_kappa_holds_the_truth_about_as_often_as_it_says():
    # Both coders see the truth in 80 % of items and guess otherwise, of two equally frequent labels: kappa is 0.64.
    rng = np.random.default_rng(8)
    held = []
    for _ in range(600):
        truth = rng.integers(0, 2, 100)
        coders = [np.where(rng.uniform(size=100) < 0.8, truth, rng.integers(0, 2, 100)) for _ in range(2)]
        estimate = cohen_kappa(*coders)
        held.append(estimate.low <= 0.64 <= estimate.high)
    assert 0.925 < np.mean(held) < 0.975


def test_items_with_a_missing_label_do_not_count():
    first, second = ["a", "b", None, "a", "b"], ["a", "b", "a", math.nan, "a"]
    assert percent_agreement(first, second) == percent_agreement(["a", "b", "b"], ["a", "b", "a"])
    assert cohen_kappa(pd.Series(first), pd.Series(second)) == cohen_kappa(["a", "b", "b"], ["a", "b", "a"])


@pytest.mark.parametrize("function", [percent_agreement, cohen_kappa])
@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        (["a", "b"], ["a"], "first has 2 values, but second has 1"),
        (pd.Series(["a"]), pd.Series(["a"], index=[3]), "the indexes of first and second differ"),
        (["a", None], [None, "a"], "none of the 2 items has a label from both coders"),
        ([], [], "none of the 0 items"),
    ],
)
def test_labels_that_cannot_be_compared_are_refused(function, first, second, message):
    with pytest.raises(ValueError, match=message):
        function(first, second)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"weights": "cubic"}, r"weights is 'cubic'\. Choose 'linear', 'quadratic' or None"),
        ({"weights": "linear"}, r"weights need the order of the labels\. Pass categories"),
        ({"categories": ["a", "c"]}, "categories are a, c, but label 'b' is not among them"),
        ({"categories": ["a", "b", "a"]}, "categories are a, b, a, but a category is given twice"),
        ({"confidence": 95}, r"confidence is 95, .* Write 0\.95 for 95 %"),
    ],
)
def test_cohen_kappa_explains_what_is_wrong_with_an_argument(arguments, message):
    with pytest.raises(ValueError, match=message):
        cohen_kappa(["a", "b"], ["a", "b"], **arguments)


def test_one_label_alone_tells_nothing_about_agreement_beyond_chance():
    with pytest.raises(ValueError, match="all labels are the same, so agreement beyond chance cannot be told"):
        cohen_kappa(["a"] * 5, ["a"] * 5)
    with pytest.raises(ValueError, match="all labels are the same"):
        cohen_kappa(["a"] * 5, ["a"] * 5, categories=["a", "b"])
    for function in (fleiss_kappa, krippendorff_alpha):
        with pytest.raises(ValueError, match="all labels are the same"):
            function([["a", "a"], ["a", "a"]])
    with pytest.raises(ValueError, match="all labels are the same"):
        krippendorff_alpha([["a", "a"], ["a", "a"], ["b", None]])


# -- many coders --------------------------------------------------------------------------------------------

# Wikipedia, "Fleiss' kappa", worked example: 10 items, 14 coders.
WIKIPEDIA = [
    (0, 0, 0, 0, 14), (0, 2, 6, 4, 2), (0, 0, 3, 5, 6), (0, 3, 9, 2, 0), (2, 2, 8, 1, 1),
    (7, 7, 0, 0, 0), (3, 2, 6, 3, 0), (2, 5, 3, 2, 2), (6, 5, 2, 1, 0), (0, 2, 2, 3, 7),
]  # fmt: skip

# Krippendorff (2011), Computing Krippendorff's alpha-reliability, example D: 4 observers (rows), 12 units.
KRIPPENDORFF = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def test_fleiss_kappa_is_the_published_one():
    estimate = fleiss_kappa(table_of(WIKIPEDIA))
    assert estimate.value == pytest.approx(0.210, abs=5e-4)
    assert (estimate.n, estimate.name, estimate.method) == (10, "Fleiss' kappa", "delta method")


@pytest.mark.parametrize(
    ("counts", "kappa"), [([(7, 1), (3, 5)], 0.161905), ([(6, 1, 0), (0, 7, 0)], 0.708333), ([(7, 0), (0, 7)], 1)]
)
def test_fleiss_kappa_is_that_of_randolphs_calculator(counts, kappa):
    # justusrandolph.net/kappa, "fixed-marginal kappa", as quoted in the tests of statsmodels.
    assert fleiss_kappa(table_of(counts)).value == pytest.approx(kappa, abs=6e-6)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.743), ("interval", 0.849)])
def test_krippendorffs_alpha_is_the_published_one(level, alpha):
    items = pd.DataFrame(KRIPPENDORFF).T
    estimate = krippendorff_alpha(items, level=level)
    assert estimate.value == pytest.approx(alpha, abs=5e-4)
    # The last unit has one label alone, so it pairs nothing.
    assert (estimate.n, estimate.name, estimate.method) == (11, "Krippendorff's alpha", "delta method")


@fewer
@given(tables)
def test_without_gaps_nominal_alpha_is_fleiss_kappa_with_a_small_correction(rows):
    # Both compare the same agreement with chance; alpha pairs labels without putting them back.
    n = len(rows) * len(rows[0])
    kappa, alpha = fleiss_kappa(rows), krippendorff_alpha(rows)
    assert 1 - alpha.value == pytest.approx((1 - kappa.value) * (n - 1) / n)
    assert kappa.low <= kappa.value <= kappa.high <= 1
    assert alpha.low <= alpha.value <= alpha.high <= 1


@fewer
@given(tables, st.randoms())
def test_order_of_items_and_of_coders_and_names_of_labels_do_not_matter(rows, random):
    shuffled = [random.sample(row, len(row)) for row in random.sample(rows, len(rows))]
    renamed = [[f"{label}!" for label in row] for row in rows]
    for function in (fleiss_kappa, krippendorff_alpha):
        expected = function(rows)
        for other in (shuffled, renamed, pd.DataFrame(rows), np.array(rows)):
            same = function(other)
            assert (same.value, same.low, same.high) == pytest.approx((expected.value, expected.low, expected.high))


@fewer
@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=3, max_size=20), st.integers(-3, 3), st.integers(1, 4))
def test_interval_alpha_does_not_depend_on_origin_and_unit(rows, shift, step):
    if len({label for row in rows for label in row}) > 1:
        moved = [[shift + step * label for label in row] for row in rows]
        expected, same = (krippendorff_alpha(table, level="interval") for table in (rows, moved))
        assert (same.value, same.low) == pytest.approx((expected.value, expected.low))


def test_full_agreement_is_1_for_both():
    rows = [["a"] * 3, ["b"] * 3, ["c"] * 3]
    assert fleiss_kappa(rows).value == pytest.approx(1)
    assert krippendorff_alpha(rows).value == 1


def coded(rng, items, coders, sees, gaps=0.0):
    """Coders who see the truth of three labels with probability `sees` and guess otherwise."""
    truth = rng.integers(0, 3, (items, 1))
    given_labels = np.where(rng.uniform(size=(items, coders)) < sees, truth, rng.integers(0, 3, (items, coders)))
    return np.where(rng.uniform(size=(items, coders)) < gaps, np.nan, given_labels)


@pytest.mark.parametrize(
    ("function", "gaps", "level"),
    [(fleiss_kappa, 0, {}), (krippendorff_alpha, 0.3, {}), (krippendorff_alpha, 0.3, {"level": "interval"})],
)
def test_delta_method_comes_near_the_jackknife(function, gaps, level):
    rows = coded(np.random.default_rng(4), 150, 4, 0.7, gaps)
    estimate = function(rows, **level)
    left_out = [function(np.delete(rows, row, axis=0), **level).value for row in range(len(rows))]
    error = math.sqrt((len(rows) - 1) ** 2 / len(rows)) * np.std(left_out, ddof=1)
    assert estimate.high - estimate.value == pytest.approx(1.959964 * error, rel=0.03)


def test_delta_method_by_hand_for_fleiss():
    # Three coders, shares 7/12 and 5/12, chance 74/144; agreement 1, 1/3, 1, 1/3; kappa 11/35 from 2/3 and 37/72.
    estimate = fleiss_kappa([["a"] * 3, ["a", "b", "a"], ["b"] * 3, ["a", "a", "b"]], confidence=0.5)
    chance = 74 / 144
    kappa = (2 / 3 - chance) / (1 - chance)
    by_chance = np.array([7 / 12, (2 * 7 + 5) / 36, 5 / 12, (2 * 7 + 5) / 36])
    same = np.array([1, 1 / 3, 1, 1 / 3])
    pulls = (same - 2 / 3) / (1 - chance) - 2 * (1 - kappa) * (by_chance - chance) / (1 - chance)
    assert estimate.value == pytest.approx(kappa)
    # z of 50 % is 0.674490.
    assert estimate.high - estimate.value == pytest.approx(0.674490 * math.sqrt((pulls**2).sum() / 3 / 4), abs=1e-6)
    assert estimate.confidence == 0.5


@pytest.mark.parametrize(("function", "gaps"), [(fleiss_kappa, 0), (krippendorff_alpha, 0.25)])
def test_interval_for_many_coders_holds_the_truth_about_as_often_as_it_says(function, gaps):
    # Three equally frequent labels, seen with probability 0.7: agreement beyond chance is 0.49.
    rng = np.random.default_rng(9)
    estimates = [function(coded(rng, 80, 3, 0.7, gaps)) for _ in range(400)]
    assert 0.92 < np.mean([estimate.low <= 0.49 <= estimate.high for estimate in estimates]) < 0.98


@pytest.mark.parametrize(
    ("function", "rows", "arguments", "message"),
    [
        (fleiss_kappa, [["a", "b"], ["a", None]], {}, "a label is missing in row 1 .* use krippendorff_alpha"),
        (fleiss_kappa, [["a", "b"]], {}, r"the table has 1 items \(rows\) and 2 coders \(columns\)"),
        (fleiss_kappa, [["a"], ["b"]], {}, r"2 items \(rows\) and 1 coders"),
        (krippendorff_alpha, [["a"], ["b"]], {}, "agreement needs two of each"),
        (krippendorff_alpha, [["a", None], ["b", "a"]], {}, "1 of the items have two labels or more"),
        (krippendorff_alpha, [["a", "b"], ["b", "a"]], {"level": "ordinal"}, "level is 'ordinal'"),
        (krippendorff_alpha, [["a", "b"], ["b", "a"]], {"level": "interval"}, "labels at interval level are numbers"),
        (krippendorff_alpha, [["a", "b"], ["b", "a"]], {"confidence": 0}, "confidence is 0"),
        (fleiss_kappa, [["a", "b"], ["b", "a"]], {"confidence": 95}, "confidence is 95"),
    ],
)
def test_tables_that_cannot_be_are_refused(function, rows, arguments, message):
    with pytest.raises(ValueError, match=message):
        function(rows, **arguments)


@pytest.mark.parametrize("confidence", [0, 1, 1.5])
@pytest.mark.parametrize("measure", [fleiss_kappa, krippendorff_alpha])
def test_measures_of_tables_want_a_confidence_between_0_and_1(measure, confidence):
    with pytest.raises(ValueError, match=r"confidence is .*above 0 and below 1.* Write 0\.95 for 95 %"):
        measure([["a", "a"], ["b", "a"], ["b", "b"]], confidence=confidence)
    with pytest.raises(ValueError, match="confidence is "):
        cohen_kappa(["a", "b"], ["a", "a"], confidence=confidence)


def test_interval_of_alpha_follows_from_how_each_item_moves_it():
    # Alpha of items with weights, written from its definition; its slope at each weight, found by small steps.
    table = [[1, 1, 2], [2, 2, None], [3, 3, 3], [1, 2, 3], [3, None, 3], [2, 2, 1], [1, 1, 1]]
    labels = [[label for label in row if label is not None] for row in table]

    def alpha(weights):
        n = sum(weight * len(row) for weight, row in zip(weights, labels, strict=True))
        within = sum(
            weight * sum((a - b) ** 2 for a in row for b in row) / (len(row) - 1)
            for weight, row in zip(weights, labels, strict=True)
        )
        held = [(label, weight) for weight, row in zip(weights, labels, strict=True) for label in row]
        across = sum(w * v * (a - b) ** 2 for a, w in held for b, v in held)
        return 1 - (n - 1) * within / across

    ones = np.ones(len(table))
    step = 1e-5 * np.eye(len(table))
    slopes = [(alpha(ones + one) - alpha(ones - one)) / 2e-5 for one in step]
    reach = 1.959963984540054 * np.std(np.array(slopes) * len(table), ddof=1) / math.sqrt(len(table))
    found = krippendorff_alpha(table, level="interval")
    assert found.value == pytest.approx(alpha(ones))
    assert found.value - found.low == pytest.approx(reach, rel=1e-6)  # the other end is cut at 1
