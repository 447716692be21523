"""Tests of cxux_helpers.datasets.pages: exactly the planted faults are found, on every page."""

import pytest

from cxux_helpers.accessibility.page_structure import PAGE_RULES, check_page
from cxux_helpers.datasets.pages import make_page


def found(html):
    return sorted((finding.rule, finding.line) for finding in check_page(html))


def planted(truth):
    return sorted(zip(truth["rule"], truth["line"], strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_a_page_without_faults_has_no_findings(seed):
    html, truth = make_page(seed=seed, faults=0)
    assert check_page(html) == []
    assert truth.empty
    assert list(truth.columns) == ["rule", "line", "source", "mended"]


@pytest.mark.parametrize("faults", [1, 3, 8, 23])
@pytest.mark.parametrize("seed", range(12))
def test_exactly_the_planted_faults_are_found(seed, faults):
    html, truth = make_page(seed=seed, faults=faults)
    assert len(truth) == truth["rule"].nunique() == faults
    assert found(html) == planted(truth)


@pytest.mark.parametrize("rule", PAGE_RULES)
def test_every_rule_can_be_planted_in_several_ways(rule):
    pages = [make_page(seed=seed, faults=[rule]) for seed in range(4)]
    for html, truth in pages:
        assert truth["rule"].tolist() == [rule]
        assert found(html) == planted(truth)


def test_a_rule_may_be_broken_twice_at_two_places():
    html, truth = make_page(seed=3, faults=["vague-link", "low-contrast", "vague-link", "low-contrast"])
    assert truth["rule"].value_counts().to_dict() == {"vague-link": 2, "low-contrast": 2}
    assert truth["line"].nunique() == 4
    assert found(html) == planted(truth)


@pytest.mark.parametrize("seed", range(8))
def test_rules_that_compete_for_places_are_fitted_together(seed):
    rules = ["meaningless-alt", "redundant-alt", "image-without-alt", "link-without-name"]
    html, truth = make_page(seed=seed, faults=rules)
    assert sorted(truth["rule"]) == sorted(rules)
    assert found(html) == planted(truth)


def test_truth_tells_what_was_planted_and_how_to_mend_it():
    html, truth = make_page(seed=1, faults=23)
    lines = [line.strip() for line in html.splitlines()]
    for planted_line, mended in zip(truth["source"], truth["mended"], strict=True):
        lines[lines.index(planted_line) if planted_line in lines else lines.index(mended)] = mended
    clean = [line.strip() for line in make_page(seed=1, faults=0).html.splitlines()]
    differing = [pair for pair in zip(lines, clean, strict=True) if pair[0] != pair[1]]
    # The end of the main part is the one change that has no row of its own.
    assert differing in ([], [("</div>", "</main>")])
    assert truth["line"].is_monotonic_increasing


def test_the_seed_decides_all():
    assert make_page(seed=5).html == make_page(seed=5).html
    assert len({make_page(seed=seed).html for seed in range(10)}) == 10
    assert "$" not in make_page(seed=2).html


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        (24, "faults is 24, but 23 fit on the page at most"),
        (-1, "faults is -1, but must be a whole number of 0 or more"),
        (2.5, "faults is 2.5"),
        (
            ["alt"],
            "faults has 'alt'. Give a number, or a list of rules from: button-without-name, control-without-label",
        ),
        ("vague-link", "faults has 'vague-link'. Give a number, or a list"),
        (["no-title", "no-title"], r"faults are \['no-title', 'no-title'\], which need the same places of the page"),
        (["no-main-heading", "several-main-headings"], "need the same places"),
    ],
)
def test_faults_that_cannot_be_planted_are_errors(faults, message):
    with pytest.raises(ValueError, match=message):
        make_page(faults=faults)
