"""Printed award forms as documents: by place, with every part printed or with some left out, and of any day since 2006.

A form gives what the place's office printed and holds no facts. Places are provinces, cities with a base of their own,
and none at all.
"""

from __future__ import annotations

from random import Random
from typing import Any

from hypothesis import strategies as st

PROVINCES = (
    "110000", "120000", "130000", "140000", "150000", "210000", "220000", "230000", "310000", "320000", "330000",
    "340000", "350000", "360000", "370000", "410000", "420000", "430000", "440000", "450000", "460000", "500000",
    "510000", "520000", "530000", "540000", "610000", "620000", "630000", "640000", "650000",
)  # fmt: skip
CITIES = ("210100", "210200", "220100", "370200", "371700", "420100", "430100", "440300", "410100", "310115", "340100")
PARTS = ("basic_pension", "account_pension", "transitional_pension", "pension")
Document = dict[str, Any]


def forms(place: str | None) -> st.SearchStrategy[Document]:
    """Forms of a place that print every part."""
    return st.integers(0, 2**40).map(lambda seed: form(Random(seed), place))


def money(draw: Random, most: int, least: int = 0) -> str:
    fen = draw.choice([draw.randint(least * 100, most * 100), draw.randint(least, most) * 100])
    return f"{fen // 100}.{fen % 100:02}"


def day(draw: Random) -> str:
    """Often around a day on which a rule changed."""
    near = ((2006, 1), (2021, 12), (2022, 1), (2024, 1), (2024, 12), (2025, 1), (2026, 12))
    year, month = draw.choice([draw.choice(near), (draw.randint(2006, 2026), draw.randint(1, 12))])
    return f"{year}-{month:02}-{draw.randint(1, 28):02}"


def form(draw: Random, place: str | None = None, mode: str | None = None) -> Document:
    """One form with every part; `place` None names no place."""
    index = draw.choice([draw.randint(3_000, 6_100), draw.randint(3_000, 30_000), 5_999, 6_000, 6_001])
    digits = draw.choice([2, 3, 4])
    years = draw.choice([draw.randint(15 * 10**digits, 45 * 10**digits), draw.randint(15, 45) * 10**digits])
    base = money(draw, 15_000, 1_500)
    given = {
        "benefit_base": base,
        "index_benefit_base": draw.choice([base, money(draw, 15_000, 1_500)]),
        "average_index": f"{index // 10_000}.{index % 10_000:04}",
        "contribution_years": f"{years // 10**digits}.{years % 10**digits:0{digits}}",
        "account_balance": money(draw, 600_000),
        "payout_months": f"{draw.randint(560, 2_330) / 10:.1f}",
        "transitional_pension": draw.choice(["0.00", money(draw, 3_000)]),
    }
    if place is not None:
        given["place_of_benefit"] = place
    return {
        "question": "pension.monthly", "on": day(draw), "facts": {}, "given": given,
        "mode": mode or draw.choice(["decision", "estimate"]),
    }  # fmt: skip


def torn(draw: Random, place: str | None) -> Document:
    """A form of which some parts are not printed, and that may name its month and age of retirement."""
    found = form(draw, place)
    kept = {name: text for name, text in found["given"].items() if name == "place_of_benefit" or draw.random() < 0.7}
    if draw.random() < 0.7:
        year, month = draw.randint(1998, 2026), draw.randint(1, 12)
        kept["retirement_month"] = f"{year}-{month:02}"
        kept["retirement_age_months"] = str(draw.randint(45 * 12, 66 * 12))
    if draw.random() < 0.3:
        kept["early_deemed_months"] = str(draw.randint(0, 200))
        kept["early_paid_months"] = str(draw.randint(0, 100))
        kept["transitional_index"] = f"{draw.randint(3, 29) / 10:.1f}"
        kept["virtual_account_sum"] = draw.choice(["0.00", money(draw, 20_000)])
    return found | {"given": kept}
