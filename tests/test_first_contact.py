"""Tests of first contact resolution, and of the log in which the truth is planted."""

import numpy as np
import pandas as pd
import pytest

from cxux_helpers.datasets.contacts import make_contact_log
from cxux_helpers.service.first_contact import CONTACT_OUTCOMES, contact_outcomes, first_contact_resolution


def log_of(*contacts):
    return pd.DataFrame(contacts, columns=["customer_id", "topic", "time"])


CHAIN = log_of(
    (1, "bill", "2026-03-02"), (1, "bill", "2026-03-07"), (1, "bill", "2026-03-12"), (1, "bill", "2026-03-25"),
    (2, "bill", "2026-04-09"),
)  # fmt: skip


def test_a_chain_of_contacts_has_one_first_contact_and_a_later_one_is_a_new_matter():
    assert contact_outcomes(CHAIN, days=7).tolist() == ["came back", "repeat", "repeat", "resolved", "too recent"]


def test_exactly_the_days_of_the_window_lie_within_it():
    two = log_of((1, "bill", "2026-03-02 10:00"), (1, "bill", "2026-03-09 10:00"), (2, "bill", "2026-03-30"))
    assert contact_outcomes(two, days=7).tolist()[:2] == ["came back", "repeat"]
    assert contact_outcomes(two, days=6.99).tolist()[:2] == ["resolved", "resolved"]


def test_a_window_that_ends_with_the_log_has_passed():
    log = log_of((1, "bill", "2026-03-02"), (2, "bill", "2026-03-09"))
    assert contact_outcomes(log, days=7).tolist() == ["resolved", "too recent"]


def test_who_came_back_before_the_log_ended_is_still_too_recent():
    log = log_of((1, "bill", "2026-03-02"), (1, "bill", "2026-03-04"), (2, "bill", "2026-03-05"))
    assert contact_outcomes(log, days=7).tolist() == ["too recent", "repeat", "too recent"]


def test_other_topics_and_other_customers_are_other_matters():
    log = log_of(
        (1, "bill", "2026-03-02"), (1, "meter", "2026-03-03"), (2, "bill", "2026-03-03"), (3, "x", "2026-04-01")
    )
    assert contact_outcomes(log, days=7).tolist()[:3] == ["resolved"] * 3


def test_the_order_of_rows_and_the_index_do_not_matter():
    log, _ = make_contact_log(100, seed=4)
    mixed = log.sample(frac=1, random_state=1).set_index(np.arange(len(log)) * 3)
    assert float(first_contact_resolution(mixed, days=7)) == float(first_contact_resolution(log, days=7))
    outcome = contact_outcomes(mixed, days=7)
    assert outcome.index.equals(mixed.index)
    assert list(outcome.cat.categories) == list(CONTACT_OUTCOMES)


def test_columns_may_have_other_names():
    log = CHAIN.rename(columns={"customer_id": "owner", "topic": "about", "time": "at"})
    names = {"customer": "owner", "topic": "about", "time": "at"}
    assert contact_outcomes(log, days=7, **names).tolist() == contact_outcomes(CHAIN, days=7).tolist()
    found = first_contact_resolution(log, days=7, **names)
    assert (found.value, found.n) == (0.5, 2)
    assert found.name == "First contact resolution within 7 days"


@pytest.mark.parametrize(
    ("log", "days", "words"),
    [
        (CHAIN, 0, "days is 0, but must be a number above 0"),
        (CHAIN.drop(columns="topic"), 7, "column 'topic' is not in the table"),
        (CHAIN.assign(customer_id=[1, 1, None, 2, 2]), 7, "column 'customer_id' has no value in row 2"),
        (CHAIN.assign(time="soon"), 7, "soon"),
        (CHAIN, 60, "Choose a shorter window"),
    ],
)
def test_what_cannot_be_told_is_refused_with_its_remedy(log, days, words):
    with pytest.raises(ValueError, match=words):
        first_contact_resolution(log, days=days)


# --- the planted truth ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def planted():
    return make_contact_log(seed=7)


def test_a_week_finds_what_really_settled_a_question_and_the_agents_word_does_not(planted):
    log, truth = planted
    settled = truth.loc[truth["first"], "settled"].mean()
    found = first_contact_resolution(log, days=7)
    assert found.low < settled < found.high
    assert log["ticked_solved"].mean() > found.high + 0.1


def test_a_window_too_short_flatters_and_one_too_long_counts_the_next_bill(planted):
    log, truth = planted
    settled = truth.loc[truth["first"], "settled"].mean()
    assert first_contact_resolution(log, days=1).low > settled + 0.2
    assert first_contact_resolution(log, days=35).high < settled


def test_within_its_own_channel_the_worst_one_looks_best(planted):
    log, truth = planted
    settled = truth[truth["first"]].groupby(log["channel"])["settled"].mean()
    alone = {channel: float(first_contact_resolution(part, days=7)) for channel, part in log.groupby("channel")}
    assert settled.idxmin() == "chat" == max(alone, key=alone.get)
    counts = pd.crosstab(log["channel"], contact_outcomes(log, days=7))
    over_all = counts["resolved"] / (counts["resolved"] + counts["came back"])
    assert over_all.idxmin() == "chat"
    assert over_all["chat"] == pytest.approx(settled["chat"], abs=0.06)


def test_a_log_is_the_same_for_the_same_seed_and_in_order_of_time():
    one, other = make_contact_log(60, seed=3).data, make_contact_log(60, seed=3).data
    pd.testing.assert_frame_equal(one, other)
    assert one["time"].is_monotonic_increasing
    assert one["time"].dt.hour.between(8, 20).all()


def test_too_few_questions_are_refused():
    with pytest.raises(ValueError, match="n_questions is 10, but must be a whole number of 50 or more"):
        make_contact_log(10)
