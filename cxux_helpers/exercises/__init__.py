"""Interactive exercises for JupyterLab, one file for each family."""

from cxux_helpers.exercises.ab_lab import ABLab, ABPlan, judge_ab_lab
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.bias_hunt import BiasHunt, DraftQuestion, judge_bias_hunt
from cxux_helpers.exercises.card_sort import CardSort
from cxux_helpers.exercises.cause_debrief import CauseDebrief, judge_causes
from cxux_helpers.exercises.choice import Choice
from cxux_helpers.exercises.choose_k import ChooseK
from cxux_helpers.exercises.clean_survey import CleanSurvey, judge_cleaning
from cxux_helpers.exercises.contrast_picker import ContrastPicker, ContrastSample, judge_contrast
from cxux_helpers.exercises.cut_points import CutGoal, CutPoints, judge_cut_points
from cxux_helpers.exercises.driver_quadrant import DriverQuadrant, judge_driver_quadrant
from cxux_helpers.exercises.furniture_game import FurnitureGame, judge_furniture_game
from cxux_helpers.exercises.interval_explorer import IntervalExplorer, IntervalGoal, judge_interval
from cxux_helpers.exercises.journey_judge import JourneyGoal, judge_journey
from cxux_helpers.exercises.journey_map import JourneyMap
from cxux_helpers.exercises.journey_truth import judge_map_truth
from cxux_helpers.exercises.kano_pairs import KanoFeature, KanoPairs, judge_kano_pairs
from cxux_helpers.exercises.keystroke_model import KeystrokeModel, KlmAction, judge_keystrokes
from cxux_helpers.exercises.log_investigation import LogInvestigation, judge_investigation
from cxux_helpers.exercises.match import Match
from cxux_helpers.exercises.news_or_noise import NewsOrNoise, judge_news_or_noise
from cxux_helpers.exercises.number import Number
from cxux_helpers.exercises.ordering import Ordering
from cxux_helpers.exercises.page_audit import PageAudit, judge_audit
from cxux_helpers.exercises.persona import Claim, PersonaCard, judge_persona
from cxux_helpers.exercises.plain_words import PlainWords, judge_plain_words
from cxux_helpers.exercises.prototype_test import PrototypeTest, judge_prototype_test
from cxux_helpers.exercises.queue_lab import QueueGoal, QueueLab, judge_queue_lab
from cxux_helpers.exercises.role_play import RolePlay, judge_role_play
from cxux_helpers.exercises.rubric_rating import RubricRating, judge_rubric_rating
from cxux_helpers.exercises.sample_size import SampleSize, SampleSizeGoal, judge_sample_size
from cxux_helpers.exercises.staffing_plan import StaffingPlan, judge_staffing_plan
from cxux_helpers.exercises.story_judge import StoryGoal, judge_user_story
from cxux_helpers.exercises.strategy_canvas import StrategyCanvas, judge_strategy
from cxux_helpers.exercises.tree_builder import TreeBuilder
from cxux_helpers.exercises.tree_judge import TreeGoal, judge_site_tree
from cxux_helpers.exercises.user_story import UserStoryBuilder
from cxux_helpers.exercises.value_explorer import ValueCase, ValueExplorer, judge_value
from cxux_helpers.exercises.wireframe import Wireframe
from cxux_helpers.exercises.wireframe_judge import ContentNeed, WireframeGoal, judge_wireframe

__all__ = [
    "ABLab",
    "ABPlan",
    "BiasHunt",
    "CardSort",
    "CauseDebrief",
    "Choice",
    "ChooseK",
    "Claim",
    "CleanSurvey",
    "ContentNeed",
    "ContrastPicker",
    "ContrastSample",
    "CutGoal",
    "CutPoints",
    "DraftQuestion",
    "DriverQuadrant",
    "Exercise",
    "FurnitureGame",
    "IntervalExplorer",
    "IntervalGoal",
    "JourneyGoal",
    "JourneyMap",
    "KanoFeature",
    "KanoPairs",
    "KeystrokeModel",
    "KlmAction",
    "LogInvestigation",
    "Match",
    "NewsOrNoise",
    "Number",
    "Ordering",
    "PageAudit",
    "PersonaCard",
    "PlainWords",
    "PrototypeTest",
    "QueueGoal",
    "QueueLab",
    "RolePlay",
    "RubricRating",
    "SampleSize",
    "SampleSizeGoal",
    "StaffingPlan",
    "StoryGoal",
    "StrategyCanvas",
    "TreeBuilder",
    "TreeGoal",
    "UserStoryBuilder",
    "ValueCase",
    "ValueExplorer",
    "Wireframe",
    "WireframeGoal",
    "judge_ab_lab",
    "judge_audit",
    "judge_bias_hunt",
    "judge_causes",
    "judge_cleaning",
    "judge_contrast",
    "judge_cut_points",
    "judge_driver_quadrant",
    "judge_furniture_game",
    "judge_interval",
    "judge_investigation",
    "judge_journey",
    "judge_kano_pairs",
    "judge_keystrokes",
    "judge_map_truth",
    "judge_news_or_noise",
    "judge_persona",
    "judge_plain_words",
    "judge_prototype_test",
    "judge_queue_lab",
    "judge_role_play",
    "judge_rubric_rating",
    "judge_sample_size",
    "judge_site_tree",
    "judge_staffing_plan",
    "judge_strategy",
    "judge_user_story",
    "judge_value",
    "judge_wireframe",
]
