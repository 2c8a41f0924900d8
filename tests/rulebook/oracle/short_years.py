"""Too few years at the age of the law, from article 16 of the law, order 13 and the measures of 2024: every way on."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from rulebook.oracle.account import account_balance
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import NotKnown, all_of, half_up, january
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.resident_scheme import resident_first_month
from rulebook.oracle.retirement import latest_month, missing_months, retirement_month
from rulebook.oracle.transfer import is_accepted

ORDER, MEASURES = date(2011, 7, 1), date(2025, 1, 1)


@once
def short_months(asked: Asked) -> int:
    """What cannot be paid in time: months until the age of the law count as paid."""
    return max(missing_months(asked) - max(retirement_month(asked) - asked.record.asked, 0), 0)


def start_month(asked: Asked) -> int:
    return max(asked.record.asked, retirement_month(asked))


def ways(asked: Asked) -> list[str]:
    """The ways of the day asked about."""
    if asked.record.asked_day < ORDER:
        return ["paid_out"]
    later = ["pay_at_once", "retire_late"] if asked.record.asked_day >= MEASURES else []
    return ["pay_on", "pay_on_then_rest", *later, "residents", "end_relation"]


def is_open(asked: Asked, way: str) -> bool:
    """Months must lack; the rest at once is for who was insured before July 2011 and lacks more than five years."""
    if way == "pay_on_then_rest":
        paid = [p.month for p in asked.record.reported if p.carries_money]
        return all_of(
            lambda: bool(paid) and min(paid) < asked.figure("insured_before"),
            lambda: short_months(asked) > asked.figure("months_before_rest"),
        )
    if way == "retire_late":
        return all_of(
            lambda: short_months(asked) > 0,
            lambda: asked.record.asked <= retirement_month(asked) - int(asked.figure("agreement_months")),
            lambda: short_months(asked) <= latest_month(asked) - retirement_month(asked),
        )
    return bool(short_months(asked) > 0)


def months(asked: Asked, way: str) -> int:
    """Months to pay on before the pension begins."""
    if way == "pay_on_then_rest":
        return min(short_months(asked), int(asked.figure("months_before_rest")))
    return short_months(asked) if way in ("pay_on", "retire_late") else 0


def at_month(asked: Asked, way: str) -> int:
    """When the pension begins or the account is paid out; a residents' pension at the age of that scheme."""
    if way == "residents":
        return max(start_month(asked), resident_first_month(asked))
    return start_month(asked) + months(asked, way)


@once
def floor_base(asked: Asked) -> int:
    """Today's floor in the place that pays: announced, or 60 % of the wage of the year before the base year."""
    place = place_of_benefit(asked)
    announced = int(asked.figure("announced_base_floor", place=place))
    if announced > 0:
        return announced
    began = asked.record.asked - int(asked.figure("base_year_offset", place=place))
    wage = asked.figure("average_wage", began // 12 - 1, place=place)
    return half_up(wage * asked.figure("base_floor_share") / 12)


def cost(asked: Asked, way: str) -> int:
    """At the floor: a fifth of it paid alone, eight per cent as an employee who retires later."""
    if way in ("pay_on", "pay_on_then_rest", "pay_at_once"):
        return short_months(asked) * half_up(floor_base(asked) * asked.figure("flexible_rate"))
    if way == "retire_late":
        return short_months(asked) * half_up(floor_base(asked) * asked.figure("employee_rate"))
    return 0


def pays_out(asked: Asked, way: str) -> int:
    return account_balance(asked) if way in ("end_relation", "paid_out") else 0


def loses_months(asked: Asked, way: str) -> int:
    return asked.record.counted_months if way in ("end_relation", "paid_out") else 0


def loses_pooled(asked: Asked, way: str) -> int:
    """Twelve per cent of all wages since 1998: given up at an end and on the way to the residents' scheme."""
    if way not in ("end_relation", "paid_out", "residents"):
        return 0
    since = january(int(asked.figure("pooled_since_year")))
    found = [p for p in asked.record.kept if p.carries_money and p.month >= since and is_accepted(asked, p)]
    return half_up(Fraction(sum(p.wage for p in found)) * asked.figure("pooled_share"))


WAY_VALUES = {
    "way_is_open": is_open, "way_months": months, "way_month": at_month, "way_cost": cost, "way_pays_out": pays_out,
    "way_loses_months": loses_months, "way_loses_pooled": loses_pooled,
}  # fmt: skip


def by_way(asked: Asked, name: str) -> dict[str, int | None]:
    """A value of each way, None where it is not known."""
    found: dict[str, int | None] = {}
    for way in ways(asked):
        try:
            found[way] = int(WAY_VALUES[name](asked, way))
        except NotKnown:
            found[way] = None
    return found
