"""Tests of cxux_helpers.estimates: an estimate and its interval."""

import math
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from cxux_helpers.estimates import Estimate, mean, proportion

counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_proportion_gives_the_published_interval():
    # Tullis (2008), measuringux.com/adjustedwald.htm: 4 of 5 users, 0.3596 to 0.9796 with z rounded to 1.96.
    completed = proportion(4, 5)
    assert completed.value == 0.8
    assert completed.low == pytest.approx(0.3596, abs=2e-4)
    assert completed.high == pytest.approx(0.9796, abs=2e-4)


@settings(deadline=None)
@given(counts, st.floats(0.5, 0.999))
def test_proportion_lies_in_its_interval_and_the_interval_in_0_to_1(count_and_n, confidence):
    estimate = proportion(*count_and_n, confidence=confidence)
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


@settings(deadline=None)
@given(counts)
def test_failures_mirror_successes(count_and_n):
    count, n = count_and_n
    passed, failed = proportion(count, n), proportion(n - count, n)
    assert passed.low == pytest.approx(1 - failed.high)
    assert passed.high == pytest.approx(1 - failed.low)


@settings(deadline=None)
@given(counts)
def test_ten_times_the_cases_narrow_the_interval(count_and_n):
    count, n = count_and_n
    few, many = proportion(count, n), proportion(10 * count, 10 * n)
    assert many.high - many.low < few.high - few.low


@settings(deadline=None)
@given(counts, st.floats(0.5, 0.98))
def test_more_confidence_never_narrows_the_interval(count_and_n, confidence):
    less, more = (proportion(*count_and_n, confidence=level) for level in (confidence, confidence + 0.01))
    assert more.low <= less.low
    assert more.high >= less.high


def test_nobody_and_everybody_lie_on_the_edge_of_their_intervals():
    nobody, everybody = proportion(0, 12), proportion(12, 12)
    assert nobody.value == nobody.low == 0 < nobody.high
    assert everybody.low < 1 == everybody.value == everybody.high


@pytest.mark.parametrize("n", [10, 20, 50])
def test_interval_holds_the_true_share_about_as_often_as_it_says(n):
    # Not simulated but summed over all outcomes, so the coverage is exact.
    intervals = [proportion(count, n) for count in range(n + 1)]
    low, high = (np.array([getattr(interval, end) for interval in intervals]) for end in ("low", "high"))
    shares = np.linspace(0, 1, 201)[:, None]
    holds = (low <= shares) & (shares <= high)
    coverage = (binom.pmf(np.arange(n + 1), n, shares) * holds).sum(axis=1)
    assert coverage.min() > 0.92
    assert 0.95 < coverage.mean() < 0.97


def test_simulated_surveys_find_the_true_share_95_times_in_100():
    rng = np.random.default_rng(7)
    surveys = [proportion(int(count), 40) for count in rng.binomial(40, 0.3, size=2000)]
    assert 0.93 < np.mean([survey.low <= 0.3 <= survey.high for survey in surveys]) < 0.975


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 0), "n is 0, but must be a whole number of 1 or more"),
        ((6, 5), "count is 6, but must lie between 0 and n = 5"),
        ((-1, 5), "count is -1"),
        ((2.5, 5), "count is 2.5, but must be a whole number"),
        ((True, 5), "count is True, but must be a whole number"),
        ((math.nan, 5), "count is nan"),
        (("4", 5), "count is '4'"),
        ((4, None), "n is None"),
    ],
)
def test_proportion_explains_what_is_wrong(arguments, message):
    with pytest.raises(ValueError, match=message):
        proportion(*arguments)


@pytest.mark.parametrize("confidence", [0, 1, 95, -0.5, math.nan])
def test_confidence_is_a_share_and_the_message_says_how_to_write_it(confidence):
    with pytest.raises(ValueError, match=r"confidence is .* Write 0\.95 for 95 %"):
        proportion(4, 5, confidence=confidence)


def test_counts_from_numpy_and_whole_floats_are_counts():
    assert proportion(np.int64(4), np.float64(5)) == proportion(4, 5)


# --- mean


def test_mean_has_the_t_interval_of_the_textbook():
    # Student (1908), the sleep of ten patients: mean difference 1.58, t(9) = 2.262, s = 1.23 (R's help page of `sleep`
    # and t.test give 0.7001 to 2.4599).
    extra = mean([1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4])
    assert extra.value == pytest.approx(1.58)
    assert extra.low == pytest.approx(0.7001, abs=1e-4)
    assert extra.high == pytest.approx(2.4599, abs=1e-4)
    assert (extra.n, extra.confidence, extra.method) == (10, 0.95, "t")


@settings(deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.floats(0.5, 0.999))
def test_mean_lies_in_its_interval_and_the_interval_on_the_scale(numbers, confidence):
    estimate = mean(numbers, confidence=confidence, scale=(0, 100))
    assert 0 <= estimate.low <= estimate.value <= estimate.high <= 100


@settings(deadline=None)
@given(st.lists(st.integers(1, 7), min_size=3, max_size=20).filter(lambda numbers: len(set(numbers)) > 1))
def test_doubled_data_narrow_the_interval_of_the_mean(numbers):
    once, twice = mean(numbers), mean(numbers * 2)
    assert twice.value == pytest.approx(once.value)
    assert twice.high - twice.low < once.high - once.low


def test_one_number_bounds_nothing_and_equal_numbers_have_no_width():
    alone = mean([70], scale=(0, 100))
    assert (alone.low, alone.value, alone.high, alone.n) == (0, 70, 100, 1)
    assert mean([70]).low == -math.inf
    equal = mean([0.1] * 3)
    assert equal.low == pytest.approx(0.1) == equal.high


def test_simulated_means_find_the_true_mean_95_times_in_100():
    rng = np.random.default_rng(3)
    samples = [mean(sample) for sample in rng.normal(50, 12, size=(2000, 8))]
    assert 0.935 < np.mean([sample.low <= 50 <= sample.high for sample in samples]) < 0.965


@pytest.mark.parametrize(
    ("values", "options", "message"),
    [
        ([], {}, "SUS needs a list of one number or more"),
        ([[1, 2]], {}, "SUS needs a list"),
        ([1, math.nan], {}, "a number of SUS is missing or infinite"),
        ([1, math.inf], {}, "missing or infinite"),
        ([50, 101], {"scale": (0, 100)}, "go from 50 to 101, but the scale from 0 to 100"),
        ([-1, 50], {"scale": (0, 100)}, "go from -1 to 50"),
        ([50], {"confidence": 95}, "Write 0.95 for 95 %"),
    ],
)
def test_mean_explains_what_is_wrong(values, options, message):
    with pytest.raises(ValueError, match=message):
        mean(values, name="SUS", **options)


def test_repr_reads_like_a_sentence():
    assert repr(proportion(4, 5, name="CSAT")) == "CSAT 0.80, 95% interval 0.36 to 0.98 (n = 5, adjusted Wald)"
    assert repr(proportion(4, 5, confidence=0.999)).count("99.9% interval") == 1


def test_repr_shows_the_digits_that_the_interval_can_carry():
    assert repr(Estimate(72.4567, 66.12, 78.88, n=20)).startswith("Estimate 72.5, 95% interval 66.1 to 78.9")
    assert repr(proportion(24_000, 30_000)).startswith("Proportion 0.8000, 95% interval 0.7954 to 0.8045")
    assert "1.00 to 1.00" in repr(Estimate(1, 1, 1, n=3))
    assert "-inf to inf" in repr(Estimate(4.2, -math.inf, math.inf, n=1))


def test_float_of_an_estimate_is_its_value():
    assert float(proportion(1, 4)) == 0.25


def test_html_says_the_same_words_as_the_repr_and_escapes_the_name():
    class Words(HTMLParser):
        text = ""

        def handle_data(self, data):
            self.text += data

    estimate = proportion(4, 5, name="<script>alert(1)</script> & Co")
    words = Words()
    words.feed(estimate._repr_html_())
    assert words.text == repr(estimate)
    assert "<script>" not in estimate._repr_html_()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"low": 0.9, "high": 0.1}, "low of NPS is 0.9, above high, 0.1. Swap the two"),
        ({"value": math.nan}, "value of NPS is missing"),
        ({"high": math.nan}, "high of NPS is missing"),
        ({"n": 0}, "n of NPS is 0"),
        ({"n": 2.5}, "n of NPS is 2.5"),
        ({"confidence": 95}, "confidence is 95"),
    ],
)
def test_estimate_refuses_what_cannot_be(fields, message):
    good = {"value": 0.5, "low": 0.4, "high": 0.6, "n": 10, "name": "NPS"}
    with pytest.raises(ValueError, match=message):
        Estimate(**{**good, **fields})


def test_an_adjusted_interval_may_leave_the_value_out():
    assert Estimate(1.0, 0.2, 0.9, n=5).value == 1.0


def test_estimates_cannot_be_changed():
    with pytest.raises(AttributeError):
        proportion(4, 5).value = 0.9


def test_a_wider_confidence_widens_the_interval_by_the_formula():
    # Centre (x + z²/2) / (n + z²) and reach z √(p(1 − p) / (n + z²)) with z = 1.6449 at 90 %, by hand.
    z = 1.6448536269514722
    centre, total = (4 + z**2 / 2) / (10 + z**2), 10 + z**2
    reach = z * math.sqrt(centre * (1 - centre) / total)
    share = proportion(4, 10, confidence=0.9)
    assert (share.low, share.high) == pytest.approx((centre - reach, centre + reach))


@pytest.mark.parametrize(("number", "n"), [(0.1, 3), (0.01, 10)])
def test_the_mean_of_equal_numbers_is_that_number_whatever_rounding_does(number, n):
    assert mean([number] * n).value == number


def test_a_mean_of_text_that_looks_like_numbers_is_a_mean_of_numbers():
    assert mean(np.array(["1", "2"])).value == 1.5


def test_an_estimate_without_a_method_names_none():
    assert repr(Estimate(0.5, 0.4, 0.6, n=10)) == "Estimate 0.50, 95% interval 0.40 to 0.60 (n = 10)"
    assert Estimate(0.5, 0.4, 0.6, n=10.0).n == 10 and isinstance(Estimate(0.5, 0.4, 0.6, n=10.0).n, int)


def test_no_number_is_shown_with_more_than_six_decimals():
    assert repr(Estimate(0.123456789, 0.123456788, 0.12345679, n=10)).startswith("Estimate 0.123457, ")


def test_a_mean_is_called_mean_unless_it_is_named():
    assert repr(mean([1, 3])).startswith("Mean 2.0, ")
