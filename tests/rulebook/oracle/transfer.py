"""What moves between funds, from articles 4 and 5 of Guobanfa [2009] 66, Renshebufa [2009] 187 and [2010] 70."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import partial

from rulebook.oracle.account import announced_rate, grown, walked
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, all_of, any_of, first_of, half_up, january
from rulebook.oracle.place import home, last_report, lies_on_temporary, place_of_benefit
from rulebook.oracle.record import Paid
from rulebook.oracle.retirement import has_reached_age

ARREARS = ("back_paid", "lump_sum")
NOTICE_ON_LUMP_SUMS = date(2016, 11, 28)


def latest_province(asked: Asked) -> str:
    """Where the person pays now, on whatever account."""
    last = last_report(asked.record.reported)
    return home(asked) if last is None else last.province


def opens_temporary(asked: Asked) -> bool:
    """Away from home, first paid there at fifty (men) or forty (women), since 2010, and by nobody's order."""
    record = asked.record
    if not record.reported:
        # The place is home itself, as soon as home is known.
        return all_of(lambda: home(asked) == "", lambda: not record.says("is_approved_transfer"))

    def arrival() -> int:
        found = [p for p in record.reported if p.province == latest_province(asked)]
        return min((p.kind in ARREARS, p.month) for p in found)[1]

    return all_of(
        lambda: latest_province(asked) != home(asked),
        lambda: arrival() - record.birth_month >= asked.figure("temporary_account_age", record.person("sex")),
        lambda: arrival() >= asked.figure("temporary_account_since"),
        lambda: not record.says("is_approved_transfer"),
    )


@once
def is_temporary_now(asked: Asked) -> bool:
    """Whether the new place holds only a temporary account; at the age of the law none is left."""

    def latest_is() -> bool:
        last = last_report(asked.record.reported)
        return last is not None and lies_on_temporary(asked, last)

    return all_of(lambda: not has_reached_age(asked), lambda: any_of(latest_is, lambda: opens_temporary(asked)))


@once
def moves(asked: Asked, province: str) -> bool:
    """Whether a province's money moves: to another that takes over, and not held back on a temporary account."""

    def is_elsewhere() -> bool:
        takes_over = place_of_benefit(asked) if has_reached_age(asked) else latest_province(asked)
        return province != takes_over

    def is_free() -> bool:
        return any_of(lambda: not _all_temporary(asked, province), lambda: has_reached_age(asked))

    is_drawing = asked.record.says("is_drawing_pension")
    return all_of(is_elsewhere, lambda: not is_temporary_now(asked), is_free, lambda: not is_drawing)


def _all_temporary(asked: Asked, province: str) -> bool:
    reports = [p for p in asked.record.reported if p.province == province]
    is_named = province in asked.record.provinces
    return is_named and all_of(*(lambda p=p: lies_on_temporary(asked, p) for p in reports))


def pooled_transfer(asked: Asked) -> int:
    """Twelve per cent of the wages since 1998, of temporary accounts what was really paid if that was more."""
    start = january(int(asked.figure("pooled_since_year")))
    money = Fraction(0)
    for province in filter(lambda province: moves(asked, province), asked.record.provinces):
        found = [p for p in asked.record.kept if p.province == province and p.carries_money and p.month >= start]
        found = [p for p in found if is_accepted(asked, p)]
        money += sum(p.wage * _pooled_rate(asked, p) for p in found if p.wage > 0)
    return half_up(money)


@once
def needs_proof(asked: Asked, province: str) -> bool:
    """Whether a province's lump sums are for three years or more."""
    if asked.record.asked_day < NOTICE_ON_LUMP_SUMS:
        return False
    months = {p.month for p in asked.record.kept if p.province == province and p.kind == "lump_sum"}
    return len(months) >= asked.figure("lump_sum_proof_months")


def is_accepted(asked: Asked, paid: Paid) -> bool:
    """Whether the new fund has to take a month over: of three years paid in one sum only with its proof."""
    if paid.kind != "lump_sum" or not needs_proof(asked, paid.province):
        return True
    if asked.record.given("lump_sum_is_proved") is None:
        raise NotKnown
    return asked.record.says("lump_sum_is_proved")


def _pooled_rate(asked: Asked, paid: Paid) -> Fraction | int:
    share = asked.figure("pooled_share")
    return max(share, _paid_rate(asked, paid)) if lies_on_temporary(asked, paid) else share


def _paid_rate(asked: Asked, paid: Paid) -> Fraction | int:
    day = first_of(paid.month)
    if paid.basis == "flexible":
        return asked.figure("flexible_pooled_rate", on=day)
    return asked.figure("employer_rate", on=day, place=paid.place)


def account_transfer(asked: Asked) -> int:
    """The accounts that move at 11 % to 2005 and 8 % since, with interest to the end of the year before."""
    def share(year: int) -> Fraction | int:
        return asked.figure("transfer_credit_rate", on=date(year, 1, 1))

    end = january(asked.record.asked // 12)
    taken = partial(is_accepted, asked)
    leaving = [p for p in asked.record.provinces if moves(asked, p)]
    total = sum(walked(asked, p, share, until=end, taken=taken, rate=announced_rate) for p in leaving)
    return total + sum(_moving_record(asked, p, end) for p in asked.record.balances if moves(asked, p))


def _moving_record(asked: Asked, province: str, end: int) -> int:
    """A recorded balance; how much of it is an unproved lump sum nobody knows."""
    found = grown(asked, province, until=end, rate=announced_rate)
    if not all(is_accepted(asked, p) for p in asked.record.kept if p.province == province):
        raise NotKnown
    return found
