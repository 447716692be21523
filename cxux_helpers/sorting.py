"""Judging cards that were sorted into piles: card by card, and as agreement with a key.

A key may accept two piles for a card where experts differ. Agreement then takes whichever of them was chosen, so that
nobody loses points in a dispute that is not settled.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from cxux_helpers.checks import missing_answer
from cxux_helpers.estimates import Estimate
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.surveys.agreement import cohen_kappa, percent_agreement

__all__ = [
    "Key",
    "SortAgreement",
    "SortedCard",
    "check_sort",
    "describe_agreement",
    "review_sort",
    "sort_agreement",
]

Key = Mapping[str, str | Sequence[str]]
"""For every card its right pile, or all piles that are accepted, the best one first."""


class SortedCard(NamedTuple):
    """What is to be said of one card that was put into a pile.

    Parameters
    ----------
    card
        Id of the card.
    pile
        Where it was put.
    accepted
        Where it may be, the best pile first.
    why
        Why it belongs there; for a wrong pile, first what speaks against that one.
    """

    card: str
    pile: str
    accepted: tuple[str, ...]
    why: str

    @property
    def fits(self) -> bool:
        """Whether it lies in a pile that is accepted."""
        return self.pile in self.accepted


class SortAgreement(NamedTuple):
    """How well piles agree with a key.

    Parameters
    ----------
    accuracy
        Share of the sorted cards that lie where the key has them.
    kappa
        The same beyond chance; None where only one pile is in use, for then chance explains all.
    """

    accuracy: Estimate
    kappa: Estimate | None


def review_sort(
    answer: Mapping[str, str],
    key: Key,
    why: Mapping[str, str],
    mistakes: Mapping[tuple[str, str], str] | None = None,
) -> list[SortedCard]:
    """Judge each card that was sorted, in the order of the key.

    Parameters
    ----------
    answer : mapping of str to str
        The pile of each card; cards may be missing.
    key : mapping
        The right pile of each card, or the piles that are accepted.
    why : mapping of str to str
        For each card, why it belongs where the key has it.
    mistakes : mapping of (str, str) to str, optional
        For a card and a wrong pile, what speaks against that pile.

    Examples
    --------
    >>> key = {"ad": "CX", "kiosk": ("both", "UX")}
    >>> why = {"ad": "Nothing is used.", "kiosk": "It is used, and it is the shop."}
    >>> [card.fits for card in review_sort({"ad": "UX", "kiosk": "UX"}, key, why)]
    [False, True]
    """
    reviewed = []
    for card in key:
        if card in answer:
            pile, accepted = answer[card], _accepted(key, card)
            against = "" if pile in accepted else (mistakes or {}).get((card, pile), "")
            reviewed.append(SortedCard(card, pile, accepted, f"{against} {why[card]}".strip()))
    return reviewed


def sort_agreement(answer: Mapping[str, str], key: Key) -> SortAgreement:
    """Agreement of the sorted cards with their key, as accuracy and as Cohen's kappa.

    Both are high where the piles are good: accuracy from 0 to 1, kappa from -1 to 1. Cards that are not sorted do not
    count. For a card with several accepted piles the key takes the one that was chosen, else the best.

    Parameters
    ----------
    answer, key : mapping
        As for `review_sort`.

    Raises
    ------
    ValueError
        If no card of the key was sorted.

    Examples
    --------
    >>> sort_agreement({"a": "x", "b": "y", "c": "y"}, {"a": "x", "b": "y", "c": "x"}).accuracy
    Agreement 0.67, 95% interval 0.20 to 0.94 (n = 3, adjusted Wald)
    """
    sorted_cards = [card for card in key if card in answer]
    if not sorted_cards:
        raise ValueError("no card of the key was sorted. Sort at least one.")
    given = [answer[card] for card in sorted_cards]
    wanted = []
    for card, pile in zip(sorted_cards, given, strict=True):
        accepted = _accepted(key, card)
        wanted.append(pile if pile in accepted else accepted[0])
    kappa = cohen_kappa(given, wanted) if len({*given, *wanted}) > 1 else None
    return SortAgreement(percent_agreement(given, wanted), kappa)


def describe_agreement(agreement: SortAgreement) -> str:
    """Say in plain words what accuracy and kappa mean, intervals included.

    Parameters
    ----------
    agreement : SortAgreement
        As `sort_agreement` gives it.

    Examples
    --------
    >>> one = dict(enumerate(["yes"] * 25 + ["no"] * 25))
    >>> other = dict(enumerate(["yes"] * 20 + ["no"] * 5 + ["yes"] * 10 + ["no"] * 15))
    >>> print(describe_agreement(sort_agreement(one, other)))
    You and the key agree on 35 of 50 cards, 70%. For cards of this kind your share probably lies between 56% and 81%. \
Blind sorting agrees now and then too. Cohen's kappa leaves that luck out: 0 is luck alone, 1 is full agreement, and \
you have 0.40. From this many cards it could be anything between 0.15 and 0.65.
    """
    accuracy, kappa = agreement
    hits = round(accuracy.value * accuracy.n)
    words = (
        f"You and the key agree on {hits} of {accuracy.n} cards, {accuracy.value:.0%}. For cards of this kind your "
        f"share probably lies between {accuracy.low:.0%} and {accuracy.high:.0%}."
    )
    if kappa is None:
        return f"{words} Cohen's kappa needs at least two piles in use: with one, luck explains everything."
    words += (
        " Blind sorting agrees now and then too. Cohen's kappa leaves that luck out: 0 is luck alone, 1 is full "
        f"agreement, and you have {kappa.value:.2f}."
    )
    if kappa.low == kappa.high:  # no width: all agree, or the interval is at its end
        return words
    return f"{words} From this many cards it could be anything between {kappa.low:.2f} and {kappa.high:.2f}."


def check_sort(
    answer: object,
    key: Key,
    why: Mapping[str, str],
    *,
    piles: Collection[str] | None = None,
    mistakes: Mapping[tuple[str, str], str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Feedback:
    """Judge a whole sort; each card counts the same, and one that is not sorted earns nothing.

    Parameters
    ----------
    answer
        The pile of each card, or a `NoAnswer`.
    key, why, mistakes
        As for `review_sort`.
    piles : collection of str, optional
        All piles on offer, if there are more than the key uses.
    names : mapping of str to str, optional
        What the message calls each card; its id if not given.

    Returns
    -------
    Feedback
        Its message names each wrong card with its reason.

    Examples
    --------
    >>> check_sort({"a": "x", "b": "x"}, {"a": "x", "b": "y"}, {"a": "As it is.", "b": "Look again."}).share
    0.5
    """
    if missing := missing_answer(answer):
        return missing
    if not isinstance(answer, Mapping):
        return Feedback(Rung.WRONG_KIND, "The answer should be a dictionary from card to pile.", found=shown(answer))
    offered = dict.fromkeys(piles or [pile for card in key for pile in _accepted(key, card)])
    strange = [card for card, pile in answer.items() if card not in key or pile not in list(offered)]
    if strange:
        words = f"Use the cards as they are given, and these piles: {'; '.join(offered)}."
        return Feedback(Rung.OUT_OF_RANGE, words, found=shown(strange[0]))
    reviewed = review_sort(answer, key, why, mistakes)
    right = sum(card.fits for card in reviewed)
    if right == len(key):
        return Feedback(Rung.RIGHT, "Every card fits.", 1.0)
    parts = [f"{right} of {len(key)} cards fit."]
    parts += [f"{(names or {}).get(card.card, card.card)}: {card.why}" for card in reviewed if not card.fits]
    if left := len(key) - len(reviewed):
        parts.append(f"{left} {'card is' if left == 1 else 'cards are'} still unsorted.")
    share = right / len(key)
    return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, " ".join(parts), share)


def _accepted(key: Key, card: str) -> tuple[str, ...]:
    piles = key[card]
    return (piles,) if isinstance(piles, str) else tuple(piles)
