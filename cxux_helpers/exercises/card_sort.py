"""Sorting cards into named piles, with the agreement between the learner and a key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

from cxux_helpers.checks import check_answered
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.feedback import Feedback, Rung
from cxux_helpers.sorting import Key, SortedCard, describe_agreement, review_sort, sort_agreement

__all__ = ["CardSort"]

_STATIC = Path(__file__).parent / "static"


class CardBoard(anywidget.AnyWidget):  # type: ignore[misc]
    """Shows cards and piles and lets people move cards; ``placed`` holds the pile of each sorted card.

    ``verdicts`` holds for judged cards the pile that was judged and whether it fits; the mark goes with the pile.
    """

    _esm = _STATIC / "card_sort.js"
    _css = _STATIC / "card_sort.css"

    cards = traitlets.List().tag(sync=True)
    piles = traitlets.List().tag(sync=True)
    placed = traitlets.Dict().tag(sync=True)
    verdicts = traitlets.Dict().tag(sync=True)


class CardSort(Exercise):
    """Sort cards into piles; the answer is ``{card: pile}``, without the cards that are still unsorted.

    With a key the feedback gives the agreement as a share and as Cohen's kappa, and says for each sorted card why it
    belongs where the key has it. Verdicts on cards that stay where they are remain in sight while others are moved.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    cards
        The text of each card by its id.
    piles
        The piles in the order shown: a mapping from each name to a few words about it, or only the names. The first
        nine can be reached with the number keys. "Unsorted" is no name for a pile: the cards begin there.
    key
        For each card its pile, or several piles that are accepted, the best one first; None for a question that is
        marked later.
    why
        For each card, why it belongs where the key has it.
    mistakes
        For a card and a wrong pile, ``(card, pile)``, what speaks against that pile.

    Raises
    ------
    ValueError
        If key and reasons do not speak of exactly these cards and piles.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        cards: Mapping[str, str],
        piles: Mapping[str, str] | Sequence[str],
        key: Key | None = None,
        why: Mapping[str, str] | None = None,
        mistakes: Mapping[tuple[str, str], str] | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.cards = dict(cards)
        self.piles = dict(piles) if isinstance(piles, Mapping) else dict.fromkeys(piles, "")
        self._key, self._why, self._mistakes = key, why or {}, mistakes or {}
        self._require_sound()
        self._judged: dict[str, str] = {}  # what lay where when it was last checked
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _require_sound(self) -> None:
        if "Unsorted" in self.piles:
            raise ValueError("a pile is called 'Unsorted', which is where all cards begin. Give it another name.")
        if self._key is None:
            return
        for what, named in (("key", self._key), ("why", self._why)):
            if odd := sorted(set(named) ^ set(self.cards)):
                raise ValueError(f"card {odd[0]!r} is not in both cards and {what}. Give each card one entry in each.")
        named_piles = [(card, pile) for card, right in self._key.items() for pile in _listed(right)]
        for card, pile in [*named_piles, *self._mistakes]:
            if pile not in self.piles or card not in self.cards:
                raise ValueError(f"({card!r}, {pile!r}) names no card and pile; the piles are {', '.join(self.piles)}.")

    def _valid(self, answer: Any) -> dict[str, str]:
        if not isinstance(answer, Mapping):
            raise ValueError("the answer should look like {card: pile}, with the ids of the cards.")
        for card, pile in answer.items():
            if card not in self.cards:
                raise ValueError(f"{card!r} is no card; the cards are: {', '.join(self.cards)}.")
            if pile not in list(self.piles):
                raise ValueError(f"{pile!r} is no pile; the piles are: {', '.join(self.piles)}.")
        return {card: answer[card] for card in self.cards if card in answer}

    def _judge(self, answer: dict[str, str]) -> Feedback:
        left = len(self.cards) - len(answer)
        unsorted = f"{left} {'card is' if left == 1 else 'cards are'} still unsorted." if left else ""
        if not answer:
            return Feedback(Rung.NOT_ANSWERED, "All cards are still unsorted.")
        if self._key is None:
            return Feedback(Rung.NOT_ANSWERED, unsorted) if left else check_answered(answer)
        right = sum(card.fits for card in self._review(answer))
        words = [describe_agreement(sort_agreement(answer, self._key)), unsorted]
        message = " ".join(filter(None, [*words, "Below stands why each card belongs where it does."]))
        if right == len(self.cards):
            return Feedback(Rung.RIGHT, message, 1.0)
        share = right / len(self.cards)
        return Feedback(Rung.CLOSE if share >= 0.5 else Rung.NOT_YET, message, share)

    def check(self) -> Feedback:
        """Judge the present answer; a view then also shows the reason of every card."""
        feedback = super().check()
        self._judged = dict(self._answer or {})
        if self._view is not None:
            self._show_review()
        return feedback

    def _review(self, answer: Mapping[str, str]) -> list[SortedCard]:
        return [] if self._key is None else review_sort(answer, self._key, self._why, self._mistakes)

    def _controls(self) -> widgets.Widget:
        if self._key is not None:
            import statsmodels.stats.inter_rater  # noqa: F401 - takes seconds, which the first check should not
        self._board = CardBoard(cards=list(self.cards.items()), piles=list(self.piles.items()))
        self._board.observe(lambda _: self._collect(lambda: self._board.placed), "placed")
        self._review_box = widgets.HTML()
        return self._board

    def _frame(self, controls: widgets.Widget) -> widgets.VBox:
        frame = super()._frame(controls)
        parts = list(frame.children)
        parts.insert(parts.index(self._feedback_box) + 1, self._review_box)
        frame.children = parts
        return frame

    def _show(self, answer: dict[str, str] | None) -> None:
        self._board.placed = dict(answer or {})
        self._show_review()

    def _show_review(self) -> None:
        now = self._answer or {}
        unmoved = {card: pile for card, pile in self._judged.items() if now.get(card) == pile}
        reviewed = self._review(unmoved)
        self._board.verdicts = {card.card: {"pile": card.pile, "fits": card.fits} for card in reviewed}
        self._review_box.value = "".join(
            self._reasons(name, [card for card in reviewed if card.fits == fits], opened=not fits)
            for name, fits in (("Look again", False), ("These fit", True))
        )

    def _reasons(self, heading: str, cards: Sequence[SortedCard], *, opened: bool) -> str:
        if not cards:
            return ""
        lines = "".join(
            f"<li><strong>{escape(self.cards[card.card])}</strong> {escape(_places(card))} {escape(card.why)}</li>"
            for card in cards
        )
        summary = f"{heading}: {len(cards)} {'card' if len(cards) == 1 else 'cards'}"
        return f"<details{' open' if opened else ''}><summary>{summary}</summary><ul>{lines}</ul></details>"

    def _describe(self, answer: dict[str, str]) -> str:
        piles = [
            f"{pile}: {'; '.join(self.cards[card] for card in answer if answer[card] == pile) or 'no card'}"
            for pile in self.piles
        ]
        left = [text for card, text in self.cards.items() if card not in answer]
        return "Your answer:\n" + "\n".join([*piles, *([f"Unsorted: {'; '.join(left)}"] if left else [])])


def _listed(piles: str | Sequence[str]) -> tuple[str, ...]:
    return (piles,) if isinstance(piles, str) else tuple(piles)


def _places(card: SortedCard) -> str:
    key = " or ".join(card.accepted)
    if card.fits:
        return f"({card.pile})" if len(card.accepted) == 1 else f"({card.pile}; accepted: {key})"
    return f"(you: {card.pile}; the key: {key})"
