"""A bank of plausible wrong answers to the assignment of m03."""

from tests.notebooks.wrong_answers import WrongAnswer

__all__ = ["WRONG_ANSWERS"]

# --- question 1 -------------------------------------------------------------------------------------------------

Q1 = [
    WrongAnswer("q1", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer(
        "q1", "clusters taken for the truth",
        "By clustering, because it finds the true groups, and nobody can argue with those.",
        0, "k-means returns k groups from any data",
    ),
    WrongAnswer(
        "q1", "rules taken for one number",
        "By clustering, because a rule can look at one number only.",
        0, "A rule may use as many numbers as you like",
    ),
    WrongAnswer(
        "q1", "rules and clusters taken for the same",
        "Either will do: on the same orders both give the same groups.",
        0, "The two agree only by luck",
    ),
]  # fmt: skip

# --- question 2: half a point each for December's total, orders_left, best_fifth and recency_1522 ------------------

DROP = "kept = orders.drop_duplicates().dropna(subset='customer_id')\n"
NET = """
kept = kept.groupby('order_id', as_index=False).agg(
    customer_id=('customer_id', 'first'), date=('date', 'min'), amount=('amount', 'sum'))
clean = kept[kept['amount'] > 0]
"""
COUNT = """
orders_left = len(clean)
spent = clean.groupby('customer_id')['amount'].sum().sort_values(ascending=False)
best_fifth = spent.head(160).sum() / spent.sum()
recency_1522 = (pd.Timestamp('2026-01-01') - clean.loc[clean['customer_id'] == 1522, 'date'].max()).days
"""
RIGHT_2 = DROP + NET + COUNT

Q2 = [
    # The share of the best fifth hardly feels the rows that should have gone; the three other numbers do.
    WrongAnswer("q2", "nothing cleaned", "clean = orders\n" + COUNT, 0.5, "This is the whole file"),
    # Doubled rows have the same order number, so taking refunds off merges them: only their money is too much.
    WrongAnswer(
        "q2", "double rows kept", RIGHT_2.replace(".drop_duplicates()", ""), 1.5, "exported twice are still in"
    ),
    # Six orders too many, and their money in December; they have no customer, so no customer's number changes.
    WrongAnswer(
        "q2", "market stall kept",
        RIGHT_2.replace(".dropna(subset='customer_id')", ""), 1, "The six sales at the market",
    ),
    # Eight cancelled orders stay, one of them the last of customer 1522: only the share is right.
    WrongAnswer(
        "q2", "refunds dropped", DROP + "clean = kept[kept['amount'] > 0]\n" + COUNT, 0.5, "You dropped the refunds"
    ),
    # The refund of 13 December counts as an order of customer 1522 as well.
    WrongAnswer("q2", "refunds kept as orders", DROP + "clean = kept\n" + COUNT, 0.5, "Refunds are no orders"),
    # Fifty-one honest orders are gone, one of them in December.
    WrongAnswer(
        "q2", "order number ignored",
        RIGHT_2.replace("drop_duplicates()", "drop_duplicates(['customer_id', 'date', 'amount'])"),
        1, "Their order numbers differ",
    ),
    # November's orders that were paid back in part turn up in December's total.
    WrongAnswer("q2", "day of the refund", RIGHT_2.replace("'min'", "'max'"), 1.5, "moved to the day of their refund"),
    WrongAnswer("q2", "one day short", RIGHT_2.replace("2026-01-01", "2025-12-31"), 1.5, "One day short"),
    WrongAnswer("q2", "share in percent", RIGHT_2 + "best_fifth *= 100", 1.5, "at least 0.2 and at most 1"),
    WrongAnswer(
        "q2", "fifth of the orders",
        RIGHT_2 + "best_fifth = clean['amount'].nlargest(len(clean) // 5).sum() / clean['amount'].sum()",
        1.5, "the share of the largest orders",
    ),
    WrongAnswer(
        "q2", "fifth that orders most often",
        RIGHT_2 + "often = clean['customer_id'].value_counts().head(160).index\n"
        "best_fifth = spent[often].sum() / spent.sum()",
        1.5, "those who order most often",
    ),
    WrongAnswer("q2", "text for a number", RIGHT_2 + "orders_left = '4166 orders'", 1.5, "and yours is a text"),
    WrongAnswer(
        "q2", "duration for a number",
        RIGHT_2 + "recency_1522 = pd.Timedelta(days=98)",
        1.5, "Your notebook gave something that cannot be an answer",
    ),
    WrongAnswer(
        "q2", "not answered", "clean = orders_left = best_fifth = recency_1522 = None", 0, "There is no answer here yet"
    ),
]  # fmt: skip

# --- question 3: a point each for the example, another shop, later orders, one customer; a third of it per column ----

BY_HAND = """
def rfm_by_hand(orders, as_of):
    counted = orders[orders['date'] <= as_of]
    table = counted.groupby('customer_id').agg(
        recency=('date', 'max'), frequency=('date', 'size'), monetary=('amount', 'sum'))
    table['recency'] = (as_of - table['recency']).dt.days
    return table
"""
ALL_BUT_ONE_COLUMN = 2.67  # two of three columns in all four parts: 4 × 2/3

Q3 = [
    WrongAnswer(
        "q3", "recency from the first order",
        BY_HAND.replace("'max'", "'min'"), ALL_BUT_ONE_COLUMN, "You counted from the first order",
    ),
    WrongAnswer(
        "q3", "as_of off by one", BY_HAND.replace(".dt.days", ".dt.days + 1"), ALL_BUT_ONE_COLUMN, "One day too many"
    ),
    WrongAnswer(
        "q3", "days below zero",
        BY_HAND.replace("as_of - table['recency']", "table['recency'] - as_of"),
        ALL_BUT_ONE_COLUMN, "Your days are negative",
    ),
    WrongAnswer(
        "q3", "mean for total",
        BY_HAND.replace("'sum'", "'mean'"), ALL_BUT_ONE_COLUMN, "You took the mean of the orders",
    ),
    WrongAnswer(
        "q3", "repeat orders only",
        BY_HAND.replace("return table", "table['frequency'] -= 1\n    return table"),
        ALL_BUT_ONE_COLUMN, "You counted repeat orders",
    ),
    # The example has no two orders on one day; the three hidden tables have: 1 + 3 × 2/3.
    WrongAnswer("q3", "days for orders", BY_HAND.replace("'size'", "'nunique'"), 3, "You counted days"),
    # All three columns of the table with later orders are wrong, the other tables have none.
    WrongAnswer(
        "q3", "later orders counted",
        BY_HAND.replace("orders[orders['date'] <= as_of]", "orders"), 3, "You counted orders after as_of",
    ),
    # The library's function refuses orders after as_of.
    WrongAnswer(
        "q3", "library called",
        "def rfm_by_hand(orders, as_of):\n    return cx.rfm(orders, as_of=as_of)",
        3, "Orders after as_of do not count: ○ Not answered yet. Your code stopped with an error",
    ),
    WrongAnswer(
        "q3", "customer left as a column",
        BY_HAND.replace("return table", "return table.reset_index()"), 0, "one for each customer_id",
    ),
    WrongAnswer(
        "q3", "list for a table",
        BY_HAND.replace("return table", "return table.to_dict('records')"), 0, "yours is a list",
    ),
    WrongAnswer("q3", "printed, not returned", BY_HAND.replace("return table", "print(table)"), 0, "print only shows"),
    WrongAnswer("q3", "not written", "", 0, "Your notebook does not have this yet"),
]  # fmt: skip

# --- question 4: 0.4 points each for the example, all different, many ties, low is good, all equal -------------------

SCORE = """
def score(values, higher_is_better=True):
    classes = 1 + sum((values > edge).astype(int) for edge in values.quantile([0.2, 0.4, 0.6, 0.8]))
    return classes if higher_is_better else 6 - classes
"""


def scored(classes: str) -> str:
    """A score function from an expression for the classes, as students find them on the web."""
    return (
        "def score(values, higher_is_better=True):\n"
        f"    classes = {classes}\n"
        "    return classes if higher_is_better else 6 - classes\n"
    )


Q4 = [
    # Only where no value lies on an edge does the direction of ties not matter: all different, low is good.
    WrongAnswer("q4", "ties up", SCORE.replace("values > edge", "values >= edge"), 0.8, "Ties went up"),
    WrongAnswer(
        "q4", "best is 1", SCORE.replace("classes if", "6 - classes if").replace("else 6 - classes", "else classes"),
        0, "The example: ✗ Not yet. Column 'score' is not right. The scores run the wrong way",
    ),
    WrongAnswer(
        "q4", "direction ignored", SCORE.replace("classes if higher_is_better else 6 - classes", "classes"),
        1.6, "Low values are good: ✗ Not yet. Column 'score' is not right. The scores run the wrong way",
    ),
    # Evenly spread values, as in the example, fall into the same classes either way.
    WrongAnswer("q4", "equal widths", scored("pd.cut(values, 5, labels=False) + 1"), 0.4, "five equal widths"),
    WrongAnswer(
        "q4", "ties broken by position", scored("pd.qcut(values.rank(method='first'), 5, labels=False) + 1"),
        1.2, "Customers with equal values got different scores",
    ),
    # qcut sends ties down as well, but stops when two edges coincide.
    WrongAnswer(
        "q4", "qcut", scored("pd.qcut(values, 5, labels=False) + 1"),
        1.2, "Many customers share a value: ○ Not answered yet. Your code stopped with an error",
    ),
    WrongAnswer(
        "q4", "printed, not returned",
        SCORE.replace("return classes", "scores = classes") + "    print(scores)\n", 0, "print only shows",
    ),
]  # fmt: skip

# --- question 5: a point each for size, worth and patience -----------------------------------------------------------


def cuts(recent_days: int, frequent_orders: int, high_spend: int) -> dict[str, int]:
    return {"recent_days": recent_days, "frequent_orders": frequent_orders, "high_spend": high_spend}


Q5 = [
    WrongAnswer("q5", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q5", "sliders at the start", cuts(30, 2, 50), 1, "come within 30 days"),
    WrongAnswer("q5", "impatient", cuts(60, 6, 300), 2, "They are simply not due yet"),
    WrongAnswer("q5", "more parcels than money", cuts(90, 2, 200), 2, "more than 80"),
    WrongAnswer("q5", "waits until they are gone", cuts(260, 4, 200), 2, "customers whom the shop would miss"),
]

# --- question 6: a point for k and one for the reason -----------------------------------------------------------------

SILHOUETTE = "Its silhouette is the highest, so these are the real groups."
STABLE = "Its groups come back in every sample, and splitting further gives groups that do not."

Q6 = [
    WrongAnswer("q6", "not answered", None, 0, "no saved answer yet"),
    WrongAnswer(
        "q6", "highest silhouette", {"k": 2, "reason": SILHOUETTE}, 0, "The highest silhouette belongs to k = 2"
    ),
    WrongAnswer(
        "q6", "the more the better",
        {"k": 6, "reason": "More clusters describe the customers more exactly."}, 0, "That is true of every k",
    ),
    WrongAnswer(
        "q6", "as many as the rules gave",
        {"k": 4, "reason": "It has the same number as the segments that the rules gave."},
        1, "Nothing says that their numbers should agree",
    ),
    WrongAnswer("q6", "one split short", {"k": 3, "reason": STABLE}, 1, "still mixes newcomers"),
    WrongAnswer("q6", "no reason", {"k": 4, "reason": None}, 1, "Reason: ○ Not answered yet"),
]  # fmt: skip

# --- question 7: a fifth of 2 points each for three numbers, the claims, and name with need ---------------------------

SUPPORTED, CONTRADICTED, UNKNOWN = "the data support it", "the data contradict it", "the data cannot tell"
VERDICTS = {
    "Has ordered in the last three months.": CONTRADICTED,
    "Has ordered more often than the typical customer of the shop.": SUPPORTED,
    "This group brings more of the revenue than of the customers.": SUPPORTED,
    "Likes dark roasts best.": UNKNOWN,
    "Went quiet because the prices rose.": UNKNOWN,
}
CARD = {
    "segment": "Must not lose", "name": "Tom", "need": "Does he still drink coffee at home?",
    "recency": 267, "frequency": 9, "monetary": 331.9, "claims": VERDICTS,
}  # fmt: skip

Q7 = [
    WrongAnswer("q7", "not answered", None, 0, "There is no saved answer yet"),
    WrongAnswer("q7", "no segment", CARD | {"segment": None}, 0, "Choose the segment that the card speaks of"),
    # Three of five verdicts: 2 × (4 + 3/5) / 5.
    WrongAnswer(
        "q7", "claims beyond the data",
        CARD | {"claims": VERDICTS | {claim: SUPPORTED for claim, verdict in VERDICTS.items() if verdict == UNKNOWN}},
        1.84, "Which coffee was in the bag is not in them",
    ),
    WrongAnswer(
        "q7", "numbers of all customers", CARD | {"recency": 100, "frequency": 2, "monetary": 87.7},
        0.8, "Read the median in the segment's row",
    ),
    WrongAnswer("q7", "no need", CARD | {"need": ""}, 1.6, "the need a sentence of its own"),
]  # fmt: skip

# --- question 8: a point for the messages and one for the consents, a fifth of it for each customer -------------------

AGREED = "yes, they said yes to this"
HURRY = "Last chance! 20 % off until midnight. By e-mail, urgent."
MESSAGES = {
    "Ida": "Taste the new harvest a week before everyone else. By e-mail, for someone who knows coffee.",
    "Bram": "We still know your roast, and a fresh bag of it is on us. A card by hand, personal.",
    "Chiara": "Three ways to get more out of your first bag. By e-mail, helpful.",
    "Deniz": "No message.",
    "Elif": "Three kilos each month on a fixed day would save you the weekly order. By e-mail, matter-of-fact.",
}
CONSENTS = {
    "Ida": AGREED,
    "Bram": "yes, by post, saying how to stop",
    "Chiara": AGREED,
    "Deniz": "no, they said stop",
    "Elif": "ask first: nobody said yes to this",
}
RIGHT_8 = {"message": MESSAGES, "consent": CONSENTS}

Q8 = [
    WrongAnswer("q8", "not answered", None, 0, "no saved answer yet"),
    # Only Ida and Chiara said yes: 1 + 2/5.
    WrongAnswer(
        "q8", "consent assumed", RIGHT_8 | {"consent": dict.fromkeys(CONSENTS, AGREED)},
        1.4, "A box ticked beforehand is not a yes",
    ),
    WrongAnswer(
        "q8", "a discount for everybody", RIGHT_8 | {"message": dict.fromkeys(MESSAGES, HURRY)},
        1, "A discount teaches her to wait",
    ),
    # Two of five in both columns.
    WrongAnswer(
        "q8", "half done",
        {column: {who: right[who] for who in ("Ida", "Bram")} for column, right in RIGHT_8.items()},
        0.8, "3 items still without an answer",
    ),
]  # fmt: skip

WRONG_ANSWERS = [*Q1, *Q2, *Q3, *Q4, *Q5, *Q6, *Q7, *Q8]
