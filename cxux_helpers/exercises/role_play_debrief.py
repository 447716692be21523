"""The debrief of a finished role play: what was earned, and what would have been better, as HTML and as plain text."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from cxux_helpers.roleplay.conversation import Conversation, kind_of_move
from cxux_helpers.roleplay.scenarios import FRAMEWORKS, MOODS
from cxux_helpers.roleplay.score import CRITICAL_CAP, UNRESOLVED_CAP, WEIGHTS, Score, score_conversation
from cxux_helpers.roleplay.search import TurnReview, debrief

__all__ = ["Part", "costliest_turn", "debrief_html", "debrief_text", "headline", "points", "score_parts"]


class Part(NamedTuple):
    """One part of the score: its name, the points earned and possible, and what they stand for here."""

    name: str
    earned: float
    most: int
    meaning: str


def points(value: float) -> str:
    """Points with at most one decimal, such as 20 or 16.7."""
    return f"{round(value, 1):g}"


def headline(score: Score, pass_mark: float) -> str:
    """The total in words, and what keeps it low if something does."""
    verdict = "passed" if score.total >= pass_mark else f"not passed yet, {points(pass_mark)} are needed"
    text = f"{points(score.total)} of 100 points: {verdict}."
    if score.critical_errors:
        return f"{text} With a critical error, {CRITICAL_CAP} is the most."
    return text if score.need_met else f"{text} While the need is not met, {UNRESOLVED_CAP} is the most."


def score_parts(conversation: Conversation, score: Score) -> list[Part]:
    """The five parts of the score of a finished conversation, each with its meaning in the scenario's own words.

    Parameters
    ----------
    conversation : Conversation
        Finished.
    score : Score
        Its score, as `cxux_helpers.roleplay.score.score_conversation` gives it.
    """
    meanings = {
        "steps": _steps(conversation),
        "listening": _listening(conversation),
        "resolution": _resolution(conversation),
        "empathy": _empathy(conversation),
        "compliance": "Critical error: " + "; ".join(score.critical_errors) + "."
        if score.critical_errors
        else "Lost with the customer." if score.left else "No critical error.",
    }  # fmt: skip
    return [Part(name.capitalize(), getattr(score, name), most, meanings[name]) for name, most in WEIGHTS.items()]


def _steps(conversation: Conversation) -> str:
    words = [word for word, _ in FRAMEWORKS[conversation.framework]]
    text = f"{conversation.state.steps[-1]} of {len(words)} steps in this order: {', '.join(words)}."
    missed = any(
        kind_of_move(conversation.scenario, turn.before, turn.choice) == "act that misses"
        for turn in conversation.turns
    )
    return f"{text} What is forbidden, or done before the facts are known, is no step." if missed else text


def _listening(conversation: Conversation) -> str:
    scenario, state = conversation.scenario, conversation.state
    known = state.facts if state.facts_before_acting is None else state.facts_before_acting
    missing = [scenario.facts[fact] for fact in scenario.facts_needed if fact not in known]
    if missing:
        return f"Not asked in time: {'; '.join(missing)}."
    return f"All asked in time: {'; '.join(scenario.facts[fact] for fact in scenario.facts_needed)}."


def _resolution(conversation: Conversation) -> str:
    if conversation.left:
        return "Lost with the customer."
    scenario, done = conversation.scenario, conversation.state.actions
    missing = [scenario.actions[action] for action in scenario.required_actions if action not in done]
    wrong = [scenario.actions[action] for action in scenario.forbidden_actions if action in done]
    text = f"Not done: {'; '.join(missing)}." if missing else "All done that was needed."
    return f"{text} Done, and forbidden: {'; '.join(wrong)}." if wrong else text


def _empathy(conversation: Conversation) -> str:
    if conversation.left:
        return "Lost with the customer."
    return f"The customer came {MOODS[conversation.scenario.emotion]} and goes {MOODS[conversation.state.emotion]}."


def costliest_turn(reviews: Iterable[TurnReview]) -> tuple[int, TurnReview] | None:
    """The number, from 1, and the review of the turn that lost most; None if there was no better line anywhere."""
    numbered = [(number, review) for number, review in enumerate(reviews, 1) if review.better]
    return max(numbered, key=lambda one: one[1].lost, default=None)


def debrief_text(conversation: Conversation, pass_mark: float) -> str:
    """The debrief of a finished conversation in plain text.

    Parameters
    ----------
    conversation : Conversation
        Finished.
    pass_mark : float
        Points that are needed.
    """
    from cxux_helpers.plots.service import describe_emotion

    score = score_conversation(conversation)
    parts = [
        f"{part.name}: {points(part.earned)} of {part.most}. {part.meaning}"
        for part in score_parts(conversation, score)
    ]
    turns = [
        f"Turn {number}\n" + "\n".join(f"  {label}: {text}" for label, text in lines)
        for number, lines in enumerate(_turns(conversation), 1)
    ]
    return "\n".join([headline(score, pass_mark), *parts, _outcome(conversation, score),
                      describe_emotion(conversation), *turns])  # fmt: skip


def debrief_html(conversation: Conversation, pass_mark: float) -> str:
    """The debrief of a finished conversation as HTML, with the curve of the mood as a picture.

    Parameters
    ----------
    conversation : Conversation
        Finished.
    pass_mark : float
        Points that are needed.
    """
    from cxux_helpers.pictures import picture
    from cxux_helpers.plots.service import describe_emotion, plot_emotion

    score = score_conversation(conversation)
    rows = "".join(
        f'<tr><th scope="row">{part.name}</th><td class="rp-points">{points(part.earned)} of {part.most}</td>'
        f"<td>{escape(part.meaning)}</td></tr>"
        for part in score_parts(conversation, score)
    )
    turns = "".join(
        "<li><dl>" + "".join(f"<dt>{escape(label)}</dt><dd>{escape(text)}</dd>" for label, text in lines) + "</dl></li>"
        for lines in _turns(conversation)
    )
    curve = picture(plot_emotion(conversation), describe_emotion(conversation))
    return (
        f'<p class="rp-total" tabindex="-1">{escape(headline(score, pass_mark))}</p>'
        "<table><caption>Where the points come from</caption><thead><tr>"
        '<th scope="col">Part</th><th scope="col">Points</th><th scope="col">What it means here</th>'
        f"</tr></thead><tbody>{rows}</tbody></table><p>{escape(_outcome(conversation, score))}</p>"
        f'<p class="rp-head">The customer’s mood, move by move</p>{curve._repr_html_()}'
        f'<p class="rp-head">Turn by turn</p><ol class="rp-turns">{turns}</ol>'
    )


def _outcome(conversation: Conversation, score: Score) -> str:
    days = conversation.scenario.fcr_days
    again = (
        f"Solved at first contact: nothing is left that would need another within {days} days."
        if score.first_contact_resolution
        else "Not solved at first contact: another one will be needed."
    )
    return (
        f"Predicted satisfaction: {points(score.predicted_csat)} of 5, worked out from the last mood and from what was "
        f"solved. {again} You spoke {score.turns} {'time' if score.turns == 1 else 'times'}."
    )


def _turns(conversation: Conversation) -> list[list[tuple[str, str]]]:
    """For each turn what is shown of it, as label and text."""
    return [_turn(review, conversation.scenario.speaker) for review in debrief(conversation)]


def _turn(review: TurnReview, speaker: str) -> list[tuple[str, str]]:
    before, after = MOODS[review.emotion_before], MOODS[review.emotion_after]
    lines = [
        (speaker, review.customer),
        ("You", review.said),
        ("Mood", f"{after}, as before" if before == after else f"from {before} to {after}"),
    ]
    if review.note:
        lines.append(("Note", review.note))
    if review.better:
        lines.append((f"Better by {points(review.lost)}", review.better))
        if review.better_note:
            lines.append(("Why", review.better_note))
    return lines
