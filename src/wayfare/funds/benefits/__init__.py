"""Pensions in payment: the month's payroll, what a death ends and leaves, and what is paid back by plan.

What is due and which money pays it is the law's (`pension.payment`), asked for a whole fund on columns; here it becomes
batches. What was paid stands in the books, so a month paid too little or too much is found by comparing the two.
"""

from wayfare.funds.benefits.inheritance import grant_batch, inheritance_batch
from wayfare.funds.benefits.payments import BenefitMonth, Due, due_for, split_between
from wayfare.funds.benefits.payroll import PAYABLE, Excess, LateMonth, Payroll, payroll, payroll_key, payroll_paid_batch
from wayfare.funds.benefits.recovery import (
    OverpaidMonth,
    check_instalment,
    recovery_account,
    recovery_batch,
    repayment_batch,
)

__all__ = [
    "PAYABLE",
    "BenefitMonth",
    "Due",
    "Excess",
    "LateMonth",
    "OverpaidMonth",
    "Payroll",
    "check_instalment",
    "due_for",
    "grant_batch",
    "inheritance_batch",
    "payroll",
    "payroll_key",
    "payroll_paid_batch",
    "recovery_account",
    "recovery_batch",
    "repayment_batch",
    "split_between",
]
