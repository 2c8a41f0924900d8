"""Pay, endings and work without a contract equal the oracle to the fen, by ints and by columns, whatever is unknown."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.lives import Life, law
from rulebook.oracle import work as oracle
from wayfare.facts import CHOICES

PLACES = ("310115", "510100")
HOURS = {kind: f"overtime_hours_{kind}" for kind in ("workday", "rest_day", "holiday")}
FORGOTTEN = ("monthly_wage", "contract", "ended", "notice_given", "paid", "overtime_paid", *HOURS.values())


def worker(draw: Random) -> dict[str, Any]:
    """A document about one job in Shanghai or Chengdu, some months of its pay recorded, and a day asked about."""
    start = date(2008, 1, 1) + timedelta(days=draw.randrange(6_000))
    length = draw.choice((20, 31, 170, 365, 366, 731, draw.randrange(1, 6_000)))
    end = start + timedelta(days=length)
    asked = end + timedelta(days=draw.choice((0, 1, 40, 500)))
    place = draw.choice(PLACES)
    wage = draw.choice((draw.randrange(150_000, 400_000), draw.randrange(400_000, 6_000_000), 1_400_000))
    contract = draw.choice(CHOICES["contract_kind"])
    signed = {} if contract == "none" else {"signed": str(start + timedelta(days=draw.randrange(0, 500)))}
    job = {
        "place": place, "from": str(start), "to": draw.choice((str(end), None)) if asked == end else str(end),
        "kind": draw.choice(("employee", "informal")), "monthly_wage": yuan(wage),
        "contract": {"kind": contract} | signed,
        "ended": {"how": draw.choice(CHOICES["ending_kind"]), "notice_given": draw.random() < 0.5},
    }  # fmt: skip
    facts = {"work": [job], "pay": [paid(draw, month) for month in recorded(draw, start, end)]}
    forgotten(draw, facts)
    average = {"area_average_wage": yuan(draw.choice((400_000, 800_000, 1_300_000)))}
    area = average if place == PLACES[0] or draw.random() < 0.8 else {}
    return {"question": "work.ending", "on": str(asked), "facts": facts, "given": area}


def recorded(draw: Random, start: date, end: date) -> list[date]:
    """The months of which pay is recorded: none, the last ones, or all of the last year."""
    last, months = end.replace(day=1), (end.year - start.year) * 12 + end.month - start.month
    return [oracle._back(last, k) for k in range(min(months, draw.choice((0, 1, 3, 12, 13))), 0, -1)]


def paid(draw: Random, month: date) -> dict[str, Any]:
    rest = draw.randrange(0, 4_000)
    return {
        "month": f"{month:%Y-%m}", "paid": yuan(draw.randrange(100_000, 700_000)),
        "overtime_paid": yuan(draw.randrange(0, 200_000)), "full_month": draw.random() < 0.8,
        "overtime_hours_workday": hours(draw.randrange(0, 6_000)), "overtime_hours_rest_day": hours(rest),
        "overtime_hours_made_good": hours(draw.randrange(0, rest + 1_000)),
        "overtime_hours_holiday": hours(draw.choice((0, 800, 1_650))),
    }  # fmt: skip


def forgotten(draw: Random, facts: dict[str, Any]) -> None:
    """Leaves out some of what could be stated."""
    for item in (*facts["work"], *(i["ended"] for i in facts["work"]), *facts["pay"]):
        for name in FORGOTTEN:
            if draw.random() < 0.05:
                item.pop(name, None)


def yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"


def hours(hundredths: int) -> str:
    return f"{Decimal(hundredths) / 100:.2f}"


def expected(document: dict[str, Any]) -> dict[str, Any]:
    """What the oracle says of a document."""
    facts, asked = document["facts"], date.fromisoformat(document["on"])
    item = facts["work"][0]
    contract, ended = item.get("contract", {}), item.get("ended", {})
    end = min(date.fromisoformat(item["to"]) if item["to"] else date.max, asked + timedelta(days=1))
    job = {
        "place": item["place"], "from": date.fromisoformat(item["from"]), "end": end,
        "wage": number(item.get("monthly_wage")), "how": ended.get("how"), "notice": ended.get("notice_given"),
        "contract": contract.get("kind"), "signed": date.fromisoformat(contract.get("signed", item["from"])),
    }  # fmt: skip
    records = [read(record) for record in facts["pay"]]
    last = max((r for r in records if r["month"] <= asked), key=lambda r: r["month"], default=None)
    area = number(document["given"].get("area_average_wage"))
    return oracle.pay(job, last, asked) | oracle.ending(job, records, area) | oracle.without_contract(job)


def read(record: dict[str, Any]) -> dict[str, Any]:
    return {
        "month": date.fromisoformat(f"{record['month']}-01"), "paid": number(record.get("paid")),
        "extra": number(record.get("overtime_paid")), "full": record["full_month"],
        "made_good": number(record["overtime_hours_made_good"]),
        **{kind: number(record.get(name)) for kind, name in HOURS.items()},
    }  # fmt: skip


def number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def written(value: Any, like: str | None) -> Any:
    """A value of the oracle in the form of the engine's answer."""
    if value is None or isinstance(value, bool):
        return {None: None, True: "yes", False: "no"}[value]
    if isinstance(value, date):
        return value.isoformat()
    places = len((like or "").partition(".")[2])
    return f"{Decimal(value.numerator) / Decimal(value.denominator):.{places}f}" if like is not None else value


@settings(max_examples=100)
@given(st.integers(0, 2**32))
def test_work_equals_the_oracle_by_ints_and_by_columns(seed: int) -> None:
    document = worker(Random(seed))
    oracles = expected(document)
    life = Life(asked(document), law())
    found = life.ask(oracles)
    assert found == {name: written(value, found[name]) for name, value in oracles.items()}
    assert life.ask(oracles, columns=True) == found


def asked(document: dict[str, Any]) -> dict[str, Any]:
    return {name: document[name] for name in ("on", "facts", "given")}


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_what_is_known_without_a_fact_is_the_same_when_the_fact_is_stated(seed: int) -> None:
    document = worker(Random(seed))
    names = list(expected(document))
    full = Life(asked(document), law()).ask(names)
    for section, number, name in stated(document):
        less = copy.deepcopy(document)
        less["facts"][section][number].pop(name)
        found = Life(asked(less), law()).ask(names)
        assert all(value is None or value == full[key] for key, value in found.items()), (section, number, name)


def stated(document: dict[str, Any]) -> list[tuple[str, int, str]]:
    """Every field of the document that could have been left out as not known."""
    return [
        (section, number, name)
        for section in ("work", "pay")
        for number, item in enumerate(document["facts"][section])
        for name in FORGOTTEN
        if name in item
    ]


@pytest.mark.parametrize("name", sorted(expected(worker(Random(1)))))
def test_the_oracle_finds_each_value_in_some_life_and_leaves_it_open_in_another(name: str) -> None:
    found = {expected(worker(Random(seed)))[name] is None for seed in range(400)}
    always = {"severance_months", "papers_due"}
    assert found == ({False} if name in always else {False, True})
