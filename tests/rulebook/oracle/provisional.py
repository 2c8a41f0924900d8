"""What is paid on last year's base until the base of the year of retirement is announced, by provincial practice."""

from __future__ import annotations

from datetime import date
from functools import partial

from rulebook.oracle.asked import Asked, once
from rulebook.oracle.local import of_place
from rulebook.oracle.monthly import account_pension, basic_on, has_minimum
from rulebook.oracle.numbers import NotKnown, any_of, half_up
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.retirement import award_month
from rulebook.oracle.transitional import pension, transitional_on

SINCE = date(2019, 5, 1)


@once
def base_announced_month(asked: Asked) -> int:
    if asked.record.asked_day < SINCE:
        raise NotKnown
    return int(asked.figure("base_announcement", award_month(asked) // 12, place=place_of_benefit(asked)))


@once
def base_is_announced(asked: Asked) -> bool:
    return base_announced_month(asked) <= asked.record.asked


@once
def is_provisional(asked: Asked) -> bool:
    """Whether there were months before the announcement, or there still are."""
    return any_of(
        lambda: not base_is_announced(asked), lambda: base_announced_month(asked) > award_month(asked)
    )  # fmt: skip


@once
def provisional_base(asked: Asked) -> int:
    return int(asked.figure("announced_benefit_base", award_month(asked) // 12 - 1, place=place_of_benefit(asked)))


def provisional_index_base(asked: Asked) -> int:
    return half_up(provisional_base(asked) * of_place(asked, "local_index_base_share", 1))


@once
def provisional_pension(asked: Asked) -> int:
    """The basic and the transitional part on last year's base, the account part as it is."""
    if not is_provisional(asked):
        found: int = pension(asked)
        return found
    basic = 0
    if has_minimum(asked):
        basic = basic_on(asked, provisional_base(asked), provisional_index_base(asked))
    if asked.given("transitional_pension") is None:
        transitional = transitional_on(asked, partial(provisional_index_base, asked))
    else:
        transitional = asked.given("transitional_on_last_base")
        if transitional is None:
            raise NotKnown
    return int(basic + account_pension(asked) + transitional)


@once
def top_up(asked: Asked) -> int:
    return int(pension(asked) - provisional_pension(asked)) if is_provisional(asked) else 0


def provisional_months(asked: Asked) -> int:
    """From the month of retirement to the one before the announcement, or to the one asked about."""
    if not is_provisional(asked):
        return 0
    end = base_announced_month(asked) if base_is_announced(asked) else asked.record.asked + 1
    return max(int(end - award_month(asked)), 0)


def top_up_total(asked: Asked) -> int:
    return int(top_up(asked) * provisional_months(asked)) if is_provisional(asked) else 0
