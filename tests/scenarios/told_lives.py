"""Lives told in a line for the tests of money: who, registered where, paid where and when."""

from __future__ import annotations

from typing import Any

from wayfare.facts import Document, read_document


def paid(place: str, since: str, until: str | None, base: str = "3000.00", **more: Any) -> dict[str, Any]:
    """Months paid in a fund at one base."""
    spell = {"scheme": "employee_pension", "place": place, "basis": "employee", "from": since, "to": until}
    return spell | {"base": base} | more


def life(*spells: dict[str, Any], born: str = "1970-05-10", sex: str = "male", hukou: str = "410000",
         person: str = "p1", group: str = "male", on: str = "2026-01-01") -> Document:  # fmt: skip
    """A person and what they paid."""
    return read_document(
        {
            "question": "pension.monthly", "on": on, "mode": "estimate",
            "facts": {
                "person": {"id": person, "sex": sex, "born": born, "retirement_group": group},
                "hukou": [{"place": hukou, "kind": "agricultural", "from": born, "to": None}],
                "insurance": list(spells),
            },
        }
    )  # fmt: skip
