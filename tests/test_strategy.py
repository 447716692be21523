"""Tests of cxux_helpers.strategy and of the strategy canvas: what a page of strategy lacks, and what it earns."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.exercises import StrategyCanvas, judge_strategy
from cxux_helpers.feedback import NoAnswer, Rung
from cxux_helpers.strategy import (
    FIELDS,
    NEEDS,
    StrategyRow,
    StrategyTerms,
    read_strategy,
    strategy_findings,
    strategy_rows,
)

TERMS = StrategyTerms(budget=7000, start="2027-01-01", until="2027-12-31")
GOOD = {
    "objective": "Buyers know when the van will come",
    "measure": "calls that ask where it is, per 100 orders",
    "now": 14,
    "target": 7,
    "by": "2027-06-30",
    "owner": "Mara, head of delivery",
    "budget": 1000,
    "guard": "share who rate the delivery 4 or 5",
    "ethics": "Calls are counted, and nobody is named",
}
OWNERS = ("Mara, head of delivery", "Ivo, head of sales", "Lea, chief executive")
PAGE = {need: GOOD | {"owner": OWNERS[place % 3]} for place, need in enumerate(NEEDS)}
PAGE["support from the top"] = GOOD | {"owner": "Lea, chief executive"}


def rules(need="journey maps", **changes):
    """The rules that a page breaks on which one good row was changed."""
    page = PAGE | {need: PAGE[need] | changes}
    return [one.rule for one in strategy_findings(read_strategy(page), TERMS)]


def test_the_seven_needs_are_those_of_the_syllabus():
    assert len(NEEDS) == 7
    assert NEEDS[0] == "understanding" and NEEDS[-1] == "digital tools"


def test_a_page_that_can_be_looked_up_paid_and_owned_has_no_findings():
    assert strategy_findings(read_strategy(PAGE), TERMS) == ()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"objective": ""}, "slogan"),
        ({"objective": "Delight our customers"}, "slogan"),
        ({"measure": " "}, "unmeasured"),
        ({"now": None}, "unmeasured"),
        ({"target": None}, "unmeasured"),
        ({"target": 14}, "unmeasured"),
        ({"by": ""}, "date"),
        ({"by": "soon"}, "date"),
        ({"by": "2027-02-30"}, "date"),
        ({"by": "20270630"}, "date"),
        ({"by": "2026-12-31"}, "date"),
        ({"by": "2028-01-01"}, "date"),
        ({"budget": None}, "budget"),
        ({"guard": ""}, "alone"),
        ({"guard": "Calls that ask where it is,  per 100 orders."}, "alone"),
        ({"ethics": ""}, "ethics"),
        ({"ethics": "None."}, "ethics"),
        ({"ethics": "n/a"}, "ethics"),
        ({"ethics": "Buyers like surveys"}, "consent"),
        ({"measure": "interviews at the door", "ethics": "They are short"}, "consent"),
        ({"ethics": "E-mail addresses come from guarantee cards"}, "consent"),
    ],
)
def test_each_fault_of_a_row_is_found_alone(changes, rule):
    assert rules(**changes) == [rule]


@pytest.mark.parametrize(
    "owner",
    ["", "  ", "?", "12", "everybody", "Everyone in sales", "all of us", "we", "the team", "The service team", "TBD",
     "n/a", "marketing", "the IT department", "staff", "to be decided", "nobody", "somebody from sales"],
)  # fmt: skip
def test_what_is_no_single_person_or_role_owns_nothing(owner):
    assert rules(owner=owner) == ["owner"]


@pytest.mark.parametrize(
    "owner",
    ["Mara", "head of the service team", "owner of the firm", "Pia, staff trainer", "IT manager", "Ann-Marie O'Neill"],
)
def test_a_person_or_a_role_may_own_a_row(owner):
    assert rules(owner=owner) == []


@pytest.mark.parametrize("owner", ["Chair of the board", "CEO", "managing director", "Lea, founder"])
def test_support_from_the_top_is_owned_by_somebody_at_the_top(owner):
    assert rules("support from the top", owner=owner) == []
    assert rules("support from the top", owner="the trainee in service") == ["top"]


@pytest.mark.parametrize(
    "ethics", ["Only with consent", "The survey is anonymous", "Buyers opt in", "No names are kept"]
)
def test_data_with_consent_or_without_names_are_in_order(ethics):
    assert rules(measure="share of a survey who agree", ethics=ethics) == []


def test_rows_may_spend_the_budget_to_the_last_euro_and_not_one_more():
    assert rules(budget=1000) == []
    assert rules(budget=1001) == ["over budget"]
    page = read_strategy(PAGE | {"journey maps": GOOD | {"budget": 1500}})
    assert "7,500 euro, and there are 7,000" in str(strategy_findings(page, TERMS)[-1])


def test_two_people_cannot_own_seven_rows():
    page = {need: row | {"owner": " lea,  Chief executive"} for need, row in PAGE.items()}
    assert [one.rule for one in strategy_findings(read_strategy(page), TERMS)] == ["few owners"]
    few = {need: PAGE[need] for need in NEEDS[:4]}
    assert "few owners" not in {one.rule for one in strategy_findings(read_strategy(few), TERMS)}


def test_an_empty_row_is_one_finding_and_not_nine():
    page = {need: row for need, row in PAGE.items() if need != "digital tools"}
    assert [(one.where, one.rule) for one in strategy_findings(read_strategy(page), TERMS)] == [
        ("digital tools", "empty")
    ]


def test_findings_say_where_what_why_and_what_to_do():
    (finding,) = strategy_findings(read_strategy(PAGE | {"journey maps": GOOD | {"owner": "we"}}), TERMS)
    assert str(finding) == (
        "journey maps: Its owner is no single person or role. What everybody owns, nobody does. "
        "Name one person or one role."
    )


def test_a_strategy_may_have_fewer_needs():
    terms = replace(TERMS, needs=("journey maps", "digital tools"))
    page = {need: PAGE[need] for need in terms.needs}
    assert strategy_findings(read_strategy(page, terms.needs), terms) == ()
    with pytest.raises(ValueError, match="'objectives' is no need here; choose among: journey maps, digital tools"):
        read_strategy({"objectives": GOOD}, terms.needs)


@settings(max_examples=20)
@given(st.sampled_from(FIELDS), st.sampled_from(NEEDS))
def test_leaving_a_field_out_never_makes_a_page_better(field, need):
    less = {name: value for name, value in PAGE[need].items() if name != field}
    page = PAGE | {need: less}
    assert judge_strategy(page, TERMS).share < judge_strategy(PAGE, TERMS).share == 1


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        ([], "a strategy should be a dictionary"),
        ({"sales": {}}, "'sales' is no need here; choose among: understanding"),
        ({"objectives": "more"}, "objectives: a row should be a dictionary with the keys objective, measure"),
        ({"objectives": {"who": "we"}}, "objectives: a row should be a dictionary"),
        ({"objectives": {"budget": -1}}, "objectives: budget is -1; it should be a number of 0 or more"),
        ({"objectives": {"now": True}}, "objectives: now is True; it should be a number"),
        ({"objectives": {"target": "7"}}, "objectives: target is '7'; it should be a number"),
        ({"objectives": {"now": float("nan")}}, "objectives: now is nan"),
        ({"objectives": {"owner": 7}}, "objectives: owner should be a text of at most 400 characters"),
        ({"objectives": {"owner": "x" * 401}}, "objectives: owner should be a text of at most 400"),
    ],
)
def test_what_is_no_strategy_is_refused(answer, message):
    with pytest.raises(ValueError, match=message):
        read_strategy(answer)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"budget": -1}, "budget is -1, but"),
        ({"start": "January"}, "start is 'January', but must be a day"),
        ({"until": "2026-12-31"}, "start is 2027-01-01 and until 2026-12-31. Swap them"),
        ({"needs": ("sales",)}, "'sales' is no need"),
        ({"needs": ()}, "needs is empty"),
    ],
)
def test_terms_that_cannot_be_kept_are_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        replace(TERMS, **arguments)


def test_rows_are_told_in_words():
    (first, *others) = strategy_rows(read_strategy({"understanding": GOOD}))
    assert first[1].startswith("Buyers know when the van will come; measured by calls") and "from 14 to 7" in first[1]
    assert others[0] == ("journey maps", "still empty")
    assert StrategyRow().blank and not StrategyRow(budget=0).blank


# --- judging ----------------------------------------------------------------------------------------------------------


def test_each_need_and_the_page_earn_an_eighth():
    assert judge_strategy(PAGE, TERMS).right
    one_fault = PAGE | {"journey maps": GOOD | {"owner": "we"}}
    assert judge_strategy(one_fault, TERMS).share == pytest.approx(7.5 / 8)
    two_faults = PAGE | {"journey maps": GOOD | {"owner": "we", "by": "soon"}}
    assert judge_strategy(two_faults, TERMS).share == pytest.approx(7 / 8)
    too_dear = PAGE | {"journey maps": PAGE["journey maps"] | {"budget": 9000}}
    assert judge_strategy(too_dear, TERMS).share == pytest.approx(7.5 / 8)


def test_a_page_with_one_good_row_earns_that_row_alone():
    feedback = judge_strategy({"understanding": GOOD}, TERMS)
    assert feedback.share == pytest.approx(1 / 8)
    assert feedback.rung is Rung.NOT_YET
    assert "Still empty: journey maps, objectives" in feedback.message


def test_three_faults_are_told_at_a_time_and_no_word_of_the_student():
    page = {need: row | {"owner": "we <b>", "by": "soon"} for need, row in PAGE.items()}
    message = judge_strategy(page, TERMS).message
    assert message.count("Name one person") + message.count("Give a day") == 3
    assert "And " in message and "<b>" not in message and "soon" not in message


def test_no_answer_and_no_strategy_earn_nothing():
    assert judge_strategy(NoAnswer("It is missing."), TERMS).rung is Rung.NOT_ANSWERED
    assert judge_strategy({}, TERMS).rung is Rung.NOT_ANSWERED
    assert judge_strategy({"objectives": {}}, TERMS).rung is Rung.NOT_ANSWERED
    assert judge_strategy({"objectives": 3}, TERMS).rung is Rung.WRONG_KIND


# --- the canvas -------------------------------------------------------------------------------------------------------


def canvas(folder, **more):
    return StrategyCanvas("t-e1", title="One page", prompt="Fill it in.", terms=TERMS, folder=folder, **more)


def test_a_draft_stands_on_the_page_and_becomes_the_answer_with_the_first_change(tmp_path):
    exercise = canvas(tmp_path, draft={"understanding": GOOD})
    assert exercise.answer is None and exercise.check().rung is Rung.NOT_ANSWERED
    assert exercise.view is not None
    assert exercise._boxes["owner"].value == GOOD["owner"] and exercise._boxes["target"].value == "7"
    exercise._boxes["target"].value = "1,200"
    assert exercise.answer == {"understanding": GOOD | {"target": 1200}}


def test_rows_are_filled_one_by_one_and_come_back(tmp_path):
    exercise = canvas(tmp_path)
    assert exercise.view is not None
    for need, row in PAGE.items():
        exercise._menu.value = need
        for field, value in row.items():
            exercise._boxes[field].value = str(value)
    assert exercise.answer == PAGE and exercise.check().right
    again = canvas(tmp_path)
    assert again.answer == PAGE
    assert again.view is not None and "7,000 of 7,000 euro" in again._page.value
    assert "support from the top: Buyers know" in again.text()


def test_what_is_no_number_is_refused_by_its_label(tmp_path):
    exercise = canvas(tmp_path)
    assert exercise.view is not None
    exercise._boxes["budget"].value = "a lot"
    assert exercise.answer is None
    assert "Budget in euro: write a number" in exercise._feedback_box.value
    exercise._boxes["budget"].value = "1.5"
    assert exercise.answer == {"understanding": {"budget": 1.5}}
    exercise._boxes["budget"].value = ""
    assert exercise.answer == {}


def test_a_page_that_is_marked_later_says_only_what_is_empty(tmp_path):
    exercise = canvas(tmp_path, marked_later=True)
    exercise.answer = {"understanding": GOOD | {"owner": "we"}}
    assert exercise.check().message == f"Still empty: {', '.join(NEEDS[1:])}."
    exercise.answer = PAGE
    assert exercise.check().rung is Rung.ANSWERED


def test_words_on_the_page_are_escaped(tmp_path):
    exercise = canvas(tmp_path)
    assert exercise.view is not None
    exercise._boxes["owner"].value = "<script>"
    assert "<script>" not in exercise._page.value
