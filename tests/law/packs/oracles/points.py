"""Points counted by hand: each option's items under its groups, best or sum, capped; then the best option."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """Each goal for each applicant."""
    told = [applicant(life, tables, decision) for life in raw.lives(world)]
    return {goal: [t[goal] for t in told] for goal in told[0]}


def applicant(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, Any]:
    """One applicant's score, and whether it reaches the line without a veto."""
    counted = options(life, tables, decision)
    best = None
    if counted is not None and all(points is not None for _, points in counted):
        best = (0, 0)
        for number, points in counted:
            best = (number, points) if best == (0, 0) or points >= best[1] else best
    minus = raw.added(o["minus"] for o in life["offence"])
    forged = raw.some(o["forged"] for o in life["offence"])
    score = raw.known(lambda a, b: max(a - b, 0), best and best[1], minus)
    line = raw.figure(tables["points_line"], on=life["asked_day"], at=(life["city"],), decision=decision)
    vetoed = raw.some([forged, life["convicted"]])
    return {
        "best_points": best and best[1], "best_option": best and best[0], "minus_points": minus, "has_forged": forged,
        "offences": len(life["offence"]), "score": score,
        "admitted": raw.every([raw.known(lambda a, b: a >= b, score, line), raw.known(lambda v: not v, vetoed)]),
    }  # fmt: skip


def options(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> list[tuple[int, Any]] | None:
    """Number and points of each option in force; None where the options themselves are not known."""
    day, city = life["asked_day"], life["city"]
    if None in (day, city):
        return None
    found = raw.listed(tables["options"], on=day, at=(city,), decision=decision)
    if found is None:
        return None
    out = []
    for option in found:
        items = raw.listed(tables["items"], on=day, at=(city,), key=(option["option"],), decision=decision)
        if items is None:
            return None
        points = [group(life, tables, number, items, decision) for number in {i["group"] for i in items}]
        out.append((option["option"], raw.known(min, raw.added(points), option["cap"])))
    return out


def group(life: dict[str, Any], tables: Mapping[str, Any], number: int, items: list[Any], decision: bool) -> Any:
    """Points of one group of items: the best of them or their sum, up to the cap."""
    earned = [
        raw.known(lambda n, each: n * each, held(life, i["item"]), i["each"]) for i in items if i["group"] == number
    ]
    asked = {"at": (life["city"],), "key": (number,), "decision": decision}
    best = raw.figure(tables["group_takes_best"], on=life["asked_day"], **asked)
    cap = raw.figure(tables["group_caps"], **asked)
    if best is None or cap is None or None in earned:
        return None
    return min(max(earned) if best else sum(earned), cap)


def held(life: dict[str, Any], item: int) -> int | None:
    """How much of an item the applicant shows; a paper that nobody can read might be any."""
    if any(e["evidence_kind"] is None for e in life["evidence"]):
        return None
    return next((e["amount"] for e in life["evidence"] if e["evidence_kind"] == item), 0)
