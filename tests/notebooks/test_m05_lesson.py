"""The lesson m05: its numbers hold, and its exercises can be solved by what it teaches and by nothing less."""

from dataclasses import replace

import pytest

from cxux_helpers.exercises.base import Exercise
from cxux_helpers.user_stories import Criterion, UserStory
from cxux_helpers.wireframes import Wireframe, wireframe_from_json
from tests.notebooks.course import lesson


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """The names of the lesson after all its cells have run, and its exercises by their id."""
    names, exercises = {}, {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("m05"))
        start = Exercise.__init__

        def remember(self, question_id, **more):
            exercises[question_id] = self
            start(self, question_id, **more)

        patch.setattr(Exercise, "__init__", remember)
        for cell in lesson("m05").cells:
            if cell.cell_type == "code":
                exec(cell.source, names)
        yield names, exercises


def test_the_prediction_is_what_the_tree_test_shows(run):
    names, exercises = run
    walks = names["walks"]
    paths = walks.loc[walks["task"] == "Collection lockers", "path"]
    exercises["m05-e3"].answer = int((paths == "Home > Circulation > Collection lockers").sum())
    assert exercises["m05-e3"].check().right
    assert (paths.str.startswith("Home > Collection").sum() > 50) and len(paths) == 100


def test_the_lint_finds_the_poor_story_of_the_lesson_and_lets_the_better_one_pass(run):
    names, _ = run
    assert len(names["user_story_findings"](names["poor"])) == 3
    assert names["user_story_findings"](names["better"]) == []


def test_the_draft_of_the_story_earns_little_and_one_for_the_evening_all(run):
    _, exercises = run
    builder = exercises["m05-e2"]
    builder.answer = UserStory("user", "have a fast page for lockers", "the page is fast", 13)
    assert builder.check().share == 0
    done = Criterion("it is after six", "I type my code", "a door opens within 2 seconds")
    wrong = Criterion("my code is wrong", "I type it", "the number of the desk is shown")
    builder.answer = UserStory("reader with a late shift", "get my book", "I take no day off", 3, (done, wrong))
    assert builder.check().right


NAMES = {"books": "Find a book", "mine": "My library", "visit": "Your visit", "meet": "Events and groups"}


@pytest.mark.parametrize(("k", "names", "right"), [(4, NAMES, True), (4, NAMES | {"mine": "Services"}, False)])
def test_four_groups_with_speaking_names_reach_the_goal(run, k, names, right):
    cx, builder = run[0]["cx"], run[1]["m05-e4"]
    places = cx.card_groups(run[0]["sorts"], k).to_dict()
    topics = {number: cx.LIBRARY_SITE.topic_of[card] for card, number in places.items()}
    builder.answer = {"names": [names[topics[number]] for number in range(1, k + 1)], "places": places}
    assert builder.check().right is right


def test_the_staffs_own_tree_fails_all_tasks(run):
    names, exercises = run
    tree = names["staff_tree"]
    places = {card: number for number, cards in enumerate(tree.values(), start=1) for card in cards}
    exercises["m05-e4"].answer = {"names": list(tree), "places": places}
    assert exercises["m05-e4"].check().share < 0.2


def test_the_wireframe_can_be_mended(run):
    draft, editor = run[0]["draft"], run[1]["m05-e6"]
    editor.answer = draft
    assert editor.check().share == 0
    part = {one.id: one for one in draft.components}
    editor.answer = Wireframe(
        draft.title, 360, 640,
        (
            part["head"], part["book"], replace(part["card"], label="Card number", placeholder=""),
            replace(part["hint"], colour="muted"), replace(part["place"], x=16, width=328),
            replace(part["how"], height=48), replace(part["hold"], label="Reserve"),
            replace(part["cancel"], emphasis="secondary", colour="accent", background="paper"),
        ),
    )  # fmt: skip
    assert editor.check().right, editor.check()
    assert len(wireframe_from_json(editor.answer).components) == len(draft.components)
