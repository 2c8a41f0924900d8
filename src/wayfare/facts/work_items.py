"""The items of the facts document about pay: what was paid for a month of work, and the overtime of that month.

They are read like all items (`items`): frozen, strict, and an optional field that is left out is not known.
"""

from __future__ import annotations

from wayfare.facts.items import Item
from wayfare.facts.values import Hours, InsuredMonth, MonthlyAmount, PlaceCode

__all__ = ["Pay"]


class Pay(Item):
    """What was paid for a month of work, in yuan before deductions, and the overtime of that month, in hours.

    `paid` is the wage for normal hours, without overtime pay and allowances for shifts and hardship; `overtime_paid`
    came on top. The place is where the work was done: when left out, the only place of the work spells of that month.
    `overtime_hours_made_good` are hours of rest days for which a day off was given; none when left out. The normal
    hours of the month were worked unless `full_month` denies it.
    """

    month: InsuredMonth
    place: PlaceCode | None = None
    paid: MonthlyAmount | None = None
    overtime_paid: MonthlyAmount | None = None
    full_month: bool = True
    overtime_hours_workday: Hours | None = None
    overtime_hours_rest_day: Hours | None = None
    overtime_hours_made_good: Hours | None = None
    overtime_hours_holiday: Hours | None = None
