"""Any people with stays in hospital: insured somewhere, treated anywhere, filed or not, several stays a year."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

PLACES = ("360100", "360102", "360700", "350100", "350102", "310115", "310104", "330100", "330106", "510681", "430100")
SETTINGS = (  # a place of insurance, a scheme, and days on which figures are at hand, or nearly
    ("360100", "employee_medical", date(2025, 6, 1), date(2026, 10, 31)),
    ("360102", "resident_medical", date(2024, 11, 1), date(2026, 6, 30)),
    ("310000", "employee_medical", date(2013, 11, 15), date(2014, 4, 20)),
    ("350100", "resident_medical", date(2015, 12, 1), date(2017, 1, 31)),
    ("341225", "rural_medical", date(2011, 12, 1), date(2013, 2, 1)),
    ("510681", "rural_medical", date(2016, 12, 1), date(2018, 2, 1)),
    ("430100", "employee_medical", date(2025, 1, 1), date(2025, 12, 31)),
)
LEAVABLE = ("hospital_level", "hospital_grade", "bill", "outside_catalogue", "over_limit", "own_share_first")
CARRIED = ("stays", "eligible", "deductible_borne", "fund_paid", "supplement_paid")


def yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


@st.composite
def claims(draw: Any, first: date, last: date, home: str) -> dict[str, Any]:
    start = draw(st.dates(first, last))
    amounts = st.sampled_from((0, 99, 80_030, 500_033, 4_000_000, 16_000_000, 45_000_000))
    parts = {name: draw(st.sampled_from((0, 0, 12_345))) for name in LEAVABLE[3:]}
    claim = {
        "place": draw(st.sampled_from((home, home, *PLACES))), "from": str(start),
        "to": str(start + timedelta(days=draw(st.integers(1, 30)))),
        "hospital_level": draw(st.integers(0, 3)), "hospital_grade": draw(st.sampled_from("ABC")),
        "bill": yuan(sum(parts.values()) + draw(amounts)), **{name: yuan(fen) for name, fen in parts.items()},
    }  # fmt: skip
    for name in ("is_emergency", "is_referred"):
        if draw(st.integers(0, 3)) == 0:
            claim[name] = True
    if draw(st.integers(0, 7)) == 0:
        claim["in_network"] = False
    if draw(st.integers(0, 5)) == 0:
        claim["filed_as"] = draw(st.sampled_from(("long_term", "referred", "none")))
    return claim


@st.composite
def people(draw: Any) -> dict[str, Any]:
    """A document in which everything is stated."""
    home, scheme, first, last = draw(st.sampled_from(SETTINGS))
    insurance = [{"scheme": scheme, "place": home, "from": "2008-01", "to": None}]
    if draw(st.integers(0, 4)) == 0:
        other = draw(st.sampled_from([s for s in SETTINGS if s[0] != home]))
        insurance.append({"scheme": other[1], "place": other[0], "from": f"{first:%Y-%m}", "to": None})
    facts: dict[str, Any] = {"insurance": insurance, "claims": draw(st.lists(claims(first, last, home), max_size=5))}
    categories = st.sampled_from(("long_term", "referred", "emergency", "other_temporary"))
    for _ in range(draw(st.integers(0, 2))):
        start = draw(st.dates(first - timedelta(days=90), last))
        end = draw(st.none() | st.integers(1, 200).map(lambda days, start=start: str(start + timedelta(days=days))))
        place = draw(st.sampled_from(("330000", "330100", "330106", "360100", "510600")))
        facts.setdefault("filings", []).append(
            {"category": draw(categories), "place": place, "from": str(start), "to": end}
        )
    if draw(st.integers(0, 3)) == 0:
        month = f"{draw(st.dates(first, last)):%Y-%m}"
        facts["benefits"] = [{"scheme": "employee_pension", "place": "310000", "from": month}]
    if draw(st.integers(0, 3)) == 0:
        used = {name: yuan(draw(st.integers(0, 12_000_000))) for name in CARRIED[1:]}
        facts["this_year"] = {"year": last.year, "stays": draw(st.sampled_from((0, 1, 3))), **used}
    mode = draw(st.sampled_from(("decision", "estimate")))
    return {"question": "medical.reimbursement", "on": str(last), "mode": mode, "facts": facts}


@st.composite
def forgetful(draw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """A document, and the same with some of its facts not known."""
    whole = draw(people())
    less = copy.deepcopy(whole)
    for claim in less["facts"]["claims"]:
        for name in draw(st.sets(st.sampled_from(LEAVABLE), max_size=3)):
            claim.pop(name)
        if draw(st.integers(0, 9)) == 0:
            less["facts"].pop("insurance", None)
    for name in draw(st.sets(st.sampled_from(CARRIED), max_size=2)):
        less["facts"].get("this_year", {}).pop(name, None)
    return whole, less
