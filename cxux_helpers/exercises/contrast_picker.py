"""Picking colours until a text can be read: live ratio, the level of WCAG that it reaches, and the nearest way out."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote

import ipywidgets as widgets

from cxux_helpers.accessibility.colours import colour_channels, colour_hex, lightness, with_lightness
from cxux_helpers.accessibility.contrast import (
    CONTRAST_MINIMUM,
    Level,
    Part,
    contrast_level,
    contrast_ratio,
    is_large_text,
    nearest_passing_colour,
)
from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import labelled
from cxux_helpers.feedback import Feedback, Rung, combine, shown

__all__ = ["ContrastPicker", "ContrastSample", "judge_contrast"]

COLOURS = ("text", "ground")


@dataclass(frozen=True)
class ContrastSample:
    """A piece of a page whose colours are to be mended.

    Parameters
    ----------
    words
        What stands there.
    text, ground
        Its colours as they are.
    level
        What it must reach.
    size_pt, bold, non_text
        As in `cxux_helpers.accessibility.contrast.contrast_level`.
    keep
        The one of the two colours that must stay as it is, or empty.
    """

    words: str
    text: str
    ground: str
    level: Literal["AA", "AAA"] = "AA"
    size_pt: float = 12
    bold: bool = False
    non_text: bool = False
    keep: Literal["", "text", "ground"] = ""

    @property
    def part(self) -> Part:
        """What the guidelines take it for."""
        return "non-text" if self.non_text else "large text" if is_large_text(self.size_pt, bold=self.bold) else "text"

    @property
    def least(self) -> float:
        """The ratio that it must reach."""
        if self.level not in CONTRAST_MINIMUM[self.part]:
            raise ValueError(f"there is no level {self.level} for {self.part}. Ask for AA.")
        return CONTRAST_MINIMUM[self.part][self.level]

    @property
    def colours(self) -> dict[str, str]:
        """Both colours as ``#`` and six digits."""
        return {"text": colour_hex(self.text), "ground": colour_hex(self.ground)}

    def word(self, colour: str) -> str:
        """What one of the two colours is called: text, line or ground."""
        return "line" if self.non_text and colour == "text" else colour

    def reached(self, colours: Mapping[str, str]) -> Level:
        """The level that these colours would reach."""
        pair = colours["text"], colours["ground"]
        return contrast_level(*pair, size_pt=self.size_pt, bold=self.bold, non_text=self.non_text)


def judge_contrast(answer: object, samples: Mapping[str, ContrastSample]) -> Feedback:
    """Judge the colours of each sample; each counts the same.

    Parameters
    ----------
    answer
        As in `ContrastPicker`, or a `NoAnswer`.
    samples
        What is to be mended, by name.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        given = _valid(answer, samples)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The colours cannot be read. Pick them again.", found=shown(str(problem)))
    return combine((name, _judge_sample(given.get(name), sample)) for name, sample in samples.items())


def _judge_sample(colours: Mapping[str, str] | None, sample: ContrastSample) -> Feedback:
    if colours is None or colours == sample.colours:
        return Feedback(Rung.NOT_ANSWERED, "Its colours are as they were.")
    ratio = contrast_ratio(colours["text"], colours["ground"])
    if sample.keep and colours[sample.keep] != sample.colours[sample.keep]:
        return Feedback(
            Rung.NOT_YET, f"The {sample.word(sample.keep)} is a house colour and stays. Change the other one."
        )
    if ratio >= sample.least:
        return Feedback(Rung.RIGHT, f"{_floor(ratio)} passes {sample.level}.", 1.0)
    text = f"{_floor(ratio)} is below {sample.least:g}, the least for {sample.part} at {sample.level}."
    if sample.reached(colours) == "AA":
        return Feedback(Rung.CLOSE, f"{text} It passes AA.", 0.5)
    return Feedback(Rung.NOT_YET, text)


def _valid(answer: object, samples: Mapping[str, ContrastSample]) -> dict[str, dict[str, str]]:
    """Colours of the samples as ``#`` and six digits; raise ValueError for anything else."""
    if not isinstance(answer, Mapping) or not set(answer) <= set(samples):
        raise ValueError(f"the answer should be a dictionary with the keys {', '.join(samples)}.")
    plain = {}
    for name, colours in answer.items():
        if not isinstance(colours, Mapping) or set(colours) != set(COLOURS):
            raise ValueError(f"{name} should be a dictionary with the keys text and ground.")
        plain[name] = {part: colour_hex(colours[part]) for part in COLOURS}
    return {name: plain[name] for name in samples if name in plain}


def _floor(ratio: float) -> str:
    """Rounded down, so that a ratio that fails never looks as if it passed."""
    return f"{math.floor(100 * ratio + 1e-9) / 100:.2f}"


class ContrastPicker(Exercise):
    """Mend the colours of pieces of a page, and see live what ratio and what level they reach.

    The answer is ``{sample: {"text": colour, "ground": colour}}`` with colours as ``#`` and six digits; samples that
    have not been touched may be missing.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    samples
        What is to be mended, by name.
    offer
        Whether the nearest text colour that passes is offered.
    marked_later
        Whether the answer is judged only after it has been handed in.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        samples: Mapping[str, ContrastSample],
        offer: bool = True,
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.samples = dict(samples)
        self.offer = offer
        self._marked_later = marked_later
        self._hues: dict[tuple[str, str], str] = {}  # the last colour with a hue, for the way back from black or white
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, dict[str, str]]:
        return _valid(answer, self.samples)

    def _judge(self, answer: dict[str, dict[str, str]]) -> Feedback:
        if self._marked_later:
            left = [name for name, sample in self.samples.items() if answer.get(name, sample.colours) == sample.colours]
            return check_answered(None if left else answer, f"Not changed yet: {', '.join(left)}.")
        return judge_contrast(answer, self.samples)

    def _controls(self) -> widgets.Widget:
        rows: list[widgets.Widget] = []
        wide = labelled("11em")
        self._fields: dict[tuple[str, str], widgets.Text] = {}
        self._sliders: dict[tuple[str, str], widgets.IntSlider] = {}
        self._shown = {name: widgets.HTML() for name in self.samples}
        self._takes: dict[str, widgets.Button] = {}
        for name, sample in self.samples.items():
            rows.append(self._shown[name])
            for part in COLOURS:
                if part == sample.keep:
                    continue
                words = f"{name}: {sample.word(part)}"
                field = widgets.Text(description=words, continuous_update=False, **wide)
                slider = widgets.IntSlider(min=0, max=100, description=f"{words}, lightness", **wide)
                self._fields[name, part], self._sliders[name, part] = field, slider
                field.observe(lambda change, spot=(name, part): self._pick(spot, change["new"]), "value")
                slider.observe(lambda change, spot=(name, part): self._slide(spot, change["new"]), "value")
                rows += [field, slider]
            if self.offer and sample.keep != "text":
                take = widgets.Button(description=f"{name}: take the nearest", layout={"width": "auto"})
                take.on_click(lambda _, name=name: self._take(name))
                self._takes[name] = take
                rows.append(take)
        return widgets.VBox(rows)

    def _colours(self, name: str) -> dict[str, str]:
        return (self.answer or {}).get(name) or self.samples[name].colours

    def _pick(self, spot: tuple[str, str], colour: str) -> None:
        name, part = spot
        self._collect(lambda: {**(self.answer or {}), name: {**self._colours(name), part: colour}})

    def _slide(self, spot: tuple[str, str], percent: int) -> None:
        name, part = spot
        if not self._showing:
            now = self._colours(name)[part]
            self._pick(spot, with_lightness(now, percent, like=self._hues.get(spot, now)))

    def _take(self, name: str) -> None:
        colours, sample = self._colours(name), self.samples[name]
        self._pick((name, "text"), nearest_passing_colour(colours["text"], colours["ground"], ratio=sample.least))

    def _show(self, answer: dict[str, dict[str, str]] | None) -> None:
        for name, sample in self.samples.items():
            colours = self._colours(name)
            self._shown[name].value = self._sample_html(name, sample, colours)
            for part in COLOURS:
                spot, colour = (name, part), colours[part]
                if len(set(colour_channels(colour))) > 1:
                    self._hues[spot] = colour
                if spot in self._fields:
                    self._fields[spot].value, self._sliders[spot].value = colour, lightness(colour)

    def _sample_html(self, name: str, sample: ContrastSample, colours: Mapping[str, str]) -> str:
        text, ground = colours["text"], colours["ground"]
        ratio = contrast_ratio(text, ground)
        size = "a line, not text" if sample.non_text else f"{sample.size_pt:g} points{', bold' if sample.bold else ''}"
        kept = f" Keep the {sample.word(sample.keep)}: it is a house colour." if sample.keep else ""
        nearest = ""
        if self.offer and sample.keep != "text" and ratio < sample.least:
            colour = nearest_passing_colour(text, ground, ratio=sample.least)
            passing = f"{colour} ({_floor(contrast_ratio(colour, ground))})"
            nearest = f" The nearest colour of the {sample.word('text')} that passes: {passing}."
        verdict = "✓ enough" if ratio >= sample.least else "✗ too little"
        return (
            f'<p><strong>{escape(name)}</strong> ({size}; wanted: {sample.level}, {sample.least:g} or more).{kept}</p>'
            f"{_swatch(sample, colours)}<p>“{escape(sample.words)}”: {text} on {ground}. Ratio "
            f"<strong>{_floor(ratio)}</strong>, {verdict}; it reaches {_reach(sample.reached(colours))}.{nearest}</p>"
        )  # fmt: skip

    def _describe(self, answer: dict[str, dict[str, str]]) -> str:
        lines = ["Your answer:"]
        for name, sample in self.samples.items():
            pair = self._colours(name)
            ratio = _floor(contrast_ratio(pair["text"], pair["ground"]))
            lines.append(f"{name}: {pair['text']} on {pair['ground']}, ratio {ratio}, {_reach(sample.reached(pair))}")
        return "\n".join(lines)


def _swatch(sample: ContrastSample, colours: Mapping[str, str]) -> str:
    """The sample in its colours. They may be unreadable, so it is a picture, and its words stand beside it for all."""
    text, ground = colours["text"], colours["ground"]
    pixels = sample.size_pt * 4 / 3
    inside = (
        f'<rect x="12" y="12" width="176" height="36" fill="none" stroke="{text}" stroke-width="2"/>'
        if sample.non_text
        else f'<text x="12" y="{30 + 0.36 * pixels:.1f}" fill="{text}" font-family="sans-serif" '
        f'font-size="{pixels:.1f}" font-weight="{700 if sample.bold else 400}">{escape(sample.words)}</text>'
    )
    width = 200 if sample.non_text else round(24 + 0.62 * pixels * len(sample.words))
    image = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="60">'
        f'<rect width="100%" height="100%" fill="{ground}"/>{inside}</svg>'
    )
    alt = f"Sample of “{sample.words}” in {text} on {ground}; the line below says how well it can be read"
    return f'<img alt="{escape(alt)}" src="data:image/svg+xml,{quote(image)}" style="max-width:100%;height:auto">'


def _reach(level: Level) -> str:
    return "no level" if level == "fails" else level
