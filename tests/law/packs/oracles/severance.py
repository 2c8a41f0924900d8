"""Severance counted month by month: each month of service is old or new, then years and halves by division."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw

CHANGE = raw.day("2008-01-01")


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Each goal for each worker."""
    told = [worker(life, tables, decision) for life in raw.lives(world)]
    return {goal: [t[goal] for t in told] for goal in told[0]}


def worker(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, Any]:
    """One worker's halves of months, the wage that counts, and the product of both."""
    asked = {"on": life["job_end"], "at": (life["work_place"],), "decision": decision}
    nation = {"decision": decision}
    old, new, share = months(life)
    cap = raw.figure(tables["old_cap_years"], **asked)
    most = raw.figure(tables["most_halves"], at=asked["at"], decision=decision)
    average = raw.figure(tables["average_wage"], **asked)
    limit = raw.known(lambda a, m: a * m, average, raw.figure(tables["wage_multiple"], **nation))
    old_halves = raw.known(lambda o, c: 2 * min(len(range(0, o, 12)), c), old, cap)
    # a half for the first month of each year of service, another for its sixth
    new_halves = None if new is None else sum((m % 12 == 0) + (m % 12 == 5) for m in range(new))
    wage, paid = since_or_before(life, limit, most, new_halves, tables, decision)
    total = raw.known(lambda a, b, w: raw.rounded((a + b) * w, 2), old_halves, paid, wage)
    return {
        "severance": total, "old_halves": old_halves, "new_halves": new_halves, "wage_counted": wage,
        "new_halves_paid": paid, "shares_of_service": share,
    }  # fmt: skip


def since_or_before(
    life: dict[str, Any], limit: Any, most: Any, halves: Any, tables: Mapping[str, Any], decision: bool
) -> tuple[Any, Any]:
    """The wage and the halves that count, by the text of the day on which the work ends."""
    on, place, wage = life["job_end"], life["work_place"], life["own_wage"]
    text = raw.text_in_force(tables["new_halves_paid"], on, (place,), decision)
    if on is None:
        return None, None
    if on < CHANGE:
        return wage, halves if text else None
    capped = raw.known(lambda w, c: w > c, wage, limit)
    limited = raw.known(min, halves, most)
    paid = None if text is None or capped is None else limited if capped else halves
    return raw.known(min, wage, limit), paid


def months(life: dict[str, Any]) -> tuple[Any, Any, Any]:
    """Months of service before and since the change, and the share of the parts since then."""
    spells = [(s["from_day"], s["to_day"]) for s in life["service"]]
    if any(None in s for s in spells):
        return None, None, None
    old = new = 0
    for a, b in spells:
        for m in range(raw.month_of(a), raw.month_of(b)):
            new += raw.first_day(m) >= CHANGE
            old += raw.first_day(m) < CHANGE
    parts = [a >= CHANGE for a, b in spells] + [True for a, b in spells if a < CHANGE < b]
    return old, new, raw.rounded(sum(parts) * 10_000, len(parts)) if parts else 0
