"""Tests of looking into an event log, one question at a time."""

import numpy as np
import pandas as pd
import pytest

from cxux_helpers.journey.event_flows import time_in_stage, transition_matrix
from cxux_helpers.journey.event_logs import funnel
from cxux_helpers.journey.event_views import GO_ON, SECONDS, view_log, week_of, what_comes_after

STEPS = ["look", "cart", "pay"]
LOG = pd.DataFrame(
    [
        (1, "2025-03-03 09:00:00", "look", "phone"), (1, "2025-03-03 09:00:20", "cart", "phone"),
        (1, "2025-03-03 09:01:00", "pay", "phone"), (2, "2025-03-04 09:00:00", "look", "phone"),
        (3, "2025-03-11 09:00:00", "look", "tablet"), (3, "2025-03-11 09:00:50", "cart", "tablet"),
        (3, "2025-03-11 09:01:00", "look", "tablet"),
    ],
    columns=["session", "time", "event", "device"],
).assign(time=lambda table: pd.to_datetime(table["time"]))  # fmt: skip


def test_the_share_that_goes_on_is_that_of_the_funnel_of_each_group():
    view = view_log(LOG, GO_ON, STEPS, by="device")
    # Phones: 2 of 2 look, 1 of 2 take the cart, 1 of 1 pays. Tablets: 1 of 1, 1 of 1, 0 of 1.
    assert view.values.to_numpy().tolist() == [[1, 0.5, 1], [1, 1, 0]]
    assert view.counts.to_numpy().tolist() == [[2, 2, 1], [1, 1, 1]]
    whole = view_log(LOG, GO_ON, STEPS)
    assert whole.values.loc["all"].tolist() == funnel(LOG, STEPS, per="session")["share_of_previous"].tolist()


def test_seconds_are_the_medians_of_timed_visits():
    view = view_log(LOG, SECONDS, STEPS, by="device")
    assert view.values.loc["phone"].tolist()[:2] == [20, 40] and np.isnan(view.values.loc["phone", "pay"])
    assert view.counts.loc["phone"].tolist() == [1, 1, 0], "the last event of a session has no end"
    whole = view_log(LOG, SECONDS, ["look"])
    assert whole.values.loc["all", "look"] == time_in_stage(LOG, per="session").loc["look", "median_seconds"] == 35


def test_what_comes_after_an_event_is_a_row_of_the_transition_matrix():
    view = view_log(LOG, what_comes_after("look"), STEPS, by="device")
    assert view.values.loc["phone"].to_dict() == {"cart": 0.5, "path_end": 0.5}
    assert view.counts.loc["tablet"].unique().tolist() == [2]
    row = transition_matrix(LOG, per="session").loc["look"]
    assert view_log(LOG, what_comes_after("look"), STEPS).values.loc["all"].to_dict() == row[row > 0].to_dict()


def test_a_group_in_which_the_event_never_happened_is_said_to_hold_nobody():
    view = view_log(LOG, what_comes_after("pay"), STEPS, by="device")
    assert view.counts["path_end"].to_dict() == {"phone": 1, "tablet": 0}
    assert np.isnan(view.values.loc["tablet", "path_end"])


def test_only_some_are_looked_at():
    view = view_log(LOG.assign(week=week_of(LOG["time"])), GO_ON, STEPS, by="week", only=("device", "tablet"))
    assert view.values.index.tolist() == ["2025-03-10"] and view.values.index.name == "week"
    assert view.counts.loc["2025-03-10"].tolist() == [1, 1, 1]


def test_the_order_of_rows_does_not_matter():
    mixed = LOG.sample(frac=1, random_state=1)
    for question in (GO_ON, SECONDS, what_comes_after("look")):
        pd.testing.assert_frame_equal(
            view_log(mixed, question, STEPS, by="device").values, view_log(LOG, question, STEPS, by="device").values
        )


@pytest.mark.parametrize(("day", "monday"), [("2025-03-03", "03"), ("2025-03-09 23:59:59", "03"), ("2025-03-10", "10")])
def test_a_week_is_named_by_its_monday(day, monday):
    assert week_of(pd.Series([day])).item() == f"2025-03-{monday}"


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"by": "browser"}, "column 'browser' is not in the table"),
        ({"only": ("device", "watch")}, "no event is left where device is 'watch'"),
        ({"question": "why"}, "question is 'why'; ask for 'go on', 'seconds' or 'after look'"),
        ({"question": "after lunch"}, "question is 'after lunch'"),
        ({"per": "visit"}, "column 'visit' is not in the table"),
    ],
)
def test_a_question_that_cannot_be_asked_is_refused_with_the_remedy(changes, message):
    with pytest.raises(ValueError, match=message):
        view_log(**{"log": LOG, "question": GO_ON, "steps": STEPS} | changes)
