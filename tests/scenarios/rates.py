"""The law with the interest of each year known when the year ends, as a run posts it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from wayfare.kernel.status import Rank, Status
from wayfare.law import Law
from wayfare.law.declare import Source


def with_rates_known(law: Law) -> Law:
    """The law with the interest rate of each year known when the year ends.

    A run posts that rate then. Offices take the last announced one for what moves until June, so the two may differ.
    """
    first, last = 2016, 2060  # the first year with a rate of the nation, the last that accounts are walked through
    source = Source("Wayfare: a run posts the rate of each year at its end", "", Rank.PRACTICE, Status.ASSUMED)
    (row, *_) = law.parameters["last_announced_interest"].rows
    rows = [replace(row, until=_new_year(first), source=source)]
    rows += [
        replace(row, value=year - 1, since=_new_year(year), until=_new_year(year + 1), source=source)
        for year in range(first, last + 1)
    ]
    return law.replaced(parameters={"last_announced_interest": rows})


def _new_year(year: int) -> int:
    return date(year, 1, 1).toordinal()
