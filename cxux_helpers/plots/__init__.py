"""Pictures, each with a text twin; one file for each family.

Every ``plot_…`` takes data and an `ax`, draws, and returns the `ax`; without one it makes a figure of its own, and
never touches pyplot. Every ``describe_…`` takes the same data and says in two sentences what the picture shows. Show
both together with `cxux_helpers.pictures.picture`.
"""

from cxux_helpers.plots.segments import (
    describe_choice_of_k,
    describe_rfm,
    describe_scores,
    describe_segments,
    plot_choice_of_k,
    plot_rfm,
    plot_scores,
    plot_segments,
)

__all__ = [
    "describe_choice_of_k",
    "describe_rfm",
    "describe_scores",
    "describe_segments",
    "plot_choice_of_k",
    "plot_rfm",
    "plot_scores",
    "plot_segments",
]
