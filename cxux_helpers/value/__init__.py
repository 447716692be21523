"""What customers are worth: retention and its model, repeat purchases, spend, and lifetime value."""

from cxux_helpers.value.experience import (
    better_experience,
    constant_retention,
    gain_if_all_alike,
    gain_of_experience,
)
from cxux_helpers.value.lifetime_value import customer_lifetime_value, simple_clv, survival_clv
from cxux_helpers.value.purchase_logs import purchase_summary
from cxux_helpers.value.purchases import BGNBD, fit_bg_nbd, track_purchases
from cxux_helpers.value.retention import retention_by_age, retention_rates, retention_table, survival
from cxux_helpers.value.shifted_beta_geometric import ShiftedBetaGeometric, fit_shifted_beta_geometric
from cxux_helpers.value.spend import GammaGamma, fit_gamma_gamma, spend_frequency_correlation

__all__ = [
    "BGNBD",
    "GammaGamma",
    "ShiftedBetaGeometric",
    "better_experience",
    "constant_retention",
    "customer_lifetime_value",
    "fit_bg_nbd",
    "fit_gamma_gamma",
    "fit_shifted_beta_geometric",
    "gain_if_all_alike",
    "gain_of_experience",
    "purchase_summary",
    "retention_by_age",
    "retention_rates",
    "retention_table",
    "simple_clv",
    "spend_frequency_correlation",
    "survival",
    "survival_clv",
    "track_purchases",
]
