"""Helpers of a course on customer experience (CX) and user experience (UX).

This page is the table of contents of the core: data, metrics and methods that need numpy and pandas alone. Three
families stay under their own names: `cxux_helpers.journey` also holds journey map, blueprint and story map,
`cxux_helpers.roleplay` plays service conversations, and `cxux_helpers.furniture_firm` is a firm to be managed for
twelve weeks. Pictures are in `cxux_helpers.plots`, exercises in `cxux_helpers.exercises`, marks in
`cxux_helpers.grading`.
"""

# ruff: noqa: F403, I001 - each file says in its own __all__ what it offers, and the order is the course's
# The ground: data with their truth, and estimates with their intervals.
from cxux_helpers.datasets import *
from cxux_helpers.estimates import *

# Customer insight: satisfaction, NPS, effort, SERVQUAL, Kano, agreement of coders.
from cxux_helpers.surveys import *

# Segments: recency, frequency and monetary value, rules, clusters.
from cxux_helpers.segmentation import *
from cxux_helpers.clustering import *

# Journeys: sessions, funnels, transitions and paths from event logs.
from cxux_helpers.journey.event_flows import *
from cxux_helpers.journey.event_logs import *

# Usability: questionnaires, performance, card sorts, tree tests, laws of interaction.
from cxux_helpers.usability import *

# Wireframes: screens as data, a small design system, rules of consistency.
from cxux_helpers.wireframes import *

# Accessibility: contrast, readability, the structure of a page.
from cxux_helpers.accessibility import *

# Service: offered load, Erlang C, staffing, a simulated queue.
from cxux_helpers.service import *

# Measurement: key drivers, experiments, A/B tests day by day.
from cxux_helpers.drivers import *
from cxux_helpers.experiments import *
from cxux_helpers.ab_trials import *

# Value: retention, repeat purchases, lifetime value.
from cxux_helpers.value import *

# Management: a strategy on one page, and what is wrong with it.
from cxux_helpers.strategy import *

# Judging an answer, in words that teach.
from cxux_helpers.checks import *
from cxux_helpers.feedback import *
