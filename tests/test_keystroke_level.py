"""Tests of cxux_helpers.usability.keystroke_level: the keystroke-level model."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.usability.keystroke_level import KEYSTROKE_SECONDS, KLM_SECONDS, klm, klm_steps

steps = st.lists(st.tuples(st.integers(1, 9), st.sampled_from("KPHM")), min_size=1, max_size=10).map(
    lambda listed: [f"{count}{operator}" for count, operator in listed]
)


def test_replacing_a_word_takes_the_published_seconds():
    # Card, Moran and Newell (1980), as in Rowe's lecture of 1999: line editor 4 M + 15 K = 8.4 s, display editor
    # 2 M + 8 K + 2 H + P = 6.2 s, with a keystroke of 0.2 s.
    assert klm("MK[line feed] MK[s] 5K[xxxxx] MK[return] 5K[zzzzz] MK[return] K[return]") == pytest.approx(8.4)
    assert klm("H[mouse] P[word] K[button] H[keyboard] MK[r] 5K[zzzzz] MK[esc]") == pytest.approx(6.2)


def test_operators_have_the_published_seconds():
    # Card, Moran and Newell (1980), and Kieras (1993), as quoted by HandWiki and the University of Hamburg.
    assert {operator: klm(operator) for operator in "KPHM"} == {"K": 0.20, "P": 1.10, "H": 0.40, "M": 1.35}
    kieras = {operator: klm(operator, variant="kieras") for operator in "KPHMB"}
    assert kieras == {"K": 0.20, "P": 1.10, "H": 0.40, "M": 1.20, "B": 0.10}
    assert set(KLM_SECONDS) == {"card", "kieras"}


def test_typists_have_the_published_seconds():
    assert list(KEYSTROKE_SECONDS.values()) == [0.08, 0.12, 0.20, 0.28, 0.50, 0.75, 1.20]
    for typist, seconds in KEYSTROKE_SECONDS.items():
        assert klm("K", k=typist) == klm("K", k=seconds) == seconds
    assert klm("2K M", k=0.28) == pytest.approx(1.91)


def test_drawing_and_waiting_take_their_numbers():
    # 0.9 · 2 + 0.16 · 5.5
    assert klm("D(2,5.5)") == pytest.approx(2.68)
    assert klm("R(1.5)") == klm("W(1.5)") == 1.5
    assert klm("2R(1.5)") == 3
    assert klm("R(0)") == 0
    # Think, point, press and release: Kieras's click.
    assert klm("M P B B", variant="kieras") == klm("MP2B", variant="kieras") == pytest.approx(2.5)


def test_steps_keep_their_notes_and_order():
    table = klm_steps([" M", "P", "12K[hello, world]"], k=0.5)
    assert table["operator"].tolist() == ["M", "P", "K"]
    assert table["count"].tolist() == [1, 1, 12]
    assert table["note"].tolist() == ["", "", "hello, world"]
    assert table["seconds"].tolist() == pytest.approx([1.35, 1.1, 6.0])


@settings(deadline=None)
@given(steps, steps, st.randoms())
def test_times_add_up_in_any_order(one, other, random):
    joined = one + other
    assert klm(joined) == pytest.approx(klm(one) + klm(other))
    assert klm(random.sample(joined, len(joined))) == pytest.approx(klm(joined))
    assert klm("".join(joined)) == pytest.approx(klm(" ".join(joined)))
    assert klm(joined, k="worst typist") >= klm(joined) >= klm(joined, k="best typist")


@pytest.mark.parametrize(
    ("operators", "options", "message"),
    [
        ("", {}, "operators is empty"),
        ([], {}, "operators is empty"),
        ("M p", {}, r"operators has 'p', which is no step. Write capital letters"),
        ("M 0K", {}, "operators has '0K'"),
        ("M K[ok", {}, r"operators has '\[ok'"),
        ("M X", {}, "operator X is not in the variant 'card', which has: D, H, K, M, P, R, W"),
        ("B", {}, "operator B is not in the variant 'card'"),
        ("R", {}, r"operator R has 'nothing' in parentheses. Write it as R\(seconds\)"),
        ("R(-1)", {}, r"operator R has '-1' in parentheses"),
        ("R(inf)", {}, "operator R has 'inf'"),
        ("R(soon)", {}, "operator R has 'soon'"),
        ("D(2)", {}, r"operator D has '2' in parentheses. Write it as D\(lines,centimetres\)"),
        ("K(2)", {}, "operator K has '2' in parentheses. Write it as K"),
        ("K", {"k": "typist"}, "k is 'typist'. Give seconds, or one of: best typist, good typist"),
        ("K", {"k": 0}, "k is 0, but must be a number above 0"),
        ("K", {"variant": "Kieras"}, "variant is 'Kieras'. Give 'card' or 'kieras'"),
    ],
)
def test_klm_explains_what_is_wrong(operators, options, message):
    with pytest.raises(ValueError, match=message):
        klm(operators, **options)
