"""Facts documents that the storage tests share."""

from __future__ import annotations

import copy
from typing import Any

COOK: dict[str, Any] = {
    "person": {
        "id": "cook",
        "sex": "female",
        "born": "1975-03-12",
        "name": {"en": "Li Fang", "zh": "李芳"},
        "retirement_group": "female_50",
    },
    "people": [],
    "hukou": [
        {"place": "511381", "kind": "agricultural", "from": "1975-03-12", "to": "2012-05-01"},
        {"place": "510104", "kind": "urban", "from": "2012-05-01", "to": None},
    ],
    "residence": [{"place": "510104", "from": "2009-02-01", "to": None, "basis": "rent", "lease_in_own_name": False}],
    "work": [
        {"place": "510104", "from": "2009-02-01", "to": None, "kind": "employee", "monthly_wage": "3500.00"},
        {"place": "510104", "from": "2010-01-01", "to": "2011-01-01", "kind": "informal"},
    ],
    "insurance": [
        {
            "scheme": "employee_pension",
            "place": "510100",
            "basis": "employee",
            "from": "2009-02",
            "to": "2013-06",
            "years": [{"year": 2009, "months": "2-12", "base": "2140.00", "kind": "actual"}],
        },
        {"scheme": "resident_pension", "place": "511381", "basis": "resident", "from": "2013-06", "to": None},
    ],
    "accounts": [{"scheme": "employee_pension", "place": "510100", "on": "2013-06-01", "balance": "9120.33"}],
}


def cook(**sections: Any) -> dict[str, Any]:
    """The cook's facts, with some sections replaced."""
    return copy.deepcopy(COOK) | sections


def insured(scheme: str, place: str, since: str, until: str | None, basis: str = "employee") -> dict[str, Any]:
    """A spell of insurance."""
    return {"scheme": scheme, "place": place, "basis": basis, "from": since, "to": until}
