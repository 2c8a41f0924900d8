"""Random applicants for points: facts documents with anything that a points table looks at."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from wayfare.facts import CHOICES

SYSTEMS = ("shanghai_2015", "shanghai_2018", "beijing_2016", "guangdong_2010", "guangzhou_2010")
DAYS = {"shanghai_2015": (2015, 2017), "shanghai_2018": (2018, 2025), "beijing_2016": (2017, 2019)}
PLACES = {"shanghai": ("310000", "310115"), "beijing": ("110000", "110108"), "guang": ("440100", "441200")}
LEVELS = ("junior_middle", "senior_middle", "college", "bachelor", "master", "doctor")
YUAN = {"firm_tax_yuan", "wage_tax_yuan", "firm_tax_share_yuan"}


def applicant(draw: Random, system: str) -> dict[str, Any]:
    """A document about one applicant, every fact stated."""
    first, last = DAYS.get(system, (2010, 2011))
    on = _day(draw, first, last) if first > 2010 else _day(draw, 2011, 2011)
    here = next(places for name, places in PLACES.items() if system.startswith(name))
    facts = {
        "person": _person(draw, on),
        "points": _evidence(draw),
        "conduct": [
            {"kind": draw.choice(CHOICES["conduct_kind"]), "on": _day(draw, first - 8, last)}
            for _ in range(draw.choice((0, 0, 1, 3)))
        ],
        "residence": _homes(draw, here, first),
        "insurance": _insurance(draw, here, first),
    }
    return {"question": "residence.points", "on": on, "facts": facts, "given": {"points_system": system}}


def _day(draw: Random, first: int, last: int) -> str:
    return date.fromordinal(draw.randint(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal())).isoformat()


def _month(draw: Random, first: int, last: int) -> str:
    return f"{draw.randint(first, last)}-{draw.randint(1, 12):02d}"


def _person(draw: Random, on: str) -> dict[str, Any]:
    skills = [{"kind": draw.choice(CHOICES["skill_kind"][1:])} for _ in range(draw.choice((0, 0, 1, 2)))]
    for skill in skills:
        if draw.random() < 0.3:
            skill["on"] = _day(draw, int(on[:4]) - 3, int(on[:4]) + 1)
    studies = [_study(draw, int(on[:4])) for _ in range(draw.choice((0, 1, 1, 2, 3)))]
    born = f"{int(on[:4]) - draw.randint(20, 62)}{on[4:]}" if draw.random() < 0.1 else _day(draw, 1956, 1992)
    return {"born": _real(born), "sex": "male", "education": studies, "skills": skills}


def _real(day: str) -> str:
    return day.replace("-02-29", "-03-01")


def _study(draw: Random, year: int) -> dict[str, Any]:
    level = draw.choice(LEVELS)
    study: dict[str, Any] = {"level": level}
    if level in LEVELS[3:]:
        study["degree"] = draw.random() < 0.85
    if draw.random() < 0.8:
        begun = draw.randint(year - 14, year - 1)
        study |= {"from": f"{begun}-09-01", "to": f"{begun + draw.randint(1, 5)}-07-01"}
        if draw.random() < 0.1:
            study["to"] = None
    return study


def _evidence(draw: Random) -> list[dict[str, Any]]:
    kinds = draw.sample(CHOICES["evidence_kind"], draw.choice((0, 2, 5, 9)))
    return [{"item": kind, "amount": _amount(draw, kind)} for kind in kinds]


def _amount(draw: Random, kind: str) -> Any:
    if kind in YUAN:
        return draw.choice((0, 99_999, 100_000, draw.randint(0, 2_000_000)))
    return draw.choice((0, 1, draw.randint(0, 60), f"{draw.randint(0, 30)}.5"))


def _homes(draw: Random, here: tuple[str, ...], year: int) -> list[dict[str, Any]]:
    homes, begun = [], _day(draw, year - 15, year - 3)
    for _ in range(draw.choice((0, 1, 2, 3))):
        place = draw.choice((*here, *here, "330100"))
        end = _day(draw, int(begun[:4]) + 1, int(begun[:4]) + 6)
        running = draw.random() < 0.4
        basis = draw.choice(CHOICES["residence_basis"])
        homes.append({"place": place, "from": begun, "to": None if running else end, "basis": basis})
        begun = end if draw.random() < 0.6 else _day(draw, int(end[:4]), int(end[:4]) + 1)
        if begun > f"{year}-01-01":
            break
    return homes


def _insurance(draw: Random, here: tuple[str, ...], year: int) -> list[dict[str, Any]]:
    spells: list[dict[str, Any]] = []
    for number in range(draw.choice((0, 1, 1, 2, 3))):
        start = _month(draw, year - 12, year - 1)
        end = f"{int(start[:4]) + draw.randint(1, 9)}{start[4:]}"
        spells.append(
            {
                "scheme": "employee_pension",
                "place": (*here, "320500")[number],
                "basis": draw.choice(("employee",) * 6 + ("flexible",)),
                "kind": draw.choice(("actual",) * 6 + ("back_paid", "deemed")),
                "from": start,
                "to": None if draw.random() < 0.5 else end,
                "base": f"{draw.randint(20, 300) * 100}.00",
            }
        )
    return spells


def without_a_fact(draw: Random, document: dict[str, Any]) -> dict[str, Any]:
    """The document with one fact, or two, not stated."""
    facts = document["facts"]
    ways = [("person", None, "born")]
    ways += [("education", i, "degree") for i in range(len(facts["person"]["education"]))]
    ways += [("residence", i, "basis") for i in range(len(facts["residence"]))]
    ways += [("insurance", i, name) for i in range(len(facts["insurance"])) for name in ("base", "basis")]
    for section, number, name in draw.sample(ways, min(len(ways), draw.choice((1, 2)))):
        item = facts["person"] if section == "person" else facts["person"].get(section, facts.get(section))[number]
        item.pop(name, None)
    return document
