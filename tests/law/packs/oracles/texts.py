"""The allowance by the text of the day and the place, found by going through all texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from law.packs import raw

DAYS = ("2007-01-01", "2008-03-01", "2009-01-01", "2010-01-01", "2010-02-28", "2011-01-01", "2011-07-01", "2012-02-29",
        "2012-05-01", "2013-01-01", "2014-01-01", "2014-07-01", "2015-01-01", "2015-06-01", "2016-01-01",
        "2018-01-01")  # fmt: skip
BODIES = {
    "benefit_first": (lambda f: max(f["floor"] - f["income"], 0), ("floor", "income")),
    "benefit_second": (
        lambda f: max(f["floor"] + f["per_child"] * f["children"] - f["income"], 0),
        ("floor", "per_child", "children", "income"),
    ),
    "benefit_third": (
        lambda f: min(max(f["floor"] + f["per_child"] * f["children"] - f["income"], 0), f["ceiling"]),
        ("floor", "per_child", "children", "income", "ceiling"),
    ),
    "benefit_of_shenzhen": (lambda f: f["floor"] + f["per_child"] * f["children"], ("floor", "per_child", "children")),
    "benefit_of_fuyang": (lambda f: f["floor"], ("floor",)),
}


def answers(world: Mapping[str, Any], tables: Mapping[str, Any], decision: bool) -> dict[str, list[Any]]:
    """The benefit, the back pay and both together for each family."""
    benefit = [of_family(life, tables, decision) for life in raw.lives(world)]
    back = [back_pay(life, tables, decision) for life in raw.lives(world)]
    return {
        "benefit": benefit, "back_pay_rate": back,
        "total_benefit": [raw.known(int.__add__, a, b) for a, b in zip(benefit, back, strict=True)],
    }  # fmt: skip


def back_pay(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> int | None:
    """The rate for a number of children in the month claimed for."""
    on = raw.known(raw.first_day, life["claimed_month"])
    return raw.figure(tables["back_pay"], on=on, at=(life["city"],), key=(life["children"],), decision=decision)


def of_family(life: dict[str, Any], tables: Mapping[str, Any], decision: bool) -> int | None:
    """The benefit of one family; None in a gap and where something that counts is unknown."""
    on, city = life["asked_day"], (life["city"],)
    text = raw.text_in_force(tables["benefit"], on, city, decision)
    if text is None:
        return None
    figures = {n: raw.figure(tables[n], on=on, at=city, decision=decision) for n in ("floor", "per_child", "ceiling")}
    facts = figures | {"income": life["income"], "children": life["children"]}
    name = text.step.__name__
    if name == "benefit_of_guangdong":
        poor = raw.known(lambda i, f: i < f, facts["income"], facts["floor"])
        return None if poor is None else facts["ceiling"] if poor else 0
    body, needs = BODIES[name]
    return None if any(facts[n] is None for n in needs) else body(facts)
