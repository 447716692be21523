"""A question of an assignment: its checks, and the marks and messages that come of them."""

from __future__ import annotations

import html
import os
import sys
from dataclasses import dataclass, replace
from typing import Any

from cxux_helpers.feedback import Feedback, Rung

__all__ = ["Check", "Marks", "Question"]

_LATER = "This question is judged when your work is marked."


@dataclass(frozen=True)
class Check:
    """One judged part of a question, in the author's words."""

    label: str
    feedback: Feedback
    weight: float = 1.0


@dataclass(frozen=True)
class Marks:
    """What a question earned, and why.

    In a notebook it shows its messages. Where nbgrader runs the notebook its text is the number of points and
    nothing else, for that is how nbgrader reads partial credit.

    Parameters
    ----------
    question_id
        Name of the question.
    earned, points
        What the answer is worth, and what it could be.
    checks
        The parts, in order.
    final
        Whether this is the marker's word; a student's own run lacks the hidden checks.
    """

    question_id: str
    earned: float
    points: float
    checks: tuple[Check, ...]
    final: bool = False

    @property
    def judged(self) -> tuple[Check, ...]:
        """The parts that earn or cost points; one that only says that it is answered does neither."""
        return tuple(check for check in self.checks if check.feedback.rung is not Rung.ANSWERED)

    @property
    def headline(self) -> str:
        """The points in words."""
        if not (self.judged or self.final):
            return f"{self.question_id}: worth {self.points:g} {'point' if self.points == 1 else 'points'}"
        of = f"{self.earned:g} of {self.points:g} {'point' if self.points == 1 else 'points'}"
        return f"{self.question_id}: {of}{'' if self.final else ' so far'}"

    def __str__(self) -> str:
        parts = [f"- {check.label}: {check.feedback}" for check in self.checks]
        return "\n".join([self.headline, *(parts or [_LATER])])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        parts = [
            f"<li><strong>{html.escape(check.label)}</strong>{check.feedback._repr_html_()}</li>"
            for check in self.checks
        ]
        body = f"<ul>{''.join(parts)}</ul>" if parts else f"<p>{_LATER}</p>"
        return f"<p><strong>{html.escape(self.headline)}</strong></p>{body}"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        text = f"{self.earned:g}" if "NBGRADER_EXECUTION" in os.environ else str(self)
        return {"text/html": self._repr_html_(), "text/plain": text}


class Question:
    """A question of an assignment, marked by its checks.

    Parameters
    ----------
    question_id
        Name of the question, shown to the student.
    points
        What the whole question is worth; the same number as its test cell has in nbgrader.

    Raises
    ------
    ValueError
        If `points` is not positive.

    >>> from cxux_helpers.checks import check_number
    >>> q = Question("m03-q2", points=3)
    >>> q.check("Days", check_number(12, 12, tolerance=0, reason="Counted from the last order."))
    >>> q.check("Orders", check_number(4, 5, tolerance=0, hint="Count each order once."), weight=2)
    >>> q.mark()
    m03-q2: 1 of 3 points so far
    - Days: ✓ Right. Counted from the last order. You gave: 12
    - Orders: ✗ Not yet. Count each order once. You gave: 4
    """

    def __init__(self, question_id: str, points: float) -> None:
        if not points > 0:
            raise ValueError(f"question {question_id} has points={points}; give a number above 0.")
        self.question_id = question_id
        self.points = points
        self._checks: list[Check] = []
        self._forms: list[Check] = []
        self._judged_in_full = False

    def check(self, label: str, feedback: Feedback, weight: float = 1.0) -> None:
        """Add a part that the student sees in full.

        Parameters
        ----------
        label
            What this part is about, in the author's words.
        feedback
            The judgement of a ``check_…`` function.
        weight
            Share of the question's points, relative to its other parts; above 0.

        Raises
        ------
        TypeError, ValueError
            If `feedback` is no judgement, or `weight` not positive.
        """
        self._checks.append(_check(label, feedback, weight))

    def form(self, label: str, feedback: Feedback) -> None:
        """Add a part that only looks at the form of an answer.

        It helps the student before handing in. As soon as there are hidden parts, which judge the answer itself,
        it is left out and neither earns nor costs anything.
        """
        self._forms.append(_check(label, feedback, 1.0))

    def hidden(self, label: str, feedback: Feedback, weight: float = 1.0) -> None:
        """Add a part whose message is shown, but never what was found.

        What a student's code returns, or complains of, can repeat the hidden input.
        """
        self._checks.append(_check(label, replace(feedback, found=""), weight))
        self._judged_in_full = True

    def mark(self) -> Marks:
        """Return points and messages; the last line of a test cell.

        The points are those of the question times the weighted mean share of the checks that are there, to
        two decimals; a check that only says that something is answered counts neither way. So a released cell,
        which lacks the hidden checks, can still earn all points; and where nothing is judged yet, the question
        counts as passed so far.
        """
        run_by = os.environ.get("NBGRADER_EXECUTION")
        checks = (*self._checks, *([] if self._judged_in_full else self._forms))
        marks = Marks(self.question_id, self.points, self.points, checks, final=run_by == "autograde")
        total = sum(check.weight for check in marks.judged)
        if total:
            share = sum(check.weight * check.feedback.share for check in marks.judged) / total
            marks = replace(marks, earned=min(round(self.points * share, 2), self.points))
        if run_by == "validate" and marks.earned < marks.points:
            # The Validate button shows what stands here, and otherwise only that something failed.
            print(marks, file=sys.stderr)
        return marks


def _check(label: str, feedback: Feedback, weight: float) -> Check:
    if not isinstance(feedback, Feedback):
        given = type(feedback).__name__
        raise TypeError(f"check {label!r} got a {given}; give it the result of a check function.")
    if not weight > 0:
        raise ValueError(f"check {label!r} has weight={weight}; give a number above 0.")
    return Check(label, feedback, weight)
