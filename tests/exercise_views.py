"""What a test without a browser sees of an exercise: its controls, its words, and the file of its answer."""

import json

import ipywidgets as widgets

ANSWERING = (widgets.RadioButtons, widgets.IntSlider, widgets.Dropdown, widgets.Text, widgets.Textarea)


def controls(exercise, kind=widgets.Widget):
    """All widgets of a kind, or of several, in the order of the view."""

    def below(widget):
        own = [widget] if isinstance(widget, kind) else []
        return own + [one for child in getattr(widget, "children", ()) for one in below(child)]

    return below(exercise.view)


def named(exercise, description):
    return next(one for one in controls(exercise) if getattr(one, "description", None) == description)


def press(exercise, words):
    """Press the first button with these words."""
    next(one for one in controls(exercise, widgets.Button) if words in one.description).click()


def shown_html(exercise):
    """All words that the view shows."""
    return " ".join(box.value for box in controls(exercise, widgets.HTML))


def saved(folder):
    return json.loads((folder / "answers" / "q1.json").read_text(encoding="utf-8"))["answer"]
