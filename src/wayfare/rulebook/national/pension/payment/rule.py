"""How a pension is paid each month: from which month to which, and what the account and the pool each bear.

The account bears of every payment the share that the account part had of the first pension, also of what adjustments
added, until nothing is left on it; the pool bears the rest, so a pension never falls because its account is used up.
The last month is that of the death. What was paid beyond what was due is asked back; what was lacking is paid later.
"""

from __future__ import annotations

from wayfare.law.declare import clause, fact, question
from wayfare.law.words import Scale, greatest, half_up, least, month_of, when
from wayfare.rulebook.national.life.rule import ONE_MONTH
from wayfare.rulebook.national.pension.adjustment.rule import PENSION_LIMIT

INSURANCE_LAW, HANDLING = "社会保险法", "社会保险经办条例"
READING = "Wayfare: reading of 社会保险法 15"

ONE_FEN_A_MONTH = Scale(1, "fen/months")  # no share is taken of less

pension_of_month = fact(
    "person", "fen/months", 0, int(PENSION_LIMIT),
    ask={"en": "How much is your pension a month, with the adjustments so far?",
         "zh": "加上历次调整，您现在每月的养老金是多少？"},
)  # fmt: skip
balance_before_payment = fact(
    "person", "fen", 0, 1_000_000_000,
    ask={"en": "How much was left on your individual account before this month's payment?",
         "zh": "本月发放前，您的个人账户还有多少余额？"},
)  # fmt: skip
is_suspended = fact(
    "person", "truth", 0, 1, absent=0,
    ask={"en": "Is the payment of your pension suspended?", "zh": "您的养老金是否暂停发放？"},
)  # fmt: skip
paid_for_month = fact(
    "person", "fen", 0, 1_000_000_000,
    ask={"en": "How much was paid to you for this month?", "zh": "这个月已经发了您多少？"},
)  # fmt: skip


# ---- from which month to which
@clause(INSURANCE_LAW, article="16", level="person", rank="law", since="1998-01-01")
def first_payment_month(award_month):
    """The first month that is paid: that of retirement."""
    return award_month


@clause(HANDLING, article="25", level="person", rank="regulation", since="1998-01-01")
def is_payment_due(asked_month, first_payment_month, died_day):
    """Whether a pension is due for the month asked about: from the first month to that of the death, which is whole."""
    return (asked_month >= first_payment_month) & (asked_month <= month_of(died_day))


@clause(INSURANCE_LAW, article="16", level="person", rank="law", since="1998-01-01")
def payment_of_month(is_payment_due, is_suspended, pension_of_month):
    """What is paid for the month asked about."""
    return when(is_payment_due, when(is_suspended, 0, pension_of_month * ONE_MONTH), 0)


# ---- out of which money
@clause(READING, level="person", rank="practice", since="1998-01-01")
def account_share_of_month(payment_of_month, pension, account_pension):
    """What the account bears while it has money: its share of the first pension, of the whole of this payment."""
    first = greatest(least(pension, PENSION_LIMIT), ONE_FEN_A_MONTH)
    return half_up(payment_of_month * greatest(least(account_pension, first), 0), first)


@clause(INSURANCE_LAW, article="15", level="person", rank="law", since="1998-01-01")
def paid_from_account(account_share_of_month, balance_before_payment):
    """What the individual account pays: its share, and no more than is left on it."""
    return least(account_share_of_month, balance_before_payment)


@clause(INSURANCE_LAW, article="15", level="person", rank="law", since="1998-01-01")
def paid_from_pool(payment_of_month, paid_from_account):
    """What the pooled fund pays: all the rest, also the account's part once the account is used up."""
    return payment_of_month - paid_from_account


# ---- what was paid too much or too little
@clause(HANDLING, article="46", level="person", rank="regulation", since="1998-01-01")
def overpaid_for_month(payment_of_month, paid_for_month):
    """What was paid for the month beyond what was due; it is asked back, in parts where one sum is too hard."""
    return greatest(paid_for_month - payment_of_month, 0)


@clause(INSURANCE_LAW, article="16", level="person", rank="law", since="1998-01-01")
def underpaid_for_month(payment_of_month, paid_for_month):
    """What is still to be paid for the month."""
    return greatest(payment_of_month - paid_for_month, 0)


payment = question(
    "pension.payment", answer="payment_of_month",
    values=("payment_of_month", "paid_from_account", "paid_from_pool", "account_share_of_month", "is_payment_due",
            "overpaid_for_month", "underpaid_for_month"),
    say={"en": "What is paid of my pension this month, and from which money?",
         "zh": "这个月发我多少养老金，由哪里支付？"},
)  # fmt: skip
