"""A check of a page's structure: what a machine can see of its accessibility, and what it must ask a human.

A check like this finds a part of the barriers only. It sees that a picture has a text alternative, and not whether it
is the right one. It reads the source, so it does not know what scripts and style sheets add, how the page looks, and
whether it works with a keyboard. A page without findings is not an accessible page: ask `ask_a_human` what is left,
and test with people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from cxux_helpers.accessibility import page_faults as faults
from cxux_helpers.accessibility.page import Page, attribute, excerpt

__all__ = ["PAGE_RULES", "PageFinding", "PageRule", "ask_a_human", "check_page"]


@dataclass(frozen=True)
class PageRule:
    """A kind of fault: how to find it, which success criterion of WCAG 2.2 it touches, why it matters, what to do.

    Parameters
    ----------
    find : callable
        Yields the elements at fault of a page, each with what is wrong.
    criterion : str
        Number and name of the success criterion.
    level : {"A", "AA", "AAA"}
        Its level.
    fails : bool
        Whether the fault breaks the criterion. If not, it is advice: it makes the page harder to use, but a page may
        have it and conform.
    why : str
        To whom it matters, and why.
    remedy : str
        How to mend it.
    whole_page : bool
        Whether the rule makes sense for whole pages only, and not for a part of one.
    """

    find: Callable[[Page], faults.Faults]
    criterion: str
    level: Literal["A", "AA", "AAA"]
    fails: bool
    why: str
    remedy: str
    whole_page: bool = False


@dataclass(frozen=True)
class PageFinding:
    """A fault of a page.

    Parameters
    ----------
    rule : str
        Key of `PAGE_RULES`.
    criterion, level, fails
        Success criterion of WCAG 2.2, its level, and whether the fault breaks it or is advice.
    line : int
        Line of the source where the element begins, from 1.
    where : str
        Beginning of the element's source.
    what : str
        What is wrong there.
    why : str
        To whom it matters, and why.
    remedy : str
        How to mend it.

    Examples
    --------
    >>> print(check_page('<p>Hello</p><img src="map.png">', part=True)[0])
    line 1, <img src="map.png">: This picture has no text alternative. Who cannot see it hears the name of its file \
or nothing. Say in alt what the picture is for; write alt="" if it is decoration. (WCAG 2.2, 1.1.1 Non-text Content, A)
    """

    rule: str
    criterion: str
    level: str
    fails: bool
    line: int
    where: str
    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        touched = f"WCAG 2.2, {self.criterion}, {self.level}"
        text = f"line {self.line}, {self.where}: {self.what} {self.why} {self.remedy}"
        return f"{text} ({touched if self.fails else f'advice; {touched}'})"


PAGE_RULES = {
    "no-language": PageRule(
        faults.no_language, "3.1.1 Language of Page", "A", True,
        "Screen readers choose the voice by it; with the wrong one, words cannot be understood.",
        'Write it on the html element, like lang="en".',
        whole_page=True,
    ),
    "no-title": PageRule(
        faults.no_title, "2.4.2 Page Titled", "A", True,
        "The title is heard first, and tells open pages apart in tabs, bookmarks and results of a search.",
        "Add a title element to the head: first what this page is about, then whose it is.",
        whole_page=True,
    ),
    "no-main-landmark": PageRule(
        faults.no_main_landmark, "2.4.1 Bypass Blocks", "A", False,
        "People with a screen reader jump to it, past the menu that every page repeats.",
        "Put what is special to this page into a main element.",
        whole_page=True,
    ),
    "zoom-forbidden": PageRule(
        faults.zoom_forbidden, "1.4.4 Resize Text", "AA", True,
        "People with low vision enlarge the page on their phone, or cannot read it.",
        "Take user-scalable and maximum-scale out of the viewport.",
    ),
    "no-main-heading": PageRule(
        faults.no_main_heading, "1.3.1 Info and Relationships", "A", False,
        "Screen readers list the headings; without the first one nobody hears what the page is about.",
        "Make the heading that names the page an h1.",
        whole_page=True,
    ),
    "several-main-headings": PageRule(
        faults.several_main_headings, "1.3.1 Info and Relationships", "A", False,
        "A list of headings with two tops does not show which one names the page.",
        "Keep the h1 that names the page, and make the others h2.",
        whole_page=True,
    ),
    "empty-heading": PageRule(
        faults.empty_heading, "1.3.1 Info and Relationships", "A", False,
        "Screen readers stop at it and announce a part of the page that has no name.",
        "Give it text, or take it out; space between parts belongs into the style sheet.",
    ),
    "skipped-heading-level": PageRule(
        faults.skipped_heading_level, "1.3.1 Info and Relationships", "A", False,
        "People who move by headings look for the level between, and believe they have missed something.",
        "Choose the level by the structure of the page, and the size of the letters in the style sheet.",
    ),
    "image-without-alt": PageRule(
        faults.image_without_alt, "1.1.1 Non-text Content", "A", True,
        "Who cannot see it hears the name of its file or nothing.",
        'Say in alt what the picture is for; write alt="" if it is decoration.',
    ),
    "meaningless-alt": PageRule(
        faults.meaningless_alt, "1.1.1 Non-text Content", "A", True,
        "Who cannot see the picture hears a text that tells nothing about it.",
        'Say what the picture is for; write alt="" if it is decoration.',
    ),
    "redundant-alt": PageRule(
        faults.redundant_alt, "1.1.1 Non-text Content", "A", False,
        "Screen readers say that it is a picture already, so people hear it twice.",
        "Begin with what the picture shows.",
    ),
    "video-without-captions": PageRule(
        faults.video_without_captions, "1.2.2 Captions (Prerecorded)", "A", True,
        "Deaf people miss what is said, and so does everybody in a loud or a quiet place.",
        'Add a track with kind="captions". If nothing can be heard, or captions are part of the picture, all is well.',
    ),
    "sound-by-itself": PageRule(
        faults.sound_by_itself, "1.4.2 Audio Control", "A", True,
        "It drowns the voice of a screen reader, with which people would look for the way to stop it.",
        "Let people start it: take out autoplay, and add controls.",
    ),
    "motion-by-itself": PageRule(
        faults.motion_by_itself, "2.2.2 Pause, Stop, Hide", "A", False,
        "Motion draws the eye; some people cannot read beside it. After five seconds it must be possible to stop it.",
        "Take out autoplay, or add controls.",
    ),
    "frame-without-title": PageRule(
        faults.frame_without_title, "4.1.2 Name, Role, Value", "A", True,
        "Screen readers announce a frame, and people cannot know whether to enter it.",
        "Say in its title what is inside.",
    ),
    "control-without-label": PageRule(
        faults.control_without_label, "4.1.2 Name, Role, Value", "A", True,
        "Screen readers say only that there is a field; who speaks to the computer cannot name it.",
        "Add a label element, with the id of the control in its for.",
    ),
    "placeholder-as-label": PageRule(
        faults.placeholder_as_label, "3.3.2 Labels or Instructions", "A", True,
        "It goes with the first letter that is typed; who is interrupted, or forgets easily, has nothing to go by.",
        "Add a label that stays, and keep the placeholder for an example, if at all.",
    ),
    "title-as-label": PageRule(
        faults.title_as_label, "3.3.2 Labels or Instructions", "A", False,
        "A title shows only under a mouse that rests on it: not on a phone, and not to who uses keys.",
        "Add a label that everybody sees.",
    ),
    "button-without-name": PageRule(
        faults.button_without_name, "4.1.2 Name, Role, Value", "A", True,
        "Screen readers say only that there is a button; nobody dares to press it.",
        "Write on it what it does; for a sign alone, add an aria-label.",
    ),
    "link-without-name": PageRule(
        faults.link_without_name, "2.4.4 Link Purpose (In Context)", "A", True,
        "Screen readers read out its address, or only that there is a link.",
        "Give it text, or a text alternative to the picture in it.",
    ),
    "vague-link": PageRule(
        faults.vague_link, "2.4.4 Link Purpose (In Context)", "A", False,
        "Screen readers can list all links of a page; this one says nothing there.",
        "Name what people find behind it.",
    ),
    "same-text-other-target": PageRule(
        faults.same_text_other_target, "2.4.9 Link Purpose (Link Only)", "AAA", False,
        "In a list of links the two cannot be told apart.",
        "Say in each what is different.",
    ),
    "table-without-headers": PageRule(
        faults.table_without_headers, "1.3.1 Info and Relationships", "A", True,
        "Screen readers say the header with each cell; without it, people hear numbers and must count columns.",
        'Make the cells that name a column or row th, with scope. For mere layout, write role="presentation".',
    ),
    "duplicate-id": PageRule(
        faults.duplicate_id, "4.1.2 Name, Role, Value", "A", False,
        "A label, a link or a description that names the id reaches the first of the two only.",
        "Rename one, and all that refers to it.",
    ),
    "positive-tabindex": PageRule(
        faults.positive_tabindex, "2.4.3 Focus Order", "A", False,
        "Who moves with keys jumps about, in another order than the one that is seen and read.",
        "Take it out, and put the elements into the right order; 0 makes one reachable in its place.",
    ),
    "low-contrast": PageRule(
        faults.low_contrast, "1.4.3 Contrast (Minimum)", "AA", True,
        "People with low vision, and everybody in sunlight, cannot tell the letters from what is behind them.",
        "Make one of the two colours darker or lighter: nearest_passing_colour finds one.",
    ),
}  # fmt: skip


def check_page(html: str, *, part: bool = False, rules: Iterable[str] | None = None) -> list[PageFinding]:
    """Find what is wrong with the structure of a page, for people who do not see it or do not use a mouse.

    What is hidden by hidden, inert, aria-hidden, or its own style (display: none, visibility: hidden) is left alone,
    and so are hidden inputs; an empty alt is right for decoration. Contrast is checked where the style attributes of
    an element and of those around it declare both colours; style sheets are not read. End tags should not be left out:
    see `cxux_helpers.accessibility.page.Page`.

    Parameters
    ----------
    html : str
        Source of the page.
    part : bool
        Whether it is only a part of a page, such as the output of a cell: rules about title, language, main part and
        main heading are left out then.
    rules : iterable of str, optional
        Keys of `PAGE_RULES` to check; all by default.

    Returns
    -------
    list of PageFinding
        In the order of the source. Empty if nothing was found, which does not mean that the page is accessible: see
        `ask_a_human`.

    Raises
    ------
    ValueError
        If the source has no element, or a rule is unknown.

    References
    ----------
    W3C (2023). *Web Content Accessibility Guidelines 2.2*. https://www.w3.org/TR/WCAG22/

    Examples
    --------
    >>> page = '<html lang="en"><title>Hours</title><main><h1>Hours</h1><a href="/hours">Click here</a></main></html>'
    >>> [(finding.rule, finding.line, finding.fails) for finding in check_page(page)]
    [('vague-link', 1, False)]
    >>> check_page(page, rules=["image-without-alt", "low-contrast"])
    []
    """
    chosen = list(PAGE_RULES) if rules is None else list(rules)
    for unknown in (rule for rule in chosen if rule not in PAGE_RULES):
        raise ValueError(f"rule is {unknown!r}, which is not known. Choose from: {', '.join(PAGE_RULES)}.")
    page = Page(html)
    found = []
    for name in chosen:
        rule = PAGE_RULES[name]
        if part and rule.whole_page:
            continue
        for element, what in rule.find(page):
            place = (element.sourceline or 1, element.sourcepos or 0)
            finding = PageFinding(
                name, rule.criterion, rule.level, rule.fails, place[0], excerpt(element), what, rule.why, rule.remedy
            )
            found.append((place, finding))
    return [finding for _, finding in sorted(found, key=lambda one: one[0])]


def ask_a_human(html: str) -> list[str]:
    """Questions about a page that no machine can answer, with what to look at on this page.

    Parameters
    ----------
    html : str
        Source of the page, or of a part of one.

    Returns
    -------
    list of str
        Questions, those about the content of this page first.

    Raises
    ------
    ValueError
        If the source has no element.

    Examples
    --------
    >>> for question in ask_a_human('<h2>Hours</h2><img src="map.png" alt="Way from the station to us">')[:2]:
    ...     print(question)
    Do these text alternatives say what the pictures are for? 'Way from the station to us'
    Do these headings say what stands below them, and does everything that looks like a heading appear here? 'Hours'
    """
    page = Page(html)
    lists = (
        ("Do these text alternatives say what the pictures are for?", "img[alt]:not([alt=''])"),
        (
            "Do these headings say what stands below them, and does everything that looks like a heading appear here?",
            "h1, h2, h3, h4, h5, h6, [role=heading]",
        ),
        ("Can people tell from these texts alone where the links lead?", "a[href]"),
        ("Do these labels say what to enter, and in which form?", "label"),
    )
    questions = []
    for question, selector in lists:
        names = list(dict.fromkeys(filter(None, map(page.name, page.select(selector)))))
        if names:
            questions.append(f"{question} {', '.join(map(repr, names))}")
    if empty := page.select("img[alt='']"):
        files = ", ".join(attribute(image, "src") or "without src" for image in empty)
        questions.append(f"Are these pictures mere decoration, so that nobody misses them? {files}")
    if page.select("video, audio"):
        questions.append("Are the captions complete and right, and is what can only be seen told in words as well?")
    return [
        *questions,
        "Can everything be reached, used and left with the keyboard alone, and is it always visible where you are?",
        "Is the order in which it is read out the order in which it makes sense?",
        "Does text have enough contrast where the style sheet sets its colours, or where it lies on a picture?",
        "Is anything told by colour, place or shape alone?",
        "Does the page still work at 400 percent, or on a phone held upright?",
        "Do messages about mistakes say where the mistake is and how to mend it, and are they read out?",
        "Do the people for whom it is made understand the words?",
    ]
