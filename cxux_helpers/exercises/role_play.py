"""Role play: a conversation with a simulated customer, move by move, and a debrief at its end."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeGuard

import anywidget
import ipywidgets as widgets
import traitlets

from cxux_helpers.arguments import require_number
from cxux_helpers.checks import missing_answer
from cxux_helpers.exercises.base import Exercise
from cxux_helpers.exercises.role_play_debrief import (
    costliest_turn,
    debrief_html,
    debrief_text,
    headline,
    points,
    score_parts,
)
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.roleplay.conversation import Conversation, State, play
from cxux_helpers.roleplay.scenario_json import load_scenario
from cxux_helpers.roleplay.scenarios import MOODS, Choice, Node, Scenario
from cxux_helpers.roleplay.score import PASS_MARK, WEIGHTS, score_conversation
from cxux_helpers.roleplay.search import debrief

__all__ = ["RolePlay", "judge_role_play", "shown_choices", "valid_role_play"]

_STATIC = Path(__file__).parent / "static"
# More than can be had without any empathy, any listening or any of the steps: no virtue makes up for another.
_LOWEST_PASS_MARK = 100 - min(WEIGHTS["steps"], WEIGHTS["listening"], WEIGHTS["empathy"]) + 1


def shown_choices(scenario: Scenario, node: Node) -> list[Choice]:
    """The choices of a line in the order in which they are shown: mixed, but always the same.

    The order follows from the ids alone, so it neither betrays the order in which an author wrote the choices down nor
    changes when they are rearranged.
    """

    def place(choice: Choice) -> bytes:
        return hashlib.sha256(f"{scenario.id}/{node.id}/{choice.id}".encode()).digest()

    return sorted(node.choices, key=place)


def valid_role_play(answer: object, scenario: Scenario) -> dict[str, list[str]]:
    """Return an answer with its best conversation brought up to date.

    Parameters
    ----------
    answer
        As in `RolePlay`: a dictionary with ``now`` and ``best``, or only the list of the moves now.
    scenario
        What is played.

    Returns
    -------
    dict
        ``now`` as it was, and as ``best`` the one with the higher total of ``best`` and a finished ``now``; of
        equals the later.

    Raises
    ------
    ValueError
        If the answer has another form, a move is unknown or comes after the end, or the best is not finished.
    """
    parts = answer if isinstance(answer, Mapping) else {"best": [], "now": answer}
    moves_now, moves_best = parts.get("now"), parts.get("best")
    if set(parts) != {"best", "now"} or not _are_ids(moves_now) or not _are_ids(moves_best):
        raise ValueError("the answer should be a list of choice ids, or a dictionary of two: 'best' and 'now'.")
    now, best = play(scenario, moves_now), play(scenario, moves_best)
    if best.turns and not best.finished:
        raise ValueError(f"the best conversation stops at {best.node.id!r}. Only a finished one can be the best.")
    if now.finished and (not best.turns or score_conversation(now).total >= score_conversation(best).total):
        best = now
    return {"best": list(best.choice_ids), "now": list(now.choice_ids)}


def judge_role_play(answer: object, scenario: Scenario, *, pass_mark: float = PASS_MARK) -> Feedback:
    """Judge the best finished conversation of an answer by its score.

    A pass earns all of the credit; below it, the credit is the total as a share of 100.

    Parameters
    ----------
    answer
        As in `RolePlay`, or a `NoAnswer`.
    scenario
        What was played.
    pass_mark
        Points that are needed, 81 to 100.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        moves = valid_role_play(answer, scenario)
    except ValueError as problem:
        return Feedback(Rung.WRONG_KIND, "The conversation cannot be read. Play it again.", found=shown(str(problem)))
    if not moves["best"]:
        begun = "is not over yet. Play it to its end." if moves["now"] else "has not begun."
        return Feedback(Rung.NOT_ANSWERED, f"The conversation {begun}")
    conversation = play(scenario, moves["best"])
    score = score_conversation(conversation)
    parts = ", ".join(
        f"{part.name.lower()} {points(part.earned)} of {part.most}" for part in score_parts(conversation, score)
    )
    message = f"{headline(score, pass_mark)} It is made of {parts}."
    if worst := costliest_turn(debrief(conversation)):
        number, review = worst
        message += f" Turn {number} lost most. Better there: “{review.better}” {review.better_note}"
    if score.total >= pass_mark:
        return Feedback(Rung.RIGHT, message.rstrip(), 1.0)
    rung = Rung.CLOSE if score.first_contact_resolution else Rung.NOT_YET
    return Feedback(rung, message.rstrip(), score.total / 100)


class RolePlayStage(anywidget.AnyWidget):  # type: ignore[misc]
    """Shows one moment of a conversation, ``scene``, and tells what is chosen.

    It knows neither the scenario nor the customer's hidden state. ``{"type": "say", "choice": id, "turn": n}`` comes
    from it for a move, where ``turn`` is the number of moves before it, and ``{"type": "restart"}`` for a new start.
    """

    _esm = _STATIC / "role_play.js"
    _css = _STATIC / "role_play.css"

    scene = traitlets.Dict().tag(sync=True)

    def __init__(self, say: Callable[[str, int], None], restart: Callable[[], None]) -> None:
        super().__init__()
        self._say, self._restart = say, restart
        self.on_msg(self._receive)

    def _receive(self, _: object, content: Mapping[str, Any], __: object) -> None:
        if content.get("type") == "say":
            self._say(str(content.get("choice")), content.get("turn", -1))
        elif content.get("type") == "restart":
            self._restart()


class RolePlay(Exercise):
    """Play a conversation with a simulated customer; a debrief follows at its end.

    The answer is ``{"now": […], "best": […]}``, two lists of choice ids from the first move on. ``now`` is the
    conversation on the stage, and grows by each move. ``best`` is the finished conversation with the highest total,
    and the one that counts: playing again can help and never harm, so that a learner may try what happens after a
    rude answer. Set to a list of ids, the answer is that conversation alone.

    Nothing that was said can be taken back, but a conversation can be started again at any time. The customer has no
    moods of chance: the same moves always give the same conversation.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    scenario
        What is played, or the name of one that travels with the course, as in `load_scenario`.
    pass_mark
        Points that earn all of the credit, 81 to 100. Below 81, a conversation could pass without any empathy, or
        without any listening.

    Raises
    ------
    ValueError
        If there is no such scenario, it cannot be played, or `pass_mark` is out of range.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        scenario: str | Scenario,
        pass_mark: float = PASS_MARK,
        folder: Path | str | None = None,
    ) -> None:
        require_number("pass_mark", pass_mark, low=_LOWEST_PASS_MARK, high=100)
        self.scenario = load_scenario(scenario) if isinstance(scenario, str) else scenario
        self.pass_mark = pass_mark
        play(self.scenario, [])  # an author's fault is found before a learner meets it
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    @property
    def conversation(self) -> Conversation:
        """The conversation on the stage."""
        return play(self.scenario, self._answer["now"] if self._answer else [])

    def text(self) -> str:
        """The whole exercise in words, for readers without the widget."""
        given = self._describe(self._answer or {"best": [], "now": []})
        return f"{self.title} ({self.question_id})\n{self.prompt}\n{given}\n{self._status}"

    def _valid(self, answer: Any) -> dict[str, list[str]]:
        return valid_role_play(answer, self.scenario)

    def _judge(self, answer: dict[str, list[str]]) -> Feedback:
        return judge_role_play(answer, self.scenario, pass_mark=self.pass_mark)

    def _controls(self) -> widgets.Widget:
        self._stage = RolePlayStage(self._say, self._start_again)
        return self._stage

    def _say(self, choice_id: str, turn: int) -> None:
        now, best = (self._answer["now"], self._answer["best"]) if self._answer else ([], [])
        if turn == len(now):  # a second click meant the line before
            self._collect(lambda: {"best": best, "now": [*now, choice_id]})

    def _start_again(self) -> None:
        if self._answer:
            best = self._answer["best"]
            self._collect(lambda: {"best": best, "now": []})

    def _show(self, answer: dict[str, list[str]] | None) -> None:
        conversation = self.conversation
        choices = [] if conversation.finished else shown_choices(self.scenario, conversation.node)
        self._stage.scene = {
            "setting": self.scenario.setting,
            "lines": _lines(conversation),
            "choices": [{"id": choice.id, "text": choice.text} for choice in choices],
            "turn": len(conversation.turns),
            "debrief": debrief_html(conversation, self.pass_mark) if conversation.finished else "",
            "counts": self._what_counts(answer["best"] if answer else []),
        }

    def _what_counts(self, best: list[str]) -> str:
        if not best:
            return "Nothing can be taken back, but you may play as often as you like: the best finished one counts."
        total = points(score_conversation(play(self.scenario, best)).total)
        return f"Your best finished conversation counts: {total} of 100. Playing again can help and never harm."

    def _describe(self, answer: dict[str, list[str]]) -> str:
        now, best = (play(self.scenario, answer[name]) for name in ("now", "best"))
        parts = [self.scenario.setting, self._in_words(now)]
        if best.turns and best != now:
            parts += ["The conversation that counts:", self._in_words(best)]
        return "\n".join([*parts, self._what_counts(answer["best"])])

    def _in_words(self, conversation: Conversation) -> str:
        lines = [_line_in_words(line) for line in _lines(conversation)]
        if conversation.finished:
            return "\n".join([*lines, debrief_text(conversation, self.pass_mark)])
        choices = shown_choices(self.scenario, conversation.node)
        return "\n".join([*lines, "You can say:", *(f"  {n}. {choice.text}" for n, choice in enumerate(choices, 1))])


def _are_ids(moves: object) -> TypeGuard[Sequence[str]]:
    return isinstance(moves, list | tuple) and all(isinstance(move, str) for move in moves)


def _lines(conversation: Conversation) -> list[dict[str, Any]]:
    """What has been said so far: who, what, and the customer's mood where the agent sees it."""
    lines = []
    for turn in conversation.turns:
        lines.append(_customer(conversation.scenario, turn.node, turn.before))
        lines.append({"who": "You", "text": turn.choice.text})
    if conversation.left:
        who = conversation.scenario.speaker.lower()
        lines.append({"who": "", "text": f"The {who} has lost patience and leaves."})
    else:
        lines.append(_customer(conversation.scenario, conversation.node, conversation.state))
    return lines


def _customer(scenario: Scenario, node: Node, state: State) -> dict[str, Any]:
    line: dict[str, Any] = {"who": scenario.speaker, "text": node.customer}
    return {**line, "mood": [state.emotion, MOODS[state.emotion]]} if scenario.mood_visible else line


def _line_in_words(line: dict[str, Any]) -> str:
    who = f"{line['who']}, {line['mood'][1]}" if "mood" in line else line["who"]
    return f"{who}: {line['text']}" if who else line["text"]
