"""Random people who come to a place: a home, work, insurance, a child, papers held or out of reach, a permit."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from wayfare.facts import CHOICES

PLACES = ("310000", "310115", "110108", "110000", "510108", "440100", "440300", "341225", "650100")
HOMES = ("341225", "510681", "350102", "310000")
YEARS = (2011, 2016, 2018, 2021, 2024, 2026)


def newcomer(draw: Random, *, question: str = "services.all") -> dict[str, Any]:
    """A document of one of them, asked about a place on some day."""
    asked = date(draw.choice(YEARS), draw.randint(1, 12), draw.randint(1, 28))
    place, home = draw.choice(PLACES), draw.choice(HOMES)
    born = asked.replace(year=asked.year - draw.randint(20, 58))
    facts = {
        "person": {"sex": draw.choice(("male", "female")), "born": str(born), **education(draw)},
        "hukou": [{"place": home, "kind": "agricultural", "from": str(born), "to": None}],
        "residence": maybe(draw, lambda: residence(draw, place, asked)),
        "work": maybe(draw, lambda: work(draw, place, asked)),
        "insurance": maybe(draw, lambda: insurance(draw, place, asked)),
        "people": maybe(draw, lambda: child(draw, asked)),
        "permits": maybe(draw, lambda: permit(draw, place, asked)),
        "papers": papers(draw),
    }  # fmt: skip
    mode = draw.choice(("decision", "estimate"))
    return {"question": question, "on": str(asked), "mode": mode, "facts": facts, "given": {"service_place": place}}


def papers(draw: Random) -> list[dict[str, Any]]:
    """Some papers, held or not; one in five has everything in hand."""
    if draw.random() < 0.2:
        return [{"kind": kind} for kind in CHOICES["paper_kind"]]
    return [paper(draw, kind) for kind in draw.sample(CHOICES["paper_kind"], draw.randint(0, 14))]


def maybe(draw: Random, item: Any) -> list[dict[str, Any]]:
    """The item, or in a fourth of cases none."""
    return [] if draw.random() < 0.25 else [item()]


def since(draw: Random, asked: date) -> str:
    return str(asked - timedelta(days=draw.choice((20, 100, 200, 400, 1_500, draw.randint(1, 4_000)))))


def residence(draw: Random, place: str, asked: date) -> dict[str, Any]:
    basis = draw.choice(CHOICES["residence_basis"])
    lease = {"lease_in_own_name": draw.random() < 0.5} if basis == "rent" and draw.random() < 0.9 else {}
    return {"place": place, "from": since(draw, asked), "to": None, "basis": basis} | lease


def work(draw: Random, place: str, asked: date) -> dict[str, Any]:
    kind = draw.choice(CHOICES["work_kind"])
    contract = {"contract": {"kind": draw.choice(CHOICES["contract_kind"])}} if draw.random() < 0.8 else {}
    return {"place": place, "from": since(draw, asked), "to": None, "kind": kind, "monthly_wage": "6000.00"} | contract


def insurance(draw: Random, place: str, asked: date) -> dict[str, Any]:
    start = (asked - timedelta(days=31 * draw.choice((1, 4, 7, 13, 40)))).replace(day=1)
    return {
        "scheme": "employee_pension", "place": f"{place[:2]}0000", "basis": "employee", "from": f"{start:%Y-%m}",
        "to": None, "base": "6000.00",
    }  # fmt: skip


def child(draw: Random, asked: date) -> dict[str, Any]:
    born = asked.replace(year=asked.year - draw.choice((3, 5, 6, 6, 7, 13)))
    return {"id": "child", "relation": "child", "born": str(born)}


def permit(draw: Random, place: str, asked: date) -> dict[str, Any]:
    return {"kind": draw.choice(CHOICES["permit_kind"]), "place": place, "from": since(draw, asked), "to": None}


def paper(draw: Random, kind: str) -> dict[str, Any]:
    held = draw.random() < 0.7
    return {"kind": kind, "held": held} | ({} if held else {"can_be_had": draw.random() < 0.6})


def education(draw: Random) -> dict[str, Any]:
    if draw.random() < 0.4:
        return {}
    level = draw.choice(("senior_middle", "college", "bachelor", "master"))
    return {"education": [{"level": level} | ({"degree": True} if level in ("bachelor", "master") else {})]}
