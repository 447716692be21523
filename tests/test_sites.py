"""Tests of the made-up site: what the methods find in it, what a naive look finds, and the walks of its visitors."""

import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from cxux_helpers.datasets import LIBRARY_SITE, Site, make_site_sort, walk_site_tree
from cxux_helpers.exercises.tree_judge import TreeGoal, send_visitors
from cxux_helpers.usability import card_groups, card_similarity

TOPICS = LIBRARY_SITE.topics
NAMES = {"books": "Find a book", "mine": "My library", "visit": "Your visit", "meet": "Events and groups"}
TREE = {NAMES[topic]: list(cards) for topic, cards in TOPICS.items()}


def visits(tree, n=400):
    """The tree as an answer, walked through."""
    names = list(tree)
    places = {card: number for number, cards in enumerate(tree.values(), start=1) for card in cards}
    return send_visitors(LIBRARY_SITE, {"names": names, "places": places}, TreeGoal(visitors=n))


def moved(card, label):
    tree = {name: [one for one in cards if one != card] for name, cards in TREE.items()}
    tree[label].append(card)
    return tree


def renamed(old, new):
    return {new if name == old else name: cards for name, cards in TREE.items()}


# --- the card sort ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(4))
def test_the_dendrogram_finds_the_topics_and_the_labels_do_not(seed):
    sorts, truth = make_site_sort(seed=seed)
    assert adjusted_rand_score(truth.sort_index(), card_groups(sorts, 4)) == 1
    naive = sorts.groupby("card")["group"].agg(lambda labels: labels.value_counts().index[0])
    assert adjusted_rand_score(truth.loc[naive.index], naive) < 0.9
    assert sorts["group"].value_counts().index[0] == "Services"


def test_the_lockers_lie_with_the_visit_although_some_see_them_with_their_books():
    similarity = card_similarity(make_site_sort(seed=2).data)["Collection lockers"]
    assert similarity["Opening hours"] > similarity["My reservations"] > similarity["Reserve a book"]


def test_a_sort_is_the_same_for_the_same_seed_and_complete():
    one, other = (make_site_sort(n_participants=6, seed=3).data for _ in range(2))
    pd.testing.assert_frame_equal(one, other)
    assert (one.groupby("participant")["card"].nunique() == 16).all()


# --- the visitors -----------------------------------------------------------------------------------------------


def test_the_tree_by_topics_is_found_directly():
    assert all(seen.result.directness.value > 0.75 for seen in visits(TREE).values())


def test_a_misplaced_card_shows_in_its_directness_and_first_choices():
    seen = visits(moved("Collection lockers", "My library"))["Collection lockers"]
    assert seen.result.directness.high < 0.5 and next(iter(seen.first)) == "Your visit"


def test_success_alone_does_not_give_the_vague_name_away_and_directness_does():
    vague, good = visits(renamed("My library", "Services")), visits(TREE)
    for card in ("Renew a loan", "Charges to pay"):
        # Four of five still find it in the end. Only three of five go there directly, and nearly all did before.
        assert vague[card].result.success.value > 0.8
        assert vague[card].result.directness.high < 0.76 < good[card].result.directness.low


def test_the_staffs_own_tree_loses_people_who_look_for_the_lockers():
    staff = {
        "Collection": ["Search the catalogue", "New arrivals", "E-books"],
        "Circulation": [*TOPICS["mine"], "Reserve a book", "Collection lockers"],
        "Premises": ["Opening hours", "Branches and maps", "Step-free entrance", "Book a room"],
        "Services": ["Story hour", "Reading group", "Homework help"],
    }
    seen = visits(staff)
    worst = min(seen, key=lambda card: seen[card].result.directness.value)
    assert worst == "Collection lockers" and next(iter(seen[worst].first)) == "Collection"


def test_many_cards_in_a_branch_are_harder_to_find_than_few():
    site = Site({"all": [f"card {n}" for n in range(16)]}, {"Here": {"all": 1.0}}, {"card 0": "Find it."})
    walks = walk_site_tree(site, {"Here": site.topics["all"]}, n_participants=400)
    # 0.95 less 0.03 for each of the ten cards over six.
    assert walks["path"].str.endswith("card 0").mean() == pytest.approx(0.65, abs=0.08)


def test_walks_have_the_shares_that_their_rules_give():
    site = Site({"a": ["here", "that"], "b": ["else"]}, {"A": {"a": 3.0}, "B": {"a": 1.0}}, {"here": "Find it."})
    walks = walk_site_tree(site, {"A": ["here", "that"], "B": ["else"]}, n_participants=4000)
    first = walks["path"].str.startswith("Home > A").mean()
    assert first == pytest.approx(3 / 4, abs=0.025)
    assert walks["skipped"].mean() == pytest.approx(0.25 * 0.08, abs=0.01)
    # Right at once, or after going back from B, which three quarters do; 95 % then find it.
    assert walks["path"].str.endswith("here").mean() == pytest.approx(0.95 * (0.75 + 0.25 * 0.75), abs=0.025)


@pytest.mark.parametrize(
    ("tree", "words"),
    [
        ({**TREE, "Attic": []}, "label 'Attic' is unknown"),
        (dict(list(TREE.items())[1:]), "each card of the site once"),
        ({**TREE, "Services": ["E-books"]}, "each card of the site once"),
    ],
)
def test_a_tree_that_does_not_fit_the_site_is_refused(tree, words):
    with pytest.raises(ValueError, match=words):
        walk_site_tree(LIBRARY_SITE, tree)


def test_too_few_people_are_refused():
    with pytest.raises(ValueError, match="n_participants"):
        make_site_sort(n_participants=4)
