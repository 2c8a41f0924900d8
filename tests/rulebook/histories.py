"""Random working lives as facts documents: several places, gaps and overlaps, deemed, flexible and temporary months.

Some months were paid before 1984, where accounts begin; births, registrations, recorded balances, choices and the day
asked about are drawn too. Hypothesis draws the seed, so that lives differ from one another and a failing one is told.
"""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

HOMES = ("511302", "341225", "430521", "310115", "210902", "110105", "440307", "340104", "340802")
CITIES = ("440300", "441900", "310000", "510100", "210100", "340100", "110000", "320500", "430100", "350200")
FIRST = 1979 * 12
KINDS = ("actual",) * 6 + ("deemed", "back_paid", "lump_sum")


def histories(mode: str | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Documents of all five questions."""
    return st.integers(0, 2**40).map(lambda seed: history(Random(seed), mode))


def text(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02}"


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02}"


def day(draw: Random, month: int) -> str:
    return f"{text(month)}-{draw.randint(1, 28):02}"


def history(draw: Random, mode: str | None = None) -> dict[str, Any]:
    """One life and one day: what a person, their funds and their registrations could say."""
    born = draw.randint(1950 * 12, 1985 * 12 + 11)
    asked = draw.randint(max(2010 * 12, born + 25 * 12), 2045 * 12 + 11)
    sex = draw.choice(["male", "female"])
    person = {"id": "life", "sex": sex, "born": day(draw, born)}
    if sex == "female":
        person["retirement_group"] = draw.choice(["female_50", "female_55"])
    insurance = _insurance(draw, born, asked)
    facts = {"person": person, "hukou": _registrations(draw, born), "insurance": insurance}
    facts["accounts"] = _balances(draw, insurance, born, asked)
    return {
        "question": "pension.monthly", "on": day(draw, asked), "facts": facts,
        "mode": mode or draw.choice(["estimate", "estimate", "decision"]), "given": _choices(draw, born),
    }  # fmt: skip


def _registrations(draw: Random, born: int) -> list[dict[str, Any]]:
    moves = sorted({draw.randint(born + 1, 2040 * 12) for _ in range(draw.choice([0, 0, 1, 2, 3]))})
    days = [f"{text(born)}-28", *(day(draw, at) for at in moves)]
    ends = [*days[1:], None]
    return [
        {"place": draw.choice(HOMES), "kind": "agricultural", "from": start, "to": end}
        for start, end in zip(days, ends, strict=True)
    ]


def _insurance(draw: Random, born: int, asked: int) -> list[dict[str, Any]]:
    """Up to six spells; one fund takes a month of one basis once, different funds may both report it."""
    spells: list[dict[str, Any]] = []
    taken: set[tuple[str, str, int, int]] = set()
    cities = draw.sample(CITIES, draw.randint(1, 4))
    for _ in range(draw.randint(0, 6)):
        place, basis = draw.choice(cities), draw.choice(["employee", "employee", "flexible"])
        kind = draw.choice(KINDS)
        low = born + 16 * 12 if kind == "deemed" else max(born + 16 * 12, FIRST)
        high = 2000 * 12 if kind == "deemed" else min(asked + 6, born + 65 * 12)
        start = draw.randint(low, max(low, high))
        end = start + draw.choice([draw.randint(1, 36), draw.randint(30, 150), draw.randint(100, 260)])
        is_running = draw.random() < 0.2 and start < asked
        months = range(start, 2200 * 12 if is_running else end)
        alike = [(first, last) for p, b, first, last in taken if (place, basis) == (p, b)]
        if any(first <= months[-1] and months[0] <= last for first, last in alike):
            continue
        taken.add((place, basis, months[0], months[-1]))
        spell = {"scheme": "employee_pension", "place": place, "basis": basis, "from": text(start),
                 "to": None if is_running else text(end)}  # fmt: skip
        if draw.random() < 0.3:
            spell["relation"] = "temporary"
        if not is_running and draw.random() < 0.1:
            spell["surrendered"] = f"{text(end)}-{draw.randint(1, 28):02}"
        if draw.random() < 0.1:
            spell["kept"] = True
        spells.append(spell | _paid(draw, start, asked if is_running else end, kind))
    return spells


def _base(draw: Random) -> str:
    return yuan(draw.choice([draw.randint(30_000, 900_000), draw.randint(0, 3_000_000), 333_333, 0]))


def _paid(draw: Random, start: int, end: int, kind: str) -> dict[str, Any]:
    """A base for the whole spell, or a list of years with their months, some left out."""
    if draw.random() < 0.4:
        return {"base": _base(draw), "kind": kind}
    years = []
    for year in range(start // 12, (end - 1) // 12 + 1):
        first, last = max(start, year * 12), min(end, year * 12 + 12) - 1
        listed: dict[str, Any] = {"year": year, "base": _base(draw), "kind": kind}
        left = draw.randint(0, 7)
        if left == 0 and year > start // 12:
            continue  # a gap
        if left == 1:
            listed["months"] = f"{first % 12 + 1}-{draw.randint(first, last) % 12 + 1}"
        if left == 2 and last - first > 4:
            listed["months"] = f"{first % 12 + 1}-{first % 12 + 2},{last % 12 + 1}"
        years.append(listed)
    return {"years": years}


def _balances(draw: Random, insurance: list[dict[str, Any]], born: int, asked: int) -> list[dict[str, Any]]:
    places = sorted({spell["place"] for spell in insurance}) or ["440300"]
    return [
        {"scheme": "employee_pension", "place": draw.choice(places),
         "on": day(draw, draw.randint(max(FIRST, born + 12), asked + 6)), "balance": yuan(draw.randint(0, 30_000_000))}
        for _ in range(draw.choice([0, 0, 0, 1, 1, 2, 3]))
    ]  # fmt: skip


def _choices(draw: Random, born: int) -> dict[str, str]:
    """What a person may choose or add, seldom more than one of them."""
    given: dict[str, str] = {}
    if draw.random() < 0.15:
        given["chosen_age_months"] = str(draw.randint(48 * 12, 71 * 12))
    if draw.random() < 0.15:
        given["chosen_month"] = text(born + draw.randint(45 * 12, 72 * 12))
    if draw.random() < 0.15:
        given["further_months"] = str(draw.randint(0, 200))
    if draw.random() < 0.5:
        given["lump_sum_is_proved"] = draw.choice(["yes", "no"])
    for name in ("is_special_work", "is_approved_transfer", "is_drawing_pension"):
        if draw.random() < 0.1:
            given[name] = "yes"
    return given
