"""Claims settled like a clerk would: year by year, stay by stay, with two running totals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from law.packs import raw

YEARS = range(2012, 2020)


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Each goal for each person; `paid` for each stay."""
    told, paid = [], {}
    for life in raw.lives(world):
        found, of_stays = person(life, tables, decision)
        told.append(found)
        paid |= of_stays
    return {goal: [t[goal] for t in told] for goal in told[0]} | {"paid": [paid[i] for i in sorted(paid)]}


def person(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> tuple[dict[str, Any], dict[int, Any]]:
    """What the fund pays a person, over all and stay by stay."""
    stays = life["stay"]
    if any(s["admitted_day"] is None for s in stays):  # nobody can say which year it falls in
        unknown = dict.fromkeys(("fund_pays", "paid_over_years", "years_with_stays"))
        return unknown, {s["row"]: None for s in stays}
    paid: dict[int, Any] = {s["row"]: None for s in stays}  # in a year that the law does not know nothing is known
    ends, busy = [], 0
    for year in YEARS:
        mine = [s for s in stays if date.fromordinal(s["admitted_day"]).year == year]
        busy += bool(mine)
        ends.append(settle_year(life, year, mine, tables, decision, paid))
    found = {"fund_pays": raw.added(paid.values()), "paid_over_years": raw.added(ends), "years_with_stays": busy}
    return found, paid


def settle_year(
    life: dict[str, Any], year: int, stays: list[Any], tables: Mapping[str, Any], decision: bool, paid: dict[int, Any]
) -> Any:  # fmt: skip
    """Walks one year's stays and returns what is paid in it with what was paid before."""
    now = raw.known(lambda this: this == year, life["this_year"])
    used = None if now is None else life["used_before"] if now else 0
    total = None if now is None else life["paid_before"] if now else 0
    if any(s["stay_number"] is None for s in stays):  # no order
        paid.update({s["row"]: None for s in stays})
        return None
    for s in sorted(stays, key=lambda s: (s["admitted_day"], s["stay_number"], s["row"])):
        place, rank, bill = (life["insured_place"],), s["hospital_rank"], s["eligible_bill"]
        asked = {"on": s["admitted_day"], "at": place, "decision": decision}
        deductible = raw.figure(tables["deductible"], key=(rank,), **asked)
        ratio = raw.figure(tables["reimbursement_ratio"], key=(rank, bill), **asked)
        cap = raw.figure(tables["yearly_cap"], on=raw.day(f"{year}-01-01"), at=place, decision=decision)
        own = raw.known(lambda b, d, u: min(b, max(d - u, 0)), bill, deductible, used)
        share = raw.known(lambda b, o, r: raw.rounded((b - o) * r, 10_000), bill, own, ratio)
        paid[s["row"]] = raw.known(lambda p, c, t: min(p, max(c - t, 0)), share, cap, total)
        used, total = raw.known(int.__add__, used, own), raw.known(int.__add__, total, paid[s["row"]])
    return total
