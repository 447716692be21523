"""Twelve weeks of the furniture firm: plan a week, live it, see what can be seen, and in the end what was true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from cxux_helpers.checks import check_answered, missing_answer
from cxux_helpers.estimates import Estimate
from cxux_helpers.exercises.base import Exercise, escape
from cxux_helpers.exercises.controls import labelled, live
from cxux_helpers.exercises.furniture_views import MEASURE_WORDS, sales_html, weeks_table_html
from cxux_helpers.exercises.html_parts import minus, table_html
from cxux_helpers.feedback import Feedback, Rung, shown
from cxux_helpers.furniture_firm import (
    WEEKS,
    FurnitureFirm,
    WeekPlan,
    before_after,
    causes_of_change,
    difference_in_differences,
    run_by_lot,
)
from cxux_helpers.furniture_firm.trials import plans_from_plain, plans_to_plain

__all__ = ["FurnitureGame", "judge_furniture_game"]

ALL, HALF = "all", "half"
# How much more profit than by advertising alone: the lever that everybody thinks of first.
GOOD, FAIR = 2.0, 1.0

_TICKS = {
    "uniforms": "Uniforms (30 euro)",
    "move_staff": "Move unfriendly staff away from customers (60 euro)",
    "collect_contacts": "Ask buyers for address and consent (20 euro)",
    "happening": "Happening: an evening with music and coffee (250 euro)",
}
_EURO = {"training": "Training, euro", "gifts": "Small gifts, euro", "advertising": "Advertising, euro"}


def judge_furniture_game(answer: object, firm: FurnitureFirm) -> Feedback:
    """Judge twelve weeks by the profit that the measures added per shop and week, which only a simulator knows.

    Right if it is at least twice what the whole budget spent on advertising would have added, close if it is at least
    as much.

    Parameters
    ----------
    answer
        As in `FurnitureGame`, or a `NoAnswer`.
    firm
        The firm that was played.
    """
    if missing := missing_answer(answer):
        return missing
    try:
        given = read_game(answer, firm)
    except (ValueError, TypeError) as problem:
        return Feedback(Rung.WRONG_KIND, "The plans cannot be read. Play the weeks again.", found=shown(str(problem)))
    weeks = plans_from_plain(given["weeks"])
    if len(weeks) < WEEKS:
        return Feedback(Rung.NOT_ANSWERED, f"{WEEKS - len(weeks)} of {WEEKS} weeks are still to be lived.")
    effects = firm.effects(weeks)
    if len(effects) == 1:
        return Feedback(Rung.NOT_YET, "You did nothing, and sales rose all the same. Remember that. Now try something.")
    gain, plain = (
        float(table["on_top"]["all together"]) for table in (effects, firm.effects(WeekPlan(advertising=firm.budget)))
    )
    each = {MEASURE_WORDS[str(name)]: float(value) for name, value in effects["on_top"].drop("all together").items()}
    most, least = max(each, key=each.__getitem__), min(each, key=each.__getitem__)
    message = (
        f"Your measures added {_euro(gain)} of profit per shop and week, and all the money in advertising would have "
        f"added {_euro(plain)}. On top of the rest, {most} did most ({_euro(each[most])})"
    )
    message += f" and {least} least ({_euro(each[least])})." if len(each) > 1 else "."
    if gain >= GOOD * plain:
        return Feedback(Rung.RIGHT, message, 1.0)
    advice = " Several measures help each other: quality sells to the people whom advertising brings."
    if gain >= FAIR * plain:
        return Feedback(Rung.CLOSE, message + advice, 0.5)
    return Feedback(Rung.NOT_YET, message + advice)


def read_game(answer: object, firm: FurnitureFirm) -> dict[str, Any]:
    """A game as plain data; raise ValueError for anything else, and for plans that cannot be carried out."""
    if not isinstance(answer, Mapping) or set(answer) != {"shops", "weeks"} or answer["shops"] not in (ALL, HALF):
        raise ValueError(f"the answer should be a dictionary with shops, {ALL!r} or {HALF!r}, and weeks, a list.")
    plans = plans_from_plain(answer["weeks"])
    if plans:
        firm.run(plans)
    return {"shops": answer["shops"], "weeks": plans_to_plain(plans)}


class FurnitureGame(Exercise):
    """Manage the furniture firm for twelve weeks: plan a week, live it, and see sales, staff and customers.

    The answer is ``{"shops": "all" or "half", "weeks": [plan, …]}``, each plan with fields of
    `cxux_helpers.furniture_firm.WeekPlan`. The plans are all that is kept: the weeks are simulated from them again.

    Parameters
    ----------
    question_id, title, prompt, folder
        As in `Exercise`.
    firm
        The firm, with at least four shops, so that half of them may go without.
    marked_later
        Whether the game is judged only after it has been handed in; then the debrief stays hidden too.
    """

    def __init__(
        self,
        question_id: str,
        *,
        title: str,
        prompt: str,
        firm: FurnitureFirm,
        marked_later: bool = False,
        folder: Path | str | None = None,
    ) -> None:
        self.firm, self._marked_later = firm, marked_later
        super().__init__(question_id, title=title, prompt=prompt, folder=folder)

    def _valid(self, answer: Any) -> dict[str, Any]:
        return read_game(answer, self.firm)

    def _judge(self, answer: dict[str, Any]) -> Feedback:
        if self._marked_later:
            left = WEEKS - len(answer["weeks"])
            return check_answered(None if left else answer["shops"], f"{left} of {WEEKS} weeks still to be lived.")
        return judge_furniture_game(answer, self.firm)

    # ---- controls --------------------------------------------------------------------------------------

    def _controls(self) -> widgets.Widget:
        wide = labelled("12em")
        all_of_them = f"all {self.firm.shops} shops"
        by_lot = f"{self.firm.shops // 2} shops, drawn by lot; the rest go on as ever"
        self._who = widgets.Dropdown(
            options=[(all_of_them, ALL), (by_lot, HALF)], description="Who gets the measures", **wide
        )
        self._plan: dict[str, Any] = {
            name: widgets.Checkbox(description=words, indent=False, layout={"width": "auto"})
            for name, words in _TICKS.items()
        }
        for name, words in _EURO.items():
            self._plan[name] = widgets.IntSlider(min=0, max=int(self.firm.budget), step=10, description=words, **wide)
        self._plan["price_change"] = widgets.IntSlider(
            min=-20, max=20, description="Price, handmade line, percent", **wide
        )
        for control in self._plan.values():
            control.observe(lambda _: self._price(), "value")
        self._cost = live()
        self._buttons = {
            "one": widgets.Button(description="Live this week"),
            "rest": widgets.Button(description="Live all weeks left like this"),
            "back": widgets.Button(description="Take back a week"),
            "again": widgets.Button(description="Start again"),
        }
        for button in self._buttons.values():
            button.layout.width = "auto"
        self._buttons["one"].on_click(lambda _: self._live(1))
        self._buttons["rest"].on_click(lambda _: self._live(WEEKS))
        self._buttons["back"].on_click(lambda _: self._go_back(1))
        self._buttons["again"].on_click(lambda _: self._go_back(WEEKS))
        self._who.observe(lambda _: self._collect(lambda: self._game(self._lived())), "value")
        self._news = live()
        self._picture, self._table, self._end = (widgets.HTML() for _ in range(3))
        row = widgets.HBox(list(self._buttons.values()), layout={"flex_flow": "row wrap"})
        parts = [self._who, *self._plan.values(), self._cost, row, self._news, self._picture, self._table, self._end]
        return widgets.VBox(parts)

    def _week(self) -> WeekPlan:
        plan: dict[str, Any] = {name: bool(self._plan[name].value) for name in _TICKS}
        plan |= {name: self._plan[name].value for name in _EURO}
        return WeekPlan(**plan, price_change=self._plan["price_change"].value / 100)

    def _lived(self) -> list[WeekPlan]:
        return [] if self._answer is None else plans_from_plain(self._answer["weeks"])

    def _game(self, weeks: Sequence[WeekPlan]) -> dict[str, Any]:
        return {"shops": self._who.value, "weeks": plans_to_plain(weeks)}

    def _live(self, weeks: int) -> None:
        lived = self._lived()
        more = [self._week()] * min(weeks, WEEKS - len(lived))
        if more:
            self._collect(lambda: self._game([*lived, *more]))

    def _go_back(self, weeks: int) -> None:
        lived = self._lived()
        if lived:
            self._collect(lambda: self._game(lived[: max(0, len(lived) - weeks)]))

    def _price(self) -> None:
        cost = self._week().cost
        over = cost - self.firm.budget
        verdict = f"✗ {over:,.0f} too many" if over > 0 else f"✓ {-over:,.0f} stay in the till"
        self._cost.value = (
            f"<p>This week would cost {cost:,.0f} of {self.firm.budget:,.0f} euro per shop: {verdict}.</p>"
        )

    # ---- what is seen ----------------------------------------------------------------------------------

    def _show(self, answer: dict[str, Any] | None) -> None:
        weeks = self._lived()
        half = answer is not None and answer["shops"] == HALF
        self._who.value = HALF if half else ALL
        if weeks:
            for name, control in self._plan.items():
                value = getattr(weeks[-1], name)
                control.value = round(100 * value) if name == "price_change" else value
        self._price()
        left = WEEKS - len(weeks)
        # Who gets it is settled once the measures have begun: a shop that changes sides proves nothing.
        self._who.disabled = bool(weeks)
        for name, button in self._buttons.items():
            button.disabled = not weeks if name in ("back", "again") else not left
        table = self._run(weeks, half)
        self._news.value = f"<p>{escape(self._news_of(weeks))}</p>"
        self._picture.value = sales_html(table, self.firm.do_nothing() if self._over(weeks) else None)
        self._table.value = weeks_table_html(table)
        self._end.value = self._end_html(weeks, table, half) if self._over(weeks) else ""

    def _over(self, weeks: Sequence[WeekPlan]) -> bool:
        return len(weeks) == WEEKS and not self._marked_later

    def _run(self, weeks: list[WeekPlan], half: bool) -> pd.DataFrame:
        if not weeks:
            table = self.firm.do_nothing(1)
            return table[table["week"] <= 0].assign(treated=True)
        return run_by_lot(self.firm, weeks) if half else self.firm.run(weeks).assign(treated=True)

    @staticmethod
    def _news_of(weeks: Sequence[WeekPlan]) -> str:
        if not weeks:
            return "Twelve weeks lie behind the firm, with poor sales. Plan week 1."
        spent = sum(week.cost for week in weeks)
        return f"{len(weeks)} of {WEEKS} weeks are lived; up to {spent:,.0f} euro per shop are spent."

    def _readings(self, weeks: list[WeekPlan], table: pd.DataFrame, half: bool) -> list[tuple[str, str]]:
        """What three ways of looking say the measures did to sales, in words and as a change."""
        readings = [("Before and after, where you acted", _change(before_after(table[table["treated"]])))]
        if half:
            effect = difference_in_differences(table)
            readings.append(("Change where you acted against change where you did not", _change(effect)))
        else:
            readings.append(("Against shops without measures", "nobody was left out, so nobody can say"))
        truth = causes_of_change(self.firm, weeks)["factor"]["measures"] - 1
        return [*readings, ("The truth, which only a simulator knows", minus(f"{truth:+.0%}"))]

    def _end_html(self, weeks: list[WeekPlan], table: pd.DataFrame, half: bool) -> str:
        return table_html(
            "Debrief: what did your measures do to sales?",
            ["How one looks", "Change of sales"],
            self._readings(weeks, table, half),
        )

    def _describe(self, answer: dict[str, Any]) -> str:
        weeks = self._lived()
        who = "half of the shops, by lot" if answer["shops"] == HALF else "all shops"
        lines = [f"Your answer: measures in {who}. {self._news_of(weeks)}"]
        lines += [
            f"Week {number}: " + (", ".join(f"{name} {value}" for name, value in week.items()) or "nothing")
            for number, week in enumerate(answer["weeks"], start=1)
        ]
        if self._over(weeks):
            half = answer["shops"] == HALF
            lines += [f"{name}: {value}" for name, value in self._readings(weeks, self._run(weeks, half), half)]
        return "\n".join(lines)


def _euro(value: float) -> str:
    return minus(f"{value:,.0f} euro")


def _change(estimate: Estimate) -> str:
    return minus(f"{estimate.value:+.0%} (95% interval {estimate.low:+.0%} to {estimate.high:+.0%})")
