"""Late fees day by day: each day adds what is owed that day times that day's rate, as an exact fraction."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from law.packs import raw


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Fees and what is still owed, of each person and of each debt."""
    people, debts = [], {}
    for life in raw.lives(world):
        dates = [x for d in life["debt"] for o in d["owing"] for x in (o["due_day"], o["end_day"])]
        dates += [p["paid_day"] for d in life["debt"] for p in d["payment"]]
        clear = None not in dates
        told = [of_debt(d, tables, decision, clear) for d in life["debt"]]
        debts |= {d["row"]: t for d, t in zip(life["debt"], told, strict=True)}
        people.append({
            "fees": raw.added(t["late_fee"] for t in told), "owed_in_all": raw.added(t["still_owed"] for t in told),
            "days_late": raw.added(t["days"] for t in told),
        })  # fmt: skip
    out = {goal: [p[goal] for p in people] for goal in ("fees", "owed_in_all", "days_late")}
    return out | {g: [debts[i][g] for i in sorted(debts)] for g in ("late_fee", "still_owed", "paid_in_time")}


def of_debt(debt: dict[str, Any], tables: Mapping[str, Any], decision: bool, clear: bool) -> dict[str, Any]:
    """The fee, what is still owed and the days of one debt; nothing where a day is not known."""
    if not clear:
        return dict.fromkeys(("late_fee", "still_owed", "days", "paid_in_time"))
    days = sorted(d for o in debt["owing"] for d in range(o["due_day"], o["end_day"]))
    owed, fee, counted = debt["amount"], Fraction(0), 0
    for day in days:
        for p in debt["payment"]:
            if p["paid_day"] == day:
                owed = raw.known(lambda a, b: a - b, owed, p["paid"])
                counted = raw.known(int.__add__, counted, p["paid"])
        owed = raw.known(lambda a: max(a, 0), owed)
        rate = raw.figure(tables["late_rate"], on=day, at=(debt["debt_place"],), decision=decision)
        fee = raw.known(lambda f, o, r: f + Fraction(o * r, 10_000), fee, owed, rate)
    cap = raw.figure(tables["fee_cap"], at=(debt["debt_place"],), decision=decision)
    rounded = raw.known(lambda f: math.floor(f + Fraction(1, 2)), fee)
    most = raw.known(lambda a, c: raw.rounded(a * c, 100), debt["amount"], cap)
    return {"late_fee": raw.known(min, rounded, most), "still_owed": owed, "days": len(days), "paid_in_time": counted}
