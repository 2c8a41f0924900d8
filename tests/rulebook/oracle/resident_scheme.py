"""The residents' pension, from the page on it: tiers, the right, its two parts, what heirs get and what moves."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from rulebook.oracle import residents
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, all_of, any_of, half_up
from rulebook.oracle.record import province_of
from rulebook.oracle.resident_account import account_after_refund, account_left, government_part
from rulebook.oracle.residents import Payment, known

UNIFIED_MONTH = 2014 * 12 + 1


def since_unified(asked: Asked) -> None:
    """The one scheme holds since 21 February 2014; what stood before it is not asked here."""
    if asked.record.asked_day < residents.UNIFIED:
        raise NotKnown


# ---- what was paid
def is_lawful_tier(asked: Asked, payment: Payment) -> bool:
    """One of the nation's tiers of the December of the year; another may be one that the place added."""
    def is_national() -> bool:
        amount = known(payment.contribution)
        day = date(payment.year, 12, 1)
        return amount > 0 and amount == asked.figure("resident_tier", amount, on=day)

    if not is_national():
        raise NotKnown
    return True


def tiers_are_lawful(asked: Asked) -> bool:
    return all_of(*(lambda p=p: is_lawful_tier(asked, p) for p in residents.payments(asked)))


def subsidies_are_enough(asked: Asked) -> bool:
    def is_enough(payment: Payment) -> bool:
        amount, day = known(payment.contribution), date(payment.year, 12, 1)
        return known(payment.subsidy) >= asked.figure("resident_subsidy_minimum", amount, on=day)

    return all_of(*(lambda p=p: is_enough(p) for p in residents.payments(asked)))


# ---- who was how old when the scheme began
def resident_first_month(asked: Asked) -> int:
    return asked.record.birth_month + int(asked.figure("resident_age"))


def age_of_scheme(asked: Asked) -> int:
    return int(asked.figure("resident_age", on=residents.UNIFIED))


def is_exempt(asked: Asked) -> bool:
    """Past sixty at the start, who draws the basic part without having paid."""
    sixtieth = asked.record.birth_month + age_of_scheme(asked)
    if sixtieth <= asked.figure("pilot_month"):
        return bool(asked.figure("start_pays_the_old"))
    if sixtieth > UNIFIED_MONTH:
        return False
    raise NotKnown


@once
def resident_missing_months(asked: Asked) -> int:
    return max(int(asked.figure("resident_minimum_months")) - residents.resident_months(asked), 0)


def may_top_up(asked: Asked) -> bool:
    """With fewer than fifteen years to sixty at the start, and not past sixty then."""
    def was_late() -> bool:
        fifteen_before = asked.record.birth_month + age_of_scheme(asked) - int(asked.figure("resident_minimum_months"))
        if fifteen_before >= UNIFIED_MONTH:
            return False
        if fifteen_before < asked.figure("pilot_month"):
            return True
        raise NotKnown

    return all_of(
        lambda: resident_missing_months(asked) > 0, was_late, lambda: not is_exempt(asked),
        lambda: bool(asked.figure("start_allows_topping_up")),
    )  # fmt: skip


# ---- the right and the pension
@once
def has_right(asked: Asked) -> bool:
    """Fifteen years or none asked, no other basic pension, alive; the age is not asked: it says from when."""
    since_unified(asked)
    minimum = asked.figure("resident_minimum_months")
    speaks_for_itself = asked.record.given("resident_account") is not None and not residents.has_relation(asked)
    return all_of(
        lambda: any_of(
            lambda: residents.resident_months(asked) >= minimum,
            lambda: speaks_for_itself,
            lambda: is_exempt(asked),
        ),
        lambda: not residents.draws(asked, "employee_pension"),
        lambda: residents.is_alive(asked),
    )


def has_own_basic(asked: Asked, place: str, on: date | None = None) -> bool:
    return bool(asked.figure("has_own_basic", on=on, place=place))


def basic_of(asked: Asked, place: str, on: date | None = None) -> int:
    """The basic part of a place: its own where it is known to have one, else the nation's least amount."""
    if has_own_basic(asked, place, on):
        return int(asked.figure("own_basic", on=on, place=place))
    return int(asked.figure("resident_basic_minimum", on=on))


def basic_is_floor(asked: Asked) -> bool:
    since_unified(asked)
    return not has_own_basic(asked, residents.home(asked))


def resident_basic_floor(asked: Asked) -> int:
    since_unified(asked)
    return int(asked.figure("resident_basic_minimum"))


def resident_basic(asked: Asked) -> int:
    return basic_of(asked, residents.home(asked)) if has_right(asked) else 0


def resident_account_pension(asked: Asked) -> int:
    if not has_right(asked):
        return 0
    return half_up(Fraction(account_after_refund(asked)) / asked.figure("resident_divisor"))


def resident_pension(asked: Asked) -> int:
    return resident_basic(asked) + resident_account_pension(asked)


# ---- death and moving
def resident_inheritance(asked: Asked) -> int:
    """The whole account, or for a death before 21 February 2014 all but the government's part."""
    day = residents.died(asked)
    if day is None or day > asked.record.asked_day:
        return 0
    if asked.figure("subsidy_is_inherited", on=day):
        return account_left(asked)
    return max(account_left(asked) - government_part(asked), 0)


def resident_transfer(asked: Asked) -> int:
    """The whole account, at once, when the registration has moved to another province and nothing is drawn."""
    since_unified(asked)
    lies = all_of(
        lambda: residents.has_relation(asked),
        lambda: not residents.draws(asked, residents.SCHEME),
        lambda: residents.is_alive(asked),
        lambda: province_of(residents.home(asked)) != province_of(residents.last_seen(asked)),
    )
    return account_after_refund(asked) if lies else 0
