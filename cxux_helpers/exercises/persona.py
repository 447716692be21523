"""A persona card whose every claim is held against the data."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered, check_match, check_number, missing_answer
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.controls import BLANK, labelled
from cxux_helpers.feedback import Feedback, Rung, combine, shown
from cxux_helpers.segmentation import segment_profile

__all__ = ["VERDICTS", "Claim", "PersonaCard", "judge_persona", "valid_persona"]

SUPPORTED, CONTRADICTED, UNKNOWN = VERDICTS = (
    "the data support it",
    "the data contradict it",
    "the data cannot tell",
)
_NUMBERS = {
    "recency": ("Typical days since the last order", "median_recency"),
    "frequency": ("Typical number of orders", "median_frequency"),
    "monetary": ("Typical spend in {currency}", "median_monetary"),
}


@dataclass(frozen=True)
class Claim:
    """A sentence on a persona card.

    Parameters
    ----------
    text
        What the card says.
    holds
        Given the segment's row and the row of all customers together, whether the sentence is true; None if
        orders alone cannot tell.
    why
        What to look at, or why orders cannot tell.
    """

    text: str
    holds: Callable[[pd.Series, pd.Series], bool] | None = None
    why: str = ""

    def verdict(self, segment: pd.Series, everyone: pd.Series) -> str:
        """Return what the data say of this claim: one of `VERDICTS`."""
        if self.holds is None:
            return UNKNOWN
        return SUPPORTED if self.holds(segment, everyone) else CONTRADICTED


def present_segments(segments: pd.Series) -> list[str]:
    """Return the names of the segments that have customers."""
    counts = segments.value_counts(sort=False)
    return [str(name) for name in counts.index[counts > 0]]


def valid_persona(answer: object, segments: Sequence[str], claims: Sequence[str]) -> dict[str, Any]:
    """Return a persona card as plain data with all of its fields.

    Parameters
    ----------
    answer
        As in `PersonaCard`; fields other than the segment may be missing.
    segments, claims
        What may stand in the card: names of segments, and texts of claims.

    Raises
    ------
    ValueError
        If a field is unknown, or not as described.
    """
    fields = {"segment", "name", "need", *_NUMBERS, "claims"}
    if not isinstance(answer, Mapping) or not set(answer) <= fields or "segment" not in answer:
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(sorted(fields))}.")
    if answer["segment"] is not None and answer["segment"] not in segments:
        raise ValueError(f"the segment {answer['segment']!r} has no customers; choose: {', '.join(segments)}.")
    texts = {field: answer.get(field, "") for field in ("name", "need")}
    for field, text in texts.items():
        if not isinstance(text, str) or len(text) > 500:
            raise ValueError(f"{field} should be a text of at most 500 characters.")
    numbers = {field: answer.get(field) for field in _NUMBERS}
    for field, value in numbers.items():
        real = isinstance(value, Real) and not isinstance(value, bool)
        if value is not None and not (real and 0 <= float(value) < math.inf):
            raise ValueError(f"{field} is {value!r}; it should be a number of at least 0.")
    verdicts = answer.get("claims", {})
    if not isinstance(verdicts, Mapping) or any(c not in claims or v not in VERDICTS for c, v in verdicts.items()):
        raise ValueError(f"claims should give each claim one of: {'; '.join(VERDICTS)}.")
    plain = {
        field: value if value is None or isinstance(value, int) else float(value) for field, value in numbers.items()
    }
    return {"segment": answer["segment"], **texts, **plain, "claims": dict(verdicts)}


def judge_persona(
    answer: object,
    table: pd.DataFrame,
    segments: pd.Series,
    claims: Sequence[Claim],
    *,
    currency: str = "dollars",
) -> Feedback:
    """Judge a persona card against the segment that it names.

    Numbers may differ from the segment's medians by 10 percent, since a persona rounds. The name and the
    need are the writer's own and are not judged, but both must be there. Each number counts a fifth, as do the
    claims together, and the name with the need.

    Parameters
    ----------
    answer
        As in `PersonaCard`, or a `NoAnswer`.
    table
        The customers, as `rfm` returns them.
    segments
        The segment of each customer.
    claims
        The sentences to judge.
    currency
        Unit of the monetary value.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        card = valid_persona(answer, present_segments(segments), [claim.text for claim in claims])
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The card cannot be read. Fill it in again.", found=shown(str(problem)))
    if card["segment"] is None:
        return Feedback(Rung.NOT_ANSWERED, "Choose the segment that the card speaks of.")
    segment = segment_profile(table, segments).loc[card["segment"]]
    everyone = segment_profile(table, pd.Series("Everyone", index=table.index)).iloc[0]
    hint = "Read the median in the segment's row of the profile table."
    parts = [
        (
            label.format(currency=currency),
            check_number(card[field], segment[column], tolerance=0.1 * segment[column], low=0, hint=hint),
        )
        for field, (label, column) in _NUMBERS.items()
    ]
    key = {claim.text: claim.verdict(segment, everyone) for claim in claims}
    why = {claim.text: claim.why for claim in claims}
    parts.append(("Claims", check_match(card["claims"], key, why, options=VERDICTS)))
    written = card["name"].strip() and len(card["need"].split()) >= 4
    parts.append(
        (
            "Name and need",
            Feedback(Rung.RIGHT, "Take the need into an interview: it is a guess until you have asked.", 1.0)
            if written
            else Feedback(Rung.NOT_ANSWERED, "Give the persona a name, and the need a sentence of its own."),
        )
    )
    return combine(parts)


class PersonaCard(Exercise):
    """Fill in a persona card: numbers from the data, a verdict on each claim, and a need to ask about.

    The answer is a dictionary with the keys ``segment`` (a text or None), ``name`` and ``need`` (texts),
    ``recency``, ``frequency`` and ``monetary`` (numbers or None) and ``claims`` (a verdict for each claim).

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    table
        The customers, as `rfm` returns them.
    segments
        The segment of each customer; only segments that have customers are on offer.
    claims
        The sentences to judge; only their texts for a card that is marked later.
    marked_later
        Whether the card is judged only after it has been handed in.
    currency
        Unit of the monetary value.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        table: pd.DataFrame,
        segments: pd.Series,
        claims: Sequence[Claim | str],
        marked_later: bool = False,
        currency: str = "dollars",
        folder: Path | str | None = None,
    ) -> None:
        self.table, self._segments, self.currency = table, segments, currency
        self.claims = tuple(Claim(claim) if isinstance(claim, str) else claim for claim in claims)
        self.segments = present_segments(segments)
        self._marked_later = marked_later
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return valid_persona(answer, self.segments, [claim.text for claim in self.claims])

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._marked_later:
            return check_answered(answer, self._still(answer), parts=len(self.claims))
        return judge_persona(answer, self.table, self._segments, self.claims, currency=self.currency)

    def _still(self, answer: dict[str, Any]) -> str:
        labels = {
            "segment": "the segment",
            "name": "the name",
            "need": "the need",
            **dict.fromkeys(_NUMBERS, "the numbers"),
        }
        open_fields = [label for field, label in labels.items() if answer[field] in (None, "")]
        if len(answer["claims"]) < len(self.claims):
            open_fields.append("the claims")
        return f"Still open: {', '.join(dict.fromkeys(open_fields))}."

    def _label(self, field: str) -> str:
        return _NUMBERS[field][0].format(currency=self.currency)

    def _controls(self) -> widgets.Widget:
        wide = labelled("18em")
        self._segment = widgets.Dropdown(options=[BLANK, *self.segments], description="Segment", **wide)
        self._name = widgets.Text(description="Name of the persona", **wide)
        self._numbers = {
            field: widgets.Text(description=self._label(field), placeholder="a number", **wide) for field in _NUMBERS
        }
        self._verdicts = {
            claim.text: widgets.Dropdown(
                options=[BLANK, *VERDICTS], description=claim.text,
                **labelled("60%"),
            )
            for claim in self.claims
        }  # fmt: skip
        self._need = widgets.Textarea(description="A need to ask about", rows=2, **wide)
        controls = [self._segment, self._name, *self._numbers.values(), *self._verdicts.values(), self._need]
        for control in controls:
            # A half-typed number is not an answer yet; of a text, nothing may be lost.
            control.continuous_update = control not in self._numbers.values()
            control.observe(lambda _: self._collect(self._chosen), "value")
        heading = widgets.HTML("<p><strong>What the card says.</strong> Judge each claim for your segment.</p>")
        return widgets.VBox([*controls[: 2 + len(_NUMBERS)], heading, *controls[2 + len(_NUMBERS) : -1], self._need])

    def _chosen(self) -> dict[str, Any]:
        return {
            "segment": None if self._segment.value == BLANK else self._segment.value,
            "name": self._name.value,
            "need": self._need.value,
            **{field: _number(box.value, self._label(field)) for field, box in self._numbers.items()},
            "claims": {text: menu.value for text, menu in self._verdicts.items() if menu.value != BLANK},
        }

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {}
        self._segment.value = answer.get("segment") or BLANK
        self._name.value, self._need.value = answer.get("name", ""), answer.get("need", "")
        for field, box in self._numbers.items():
            value = answer.get(field)
            box.value = "" if value is None else f"{value:g}"
        for text, menu in self._verdicts.items():
            menu.value = answer.get("claims", {}).get(text, BLANK)

    def _describe(self, answer: dict[str, Any]) -> str:
        lines = [f"{answer['name'] or 'No name yet'}, from the segment {answer['segment'] or '(none chosen yet)'}"]
        lines += [f"{self._label(field)}: {answer[field]}" for field in _NUMBERS if answer[field] is not None]
        lines += [f"“{text}” – {verdict}" for text, verdict in answer["claims"].items()]
        lines += [f"A need to ask about: {answer['need']}"] if answer["need"] else []
        return "Your answer: " + "\n".join(lines)


def _number(text: str, label: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        raise ValueError(f"{label} should be a number such as 120, not {text!r}.") from None
    if not 0 <= value < float("inf"):
        raise ValueError(f"{label} should be a number of at least 0, not {text!r}.")
    return value
