"""The month of a fund's office: its records, what every member owes and is credited, and what employers still owe.

The shares are those that `wayfare ask` finds, by the same clauses on columns; nothing here knows a database.
"""

from wayfare.funds.month.assess import Assessed, Assessor, Members, Undecided, current_members
from wayfare.funds.month.batch import (
    contribution_batch,
    late_fee_batch,
    matching_batch,
    payment_batch,
    unmatching_batch,
)
from wayfare.funds.month.dues import Arrears, Charge, Fee, Payer, Payment, Settled, Standing, settle
from wayfare.funds.month.records import KINDS, Kind, Problem, Record, read_records
from wayfare.funds.month.run import Differing, Due, Employer, MonthRun, NotAssessed, Undeclared

__all__ = [
    "KINDS",
    "Arrears",
    "Assessed",
    "Assessor",
    "Charge",
    "Differing",
    "Due",
    "Employer",
    "Fee",
    "Kind",
    "Members",
    "MonthRun",
    "NotAssessed",
    "Payer",
    "Payment",
    "Problem",
    "Record",
    "Settled",
    "Standing",
    "Undecided",
    "Undeclared",
    "contribution_batch",
    "current_members",
    "late_fee_batch",
    "matching_batch",
    "payment_batch",
    "read_records",
    "settle",
    "unmatching_batch",
]
