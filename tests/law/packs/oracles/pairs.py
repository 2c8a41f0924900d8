"""Claims by the text and the ratio of a pair of places, found by going through all rows and all texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw

BODIES = {
    "pays_by_home": lambda bill, ratio, threshold, extra: raw.rounded(bill * ratio, 10_000),
    "pays_above_threshold": lambda bill, ratio, threshold, extra: raw.rounded(max(bill - threshold, 0) * ratio, 10_000),
    "pays_in_sichuan": lambda bill, ratio, threshold, extra: raw.rounded(bill * (ratio + extra), 10_000),
    "pays_by_agreement": lambda bill, ratio, threshold, extra: bill - raw.rounded(bill * (10_000 - ratio), 10_000),
    "pays_all": lambda bill, ratio, threshold, extra: bill,
}
NEEDS = {"pays_by_home": (0, 1), "pays_above_threshold": (0, 1, 2), "pays_in_sichuan": (0, 1, 3), "pays_all": (0,)}


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """What is paid for each claim, and for each person in all and last."""
    paid: dict[int, Any] = {}
    people = []
    for life in raw.lives(world):
        mine = {c["row"]: pays(life, c, tables, decision) for c in life["claim"]}
        paid |= mine
        order = sorted(life["claim"], key=lambda c: (c["treated_day"] or 0, c["row"]))
        unclear = any(c["treated_day"] is None for c in order)
        people.append((raw.added(mine.values()), None if unclear else mine[order[-1]["row"]] if order else 0))
    return {
        "pays": [paid[i] for i in sorted(paid)],
        "fund_pays": [all_ for all_, _ in people], "last_pays": [last for _, last in people],
    }  # fmt: skip


def pays(life: dict[str, Any], claim: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> Any:
    """What one claim is paid, by the text in force."""
    pair, on = (life["home"], claim["there"]), claim["treated_day"]
    text = raw.text_in_force(tables["pays"], on, pair, decision)
    if text is None:
        return None
    ratio = raw.figure(tables["away_ratio"], on=on, at=pair, decision=decision)
    threshold = raw.figure(tables["threshold"], at=pair, decision=decision)
    extra = raw.figure(tables["extra_ratio"], at=pair[:1], decision=decision)
    parts = claim["bill"], ratio, threshold, extra
    name = text.step.__name__
    if any(parts[i] is None for i in NEEDS.get(name, (0, 1))):
        return None
    return BODIES[name](*parts)
