"""User stories as data, and a lint: faults of form that can be found without knowing the users.

Whether a story is true, and whether it can be built apart from others, only people can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cxux_helpers.findings import Finding, Rule, explain
from cxux_helpers.records import require_parts

__all__ = ["INVEST", "LARGEST_STORY", "STORY_RULES", "Criterion", "UserStory", "user_story_findings"]

LARGEST_STORY = 5  # working days: a week, so that somebody can try it every week


@dataclass(frozen=True)
class Criterion:
    """An acceptance criterion: in a situation (`given`), after an act (`when`), this can be seen (`then`)."""

    given: str = ""
    when: str = ""
    then: str = ""

    def __post_init__(self) -> None:
        require_parts(self, "a criterion")

    @property
    def blank(self) -> bool:
        """Whether nothing has been written yet."""
        return not f"{self.given}{self.when}{self.then}".strip()


@dataclass(frozen=True)
class UserStory:
    """As `role`, I want to `goal`, so that `reason`; accepted by its criteria, and built in a number of days.

    Parameters
    ----------
    role, goal, reason : str
        The three parts, without the words that join them.
    days : int
        Estimated working days; 0 means that nobody has estimated it.
    criteria : tuple of Criterion
        What must be seen before the story counts as done.

    References
    ----------
    Cohn, M. (2004). *User Stories Applied*. Addison-Wesley.

    Examples
    --------
    >>> UserStory("parent with a pram", "learn where the lift is", "I am not sent back at the stairs")
    As a parent with a pram, I want to learn where the lift is, so that I am not sent back at the stairs.
    """

    role: str = ""
    goal: str = ""
    reason: str = ""
    days: int = 0
    criteria: tuple[Criterion, ...] = ()

    def __post_init__(self) -> None:
        require_parts(self, "the user story")
        if self.days < 0:
            raise ValueError(f"the user story: days is {self.days}. Give the working days, or 0 for not estimated.")

    def __repr__(self) -> str:
        role = self.role.strip() or "…"
        if not _ARTICLE.match(role):
            role = f"{'an' if _VOWEL.match(role) else 'a'} {role}"
        return f"As {role}, I want to {self.goal.strip() or '…'}, so that {self.reason.strip() or '…'}."


STORY_RULES = {
    "role-missing": Rule("A wish without a person cannot be asked about.", "Name who wants it."),
    "role-system": Rule("Programs want nothing.", "Name the person who is helped by it."),
    "role-team": Rule("Those who build it are not those who need it.", "Name the person for whom you build."),
    "role-everybody": Rule(
        "A word that fits everybody does not help to decide.", "Say which people, and in which situation: “… who …”."
    ),
    "goal-missing": Rule("Nobody can build what nobody wants.", "Write what the person wants to reach."),
    "goal-solution": Rule(
        "It is one solution of many. A story leaves room to find a better one.",
        "Write what the person can do once it is there.",
    ),
    "goal-two": Rule("Two wishes in one story wait for each other.", "Make it two stories."),
    "reason-missing": Rule(
        "Without a reason nobody can tell whether something cheaper would do.",
        "Write what gets better for this person.",
    ),
    "reason-repeats": Rule(
        "It repeats the goal in other words.", "Ask once more: what does the person have from it?"
    ),
    "criteria-missing": Rule("Nobody can say when it is done.", "Write at least one criterion."),
    "criterion-incomplete": Rule(
        "Whoever tests it must know where to begin, what to do and what to look for.", "Fill in given, when and then."
    ),
    "criterion-vague": Rule("Two testers would disagree on it.", "Put in its place a number, or what one can see."),
    "criterion-unseen": Rule(
        "There is neither a number in it, nor anything that a tester could see or hear.",
        "Write what the person sees, hears or gets.",
    ),
    "size-missing": Rule("Who cannot estimate a story has not understood it yet.", "Estimate it in working days."),
    "size-large": Rule(
        "What takes longer than a working week comes too late to learn from.", "Cut it into smaller stories."
    ),
}  # fmt: skip

INVEST: dict[str, tuple[str, ...]] = {
    "Independent": (),
    "Negotiable": ("goal-missing", "goal-solution"),
    "Valuable": ("role-missing", "role-system", "role-team", "role-everybody", "reason-missing", "reason-repeats"),
    "Estimable": ("size-missing",),
    "Small": ("size-large", "goal-two"),
    "Testable": ("criteria-missing", "criterion-incomplete", "criterion-vague", "criterion-unseen"),
}
"""The six qualities of a good story, each with the rules that can speak against it; no rule sees whether
a story is independent of others."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_ARTICLE = re.compile(r"\b(?:an?|the|somebody|someone|anyone|anybody|everyone|everybody|my|our)\b", re.IGNORECASE)
_VOWEL = re.compile(r"[aeio]|u(?!se|ni)", re.IGNORECASE)
_CLAUSE = re.compile(r"\b(?:who|whose|with|without|that|in|on|at|from|of|and|before|after|under|over)\b|,")
_WORD = re.compile(r"[a-z0-9]+(?:[-'’][a-z0-9]+)*")
_SYSTEMS = _set(
    "system app application website site server database software computer machine program backend frontend api"
)
_TEAM = _set("developer designer programmer tester engineer analyst") | {
    "product owner",
    "product manager",
}
_EVERYBODY = _set(
    "user end-user customer client visitor person people human somebody someone anybody anyone everybody everyone "
    "individual consumer guest member stakeholder"
)
_THINGS = _set(
    "button menu dropdown drop-down page website site app screen database popup pop-up chatbot api form field checkbox "
    "tab icon widget banner slider filter wizard carousel dashboard algorithm ai blockchain plugin qr"
)
_VAGUE = _set(
    "fast faster quick quicker quickly easy easier easily simple simpler simply nice nicely good better best well "
    "user-friendly friendly intuitive intuitively clear clearly smooth smoothly seamless modern appropriate soon "
    "convenient conveniently comfortable efficient efficiently optimal flexible attractive happy satisfied correctly "
    "properly reasonable helpful"
)
_SEEN = re.compile(
    r"\b(?:sees?|shows?|shown|reads?|gets?|receives?|hears?|heard|stands?|says?|said|appears?|lists?|listed|opens?|arrives?|"
    r"sends?|sent|prints?|printed|rings?|lights?|names?|named|displays?|displayed|offers?|offered|marked|asks?|asked|"
    r"reaches|tells?|told|holds?|stays?|remains?|is there|disappears?|unlocks?|plays?)\b"
)
_NUMBER = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|twelve|half)\b")
_SMALL_WORDS = _set(
    "a an the to of in on at by for from with and or but so that this it its is are be am was can could will would do "
    "does not no i me my we our you your they them their he she his her which what when where how if as more than then "
    "want there have has get"
)
_SAME = 0.6  # share of the reason's words that stand in the goal as well, from which on it says nothing new


def user_story_findings(story: UserStory) -> list[Finding]:
    """Find faults in the form of a user story.

    The rules look at words. They know no users and no firm, so a story without a finding can still be wrong, and a
    finding can be mistaken; then say why, and keep the story.

    Parameters
    ----------
    story : UserStory

    Returns
    -------
    list of Finding
        In the order of the story: role, goal, reason, criteria, size. The rules are those of `STORY_RULES`.

    Examples
    --------
    >>> story = UserStory("the system", "have a search button", "I have a search button", 2)
    >>> [finding.rule for finding in user_story_findings(story)]
    ['role-system', 'goal-solution', 'reason-repeats', 'criteria-missing']
    """
    parts = (_role(story), _goal(story), _reason(story), _criteria(story), _size(story))
    return explain((fault for part in parts for fault in part), STORY_RULES)


Fault = tuple[str, str, str]


def _role(story: UserStory) -> Iterator[Fault]:
    whole = story.role.strip().lower()
    head = " ".join(_words(_ARTICLE.sub("", _CLAUSE.split(whole)[0]) or whole))
    last = head.rpartition(" ")[2]
    if not _meaning(whole):
        yield "role-missing", "role", "There is no role."
    elif last in _SYSTEMS:
        yield "role-system", "role", "The role is a program."
    elif head in _TEAM or last in _TEAM:
        yield "role-team", "role", "The role is one of the team."
    elif (head or whole) in _EVERYBODY and not _CLAUSE.search(whole):
        yield "role-everybody", "role", "The role fits everybody."


def _goal(story: UserStory) -> Iterator[Fault]:
    words = _words(story.goal)
    if not words:
        yield "goal-missing", "goal", "There is no goal."
    if things := _THINGS.intersection(words):
        yield "goal-solution", "goal", f"It asks for a thing to build: {', '.join(sorted(things))}."
    if "and" in words:
        yield "goal-two", "goal", "It joins two wishes with “and”."


def _reason(story: UserStory) -> Iterator[Fault]:
    meaning = _meaning(story.reason)
    if not meaning:
        yield "reason-missing", "reason", "There is no reason."
    elif len(meaning & _meaning(story.goal)) >= _SAME * len(meaning):
        yield "reason-repeats", "reason", "There is nothing new in the reason."


def _criteria(story: UserStory) -> Iterator[Fault]:
    written = [(number, one) for number, one in enumerate(story.criteria, start=1) if not one.blank]
    if not written:
        yield "criteria-missing", "criteria", "There is no acceptance criterion."
    for number, one in written:
        where, outcome = f"criterion {number}", one.then.lower()
        if not all(_words(part) for part in (one.given, one.when, one.then)):
            yield "criterion-incomplete", where, "A part is empty."
        if vague := _VAGUE.intersection(_words(outcome)):
            yield "criterion-vague", where, f"It says: {', '.join(sorted(vague))}."
        elif _words(outcome) and not _NUMBER.search(outcome) and not _SEEN.search(outcome):
            yield "criterion-unseen", where, "Its outcome cannot be checked."


def _size(story: UserStory) -> Iterator[Fault]:
    if not story.days:
        yield "size-missing", "size", "It has no estimate."
    elif story.days > LARGEST_STORY:
        yield "size-large", "size", f"It takes more than {LARGEST_STORY} working days."


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _meaning(text: str) -> set[str]:
    """Words that carry meaning, without the endings of English."""
    return {re.sub(r"(?:ing|ed|es|s)$", "", word) or word for word in _words(text) if word not in _SMALL_WORDS}
