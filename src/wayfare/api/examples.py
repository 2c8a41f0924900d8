"""Examples in the OpenAPI document: documents that can be sent as they stand, each answered in the tests."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["ASKED"]

ASKED: Final[dict[str, dict[str, Any]]] = {
    "retirement": {
        "summary": "When may I retire? 我什么时候可以退休？",
        "value": {
            "question": "pension.retirement", "on": "2025-07-01",
            "facts": {"person": {"id": "a", "sex": "male", "born": "1965-03-02"}},
        },
    },
    "place": {
        "summary": "Which province will pay my pension? 我的养老金由哪个省发？",
        "value": {
            "question": "pension.place", "on": "2025-07-01", "mode": "estimate",
            "facts": {
                "person": {"id": "b", "sex": "female", "born": "1975-03-12", "retirement_group": "female_50"},
                "hukou": [{"place": "341225", "kind": "agricultural", "from": "1975-03-12", "to": None}],
                "insurance": [
                    {"scheme": "employee_pension", "place": "310000", "basis": "employee", "relation": "ordinary",
                     "from": "2010-01", "to": "2013-06", "base": "2740.00"},
                    {"scheme": "employee_pension", "place": "330100", "basis": "employee", "relation": "ordinary",
                     "from": "2013-07", "to": "2025-02", "base": "4140.00"},
                ],
            },
        },
    },
}  # fmt: skip
"""Documents to ask, by a short name."""
