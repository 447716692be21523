"""Helpers of a course on customer experience (CX) and user experience (UX).

This page is the table of contents of the core: data, metrics and methods that need numpy and pandas alone.
Pictures are in `cxux_helpers.plots`, exercises in `cxux_helpers.exercises`, marks in `cxux_helpers.grading`.
"""

from cxux_helpers.checks import check_choice, check_choices, check_match, check_number, check_table
from cxux_helpers.clustering import cluster_customers, scale_rfm, silhouette_by_k, stability_by_k
from cxux_helpers.datasets import Planted, load_cdnow, make_orders
from cxux_helpers.estimates import Estimate, proportion
from cxux_helpers.feedback import Feedback, NoAnswer, Rung, combine
from cxux_helpers.segmentation import (
    CUT_SEGMENTS,
    SEGMENT_RULES,
    SegmentRule,
    days_between_orders,
    name_segments,
    rfm,
    rfm_scores,
    segment_profile,
    segments_by_cuts,
)

__all__ = [
    "CUT_SEGMENTS",
    "SEGMENT_RULES",
    "Estimate",
    "Feedback",
    "NoAnswer",
    "Planted",
    "Rung",
    "SegmentRule",
    "check_choice",
    "check_choices",
    "check_match",
    "check_number",
    "check_table",
    "cluster_customers",
    "combine",
    "days_between_orders",
    "load_cdnow",
    "make_orders",
    "name_segments",
    "proportion",
    "rfm",
    "rfm_scores",
    "scale_rfm",
    "segment_profile",
    "segments_by_cuts",
    "silhouette_by_k",
    "stability_by_k",
]
