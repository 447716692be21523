"""Tests of cxux_helpers.usability.findability: tree tests and first clicks."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.estimates import proportion
from cxux_helpers.usability.findability import TREE_OUTCOMES, first_choices, first_click, tree_outcomes, tree_test

PATHS = [
    "Home > Help > Returns",
    "Home > Shop > Home > Help > Returns",
    "Home > Shop",
    "Home > Shop > Home > About",
    "Home > Shop",
]
SKIPPED = [False, False, False, False, True]

walks = st.lists(st.lists(st.sampled_from("ABCD"), min_size=1, max_size=6), min_size=1, max_size=12)


def test_every_participant_has_one_of_five_outcomes():
    outcomes = tree_outcomes(PATHS, "Returns", skipped=SKIPPED)
    assert outcomes.tolist() == list(TREE_OUTCOMES)
    assert outcomes.name == "outcome"
    assert outcomes.cat.ordered
    assert tuple(outcomes.cat.categories) == TREE_OUTCOMES


def test_success_and_directness_are_shares_of_all_participants():
    # Optimal Workshop's help: success is whoever chose a right answer, directness whoever chose any without going back.
    result = tree_test(PATHS, "Returns", skipped=SKIPPED)
    assert result.success == proportion(2, 5, name="Success")
    assert result.directness == proportion(2, 5, name="Directness")
    assert result.outcomes.to_dict() == dict.fromkeys(TREE_OUTCOMES, 1)
    wide = tree_test([*PATHS, "Home > Shop"], "Returns", skipped=[*SKIPPED, False], confidence=0.99)
    assert (wide.success, wide.directness) == (
        proportion(2, 6, confidence=0.99, name="Success"),
        proportion(3, 6, confidence=0.99, name="Directness"),
    )


def test_several_nodes_can_be_right():
    assert tree_test(PATHS[:4], ["Returns", "About"]).success.value == 0.75
    assert tree_test(PATHS[:4], {"Nowhere"}).success.value == 0


def test_paths_may_be_text_or_lists_and_spaces_do_not_matter():
    listed = [path.split(" > ") for path in PATHS]
    tight = pd.Series([path.replace(" ", "") for path in PATHS], index=list("abcde"), name="path")
    arrays = [np.array(path) for path in listed]
    for paths in (listed, tight, arrays, tuple(PATHS), iter(PATHS)):
        outcomes = tree_outcomes(paths, "Returns", skipped=SKIPPED)
        assert outcomes.tolist() == list(TREE_OUTCOMES)
    assert tree_outcomes(tight, "Returns", skipped=SKIPPED).index.tolist() == list("abcde")


def test_a_double_click_is_no_way_back():
    assert tree_outcomes(["Home > Help > Help > Returns"], "Returns").tolist() == ["direct success"]


def test_a_skip_needs_no_path_and_counts_in_the_denominator():
    skipped = tree_test(["Home > Help > Returns", "", None], "Returns", skipped=[False, True, True])
    assert (skipped.success.value, skipped.success.n) == (pytest.approx(1 / 3), 3)
    assert skipped.outcomes["skip"] == 2


@settings(deadline=None)
@given(walks, st.randoms())
def test_tree_test_counts_everybody_once_in_any_order(paths, random):
    result, again = tree_test(paths, "A"), tree_test(random.sample(paths, len(paths)), "A")
    assert (result.success, result.directness) == (again.success, again.directness)
    assert result.outcomes.sum() == result.success.n == len(paths)
    assert tuple(result.outcomes.index) == TREE_OUTCOMES
    assert result.success.value == pytest.approx(np.mean([path[-1] == "A" for path in paths]))


@pytest.mark.parametrize(
    ("paths", "options", "message"),
    [
        ([], {}, "there are no paths"),
        ([""], {}, "'paths' has no path in 1 of 1 rows.*pass skipped"),
        (["A", None], {}, "no path in 1 of 2 rows, first .* in row 1"),
        (["A", float("nan")], {}, "no path in 1 of 2 rows"),
        (["A"], {"skipped": [True, False]}, "paths has 1 values, but skipped has 2"),
        (["A"], {"skipped": [None]}, "'skipped' has no value"),
        (["A"], {"correct": []}, "correct is empty"),
        (["A"], {"confidence": 95}, "Write 0.95 for 95 %"),
    ],
)
def test_tree_test_explains_what_is_wrong(paths, options, message):
    with pytest.raises(ValueError, match=message):
        tree_test(paths, **{"correct": "A", **options})


def test_first_choices_count_the_first_branch():
    assert first_choices(PATHS).to_dict() == {"Shop": 4, "Help": 1}
    assert first_choices(PATHS).name == "participants"
    assert first_choices(PATHS, level=2).to_dict() == {"Home": 2, "Returns": 1}
    assert first_choices(["Home", ""]).empty
    with pytest.raises(ValueError, match="level is 0"):
        first_choices(PATHS, level=0)
    with pytest.raises(ValueError, match="there are no paths"):
        first_choices([])


# --- first click


def test_first_click_splits_success_by_the_first_click():
    result = first_click([1, 1, 1, 1, 0, 0, 0], [1, 1, 1, 0, 1, 0, 0])
    assert result.right == proportion(4, 7, name="First click right")
    assert result.success_if_right == proportion(3, 4, name="Success after a right first click")
    assert result.success_if_wrong == proportion(1, 3, name="Success after a wrong first click")
    narrow = first_click([1, 0], [1, 0], confidence=0.8)
    assert {estimate.confidence for estimate in narrow} == {0.8}


def test_first_click_says_none_where_nobody_was():
    assert first_click([True, True], [True, False]).success_if_wrong is None
    assert first_click([False, False], [True, False]).success_if_right is None


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=30))
def test_the_two_shares_make_up_all_successes(people):
    right, success = map(list, zip(*people, strict=True))
    result = first_click(right, success)
    found = sum(part.value * part.n for part in result[1:] if part is not None)
    assert found == pytest.approx(sum(success))


@pytest.mark.parametrize(
    ("right", "success", "message"),
    [
        ([], [], "right is empty"),
        ([1, 0], [1], "right has 2 values, but success has 1"),
        ([1, None], [1, 0], "'right' has no value"),
        ([1, 0], [1, 2], "'success' has neither yes nor no"),
        (pd.Series([1, 0]), pd.Series([1, 0], index=[5, 6]), "indexes of right and success differ"),
    ],
)
def test_first_click_explains_what_is_wrong(right, success, message):
    with pytest.raises(ValueError, match=message):
        first_click(right, success)


def test_first_choices_are_named_for_a_table():
    first = first_choices(["Home > Help", "Home > Shop"])
    assert (first.index.name, first.name) == ("node", "participants")
