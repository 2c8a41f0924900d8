"""Random families who moved: homes, jobs, permits, papers, insurance, a child; with some facts left open on request.

They cluster around the lines of the law: half a year, three years, twelve months to May, the month before a full year;
the facts left open come with what may stand there, so that each way to state them can be tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from wayfare.facts import CHOICES

PLACES = ("110000", "310115", "310104", "510108", "510107", "440305", "440300")
SERVICE_PLACES = ("110000", "110000", "310115", "310115", "510108", "510108", "510107", "440300")
KINDS = CHOICES["paper_kind"]
Hole = tuple[Sequence[str | int], Sequence[Any]]


@dataclass
class Drawn:
    """A document and the facts it leaves open, each a path with what may stand there."""

    document: dict[str, Any]
    holes: list[Hole] = field(default_factory=list)


def family(draw: Random, *, holes: int = 0) -> Drawn:
    """One family, asked about a place of 2016 or a permit of later years; `holes` facts at the most are left open."""
    place = draw.choice(SERVICE_PLACES)
    on = _asked(draw)
    facts = {
        "person": {"born": _ago(draw, on, (16, 17, 30, 60))},
        "hukou": [{"place": draw.choice(("341225", "511381", place)), "from": f"{on.year - 9}-01-01"}],
        "people": _people(draw, on),
        "residence": _cut(draw, on, [_home(draw, place, on) for _ in range(draw.randint(0, 3))]),
        "work": [_job(draw, place, on) for _ in range(draw.randint(0, 2))],
        "insurance": _insurance(draw, place, on),
        "papers": _papers(draw, place),
    }
    facts["permits"] = [_permit(draw, place, on, facts["people"]) for _ in range(draw.randint(0, 3))]
    if draw.random() < 0.3:
        _as_registered(draw, place, on, facts)
    facts["permits"] = _cut(draw, on, facts["permits"])
    drawn = Drawn({"question": "residence.permit", "on": str(on), "facts": facts, "given": _given(draw, place)})
    for hole in draw.sample(_open(facts), min(holes, len(_open(facts)))):
        _leave_open(drawn, hole)
    return drawn


def _asked(draw: Random) -> date:
    if draw.random() < 0.7:
        return date(2016, draw.choice((1, 4, 5, 5, 5, 6, 9)), draw.randint(1, 28))
    return date(draw.randint(2016, 2024), draw.randint(1, 12), draw.randint(1, 28))


def _ago(draw: Random, on: date, years: Sequence[int]) -> str:
    """About so many years before, on the very day or a few days beside it."""
    return str(on - timedelta(round(365.25 * draw.choice(years)) + draw.randint(-40, 40)))


def _near(draw: Random, on: date, months: Sequence[int]) -> date:
    """A day some months before, often the very day of the month."""
    at = on.year * 12 + on.month - 1 - draw.choice(months)
    there = date(at // 12, at % 12 + 1, min(on.day, 28))
    return there + timedelta(draw.choice((0, 0, -1, 1, draw.randint(-30, 30))))


def _people(draw: Random, on: date) -> list[dict[str, Any]]:
    child = {"id": "mei", "relation": "child", "born": f"{on.year - draw.choice((5, 6, 6, 7, 9))}-03-01"}
    other = {"id": "li", "relation": draw.choice(("spouse", "child", "parent")), "born": "2009-05-05"}
    return draw.choice(([child], [child, other], [other, child], [child]))


def _ends(draw: Random, start: date, on: date, chance: float) -> str | None:
    if draw.random() < chance:
        return None
    return str(max(start + timedelta(1), on + timedelta(draw.choice((-400, -60, -1, 0, 1, 200)))))


def _cut(draw: Random, on: date, spells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Some of the spells as two that meet on a day, or leave one day between them."""
    found = []
    for spell in spells:
        start, end = date.fromisoformat(spell["from"]), min(on, date.fromisoformat(spell["to"] or str(on)))
        days = (end - start).days
        if days < 3 or draw.random() < 0.6:
            found.append(spell)
            continue
        first = start + timedelta(draw.randint(1, days - 2))
        then = {"from": str(first + timedelta(draw.choice((0, 0, 1))))}
        if "endorsed" in spell:
            then["endorsed"] = max(spell["endorsed"], then["from"])
        found += [spell | {"to": str(first)}, spell | then]
    return found


def _where(draw: Random, place: str) -> str:
    return place if draw.random() < 0.75 else draw.choice(PLACES)


def _home(draw: Random, place: str, on: date) -> dict[str, Any]:
    start = _near(draw, on, (3, 5, 6, 6, 7, 11, 12, 13, 40))
    basis = draw.choice(("rent", "rent", "rent", "own", "employer", "family"))
    home: dict[str, Any] = {"place": _where(draw, place), "from": str(start), "to": _ends(draw, start, on, 0.6)}
    return home | {"basis": basis, "lease_in_own_name": draw.random() < 0.5}


def _job(draw: Random, place: str, on: date) -> dict[str, Any]:
    start = _near(draw, on, (1, 12, 40))
    job: dict[str, Any] = {"place": _where(draw, place), "from": str(start), "to": _ends(draw, start, on, 0.7)}
    job |= {"kind": draw.choice(CHOICES["work_kind"]), "contract": {"kind": draw.choice(CHOICES["contract_kind"])}}
    if draw.random() < 0.5:
        job["registered_flexible_from"] = str(_near(draw, on, (12, 35, 36, 36, 37)))
    return job


def _permit(draw: Random, place: str, on: date, people: Sequence[dict[str, Any]]) -> dict[str, Any]:
    start = _near(draw, on, (2, 11, 12, 13, 24, 35, 36, 36, 37))
    permit: dict[str, Any] = {
        "kind": draw.choice(CHOICES["permit_kind"]), "place": _where(draw, place), "from": str(start),
        "to": _ends(draw, start, on, 0.7), "endorsed": str(start + (on - start) * draw.random()),
    }  # fmt: skip
    if draw.random() < 0.6:
        at = max(start, min(on, _near(draw, on, (0, 1, 11, 12, 13, 24))))
        permit["endorsed"] = str(at)
    if draw.random() < 0.3:
        permit["holder"] = draw.choice(people)["id"]
    return permit


def _as_registered(draw: Random, place: str, on: date, facts: dict[str, Any]) -> None:
    """Somebody who came long ago: home, insurance, temporary permits, the child's too, and registered flexible work."""
    about = {"place": place, "to": None}
    mine, work = (str(_near(draw, on, (35, 36, 36, 37))) for _ in range(2))
    permit = about | {"kind": "temporary_residence_permit", "endorsed": str(on)}
    facts["permits"] += [permit | {"from": mine}, permit | {"from": str(_near(draw, on, (2, 12))), "holder": "mei"}]
    job = {"kind": "flexible", "contract": {"kind": "none"}, "from": work, "registered_flexible_from": work}
    facts["work"].append(about | job)
    home = {"from": str(_near(draw, on, (12, 13, 40))), "basis": "rent", "lease_in_own_name": True}
    facts["residence"].append(about | home)
    month = f"{_near(draw, on, (10, 11, 12)):%Y-%m}"
    facts["insurance"].append(about | {"scheme": "injury", "basis": "employee", "from": month})


def _insurance(draw: Random, place: str, on: date) -> list[dict[str, Any]]:
    """Spells of insurance, one for each scheme and place."""
    spells = {}
    for _ in range(draw.randint(0, 3)):
        start = _near(draw, on, (1, 3, 4, 5, 11, 12, 13, 26))
        end = None if draw.random() < 0.6 else start + timedelta(draw.choice((31, 130, 400)))
        spell = {
            "scheme": draw.choice(("employee_pension", "employee_medical", "housing_fund", "resident_medical")),
            "place": _where(draw, place), "basis": "employee", "from": f"{start:%Y-%m}",
            "to": None if end is None else f"{end:%Y-%m}",
        }  # fmt: skip
        spells[spell["scheme"], spell["place"]] = spell
    return [s for s in spells.values() if s["to"] is None or s["from"] < s["to"]]


def _papers(draw: Random, place: str) -> list[dict[str, Any]]:
    """Most of the papers held, so that some ways are open; a few cannot be had, or are of another city."""
    held = draw.choice((0.2, 0.7, 0.95))
    papers: list[dict[str, Any]] = []
    for kind in KINDS:
        if draw.random() < held:
            papers.append({"kind": kind})
        elif draw.random() < 0.3:
            papers.append({"kind": kind, "held": False, "can_be_had": draw.random() < 0.5})
        if papers and papers[-1]["kind"] == kind and draw.random() < 0.1:
            papers[-1]["place"] = draw.choice((place, *PLACES))
    return papers


def _given(draw: Random, place: str) -> dict[str, str]:
    given = {"service_place": place}
    for name, chance in (("studies_here", 0.3), ("applies_by_guardian", 0.3), ("is_frail_or_disabled", 0.2)):
        if draw.random() < chance:
            given[name] = "yes"
    if draw.random() < 0.3:
        given["waits_months"] = str(draw.choice((1, 2, 6, 12)))
    return given


def _open(facts: dict[str, Any]) -> list[Hole]:
    """The facts that may be left open, with what may stand there."""
    truths, found = (False, True), [(("hukou", 0, "place"), ("341225", "110101", "310101", "510105", "440303"))]
    for number, home in enumerate(facts["residence"]):
        if home["basis"] == "rent":
            found.append((("residence", number, "lease_in_own_name"), truths))
    for number, _ in enumerate(facts["work"]):
        found.append((("work", number, "contract"), tuple({"kind": kind} for kind in CHOICES["contract_kind"])))
        found.append((("work", number, "kind"), CHOICES["work_kind"]))
    for number, permit in enumerate(facts["permits"]):
        days = ("from", "to") if permit["to"] else ("from",)
        found.append((("permits", number, "endorsed"), tuple(permit[name] for name in days)))
    found += [(("people", number, "born"), ("2008-01-01", "2014-01-01")) for number, _ in enumerate(facts["people"])]
    return [(("facts", *path), choices) for path, choices in found]


def _leave_open(drawn: Drawn, hole: Hole) -> None:
    """Takes the fact out of the document; a registration goes whole, for its place is what it says."""
    path, _ = hole
    *way, last = path
    if path[1] == "hukou":
        drawn.document["facts"]["hukou"][0]["place"] = "341225"
        drawn.holes.append(hole)
        return
    here: Any = drawn.document
    for step in way:
        here = here[step]
    here.pop(last, None)
    drawn.holes.append(hole)


def without_open(drawn: Drawn) -> dict[str, Any]:
    """The document as it is asked: a registration that is left open is not on record."""
    facts = dict(drawn.document["facts"])
    if any(path[1] == "hukou" for path, _ in drawn.holes):
        facts.pop("hukou")
    return drawn.document | {"facts": facts}
