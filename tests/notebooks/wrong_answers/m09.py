"""Wrong answers to the assignment of m09, with the points and the message that each deserves."""

from tests.notebooks.wrong_answers import WrongAnswer

# --- question 1: one point, a sixth of it for each of six ----------------------------------------------------------

STAGES = {
    "Towns": "measurement and optimisation", "Page": "experience design", "Answers": "insight",
    "Desk": "experience delivery", "Leaving": "segmentation", "Visits": "journey mapping",
}  # fmt: skip

Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer(
        "q1", "drawn is delivered", {"stage": STAGES | {"Page": "experience delivery"}}, 0.83, "The page is only drawn"
    ),
    WrongAnswer(
        "q1", "to compare is to find out", {"stage": STAGES | {"Towns": "insight"}}, 0.83, "New questions go to insight"
    ),
    # Two of six.
    WrongAnswer(
        "q1", "group and way mixed up",
        {"stage": STAGES | {"Visits": "segmentation", "Leaving": "journey mapping"}}, 0.67,
        "What is drawn is their way",
    ),
]  # fmt: skip

# --- question 2: two points, 0.4 for each of five numbers and words ------------------------------------------------

INSIGHT = """
clean = cx.clean_ratings(survey)
csat_low = cx.csat(clean["csat"]).low
nps_now = cx.nps(clean["recommend"]).value
last_year = cx.NPSCounts(detractors=15, passives=12, promoters=33)
change = cx.nps_difference(cx.nps_counts(clean["recommend"]), last_year)
change_low, change_high = change.low, change.high
fell = "cannot tell"
"""

Q2 = [
    WrongAnswer("q2", "not written", "", 0, "Your notebook does not have this yet"),
    # Right: the word alone. Off-scale ratings would stop cx.csat, so only they are dropped.
    WrongAnswer(
        "q2", "not cleaned",
        INSIGHT.replace("cx.clean_ratings(survey)", "survey").replace(
            'cx.csat(clean["csat"])', 'cx.csat(clean["csat"].where(clean["csat"] <= 5))'
        ), 0.4, "The survey has not been cleaned",
    ),
    WrongAnswer(
        "q2", "staff tests kept", INSIGHT.replace("(survey)", '(survey, tests="keep")'), 0.4,
        "tests are still in, and they",
    ),
    WrongAnswer(
        "q2", "the first word counts", INSIGHT.replace("(survey)", '(survey, doubles="keep the first")'), 0.4,
        "You kept the first row of customers",
    ),
    WrongAnswer(
        "q2", "a score for its lower end", INSIGHT.replace('clean["csat"]).low', 'clean["csat"]).value'), 1.6,
        "How low might it be",
    ),
    WrongAnswer(
        "q2", "the top box alone", INSIGHT.replace('cx.csat(clean["csat"])', 'cx.csat(clean["csat"], top=1)'), 1.6,
        "This is the top box alone",
    ),
    WrongAnswer("q2", "an NPS from -1 to 1", INSIGHT.replace(".value", ".value / 100"), 1.6, "runs from −1 to 1"),
    # Both ends are wrong, and the word that follows from them is still right: 0 lies between.
    WrongAnswer(
        "q2", "last year minus this year",
        INSIGHT.replace("nps_difference(", "nps_difference(*reversed((").replace("last_year)\n", "last_year)))\n"),
        1.2, "Then a fall looks like a rise",
    ),
    WrongAnswer(
        "q2", "chance taken for change", INSIGHT.replace("cannot tell", "yes"), 1.6,
        "The interval of the change includes 0",
    ),
    WrongAnswer("q2", "not shown taken for not so", INSIGHT.replace("cannot tell", "no"), 1.6, "A large fall is quite"),
    WrongAnswer(
        "q2", "the interval of this year", INSIGHT.replace("change = ", 'change = cx.nps(clean["recommend"]) #'), 1.2,
        "not of the change",
    ),
]  # fmt: skip

# --- question 3: two points, an eighth for each of three tables and five numbers ------------------------------------

WAITED = """
def waited(orders):
    return orders.sort_values("date").groupby("customer_id")["days_late"].last() > 0
"""
NUMBERS = """
table = cx.rfm(orders, as_of="2026-11-01")
segments = cx.segments_by_cuts(table, recent_days=60, frequent_orders=4, high_spend=100)
profile = cx.segment_profile(table, segments)
at_risk, share_at_risk = profile.loc["At risk", "customers"], profile.loc["At risk", "share_of_revenue"]
in_vain = waited(orders).groupby(segments, observed=False).mean()
waited_at_risk, waited_champions = in_vain["At risk"], in_vain["Champions"]
late_now = (orders.loc[orders["date"] >= "2026-08-01", "days_late"] > 0).mean()
"""
EVER = WAITED.replace(".last() > 0", ".max() > 0")
FIRST = WAITED.replace(".last()", ".first()")

Q3 = [
    WrongAnswer("q3", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer(
        "q3", "printed", WAITED.replace("return orders", "print(len(orders)); x = orders"), 0, "print only shows"
    ),
    # at_risk, share_at_risk and late_now do not go through the function.
    WrongAnswer("q3", "ever late", EVER + NUMBERS, 0.75, "Whoever orders often has waited once"),
    WrongAnswer("q3", "the first order", FIRST + NUMBERS, 0.75, "You took the first order of each customer"),
    # Hidden orders that come in order of time are right, and so are those of the firm.
    WrongAnswer(
        "q3", "rows as they stand", WAITED.replace('.sort_values("date")', "") + NUMBERS, 1.5,
        "You took the row that stands",
    ),
    WrongAnswer("q3", "days in place of a yes", WAITED.replace(" > 0", "") + NUMBERS.replace(
        "waited(orders)", "(waited(orders) > 0)"), 1.25, "Give True or False"),
    WrongAnswer(
        "q3", "orders in place of customers",
        WAITED + NUMBERS.replace(
            "waited(orders).groupby(segments, observed=False)",
            "(orders['days_late'] > 0).groupby(orders['customer_id'].map(segments), observed=False)",
        ), 1.5, "This is the share of all their orders",
    ),
    WrongAnswer(
        "q3", "of the customers", WAITED + NUMBERS.replace("share_of_revenue", "share_of_customers"), 1.75,
        "Take that of the revenue",
    ),
    WrongAnswer(
        "q3", "the whole year", WAITED + NUMBERS.replace("2026-08-01", "2025-01-01"), 1.75,
        "This is the share of the whole",
    ),
    WrongAnswer(
        "q3", "the segments swapped",
        WAITED + NUMBERS.replace("waited_at_risk, waited_champions =", "waited_champions, waited_at_risk ="), 1.5,
        "The two segments are swapped",
    ),
]  # fmt: skip

# --- question 4: a third of two points for each part ----------------------------------------------------------------

FOUND = {"step": "day", "segment": "subscriber", "week": "2026-09-28"}

Q4 = [
    WrongAnswer("q4", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q4", "the largest drop-off", FOUND | {"step": "teas"}, 1.33, "People look and leave; nothing broke"),
    WrongAnswer(
        "q4", "a difference taken for a fault", {"step": "pay", "segment": "phone", "week": "2026-08-31"}, 0,
        "Phones have trouble at the payment",
    ),
    WrongAnswer("q4", "a week late", FOUND | {"week": "2026-10-05"}, 1.33, "It had begun before that"),
    WrongAnswer("q4", "a week early", FOUND | {"week": "2026-09-21"}, 1.33, "In that week they still found a day"),
]  # fmt: skip

# --- question 5: a sixth of two points for each of six --------------------------------------------------------------

PAGE = """
seconds_saved = cx.klm("M P K P K R(2) M P K P K", k=0.28) - cx.klm("M P K", k=0.28)
found = cx.tree_test(tree["path"], "Delivery day").success.value
today, new = (tests[tests["design"] == design] for design in ("today", "new"))
done_today = today["completed"].mean()
new_low = cx.completion_rate(new["completed"]).low
grade_new = cx.sus_grade(cx.sus(new[[f"q{item}" for item in range(1, 11)]]))
contrast = cx.contrast_ratio("white", "#6f9b6f")
"""

Q5 = [
    WrongAnswer("q5", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q5", "no waiting", PAGE.replace(" R(2)", ""), 1.67, "R(2) waits for the system"),
    WrongAnswer(
        "q5", "time of today's page", PAGE.replace(' - cx.klm("M P K", k=0.28)', ""), 1.67, "does the new one save"
    ),
    WrongAnswer("q5", "another typist", PAGE.replace(", k=0.28", ""), 1.67, "A keystroke takes 0.28 seconds here"),
    WrongAnswer(
        "q5", "directness for success", PAGE.replace(".success.", ".directness."), 1.67,
        "whoever never went back, right",
    ),
    WrongAnswer("q5",
    "the rate for its lower end", PAGE.replace('new["completed"]).low', 'new["completed"]).value'), 1.67,
                "it could be much lower"),
    WrongAnswer(
        "q5", "both designs together",
        PAGE.replace("today, new = (tests[tests[\"design\"] == design] for design in (\"today\", \"new\"))",
        "today = new = tests"),
        1, "Take the new one alone",
    ),
    # The share of today, and the interval and the grade of the new design.
    WrongAnswer("q5", "designs swapped", PAGE.replace("today, new = (", "new, today = ("), 1, "Take the new one."),
    WrongAnswer("q5", "the wrong letters", PAGE.replace('"white"', '"black"'), 1.67, "The letters are white"),
]  # fmt: skip

# --- question 6: two points, 0.4 for each of five -------------------------------------------------------------------

DESK = """
parcel = contacts[contacts["topic"] == "where is my parcel"]
ticked_parcel = parcel["ticked_solved"].mean()
solved_parcel = cx.first_contact_resolution(parcel, days=7).value
staff_now, staff_then = (
    cx.staffing(count, period=3600, aht=300, target=20, service_level=0.8, shrinkage=0.25).staff for count in (60, 45)
)
agreement = cx.cohen_kappa(calls["first_leader"], calls["second_leader"]).value
"""

Q6 = [
    WrongAnswer("q6", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer(
        "q6", "the tick believed",
        DESK.replace("cx.first_contact_resolution(parcel, days=7).value", "ticked_parcel"), 1.6,
        "Did the customers come back",
    ),
    WrongAnswer(
        "q6", "all topics", DESK.replace('[contacts["topic"] == "where is my parcel"]', ""), 1.2,
        "of all topics",
    ),
    WrongAnswer("q6", "two weeks", DESK.replace("days=7", "days=14"), 1.6, "This is a window of 14 days"),
    WrongAnswer(
        "q6", "who answers for who is employed", DESK.replace(".staff for", ".agents for"), 1.2,
        "So many must answer",
    ),
    WrongAnswer("q6", "a quarter fewer people", DESK + "staff_then = 9\n", 1.6, "is not a quarter of the people"),
    WrongAnswer(
        "q6", "a quarter is left", DESK.replace("(60, 45)", "(60, 15)"), 1.6,
        "Here a quarter of the calls is left",
    ),
    WrongAnswer(
        "q6", "agreement by chance", DESK.replace("cohen_kappa", "percent_agreement"), 1.6,
        "so chance alone brings much of that",
    ),
]  # fmt: skip

# --- question 7: two points, half a point for each of four ----------------------------------------------------------

DRIVERS = """
shares = cx.driver_shares(ratings, "satisfaction", aspects)
by_correlation, by_share = shares["correlation"].idxmax(), shares["lmg"].idxmax()
quadrants = cx.importance_performance(ratings, "satisfaction", aspects)["quadrant"].to_dict()
per_group = 93
"""
ASPECTS = 'aspects = ["punctual", "taste", "packaging", "website", "help"]\n'

Q7 = [
    WrongAnswer("q7", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer(
        "q7", "the halo believed", ASPECTS + DRIVERS + "by_share = by_correlation\n", 1.5,
        "The shares divide what they have",
    ),
    # One of five quadrants: a tenth of a point.
    WrongAnswer(
        "q7", "the lowest rating first", ASPECTS + DRIVERS + "quadrants |= {'website': 'Concentrate here'}\n", 1.9,
        "The lowest rating alone is no reason",
    ),
    WrongAnswer(
        "q7", "lowest by ratings", ASPECTS + DRIVERS + "by_correlation = ratings.mean().idxmin()\n", 1.5,
        "It is rated lowest, but that is not the question",
    ),
    WrongAnswer("q7", "rounded down", ASPECTS + DRIVERS.replace("93", "92"), 1.5, "Round up: with 92"),
    WrongAnswer("q7", "both groups together", ASPECTS + DRIVERS.replace("93", "186"), 1.5, "The question is for each"),
    WrongAnswer(
        "q7", "no whole number", ASPECTS + DRIVERS.replace("93", "92.69608121266198"), 1.5,
        "no part of a visit",
    ),
]  # fmt: skip

# --- question 8: three points, a sixth each for three tables and three numbers ---------------------------------------

WORTH = """
def worth(subscriptions, as_of, margin):
    survivors = cx.retention_table(subscriptions, as_of=as_of)
    survival = cx.retention_by_age(survivors)["survival"].loc[:12]
    return cx.survival_clv(margin, [1, *survival], 0.01)
"""
CAUSE = """
value = {first: worth(part, "2026-10-31", 7) for first, part in subscriptions.groupby("first_parcel")}
lost = value["on time"] - value["late"]
claimed = before_after(weeks[weeks["courier"]]).value
effect = difference_in_differences(weeks, treated="courier").value
"""

Q8 = [
    WrongAnswer("q8", "not written", "", 0, "Your notebook does not have this yet"),
    WrongAnswer("q8", "printed", WORTH.replace("return ", "print(") + ")", 0, "print only shows"),
    # The difference of the two values is a little off as well.
    WrongAnswer("q8", "not discounted", WORTH.replace("0.01", "0.0") + CAUSE, 1, "Later money is worth less"),
    # What all pay at the start cancels in the difference.
    WrongAnswer(
        "q8", "a payment at the start", WORTH.replace("0.01)", '0.01, first_payment="now")') + CAUSE, 1.5,
        "You counted a payment at the start",
    ),
    WrongAnswer("q8", "eleven months", WORTH.replace(":12", ":11") + CAUSE, 1, "Month 12 is missing"),
    # In the last table nobody is left by then.
    WrongAnswer("q8", "on and on", WORTH.replace(":12", ":13") + CAUSE, 1.5, "You went on after month 12"),
    WrongAnswer(
        "q8", "the salesman believed", WORTH + CAUSE + "effect = claimed\n", 2.5,
        "This is the salesman's rise",
    ),
    WrongAnswer(
        "q8", "percents taken away",
        WORTH + CAUSE + "effect = claimed - before_after(weeks[~weeks['courier']]).value\n",
        2.5, "You took one rise away from the other",
    ),
    WrongAnswer(
        "q8", "the weeks after alone",
        WORTH + CAUSE + "after = weeks[weeks['week'] > 0].groupby('courier')['revenue'].mean()\n"
        "effect = after[True] / after[False] - 1\n", 2.5, "They were not equally large before",
    ),
    WrongAnswer(
        "q8", "all shops are his", WORTH + CAUSE.replace('weeks[weeks["courier"]]', "weeks"), 2.5,
        "The salesman shows his ten",
    ),
    WrongAnswer(
        "q8", "the late alone", WORTH + CAUSE + "lost = value['late']\n", 2.5,
        "with a late first parcel is worth",
    ),
]  # fmt: skip

# --- question 9: two points, 0.8 for the form and 0.4 for each of three rows ------------------------------------------


def row(objective: str, measure: str, now: float, target: float, owner: str, budget: float, **more: str) -> dict:
    """A row of the page, sound in form."""
    kept = {
        "by": "2027-06-30",
        "guard": "complaints per hundred orders",
        "ethics": "Nobody is named, and none is paid by it.",
    }
    return {
        "objective": objective, "measure": measure, "now": now, "target": target, "owner": owner, "budget": budget,
        **kept, **more,
    }  # fmt: skip


STRATEGY = {
    "understanding": row("Everybody at Teasel hears customers once a month",
    "colleagues who sat beside the desk", 2, 30,
                         "Katrin, head of customer experience", 2000),
    "objectives": row("Parcels come on the day that was promised", "late orders, in percent", 23.4, 12,
                      "Ivo, head of dispatch", 20000),
    "support from the top": row("The board begins with late parcels, then sales", "meetings that did", 0, 6,
                                "Ruta, chief executive", 0),
    "feedback analysis": row("Whoever asks for a parcel asks only once", "questions settled the first time, in percent",
                             61.6, 75, "Pim, head of the desk", 8000),
    "digital tools": row("Customers change the day by themselves", "who completes it in a test, in percent", 50, 80,
                         "Milan, web developer", 9000),
}  # fmt: skip


def strategy(**changes: dict) -> dict:
    """The page above, with some fields of some rows changed; an underscore stands for a blank."""
    page = {need: dict(fields) for need, fields in STRATEGY.items()}
    for need, fields in changes.items():
        page[need.replace("_", " ")] |= fields
    return page


Q9 = [
    WrongAnswer("q9", "not answered", None, 0, "There is no saved answer yet"),
    # The page as a whole is one of six parts of its form: 0.8 × 5.5 / 6 + 1.2, for one finding costs half of it.
    WrongAnswer(
        "q9", "too dear", strategy(objectives={"budget": 60000}), 1.93, "A plan that cannot be paid is not carried out"
    ),
    WrongAnswer(
        "q9", "everybody is in charge", strategy(digital_tools={"owner": "everybody"}), 1.93,
        "What everybody owns, nobody does",
    ),
    WrongAnswer(
        "q9", "the tick believed", strategy(feedback_analysis={"now": 93.2, "target": 98}), 1.8,
        "not what agents ticked",
    ),
    # Each of the three rows loses the half for now.
    WrongAnswer(
        "q9", "shares for percent",
        strategy(objectives={"now": 0.234, "target": 0.1}, feedback_analysis={"now": 0.616, "target": 0.8},
                 digital_tools={"now": 0.5, "target": 0.9}),
        1.4, "Now is a share here. Write percent",
    ),
    WrongAnswer(
        "q9", "more late parcels", strategy(objectives={"target": 30}), 1.8, "The target must be lower than now"
    ),
    WrongAnswer(
        "q9", "more than all", strategy(digital_tools={"target": 120}), 1.8, "must be higher than now, and at most 100"
    ),
    # One row of six parts is empty, and one row of three earns nothing: 0.8 × 5 / 6 + 0.8.
    WrongAnswer(
        "q9", "a row is left out", {need: fields for need, fields in STRATEGY.items() if need != "digital tools"}, 1.47,
        "Still empty: digital tools",
    ),
]  # fmt: skip

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7, *Q8, *Q9]
