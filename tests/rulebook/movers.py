"""Random people who moved, as facts documents that ask about a permit, a school place, points or the end of a job."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from wayfare.facts import CHOICES

CITIES = ("310115", "310000", "110105", "510108", "440100", "440300", "441900", "330100", "350100")
HOMES = ("341225", "511421", "431300", "230100")
EVIDENCE = {"spouse_marriage_years": 12, "tax_average": 250_000, "local_jobs_average": 40, "base_months_08": 40}


def mover(draw: Random, question: str) -> dict[str, Any]:
    """Someone from one of four homes in one of nine cities, of whom a little or much is told."""
    on = date(2016, 1, 1) + timedelta(days=draw.randint(-400, 1600))
    came = on - timedelta(days=draw.randint(20, 4000))
    city, home = draw.choice(CITIES), draw.choice(HOMES)
    told, person = draw.random(), _person(draw, on)
    born = date.fromisoformat(person["born"])
    came = max(came, born + timedelta(days=15 * 366))
    facts: dict[str, Any] = {
        "person": person,
        "hukou": [{"place": home, "kind": "agricultural", "from": person["born"], "to": None}],
        "residence": [_home(draw, city, came)],
        "work": [_work(draw, city, came, on)],
        "insurance": _insured(draw, city, came, on),
    }
    if told < 0.8:
        facts["people"] = [{"id": "kid", "relation": "child", "born": f"{on.year - draw.randint(5, 14)}-03-01"}]
        kinds = draw.sample(CHOICES["paper_kind"], draw.randint(0, 12))
        facts["papers"] = [_paper(draw, kind) for kind in kinds]
        facts["permits"] = [_permit(draw, city, came, on, holder) for holder in (None, "kid") if draw.random() < 0.5]
        facts["points"] = [
            {"item": item, "amount": str(draw.randint(0, most))} for item, most in EVIDENCE.items()
            if item in CHOICES["evidence_kind"] and draw.random() < 0.3
        ]  # fmt: skip
    if draw.random() < 0.2:
        kind = draw.choice(CHOICES["conduct_kind"])
        facts["conduct"] = [{"kind": kind, "on": (on - timedelta(days=draw.randint(1, 2500))).isoformat()}]
    return {"question": question, "on": on.isoformat(), "mode": "estimate", "facts": facts}


def _person(draw: Random, on: date) -> dict[str, Any]:
    sex = draw.choice(("male", "female"))
    group = "male" if sex == "male" else draw.choice(("female_50", "female_55"))
    person = {"id": "p1", "sex": sex, "born": f"{on.year - draw.randint(17, 62)}-06-01", "retirement_group": group}
    left_school = on.year - 1
    if draw.random() < 0.7:
        level = draw.choice(CHOICES["study_level"][1:])
        has_degree = level in ("bachelor", "master", "doctor") and draw.random() < 0.8
        years = {"from": f"{left_school - 3}-09-01", "to": f"{left_school}-07-01"}
        person["education"] = [{"level": level, "degree": has_degree, **years}]
    if draw.random() < 0.4:
        person["skills"] = [{"kind": draw.choice(CHOICES["skill_kind"][1:]), "on": f"{left_school}-05-01"}]
    return person


def _home(draw: Random, city: str, came: date) -> dict[str, Any]:
    home = {"place": city, "from": came.isoformat(), "to": None}
    if draw.random() < 0.8:
        home["basis"] = draw.choice(("rent", "rent", "own", "employer", "family"))
        home["lease_in_own_name"] = draw.random() < 0.5
    return home


def _work(draw: Random, city: str, came: date, on: date) -> dict[str, Any]:
    work = {"place": city, "from": came.isoformat(), "to": None, "kind": draw.choice(CHOICES["work_kind"])}
    if draw.random() < 0.8:
        work["contract"] = {"kind": draw.choice(CHOICES["contract_kind"])}
        work["monthly_wage"] = f"{draw.randint(1_500, 30_000)}.00"
    if draw.random() < 0.5:
        work |= {"to": on.isoformat(), "ended": {"how": draw.choice(CHOICES["ending_kind"])}}
    return work


def _insured(draw: Random, city: str, came: date, on: date) -> list[dict[str, Any]]:
    start = max(came, date(2009, 1, 1))
    if draw.random() < 0.3 or (on - start).days < 62:
        return []
    return [
        {"scheme": scheme, "place": city, "basis": "employee", "from": f"{start:%Y-%m}", "to": None, "base": "5200.00"}
        for scheme in ("employee_pension", "employee_medical") if draw.random() < 0.8
    ]  # fmt: skip


def _paper(draw: Random, kind: str) -> dict[str, Any]:
    paper: dict[str, Any] = {"kind": kind, "held": draw.random() < 0.6}
    if not paper["held"] and draw.random() < 0.3:
        paper["can_be_had"] = False
    return paper


def _permit(draw: Random, city: str, came: date, on: date, holder: str | None) -> dict[str, Any]:
    issued = came + (on - came) * draw.random()
    permit = {"kind": draw.choice(CHOICES["permit_kind"]), "place": city, "from": issued.isoformat(), "to": None}
    return permit | ({"holder": holder} if holder else {})
