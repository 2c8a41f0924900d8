"""The rules of the place that pays, in the month of retirement: which formula, which roundings."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil

from rulebook.oracle.asked import Asked
from rulebook.oracle.numbers import first_of, half_up
from rulebook.oracle.place import place_of_benefit
from rulebook.oracle.record import province_of
from rulebook.oracle.retirement import award_month

NEW_FORMULA = date(2006, 1, 1)


def is_bare_form(asked: Asked) -> bool:
    """Whether nothing is on record, so that given values speak for themselves."""
    return asked.record.is_empty


def formula_day(asked: Asked) -> date:
    """The first day of the month of retirement; of a form that names none, of the month asked about."""
    names_month = not is_bare_form(asked) or asked.given("retirement_month") is not None
    return first_of(award_month(asked) if names_month else asked.record.asked)


def names_place(asked: Asked) -> bool:
    """Whether some place is known whose rules may differ from the nation's."""
    has_hukou = bool(asked.record.facts.get("hukou"))
    return not is_bare_form(asked) or has_hukou or asked.given("place_of_benefit") is not None


def pays(asked: Asked, province: str) -> bool:
    """Whether the pension is paid there; a city belongs to its province."""
    return names_place(asked) and province_of(place_of_benefit(asked)) == province


def of_place(asked: Asked, name: str, otherwise: Fraction | int) -> Fraction | int:
    """A figure of the place that pays; what the nation has where no place is named."""
    if not names_place(asked):
        return otherwise
    return asked.figure(name, on=formula_day(asked), place=place_of_benefit(asked))


def rounded(asked: Asked, amount: Fraction) -> int:
    """To the fen, or to the province's own amount."""
    step = of_place(asked, "local_amount_step", 1)
    parts = amount / step
    return int((ceil(parts) if of_place(asked, "local_rounds_up", 0) else half_up(parts)) * step)
