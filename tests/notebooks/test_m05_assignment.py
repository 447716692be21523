"""The key of the assignment of m05, found in another way than the assignment finds it, and the data behind it."""

import csv
from collections import defaultdict
from itertools import combinations

import pandas as pd
import pytest

from cxux_helpers import klm
from tests.notebooks.assignments import Assignment, Work
from tests.notebooks.wrong_answers.m05 import BEST, MODEL, TODAY
from tools.make_museum_data import MUSEUM_SITE, main
from tools.make_museum_data import TODAY as TODAY_OF_THE_DATA

M05 = Assignment("m05")


@pytest.mark.parametrize("name", ["card_sort.csv", "tree_test.csv"])
def test_the_committed_data_are_those_that_the_script_makes(tmp_path, name):
    main(tmp_path)
    assert (tmp_path / name).read_bytes() == (M05.source / name).read_bytes()


# --- what the functions of questions 3 and 5 must return, by plain Python ------------------------------------------


def together(sorts, one, other):
    piles = defaultdict(set)
    for person, card, group in zip(sorts["participant"], sorts["card"], sorts["group"], strict=True):
        piles[person, group].add(card)
    people = {person for person, _ in piles}
    return len({person for (person, _), cards in piles.items() if {one, other} <= cards}) / len(people)


def success(paths, right, skipped):
    ends = [path[len(path) - 1] for path, gone in zip(paths, skipped, strict=True) if gone is False]
    return ends.count(right) / len(paths)


def directness(paths, skipped):
    answers = [path for path, gone in zip(paths, skipped, strict=True) if not gone]
    return len([path for path in answers if all(a != b for a, b in combinations(path, 2))]) / len(paths)


@pytest.mark.parametrize(("question", "functions"), [("q3", [together]), ("q5", [success, directness])])
def test_functions_written_in_plain_python_earn_all_points(tmp_path, question, functions):
    marks = M05.marks(question, Work(tmp_path, {function.__name__: function for function in functions}))
    assert marks.earned == M05.worth[f"m05-{question}-check"], str(marks)


# --- the card sort and the tree --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def similarity():
    """Similarity of all pairs of cards, counted without the library."""
    with (M05.source / "card_sort.csv").open(encoding="utf-8", newline="") as file:
        rows = pd.DataFrame(list(csv.DictReader(file)))
    cards = sorted(rows["card"].unique())
    return {frozenset(pair): together(rows, *pair) for pair in combinations(cards, 2)}, rows


def test_every_card_is_nearest_to_its_own_topic_and_the_labels_lead_astray(similarity):
    near, rows = similarity
    for card, topic in MUSEUM_SITE.topic_of.items():
        mean = {
            other: sum(near[frozenset((card, one))] for one in cards if one != card) / len({*cards} - {card})
            for other, cards in MUSEUM_SITE.topics.items()
        }
        assert max(mean, key=mean.get) == topic, card
    assert rows["group"].value_counts().index[0] == "Services"
    assert len(set(rows.loc[rows["group"] == "Services", "card"].map(MUSEUM_SITE.topic_of))) >= 3


def chances(tree, card):
    """Chances to find a card, and to answer directly, over all orders in which branches may be opened."""
    right = next(label for label, cards in tree.items() if card in cards)

    def found(unseen):
        pulls = {label: MUSEUM_SITE.pull(label, card) for label in unseen}
        chance = 0.0
        for label, pull in pulls.items():
            others = unseen - {label}
            chance += pull / sum(pulls.values()) * (0.95 if label == right else 0.75 * found(others))
        return chance

    pulls = {label: MUSEUM_SITE.pull(label, card) for label in tree}
    straight = pulls[right] / sum(pulls.values())
    return found(frozenset(tree)), straight + (1 - straight) * 0.17


def test_the_tree_by_topics_reaches_the_goal_and_todays_does_not():
    best = [chances(BEST, card) for card in MUSEUM_SITE.tasks]
    assert min(found for found, _ in best) > 0.85 and min(direct for _, direct in best) > 0.8
    today = [chances(TODAY, card) for card in MUSEUM_SITE.tasks]
    assert all(direct < 0.7 for _, direct in today)


def test_success_alone_would_let_the_vague_name_pass():
    vague = {"Services" if name == "Plan your visit" else name: cards for name, cards in BEST.items()}
    found, direct = chances(vague, "Lift and ramps")
    assert found > 0.8 and direct < 0.75


def test_the_hidden_visitors_are_those_of_the_data():
    assert TODAY == TODAY_OF_THE_DATA
    source = M05.checks["m05-q4-check"].source
    names = {}
    exec(source[source.index("from cxux_helpers.datasets") : source.index("q.hidden")], names)
    for part in ("topics", "pulls"):
        assert getattr(names["site"], part) == getattr(MUSEUM_SITE, part)
    assert list(names["site"].tasks) == list(MUSEUM_SITE.tasks)


# --- seconds and screens ---------------------------------------------------------------------------------------------


def test_the_models_of_question_6_add_up_by_hand():
    # Today: 2.73 + (3 + 0.4 + 1.68) + (1.35 + 0.28 + 2.80) + (0.4 + 2.73); new: three clicks of 2.73 each.
    assert klm(MODEL["Today"], k=0.28) == pytest.approx(15.37)
    assert klm(MODEL["New"], k=0.28) == pytest.approx(8.19)


def test_the_draft_of_question_7_is_the_one_that_is_marked():
    offered = next(
        cell.source for cell in M05.notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "m05-q7"
    )
    hidden = M05.checks["m05-q7-check"].source
    part = (
        offered[offered.index('Component("back"') : offered.index("q7 = ")]
        .replace("primary}", "filled}")
        .replace("**primary", "**filled")
    )
    assert part.strip() in hidden
