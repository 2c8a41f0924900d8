"""The place that pays, worked out province by province from a dict of months."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw

YEARS = range(1990, 2020)
TEMPORARY, DEEMED = 1, 2
GOALS = ("place_of_benefit", "paid_months", "hukou_province", "last_place", "current_has_ten", "latest_ten",
         "possible_places", "paid_away")  # fmt: skip


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Each goal for each worker."""
    told = [worker(life, tables, decision) for life in raw.lives(world)]
    return {goal: [t[goal] for t in told] for goal in GOALS}


def worker(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, Any]:
    """One worker's place, and what it rests on."""
    age = raw.figure(tables["retirement_age"], key=(life["group"],), decision=decision)
    month = raw.known(lambda born, months: raw.month_of(born) + months, life["born"], age)
    then = hukou_on(life, raw.known(raw.first_day, month))
    home = raw.province(then)
    last = last_place(life, home)
    ten = ten_by_province(life, home, then, month, tables, decision)
    current = None if ten is None else raw.some(
        raw.every([raw.known(int.__eq__, p, last), holds]) for p, (holds, _) in ten.items()
    )  # fmt: skip
    latest = latest_ten(ten, home)
    possible = None if ten is None else [raw.some([raw.known(int.__eq__, p, home), ok]) for p, (ok, _) in ten.items()]
    place = benefit(then, month, home, last, current, latest, tables, decision)
    return {
        "place_of_benefit": place, "paid_months": paid_months(life), "hukou_province": home, "last_place": last,
        "current_has_ten": current, "latest_ten": latest,
        "possible_places": None if possible is None or None in possible else sum(possible),
        "paid_away": raw.known(int.__ne__, place, home),
    }  # fmt: skip


def benefit(
    then: Any, month: Any, home: Any, last: Any, current: Any, latest: Any, tables: Mapping[str, Any], decision: bool
) -> Any:  # fmt: skip
    """Before 2010 the hukou (unless the place says otherwise); since then article 6."""
    if month is None:
        return None
    if raw.first_day(month) < raw.day("2010-01-01"):
        decides = raw.figure(tables["hukou_decides"], at=(then,), decision=decision)
        return None if decides is None else home if decides else last
    if home is None or last is None:
        return None
    if last == home:
        return home
    return None if current is None else last if current else latest


def hukou_on(life: dict[str, Any], on: int | None) -> int | None:
    """Where the hukou was on a day: of the spells that hold then the one that began last, else the birth place."""
    held = []
    for spell in life["hukou"]:
        begun = raw.known(lambda a, b: a <= b, spell["hukou_start"], on)
        open_ = raw.known(lambda a, b: a < b, on, spell["hukou_end"])
        holds = raw.every([begun, open_])
        if holds is None:
            return None
        if holds:
            held.append((spell["hukou_start"], spell["row"], spell["hukou_place"]))
    if not held:
        return life["birth_place"]
    return max(held, key=lambda h: h[:2])[2]


def last_place(life: dict[str, Any], home: int | None) -> int | None:
    """Province of the last fund paid into; deemed years are paid into none."""
    runs = [r for r in life["run"] if r["account"] is None or r["account"] != DEEMED]
    if any(None in (r["account"], r["end"], r["number"]) for r in runs):
        return None
    if not runs:
        return home
    return raw.province(max(runs, key=lambda r: (r["end"], r["number"], r["row"]))["fund"])


def holders(life: dict[str, Any]) -> tuple[dict[int, Any], set[int]] | None:
    """The record of each month, and the years whose order is not clear; None where records have no dates."""
    if any(r["start"] is None or r["end"] is None for r in life["run"]):
        return None
    out: dict[int, Any] = {}
    unclear = set()
    for year in YEARS:
        mine = [r for r in life["run"] if r["start"] < year * 12 + 12 and r["end"] > year * 12]
        if any(r["account"] is None or r["number"] is None for r in mine):
            unclear.add(year)
            continue
        for m in range(year * 12, year * 12 + 12):
            there = [r for r in mine if r["start"] <= m < r["end"]]
            if there:
                out[m] = min(there, key=lambda r: (r["account"], r["number"], r["row"]))
    return out, unclear


def paid_months(life: dict[str, Any]) -> int | None:
    """Months with a record, each once."""
    found = holders(life)
    return None if found is None or found[1] else len(found[0])


def ten_by_province(
    life: dict[str, Any], home: Any, then: Any, month: Any, tables: Mapping[str, Any], decision: bool
) -> dict[int, tuple[Any, Any]] | None:  # fmt: skip
    """For each province with a record: whether it has ten years, and its last month; None where funds are unknown."""
    if any(r["fund"] is None for r in life["run"]):
        return None
    found = holders(life)
    on = raw.known(raw.first_day, month)
    asked = raw.figure(tables["ten_years"], on=on, at=(then,), decision=decision)
    out = {}
    for province in {raw.province(r["fund"]) for r in life["run"]}:
        here = [r for r in life["run"] if raw.province(r["fund"]) == province]
        ends = [r["end"] for r in here]
        months = None if found is None else months_there(found, here, province, home)
        out[province] = raw.known(lambda a, b: a >= b, months, asked), None if None in ends else max(ends)
    return out


def months_there(found: tuple[dict[int, Any], set[int]], here: list[Any], province: int, home: Any) -> int | None:
    """Months that count for a province: of a temporary account only at home."""
    held, unclear = found
    total = 0
    for r in here:
        years = {m // 12 for m in range(r["start"], r["end"])}
        mine = sum(h is r for h in held.values())
        if r["account"] == TEMPORARY or r["account"] is None:
            counts = raw.some(
                [raw.known(lambda a: a != TEMPORARY, r["account"]), raw.known(int.__eq__, province, home)]
            )
            if counts is None:
                return None
            mine = mine if counts else 0
            years = years if counts else set()
        if years & unclear:
            return None
        total += mine
    return total


def latest_ten(ten: dict[int, tuple[Any, Any]] | None, home: Any) -> int | None:
    """Of the provinces with ten years the one that ended last, of equals the greater number; home where none has."""
    if ten is None or any(holds is None or (holds and end is None) for holds, end in ten.values()):
        return None
    best = [(end, province) for province, (holds, end) in ten.items() if holds]
    return max(best)[1] if best else home
