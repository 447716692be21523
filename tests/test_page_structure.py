"""Tests of cxux_helpers.accessibility.page_structure: each rule on pages with the fault, and on pages without it."""

import re

import pytest

from cxux_helpers.accessibility.inline_styles import text_style
from cxux_helpers.accessibility.page import Page
from cxux_helpers.accessibility.page_structure import PAGE_RULES, ask_a_human, check_page

GOOD = """<!DOCTYPE html>
<html lang="en">
<head><title>Hours</title></head>
<body><main><h1>Hours</h1><p>We open at 8.</p></main></body>
</html>
"""

TABLE = "<table><tr>{head}</tr><tr><td>8:00</td><td>12:00</td></tr></table>"
CELLS = "<td>From</td><td>To</td>"
HEADS = "<th>From</th><th>To</th>"

# For each rule, pieces of source that have the fault once, and pieces that do not have it.
FAULTY = {
    "no-language": ["<html><p>x", '<html lang=""><p>x', '<html lang=" "><p>x', '<html lang="english"><p>x'],
    "no-title": [
        "<html><p>x", "<head><title></title></head>", "<title> \n </title>", "<svg><title>Sun</title></svg><p>x",
    ],
    "no-main-landmark": ["<body><p>x", "<main hidden>x</main>", '<main aria-hidden="true">x</main>'],
    "zoom-forbidden": [
        '<meta name="viewport" content="width=device-width, user-scalable=no">',
        '<meta name="Viewport" content="user-scalable = 0">',
        '<meta name=viewport content="maximum-scale=1.0, width=device-width">',
        '<meta name=viewport content="width=device-width; maximum-scale=1.99">',
    ],
    "no-main-heading": ["<h2>x</h2>", "<p>x", "<h1 hidden>x</h1>", '<h1 role="presentation">x</h1>'],
    "several-main-headings": ["<h1>a</h1><h1>b</h1>", '<h1>a</h1><div role="heading" aria-level="1">b</div>'],
    "empty-heading": [
        "<h2></h2>", "<h2> &nbsp; </h2>", '<h2><img src="x" alt=""></h2>', '<h2><span aria-hidden="true">x</span></h2>',
        "<div role=heading></div>", "<h2><!-- later --></h2>",
    ],
    "skipped-heading-level": [
        "<h1>a</h1><h3>b</h3>", "<h2>a</h2><h3>b</h3><h5>c</h5>", "<h1>a</h1><h2 hidden>b</h2><h3>c</h3>",
        '<h1>a</h1><p role="heading" aria-level="4">b</p>',
    ],
    "image-without-alt": [
        '<img src="x.png">', '<a href="/"><img src="x.png"></a>', '<div role="img"></div>',
        '<map><area href="/a"></map>', '<svg role="img"><path d=""/></svg>',
    ],
    "meaningless-alt": [
        '<img src="x.png" alt="x.png">', '<img alt="IMG_1234">', '<img alt="DSC 0042">', '<img alt="Photo">',
        '<img src="/a/team-2024.jpg?v=2" alt="team-2024">', '<input type="image" alt="go.gif">', '<img alt="spacer">',
    ],
    "redundant-alt": ['<img alt="Image of a dog">', '<img alt="a photo of Ann">', '<img alt="Icon of a lens">'],
    "video-without-captions": [
        '<video controls src="a.mp4"></video>', "<video muted controls></video>",
        '<video controls><track kind="descriptions"></video>',
    ],
    "sound-by-itself": ["<audio autoplay></audio>", "<video autoplay></video>", "<audio autoplay hidden></audio>"],
    "motion-by-itself": ["<video autoplay muted></video>"],
    "frame-without-title": ['<iframe src="/map"></iframe>', '<iframe title=""></iframe>'],
    "control-without-label": [
        "<input>", '<input type="checkbox"> I agree', "<select><option>a</select>", "<textarea></textarea>",
        '<label></label><input id="a">', '<label for="b">Name</label><input id="a">', "<label><input></label>",
        '<label for="other">Name <input></label>', '<input aria-label=" ">', '<input aria-labelledby="gone">',
        '<div role="textbox"></div>', '<div role="slider">Loud</div>', "<label><select><option>x</select></label>",
        '<label for="a">Name</label><input id="a"><input id="a">',
    ],
    "placeholder-as-label": ['<input placeholder="Name">', '<textarea placeholder="Tell us"></textarea>'],
    "title-as-label": ['<input title="Name">', '<select title="Day"></select>', '<input title="a" placeholder="b">'],
    "button-without-name": [
        "<button></button>", '<button><img src="x" alt=""></button>', '<input type="button">',
        '<input type="submit" value="">', '<input type="image" src="go.png">', '<div role="button"></div>',
        "<button><i class='icon'></i></button>", '<button><svg><path d=""/></svg></button>',
    ],
    "link-without-name": [
        '<a href="/"></a>', '<a href="/"><img src="x" alt=""></a>', '<a href="/"><span aria-hidden="true">→</span></a>',
        '<span role="link" tabindex="0"></span>',
    ],
    "vague-link": [
        '<a href="/a">Click here</a>', '<a href="/a">Read more …</a>', '<a href="/a">» MORE</a>',
        '<a href="/a"><b>here</b>.</a>', '<a href="/a" aria-label="Details">Prices</a>',
    ],
    "same-text-other-target": [
        '<a href="/a">Book</a> <a href="/b">Book</a>', '<a href="/a">Book</a> <a href="/b"> book! </a>',
        '<a href="/a">Book</a> <a href="/b">Book</a> <a href="/b">Book</a>',
    ],
    "table-without-headers": [TABLE.format(head=CELLS), f'<table role="table"><tr>{CELLS}<tr>{CELLS}</table>'],
    "duplicate-id": ['<p id="a"></p><p id="a"></p>', '<p id="a" hidden></p><p id="a"></p>'],
    "positive-tabindex": ['<a href="/" tabindex="1">a</a>', '<p tabindex=" 5 ">a</p>'],
    "low-contrast": [
        '<p style="color: #777; background: #fff">x</p>',
        '<div style="background-color: #fff"><p style="COLOR: #777">x <b>y</b></p></div>',
        '<h3 style="color: #949494; background: #fff; font-weight: normal; font-size: 17.9pt">x</h3>',
        '<h1 style="color: #aaa; background: #fff">x</h1>',
        '<p style="color: #777; background: #fff; font-size: 1.9em"><small style="font-size: 50%">x</small></p>',
        '<button style="color: #fff; background: orange">x</button>',
        '<a href="/" style="color: #777; background: white">x</a>',
        '<p style="color: rgb(119, 119, 119) !important; background: #fff">x</p>',
    ],
}  # fmt: skip

SOUND = {
    "no-language": ['<html lang="en"><p>x', '<html lang="de-CH"><p>x', '<html lang="zh-Hant-TW"><p>x'],
    "no-title": ["<head><title>Hours</title></head>", "<title>a</title><svg><title></title></svg>"],
    "no-main-landmark": ["<main>x</main>", '<div role="main">x</div>'],
    "zoom-forbidden": [
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="viewport" content="maximum-scale=2, user-scalable=yes">', '<meta name="viewport">',
        '<meta name="viewport" content="maximum-scale=auto">',
    ],
    "no-main-heading": ["<h1>x</h1>", '<div role="heading" aria-level="1">x</div>'],
    "several-main-headings": ["<h1>a</h1><h2>b</h2>", "<h1>a</h1><h1 hidden>b</h1>", "<p>x"],
    "empty-heading": [
        "<h2>x</h2>", '<h2><img src="x" alt="Logo"></h2>', '<h2 aria-label="x"></h2>', "<h2 hidden></h2>",
        '<h2><svg><title>Sun</title></svg></h2>', "<template><h2></h2></template>", "<dialog><h2></h2></dialog>",
    ],
    "skipped-heading-level": ["<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>", "<h3>a</h3><h2>b</h2>", "<h2>a</h2>"],
    "image-without-alt": [
        '<img src="x.png" alt="A dog">', '<img src="x.png" alt="">', "<img src=x alt>", '<img src="x.png" hidden>',
        '<img src="x.png" aria-label="Dog">', '<span aria-hidden="true"><img src="x.png"></span>',
        '<img src="x.png" role="presentation">', '<div role="img" aria-label="Chart"></div>', "<svg></svg>",
        '<p id="t">Dog</p><img src="x" aria-labelledby="t">', '<svg role="img"><title>Sun</title></svg>',
        '<map><area href="/a" alt="North"></map>', '<img src="x.png" style="display: none">',
    ],
    "meaningless-alt": [
        '<img src="dog.png" alt="Dog">', '<img src="dog.png" alt="dog">', '<img alt="">', '<img alt="Photo of a dog">',
        '<img alt="Image processing in three steps">', '<img alt="Version 2.0 of the map">',
    ],
    "redundant-alt": ['<img alt="A dog">', '<img alt="Imageofadog">', '<img alt="The iconic tower">', '<img alt="">'],
    "video-without-captions": [
        '<video controls><track kind="captions" src="a.vtt"></video>', "<video><track src=a.vtt></video>",
        '<video><track kind="Subtitles"></video>', "<video autoplay muted loop></video>", "<video hidden></video>",
    ],
    "sound-by-itself": [
        "<video controls></video>", "<audio autoplay controls></audio>", "<video autoplay muted></video>",
        "<template><audio autoplay></audio></template>",
    ],
    "motion-by-itself": ["<video autoplay></video>", "<video autoplay muted controls></video>", "<video muted>"],
    "frame-without-title": [
        '<iframe title="Map"></iframe>', '<iframe aria-label="Map"></iframe>', "<iframe hidden></iframe>",
        '<iframe role="none"></iframe>',
    ],
    "control-without-label": [
        '<label for="a">Name</label><input id="a">', "<label>Name <input></label>", '<input aria-label="Name">',
        '<p id="p">Name</p><input aria-labelledby="p">', '<input type="hidden">', '<input type="Hidden">',
        '<input type="submit">', '<input placeholder="Name">', '<input title="Name">', "<input hidden>",
        '<label><input type="checkbox"> I agree</label>', '<div aria-hidden="true"><input></div>',
        '<div role="checkbox">I agree</div>', '<label><img src="x" alt="Search"><input></label>',
        '<label for="a">First</label><label for="a"></label><input id="a">', '<div inert><input></div>',
        '<input aria-labelledby="gone" aria-label="Name">', '<div role="textbox" aria-label="Name"></div>',
        '<form style="visibility:hidden"><input></form>', "<label>Name<br>and more<textarea>x</textarea></label>",
    ],
    "placeholder-as-label": [
        '<label>Name <input placeholder="Ann"></label>', '<input aria-label="Name" placeholder="Ann">', "<input>",
        '<input title="Name" placeholder="Ann">',
    ],
    "title-as-label": ['<label>Name <input title="First and last"></label>', "<input>", '<input placeholder="Name">'],
    "button-without-name": [
        "<button>Book</button>", '<button aria-label="Close">×</button>', '<button title="Close"></button>',
        '<input type="submit">', '<input type="reset">', '<input type="button" value="Book">',
        "<button hidden></button>",
        '<input type="image" alt="Search">', '<div role="button">Book</div>',
        '<button><svg><title>Close</title></svg></button>', '<button><i aria-label="Close"></i></button>',
    ],
    "link-without-name": [
        '<a href="/">Home</a>', '<a href="/"><img src="x" alt="Home"></a>', '<a href="/" aria-label="Home"></a>',
        "<a></a>", '<a href="/" title="Home"></a>', '<a name="top"></a>',
    ],
    "vague-link": [
        '<a href="/a">Read more about prices</a>', '<a href="/a" aria-label="Prices">here</a>',
        '<a href="/a">Moreton</a>',
        '<a href="/a"></a>', '<a href="/a" hidden>here</a>',
        '<h2 id="h">Prices</h2><a href="/a" id="l" aria-labelledby="h l">more</a>',
    ],
    "same-text-other-target": [
        '<a href="/a">Book</a> <a href="/a/">Book</a>', '<a href="/a">Book Ann</a> <a href="/b">Book Ben</a>',
        '<a href="/a">here</a> <a href="/b">here</a>', '<a href="/a">Book</a> <a href="/b" hidden>Book</a>',
        '<a href="/a"></a> <a href="/b"></a>',
    ],
    "table-without-headers": [
        TABLE.format(head=HEADS), f"<table><tr>{CELLS}</tr></table>", "<table><tr><td>a<tr><td>b</table>",
        f'<table role="presentation"><tr>{CELLS}</tr><tr>{CELLS}</tr></table>',
        f'<table><tr>{CELLS}</tr><tr><td role="rowheader">a</td><td>b</td></tr></table>', "<table></table>",
    ],
    "duplicate-id": ['<p id="a"></p><p id="b"></p>', '<p id=""></p><p id=""></p>', '<p id="a"></p><p id="A"></p>'],
    "positive-tabindex": ['<p tabindex="0">a</p>', '<p tabindex="-1">a</p>', '<p tabindex="x">a</p>', "<p tabindex>"],
    "low-contrast": [
        '<p style="color: #767676; background: #fff">x</p>',
        '<p style="color: #777">x</p>', '<p style="background: #fff">x</p>',
        '<h1 style="color: #777; background: #fff">x</h1>',
        '<h3 style="color: #777; background: #fff">x</h3>',
        '<p style="color: #777; background: #fff; font: 18pt serif; font-size: 24px">x</p>',
        '<p style="color: #777; background: #fff; font-size: 14pt; font-weight: 700">x</p>',
        '<p style="color: #777; background: #fff; font-size: 14pt"><strong>x</strong></p>',
        '<p style="color: #777; background: #fff; font-size: 1.5rem">x</p>',
        '<p style="color: #777; background: url(x.png) #fff">x</p>',
        '<p style="color: #777; background: #fff; background-image: url(x.png)">x</p>',
        '<p style="color: var(--ink); background: #fff">x</p>',
        '<p style="color: rgba(0, 0, 0, 0.5); background: #fff">x</p>',
        '<div style="background: #fff"><div style="background: linear-gradient(red, blue)"><p style="color: #777">x',
        '<p style="color: #777; background: #fff; opacity: 0.9">x</p>',
        '<div style="color: #777; background: #fff"><a href="/">the browser colours this</a></div>',
        '<div style="color: #777; background: #fff"><button>and this</button></div>',
        '<button disabled style="color: #777; background: #fff">x</button>',
        '<fieldset disabled><p style="color: #777; background: #fff">x</p></fieldset>',
        '<p hidden style="color: #777; background: #fff">x</p>',
        '<p style="color: #777; background: #fff"> </p>',
        '<div style="color: #777; background: #fff"><p style="color: black">x</p></div>',
    ],
}  # fmt: skip


def rules_found(source, rule):
    return [finding.rule for finding in check_page(source, rules=[rule])]


def test_every_rule_is_tested():
    assert set(FAULTY) == set(SOUND) == set(PAGE_RULES)


@pytest.mark.parametrize(("rule", "source"), [(rule, source) for rule in FAULTY for source in FAULTY[rule]])
def test_a_fault_is_found_once(rule, source):
    assert rules_found(source, rule) == [rule]


@pytest.mark.parametrize(("rule", "source"), [(rule, source) for rule in SOUND for source in SOUND[rule]])
def test_a_sound_page_is_left_alone(rule, source):
    assert rules_found(source, rule) == []


# -- the list of findings ----------------------------------------------------------------------------------------------


def test_a_good_page_has_no_findings():
    assert check_page(GOOD) == []


def test_findings_come_in_the_order_of_the_source_and_tell_all():
    page = GOOD.replace("<p>", '<img src="a.png">\n<a href="/x">here</a><button></button>\n<p>').replace(
        ' lang="en"', ""
    )
    findings = check_page(page)
    assert [(one.line, one.rule) for one in findings] == [
        (2, "no-language"), (4, "image-without-alt"), (5, "vague-link"), (5, "button-without-name"),
    ]  # fmt: skip
    image = findings[1]
    assert (image.criterion, image.level, image.fails) == ("1.1.1 Non-text Content", "A", True)
    assert image.where == '<img src="a.png">'
    assert (image.why, image.remedy) == (PAGE_RULES[image.rule].why, PAGE_RULES[image.rule].remedy)
    assert str(image).startswith('line 4, <img src="a.png">: This picture has no text alternative. Who cannot see it')
    assert str(image).endswith("(WCAG 2.2, 1.1.1 Non-text Content, A)")
    assert str(findings[2]).endswith("(advice; WCAG 2.2, 2.4.4 Link Purpose (In Context), A)")


def test_what_is_wrong_names_the_thing():
    what = {one.rule: one.what for one in check_page(
        '<h1>a</h1><h4>b</h4><p id="a"></p><p id="a" tabindex="3"></p><img alt="Picture of a">'
        '<input placeholder="Name">'
        '<p style="color:#777;background:#fff">x</p>'
        '<meta name="viewport" content="maximum-scale=1.5">', part=True
    )}  # fmt: skip
    assert what == {
        "skipped-heading-level": "A heading of level 4 follows one of level 1.",
        "duplicate-id": "The id 'a' is taken: line 1 has it already.",
        "positive-tabindex": "The tabindex 3 moves this element before all that have none.",
        "redundant-alt": "The text alternative begins with 'Picture of'.",
        "placeholder-as-label": "Only the placeholder 'Name' says what to write here.",
        # 4.478, rounded down: it must not look as if it were enough.
        "low-contrast": "The contrast of the text is 4.47; it must be 4.5 or more.",
        "zoom-forbidden": "The page can be enlarged 1.5 times at most.",
    }


def test_a_part_of_a_page_needs_no_title_and_no_main_heading():
    assert [finding.rule for finding in check_page("<p>x</p>")] == [
        "no-language", "no-title", "no-main-landmark", "no-main-heading",
    ]  # fmt: skip
    assert check_page("<p>x</p>", part=True) == []


def test_the_same_colours_are_reported_once_and_again_for_another_size():
    page = '<div style="background: #fff; color: #aaa"><p>a</p><p>b</p><h1>c</h1></div>'
    findings = check_page(page, rules=["low-contrast"])
    assert [finding.what.split(" is ")[0] for finding in findings] == [
        "The contrast of the text", "The contrast of the large text",
    ]  # fmt: skip


def test_a_long_element_is_shortened():
    (finding,) = check_page(f'<img src="{"x" * 300}">', rules=["image-without-alt"])
    assert len(finding.where) <= 90


def test_a_page_whose_elements_are_never_closed_is_read_all_the_same():
    deep = '<div style="background: #fff">' + "<p>word " * 1020 + '<p style="color: #777">x<img src="a.png">'
    assert [one.rule for one in check_page(deep, part=True)] == ["low-contrast", "image-without-alt"]


def test_rules_say_their_criterion_and_end_their_sentences():
    for rule in PAGE_RULES.values():
        assert re.fullmatch(r"\d\.\d\.\d+ [A-Z].+", rule.criterion)
        assert rule.level in ("A", "AA", "AAA")
        assert rule.why.endswith(".")
        assert rule.remedy.endswith(".")


@pytest.mark.parametrize("read", [check_page, ask_a_human])
@pytest.mark.parametrize(
    ("html", "message"),
    [
        ("", "html is '', which has no element. Give the source of a page"),
        ("only text", "html is 'only text', which has no element"),
        (b"<p>x</p>", "html is of type bytes. Give the source of the page as text"),
        (None, "html is of type NoneType"),
    ],
)
def test_what_is_no_page_is_an_error(read, html, message):
    with pytest.raises(ValueError, match=message):
        read(html)


def test_an_unknown_rule_is_an_error():
    with pytest.raises(ValueError, match=r"rule is 'alt', which is not known\. Choose from: no-language, no-title"):
        check_page(GOOD, rules=["alt"])


# -- names -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ('<button aria-label="Close" title="x">×</button>', "Close"),
        ('<b id="a">One</b><b id="b" hidden>Two</b><button aria-labelledby="a b" aria-label="x">y</button>', "One Two"),
        ("<button>Book <b>an</b><i> appointment</i></button>", "Book an appointment"),
        ("<button>Book<div>now</div></button>", "Book now"),
        ('<button>Book<span hidden>x</span><script>y</script><img src="z" alt="now"></button>', "Book now"),
        ("<button>Book<!-- later -->ing</button>", "Booking"),
        ('<input type="submit" class="button">', "Submit"),
        ('<button><span aria-label="Close">×</span></button>', "Close"),
    ],
)
def test_names_are_computed_like_those_of_assistive_technology(source, name):
    page = Page(source)
    assert page.name(page.select("button, input")[0]) == name


def test_text_styles_are_inherited_from_style_attributes():
    page = Page(
        '<div style="background: #ffffff; color: navy; font-size: 20px"><p style="font-size: 150%">a</p>'
        '<h2 style="font-weight: 400">b</h2><p style="font-weight: bolder; font-size: 1pt">c</p><th>d</th></div>'
    )
    looks = [text_style(element)[2:4] for element in page.select("p, h2, th")]
    # 20 px are 15 pt; a heading of level 2 has 1.5 times the letters around it.
    assert looks == [(22.5, False), (22.5, False), (1.0, True), (15.0, True)]


# -- what is left for a human ------------------------------------------------------------------------------------------


def test_a_human_is_asked_about_what_is_on_the_page():
    page = (
        '<h1>Hours</h1><img src="a.png" alt="Map"><img src="b.png" alt=""><img alt="" hidden><a href="/">Home</a>'
        "<a href='/'>Home</a><label>Name <input></label><video></video>"
    )
    questions = ask_a_human(page)
    assert [question.partition("? ")[2] for question in questions[:5]] == [
        "'Map'",
        "'Hours'",
        "'Home'",
        "'Name'",
        "b.png",
    ]
    assert "captions complete" in questions[5]
    assert all("?" in question for question in questions)


def test_a_human_is_asked_what_no_machine_sees_even_on_a_bare_page():
    questions = ask_a_human("<p>x</p>")
    assert any("keyboard" in question for question in questions)
    assert not any("captions" in question or "alternatives" in question for question in questions)
