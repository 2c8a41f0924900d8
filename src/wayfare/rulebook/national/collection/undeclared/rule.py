"""What an employer owes for a month that it did not declare: more than it owed for the month before, until it does.

The sum is the employer's as a whole. Nothing says what of it is whose, so it reaches no member's account; once the
employer declares, what each member is owed is counted, and the two are settled.
"""

from __future__ import annotations

from wayfare.law.declare import clause, fact, question
from wayfare.law.words import PER_10_000, half_up

LAW, REGULATION = "社会保险法", "社会保险费征缴暂行条例"

due_last_month = fact(
    "person", "fen", 0, 1_000_000_000_000,
    ask={"en": "What did the employer owe for the month before?", "zh": "该单位上月缴费额是多少？"},
)  # fmt: skip


@clause(REGULATION, article="10", level="person", rank="regulation", since="1999-01-22", until="2011-07-01",
        value="undeclared_due")  # fmt: skip
def early_undeclared_due(due_last_month, undeclared_share):
    """What is provisionally due by the regulation for a month that was not declared, rounded once."""
    return half_up(due_last_month * undeclared_share, PER_10_000)


@clause(LAW, article="62", level="person", rank="law", since="2011-07-01")
def undeclared_due(due_last_month, undeclared_share):
    """What is due by the law for a month that was not declared, rounded once."""
    return half_up(due_last_month * undeclared_share, PER_10_000)


undeclared_month = question(
    "collection.undeclared", answer="undeclared_due", values=("undeclared_due",),
    say={"en": "What does an employer owe for a month that it did not declare?",
         "zh": "单位没有申报的月份应缴多少社会保险费？"},
)  # fmt: skip
