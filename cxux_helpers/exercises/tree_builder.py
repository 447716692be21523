"""From a card sort to a tree, and through the tree with visitors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered
from cxux_helpers.datasets.sites import Site
from cxux_helpers.estimates import Estimate
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import BLANK, labelled, live, menu
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.exercises.tree_judge import (
    MOST_GROUPS,
    TreeGoal,
    Visited,
    judge_site_tree,
    read_tree,
    send_visitors,
    tree_gaps,
)
from cxux_helpers.feedback import Feedback
from cxux_helpers.usability.card_sorts import card_groups

__all__ = ["TreeBuilder"]

_LEFT = {"width": "auto", "align_self": "flex-start"}
_MOVE, _MOVED = "Move single cards", "Hide the single cards"


class TreeBuilder(Exercise):
    """Cut the dendrogram of a card sort, name its groups, move single cards, and test the tree.

    The answer is ``{"names": [name or None, …], "places": {card: number of its group}}``; groups count from 1.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    sorts : DataFrame
        The card sort, with the columns ``participant``, ``card`` and ``group``.
    labels : sequence of str
        Names to choose from.
    site : Site, optional
        Whose visitors can be sent through the tree; without one the tree is marked later.
    goal : TreeGoal, optional
        What each task must reach.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        sorts: pd.DataFrame,
        labels: Sequence[str],
        site: Site | None = None,
        goal: TreeGoal | None = None,
        folder: Path | str | None = None,
    ) -> None:
        self.sorts, self.labels = sorts, list(labels)
        self.cards = sorted(sorts["card"].unique())
        self._site, self._goal = site, goal or TreeGoal()
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return read_tree(answer, self.cards, self.labels)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._site is None:
            gaps = tree_gaps(answer, self.cards)
            return check_answered(None if gaps else answer, " ".join(gaps))
        return judge_site_tree(answer, self._site, self._goal)

    # ---- the view --------------------------------------------------------------------------------------

    def _controls(self) -> widgets.Widget:
        wide = labelled("14em")
        # Drawing one takes longer than a slider may; drawn beforehand, they follow it at once.
        self._pictures = {k: self._picture(k) for k in range(2, min(MOST_GROUPS, len(self.cards)) + 1)}
        self._slider = widgets.IntSlider(
            min=2, max=max(self._pictures), value=2, description="Number of groups", **wide
        )
        self._dendrogram = widgets.HTML()
        take = widgets.Button(description="Make these groups my tree", layout=_LEFT)
        self._names = [
            menu(f"Name of group {number}", self.labels, width="14em") for number in range(1, MOST_GROUPS + 1)
        ]
        self._tree_box = widgets.HTML()
        self._places = {card: widgets.Dropdown(description=card, **wide) for card in self.cards}
        self._slider.observe(lambda _: self._draw(), "value")
        take.on_click(lambda _: self._collect(self._cut))
        self._collect_from((*self._names, *self._places.values()), self._chosen)
        move = widgets.Button(description=_MOVE, layout=_LEFT)
        moving = widgets.VBox(list(self._places.values()), layout={"display": "none"})
        move.on_click(lambda _: _unfold(move, moving))
        parts = [self._slider, self._dendrogram, take, *self._names, self._tree_box, move, moving]
        if self._site is not None:
            send = widgets.Button(description=f"Send {self._goal.visitors} visitors through it", layout=_LEFT)
            self._visits = live()
            send.on_click(lambda _: self._visit())
            parts += [send, self._visits]
        self._draw()
        return widgets.VBox(parts)

    def _picture(self, k: int) -> str:
        from cxux_helpers.pictures import picture
        from cxux_helpers.plots.information import describe_dendrogram, plot_dendrogram

        shown = picture(
            plot_dendrogram(self.sorts, k=k),
            describe_dendrogram(self.sorts, k=k),
            caption=f"Behind each card stands the number of its group, of {k}.",
        )
        return shown._repr_html_()

    def _draw(self) -> None:
        self._dendrogram.value = self._pictures[self._slider.value]

    def _cut(self) -> dict[str, Any]:
        """The tree that the dendrogram proposes; names stay with their numbers."""
        k = self._slider.value
        names = (self._answer or {"names": []})["names"]
        places = card_groups(self.sorts, k).items()
        return {
            "names": [*names[:k], *[None] * (k - len(names))],
            "places": {str(card): int(place) for card, place in places},
        }

    def _chosen(self) -> dict[str, Any]:
        k = len(self._answer["names"]) if self._answer else self._slider.value
        return {
            "names": [None if menu.value == BLANK else menu.value for menu in self._names[:k]],
            "places": {card: menu.value for card, menu in self._places.items() if menu.value},
        }

    def _show(self, answer: dict[str, Any] | None) -> None:
        names = answer["names"] if answer else []
        for number, box in enumerate(self._names):
            box.value = (names[number] if number < len(names) else None) or BLANK
            box.layout.display = "" if number < len(names) else "none"
        options = [
            (BLANK, 0),
            *((f"{number}. {name or 'no name yet'}", number) for number, name in enumerate(names, start=1)),
        ]
        for card, box in self._places.items():
            if tuple(box.options) != tuple(options):
                box.options = options
            box.value = answer["places"].get(card, 0) if answer else 0
        self._tree_box.value = self._tree_html(answer) if answer else "<p>There is no tree yet.</p>"
        if self._site is not None:
            self._visits.value = ""

    def _tree_html(self, answer: dict[str, Any]) -> str:
        rows = [
            (
                f"{number}. {name or 'no name yet'}",
                "; ".join(card for card, place in answer["places"].items() if place == number) or "no card",
            )
            for number, name in enumerate(answer["names"], start=1)
        ]
        return table_html("My tree", (), rows)

    def _visit(self) -> None:
        if self._site is None or self._answer is None:
            self._visits.value = "<p>There is no tree yet. Cut the dendrogram first.</p>"
        elif gaps := tree_gaps(self._answer, self.cards):
            self._visits.value = f"<p>Nobody can walk through it yet. {escape(' '.join(gaps))}</p>"
        else:
            self._visits.value = _visits_html(self._site, send_visitors(self._site, self._answer, self._goal))

    def _describe(self, answer: dict[str, Any]) -> str:
        lines = [
            f"{name or 'no name yet'}: {', '.join(card for card, place in answer['places'].items() if place == number)}"
            for number, name in enumerate(answer["names"], start=1)
        ]
        return "\n".join(["Your answer:", *lines])


def _unfold(button: widgets.Button, box: widgets.VBox) -> None:
    """Show or hide the menus of single cards, of which there are many."""
    folded = button.description == _MOVE
    button.description = _MOVED if folded else _MOVE
    box.layout.display = "" if folded else "none"


def _visits_html(site: Site, visited: Mapping[str, Visited]) -> str:
    def share(estimate: Estimate) -> str:
        return f"{estimate.value:.0%} ({estimate.low:.0%} to {estimate.high:.0%})"

    rows = [
        (site.tasks[card], share(seen.result.success), share(seen.result.directness), _first(seen))
        for card, seen in visited.items()
    ]
    people = next(iter(visited.values())).result.success.n
    heads = ("Task", "Success (95% interval)", "Direct (95% interval)", "Where they looked first")
    return table_html(f"{people} made-up visitors", heads, rows)


def _first(seen: Visited) -> str:
    return "; ".join(f"{label} {count}" for label, count in list(seen.first.items())[:2])
