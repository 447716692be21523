"""Tests of the introduction's touchpoints and their picture."""

from collections import Counter
from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from cxux_helpers.datasets.touchpoints import load_clinic_visit, load_touchpoint_cards
from cxux_helpers.exercises import CardSort
from cxux_helpers.plots.touchpoints import describe_touchpoints, plot_touchpoints

pytestmark = pytest.mark.filterwarnings("error")

VISIT = pd.DataFrame({"touchpoint": ["Books", "Waits", "Pays"], "feeling": [1, -2, -2], "kind": ["both", "CX", "CX"]})


def test_cards_are_balanced_over_the_piles_and_four_lie_on_a_border():
    key = load_touchpoint_cards()["key"]
    assert Counter(accepted[0] for accepted in key.values()) == dict.fromkeys(
        ["CX", "UX", "both", "customer service"], 7
    )
    assert sum(len(accepted) == 2 for accepted in key.values()) == 4


def test_no_run_of_cards_gives_the_key_away():
    best = [accepted[0] for accepted in load_touchpoint_cards()["key"].values()]
    assert all(one != other for one, other in pairwise(best))


def test_every_card_has_a_reason_and_no_message_for_an_accepted_pile(tmp_path):
    deck = load_touchpoint_cards()
    CardSort("q1", title="All", prompt="Sort.", folder=tmp_path, **deck)  # it looks at cards, key and piles itself
    assert all(len(reason.split()) >= 6 for reason in deck["why"].values())
    assert len(set(deck["cards"].values())) == len(deck["cards"]) == 28
    for card, pile in deck["mistakes"]:
        assert pile not in deck["key"][card], card


def test_two_accepted_piles_are_explained():
    deck = load_touchpoint_cards()
    for card, accepted in deck["key"].items():
        assert ("We accept both answers." in deck["why"][card]) == (len(accepted) == 2), card


def test_the_visit_has_the_numbers_that_the_lesson_tells():
    visit = load_clinic_visit()
    assert (len(visit), int(visit["uses_product"].sum()), int((visit["contact"] == "indirect").sum())) == (16, 6, 2)
    assert visit.loc[visit["feeling"] == -2, "channel"].tolist() == ["website", "waiting room", "letter"]
    assert int(visit["asks_for_help"].sum()) == 3
    assert visit["moment"].unique().tolist() == ["before", "during", "after"]


def test_nobody_asks_for_help_and_uses_a_product_at_once_so_the_rule_has_no_hidden_case():
    visit = load_clinic_visit()
    assert not (visit["asks_for_help"] & visit["uses_product"]).any()
    assert (visit["uses_product"] | visit["shapes_relationship"] | visit["asks_for_help"]).all()


def test_the_picture_is_drawn_on_the_axes_given_or_on_its_own():
    ax = Figure().add_subplot()
    assert plot_touchpoints(VISIT, ax=ax) is ax
    assert plot_touchpoints(VISIT).figure is not ax.figure


def test_every_touchpoint_and_every_kind_stands_in_the_picture_and_nothing_is_cut_off():
    ax = plot_touchpoints(load_clinic_visit().assign(kind=["CX", "UX", "both", "customer service"] * 4))
    FigureCanvasAgg(ax.figure).draw()
    labels = [*ax.get_yticklabels(), *ax.get_xticklabels(), *ax.get_legend().get_texts(), ax.xaxis.label]
    assert {text.get_text() for text in ax.get_yticklabels()} == set(load_clinic_visit()["touchpoint"])
    page = ax.figure.bbox
    for text in labels:
        box = text.get_window_extent()
        assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0 and box.y1 <= page.y1, text


def test_kinds_differ_by_marker_and_not_by_colour_alone():
    lines = [line for line in plot_touchpoints(VISIT).lines if line.get_marker() not in ("None", "")]
    assert len({line.get_marker() for line in lines}) == 2


def test_the_words_tell_kinds_best_and_worst():
    assert describe_touchpoints(VISIT) == (
        "3 touchpoints from “Books” to “Pays”: 2 CX, 1 both. Best (1) felt “Books”. Worst (-2) felt “Waits”, “Pays”."
    )


@pytest.mark.parametrize(
    ("table", "message"),
    [
        (VISIT.drop(columns="kind"), "column 'kind' is not in the table"),
        (VISIT.assign(feeling=[1, 3, 0]), "no feeling from -2 to 2 in 1 of 3 rows, first 3"),
        (VISIT.assign(kind=["CX", None, "UX"]), "column 'kind' has nothing in 1 of 3 rows"),
        (VISIT.iloc[:0], "no rows"),
    ],
)
def test_a_table_that_cannot_be_drawn_is_refused_with_the_remedy(table, message):
    for function in (plot_touchpoints, describe_touchpoints):
        with pytest.raises(ValueError, match=message):
            function(table)
