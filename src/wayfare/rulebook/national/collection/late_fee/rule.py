"""The late fee on contributions that an employer did not pay in time: by day, from the day on which they fell due.

It belongs to the fund. Until June 2011 the regulation of 1999 says how much; since then the law does.
"""

from __future__ import annotations

from wayfare.law.declare import clause, fact, question
from wayfare.law.words import PER_10_000, half_up

LAW, REGULATION = "社会保险法", "社会保险费征缴暂行条例"

overdue_amount = fact(
    "person", "fen", 0, 1_000_000_000_000,
    ask={"en": "What part of the contributions was not paid in time?", "zh": "有多少社会保险费没有按时缴纳？"},
)  # fmt: skip
overdue_days = fact(
    "person", "days", 0, 40_000,
    ask={"en": "How many days after the last day for paying was it paid?", "zh": "从欠缴之日起到缴清共多少天？"},
)  # fmt: skip


@clause(REGULATION, article="13", level="person", rank="regulation", since="1999-01-22", until="2011-07-01",
        value="late_fee")  # fmt: skip
def early_late_fee(overdue_amount, overdue_days, late_fee_rate):
    """The late fee by the regulation: a share of what is overdue for each day, rounded once."""
    return half_up(overdue_amount * late_fee_rate * overdue_days, PER_10_000)


@clause(LAW, article="86", level="person", rank="law", since="2011-07-01")
def late_fee(overdue_amount, overdue_days, late_fee_rate):
    """The late fee by the law: a share of what is overdue for each day from the day it fell due, rounded once."""
    return half_up(overdue_amount * late_fee_rate * overdue_days, PER_10_000)


late_fee_of_an_employer = question(
    "collection.late_fee", answer="late_fee", values=("late_fee",),
    say={"en": "What late fee is due on contributions paid too late?", "zh": "逾期缴纳社会保险费要加收多少滞纳金？"},
)  # fmt: skip
