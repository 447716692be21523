"""Tests of the pictures of blueprints and story maps: every text fits into its box, and the words tell all of it."""

from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Text

from cxux_helpers.journey.blueprints import LANES, Action, Blueprint
from cxux_helpers.journey.story_maps import Activity, Release, Step, Story, StoryMap
from cxux_helpers.plots import blueprints as plots
from cxux_helpers.plots.boxes import height_of, wrap
from tests.test_blueprints import GOOD as COFFEE
from tests.test_story_maps import GOOD as PRESENTS

WAIT = "Wait for the table while it is being made"
TABLE = Blueprint(
    "Delivery of a made-to-measure oak table to a flat on the fourth floor without a lift, from order to first supper",
    ("Choose and order", WAIT, "Receive", "Live with it"),
    (
        Action("a", "Chooses wood, oil and size from samples in the shop", "Choose and order", "customer", ("b", "b2")),
        Action("b", "Measures, sketches and advises, and says what it costs", "Choose and order", "frontstage",
               ("c", "b2"), "Salesperson of the handmade line"),
        Action("b2", "Shows samples", "Choose and order", "frontstage", ("c2", "c"), "Salesperson"),
        Action("c", "Checks the workshop's calendar", "Choose and order", "backstage", ("d",), "Workshop"),
        Action("c2", "Keeps samples clean", "Choose and order", "backstage", (), "Workshop"),
        Action("d", "Calendar, $5 a month and $6 for more", "Choose and order", "support", ("saw",),
               "Systemadministrationsabteilung"),
        Action("w", "Reads the weekly photograph of the growing table", WAIT, "customer", ("m",)),
        Action("m", "Sends a photograph and the date of delivery", WAIT, "frontstage", ("t", "d"), "Order desk"),
        Action("t", "Takes the photograph", WAIT, "backstage", ("saw",), "Joiner"),
        Action("saw", "Sawmill delivers oak", WAIT, "support", (), "Sawmill"),
        Action("r", "Opens the door, shows the way, signs", "Receive", "customer", ("carry", "call")),
        Action("carry", "Carries the table up, sets it up, takes the packing along", "Receive", "frontstage",
               ("plan",), "Drivers"),
        Action("call", "Rings up half an hour before", "Receive", "frontstage", ("plan", "t"), "Drivers"),
        Action("plan", "Plans the tour with two people for each flat", "Receive", "backstage", ("van", "d"), "Desk"),
        Action("van", "Van hire", "Receive", "support", ("w",), "Hire firm"),
        Action("l", "Oils the table once a year", "Live with it", "customer", ("oil",)),
        Action("oil", "Sends a small bottle of oil, which nobody expects", "Live with it", "frontstage", ("list",),
               "Order desk"),
        Action("list", "Keeps addresses of those who agreed", "Live with it", "backstage", ("d", "b"), "Order desk"),
    ),
)  # fmt: skip
# Links that a validator would refuse, and yet they must not spoil the picture.
FAULTY = Blueprint(
    "Faulty", ("One", "One", "Two"),
    (
        Action("a", "Asks", "One", "customer", ("d", "nobody", "a")),
        Action("d", "Computer", "One", "support", ("a",)),
        Action("d", "Another computer", "Two", "support", ("d",)),
        Action("x", "Nowhere", "Three", "backstage", ("a",)),
    ),
)  # fmt: skip
ROOMS = StoryMap(
    "A shop for furniture that is made to measure and delivered to the room of your choice on any day of the week",
    "Ann, who furnishes her first flat on a small budget and has no car",
    (Activity("c", "Choose something that fits into the room"), Activity("o", "Order"), Activity("g", "Get it")),
    (
        Step("f", "c", "Find furniture that fits"), Step("k", "c", "Compare two or three pieces"),
        Step("p", "o", "Pay"), Step("w", "g", "Wait for it"), Step("s", "g", "Set it up"),
    ),
    (
        Release("r1", "First release", "Ann can order one table without ringing anybody up."),
        Release("r2", "Second release with rather a long name", "Ann can trust the date"),
        Release("r3", "Third release"),
    ),
    (
        Story("1", "f", "See all tables with their sizes", "r1"),
        Story("2", "f", "Enter the size of my room and see only what fits into it", "r2"),
        Story("3", "k", "See two side by side", "r2"), Story("4", "p", "Pay by invoice", "r1"),
        Story("5", "p", "Pay in instalments without interest"), Story("6", "w", "Get a mail with the day", "r2"),
        Story("7", "w", "Choose the hour of delivery", "r2"), Story("8", "w", "See where the van is", "r2"),
        Story("9", "s", "Read the manual, also in Donaudampfschifffahrtsgesellschaftskapitänsdeutsch", "r2"),
        Story("x", "nowhere", "Dream", "r1"),
    ),
)  # fmt: skip

DRAWN = {
    "blueprint": (plots.plot_blueprint, COFFEE),
    "blueprint with long texts": (plots.plot_blueprint, TABLE),
    "blueprint with faults": (plots.plot_blueprint, FAULTY),
    "blueprint of one step": (plots.plot_blueprint, replace(COFFEE, steps=("Pay",))),
    "story map": (plots.plot_story_map, PRESENTS),
    "story map with long texts": (plots.plot_story_map, ROOMS),
    "story map without releases": (plots.plot_story_map, replace(PRESENTS, releases=(), stories=())),
}


def own(name):
    plot, data = DRAWN[name]
    return plot(data)


def on_small_axes(name):
    plot, data = DRAWN[name]
    return plot(data, ax=Figure((4, 6)).add_axes((0.1, 0.2, 0.8, 0.5)))


def texts_and_boxes(ax):
    """Extents of all visible texts and of all boxes, in pixels."""
    # Letters are set on whole pixels, which matters where they are small.
    ax.figure.set_dpi(100 if ax.figure.get_figwidth() > 5 else 300)
    FigureCanvasAgg(ax.figure).draw()
    texts = [text for text in ax.figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [patch.get_window_extent() for patch in ax.patches if isinstance(patch, Rectangle)]
    return {text: text.get_window_extent() for text in texts}, boxes


def overlap(one, other, slack=1.0):
    return (
        min(one.x1, other.x1) - max(one.x0, other.x0) > slack and min(one.y1, other.y1) - max(one.y0, other.y0) > slack
    )


@pytest.mark.parametrize("make", [own, on_small_axes])
@pytest.mark.parametrize("name", DRAWN)
def test_every_text_fits_into_its_box_and_nothing_overlaps_or_is_cut(name, make):
    ax = make(name)
    texts, boxes = texts_and_boxes(ax)
    assert len(texts) > 3
    page = ax.figure.bbox
    for text, box in texts.items():
        assert box.x0 >= page.x0 - 1 and box.x1 <= page.x1 + 1, text.get_text()
        assert box.y0 >= page.y0 - 1 and box.y1 <= page.y1 + 1, text.get_text()
        holders = [other for other in boxes if overlap(box, other)]
        assert len(holders) <= 1, text.get_text()
        for holder in holders:
            assert holder.x0 <= box.x0 and box.x1 <= holder.x1, text.get_text()
            assert holder.y0 <= box.y0 and box.y1 <= holder.y1, text.get_text()
    for one, other in combinations(texts, 2):
        assert not overlap(texts[one], texts[other]), (one.get_text(), other.get_text())
    for one, other in combinations(boxes, 2):
        assert not overlap(one, other)


@pytest.mark.parametrize("name", [name for name in DRAWN if name.startswith("blueprint")])
def test_no_link_passes_through_a_box_or_a_name(name):
    ax = own(name)
    texts, boxes = texts_and_boxes(ax)
    links = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    assert links
    for link in links:
        corners = ax.transData.transform(link._path_original.vertices)
        for start, end in pairwise(corners):
            for x, y in start + np.linspace(0, 1, 60)[:, None] * (end - start):
                for box in [*boxes, *texts.values()]:
                    assert not (box.x0 + 2 < x < box.x1 - 2 and box.y0 + 2 < y < box.y1 - 2)


def test_a_blueprint_has_a_link_for_each_need_that_is_there_and_its_three_lines():
    ax = plots.plot_blueprint(TABLE)
    links = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    assert len(links) == sum(len(action.needs) for action in TABLE.actions)
    assert [line.get_linestyle() for line in ax.get_lines()] == ["-", "--", ":"]
    heights = [line.get_ydata()[0] for line in ax.get_lines()]
    words = {text.get_text(): text.get_position()[1] for text in ax.texts}
    tops = [words[lane.capitalize()] for lane in LANES]
    for above, height, below in zip(tops, heights, tops[1:], strict=False):
        assert above < height < below
    assert {"line of interaction", "line of visibility", "line of internal interaction"} <= set(words)
    # An id that is there twice is linked once, to the first; what is not there is left out.
    faulty = plots.plot_blueprint(FAULTY)
    assert sum(isinstance(patch, FancyArrowPatch) for patch in faulty.patches) == 4
    assert not any("Nowhere" in text.get_text() for text in faulty.texts)


def test_a_straight_link_goes_from_an_action_down_to_what_it_rests_on():
    ax = plots.plot_blueprint(COFFEE)
    first = next(patch for patch in ax.patches if isinstance(patch, FancyArrowPatch))
    start, end = first._path_original.vertices[[0, -1]]
    places = {text.get_text().split("\n")[0]: text.get_position() for text in ax.texts}
    assert start[0] == end[0] == places["Asks for a coffee"][0]
    assert places["Asks for a coffee"][1] < start[1] < end[1] < places["Repeats the order"][1]


def test_black_text_reads_on_every_box():
    def luminance(colour):
        channels = np.array(to_rgb(colour))
        linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
        return linear @ [0.2126, 0.7152, 0.0722]

    for name in ("blueprint with long texts", "story map"):
        ax = own(name)
        assert {text.get_color() for text in ax.texts} == {"black"}
        fills = [patch.get_facecolor() for patch in ax.patches if isinstance(patch, Rectangle)]
        assert min((luminance(fill[:3]) + 0.05) / 0.05 for fill in fills) > 7


def test_the_words_of_a_blueprint_tell_every_action_owner_and_link():
    words = plots.describe_blueprint(TABLE)
    for action in TABLE.actions:
        assert action.name in words
        assert action.owner in words
    assert words.count("rests on") == sum(len(action.needs) for action in TABLE.actions)
    assert plots.describe_blueprint(COFFEE).endswith(
        "Order. Customer: Asks for a coffee (rests on Repeats the order). Frontstage: Repeats the order (Barista; "
        "rests on Brews the coffee). Backstage: Brews the coffee (Barista; rests on Delivers beans; rests on Cleans "
        "the machine); Cleans the machine (Barista). Support: Delivers beans (Roaster). Pay. Customer: Holds out the "
        "card (rests on Shows the sum). Frontstage: Shows the sum (Barista). Backstage: nothing. Support: nothing."
    )
    assert "the line of visibility below frontstage" in words
    assert "Nowhere" not in plots.describe_blueprint(FAULTY)


def test_the_words_of_a_story_map_tell_every_story_with_its_step_and_release():
    assert plots.describe_story_map(PRESENTS) == (
        "Story map: Present shop, for Ann, who needs a present today. Backbone: Choose (Find; Compare), Pay (Pay by "
        "card). First (Ann can buy one thing; the walking skeleton). Find: See all. Pay by card: Type the number. "
        "Second (Ann can choose well). Find: Filter by price. Later. Compare: See two side by side."
    )
    words = plots.describe_story_map(ROOMS)
    for thing in (*ROOMS.activities, *ROOMS.steps, *ROOMS.releases, *ROOMS.stories[:-1]):
        assert thing.name in words
    assert "Third release. No stories." in words
    assert "Dream" not in words
    assert plots.describe_story_map(replace(PRESENTS, user="")).startswith("Story map: Present shop. Backbone")


def test_a_first_release_that_skips_an_activity_is_no_walking_skeleton():
    missing = "no walking skeleton yet: nothing for Get it"
    assert missing in plots.describe_story_map(ROOMS)
    shown = " ".join(text.get_text().replace("\n", " ") for text in plots.plot_story_map(ROOMS).texts)
    assert missing in shown
    without_goal = replace(PRESENTS, releases=(Release("r1", "First"),))
    assert "First (the walking skeleton)." in plots.describe_story_map(without_goal)


def test_an_activity_spans_its_steps_and_a_story_hangs_below_its_step():
    ax = plots.plot_story_map(PRESENTS)
    boxes = {}
    for patch in ax.patches:
        (x, y), width = patch.get_xy(), patch.get_width()
        inside = [t for t in ax.texts if t.get_position() == (x + width / 2, y + patch.get_height() / 2)]
        boxes[inside[0].get_text().replace("\n", " ")] = (x, y, x + width)
    assert boxes["Choose"][::2] == (boxes["Find"][0], boxes["Compare"][2])
    assert boxes["Filter by price"][0] == boxes["Find"][0]
    assert boxes["Find"][1] < boxes["See all"][1] < boxes["Filter by price"][1] < boxes["See two side by side"][1]


def test_what_has_no_columns_is_refused():
    for function in (plots.plot_blueprint, plots.describe_blueprint):
        with pytest.raises(ValueError, match=r"the blueprint has no steps\. List the steps"):
            function(replace(COFFEE, steps=()))
    for function in (plots.plot_story_map, plots.describe_story_map):
        with pytest.raises(ValueError, match=r"no activity with steps\. Add the backbone first"):
            function(replace(PRESENTS, steps=()))


def test_wrapping_keeps_every_letter_and_breaks_only_words_that_are_too_long():
    assert wrap("one  two\nthree", 5) == "one two three"
    assert wrap("", 1) == ""
    assert "".join(wrap("x" * 99, 1).split("\n")) == "x" * 99
    assert wrap("a few words of text", 0.9).split() == ["a", "few", "words", "of", "text"]
    assert len(wrap("WWWW WWWW", 0.9).split("\n")) > len(wrap("llll llll", 0.9).split("\n"))
    assert height_of([]) == 0 < height_of(["a"]) < height_of(["a\nb"])
