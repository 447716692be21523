"""Tests of cxux_helpers.grading.harmless: what students wrote, as a page can show it."""

import base64

import pytest
from nbformat.v4 import new_code_cell, new_output

from cxux_helpers.grading.harmless import Harmless, harmless_html, harmless_markdown

SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><circle r="3"/></svg>'
PICTURE = "data:image/png;base64,iVBORw0KGgo="


def shown(**data):
    """Data of an output after it was made harmless; names of kinds have _ for / here."""
    kinds = {name.replace("_", "/", 1): value for name, value in data.items()}
    said = {"image/png": {"alt": "A dot", "width": 10, "height": "'><script>", "onload": "alert(1)"}, "isolated": True}
    cell = new_code_cell(outputs=[new_output("display_data", kinds, metadata=said)])
    Harmless().preprocess_cell(cell, {}, 0)
    return cell.outputs[0]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<SCRIPT src='https://x.example/a.js'></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<iframe src='https://x.example'></iframe>",
        "<a href='javascript:alert(1)'>a</a>",
        "<a href='jAvAsCrIpT&#58;alert(1)'>a</a>",
        "<svg onload=alert(1)></svg>",
        "<style>body{background:url(https://x.example/a)}</style>",
        "<p style='background:url(https://x.example/a)'>a</p>",
        "<img src='https://x.example/a.png'>",
        "<form action='https://x.example'><button>a</button></form>",
        "<base href='https://x.example/'>",
        "<template><script>alert(1)</script></template>",
        "<script>alert(1)",
    ],
)
def test_nothing_is_left_that_could_run_or_load(text):
    clean = harmless_html(f"<p>before</p>{text}<p>after</p>")
    assert "before" in clean
    for word in (
        "alert",
        "x.example",
        "<script",
        "onerror",
        "onload",
        "<iframe",
        "<form",
        "<svg",
        "<base",
        "javascript",
    ):
        assert word not in clean.lower()


def test_what_is_for_the_eye_alone_stays():
    row = '<tr><th scope="row">a</th><td colspan="2" style="color: red;">1</td></tr>'
    table = f'<table border="1"><tbody>{row}</tbody></table>'
    assert harmless_html(table) == table
    image = f'<img alt="A dot" src="{PICTURE}">'
    assert harmless_html(image) == image
    assert harmless_html('<a href="https://example.org">a</a>') == '<a href="https://example.org">a</a>'


def test_markdown_is_shown_without_scripts():
    page = harmless_markdown({"cell": {}}, "**bold** <script>alert(1)</script> <b onclick='x'>b</b>")
    assert "<strong>bold</strong>" in page and "<b>b</b>" in page
    assert "alert" not in page and "onclick" not in page


def test_an_svg_becomes_a_picture_in_which_nothing_runs():
    output = shown(**{"image_svg+xml": SVG})
    assert list(output.data) == ["text/html"]
    content = output.data["text/html"].partition("base64,")[2].partition('"')[0]
    assert output.data["text/html"].startswith('<img src="data:image/svg+xml;base64,')
    assert base64.b64decode(content).decode() == SVG


def test_of_what_an_output_says_about_itself_sizes_and_words_stay():
    output = shown(image_png="iVBORw0KGgo=")
    assert output.data == {"image/png": "iVBORw0KGgo="}
    assert output.metadata == {"image/png": {"alt": "A dot", "width": 10}, "isolated": {}}


def test_kinds_that_could_run_are_replaced_by_a_word():
    assert shown(application_javascript="alert(1)").data == {"text/plain": "This output cannot be shown here."}
    both = shown(**{"application_vnd.jupyter.widget-view+json": {"model_id": "1"}, "text_plain": "A slider"})
    assert both.data == {"text/plain": "A slider"}


def test_a_picture_that_is_no_picture_is_left_out():
    assert shown(image_png='"><script>alert(1)</script>').data == {"text/plain": "This output cannot be shown here."}
