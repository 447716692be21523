"""Tests of cxux_helpers.grading.sandbox.messages: what a stranger writes is bounded, and is JSON or nothing."""

import os
import socket
import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxux_helpers.grading.sandbox.messages import (
    FROM_ROOM,
    HEAD,
    LARGEST,
    BrokenMessage,
    frame,
    pack,
    receive,
    send,
    size_of,
    unpack,
)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield ours, theirs


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.text(), plain, max_size=4))
def test_a_message_arrives_as_it_was_sent(message):
    data = pack(message)
    assert size_of(data[: HEAD.size]) == len(data) - HEAD.size
    whole = "\ud800" not in repr(message)
    if whole:
        assert unpack(data[HEAD.size :]) == message


def test_file_descriptors_travel_beside_a_message(pair):
    ours, theirs = pair
    reading, writing = os.pipe()
    send(ours, {"do": "open"}, [writing])
    message, (received,) = receive(theirs)
    os.write(received, b"through")
    assert message == {"do": "open"} and os.read(reading, 10) == b"through"
    for number in (reading, writing, received):
        os.close(number)


def test_the_end_of_the_other_side_is_no_message(pair):
    ours, theirs = pair
    ours.close()
    assert receive(theirs) is None


def test_half_a_message_is_none(pair):
    ours, theirs = pair
    ours.sendall(struct.pack("!I", 100) + b"{")
    ours.close()
    assert receive(theirs) is None


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"5", b'"text"', b"\xff\xfe{}", b"{}x", b'{"a": NaN}', b'{"a": -Infinity}', b"[" * 100_000],
)  # fmt: skip
def test_what_is_no_json_object_is_broken(body):
    with pytest.raises(BrokenMessage):
        unpack(body)


def test_json_in_another_encoding_is_broken():
    with pytest.raises(BrokenMessage):
        unpack('{"a": 1}'.encode("utf-16"))


def test_half_a_character_becomes_a_question_mark():
    assert unpack(rb'{"a": "\ud83d", "b": "\uD83D\uDE00"}') == {"a": "?", "b": "\U0001f600"}


def test_too_large_a_message_is_neither_sent_nor_awaited():
    with pytest.raises(BrokenMessage, match="too long"):
        frame(b"x" * (FROM_ROOM + 1), FROM_ROOM)
    with pytest.raises(BrokenMessage, match="too long"):
        size_of(struct.pack("!I", LARGEST + 1))
    with pytest.raises(BrokenMessage, match="too long"):
        size_of(struct.pack("!I", FROM_ROOM + 1), FROM_ROOM)
