"""Service conversations against a scripted customer with feelings, scored from their trace."""

from cxux_helpers.roleplay.conversation import (
    Conversation,
    State,
    Turn,
    kind_of_move,
    next_state,
    play,
    start_conversation,
    transition_table,
)
from cxux_helpers.roleplay.scenario_checks import scenario_findings
from cxux_helpers.roleplay.scenario_json import (
    load_scenario,
    scenario_from_json,
    scenario_names,
    scenario_to_json,
)
from cxux_helpers.roleplay.scenarios import (
    FRAMEWORKS,
    MOVE_TYPES,
    PROMISES,
    SERVQUAL_DIMENSIONS,
    TONES,
    Choice,
    Node,
    Scenario,
)
from cxux_helpers.roleplay.score import CRITICAL_CAP, PASS_MARK, UNRESOLVED_CAP, WEIGHTS, Score, score_conversation
from cxux_helpers.roleplay.search import (
    TurnReview,
    all_conversations,
    best_conversation,
    debrief,
    fairness_findings,
    mean_random_score,
    random_conversation,
)
from cxux_helpers.roleplay.twee import scenario_from_twee, scenario_to_twee

__all__ = [
    "CRITICAL_CAP",
    "FRAMEWORKS",
    "MOVE_TYPES",
    "PASS_MARK",
    "PROMISES",
    "SERVQUAL_DIMENSIONS",
    "TONES",
    "UNRESOLVED_CAP",
    "WEIGHTS",
    "Choice",
    "Conversation",
    "Node",
    "Scenario",
    "Score",
    "State",
    "Turn",
    "TurnReview",
    "all_conversations",
    "best_conversation",
    "debrief",
    "fairness_findings",
    "kind_of_move",
    "load_scenario",
    "mean_random_score",
    "next_state",
    "play",
    "random_conversation",
    "scenario_findings",
    "scenario_from_json",
    "scenario_from_twee",
    "scenario_names",
    "scenario_to_json",
    "scenario_to_twee",
    "score_conversation",
    "start_conversation",
    "transition_table",
]
