"""Pictures, each with a text twin; one file for each family.

Every ``plot_…`` takes data and an `ax`, draws, and returns the `ax`; without one it makes a figure of its own, and
never touches pyplot. Every ``describe_…`` takes the same data and says in two sentences what the picture shows. Show
both together with `cxux_helpers.pictures.picture`.
"""

from cxux_helpers.plots.accessibility import (
    describe_contrast,
    describe_readability,
    plot_contrast,
    plot_readability,
)
from cxux_helpers.plots.blueprints import (
    describe_blueprint,
    describe_story_map,
    plot_blueprint,
    plot_story_map,
)
from cxux_helpers.plots.drivers import (
    describe_driver_shares,
    describe_importance_performance,
    plot_driver_shares,
    plot_importance_performance,
)
from cxux_helpers.plots.event_logs import (
    describe_funnel,
    describe_funnel_by_segment,
    describe_time_in_stage,
    describe_transitions,
    plot_funnel,
    plot_funnel_by_segment,
    plot_time_in_stage,
    plot_transitions,
)
from cxux_helpers.plots.experiments import (
    describe_arms,
    describe_peeking,
    describe_power,
    plot_arms,
    plot_peeking,
    plot_power,
)
from cxux_helpers.plots.furniture_firm import (
    describe_causes,
    describe_firm,
    plot_causes,
    plot_firm,
)
from cxux_helpers.plots.information import (
    describe_dendrogram,
    describe_tree_test,
    plot_dendrogram,
    plot_tree_test,
)
from cxux_helpers.plots.journeys import (
    describe_journey,
    describe_priority,
    plot_journey,
    plot_priority,
)
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
from cxux_helpers.plots.service import (
    describe_emotion,
    describe_queue,
    describe_staffing,
    plot_emotion,
    plot_queue,
    plot_staffing,
)
from cxux_helpers.plots.surveys import (
    describe_estimates,
    describe_kano,
    describe_nps,
    describe_servqual,
    plot_estimates,
    plot_kano,
    plot_nps,
    plot_servqual,
)
from cxux_helpers.plots.touchpoints import describe_touchpoints, plot_touchpoints
from cxux_helpers.plots.usability import (
    describe_completion,
    describe_discovery,
    describe_sus,
    describe_times,
    plot_completion,
    plot_discovery,
    plot_sus,
    plot_times,
)
from cxux_helpers.plots.value import (
    describe_clv,
    describe_purchases,
    describe_retention,
    plot_clv,
    plot_purchases,
    plot_retention,
)
from cxux_helpers.plots.wireframes import describe_wireframe, plot_wireframe

__all__ = [
    "describe_arms",
    "describe_blueprint",
    "describe_causes",
    "describe_choice_of_k",
    "describe_clv",
    "describe_completion",
    "describe_contrast",
    "describe_dendrogram",
    "describe_discovery",
    "describe_driver_shares",
    "describe_emotion",
    "describe_estimates",
    "describe_firm",
    "describe_funnel",
    "describe_funnel_by_segment",
    "describe_importance_performance",
    "describe_journey",
    "describe_kano",
    "describe_nps",
    "describe_peeking",
    "describe_power",
    "describe_priority",
    "describe_purchases",
    "describe_queue",
    "describe_readability",
    "describe_retention",
    "describe_rfm",
    "describe_scores",
    "describe_segments",
    "describe_servqual",
    "describe_staffing",
    "describe_story_map",
    "describe_sus",
    "describe_time_in_stage",
    "describe_times",
    "describe_touchpoints",
    "describe_transitions",
    "describe_tree_test",
    "describe_wireframe",
    "plot_arms",
    "plot_blueprint",
    "plot_causes",
    "plot_choice_of_k",
    "plot_clv",
    "plot_completion",
    "plot_contrast",
    "plot_dendrogram",
    "plot_discovery",
    "plot_driver_shares",
    "plot_emotion",
    "plot_estimates",
    "plot_firm",
    "plot_funnel",
    "plot_funnel_by_segment",
    "plot_importance_performance",
    "plot_journey",
    "plot_kano",
    "plot_nps",
    "plot_peeking",
    "plot_power",
    "plot_priority",
    "plot_purchases",
    "plot_queue",
    "plot_readability",
    "plot_retention",
    "plot_rfm",
    "plot_scores",
    "plot_segments",
    "plot_servqual",
    "plot_staffing",
    "plot_story_map",
    "plot_sus",
    "plot_time_in_stage",
    "plot_times",
    "plot_touchpoints",
    "plot_transitions",
    "plot_tree_test",
    "plot_wireframe",
]
