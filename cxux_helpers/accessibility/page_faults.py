"""Searches for faults in a page: one small function for each kind, which yields where it is and what is wrong.

Why a fault matters, and what to do about it, stands in `cxux_helpers.accessibility.page_structure`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, TypeAlias

from cxux_helpers.accessibility.contrast import CONTRAST_MINIMUM, Part, contrast_ratio, is_large_text
from cxux_helpers.accessibility.inline_styles import text_style
from cxux_helpers.accessibility.page import Page, attribute

if TYPE_CHECKING:
    from bs4 import Tag

Faults: TypeAlias = "Iterator[tuple[Tag, str]]"

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
_FILE_NAME = re.compile(
    r"\S+\.(?:avif|bmp|gif|jpe?g|png|svg|tiff?|webp)|(?:dsc|image|img|pic|scan|screenshot)[-_ ]?\d+", re.I
)
_PLACEHOLDER_ALT = {
    "alt",
    "graphic",
    "icon",
    "image",
    "img",
    "photo",
    "photograph",
    "picture",
    "pic",
    "spacer",
    "untitled",
}
_REDUNDANT_ALT = re.compile(r"(?:an? |the )?(?:graphic|icon|image|photo|photograph|picture|pic) of\b", re.IGNORECASE)
_VAGUE = {
    *(
        "click",
        "click here",
        "continue",
        "details",
        "find out more",
        "go",
        "here",
        "info",
        "learn more",
        "link",
        "more",
    ),
    *(
        "more details",
        "more info",
        "more information",
        "read more",
        "read on",
        "see more",
        "this",
        "this link",
        "this page",
    ),
}
_CONTROLS = (
    "input:not([type=hidden i], [type=submit i], [type=button i], [type=reset i], [type=image i]), select, textarea, "
    ":is([role=checkbox], [role=combobox], [role=listbox], [role=radio], [role=searchbox], [role=slider], "
    "[role=spinbutton], [role=switch], [role=textbox]):not(input, select, textarea)"
)
_BUTTONS = "button, [role=button], input[type=submit i], input[type=button i], input[type=reset i], input[type=image i]"
_HEADINGS = ":is(h1, h2, h3, h4, h5, h6):not([role]), [role=heading]"
_LINKS = "a[href], [role=link]"
_DECORATIVE = ("none", "presentation")


# -- the page as a whole -----------------------------------------------------------------------------------------------


def no_language(page: Page) -> Faults:
    language = attribute(page.root, "lang")
    if not language:
        yield page.root, "The page does not say in which language it is written."
    elif not _LANGUAGE.fullmatch(language):
        yield page.root, f"The language is given as {language!r}, which is no language tag."


def no_title(page: Page) -> Faults:
    title = page.soup.select_one("title:not(svg title)")
    if title is None or not title.get_text().strip():
        yield title or page.root, "The page has no title."


def no_main_landmark(page: Page) -> Faults:
    if not page.select("main, [role=main]"):
        yield page.body, "No element of the page is marked as its main part."


def zoom_forbidden(page: Page) -> Faults:
    for meta in page.soup.select("meta[name=viewport i]"):
        content = (one.partition("=") for one in re.split("[,;]", attribute(meta, "content").lower()))
        settings = {name.strip(): value.strip() for name, _, value in content}
        scale = re.match(r"[0-9.]+", settings.get("maximum-scale", ""))
        if settings.get("user-scalable") in ("no", "0"):
            yield meta, "The page forbids to enlarge it."
        elif scale and float(scale[0]) < 2:
            yield meta, f"The page can be enlarged {float(scale[0]):g} times at most."


# -- headings ----------------------------------------------------------------------------------------------------------


def no_main_heading(page: Page) -> Faults:
    if all(_level(heading) != 1 for heading in page.select(_HEADINGS)):
        yield page.body, "The page has no heading of level 1."


def several_main_headings(page: Page) -> Faults:
    for heading in [heading for heading in page.select(_HEADINGS) if _level(heading) == 1][1:]:
        yield heading, "The page has another heading of level 1 before this one."


def empty_heading(page: Page) -> Faults:
    for heading in page.select(_HEADINGS):
        if not page.name(heading):
            yield heading, "This heading has no text."


def skipped_heading_level(page: Page) -> Faults:
    for before, heading in pairwise(page.select(_HEADINGS)):
        if _level(heading) > _level(before) + 1:
            yield heading, f"A heading of level {_level(heading)} follows one of level {_level(before)}."


def _level(heading: Tag) -> int:
    said = attribute(heading, "aria-level")
    return int(said) if said.isdecimal() else int(heading.name[1]) if re.fullmatch("h[1-6]", heading.name) else 2


# -- pictures, sound and film ------------------------------------------------------------------------------------------


def image_without_alt(page: Page) -> Faults:
    for image in page.select("img:not([alt]), area[href], [role=img]:not(img)"):
        if attribute(image, "role") not in _DECORATIVE and not (page.name(image) or attribute(image, "title")):
            yield image, "This picture has no text alternative."


def meaningless_alt(page: Page) -> Faults:
    for image, alt in _alternatives(page):
        file = PurePosixPath(attribute(image, "src").partition("?")[0])
        if _FILE_NAME.fullmatch(alt) or alt == file.name or (alt == file.stem and re.search(r"[\d_-]", alt)):
            yield image, f"The text alternative {alt!r} is the name of a file."
        elif alt.lower() in _PLACEHOLDER_ALT:
            yield image, f"The text alternative {alt!r} does not say what the picture shows."


def redundant_alt(page: Page) -> Faults:
    for image, alt in _alternatives(page):
        if said := _REDUNDANT_ALT.match(alt):
            yield image, f"The text alternative begins with {said[0]!r}."


def _alternatives(page: Page) -> Iterator[tuple[Tag, str]]:
    for image in page.select("img[alt], input[type=image i][alt]"):
        if alt := attribute(image, "alt"):
            yield image, alt


def video_without_captions(page: Page) -> Faults:
    for video in page.select("video"):
        silent = video.has_attr("muted") and not video.has_attr("controls")
        if not silent and not video.select("track[kind=captions i], track[kind=subtitles i], track:not([kind])"):
            yield video, "This film has no captions."


def sound_by_itself(page: Page) -> Faults:
    for media in _plays_by_itself(page):
        if not media.has_attr("muted"):
            yield media, "This plays sound as soon as the page opens, and has no controls to stop it."


def motion_by_itself(page: Page) -> Faults:
    for media in _plays_by_itself(page):
        if media.has_attr("muted") and media.name == "video":
            yield media, "This film moves as soon as the page opens, and has no controls to stop it."


def _plays_by_itself(page: Page) -> list[Tag]:
    # Also where it is hidden: sound is heard all the same.
    return page.soup.select(":is(audio, video)[autoplay]:not([controls], template *)")


def frame_without_title(page: Page) -> Faults:
    for frame in page.select("iframe, frame"):
        if not (page.name(frame) or attribute(frame, "title")) and attribute(frame, "role") not in _DECORATIVE:
            yield frame, "This frame has no title."


# -- forms and links ---------------------------------------------------------------------------------------------------


def control_without_label(page: Page) -> Faults:
    for control in _unlabelled(page):
        if not attribute(control, "title") and not attribute(control, "placeholder"):
            yield control, "This control has no label."


def placeholder_as_label(page: Page) -> Faults:
    for control in _unlabelled(page):
        if not attribute(control, "title") and attribute(control, "placeholder"):
            yield control, f"Only the placeholder {attribute(control, 'placeholder')!r} says what to write here."


def title_as_label(page: Page) -> Faults:
    for control in _unlabelled(page):
        if attribute(control, "title"):
            yield control, f"Only the title {attribute(control, 'title')!r} says what this control is for."


def _unlabelled(page: Page) -> list[Tag]:
    return [control for control in page.select(_CONTROLS) if not page.name(control)]


def button_without_name(page: Page) -> Faults:
    for button in page.select(_BUTTONS):
        if not (page.name(button) or attribute(button, "title")):
            yield button, "This button has no name."


def link_without_name(page: Page) -> Faults:
    for link in page.select(_LINKS):
        if not (page.name(link) or attribute(link, "title")):
            yield link, "This link has no text."


def vague_link(page: Page) -> Faults:
    for link, name in _named_links(page):
        if name in _VAGUE:
            yield link, f"The text {page.name(link)!r} does not say where the link leads."


def same_text_other_target(page: Page) -> Faults:
    targets: dict[str, list[str]] = {}
    for link, name in _named_links(page):
        target = attribute(link, "href").removesuffix("/")
        known = targets.setdefault(name, [target])
        if target not in known and name not in _VAGUE:
            known.append(target)
            yield link, f"An earlier link with the text {page.name(link)!r} leads to another place."


def _named_links(page: Page) -> Iterator[tuple[Tag, str]]:
    """Links with their names, without the signs and arrows around them."""
    for link in page.select("a[href]"):
        if name := re.sub(r"^[\W_]+|[\W_]+$", "", page.name(link).lower()):
            yield link, name


# -- tables, ids, order, colours ---------------------------------------------------------------------------------------


def table_without_headers(page: Page) -> Faults:
    for table in page.select("table:not([role=none], [role=presentation], :has(table))"):
        cells = Counter(id(cell.find_parent("tr")) for cell in table.select("td, th"))
        rows = table.select("tr")
        is_data = len(rows) > 1 and max(cells.values(), default=0) > 1
        if is_data and not table.select("th, [role=columnheader], [role=rowheader]"):
            yield table, f"This table of {len(rows)} rows has no header cell."


def duplicate_id(page: Page) -> Faults:
    for element in page.soup.find_all(id=True):
        if (one := attribute(element, "id")) and page.by_id[one] is not element:
            yield element, f"The id {one!r} is taken: line {page.by_id[one].sourceline} has it already."


def positive_tabindex(page: Page) -> Faults:
    for element in page.select("[tabindex]"):
        place = attribute(element, "tabindex")
        if place.isdecimal() and int(place) > 0:
            yield element, f"The tabindex {place} moves this element before all that have none."


def low_contrast(page: Page) -> Faults:
    seen = set()
    for element in page.soup.find_all(True):
        has_text = any(piece.strip() for piece in element.find_all(string=True, recursive=False))
        style = text_style(element) if has_text and not page.hides(element) else None
        if style is None:
            continue
        part: Part = "large text" if is_large_text(style.size_pt, bold=style.bold) else "text"
        ratio, least = contrast_ratio(style.colour, style.background), CONTRAST_MINIMUM[part]["AA"]
        if ratio < least and (style.declared_by, part) not in seen and not _is_disabled(element):
            seen.add((style.declared_by, part))
            # Rounded down, so that a ratio that fails never looks as if it passed.
            yield element, f"The contrast of the {part} is {int(100 * ratio) / 100:.2f}; it must be {least:g} or more."


def _is_disabled(element: Tag) -> bool:
    around = (element, *element.parents)
    return any(one.has_attr("disabled") or attribute(one, "aria-disabled").lower() == "true" for one in around)
