"""Questions that an exercise asks beside its sliders: one choice each, with a reason for every option."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ipywidgets as widgets

from cxux_helpers.checks import check_choice
from cxux_helpers.exercises.controls import labelled
from cxux_helpers.feedback import Feedback

__all__ = ["FurtherQuestions", "Questions"]

Questions = Mapping[str, Mapping[str, str] | Sequence[str]]


class FurtherQuestions:
    """Some questions of one choice each; their answer is ``{label: option}``.

    Parameters
    ----------
    questions
        For each label, the options with what is to be said about them, or only their texts for a question that is
        marked later.
    key
        The right option of each question; None for questions that are marked later.

    Raises
    ------
    ValueError
        If the key names an option that there is not.
    """

    def __init__(self, questions: Questions | None = None, key: Mapping[str, str] | None = None) -> None:
        self.options = {label: list(options) for label, options in (questions or {}).items()}
        self._why = {
            label: dict(options) for label, options in (questions or {}).items() if isinstance(options, Mapping)
        }
        self._key = dict(key or {})
        for label, option in self._key.items():
            if option not in self.options.get(label, ()):
                raise ValueError(f"the key {option!r} is no option of {label!r}. Name one of its options.")

    def read(self, then: object) -> dict[str, str]:
        """Return the choices as plain data; some questions may be open.

        Raises
        ------
        ValueError
            If it is anything else.
        """
        if not isinstance(then, Mapping) or not set(then) <= set(self.options):
            raise ValueError(f"then should give an option for each of: {'; '.join(self.options)}.")
        for label, option in then.items():
            if option not in self.options[label]:
                raise ValueError(
                    f"{option!r} is no option of {label!r}; choose one of: {'; '.join(self.options[label])}."
                )
        return {label: str(then[label]) for label in self.options if label in then}

    def judge(self, then: Mapping[str, str]) -> list[tuple[str, Feedback]]:
        """Judge each choice, by the label of its question.

        Raises
        ------
        ValueError
            If there is no key to a question, or nothing to be said about its options: errors of the author.
        """
        for label in self.options:
            if label not in self._key or label not in self._why:
                raise ValueError(f"{label!r} has no key, or no reasons. Give both, or leave it to be marked later.")
        return [(label, check_choice(then.get(label), self._key[label], self._why[label])) for label in self.options]

    def still_open(self, then: Mapping[str, str]) -> list[str]:
        """The questions without a choice."""
        return [label for label in self.options if label not in then]

    def controls(self, width: str = "13em") -> list[widgets.RadioButtons]:
        """Make the radio buttons; called once, when the exercise is first shown."""
        self._radios = {
            label: widgets.RadioButtons(options=options, value=None, description=label, **labelled(width))
            for label, options in self.options.items()
        }
        return list(self._radios.values())

    def chosen(self) -> dict[str, str]:
        """What is chosen on the radio buttons."""
        return {label: radio.value for label, radio in self._radios.items() if radio.value is not None}

    def show(self, then: Mapping[str, str]) -> None:
        """Set the radio buttons."""
        for label, radio in self._radios.items():
            radio.value = then.get(label)

    def in_words(self, then: Mapping[str, str]) -> list[str]:
        """One line for each question."""
        return [f"{label}: {then.get(label, 'not chosen')}" for label in self.options]
