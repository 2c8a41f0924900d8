"""Interest month by month: each contribution earns from its own month to the end of its year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw
from law.packs.oracles.months import YEARS


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """The balance at the end of each year (everyone's first year, then their second ...) and of all."""
    told = [balances(life, tables, decision) for life in raw.lives(world)]
    return {"final_balance": [t[-1] for t in told], "balance": [b for year in zip(*told, strict=True) for b in year]}


def balances(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> list[Any]:
    """A person's balance at the end of each year."""
    dated = all(r["start"] is not None and r["end"] is not None for r in life["run"])
    balance, out = life["opening_balance"], []
    for year in YEARS:
        over = raw.known(lambda last, y=year: y > last, life["last_year"])
        credits = credits_of(life, year, tables, decision) if dated else None
        on = raw.day(f"{year}-01-01")
        rate = raw.figure(tables["interest_rate"], on=on, at=(life["home"],), decision=decision)
        credit = None if credits is None else raw.added(c for _, c in credits)
        product = None if credits is None else raw.added(raw.known(lambda c, m=m: c * (12 - m), c) for m, c in credits)
        grown = raw.known(lambda b, r: raw.rounded(b * (10_000 + r), 10_000), balance, rate)
        earned = raw.known(lambda p, r: raw.rounded(p * r, 120_000), product, rate)
        if over is None:
            balance = None
        elif not over:
            balance = raw.added([grown, credit, earned])
        out.append(balance)
    return out


def credits_of(life: dict[str, Any], year: int, tables: Mapping[str, Any], decision: bool) -> Any:
    """(month of the year, credit) for each month that counts, by the record that comes first; None without an order."""
    mine = [r for r in life["run"] if r["start"] < year * 12 + 12 and r["end"] > year * 12]
    if any(r["kind"] is None or r["number"] is None for r in mine):
        return None
    holders: dict[int, Any] = {}
    for r in sorted(mine, key=lambda r: (r["kind"], r["number"], r["row"])):
        for m in range(max(r["start"], year * 12), min(r["end"], year * 12 + 12)):
            holders.setdefault(m - year * 12, r)
    out = [(m, monthly(r, year, tables, decision)) for m, r in holders.items()]
    unused = [r for r in mine if r not in holders.values() and monthly(r, year, tables, decision) is None]
    return [*out, (0, None)] if unused else out


def monthly(run: dict[str, Any], year: int, tables: Mapping[str, Any], decision: bool) -> int | None:
    """What one month of a record credits."""
    on = raw.day(f"{year}-01-01")
    share = raw.figure(tables["credited_share"], on=on, at=(run["fund"],), decision=decision)
    return raw.known(lambda w, s: raw.rounded(w * s, 10_000), run["wage"], share)
