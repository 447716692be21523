"""What the lesson m09 says of its made-up firm and of real orders is so, and its draft has the faults it speaks of."""

import re

import pytest

from cxux_helpers import FURNITURE_PROGRAMME, fit_bg_nbd, load_cdnow_sample, make_loyalty_chain, purchase_summary
from cxux_helpers.exercises import judge_strategy
from cxux_helpers.furniture_firm import FurnitureFirm, before_after, causes_of_change
from cxux_helpers.strategy import StrategyTerms, read_strategy, strategy_findings
from tests.notebooks.course import lesson

CELLS = [cell.source for cell in lesson("m09").cells]
SOURCE = "\n".join(CELLS)


@pytest.fixture(scope="module")
def draft():
    cell = next(source for source in CELLS if "StrategyCanvas(" in source)
    names: dict[str, object] = {}
    exec(cell[: cell.index("exercises.StrategyCanvas(")], names)  # our own text: the rows of the draft
    return names["draft"]


TERMS = StrategyTerms(budget=40_000, start="2027-01-01", until="2027-12-31")


def test_sales_of_bower_lane_doubled_and_most_of_it_would_have_come_anyway():
    firm = FurnitureFirm(9, shops=60)
    assert "FurnitureFirm(9, shops=60)" in SOURCE and "rose by 106 %" in SOURCE
    factors = causes_of_change(firm, FURNITURE_PROGRAMME)["factor"]
    assert round(100 * (factors["all together"] - 1)) == 106
    assert before_after(firm.do_nothing()).value == pytest.approx(0.56, abs=0.005)
    assert "2.06 / 1.56 = 1.32" in SOURCE and round(2.06 / 1.56, 2) == 1.32
    assert factors["measures"] == pytest.approx(1.32, abs=0.01)
    assert {"season", "a competitor closes", "end of bad luck"} <= set(factors.index[factors > 1.1])


def test_older_customers_make_satisfaction_look_several_times_as_strong():
    customers, truth = make_loyalty_chain(seed=1)
    naive = customers["satisfaction"].cov(customers["profit"]) / customers["satisfaction"].var()
    assert naive > 4 * truth["satisfaction → profit"]


def test_a_model_in_which_customers_stop_comes_far_nearer_to_real_orders():
    orders = load_cdnow_sample()
    known, later = purchase_summary(orders, end="1997-09-30"), purchase_summary(orders)
    happened = float((later["x"] - known["x"]).sum())
    model = float(fit_bg_nbd(known).conditional_expected_purchases(known, 39).sum())
    naive = float(39 * (known["x"] / known["T"]).sum())
    assert abs(model - happened) < 0.15 * happened < 0.5 * happened < naive - happened


def test_the_draft_of_the_page_has_one_fault_of_each_kind_that_the_lesson_names(draft):
    found = [(one.where, one.rule) for one in strategy_findings(read_strategy(draft), TERMS)]
    assert found == [
        ("journey maps", "owner"),
        ("objectives", "slogan"),
        ("objectives", "unmeasured"),
        ("support from the top", "top"),
        ("work across departments", "date"),
        ("feedback analysis", "consent"),
        ("digital tools", "alone"),
        ("the whole page", "over budget"),
    ]
    assert re.search(r"StrategyTerms\(budget=40_000, start=\"2027-01-01\", until=\"2027-12-31\"\)", SOURCE)


def test_the_draft_can_be_mended(draft):
    mended = {need: dict(row) for need, row in draft.items()}
    mended["journey maps"]["owner"] = "Mara, head of shops"
    mended["objectives"] |= {"objective": "Fewer tables come back", "measure": "returns per 100 orders", "now": 9,
                             "target": 6, "guard": "buyers who say that they could easily return, percent"}  # fmt: skip
    mended["support from the top"]["owner"] = "Hanne Aalto, chair of the board"
    mended["work across departments"]["by"] = "2027-08-31"
    mended["feedback analysis"]["ethics"] = "Only buyers who gave their consent get a mail"
    mended["digital tools"] |= {"guard": "calls that ask where a table is, per 100 orders", "budget": 20_000}
    assert judge_strategy(mended, TERMS).right
