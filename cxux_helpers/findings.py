"""What is wrong with a map or a scenario, said so that its maker learns from it: where, what, why it matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

__all__ = ["Finding", "Rule", "explain"]


class Rule(NamedTuple):
    """Why a fault matters, and what to do about it; both in sentences, the same for every place where it is found."""

    why: str
    remedy: str


@dataclass(frozen=True)
class Finding:
    """A fault in a map, a scenario or the like.

    Parameters
    ----------
    where : str
        The part that has it, by its kind and id.
    what : str
        What is wrong there, and what to do if no remedy says so.
    why : str
        Why it matters.
    remedy : str
        What to do.
    rule : str
        Short name of the rule that is broken; the same for the same kind of fault.

    Examples
    --------
    >>> print(Finding("touchpoint 'pay'", "It has no owner.", "Nobody will mend it.", "Name one."))
    touchpoint 'pay': It has no owner. Nobody will mend it. Name one.
    """

    where: str
    what: str
    why: str = ""
    remedy: str = ""
    rule: str = ""

    def __str__(self) -> str:
        return f"{self.where}: {' '.join(filter(None, (self.what, self.why, self.remedy)))}"


def explain(faults: Iterable[tuple[str, str, str]], rules: Mapping[str, Rule]) -> list[Finding]:
    """Turn faults, each as (rule, where, what), into findings, by what the rules have to say."""
    return [Finding(where, what, *rules[rule], rule) for rule, where, what in faults]
