"""Banks of plausible wrong answers, one for each assignment: what each earns, and what it is told.

The points follow from the marking scheme in the assignment's text, as comments reckon them: they are what a fair marker
would give, not what the test cells gave. `says` is the message that teaches.
"""

from typing import Any, NamedTuple

__all__ = ["WrongAnswer"]


class WrongAnswer(NamedTuple):
    """One way to go wrong.

    Parameters
    ----------
    question, name
        Which question, and which error.
    work
        The student's code, run with the names of the notebook's first code cell at hand; or the saved answer of an
        exercise, where None stands for no answer.
    points
        What it deserves.
    says
        Words that must be in its feedback; no other entry of the question has the same.
    """

    question: str
    name: str
    work: Any
    points: float
    says: str
