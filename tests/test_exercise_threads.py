"""Tests of cxux_helpers.exercises.base: controls that speak at the same moment, each in a thread of its own."""

import threading

from cxux_helpers.exercises import Match


def changed(value):
    """The message of a browser in which a control was changed."""
    return {"content": {"data": {"method": "update", "state": {"index": value}}}, "buffers": []}


def test_a_control_that_changes_while_another_is_being_shown_keeps_its_value(tmp_path):
    class Slow(Match):
        """Stops in the middle of showing an answer, until another message is on its way."""

        def _show(self, answer):
            if answer:
                midway.set()
                another_came.wait(0.5)
            super()._show(answer)

    midway, another_came = threading.Event(), threading.Event()
    exercise = Slow(
        "q", title="Pairs", prompt="Choose.", items={"one": "One.", "two": "Two."},
        columns={"letter": ["a", "b"]}, folder=tmp_path,
    )  # fmt: skip
    assert exercise.view is not None
    one, two = (exercise._menus["letter", item] for item in ("one", "two"))
    first = threading.Thread(target=one.comm._msg_callback, args=[changed(1)])
    second = threading.Thread(target=two.comm._msg_callback, args=[changed(2)])
    first.start()
    midway.wait(5)
    second.start()
    another_came.set()
    first.join()
    second.join()
    assert exercise.answer == {"letter": {"one": "a", "two": "b"}}
    assert (one.value, two.value) == ("a", "b")
