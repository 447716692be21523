"""Interactive exercises for JupyterLab, one file for each family."""

from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.choice import Choice
from cxux_helpers.exercises.choose_k import ChooseK
from cxux_helpers.exercises.cut_points import CutGoal, CutPoints, judge_cut_points
from cxux_helpers.exercises.match import Match
from cxux_helpers.exercises.number import Number
from cxux_helpers.exercises.persona import Claim, PersonaCard, judge_persona

__all__ = [
    "Choice",
    "ChooseK",
    "Claim",
    "CutGoal",
    "CutPoints",
    "Exercise",
    "Match",
    "Number",
    "PersonaCard",
    "judge_cut_points",
    "judge_persona",
]
