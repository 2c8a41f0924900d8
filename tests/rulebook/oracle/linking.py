"""Linking the two pension schemes, from Renshebufa [2014] 17 as its page tells it: way, money, months, both drawn."""

from __future__ import annotations

from fractions import Fraction

from rulebook.oracle import residents
from rulebook.oracle.account import account_balance
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, all_of, first_of, half_up
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.resident_account import account_after_refund, account_left, government_part
from rulebook.oracle.resident_scheme import basic_of
from rulebook.oracle.retirement import has_reached_age, minimum_months, retirement_month

NONE, INTO, OUT = 0, 1, 2
EMPLOYEE = "employee_pension"


def since_linking(asked: Asked) -> None:
    if asked.record.asked_day < residents.LINKING:
        raise NotKnown


@once
def link_minimum_months(asked: Asked) -> int:
    """Fifteen years; since 2030 the rising minimum. A decision leaves open which, where the two differ."""
    since_linking(asked)
    by_text = int(asked.figure("link_years_minimum"))
    try:
        follows = asked.figure("link_follows_minimum")
    except NotKnown:
        if minimum_months(asked) <= by_text:
            return by_text
        raise
    return max(by_text, minimum_months(asked)) if follows else by_text


@once
def can_link(asked: Asked) -> bool:
    """At the age of the employees' scheme, alive, with a relation there, and while nothing is drawn."""
    since_linking(asked)
    has_relation = asked.record.counted_months > 0 or asked.record.has_accounts
    return all_of(
        lambda: has_relation,
        lambda: has_reached_age(asked),
        lambda: not residents.draws(asked, EMPLOYEE),
        lambda: not residents.draws(asked, residents.SCHEME),
        lambda: residents.is_alive(asked),
    )


@once
def link_direction(asked: Asked) -> int:
    """With the years as an employee in, if there is anything to bring; with fewer out."""
    if not can_link(asked):
        return NONE
    if asked.record.counted_months < link_minimum_months(asked):
        return OUT
    has_any = residents.has_relation(asked) or asked.record.given("resident_account") is not None
    return INTO if has_any else NONE


def link_month(asked: Asked) -> int:
    since_linking(asked)
    return retirement_month(asked)


# ---- money and months
def linked_account(asked: Asked) -> int:
    """The whole account that moves."""
    way = link_direction(asked)
    if way == NONE:
        return 0
    return account_after_refund(asked) if way == INTO else account_balance(asked)


def account_after_link(asked: Asked) -> int:
    if link_direction(asked) == NONE:
        return 0
    return account_after_refund(asked) + account_balance(asked)


def own_months(asked: Asked) -> int:
    """A resident's own; Tianjin keeps whole years of what is left after a refund."""
    months = residents.resident_months(asked)
    if not any(residents.overlap(asked, p) for p in residents.payments(asked)):
        return months
    return months // 12 * 12 if asked.figure("drops_part_years", place=residents.home(asked)) else months


def resident_counted_months(asked: Asked) -> int:
    """An employee's months come to them on the way out, and only then."""
    brought = asked.record.counted_months if link_direction(asked) == OUT else 0
    return own_months(asked) + brought


def linked_pension(asked: Asked) -> int:
    """The resident's pension after the way out, due from the residents' age on."""
    if link_direction(asked) != OUT:
        return 0
    if resident_counted_months(asked) < asked.figure("resident_minimum_months"):
        return 0
    part = half_up(Fraction(account_after_link(asked)) / asked.figure("resident_divisor"))
    return part + basic_of(asked, residents.home(asked))


def link_place(asked: Asked) -> str:
    """The office asked: of the place that pays on the way in, of the registration otherwise; which one is recalled."""
    since_linking(asked)
    if asked.decides:
        raise NotKnown
    return place_of_benefit(asked) if link_direction(asked) == INTO else residents.home(asked)


def link_days(asked: Asked) -> int:
    since_linking(asked)
    return sum(int(asked.figure(f"{step}_days")) for step in ("letter", "sending", "closing"))


# ---- both pensions drawn
@once
def doubled(asked: Asked) -> list[tuple[int, str]]:
    """Months of a resident's pension between the first and the last of an employee's, with the place that paid."""
    if asked.record.facts.get("benefits"):
        since_linking(asked)
    employee, after = residents.drawn(asked, EMPLOYEE), asked.record.asked + 1
    if not employee:
        return []
    first, last = min(start for start, _, _ in employee), max(end or after for _, end, _ in employee)
    return [
        (m, place) for start, end, place in residents.drawn(asked, residents.SCHEME)
        for m in range(max(start, first), min(end or after, last, after))
    ]  # fmt: skip


def basic_to_return(asked: Asked) -> int:
    """The basic part of each of these months."""
    return sum(basic_of(asked, place, first_of(m)) for m, place in doubled(asked))


def double_refund(asked: Asked) -> int:
    """The account without the government's part; what is refunded for months paid twice is off it already."""
    since_linking(asked)
    return max(account_left(asked) - government_part(asked), 0) if doubled(asked) else 0
