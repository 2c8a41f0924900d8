"""Months counted with a dict: each month of each year goes to the first record that reports it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw

YEARS = range(2008, 2017)


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Each goal for each person."""
    told = [person(life) for life in raw.lives(world)]
    return {goal: [t[goal] for t in told] for goal in told[0]}


def person(life: dict[str, Any]) -> dict[str, Any]:
    """Months once, months reported, and the fund that holds the most."""
    runs = life["run"]
    dated = all(r["start"] is not None and r["end"] is not None for r in runs)
    holders = holder_by_month(runs) if dated else None
    every_fund = all(r["fund"] is not None for r in runs)
    counted = None if holders is None else len(holders)
    years = None if holders is None else [sum(m // 12 == y for m in holders) for y in YEARS]
    starts = [r["start"] for r in runs]
    return {
        "paid_months": counted, "kept_months": counted,
        "reported_months": sum(r["end"] - r["start"] for r in runs) if dated else None,
        "temporary_months": temporary_months(runs) if dated else None,
        "main_fund": main_fund(life, holders) if every_fund else None,
        "funds": len({r["fund"] for r in runs}) if every_fund else None,
        "full_years": None if years is None else years.count(12),
        "most_in_a_year": None if years is None else max(years),
        "first_month_paid": None if None in starts else min(starts, default=2008 * 12),
    }  # fmt: skip


def holder_by_month(runs: list[dict[str, Any]]) -> dict[int, Any] | None:
    """The record that each month counts for; None where the order of a year's records is not known."""
    out: dict[int, Any] = {}
    for year in YEARS:
        mine = [r for r in runs if r["start"] < year * 12 + 12 and r["end"] > year * 12]
        if any(r["kind"] is None or r["number"] is None for r in mine):
            return None
        for r in sorted(mine, key=lambda r: (r["kind"], r["number"], r["row"])):
            for m in range(max(r["start"], year * 12), min(r["end"], year * 12 + 12)):
                out.setdefault(m, r)
    return out


def temporary_months(runs: list[dict[str, Any]]) -> int | None:
    """Months that count for a temporary record; an unclear order matters only in years with such a record."""
    total = 0
    for year in YEARS:
        mine = [r for r in runs if r["start"] < year * 12 + 12 and r["end"] > year * 12]
        if any(r["kind"] is None or r["kind"] == 1 for r in mine):
            holders = holder_by_month(mine)
            if holders is None:
                return None
            total += sum(r["kind"] for m, r in holders.items() if m // 12 == year)
    return total


def main_fund(life: dict[str, Any], holders: dict[int, Any] | None) -> int | None:
    """The fund with the most months, of equals the one with the greater number; home where there is none."""
    funds = {r["fund"] for r in life["run"]}
    if not funds:
        return life["home"]
    if holders is None:
        return None
    return max(funds, key=lambda f: (sum(r["fund"] == f for r in holders.values()), f))
