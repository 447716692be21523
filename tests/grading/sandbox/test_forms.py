"""Tests of cxux_helpers.grading.sandbox.forms: what passes makes a valid notebook."""

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_notebook, output_from_msg

from cxux_helpers.grading.sandbox.forms import has_its_form

OUTPUTS = ["stream", "error", "display_data", "execute_result"]


def message(kind, content, **parts):
    header = {"msg_id": "1", "msg_type": kind}
    return {"header": header, "parent_header": {}, "metadata": {}, "content": content, "msg_type": kind} | parts


value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
)
names = ["name", "text", "ename", "evalue", "traceback", "data", "metadata", "transient", "execution_count"]
bundle = st.dictionaries(st.sampled_from(["text/plain", "application/json", "image/png"]), st.text(max_size=3) | value)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(OUTPUTS),
    st.dictionaries(st.sampled_from(names), value | bundle | st.sampled_from(["stdout", "stderr", 3]), max_size=9),
)
def test_an_output_that_passes_is_valid_in_a_notebook(kind, content):
    given = message(kind, content)
    if has_its_form(given):
        content.setdefault("metadata", {})
        content.setdefault("execution_count", None)
        cell = new_code_cell(outputs=[output_from_msg(given)])
        nbformat.validate(new_notebook(cells=[cell]))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("stream", {"name": "stdout", "text": "a"}),
        ("error", {"ename": "A", "evalue": "b", "traceback": ["c"]}),
        ("display_data", {"data": {"text/plain": "a", "application/json": [1]}, "metadata": {}, "transient": {}}),
        ("execute_result", {"data": {"text/plain": "a"}, "metadata": {}, "execution_count": 3}),
        ("update_display_data", {"data": {}, "metadata": {}, "transient": {"display_id": "a"}}),
        ("status", {"execution_state": "idle"}),
        ("execute_reply", {"status": "ok", "user_expressions": {}, "execution_count": 1}),
        ("comm_open", {"comm_id": "a", "target_name": "b", "data": {}}),
        ("clear_output", {"wait": True}),
        ("anything_new", {}),
    ],
)
def test_what_kernels_send_passes(kind, content):
    assert has_its_form(message(kind, content))


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("stream", {"name": "elsewhere", "text": "a"}),
        ("stream", {"name": "stdout", "text": {"a": 1}}),
        ("error", {"ename": "A", "evalue": "b", "traceback": "c"}),
        ("display_data", {"data": {"text/plain": {"a": 1}}}),
        ("display_data", {"data": {"text/plain": "a"}, "transient": {"display_id": []}}),
        ("execute_result", {"data": {}, "metadata": {}, "execution_count": "<b>"}),
        ("execute_result", {"data": {}, "metadata": {}, "execution_count": True}),
        ("status", {"execution_state": "dead"}),
        ("execute_reply", {}),
        ("execute_reply", {"status": "error", "ename": 1}),
        ("comm_msg", {"comm_id": 5, "data": {}}),
        ("clear_output", {}),
    ],
)
def test_what_no_kernel_sends_is_passed_over(kind, content):
    assert not has_its_form(message(kind, content))


@pytest.mark.parametrize(
    "parts", [{"header": None}, {"header": {}}, {"parent_header": []}, {"metadata": 5}, {"content": "a"},
              {"parent_header": {"msg_id": 5}}]
)  # fmt: skip
def test_a_message_without_its_parts_is_passed_over(parts):
    assert not has_its_form(message("stream", {"name": "stdout", "text": "a"}) | parts)


def test_a_message_of_many_levels_is_passed_over():
    deep = []
    for _ in range(100):
        deep = [deep]
    assert not has_its_form(message("display_data", {"data": {"application/json": deep}}))
