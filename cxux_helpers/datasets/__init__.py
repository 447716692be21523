"""The course's data: real logs that travel with the package, and made-up ones whose truth is known."""

from cxux_helpers.datasets.ab_trials import make_ab_trial
from cxux_helpers.datasets.cdnow_sample import load_cdnow_sample
from cxux_helpers.datasets.contacts import make_contact_log
from cxux_helpers.datasets.drivers import DRIVER_WEIGHTS, make_driver_survey
from cxux_helpers.datasets.events import make_event_log
from cxux_helpers.datasets.furniture_firm import (
    FURNITURE_PROGRAMME,
    FURNITURE_TRIALS,
    make_furniture_trial,
    make_furniture_weeks,
)
from cxux_helpers.datasets.loyalty import CONTRACTS_AS_OF, make_contracts, make_loyalty_chain
from cxux_helpers.datasets.messy_surveys import make_messy_survey, make_servqual_survey
from cxux_helpers.datasets.nps_months import make_nps_months, simulate_nps_surveys
from cxux_helpers.datasets.orders import load_cdnow, make_orders
from cxux_helpers.datasets.pages import PageWithFaults, make_page
from cxux_helpers.datasets.planted import Planted
from cxux_helpers.datasets.prototypes import make_prototype_test
from cxux_helpers.datasets.sites import LIBRARY_SITE, Site, make_site_sort, walk_site_tree
from cxux_helpers.datasets.surveys import make_kano_survey, make_survey
from cxux_helpers.datasets.touchpoints import CardDeck, load_clinic_visit, load_touchpoint_cards
from cxux_helpers.datasets.usability import make_card_sort, make_tree_test, make_usability_sessions

__all__ = [
    "CONTRACTS_AS_OF",
    "DRIVER_WEIGHTS",
    "FURNITURE_PROGRAMME",
    "FURNITURE_TRIALS",
    "LIBRARY_SITE",
    "CardDeck",
    "PageWithFaults",
    "Planted",
    "Site",
    "load_cdnow",
    "load_cdnow_sample",
    "load_clinic_visit",
    "load_touchpoint_cards",
    "make_ab_trial",
    "make_card_sort",
    "make_contact_log",
    "make_contracts",
    "make_driver_survey",
    "make_event_log",
    "make_furniture_trial",
    "make_furniture_weeks",
    "make_kano_survey",
    "make_loyalty_chain",
    "make_messy_survey",
    "make_nps_months",
    "make_orders",
    "make_page",
    "make_prototype_test",
    "make_servqual_survey",
    "make_site_sort",
    "make_survey",
    "make_tree_test",
    "make_usability_sessions",
    "simulate_nps_surveys",
    "walk_site_tree",
]
