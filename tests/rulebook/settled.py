"""Random lives settled in one province, so that its own rules are asked: early months, wages, work, benefits."""

from __future__ import annotations

from random import Random
from typing import Any

from rulebook.histories import day, text, yuan

CITIES = ("110105", "310115", "320500", "330100", "340100", "360100", "370100", "410100", "430100", "440300", "510100",
          "530100", "540100", "620100", "220100", "230100")  # fmt: skip
Document = dict[str, Any]


def settled(draw: Random, city: str, mode: str | None = None) -> Document:
    """A life with deemed months, paid ones before and after 1998, perhaps some elsewhere; asked at about the award."""
    born = draw.randint(1950 * 12, 1972 * 12 + 11)
    group, age = draw.choice([("male", 720), ("female_55", 660), ("female_50", 600)])
    asked = max(born + age + draw.randint(-24, 120), 2010 * 12)
    person = {"id": "life", "sex": "male" if group == "male" else "female", "born": day(draw, born),
              "retirement_group": group}  # fmt: skip
    facts: Document = {
        "person": person,
        "hukou": [{"place": city, "kind": "agricultural", "from": f"{text(born)}-28", "to": None}],
        "insurance": _insurance(draw, city, born, asked),
    }
    if draw.random() < 0.5:
        start = asked - draw.randint(1, 20)
        facts["benefits"] = [{"scheme": "unemployment", "place": city, "from": text(start),
                              "to": draw.choice([None, text(asked + draw.randint(-1, 18))])}]  # fmt: skip
    if draw.random() < 0.7:
        facts["work"] = [{"place": city, "from": "2000-01-01", "to": None,
                          "monthly_wage": yuan(draw.randint(1, 4_000_000)),
                          "kind": draw.choice(["employee", "flexible", "self_employed", "informal"])}]  # fmt: skip
    return {"question": "pension.monthly", "on": day(draw, asked), "facts": facts, "given": _given(draw),
            "mode": mode or draw.choice(["estimate", "estimate", "decision"])}  # fmt: skip


def _insurance(draw: Random, city: str, born: int, asked: int) -> list[Document]:
    began = draw.randint(born + 17 * 12, 1999 * 12)
    first_paid = draw.randint(max(began, 1984 * 12), 2000 * 12)
    end = draw.choice([asked, asked - draw.randint(0, 60)])
    province = city[:2] + "0000"
    spells: list[Document] = []
    if draw.random() < 0.6 and began < first_paid:
        spells.append({"from": text(began), "to": text(first_paid), "kind": "deemed", "basis": "employee"})
    years = [
        {"year": y, "base": yuan(draw.randint(5_000, 60_000) * max(1, (y - 1983) // 2))}
        for y in range(first_paid // 12, (end - 1) // 12 + 1) if draw.random() < 0.9
    ]  # fmt: skip
    basis = draw.choice(["employee", "employee", "flexible"])
    spells.append({"from": text(first_paid), "to": None if end == asked else text(end), "basis": basis, "years": years})
    return [{"scheme": "employee_pension", "place": province} | spell for spell in spells]


def _given(draw: Random) -> dict[str, str]:
    """What a person may state besides, none of it always."""
    may = {
        "employer_rate": "0.16", "own_contributions": yuan(draw.randint(0, 9_000_000)),
        "urban_income": yuan(draw.randint(2_000_000, 9_000_000)), "remaining_account": "1234.56",
        "chosen_base": yuan(draw.randint(1, 4_000_000)),
    }  # fmt: skip
    return {name: text for name, text in may.items() if draw.random() < 0.5}
