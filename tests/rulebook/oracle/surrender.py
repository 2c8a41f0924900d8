"""What a surrender before 2010 paid out and cost, from the page on ending a relation and the rules on interest."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from rulebook.oracle.account import FIRST
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import half_up, january
from rulebook.oracle.record import Paid

SETTLED_RATE = 2004


@once
def surrendered(asked: Asked) -> list[tuple[str, Paid]]:
    """The months that a surrender took away, each once, with its day."""
    found: dict[int, tuple[str, Paid]] = {}
    ended = [x for x in asked.record.pensions if asked.record.is_surrendered(x)]
    reports = [(item["surrendered"], paid) for item in ended for paid in asked.record.months_of(item)]
    for day, paid in sorted(reports, key=lambda report: report[1].rank):
        found.setdefault(paid.month, (day, paid))
    return list(found.values())


def surrendered_months(asked: Asked) -> int:
    return len(surrendered(asked))


def own_rate(asked: Asked, paid: Paid) -> Fraction | int:
    """The person's own part: an employee's rate of the year; all that is credited to who pays alone."""
    year = paid.month // 12
    if paid.basis == "flexible":
        return asked.figure("account_credit_rate", on=date(year, 1, 1), place=paid.place)
    name = "early_employee_rate" if year < SETTLED_RATE else "employee_rate"
    return asked.figure(name, on=date(year, 1, 1), place=paid.place)


def paid_out(asked: Asked, province: str, day: str) -> int:
    """The own part with the account's interest up to the month of the surrender, rounded once a year."""
    months = [p for at, p in surrendered(asked) if (p.province, at) == (province, day) and p.carries_money]
    until = january(int(day[:4])) + int(day[5:7]) - 1
    earlier = sum(p.wage for p in months if p.month < january(FIRST))
    balance = half_up(earlier * asked.figure("earlier_credit_rate")) if earlier > 0 else 0
    for year in range(FIRST, int(day[:4]) + 1):
        found = [p for p in months if p.month // 12 == year and p.wage > 0]
        passed = min(max(until - january(year), 0), 12)
        if balance > 0 and passed:
            rate = asked.figure("account_interest_rate", year, place=province)
            balance += half_up(balance * rate * Fraction(passed, 12))
        if found:
            balance += half_up(Fraction(sum(p.wage * own_rate(asked, p) for p in found)))
        standing = sum(p.wage * own_rate(asked, p) * max(min(until, january(year + 1)) - p.month, 0) for p in found)
        if standing > 0:
            balance += half_up(standing * asked.figure("account_interest_rate", year, place=province) / 12)
    return balance


def surrendered_account(asked: Asked) -> int:
    return sum(paid_out(asked, *each) for each in {(p.province, day) for day, p in surrendered(asked)})


def surrender_cost(asked: Asked) -> int:
    """Twelve per cent of the wages since 1998, had the relation only been left asleep."""
    since = january(int(asked.figure("pooled_since_year")))
    found = [p for _, p in surrendered(asked) if p.carries_money and p.month >= since]
    return half_up(Fraction(sum(p.wage for p in found)) * asked.figure("pooled_share"))
