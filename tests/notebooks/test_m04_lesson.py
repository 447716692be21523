"""What the lesson m04 says of its event log: the total hides what its groups show."""

import re

import pytest

from cxux_helpers import funnel, funnel_by_segment, make_event_log, proportion, sessions, time_in_stage
from cxux_helpers.journey.event_views import GO_ON, view_log, week_of, what_comes_after
from tests.notebooks.course import lesson

STEPS = ["product", "cart", "delivery", "payment", "purchase"]
SOURCE = "\n".join(cell.source for cell in lesson("m04").cells)


@pytest.fixture(scope="module")
def log():
    (seed,) = map(int, re.findall(r"make_event_log\(seed=(\d+)\)", SOURCE))
    log, truth = make_event_log(seed=seed)
    log = log.assign(session=sessions(log), week=week_of(log["time"]))
    log.attrs["truth"] = truth.set_index("fault")
    return log


def test_the_key_of_the_investigation_is_the_planted_fault(log):
    fault = log.attrs["truth"].loc["fails"]
    key = {"step": fault["stage"], "segment": fault["segment"], "week": fault["start"].strftime("%Y-%m-%d")}
    assert f"key={key!r}".replace("'", '"') in SOURCE
    assert fault["start"].day_of_week == 0, "it begins with a week, so that the week is no matter of taste"


def test_the_naive_funnel_does_not_show_the_fault(log):
    table = funnel(log, STEPS, per="session")
    assert table["drop_off"].iloc[1:].idxmin() == "purchase", "the broken step looks like the best of all"
    late = log["time"] >= log.attrs["truth"].loc["fails", "start"]
    bought = [
        proportion(part.loc[part["event"] == "purchase", "session"].nunique(), part["session"].nunique())
        for part in (log[~late], log[late])
    ]
    assert bought[0].value == pytest.approx(bought[1].value, abs=0.005)


def test_funnel_by_segment_and_transitions_show_step_people_and_week(log):
    fault = log.attrs["truth"].loc["fails"]
    by_browser = funnel_by_segment(log, STEPS, "browser", per="session")["share_of_previous"].unstack()
    assert by_browser["purchase"].idxmin() == fault["segment"]
    assert by_browser["purchase"].drop(fault["segment"]).min() > by_browser["purchase"].min() + 0.3
    assert by_browser[STEPS[1:-1]].std().max() < 0.03, "no other step tells the browsers apart"
    errors = view_log(log, what_comes_after("payment"), STEPS, by="browser").values["payment_error"]
    assert errors[fault["segment"]] > 4 * errors.drop(fault["segment"]).max()
    weeks = view_log(log, GO_ON, STEPS, by="week", only=("browser", fault["segment"])).values["purchase"]
    begin = fault["start"].strftime("%Y-%m-%d")
    assert weeks[weeks.index < begin].min() > 0.7 > 0.5 > weeks[weeks.index >= begin].max()


def test_tablets_are_slow_at_delivery_and_still_order(log):
    slow = log.attrs["truth"].loc["slow"]
    assert (slow["start"].day, slow["start"].month) == (3, 2) and "since the week of 3 February" in SOURCE
    late = log[log["time"] >= slow["start"]]
    medians = {name: time_in_stage(part, per="session").loc["delivery", "median_seconds"]
               for name, part in late.groupby("device", observed=True)}  # fmt: skip
    assert 3 < medians["tablet"] / medians["phone"] < 5
    orders = funnel_by_segment(log, STEPS, "device", per="session")["share"].unstack()["purchase"]
    assert orders.max() - orders.min() < 0.03


def test_the_prediction_is_what_the_log_counts(log):
    ordered = log["event"].eq("purchase").groupby(log["session"]).any()
    device = log.groupby("session")["device"].first()
    assert device.eq("tablet").mean() == pytest.approx(1 / 8, abs=0.01)
    (key,) = map(int, re.findall(r'"m04-e1".*?key=(\d+)', SOURCE, re.DOTALL))
    assert 100 * (ordered & (device != "tablet")).mean() == pytest.approx(key, abs=0.15)
    assert f"about {100 * ordered.mean():.0f}" in SOURCE
