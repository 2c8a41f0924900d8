"""Papers checked by hand: sets of papers held, not held and unknown, tried against each alternative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Each goal for each family."""
    told = [family(life, tables, decision) for life in raw.lives(world)]
    return {goal: [t[goal] for t in told] for goal in told[0]}


def family(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, Any]:
    """Which requirements a family meets, and whether the child may enrol."""
    met = requirements(life, tables, decision)
    asked = raw.figure(tables["months_asked"], on=life["asked_day"], at=(life["city"],), decision=decision)
    long_enough = raw.known(lambda a, b: a >= b, life["months_insured"], asked)
    all_met = None if met is None else raw.every(met)
    sure = met is not None and None not in met
    return {
        "papers_met": all_met, "requirements_asked": None if met is None else len(met),
        "requirements_missing": met.count(False) if sure else None,
        "share_met": raw.rounded(met.count(True) * 10_000, len(met)) if sure else None,
        "may_enrol": raw.every([all_met, long_enough]),
    }  # fmt: skip


def requirements(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> list[bool | None] | None:
    """Whether each requirement in force is met; None where it is not known which are."""
    day, city = life["asked_day"], life["city"]
    if None in (day, city):
        return None
    found = raw.listed(tables["requirements"], on=day, at=(city,), decision=decision)
    if found is None:
        return None
    yes = {d["kind"] for d in life["document"] if d["held"]}
    maybe = {d["kind"] for d in life["document"] if d["held"] is None}
    blurred = any(d["kind"] is None for d in life["document"])
    out = []
    for requirement in found:
        ways = raw.listed(tables["alternatives"], on=day, key=(requirement["requirement"],), decision=decision)
        sets = [
            raw.listed(tables["papers"], on=0, at=(city,), key=(w["alternative"],), decision=decision) for w in ways
        ]
        needed = [{p["paper"] for p in papers} for papers in sets]
        if blurred:
            out.append(None)
        elif any(need <= yes for need in needed):
            out.append(True)
        else:
            out.append(None if any(need <= yes | maybe for need in needed) else False)
    return out
