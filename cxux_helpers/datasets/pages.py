"""The booking page of a made-up clinic, with barriers planted in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from string import Template
from typing import NamedTuple

import numpy as np
import pandas as pd

from cxux_helpers.arguments import require_whole

__all__ = ["PageWithFaults", "make_page"]

_MOST_FAULTS = 23  # of the rules, two go for the h1 and three for the film


class PageWithFaults(NamedTuple):
    """A page together with the faults that were planted in it.

    Attributes
    ----------
    html : str
        Source of the page.
    truth : DataFrame
        One row per planted fault, in the order of the page: ``rule`` (a key of
        `cxux_helpers.accessibility.page_structure.PAGE_RULES`), ``line`` of the source where the element at fault
        begins, from 1, ``source`` (what was planted) and ``mended`` (what should stand there).
    """

    html: str
    truth: pd.DataFrame


class _Fault(NamedTuple):
    """A way to spoil a spot of the page; faults of the same spot exclude each other.

    Nothing goes over the end of a line, so faults never move lines. `at` stands on the line where the fault is found,
    if that is not the line of `right`; `also` is a second piece to replace, and what with.
    """

    spot: str
    rule: str
    right: str
    wrong: str
    at: str = ""
    also: tuple[str, str] = ("", "")


_SEARCH = '<label for="search">Search these pages</label> <input id="search" name="q" type="search">'
_MAIL = '<label for="mail">E-mail</label> <input id="mail" name="mail" type="email" autocomplete="email">'
_PHONE = '<label for="phone">Telephone, if we may call you</label> <input id="phone"'
_REASON = '<label for="reason">Reason for your visit</label> <select id="reason" name="reason">'
_NOTE = '<label for="note">What should the doctor know before?</label> <textarea id="note" name="note" rows="4">'
_REMINDER = '<label><input type="checkbox" name="reminder"> Remind me a day before</label>'
_TRACK = '<track kind="captions" src="first-visit.vtt" srclang="en" label="English">'
_VIDEO = f'<video controls src="first-visit.mp4">{_TRACK}</video>'
_MAP = ' alt="Way from the station: right, past the church, second door"'
_COLUMNS = '<tr><th scope="col">Day</th><th scope="col">Clinic</th><th scope="col">Telephone</th></tr>'
_VIEWPORT = "width=device-width, initial-scale=1"

_FAULTS = (
    _Fault("html", "no-language", '<html lang="en">', "<html>"),
    _Fault("html", "no-language", '<html lang="en">', '<html lang="english">'),
    _Fault("viewport", "zoom-forbidden", _VIEWPORT, "width=device-width, user-scalable=no"),
    _Fault("viewport", "zoom-forbidden", _VIEWPORT, "width=device-width, maximum-scale=1"),
    _Fault("title", "no-title", "<title>Book an appointment – $clinic</title>", "<title></title>"),
    _Fault("main", "no-main-landmark", '<main id="main">', '<div id="main">', "<body", ("</main>", "</div>")),
    _Fault("h1", "no-main-heading", "<h1>Book an appointment</h1>", "<p><b>Book an appointment</b></p>", "<body"),
    _Fault("h1", "several-main-headings", "<h2>Your details</h2>", "<h1>Your details</h1>"),
    _Fault("first name", "skipped-heading-level", "<h3>$first</h3>", "<h4>$first</h4>"),
    _Fault("bring", "skipped-heading-level", "<h3>What to bring</h3>", "<h5>What to bring</h5>"),
    _Fault("bring", "empty-heading", "<h3>What to bring</h3>", "<h3></h3>"),
    _Fault("how long", "empty-heading", "<h3>How long it takes</h3>", "<h3>&nbsp;</h3>"),
    _Fault("logo", "link-without-name", ' alt="$clinic, to the first page"', ' alt=""'),
    _Fault("logo", "meaningless-alt", ' alt="$clinic, to the first page"', ' alt="logo.svg"'),
    _Fault("first portrait", "image-without-alt", ' alt="$first at her desk"', ""),
    _Fault("first portrait", "redundant-alt", ' alt="$first at her desk"', ' alt="Image of $first"'),
    _Fault("second portrait", "meaningless-alt", ' alt="$second in the garden"', ' alt="portrait-2"'),
    _Fault("second portrait", "redundant-alt", ' alt="$second in the garden"', ' alt="Photo of $second"'),
    _Fault("map", "image-without-alt", _MAP, ""),
    _Fault("map", "meaningless-alt", _MAP, ' alt="image"'),
    _Fault("frame", "frame-without-title", ' title="Map around $street"', ""),
    _Fault("video", "video-without-captions", _VIDEO, '<video controls src="first-visit.mp4"></video>'),
    _Fault("video", "sound-by-itself", _VIDEO, _VIDEO.replace("controls", "autoplay")),
    _Fault("video", "motion-by-itself", _VIDEO, _VIDEO.replace("controls", "autoplay muted loop")),
    _Fault("search", "control-without-label", _SEARCH, _SEARCH[_SEARCH.index("<input") :]),
    _Fault("search", "placeholder-as-label", _SEARCH, '<input name="q" type="search" placeholder="Search">'),
    _Fault("mail", "placeholder-as-label", _MAIL, '<input name="mail" type="email" placeholder="E-mail">'),
    _Fault("mail", "title-as-label", _MAIL, '<input name="mail" type="email" title="E-mail">'),
    _Fault("phone", "control-without-label", _PHONE, _PHONE.replace(' for="phone"', "")),
    _Fault("reason", "title-as-label", _REASON, '<select name="reason" title="Reason for your visit">'),
    _Fault("note", "placeholder-as-label", _NOTE, '<textarea name="note" placeholder="Anything else?">'),
    _Fault("reminder", "control-without-label", _REMINDER, _REMINDER.replace("<label>", "").replace("</label>", "")),
    _Fault("lens", "button-without-name", '<button aria-label="Search">', "<button>"),
    _Fault("book", "button-without-name", ">Book the appointment<", '><img src="calendar.svg" alt=""><'),
    _Fault("order", "positive-tabindex", ' autocomplete="name">', ' autocomplete="name" tabindex="1">'),
    _Fault("submit", "positive-tabindex", '<button type="submit">', '<button type="submit" tabindex="2">'),
    _Fault("first times", "vague-link", ">Free times of $first<", ">Click here<"),
    _Fault("visit", "vague-link", ">More about your first visit<", ">Read more …<"),
    _Fault("second times", "vague-link", ">Free times of $second<", ">here<"),
    _Fault("route", "same-text-other-target", ">Bus lines and parking<", ">Write to us<"),
    _Fault("privacy", "same-text-other-target", ">How we protect your data<", ">Prices and insurance<"),
    _Fault(
        "table", "table-without-headers", _COLUMNS, "<tr><td>Day</td><td>Clinic</td><td>Telephone</td></tr>", "<table>"
    ),
    _Fault("ids", "duplicate-id", '<p id="legal">', '<p id="duration">'),
    _Fault("closed", "low-contrast", "color: #7a1f1f", "color: #e08a8a"),
    _Fault("calls", "low-contrast", "color: #f4f9fb", "color: #7d93a0"),
)

_CLINICS = ("Linden Clinic", "Harbour Clinic", "Clinic at the Old Mill", "Riverside Practice", "Hillside Clinic")
_FIRST = ("Dr. Amara Osei", "Dr. Ines Keller", "Dr. Mei Tanaka", "Dr. Lucía Romero")
_SECOND = ("Dr. Jonas Weber", "Dr. Ravi Menon", "Dr. Elif Demir", "Dr. Tom Larsen")
_STREETS = ("12 Mill Lane", "3 Station Road", "47 Garden Street", "8 Church Square")
_HOLIDAYS = ("Good Friday", "1 May", "26 December", "Easter Monday")


def make_page(*, seed: int = 0, faults: int | Sequence[str] = 8) -> PageWithFaults:
    """Booking page of a made-up clinic in which barriers are planted, each at a known line.

    It has what such pages have: a menu, a search, doctors with portraits, opening hours, a form, a film, a map. Without
    faults, `cxux_helpers.accessibility.page_structure.check_page` finds nothing on it; with faults, exactly those that
    were planted.

    Parameters
    ----------
    seed : int
        Chooses the faults and their places, and the names on the page. The same seed gives the same page.
    faults : int or sequence of str
        How many faults, each of another rule, from 0 to 23; or the rules to break, one fault for each entry.

    Returns
    -------
    PageWithFaults
        ``html`` and ``truth``.

    Raises
    ------
    ValueError
        If the number is not a whole number from 0 to 23, a rule cannot be planted, or its places are all taken.

    Examples
    --------
    >>> html, truth = make_page(faults=["image-without-alt", "vague-link"])
    >>> sorted(truth["rule"])
    ['image-without-alt', 'vague-link']
    >>> all(source in html for source in truth["source"])
    True
    """
    rng = np.random.default_rng(seed)
    names = {
        name: str(rng.choice(choices))
        for name, choices in (
            ("clinic", _CLINICS), ("first", _FIRST), ("second", _SECOND), ("street", _STREETS), ("holiday", _HOLIDAYS),
        )
    }  # fmt: skip
    right = _template().splitlines()
    wrong, planted = list(right), []
    for fault in _choose(rng, faults):
        changed = _line(right, fault.right)
        wrong[changed] = wrong[changed].replace(fault.right, fault.wrong)
        closed = _line(right, fault.also[0])
        wrong[closed] = wrong[closed].replace(*fault.also)
        planted.append((fault.rule, _line(right, fault.at or fault.right), changed))
    right, wrong = ([Template(line).substitute(names) for line in lines] for lines in (right, wrong))
    truth = pd.DataFrame(
        [(rule, found + 1, wrong[changed].strip(), right[changed].strip()) for rule, found, changed in planted],
        columns=["rule", "line", "source", "mended"],
    )
    return PageWithFaults("\n".join(wrong) + "\n", truth.sort_values(["line", "rule"], ignore_index=True))


@cache
def _template() -> str:
    return resources.files("cxux_helpers").joinpath("data", "pages", "clinic.html").read_text(encoding="utf-8")


def _line(lines: list[str], piece: str) -> int:
    return next(i for i, line in enumerate(lines) if piece in line)


def _choose(rng: np.random.Generator, faults: int | Sequence[str]) -> list[_Fault]:
    """Faults at different spots: for each rule asked for, or for as many rules drawn at random."""
    ways: dict[str, list[_Fault]] = {}
    for i in rng.permutation(len(_FAULTS)):
        ways.setdefault(_FAULTS[i].rule, []).append(_FAULTS[i])
    if isinstance(faults, Sequence):
        for unknown in [faults] if isinstance(faults, str) else [rule for rule in faults if rule not in ways]:
            raise ValueError(
                f"faults has {unknown!r}. Give a number, or a list of rules from: {', '.join(sorted(ways))}."
            )
        chosen = _place(list(faults), ways)
        if chosen is None:
            raise ValueError(f"faults are {list(faults)}, which need the same places of the page. Ask for fewer.")
        return chosen
    count = require_whole("faults", faults, low=0)
    if count > _MOST_FAULTS:
        raise ValueError(f"faults is {count}, but {_MOST_FAULTS} fit on the page at most. Ask for fewer.")
    chosen = []
    for rule in ways:
        if len(chosen) < count:
            chosen = _place([*(fault.rule for fault in chosen), rule], ways) or chosen
    return chosen


def _place(rules: list[str], ways: dict[str, list[_Fault]], taken: frozenset[str] = frozenset()) -> list[_Fault] | None:
    """A fault for each rule, each at a spot of its own; None if there are too few spots."""
    if not rules:
        return []
    # The rule with fewest ways goes first, so that dead ends show early.
    hardest, *others = sorted(rules, key=lambda rule: len(ways[rule]))
    for fault in ways[hardest]:
        if fault.spot not in taken:
            rest = _place(others, ways, taken | {fault.spot})
            if rest is not None:
                return [fault, *rest]
    return None
