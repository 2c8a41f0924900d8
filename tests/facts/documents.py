"""Facts documents for the tests: one whole person, changes to it, and any person at all (Hypothesis)."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from wayfare.facts import CHOICES

PLACES = ("110000", "310115", "341225", "350100", "440300", "441900", "510100", "510681", "430000", "350102")

WHOLE: dict[str, Any] = {
    "question": "pension.monthly",
    "on": "2025-07-01",
    "mode": "estimate",
    "facts": {
        "person": {"id": "p1", "sex": "female", "born": "1975-03-12", "retirement_group": "female_50"},
        "hukou": [{"place": "341225", "kind": "agricultural", "from": "1975-03-12", "to": None}],
        "residence": [
            {"place": "310115", "from": "2009-02-01", "to": None, "basis": "rent", "lease_in_own_name": False}
        ],
        "work": [
            {
                "place": "310115",
                "from": "2009-02-01",
                "to": None,
                "kind": "employee",
                "contract": {"kind": "none"},
                "trade": "manufacturing",
                "monthly_wage": "3500.00",
                "ended": {"how": "for_cause", "notice_given": False},
            }
        ],
        "insurance": [
            {
                "scheme": "employee_pension",
                "place": "310000",
                "basis": "employee",
                "relation": "ordinary",
                "from": "2009-02",
                "to": "2013-06",
                "years": [
                    {"year": 2009, "months": "2-12", "base": "2140.00", "kind": "actual"},
                    {"year": 2010, "months": "1-3,7", "base": "2140.00"},
                ],
            }
        ],
        "accounts": [{"scheme": "employee_pension", "place": "310000", "on": "2013-06-01", "balance": "9120.33"}],
        "pay": [{"month": "2025-05", "paid": "2400.00", "overtime_hours_workday": "20.5"}],
    },
    "given": {"average_index": "0.6119"},
}
"""The document of DESIGN.md, with a second year."""


def changed(path: str, value: Any) -> dict[str, Any]:
    """The whole document with one field set; `path` as errors show it, from the top ("facts.insurance.0.base")."""
    document = copy.deepcopy(WHOLE)
    *way, last = path.split(".")
    here: Any = document
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    here[int(last) if last.isdigit() else last] = value
    return document


def without(path: str) -> dict[str, Any]:
    """The whole document without one field."""
    document = copy.deepcopy(WHOLE)
    *way, last = path.split(".")
    here: Any = document
    for step in way:
        here = here[int(step)] if step.isdigit() else here[step]
    del here[last]
    return document


def about(**facts: Any) -> dict[str, Any]:
    """A document with these facts and no others, asked on 2025-07-01."""
    return {"question": "pension.place", "on": "2025-07-01", "facts": facts}


def insured(start: str, end: str | None, **more: Any) -> dict[str, Any]:
    """Employees' pension insurance in Shanghai over these months."""
    return {"scheme": "employee_pension", "place": "310000", "basis": "employee", "from": start, "to": end, **more}


days = st.dates(date(1990, 1, 1), date(2025, 6, 30))
words = st.text("abcxyz居住 0123456789.,;-", min_size=1, max_size=20)
money = st.integers(0, 20_000_000).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")
places = st.sampled_from(PLACES)


def choice(name: str) -> st.SearchStrategy[str]:
    return st.sampled_from(CHOICES[name])


def _item(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    common = {"source": words, "standing": choice("standing"), "assumed": st.sampled_from((["*"], ["source"], []))}
    return st.fixed_dictionaries(required, optional={**common, **optional})


@st.composite
def _day_spells(draw: Any, item: st.SearchStrategy[dict[str, Any]], exclusive: bool = False) -> list[dict[str, Any]]:
    """Spells of days; exclusive ones follow each other with a gap or none, and only the last may still run."""
    spells, start = [], draw(days)
    for number in range(size := draw(st.integers(0, 3))):
        end = start + timedelta(days=draw(st.integers(1, 2000)))
        running = (not exclusive or number == size - 1) and draw(st.booleans())
        spells.append({**draw(item), "from": str(start), "to": None if running else str(end)})
        start = end + timedelta(days=draw(st.integers(0, 300))) if exclusive else draw(days)
    return spells


@st.composite
def insurance_spells(draw: Any, scheme: str | None = None) -> dict[str, Any]:
    """One insurance spell, with or without its years, each month at most once."""
    start = draw(st.integers(1995 * 12, 2024 * 12))
    end = start + draw(st.integers(1, 80))
    item = _item(
        {"scheme": choice("scheme") if scheme is None else st.just(scheme), "place": places},
        basis=choice("basis"),
        relation=choice("relation"),
        base=money,
        kind=choice("contribution_kind"),
    )
    spell = {**draw(item), "from": month_text(start), "to": month_text(end)}
    if draw(st.booleans()):
        spell["years"] = draw(_years(start, end))
    return spell


@st.composite
def _years(draw: Any, start: int, end: int) -> list[dict[str, Any]]:
    paid = sorted(draw(st.sets(st.integers(start, end - 1), min_size=1)))
    amounts = {"contribution": money, "subsidy": money, "collective": money}
    item = _item({}, base=money, kind=choice("contribution_kind"), **amounts)
    years = []
    for year in sorted({month // 12 for month in paid}):
        numbers = [month % 12 + 1 for month in paid if month // 12 == year]
        years.append({**draw(item), "year": year, "months": ",".join(map(str, numbers))})
    return years


@st.composite
def _benefits(draw: Any) -> dict[str, Any]:
    start = draw(st.integers(1995 * 12, 2026 * 12))
    end = draw(st.none() | st.integers(start + 1, start + 200))
    item = _item({"scheme": choice("scheme"), "place": places}, monthly=money)
    return {**draw(item), "from": month_text(start), "to": None if end is None else month_text(end)}


def _ends() -> dict[str, Any]:
    """How work began and ended on paper: the contract, and the ending."""
    contract = st.fixed_dictionaries({"kind": choice("contract_kind")}, optional={"signed": days.map(str)})
    ended = st.fixed_dictionaries({"how": choice("ending_kind")}, optional={"notice_given": st.booleans()})
    return {"contract": contract, "ended": ended}


def _pay() -> st.SearchStrategy[dict[str, Any]]:
    """What was paid for one month, with the place and the hours of overtime or without."""
    hours = st.integers(0, 7440).map(lambda tenths: f"{tenths // 10}.{tenths % 10}")
    kinds = ("workday", "rest_day", "made_good", "holiday")
    amounts = {"paid": money, "overtime_paid": money, "full_month": st.booleans(), "place": places}
    months = st.integers(1995 * 12, 2025 * 12).map(month_text)
    return _item({"month": months}, **amounts, **{f"overtime_hours_{kind}": hours for kind in kinds})


@st.composite
def _claims(draw: Any) -> dict[str, Any]:
    start = draw(days)
    end = draw(st.none() | st.integers(1, 60).map(lambda length: str(start + timedelta(days=length))))
    truths = {name: st.booleans() for name in ("is_emergency", "is_referred", "in_network")}
    words_of = {name: choice(name) for name in ("hospital_grade", "filed_as")}
    amounts = dict.fromkeys(("outside_catalogue", "over_limit", "own_share_first"), money)
    insured = {"scheme": choice("claim_scheme"), "insured_place": places, "kind": choice("claim_kind")}
    item = _item({"place": places}, hospital_level=st.integers(0, 3), **truths, **words_of, **amounts, **insured)
    claim = {**draw(item), "from": str(start), "to": end}
    if draw(st.booleans()):
        parts = sum(round(100 * float(claim.get(name, "0"))) for name in amounts)
        fen = parts + draw(st.integers(0, 10_000_000))
        claim["bill"] = f"{fen // 100}.{fen % 100:02d}"
    return claim


def month_text(index: int) -> str:
    return f"{index // 12}-{index % 12 + 1:02d}"


def _apart(spells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of several spells of one insurance, place and basis only the first, so that none exclude each other."""
    return list({(spell["scheme"], spell["place"], spell.get("basis")): spell for spell in spells}.values())


def lives(insurance: st.SearchStrategy[dict[str, Any]] | None = None) -> st.SearchStrategy[dict[str, Any]]:
    """Any document that is sound."""
    account = _item({"scheme": choice("scheme"), "place": places, "on": days.map(str), "balance": money}, subsidy=money)
    born = st.dates(date(1930, 1, 1), date(1989, 12, 31)).map(str)
    study = _item({"level": choice("study_level").filter("none".__ne__)}, to=st.just("2010-07-01"), place=places)
    skill = _item({"kind": choice("skill_kind").filter("none".__ne__)}, on=days.map(str))
    person = _item(
        {}, sex=choice("sex"), born=born, died=days.map(str), special_work=st.booleans(),
        education=st.lists(study, max_size=2), skills=st.lists(skill, max_size=2),
    )  # fmt: skip
    amount = st.integers(0, 999_999_999) | st.decimals(0, 999_999, places=1).map(str)
    evidence = _item({"item": choice("evidence_kind"), "amount": amount})
    conduct = _item({"kind": choice("conduct_kind"), "on": days.map(str)})
    facts = st.fixed_dictionaries(
        {},
        optional={
            "person": person,
            "hukou": _day_spells(_item({"place": places}, kind=choice("hukou_kind")), exclusive=True),
            "residence": _day_spells(
                _item({"place": places}, basis=choice("residence_basis"), lease_in_own_name=st.booleans())
            ),
            "work": _day_spells(
                _item({"place": places}, kind=choice("work_kind"), monthly_wage=money, trade=words, **_ends())
            ),
            "insurance": st.lists(insurance or insurance_spells(), max_size=4).map(_apart),
            "accounts": st.lists(account, max_size=2),
            "benefits": st.lists(_benefits(), max_size=3),
            "people": st.lists(_item({}, relation=choice("relative_kind"), born=born), max_size=2),
            "permits": _day_spells(_item({"place": places, "kind": choice("permit_kind")})),
            "papers": st.lists(_papers(), max_size=4, unique_by=lambda paper: paper["kind"]),
            "pay": st.lists(_pay(), max_size=3),
            "points": st.lists(evidence, max_size=3, unique_by=lambda each: each["item"]),
            "conduct": st.lists(conduct, max_size=2),
            "claims": st.lists(_claims(), max_size=3),
            "filings": _day_spells(_item({"place": places, "category": choice("filing_category")})),
            "this_year": _item({}, year=st.integers(2000, 2025), stays=st.integers(0, 9), fund_paid=money),
        },
    )
    return st.fixed_dictionaries(
        {"question": st.just("pension.place"), "on": st.just("2025-07-01"), "facts": facts},
        optional={
            "mode": st.sampled_from(("decision", "estimate")),
            "known_at": st.just("2025-06-30T12:00:00Z"),
            "about": st.fixed_dictionaries({"en": words, "zh": words}),
            "given": st.dictionaries(st.sampled_from(("average_index", "benefit_base")), money),
        },
    )


def _papers() -> st.SearchStrategy[dict[str, Any]]:
    return _item(
        {"kind": choice("paper_kind")}, held=st.booleans(), can_be_had=st.booleans(), why=words, place=places
    )


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@st.composite
def mutated(draw: Any) -> dict[str, Any]:
    """A document with up to three fields changed into anything."""
    document = copy.deepcopy(draw(st.just(WHOLE) | lives()))
    for _ in range(draw(st.integers(1, 3))):
        _mutate(document, draw)
    return document


def _mutate(document: dict[str, Any], draw: Any) -> None:
    """One field anywhere in the document replaced, taken away, renamed or added."""
    here: Any = document
    while True:
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        if not keys:
            return
        key = draw(st.sampled_from(keys))
        if isinstance(here[key], dict | list) and draw(st.booleans()):
            here = here[key]
            continue
        change = draw(st.sampled_from(("replace", "remove", "rename")))
        value = here.pop(key) if change != "replace" else here[key]
        if change == "replace":
            here[key] = draw(json_values)
        elif change == "rename" and isinstance(here, dict):
            here[draw(st.text(max_size=8))] = value
        return
