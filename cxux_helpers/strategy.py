"""A CX strategy on one page: seven needs, and for each an aim that can be measured, a person, money and a date.

What is looked at here is form: whether an aim could be checked one day, whether somebody answers for it, whether the
sum fits the purse, whether people are asked before their data are used. It goes by plain rules and lists of words,
so it can be deceived. Whether a strategy is wise, only people can say.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from numbers import Real
from typing import Any

from cxux_helpers.arguments import require_number
from cxux_helpers.findings import Finding, Rule, explain

__all__ = ["StrategyRow", "StrategyTerms", "read_strategy", "strategy_findings", "strategy_rows"]

NEEDS = (
    "understanding",
    "journey maps",
    "objectives",
    "support from the top",
    "work across departments",
    "feedback analysis",
    "digital tools",
)

WHOLE_PAGE = "the whole page"
LONGEST_TEXT = 400

RULES: Mapping[str, Rule] = {
    "empty": Rule("", "Write what shall be better, and for whom."),
    "slogan": Rule("Nobody can do a slogan on Monday.", "Say in a sentence what shall be different, and for whom."),
    "unmeasured": Rule(
        "Without a number, everybody will find that it went well.",
        "Say what is counted, where it stands now, and another number that it shall reach.",
    ),
    "date": Rule("An aim without a day is a wish.", "Give a day on which the number will be looked up."),
    "owner": Rule("What everybody owns, nobody does.", "Name one person or one role."),
    "top": Rule(
        "Departments follow whoever decides on money.",
        "Let somebody who does own it: a director, the chief executive, the owner of the firm.",
    ),
    "budget": Rule("A row without a sum is paid by somebody else's.", "Write the euro it takes; 0 if it takes none."),
    "alone": Rule(
        "A number that is a target alone is soon met by a trick, and no longer tells anything.",
        "Name a second measure, one that would show the trick.",
    ),
    "ethics": Rule(
        "Every measure lands on people.", "Say what is collected or done to whom, and how they are protected."
    ),
    "consent": Rule(
        "Data that customers did not agree to are not yours.",
        "Say how they are asked for their consent, or that nobody can be recognised.",
    ),
    "over budget": Rule("A plan that cannot be paid is not carried out.", "Take money out of rows, or rows out."),
    "few owners": Rule("Customers cross departments, and so must the work.", "Spread the rows over three people."),
}

# Anywhere in the words, and standing alone: “head of the service team” is one person, “the team” is none.
_EVERYBODY = re.compile(r"\b(everybody|everyone|all|nobody|no one|anyone|anybody|someone|somebody|tbd|tba)\b", re.I)
_GROUP = re.compile(
    r"\W*(we|us|open|n/?a|to be (decided|named|found)|(the )?(\w+ )?(team|staff|company|firm|employees|management)"
    r"|(the )?(\w+ )?departments?|marketing|sales|service|it|[\W\d_]*)\W*",
    re.IGNORECASE,
)
_TOP = re.compile(
    r"\b(chief|ceo|cfo|coo|cxo|cco|owner|founder|director|board|chair\w*|president|partner|head of the firm)\b",
    re.IGNORECASE,
)
_DATA = re.compile(
    r"\b(address\w*|e-?mails?|mail(?:ing)? lists?|contact data|contacts|phone numbers?|birthdays?|interview\w*|surveys?"
    r"|questionnaires?|comments?|recordings?|record\w* calls?|log(?:s|ged)?|track\w*|cookies?|profiles?"
    r"|personal data|customer data|data on customers|purchase histor\w+|order histor\w+|transcripts?)\b",
    re.IGNORECASE,
)
_CONSENT = re.compile(
    r"\b(consent\w*|permission|agree\w*|opt(?:s|ed)?[ -]?(?:in|out)|anonym\w*|voluntar\w*|without (?:their )?names?"
    r"|no names?|names? removed|nobody can be recogni[sz]ed|unsubscribe)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"^\W*(none|no|nothing|n/?a|fine|ok(ay)?|not applicable|no (ethical )?(issues?|problems?))?\W*$", re.I
)


@dataclass(frozen=True)
class StrategyRow:
    """What one need of the strategy asks for; what is not filled in is empty or None.

    Parameters
    ----------
    objective
        What shall be better, and for whom.
    measure
        What is counted, with its unit.
    now, target
        The measure today, and on the day.
    by
        The day, as ``"2027-06-30"``.
    owner
        Who answers for it.
    budget
        Euro.
    guard
        A second measure that must not get worse: it shows when the first is met by a trick.
    ethics
        What is collected or done to whom, and how they are protected.
    """

    objective: str = ""
    measure: str = ""
    now: float | None = None
    target: float | None = None
    by: str = ""
    owner: str = ""
    budget: float | None = None
    guard: str = ""
    ethics: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing at all is filled in."""
        return self == StrategyRow()


FIELDS = tuple(field.name for field in fields(StrategyRow))
NUMBERS = ("now", "target", "budget")


@dataclass(frozen=True)
class StrategyTerms:
    """What a strategy must keep to.

    Parameters
    ----------
    budget
        Euro that there are for all rows together, 0 or more.
    start, until
        First and last day on which an aim may be due, as ``"2027-01-01"``.
    needs
        The needs that it must answer, from `NEEDS`.

    Raises
    ------
    ValueError
        If the budget is negative, a day cannot be read, they are in the wrong order, or a need is unknown.
    """

    budget: float
    start: str
    until: str
    needs: tuple[str, ...] = NEEDS

    def __post_init__(self) -> None:
        require_number("budget", self.budget, low=0, remedy="It is an amount of euro.")
        for name, day in (("start", self.start), ("until", self.until)):
            if _day(day) is None:
                raise ValueError(f"{name} is {day!r}, but must be a day such as '2027-06-30'.")
        if self.start > self.until:
            raise ValueError(f"start is {self.start} and until {self.until}. Swap them.")
        for need in self.needs:
            if need not in NEEDS:
                raise ValueError(f"{need!r} is no need; choose among: {', '.join(NEEDS)}.")
        if not self.needs:
            raise ValueError("needs is empty. Name at least one.")


def read_strategy(answer: object, needs: tuple[str, ...] = NEEDS) -> dict[str, StrategyRow]:
    """Read a strategy from plain data, strictly: what is unknown or of the wrong kind is named.

    Parameters
    ----------
    answer : mapping
        For each need a mapping of the fields of `StrategyRow`; both may be left out.
    needs
        The needs that may stand in it.

    Returns
    -------
    dict
        A row for each of the needs, in their order.

    Raises
    ------
    ValueError
        If it is something else.

    Examples
    --------
    >>> read_strategy({"objectives": {"owner": "Pia, head of service"}})["objectives"].owner
    'Pia, head of service'
    """
    if not isinstance(answer, Mapping):
        raise ValueError("a strategy should be a dictionary with a row for each need.")
    for need, row in answer.items():
        if need not in needs:
            raise ValueError(f"{need!r} is no need here; choose among: {', '.join(needs)}.")
        if not isinstance(row, Mapping) or not set(row) <= set(FIELDS):
            raise ValueError(f"{need}: a row should be a dictionary with the keys {', '.join(FIELDS)}.")
        for name, value in row.items():
            _require_field(f"{need}: {name}", name, value)
    rows = {}
    for need in needs:
        row = dict(answer.get(need, {}))
        rows[need] = StrategyRow(**{name: _plain(name, value) for name, value in row.items()})
    return rows


def strategy_findings(strategy: Mapping[str, StrategyRow], terms: StrategyTerms) -> tuple[Finding, ...]:
    """What is wrong with a strategy, row by row, and then on the page as a whole.

    Parameters
    ----------
    strategy : mapping
        As `read_strategy` returns it.
    terms : StrategyTerms
        What it must keep to.

    Returns
    -------
    tuple of Finding
        Empty for a strategy that keeps to all rules. ``where`` is the need or "the whole page"; a row without
        anything has the one finding "empty".

    Examples
    --------
    >>> terms = StrategyTerms(1000, "2027-01-01", "2027-12-31", needs=("journey maps",))
    >>> row = StrategyRow("Buyers know when the van comes", "calls “where is it?” per 100 orders", 14, 7,
    ...     "2027-06-30", "everybody", 800, "share who rate delivery 4 or 5", "Calls are counted, nobody is named")
    >>> print(*strategy_findings({"journey maps": row}, terms))
    journey maps: Its owner is no single person or role. What everybody owns, nobody does. Name one person or one role.
    """
    faults = [(rule, need, what) for need in terms.needs for rule, what in _row_faults(need, strategy[need], terms)]
    faults += [(rule, WHOLE_PAGE, what) for rule, what in _page_faults(strategy, terms)]
    return tuple(explain(faults, RULES))


def strategy_rows(strategy: Mapping[str, StrategyRow]) -> list[tuple[str, str]]:
    """Each need with its row in one line of words, for those who read and do not look.

    Parameters
    ----------
    strategy : mapping
        As `read_strategy` returns it.

    Examples
    --------
    >>> strategy_rows(read_strategy({"objectives": {"owner": "Pia", "budget": 1200}}, ("objectives", "digital tools")))
    [('objectives', 'owner: Pia; 1,200 euro'), ('digital tools', 'still empty')]
    """
    lines = []
    for need, row in strategy.items():
        words = [
            row.objective,
            f"measured by {row.measure}" if row.measure else "",
            f"from {row.now:g} to {row.target:g}" if row.now is not None and row.target is not None else "",
            f"by {row.by}" if row.by else "",
            f"owner: {row.owner}" if row.owner else "",
            f"{row.budget:,.0f} euro" if row.budget is not None else "",
            f"guarded by {row.guard}" if row.guard else "",
            f"ethics: {row.ethics}" if row.ethics else "",
        ]
        lines.append((need, "; ".join(filter(None, words)) or "still empty"))
    return lines


def _row_faults(need: str, row: StrategyRow, terms: StrategyTerms) -> Iterator[tuple[str, str]]:
    if row.blank:
        yield "empty", "Nothing is planned for it."
        return
    if len(row.objective.split()) < 4:
        yield "slogan", "Its objective is missing, or is hardly more than a slogan."
    if not row.measure.strip():
        yield "unmeasured", "It does not say what is counted."
    elif row.now is None or row.target is None:
        yield "unmeasured", "It has no number for now, or none for the target."
    elif row.now == row.target:
        yield "unmeasured", "Its target is where it stands now."
    day = _day(row.by)
    if day is None:
        yield "date", "Its date is missing, or is no day such as 2027-06-30."
    elif not terms.start <= day.isoformat() <= terms.until:
        yield "date", f"Its date lies outside {terms.start} to {terms.until}."
    if _GROUP.fullmatch(row.owner) or _EVERYBODY.search(row.owner):
        yield "owner", "Its owner is no single person or role."
    elif need == "support from the top" and not _TOP.search(row.owner):
        yield "top", "Its owner does not stand at the top."
    if row.budget is None:
        yield "budget", "It has no budget."
    if not row.guard.strip() or _same(row.guard, row.measure):
        yield "alone", "Its measure stands alone."
    if _NOTHING.match(row.ethics):
        yield "ethics", "It says nothing about the people whom it concerns."
    elif _DATA.search(f"{row.objective} {row.measure} {row.ethics}") and not _CONSENT.search(row.ethics):
        yield "consent", "It collects something about people, and does not say how they agree to it."


def _page_faults(strategy: Mapping[str, StrategyRow], terms: StrategyTerms) -> Iterator[tuple[str, str]]:
    total = sum(row.budget or 0 for row in strategy.values())
    if total > terms.budget:
        yield "over budget", f"Its rows add up to {total:,.0f} euro, and there are {terms.budget:,.0f}."
    owners = [" ".join(row.owner.lower().split()) for row in strategy.values() if row.owner.strip()]
    if len(owners) >= 5 and len(set(owners)) < 3:
        yield "few owners", f"{len(owners)} rows lie on {len(set(owners))} pair of shoulders."


def _require_field(place: str, name: str, value: object) -> None:
    if name in NUMBERS:
        number = isinstance(value, Real) and not isinstance(value, bool) and math.isfinite(value)
        if value is not None and not (number and (name != "budget" or float(value) >= 0)):  # type: ignore[arg-type]
            raise ValueError(f"{place} is {value!r}; it should be a number{' of 0 or more' * (name == 'budget')}.")
    elif not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(f"{place} should be a text of at most {LONGEST_TEXT} characters.")


def _plain(name: str, value: Any) -> Any:
    return value if name not in NUMBERS or value is None or isinstance(value, int) else float(value)


def _day(text: str) -> datetime.date | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text.strip()):
        return None
    try:
        return datetime.date.fromisoformat(text.strip())
    except ValueError:
        return None


def _same(one: str, other: str) -> bool:
    return " ".join(one.lower().split()).strip(".") == " ".join(other.lower().split()).strip(".")
