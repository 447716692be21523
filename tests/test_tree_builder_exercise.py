"""Tests of the tree builder without a browser: from the dendrogram to a tree, and through it with visitors."""

import json

import ipywidgets as widgets
import pytest

from cxux_helpers.datasets import LIBRARY_SITE, Site, make_site_sort
from cxux_helpers.exercises import TreeBuilder, TreeGoal, judge_site_tree
from cxux_helpers.feedback import NoAnswer, Rung
from tests.exercise_views import controls, named, press, shown_html

SORTS = make_site_sort(seed=2).data
NAMES = ["Find a book", "My library", "Your visit", "Events and groups"]
RIGHT = {
    "names": NAMES,
    "places": {card: place for place, cards in enumerate(LIBRARY_SITE.topics.values(), start=1) for card in cards},
}


@pytest.fixture(autouse=True)
def _quick_pictures(request, monkeypatch):
    """Six dendrograms take most of a second; one test looks at them."""
    if "dendrogram" not in request.node.name:
        monkeypatch.setattr(TreeBuilder, "_picture", lambda self, k: f"<p>{k} groups</p>")


def tree(folder, **more):
    settings = {"site": LIBRARY_SITE, **more}
    return TreeBuilder(
        "q1", title="Tree", prompt="Build.", sorts=SORTS, labels=list(LIBRARY_SITE.pulls), folder=folder, **settings
    )


def changed(**places):
    return {"names": NAMES, "places": RIGHT["places"] | {name.replace("_", " "): at for name, at in places.items()}}


def test_the_dendrogram_becomes_a_tree_that_is_named_and_saved(tmp_path):
    exercise = tree(tmp_path)
    controls(exercise, widgets.IntSlider)[0].value = 4
    assert exercise.answer is None, "looking is no answer"
    assert 'alt="30 people sorted 16 cards' in shown_html(exercise) and "Cut into 4 groups" in shown_html(exercise)
    press(exercise, "Make these groups")
    assert len(set(exercise.answer["places"].values())) == 4 and exercise.answer["names"] == [None] * 4
    # Groups count from the first card of the alphabet: Book a room, Branches, Charges, E-books.
    for number, name in enumerate(["Events and groups", "Your visit", "My library", "Find a book"], start=1):
        named(exercise, f"Name of group {number}").value = name
    assert exercise.check().right
    saved = json.loads((tmp_path / "answers" / "q1.json").read_text())["answer"]
    assert tree(tmp_path).answer == saved


def test_visitors_walk_only_through_a_tree_without_gaps(tmp_path):
    exercise = tree(tmp_path)
    press(exercise, "visitors")
    assert "There is no tree yet. Cut the dendrogram first." in shown_html(exercise)
    exercise.answer = {"names": ["Services", "Services", None], "places": {"E-books": 1}}
    press(exercise, "visitors")
    for words in ("15 cards are in no group.", "Without a name: group 3.", "have the same name", "Empty: group 2, 3."):
        assert words in shown_html(exercise)
    exercise.answer = RIGHT
    press(exercise, "visitors")
    assert shown_html(exercise).count("<tr>") == 4 + 1 + 7 and "200 made-up visitors" in shown_html(exercise)
    named(exercise, "E-books").value = 2
    assert "made-up visitors" not in shown_html(exercise), "they walked through another tree"


def test_the_menus_of_single_cards_unfold_and_fold(tmp_path):
    exercise = tree(tmp_path)
    box = next(one for one in controls(exercise, widgets.VBox)[0].children[1].children if isinstance(one, widgets.VBox))
    for words, display in (("Move single cards", ""), ("Hide the single cards", "none")):
        press(exercise, words)
        assert box.layout.display == display


def test_a_misplaced_card_is_told_where_people_looked():
    feedback = judge_site_tree(changed(Collection_lockers=2), LIBRARY_SITE)
    assert feedback.share == pytest.approx(6 / 7)
    assert "It lies under My library" in feedback.message and "look first under Your visit" in feedback.message


def test_the_worst_tasks_come_first_and_the_rest_is_counted():
    jumbled = {"names": NAMES, "places": {card: 1 + place % 4 for card, place in RIGHT["places"].items()}}
    feedback = judge_site_tree(jumbled, LIBRARY_SITE)
    assert feedback.rung is Rung.NOT_YET and "0 of 7 tasks" in feedback.message
    assert feedback.message.count("directly. It lies") == 3 and "4 more tasks miss the goal." in feedback.message


def test_two_crowded_groups_do_not_reach_the_goal():
    two = {
        "names": ["Find a book", "Your visit"], "places": {card: 1 + (p > 2) for card, p in RIGHT["places"].items()}
    }  # fmt: skip
    assert not judge_site_tree(two, LIBRARY_SITE).right


def test_a_branch_that_everybody_opens_and_few_read_to_the_end_is_called_crowded():
    cards = [f"card {number}" for number in range(17)]
    site = Site({"all": cards}, {"Here": {"all": 50.0}, "There": {}}, {"card 0": "Find it."})
    crowded = {"names": ["Here", "There"], "places": dict.fromkeys(cards[:16], 1) | {"card 16": 2}}
    assert "look first under Here, but there are too many cards in it" in judge_site_tree(crowded, site).message


def test_without_visitors_the_tree_is_judged_later(tmp_path):
    exercise = tree(tmp_path, site=None)
    exercise.answer = {"names": NAMES, "places": {"E-books": 1}}
    assert exercise.check().rung is Rung.NOT_ANSWERED and "in no group" in exercise.check().message
    exercise.answer = RIGHT
    assert exercise.check().rung is Rung.ANSWERED
    assert not [one for one in controls(exercise, widgets.Button) if "visitors" in one.description]


def test_every_control_has_a_name_and_the_text_tells_the_tree(tmp_path):
    exercise = tree(tmp_path)
    exercise.answer = RIGHT
    names = [one.description for one in controls(exercise, widgets.Dropdown | widgets.IntSlider)]
    assert all(names) and len(set(names)) == len(names)
    assert "Your visit: " in exercise.text() and "My library, 4" not in exercise.text()
    exercise.answer = {"names": NAMES[:2], "places": {}}
    assert named(exercise, "Name of group 3").layout.display == "none" and "no card" in shown_html(exercise)


BAD = [
    (7, "names and places"), ({"names": NAMES}, "names and places"),
    ({"names": ["My library"], "places": {}}, "2 to 7"),
    ({"names": ["Attic", None], "places": {}}, "'Attic' is not on offer"),
    ({"names": NAMES, "places": [1]}, "dictionary"),
    (changed(Attic=1), "'Attic' is no card"), (changed(E_books=1), "is no card"),
    ({"names": NAMES, "places": {"E-books": 5}}, "groups are 1 to 4"),
    ({"names": NAMES, "places": {"E-books": True}}, "groups are 1 to 4"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "words"), BAD)
def test_an_impossible_tree_is_refused_and_judged_without_a_crash(tmp_path, answer, words):
    with pytest.raises(ValueError, match=words):
        tree(tmp_path).answer = answer
    assert judge_site_tree(answer, LIBRARY_SITE).rung is Rung.WRONG_KIND


@pytest.mark.parametrize("answer", [None, NoAnswer("Nothing."), {"names": NAMES, "places": {}}])
def test_what_is_not_there_earns_nothing(answer):
    assert judge_site_tree(answer, LIBRARY_SITE).rung is Rung.NOT_ANSWERED


def test_a_goal_is_a_share():
    with pytest.raises(ValueError, match="success"):
        TreeGoal(success=80)
