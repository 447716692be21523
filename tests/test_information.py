"""Tests of cxux_helpers.usability.card_sorts: card sorts."""

import io

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.usability.card_sorts import card_dendrogram, card_distance, card_groups, card_linkage, card_similarity

# Example data of the package cardsort 0.2 (Kloppenborg, MIT): ten cards, five people, one group number per pile.
CARDS = ["Dog", "Tiger", "Cat", "Apple", "Sandwich", "Banana", "Hot Dog", "Croissant", "Mooncake", "Moon"]
GROUPS = {
    1: ["pets"] * 3 + ["lunch", "lunch", "long food", "long food", "Moon-shaped", "Moon-shaped", "Moon-shaped"],
    2: ["animals"] * 3
    + ["Healthy snacks", "Junk food", "Healthy snacks", "Junk food", "Junk food", "Junk food", "Sky"],
    3: ["Dogs", "Felines", "Felines", "Snacks", "Snacks", "Snacks", "Dogs", "Snacks", "Snacks", "Satellites"],
    4: ["Pets", "Nature", "Pets", "Fruits", "Snacks", "Fruits", "Snacks", "Snacks", "Snacks", "Nature"],
    5: ["Animals"] * 3 + ["Food"] * 6 + ["Astronomical Body"],
}
# Its own test's expected distances, pair by pair in the order of CARDS.
DISTANCES = """
2 1 5 5 5 4 5 5 5
1 5 5 5 5 5 5 4
5 5 5 5 5 5 5
2 1 4 3 3 5
3 2 1 1 5
3 3 3 5
2 2 5
0 4
4
"""


def long_table(groups, cards=CARDS):
    return pd.DataFrame(
        [(person, card, label) for person, labels in groups.items() for card, label in zip(cards, labels, strict=True)],
        columns=["participant", "card", "group"],
    )


@pytest.fixture(scope="module")
def sorts():
    return long_table(GROUPS)


# Three to six cards, sorted by one to five people into groups numbered 0 to 2.
small_sorts = st.integers(3, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 2), min_size=n, max_size=n), min_size=1, max_size=5)
).map(lambda people: long_table(dict(enumerate(people)), [f"card {i}" for i in range(len(people[0]))]))  # fmt: skip


def test_distances_are_the_published_ones(sorts):
    distance = card_distance(sorts)
    published = [int(number) for line in io.StringIO(DISTANCES) for number in line.split()]
    pairs = [(one, other) for place, one in enumerate(CARDS) for other in CARDS[place + 1 :]]
    assert [distance.loc[pair] for pair in pairs] == published
    assert (np.diag(distance) == 0).all()
    assert distance.to_numpy().dtype.kind == "i"


def test_similarity_is_the_share_of_people_who_put_two_cards_together(sorts):
    similarity = card_similarity(sorts)
    assert similarity.loc["Croissant", "Mooncake"] == 1
    assert similarity.loc["Dog", "Cat"] == 0.8
    assert similarity.loc["Dog", "Apple"] == 0
    pd.testing.assert_frame_equal(similarity, 1 - card_distance(sorts) / 5)
    assert similarity.index.name == similarity.columns.name == "card"


def test_average_linkage_can_be_done_by_hand():
    # a and b together for three of four people, c with both for two: distances ab 1, ac 2, bc 3.
    people = {1: [1, 1, 1], 2: [1, 1, 1], 3: [1, 1, 2], 4: [1, 2, 1]}
    sorts = long_table(people, ["a", "b", "c"])
    assert card_distance(sorts).loc["a"].tolist() == [0, 1, 1]
    people[2] = [1, 1, 2]
    sorts = long_table(people, ["a", "b", "c"])
    # ab 1, ac 2, bc 3: a and b join at 1, and c joins both at the mean of 2 and 3.
    assert card_distance(sorts).to_numpy()[np.triu_indices(3, 1)].tolist() == [1, 2, 3]
    assert card_linkage(sorts).tolist() == [[0, 1, 1, 2], [2, 3, 2.5, 3]]


def test_groups_are_cut_from_the_tree(sorts):
    groups = card_groups(sorts, 3)
    members = {frozenset(cards) for cards in groups.groupby(groups).groups.values()}
    assert members == {
        frozenset({"Dog", "Tiger", "Cat"}),
        frozenset({"Moon"}),
        frozenset({"Apple", "Banana", "Sandwich", "Hot Dog", "Croissant", "Mooncake"}),
    }
    assert (groups.name, groups.index.name, groups.index[0], groups.iloc[0]) == ("group", "card", "Apple", 1)


def test_the_extreme_numbers_of_groups(sorts):
    assert set(card_groups(sorts, 1)) == {1}
    assert sorted(card_groups(sorts, 10)) == list(range(1, 11))


def test_dendrogram_places_every_card_and_every_join(sorts):
    tree = card_dendrogram(sorts)
    assert sorted(tree.cards) == sorted(CARDS)
    assert tree.places.shape == tree.heights.shape == (9, 4)
    assert sorted(tree.heights[:, 1]) == pytest.approx(sorted(card_linkage(sorts)[:, 2]))
    # Cards that join early stand beside each other.
    assert abs(tree.cards.index("Croissant") - tree.cards.index("Mooncake")) == 1


@settings(deadline=None)
@given(small_sorts, st.randoms())
def test_order_of_rows_and_names_of_groups_do_not_matter(sorts, random):
    shuffled = sorts.iloc[random.sample(range(len(sorts)), len(sorts))]
    renamed = shuffled.assign(group=shuffled["participant"].astype(str) + "-" + shuffled["group"].astype(str))
    pd.testing.assert_frame_equal(card_similarity(sorts), card_similarity(renamed))
    pd.testing.assert_series_equal(card_groups(sorts, 2), card_groups(renamed, 2))


@settings(deadline=None)
@given(small_sorts)
def test_similarity_is_symmetric_bounded_and_blind_to_doubled_people(sorts):
    similarity = card_similarity(sorts)
    assert similarity.equals(similarity.T)
    assert similarity.to_numpy().min() >= 0
    assert similarity.to_numpy().max() == 1
    twice = pd.concat([sorts, sorts.assign(participant=sorts["participant"] + 100)])
    pd.testing.assert_frame_equal(card_similarity(twice), similarity)
    assert card_groups(sorts, 3).nunique() == 3


def test_the_same_label_of_two_people_does_not_join_cards():
    sorts = long_table({1: ["misc", "misc", "x"], 2: ["misc", "y", "misc"]}, ["a", "b", "c"])
    assert card_similarity(sorts).loc["b", "c"] == 0


def test_columns_may_have_other_names_and_be_categorical(sorts):
    other = sorts.rename(columns={"participant": "who", "card": "what", "group": "pile"}).astype("category")
    names = {"participant": "who", "card": "what", "group": "pile"}
    np.testing.assert_array_equal(card_similarity(other, **names), card_similarity(sorts))
    assert card_groups(other, 3, **names).tolist() == card_groups(sorts, 3).tolist()
    assert card_dendrogram(other, **names).cards == card_dendrogram(sorts).cards
    assert card_linkage(other, **names).tolist() == card_linkage(sorts).tolist()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="group"), "column 'group' is not in the table.* Pass participant='…'"),
        (lambda table: table.assign(group=None), "'group' has no value in 50 of 50 rows.*left-over card"),
        (lambda table: table.iloc[1:], "participant 1 sorted card Dog 0 times. Every participant must"),
        (lambda table: pd.concat([table, table.tail(1)]), "participant 5 sorted card Moon 2 times"),
        (lambda table: table.head(0), "no rows"),
        (lambda table: table[table["card"] == "Dog"], "there is only one card, Dog. A tree needs two"),
    ],
)
def test_card_sorts_that_cannot_be_used_are_named(sorts, change, message):
    with pytest.raises(ValueError, match=message):
        card_linkage(change(sorts))


@pytest.mark.parametrize(("k", "message"), [(0, "k is 0"), (11, "k is 11, but there are 10 cards"), (2.5, "k is 2.5")])
def test_number_of_groups_must_fit(sorts, k, message):
    with pytest.raises(ValueError, match=message):
        card_groups(sorts, k)


def test_two_cards_are_enough_for_a_tree():
    sorts = pd.DataFrame({"participant": [1, 1, 2, 2], "card": ["a", "b"] * 2, "group": [1, 1, 1, 2]})
    assert card_linkage(sorts).tolist() == [[0, 1, 1, 2]]


def test_a_layout_needs_no_picture(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.pyplot", None)
    sorts = pd.DataFrame({"participant": [1] * 3, "card": ["a", "b", "c"], "group": [1, 1, 2]})
    assert card_dendrogram(sorts).cards == ["c", "a", "b"]
