"""Choosing the number of clusters by looking at separation, stability and use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered, check_choice
from cxux_helpers.clustering import cluster_customers
from cxux_helpers.exercises.base import Exercise, whole
from cxux_helpers.exercises.controls import labelled
from cxux_helpers.exercises.html_parts import table_html
from cxux_helpers.feedback import Feedback, combine
from cxux_helpers.segmentation import segment_profile

__all__ = ["ChooseK"]


class ChooseK(Exercise):
    """Slide k, look at the clusters it gives, and defend the choice.

    The answer is ``{"k": int, "reason": str}``.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    table
        The customers, as `rfm` returns them.
    silhouette, stability
        As `silhouette_by_k` and `stability_by_k` return them; their index gives the values of k on offer.
    why_k
        For every k, the reason why it is a good or a poor choice; empty for a question that is marked later.
    key
        The k that can be defended best, or None.
    reasons
        The reasons to choose from, each with what is to be said about it; only their texts for a question that is
        marked later.
    key_reason
        The reason that holds, or None.
    currency
        Unit of the monetary value.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        table: pd.DataFrame,
        silhouette: pd.Series,
        stability: pd.DataFrame,
        reasons: Mapping[str, str] | Sequence[str],
        why_k: Mapping[int, str] | None = None,
        key: int | None = None,
        key_reason: str | None = None,
        currency: str = "dollars",
        folder: Path | str | None = None,
    ) -> None:
        self.currency = currency
        self.table, self._silhouette, self._stability = table, silhouette, stability
        self.ks = [int(k) for k in silhouette.index]
        self.reasons = dict(reasons) if isinstance(reasons, Mapping) else dict.fromkeys(reasons, "")
        self._why_k = {str(k): text for k, text in (why_k or {}).items()}
        self._key, self._key_reason = key, key_reason
        self._profiles: dict[int, str] = {}
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        if not isinstance(answer, Mapping) or not set(answer) <= {"k", "reason"} or "k" not in answer:
            raise ValueError("the answer should be a dictionary with the keys k and reason.")
        k = whole(answer["k"])
        if k not in self.ks:
            raise ValueError(f"k is {answer['k']!r}; it should be a whole number from {self.ks[0]} to {self.ks[-1]}.")
        reason = answer.get("reason")
        if reason is not None and reason not in self.reasons:
            raise ValueError(f"the reason {reason!r} is not on offer; choose one of: {'; '.join(self.reasons)}.")
        return {"k": k, "reason": reason}

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._key is None or self._key_reason is None:
            return check_answered(answer, "Choose a reason as well.")
        return combine(
            [
                (f"k = {answer['k']}", check_choice(str(answer["k"]), str(self._key), self._why_k)),
                ("Reason", check_choice(answer["reason"], self._key_reason, self.reasons)),
            ]
        )

    def _controls(self) -> widgets.Widget:
        from cxux_helpers.pictures import picture
        from cxux_helpers.plots import describe_choice_of_k, plot_choice_of_k

        figure = picture(
            plot_choice_of_k(self._silhouette, self._stability),
            "Silhouette and stability for each number of clusters, as the text below says.",
            caption=describe_choice_of_k(self._silhouette, self._stability),
        )
        self._slider = widgets.IntSlider(
            min=self.ks[0], max=self.ks[-1], description="Number of clusters, k",
            **labelled("initial"),
        )  # fmt: skip
        self._radio = widgets.RadioButtons(
            options=list(self.reasons), value=None, description="Because",
            **labelled("initial"),
        )  # fmt: skip
        self._clusters = widgets.HTML()
        self._collect_from((self._slider, self._radio), self._chosen)
        return widgets.VBox([widgets.HTML(figure._repr_html_()), self._slider, self._clusters, self._radio])

    def _chosen(self) -> dict[str, Any]:
        return {"k": self._slider.value, "reason": self._radio.value}

    def _show(self, answer: dict[str, Any] | None) -> None:
        self._slider.value = answer["k"] if answer else self.ks[0]
        self._radio.value = answer["reason"] if answer else None
        self._clusters.value = self._clusters_html(self._slider.value)

    def _clusters_html(self, k: int) -> str:
        if k not in self._profiles:
            labels = cluster_customers(self.table, k) + 1  # people count clusters from one
            rows = [
                (
                    f"Cluster {name}",
                    f"{row['customers']:,.0f}",
                    f"{row['share_of_revenue']:.0%}",
                    f"{row['median_recency']:,.0f} days",
                    f"{row['median_frequency']:,.0f}",
                    f"{row['median_monetary']:,.0f} {self.currency}",
                )
                for name, row in segment_profile(self.table, labels).iterrows()
            ]
            heads = ("Cluster", "Customers", "Share of revenue", "Last order", "Orders", "Spent")
            self._profiles[k] = table_html(f"{k} clusters; the last three columns are medians", heads, rows)
        return self._profiles[k]

    def _describe(self, answer: dict[str, Any]) -> str:
        return f"Your answer: k = {answer['k']}, because: {answer['reason'] or 'no reason chosen yet'}"
