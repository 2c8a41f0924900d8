"""The average index: each month's wage against the average wage, by article 6 of Guofa [2005] 38 and the provinces."""

from __future__ import annotations

from fractions import Fraction

from rulebook.oracle.account import FIRST
from rulebook.oracle.asked import Asked, once
from rulebook.oracle.numbers import half_up, january
from rulebook.oracle.place import place_of_benefit

INDEX_MOST = 20


@once
def average_index(asked: Asked) -> int:
    """The mean over all months of the wage against a twelfth of the average wage where the pension is paid.

    Months before 1984 enter at an index of their own, deemed ones where the province counts them; Shanghai has floors.
    """
    paid = [p for p in asked.record.kept if p.carries_money]
    months, total = len(paid), Fraction(0)
    for one in paid:
        if one.month < january(FIRST):
            total += asked.figure("earlier_index")
        elif one.wage > 0:
            floor = asked.figure("index_floor", one.month // 12, place=place_of_benefit(asked))
            total += max(one.wage / (index_wage(asked, one.month // 12) / 12), Fraction(floor))
    deemed = len(asked.record.kept) - months
    if deemed and asked.figure("deemed_counts_in_index", place=place_of_benefit(asked)):
        total += deemed * asked.figure("deemed_index", place=place_of_benefit(asked))
        months += deemed
    return half_up(min(total / max(months, 1), Fraction(INDEX_MOST)) * 10_000)


@once
def index_wage(asked: Asked, year: int) -> Fraction:
    place = place_of_benefit(asked)
    lag = int(asked.figure("index_wage_lag", year, place=place))
    return Fraction(asked.figure("average_wage", year - lag, place=place))
