"""Interactive exercises for JupyterLab, one file for each family."""

from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.bias_hunt import BiasHunt, DraftQuestion, judge_bias_hunt
from cxux_helpers.exercises.card_sort import CardSort
from cxux_helpers.exercises.choice import Choice
from cxux_helpers.exercises.choose_k import ChooseK
from cxux_helpers.exercises.clean_survey import CleanSurvey, judge_cleaning
from cxux_helpers.exercises.cut_points import CutGoal, CutPoints, judge_cut_points
from cxux_helpers.exercises.interval_explorer import IntervalExplorer, IntervalGoal, judge_interval
from cxux_helpers.exercises.journey_judge import JourneyGoal, judge_journey
from cxux_helpers.exercises.journey_map import JourneyMap
from cxux_helpers.exercises.journey_truth import judge_map_truth
from cxux_helpers.exercises.kano_pairs import KanoFeature, KanoPairs, judge_kano_pairs
from cxux_helpers.exercises.log_investigation import LogInvestigation, judge_investigation
from cxux_helpers.exercises.match import Match
from cxux_helpers.exercises.number import Number
from cxux_helpers.exercises.ordering import Ordering
from cxux_helpers.exercises.persona import Claim, PersonaCard, judge_persona
from cxux_helpers.exercises.role_play import RolePlay, judge_role_play

__all__ = [
    "BiasHunt",
    "CardSort",
    "Choice",
    "ChooseK",
    "Claim",
    "CleanSurvey",
    "CutGoal",
    "CutPoints",
    "DraftQuestion",
    "Exercise",
    "IntervalExplorer",
    "IntervalGoal",
    "JourneyGoal",
    "JourneyMap",
    "KanoFeature",
    "KanoPairs",
    "LogInvestigation",
    "Match",
    "Number",
    "Ordering",
    "PersonaCard",
    "RolePlay",
    "judge_bias_hunt",
    "judge_cleaning",
    "judge_cut_points",
    "judge_interval",
    "judge_investigation",
    "judge_journey",
    "judge_kano_pairs",
    "judge_map_truth",
    "judge_persona",
    "judge_role_play",
]
