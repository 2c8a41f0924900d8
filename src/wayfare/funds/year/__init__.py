"""The year-end of a fund: the interest of its members' accounts by the law, and the checklist behind each close."""

from wayfare.funds.year.accounts import AccountYear, Kind, Movements
from wayfare.funds.year.interest import Due, YearInterest, interest_of_year
from wayfare.funds.year.rates import YearRate, account_rule, decided_rate, given_rate

__all__ = [
    "AccountYear", "Due", "Kind", "Movements", "YearInterest", "YearRate", "account_rule", "decided_rate",
    "given_rate", "interest_of_year",
]  # fmt: skip
