"""Random lives in both pension schemes: both evaluators agree, and what is known without a fact was never in doubt."""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.lives import Life, law

NAMES = (
    "resident_account", "government_part", "resident_months", "refund", "resident_pension", "resident_basic",
    "tiers_are_lawful", "resident_inheritance", "resident_transfer", "may_top_up", "linked_account",
    "link_direction", "resident_counted_months", "linked_pension", "basic_to_return", "double_refund",
)  # fmt: skip
HOMES, CITIES = ("430100", "341225", "441900", "120101"), ("310000", "440300")
FIELDS = ("contribution", "subsidy")


def life(draw: Random, mode: str) -> dict[str, Any]:
    """A person of either scheme or of both, before or after the age, with or without balances and pensions."""
    born = draw.randint(1945, 1990)
    home, other = draw.choice(HOMES), draw.choice(HOMES)
    moved = f"{draw.randint(2012, 2025)}-06-01"
    hukou = [{"place": home, "from": f"{born}-03-02", "to": moved}, {"place": other, "from": moved, "to": None}]
    person = {"born": f"{born}-03-02", "sex": "male"}
    if draw.random() < 0.2:
        person["died"] = f"{draw.randint(2011, 2027)}-08-09"
    facts = {
        "person": person,
        "hukou": draw.choice((hukou, [{**hukou[0], "to": None}], [])),
        "insurance": [*_resident(draw, home), *_employee(draw)],
        "accounts": [_account(draw, draw.choice((home, other))) for _ in range(draw.randint(0, 2))],
        "benefits": [_benefit(draw, home) for _ in range(draw.randint(0, 2))],
    }
    return {"on": f"{draw.randint(2014, 2028)}-{draw.randint(1, 12):02}-15", "mode": mode, "facts": facts}


def _resident(draw: Random, place: str) -> list[dict[str, Any]]:
    first, size = draw.randint(2006, 2024), draw.randint(0, 6)
    years = [_year(draw, first + i) for i in range(size)]
    spell = {"scheme": "resident_pension", "place": place, "basis": "resident", "from": f"{first}-01"}
    return [{**spell, "to": f"{first + size}-01", "years": years}] if size else []


def _year(draw: Random, year: int) -> dict[str, Any]:
    return {
        "year": year,
        "months": draw.choice(("1-12", "7-12", "3,5")),
        "contribution": draw.choice(("100.00", "500.00", "250.00")),
        "subsidy": draw.choice(("30.00", "60.00")),
        "collective": draw.choice(("0.00", "20.00")),
    }


def _employee(draw: Random) -> list[dict[str, Any]]:
    first, months = draw.randint(2000 * 12, 2022 * 12), draw.choice((0, 3, 40, 190))
    end = first + months
    text = [f"{m // 12}-{m % 12 + 1:02}" for m in (first, end)]
    spell = {"scheme": "employee_pension", "place": draw.choice(CITIES), "basis": "employee", "base": "4000.00"}
    return [{**spell, "from": text[0], "to": text[1]}] if months else []


def _account(draw: Random, place: str) -> dict[str, Any]:
    on = f"{draw.randint(2012, 2027)}-{draw.choice(('12-31', '06-30'))}"
    return {"scheme": "resident_pension", "place": place, "on": on, "balance": "3000.00", "subsidy": "400.00"}


def _benefit(draw: Random, place: str) -> dict[str, Any]:
    start = draw.randint(2014, 2027)
    scheme = draw.choice(("resident_pension", "employee_pension", "unemployment"))
    return {"scheme": scheme, "place": place, "from": f"{start}-05", "to": draw.choice((None, f"{start + 2}-02"))}


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.sampled_from(("decision", "estimate")))
def test_ints_and_columns_agree_on_lives_in_both_schemes(seed, mode):
    each = Life(life(Random(seed), mode), law())
    assert each.ask(NAMES) == each.ask(NAMES, columns=True)


@settings(max_examples=40)
@given(st.integers(0, 2**32), st.sampled_from(("decision", "estimate")))
def test_what_is_known_without_a_statement_does_not_depend_on_it(seed, mode):
    draw = Random(seed)
    document = life(draw, mode)
    without = _one_statement_less(document, draw)
    known = Life(without, law()).ask(NAMES)
    assert Life(without, law()).ask(NAMES, columns=True) == known
    stated = Life(document, law()).ask(NAMES)
    assert {n: stated[n] for n in NAMES if known[n] is not None} == {n: x for n, x in known.items() if x is not None}


def _one_statement_less(document: dict[str, Any], draw: Random) -> dict[str, Any]:
    """The life without its birth or sex, or without one amount; what nobody states then is not known."""
    facts = dict(document["facts"])
    years = [(i, j, field) for i, spell in enumerate(facts["insurance"]) for j in range(len(spell.get("years", ())))
             for field in FIELDS]  # fmt: skip
    gone = draw.choice([("born",), ("sex",), *[("balance", i) for i in range(len(facts["accounts"]))], *years])
    if gone[0] in ("born", "sex"):
        facts["person"] = {k: v for k, v in facts["person"].items() if k != gone[0]}
    elif gone[0] == "balance":
        facts["accounts"] = [
            {k: v for k, v in account.items() if k != "subsidy" or i != gone[1]}
            for i, account in enumerate(facts["accounts"])
        ]
    else:
        i, j, field = gone
        spell = facts["insurance"][i]
        kept = [{k: v for k, v in y.items() if k != field or n != j} for n, y in enumerate(spell["years"])]
        facts["insurance"] = [{**s, "years": kept} if n == i else s for n, s in enumerate(facts["insurance"])]
    return {**document, "facts": facts}


@settings(max_examples=40)
@given(st.integers(0, 2**32))
def test_linking_adds_no_month_and_loses_none(seed):
    """Each month counts once: into the residents' scheme both come together, otherwise each keeps its own."""
    found = Life(life(Random(seed), "estimate"), law()).ask(
        ("resident_counted_months", "resident_months", "counted_months", "link_direction", "refund")
    )
    if found["link_direction"] is None or found["refund"] != "0.00":
        return
    brought = int(found["counted_months"]) if found["link_direction"] == "to_resident" else 0
    assert int(found["resident_counted_months"]) == int(found["resident_months"]) + brought
