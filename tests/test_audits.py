"""Tests of cxux_helpers.accessibility.audits: marks held against faults, and a page that is safe to be shown."""

import nbformat
import pytest
from bs4 import BeautifulSoup

from cxux_helpers.accessibility.audits import Mark, audit_marks, fault_lines, notebook_page, page_to_show, rule_words
from cxux_helpers.accessibility.page_structure import check_page
from cxux_helpers.datasets.pages import make_page

FAULTS = [Mark(3, "image-without-alt"), Mark(3, "vague-link"), Mark(7, "no-title"), Mark(9, "low-contrast")]


def test_all_faults_and_nothing_else_earns_all():
    result = audit_marks(FAULTS, FAULTS)
    assert result.share == 1 and set(result.hits) == set(FAULTS)
    assert result.missed == result.false_alarms == result.other_rule == ()


def test_hits_other_rules_and_false_alarms_are_weighed():
    marks = [FAULTS[0], Mark(7, "low-contrast"), Mark(5, "no-title")]
    result = audit_marks(marks, FAULTS)
    assert result.hits == (FAULTS[0],)
    assert result.other_rule == (Mark(7, "low-contrast"),)
    assert result.false_alarms == (Mark(5, "no-title"),)
    assert set(result.missed) == {FAULTS[1], FAULTS[3]}
    assert result.share == pytest.approx((1 + 0.5 - 0.5) / 4)


def test_every_rule_on_every_line_earns_nothing():
    rules = {fault.rule for fault in FAULTS}
    assert audit_marks([Mark(line, rule) for line in range(1, 11) for rule in rules], FAULTS).share == 0


def test_marks_count_once():
    assert audit_marks([FAULTS[0]] * 3, FAULTS).share == pytest.approx(1 / 4)


def test_a_page_without_faults_cannot_be_audited():
    with pytest.raises(ValueError, match="faults is empty"):
        audit_marks([], [])


def test_the_checks_find_what_was_planted():
    for seed in range(4):
        html, truth = make_page(seed=seed)
        assert sorted(fault_lines(html)) == sorted(Mark(row.line, row.rule) for row in truth.itertuples())
    assert fault_lines(html, rules=[]) == []


def framed(html):
    frame = BeautifulSoup(page_to_show(html, title="A page"), "html.parser", multi_valued_attributes=None).find(
        "iframe"
    )
    return frame, BeautifulSoup(frame["srcdoc"], "html.parser")


def test_a_shown_page_is_shut_in_and_loads_nothing():
    frame, inside = framed(
        '<html lang="en"><head><script>alert(1)</script><meta http-equiv="refresh" content="0;url=x">'
        '<link rel="stylesheet" href="a.css"></head><body><img src="a.png" alt="A"><video src="b.mp4" poster="c.png">'
        '<track src="d.vtt"></video><iframe src="https://example.org"></iframe><form action="/buy"><input autofocus>'
        '</form><a href="https://example.org">Go</a></body></html>'
    )
    assert frame["sandbox"] == "" and frame["title"] == "A page"
    assert not inside.select("script, meta[http-equiv], link, track")
    assert [image["src"][:5] for image in inside.select("[src]")] == ["data:"]
    assert not inside.select("[action], [poster], [autofocus]")
    assert [link["href"] for link in inside.select("a")] == ["#"]


def test_what_is_shown_keeps_its_words():
    html, _ = make_page(seed=1)
    _, inside = framed(html)
    original = BeautifulSoup(html, "html.parser")
    assert inside.find("main").get_text() == original.find("main").get_text()


def test_a_notebook_becomes_a_page_that_can_be_checked(tmp_path):
    output = nbformat.v4.new_output("display_data", {"text/html": '<img src="map.png">', "text/plain": "a map"})
    code = nbformat.v4.new_code_cell("1 < 2", outputs=[output])
    cells = [nbformat.v4.new_markdown_cell("# Hours\n\n### Sunday"), code]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "hours.ipynb")
    page = notebook_page(tmp_path / "hours.ipynb")
    assert [finding.rule for finding in check_page(page)] == ["skipped-heading-level", "image-without-alt"]
    assert "<title>Hours</title>" in page and "1 &lt; 2" in page
    with pytest.raises(ValueError, match=r"there is no notebook 'days.ipynb'"):
        notebook_page(tmp_path / "days.ipynb")


def test_a_rule_is_offered_in_words_with_its_criterion():
    assert rule_words("vague-link") == "vague link (2.4.4 Link Purpose (In Context))"
