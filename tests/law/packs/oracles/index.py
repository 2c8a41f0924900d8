"""Article 7 by exact fractions: first a dict of months finds the place, then each record-year is measured there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw
from law.packs.oracles.months import YEARS, holder_by_month


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Each goal for each worker."""
    told = [worker(life, tables, decision) for life in raw.lives(world)]
    return {goal: [t[goal] for t in told] for goal in told[0]}


def worker(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, Any]:
    """One worker's place, average index and award."""
    runs = life["run"]
    dated = all(r["start"] is not None and r["end"] is not None for r in runs)
    holders = holder_by_month(runs) if dated else None
    place = paying_place(life, holders)
    pieces = index_pieces(runs, place, tables, decision) if dated else None
    average = average_index(pieces, holders)
    base = raw.figure(
        tables["award_base"], on=raw.known(raw.first_day, life["retired"]), at=(place,), decision=decision
    )
    paid = None if holders is None else len(holders)
    award = raw.known(
        lambda b, i, m: raw.rounded(b * (10_000 + i) * m * 100, 2 * 12 * 10_000 * 10_000), base, average, paid
    )
    known = pieces is not None and all(index is not None for _, _, index in pieces)
    best = max((index for _, _, index in pieces), default=0) if known else None
    return {"award": award, "average_index": average, "paying_place": place, "best_index": best}


def paying_place(life: dict[str, Any], holders: dict[int, Any] | None) -> int | None:
    """Province with the most months, of equals the greater number; home for a life without records."""
    if any(r["fund"] is None for r in life["run"]):
        return None
    places = {raw.province(r["fund"]) for r in life["run"]}
    if not places:
        return life["home"]
    if holders is None:
        return None
    return max(places, key=lambda p: (sum(raw.province(r["fund"]) == p for r in holders.values()), p))


def index_pieces(
    runs: list[Any], place: int | None, tables: Mapping[str, Any], decision: bool
) -> list[tuple[Any, int, Any]]:
    """(record, year, capped index) for each year of each record."""
    out = []
    for r in runs:
        for year in YEARS:
            if r["start"] < year * 12 + 12 and r["end"] > year * 12:
                on = raw.day(f"{year}-01-01")
                there = raw.figure(tables["average_wage"], on=on, at=(place,), decision=decision)
                cap = raw.figure(tables["index_cap"], on=on, decision=decision)
                exact = raw.known(lambda w, t: raw.rounded(w * 12 * 10_000, t), r["wage"], there)
                out.append((r, year, raw.known(min, exact, cap)))
    return out


def average_index(pieces: Any, holders: dict[int, Any] | None) -> int | None:
    """The indices weighted by the months that count."""
    if pieces is None or holders is None or any(index is None for _, _, index in pieces):
        return None
    total = sum(i * sum(h is r and m // 12 == y for m, h in holders.items()) for r, y, i in pieces)
    return raw.rounded(total, max(len(holders), 1))
