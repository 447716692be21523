"""Tests of the audit of a page, without a browser."""

import pytest

from cxux_helpers.accessibility.audits import Mark, fault_lines
from cxux_helpers.datasets.pages import make_page
from cxux_helpers.exercises.page_audit import PageAudit, judge_audit
from cxux_helpers.feedback import Rung
from tests.exercise_views import named, saved, shown_html

RULES = ["image-without-alt", "vague-link", "low-contrast", "no-title", "empty-heading"]
PAGE = make_page(seed=5, faults=RULES[:3])
FAULTS = fault_lines(PAGE.html)


def audit(folder, **more):
    settings = {"html": PAGE.html, "rules": RULES, "faults": FAULTS, **more}
    return PageAudit("q1", title="Audit", prompt="Find.", folder=folder, **settings)


def as_answer(marks):
    return [mark._asdict() for mark in marks]


def test_all_faults_marked_are_right_in_any_order(tmp_path):
    exercise = audit(tmp_path)
    assert exercise.check().rung is Rung.NOT_ANSWERED
    exercise.answer = as_answer(FAULTS[::-1])
    assert exercise.check().right and exercise.answer == as_answer(FAULTS)
    assert audit(tmp_path).answer == as_answer(FAULTS)
    assert f"line {FAULTS[0].line}:" in exercise.text()


def test_misses_and_false_alarms_are_counted_and_named():
    feedback = judge_audit(as_answer([FAULTS[0], Mark(20, "no-title"), Mark(FAULTS[1].line, "no-title")]), FAULTS)
    assert feedback.share == pytest.approx((1 + 0.5 - 0.5) / 3)
    assert "1 of 3 faults found, 1 missed, 1 on the right line by another rule; 1 false alarm." in feedback.message
    assert "Line 20 does not break “no title”" in feedback.message
    assert f"Still to be found: {FAULTS[2].rule.replace('-', ' ')}." in feedback.message
    quiet = judge_audit(as_answer([FAULTS[0]]), FAULTS, tell=False)
    assert quiet.message == "1 of 3 faults found, 2 missed; no false alarms."


def test_marks_are_made_and_taken_back_with_the_controls(tmp_path):
    exercise = audit(tmp_path)
    line, rule = FAULTS[0]
    named(exercise, "Mark this").click()
    assert exercise.answer is None, "nothing is chosen yet"
    named(exercise, "Line").value, named(exercise, "Rule").value = line, rule
    named(exercise, "Mark this").click()
    assert saved(tmp_path) == as_answer(FAULTS[:1])
    named(exercise, "Marks").value = f"{line} {rule}"
    named(exercise, "Take this mark back").click()
    assert saved(tmp_path) == []
    assert exercise.check().message == "Nothing is marked yet." or exercise.check().rung is Rung.NOT_ANSWERED
    named(exercise, "Take this mark back").click()


def test_the_page_is_shown_with_its_source(tmp_path):
    html = shown_html(audit(tmp_path))
    assert 'sandbox=""' in html and "Source of the page, line by line" in html
    assert "&lt;main" in html


def test_every_line_with_a_fault_is_offered(tmp_path):
    lines = {value for _, value in named(audit(tmp_path), "Line").options}
    assert {fault.line for fault in FAULTS} <= lines


@pytest.mark.parametrize(
    "wrong",
    ["x", [3], [{"line": 3}], [{"line": 0, "rule": "vague-link"}], [{"line": 999, "rule": "vague-link"}],
     [{"line": 3, "rule": "ugly"}]],
)  # fmt: skip
def test_marks_of_another_kind_are_refused(tmp_path, wrong):
    with pytest.raises(ValueError, match=r"should be|is no mark"):
        audit(tmp_path).answer = wrong


def test_an_audit_may_be_marked_later_and_refuses_unknown_rules(tmp_path):
    exercise = audit(tmp_path, faults=None)
    exercise.answer = as_answer(FAULTS[:1])
    assert exercise.check().rung is Rung.ANSWERED
    assert judge_audit([{"line": 3}], FAULTS).rung is Rung.WRONG_KIND
    with pytest.raises(ValueError, match="rule 'ugly' is not known"):
        audit(tmp_path, rules=["ugly"])
