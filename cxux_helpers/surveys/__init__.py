"""What customers say: satisfaction, effort, recommendation, expectations, features, and coded comments."""

from cxux_helpers.surveys.agreement import cohen_kappa, fleiss_kappa, krippendorff_alpha, percent_agreement
from cxux_helpers.surveys.cleaning import CLEANING_DECISIONS, clean_ratings
from cxux_helpers.surveys.kano import KANO_ANSWERS, KANO_CLASSES, kano, kano_class, kano_from_counts, kano_means
from cxux_helpers.surveys.nps import (
    NPSCounts,
    NPSTest,
    nps,
    nps_counts,
    nps_difference,
    nps_sample_size,
    nps_standard_error,
    nps_test,
)
from cxux_helpers.surveys.nps_tracking import monthly_changes, monthly_counts
from cxux_helpers.surveys.satisfaction import ces, csat, expected_interval, sample_size
from cxux_helpers.surveys.servqual import SERVQUAL_DIMENSIONS, ServqualGap, servqual_gap, servqual_score

__all__ = [
    "CLEANING_DECISIONS",
    "KANO_ANSWERS",
    "KANO_CLASSES",
    "SERVQUAL_DIMENSIONS",
    "NPSCounts",
    "NPSTest",
    "ServqualGap",
    "ces",
    "clean_ratings",
    "cohen_kappa",
    "csat",
    "expected_interval",
    "fleiss_kappa",
    "kano",
    "kano_class",
    "kano_from_counts",
    "kano_means",
    "krippendorff_alpha",
    "monthly_changes",
    "monthly_counts",
    "nps",
    "nps_counts",
    "nps_difference",
    "nps_sample_size",
    "nps_standard_error",
    "nps_test",
    "percent_agreement",
    "sample_size",
    "servqual_gap",
    "servqual_score",
]
