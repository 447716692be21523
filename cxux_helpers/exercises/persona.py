"""A persona card whose every claim is held against the data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_match, check_number
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.feedback import Feedback, Rung, combine
from cxux_helpers.segmentation import segment_profile

__all__ = ["VERDICTS", "Claim", "PersonaCard", "judge_persona"]

SUPPORTED, CONTRADICTED, UNKNOWN = VERDICTS = (
    "the data support it",
    "the data contradict it",
    "the data cannot tell",
)
_NUMBERS = {
    "recency": ("Typical days since the last order", "median_recency"),
    "frequency": ("Typical number of orders", "median_frequency"),
    "monetary": ("Typical spend in dollars", "median_monetary"),
}
_BLANK = "– choose –"


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
    holds: Callable[[pd.Series, pd.Series], bool] | None
    why: str

    def verdict(self, segment: pd.Series, everyone: pd.Series) -> str:
        """Return what the data say of this claim: one of `VERDICTS`."""
        if self.holds is None:
            return UNKNOWN
        return SUPPORTED if self.holds(segment, everyone) else CONTRADICTED


def judge_persona(
    answer: Mapping[str, Any], table: pd.DataFrame, segments: pd.Series, claims: Sequence[Claim]
) -> Feedback:
    """Judge a persona card against the segment that it names.

    Numbers may differ from the segment's medians by 10 percent, since a persona rounds. The name and the
    need are the writer's own and are not judged, but both must be there.

    Parameters
    ----------
    answer
        As in `PersonaCard`.
    table
        The customers, as `rfm` returns them.
    segments
        The segment of each customer.
    claims
        The sentences to judge.
    """
    if answer["segment"] is None:
        return Feedback(Rung.NOT_ANSWERED, "Choose the segment that the card speaks of.")
    segment = segment_profile(table, segments).loc[answer["segment"]]
    everyone = segment_profile(table, pd.Series("Everyone", index=table.index)).iloc[0]
    parts = []
    for field, (label, column) in _NUMBERS.items():
        median = float(segment[column])
        hint = "Read the median in the segment's row of the profile table."
        parts.append((label, check_number(answer.get(field), median, tolerance=0.1 * median, low=0, hint=hint)))
    key = {claim.text: claim.verdict(segment, everyone) for claim in claims}
    why = {claim.text: claim.why for claim in claims}
    parts.append(("Claims", check_match(answer.get("claims", {}), key, why, options=VERDICTS)))
    written = bool(answer.get("name", "").strip()) and len(answer.get("need", "").split()) >= 4
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
        The sentences to judge.
    marked_later
        Whether the card is judged only after it has been handed in.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        table: pd.DataFrame,
        segments: pd.Series,
        claims: Sequence[Claim],
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.table, self._segments, self.claims = table, segments, tuple(claims)
        present = segments.value_counts(sort=False)
        self.segments = [str(name) for name in present.index[present > 0]]
        self._marked_later = marked_later
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        fields = {"segment", "name", "need", *_NUMBERS, "claims"}
        if not isinstance(answer, Mapping) or not set(answer) <= fields or "segment" not in answer:
            raise ValueError(f"the answer should be a dictionary with the keys {', '.join(sorted(fields))}.")
        if answer["segment"] is not None and answer["segment"] not in self.segments:
            raise ValueError(f"the segment {answer['segment']!r} has no customers; choose: {', '.join(self.segments)}.")
        for field in ("name", "need"):
            if not isinstance(answer.get(field, ""), str) or len(answer.get(field, "")) > 500:
                raise ValueError(f"{field} should be a text of at most 500 characters.")
        for field in _NUMBERS:
            value = answer.get(field)
            if value is not None and (isinstance(value, bool) or not isinstance(value, int | float) or value < 0):
                raise ValueError(f"{field} is {value!r}; it should be a number of at least 0.")
        texts = {claim.text for claim in self.claims}
        claims = answer.get("claims", {})
        if not isinstance(claims, Mapping) or not set(claims) <= texts or not set(claims.values()) <= set(VERDICTS):
            raise ValueError(f"claims should give each claim one of: {'; '.join(VERDICTS)}.")
        return {
            "segment": answer["segment"],
            "name": answer.get("name", ""),
            "need": answer.get("need", ""),
            **{field: answer.get(field) for field in _NUMBERS},
            "claims": dict(claims),
        }

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._marked_later:
            return Feedback(Rung.ANSWERED, "This question is marked after you submit.")
        return judge_persona(answer, self.table, self._segments, self.claims)

    def _controls(self) -> widgets.Widget:
        wide: dict[str, Any] = {"style": {"description_width": "18em"}, "layout": {"width": "auto"}}
        self._segment = widgets.Dropdown(options=[_BLANK, *self.segments], description="Segment", **wide)
        self._name = widgets.Text(description="Name of the persona", **wide)
        self._numbers = {
            field: widgets.Text(description=label, placeholder="a number", **wide)
            for field, (label, _) in _NUMBERS.items()
        }
        self._verdicts = {
            claim.text: widgets.Dropdown(
                options=[_BLANK, *VERDICTS], description=claim.text,
                style={"description_width": "60%"}, layout={"width": "auto"},
            )
            for claim in self.claims
        }  # fmt: skip
        self._need = widgets.Textarea(description="A need to ask about", rows=2, **wide)
        controls = [self._segment, self._name, *self._numbers.values(), *self._verdicts.values(), self._need]
        for control in controls:
            control.continuous_update = False  # a half-typed number is not an answer yet
            control.observe(lambda _: self._collect(self._chosen), "value")
        heading = widgets.HTML("<p><strong>What the card says.</strong> Judge each claim for your segment.</p>")
        return widgets.VBox([*controls[: 2 + len(_NUMBERS)], heading, *controls[2 + len(_NUMBERS) : -1], self._need])

    def _chosen(self) -> dict[str, Any]:
        return {
            "segment": None if self._segment.value == _BLANK else self._segment.value,
            "name": self._name.value,
            "need": self._need.value,
            **{field: _number(box.value, _NUMBERS[field][0]) for field, box in self._numbers.items()},
            "claims": {text: menu.value for text, menu in self._verdicts.items() if menu.value != _BLANK},
        }

    def _show(self, answer: dict[str, Any] | None) -> None:
        answer = answer or {}
        self._segment.value = answer.get("segment") or _BLANK
        self._name.value, self._need.value = answer.get("name", ""), answer.get("need", "")
        for field, box in self._numbers.items():
            value = answer.get(field)
            box.value = "" if value is None else f"{value:g}"
        for text, menu in self._verdicts.items():
            menu.value = answer.get("claims", {}).get(text, _BLANK)

    def _describe(self, answer: dict[str, Any]) -> str:
        lines = [f"{answer['name'] or 'No name yet'}, from the segment {answer['segment'] or '(none chosen yet)'}"]
        lines += [f"{label}: {answer[field]}" for field, (label, _) in _NUMBERS.items() if answer[field] is not None]
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
