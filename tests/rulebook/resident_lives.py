"""Random lives in both pension schemes: a working life of `histories`, and what a residents' office could have written.

Years with tiers, subsidies of government and collective, months that two places or two schemes report, balances, moves
of the registration, pensions of either scheme, deaths; now and then an amount that nobody states.
"""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

from rulebook.histories import day, history, text, yuan

PLACES = ("430521", "430100", "341225", "340104", "441900", "310115", "120101", "511302")
TIERS = ("100.00", "200.00", "300.00", "500.00", "900.00", "1500.00", "2000.00", "2000.00", "250.00", "3000.00")
SUBSIDIES = ("30.00", "30.00", "60.00", "60.00", "25.00", "101.37")
COLLECTIVE = (None, None, None, "20.00", "33.33")
MONTHS = (None, None, None, "7-12", "1-3,11", "5")


def resident_lives() -> st.SearchStrategy[dict[str, Any]]:
    """Documents of a person in both schemes."""
    return st.integers(0, 2**40).map(lambda seed: resident_life(Random(seed)))


def resident_life(draw: Random) -> dict[str, Any]:
    """One life and one day, half of them with too few years as an employee."""
    document = history(draw)
    facts, asked = document["facts"], int(document["on"][:4]) * 12 + int(document["on"][5:7]) - 1
    if draw.random() < 0.4:
        facts["insurance"] = facts["insurance"][:1]
    if draw.random() < 0.15:
        facts["insurance"].append(_surrendered(draw, int(facts["person"]["born"][:4])))
    if draw.random() < 0.1:
        facts["hukou"] = []
    facts["insurance"] += _spells(draw, asked)
    facts["accounts"] += [_balance(draw, asked) for _ in range(draw.choice((0, 0, 1, 1, 2)))]
    facts["benefits"] = [_benefit(draw, asked) for _ in range(draw.choice((0, 0, 0, 1, 2, 3)))]
    if draw.random() < 0.2:
        facts["person"]["died"] = day(draw, asked + draw.randint(-40, 10))
    return document


def _surrendered(draw: Random, born: int) -> dict[str, Any]:
    """A migrant's relation that was ended and paid out before 2010."""
    first = draw.randint(max(born + 16, 1982) * 12, 2008 * 12)
    end = draw.randint(first + 1, 2009 * 12 + 12)
    spell = {"scheme": "employee_pension", "place": draw.choice(("440600", "310000", "330200")), "basis": "employee"}
    if draw.random() < 0.3:
        spell["basis"] = "flexible"
    return spell | {"from": text(first), "to": text(end), "base": yuan(draw.randint(30_000, 400_000)),
                    "surrendered": day(draw, min(end + draw.randint(0, 9), 2009 * 12 + 11))}  # fmt: skip


def _spells(draw: Random, asked: int) -> list[dict[str, Any]]:
    places = draw.sample(PLACES, draw.choice((0, 1, 1, 1, 2, 2, 3)))
    return [_spell(draw, place, asked) for place in places]


def _spell(draw: Random, place: str, asked: int) -> dict[str, Any]:
    first = draw.choice((2009, draw.randint(2006, max(2007, min(asked // 12, 2026)))))
    last = draw.randint(first, min(asked // 12, first + draw.choice((2, 6, 20, 25))) if first < asked // 12 else first)
    months = (None,) if draw.random() < 0.6 else MONTHS
    years = [_year(draw, year, months) for year in range(first, last + 1) if draw.random() < 0.95]
    return {"scheme": "resident_pension", "place": place, "basis": "resident", "from": f"{first}-01",
            "to": f"{last + 1}-01", "years": years or [_year(draw, first, months)]}  # fmt: skip


def _year(draw: Random, year: int, months: tuple[str | None, ...]) -> dict[str, Any]:
    found = {"year": year, "months": draw.choice(months), "contribution": draw.choice(TIERS),
             "subsidy": draw.choice(SUBSIDIES), "collective": draw.choice(COLLECTIVE)}  # fmt: skip
    if draw.random() < 0.01:
        found[draw.choice(("contribution", "subsidy"))] = None
    return {name: value for name, value in found.items() if value is not None}


def _balance(draw: Random, asked: int) -> dict[str, Any]:
    year = draw.randint(2010, max(2010, asked // 12))
    any_day = day(draw, year * 12 + draw.randint(0, 11))
    on = draw.choice((f"{year}-12-31", f"{year}-12-31", f"{year}-06-30", any_day, f"{text(asked)}-01"))
    amount = draw.randint(0, 2_000_000)
    found = {"scheme": "resident_pension", "place": draw.choice(PLACES), "on": on, "balance": yuan(amount)}
    return found | ({"subsidy": yuan(draw.randint(0, amount))} if draw.random() < 0.9 else {})


def _benefit(draw: Random, asked: int) -> dict[str, Any]:
    start = draw.randint(2010 * 12, max(2011 * 12, asked + 6))
    scheme = draw.choice(("resident_pension", "resident_pension", "employee_pension", "unemployment"))
    end = draw.choice((None, text(start + draw.randint(1, 90))))
    return {"scheme": scheme, "place": draw.choice(PLACES), "from": text(start), "to": end}
