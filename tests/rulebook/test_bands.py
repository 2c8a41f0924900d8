"""The reform's tables of births and retirement months, row by row, as the fact base carries them (annexes 1 to 3)."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from rulebook.lives import Life, law

BANDS = list(csv.DictReader((Path(__file__).parent / "bands.csv").read_text(encoding="utf-8").splitlines()))


def retires(group: str, birth: str) -> dict[str, str]:
    person = {"born": f"{birth}-15", "sex": "male" if group == "male" else "female", "retirement_group": group}
    life = Life({"on": "2025-01-01", "facts": {"person": person}}, law())
    return life.ask(("retirement_age_months", "retirement_month"))


@pytest.mark.parametrize("band", BANDS, ids=lambda b: f"{b['group']}-{b['first_birth']}")
def test_the_first_and_the_last_birth_of_a_band_retire_as_the_table_says(band):
    years, months = band["age"].removesuffix("m").split("y")
    age = str(int(years) * 12 + int(months))
    for birth, month in ((band["first_birth"], band["first_month"]), (band["last_birth"], band["last_month"])):
        assert retires(band["group"], birth) == {"retirement_age_months": age, "retirement_month": month}


def test_all_rows_of_the_three_tables_are_here():
    assert [sum(b["group"] == g for b in BANDS) for g in ("male", "female_55", "female_50")] == [36, 36, 60]
